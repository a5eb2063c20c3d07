//! Findings numbered for the page: those that are shown and those that are suppressed, in one order.
//!
//! Takes a run; gives each finding its number in the report, its number in its article, and the blocks that its places
//! belong to. Words nothing.

use super::paper::Paper;
use crate::finding::{Finding, Place, Suppression};
use crate::report::Run;
use std::collections::HashMap;

/// A finding with its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'r> {
    /// The finding.
    pub finding: &'r Finding,
    /// Why it is suppressed, when it is.
    pub by: Option<&'r Suppression>,
    /// Its number in the report, from 1.
    pub note: usize,
    /// Its number in its article, from 1.
    pub number: usize,
}

/// All findings of a report.
pub struct Register<'r> {
    /// In the order of the report: path, place, code.
    pub entries: Vec<Entry<'r>>,
    papers: HashMap<&'r str, (usize, &'r Paper)>,
}

/// Places of one article that are no more than this many blocks apart are seen at one glance.
const NEAR: usize = 2;

impl<'r> Register<'r> {
    /// The register of a run.
    pub fn new(run: &Run<'r>) -> Self {
        let shown = run.findings.iter().map(|finding| (finding, None));
        let suppressed = run.suppressed.iter().map(|one| (&one.finding, Some(&one.by)));
        let mut all: Vec<_> = shown.chain(suppressed).collect();
        all.sort_by(|(one, _), (two, _)| one.sort_key().cmp(&two.sort_key()));
        let mut number = 0;
        let mut path = "";
        let mut entries = Vec::with_capacity(all.len());
        for (index, (finding, by)) in all.into_iter().enumerate() {
            number = if path == finding.primary.path.as_ref() { number + 1 } else { 1 };
            path = &finding.primary.path;
            entries.push(Entry { finding, by, note: index + 1, number });
        }
        let papers = run.papers.iter().enumerate().map(|(at, paper)| (paper.path(), (at, paper))).collect();
        Self { entries, papers }
    }

    /// The article of a path with its place among the articles.
    pub fn paper(&self, path: &str) -> Option<(usize, &'r Paper)> {
        self.papers.get(path).copied()
    }

    /// The anchor of a block.
    pub fn anchor(&self, place: &Place) -> Option<String> {
        let (at, paper) = self.paper(&place.path)?;
        Some(match paper.block_at(place.span.start) {
            Some(block) => block_id(at, block),
            None => article_id(at),
        })
    }

    /// True when a reader cannot see both places at one glance: they lie in different files or blocks apart.
    pub fn far(&self, one: &Place, two: &Place) -> bool {
        if one.path != two.path {
            return true;
        }
        let Some((_, paper)) = self.paper(&one.path) else { return false };
        let block = |place: &Place| paper.block_at(place.span.start).unwrap_or_default();
        block(one).abs_diff(block(two)) > NEAR
    }
}

/// The anchor of an article by its place among the articles.
pub fn article_id(at: usize) -> String {
    format!("a{}", at + 1)
}

/// The anchor of a block of an article.
pub fn block_id(at: usize, block: usize) -> String {
    format!("a{}b{}", at + 1, block + 1)
}

/// The anchor of a place that a note speaks of; `role` 0 is the primary one.
pub fn mark_id(note: usize, role: usize) -> String {
    if role == 0 { format!("m{note}") } else { format!("m{note}-{role}") }
}

/// The anchor of a note.
pub fn note_id(note: usize) -> String {
    format!("f{note}")
}

/// The anchor of two sides that are set next to each other.
pub fn sides_id(note: usize) -> String {
    format!("s{note}")
}
