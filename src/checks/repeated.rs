//! Sentences that stand in an article twice.
//!
//! Takes the article's statements and what was marked as a feed's; gives the later place with the earlier one. What
//! stands there three times is a refrain, and a key point may be repeated as the first sentence of its section. Knows
//! nothing of sentences that only mean the same.

use super::{Mechanism, Observation, Scene, Side};
use crate::document::{Block, BlockId, BlockKind};
use crate::finding::Place;
use crate::lexicon::{Lexicon, Mixed, Word, WordId, WordKind, fold};
use crate::sentence;
use crate::source::Span;
use serde::Deserialize;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Repeated {
    /// A sentence with fewer words may stand in an article twice.
    pub words: usize,
    /// A list of words: a sentence with one of them is a notice that may be repeated.
    pub unless: String,
}

impl Mechanism for Repeated {
    fn names(&self) -> Vec<(&'static str, &str)> {
        vec![("list", &self.unless)]
    }
    fn grades(&self) -> &'static [&'static str] {
        &["apart", "line"]
    }
    fn values(&self) -> &'static [&'static str] {
        &["line"]
    }
    fn roles(&self) -> &'static [&'static str] {
        &["first"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let article = scene.article;
        let document = &article.document;
        let counts = |block: &Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        let mut sentences: Vec<One<'_>> = Vec::new();
        for statement in &article.statements {
            let Some(block) = document.blocks.get(statement.block) else { continue };
            if counts(block) && block.is_article() {
                let text = statement.text(document);
                let key = self.key(text, block.text.as_str(), &statement.words);
                let span = block.text.span(statement.range.clone());
                sentences.extend(key.map(|key| One { span, key, block: statement.block, text }));
            }
        }
        for (id, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.leftover && counts(block)) {
            for one in sentence::split(block, scene.lexicon) {
                let text = block.text.as_str().get(one.range.clone()).unwrap_or_default();
                // a feed writes the name of the site behind its headline
                let headline =
                    text.rsplit_once(" – ").or_else(|| text.rsplit_once(" | ")).map_or(text, |(head, _)| head);
                let end = one.range.start + headline.len();
                let own = one.words.partition_point(|word| word.range.end <= end);
                let key = self.key(headline, block.text.as_str(), one.words.get(..own).unwrap_or_default());
                let span = block.text.span(one.range.clone());
                sentences.extend(key.map(|key| One { span, key, block: id, text: headline }));
            }
        }
        // in most articles nothing is repeated
        let mut keys: Vec<u64> = sentences.iter().map(|one| one.key).collect();
        keys.sort_unstable();
        if keys.windows(2).all(|pair| pair.first() != pair.last()) {
            return;
        }
        sentences.retain(|one| !self.is_notice(one.text, scene.lexicon));
        sentences.sort_by_key(|one| one.span);
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, one) in sentences.iter().enumerate() {
            places.entry(one.key).or_default().push(at);
        }
        let repeats = |at: usize| {
            let one = sentences.get(at)?;
            match places.get(&one.key).map(Vec::as_slice) {
                Some([first, second]) if *second == at => Some(*first),
                _ => None,
            }
        };
        let mut at = 0;
        while let Some(one) = sentences.get(at) {
            let start = at;
            at += 1;
            let Some((before, first)) = repeats(start).and_then(|first| Some((first, sentences.get(first)?))) else {
                continue;
            };
            // sentences that are repeated together are one passage
            while repeats(at).is_some_and(|other| other == before + at - start) {
                at += 1;
            }
            let end = |from: usize| sentences.get(from + at - start - 1).map(|last| last.span);
            let span = end(start).map_or(one.span, |last| one.span.cover(last));
            let earlier = end(before).map_or(first.span, |last| first.span.cover(last));
            let near = one.block.abs_diff(first.block) <= 1;
            let place = Place::of(article.source, earlier);
            let same_line = place.start.line == Place::of(article.source, span).start.line;
            seen.push(Observation {
                grade: match (!near && at - start == 1, same_line) {
                    (true, _) => Some("apart"),
                    (false, true) => Some("line"),
                    (false, false) => None,
                },
                span,
                values: vec![("line", place.start.line.to_string())],
                related: vec![Side { role: "first", place, value: String::new() }],
                fix: None,
            });
        }
    }
}

/// A sentence that may be repeated.
struct One<'d> {
    span: Span,
    key: u64,
    block: BlockId,
    text: &'d str,
}

impl Repeated {
    /// A number for the words of a sentence, case and punctuation left out; `None` where repeating is no fault. `prose`:
    /// of its block, in which its words have their bytes.
    fn key(&self, text: &str, prose: &str, words: &[Word]) -> Option<u64> {
        if words.len() < self.words || text.trim_end().ends_with('?') {
            return None;
        }
        let mut count = 0;
        let mut hash = Mixed::default().build_hasher();
        for word in words {
            let written = prose.get(word.range.clone()).unwrap_or_default();
            // code and addresses are no sentences
            if word.kind == WordKind::Address && written.contains('/')
                || word.kind == WordKind::Mark && matches!(written, "$" | "{" | "}" | "=" | "/")
            {
                return None;
            }
            if written.starts_with(char::is_alphanumeric) {
                count += 1;
                match word.token.word {
                    WordId::UNKNOWN => fold(written).hash(&mut hash),
                    known => known.hash(&mut hash),
                }
            }
        }
        (count >= self.words).then(|| hash.finish())
    }

    /// True for what may be said twice.
    fn is_notice(&self, text: &str, lexicon: &Lexicon) -> bool {
        let folded = fold(text);
        lexicon.list(&self.unless).iter().any(|word| folded.contains(word.as_str()))
    }
}
