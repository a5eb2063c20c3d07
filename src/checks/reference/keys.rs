//! Keys of a bibliography (`[@lee2019]`) that it does not hold.
//!
//! Takes the markers of an article and the bibliographies handed in with it. Where none was, nothing is known and
//! nothing is said. Works that the front matter itself lists count as held.

use super::markers;
use crate::bibliography::{Library, Work};
use crate::checks::{Observation, Scene};
use crate::document::Marker;
use crate::source::Span;
use std::collections::HashSet;

/// The front matter field that gives the key of a work listed there, as Pandoc reads it.
const LISTED: &str = "references.id";

/// Sees each key without an entry.
pub(super) fn dangling(scene: &Scene<'_>, seen: &mut Vec<Observation>) {
    let Some(library) = &scene.article.library else { return };
    let document = &scene.article.document;
    let listed: HashSet<&str> =
        document.metadata.iter().filter(|field| field.key == LISTED).map(|field| field.value.as_str()).collect();
    let cited: Vec<(&Marker, &str)> = markers(document)
        .filter(|marker| marker.keys)
        .flat_map(|marker| marker.labels.iter().map(move |label| (marker, label.as_str())))
        .collect();
    // a file that the article does not name and never cites from is another's
    if !library.named && !cited.iter().any(|(_, key)| library.work(key).is_some()) {
        return;
    }
    // `(@key)` numbers an example
    let examples: HashSet<&str> = scene
        .article
        .source
        .text()
        .split("(@")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(key, _)| key))
        .collect();
    for (marker, key) in cited {
        if library.work(key).is_some() || listed.contains(key) || examples.contains(key) {
            continue;
        }
        let span = place(scene, marker, key);
        let shown = scene.article.source.slice(span).to_owned();
        let mut values = vec![("text", shown), ("label", key.to_owned()), ("files", library.names())];
        let nearest = nearest(library, key);
        let grade = if nearest.is_some() { "misspelt-key" } else { "key" };
        values.extend(nearest.map(|nearest| ("nearest", nearest)));
        seen.push(Observation { grade: Some(grade), span, related: Vec::new(), values, fix: None });
    }
}

/// The key that was meant, with what is known of its work: `@lee2019 (Zinc for colds, 2019)`.
fn nearest(library: &Library, key: &str) -> Option<String> {
    let (nearest, Work { title, year }) = library.nearest(key)?;
    let known = title.iter().chain(year).map(String::as_str).collect::<Vec<_>>().join(", ");
    Some(if known.is_empty() { format!("@{nearest}") } else { format!("@{nearest} ({known})") })
}

/// Where a marker writes a key; the whole marker when it cannot be told.
fn place(scene: &Scene<'_>, marker: &Marker, key: &str) -> Span {
    let written = scene.article.source.slice(marker.span);
    let ends = |rest: &str| !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let plain = format!("@{key}");
    let braced = format!("@{{{key}}}");
    let found = written
        .match_indices(&plain)
        .find(|(at, found)| written.get(at + found.len()..).is_some_and(ends))
        .or_else(|| written.match_indices(&braced).next());
    found.map_or(marker.span, |(at, found)| Span::new(marker.span.start + at, marker.span.start + at + found.len()))
}
