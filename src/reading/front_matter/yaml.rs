//! YAML front matter.
//!
//! Takes YAML; gives its scalars with their keys and byte places, or nothing when it is broken.

use super::Path;
use crate::document::Field;
use crate::source::Span;
use saphyr_parser::{Event, Parser, ScalarStyle};

/// The fields.
pub(super) fn read(text: &str) -> Option<Vec<Field>> {
    let bytes = Offsets::new(text);
    let mut fields = Vec::new();
    let mut path = Path::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::MappingStart(..) => path.open_map(),
            Event::SequenceStart(..) => path.open_list(),
            Event::MappingEnd | Event::SequenceEnd => path.close(),
            Event::Scalar(key, ..) if path.wants_key() => path.key(&key),
            Event::Scalar(value, style, ..) => {
                let span = place(text, Span::new(bytes.at(span.start.index()), bytes.at(span.end.index())), style);
                if !(value.trim().is_empty() || style == ScalarStyle::Plain && value == "~") {
                    fields.push(Field { key: path.name(), value: value.trim().to_owned(), span });
                }
                path.end_value();
            }
            Event::Alias(_) if path.wants_key() => path.key(""),
            Event::Alias(_) => path.end_value(),
            _ => {}
        }
    }
    Some(fields)
}

/// The value without quotes, block signs and white space around it.
fn place(text: &str, span: Span, style: ScalarStyle) -> Span {
    let Some(raw) = text.get(span.range()) else { return Span::new(0, 0) };
    let (skipped, inner) = match style {
        ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted => {
            let quote = if style == ScalarStyle::DoubleQuoted { '"' } else { '\'' };
            raw.strip_prefix(quote).map_or((0, raw), |raw| (1, raw.strip_suffix(quote).unwrap_or(raw)))
        }
        ScalarStyle::Literal | ScalarStyle::Folded if raw.starts_with(['|', '>']) => {
            let end = raw.find('\n').unwrap_or_default();
            (end, raw.get(end..).unwrap_or_default())
        }
        _ => (0, raw),
    };
    let kept = inner.trim_start();
    let start = span.start + skipped + inner.len() - kept.len();
    Span::new(start, start + kept.trim_end().len())
}

/// Byte offsets of characters: the parser counts characters.
struct Offsets {
    /// Empty when every character is one byte.
    starts: Vec<usize>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let starts = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { starts, len: text.len() }
    }

    fn at(&self, index: usize) -> usize {
        if self.starts.is_empty() { index.min(self.len) } else { self.starts.get(index).copied().unwrap_or(self.len) }
    }
}
