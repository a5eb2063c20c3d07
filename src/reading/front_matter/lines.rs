//! Front matter read line by line, for what no parser takes.
//!
//! Takes the text between the delimiters; gives `key: value` and `key = value` lines. Knows no nesting.

use crate::document::Field;
use crate::source::Span;

/// True when the first line that says something is a field or opens a table.
pub(super) fn is_fields(text: &str) -> bool {
    let first = text.lines().map(str::trim_end).find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_none_or(|line| field(line).is_some() || line.starts_with('[') && line.ends_with(']'))
        && (first.is_some() || !text.starts_with(['\n', '\r']) || text.contains('#'))
}

/// The fields.
pub(super) fn read(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((key, value)) = field(line) {
            let from = at + line.find(value).unwrap_or_default();
            let kept = unquoted(value);
            let start = from + value.find(kept).unwrap_or_default();
            if !kept.is_empty() {
                let span = Span::new(start, start + kept.len());
                fields.push(Field { key: key.to_owned(), value: kept.to_owned(), span });
            }
        }
        at += line.len();
    }
    fields
}

/// Key and value of a line that begins with a key.
fn field(line: &str) -> Option<(&str, &str)> {
    let end = line.find([':', '='])?;
    let (key, rest) = line.split_at_checked(end)?;
    let rest = rest.get(1..)?;
    let separated = line.as_bytes().get(end) == Some(&b'=') || rest.is_empty() || rest.starts_with(char::is_whitespace);
    let key = key.trim_end().trim_matches(['"', '\'']);
    let plain = key.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | ' ' | '@'));
    let words = key.split(' ').count();
    (separated && plain && !key.is_empty() && !key.starts_with([' ', '-']) && words <= 3).then(|| (key, rest.trim()))
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)))
        .unwrap_or(value)
}
