//! The schemas of the user's files: they take what claimlint takes, and refuse what it refuses.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use assert_cmd::Command;
use jsonschema::Validator;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn schema(kind: &str) -> (Value, Validator) {
    let made = Command::cargo_bin("claimlint").unwrap().args(["schema", kind]).output().unwrap();
    assert!(made.status.success());
    let schema: Value = serde_json::from_slice(&made.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    (schema, validator)
}

/// What is wrong with a TOML text by a schema.
fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().unwrap();
    let value = serde_json::to_value(table).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

const NONE: [String; 0] = [];

#[test]
fn the_built_in_rules_are_what_the_schema_of_rules_takes() {
    let (_, validator) = schema("rules");
    let mut files = 0;
    for entry in fs::read_dir(root().join("rules")).unwrap() {
        let path = entry.unwrap().path();
        let text = if path.is_file() { fs::read_to_string(&path).unwrap() } else { String::new() };
        if text.contains("[[rule]]") {
            files += 1;
            assert_eq!(faults(&validator, &text), NONE, "{}", path.display());
        }
    }
    assert!(files > 3);
}

#[test]
fn a_misspelt_key_value_or_mechanism_of_a_rule_is_refused() {
    let (_, validator) = schema("rules");
    let rule = "[[rule]]\ncode = \"X001\"\nname = \"no-balm\"\nsince = \"1.0.0\"\nseverity = \"error\"\n\
                confidence = \"high\"\nsummary = \"Balm.\"\nwhy = \"Why.\"\nadvice = \"No.\"\n\
                message = \"No {text}\"\n[rule.check.phrase]\nphrases = [\"balm\"]\n";
    assert_eq!(faults(&validator, rule), NONE);
    for (right, wrong) in [
        ("advice", "advise"),
        ("\"error\"", "\"fatal\""),
        ("check.phrase", "check.frase"),
        ("phrases", "frases"),
        ("summary = \"Balm.\"\n", ""),
        ("X001", "X1"),
    ] {
        assert_ne!(faults(&validator, &rule.replace(right, wrong)), NONE, "{wrong}");
    }
}

#[test]
fn settings_are_checked_and_rules_are_offered_with_what_they_ask() {
    let (schema, validator) = schema("config");
    assert_eq!(faults(&validator, &text("examples/claimlint.toml")), NONE);
    for wrong in [
        "audiense = \"consumer\"\n",
        "audience = \"kids\"\n",
        "[rules]\nS001 = \"warn\"\n",
        "[[override]]\npath = [\"a\"]\n",
        "supplies = [\"autor\"]\n",
        "exclude = \"old\"\n",
    ] {
        assert_ne!(faults(&validator, wrong), NONE, "{wrong}");
    }
    let offered = &schema["definitions"]["RuleLevels"]["properties"];
    assert!(offered["S001"]["description"].as_str().unwrap().starts_with("unsupported-statistic: "));
    assert!(offered["unsupported-statistic"]["description"].as_str().unwrap().starts_with("S001: "));
    for (name, property) in schema["properties"].as_object().unwrap() {
        assert!(property["description"].is_string(), "{name} says nothing");
    }
}

#[test]
fn facts_are_checked_and_attributes_are_offered() {
    let (schema, validator) = schema("facts");
    assert_eq!(faults(&validator, &text("examples/facts.toml")), NONE);
    let fact = "[[fact]]\nsubject = \"zinc\"\nattribute = \"onset\"\nvalue = \"5 min\"\nreview-by = \"2030-01-01\"\n";
    assert_eq!(faults(&validator, fact), NONE);
    assert_eq!(faults(&validator, &fact.replace("\"5 min\"", "[\"a\", \"b\"]")), NONE);
    for (right, wrong) in
        [("subject", "subjekt"), ("\"onset\"", "\"onsett\""), ("value = \"5 min\"\n", ""), ("\"5 min\"", "5")]
    {
        assert_ne!(faults(&validator, &fact.replace(right, wrong)), NONE, "{wrong}");
    }
    let record = &schema["definitions"]["FactRecord"]["properties"];
    assert!(record["attribute"]["enum"].as_array().unwrap().len() > 10);
    for (name, property) in record.as_object().unwrap() {
        assert!(property["description"].is_string(), "{name} says nothing");
    }
}

#[test]
fn what_init_writes_is_what_the_schema_takes() {
    let folder = tempfile::tempdir().unwrap();
    Command::cargo_bin("claimlint").unwrap().current_dir(folder.path()).arg("init").assert().success();
    let text = fs::read_to_string(folder.path().join("claimlint.toml")).unwrap();
    let (_, validator) = schema("config");
    assert_eq!(faults(&validator, &text), NONE);
    // each setting that stands there as a comment holds too
    let all: String = text
        .lines()
        .filter(|line| !line.starts_with("#") || line.contains(" = ") || line.starts_with("# [["))
        .map(|line| format!("{}\n", line.trim_start_matches("# ")))
        .collect();
    assert_eq!(faults(&validator, &all), NONE, "{all}");
}
