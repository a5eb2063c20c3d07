//! Stretches in quotation marks, found in a whole block because a quotation may span sentences.
//!
//! An apostrophe is not a quotation mark, nor is a sign for inches or minutes behind a digit.

use std::ops::Range;

/// Byte ranges in quotation marks, marks included, in order. A mark that is never closed quotes nothing.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // the marks themselves, and the first bytes of those of print
    let marks = memchr::memchr3(b'"', b'\'', 0xe2, text.as_bytes()).or_else(|| memchr::memchr(0xc2, text.as_bytes()));
    if marks.is_none() {
        return found;
    }
    // what may be closed, by the kind of its closing mark
    let (mut double, mut single, mut straight, mut angle) = (None, None, None, None);
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, letter)| *letter);
        let outside = before.is_none_or(|letter: char| !letter.is_alphanumeric());
        let inside = after.is_some_and(|letter: char| !letter.is_whitespace());
        let end = at + letter.len_utf8();
        match letter {
            '“' | '„' if double.is_none() => double = Some(at),
            '“' | '”' => close(&mut double, end, &mut found),
            '"' => match double {
                Some(_) => close(&mut double, end, &mut found),
                None if outside && inside => double = Some(at),
                None => {}
            },
            '«' => angle = Some(at),
            '»' => close(&mut angle, end, &mut found),
            '‘' if outside && inside => single = Some(at),
            '’' if !after.is_some_and(char::is_alphanumeric) => close(&mut single, end, &mut found),
            '\'' if outside && inside && after.is_some_and(char::is_alphabetic) => straight = Some(at),
            '\'' if !after.is_some_and(char::is_alphanumeric) => close(&mut straight, end, &mut found),
            _ => {}
        }
        before = Some(letter);
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    // an inner quotation is part of the outer one
    found.dedup_by(|inner, outer| inner.end <= outer.end);
    found
}

fn close(open: &mut Option<usize>, end: usize, found: &mut Vec<Range<usize>>) {
    if let Some(start) = open.take() {
        found.push(start..end);
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_paired_and_apostrophes_are_not() {
        for (text, quoted) in [
            ("She said “it works” twice.", vec!["“it works”"]),
            ("She said \"it works.\" Then \"no\".", vec!["\"it works.\"", "\"no\""]),
            ("‘It can’t work,’ he said", vec!["‘It can’t work,’"]),
            ("a 'so-called' cure isn't", vec!["'so-called'"]),
            ("the patients' view and patients' needs", vec![]),
            ("a 5\" needle and a 6\" one", vec![]),
            ("“One ‘two’ three”", vec!["“One ‘two’ three”"]),
            ("“never closed", vec![]),
            ("„Gänse“ and «oies»", vec!["„Gänse“", "«oies»"]),
        ] {
            let found: Vec<_> = quotations(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, quoted, "{text}");
        }
    }
}
