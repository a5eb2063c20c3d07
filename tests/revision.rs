//! `claimlint compare`: files, folders and revisions in git, and what is no change.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const OLD: &str = "# Zinc\n\nAdults take 15 mg of zinc a day with food [1]. It may shorten a cold by one day [2].\n";
const NEW: &str = "# Zinc\n\nAdults take 150 mg of zinc a day with food [1]. It may shorten a cold by one day [2].\n";

/// Runs `claimlint compare` in a folder: exit status, standard output, standard error.
fn compare(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("claimlint").unwrap();
    let run = command.current_dir(folder).arg("compare").args(arguments).args(["--today", "2026-01-01"]);
    let output = run.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What comparing two texts finds, one line for each finding.
fn found(old: &str, new: &str) -> Vec<String> {
    let folder = folder(&[("old.md", old), ("new.md", new)]);
    let (_, out, _) = compare(folder.path(), &["old.md", "new.md", "--format", "concise", "--min-severity", "info"]);
    out.lines().filter(|line| !line.starts_with(' ')).map(str::to_owned).collect()
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let run = std::process::Command::new("git").current_dir(folder).args(who).args(arguments).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_new_version_is_primary_and_the_old_one_related() {
    let folder = folder(&[("old.md", OLD), ("new.md", NEW)]);
    let (status, out, _) = compare(folder.path(), &["old.md", "new.md", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let finding = &report["findings"][0];
    assert_eq!((status, report["findings"].as_array().unwrap().len()), (1, 1));
    assert_eq!((finding["code"].as_str(), finding["path"].as_str()), (Some("C004"), Some("new.md")));
    assert_eq!((finding["text"].as_str(), finding["severity"].as_str()), (Some("150 mg"), Some("error")));
    let side = &finding["related"][0];
    assert_eq!((side["path"].as_str(), side["text"].as_str()), (Some("old.md"), Some("15 mg")));
    assert_eq!(report["summary"]["files"], 1);
}

#[test]
fn the_status_follows_fail_on_and_a_report_can_go_to_a_file() {
    let folder = folder(&[("old.md", OLD), ("new.md", NEW)]);
    let arguments = ["old.md", "new.md", "--fail-on", "never", "--format", "json", "--output", "report.json"];
    let (status, out, _) = compare(folder.path(), &arguments);
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(fs::read_to_string(folder.path().join("report.json")).unwrap().contains("C004"));
    let (status, _, error) = compare(folder.path(), &["old.md", "old.md"]);
    assert_eq!(status, 0);
    assert!(error.contains("nothing found"), "{error}");
}

#[test]
fn folders_are_matched_by_path() {
    let files = [("a/in/zinc.md", OLD), ("b/in/zinc.md", NEW), ("a/gone.md", OLD), ("b/born.md", NEW)];
    let folder = folder(&files);
    let (status, out, error) = compare(folder.path(), &["a", "b", "--format", "concise"]);
    assert_eq!(status, 1);
    assert!(out.starts_with("b/in/zinc.md:3:13: error[C004]"), "{out}");
    assert!(error.contains("1 file only in OLD") && error.contains("1 file only in NEW"), "{error}");
    let (status, _, error) = compare(folder.path(), &["a", "b/born.md"]);
    assert_eq!((status, error.as_str()), (2, "error: a file cannot be compared with a folder\n"));
}

#[test]
fn a_revision_in_git_is_compared_with_the_working_copy() {
    let folder = folder(&[("site/zinc.md", OLD)]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "one"]);
    fs::write(folder.path().join("site/zinc.md"), NEW).unwrap();
    let (status, out, _) = compare(folder.path(), &["HEAD:site/zinc.md", "site/zinc.md", "--format", "concise"]);
    assert_eq!(status, 1);
    assert!(out.contains("site/zinc.md:3:13: error[C004]") && out.contains("  HEAD:site/zinc.md:3:13: note"), "{out}");
    let (status, out, _) = compare(folder.path(), &["HEAD:site", "site", "--format", "concise"]);
    assert_eq!(status, 1);
    assert!(out.contains("  HEAD:site/zinc.md:3:13: note"), "{out}");
    let (status, out, _) = compare(folder.path(), &["HEAD:site", "site"]);
    assert!(status == 1 && out.contains("15 mg of zinc"), "the old text is shown: {out}");
    for (wrong, says) in [("nope:site/zinc.md", "nope"), ("HEAD:site/none.md", "none.md")] {
        let (status, out, error) = compare(folder.path(), &[wrong, "site/zinc.md"]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(error.starts_with("error: ") && error.contains(says), "{error}");
    }
}

#[test]
fn what_is_not_there_is_an_error() {
    let folder = folder(&[("new.md", NEW)]);
    let (status, _, error) = compare(folder.path(), &["old.md", "new.md"]);
    assert_eq!((status, error.as_str()), (2, "error: there is no file or folder `old.md`\n"));
    let (status, _, error) = compare(folder.path(), &["HEAD:new.md", "new.md"]);
    assert_eq!(status, 2);
    assert!(error.contains("not a git repository"), "{error}");
}

#[test]
fn an_article_against_itself_gives_nothing() {
    let text =
        "# Table\n\n| Age | Dose |\n|---|---|\n| 1 to 4 | 5 mg |\n| 5 to 9 | 5 mg |\n\nTake 5 mg.\n\nTake 5 mg.\n";
    assert_eq!(found(text, text), Vec::<String>::new());
    assert_eq!(found("", text), Vec::<String>::new());
    assert_eq!(found(text, ""), Vec::<String>::new());
}

#[test]
fn a_new_row_of_a_table_is_no_changed_row() {
    let old = "| Weight | Dose |\n|---|---|\n| 10 kg | 100 mg |\n| 20 kg | 200 mg |\n";
    let new = "| Weight | Dose |\n|---|---|\n| 5 kg | 50 mg |\n| 10 kg | 100 mg |\n| 20 kg | 200 mg |\n";
    assert_eq!(found(old, new), Vec::<String>::new());
}

#[test]
fn a_new_sentence_of_the_same_form_is_no_changed_sentence() {
    let old = "A child of 10 kg has 150 mg of the syrup at night.\n";
    let new = "A child of 8 kg has 120 mg of the syrup at night. A child of 10 kg has 150 mg of the syrup at night.\n";
    assert_eq!(found(old, new), Vec::<String>::new());
}

#[test]
fn the_same_value_written_otherwise_is_no_change() {
    for (old, new) in [
        ("Drink 1500 ml of water every day in summer.", "Drink 1.5 litres of water every day in summer."),
        ("A fever of 38 °C or more needs a doctor soon.", "A fever of 100.4 °F or more needs a doctor soon."),
        ("It helps 3 in 4 people who use the gel daily.", "It helps 75% of people who use the gel daily."),
        ("Wait six months before the next blood test is done.", "Wait 6 months before the next blood test is done."),
    ] {
        assert_eq!(found(old, new), Vec::<String>::new(), "{old} / {new}");
    }
}

#[test]
fn an_opposite_word_for_a_negation_is_no_change() {
    let old = "It is not clear whether the tablets help people without anaemia.";
    assert_eq!(found(old, "It is unclear whether the tablets help people without anaemia."), Vec::<String>::new());
}

#[test]
fn a_directive_in_the_new_version_silences() {
    let told =
        format!("{}\n", NEW.replace("Adults", "<!-- claimlint-disable-next-line C004 -- new leaflet -->\nAdults"));
    assert_eq!(found(OLD, &told), Vec::<String>::new());
    // and `check`, which does not compare, does not call it unused
    let folder = folder(&[("new.md", &told)]);
    let mut check = Command::cargo_bin("claimlint").unwrap();
    let out = check.current_dir(folder.path()).args(["check", "new.md", "--select", "D", "--min-severity", "info"]);
    assert_eq!(String::from_utf8(out.output().unwrap().stdout).unwrap(), "");
}

#[test]
fn a_changelog_in_the_front_matter_tells_a_change() {
    let new = format!("---\nchangelog: \"zinc for adults corrected from 15 mg to 150 mg\"\n---\n{NEW}");
    assert_eq!(found(OLD, &new), Vec::<String>::new());
    let other = format!("---\nchangelog: \"corrected a misspelt name\"\n---\n{NEW}");
    assert_eq!(found(OLD, &other).len(), 1);
}

/// A sentence with a reference list behind it.
fn cited(sentence: &str, references: &[&str]) -> String {
    let list: Vec<String> = references.iter().enumerate().map(|(at, text)| format!("{}. {text}", at + 1)).collect();
    format!("# Melatonin\n\n{sentence}\n\n## References\n\n{}\n", list.join("\n"))
}

const HALE: &str = "Hale T. Melatonin in shift workers. Sleep Notes. 2011.";
const MORENO: &str = "Moreno P. Melatonin at night: a trial. Sleep Notes. 2023.";

#[test]
fn a_marker_stands_for_its_entry() {
    let old = cited("It shortened the time to sleep by 12 minutes in most of the workers [1].", &[HALE]);
    let same = cited("It shortened the time to sleep by 21 minutes in most of the workers [2].", &[MORENO, HALE]);
    let other = cited("It shortened the time to sleep by 21 minutes in most of the workers [1].", &[MORENO]);
    assert_eq!(found(&old, &same).len(), 1, "numbered anew, and the figure changed");
    assert_eq!(found(&old, &other), Vec::<String>::new(), "another source");
    let kept = cited("It shortened the time to sleep by 12 minutes in most of the workers [2].", &[MORENO, HALE]);
    assert_eq!(found(&old, &kept), Vec::<String>::new(), "numbered anew");
}

#[test]
fn a_better_source_allows_a_flat_claim() {
    let old = cited("Melatonin may help shift workers fall asleep sooner in the morning [1].", &[HALE]);
    let flat = cited("Melatonin helps shift workers fall asleep sooner in the morning [1].", &[HALE]);
    let more = cited("Melatonin helps shift workers fall asleep sooner in the morning [1, 2].", &[HALE, MORENO]);
    let bare = "# Melatonin\n\nMelatonin helps shift workers fall asleep sooner in the morning.\n";
    assert!(found(&old, &flat).iter().all(|line| line.contains("warning[C011]")));
    assert_eq!((found(&old, &flat).len(), found(&old, &more).len(), found(&old, bare).len()), (1, 0, 1));
}

#[test]
fn a_sentence_is_known_again_when_it_was_cut_in_two_or_joined() {
    let apart = "# Hernia\n\nMost people go home the same day. A second operation is needed in 5%.\n";
    let joined = "# Hernia\n\nMost people go home the same day, and a second operation is needed in 15%.\n";
    for (old, new) in [(apart, joined), (joined, apart)] {
        let found = found(old, new);
        assert!(found.len() == 1 && found[0].contains("C004"), "{found:?}");
        assert!(found[0].contains("“5%”") && found[0].contains("“15%”"), "{found:?}");
    }
    let same = joined.replace("15%", "5%");
    assert_eq!(found(apart, &same), Vec::<String>::new());
}

#[test]
fn a_short_sentence_is_known_by_its_neighbours() {
    let old =
        "# Colds\n\nStay warm and drink enough. Zinc might help. Garlic does not help. Rest a lot for some days.\n";
    let new = "# Colds\n\nStay warm and drink enough. Zinc helps. Garlic helps. Rest a lot for some days.\n";
    let found = found(old, new);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("C011") && found[0].contains("Zinc might help."), "{found:?}");
    assert!(found[1].contains("C004") && found[1].contains("Garlic does not help."), "{found:?}");
}

#[test]
fn a_word_that_became_its_opposite_is_a_change() {
    let old = "# Ears\n\nRinse the ear canal with warm oil before the visit. Leaks of the tube are common.\n";
    let new = "# Ears\n\nRinse the ear canal with warm oil before the visit. Leaks of the tube are rare.\n";
    let found = found(old, new);
    assert!(found.len() == 1 && found[0].contains("Leaks of the tube are rare."), "{found:?}");
}

#[test]
fn a_hedge_that_went_is_seen_beside_others() {
    let old = "# Gut\n\nProbiotics could ease bloating, but no strain can be recommended over another.\n";
    let new = "# Gut\n\nProbiotics ease bloating, but no strain can be recommended over another.\n";
    let found = found(old, new);
    assert!(found.len() == 1 && found[0].contains("C011"), "{found:?}");
}

#[test]
fn what_the_page_says_of_itself_is_compared_too() {
    let page = |dose: &str, year: &str| {
        format!(
            "---\ntitle: Melatonin guide {year}\ndescription: Melatonin at {dose} shortens jet lag by a day.\n---\n\n# Melatonin\n\nTake it at bedtime.\n"
        )
    };
    let changed = found(&page("5 mg", "2024"), &page("50 mg", "2024"));
    assert!(changed.len() == 1 && changed[0].starts_with("new.md:3:"), "{changed:?}");
    assert_eq!(found(&page("5 mg", "2024"), &page("5 mg", "2026")), Vec::<String>::new());
}

#[test]
fn a_key_point_follows_the_sentence_that_has_the_source() {
    let page = |share: &str, key: &str, source: &str| {
        format!(
            "# CPAP\n\n**Key points**\n\n- CPAP lowers sleepiness in {key} users.\n\nIn a trial, {share} of CPAP users were less sleepy after a month ([trial](https://doi.org/10.1000/{source})).\n"
        )
    };
    let old = page("70%", "7 of 10", "one");
    assert_eq!(found(&old, &page("80%", "8 of 10", "two")), Vec::<String>::new());
    assert_eq!(found(&old, &page("70%", "8 of 10", "one")).len(), 1);
}

#[test]
fn a_month_is_no_hedge() {
    let old = "# Ears\n\nLast updated: 3 May 2024\n\nWax is normal.\n";
    let new = "# Ears\n\nLast updated: 11 October 2026\n\nWax is normal.\n";
    assert_eq!(found(old, new), Vec::<String>::new());
}

#[test]
fn what_was_decided_and_what_the_baseline_knows_is_kept_silent() {
    let folder = folder(&[("claimlint.toml", ""), ("old.md", OLD), ("new.md", NEW)]);
    let (status, out, _) = compare(folder.path(), &["old.md", "new.md", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let print = report["findings"][0]["fingerprint"].as_str().unwrap();
    assert_eq!(status, 1);
    let base = print.split('-').next().unwrap();
    let baseline = format!("version = 1\n[[finding]]\npath = \"new.md\"\ncode = \"C004\"\nfingerprint = \"{base}\"\n");
    fs::write(folder.path().join("known.toml"), baseline).unwrap();
    fs::write(folder.path().join("claimlint.toml"), "baseline = \"known.toml\"\n").unwrap();
    let (status, out, _) = compare(folder.path(), &["old.md", "new.md", "--format", "concise"]);
    assert_eq!((status, out.as_str()), (0, ""));
    fs::write(folder.path().join("known.toml"), "version = 7\n").unwrap();
    let (status, _, error) = compare(folder.path(), &["old.md", "new.md"]);
    assert!(status == 2 && error.contains("known.toml"), "{error}");
}
