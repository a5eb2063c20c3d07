//! BibTeX and BibLaTeX.
//!
//! Takes a file; gives its works by their keys. What a publishing system would pass over (a key given twice, an
//! abbreviation that nobody defined) is no error.

use super::{Work, line};
use crate::datafile::{DataError, DataFile};
use crate::source::Span;
use biblatex::{Bibliography, ChunksExt, Entry, RawBibliography};
use std::collections::{BTreeMap, HashSet};

/// The works of a file.
pub(super) fn read(file: &DataFile) -> Result<BTreeMap<String, Work>, DataError> {
    let mut raw = RawBibliography::parse(file.source().text()).map_err(|error| {
        let place = Span::new(error.span.start, error.span.end);
        file.error_at(place, format!("is no BibTeX: {}", error.kind))
    })?;
    let mut known = HashSet::new();
    raw.entries.retain(|entry| known.insert(entry.v.key.v));
    let keys: Vec<String> = raw.entries.iter().map(|entry| entry.v.key.v.to_owned()).collect();
    let Ok(full) = Bibliography::from_raw(raw) else {
        return Ok(keys.into_iter().map(|key| (key, Work::default())).collect());
    };
    let works = full.keys().filter_map(|key| Some((key.to_owned(), work(full.get(key)?))));
    Ok(works.collect())
}

fn work(entry: &Entry) -> Work {
    let text = |field: &str| entry.get(field).map(ChunksExt::format_verbatim).and_then(|text| line(&text));
    let year = text("date").or_else(|| text("year")).and_then(|date| date.get(..4).map(str::to_owned));
    Work { title: text("title"), year }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn works(text: &str) -> Result<BTreeMap<String, Work>, DataError> {
        read(&DataFile::new("refs.bib", text))
    }

    #[test]
    fn keys_come_with_title_and_year() {
        let found = works(
            "Kept by hand.\n@article{lee2019,\n  title = {Zinc for {Colds}},\n  year = 2019\n}\n@book{ng:rest, date = \
             {2020-05}, month = may}\n@comment{x}\n",
        )
        .unwrap();
        let lee = Work { title: Some("Zinc for Colds".into()), year: Some("2019".into()) };
        assert_eq!(found.get("lee2019"), Some(&lee));
        assert_eq!(found.get("ng:rest").unwrap().year.as_deref(), Some("2020"));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn what_publishing_systems_pass_over_is_no_error() {
        let found = works("@misc{a, title={x}}\n@misc{a, title={y}}\n@misc{b, month = brumaire}\n").unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn what_is_broken_is_pointed_at() {
        let text = "@article{lee2019,\n  title = {Zinc\n";
        let error = works(text).unwrap_err();
        assert!(error.to_string().contains("is no BibTeX: unexpected end of file"), "{error}");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[\\PC\n\t]{0,60}|(@[a-z]{1,4}|[{}\"=,#%\\\\]|é|\n|a1){0,40}") {
            let _ = works(&text);
        }
    }
}
