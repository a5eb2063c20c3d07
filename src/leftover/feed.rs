//! What a feed reader pasted: time stamps, closing lines, a headline with its own copy.
//!
//! Takes the rows of a document and what the lists say of them; gives marks over rows.

use super::line::{Known, words};
use super::row::Row;
use super::{FEED, Found};
use crate::document::Document;

/// A headline and its copy have at least this many words.
const HEADLINE: usize = 5;

/// Marks of feed lines; the headline and its copy above a line belong to it.
pub(super) fn find(document: &Document, rows: &[Row], seen: &[Vec<Known>], taken: &mut [bool], found: &mut Vec<Found>) {
    let is_feed = |at: usize| seen.get(at).is_some_and(|known| known.contains(&Known::Feed));
    let is_copy = |at: usize| rows.get(at).zip(rows.get(at + 1)).is_some_and(|(one, two)| copies(document, one, two));
    let mut at = 0;
    while at < rows.len() {
        let start = at;
        let mut evidence = Vec::new();
        if is_copy(at) {
            evidence.push("copied-headline".to_owned());
            at += 2;
        }
        while is_feed(at) {
            evidence.push("feed-line".to_owned());
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        evidence.dedup();
        for taken in taken.iter_mut().take(at).skip(start) {
            *taken = true;
        }
        let removable = evidence.iter().any(|sign| sign == "feed-line");
        found.push(Found { kind: FEED, rows: start..at, score: 1, evidence, removable });
    }
}

/// True for a headline with a site's name behind it, and the same headline again without.
fn copies(document: &Document, one: &Row, two: &Row) -> bool {
    if !one.stands_alone || !two.stands_alone {
        return false;
    }
    let first = one.text(document);
    if first.len() > 240 || first.ends_with('.') {
        return false;
    }
    let Some((headline, site)) = [" – ", " — ", " | ", " - "].iter().find_map(|dash| first.rsplit_once(dash))
    else {
        return false;
    };
    let is_name = site.split_whitespace().count() <= 6
        && site.split_whitespace().next().is_some_and(|word| word.starts_with(|letter: char| letter.is_uppercase()));
    let second = two.text(document);
    if !is_name || second.len() > 300 {
        return false;
    }
    let (headline, second) = (words(headline), words(second));
    headline.len() >= HEADLINE && {
        let shared = headline.iter().filter(|word| second.contains(word)).count();
        shared * 10 >= headline.len() * 9 && second.len() <= headline.len() + 6
    }
}
