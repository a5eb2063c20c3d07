//! Headlines of other articles that stand in this one.
//!
//! Takes a document with its title, headings and sections; marks a heading whose words occur neither in the title nor
//! below it nor, for the most part, anywhere else in the article. Words are compared by their beginnings, which makes
//! too much alike rather than too little. Knows no grammar.

use super::HEADLINE;
use crate::document::{BlockId, BlockKind, Document, Mark};
use crate::lexicon::{Lexicon, List, fold, pieces};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A headline has at least this many words, this many of content, and this many that say what it is about.
const WORDS: usize = 5;
const CONTENT: usize = 3;
const SUBJECT: usize = 2;
/// What a number at the beginning counts stands within this many words behind the next ("15 cosy living room ideas").
const COUNTED: usize = 3;
/// Letters that words are compared by.
const STEM: usize = 6;
/// A section with fewer words of content says nothing of its heading.
const SECTION: usize = 20;

/// Words that say nothing of what a text is about.
#[derive(Clone, Copy)]
struct Stop<'l> {
    common: &'l List,
    generic: &'l List,
}

/// A heading, or a line that looks like one.
struct Candidate {
    block: BlockId,
    stems: Vec<String>,
    /// How many blocks from here belong to it.
    section: std::ops::Range<BlockId>,
}

/// Marks stray headlines.
pub(super) fn mark(document: &mut Document, lexicon: &Lexicon) {
    let common = lexicon.words("headline-common");
    let stop = Stop { common, generic: lexicon.words("headline-generic") };
    let heads: Vec<BlockId> = (0..document.blocks.len()).filter(|id| is_head(document, *id)).collect();
    let Some(title) = heads.first().copied() else { return };
    let mut about: HashSet<String> = block_stems(document, title, stop).collect();
    for field in document.metadata.iter().filter(|field| is_about(&field.key)) {
        about.extend(stems(&field.value, stop));
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    for (at, id) in heads.iter().enumerate().skip(1) {
        let end = heads.get(at + 1).copied().unwrap_or(document.blocks.len());
        let words = words(text(document, *id));
        let content = words.iter().filter(|word| word.len() > 2 && !common.contains(word)).count();
        let mut stems: Vec<String> = block_stems(document, *id, stop).collect();
        stems.sort_unstable();
        stems.dedup();
        let is_known = stems.iter().any(|stem| about.contains(stem));
        if words.len() >= WORDS && content >= CONTENT && stems.len() >= SUBJECT && !is_known {
            candidates.push(Candidate { block: *id, stems, section: *id + 1..end });
        }
    }
    if candidates.is_empty() {
        return;
    }
    // in how many blocks each beginning occurs
    let mut counts: HashMap<String, usize> = HashMap::new();
    for id in 0..document.blocks.len() {
        if document.blocks.get(id).is_some_and(|block| block.is_article()) {
            let own: HashSet<String> = block_stems(document, id, stop).collect();
            for stem in own {
                *counts.entry(stem).or_default() += 1;
            }
        }
    }
    for candidate in candidates {
        let mut section: Vec<String> = Vec::new();
        for id in
            candidate.section.clone().filter(|id| document.blocks.get(*id).is_some_and(|block| block.is_article()))
        {
            section.extend(block_stems(document, id, stop));
        }
        let own: HashSet<&String> = section.iter().collect();
        let strange = candidate.stems.iter().filter(|stem| counts.get(*stem).copied().unwrap_or_default() <= 1).count();
        let shares = candidate.stems.iter().any(|stem| own.contains(stem));
        // a line that the next heading follows at once heads nothing: no word of it may occur elsewhere; of a line with
        // only leftovers behind it, no more than every third
        let lone = strange > SUBJECT && strange == candidate.stems.len();
        let last = strange > SUBJECT && strange * 3 >= candidate.stems.len() * 2;
        let alone = (lone && is_alone(document, &candidate)) || (last && is_last(document, &candidate));
        let says_little = section.len() < SECTION && !alone;
        if shares || says_little || strange < SUBJECT || strange * 2 < candidate.stems.len() {
            continue;
        }
        // without the form of a headline it may as well be a figure of speech
        let heading = text(document, candidate.block);
        let asks = alone && heading.trim_end().ends_with('?');
        if !asks && !is_headline(heading, lexicon) {
            continue;
        }
        // two strange words may be a figure of speech; three, or the company of other leftovers, are none
        let score = if strange > SUBJECT || document.marks.iter().any(|mark| mark.kind != HEADLINE) { 2 } else { 1 };
        let evidence = ["not-in-title", "not-in-section", "headline-form"].map(str::to_owned).to_vec();
        let Some(block) = document.blocks.get_mut(candidate.block) else { continue };
        // what may belong to the article is read
        block.leftover = score > 1;
        let span = block.text.span(0..block.text.as_str().len());
        document.marks.push(Mark {
            kind: HEADLINE.to_owned(),
            span,
            block: candidate.block,
            score,
            evidence,
            lines: vec![(candidate.block, span)],
            // the section below it may have come with it
            removable: false,
        });
    }
}

/// True for a line with nothing behind it but what was left over from the page, or that is itself the last behind such.
fn is_last(document: &Document, candidate: &Candidate) -> bool {
    let before = candidate.block.checked_sub(1).and_then(|id| document.blocks.get(id));
    if candidate.block + 1 == document.blocks.len() && before.is_some_and(|block| block.leftover) {
        return true;
    }
    let mut below = candidate.section.clone().filter_map(|id| document.blocks.get(id)).peekable();
    below.peek().is_some() && below.all(|block| !block.is_article())
}

/// True for a line with another heading right behind it that does not belong below it.
fn is_alone(document: &Document, candidate: &Candidate) -> bool {
    let (own, next) = (document.blocks.get(candidate.block), document.blocks.get(candidate.section.end));
    candidate.section.is_empty()
        && own.zip(next).is_some_and(|(own, next)| own.kind != BlockKind::Heading || next.level <= own.level)
}

/// A heading of the article, or a short line in title case that stands between paragraphs.
fn is_head(document: &Document, id: BlockId) -> bool {
    document.blocks.get(id).is_some_and(|block| {
        block.is_article()
            && (block.kind == BlockKind::Heading
                || (block.kind == BlockKind::Paragraph && is_title_case(block.text.as_str())))
    })
}

/// A line of at most thirty words without a full stop, nearly all of whose long words are capitalised.
fn is_title_case(text: &str) -> bool {
    if text.len() > 200 || text.trim_end().ends_with(['.', ',', ';', ':']) {
        return false;
    }
    let (mut long, mut capital, mut count) = (0, 0, 0);
    for word in text.split_whitespace() {
        count += 1;
        if word.len() > 3 {
            long += 1;
            capital += usize::from(word.trim_start_matches(['"', '“', '‘', '(']).starts_with(char::is_uppercase));
        }
    }
    (WORDS..=30).contains(&count) && long > 2 && capital * 5 >= long * 4
}

/// True for the forms that headlines of articles have: a question, a number of ways, a guide.
fn is_headline(text: &str, lexicon: &Lexicon) -> bool {
    let mut words = pieces(text).filter_map(|range| text.get(range)).map(fold);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    // "Top 10"
    let count = !second.is_empty() && second.bytes().all(|byte| byte.is_ascii_digit());
    let opens = format!("{first} {}", if count { "#" } else { &second });
    let is = |list: &str, word: &str| lexicon.list(list).iter().any(|own| own == word);
    is("headline-opening", &opens)
        || (first.bytes().all(|byte| byte.is_ascii_digit()) && is("headline-count", &second))
        || words.enumerate().any(|(at, word)| {
            let counted = at < COUNTED && first.bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty();
            is("headline-guide", &word) || (counted && is("headline-count", &word))
        })
}

fn is_about(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["title", "description", "keyword", "tag", "categor", "topic", "subject"].iter().any(|part| key.contains(part))
}

fn text(document: &Document, id: BlockId) -> &str {
    document.blocks.get(id).map_or("", |block| block.text.as_str())
}

/// The words of a heading.
fn words(text: &str) -> Vec<Cow<'_, str>> {
    let pieces = pieces(text).filter_map(|range| text.get(range));
    pieces.filter(|piece| piece.starts_with(char::is_alphanumeric)).map(fold).collect()
}

fn block_stems<'d>(document: &'d Document, id: BlockId, stop: Stop<'d>) -> impl Iterator<Item = String> + 'd {
    stems(text(document, id), stop)
}

/// Beginnings of the words that say what a text is about.
fn stems<'t>(text: &'t str, stop: Stop<'t>) -> impl Iterator<Item = String> + 't {
    pieces(text).filter_map(|range| text.get(range)).filter_map(|word| {
        if word.len() < 3 || !word.starts_with(char::is_alphabetic) {
            return None;
        }
        let word = fold(word);
        let word = word.strip_suffix("'s").unwrap_or(&word);
        if stop.common.contains(word) || stop.generic.contains(word) {
            return None;
        }
        let word = if word.len() > 4 { word.strip_suffix('s').unwrap_or(word) } else { word };
        Some(word.chars().take(STEM).collect())
    })
}
