//! Tags as JSX writes them.
//!
//! Takes text at a `<`; gives the tag's length. Knows no element by name.

/// Longest tag, in bytes.
pub(super) const REACH: usize = 4096;

/// True for the tag of a component: a name with a capital and a small letter, or one with a full stop.
pub(super) fn is_component(text: &str) -> bool {
    let name = name(text);
    let mut letters = name.chars();
    let capital = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
    capital && letters.any(|letter| letter.is_ascii_lowercase() || letter == '.')
}

/// True for the tag of any element, or of a fragment.
pub(super) fn is_element(text: &str) -> bool {
    text.starts_with("<>")
        || text.starts_with("</>")
        || name(text).starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// The name in the tag at the start; empty when none stands there.
pub(super) fn name(text: &str) -> &str {
    let Some(rest) = text.strip_prefix('<') else { return "" };
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.bytes().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')));
    let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    // an address in angle brackets is no tag
    let after = rest.get(name.len()..).and_then(|rest| rest.chars().next());
    if after.is_some_and(|letter| letter.is_whitespace() || matches!(letter, '>' | '/')) { name } else { "" }
}

/// Length of the tag at the start; `None` when it does not end.
pub(super) fn length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(1).take(REACH) {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(at + 1),
            (None, b'<') if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_where_jsx_says() {
        for tag in
            ["<Note>", "</Note>", "<Chart data={a > b ? \"}\" : {}} caption='x > y' />", "<Tabs.Item\n  a=\"b\"\n>"]
        {
            assert!(is_component(tag), "{tag}");
            assert_eq!(length(&format!("{tag} rest > of it")), Some(tag.len()), "{tag}");
        }
        assert_eq!(length("<Note is text"), None);
        assert_eq!(length("<Note <b>"), None);
    }

    #[test]
    fn other_angle_brackets_are_no_components() {
        for text in ["<div>", "<https://a.example>", "<Jane@example.com>", "< Note>", "<P>", "<5 mg"] {
            assert!(!is_component(text), "{text}");
        }
        assert!(is_element("<div>") && is_element("<>") && !is_element("<https://a.example>") && !is_element("<5 mg"));
    }
}
