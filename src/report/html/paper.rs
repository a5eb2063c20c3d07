//! An article as the annotated report needs it: its source, its blocks and its claims.
//!
//! Takes an article that was read; keeps what is set and drops the rest.

use crate::checks::Article;
use crate::document::Document;
use crate::inventory::{Claim, claims};
use crate::source::Source;

/// An article that the report sets.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The file.
    pub source: Source,
    /// Its blocks.
    pub document: Document,
    /// Its claims, in source order.
    pub claims: Vec<Claim>,
    /// How many statements were read.
    pub statements: usize,
    /// How many facts.
    pub facts: usize,
}

impl Paper {
    /// The paper of an article.
    pub fn new(article: Article<'_>) -> Self {
        Self {
            claims: claims(&article),
            source: article.source.clone(),
            statements: article.statements.len(),
            facts: article.facts.len(),
            document: article.document,
        }
    }

    /// Path as found.
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// The headline: the first heading of the article, else the title that its metadata gives.
    pub fn title(&self) -> Option<String> {
        let mut headings = self.document.blocks.iter().filter(|block| block.level > 0 && block.is_article());
        let first = headings.next().map(|block| block.text.as_str());
        let field = || self.document.metadata.iter().find(|field| field.key.eq_ignore_ascii_case("title"));
        let title = first.or_else(|| field().map(|field| field.value.as_str()))?;
        let title = super::excerpt::one_line(title);
        (!title.is_empty()).then(|| super::excerpt::short(&title, 120))
    }

    /// The block that a place of the source belongs to: the one that shows it, else the last one before it. `None` for
    /// what stands before all blocks.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        let blocks = self.document.blocks.iter().enumerate();
        let before = blocks.filter(|(_, block)| block.span.start <= at);
        // the innermost: what covers the place is nearer than what ended before it, and a later start is nearer
        let nearest = before.max_by_key(|(_, block)| (block.span.end > at, block.span.start));
        nearest.map(|(id, _)| id)
    }
}
