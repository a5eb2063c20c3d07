//! What a page says of itself: title, author, dates.
//!
//! Takes `meta` and `time` elements, the title and JSON-LD; gives fields with the place of each value.

use super::attribute::Attributes;
use super::entity;
use crate::document::Field;
use crate::source::Span;
use serde_json::Value;

/// Fields of JSON-LD that are kept, as it names them.
const KEPT: [&str; 6] = ["author", "datePublished", "dateModified", "reviewedBy", "lastReviewed", "headline"];
/// How many fields one JSON-LD block may give.
const MOST: usize = 64;

/// The field of a `meta` element.
pub(super) fn meta(attributes: Attributes<'_>) -> Option<Field> {
    let key = [&b"name"[..], b"property", b"itemprop"].into_iter().find_map(|name| attributes.value(name))?;
    let value = attributes.value(b"content")?.trim().to_owned();
    (!value.is_empty()).then(|| Field { key: key.trim().to_owned(), value, span: attributes.span(b"content") })
}

/// The field of a `time` element with a machine-readable date.
pub(super) fn time(attributes: Attributes<'_>) -> Option<Field> {
    let value = attributes.value(b"datetime")?.trim().to_owned();
    let key = attributes.value(b"itemprop").map_or_else(|| "time".to_owned(), std::borrow::Cow::into_owned);
    (!value.is_empty()).then(|| Field { key, value, span: attributes.span(b"datetime") })
}

/// The page's title.
pub(super) fn title(raw: &str, offset: usize) -> Option<Field> {
    let kept = raw.trim_start();
    let start = offset + raw.len() - kept.len();
    let kept = kept.trim_end();
    let value = entity::plain(kept);
    (!value.is_empty()).then(|| Field { key: "title".to_owned(), value, span: Span::new(start, start + kept.len()) })
}

/// Author, dates and the like of a JSON-LD block, which begins at byte `offset`.
pub(super) fn linked_data(raw: &str, offset: usize, fields: &mut Vec<Field>) {
    let Ok(data) = serde_json::from_str::<Value>(raw) else { return };
    let mut found = Vec::new();
    collect(&data, None, &mut found);
    let mut from = 0;
    for (key, value) in found {
        // values are met in their order but for the keys of one object; a look from the start costs one pass
        let place = |from: usize| raw.get(from..).and_then(|rest| rest.find(value)).map(|at| from + at);
        let at = place(from).or_else(|| place(0));
        let span = match at {
            Some(at) => {
                from = at + value.len();
                Span::new(offset + at, offset + at + value.len())
            }
            None => Span::new(offset, offset + raw.len()),
        };
        fields.push(Field { key: key.to_owned(), value: value.to_owned(), span });
    }
}

fn collect<'v>(value: &'v Value, key: Option<&'v str>, found: &mut Vec<(&'v str, &'v str)>) {
    if found.len() >= MOST {
        return;
    }
    match (value, key) {
        (Value::String(text), Some(key)) if !text.trim().is_empty() => found.push((key, text)),
        (Value::Array(values), _) => values.iter().for_each(|value| collect(value, key, found)),
        (Value::Object(fields), Some(key)) => {
            if let Some(Value::String(name)) = fields.get("name") {
                found.push((key, name));
            }
        }
        (Value::Object(fields), None) => {
            for (name, value) in fields {
                if KEPT.contains(&name.as_str()) {
                    collect(value, Some(name), found);
                } else if value.is_array() || value.is_object() {
                    collect(value, None, found);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_data_gives_author_and_dates() {
        let raw = r#"{"@graph":[{"@type":"Article","headline":"Sleep","author":[{"name":"Ann Lee"}],
            "datePublished":"2024-05-01","publisher":{"name":"Site"}}]}"#;
        let mut fields = Vec::new();
        linked_data(raw, 10, &mut fields);
        fields.sort_by(|a, b| a.key.cmp(&b.key));
        let seen: Vec<_> = fields.iter().map(|field| (field.key.as_str(), field.value.as_str())).collect();
        assert_eq!(seen, [("author", "Ann Lee"), ("datePublished", "2024-05-01"), ("headline", "Sleep")]);
        assert_eq!(&raw[fields[0].span.start - 10..fields[0].span.end - 10], "Ann Lee");
        linked_data("{broken", 0, &mut fields);
        assert_eq!(fields.len(), 3);
    }
}
