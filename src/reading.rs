//! A source becomes a document.
//!
//! Takes a source and what the configuration says of front matter and components; gives its blocks, links, markers,
//! references, directives and metadata. Each format has its reader; what all formats share (reference markers and
//! lists, the language) is done here behind it. Knows no rule and no statement.

pub mod directive;
mod front;
mod front_matter;
mod html;
mod label;
mod language;
mod markdown;
mod mdx;
mod plain;
mod reference;

pub use front::front;

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::source::{Format, Source};

/// What a site's configuration says about reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Front matter keys whose values readers see (`title`, `description`, …); nested keys joined with `.`.
    pub prose_fields: Vec<String>,
    /// Component and shortcode props whose values readers see.
    pub prose_props: Vec<String>,
}

/// Reads a source. Never fails: what cannot be understood is read as text or left out. The lexicon gives the words
/// that head a reference list.
pub fn read(source: &Source, options: &Options, lexicon: &Lexicon) -> Document {
    let mut document = match source.format() {
        Format::Markdown | Format::Mdx => markdown::read(source, options, lexicon),
        Format::Text => plain::read(source, lexicon),
        Format::Html => html::read(source, lexicon),
    };
    reference::find(&mut document, source, lexicon);
    language::mark(&mut document, lexicon);
    document
}
