//! The baseline: findings that were there when it was written, so that only new ones are reported.
//!
//! A file of one entry for each kind of finding in an article, sorted, without lines or bytes, so that edits elsewhere
//! change nothing in it:
//!
//! ```toml
//! version = 1
//!
//! [[finding]]
//! path = "drafts/zinc.md"          # relative to this file
//! code = "S001"
//! fingerprint = "3fa9c1d2e4b5"
//! count = 2                        # how many of the kind, when more than one
//! text = "About 62% of patients"   # for people
//! ```

use super::{Reach, VERSION, entries, excerpt, quoted};
use crate::datafile::{DataError, DataFile, Step};
use crate::engine::Outcome;
use crate::finding::{Finding, Severity, Suppressed, Suppression, Trace};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The name of the file when nothing says another.
pub const FILE_NAME: &str = "claimlint-baseline.toml";

/// What the file is called in messages.
const KIND: &str = "baseline";

/// Where a finding of a kind was: path, rule code and what its fingerprint begins with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Path of the article, relative to the file.
    pub path: String,
    /// Rule code.
    pub code: String,
    /// What findings of the kind share.
    pub kind: Trace,
}

/// What is known of the findings of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    /// How many there were.
    count: u32,
    /// How many of them are there still.
    met: u32,
    text: String,
}

/// The findings that were there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Key, Known>,
}

/// An entry some of whose findings no longer occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Where they were.
    pub key: Key,
    /// How many are gone.
    pub count: u32,
    /// The text that they were about.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    code: String,
    fingerprint: String,
    #[serde(default = "one")]
    count: u32,
    #[serde(default)]
    text: String,
}

const fn one() -> u32 {
    1
}

impl Baseline {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not of the form or of a version that is not known.
    pub fn parse(file: &DataFile) -> Result<Self, DataError> {
        let mut baseline = Self::default();
        for (index, entry) in entries::<Entry>(file, KIND)?.into_iter().enumerate() {
            let kind = entry.fingerprint.parse().map_err(|error| {
                file.error(&[Step::Key("finding"), Step::Index(index), Step::Key("fingerprint")], error)
            })?;
            let key = Key { path: entry.path, code: entry.code, kind };
            baseline.add(key, entry.count, entry.text);
        }
        Ok(baseline)
    }

    /// True when it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.known.values().map(|known| known.count as usize).sum()
    }

    fn add(&mut self, key: Key, count: u32, text: String) {
        let known = self.known.entry(key).or_insert(Known { count: 0, met: 0, text });
        known.count = known.count.saturating_add(count);
    }

    /// Keeps silent what was there already. A finding whose sentence moved into another article is known, too: of an
    /// article that was renamed, or read and without it.
    pub fn hold(&mut self, outcome: &mut Outcome, reach: &Reach<'_>) {
        let mut left = Vec::new();
        for finding in std::mem::take(&mut outcome.findings) {
            let key = key(&finding, reach);
            match self.known.get_mut(&key).filter(|known| known.met < known.count) {
                Some(known) => {
                    known.met += 1;
                    outcome.suppressed.push(Suppressed { finding, by: Suppression::Baseline });
                }
                None => left.push((key, finding)),
            }
        }
        // a kind belongs to one rule, so it alone says what is of one kind
        let mut missing: BTreeMap<Trace, Vec<Key>> = BTreeMap::new();
        for (key, known) in &self.known {
            if known.met < known.count && reach.looked(&key.path, &key.code, true) {
                missing.entry(key.kind).or_default().push(key.clone());
            }
        }
        for (key, finding) in left {
            let mut from = missing.get(&key.kind).into_iter().flatten();
            let from = from.find(|old| self.known.get(old).is_some_and(|known| known.met < known.count));
            match from {
                Some(old) => {
                    self.follow(old, key);
                    outcome.suppressed.push(Suppressed { finding, by: Suppression::Baseline });
                }
                None => outcome.findings.push(finding),
            }
        }
        outcome.sort();
    }

    /// One finding of an entry is in another article now.
    fn follow(&mut self, old: &Key, new: Key) {
        let Some(known) = self.known.get_mut(old) else { return };
        known.count -= 1;
        let text = known.text.clone();
        if known.count == 0 {
            self.known.remove(old);
        }
        let known = self.known.entry(new).or_insert(Known { count: 0, met: 0, text });
        known.count += 1;
        known.met += 1;
    }

    /// The entries that were looked for in vain.
    pub fn gone(&self, reach: &Reach<'_>) -> Vec<Gone> {
        let whole = self.known.keys().all(|key| reach.articles.contains_key(&key.path) || !(reach.exists)(&key.path));
        let missing = self
            .known
            .iter()
            .filter(|(key, known)| known.met < known.count && reach.looked(&key.path, &key.code, whole));
        let gone = |(key, known): (&Key, &Known)| Gone {
            key: key.clone(),
            count: known.count - known.met,
            text: known.text.clone(),
        };
        missing.map(gone).collect()
    }

    /// Takes out what is gone.
    pub fn prune(&mut self, gone: &[Gone]) {
        for one in gone {
            if let Some(known) = self.known.get_mut(&one.key) {
                known.count -= one.count;
            }
        }
        self.known.retain(|_, known| known.count > 0);
    }

    /// Takes in the findings of a run from a severity on, which are silent from then on.
    pub fn learn(&mut self, outcome: &mut Outcome, least: Severity, reach: &Reach<'_>) {
        for finding in std::mem::take(&mut outcome.findings) {
            if finding.severity < least {
                outcome.findings.push(finding);
                continue;
            }
            self.add(key(&finding, reach), 1, excerpt(&finding.primary.text));
            outcome.suppressed.push(Suppressed { finding, by: Suppression::Baseline });
        }
        outcome.sort();
    }

    /// The text of the file.
    pub fn render(&self) -> String {
        let mut out = format!(
            "# What was found before: `claimlint check --baseline` reports the rest. Written by `--write-baseline`.\n\
             version = {VERSION}\n"
        );
        for (key, known) in &self.known {
            let (path, code, text) = (quoted(&key.path), quoted(&key.code), quoted(&known.text));
            out.push_str(&format!("\n[[finding]]\npath = {path}\ncode = {code}\nfingerprint = \"{}\"\n", key.kind));
            if known.count > 1 {
                out.push_str(&format!("count = {}\n", known.count));
            }
            out.push_str(&format!("text = {text}\n"));
        }
        out
    }
}

fn key(finding: &Finding, reach: &Reach<'_>) -> Key {
    Key {
        path: (reach.relative)(&finding.primary.path),
        code: finding.code.to_string(),
        kind: finding.fingerprint.kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<Baseline, DataError> {
        Baseline::parse(&DataFile::new(FILE_NAME, text))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(entries in prop::collection::vec((".*", "[A-Z][0-9]{3}", ".*", 1_u32..9), 0..6)) {
            let mut baseline = Baseline::default();
            for (path, code, text, count) in entries {
                let key = Key { path: super::super::line(&path), code, kind: Trace::of([text.as_str()]) };
                baseline.add(key, count, excerpt(&text));
            }
            let text = baseline.render();
            prop_assert_eq!(parse(&text).unwrap(), baseline, "{}", text);
        }

        #[test]
        fn no_text_breaks_the_reading(text in ".*") {
            let _ = parse(&text);
            let _ = parse(&format!("version = 1\n{text}"));
        }
    }
}
