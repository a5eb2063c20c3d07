//! JSON front matter.
//!
//! Takes text that begins with a brace; gives the object's fields and its length, or nothing when it is no object that
//! ends its line. Keeps its own stack, so nesting costs no recursion.

use super::Path;
use crate::document::Field;
use crate::source::Span;

/// The fields of the object at the start of `text`, which begins at byte `offset`, and its length with its line break.
pub(super) fn read(text: &str, offset: usize) -> Option<(Vec<Field>, usize)> {
    let bytes = text.as_bytes();
    let mut fields = Vec::new();
    let mut path = Path::default();
    let mut at = 0;
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                if byte == b'{' { path.open_map() } else { path.open_list() }
            }
            b'}' | b']' => {
                path.close();
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return end(text, at + 1).map(|length| (fields, length));
                }
            }
            b'"' => {
                let length = string(bytes.get(at..)?)?;
                let raw = text.get(at..at + length)?;
                let value: String = serde_json::from_str(raw).ok()?;
                at += length;
                if path.wants_key() {
                    let colon = text.get(at..)?.trim_start();
                    if !colon.starts_with(':') {
                        return None;
                    }
                    path.key(&value);
                    at = text.len() - colon.len() + 1;
                    continue;
                }
                if !value.trim().is_empty() {
                    let span = Span::new(offset + at - length + 1, offset + at - 1);
                    fields.push(Field { key: path.name(), value: value.trim().to_owned(), span });
                }
                path.end_value();
                continue;
            }
            b',' | b' ' | b'\t' | b'\n' | b'\r' => {}
            b'-' | b'0'..=b'9' | b'a'..=b'z' if !path.wants_key() => {
                let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                let length = bytes.get(at..)?.iter().take_while(is_part).count();
                let value = text.get(at..at + length)?.to_owned();
                if value != "null" {
                    fields.push(Field { key: path.name(), value, span: Span::new(offset + at, offset + at + length) });
                }
                path.end_value();
                at += length;
                continue;
            }
            _ => return None,
        }
        at += 1;
    }
    None
}

/// Length of a string with its quotes.
fn string(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The end of the line, when nothing else stands on it.
fn end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
    rest.get(..length)?.trim().is_empty().then_some(at + length)
}
