//! Lines become paragraphs: hard-wrapped lines are joined, one-line paragraphs are not.
//!
//! Takes the text and its lines; gives pieces, each one paragraph, item or heading. Does not know which.

use super::line::Line;
use super::marker::{self, Marker};
use crate::document::Text;
use crate::source::Span;

/// One paragraph or list item.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// From the first to the last character, the marker included.
    pub(super) span: Span,
    /// The list marker that opens it.
    pub(super) marker: Option<Marker>,
    /// Columns before its first line.
    pub(super) indent: usize,
    /// Characters on its lines.
    pub(super) width: usize,
    /// True when it is one whole line of the file.
    pub(super) alone: bool,
    /// True when a blank line or the start of the file stands before it.
    pub(super) after_blank: bool,
}

/// Widths at which people wrap by hand or a mail program does.
const WRAPPED: std::ops::RangeInclusive<usize> = 40..=130;
/// How much shorter than the widest line a full line may be beside the word that did not fit.
const SLACK: usize = 3;

/// All paragraphs and items.
pub(super) fn pieces(text: &str, lines: &[Line]) -> Vec<Piece> {
    let width = wrap_width(text, lines);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chunk = Chunk::default();
    let mut last: Option<&Line> = None;
    for (number, line) in lines.iter().enumerate() {
        if line.is_blank() {
            last = None;
            continue;
        }
        if last.is_none() {
            chunk = Chunk::at(text, lines, number);
        }
        let item = pieces.last().filter(|piece| piece.marker.is_some()).map(|piece| piece.indent);
        let marker = line.marker.filter(|marker| last.is_none_or(|last| opens(text, last, *marker, width)));
        let joined = last.is_some_and(|last| marker.is_none() && joins(text, last, line, item, width, chunk));
        match pieces.last_mut().filter(|_| joined) {
            Some(piece) => {
                piece.span.end = line.span.end;
                piece.width += line.width;
                piece.alone = false;
            }
            None => pieces.push(Piece {
                span: line.span,
                marker,
                indent: line.indent,
                width: line.width,
                alone: true,
                after_blank: last.is_none(),
            }),
        }
        last = Some(line);
    }
    split(text, pieces)
}

/// The prose of a span: line breaks become one space each, a break behind a hyphen nothing.
pub(super) fn prose(text: &str, span: Span) -> Text {
    let mut prose = Text::new();
    let mut from = span.start;
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    while from < span.end {
        let rest = slice(from, span.end).as_bytes();
        let Some(end) = memchr::memchr2(b'\n', b'\r', rest).map(|at| from + at) else {
            prose.push(slice(from, span.end), Span::new(from, span.end));
            break;
        };
        let line = slice(from, end).trim_end();
        let line_end = from + line.len();
        prose.push(line, Span::new(from, line_end));
        let next = span.end - slice(end, span.end).trim_start().len();
        let mut letters = line.chars().rev();
        let hyphenated = match letters.next() {
            Some('-') => letters.next().is_some_and(char::is_alphanumeric),
            Some('\u{ad}') => true,
            _ => false,
        };
        if !hyphenated && !line.is_empty() {
            prose.push(" ", Span::new(line_end, next));
        }
        from = next;
    }
    prose
}

/// What a run of lines without a blank line between them says.
#[derive(Clone, Copy, Debug, Default)]
struct Chunk {
    /// Characters on its widest line.
    widest: usize,
    /// True when its last line ends a sentence.
    is_prose: bool,
}

impl Chunk {
    fn at(text: &str, lines: &[Line], first: usize) -> Self {
        let run = || lines.iter().skip(first).take_while(|line| !line.is_blank());
        Self {
            widest: run().map(|line| line.width).max().unwrap_or_default(),
            is_prose: run().last().is_some_and(|line| ends_sentence(text, line)),
        }
    }
}

/// The width at which the file is wrapped; `None` when its lines are paragraphs.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut pairs, mut broken, mut width) = (0_usize, 0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if next.is_blank() || next.marker.is_some() || line.is_blank() {
            continue;
        }
        if line.width > *WRAPPED.end() {
            pairs += 1;
        } else if line.width >= *WRAPPED.start() {
            pairs += 1;
            if !ends_sentence(text, line) && begins_lower(text, next) {
                broken += 1;
                width = width.max(line.width);
            }
        }
    }
    let needed = if pairs < 4 { 1 } else { 2 };
    (broken >= needed && broken * 4 >= pairs).then_some(width)
}

/// True when a marker that stands on the line right behind `last` opens an item. In wrapped text a number or a dash
/// may have come to stand at the start of a line.
fn opens(text: &str, last: &Line, marker: Marker, width: Option<usize>) -> bool {
    let mid_sentence = width.is_some_and(|width| last.width + 12 >= width) && !ends_sentence(text, last);
    let is_plain = marker.family.is_ordered() || matches!(marker.family, marker::Family::Bullet('-' | '–' | '*'));
    last.marker.is_some() || !is_plain || !mid_sentence || marker.value == 1
}

/// True when `line` goes on with what `last`, the line right above, began. `item`: the indent of the item above.
fn joins(text: &str, last: &Line, line: &Line, item: Option<usize>, width: Option<usize>, chunk: Chunk) -> bool {
    if item.is_some_and(|indent| line.indent > indent) {
        return true;
    }
    let lower = begins_lower(text, line);
    if width.is_some() || lower {
        let limit = width.map_or(chunk.widest, |width| width.min(chunk.widest));
        let first = slice(text, line).split_whitespace().next().map_or(0, |word| word.chars().count());
        let full = last.width + 1 + first + SLACK > limit && WRAPPED.contains(&last.width);
        if width.is_some() && full {
            return true;
        }
        if lower && !ends_sentence(text, last) {
            return full || chunk.is_prose || last.width >= *WRAPPED.start();
        }
    }
    false
}

/// True when a line ends with what ends a sentence or announces something.
fn ends_sentence(text: &str, line: &Line) -> bool {
    let kept = slice(text, line).trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    kept.ends_with(['.', '!', '?', ':', '…'])
}

/// True when the first letter of a line is a small one.
fn begins_lower(text: &str, line: &Line) -> bool {
    let kept = slice(text, line).trim_start_matches(['"', '\'', '“', '‘', '(', '[']);
    kept.chars().next().is_some_and(char::is_lowercase)
}

fn slice<'t>(text: &'t str, line: &Line) -> &'t str {
    text.get(line.span.range()).unwrap_or_default()
}

/// Splits the enumerations that stand inside a piece, and what wide gaps part.
fn split(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut found = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let content = text.get(piece.span.range()).unwrap_or_default();
        let places = marker::inside(content, piece.marker);
        if places.is_empty() && !content.contains(GAP) {
            found.push(piece);
            continue;
        }
        let mut rest = Piece { alone: false, ..piece };
        for (at, marker) in places {
            let at = piece.span.start + at;
            part(text, Piece { span: Span::new(rest.span.start, at), ..rest }, &mut found);
            rest = Piece { span: Span::new(at, piece.span.end), marker: Some(marker), after_blank: false, ..rest };
        }
        part(text, rest, &mut found);
    }
    found
}

/// So many spaces inside a line stand for a line break that was lost.
const GAP: &str = "     ";

/// Where a wide gap begins, at or behind `from`; the indent of a joined line is none.
fn gap(content: &str, mut from: usize) -> Option<usize> {
    loop {
        let rest = content.get(from..)?;
        let (before, behind) = rest.split_at_checked(rest.find(GAP)?)?;
        let start = before.trim_end().len();
        let end = rest.len() - behind.trim_start().len();
        if !rest.get(start..end)?.contains(['\n', '\r']) {
            return Some(from + start);
        }
        from += end;
    }
}

/// Appends a piece, parted at wide gaps.
fn part(text: &str, piece: Piece, found: &mut Vec<Piece>) {
    let content = text.get(piece.span.range()).unwrap_or_default();
    let mut marker = piece.marker;
    let mut from = marker.map_or(0, |marker| marker.len);
    let mut start = 0;
    loop {
        let end = gap(content, from);
        let whole = content.get(start..end.unwrap_or(content.len())).unwrap_or_default().trim_end();
        let at = piece.span.start + start;
        let width = whole.chars().count();
        // what stands between gaps was a line of its own
        let line = start > 0 || (end.is_some() && piece.marker.is_none());
        if !whole.is_empty() {
            let span = Span::new(at, at + whole.len());
            found.push(Piece { span, marker, width, alone: line, after_blank: line || piece.after_blank, ..piece });
        }
        let Some(end) = end else { break };
        let next = content.get(end..).unwrap_or_default().trim_start();
        start = content.len() - next.len();
        marker = marker::at_start(next);
        from = start + marker.map_or(0, |marker| marker.len);
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn read(text: &str) -> Vec<String> {
        pieces(text, &lines(text)).iter().map(|piece| prose(text, piece.span).as_str().to_owned()).collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The tablets are taken with food in the morning and again in the evening.\r\n\
                    Most people notice a difference after two weeks, though it may take up to\r\n\
                    six weeks before the full effect is felt. Do not stop on your own.\r\n\
                    Side effects\r\n\
                    Headache and a dry mouth are common in the first days of the treatment and\r\n\
                    rarely last.";
        let read = read(text);
        assert_eq!(read.len(), 3, "{read:?}");
        assert!(
            read[0].starts_with("The tablets")
                && read[0].ends_with("up to six weeks before the full effect is felt. Do not stop on your own.")
        );
        assert_eq!(read[1], "Side effects");
        assert!(read[2].contains("treatment and rarely last."));
    }

    #[test]
    fn one_line_paragraphs_stay_apart() {
        let text = "Ketamine acts fast in most people who take it.\nIt is given by drip.\nWhat to expect\nA visit takes two hours.";
        assert_eq!(read(text).len(), 4);
        assert_eq!(read("nausea\nvomiting\ndry mouth").len(), 3);
    }

    #[test]
    fn a_stray_line_break_does_not_break_a_sentence() {
        assert_eq!(read("This was cut\noff in the middle."), ["This was cut off in the middle."]);
        assert_eq!(read("a long-\nterm effect of it."), ["a long-term effect of it."]);
    }

    #[test]
    fn items_take_their_indented_lines_and_split() {
        assert_eq!(read("  • one\n    and more\n  • two"), ["• one and more", "• two"]);
        assert_eq!(
            read("      * one and\n        more      \n        words\n      * two"),
            ["* one and more words", "* two"]
        );
        assert_eq!(read("with\n   \n- a scan  - a test\n   \nNext"), ["with", "- a scan", "- a test", "Next"]);
    }

    #[test]
    fn a_wide_gap_is_a_lost_line_break() {
        let text = "Signs include:      - cough  - fever       Call us if it lasts.        Second part";
        assert_eq!(read(text), ["Signs include:", "- cough", "- fever", "Call us if it lasts.", "Second part"]);
    }

    #[test]
    fn a_number_at_the_start_of_a_wrapped_line_is_no_item() {
        let text = "Their mean score before the treatment was 21 and then fell to no more than\n\
                    12. After a month it was still lower than it had been at the beginning and\n\
                    so it stayed.";
        assert_eq!(read(text).len(), 1);
    }
}
