//! Blocks become sentences and words.

use crate::lexicon::Token;
use crate::source::Span;
use std::ops::Range;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits.
    Number,
    /// An address, e-mail or identifier; never looked into.
    Address,
    /// Punctuation or a symbol.
    Mark,
}

/// A word or punctuation mark of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes in the block's prose.
    pub range: Range<usize>,
    /// What it is.
    pub kind: WordKind,
    /// What the lexicon knows of it.
    pub token: Token,
}

/// One sentence of a block.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Bytes in the block's prose.
    pub range: Range<usize>,
    /// Bytes in the source; the first sentence of an item begins at the item's marker.
    pub span: Span,
    /// Its words and marks.
    pub words: Vec<Word>,
}
