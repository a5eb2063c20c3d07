//! Where in a statement a phrase counts: mode, negation, quotation, hedge and kind of block.
//!
//! Shared by the mechanisms that look for wording; decides nothing else.

use super::Scene;
use crate::document::BlockKind;
use crate::statement::{Mode, Statement};
use serde::Deserialize;
use std::ops::Range;

/// A mode as rule files write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ModeName {
    /// It says that something is so.
    Assert,
    /// It asks.
    Question,
    /// It holds only if.
    Conditional,
    /// It tells the reader to do something.
    Imperative,
    /// It gives what others say.
    Reported,
    /// It is somebody's words.
    Quoted,
}

impl ModeName {
    const fn is(self, mode: Mode) -> bool {
        matches!(
            (self, mode),
            (Self::Assert, Mode::Assert)
                | (Self::Question, Mode::Question)
                | (Self::Conditional, Mode::Conditional)
                | (Self::Imperative, Mode::Imperative)
                | (Self::Reported, Mode::Reported)
                | (Self::Quoted, Mode::Quoted)
        )
    }
}

/// A kind of block as rule files write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockName {
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item.
    Item,
    /// A table cell.
    Cell,
    /// A block quotation.
    Quote,
    /// A caption.
    Caption,
    /// An entry of a reference list.
    Reference,
}

impl BlockName {
    const fn is(self, kind: BlockKind) -> bool {
        matches!(
            (self, kind),
            (Self::Heading, BlockKind::Heading)
                | (Self::Paragraph, BlockKind::Paragraph)
                | (Self::Item, BlockKind::Item)
                | (Self::Cell, BlockKind::Cell)
                | (Self::Quote, BlockKind::Quote)
                | (Self::Caption, BlockKind::Caption)
                | (Self::Reference, BlockKind::Reference)
        )
    }
}

/// In which statements, and where in them, wording counts.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Scope {
    /// Modes of the statement; by default only `assert`.
    pub modes: Vec<ModeName>,
    /// Kinds of block; by default all but headings, block quotations and reference entries.
    pub blocks: Vec<BlockName>,
    /// Also inside the scope of a negation.
    pub negated: bool,
    /// Also inside quotation marks.
    pub quoted: bool,
    /// The highest hedge level that still counts: 0 flat, 1 hedged, 2 uncertain (default).
    pub hedge: u8,
    /// Only the hedges of the clause that the words stand in count, not those of the whole statement.
    pub clause: bool,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            modes: vec![ModeName::Assert],
            blocks: vec![BlockName::Paragraph, BlockName::Item, BlockName::Cell, BlockName::Caption],
            negated: false,
            quoted: false,
            hedge: 2,
            clause: false,
        }
    }
}

impl Scope {
    /// True when statements of this mode and block are looked at.
    pub fn admits(&self, scene: &Scene<'_>, statement: &Statement) -> bool {
        let kind = scene.article.document.blocks.get(statement.block).map(|block| block.kind);
        self.modes.iter().any(|mode| mode.is(statement.mode))
            && kind.is_some_and(|kind| self.blocks.iter().any(|name| name.is(kind)))
            && (self.clause || statement.hedge <= self.hedge)
    }

    /// True when these words of an admitted statement count. A negation that is part of the words themselves ("no
    /// side effects") does not take them away.
    pub fn counts(&self, statement: &Statement, words: &Range<usize>) -> bool {
        let denied = |scope: &Range<usize>| scope.start < words.end && words.start < scope.end;
        let inner = |cue: &Range<usize>| words.start <= cue.start && cue.end <= words.end;
        (!self.clause || statement.hedge_at(words.start) <= self.hedge)
            && (self.negated || !statement.negations.iter().any(|one| denied(&one.scope) && !inner(&one.cue)))
            && (self.quoted || !within(&statement.quotations, words))
    }
}

/// True when `words` lie inside one of the ranges.
pub fn within(ranges: &[Range<usize>], words: &Range<usize>) -> bool {
    ranges.iter().any(|range| range.start <= words.start && words.end <= range.end)
}

/// A byte range of a text, grown by the bracket that closes directly behind one it opened.
pub fn closed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).unwrap_or_default();
    let open = |mark: char| inner.matches(mark).count();
    let next = text.get(range.end..).and_then(|rest| rest.chars().next());
    let closes =
        matches!(next, Some(')') if open('(') > open(')')) || matches!(next, Some(']') if open('[') > open(']'));
    range.start..range.end + usize::from(closes)
}
