//! Web addresses dropped into a sentence that has no place for them.
//!
//! Takes a document; marks such addresses with their evidence and cuts them from the prose. The place alone never
//! decides: an address must stand between two lower-case words with no slot for it (the gate), and then each sign
//! counts one point. The names of the signs are worded by the rule.

use super::host::{Policy, Verdict};
use super::{Cuts, INJECTED, host, shift};
use crate::document::{Block, BlockId, BlockKind, Document, Mark};
use crate::grammar::address::{AddressKind, addresses};
use crate::lexicon::{Lexicon, fold};
use crate::source::{Source, Span};
use std::collections::{HashMap, HashSet};
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
pub(super) fn mark(document: &mut Document, source: &Source, lexicon: &Lexicon, policy: &Policy) {
    let bare = bare(document, source, lexicon);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for one in &bare {
        *counts.entry(one.url.as_str()).or_default() += 1;
    }
    if bare.is_empty() {
        return;
    }
    let page = Page::new(document);
    let trusted = host::Trusted::new(lexicon, policy);
    let mut found = Vec::new();
    for one in &bare {
        let Some(block) = document.blocks.get(one.block) else { continue };
        let host_name = one.url.host_str().unwrap_or_default();
        let denied = policy.verdict(host_name) == Some(Verdict::Denied);
        let Some(after) = gate(block, &one.range, lexicon) else { continue };
        if !denied && trusted.covers(&one.url) {
            continue;
        }
        let mut evidence = vec!["no-slot"];
        let gives_away = denied || host::trade(&one.url, lexicon).is_some_and(|(_, list)| list != "domain-part");
        match after {
            After::Word(word) if !is_in(lexicon, "address-gap", &word) => evidence.push("reads-on"),
            After::Opening if !gives_away => continue,
            After::Word(_) | After::Opening => {}
        }
        if host::is_home(&one.url) {
            evidence.push("home-page");
        }
        if denied {
            evidence.push("denied");
        } else if host::trade(&one.url, lexicon).is_some() {
            evidence.push("commercial");
        } else if page.is_unrelated(&one.url) {
            evidence.push("unrelated");
        }
        if bare.len() == 1 {
            evidence.push("alone");
        } else if counts.get(one.url.as_str()).is_some_and(|count| *count > 1) {
            evidence.push("repeated");
        }
        let score = i32::try_from(evidence.len()).unwrap_or(i32::MAX) - 1 + i32::from(denied);
        if score >= ENOUGH {
            // the whole construct: angle brackets, or the element whose text is the address
            let text = block.text.span(one.range.clone());
            let of_block = page.links.get(&one.block).into_iter().flatten();
            let span = of_block.copied().find(|link| link.contains(text)).unwrap_or(text);
            found.push((one.block, one.range.clone(), span, score, evidence));
        }
    }
    let mut cuts = Cuts::new();
    for (id, range, span, score, evidence) in found.into_iter().rev() {
        let Some(block) = document.blocks.get_mut(id) else { continue };
        let space = block.text.as_str().get(range.end..).and_then(|rest| rest.chars().next());
        let end = range.end + space.filter(|space| space.is_whitespace()).map_or(0, char::len_utf8);
        block.text.cut(range.start..end);
        cuts.entry(id).or_default().push(range.start..end);
        let evidence = evidence.into_iter().map(str::to_owned).collect();
        document.marks.push(Mark {
            kind: INJECTED.to_owned(),
            span,
            block: id,
            score,
            evidence,
            lines: vec![(id, span)],
            removable: true,
        });
    }
    shift(document, &cuts);
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

/// What follows an address that stands where its sentence has no place for it.
enum After {
    /// A word with which the sentence goes on.
    Word(String),
    /// A word that opens something new; only an address that gives itself away stands before it.
    Opening,
}

/// Whether the sentence has no place for an address, by the words around it.
fn gate(block: &Block, range: &Range<usize>, lexicon: &Lexicon) -> Option<After> {
    let text = block.text.as_str();
    let (head, tail) = (text.get(..range.start)?, text.get(range.end..)?);
    if !head.ends_with(char::is_whitespace) || !tail.starts_with(char::is_whitespace) {
        return None;
    }
    let mut before = head.split_whitespace().rev();
    let (last, earlier) = (before.next()?, before.next().unwrap_or_default());
    let letters = |word: &str| word.chars().all(|letter| letter.is_alphabetic() || letter == '-');
    let is_word = |word: &str| word.starts_with(char::is_lowercase) && letters(word);
    // the first word of a sentence is no name when it is a plural that the block has in small letters, too
    let opens = earlier.is_empty() || earlier.ends_with(['.', '!', '?', ':']);
    let small = last.to_lowercase();
    let is_plural =
        opens && letters(last) && last.len() > 4 && last.ends_with('s') && head.len() + tail.len() > 80 && {
            let stem = small.trim_end_matches('s');
            tail.split_whitespace().any(|word| word.starts_with(stem)) || is_in(lexicon, "splice-lead", &small)
        };
    if !is_word(last) && !is_plural {
        return None;
    }
    let earlier = fold(earlier.trim_start_matches(['(', '"', '“', '*', '_']));
    if is_in(lexicon, "address-slot", &small) || is_in(lexicon, "address-verb-place", &earlier) {
        return None;
    }
    // words that say how or when leave open what follows
    let mut next = "";
    for word in tail.split_whitespace() {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '!', '?']);
        let is_adverb = is_in(lexicon, "address-adverb", &fold(bare)) || (bare.len() > 4 && bare.ends_with("ly"));
        if is_adverb && bare.len() < word.len() {
            return None;
        }
        next = bare;
        if !is_adverb {
            break;
        }
    }
    let folded = fold(next);
    if !is_word(next) || is_in(lexicon, "address-adverb", &folded) {
        return None;
    }
    if is_in(lexicon, "address-follows", &folded) {
        return Some(After::Opening);
    }
    Some(After::Word(folded.into_owned()))
}

fn is_in(lexicon: &Lexicon, list: &str, word: &str) -> bool {
    lexicon.list(list).iter().any(|own| own == word)
}

/// What an address is compared with.
struct Page {
    /// The places of links by their block.
    links: HashMap<BlockId, Vec<Span>>,
    /// How many different addresses lie under each registrable domain.
    domains: HashMap<String, HashSet<String>>,
    /// Words of the headings and titles, each once.
    words: HashSet<String>,
}

/// Headings hold no more different words than this, or they say nothing.
const VOCABULARY: usize = 500;

impl Page {
    fn new(document: &Document) -> Self {
        let mut links: HashMap<BlockId, Vec<Span>> = HashMap::new();
        let mut domains: HashMap<String, HashSet<String>> = HashMap::new();
        for link in &document.links {
            if let Some(block) = link.block {
                links.entry(block).or_default().push(link.span);
            }
            if let Some(url) = host::web_address(&link.target) {
                domains.entry(host::registrable(&url).to_owned()).or_default().insert(url.into());
            }
        }
        let headings = document.blocks.iter().filter(|block| block.kind == BlockKind::Heading && !block.leftover);
        let titles = document.metadata.iter().filter(|field| field.key.to_lowercase().contains("title"));
        let texts = headings.map(|block| block.text.as_str()).chain(titles.map(|field| field.value.as_str()));
        let words = texts
            .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
            .filter(|word| word.len() >= 4)
            .map(|word| fold(word).into_owned())
            .take(VOCABULARY)
            .collect();
        Self { links, domains, words }
    }

    /// True when neither a heading nor another link has anything to do with the name of the domain.
    fn is_unrelated(&self, url: &Url) -> bool {
        let others = self.domains.get(host::registrable(url));
        if others.is_some_and(|others| others.iter().any(|other| other != url.as_str())) {
            return false;
        }
        let name = host::name(url);
        !self.words.iter().any(|word| {
            let stem = word.strip_suffix('s').unwrap_or(word);
            stem.len() >= 4 && name.contains(stem)
        })
    }
}
