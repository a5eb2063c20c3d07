//! Text of HTML: references are decoded, white space is collapsed, and each part keeps its place.
//!
//! Takes raw text between tags; gives parts in order. Does not know what element it stands in.

use crate::source::Span;
use html5gum::{Token, Tokenizer};

/// A part of raw text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'s> {
    /// Text that is shown as written.
    Plain(&'s str, Span),
    /// A character reference and what it stands for.
    Decoded(String, Span),
    /// White space that is shown as one space, or not at all.
    Space(Span),
}

/// Hands the parts of `raw`, which begins at byte `offset` of the source, to `take`.
pub(super) fn parts<'s>(raw: &'s str, offset: usize, mut take: impl FnMut(Part<'s>)) {
    let bytes = raw.as_bytes();
    let mut from = 0;
    let mut at = 0;
    let slice = |from: usize, to: usize| raw.get(from..to).unwrap_or_default();
    while let Some(byte) = bytes.get(at).copied() {
        let end = match byte {
            b'&' => at + reference(slice(at, raw.len())),
            _ if is_space(byte) => at + bytes.iter().skip(at).take_while(|byte| is_space(**byte)).count(),
            _ => at,
        };
        // one space between words is text like any other
        let single = byte == b' ' && end == at + 1 && from < at && bytes.get(end).is_some_and(|next| *next != b'&');
        if end == at || single {
            at += 1;
            continue;
        }
        let decoded = if byte == b'&' { decode(slice(at, end)) } else { None };
        if byte == b'&' && decoded.is_none() {
            at += 1;
            continue;
        }
        if from < at {
            take(Part::Plain(slice(from, at), Span::new(offset + from, offset + at)));
        }
        let span = Span::new(offset + at, offset + end);
        take(match decoded {
            Some(text) if !text.bytes().all(is_space) => Part::Decoded(text, span),
            _ => Part::Space(span),
        });
        at = end;
        from = end;
    }
    if from < raw.len() {
        take(Part::Plain(slice(from, raw.len()), Span::new(offset + from, offset + raw.len())));
    }
}

/// What HTML collapses, and what stands for masked bytes; a no-break space is not among it.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | 1)
}

/// Length of what looks like a character reference at the start, 0 when nothing does.
fn reference(raw: &str) -> usize {
    let name = raw.bytes().skip(1).take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    match (name, raw.as_bytes().get(name + 1)) {
        (0, _) => 0,
        (_, Some(b';')) => name + 2,
        _ => name + 1,
    }
}

/// What a reference stands for; `None` when it is none.
fn decode(raw: &str) -> Option<String> {
    let common = match raw {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&nbsp;" | "&#160;" => "\u{a0}",
        "&rsquo;" | "&#8217;" => "\u{2019}",
        _ => "",
    };
    if !common.is_empty() {
        return Some(common.to_owned());
    }
    let mut decoded = String::new();
    for token in Tokenizer::new(raw) {
        if let Ok(Token::String(text)) = token {
            decoded.push_str(&String::from_utf8_lossy(&text.value));
        }
    }
    (decoded != raw && !decoded.is_empty()).then_some(decoded)
}

/// A raw text with its references decoded, white space as written.
pub(super) fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    parts(raw, 0, |part| match part {
        Part::Plain(plain, _) => text.push_str(plain),
        Part::Decoded(decoded, _) => text.push_str(&decoded),
        Part::Space(_) => text.push(' '),
    });
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_places() {
        let raw = "é &amp; b\r\n c&nbsp;d&#x2019;s";
        let mut seen = Vec::new();
        parts(raw, 0, |part| {
            seen.push(match part {
                Part::Plain(text, span) => (text.to_owned(), raw[span.range()].to_owned()),
                Part::Decoded(text, span) => (text, raw[span.range()].to_owned()),
                Part::Space(span) => (" ".to_owned(), raw[span.range()].to_owned()),
            });
        });
        let expected = [
            ("é", "é"),
            (" ", " "),
            ("&", "&amp;"),
            (" ", " "),
            ("b", "b"),
            (" ", "\r\n "),
            ("c", "c"),
            ("\u{a0}", "&nbsp;"),
            ("d", "d"),
            ("’", "&#x2019;"),
            ("s", "s"),
        ];
        assert_eq!(seen, expected.map(|(text, raw)| (text.to_owned(), raw.to_owned())));
    }

    #[test]
    fn ampersands_that_stand_for_themselves_stay() {
        assert_eq!(plain("Q&A, R & D &bogus; AT&T &copy; 2&lt;3"), "Q&A, R & D &bogus; AT&T © 2<3");
    }
}
