//! Counts: by article and by rule, each with the lengths of its bar.
//!
//! Takes what the page shows; gives rows. Bars are drawn to one scale, the longest row being 100.

use super::ledger;
use super::note::{family, letter, word};
use super::register::{Register, note_id};
use super::sheet::Sheet;
use crate::finding::Severity;
use crate::report::Run;
use std::collections::BTreeMap;

/// The counts of a report.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Articles, those with the gravest findings first.
    pub articles: Vec<Article>,
    /// Families with their rules.
    pub families: Vec<Family>,
    /// All severities with their counts, gravest first.
    pub severities: Vec<Choice>,
    /// How many findings are suppressed.
    pub suppressed: usize,
}

/// An article with its counts.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its anchor.
    pub id: String,
    /// Path as found.
    pub path: String,
    /// Its headline.
    pub title: String,
    /// Errors, warnings, queries.
    pub counts: [usize; 3],
    /// Its claims, and those of them without a source.
    pub claims: (usize, usize),
    /// Its bar.
    pub bar: Vec<Part>,
}

/// A family of rules with its counts.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its letter.
    pub letter: char,
    /// Its name.
    pub name: &'static str,
    /// How many findings.
    pub count: usize,
    /// Its rules, in order of their codes.
    pub rules: Vec<Tally>,
}

/// A rule with its counts.
#[derive(Clone, Debug)]
pub struct Tally {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many findings.
    pub count: usize,
    /// The anchor of the first of them.
    pub first: String,
    /// Its bar.
    pub bar: Vec<Part>,
}

/// A part of a bar.
#[derive(Clone, Debug)]
pub struct Part {
    /// The class of the severity.
    pub class: &'static str,
    /// Where it begins, in hundredths of the longest bar.
    pub x: String,
    /// How long it is.
    pub width: String,
}

/// A severity that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its class.
    pub class: &'static str,
    /// Its word.
    pub word: &'static str,
    /// The shape that stands for it.
    pub shape: &'static str,
    /// How many findings.
    pub count: usize,
}

impl Tally {
    /// The name of the rule as words.
    pub fn says(&self) -> String {
        self.name.replace('-', " ")
    }
}

impl Choice {
    /// Its word after a number.
    pub fn plural(&self, count: &usize) -> &'static str {
        match (self.class, count) {
            ("error", 1) => "error",
            ("error", _) => "errors",
            ("warning", 1) => "warning",
            ("warning", _) => "warnings",
            (_, 1) => "query",
            _ => "queries",
        }
    }
}

/// Gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// The counts of a run.
pub fn overview(run: &Run<'_>, register: &Register<'_>, sheets: &[Sheet], rows: &[ledger::Row]) -> Overview {
    let mut claims: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let (all, bare) = claims.entry(&row.article).or_default();
        *all += 1;
        *bare += usize::from(row.sources.is_empty());
    }
    let longest = sheets.iter().map(Sheet::found).max().unwrap_or(0);
    let mut articles: Vec<Article> = sheets
        .iter()
        .map(|sheet| Article {
            id: sheet.id.clone(),
            path: sheet.path.clone(),
            title: sheet.title.clone().unwrap_or_default(),
            counts: sheet.counts,
            claims: claims.get(sheet.id.as_str()).copied().unwrap_or_default(),
            bar: bar(sheet.counts, longest),
        })
        .collect();
    articles.sort_by(|one, two| two.counts.cmp(&one.counts).then_with(|| one.path.cmp(&two.path)));
    Overview {
        articles,
        families: families(run, register),
        severities: SEVERITIES
            .into_iter()
            .map(|severity| Choice {
                class: severity.name(),
                word: word(severity),
                shape: super::line::shape(severity),
                count: run.count(severity),
            })
            .collect(),
        suppressed: run.suppressed.len(),
    }
}

fn families(run: &Run<'_>, register: &Register<'_>) -> Vec<Family> {
    let mut counts: BTreeMap<&str, ([usize; 3], usize)> = BTreeMap::new();
    for entry in register.entries.iter().filter(|entry| entry.by.is_none()) {
        let (counts, _) = counts.entry(&entry.finding.code).or_insert(([0; 3], entry.note));
        let own = SEVERITIES.iter().position(|severity| *severity == entry.finding.severity);
        counts.iter_mut().skip(own.unwrap_or_default()).take(1).for_each(|count| *count += 1);
    }
    let longest = counts.values().map(|(counts, _)| counts.iter().sum()).max().unwrap_or(0);
    let mut families: Vec<Family> = Vec::new();
    for (code, (counts, first)) in counts {
        let rule = run.rule(code);
        let count = counts.iter().sum();
        let tally = Tally {
            code: code.to_owned(),
            name: rule.map(|rule| rule.name.clone()).unwrap_or_default(),
            count,
            first: note_id(first),
            bar: bar(counts, longest),
        };
        match families.last_mut().filter(|last| last.letter == letter(code)) {
            Some(last) => {
                last.count += count;
                last.rules.push(tally);
            }
            None => {
                let letter = letter(code);
                families.push(Family { letter, name: family(letter), count, rules: vec![tally] });
            }
        }
    }
    let order = |letter: char| crate::manual::FAMILIES.iter().position(|(own, _)| *own == letter).unwrap_or(usize::MAX);
    families.sort_by_key(|family| (order(family.letter), family.letter));
    families
}

/// The parts of a bar when the longest one counts `longest`.
fn bar(counts: [usize; 3], longest: usize) -> Vec<Part> {
    let mut done = 0;
    let mut parts = Vec::new();
    for (severity, count) in SEVERITIES.into_iter().zip(counts) {
        if count > 0 {
            parts.push(Part { class: severity.name(), x: share(done, longest), width: share(count, longest) });
        }
        done += count;
    }
    parts
}

/// A part of a whole in hundredths, with one decimal place.
fn share(part: usize, whole: usize) -> String {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(0);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_follow_one_scale() {
        let parts = bar([1, 0, 2], 8);
        let shown: Vec<(&str, &str, &str)> =
            parts.iter().map(|part| (part.class, part.x.as_str(), part.width.as_str())).collect();
        assert_eq!(shown, [("error", "0.0", "12.5"), ("info", "12.5", "25.0")]);
        assert!(bar([0; 3], 0).is_empty());
    }
}
