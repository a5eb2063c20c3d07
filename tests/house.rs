//! House facts: names that only the house knows, ranges in other units, several values, and what else does not hold.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use assert_cmd::Command;
use std::fs;

/// The texts that C003 marks in an article, in order.
fn departures(facts: &str, article: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("facts.toml"), facts).unwrap();
    fs::write(folder.path().join("page.md"), article).unwrap();
    let arguments = ["check", "--select", "C003", "--format", "json", "--facts", "facts.toml", "--today", "2026-01-01"];
    let output = Command::cargo_bin("claimlint").unwrap().current_dir(folder.path()).args(arguments).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    report["findings"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_subject_that_only_the_house_knows_is_found_by_each_of_its_names() {
    let facts = "[[fact]]\nsubject = \"Zenvora\"\nalias = [\"ZV-12\", \"zenvor acetate\"]\nattribute = \"half-life\"\n\
                 value = \"6 hours\"\naccept = \"4-8 h\"\nsource = \"label\"\n";
    let article = "The half-life of Zenvora is 20 hours.\n\nZV-12 has a half-life of 300 minutes.\n\n\
                   Zenvor acetate has a half-life of two days.\n";
    assert_eq!(departures(facts, article), ["20 hours", "two days"]);
}

#[test]
fn an_alias_that_is_a_form_names_the_subject_and_implies_the_form() {
    let facts = "[[fact]]\nsubject = \"salbutamol\"\nalias = [\"albuterol\", \"blue inhaler\"]\nattribute = \"onset\"\n\
                 route = \"inhaled\"\nvalue = \"5 min\"\naccept = \"1-15 min\"\nsource = \"leaflet\"\n";
    let article = "The blue inhaler works after 30 to 40 minutes.\n\nThe blue inhaler works after 600 seconds.\n";
    assert_eq!(departures(facts, article), ["30 to 40 minutes"]);
}

#[test]
fn an_approval_is_held_for_its_indication_its_year_and_nothing_else() {
    let facts = "[[fact]]\nsubject = \"Ozempic\"\nattribute = \"approval\"\njurisdiction = \"US\"\n\
                 indication = \"type 2 diabetes\"\nvalue = \"approved\"\nyear = 2017\nonly = true\nsource = \"label\"\n";
    let article = "The FDA approved Ozempic for type 2 diabetes in 2017.\n\nThe FDA approved Ozempic for obesity.\n\n\
                   The FDA approved Ozempic for type 2 diabetes in 2012.\n\n\
                   In the UK Ozempic is approved for obesity.\n";
    assert_eq!(departures(facts, article), ["FDA approved Ozempic for", "2012"]);
}

#[test]
fn a_fact_with_several_values_is_departed_from_by_what_is_none_of_them() {
    let facts =
        "[[fact]]\nsubject = \"paracetamol\"\nattribute = \"max_dose\"\nvalue = [\"3 g\", \"4 g\"]\nsource = \"BNF\"\n";
    let article = "The maximum dose of paracetamol is 3 g a day.\n\nThe maximum dose of paracetamol is 4,000 mg.\n\n\
                   The maximum dose of paracetamol is 6 g a day.\n";
    assert_eq!(departures(facts, article), ["6 g a day"]);
}

#[test]
fn a_value_of_several_that_the_attribute_cannot_take_is_pointed_at() {
    let folder = tempfile::tempdir().unwrap();
    let facts = "[[fact]]\nsubject = \"paracetamol\"\nattribute = \"max-dose\"\nvalue = [\"3 g\", \"often\"]\n";
    fs::write(folder.path().join("facts.toml"), facts).unwrap();
    let arguments = ["check", "--facts", "facts.toml"];
    let output = Command::cargo_bin("claimlint").unwrap().current_dir(folder.path()).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("facts.toml"));
}
