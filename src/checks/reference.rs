//! Reference markers and reference lists held against each other.
//!
//! Takes the markers and entries that the reader found; sees markers that name no entry, entries that no marker names,
//! and entries for one work.

mod keys;
mod links;

use super::phrase::{found, mark};
use super::{Mechanism, Observation, Phrase, Scene, Side};
use crate::document::{Block, Document, Marker, Reference};
use crate::finding::Place;
use crate::grammar::citation::{self, CitationKind};
use crate::lexicon::{fold, pieces};
use crate::source::Span;
pub use links::{FileKind, files};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A marker that names no entry.
    Dangling,
    /// An entry that no marker names.
    Unused,
    /// Two entries for one work.
    Duplicate,
}

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReferenceCheck {
    /// What is looked for.
    pub fault: Fault,
    /// Words that stand where a citation should (`"[source]"`).
    #[serde(default)]
    pub placeholders: Vec<Phrase>,
    /// Words in the heading of a list whose entries need not be cited.
    #[serde(default)]
    pub unless_heading: Vec<String>,
    /// Names of places that a page's frame holds, in small letters (`#top`).
    #[serde(default)]
    pub unless_anchor: Vec<String>,
    /// Beginnings of the names of places that a page's frame or its notes hold, in small letters: a word (`fn` for
    /// `#fn1`), or a part with its hyphen (`wp-`).
    #[serde(default)]
    pub unless_anchor_start: Vec<String>,
}

impl Mechanism for ReferenceCheck {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.placeholders.iter_mut().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["placeholder", "key", "misspelt-key", "anchor", "file"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "label", "files", "nearest"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        match self.fault {
            Fault::Dangling => {
                self.placeholders(scene, seen);
                dangling(scene, seen);
                keys::dangling(scene, seen);
                links::adrift(self, scene, seen);
                links::gone(scene, seen);
            }
            Fault::Unused => self.unused(scene, seen),
            Fault::Duplicate => duplicates(scene, seen),
        }
        seen.sort_by_key(|one| one.span);
    }
}

/// Markers that stand in the article.
fn markers(document: &Document) -> impl Iterator<Item = &Marker> {
    let stands = |marker: &&Marker| document.blocks.get(marker.block).is_some_and(Block::is_article);
    document.markers.iter().filter(stands)
}

/// How many others must lead somewhere before one that does not is a slip.
const RESOLVED: usize = 2;

/// How far behind the last entry a number may lie and still be meant as a reference.
const BEYOND: u32 = 20;

fn dangling(scene: &Scene<'_>, seen: &mut Vec<Observation>) {
    let document = &scene.article.document;
    let labels: HashSet<&str> = document.references.iter().map(|one| one.label.as_str()).collect();
    let resolved = markers(document).filter(|one| one.labels.iter().all(|label| labels.contains(label.as_str())));
    let resolved = resolved.count();
    let last = labels.iter().filter_map(|label| label.parse::<u32>().ok()).max().unwrap_or(0);
    for marker in markers(document) {
        let Some(missing) = marker.labels.iter().find(|label| !labels.contains(label.as_str())) else { continue };
        let text = scene.article.source.slice(marker.span);
        let footnote = text.starts_with("[^");
        let near = missing.parse::<u32>().is_ok_and(|number| number > 0 && number <= last + BEYOND);
        if (footnote && resolved > 0) || (near && resolved >= RESOLVED) {
            let values = vec![("text", text.to_owned()), ("label", missing.clone())];
            seen.push(Observation { grade: None, span: marker.span, related: Vec::new(), values, fix: None });
        }
    }
}

/// An entry with its block.
fn entries(document: &Document) -> impl Iterator<Item = (&Reference, &Block)> {
    document.references.iter().filter_map(|one| document.blocks.get(one.block).map(|block| (one, block)))
}

impl ReferenceCheck {
    fn placeholders(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        for statement in &scene.article.statements {
            for hit in found(statement, &self.placeholders) {
                let range = statement.bytes_of(mark(hit));
                let linked = document.links.iter().any(|link| {
                    link.block == Some(statement.block) && link.range.start < range.end && range.start < link.range.end
                });
                if !linked {
                    let span = statement.span_of(document, range.clone());
                    let text = statement.prose(document, range).to_owned();
                    let values = vec![("text", text), ("label", String::new())];
                    seen.push(Observation { grade: Some("placeholder"), span, related: Vec::new(), values, fix: None });
                }
            }
        }
    }

    fn unused(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        let cited: HashSet<&str> = markers(document).flat_map(|one| one.labels.iter().map(String::as_str)).collect();
        let all = document.references.len();
        let used = document.references.iter().filter(|one| cited.contains(one.label.as_str())).count();
        // where most are not cited, the markers were lost and not the references
        if used < RESOLVED || used * 2 < all {
            return;
        }
        for (entry, block) in entries(document) {
            let heading = block.heading.and_then(|id| document.blocks.get(id)).map(|head| fold(head.text.as_str()));
            let free = heading.is_some_and(|text| self.unless_heading.iter().any(|word| text.contains(word.as_str())));
            if cited.contains(entry.label.as_str()) || free || entry.label.is_empty() {
                continue;
            }
            let values = vec![("text", block.text.as_str().to_owned()), ("label", entry.label.clone())];
            seen.push(Observation { grade: None, span: line(block), related: Vec::new(), values, fix: None });
        }
    }
}

/// The prose of an entry in the source.
fn line(block: &Block) -> Span {
    block.text.span(0..block.text.as_str().len())
}

/// Words without which an entry is too short to be told from another.
const TELLING: usize = 8;

fn duplicates(scene: &Scene<'_>, seen: &mut Vec<Observation>) {
    let document = &scene.article.document;
    let mut by_identifier: HashMap<String, (usize, Span)> = HashMap::new();
    let mut by_words: HashMap<Vec<String>, usize> = HashMap::new();
    for (index, (entry, block)) in entries(document).enumerate() {
        let own = identifier(scene, entry, block);
        let words = own.is_none().then(|| words(block)).filter(|words| words.len() >= TELLING);
        let earlier = if let Some((id, span)) = &own {
            by_identifier.get(id).map(|(other, _)| (*other, *span))
        } else {
            words.as_ref().and_then(|words| by_words.get(words)).map(|other| (*other, line(block)))
        };
        if let Some((other, span)) = earlier
            && let Some(first) = document.references.get(other)
            && first.label != entry.label
            && let Some(shown) = document.blocks.get(first.block)
        {
            let place = Place::of(scene.article.source, line(shown));
            let side = Side { role: "other", place, value: first.label.clone() };
            let text = scene.article.source.slice(span).to_owned();
            let values = vec![("text", text), ("label", entry.label.clone())];
            seen.push(Observation { grade: None, span, related: vec![side], values, fix: None });
            continue;
        }
        if let Some((id, span)) = own {
            by_identifier.entry(id).or_insert((index, span));
        } else if let Some(words) = words {
            by_words.entry(words).or_insert(index);
        }
    }
}

/// The one DOI or PMID of an entry, in lower case, and where it stands; `None` when there are several.
fn identifier(scene: &Scene<'_>, entry: &Reference, block: &Block) -> Option<(String, Span)> {
    let counts = |kind| matches!(kind, CitationKind::Doi | CitationKind::Pmid);
    let mut found: Vec<(String, Span)> = Vec::new();
    for one in citation::citations(block.text.as_str(), scene.lexicon) {
        if counts(one.kind) {
            found.push((one.target.to_lowercase(), block.text.span(one.range)));
        }
    }
    for link in scene.article.document.links.iter().filter(|link| link.block == Some(entry.block)) {
        if let Some((kind, id)) = citation::identify(&link.target, scene.lexicon)
            && counts(kind)
        {
            found.push((id.to_lowercase(), link.span));
        }
    }
    let doi = found.iter().find(|(id, _)| id.starts_with("10.")).or_else(|| found.first())?.clone();
    let alone = found.iter().all(|(id, _)| *id == doi.0 || id.starts_with("10.") != doi.0.starts_with("10."));
    alone.then_some(doi)
}

/// The words and numbers of an entry, each once, in order.
fn words(block: &Block) -> Vec<String> {
    let text = block.text.as_str();
    let word = |range: std::ops::Range<usize>| text.get(range).map(|word| fold(word).into_owned());
    let mut words: Vec<String> =
        pieces(text).filter_map(word).filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    words.sort_unstable();
    words.dedup();
    words
}
