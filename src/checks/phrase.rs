//! Wording in a mode and scope.

use super::{Mechanism, Observation, Phrase, Scene};
use serde::Deserialize;

/// Parameters: the phrases that are wrong, and what silences them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Phrases {
    /// The phrases.
    pub phrases: Vec<Phrase>,
}

impl Mechanism for Phrases {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.phrases.iter_mut().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            for found in self.phrases.iter().flat_map(|phrase| statement.matches_of(phrase.id)) {
                let range = statement.bytes_of(found.words.clone());
                let text = statement.prose(&scene.article.document, range.clone()).to_owned();
                seen.push(Observation {
                    grade: None,
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![("text", text)],
                    fix: None,
                });
            }
        }
    }
}
