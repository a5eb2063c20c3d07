//! Inline directives: what a `claimlint-…` comment asks for.
//!
//! Takes the text inside a comment of any format; gives the directive. Does not know the rules it names.

use crate::document::{Directive, DirectiveKind};
use crate::source::Span;

/// The directive in a comment, if it is one. `text` is what stands between the comment's delimiters and begins at
/// byte `offset` of the source; `span` is the whole comment.
pub fn parse(text: &str, span: Span, offset: usize) -> Option<Directive> {
    let body = text.trim_start();
    let start = offset + (text.len() - body.len());
    let rest = body.strip_prefix("claimlint-")?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (verb, rest) = rest.split_at_checked(end)?;
    let at = start + "claimlint-".len();
    let kind = match verb {
        "disable-next-line" => DirectiveKind::NextLine,
        "disable-line" => DirectiveKind::Line,
        "disable" => DirectiveKind::Disable,
        "enable" => DirectiveKind::Enable,
        "disable-file" => DirectiveKind::File,
        _ => {
            let rules = vec![(verb.to_owned(), Span::new(start, at + verb.len()))];
            return Some(Directive { kind: DirectiveKind::Unknown, span, rules, reason: None });
        }
    };
    let (names, reason) = split_reason(rest);
    let mut rules = Vec::new();
    let mut from = 0;
    for piece in names.split(|letter: char| letter == ',' || letter.is_whitespace()) {
        if !piece.is_empty() {
            let start = at + verb.len() + from;
            rules.push((piece.to_owned(), Span::new(start, start + piece.len())));
        }
        from += piece.len();
        from += names.get(from..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    Some(Directive { kind, span, rules, reason })
}

/// Cuts at the first `--` (or a dash that an editor made of it) that stands between white space.
fn split_reason(text: &str) -> (&str, Option<&str>) {
    for (at, letter) in text.char_indices() {
        let Some((names, rest)) = text.split_at_checked(at) else { continue };
        let before = names.is_empty() || names.ends_with(char::is_whitespace);
        let after = match letter {
            '-' => rest.strip_prefix("--"),
            '–' | '—' => rest.strip_prefix(letter),
            _ => None,
        };
        if let Some(after) =
            after.filter(|after| before && (after.is_empty() || after.starts_with(char::is_whitespace)))
        {
            return (names, Some(after));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directive(text: &str) -> Option<Directive> {
        parse(text, Span::new(0, text.len() + 7), 4)
    }

    #[test]
    fn rules_and_reason_are_read_with_their_places() {
        let text = " claimlint-disable-next-line S001, missing-source -- the author's own survey ";
        let found = directive(text).unwrap();
        assert_eq!(found.kind, DirectiveKind::NextLine);
        assert_eq!(found.reason.as_deref(), Some("the author's own survey"));
        let names: Vec<_> = found
            .rules
            .iter()
            .map(|(name, span)| (name.as_str(), text.get(span.start - 4..span.end - 4).unwrap()))
            .collect();
        assert_eq!(names, [("S001", "S001"), ("missing-source", "missing-source")]);
    }

    #[test]
    fn every_verb_is_known_and_another_is_kept() {
        let kind = |text| directive(text).map(|found| found.kind);
        assert_eq!(kind("claimlint-disable"), Some(DirectiveKind::Disable));
        assert_eq!(kind("claimlint-enable R002"), Some(DirectiveKind::Enable));
        assert_eq!(kind("claimlint-disable-line"), Some(DirectiveKind::Line));
        assert_eq!(kind("\u{a0}claimlint-disable-file\r\n"), Some(DirectiveKind::File));
        let wrong = directive(" claimlint-disable-nextline S001").unwrap();
        assert_eq!(wrong.kind, DirectiveKind::Unknown);
        assert_eq!(wrong.rules, [("disable-nextline".to_owned(), Span::new(5, 31))]);
        assert_eq!(kind(" a comment about claimlint-disable"), None);
        assert_eq!(kind("eslint-disable"), None);
    }
}
