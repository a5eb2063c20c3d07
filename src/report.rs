//! Findings and statements rendered for somebody.
//!
//! Renderers see findings and what was read; they decide nothing and know no file.

pub mod claims;
pub mod concise;
pub mod json;
pub mod pretty;
pub mod statements;
pub mod summary;
