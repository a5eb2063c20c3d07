//! People who are quoted without having been introduced.
//!
//! Takes quotations with "he says" or "says Dr. Roe" beside them; sees those whose speaker the article never names in
//! full, nor says what they are. Judges nobody.

use super::phrase::found;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::document::BlockKind;
use crate::grammar::citation::persons;
use crate::lexicon::fold;
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Speaker {
    /// Pronouns that may stand for a speaker.
    pub pronouns: Vec<String>,
    /// Words of saying.
    pub verbs: Vec<String>,
    /// Surnames that need no introduction.
    pub known: Vec<String>,
    /// Phrases that say what a speaker is or where they work; in the same paragraph they introduce them.
    pub roles: Vec<Phrase>,
    /// Phrases for people without a name ("a patient"); near the quotation they introduce who "she" is.
    pub people: Vec<Phrase>,
}

impl Mechanism for Speaker {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.roles.iter_mut().chain(&mut self.people).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["pronoun"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "name"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let article = scene.article;
        // most articles quote nobody
        if article.statements.iter().all(|one| one.quotations.is_empty()) {
            return;
        }
        let mut named = false;
        let mut said: Vec<String> = Vec::new();
        for (index, statement) in article.statements.iter().enumerate() {
            named = named || is_prose(scene, statement) && names_somebody(scene, statement);
            let quoted = article.statements.iter().skip(index.saturating_sub(1)).take(3);
            let quoted = quoted.filter(|one| one.block == statement.block).any(|one| !one.quotations.is_empty());
            if !quoted || !is_prose(scene, statement) {
                continue;
            }
            if !named
                && let Some(words) = self.pronoun(scene, statement)
                && !near(scene, index).filter(|one| one.block <= statement.block).any(|one| self.tells_who(one))
            {
                named = true;
                let range = statement.bytes_of(words);
                let text = statement.prose(&article.document, range.clone()).to_owned();
                let span = statement.span_of(&article.document, range);
                let values = vec![("name", text.clone()), ("text", text)];
                seen.push(Observation { grade: Some("pronoun"), span, related: Vec::new(), values, fix: None });
            }
            for (range, surname) in self.titled(scene, statement) {
                if said.contains(&surname) || self.has_role(scene, index) || is_known(scene, &surname) {
                    continue;
                }
                let text = statement.prose(&article.document, range.clone()).to_owned();
                let span = statement.span_of(&article.document, range);
                let values = vec![("text", text), ("name", surname.clone())];
                seen.push(Observation { grade: None, span, related: Vec::new(), values, fix: None });
                said.push(surname);
            }
        }
    }
}

fn is_prose(scene: &Scene<'_>, statement: &Statement) -> bool {
    let block = scene.article.document.blocks.get(statement.block);
    block.is_some_and(|block| block.is_article() && !matches!(block.kind, BlockKind::Heading | BlockKind::Reference))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// True when a person stands here: with a title or degree, or as two capitalised words that are no known name of
/// something else.
fn names_somebody(scene: &Scene<'_>, statement: &Statement) -> bool {
    let document = &scene.article.document;
    if !persons(statement.text(document), scene.lexicon).is_empty() {
        return true;
    }
    let word = |at: usize| statement.words.get(at).map_or("", |word| statement.prose(document, word.range.clone()));
    (1..statement.words.len()).any(|at| {
        let other = || statement.entities.iter().any(|one| one.words.contains(&at) || one.words.contains(&(at - 1)));
        is_capital(word(at - 1)) && is_capital(word(at)) && !other()
    })
}

/// How many statements before and after a quotation may introduce its speaker.
const NEAR: usize = 2;

impl Speaker {
    fn is_verb(&self, word: &str) -> bool {
        let word = fold(word);
        self.verbs.iter().any(|verb| *verb == word)
    }

    /// The words "he says" or "says he" outside the quotation marks.
    fn pronoun(&self, scene: &Scene<'_>, statement: &Statement) -> Option<Range<usize>> {
        let document = &scene.article.document;
        let word = |at: usize| statement.words.get(at).map(|word| statement.prose(document, word.range.clone()));
        let is_pronoun = |word: &str| self.pronouns.iter().any(|own| *own == fold(word));
        let beside = |at: usize| at == 0 || word(at - 1).is_some_and(|mark| !mark.chars().any(char::is_alphanumeric));
        (0..statement.words.len()).find_map(|at| {
            let (one, two) = (word(at)?, word(at + 1)?);
            let says = (is_pronoun(one) && self.is_verb(two)) || (self.is_verb(one) && is_pronoun(two));
            (says && beside(at) && !statement.is_quoted(at)).then_some(at..at + 2)
        })
    }

    /// Speakers with a title and a surname only, beside a word of saying.
    fn titled(&self, scene: &Scene<'_>, statement: &Statement) -> Vec<(Range<usize>, String)> {
        let document = &scene.article.document;
        let titles = scene.lexicon.list("person-title");
        let mut found = Vec::new();
        for range in persons(statement.text(document), scene.lexicon) {
            let range = statement.range.start + range.start..statement.range.start + range.end;
            let words = statement.words_of(range.clone());
            let text =
                |at: usize| statement.words.get(at).map_or("", |word| statement.prose(document, word.range.clone()));
            let names: Vec<&str> = words
                .clone()
                .map(text)
                .filter(|word| is_capital(word) && !titles.iter().any(|title| *title == fold(word)))
                .collect();
            let [surname] = names.as_slice() else { continue };
            let before = words.start.checked_sub(1).filter(|at| self.is_verb(text(*at)));
            let after = Some(words.end).filter(|at| self.is_verb(text(*at)));
            let known = self.known.iter().any(|name| *name == fold(surname));
            let Some(verb) = before.or(after).filter(|_| !known && !statement.is_quoted(words.start)) else { continue };
            let all = words.start.min(verb)..words.end.max(verb + 1);
            found.push((statement.bytes_of(all), (*surname).to_owned()));
        }
        found
    }

    fn tells_who(&self, statement: &Statement) -> bool {
        says(statement, &self.roles) || says(statement, &self.people)
    }

    /// True when the paragraph of a quotation, or what follows directly, says what the speaker is.
    fn has_role(&self, scene: &Scene<'_>, index: usize) -> bool {
        let block = scene.article.statements.get(index).map_or(0, |one| one.block);
        near(scene, index).filter(|one| one.block >= block).any(|one| says(one, &self.roles))
    }
}

/// The statements around a quotation.
fn near<'a>(scene: &Scene<'a>, index: usize) -> impl Iterator<Item = &'a Statement> {
    let around = scene.article.statements.get(index.saturating_sub(NEAR)..).unwrap_or_default();
    around.iter().take(2 * NEAR + 1)
}

fn says(statement: &Statement, phrases: &[Phrase]) -> bool {
    found(statement, phrases).next().is_some()
}

/// True when the article gives the first name or degree of this surname somewhere, or has it in its metadata.
fn is_known(scene: &Scene<'_>, surname: &str) -> bool {
    let document = &scene.article.document;
    let titles = scene.lexicon.list("person-title");
    document.metadata.iter().any(|field| field.value.contains(surname))
        || document.blocks.iter().filter(|block| block.kind != BlockKind::Heading).any(|block| {
            let text = block.text.as_str();
            text.match_indices(surname).any(|(at, _)| {
                let before = text.get(..at).unwrap_or_default().trim_end().rsplit(char::is_whitespace).next();
                let before = before.unwrap_or_default();
                let plain = fold(before.trim_end_matches('.')).into_owned();
                let full = is_capital(before) && !titles.contains(&plain) && !before.ends_with(['!', '?', ',']);
                let after = text.get(at + surname.len()..).unwrap_or_default();
                full || after.starts_with(", ") && after.chars().nth(2).is_some_and(char::is_uppercase)
            })
        })
}
