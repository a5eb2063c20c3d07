//! The entries of reference lists.
//!
//! Takes blocks and the words that head a list; makes what stands under such a heading references with labels. Reads
//! no authors and no years.

use crate::document::{Block, BlockId, BlockKind, Document, Reference, Region};
use crate::lexicon::Lexicon;
use crate::reading::label;
use crate::source::Source;
use std::collections::HashSet;

/// Longest heading of a list, in bytes.
const LONGEST: usize = 60;

/// Makes the entries references.
pub(super) fn find(document: &mut Document, source: &Source, lexicon: &Lexicon) {
    let linked: HashSet<BlockId> = document.links.iter().filter_map(|link| link.block).collect();
    let heads = lexicon.list("reference-heading");
    // the level of the heading that the list stands under; a paragraph that serves as one counts as the lowest
    let mut under: Option<u8> = None;
    let mut count = 0;
    let Document { blocks, references, .. } = document;
    // a side bar or a footer behind the list is no part of it
    for (id, block) in blocks.iter_mut().enumerate().filter(|(_, block)| block.region == Region::Body) {
        if block.kind == BlockKind::Heading || block.kind == BlockKind::Paragraph && is_head(block, heads) {
            let level = if block.kind == BlockKind::Heading { block.level } else { 7 };
            if is_head(block, heads) {
                under = Some(level);
                count = 0;
            } else if under.is_some_and(|above| level <= above) {
                under = None;
            }
            continue;
        }
        if under.is_none() || block.hidden {
            continue;
        }
        let is_entry = match block.kind {
            BlockKind::Item => true,
            BlockKind::Paragraph | BlockKind::Quote => is_like_entry(block, linked.contains(&id)),
            _ => false,
        };
        if !is_entry {
            continue;
        }
        for label in labels(block, source, &mut count) {
            references.push(Reference { label, block: id });
        }
        block.kind = BlockKind::Reference;
        block.list = None;
    }
}

/// Fewest marks that end or part the pieces of an entry ("Lee K. Zinc for colds. BMJ. 2019;3:4.").
const PIECES: usize = 3;

/// What stands behind the list of an article (buttons, other headlines) is at most this long, in bytes, and of at most
/// so many blocks.
const BEHIND: (usize, usize) = (100, 12);

/// Makes references of a numbered list, or numbered notes, at the end of an article without a list of its own, when
/// every one of them reads like an entry and the first is number one. Short lines may stand behind it.
pub(super) fn find_last(document: &mut Document, lexicon: &Lexicon) {
    let heads = lexicon.list("reference-heading");
    let linked: HashSet<BlockId> = document.links.iter().filter_map(|link| link.block).collect();
    let Document { blocks, references, .. } = document;
    let mut found: Vec<(BlockId, u32)> = Vec::new();
    let body = blocks.iter().enumerate().rev().filter(|(_, block)| block.region == Region::Body && !block.hidden);
    let mut behind = 0;
    for (id, block) in body {
        let text = block.text.as_str();
        let place = block.list.filter(|place| place.ordered).and_then(|place| u32::try_from(place.ordinal + 1).ok());
        let number = match block.kind {
            BlockKind::Item => place,
            BlockKind::Paragraph => label::entry(text),
            _ => None,
        };
        let pieces = || text.bytes().filter(|byte| matches!(byte, b'.' | b';' | b':')).count();
        behind += 1;
        if number.is_none() && found.is_empty() && text.len() <= BEHIND.0 && behind <= BEHIND.1 {
            continue;
        }
        let Some(number) = number.filter(|_| pieces() >= PIECES && has_year(text, linked.contains(&id))) else {
            break;
        };
        if found.last().is_some_and(|(_, next)| number + 1 != *next) || is_head(block, heads) {
            break;
        }
        found.push((id, number));
    }
    if found.last().is_none_or(|(_, first)| *first != 1) {
        return;
    }
    for (id, number) in found.into_iter().rev() {
        references.push(Reference { label: number.to_string(), block: id });
        blocks.iter_mut().skip(id).take(1).for_each(|block| {
            block.kind = BlockKind::Reference;
            block.list = None;
        });
    }
}

/// True when the block says no more than that a list of references follows.
fn is_head(block: &Block, heads: &[String]) -> bool {
    let text = block.text.as_str();
    if text.len() > LONGEST || block.hidden {
        return false;
    }
    let words = text.trim_matches(|letter: char| !letter.is_alphabetic());
    heads.iter().any(|head| head.len() == words.len() && head.eq_ignore_ascii_case(words))
}

/// True for a paragraph that begins with a number, holds a link or names a year.
fn is_like_entry(block: &Block, linked: bool) -> bool {
    label::entry(block.text.as_str()).is_some() || has_year(block.text.as_str(), linked)
}

/// True for a text that holds a link, a year or a DOI.
fn has_year(text: &str, linked: bool) -> bool {
    let is_year = |word: &[u8]| word.len() == 4 && (word.starts_with(b"19") || word.starts_with(b"20"));
    linked || text.as_bytes().split(|byte| !byte.is_ascii_digit()).any(is_year) || text.contains("doi")
}

/// The labels in a block: one for each line that begins with a number, else one by its place.
fn labels(block: &Block, source: &Source, count: &mut u32) -> Vec<String> {
    let written = source.slice(block.span);
    let mut labels = Vec::new();
    for (index, line) in written.lines().enumerate() {
        // numbers that Markdown counts for itself may be all the same
        let number = label::entry(line).map(|number| if index == 0 && number <= *count { *count + 1 } else { number });
        match number {
            Some(number) if index == 0 || number == *count + 1 => *count = number,
            None if index == 0 => *count = label::entry(block.text.as_str()).unwrap_or(*count + 1),
            _ => continue,
        }
        labels.push(count.to_string());
    }
    labels
}
