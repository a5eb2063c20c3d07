//! The lines of an article, each with its place: what stands alone and what is a line of a paragraph.
//!
//! Takes a document and its source; a block of one line is one row. Knows no list of words.

use crate::document::{Block, BlockId, BlockKind, Document};
use crate::source::{Format, Source, Span};
use std::ops::Range;

/// A line of an article.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The block it stands in.
    pub(super) block: BlockId,
    /// Its bytes in the block's prose, white space at the ends left out.
    pub(super) range: Range<usize>,
    /// Its bytes in the source.
    pub(super) span: Span,
    /// True when it is a block of its own, or a line that no sentence runs into.
    pub(super) stands_alone: bool,
}

impl Row {
    /// Its prose.
    pub(super) fn text<'d>(&self, document: &'d Document) -> &'d str {
        let block = document.blocks.get(self.block);
        block.and_then(|block| block.text.as_str().get(self.range.clone())).unwrap_or_default()
    }

    /// True for a few words that are no sentence.
    pub(super) fn is_short(&self, document: &Document) -> bool {
        let text = self.text(document);
        text.len() <= 60 && !text.ends_with(['.', '!', ':', ';']) && text.split_whitespace().count() <= 6
    }

    /// True in a heading.
    pub(super) fn is_heading(&self, document: &Document) -> bool {
        document.blocks.get(self.block).is_some_and(|block| block.kind == BlockKind::Heading)
    }

    /// True for an item of a list or a line that is one link.
    pub(super) fn is_entry(&self, document: &Document) -> bool {
        document.blocks.get(self.block).is_some_and(|block| block.kind == BlockKind::Item)
            || document.links.iter().any(|link| {
                link.block == Some(self.block) && link.range.len() + 4 >= self.range.len() && !link.range.is_empty()
            })
    }
}

/// The lines of an article's body. Cells, quotations, captions and reference entries have none: their words are
/// somebody else's or stand for themselves.
pub(super) fn rows(document: &Document, source: &Source) -> Vec<Row> {
    let mut rows = Vec::with_capacity(document.blocks.len());
    for (id, block) in document.blocks.iter().enumerate() {
        // in plain text a caption is only a line that looks like one
        let speaks = matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::Item)
            || (block.kind == BlockKind::Caption && source.format() == Format::Text);
        if !speaks || !block.is_article() || is_led(document, block) {
            continue;
        }
        let first = rows.len();
        lines(block, source, |range| {
            let text = block.text.as_str().get(range.clone()).unwrap_or_default();
            let range = range.start + text.len() - text.trim_start().len()..range.start + text.trim_end().len();
            if range.start < range.end {
                rows.push(Row { block: id, span: block.text.span(range.clone()), range, stands_alone: true });
            }
        });
        let own = rows.get_mut(first..).unwrap_or_default();
        if own.len() > 1 {
            let texts = block.text.as_str();
            let ended: Vec<bool> = own
                .iter()
                .map(|row| {
                    texts.get(row.range.clone()).is_some_and(|text| text.ends_with(['.', '!', '?', ':', ')', '"', '”']))
                })
                .collect();
            let short: Vec<bool> = own.iter().map(|row| row.range.len() <= 60).collect();
            let all_short = short.iter().all(|short| *short);
            for (at, row) in own.iter_mut().enumerate() {
                let before = at.checked_sub(1).is_none_or(|before| ended.get(before) == Some(&true));
                row.stands_alone = all_short || before;
            }
        }
    }
    rows
}

/// True for an item of a list that a sentence leads into: it is a part of that sentence.
fn is_led(document: &Document, block: &Block) -> bool {
    let lead = block.list.and_then(|place| place.lead).and_then(|lead| document.blocks.get(lead));
    lead.is_some_and(|lead| lead.kind == BlockKind::Paragraph && lead.text.as_str().trim_end().ends_with(':'))
}

/// Calls with the prose of each line of a block.
fn lines(block: &Block, source: &Source, mut line: impl FnMut(Range<usize>)) {
    let text = block.text.as_str();
    if text.contains('\n') {
        let mut at = 0;
        for piece in text.split('\n') {
            line(at..at + piece.len());
            at += piece.len() + 1;
        }
        return;
    }
    let written = source.slice(block.span);
    if source.format() == Format::Html || !written.trim_end().contains('\n') {
        return line(0..text.len());
    }
    let mut at = block.span.start;
    for piece in written.split('\n') {
        if let Some(range) = block.text.range_of(Span::new(at, at + piece.len())) {
            line(range);
        }
        at += piece.len() + 1;
    }
}
