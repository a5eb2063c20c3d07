//! HTML becomes a document.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::source::Source;

/// Reads a source.
pub(super) fn read(source: &Source, _lexicon: &Lexicon) -> Document {
    Document::new(source.format())
}
