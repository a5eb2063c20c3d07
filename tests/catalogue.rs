//! The built-in rules are complete: each says what it is, why, what to do, and shows it by examples.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use claimlint::catalogue::Catalogue;
use claimlint::datafile::{DataError, DataFile};
use claimlint::manual::FAMILIES;
use claimlint::rule::{Rule, RuleFile};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The longest label that stands well under a line of text, in characters.
const LABEL: usize = 60;

/// The rule files as a user's files, so that an error says where it is.
fn files() -> Vec<DataFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<DataFile> = fs::read_dir(root.join("rules"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "attributes"))
        .map(|path| {
            let shown = path.strip_prefix(root).unwrap().display().to_string();
            DataFile::new(shown, fs::read_to_string(&path).unwrap())
        })
        .collect();
    found.sort_by(|one, two| one.path().cmp(two.path()));
    found
}

fn rules() -> Vec<(String, Rule)> {
    files()
        .iter()
        .flat_map(|file| {
            let parsed: RuleFile = file.parse().unwrap_or_else(|error| panic!("{}", shown(error)));
            parsed.rule.into_iter().map(|rule| (file.path().to_owned(), rule)).collect::<Vec<_>>()
        })
        .collect()
}

/// An error as the terminal shows it, with its place in the file.
fn shown(error: DataError) -> String {
    format!("{:?}", miette::Report::new(error))
}

#[test]
fn every_file_is_what_a_rule_file_must_be_and_all_names_in_it_exist() {
    let files = files();
    assert!(files.len() > 3, "rules/ holds the rule files");
    // together, since rules of one file yield to rules of another; and each alone, as a user's file is tested
    Catalogue::only(&files, &[]).unwrap_or_else(|error| panic!("{}", shown(error)));
    for file in &files {
        Catalogue::only(std::slice::from_ref(file), &[]).unwrap_or_else(|error| panic!("{}", shown(error)));
    }
}

#[test]
fn what_is_packed_is_what_the_files_say() {
    let packed = Catalogue::builtin().unwrap();
    let mut written: Vec<String> = rules().into_iter().map(|(_, rule)| rule.code).collect();
    written.sort();
    assert_eq!(packed.rules.iter().map(|rule| rule.code.clone()).collect::<Vec<_>>(), written);
}

#[test]
fn every_rule_shows_twice_what_it_rejects_and_twice_what_it_accepts_and_why() {
    for (path, rule) in rules() {
        let code = &rule.code;
        assert!(rule.rejects.len() >= 2, "{path}: {code} rejects only {} texts", rule.rejects.len());
        assert!(rule.accepts.len() >= 2, "{path}: {code} accepts only {} texts", rule.accepts.len());
        for example in rule.rejects.iter().chain(&rule.accepts) {
            let given = example.text.is_empty() != example.article.is_empty();
            assert!(given, "{path}: an example of {code} has neither text nor articles, or both");
        }
        for example in &rule.rejects {
            assert!(!example.marks.is_empty(), "{path}: {code} rejects {:?} but marks nothing", example.text);
            let graded =
                example.grade.as_ref().is_none_or(|grade| rule.check.mechanism().grades().contains(&grade.as_str()));
            assert!(graded, "{path}: {code} has an example of an unknown grade {:?}", example.grade);
        }
        for example in &rule.accepts {
            let because = example.because.as_deref().unwrap_or_default();
            assert!(!because.trim().is_empty(), "{path}: {code} accepts {:?} but says not why", example.text);
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_of_a_known_family() {
    let mut seen = BTreeSet::new();
    for (path, rule) in rules() {
        for name in [&rule.code, &rule.name] {
            assert!(seen.insert(name.to_lowercase()), "{path}: `{name}` is taken");
        }
        let letter = rule.code.chars().next().unwrap_or_default();
        assert!(FAMILIES.iter().any(|(family, _)| *family == letter), "{path}: {} is of no family", rule.code);
        let kebab = rule.name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-');
        assert!(kebab && rule.name.len() > 3, "{path}: `{}` is not a name like value-conflict", rule.name);
    }
}

#[test]
fn every_rule_says_what_it_is_why_and_what_to_do() {
    for (path, rule) in rules() {
        let code = &rule.code;
        let texts = [
            ("since", &rule.since),
            ("summary", &rule.summary),
            ("why", &rule.why),
            ("advice", &rule.advice),
            ("message", &rule.message),
        ];
        for (key, text) in texts {
            assert!(!text.trim().is_empty(), "{path}: {code} has an empty `{key}`");
        }
        for (key, text) in [("summary", &rule.summary), ("why", &rule.why), ("advice", &rule.advice)] {
            let ends = text.trim_end().ends_with(['.', '?', '!', '”', ')']);
            assert!(ends, "{path}: the `{key}` of {code} is no sentence: {text}");
        }
        assert!(rule.since.split('.').count() == 3, "{path}: `since` of {code} is a version like 0.1.0");
        // directives are ours to judge; everything said about articles rests on somebody's standard
        assert!(code.starts_with('D') || !rule.standards.is_empty(), "{path}: {code} rests on nothing");
        assert!(!rule.message.trim_end().ends_with('.'), "{path}: the message of {code} ends with a full stop");
    }
}

#[test]
fn labels_are_short_enough_to_stand_under_a_line() {
    for (path, rule) in rules() {
        for label in rule.label.iter().chain(rule.labels.values()) {
            let length = label.chars().count();
            assert!(length <= LABEL, "{path}: a label of {} has {length} characters: {label}", rule.code);
        }
    }
}
