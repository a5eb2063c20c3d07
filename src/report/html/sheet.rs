//! One article set for reading, with the notes that speak of it next to the words they speak of.
//!
//! Takes a paper and the register; gives passages: a stretch of the article and its notes.

use super::line::{Ground, Line, Ref, Spot, bits, class, shape};
use super::note::{Echo, Label, Note, SIDES, place};
use super::paper::Paper;
use super::piece::{Piece, Set, stretches};
use super::register::{Entry, Register, article_id, block_id, mark_id, note_id};
use crate::document::{Block, BlockKind, LinkKind};
use crate::finding::{Place, Severity};
use crate::report::{Role, Run, summary::plural};
use std::collections::BTreeMap;

/// An article of the report.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its anchor.
    pub id: String,
    /// Path as found.
    pub path: String,
    /// Its headline, when it has one.
    pub title: Option<String>,
    /// Numbers of errors, warnings and queries.
    pub counts: [usize; 3],
    /// How many findings are suppressed.
    pub suppressed: usize,
    /// What was read of it, and what was not.
    pub read: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Notes on the article as a whole, or on what is not shown of it.
    pub general: Vec<Beside>,
    /// Its text.
    pub passages: Vec<Passage>,
}

/// A stretch of an article and its notes.
#[derive(Clone, Debug)]
pub struct Passage {
    /// What it is when it is not the article itself.
    pub aside: Option<&'static str>,
    /// In order.
    pub pieces: Vec<Piece>,
    /// In the order of their places.
    pub notes: Vec<Beside>,
}

/// What stands beside a passage.
#[derive(Clone, Debug)]
pub enum Beside {
    /// A note.
    Note(Box<Note>),
    /// A pointer to a note that stands elsewhere.
    Echo(Box<Echo>),
}

impl Sheet {
    /// How many findings are shown.
    pub fn found(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The beginning of the hash, enough to tell versions apart at a glance.
    pub fn short_hash(&self) -> &str {
        self.sha256.get(..12).unwrap_or_default()
    }

    /// True when nothing stands beside the text.
    pub fn is_quiet(&self) -> bool {
        self.general.is_empty() && self.passages.iter().all(|passage| passage.notes.is_empty())
    }
}

/// The element level of the first heading of an article.
const TOP: u8 = 4;

/// Sets all articles of a run.
pub fn sheets<'r>(run: &Run<'r>, register: &Register<'r>) -> Vec<Sheet> {
    let mut touching: BTreeMap<usize, Vec<(&Entry<'_>, usize)>> = BTreeMap::new();
    for entry in &register.entries {
        for (role, place) in places(entry) {
            if let Some((at, _)) = register.paper(&place.path) {
                touching.entry(at).or_default().push((entry, role));
            }
        }
    }
    let one = |(at, paper): (usize, &Paper)| {
        let touching = touching.remove(&at).unwrap_or_default();
        Setting { run, register, paper, at, spots: BTreeMap::new(), beside: Vec::new(), held: BTreeMap::new() }
            .sheet(&touching)
    };
    run.papers.iter().enumerate().map(one).collect()
}

/// Notes on files that are not set: facts files, and articles that could not be read again.
pub fn elsewhere(run: &Run<'_>, register: &Register<'_>) -> Vec<Beside> {
    let lost = register.entries.iter().filter(|entry| register.paper(&entry.finding.primary.path).is_none());
    lost.map(|entry| Beside::Note(Box::new(Note::new(entry, run, register)))).collect()
}

/// The places of a finding with their roles: 0 the primary one.
fn places<'e>(entry: &Entry<'e>) -> impl Iterator<Item = (usize, &'e Place)> {
    let related = entry.finding.related.iter().map(|side| &side.place);
    std::iter::once(&entry.finding.primary).chain(related).enumerate()
}

struct Setting<'a, 'r> {
    run: &'a Run<'r>,
    register: &'a Register<'r>,
    paper: &'a Paper,
    at: usize,
    /// By block: what is marked.
    spots: BTreeMap<usize, Vec<Spot>>,
    /// All notes and pointers of the article.
    beside: Vec<Beside>,
    /// By block: places in `beside`.
    held: BTreeMap<usize, Vec<usize>>,
}

impl Setting<'_, '_> {
    fn sheet(mut self, touching: &[(&Entry<'_>, usize)]) -> Sheet {
        let mut counts = [0; 3];
        let mut suppressed = 0;
        let mut general = Vec::new();
        let mut touching: Vec<_> =
            touching.iter().filter_map(|(entry, role)| Some((*entry, *role, places(entry).nth(*role)?.1))).collect();
        touching.sort_by_key(|(entry, role, place)| (place.span.start, entry.note, *role));
        for (entry, role, place) in touching {
            let block = self.mark(entry, role, place);
            if role == 0 {
                match (entry.by, entry.finding.severity) {
                    (Some(_), _) => suppressed += 1,
                    (None, severity) => {
                        counts.iter_mut().rev().nth(severity as usize).into_iter().for_each(|n| *n += 1)
                    }
                }
            }
            if let Some(beside) = self.noted(entry, role, place) {
                match block {
                    Some(block) => {
                        self.held.entry(block).or_default().push(self.beside.len());
                        self.beside.push(beside);
                    }
                    None => general.push(beside),
                }
            }
        }
        let (run, paper) = (self.run, self.paper);
        let artifact = run.artifacts.iter().find(|one| one.role == Role::Article && one.path == paper.path());
        Sheet {
            id: article_id(self.at),
            path: paper.path().to_owned(),
            title: paper.title(),
            counts,
            suppressed,
            read: read(paper),
            sha256: artifact.map(|one| one.sha256.clone()).unwrap_or_default(),
            general,
            passages: self.passages(),
        }
    }

    /// Marks a place in the blocks that show it; gives the block that its note belongs to.
    fn mark(&mut self, entry: &Entry<'_>, role: usize, place: &Place) -> Option<usize> {
        let blocks = self.paper.document.blocks.iter().enumerate();
        let shown = blocks.filter(|(_, block)| block.span.overlaps(place.span)).filter_map(|(id, block)| {
            let range = block.text.range_of(place.span).filter(|range| !range.is_empty())?;
            Some((id, range))
        });
        let mut shown: Vec<_> = shown.collect();
        if shown.is_empty() {
            let block = self.paper.block_at(place.span.start)?;
            let end = self.paper.document.blocks.get(block).map_or(0, |block| block.text.as_str().len());
            shown.push((block, end..end));
        }
        let first = shown.first().map(|(block, _)| *block);
        let last = shown.len() - 1;
        for (index, (block, range)) in shown.into_iter().enumerate() {
            let spot = Spot {
                range,
                mark: (index == last).then(|| self.reference(entry, role)),
                note: entry.note,
                severity: if entry.by.is_some() { Severity::Info } else { entry.finding.severity },
                class: classes(entry, role),
            };
            self.spots.entry(block).or_default().push(spot);
        }
        first
    }

    fn reference(&self, entry: &Entry<'_>, role: usize) -> Ref {
        let own = *entry.finding.primary.path == *self.paper.path();
        let severity = super::note::word(entry.finding.severity);
        let number = entry.number;
        Ref {
            id: mark_id(entry.note, role),
            href: note_id(entry.note),
            class: classes(entry, role),
            shape: if is_side(entry, role) { "↔" } else { shape(entry.finding.severity) },
            shown: if own { number.to_string() } else { String::new() },
            label: match (is_side(entry, role), own) {
                (false, _) if role == 0 => format!("{severity}, note {number}"),
                (false, _) => format!("{severity}, note {number} speaks of this too"),
                (true, true) => format!("other side of note {number}"),
                (true, false) => format!("other side of note {number} on {}", entry.finding.primary.path),
            },
            note: entry.note,
        }
    }

    /// What stands beside a place: the note, or a pointer to it where it is out of sight.
    fn noted(&self, entry: &Entry<'_>, role: usize, at: &Place) -> Option<Beside> {
        if role == 0 {
            return Some(Beside::Note(Box::new(Note::new(entry, self.run, self.register))));
        }
        let finding = entry.finding;
        let told = is_side(entry, role) && finding.related.len() <= SIDES && self.register.far(&finding.primary, at);
        let side = finding.related.get(role - 1).filter(|_| told)?;
        let message = if side.message.is_empty() { finding.message.clone() } else { side.message.clone() };
        Some(Beside::Echo(Box::new(Echo {
            label: Label::new(entry),
            message,
            place: place(&finding.primary, Some(at)),
        })))
    }

    fn passages(mut self) -> Vec<Passage> {
        let mut grounds = grounds(self.paper);
        let mut sets = Vec::new();
        for (id, block) in self.paper.document.blocks.iter().enumerate() {
            let spots = self.spots.remove(&id).unwrap_or_default();
            let ground = grounds.remove(&id).unwrap_or_default();
            let line = Line {
                id: block_id(self.at, id),
                leftover: block.leftover,
                foreign: block.foreign,
                bits: bits(block.text.as_str(), ground, &spots),
            };
            let notes = self.held.remove(&id).unwrap_or_default();
            sets.push(Set { block, line, label: label(self.paper, id, block), notes });
        }
        let mut beside: Vec<Option<Beside>> = self.beside.into_iter().map(Some).collect();
        let passage = |stretch: super::piece::Stretch| {
            let mut take = |at: usize| beside.get_mut(at).and_then(Option::take);
            Passage {
                aside: stretch.aside,
                pieces: stretch.pieces,
                notes: stretch.notes.into_iter().filter_map(&mut take).collect(),
            }
        };
        stretches(sets, TOP).into_iter().map(passage).collect()
    }
}

/// True for a place that the finding is not made at but speaks of. One that was gathered from several is made at all.
const fn is_side(entry: &Entry<'_>, role: usize) -> bool {
    role > 0 && !entry.finding.gathers
}

fn classes(entry: &Entry<'_>, role: usize) -> String {
    let extra = match (entry.by, is_side(entry, role)) {
        (Some(_), _) => "suppressed",
        (None, false) => "",
        (None, true) => "other",
    };
    class(entry.finding.severity, super::note::letter(&entry.finding.code), extra)
}

/// By block: links, leftovers and citations.
fn grounds(paper: &Paper) -> BTreeMap<usize, Ground> {
    let document = &paper.document;
    let mut grounds: BTreeMap<usize, Ground> = BTreeMap::new();
    for link in document.links.iter().filter(|link| link.kind != LinkKind::Image) {
        if let Some(block) = link.block {
            grounds.entry(block).or_default().links.push((link.range.clone(), link.target.clone()));
        }
    }
    for mark in &document.marks {
        let Some(block) = document.blocks.get(mark.block).filter(|block| !block.leftover) else { continue };
        let ground = grounds.entry(mark.block).or_default();
        ground.leftovers.extend(block.text.range_of(mark.span));
    }
    for marker in document.markers.iter().filter(|marker| marker.range.is_empty()) {
        grounds.entry(marker.block).or_default().cites.push((marker.range.start, marker.labels.join(", ")));
    }
    grounds
}

/// The number of an item as printed, or the label of a reference.
fn label(paper: &Paper, id: usize, block: &Block) -> Option<String> {
    match block.kind {
        BlockKind::Reference => {
            paper.document.references.iter().find(|one| one.block == id).map(|one| one.label.clone())
        }
        BlockKind::Item => {
            let printed = paper.source.slice(block.span).trim_start_matches(['(', '[', '\\']);
            let digits: String = printed.chars().take_while(char::is_ascii_digit).take(6).collect();
            let text = block.text.span(0..0).start;
            (text > block.span.start && !digits.is_empty()).then_some(digits)
        }
        _ => None,
    }
}

/// What was read of an article, and what was not.
fn read(paper: &Paper) -> String {
    if let Some(language) = paper.document.foreign {
        return format!("Not read: the article is written in another language ({language})");
    }
    let unread = paper.document.unread;
    let rest: Vec<String> = [
        (unread.images, "image"),
        (unread.code, "code block"),
        (unread.media, "embedded video or page"),
        (unread.foreign_blocks, "block in another language"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, name)| plural(count, name))
    .collect();
    let rest = if rest.is_empty() { String::new() } else { format!("; not read: {}", rest.join(", ")) };
    format!("Read: {}, {}{rest}", plural(paper.statements, "statement"), plural(paper.facts, "fact"))
}
