//! Addresses with keys that only follow their readers around.
//!
//! Takes a link; gives an observation with the repair that cuts the keys out of the address as it is written. A signed
//! address is left alone, since it holds only whole.

use super::Place;
use super::fault::{is_allowed, observation};
use crate::checks::{Observation, Scene};
use crate::finding::Fix;
use crate::source::Span;
use std::ops::Range;

/// An address with such keys.
pub(super) fn tracked<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> Option<Observation> {
    let list = |name: &str, key: &str| scene.lexicon.list(name).iter().any(|own| own.eq_ignore_ascii_case(key));
    let keys: Vec<String> = place.url.query_pairs().map(|(key, _)| key.into_owned()).collect();
    let first = keys.iter().find(|key| list("tracking-key", key))?;
    if keys.iter().any(|key| list("signing-key", key)) || is_allowed(scene, place.url) {
        return None;
    }
    let mut one = observation(place, None, first);
    let written = scene.article.source.slice(place.span);
    let cuts = cuts(written, &|key| list("tracking-key", key));
    if !cuts.is_empty() {
        let at = place.span.start;
        let edits = cuts.into_iter().map(|cut| (Span::new(at + cut.start, at + cut.end), String::new())).collect();
        one.fix = Some(Fix { message: "take the tracking keys out of the address".to_owned(), edits });
    }
    Some(one)
}

/// The bytes of an address to cut so that the keys are gone and the rest is still an address.
fn cuts(written: &str, is_tracking: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let Some(question) = written.find('?') else { return Vec::new() };
    let end = written.find('#').filter(|hash| *hash > question).unwrap_or(written.len());
    let Some(query) = written.get(question + 1..end) else { return Vec::new() };
    // what is no plain query is left alone: a second address inside, or markup
    if query.contains(['?', '<', '>', '"', '\'', ' ', '{', '(']) {
        return Vec::new();
    }
    let mut pairs: Vec<(Range<usize>, bool)> = Vec::new();
    let mut at = question + 1;
    for pair in query.split('&') {
        let (start, mut from) = (at, at);
        at += pair.len() + 1;
        let mut own = pair;
        if let Some(rest) = pair.strip_prefix("amp;") {
            own = rest;
            from += "amp;".len();
        }
        let key = own.split('=').next().unwrap_or_default();
        // from the sign before the pair to the sign behind it
        pairs.push((start - 1..from + own.len(), is_tracking(key)));
    }
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut kept = false;
    for (range, is_tracking) in pairs {
        if !is_tracking {
            if !kept && !cuts.is_empty() {
                // the first pair that stays keeps the question mark, and loses the sign before it
                let sign = if written.get(range.start..).is_some_and(|rest| rest.starts_with("&amp;")) { 5 } else { 1 };
                let last = cuts.last().map_or(question + 1, |cut| cut.end);
                cuts.clear();
                cuts.push(question + 1..last.max(range.start) + sign);
            }
            kept = true;
        } else if let Some(last) = cuts.last_mut().filter(|last| last.end == range.start) {
            last.end = range.end;
        } else {
            cuts.push(range);
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_an_address_without_the_keys() {
        let cases = [
            ("https://a.example/b?utm_source=x", "https://a.example/b"),
            ("https://a.example/b?utm_source=x&utm_medium=y#top", "https://a.example/b#top"),
            ("https://a.example/b?id=1&utm_source=x", "https://a.example/b?id=1"),
            ("https://a.example/b?utm_source=x&id=1", "https://a.example/b?id=1"),
            ("https://a.example/b?utm_source=x&amp;utm_medium=z&amp;id=1&amp;q", "https://a.example/b?id=1&amp;q"),
            ("https://a.example/b?id=1&amp;utm_source=x&amp;q=2", "https://a.example/b?id=1&amp;q=2"),
            ("https://a.example/b?utm_x=1&id=1&utm_y=2&q&utm_z", "https://a.example/b?id=1&q"),
            ("https://a.example/b?id=utm_x", "https://a.example/b?id=utm_x"),
            ("https://a.example/r?to=http://b.example/?utm_x=1", "https://a.example/r?to=http://b.example/?utm_x=1"),
        ];
        for (before, after) in cases {
            let mut text = before.to_owned();
            for cut in cuts(before, &|key| key.starts_with("utm_")).into_iter().rev() {
                text.replace_range(cut, "");
            }
            assert_eq!(text, after);
        }
    }
}
