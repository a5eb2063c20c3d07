//! The bytes to take out so that nothing of a mark stays behind.
//!
//! Takes a mark with the source and the document it stands in; gives deletions, or none where the markup around the
//! mark would be left open or something else would go with it. Decides nothing about what is to go.

use crate::document::{Block, BlockId, BlockKind, Document, Mark};
use crate::leftover::INJECTED;
use crate::source::{Format, Source, Span};

/// Elements that may go with the only text they hold.
const HOLDERS: [&str; 27] = [
    "a",
    "aside",
    "b",
    "button",
    "caption",
    "center",
    "div",
    "em",
    "figcaption",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "label",
    "li",
    "ol",
    "p",
    "small",
    "span",
    "strong",
    "u",
    "ul",
];

/// The deletions, in ascending order.
pub(super) fn edits(source: &Source, document: &Document, mark: &Mark) -> Option<Vec<(Span, String)>> {
    let mut spans = Vec::new();
    for (id, span) in &mark.lines {
        spans.push(if mark.kind == INJECTED {
            inline(source, *span)?
        } else if source.format() == Format::Html {
            elements(source, *span)?
        } else {
            line(source, document, *id, *span)?
        });
    }
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            // what lies between two lines of one mark is white space, or belongs to something else
            Some(last) if span.start <= last.end || is_blank(source, last.end, span.start) => *last = last.cover(span),
            _ => joined.push(span),
        }
    }
    let text = source.text();
    let tidy = |span: Span| with_blank_lines(text, alone(text, span).unwrap_or(span));
    Some(joined.into_iter().map(|span| (tidy(span), String::new())).collect())
}

fn is_blank(source: &Source, from: usize, to: usize) -> bool {
    from <= to && source.slice(Span::new(from, to)).trim().is_empty()
}

/// An address inside a sentence, with the white space that held it apart.
fn inline(source: &Source, span: Span) -> Option<Span> {
    let text = source.text();
    let span = if source.format() == Format::Html { held(text, span) } else { span };
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let gap = |letter: char| letter.is_whitespace() && !matches!(letter, '\n' | '\r');
    let left = before.len() - before.trim_end_matches(gap).len();
    let right = after.len() - after.trim_start_matches(gap).len();
    let opens = left == before.len() || before.get(..before.len() - left)?.ends_with(['\n', '\r']);
    let closes = right == after.len() || after.get(right..)?.starts_with(['\n', '\r']);
    match (opens, closes) {
        (true, true) => whole_lines(text, span),
        // the end of a line: the space before goes
        (false, true) if left > 0 => Some(Span::new(span.start - left, span.end)),
        (_, false) if right > 0 && (opens || left > 0) => Some(Span::new(span.start, span.end + right)),
        _ => None,
    }
}

/// The text of elements, with those elements that hold nothing else.
fn elements(source: &Source, span: Span) -> Option<Span> {
    let text = source.text();
    if source.slice(span).contains(['<', '>']) {
        return None;
    }
    Some(held(text, span))
}

/// The lines of a span that stands alone in them.
fn alone(text: &str, span: Span) -> Option<Span> {
    whole_lines(text, span).filter(|lines| {
        let blank = |from: usize, to: usize| text.get(from..to).is_some_and(|part| part.trim().is_empty());
        blank(lines.start, span.start) && blank(span.end, lines.end)
    })
}

/// A span with all elements around it that hold nothing else.
fn held(text: &str, span: Span) -> Span {
    let mut span = span;
    while let Some(wider) = holder(text, span) {
        span = wider;
    }
    span
}

/// The element around a span, when it holds nothing else and may go.
fn holder(text: &str, span: Span) -> Option<Span> {
    let before = text.get(..span.start)?.trim_end();
    let after = text.get(span.end..)?.trim_start();
    let open = before.strip_suffix('>')?;
    let start = open.rfind('<')?;
    let tag = open.get(start + 1..)?;
    let name = tag.split(|letter: char| letter.is_ascii_whitespace()).next()?.to_ascii_lowercase();
    let rest = after.strip_prefix("</")?;
    let closes = rest.split_at_checked(name.len()).filter(|(own, _)| own.eq_ignore_ascii_case(&name))?;
    let end = closes.1.trim_start().strip_prefix('>')?;
    let is_holder = !tag.ends_with('/') && HOLDERS.contains(&name.as_str());
    is_holder.then(|| Span::new(start, text.len() - end.len()))
}

/// A line of Markdown or plain text: a block of its own, or one line of a paragraph.
fn line(source: &Source, document: &Document, id: BlockId, span: Span) -> Option<Span> {
    let text = source.text();
    let block = document.blocks.get(id)?;
    let from = if block.leftover { block.span.start.min(span.start) } else { span.start };
    let mut lines = whole_lines(text, Span::new(from, span.end))?;
    let (head, tail) = (text.get(lines.start..span.start)?, text.get(span.end..lines.end)?);
    if block.leftover {
        let alone = |other: Option<&Block>| other.is_none_or(|other| !other.span.overlaps(lines));
        let neighbours = [id.checked_sub(1), Some(id + 1)].map(|id| id.and_then(|id| document.blocks.get(id)));
        if !neighbours.into_iter().all(alone) || !text.get(lines.start..from)?.trim().is_empty() {
            return None;
        }
        if block.kind == BlockKind::Heading && source.format() != Format::Text && !head.trim_start().starts_with('#') {
            lines.end += underline(text.get(lines.end..)?);
        }
        if source.format() == Format::Text {
            return Some(lines);
        }
    } else if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return None;
    }
    // what stands around the words in their lines is markup of the words alone
    let head = head.trim().trim_start_matches(|sign: char| {
        matches!(sign, '#' | '-' | '+' | '.' | ')') || sign.is_ascii_digit() || sign.is_whitespace()
    });
    let tail = tail.trim().trim_end_matches('#').trim_end();
    is_closed(head, tail).then_some(lines)
}

/// True when the signs before a text are closed by those behind it: emphasis, or the brackets of a link.
fn is_closed(head: &str, tail: &str) -> bool {
    let outer = head.trim_end_matches('[');
    if outer.len() < head.len() {
        let Some((label, closing)) = tail.split_once("](") else { return false };
        let Some((address, rest)) = closing.split_once(')') else { return false };
        let fits = head.len() - outer.len() == 1 && !address.contains(['(', '[']);
        return fits && label.chars().all(|sign| matches!(sign, '*' | '_')) && is_closed(outer, rest.trim());
    }
    let bullet = head.trim_start_matches("* ");
    let signs = |text: &str| text.chars().all(|sign| matches!(sign, '*' | '_'));
    signs(bullet) && signs(tail) && (bullet.len() == tail.len() || (bullet == "*" && tail.is_empty()))
}

/// The bytes of a line that underlines a heading.
fn underline(rest: &str) -> usize {
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let written = line.trim();
    let is_underline = !written.is_empty() && written.chars().all(|sign| sign == '=' || sign == '-');
    if is_underline { line.len() } else { 0 }
}

/// All of the lines that a span touches, the last line's ending too.
fn whole_lines(text: &str, span: Span) -> Option<Span> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let start = if text.starts_with('\u{feff}') { start.max('\u{feff}'.len_utf8()) } else { start };
    let end = text.get(span.end..)?.find('\n').map_or(text.len(), |at| span.end + at + 1);
    Some(Span::new(start.min(span.start), end))
}

/// Whole lines that go leave no second blank line behind, and none at the end of the file.
fn with_blank_lines(text: &str, span: Span) -> Span {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let starts = before.is_empty() || before.ends_with('\n') || before == "\u{feff}";
    let ends = text.get(span.range()).is_some_and(|own| own.ends_with('\n')) || after.is_empty();
    if !starts || !ends {
        return span;
    }
    let blank = |line: &&str| line.trim().is_empty();
    let stands_apart = before.trim_end_matches('\u{feff}').is_empty()
        || before.split_inclusive('\n').next_back().is_some_and(|line| line.trim().is_empty());
    if !stands_apart {
        return span;
    }
    if after.trim().is_empty() {
        let kept = before.trim_end_matches(|letter: char| letter.is_whitespace());
        let first_end = before.get(kept.len()..).and_then(|rest| rest.find('\n')).map_or(0, |at| at + 1);
        return Span::new(kept.len() + first_end, text.len());
    }
    let blanks: usize = after.split_inclusive('\n').take_while(blank).map(str::len).sum();
    Span::new(span.start, span.end + blanks)
}
