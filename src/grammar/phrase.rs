//! A phrase as a data file writes it, with the number it has once it is compiled.
//!
//! Compiled by whoever loads the file; knows neither the phrase language nor what the phrase is for.

use super::pattern::PatternId;
use serde::Deserialize;

/// A phrase of a data file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct Phrase {
    /// As written.
    pub text: String,
    /// Its number in the catalogue's pattern set.
    pub id: PatternId,
}

/// In a schema it is the text that the file writes.
impl schemars::JsonSchema for Phrase {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Phrase".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A phrase, in the language that CONTRIBUTING.md shows." })
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { text, id: PatternId::default() }
    }
}

/// Phrases that say something only beside others: what silences, answers or widens what these say.
#[derive(Clone, Debug, Default)]
pub struct Followers<'p> {
    /// Those others.
    pub leaders: Vec<&'p Phrase>,
    /// The phrases.
    pub phrases: Vec<&'p Phrase>,
    /// True when they may stand anywhere in the article, not only in the statement.
    pub far: bool,
}

impl<'p> Followers<'p> {
    /// Phrases that say something only in a statement in which one of the leaders stands.
    pub fn near<const L: usize, const P: usize>(leaders: [&'p [Phrase]; L], phrases: [&'p [Phrase]; P]) -> Self {
        Self {
            leaders: leaders.into_iter().flatten().collect(),
            phrases: phrases.into_iter().flatten().collect(),
            far: false,
        }
    }

    /// Phrases that say something only in an article in which one of the leaders stands.
    pub fn far<const L: usize, const P: usize>(leaders: [&'p [Phrase]; L], phrases: [&'p [Phrase]; P]) -> Self {
        Self { far: true, ..Self::near(leaders, phrases) }
    }
}
