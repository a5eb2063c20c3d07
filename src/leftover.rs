//! A pure pass over a document that marks what was never part of the article.
//!
//! Takes a document as read; gives it marks with their kind, place, score and evidence, flags whole blocks as leftover,
//! and takes what stands inside a sentence out of the prose, so that the sentence is joined again. What counts is in
//! the lists of the lexicon. Knows no rule: marks are the same whatever rules are on.

mod feed;
mod headline;
pub mod host;
mod injected;
mod line;
mod row;

use crate::document::{BlockId, Document, Mark};
use crate::lexicon::Lexicon;
use crate::source::{Source, Span};
use host::Policy;
use line::{Known, Lines, Strength};
use row::Row;
use std::collections::HashMap;
use std::ops::Range;

/// Everything a comment widget left, as one mark.
pub const COMMENTS: &str = "comment-widget";
/// A line of page furniture.
pub const FURNITURE: &str = "page-furniture";
/// Residue of a news feed.
pub const FEED: &str = "feed-snippet";
/// An address dropped into a sentence.
pub const INJECTED: &str = "injected-link";
/// The description of an image, read out as text.
pub const IMAGE: &str = "image-text";
/// A headline of another article.
pub const HEADLINE: &str = "stray-headline";

/// The lines that the lists of a lexicon know, made ready once for all documents.
#[derive(Clone, Debug, Default)]
pub struct KnownLines(Lines);

impl KnownLines {
    /// The lists of a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self(Lines::new(lexicon))
    }
}

/// Marks a document. `policy`: what the configuration says of domains.
pub fn mark(
    document: &mut Document,
    source: &Source,
    lexicon: &Lexicon,
    KnownLines(lines): &KnownLines,
    policy: &Policy,
) {
    let rows = row::rows(document, source);
    let mut seen = Vec::with_capacity(rows.len());
    let mut known = Vec::new();
    for row in &rows {
        let text = row.text(document);
        lines.known(text, &mut known);
        if known.is_empty() && text.len() <= STAMP && line::has_stamp(text) {
            known.push(Known::Feed);
        }
        seen.push(if row.stands_alone { known.clone() } else { Vec::new() });
    }
    let mut taken = vec![false; rows.len()];
    let mut found = Vec::new();
    feed::find(document, &rows, &seen, &mut taken, &mut found);
    comments(document, source, &rows, &seen, lines, &mut taken, &mut found);
    furniture(document, &rows, &seen, lines, &mut taken, &mut found);
    for (at, row) in rows.iter().enumerate() {
        let is_image = seen.get(at).is_some_and(|known| known.contains(&Known::Image)) && taken.get(at) == Some(&false);
        if is_image && !row.text(document).ends_with('.') {
            // it may be wanted as the image's alternative text
            found.push(Found { kind: IMAGE, rows: at..at + 1, score: 1, evidence: Vec::new(), removable: false });
        }
    }
    let mut cuts = Cuts::new();
    for one in found {
        settle(document, &rows, one, &mut cuts);
    }
    shift(document, &cuts);
    injected::mark(document, source, lexicon, policy);
    headline::mark(document, lexicon);
    document.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
}

/// A line with a feed's time stamp is not longer, in bytes.
const STAMP: usize = 100;

/// A mark over rows.
struct Found {
    kind: &'static str,
    rows: Range<usize>,
    score: i32,
    evidence: Vec<String>,
    removable: bool,
}

/// Runs of lines of a comment widget.
fn comments(
    document: &Document,
    source: &Source,
    rows: &[Row],
    seen: &[Vec<Known>],
    lines: &Lines,
    taken: &mut [bool],
    found: &mut Vec<Found>,
) {
    let strength = |at: usize| {
        seen.get(at)?.iter().find_map(|known| match known {
            Known::Comment(strength) => Some(*strength),
            _ => None,
        })
    };
    let mut at = 0;
    while at < rows.len() {
        if strength(at).is_none() || taken.get(at) == Some(&true) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        // one short line in the midst, a name or a date, does not end the run
        while end < rows.len() {
            let joins = strength(end).is_some()
                || (strength(end + 1).is_some() && rows.get(end).is_some_and(|row| row.is_short(document)));
            if !joins {
                break;
            }
            end += 1;
        }
        at = end;
        let strong = (start..end).filter(|row| strength(*row) == Some(Strength::Strong)).count();
        let counts = |row: usize| match strength(row) {
            Some(Strength::Faint) => strong > 1,
            Some(_) => strong > 0,
            None => false,
        };
        let ends = ((start..end).find(|row| counts(*row)), (start..end).rfind(|row| counts(*row)));
        let run = match ends {
            (Some(first), Some(last)) => first..last + 1,
            _ => {
                let Some(alone) = (start..end).find(|row| ends_page(document, source, rows, *row, lines)) else {
                    continue;
                };
                alone..alone + 1
            }
        };
        for row in run.clone() {
            if let Some(taken) = taken.get_mut(row) {
                *taken = true;
            }
        }
        // a heading that no list knows may be the article's own
        let own = |row: usize| strength(row).is_none() && rows.get(row).is_some_and(|row| row.is_heading(document));
        found.push(Found {
            kind: COMMENTS,
            removable: strong > 0 && !run.clone().any(own),
            rows: run,
            score: i32::try_from(strong).unwrap_or(i32::MAX),
            evidence: Vec::new(),
        });
    }
}

/// True for a heading of comments in the last tenth of the page that no text follows.
fn ends_page(document: &Document, source: &Source, rows: &[Row], at: usize, lines: &Lines) -> bool {
    rows.get(at).is_some_and(|row| {
        let near_end = row.span.start.saturating_mul(10) >= source.text().len().saturating_mul(9);
        let rest = rows.get(at + 1..).unwrap_or_default();
        near_end
            && row.stands_alone
            && lines.heads_comments(row.text(document))
            && rest.iter().all(|row| row.is_short(document))
    })
}

/// Lines of page furniture; weak ones count beside strong ones.
fn furniture(
    document: &Document,
    rows: &[Row],
    seen: &[Vec<Known>],
    lines: &Lines,
    taken: &mut [bool],
    found: &mut Vec<Found>,
) {
    let strength = |at: usize| {
        seen.get(at)?.iter().find_map(|known| match known {
            Known::Furniture(strength) => Some(*strength),
            Known::Contents => Some(Strength::Strong),
            _ => None,
        })
    };
    let is_weak_heading =
        |at: usize| strength(at) == Some(Strength::Weak) && rows.get(at).is_some_and(|row| row.is_heading(document));
    let mut at = 0;
    while at < rows.len() {
        let start = at;
        while strength(at).is_some() && !is_weak_heading(at) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        let beside = |row: Option<usize>| row.is_some_and(|row| taken.get(row) == Some(&true));
        let is_contents = |row: usize| seen.get(row).is_some_and(|known| known.contains(&Known::Contents));
        let counts = (start..at).any(|row| strength(row) == Some(Strength::Strong) && !is_contents(row))
            || beside(start.checked_sub(1))
            || beside(Some(at));
        // the list that a label stands for would stay behind without it
        let follows = rows
            .get(at)
            .filter(|_| taken.get(at) == Some(&false))
            .is_some_and(|next| next.is_entry(document) || (next.is_short(document) && !next.is_heading(document)));
        for row in start..at {
            let leads_list = is_contents(row) && rows.get(row + 1).is_some_and(|next| next.is_entry(document));
            if taken.get(row) == Some(&true) || leads_list || !(counts || is_contents(row)) {
                continue;
            }
            let removable = !(follows && rows.get(row).is_some_and(|row| lines.heads_links(row.text(document))));
            found.push(Found { kind: FURNITURE, rows: row..row + 1, score: 1, evidence: Vec::new(), removable });
        }
        for one in found.iter().rev().take_while(|one| one.kind == FURNITURE && one.rows.start >= start) {
            if let Some(taken) = taken.get_mut(one.rows.start) {
                *taken = true;
            }
        }
    }
}

/// Ranges that were cut from the prose of blocks, in the order of cutting.
type Cuts = HashMap<BlockId, Vec<Range<usize>>>;

/// Writes a mark into the document: whole blocks become leftovers, lines inside a block are cut from its prose.
fn settle(document: &mut Document, rows: &[Row], found: Found, cuts: &mut Cuts) {
    let rows = rows.get(found.rows).unwrap_or_default();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let span = first.span.cover(last.span);
    document.marks.push(Mark {
        kind: found.kind.to_owned(),
        span,
        block: first.block,
        score: found.score,
        evidence: found.evidence,
        lines: rows.iter().map(|row| (row.block, row.span)).collect(),
        removable: found.removable,
    });
    for row in rows.iter().rev() {
        take(document, row.block, row.span, cuts);
    }
}

/// Takes a piece of the source out of a block's prose; a block that has no prose left is a leftover.
fn take(document: &mut Document, block: BlockId, span: Span, cuts: &mut Cuts) {
    let Some(own) = document.blocks.get_mut(block) else { return };
    let Some(range) = own.text.range_of(span) else { return };
    let rest = |range: Range<usize>| own.text.as_str().get(range).unwrap_or_default().trim().is_empty();
    if rest(0..range.start) && rest(range.end..own.text.as_str().len()) {
        own.leftover = true;
        return;
    }
    own.text.cut(range.clone());
    cuts.entry(block).or_default().push(range);
}

/// Moves what points into the prose of blocks after ranges were cut from it; what stands inside one is dropped.
fn shift(document: &mut Document, cuts: &Cuts) {
    if cuts.is_empty() {
        return;
    }
    let moved = |block: BlockId, range: &mut Range<usize>| {
        for cut in cuts.get(&block).into_iter().flatten() {
            if range.start < range.end && range.start >= cut.start && range.end <= cut.end {
                return false;
            }
            let one = |at: usize| if at >= cut.end { at - cut.len() } else { at.min(cut.start) };
            *range = one(range.start)..one(range.end);
        }
        true
    };
    document.links.retain_mut(|link| link.block.is_none_or(|block| moved(block, &mut link.range)));
    document.markers.retain_mut(|marker| moved(marker.block, &mut marker.range));
}

#[cfg(test)]
mod tests;
