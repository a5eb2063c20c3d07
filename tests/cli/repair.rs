//! `check --fix` and `check --diff`.

use super::folder::Folder;
use std::fs;

const SPLICED: &str = "# Croup\n\nAt night, children https://cheap-inhalers.example/ cough more than in the day.\n";
const MENDED: &str = "# Croup\n\nAt night, children cough more than in the day.\n";

#[test]
fn fix_writes_what_is_certain_and_reports_what_remains() {
    let folder = Folder::new(&[
        ("a.md", SPLICED),
        ("b.md", "# Croup\n\nTop of page\n\nSteam is completely safe.\n"),
        ("c.md", "# Croup\n\nDrink a glass of water.\n"),
    ]);
    let ran = folder.run("check --fix --format concise .");
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.contains("b.md:3:10: error[H002]"), "{}", ran.out);
    assert!(ran.err.contains("fixed 2 findings in 2 files"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), MENDED);
    assert_eq!(fs::read_to_string(folder.path().join("b.md")).unwrap(), "# Croup\n\nSteam is completely safe.\n");
    let again = folder.run("check --fix --format concise .");
    assert_eq!((again.status, again.out), (1, ran.out));
    assert!(again.err.contains("fixed nothing"), "{}", again.err);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn diff_shows_and_writes_nothing() {
    let folder = Folder::new(&[("a.md", SPLICED), ("b.md", MENDED)]);
    for arguments in ["check --diff .", "check --fix --diff ."] {
        let ran = folder.run(arguments);
        assert_eq!(ran.status, 1);
        assert_eq!(
            ran.out,
            "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n # Croup\n \n\
             -At night, children https://cheap-inhalers.example/ cough more than in the day.\n\
             +At night, children cough more than in the day.\n"
        );
        assert!(ran.err.contains("would fix 1 finding in 1 file"), "{}", ran.err);
        assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), SPLICED);
    }
    assert_eq!(folder.run("check --diff b.md").out, "");
    assert_eq!(folder.run("check --diff --fail-on never .").status, 0);
    assert_eq!(folder.run("check --diff --output a.diff a.md").out, "");
    assert!(fs::read_to_string(folder.path().join("a.diff")).unwrap().starts_with("--- a.md\n"));
    let both = folder.run("check --diff --format json .");
    assert_eq!(both.status, 2);
    assert!(both.err.contains("--format"), "{}", both.err);
}

#[test]
fn line_endings_and_a_byte_order_mark_stay() {
    let folder = Folder::new(&[]);
    folder
        .write("a.txt", "\u{feff}Croup\r\n\r\nTop of page\r\n\r\nThe chil\u{200b}dren cough at night.\r\n".as_bytes());
    let ran = folder.run("check --fix a.txt");
    assert!(ran.err.contains("fixed 2 findings in 1 file"), "{}", ran.err);
    let text = fs::read(folder.path().join("a.txt")).unwrap();
    assert_eq!(String::from_utf8(text).unwrap(), "\u{feff}Croup\r\n\r\nThe children cough at night.\r\n");
}

#[cfg(unix)]
#[test]
fn permissions_and_symbolic_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new(&[("store/a.md", SPLICED)]);
    let target = folder.path().join("store/a.md");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("store/a.md", folder.path().join("link.md")).unwrap();
    let ran = folder.run("check --fix .");
    assert!(ran.err.contains("fixed 1 finding in 1 file"), "{}", ran.err);
    assert!(fs::symlink_metadata(folder.path().join("link.md")).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), MENDED);
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn what_is_silenced_not_shown_or_not_asked_for_is_not_fixed() {
    let silenced = format!("<!-- claimlint-disable L001 L002 -- the address is the point -->\n\n{SPLICED}");
    let folder =
        Folder::new(&[("a.md", &silenced), ("b.md", SPLICED), ("c.txt", "Croup\n\nTop of page\n\nSteam helps.\n")]);
    folder.run("check --fix a.md");
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), silenced);
    folder.run("check --fix --select R b.md");
    folder.run("check --fix --ignore L b.md");
    assert_eq!(fs::read_to_string(folder.path().join("b.md")).unwrap(), SPLICED);
    folder.run("check --fix --min-severity error c.txt");
    assert!(fs::read_to_string(folder.path().join("c.txt")).unwrap().contains("Top of page"));
}

#[test]
fn standard_input_goes_on_to_standard_output() {
    let folder = Folder::new(&[]);
    let ran = folder.run_with("check --fix --format concise --stdin-filename a.md -", SPLICED);
    assert_eq!((ran.status, ran.out.as_str()), (0, MENDED));
    assert!(ran.err.contains("fixed 1 finding in 1 file"), "{}", ran.err);
    let calm = folder.run_with("check --fix -", "Steam is completely safe.\n");
    assert_eq!((calm.status, calm.out.as_str()), (1, "Steam is completely safe.\n"));
    assert!(calm.err.contains("H002"), "{}", calm.err);
    let shown = folder.run_with("check --diff --stdin-filename a.md -", SPLICED);
    assert!(shown.out.starts_with("--- a.md\n+++ a.md\n"), "{}", shown.out);
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone_and_the_others_are_fixed() {
    let folder = Folder::new(&[("a.md", SPLICED)]);
    let bytes = b"0 Comments\n\xff\xfe";
    folder.write("b.txt", bytes);
    let ran = folder.run("check --fix --format json .");
    assert_eq!(ran.status, 2);
    assert_eq!(ran.json()["problems"][0]["path"], "b.txt");
    assert_eq!(fs::read(folder.path().join("b.txt")).unwrap(), bytes);
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), MENDED);
}
