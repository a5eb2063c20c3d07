//! Lists of words and texts, which are looked up without being gone through.
//!
//! Takes the words of a list; says whether it holds a word, and where its texts occur in another. Knows no case: what
//! is looked up must be folded as the list is.

use super::vocabulary::FastMap;
use aho_corasick::packed::{Config, MatchKind, Searcher};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Match};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::OnceLock;

/// A list of the lexicon.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct List {
    words: Vec<String>,
    #[serde(skip)]
    known: OnceLock<FastMap<Box<str>, ()>>,
    #[serde(skip)]
    short: OnceLock<FastMap<u64, ()>>,
    #[serde(skip)]
    texts: OnceLock<Texts>,
}

/// The texts of a list, ready to be searched for.
#[derive(Clone, Debug)]
struct Texts {
    /// Tells whether one occurs at all, many bytes at a time; `None` where the machine or the list does not allow it.
    any: Option<Searcher>,
    /// Finds all of them; made when one occurs.
    all: OnceLock<Option<AhoCorasick>>,
}

impl List {
    /// A list without words.
    pub(super) const fn new() -> Self {
        Self { words: Vec::new(), known: OnceLock::new(), short: OnceLock::new(), texts: OnceLock::new() }
    }

    /// Appends words; to be called before the first look.
    pub(super) fn extend(&mut self, words: Vec<String>) {
        self.words.extend(words);
    }

    /// The words in order.
    pub fn as_slice(&self) -> &[String] {
        &self.words
    }

    /// True when the list holds this word.
    pub fn contains(&self, word: &str) -> bool {
        let known = self.known.get_or_init(|| self.words.iter().map(|word| (word.as_str().into(), ())).collect());
        known.contains_key(word)
    }

    /// True when the list holds a word of at most eight bytes, in any case of its English letters.
    pub fn contains_short(&self, word: &[u8]) -> bool {
        let known = self
            .short
            .get_or_init(|| self.words.iter().filter_map(|word| Some((short(word.as_bytes())?, ()))).collect());
        short(word).is_some_and(|word| known.contains_key(&word))
    }

    /// Where texts of the list occur, in order of place; those of one text do not overlap.
    pub fn occurrences(&self, text: &str) -> Vec<Range<usize>> {
        let texts = self.texts.get_or_init(|| Texts::new(&self.words));
        // most texts hold none
        if texts.any.as_ref().is_some_and(|any| any.find(text).is_none()) {
            return Vec::new();
        }
        // the automaton that is made soonest: few texts are ever searched
        let make =
            || AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).prefilter(false).build(&self.words);
        let Some(all) = texts.all.get_or_init(|| make().ok()) else { return Vec::new() };
        let mut hits: Vec<Match> = all.find_overlapping_iter(text).filter(|hit| !hit.is_empty()).collect();
        hits.sort_by_key(|hit| (hit.start(), hit.pattern()));
        let mut ends = vec![0; self.words.len()];
        hits.retain(|hit| {
            let end = ends.get_mut(hit.pattern().as_usize()).filter(|end| **end <= hit.start());
            end.map(|end| *end = hit.end()).is_some()
        });
        hits.into_iter().map(|hit| hit.range()).collect()
    }
}

/// The bytes of a short word as a number.
fn short(word: &[u8]) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    bytes.make_ascii_lowercase();
    Some(u64::from_le_bytes(bytes))
}

impl Texts {
    fn new(words: &[String]) -> Self {
        let any = Config::new().match_kind(MatchKind::LeftmostFirst).builder().extend(words).build();
        Self { any, all: OnceLock::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(words: &[&str]) -> List {
        let mut list = List::new();
        list.extend(words.iter().map(|word| (*word).to_owned()).collect());
        list
    }

    #[test]
    fn a_list_holds_its_words() {
        let list = list(&["of", "the"]);
        assert!(list.contains("of") && list.contains("the") && !list.contains("o"));
        assert!(!List::new().contains(""));
        assert!(
            list.contains_short(b"The") && !list.contains_short(b"then") && !list.contains_short(b"the longest of all")
        );
    }

    proptest! {
        #[test]
        fn texts_are_found_where_a_plain_search_finds_them(text in "[ab\u{e9} ]{0,30}", words in proptest::collection::vec("[ab\u{e9}]{1,3}", 0..5)) {
            let mut words = words;
            words.sort_unstable();
            words.dedup();
            let list = list(&words.iter().map(String::as_str).collect::<Vec<_>>());
            let mut found = list.occurrences(&text);
            found.sort_by_key(|range| (range.start, range.end));
            let plain = words.iter().flat_map(|word| text.match_indices(word.as_str()));
            let mut plain: Vec<_> = plain.map(|(at, own)| at..at + own.len()).collect();
            plain.sort_by_key(|range| (range.start, range.end));
            prop_assert_eq!(found, plain);
        }
    }
}
