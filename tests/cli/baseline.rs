//! The baseline: only what is new is reported, and the file only says what is there.

use super::folder::{Folder, Ran};

const CLINIC: &str = "# The clinic\n\n## Botox\n\nThe botulinum toxin injection session takes about 10 to 15 minutes. \
                      About 62% of patients improved.\n\n## Before you come\n\nEat a light lunch.\n\n## The day\n\n\
                      Each botulinum toxin injection session takes 45 minutes to an hour.\n";
const FIGURE: &str = "About 62% of patients improved.\n";
const FILE: &str = "claimlint-baseline.toml";

fn clinic() -> Folder {
    let folder = Folder::new(&[("content/clinic.md", CLINIC), ("content/faq.md", FIGURE), ("claimlint.toml", "")]);
    let ran = check(&folder, "--write-baseline content");
    assert_eq!((ran.status, ran.codes()), (0, vec![]), "{}", ran.err);
    folder
}

fn check(folder: &Folder, arguments: &str) -> Ran {
    folder.run(&format!("check --format json --today 2026-01-01 {arguments}"))
}

fn again(folder: &Folder) -> Ran {
    check(folder, &format!("--baseline {FILE} content"))
}

fn text(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path().join(FILE)).unwrap()
}

#[test]
fn what_was_there_is_silent_and_what_is_new_is_not() {
    let folder = clinic();
    let ran = again(&folder);
    assert_eq!((ran.status, ran.codes()), (0, vec![]), "{}", ran.err);
    folder.write("content/new.md", b"About 71% of patients slept better.\n");
    let ran = again(&folder);
    assert_eq!(ran.status, 1);
    assert!(ran.places().iter().all(|place| place.contains("content/new.md")), "{:?}", ran.places());
    let ran = folder.run(&format!("check --baseline {FILE} --today 2026-01-01 content/clinic.md"));
    assert!(ran.err.contains(" in the baseline"), "{}", ran.err);
}

#[test]
fn edits_elsewhere_change_neither_the_report_nor_the_file() {
    let folder = clinic();
    let before = text(&folder);
    let edited = CLINIC
        .replace("# The clinic\n", "# Our clinic\n\nWelcome.\n\nWe are open all week.\n")
        .replace("Eat a light lunch.", "Drink water.\n\nEat a light lunch, and take your time.");
    folder.write("content/clinic.md", edited.as_bytes());
    assert_eq!(again(&folder).codes(), Vec::<String>::new());
    let ran = check(&folder, &format!("--baseline {FILE} --write-baseline content"));
    assert_eq!((ran.status, text(&folder)), (0, before), "{}", ran.err);
}

#[test]
fn a_contradiction_is_new_when_either_side_changed() {
    for (from, to) in [("10 to 15 minutes", "10 to 20 minutes"), ("45 minutes to an hour", "50 minutes to an hour")] {
        let folder = clinic();
        folder.write("content/clinic.md", CLINIC.replace(from, to).as_bytes());
        let ran = again(&folder);
        assert!(ran.codes().contains(&"C001".to_owned()), "{to}: {:?}", ran.codes());
        assert!(ran.err.contains("1 finding no longer occurs") || ran.err.contains("no longer occur"), "{}", ran.err);
    }
}

#[test]
fn the_second_of_a_kind_is_counted() {
    let folder = clinic();
    folder.write("content/faq.md", format!("{FIGURE}\nEat a light lunch.\n\n{FIGURE}").as_bytes());
    let ran = again(&folder);
    assert!(ran.codes().contains(&"S003".to_owned()), "{:?}", ran.codes());
    assert!(check(&folder, &format!("--baseline {FILE} --write-baseline content")).codes().is_empty());
    assert!(text(&folder).contains("count = 2"), "{}", text(&folder));
    assert!(again(&folder).codes().is_empty());
}

#[test]
fn what_no_longer_occurs_is_named_and_pruned_on_request() {
    let folder = clinic();
    let before = text(&folder);
    folder.write("content/faq.md", b"Drink a glass of water.\n");
    let ran = again(&folder);
    assert!(ran.err.contains("no longer occur"), "{}", ran.err);
    assert!(ran.err.contains("content/faq.md") && ran.err.contains("--prune-baseline"), "{}", ran.err);
    assert_eq!(text(&folder), before);
    // a new finding is not taken in
    folder.write("content/new.md", FIGURE.replace("62", "71").as_bytes());
    let ran = check(&folder, &format!("--baseline {FILE} --prune-baseline content"));
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(!text(&folder).contains("faq.md") && text(&folder).contains("clinic.md"), "{}", text(&folder));
    assert!(!text(&folder).contains("new.md"));
    assert!(!again(&folder).err.contains("no longer"));
}

#[test]
fn what_was_not_looked_at_is_left_alone() {
    let folder = clinic();
    let before = text(&folder);
    for arguments in ["content/clinic.md", "--ignore S022 content", "--select C content"] {
        let ran = check(&folder, &format!("--baseline {FILE} --prune-baseline {arguments}"));
        assert_eq!((ran.codes(), text(&folder)), (vec![], before.clone()), "{arguments}: {}", ran.err);
    }
    let ran = check(&folder, &format!("--baseline {FILE} --write-baseline content/clinic.md"));
    assert_eq!((ran.codes(), text(&folder)), (vec![], before), "{}", ran.err);
}

#[test]
fn a_renamed_article_takes_its_entries_along() {
    let folder = clinic();
    std::fs::rename(folder.path().join("content/clinic.md"), folder.path().join("content/visit.md")).unwrap();
    let ran = again(&folder);
    assert_eq!(ran.codes(), Vec::<String>::new(), "{}", ran.err);
    assert!(!ran.err.contains("no longer"), "{}", ran.err);
    check(&folder, &format!("--baseline {FILE} --prune-baseline content"));
    assert!(text(&folder).contains("content/visit.md") && !text(&folder).contains("clinic.md"), "{}", text(&folder));
}

#[test]
fn the_file_is_sorted_readable_and_relative_to_itself() {
    let folder = clinic();
    let text = text(&folder);
    assert!(text.starts_with("# What was found before") && text.contains("\nversion = 1\n"), "{text}");
    assert!(text.contains("path = \"content/clinic.md\"\ncode = \"C001\"\nfingerprint = \""), "{text}");
    let entries: Vec<&str> = text.split("\n[[finding]]\n").skip(1).collect();
    assert!(entries.len() > 2 && entries.is_sorted(), "{text}");
    // from another folder, and from one that the configuration names
    let inside = super::folder::run(
        &folder.path().join("content"),
        "check --format json --today 2026-01-01 --baseline ../claimlint-baseline.toml .",
        "",
    );
    assert_eq!(inside.codes(), Vec::<String>::new(), "{}", inside.err);
    folder.write("claimlint.toml", format!("baseline = \"{FILE}\"\n").as_bytes());
    let inside = super::folder::run(&folder.path().join("content"), "check --format json --today 2026-01-01 .", "");
    assert_eq!(inside.codes(), Vec::<String>::new(), "{}", inside.err);
}

#[test]
fn a_wrong_baseline_never_passes_for_success() {
    let entry = "version = 1\n[[finding]]\npath = \"a.md\"\ncode = \"S001\"\n";
    let cases = [
        (String::new(), "version"),
        ("version = 2\n".to_owned(), "version 2"),
        ("version = 1\n<<<<<<< HEAD\n".to_owned(), FILE),
        (format!("{entry}fingerprint = \"xyz\"\n"), "a fingerprint is 12"),
        (format!("{entry}fingerprnt = \"3fa9c1d2e4b5\"\n"), "did you mean `fingerprint`?"),
        (format!("{entry}fingerprint = \"3fa9c1d2e4b5\"\ncount = -1\n"), "-1"),
    ];
    for (text, says) in cases {
        let folder = Folder::new(&[("a.md", FIGURE), (FILE, &text)]);
        let ran = folder.run(&format!("check --baseline {FILE} a.md"));
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{text}: {}", ran.err);
        assert!(ran.err.contains(says), "{text}: {}", ran.err);
    }
    let folder =
        Folder::new(&[("a.md", FIGURE), ("sub/claimlint.toml", "baseline = \"none.toml\"\n"), ("sub/a.md", "")]);
    for (arguments, says) in [
        ("check --baseline none.toml a.md", "none.toml"),
        ("check --prune-baseline a.md", "there is no baseline to prune"),
        ("check sub", "none.toml"),
        ("check --write-baseline --prune-baseline a.md", "cannot be used with"),
        ("check --write-baseline --baseline none/b.toml a.md", "cannot write"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.status, 2, "{arguments}: {}", ran.err);
        assert!(ran.err.contains(says), "{arguments}: {}", ran.err);
    }
}
