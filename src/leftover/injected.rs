//! Web addresses dropped into a sentence that has no place for them.
//!
//! Takes a document; marks such addresses with their evidence and cuts them from the prose. The place alone never
//! decides: an address must stand between two lower-case words with no slot for it (the gate), and then each sign
//! counts one point. The names of the signs are worded by the rule.

use super::{INJECTED, host, shift};
use crate::document::{Block, BlockId, BlockKind, Document, Mark};
use crate::grammar::address::{AddressKind, addresses};
use crate::lexicon::{Lexicon, fold};
use crate::source::{Source, Span};
use std::collections::HashMap;
use std::ops::Range;
use url::Url;

/// From this score on an address is marked.
const ENOUGH: i32 = 2;

/// A block with more addresses than this is a list of links.
const MANY: usize = 3;

/// A bare address in the prose.
struct Bare {
    block: BlockId,
    range: Range<usize>,
    url: Url,
}

/// Marks injected addresses.
pub(super) fn mark(document: &mut Document, source: &Source, lexicon: &Lexicon, allow: &[String], deny: &[String]) {
    let bare = bare(document, source, lexicon);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for one in &bare {
        *counts.entry(one.url.as_str()).or_default() += 1;
    }
    let mut found = Vec::new();
    for one in &bare {
        let Some(block) = document.blocks.get(one.block) else { continue };
        let host_name = one.url.host_str().unwrap_or_default();
        let denied = host::is_under(host_name, deny.iter().map(String::as_str));
        let Some(after) = gate(block, &one.range, lexicon) else { continue };
        if !denied && host::is_trusted(&one.url, lexicon, allow) {
            continue;
        }
        let mut evidence = vec!["no-slot"];
        if !is_in(lexicon, "address-gap", &after) {
            evidence.push("reads-on");
        }
        if host::is_home(&one.url) {
            evidence.push("home-page");
        }
        if denied {
            evidence.push("denied");
        } else if host::trade(&one.url, lexicon).is_some() {
            evidence.push("commercial");
        } else if is_unrelated(document, &one.url) {
            evidence.push("unrelated");
        }
        if bare.len() == 1 {
            evidence.push("alone");
        } else if counts.get(one.url.as_str()).is_some_and(|count| *count > 1) {
            evidence.push("repeated");
        }
        let score = i32::try_from(evidence.len()).unwrap_or(i32::MAX) - 1 + i32::from(denied);
        if score >= ENOUGH {
            found.push((one.block, one.range.clone(), score, evidence));
        }
    }
    for (id, range, score, evidence) in found.into_iter().rev() {
        cut(document, id, range, score, evidence);
    }
}

/// All bare addresses with a scheme or `www.` in running text.
fn bare(document: &Document, source: &Source, lexicon: &Lexicon) -> Vec<Bare> {
    let mut bare = Vec::new();
    for (id, block) in document.blocks.iter().enumerate() {
        if !block.is_article() || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote) {
            continue;
        }
        let text = block.text.as_str();
        if !text.contains("://") && !text.contains("www.") {
            continue;
        }
        let found = addresses(text, lexicon);
        for one in found.into_iter().filter(|one| one.kind == AddressKind::Url) {
            let written = text.get(one.range.clone()).unwrap_or_default();
            let is_code = || {
                let start = block.text.span(one.range.clone()).start;
                source.text().get(..start).is_some_and(|before| before.ends_with('`'))
            };
            if !(written.contains("://") || written.starts_with("www.")) || is_code() {
                continue;
            }
            if let Some(url) = host::web_address(written) {
                bare.push(Bare { block: id, range: one.range, url });
            }
        }
    }
    let mut many: HashMap<BlockId, usize> = HashMap::new();
    for one in &bare {
        *many.entry(one.block).or_default() += 1;
    }
    bare.retain(|one| many.get(&one.block).is_some_and(|count| *count <= MANY));
    bare
}

/// The word behind an address that stands where its sentence has no place for it.
fn gate(block: &Block, range: &Range<usize>, lexicon: &Lexicon) -> Option<String> {
    let text = block.text.as_str();
    let (head, tail) = (text.get(..range.start)?, text.get(range.end..)?);
    if !head.ends_with(char::is_whitespace) || !tail.starts_with(char::is_whitespace) {
        return None;
    }
    let mut before = head.split_whitespace().rev();
    let (last, earlier) = (before.next()?, before.next().unwrap_or_default());
    let next = tail.split_whitespace().next()?;
    let next = next.trim_end_matches([',', '.', ';', ':', ')', '!', '?']);
    let is_word = |word: &str| {
        word.starts_with(char::is_lowercase) && word.chars().all(|letter| letter.is_alphabetic() || letter == '-')
    };
    if !is_word(last) || !is_word(next) {
        return None;
    }
    let earlier = fold(earlier.trim_start_matches(['(', '"', '“', '*', '_']));
    let slot = is_in(lexicon, "address-slot", &fold(last))
        || is_in(lexicon, "address-verb-place", &earlier)
        || is_in(lexicon, "address-follows", &fold(next));
    (!slot).then(|| fold(next).into_owned())
}

fn is_in(lexicon: &Lexicon, list: &str, word: &str) -> bool {
    lexicon.list(list).iter().any(|own| own == word)
}

/// True when neither a heading nor another link has anything to do with the name of the domain.
fn is_unrelated(document: &Document, url: &Url) -> bool {
    let name = host::name(url);
    let domain = host::registrable(url);
    let others = document.links.iter().filter_map(|link| host::web_address(&link.target));
    if others.filter(|other| other != url).any(|other| host::registrable(&other) == domain) {
        return false;
    }
    let headings = document.blocks.iter().filter(|block| block.kind == BlockKind::Heading && !block.leftover);
    let titles = document.metadata.iter().filter(|field| field.key.to_lowercase().contains("title"));
    let texts = headings.map(|block| block.text.as_str()).chain(titles.map(|field| field.value.as_str()));
    !texts.flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric())).any(|word| {
        word.len() >= 4 && {
            let word = fold(word);
            let stem = word.strip_suffix('s').unwrap_or(&word);
            stem.len() >= 4 && name.contains(stem)
        }
    })
}

/// Cuts an address with one space from the prose and marks its place in the source.
fn cut(document: &mut Document, id: BlockId, range: Range<usize>, score: i32, evidence: Vec<&str>) {
    let Some(block) = document.blocks.get_mut(id) else { return };
    let mut span = block.text.span(range.clone());
    let space = block.text.as_str().get(range.end..).and_then(|rest| rest.chars().next());
    let range = range.start..range.end + space.filter(|space| space.is_whitespace()).map_or(0, char::len_utf8);
    block.text.cut(range.clone());
    // the whole construct: angle brackets, or the element whose text is the address
    if let Some(link) = document.links.iter().find(|link| link.block == Some(id) && link.span.contains(span)) {
        span = Span::new(link.span.start, link.span.end);
    }
    shift(document, id, &range);
    let evidence = evidence.into_iter().map(str::to_owned).collect();
    document.marks.push(Mark { kind: INJECTED.to_owned(), span, block: id, score, evidence });
}
