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
