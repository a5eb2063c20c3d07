//! HTML becomes a document.

use super::Options;
use crate::document::Document;
use crate::source::Source;

/// Reads a source.
pub(super) fn read(source: &Source, _options: &Options) -> Document {
    Document::new(source.format())
}
