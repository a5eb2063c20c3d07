//! The word lists are in order, name nothing twice and refer only to what they hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use claimlint::catalogue::Catalogue;
use claimlint::datafile::DataFile;
use claimlint::lexicon::{Data, Lexicon, WordEntry, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The files of names, each with its words.
fn files() -> Vec<(String, Data)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/lexicon");
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            let data = toml::from_str(&fs::read_to_string(&path).unwrap());
            (path.display().to_string(), data.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn words() -> Vec<WordEntry> {
    files().into_iter().flat_map(|(_, data)| data.word).collect()
}

/// A name as the reader of texts sees it: case, hyphens and full stops do not count.
fn bare(name: &str) -> String {
    let words: Vec<_> = claimlint::lexicon::pieces(name.trim_start_matches('='))
        .filter_map(|range| name.trim_start_matches('=').get(range))
        .filter(|piece| !matches!(*piece, "-" | "." | "–"))
        .map(|piece| fold(piece).into_owned())
        .collect();
    words.join(" ")
}

#[test]
fn names_stand_in_order_within_their_class() {
    for (path, data) in files() {
        let keys: Vec<_> = data.word.iter().map(|word| (&word.class, word.name.to_lowercase())).collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{path}: {:?} stands before {:?}", pair[0], pair[1]);
        }
        for word in &data.word {
            let aliases: Vec<_> = word.alias.iter().map(|alias| alias.trim_start_matches('=').to_lowercase()).collect();
            assert!(aliases.is_sorted(), "{path}: the aliases of {} are not in order", word.name);
        }
    }
}

#[test]
fn a_name_means_one_thing_in_its_class() {
    let mut owner: BTreeMap<(String, String), String> = BTreeMap::new();
    for word in words() {
        for name in std::iter::once(&word.name).chain(&word.alias) {
            let before = owner.insert((word.class.clone(), bare(name)), word.name.clone());
            assert!(
                before.as_ref().is_none_or(|before| *before == word.name),
                "{name} is both {} and {} ({})",
                before.unwrap_or_default(),
                word.name,
                word.class
            );
        }
    }
}

#[test]
fn kinds_and_strangers_are_entries_and_no_kind_is_its_own() {
    let words = words();
    let names: BTreeSet<&str> = words.iter().map(|word| word.name.as_str()).collect();
    let kinds: BTreeMap<&str, &[String]> =
        words.iter().map(|word| (word.name.as_str(), word.kind_of.as_slice())).collect();
    for word in &words {
        for other in word.kind_of.iter().chain(&word.never_same) {
            assert!(names.contains(other.as_str()), "{} refers to {other}, which is no entry", word.name);
        }
        let mut open = word.kind_of.clone();
        for _ in 0..8 {
            open =
                open.iter().flat_map(|kind| kinds.get(kind.as_str()).copied().unwrap_or_default()).cloned().collect();
            assert!(!open.contains(&word.name), "{} is a kind of itself", word.name);
        }
        for other in &word.never_same {
            assert!(!word.kind_of.contains(other), "{} is a kind of {other} and never the same", word.name);
        }
    }
}

#[test]
fn opposites_have_two_sides_and_no_word_stands_for_two() {
    let mut owner: BTreeMap<String, usize> = BTreeMap::new();
    for (path, data) in files() {
        for pair in &data.opposite {
            let shared: Vec<_> = pair.one.iter().filter(|word| pair.other.contains(word)).collect();
            assert!(!pair.one.is_empty() && !pair.other.is_empty(), "{path}: {pair:?} has one side");
            assert_eq!(shared, Vec::<&String>::new(), "{path}: a word and its opposite are one");
        }
        for (group, words) in data.alike.iter().enumerate() {
            for word in &words.words {
                let other = owner.insert(word.clone(), group);
                assert_eq!(other, None, "{path}: {word} stands in two groups");
            }
        }
    }
}

#[test]
fn the_lists_know_health() {
    let lexicon = Lexicon::new(files().into_iter().fold(Data::default(), |mut all, (_, data)| {
        all.merge(data);
        all
    }))
    .unwrap();
    let one = |name: &str| {
        let found = lexicon.named(name);
        let [id] = found.as_slice() else { panic!("{name} is {} things", found.len()) };
        lexicon.entry(*id).unwrap().name.to_string()
    };
    assert_eq!(one("Tylenol"), "paracetamol");
    assert_eq!(one("albuterol"), "salbutamol");
    assert_eq!(one("acid reflux"), "gastro-oesophageal reflux disease");
    assert_eq!(one("St Johns wort"), "St. John's wort");
    assert_eq!(one("N Engl J Med"), "New England Journal of Medicine");
    assert_ne!(one("Spravato"), one("ketamine"));
    assert_ne!(one("Percocet"), one("OxyContin"));
    for (class, least) in [("medicine", 2000), ("condition", 1500), ("journal", 300), ("institution", 150)] {
        let count = words().iter().filter(|word| word.class == class).count();
        assert!(count >= least, "{count} of {class}");
    }
}

#[test]
fn the_packed_lexicon_is_the_one_that_its_tables_make() {
    let packed = Catalogue::builtin().unwrap();
    // a word file, be it empty, has the lexicon made anew
    let made = Catalogue::with(&[], &[DataFile::new("words.toml", "")]).unwrap();
    let (packed, made) = (packed.lexicon(), made.lexicon());
    assert_eq!(packed.len(), made.len());
    for word in words() {
        for name in std::iter::once(&word.name).chain(&word.alias) {
            assert_eq!(packed.named(name), made.named(name), "{name}");
        }
    }
    let lists = files().into_iter().flat_map(|(_, data)| data.list);
    for list in lists {
        assert_eq!(packed.list(&list.name), made.list(&list.name), "{}", list.name);
    }
}
