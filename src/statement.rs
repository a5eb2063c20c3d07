//! A sentence read: mode, negation scopes, hedge, quantities, statistics, support, entities.
//!
//! Takes a document's sentences and the lexicon; gives statements. Knows no fact and no rule.

mod clause;
mod index;
mod quotation;
mod reader;
mod scope;
pub mod support;

pub use index::Index;
pub use reader::Reader;
pub use support::{Support, SupportKind};

use crate::document::{BlockId, Document};
use crate::grammar::pattern::{Match, PatternId};
use crate::grammar::quantity::Quantity;
use crate::grammar::statistic::Statistic;
use crate::lexicon::{EntryId, Lexicon, WordId};
use crate::sentence::Word;
use crate::source::Span;
use std::collections::HashSet;
use std::ops::Range;

/// How a statement is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// It says that something is so.
    #[default]
    Assert,
    /// It asks.
    Question,
    /// It holds only if.
    Conditional,
    /// It tells the reader to do something.
    Imperative,
    /// It gives what others say without agreeing ("some claim that", "Myth:").
    Reported,
    /// It stands in quotation marks as somebody's words.
    Quoted,
}

impl Mode {
    /// The name in JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assert => "assert",
            Self::Question => "question",
            Self::Conditional => "conditional",
            Self::Imperative => "imperative",
            Self::Reported => "reported",
            Self::Quoted => "quoted",
        }
    }
}

/// A negating word and what it reaches. Ranges are words of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negation {
    /// The negating word or phrase.
    pub cue: Range<usize>,
    /// The words it negates.
    pub scope: Range<usize>,
}

/// Words that take from a statement's certainty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hedge {
    /// The words.
    pub words: Range<usize>,
    /// 1 hedged ("may"), 2 uncertain ("it is not known").
    pub level: u8,
}

/// A lexicon entry found in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Words of the statement.
    pub words: Range<usize>,
    /// Bytes in the block's prose.
    pub range: Range<usize>,
    /// What it is.
    pub entry: EntryId,
}

/// One sentence, read. All `range`s are bytes in the prose of its block; all word ranges count `words`.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The block it stands in.
    pub block: BlockId,
    /// Its bytes in the block's prose.
    pub range: Range<usize>,
    /// Its bytes in the source; the first sentence of an item begins at the item's marker.
    pub span: Span,
    /// Words and marks.
    pub words: Vec<Word>,
    /// How it is meant.
    pub mode: Mode,
    /// 0 flat, 1 hedged, 2 uncertain.
    pub hedge: u8,
    /// The words that hedge, in order.
    pub hedges: Vec<Hedge>,
    /// Negations with their scopes.
    pub negations: Vec<Negation>,
    /// Stretches in quotation marks: words of the statement, marks included.
    pub quotations: Vec<Range<usize>>,
    /// Stretches that hold only if something else does ("if you are over 60"): words of the statement.
    pub conditions: Vec<Range<usize>>,
    /// Clauses: words of the statement, in order, covering all of it.
    pub clauses: Vec<Range<usize>>,
    /// Quantities, in order, never overlapping.
    pub quantities: Vec<Quantity>,
    /// Statistics, in order.
    pub statistics: Vec<Statistic>,
    /// Evidence in the statement itself (not what closes its paragraph).
    pub support: Vec<Support>,
    /// Lexicon entries, in order; several for the same words where a name is shared.
    pub entities: Vec<Entity>,
    /// Phrases found, sorted by pattern.
    pub matches: Vec<Match>,
}

impl Statement {
    /// True when a word lies in the scope of a negation.
    pub fn is_negated(&self, word: usize) -> bool {
        self.negations.iter().any(|negation| negation.scope.contains(&word))
    }

    /// True when a word stands in quotation marks.
    pub fn is_quoted(&self, word: usize) -> bool {
        self.quotations.iter().any(|quotation| quotation.contains(&word))
    }

    /// True when a word belongs to a condition ("if you are over 60").
    pub fn is_conditional(&self, word: usize) -> bool {
        self.conditions.iter().any(|condition| condition.contains(&word))
    }

    /// The clause that a word stands in; empty when there is no such word.
    pub fn clause_of(&self, word: usize) -> Range<usize> {
        self.clauses.iter().find(|clause| clause.contains(&word)).cloned().unwrap_or(word..word)
    }

    /// The hedge level of the clause that a word stands in.
    pub fn hedge_at(&self, word: usize) -> u8 {
        let clause = self.clause_of(word);
        let inside = |hedge: &&Hedge| clause.start <= hedge.words.start && hedge.words.start < clause.end;
        self.hedges.iter().filter(inside).map(|hedge| hedge.level).max().unwrap_or(0)
    }

    /// The quantities that words of the statement touch.
    pub fn quantities_in(&self, words: Range<usize>) -> impl Iterator<Item = &Quantity> {
        let bytes = self.bytes_of(words);
        self.quantities.iter().filter(move |one| one.range.start < bytes.end && bytes.start < one.range.end)
    }

    /// The entities that words of the statement touch.
    pub fn entities_in(&self, words: Range<usize>) -> impl Iterator<Item = &Entity> {
        self.entities.iter().filter(move |one| one.words.start < words.end && words.start < one.words.end)
    }

    /// Bytes in the block's prose that a range of words covers.
    pub fn bytes_of(&self, words: Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(self.range.end, |word| word.range.start);
        let end = words.end.checked_sub(1).and_then(|last| self.words.get(last)).map_or(start, |word| word.range.end);
        start..end.max(start)
    }

    /// Words that a byte range of the block's prose touches.
    pub fn words_of(&self, range: Range<usize>) -> Range<usize> {
        let start = self.words.partition_point(|word| word.range.end <= range.start);
        let end = self.words.partition_point(|word| word.range.start < range.end);
        start..end.max(start)
    }

    /// The prose of the statement.
    pub fn text<'d>(&self, document: &'d Document) -> &'d str {
        self.prose(document, self.range.clone())
    }

    /// The prose of a byte range of the statement's block.
    pub fn prose<'d>(&self, document: &'d Document, range: Range<usize>) -> &'d str {
        document.blocks.get(self.block).and_then(|block| block.text.as_str().get(range)).unwrap_or_default()
    }

    /// The source bytes of a byte range of the statement's block.
    pub fn span_of(&self, document: &Document, range: Range<usize>) -> Span {
        document.blocks.get(self.block).map_or(self.span, |block| block.text.span(range))
    }

    /// Matches of the patterns from one to another, both included.
    pub fn matches_between(&self, first: PatternId, last: PatternId) -> &[Match] {
        if self.matches.is_empty() {
            return &[];
        }
        let start = self.matches.partition_point(|found| found.pattern < first);
        let end = self.matches.partition_point(|found| found.pattern <= last);
        self.matches.get(start..end).unwrap_or_default()
    }
}

/// The words of a list of the lexicon.
fn word_set(lexicon: &Lexicon, list: &str) -> HashSet<WordId> {
    let known = |word: &String| lexicon.vocabulary().get(&crate::lexicon::fold(word));
    lexicon.list(list).iter().map(known).filter(|word| *word != WordId::UNKNOWN).collect()
}

#[cfg(test)]
mod tests;
