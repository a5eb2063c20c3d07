//! Every report format over the same articles, read by something else than claimlint: all of them must tell of the same
//! findings at the same places.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

#[path = "cli/folder.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod folder;
#[path = "formats/markdown.rs"]
mod markdown;
#[path = "formats/readers.rs"]
mod readers;
#[path = "formats/sarif.rs"]
mod sarif;
#[path = "formats/shapes.rs"]
mod shapes;

use folder::Folder;
use readers::{Told, told};

/// Two sides in one file, letters of two and four bytes before them, and what markup, commands and XML must escape.
const SESSION: &str = "# Ketamine\n\nÄrzte 🙂. A ketamine infusion lasts 40 minutes.\n\n\
    The ketamine infusion lasts 15 minutes, and “100% <b>sure</b>, ::error:: | `x` & ]]> cure” is guaranteed.\n\n\
    About 62% of\npatients improved. \u{1} Take .5 mg a day.\n";
const OTHER: &str = "<!DOCTYPE html><html lang=en><body><h1>Ketamine</h1>\n<p>é A ketamine infusion lasts two hours.</p>\n\
    <p>About 45% of women recovered, and studies show more.</p></body></html>\n";
const PASTED: &str =
    "Ketamine\r\n\r\nExperts agree that ketamine cures depression.\r\n\r\nAbout 38% of men died of it.\r\n";
const SILENT: &str = "<!-- claimlint-disable-next-line S001 -- our own audit -->\nAbout 71% of patients improved.\n";
const COMPONENT: &str = "import A from './a'\n\n# Zinc\n\n<A>About 71% of children improved.</A>\n";

/// A site with names that need escaping, a file that cannot be read, and findings of every severity.
fn site() -> Folder {
    let folder = Folder::new(&[
        ("claimlint.toml", ""),
        ("a b,50%.md", SESSION),
        ("sub/é #1.html", OTHER),
        ("pasted.txt", PASTED),
        ("silent.md", SILENT),
        ("zinc.mdx", COMPONENT),
    ]);
    folder.write("latin.md", b"Caf\xe9 au lait.\n");
    folder
}

/// The report of the site in a format.
fn report(folder: &Folder, format: &str) -> String {
    let ran = folder.run(&format!("check --today 2026-11-01 --min-severity info --format {format} ."));
    assert_eq!(ran.status, 2, "latin.md cannot be read: {}", ran.err);
    ran.out
}

#[test]
fn all_formats_tell_of_the_same_findings_at_the_same_places() {
    let folder = site();
    let wanted = told("json", &report(&folder, "json"), folder.path());
    for (severity, least) in [("error", 3), ("warning", 3), ("info", 1)] {
        let count = wanted.iter().filter(|one| one.severity == severity).count();
        assert!(count >= least, "{count} of severity {severity}: the site is too calm a test: {wanted:#?}");
    }
    assert!(wanted.iter().any(|one| one.line == 7 && one.path == "a b,50%.md"), "one spans lines: {wanted:#?}");
    assert!(wanted.iter().any(|one| one.code == "C001"), "both sides: {wanted:#?}");
    for format in readers::FORMATS {
        let found = told(format, &report(&folder, format), folder.path());
        assert_eq!(found.len(), wanted.len(), "{format}: {found:#?}\n{wanted:#?}");
        let mut kept: Vec<Told> = wanted.iter().map(|one| as_told(format, one)).collect();
        kept.sort();
        for (one, other) in found.iter().zip(&kept) {
            assert_eq!(one, other, "{format}");
        }
    }
}

/// What a format keeps of a finding.
fn as_told(format: &str, one: &Told) -> Told {
    let mut one = one.clone();
    if format == "github" && one.end_line.is_some_and(|end| end != one.line) {
        // the runner refuses columns where a place spans lines
        one.column = 0;
    }
    if format == "html" {
        // the page names lines
        one.column = 0;
    }
    if !readers::HAS_ENDS.contains(&format) {
        one.end_line = None;
    }
    one
}

#[test]
fn every_format_is_written_to_a_file_as_it_is_printed() {
    let folder = site();
    for format in readers::FORMATS {
        let printed = report(&folder, format);
        folder.run(&format!("check --today 2026-11-01 --min-severity info --format {format} --output out.report ."));
        let written = std::fs::read_to_string(folder.path().join("out.report")).unwrap();
        assert_eq!(written, printed, "{format}");
    }
}

#[test]
fn every_format_says_nothing_of_a_calm_article_and_still_parses() {
    let folder = Folder::new(&[("calm.md", "Drink a glass of water with each tablet.\n")]);
    for format in readers::FORMATS {
        let ran = folder.run(&format!("check --format {format} calm.md"));
        assert_eq!(ran.status, 0, "{format}: {}", ran.err);
        assert_eq!(told(format, &ran.out, folder.path()), [], "{format}: {}", ran.out);
    }
}
