//! Pieces of text that stand between single carets or tildes: `kg/m^2^`, `helps.^4^`, `H~2~O`.
//!
//! Takes prose as written; gives the pieces that are raised or lowered, in order. Decides nothing of what they mean.

use std::ops::Range;

/// Longest piece, in bytes.
const LONGEST: usize = 40;

/// A raised or lowered piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shifted {
    /// Its bytes, the signs around it among them.
    pub(super) range: Range<usize>,
    /// The HTML element for it.
    pub(super) element: &'static str,
}

/// The pieces in `text`. A space inside makes the signs text: `10^3 or 10^4`.
pub(super) fn shifted(text: &str) -> Vec<Shifted> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| memchr::memchr2(b'^', b'~', rest.as_bytes())) {
        let at = from + at;
        let piece = piece(text, at);
        from = piece.as_ref().map_or(at + 1, |piece| piece.range.end);
        found.extend(piece);
    }
    found
}

/// The piece whose first sign stands at byte `at`.
fn piece(text: &str, at: usize) -> Option<Shifted> {
    let sign = text.as_bytes().get(at).copied()?;
    let rest = text.get(at + 1..)?;
    let length = rest.bytes().take(LONGEST).position(|byte| byte == sign)?;
    let inner = rest.get(..length)?;
    let before = text.get(..at)?.chars().next_back()?;
    let is_word = inner.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '+' | '-' | '−'));
    let range = at..at + length + 2;
    match sign {
        b'^' if before != '^' && before != '[' && !before.is_whitespace() => {
            let is_number = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '-' | '–' | '[' | ']');
            let is_marker = inner.contains(|letter: char| letter.is_ascii_digit()) && inner.chars().all(is_number);
            let stands = !inner.is_empty() && (is_word || is_marker);
            stands.then_some(Shifted { range, element: "sup" })
        }
        b'~' if before.is_alphanumeric() || before == ')' => {
            (is_word && !inner.is_empty()).then_some(Shifted { range, element: "sub" })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_no_space_in_them() {
        let pieces = |text: &'static str| -> Vec<&str> {
            shifted(text).into_iter().map(|one| text.get(one.range).unwrap_or_default()).collect()
        };
        assert_eq!(pieces("30 kg/m^2^, H~2~O, it helps.^1,3–5^ the 21^st^ day"), ["^2^", "~2~", "^1,3–5^", "^st^"]);
        for text in ["10^3 or 10^4", "5~10 mg or 20~30 mg", "[^1][^2]", "^^", "~8 mg~", "a ^2^", "x^"] {
            assert!(shifted(text).is_empty(), "{text}");
        }
    }
}
