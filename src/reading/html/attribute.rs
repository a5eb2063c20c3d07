//! Attributes of a tag: their values, and where the values stand in the source.
//!
//! Takes a start tag of the tokenizer, or none; gives decoded values with spans. Does not know what they mean.

use crate::source::Span;
use html5gum::StartTag;
use std::borrow::Cow;

/// A tag's attributes.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'t> {
    tag: Option<&'t StartTag<usize>>,
    text: &'t str,
}

impl<'t> Attributes<'t> {
    /// Those of `tag`, which stands in `text`.
    pub(super) const fn new(tag: &'t StartTag<usize>, text: &'t str) -> Self {
        Self { tag: Some(tag), text }
    }

    /// Those of an element that stands in the source without a tag.
    pub(super) const fn none() -> Self {
        Self { tag: None, text: "" }
    }

    /// The decoded value; empty for an attribute without one.
    pub(super) fn value(&self, name: &[u8]) -> Option<Cow<'t, str>> {
        self.tag?.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value))
    }

    /// True when the attribute is there.
    pub(super) fn has(&self, name: &[u8]) -> bool {
        self.tag.is_some_and(|tag| tag.attributes.contains_key(name))
    }

    /// The value in the source, without quotes and white space around it.
    pub(super) fn span(&self, name: &[u8]) -> Span {
        let Some(start_tag) = self.tag else { return Span::new(0, 0) };
        let tag = Span::new(start_tag.span.start, start_tag.span.end);
        let Some(attribute) = start_tag.attributes.get(name) else { return tag };
        let start = attribute.span.start;
        let Some(rest) = self.text.get(start..tag.end) else { return tag };
        let Some(equals) = rest.find('=') else { return tag };
        let value = rest.get(equals + 1..).unwrap_or_default().trim_start();
        let at = tag.end - value.len();
        let (inner, quote) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => (value.get(1..).unwrap_or_default(), Some(quote)),
            _ => (value, None),
        };
        let end = match quote {
            Some(quote) => inner.find(quote),
            None => inner.find(|letter: char| letter.is_ascii_whitespace() || letter == '>'),
        };
        let inner_at = at + value.len() - inner.len();
        let inner = inner.get(..end.unwrap_or(inner.len())).unwrap_or_default();
        let kept = inner.trim_start();
        let from = inner_at + inner.len() - kept.len();
        let span = Span::new(from, from + kept.trim_end().len());
        if span.is_empty() { tag } else { span }
    }
}
