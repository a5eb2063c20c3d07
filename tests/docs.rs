//! The pages of `docs/` that are made from rules, records and arguments say what these say.
//!
//! With `CLAIMLINT_BLESS=1` the pages are written instead of compared.

#![allow(clippy::unwrap_used, reason = "tests")]

use claimlint::catalogue::Catalogue;
use claimlint::manual;
use std::fs;
use std::path::Path;

/// Holds a page against what it is made from.
fn is_up_to_date(page: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    if std::env::var_os("CLAIMLINT_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = written.lines().zip(made.lines()).position(|(old, new)| old != new);
    assert!(
        written == made,
        "{page} is not what it is made from (line {}); write it with CLAIMLINT_BLESS=1 cargo test --test docs",
        differs.map_or_else(|| written.lines().count().min(made.lines().count()) + 1, |line| line + 1),
    );
}

#[test]
fn the_page_of_rules_is_made_from_the_rules() {
    is_up_to_date("docs/rules.md", &manual::page(&Catalogue::builtin().unwrap(), &Catalogue::examples()));
}

#[test]
fn the_schemas_are_made_from_the_records() {
    let catalogue = Catalogue::builtin().unwrap();
    is_up_to_date("docs/schema/config.json", &manual::schema::config(&catalogue));
    is_up_to_date("docs/schema/rules.json", &manual::schema::rules());
    is_up_to_date("docs/schema/facts.json", &manual::schema::facts(&catalogue));
}

#[test]
fn the_manual_pages_are_made_from_the_arguments() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::Command::cargo_bin("claimlint").unwrap();
    command.args(["man", "--to"]).arg(folder.path()).assert().success();
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() > 10, "{names:?}");
    for name in &names {
        let page = fs::read_to_string(folder.path().join(name)).unwrap();
        is_up_to_date(&format!("docs/man/{}", name.to_str().unwrap()), &page);
    }
    let kept = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/man")).unwrap();
    let mut kept: Vec<_> = kept.map(|entry| entry.unwrap().file_name()).collect();
    kept.sort();
    assert_eq!(kept, names, "a page of a command that is no more");
}

#[test]
fn every_rule_is_explained() {
    let catalogue = Catalogue::builtin().unwrap();
    let examples = Catalogue::examples();
    for rule in &catalogue.rules {
        let text = manual::explain(rule, &examples.get(&rule.code).cloned().unwrap_or_default());
        for part in [&rule.code, &rule.name, &rule.summary, &rule.advice] {
            assert!(text.contains(part.as_str()), "{}: {part} is missing from {text}", rule.code);
        }
        for part in ["What to do:", "Reported:", "Not reported:", "claimlint-disable-next-line"] {
            assert!(text.contains(part), "{}: {part} is missing from {text}", rule.code);
        }
        // directives are ours alone; everything else rests on something
        assert!(text.contains("Rests on:") || rule.code.starts_with('D'), "{}: {text}", rule.code);
    }
}
