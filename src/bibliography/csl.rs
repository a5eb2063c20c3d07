//! CSL-JSON, as reference managers export it.
//!
//! Takes a file; gives its works by their identifiers. A list of works, or an object that holds one (`items`,
//! `references`).

use super::{Work, line};
use crate::datafile::{DataError, DataFile};
use crate::source::Span;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Works(Vec<Item>),
    Held {
        #[serde(alias = "references")]
        items: Vec<Item>,
    },
}

#[derive(Deserialize)]
struct Item {
    id: Value,
    #[serde(default, rename = "citation-key")]
    citation_key: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    issued: Value,
}

/// The works of a file.
pub(super) fn read(file: &DataFile) -> Result<BTreeMap<String, Work>, DataError> {
    let text = file.source().text();
    let json = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(json).map_err(|error| {
        let start = file.source().line(error.line()).map_or(0, |line| line.start);
        let at = Span::new(start + error.column().saturating_sub(1), start + error.column());
        // the place is shown beside the message and need not be in it
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        file.error_at(at, format!("is no JSON: {reason}"))
    })?;
    let wrong = "is no CSL-JSON: a list of works is wanted, each with an `id`";
    let works = match serde_json::from_value(value) {
        Ok(File::Works(works) | File::Held { items: works }) => works,
        Err(_) => return Err(file.error_at(Span::default(), wrong)),
    };
    let mut found = BTreeMap::new();
    for item in works {
        let id = match item.id {
            Value::String(id) => id,
            Value::Number(id) => id.to_string(),
            _ => return Err(file.error_at(Span::default(), wrong)),
        };
        let work = Work { title: item.title.as_deref().and_then(line), year: year(&item.issued) };
        for key in item.citation_key.into_iter().chain([id]) {
            found.insert(key, work.clone());
        }
    }
    Ok(found)
}

/// The year of a date in parts (`{"date-parts": [[2019, 5]]}`), a number or a text.
fn year(issued: &Value) -> Option<String> {
    let parts = issued.pointer("/date-parts/0/0").or_else(|| issued.get("raw")).or_else(|| issued.get("literal"))?;
    let text = parts.as_str().map_or_else(|| parts.to_string(), str::to_owned);
    text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn works(text: &str) -> Result<BTreeMap<String, Work>, DataError> {
        read(&DataFile::new("refs.json", text))
    }

    #[test]
    fn lists_and_objects_with_lists_are_read() {
        let lee = "{\"id\": \"lee2019\", \"title\": \"Zinc\", \"issued\": {\"date-parts\": [[2019, 5]]}}";
        let wanted = Work { title: Some("Zinc".into()), year: Some("2019".into()) };
        for text in [format!("[{lee}, {{\"id\": 7}}]"), format!("{{\"items\": [{lee}, {{\"id\": 7}}]}}")] {
            let found = works(&text).unwrap();
            assert_eq!(found.get("lee2019"), Some(&wanted));
            assert_eq!(found.get("7"), Some(&Work::default()));
        }
    }

    #[test]
    fn what_is_broken_is_pointed_at() {
        let error = works("[\n  {\"id\": \"a\",}\n]").unwrap_err();
        assert_eq!((error.to_string().as_str(), error.span), ("is no JSON: trailing comma", Span::new(15, 16)));
        assert!(works("{\"a\": 1}").unwrap_err().to_string().contains("each with an `id`"));
    }
}
