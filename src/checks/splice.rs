//! Search phrases wedged into a sentence.
//!
//! Takes statements with their entities; gives "recall X addiction past events", where a keyword stands between a verb
//! and the words that the verb takes. There is no grammar behind it, so that it speaks only in an article where an
//! address or a headline was injected too.

use super::{Mechanism, Observation, Scene};
use crate::document::{BlockKind, Document};
use crate::leftover::{FEED, HEADLINE, INJECTED};
use crate::lexicon::fold;
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Splice {
    /// Classes of what a search phrase begins with.
    pub of: Vec<String>,
    /// A list of words that make it a search phrase.
    pub heads: String,
    /// A list of words that leave room for it: what stands before it is no verb, what stands behind it no object.
    pub slots: String,
    /// A list of words behind which a verb stands.
    pub leads: String,
}

impl Mechanism for Splice {
    fn names(&self) -> Vec<(&'static str, &str)> {
        let classes = self.of.iter().map(|class| ("class", class.as_str()));
        classes
            .chain([("list", self.heads.as_str()), ("list", self.slots.as_str()), ("list", self.leads.as_str())])
            .collect()
    }
    fn values(&self) -> &'static [&'static str] {
        &["phrase"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        let injected = |kind: &str| [INJECTED, HEADLINE, FEED].contains(&kind);
        if !document.marks.iter().any(|mark| injected(&mark.kind)) {
            return;
        }
        for statement in &scene.article.statements {
            let block = document.blocks.get(statement.block);
            if !block.is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)) {
                continue;
            }
            for entity in &statement.entities {
                let wanted = self.of.iter().filter_map(|class| scene.lexicon.class(class));
                if !wanted.into_iter().any(|class| scene.lexicon.is_a(entity.entry, class)) {
                    continue;
                }
                if let Some(words) = self.wedged(scene, document, statement, &entity.words) {
                    let bytes = statement.bytes_of(words);
                    let phrase = statement.prose(document, bytes.clone()).to_owned();
                    let span = statement.span_of(document, bytes);
                    if seen.last().is_none_or(|last| last.span != span) {
                        seen.push(Observation {
                            grade: None,
                            span,
                            related: Vec::new(),
                            values: vec![("phrase", phrase)],
                            fix: None,
                        });
                    }
                }
            }
        }
    }
}

impl Splice {
    /// The words of a search phrase that begins at `entity`, when a word of content stands before it and two behind.
    fn wedged(
        &self,
        scene: &Scene<'_>,
        document: &Document,
        statement: &Statement,
        entity: &Range<usize>,
    ) -> Option<Range<usize>> {
        let word = |at: usize| statement.words.get(at).map(|word| fold(statement.prose(document, word.range.clone())));
        let is = |list: &str, word: &str| scene.lexicon.list(list).iter().any(|own| own == word);
        // the keyword may belong to the entity's name (of a disorder, say) or stand behind it
        let end = if word(entity.end).is_some_and(|head| is(&self.heads, &head)) {
            entity.end + 1
        } else if entity.len() > 1 && word(entity.end - 1).is_some_and(|head| is(&self.heads, &head)) {
            entity.end
        } else {
            return None;
        };
        let content = |at: usize| {
            word(at).is_some_and(|word| {
                word.len() > 2
                    && word.chars().all(|letter| letter.is_lowercase())
                    && !is(&self.slots, &word)
                    && !is(&self.heads, &word)
            })
        };
        let before = entity.start.checked_sub(1)?;
        // a subject before the verb, or "to": what stands before the phrase is then a verb
        let led = before.checked_sub(1).and_then(word).is_some_and(|word| is(&self.leads, &word));
        let adjoins = led && content(before) && content(end) && content(end + 1) && !word(end)?.ends_with("ing");
        adjoins.then_some(entity.start..end)
    }
}
