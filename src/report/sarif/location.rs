//! Places as locations with regions.

use super::Scope;
use crate::finding::Place;
use crate::source::{Position, Span};
use serde_sarif::sarif::{ArtifactContent, Location, Message, PhysicalLocation, Region};

impl Scope<'_> {
    /// A place with its words and, where it has one, a message.
    pub(super) fn location(&self, place: &Place, message: &str) -> Location {
        let mut region = region(place.span, place.start, place.end);
        region.snippet = Some(ArtifactContent::builder().text(place.text.as_str()).build());
        let physical = PhysicalLocation::builder().artifact_location(self.file(&place.path)).region(region).build();
        let mut location = Location::builder().physical_location(physical).build();
        location.message = (!message.is_empty()).then(|| Message::from(message));
        location
    }
}

/// Lines and columns from 1, ends exclusive; the offset in bytes.
pub(super) fn region(span: Span, start: Position, end: Position) -> Region {
    Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .byte_offset(number(span.start))
        .byte_length(number(span.len()))
        .build()
}

pub(super) fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
