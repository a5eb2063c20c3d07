//! A source becomes a document.
