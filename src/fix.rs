//! Repairs put into a text, and what they change.
//!
//! Takes a text with the fixes of its findings; gives the new text, or the difference as a unified diff. Which fixes
//! are certain was decided where they were made; where two touch the same bytes, the first in the text wins. Knows no
//! file.

use crate::finding::Fix;
use crate::source::Span;
use similar::TextDiff;
use std::collections::BTreeMap;

/// A text with repairs in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// The new text.
    pub text: String,
    /// How many fixes are in it.
    pub count: usize,
}

/// Puts fixes into a text, each whole or not at all. A fix that touches bytes of one before it is left out (a second
/// run can take it up), as is one that points outside the text or changes nothing; the same fix twice counts twice and
/// is done once.
pub fn apply<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> Repaired {
    let mut fixes: Vec<&Fix> = fixes.into_iter().filter(|fix| fits(text, fix)).collect();
    let key = |fix: &Fix| fix.edits.first().map(|(span, _)| *span);
    fixes.sort_by_key(|fix| key(fix));
    let mut taken: BTreeMap<usize, (Span, &str)> = BTreeMap::new();
    let mut count = 0;
    for fix in fixes {
        let is_there = |(span, new): &(Span, String)| taken.get(&span.start) == Some(&(*span, new.as_str()));
        if fix.edits.iter().all(is_there) {
            count += 1;
        } else if !fix.edits.iter().any(|(span, _)| touches(&taken, *span)) {
            count += 1;
            taken.extend(fix.edits.iter().map(|(span, new)| (span.start, (*span, new.as_str()))));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in taken.into_values() {
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(new);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Repaired { text: out, count }
}

/// True when every edit lies in the text, in order, and one of them changes something.
fn fits(text: &str, fix: &Fix) -> bool {
    let mut at = 0;
    let mut changes = false;
    for (span, new) in &fix.edits {
        let Some(old) = text.get(span.range()).filter(|_| span.start >= at) else { return false };
        changes |= old != new;
        at = span.end;
    }
    changes
}

/// True when a span shares a byte, or the place of an insertion, with what is taken.
fn touches(taken: &BTreeMap<usize, (Span, &str)>, span: Span) -> bool {
    let near = |other: Span| {
        let inserts = span.is_empty() || other.is_empty();
        span.overlaps(other) || (inserts && span.start <= other.end && other.start <= span.end)
    };
    let before = taken.range(..=span.start).next_back().is_some_and(|(_, (other, _))| near(*other));
    before || taken.range(span.start..=span.end).any(|(_, (other, _))| near(*other))
}

/// What changed, as a unified diff with three lines around each change; empty when nothing did.
pub fn diff(path: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let lines = TextDiff::from_lines(before, after);
    lines.unified_diff().context_radius(3).header(path, path).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|(start, end, new)| (Span::new(*start, *end), (*new).to_owned())).collect();
        Fix { message: String::new(), edits }
    }

    #[test]
    fn fixes_are_whole_and_the_first_in_the_text_wins() {
        let text = "one two three four";
        let repaired = apply(text, &[fix(&[(4, 8, "")]), fix(&[(0, 3, "1"), (14, 18, "4")])]);
        assert_eq!((repaired.text.as_str(), repaired.count), ("1 three 4", 2));
        let repaired = apply(text, &[fix(&[(5, 9, ""), (14, 18, "")]), fix(&[(4, 8, "")])]);
        assert_eq!((repaired.text.as_str(), repaired.count), ("one three four", 1));
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        for edits in [&[(3, 99, "")][..], &[(1, 2, "")], &[(4, 5, ""), (0, 1, "")], &[], &[(0, 2, "é")]] {
            assert_eq!(apply("é two", &[fix(edits)]), Repaired { text: "é two".to_owned(), count: 0 }, "{edits:?}");
        }
        let twice = [fix(&[(0, 2, "e")]), fix(&[(0, 2, "e")])];
        assert_eq!(apply("é two", &twice), Repaired { text: "e two".to_owned(), count: 2 });
    }

    #[test]
    fn a_diff_shows_line_endings_as_they_are() {
        assert_eq!(diff("a.md", "x\n", "x\n"), "");
        let shown = diff("a.md", "one\r\ntwo\r\nthree", "one\r\nthree");
        assert_eq!(
            shown,
            "--- a.md\n+++ a.md\n@@ -1,3 +1,2 @@\n one\r\n-two\r\n three\n\\ No newline at end of file\n"
        );
    }

    proptest! {
        #[test]
        fn any_fixes_give_the_same_text_in_any_order(
            text in "[a-zé ]{0,30}",
            spans in prop::collection::vec((0_usize..32, 0_usize..6, "[A-Z]{0,2}"), 0..8),
        ) {
            let mut fixes: Vec<Fix> =
                spans.iter().map(|(start, len, new)| fix(&[(*start, start + len, new)])).collect();
            let one = apply(&text, &fixes);
            prop_assert!(one.count <= fixes.len());
            // fixes of the same place are told apart by where they end; what is left is a matter of order
            fixes.sort_by_key(|fix| std::cmp::Reverse(fix.edits.first().map(|(span, _)| *span)));
            let two = apply(&text, &fixes);
            let distinct: std::collections::HashSet<usize> = spans.iter().map(|(start, ..)| *start).collect();
            if distinct.len() == spans.len() {
                prop_assert_eq!(one, two);
            }
        }
    }
}
