//! The pages of `docs/` that are made from the rules say what the rules say.
//!
//! With `CLAIMLINT_BLESS=1` the pages are written instead of compared.

#![allow(clippy::unwrap_used, reason = "tests")]

use claimlint::catalogue::Catalogue;
use claimlint::manual;
use std::fs;
use std::path::Path;

#[test]
fn the_page_of_rules_is_made_from_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let made = manual::page(&Catalogue::builtin().unwrap(), &Catalogue::examples());
    if std::env::var_os("CLAIMLINT_BLESS").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &made).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = written.lines().zip(made.lines()).position(|(old, new)| old != new);
    assert!(
        written == made,
        "docs/rules.md is not what the rules say (line {}); write it with CLAIMLINT_BLESS=1 cargo test --test docs",
        differs.map_or_else(|| written.lines().count().min(made.lines().count()) + 1, |line| line + 1),
    );
}

#[test]
fn every_rule_is_explained() {
    let catalogue = Catalogue::builtin().unwrap();
    let examples = Catalogue::examples();
    for rule in &catalogue.rules {
        let text = manual::explain(rule, &examples.get(&rule.code).cloned().unwrap_or_default());
        for part in [&rule.code, &rule.name, &rule.summary, &rule.advice] {
            assert!(text.contains(part.as_str()), "{}: {part} is missing from {text}", rule.code);
        }
        assert!(text.contains("Reported:") || rule.rejects.is_empty(), "{}: {text}", rule.code);
    }
}
