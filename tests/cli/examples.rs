//! The example site of the project as a user sees it checked. `INSTA_UPDATE=always cargo test --test cli` writes anew.

use crate::folder::run;
use std::path::Path;

const CHECK: &str = "check --today 2026-11-01 --color never";

#[test]
fn the_examples_in_the_terminal() {
    let ran = run(Path::new(env!("CARGO_MANIFEST_DIR")), &format!("{CHECK} examples/"), "");
    assert_eq!(ran.status, 1, "{}", ran.err);
    insta::assert_snapshot!("examples", format!("{}{}", ran.out, ran.err));
}

#[test]
fn the_examples_as_json() {
    let ran = run(Path::new(env!("CARGO_MANIFEST_DIR")), &format!("{CHECK} --format json examples/"), "");
    let report = ran.json();
    let findings = report["findings"].as_array().unwrap();
    let lines: Vec<String> = findings
        .iter()
        .map(|one| {
            let related: Vec<_> = one["related"].as_array().unwrap().iter().map(|side| &side["text"]).collect();
            format!("{} {} {} {} {related:?}", one["path"], one["span"]["start"], one["code"], one["text"])
        })
        .collect();
    insta::assert_snapshot!("examples-json", format!("{}\n{}", lines.join("\n"), report["summary"]));
}
