//! Tricks with characters and styles: text that readers cannot see, and letters that are not what they look like.
//!
//! Takes the blocks as read, hidden ones too; gives observations. Says nothing of text in other alphabets, of Greek
//! letters in names or of marks that scripts need.

mod letter;

use super::{Mechanism, Observation, Scene};
use crate::document::{Block, BlockId, Region};
use crate::finding::Fix;
use crate::leftover::host;
use crate::lexicon::{Lexicon, fold, pieces};
use crate::source::Span;
use letter::{impostors, is_unseen};
use serde::Deserialize;
use std::collections::HashSet;
use url::Url;

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Script {
    /// What is looked for.
    pub fault: Fault,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Text that markup hides, and characters that nobody sees inside words.
    Hidden,
    /// Letters of another alphabet inside a Latin word.
    Homograph,
}

/// A text with fewer words that a trick hides is a label or a logo; with this many and no bait it has no other reason.
const WORDS: usize = 3;
const LONG: usize = 12;
/// With a single word of trade it may still be the name of a shop.
const SOME: usize = 5;
/// Words of trade that make a hidden text bait, and the least share of its words that they are, in per cent.
const BAIT: usize = 3;
const SHARE: usize = 25;

impl Mechanism for Script {
    fn grades(&self) -> &'static [&'static str] {
        &["invisible"]
    }
    fn values(&self) -> &'static [&'static str] {
        &["text", "points"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        for (id, block) in document.blocks.iter().enumerate() {
            match self.fault {
                Fault::Hidden if block.hidden => {
                    // the text of a page's own menus and forms folds out, too
                    let reads = block.tricked || block.region == Region::Body;
                    if reads && is_spam(scene, id, block) {
                        seen.push(observation(block, 0..block.text.as_str().len(), None, String::new()));
                    }
                }
                Fault::Hidden => unseen(block, seen),
                Fault::Homograph if block.region == Region::Body => mixed(block, seen),
                Fault::Homograph => {}
            }
        }
    }
}

fn observation(
    block: &Block,
    range: std::ops::Range<usize>,
    grade: Option<&'static str>,
    points: String,
) -> Observation {
    let text = block.text.as_str().get(range.clone()).unwrap_or_default().to_owned();
    Observation {
        grade,
        span: block.text.span(range),
        related: Vec::new(),
        values: vec![("text", text), ("points", points)],
        fix: None,
    }
}

/// Text without sentences that is full of words of trade.
fn is_bait(block: &Block, lexicon: &Lexicon) -> bool {
    let text = block.text.as_str();
    let words: Vec<_> = pieces(text).filter_map(|range| text.get(range)).map(fold).collect();
    let bait = lexicon.list("hidden-bait");
    let found: Vec<&str> = words.iter().map(AsRef::as_ref).filter(|word| bait.iter().any(|own| own == word)).collect();
    let distinct: HashSet<&&str> = found.iter().collect();
    distinct.len() >= BAIT && found.len() * 100 >= words.len() * SHARE
}

/// True for hidden text that was not written for the readers of the page: it is made of words of trade or leads to a
/// trade, or a trick hides more of it than a label has.
fn is_spam(scene: &Scene<'_>, id: BlockId, block: &Block) -> bool {
    let links = scene.article.document.links.iter().filter(|link| link.block == Some(id));
    let urls: Vec<Url> = links.filter_map(|link| host::web_address(&link.target)).collect();
    let policy = &scene.setting.domains;
    let allowed = |url: &Url| policy.verdict(url.host_str().unwrap_or_default()) == Some(host::Verdict::Allowed);
    let text = block.text.as_str();
    if urls.iter().any(|url| !allowed(url) && host::trade(url, scene.lexicon).is_some()) {
        return true;
    }
    if !block.tricked {
        return is_bait(block, scene.lexicon);
    }
    let count = text.split_whitespace().count();
    let bait = scene.lexicon.list("hidden-bait");
    let words = pieces(text).filter_map(|range| text.get(range)).map(fold);
    let baits = words.filter(|word| bait.iter().any(|own| own == word)).count();
    let hosts: HashSet<&str> = urls.iter().map(host::registrable).collect();
    count >= LONG || (count >= WORDS && (baits > 1 || hosts.len() > 1)) || (count >= SOME && baits > 0)
}

/// Characters that nobody sees between two letters of a word: one observation for a word.
fn unseen(block: &Block, seen: &mut Vec<Observation>) {
    let text = block.text.as_str();
    if text.is_ascii() || !block.is_article() {
        return;
    }
    for range in pieces(text) {
        let word = text.get(range.clone()).unwrap_or_default();
        let inner: Vec<(usize, char)> = word.char_indices().filter(|(_, letter)| is_unseen(*letter)).collect();
        let latin = word.chars().filter(char::is_ascii_alphabetic).count();
        let within = |at: usize| {
            let (before, after) = (word.get(..at).unwrap_or_default(), word.get(at..).unwrap_or_default());
            before.ends_with(|letter: char| letter.is_ascii_alphabetic())
                && after
                    .chars()
                    .find(|letter| !is_unseen(*letter) && *letter != SOFT_HYPHEN)
                    .is_some_and(|letter| letter.is_ascii_alphabetic())
        };
        let inner = if is_chopped(word) {
            word.char_indices().filter(|(_, letter)| is_unseen(*letter) || *letter == SOFT_HYPHEN).collect()
        } else {
            inner
        };
        if latin < 2 || !inner.iter().any(|(at, _)| within(*at)) {
            continue;
        }
        let points: Vec<String> = inner.iter().map(|(_, letter)| format!("U+{:04X}", u32::from(*letter))).collect();
        let mut one = observation(block, range.clone(), Some("invisible"), points.join(" "));
        let edits: Vec<(Span, String)> = inner
            .iter()
            .map(|(at, letter)| {
                (block.text.span(range.start + at..range.start + at + letter.len_utf8()), String::new())
            })
            .filter(|(span, _)| !span.is_empty())
            .collect();
        one.fix = Some(Fix { message: "take the invisible characters out".to_owned(), edits });
        seen.push(one);
    }
}

/// A place where a word may be broken.
const SOFT_HYPHEN: char = '\u{ad}';

/// True for a word with a soft hyphen behind nearly every letter: no line is broken there, but filters are fooled.
fn is_chopped(word: &str) -> bool {
    let parts = word.split(SOFT_HYPHEN).count();
    let single = word.split(SOFT_HYPHEN).filter(|part| part.chars().nth(1).is_none()).count();
    parts > 3 && single * 2 > parts
}

/// Latin words with letters that only look Latin.
fn mixed(block: &Block, seen: &mut Vec<Observation>) {
    let text = block.text.as_str();
    if text.is_ascii() || block.hidden || block.foreign {
        return;
    }
    for range in pieces(text) {
        let word = text.get(range.clone()).unwrap_or_default();
        if word.is_ascii() {
            continue;
        }
        let found = impostors(word);
        if found.is_empty() {
            continue;
        }
        let points: Vec<String> = found
            .iter()
            .map(|(letter, script)| format!("{script} “{letter}” (U+{:04X})", u32::from(*letter)))
            .collect();
        seen.push(observation(block, range, None, points.join(", ")));
    }
}
