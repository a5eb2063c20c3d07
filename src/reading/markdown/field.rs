//! Front matter fields and component props that readers see become blocks.
//!
//! Takes fields with their places, or markup with attributes; gives blocks whose prose maps to the source. Knows no
//! Markdown but the sign of a first-level heading.

use crate::document::{Block, BlockKind, Field, Text};
use crate::source::Span;

/// Longest value of a prop, in characters.
const LONGEST: usize = 2000;

/// The blocks of the fields that `keys` names: the title is the first heading when the body has none of its level.
pub(super) fn blocks(source: &str, body: &str, fields: &[Field], keys: &[String]) -> Vec<Block> {
    let mut titled = has_title(body);
    let mut blocks = Vec::new();
    for field in fields.iter().filter(|field| keys.contains(&field.key) && !field.value.trim().is_empty()) {
        let is_title = field.key.eq_ignore_ascii_case("title") && !titled;
        let kind = if is_title { BlockKind::Heading } else { BlockKind::Paragraph };
        titled |= is_title;
        let text = prose(source, &field.value, field.span);
        blocks.push(Block { level: u8::from(is_title), text, ..Block::new(kind, field.span) });
    }
    blocks.sort_by_key(|block| (block.level != 1, block.span.start));
    blocks
}

/// True when a line of the body is a first-level heading.
fn has_title(body: &str) -> bool {
    let mut fenced = false;
    let mut before = "";
    body.lines().any(|line| {
        let trimmed = line.trim();
        fenced ^= trimmed.starts_with("```") || trimmed.starts_with("~~~");
        let underline = trimmed.len() > 1 && trimmed.bytes().all(|byte| byte == b'=') && !before.is_empty();
        before = trimmed;
        !fenced && (underline || trimmed.strip_prefix('#').is_some_and(|rest| rest.starts_with([' ', '\t'])))
    })
}

/// The value as prose: words stand for themselves, white space for what is between them.
pub(in crate::reading) fn prose(source: &str, value: &str, span: Span) -> Text {
    let raw = source.get(span.range()).unwrap_or_default();
    let mut text = Text::new();
    let mut from = 0;
    for word in value.split_whitespace() {
        let Some(at) = raw.get(from..).and_then(|rest| rest.find(word)).map(|at| from + at) else {
            // written with escapes: the whole value stands for the whole
            let mut whole = Text::new();
            whole.push(value.trim(), span);
            return whole;
        };
        if !text.is_empty() {
            text.push(" ", Span::new(span.start + from, span.start + at));
        }
        from = at + word.len();
        text.push(word, Span::new(span.start + at, span.start + from));
    }
    text
}

/// The values of the attributes in `markup` that `names` lists; `markup` begins at byte `offset` of the source.
pub(super) fn props(markup: &str, offset: usize, names: &[String]) -> Vec<Span> {
    let mut found = Vec::new();
    for name in names {
        for (at, _) in markup.match_indices(name.as_str()) {
            let before = markup.get(..at).and_then(|head| head.chars().next_back());
            if !before.is_some_and(|letter| letter.is_whitespace() || letter == '"') {
                continue;
            }
            let Some(rest) = markup.get(at + name.len()..).map(str::trim_start) else { continue };
            let Some(value) = rest.strip_prefix('=').map(|rest| rest.trim_start().trim_start_matches('{')) else {
                continue;
            };
            let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) else { continue };
            let inner = value.get(1..).unwrap_or_default();
            let end = inner.char_indices().take(LONGEST).find(|(_, letter)| *letter == quote).map(|(at, _)| at);
            let Some(end) = end.filter(|end| inner.get(..*end).is_some_and(|text| !text.trim().is_empty())) else {
                continue;
            };
            let start = offset + markup.len() - inner.len();
            found.push(Span::new(start, start + end));
        }
    }
    found.sort_by_key(|span| span.start);
    found
}

/// The block of a prop's value.
pub(super) fn prop(source: &str, span: Span) -> Block {
    let value = source.get(span.range()).unwrap_or_default();
    Block { text: prose(source, value, span), ..Block::new(BlockKind::Paragraph, span) }
}
