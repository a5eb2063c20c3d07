//! What a finding is known by stays the same while an article is edited around it, and changes with either side.

use super::folder::Folder;
use serde_json::Value;

const CLINIC: &str = "# The clinic\n\n## Botox\n\nThe botulinum toxin injection session takes about 10 to 15 minutes \
                      [1]. About 62% of patients improved.\n\n## Before you come\n\nEat a light lunch.\n\n## The day\n\n\
                      Each botulinum toxin injection session takes 45 minutes to an hour.\n";

/// The findings of one text, as JSON.
fn findings(text: &str) -> Vec<Value> {
    let folder = Folder::new(&[("a.md", text)]);
    let ran = folder.run("check --format json --min-severity info --today 2026-01-01 a.md");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// The fingerprints of one rule's findings.
fn prints(text: &str, code: &str) -> Vec<String> {
    let own = findings(text).into_iter().filter(|one| one["code"] == code);
    own.map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn edits_around_a_finding_leave_its_fingerprint() {
    let edits: [(&str, &str, &str); 8] = [
        ("a line above", "# The clinic\n", "---\ntitle: Visit us\n---\n\n# The clinic\n\nWelcome to all.\n"),
        ("another title", "# The clinic", "# Our clinic"),
        ("emphasis", "takes about 10 to 15 minutes", "takes **about 10 to 15 minutes**"),
        ("typography", "10 to 15 minutes", "10\u{a0}to 15\nminutes"),
        ("references renumbered", " [1].", " [7]."),
        ("a section between", "## The day", "## Lunch\n\nThere is a café.\n\n## The day"),
        ("line ends", "Eat a light lunch.", "Eat a light lunch.\r\n"),
        ("a sentence between", "About 62%", "It is done by a nurse. About 62%"),
    ];
    for code in ["C001", "S001"] {
        let before = prints(CLINIC, code);
        assert_eq!(before.len(), 1, "{code}");
        for (what, from, to) in edits {
            assert_eq!(prints(&CLINIC.replace(from, to), code), before, "{code}: {what}");
        }
    }
}

#[test]
fn a_change_of_either_side_changes_the_fingerprint() {
    let before = prints(CLINIC, "C001");
    for (from, to) in [
        ("10 to 15 minutes", "10 to 20 minutes"),
        ("45 minutes to an hour", "50 minutes to an hour"),
        ("Each botulinum toxin", "Every botulinum toxin"),
        ("## The day", "## The visit"),
    ] {
        let after = prints(&CLINIC.replace(from, to), "C001");
        assert_eq!(after.len(), 1, "{to}");
        assert_ne!(after, before, "{to}");
    }
}

#[test]
fn the_order_of_the_sides_makes_no_difference_and_each_side_has_a_trace() {
    let parts = ["The botulinum toxin injection session takes 10 to 15 minutes.", "Each Botox session takes an hour."];
    let text = |one: usize, two: usize| {
        let (one, two) = (parts[one], parts[two]);
        format!("# Botulinum toxin\n\n{one}\n\nEat a light lunch.\n\n{two}\n")
    };
    let side = |text: &str| {
        let found = findings(text).into_iter().find(|one| one["code"] == "C001").unwrap();
        let other = found["related"][0]["trace"].as_str().unwrap().to_owned();
        (found["fingerprint"].to_string(), found["trace"].as_str().unwrap().to_owned(), other)
    };
    let (print, own, other) = side(&text(0, 1));
    let (turned, turned_own, turned_other) = side(&text(1, 0));
    assert_eq!((turned, turned_own, turned_other), (print, other.clone(), own.clone()));
    assert_ne!(own, other);
}

#[test]
fn the_second_of_its_kind_is_told_apart() {
    let text = "## Results\n\nShe committed suicide.\n\n## Results\n\nShe committed suicide.\n";
    let found = prints(text, "H018");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1], format!("{}-2", found[0]));
}

#[test]
fn a_fault_of_the_whole_article_is_known_by_its_title() {
    let article = |first: &str| format!("# Zinc for colds\n\n{first}\n\n{}", "Zinc may shorten a cold. ".repeat(60));
    let found = |first: &str| prints(&article(first), "R015");
    assert_eq!(found("Zinc is a metal.").len(), 1);
    assert_eq!(found("Zinc is a metal."), found("Everybody knows zinc from gutters."));
}

#[test]
fn a_link_is_known_by_where_it_leads() {
    let text = |host: &str| format!("# Sleep\n\nSleep well and [buy viagra online](https://{host}/) tonight.\n");
    let found = |host: &str| {
        let all = findings(&text(host)).into_iter().filter(|one| one["code"].as_str().unwrap().starts_with('L'));
        all.map(|one| one["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    assert!(!found("pills.example").is_empty());
    assert_ne!(found("pills.example"), found("more-pills.example"));
}

#[test]
fn every_finding_asks_the_author() {
    let found = findings(CLINIC);
    let own = found.iter().find(|one| one["code"] == "C001").unwrap();
    let query = own["query"].as_str().unwrap();
    assert!(query.starts_with("AU: line 5 says 10–15 min, line 13 says 45–60 min"), "{query}");
    for one in found {
        let query = one["query"].as_str().unwrap();
        assert!(query.starts_with("AU: ") && !query.contains('{'), "{query}");
    }
}

#[test]
fn a_house_fact_is_known_by_what_it_says() {
    let fact = |note: &str, value: &str| {
        format!(
            "# {note}\n[[fact]]\nsubject = 'salbutamol'\nattribute = 'onset'\nvalue = '{value}'\nsource = '{note}'\n"
        )
    };
    let found = |facts: &str| {
        let folder = Folder::new(&[
            ("a.md", "# Salbutamol\n\nInhaled salbutamol starts to work after 2 hours.\n"),
            ("f.toml", facts),
        ]);
        let ran = folder.run("check --select C003 --format json --min-severity info --facts f.toml a.md");
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        report["findings"][0]["fingerprint"].as_str().map(str::to_owned)
    };
    let first = found(&fact("label", "5 min"));
    assert!(first.is_some());
    assert_eq!(found(&fact("another label", "5 min")), first);
    assert_ne!(found(&fact("label", "6 min")), first);
}
