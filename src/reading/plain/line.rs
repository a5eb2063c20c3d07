//! The lines of a plain text: where they are, how wide, and whether a list marker opens them.
//!
//! Takes the text; gives one record a line. Does not know what lines make together.

use super::marker::{self, Marker};
use crate::source::Span;

/// One line without its ending.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From the first to the last character that is not white space; empty for a blank line.
    pub(super) span: Span,
    /// Columns before the first character, a tab counting to the next multiple of four.
    pub(super) indent: usize,
    /// Characters in `span`.
    pub(super) width: usize,
    /// The list marker that opens the line.
    pub(super) marker: Option<Marker>,
}

impl Line {
    /// True when nothing stands on the line, or a rule drawn with signs.
    pub(super) const fn is_blank(&self) -> bool {
        self.span.is_empty()
    }
}

/// All lines of a text, a byte order mark left out. CR, LF and both together end a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut from = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while from < text.len() {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(text.len(), |at| from + at);
        found.push(line(text, Span::new(from, end)));
        let ending = match text.as_bytes().get(end..end + 2) {
            Some(b"\r\n") => 2,
            _ => 1,
        };
        from = end + ending;
    }
    found
}

fn line(text: &str, span: Span) -> Line {
    let whole = text.get(span.range()).unwrap_or_default();
    let kept = whole.trim_start_matches(is_blank);
    let start = span.end - kept.len();
    let kept = kept.trim_end_matches(is_blank);
    let kept = if is_rule(kept) { kept.get(..0).unwrap_or_default() } else { kept };
    let mut indent = 0;
    for letter in whole.chars().take_while(|letter| is_blank(*letter)) {
        indent += match letter {
            '\t' => 4 - indent % 4,
            _ if letter.is_whitespace() => 1,
            _ => 0,
        };
    }
    Line {
        span: Span::new(start, start + kept.len()),
        indent,
        width: kept.chars().count(),
        marker: marker::at_start(kept),
    }
}

/// `-----`, `=====`, `* * *`: at least three signs.
fn is_rule(line: &str) -> bool {
    let mut signs = 0;
    line.chars().filter(|letter| *letter != ' ').all(|letter| {
        signs += 1;
        matches!(letter, '-' | '=' | '_' | '*' | '~' | '—' | '–' | '─' | '━' | '═' | '#')
    }) && signs > 2
}

/// White space, and what shows as nothing.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_ending_counts_once() {
        let text = "\u{feff}one\r\n\r\n\ttwo \rthree\u{a0}\n\u{200b}\n-----\nlast";
        let seen: Vec<_> = lines(text).into_iter().map(|line| (&text[line.span.range()], line.indent)).collect();
        assert_eq!(seen, [("one", 0), ("", 0), ("two", 4), ("three", 0), ("", 0), ("", 0), ("last", 0)]);
    }
}
