//! `claimlint claims`: the inventory as table, CSV and JSON, and the facts file made from it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str = "# Metformin\n\nThe half-life of metformin is about 6 hours [1]. In 27 of 90 people (30%) it slowed \
things down.\n\n## Worries\n\nMetformin is not addictive.\n\n## References\n\n1. Hale T. Metformin in the body. Dose Notes. 2011.\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        fs::write(folder.path().join(path), text).unwrap();
    }
    folder
}

/// Runs claimlint in a folder: exit status and standard output.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("claimlint").unwrap().current_dir(folder).args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn rows(folder: &Path) -> Vec<serde_json::Value> {
    serde_json::from_str(&run(folder, &["claims", "--format", "json"]).1).unwrap()
}

#[test]
fn a_row_says_what_is_claimed_and_on_what() {
    let folder = folder(&[("page.md", PAGE)]);
    let rows = rows(folder.path());
    let life = &rows[0];
    assert_eq!((life["subject"].as_str(), life["attribute"].as_str()), (Some("metformin"), Some("half-life")));
    assert_eq!(
        (life["low"].as_f64(), life["high"].as_f64(), life["unit"].as_str()),
        (Some(21_600.0), Some(21_600.0), Some("s"))
    );
    assert_eq!(
        (life["support"][0]["kind"].as_str(), life["support"][0]["text"].as_str()),
        (Some("marker"), Some("[1]"))
    );
    assert_eq!(
        (life["path"].as_str(), life["span"]["line"].as_u64(), life["hedge"].as_u64()),
        (Some("page.md"), Some(3), Some(0))
    );
    let text = life["text"].as_str().unwrap();
    assert_eq!(&PAGE[PAGE.find(text).unwrap()..][..text.len()], "The half-life of metformin is about 6 hours [1].");
    let shares: Vec<_> = rows.iter().filter(|row| row["attribute"].is_null()).map(|row| row["value"].clone()).collect();
    assert_eq!(shares, ["27 of 90"].map(serde_json::Value::from).to_vec(), "one claim, told twice");
    assert!(rows.iter().any(|row| row["attribute"] == "addictive" && row["support"].as_array().unwrap().is_empty()));
}

#[test]
fn an_id_stays_when_the_text_around_it_changes() {
    let ids = |text: &str| {
        let folder = folder(&[("page.md", text)]);
        rows(folder.path()).iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = ids(PAGE);
    assert_eq!(before, ids(&PAGE.replace("# Metformin\n", "# Metformin\n\nA word before.\n")));
    let twice = ids(&format!("{PAGE}\n## Again\n\nMetformin is not addictive.\n"));
    assert!(twice.len() > before.len());
    let unique: std::collections::BTreeSet<_> = twice.iter().collect();
    assert_eq!(unique.len(), twice.len());
}

#[test]
fn a_spreadsheet_runs_nothing() {
    let text = "=HYPERLINK shows that 40% of people, \"on average\", slept well.\n";
    let folder = folder(&[("+page.txt", text)]);
    let (status, out) = run(folder.path(), &["claims", "--format", "csv"]);
    assert_eq!(status, 0);
    let mut lines = out.strip_prefix('\u{feff}').expect("begins with a byte order mark").split("\r\n");
    assert_eq!(lines.next().unwrap().split(',').next(), Some("id"));
    let row = lines.next().unwrap();
    assert!(row.contains(",'+page.txt,") && row.contains("\"'=HYPERLINK shows"), "{row}");
    assert!(row.contains("\"\"on average\"\""), "{row}");
}

#[test]
fn a_facts_file_loads_again_and_its_articles_agree_with_it() {
    let other = "# Metformin\n\nThe half-life of metformin is 17 hours.\n";
    let folder = folder(&[("a.md", PAGE), ("b.md", PAGE), ("c.md", other)]);
    let (status, out) =
        run(folder.path(), &["claims", "--facts-template", "--output", "facts.toml", "--today", "2026-01-31"]);
    assert_eq!((status, out.as_str()), (0, ""));
    let facts = fs::read_to_string(folder.path().join("facts.toml")).unwrap();
    assert!(
        facts.contains(
            "attribute = \"half-life\"\nvalue = \"about 6 hours\" # a.md:3, b.md:3\n# or \"17 hours\" in c.md:3\n"
        ),
        "{facts}"
    );
    assert!(facts.contains("source = \"\"\nchecked = \"2026-01-31\"\n"), "{facts}");
    assert!(facts.contains("attribute = \"addictive\"\nvalue = \"no\""), "{facts}");
    let check = |page: &str| {
        run(folder.path(), &["check", page, "--facts", "facts.toml", "--select", "C003", "--format", "concise"])
    };
    assert_eq!(check("a.md"), (0, String::new()));
    let (status, out) = check("c.md");
    assert!(status == 1 && out.contains("C003"), "{out}");
}

#[test]
fn the_table_names_each_file_once_and_what_has_no_source() {
    let folder = folder(&[("page.md", PAGE)]);
    let (status, out) = run(folder.path(), &["claims"]);
    assert_eq!((status, out.lines().next()), (0, Some("page.md")));
    assert_eq!(out.matches("page.md").count(), 1);
    assert!(out.contains("metformin: half-life") && out.contains("no source"), "{out}");
    let empty = self::folder(&[("none.md", "# Nothing\n\nHello there.\n")]);
    assert_eq!(run(empty.path(), &["claims"]), (0, String::new()));
    assert_eq!(run(empty.path(), &["claims", "missing.md"]).0, 2);
}
