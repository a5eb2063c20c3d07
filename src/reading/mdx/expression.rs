//! Expressions, imports and exports of MDX.
//!
//! Takes text; gives where `{…}` and module code end. Runs and understands no code.

use crate::source::Span;

/// Longest piece of module code, in bytes.
pub(super) const REACH: usize = 100_000;

/// The outermost `{…}` that close, from byte `from`. One that never closes is text.
pub(super) fn pairs(text: &str, from: usize) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut pairs: Vec<Span> = Vec::new();
    let mut at = from;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' if open.is_empty() => at += 1,
            b'{' => open.push(at),
            b'}' => {
                if let Some(start) = open.pop() {
                    while pairs.last().is_some_and(|inner| inner.start > start) {
                        pairs.pop();
                    }
                    pairs.push(Span::new(start, at + 1));
                }
            }
            // a comment holds what it likes
            b'/' if !open.is_empty() && bytes.get(at + 1) == Some(&b'*') => {
                let rest = bytes.get(at + 2..).unwrap_or_default();
                match memchr::memmem::find(rest, b"*/") {
                    Some(end) => at += end + 3,
                    None => break,
                }
            }
            _ => {}
        }
        at += 1;
    }
    pairs
}

/// True for a line of module code.
pub(super) fn is_module(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.trim_start();
        return rest.starts_with(['{', '*', '"', '\'']) || rest.contains(" from '") || rest.contains(" from \"");
    }
    const DECLARED: [&str; 12] = [
        "default ",
        "const ",
        "let ",
        "var ",
        "function ",
        "async ",
        "class ",
        "type ",
        "interface ",
        "enum ",
        "{",
        "*",
    ];
    line.strip_prefix("export ").is_some_and(|rest| DECLARED.iter().any(|word| rest.trim_start().starts_with(word)))
}

/// Length of the module code at the start, to the blank line behind which all brackets are closed, else to the first;
/// and whether they close. `short`: it is known that they do not.
pub(super) fn module(text: &str, short: bool) -> (usize, bool) {
    let mut length = 0;
    let mut first = None;
    let mut depth = 0_isize;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if depth <= 0 {
                return (length, true);
            }
            first.get_or_insert(length);
        }
        if length > REACH || short && first.is_some() {
            break;
        }
        let mut quote = None;
        for byte in line.bytes() {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'{' | b'(' | b'[') => depth += 1,
                (None, b'}' | b')' | b']') => depth -= 1,
                _ => {}
            }
        }
        length += line.len();
    }
    if depth <= 0 { (length, true) } else { (first.unwrap_or(length), false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_paired_from_the_outside() {
        let text = "a {b {c} /* } */ d} e {f} {g \\{";
        let found: Vec<&str> = pairs(text, 0).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, ["{b {c} /* } */ d}", "{f}"]);
        assert_eq!(pairs("{ { {", 0), []);
    }

    #[test]
    fn module_code_ends_at_a_blank_line() {
        let text = "export const a = {\n  b: [1,\n\n 2],\n}\nimport x from 'y'\n\nText";
        assert_eq!(&text[module(text, false).0..], "\nText");
        assert!(is_module("import X from \"y\"\n") && is_module("export default () => null"));
        assert!(!is_module("import duties rose\n") && !is_module("exports fell") && !is_module("export licences are"));
        assert_eq!(module("export const a = {\n\nText", false), (19, false));
    }
}
