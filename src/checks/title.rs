//! Titles that read like what somebody typed into a search box.
//!
//! Takes the first heading of the article, and asks nothing of its words; and the prose, for a phrase that it repeats
//! for the sake of searches.

mod repeats;

use super::{Mechanism, Observation, Scene};
use crate::document::BlockKind;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Title {
    /// A title with fewer words may be a name.
    pub words: usize,
    /// A phrase is repeated at least so often,
    pub least: usize,
    /// and so often in a thousand words,
    pub per_thousand: usize,
    /// and holds a word of this list.
    pub bait: String,
}

impl Mechanism for Title {
    fn names(&self) -> Vec<(&'static str, &str)> {
        vec![("list", &self.bait)]
    }
    fn grades(&self) -> &'static [&'static str] {
        &["repeated"]
    }
    fn values(&self) -> &'static [&'static str] {
        &["title", "count", "total"]
    }
    fn roles(&self) -> &'static [&'static str] {
        &["again"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        seen.extend(repeats::look(self, scene));
        let document = &scene.article.document;
        let mut headings =
            document.blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.is_article());
        let Some(title) = headings.next() else { return };
        let text = title.text.as_str().trim();
        let bare =
            |text: &str| text.chars().all(|letter| letter.is_lowercase() || matches!(letter, ' ' | '-' | '\'' | '’'));
        if !bare(text) || text.split_whitespace().count() < self.words {
            return;
        }
        // a house that writes all its headings small has a style
        let others: Vec<&str> = headings.map(|block| block.text.as_str()).collect();
        if others.is_empty() || others.iter().any(|text| text.starts_with(char::is_lowercase)) {
            return;
        }
        seen.push(Observation {
            grade: None,
            span: title.text.span(0..title.text.as_str().len()),
            related: Vec::new(),
            values: vec![("title", text.to_owned()), ("count", String::new()), ("total", String::new())],
            fix: None,
        });
    }
}
