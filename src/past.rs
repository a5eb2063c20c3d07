//! What was known before a run: findings that were there already, and what editors have decided about some of them.
//!
//! Takes the user's files and a run's findings; keeps known ones silent and says which entries no longer hold. Order:
//! directives, then decisions (somebody has looked and says why), then the baseline (nobody need have looked). Knows no
//! disk; paths in the files are relative to the files.

pub mod baseline;
pub mod decisions;

use crate::catalogue::Catalogue;
use crate::datafile::{DataError, DataFile, Step};
use crate::engine::Settings;
use crate::finding::Finding;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The version of the files that this claimlint writes and reads.
const VERSION: u32 = 1;

/// What a run looked at, as a file of known findings sees it.
pub struct Reach<'a> {
    /// The articles that were read, by their paths relative to the file: what was asked of them and by which rules.
    pub articles: BTreeMap<String, (Arc<Settings>, &'a Catalogue)>,
    /// Makes a path of a finding relative to the file.
    pub relative: &'a dyn Fn(&str) -> String,
    /// True when there is an article at a path relative to the file.
    pub exists: &'a dyn Fn(&str) -> bool,
}

impl Reach<'_> {
    /// True when a run would have found it again: its article was read, or is gone, and its rule was on. `whole`: all
    /// articles were read that such an entry may need for its other side.
    fn looked(&self, path: &str, code: &str, whole: bool) -> bool {
        let Some((settings, catalogue)) = self.articles.get(path) else { return !(self.exists)(path) };
        let Some(index) = catalogue.index_of(code) else { return true };
        let check = catalogue.rules.get(index).map(|rule| &rule.check);
        let apart = check.is_some_and(|check| check.looks_at_revision() || (check.looks_at_site() && !whole));
        settings.runs(index) && !apart
    }

    /// True when a finding speaks of an article at a path relative to the file.
    fn touches(&self, finding: &Finding, path: &str) -> bool {
        let places = std::iter::once(&finding.primary).chain(finding.related.iter().map(|side| &side.place));
        places.into_iter().any(|place| (self.relative)(&place.path) == path)
    }
}

#[derive(Deserialize)]
struct Versioned {
    version: Option<u32>,
}

/// A file of a known version: what it is about, each in a table of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<T> {
    #[serde(rename = "version")]
    _version: u32,
    #[serde(rename = "finding", alias = "decision", default = "Vec::new")]
    entries: Vec<T>,
}

/// The entries of a file; `kind`: what it is called.
fn entries<T: DeserializeOwned>(file: &DataFile, kind: &str) -> Result<Vec<T>, DataError> {
    known_version(file, kind)?;
    Ok(file.parse::<Record<T>>()?.entries)
}

/// Refuses a file of a version that is not known. `kind`: what it is called.
fn known_version(file: &DataFile, kind: &str) -> Result<(), DataError> {
    let version = file.parse::<Versioned>()?.version;
    match version {
        Some(VERSION) => Ok(()),
        Some(other) => {
            let reason = format!("this {kind} is of version {other}, and this claimlint knows version {VERSION}");
            Err(file.error(&[Step::Key("version")], reason).help("use the claimlint that wrote it, or a newer one"))
        }
        None => {
            let help = format!("a {kind} begins with `version = {VERSION}`");
            Err(file.error(&[], format!("this is no {kind}: it says no version")).help(help))
        }
    }
}

/// A string as TOML writes it, on one line.
fn quoted(text: &str) -> String {
    toml::Value::from(line(text)).to_string()
}

/// The longest text of an article that is kept, in characters.
const TEXT: usize = 100;

/// A text on one line, cut where it is long.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text of an article, on one line.
fn excerpt(text: &str) -> String {
    let text = line(text);
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}
