//! A pure pass over a document that marks what was never part of the article.
