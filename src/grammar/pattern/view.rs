//! A statement as the phrases see it: words, and above them the quantities and names that cover several.

use super::compile::{YEAR, bit};
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::{ClassId, EntryId, Lexicon, Token, Word, WordKind};
use std::ops::Range;

/// What leads over several words at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A quantity, by its bits.
    Quantity(u32),
    Entry(EntryId),
}

/// One word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) clause: u32,
    /// A mark is no word of a gap.
    pub(super) mark: bool,
    /// A quotation mark or the hyphen of a compound, which phrases do not see.
    pub(super) silent: bool,
}

/// A statement prepared for the search.
#[derive(Clone, Debug)]
pub struct View<'a> {
    text: &'a str,
    words: &'a [Word],
    lexicon: &'a Lexicon,
    pub(super) pieces: Vec<Piece>,
    /// Sorted by their first word.
    pub(super) edges: Vec<Edge>,
    first_edge: Vec<u32>,
    /// The first word that is no mark.
    pub(super) first: usize,
    /// One past the last word that is no mark.
    pub(super) last: usize,
}

impl<'a> View<'a> {
    /// `text` is the prose of the block in which the words, quantities and entities have their bytes; entities and
    /// clauses are given as words.
    pub fn new(
        lexicon: &'a Lexicon,
        text: &'a str,
        words: &'a [Word],
        quantities: &[Quantity],
        entities: impl Iterator<Item = (EntryId, Range<usize>)>,
        clauses: &[Range<usize>],
    ) -> Self {
        let mut clause = 0;
        let mut pieces: Vec<Piece> = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            while clauses.get(clause).is_some_and(|range| range.end <= at) && clause + 1 < clauses.len() {
                clause += 1;
            }
            let mark = word.kind == WordKind::Mark;
            pieces.push(Piece {
                token: word.token,
                clause: u32::try_from(clause).unwrap_or(u32::MAX),
                mark,
                silent: mark && is_silent(text, words, at),
            });
        }
        let mut edges = Vec::new();
        for quantity in quantities {
            let range = words_of(words, quantity.range.clone());
            let inner = words_of(words, quantity.number.clone());
            let bits = bits(quantity, text);
            // words on the number may belong to the phrase: "infused over 15 to 30 minutes"
            for start in range.start..=inner.start.min(range.end.saturating_sub(1)) {
                edges.push(Edge { start: number(start), end: number(range.end), what: What::Quantity(bits) });
            }
        }
        for (entry, range) in entities {
            edges.push(Edge { start: number(range.start), end: number(range.end), what: What::Entry(entry) });
        }
        edges.retain(|edge| edge.start < edge.end && edge.end as usize <= words.len());
        edges.sort_by_key(|edge| (edge.start, std::cmp::Reverse(edge.end)));
        let mut first_edge = vec![0; words.len() + 1];
        let mut next = 0;
        for (at, first) in first_edge.iter_mut().enumerate() {
            while edges.get(next).is_some_and(|edge| (edge.start as usize) < at) {
                next += 1;
            }
            *first = number(next);
        }
        let first = pieces.iter().position(|piece| !piece.mark).unwrap_or(words.len());
        let last = pieces.iter().rposition(|piece| !piece.mark).map_or(0, |last| last + 1);
        Self { text, words, lexicon, pieces, edges, first_edge, first, last }
    }

    /// A word as written.
    pub(super) fn written(&self, at: usize) -> &'a str {
        self.words.get(at).and_then(|word| self.text.get(word.range.clone())).unwrap_or_default()
    }

    /// What begins at a word, longest first.
    pub(super) fn edges_at(&self, at: usize) -> &[Edge] {
        let (Some(first), Some(next)) = (self.first_edge.get(at), self.first_edge.get(at + 1)) else { return &[] };
        self.edges.get(*first as usize..*next as usize).unwrap_or_default()
    }

    /// All classes of an entry.
    pub(super) fn classes_of(&self, entry: EntryId) -> &'a [ClassId] {
        self.lexicon.classes_of(entry)
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Words that bytes of the text touch.
fn words_of(words: &[Word], range: Range<usize>) -> Range<usize> {
    let start = words.partition_point(|word| word.range.end <= range.start);
    let end = words.partition_point(|word| word.range.start < range.end);
    start..end.max(start)
}

fn bits(quantity: &Quantity, text: &str) -> u32 {
    let mut bits = bit(quantity.kind);
    if quantity.kind == QuantityKind::Date {
        let written = text.get(quantity.number.clone()).unwrap_or_default();
        if written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit()) {
            bits |= YEAR;
        }
    }
    bits
}

/// Quotation marks; hyphens and short dashes glued on both sides.
fn is_silent(text: &str, words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    match text.get(word.range.clone()) {
        Some("\"" | "“" | "”" | "„" | "'" | "‘" | "’" | "«" | "»" | "®" | "™" | "*") => true,
        Some("-" | "\u{2010}" | "\u{2011}" | "–") => {
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            before.is_some_and(|before| before.range.end == word.range.start)
                && words.get(at + 1).is_some_and(|after| after.range.start == word.range.end)
        }
        _ => false,
    }
}
