//! Words that point back at something that is not there.
//!
//! Takes the statements that open an article, a section or an item of a list that nothing leads into; gives pronouns
//! and "this thing" whose thing nobody has named. Understands no synonym, so that it only asks.

use super::{Mechanism, Observation, Scene};
use crate::document::{BlockId, BlockKind, Document};
use crate::lexicon::{Lexicon, fold};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters: names of lists.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Antecedent {
    /// How a sentence begins that points back: one to three words.
    pub openings: String,
    /// Words before the thing pointed at (this, these).
    pub pointers: String,
    /// Things that need no name before them.
    pub unless: String,
    /// Words that end the name of a thing: what follows is not part of it.
    pub after: String,
}

/// How many statements back a thing may have been named.
const BACK: usize = 3;
/// Letters that two forms of a word share.
const STEM: usize = 5;

impl Mechanism for Antecedent {
    fn names(&self) -> Vec<(&'static str, &str)> {
        vec![("list", &self.openings), ("list", &self.pointers), ("list", &self.unless), ("list", &self.after)]
    }
    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        let statements = &scene.article.statements;
        let mut section: Option<BlockId> = None;
        let mut began = false;
        for (at, statement) in statements.iter().enumerate() {
            let Some(block) = document.blocks.get(statement.block) else { continue };
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
                continue;
            }
            let opens_section = !began || block.heading != section;
            let is_first =
                at.checked_sub(1).and_then(|at| statements.get(at)).is_none_or(|last| last.block != statement.block);
            let lead = block.list.and_then(|place| place.lead).and_then(|lead| document.blocks.get(lead));
            let is_led = lead.is_some_and(|lead| lead.text.as_str().trim_end().ends_with(':'));
            (began, section) = (true, block.heading);
            let is_item = block.kind == BlockKind::Item && is_first && !is_led;
            if !(opens_section || is_item) {
                continue;
            }
            let before = statements.get(at.saturating_sub(BACK)..at).unwrap_or_default();
            let found = if opens_section { self.opening(document, statement, scene.lexicon) } else { None };
            let found = found.or_else(|| self.pointer(document, statement, before, scene.lexicon));
            if let Some((words, text)) = found {
                seen.push(Observation {
                    grade: None,
                    span: statement.span_of(document, statement.bytes_of(words)),
                    related: Vec::new(),
                    values: vec![("text", text)],
                    fix: None,
                });
            }
        }
    }
}

type Found = (std::ops::Range<usize>, String);

impl Antecedent {
    fn opening(&self, document: &Document, statement: &Statement, lexicon: &Lexicon) -> Option<Found> {
        let text = fold(statement.text(document)).into_owned();
        let opening = lexicon.list(&self.openings).iter().find(|opening| {
            text.strip_prefix(opening.as_str()).is_some_and(|rest| rest.starts_with([' ', '\'', ',']))
        })?;
        let shown = statement.text(document).get(..opening.len()).unwrap_or(opening.as_str());
        Some((0..statement.words.len(), shown.to_owned()))
    }

    /// "this receptor", when no statement before it, no heading and nothing before it in its own sentence names one.
    fn pointer(
        &self,
        document: &Document,
        statement: &Statement,
        before: &[Statement],
        lexicon: &Lexicon,
    ) -> Option<Found> {
        let word = |at: usize| statement.words.get(at).map(|word| fold(statement.prose(document, word.range.clone())));
        let is = |list: &str, word: &str| lexicon.list(list).iter().any(|own| own == word);
        // a thing with a capital is a name
        let is_common = |at: usize| {
            let written = statement.words.get(at).map(|word| statement.prose(document, word.range.clone()));
            written.is_some_and(|word| word.chars().all(char::is_lowercase))
        };
        for at in 0..statement.words.len() {
            let (Some(pointer), Some(thing)) = (word(at), word(at + 1)) else { break };
            if !is(&self.pointers, &pointer) || thing.len() < 4 || !is_common(at + 1) {
                continue;
            }
            let ends =
                word(at + 2).is_none_or(|next| is(&self.after, &next) || !next.starts_with(char::is_alphanumeric));
            if !ends || is(&self.unless, &thing) || is(&self.after, &thing) || thing.ends_with("ly") {
                continue;
            }
            let stem: String = thing.chars().take(STEM).collect();
            let names = |text: &str| fold(text).contains(stem.as_str());
            let own = statement.prose(document, statement.range.start..statement.bytes_of(at..at + 1).start);
            let heading = document.blocks.get(statement.block).and_then(|block| document.blocks.get(block.heading?));
            let named = names(own)
                || heading.is_some_and(|heading| names(heading.text.as_str()))
                || before.iter().any(|one| names(one.text(document)));
            if !named {
                let text = statement.prose(document, statement.bytes_of(at..at + 2)).to_owned();
                return Some((at..at + 2, text));
            }
        }
        None
    }
}
