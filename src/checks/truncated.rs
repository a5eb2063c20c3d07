//! Paragraphs that stop without an ending.
//!
//! Takes the paragraphs of the article; gives those whose last sentence is broken off. Leaves alone what leads into a
//! list, ends in a link or goes on in the next block.

use super::{Mechanism, Observation, Scene};
use crate::document::{BlockId, BlockKind, Document};
use crate::lexicon::{Lexicon, fold};
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Truncated {
    /// From how many words on a paragraph without any full stop counts.
    pub words: usize,
    /// A list of words that no sentence ends with: a paragraph that ends with one is cut off for certain.
    pub never_ends: String,
    /// A list of words that open a byline: it ends without a full stop.
    pub bylines: String,
}

impl Mechanism for Truncated {
    fn names(&self) -> Vec<(&'static str, &str)> {
        vec![("list", &self.never_ends), ("list", &self.bylines)]
    }
    fn grades(&self) -> &'static [&'static str] {
        &["teaser"]
    }
    fn values(&self) -> &'static [&'static str] {
        &["ending"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        for (id, block) in document.blocks.iter().enumerate() {
            if block.kind != BlockKind::Paragraph || !block.is_article() {
                continue;
            }
            let text = block.text.as_str().trim_end();
            let Some(grade) = self.broken(document, id, text, scene.lexicon) else { continue };
            // the last sentence, or the last words of it
            let from = text.char_indices().rev().skip(1).find_map(|(at, letter)| {
                let ends = matches!(letter, '.' | '!' | '?')
                    && text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
                ends.then_some(at + 1)
            });
            let tail = text.get(from.unwrap_or(0)..).unwrap_or_default();
            let start = text.len() - tail.trim_start().len();
            let words: Vec<&str> = tail.split_whitespace().rev().take(6).collect();
            let ending = words.into_iter().rev().collect::<Vec<_>>().join(" ");
            seen.push(Observation {
                grade,
                span: block.text.span(start..text.len()),
                related: Vec::new(),
                values: vec![("ending", ending)],
                fix: None,
            });
        }
    }
}

impl Truncated {
    /// Whether a paragraph is broken off, and by which grade.
    fn broken(&self, document: &Document, id: BlockId, text: &str, lexicon: &Lexicon) -> Option<Option<&'static str>> {
        let last = text.chars().next_back()?;
        // most paragraphs end as they should
        if !(last.is_lowercase() || matches!(last, ',' | '-' | '–' | ']')) {
            return None;
        }
        let many = text.split_whitespace().count() >= self.words;
        let stops = text.as_bytes().windows(2).filter(|pair| matches!(pair, [b'.' | b'!' | b'?', b' '])).count();
        if (text.ends_with("[…]") || text.ends_with("[...]")) && (many || stops > 0) {
            return Some(Some("teaser"));
        }
        let word = text.rsplit(char::is_whitespace).next()?;
        let is_word = (last.is_lowercase() && word.starts_with(char::is_lowercase)) || matches!(last, ',' | '-' | '–');
        let looks = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        let hangs = lexicon.list(&self.never_ends).iter().any(|own| own == word);
        if !is_word || !looks(word) || !(stops > 0 || (many && hangs)) || (!many && stops == 0) {
            return None;
        }
        // a link at the end, and words in markup of their own (buttons, signatures), end by themselves
        let ends_in_link = document.links.iter().any(|link| link.block == Some(id) && link.range.end + 2 >= text.len());
        let follows = document.blocks.get(id + 1).filter(|next| {
            next.kind == BlockKind::Item
                || next.kind == BlockKind::Cell
                || next.text.as_str().starts_with(|letter: char| letter.is_lowercase())
                || (next.kind == BlockKind::Quote && !hangs)
        });
        let tail = text.rsplit(['.', '!', '?', ':', '|', '·', '•']).next().unwrap_or_default();
        let opening = fold(tail.trim_start()).into_owned();
        let is_byline = lexicon.list(&self.bylines).iter().any(|own| {
            opening
                .strip_prefix(own.as_str())
                .is_some_and(|rest| rest.starts_with(|letter: char| !letter.is_alphabetic()))
        });
        let short_tail = tail.split_whitespace().count() < 5 && !hangs;
        // a flattened list, or the name of an institute
        let long = tail.split_whitespace().filter(|word| word.len() > 3);
        let (capital, count) = long.fold((0, 0), |(capital, count), word| {
            (capital + usize::from(word.starts_with(char::is_uppercase)), count + 1)
        });
        let is_name = capital * 2 > count || text.rfind(':') > text.rfind(['.', '!', '?']);
        (!ends_in_link && follows.is_none() && !short_tail && !is_name && !is_byline).then_some(None)
    }
}
