//! Decisions: an editor is not asked twice, and is asked again when something has changed.

use super::folder::{Folder, Ran};
use serde_json::Value;

const CLINIC: &str = "# The clinic\n\n## Botox\n\nThe botulinum toxin injection session takes about 10 to 15 minutes.\n\n\
                      ## Before you come\n\nEat a light lunch.\n\n## The day\n\n\
                      Each botulinum toxin injection session takes 45 minutes to an hour.\n";
const BY: &str = "--by Jo --reason Two-devices --today 2026-01-01";

fn clinic() -> Folder {
    Folder::new(&[("content/clinic.md", CLINIC), ("claimlint.toml", "")])
}

fn check(folder: &Folder, today: &str) -> Ran {
    folder.run(&format!("check --select C001 --format json --today {today} content"))
}

fn print(folder: &Folder) -> String {
    check(folder, "2026-01-01").json()["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
}

fn accept(folder: &Folder, more: &str) -> Ran {
    folder.run(&format!("accept {} {BY} {more}", print(folder)))
}

fn edit(folder: &Folder, from: &str, to: &str) {
    folder.write("content/clinic.md", CLINIC.replace(from, to).as_bytes());
}

fn text(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path().join("decisions.toml")).unwrap()
}

/// The states of all decisions, and why.
fn states(folder: &Folder, today: &str) -> Vec<(String, String)> {
    let ran = folder.run(&format!("decisions --format json --today {today}"));
    let rows: Value = serde_json::from_str(&ran.out).unwrap();
    let said = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.as_array().unwrap().iter().map(|row| (said(row, "state"), said(row, "why"))).collect()
}

#[test]
fn what_is_accepted_is_not_reported_any_more() {
    let folder = clinic();
    let ran = folder.run("check --select C001 --today 2026-01-01 content");
    let shown = format!("claimlint accept {}", print(&folder));
    assert!(ran.out.contains(&shown), "{}", ran.out);
    let ran = accept(&folder, "");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("decisions.toml: accepted: C001 in content/clinic.md, line 13"), "{}", ran.err);
    let ran = folder.run("check --select C001 --today 2026-01-01 content");
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.contains("1 accepted"), "{}", ran.err);
    assert_eq!(states(&folder, "2026-01-01"), [("holds".to_owned(), String::new())]);
    let listed = folder.run("decisions --today 2026-01-01");
    assert!(listed.out.contains("accepted by Jo on 2026-01-01") && listed.out.contains("holds"), "{}", listed.out);
    assert!(listed.err.contains("1 decision: 1 holds"), "{}", listed.err);
}

#[test]
fn the_file_is_sorted_and_says_what_was_decided_about() {
    let folder = clinic();
    accept(&folder, "--until 2027-05-31");
    let print = folder.run("decisions --format json --today 2026-01-01").out;
    let print = serde_json::from_str::<Value>(&print).unwrap()[0]["fingerprint"].as_str().unwrap().to_owned();
    let text = text(&folder);
    let wanted = format!(
        "version = 1\n\n[[decision]]\npath = \"content/clinic.md\"\ncode = \"C001\"\nfingerprint = \"{print}\"\n\
         as = \"accepted\"\nby = \"Jo\"\non = \"2026-01-01\"\nuntil = \"2027-05-31\"\nreason = \"Two-devices\"\nsides = [\n"
    );
    assert!(text.contains(&wanted), "{text}");
    assert!(text.contains("text = \"45 minutes to an hour\" },\n"), "{text}");
}

#[test]
fn edits_elsewhere_and_another_name_leave_a_decision() {
    let folder = clinic();
    accept(&folder, "");
    edit(&folder, "Eat a light lunch.", "Drink water.\n\nEat a light lunch.");
    assert_eq!(check(&folder, "2026-01-01").codes(), Vec::<String>::new());
    std::fs::rename(folder.path().join("content/clinic.md"), folder.path().join("content/visit.md")).unwrap();
    assert_eq!(check(&folder, "2026-01-01").codes(), Vec::<String>::new());
    assert_eq!(states(&folder, "2026-01-01")[0].0, "holds");
}

#[test]
fn a_change_of_either_side_reopens_and_says_which() {
    for (from, to, line) in [
        ("about 10 to 15 minutes", "about 10 to 20 minutes", "line 5 has changed"),
        ("45 minutes to an hour", "50 minutes to an hour", "line 13 has changed"),
    ] {
        let folder = clinic();
        accept(&folder, "");
        edit(&folder, from, to);
        let found = check(&folder, "2026-01-01").json();
        let help = found["findings"][0]["help"].as_str().unwrap();
        assert!(help.starts_with(&format!("Accepted by Jo on 2026-01-01, but {line} since. ")), "{help}");
        assert_eq!(states(&folder, "2026-01-01"), [("reopened".to_owned(), line.to_owned())]);
        // decided anew, the old decision is replaced
        assert_eq!(accept(&folder, "").status, 0);
        assert_eq!(states(&folder, "2026-01-01"), [("holds".to_owned(), String::new())]);
    }
}

#[test]
fn a_finding_of_one_side_reopens_too() {
    let folder = Folder::new(&[("a.md", "About 62% of patients improved.\n")]);
    let found =
        || folder.run("check --select S001 --format json --today 2026-01-01 a.md").json()["findings"][0].clone();
    folder.run(&format!("accept {} {BY}", found()["fingerprint"].as_str().unwrap()));
    assert!(found().is_null());
    folder.write("a.md", b"About 62% of patients improved within a week.\n");
    let help = found()["help"].as_str().unwrap().to_owned();
    assert!(help.starts_with("Accepted by Jo on 2026-01-01, but line 1 has changed since."), "{help}");
}

#[test]
fn findings_that_are_shown_as_one_are_decided_about_as_one() {
    let text = "# Sleep\n\nAbout 62% of patients slept better.\n\nAbout 43% of women felt better.\n";
    let folder = Folder::new(&[("a.md", text)]);
    let found = || {
        let report = folder.run("check --select S003 --format json --today 2026-01-01 a.md").json();
        report["findings"].as_array().unwrap().clone()
    };
    let first = found();
    assert_eq!((first.len(), first[0]["related"].as_array().unwrap().len()), (1, 1), "{first:?}");
    let ran = folder.run(&format!("accept {} {BY}", first[0]["fingerprint"].as_str().unwrap()));
    assert!(ran.err.contains("(1 more in this article)"), "{}", ran.err);
    assert!(found().is_empty());
    // one of them changes, and only that one is shown
    folder.write("a.md", text.replace("62%", "65%").as_bytes());
    let after = found();
    assert_eq!((after.len(), after[0]["related"].as_array().unwrap().len()), (1, 0), "{after:?}");
    assert_eq!(after[0]["span"]["line"], 3);
}

#[test]
fn only_what_is_accepted_is_silent() {
    for (verdict, says) in [("disputed", "Disputed by Jo on"), ("to-be-asked", "Marked to be asked by Jo on")] {
        let folder = clinic();
        accept(&folder, &format!("--as {verdict}"));
        let found = check(&folder, "2026-01-01").json();
        let help = found["findings"][0]["help"].as_str().unwrap();
        assert!(help.starts_with(says) && help.contains("Two-devices."), "{help}");
    }
}

#[test]
fn a_decision_holds_until_its_last_day() {
    let folder = clinic();
    accept(&folder, "--until 2026-06-30");
    assert_eq!(check(&folder, "2026-06-30").codes(), Vec::<String>::new());
    let found = check(&folder, "2026-07-01").json();
    let help = found["findings"][0]["help"].as_str().unwrap();
    assert!(help.contains("but only until 2026-06-30"), "{help}");
    assert_eq!(states(&folder, "2026-07-01")[0].0, "expired");
}

#[test]
fn what_is_gone_is_told_and_taken_out_on_request() {
    let folder = clinic();
    accept(&folder, "");
    let before = text(&folder);
    edit(&folder, "takes 45 minutes to an hour", "is done by a nurse");
    assert_eq!(states(&folder, "2026-01-01")[0].0, "gone");
    assert_eq!(text(&folder), before);
    folder.write("other/faq.md", b"Drink water.\n");
    let ran = folder.run("decisions --format json --today 2026-01-01 other");
    assert!(ran.out.contains("\"not read\""), "{}", ran.out);
    let ran = folder.run("decisions --prune --today 2026-01-01");
    assert!(ran.err.contains("1 taken out") && ran.err.contains("no decisions"), "{}", ran.err);
    assert!(!text(&folder).contains("[[decision]]"));
}

#[test]
fn a_fingerprint_must_mean_one_finding() {
    let folder = clinic();
    let print = print(&folder);
    let short = format!("accept {} {BY}", print.get(..8).unwrap());
    folder.write("content/copy.md", CLINIC.as_bytes());
    let ran = folder.run(&short);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(ran.err.contains("--article") && ran.err.contains("content/copy.md:13"), "{}", ran.err);
    let ran = folder.run(&format!("{short} --article content/copy.md"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(check(&folder, "2026-01-01").places(), ["C001 content/clinic.md:13:46"]);
    for (arguments, says) in [
        (format!("accept 000000000000 {BY}"), "no finding has it"),
        (format!("accept 3fa {BY}"), "is no fingerprint"),
        (format!("accept zzzz {BY}"), "is no fingerprint"),
        (format!("accept {print} --by Jo"), "--reason"),
        (format!("accept {print} --reason x"), "--by"),
        (format!("accept {print} {BY} --until 2025-01-01"), "is past"),
        (format!("accept {print} {BY} --as perhaps"), "perhaps"),
        (format!("accept {print} {BY} nowhere.md"), "nowhere.md"),
    ] {
        let ran = folder.run(&arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments}: {}", ran.err);
        assert!(ran.err.contains(says), "{arguments}: {}", ran.err);
    }
}

#[test]
fn a_decision_goes_before_the_baseline() {
    let folder = clinic();
    let print = print(&folder);
    folder.run("check --write-baseline --today 2026-01-01 content");
    assert_eq!(folder.run(&format!("accept {print} {BY}")).status, 0);
    let ran = folder.run("check --baseline claimlint-baseline.toml --today 2026-01-01 content");
    assert!(ran.err.contains("1 accepted") && ran.err.contains("no longer occurs"), "{}", ran.err);
}

#[test]
fn a_wrong_file_of_decisions_never_passes_for_success() {
    let entry = |key: &str, value: &str| {
        let fields = [
            ("path", "\"a.md\""),
            ("code", "\"S001\""),
            ("fingerprint", "\"3fa9c1d2e4b5\""),
            ("as", "\"accepted\""),
            ("by", "\"Jo\""),
            ("on", "\"2026-01-01\""),
            ("reason", "\"x\""),
            ("sides", "[{ trace = \"3fa9c1d2e4b5\" }]"),
        ];
        let line = |(own, text): (&str, &str)| format!("{own} = {}\n", if own == key { value } else { text });
        format!("version = 1\n[[decision]]\n{}", fields.map(line).concat())
    };
    for (text, says) in [
        ("version = 9\n".to_owned(), "version 9"),
        ("decisions = []\n".to_owned(), "says no version"),
        (entry("as", "\"acepted\""), "did you mean `accepted`?"),
        (entry("on", "\"yesterday\""), "is not a date"),
        (entry("fingerprint", "\"3fa9\""), "a fingerprint is 12"),
        (entry("by", "\" \""), "needs `by`"),
        (entry("sides", "[]"), "at least one side"),
    ] {
        let folder = Folder::new(&[("a.md", "Drink water.\n"), ("decisions.toml", &text)]);
        for command in ["check", "decisions"] {
            let ran = folder.run(&format!("{command} a.md"));
            assert_eq!(ran.status, 2, "{command} {text}: {}", ran.err);
            assert!(ran.err.contains("decisions.toml:") && ran.err.contains(says), "{text}: {}", ran.err);
        }
    }
    let folder = Folder::new(&[("a.md", "Drink water.\n"), ("decisions.toml", &entry("", ""))]);
    assert_eq!(folder.run("check a.md").status, 0);
    folder.write("claimlint.toml", b"decisions = \"none.toml\"\n");
    assert!(folder.run("check a.md").err.contains("none.toml"));
}
