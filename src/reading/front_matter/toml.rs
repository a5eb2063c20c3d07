//! TOML front matter.
//!
//! Takes TOML; gives its values with their keys and places, or nothing when it is broken.

use crate::document::Field;
use crate::source::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The fields.
pub(super) fn read(text: &str) -> Option<Vec<Field>> {
    let root = DeTable::parse(text).ok()?;
    let mut fields = Vec::new();
    table(text, root.get_ref(), "", &mut fields);
    fields.sort_by_key(|field| field.span.start);
    Some(fields)
}

fn table(text: &str, table: &DeTable<'_>, prefix: &str, fields: &mut Vec<Field>) {
    for (key, inner) in table {
        let key = if prefix.is_empty() { key.get_ref().to_string() } else { format!("{prefix}.{}", key.get_ref()) };
        value(text, inner, &key, fields);
    }
}

/// Nesting is as deep as the parser allows.
fn value(text: &str, value: &Spanned<DeValue<'_>>, key: &str, fields: &mut Vec<Field>) {
    match value.get_ref() {
        DeValue::Table(inner) => table(text, inner, key, fields),
        DeValue::Array(inner) => inner.iter().for_each(|entry| self::value(text, entry, key, fields)),
        other => {
            let range = value.span();
            let raw = text.get(range.clone()).unwrap_or_default();
            let inner = ["\"\"\"", "'''", "\"", "'"]
                .into_iter()
                .find_map(|quote| raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)))
                .unwrap_or(raw);
            let start = range.start + (raw.len() - inner.len()) / 2;
            let kept = inner.trim_start();
            let start = start + inner.len() - kept.len();
            let kept = kept.trim_end();
            let decoded = other.as_str().map_or(kept, str::trim).to_owned();
            if !decoded.is_empty() {
                fields.push(Field { key: key.to_owned(), value: decoded, span: Span::new(start, start + kept.len()) });
            }
        }
    }
}
