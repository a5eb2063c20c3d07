//! Changed lines only: real repositories, seen from where people stand in them.

use super::folder::{Folder, Ran, run};
use std::path::Path;
use std::process::Command;

const CALM: &str = "# Water\n\nDrink a glass of water with each tablet.\n\nTake your time.\n";
const FIGURE: &str = "About 62% of patients improved.";

/// Runs git as nobody in particular, whatever the machine's settings are.
fn git(folder: &Path, arguments: &[&str]) {
    let none = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let ran = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", none)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

fn commit(folder: &Folder, message: &str) {
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", message]);
}

/// A repository with one commit.
fn repository(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(files);
    git(folder.path(), &["init", "-q"]);
    commit(&folder, "first");
    folder
}

fn since(folder: &Folder, arguments: &str) -> Ran {
    folder.run(&format!("check --select S001,C --format json --today 2026-01-01 --changed-since {arguments}"))
}

#[test]
fn only_findings_in_changed_lines_are_reported() {
    let text = format!("{CALM}\n{FIGURE}\n");
    let folder = repository(&[("a.md", &text), ("b.md", FIGURE)]);
    assert_eq!(since(&folder, "HEAD .").places(), Vec::<String>::new());
    // the line above changes, the finding's does not
    folder.write("a.md", text.replace("Take your time.", "Take your time, all of it.").as_bytes());
    let ran = since(&folder, "HEAD .");
    assert_eq!((ran.status, ran.places()), (0, vec![]));
    let ran = folder.run("check --select S001 --today 2026-01-01 --changed-since HEAD .");
    assert!(ran.err.contains("2 outside the changed lines"), "{}", ran.err);
    folder.write("a.md", format!("{text}\nAbout 71% of patients slept better.\n").as_bytes());
    assert_eq!(since(&folder, "HEAD .").places(), ["S001 a.md:9:1"]);
    // committed on a branch that left main, while main went on
    git(folder.path(), &["checkout", "-qb", "topic"]);
    commit(&folder, "topic");
    git(folder.path(), &["checkout", "-q", "main"]);
    folder.write("b.md", b"Nothing.\n");
    commit(&folder, "main goes on");
    git(folder.path(), &["checkout", "-q", "topic"]);
    assert_eq!(since(&folder, "main .").places(), ["S001 a.md:9:1"]);
}

#[test]
fn new_staged_untracked_and_ignored_files_are_new_as_a_whole() {
    let folder = repository(&[("a.md", CALM), (".gitignore", "ignored.md\n")]);
    for path in ["staged.md", "untracked file.md", "ignored.md", "ünï \"q\".md"] {
        folder.write(path, FIGURE.as_bytes());
    }
    git(folder.path(), &["add", "staged.md"]);
    let ran = since(&folder, "HEAD . ignored.md");
    let wanted = ["S001 ignored.md:1:1", "S001 staged.md:1:1", "S001 untracked file.md:1:1", "S001 ünï \"q\".md:1:1"];
    assert_eq!(ran.places(), wanted, "{}", ran.err);
}

#[test]
fn a_renamed_file_is_compared_with_what_it_was() {
    let text = format!("{CALM}\n{FIGURE}\n\nRest for ten minutes.\n");
    let folder = repository(&[("old name.md", &text), ("gone.md", FIGURE)]);
    git(folder.path(), &["mv", "old name.md", "new.md"]);
    git(folder.path(), &["rm", "-q", "gone.md"]);
    folder.write("new.md", text.replace("Rest for", "Rest at least").as_bytes());
    assert_eq!(since(&folder, "HEAD .").places(), Vec::<String>::new());
    commit(&folder, "renamed");
    assert_eq!(since(&folder, "HEAD~1 .").places(), Vec::<String>::new());
    folder.write("new.md", text.replace("62%", "64%").as_bytes());
    let ran = since(&folder, "HEAD~1 .");
    assert!(ran.places().contains(&"S001 new.md:7:1".to_owned()), "{:?}", ran.places());
}

#[test]
fn a_contradiction_is_reported_when_either_side_changed() {
    let one = "# Propranolol\n\nThe half-life of propranolol is 3 to 6 hours.\n\nEat a light lunch.\n";
    let other = "\nThe half-life of propranolol is 14 hours.\n";
    let folder = repository(&[("a.md", one), ("b.md", "# Stage fright\n\nBring water.\n"), ("claimlint.toml", "")]);
    // in one article, the earlier side or the later one
    folder.write("a.md", format!("{one}{other}").as_bytes());
    assert_eq!(since(&folder, "HEAD .").codes(), ["C001"]);
    commit(&folder, "two values");
    assert_eq!(since(&folder, "HEAD .").codes(), Vec::<String>::new());
    folder.write("a.md", format!("{one}{other}").replace("3 to 6", "3 to 7").as_bytes());
    let ran = since(&folder, "HEAD .");
    assert!(ran.codes().contains(&"C001".to_owned()), "{:?}", ran.codes());
    // across the site
    folder.write("a.md", one.as_bytes());
    commit(&folder, "one value");
    folder.write("b.md", format!("# Stage fright\n{other}").as_bytes());
    assert_eq!(since(&folder, "HEAD .").codes(), ["C002"]);
}

#[test]
fn the_rest_of_a_site_is_read_as_the_other_side_of_staged_files() {
    let folder = repository(&[
        ("content/a.md", "# Propranolol\n\nThe half-life of propranolol is 3 to 6 hours.\n"),
        ("content/b.md", "# Stage fright\n\nBring water.\n"),
        ("content/c.md", FIGURE),
        ("claimlint.toml", ""),
    ]);
    folder.write("content/b.md", b"# Stage fright\n\nThe half-life of propranolol is 14 hours.\n");
    assert_eq!(since(&folder, "HEAD content/b.md").codes(), Vec::<String>::new());
    let ran = since(&folder, "HEAD --against content content/b.md");
    assert_eq!((ran.status, ran.codes()), (1, vec!["C002".to_owned()]), "{}", ran.err);
    // without a revision, too; what is found in the others alone is not reported
    let ran = folder.run("check --select S001,C --format json --today 2026-01-01 --against content content/b.md");
    assert_eq!(ran.codes(), ["C002"]);
    assert_eq!(folder.run("check --against nowhere content/b.md").status, 2);
}

#[test]
fn figures_that_changed_without_a_reason_are_reported() {
    let text = "# Zinc\n\nAdults take 15 mg of zinc a day with food [1].\n\n## References\n\n1. Lee A. Zinc. 2019.\n";
    let folder = repository(&[("zinc.md", text)]);
    folder.write("zinc.md", text.replace("15 mg", "150 mg").as_bytes());
    let ran = since(&folder, "HEAD .");
    let report = ran.json();
    let finding = report["findings"].as_array().unwrap().iter().find(|one| one["code"] == "C004").unwrap().clone();
    let old = finding["related"][0]["path"].as_str().unwrap();
    assert!(old.ends_with(":zinc.md") && old.len() == "zinc.md".len() + 11, "{old}");
    assert_eq!(report["summary"]["files"], 1);
    // which an editor may accept like any other
    let print = finding["fingerprint"].as_str().unwrap();
    let accept = format!("accept {print} --by Jo --reason Corrected --today 2026-01-01");
    assert_eq!(folder.run(&accept).status, 2);
    let ran = folder.run(&format!("{accept} --changed-since HEAD"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!since(&folder, "HEAD .").codes().contains(&"C004".to_owned()));
}

#[test]
fn a_changed_house_fact_shows_what_it_contradicts() {
    let facts = |value: &str| format!("[[fact]]\nsubject = 'salbutamol'\nattribute = 'onset'\nvalue = '{value}'\n");
    let folder = repository(&[
        ("a.md", "# Salbutamol\n\nInhaled salbutamol starts to work after 2 hours.\n"),
        ("facts.toml", &facts("2 h")),
        ("claimlint.toml", "facts = ['facts.toml']\n"),
    ]);
    folder.write("facts.toml", facts("5 min").as_bytes());
    assert_eq!(since(&folder, "HEAD a.md").codes(), ["C003"]);
}

#[test]
fn a_folder_inside_a_repository_and_standard_input_work() {
    let folder = repository(&[("site/content/a.md", CALM), ("other/b.md", FIGURE)]);
    git(folder.path(), &["config", "diff.relative", "true"]);
    folder.write("site/content/a.md", format!("{CALM}\n{FIGURE}\n").as_bytes());
    folder.write("other/b.md", format!("{FIGURE}\n\nAbout 71% of patients slept better.\n").as_bytes());
    let inside = folder.path().join("site");
    let arguments = "check --select S001 --format json --today 2026-01-01 --changed-since HEAD";
    assert_eq!(run(&inside, &format!("{arguments} ."), "").places(), ["S001 content/a.md:7:1"]);
    assert_eq!(run(&inside, &format!("{arguments} ../other"), "").places(), ["S001 ../other/b.md:3:1"]);
    let piped = format!("{CALM}\n\n{FIGURE}\n");
    let ran = run(&inside, &format!("{arguments} - --stdin-filename content/a.md"), &piped);
    assert_eq!(ran.places(), ["S001 content/a.md:8:1"]);
}

#[test]
fn line_ends_that_git_changes_are_no_change() {
    let folder = repository(&[("a.md", &format!("{CALM}\n{FIGURE}\n"))]);
    folder.write("a.md", format!("{CALM}\n{FIGURE}\n").replace('\n', "\r\n").as_bytes());
    assert_eq!(since(&folder, "HEAD .").codes(), Vec::<String>::new());
}

#[test]
fn what_git_cannot_say_never_passes_for_success() {
    let folder = repository(&[("a.md", CALM)]);
    let outside = Folder::new(&[("a.md", CALM)]);
    let refused = |ran: Ran, says: &str| {
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    };
    refused(since(&folder, "nowhere ."), "--changed-since nowhere: git knows no such revision");
    refused(since(&folder, "-x ."), "");
    refused(since(&outside, "HEAD ."), "is in no git repository");
    let elsewhere = format!("HEAD {}", outside.path().join("a.md").display());
    refused(since(&folder, &elsewhere), "is not in the repository");
    let empty = Folder::new(&[("a.md", CALM)]);
    git(empty.path(), &["init", "-q"]);
    refused(since(&empty, "HEAD ."), "git knows no such revision");
    // histories that do not meet, and a clone that does not reach back far enough
    git(folder.path(), &["checkout", "-q", "--orphan", "apart"]);
    commit(&folder, "apart");
    refused(since(&folder, "main ."), "no commit in common");
    let deep = repository(&[("a.md", CALM)]);
    deep.write("a.md", FIGURE.as_bytes());
    commit(&deep, "second");
    let clones = Folder::new(&[]);
    let from = format!("file://{}", deep.path().display());
    git(clones.path(), &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let ran = run(&clones.path().join("shallow"), "check --changed-since HEAD~1 .", "");
    refused(ran, "this is a shallow clone");
    // no git at all
    let ran = assert_cmd::Command::new(env!("CARGO_BIN_EXE_claimlint"))
        .current_dir(folder.path())
        .env("PATH", "")
        .args(["check", "--changed-since", "HEAD", "."])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("the command `git` is not installed"));
}
