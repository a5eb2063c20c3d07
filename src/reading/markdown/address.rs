//! Where the address of a Markdown link stands.
//!
//! Takes the source and the places of link, text and definition; gives the place of the address. Decodes nothing.

use crate::source::Span;
use pulldown_cmark::LinkType;

/// The place of the address of the link at `span` whose text ends at byte `text_end`; of a reference link, in its
/// definition. When it is not found, the whole link.
pub(super) fn place(source: &str, kind: LinkType, span: Span, text_end: usize, definition: Option<Span>) -> Span {
    let found = match kind {
        LinkType::Autolink | LinkType::Email => Some(Span::new(span.start + 1, span.end.saturating_sub(1))),
        LinkType::Inline => behind(source, Span::new(text_end.clamp(span.start, span.end), span.end), "](", b')'),
        _ => definition.and_then(|definition| behind(source, definition, "]:", b' ')),
    };
    found.filter(|found| !found.is_empty() && source.get(found.range()).is_some()).unwrap_or(span)
}

/// The word behind `mark` inside `within`, with or without angle brackets. `end`: what ends it beside white space,
/// unless it is the closing half of a pair.
fn behind(source: &str, within: Span, mark: &str, end: u8) -> Option<Span> {
    let text = source.get(within.range())?;
    let after = text.find(mark)? + mark.len();
    let rest = text.get(after..)?;
    // a definition in a block quotation may break the line before its address
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || (end == b' ' && letter == '>'));
    let start = within.end - rest.len();
    if let Some(inner) = rest.strip_prefix('<') {
        return Some(Span::new(start + 1, start + 1 + inner.find('>')?));
    }
    let mut open = 0_usize;
    let length = rest.bytes().position(|byte| match byte {
        b'(' => {
            open += 1;
            false
        }
        b')' if end == b')' => {
            open = open.wrapping_sub(1);
            open == usize::MAX
        }
        _ => byte.is_ascii_whitespace(),
    });
    Some(Span::new(start, start + length.unwrap_or(rest.len())))
}
