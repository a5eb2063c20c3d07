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

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { text, id: PatternId::default() }
    }
}
