//! Lists of words and texts, which are looked up without being gone through.
//!
//! Takes the words of a list; says whether it holds a word, and where its texts occur in another. Knows no case: what
//! is looked up must be folded as the list is.

use super::vocabulary::FastMap;
use aho_corasick::packed::{Config, MatchKind, Searcher};
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

/// The texts of a list by what they begin with.
#[derive(Clone, Debug)]
struct Texts {
    /// One bit for each three bytes that a text begins with; some share one.
    heads: Vec<u64>,
    /// Indices of the texts by their first byte.
    by_first: Vec<Vec<usize>>,
    /// Tells whether one occurs at all, many bytes at a time; `None` where the machine or the list does not allow it.
    any: Option<Searcher>,
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
        let bytes = text.as_bytes();
        let mut ends: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        let heads = bytes.windows(3).filter_map(|head| <[u8; 3]>::try_from(head).ok());
        let last = bytes.windows(2).last().and_then(|head| <[u8; 2]>::try_from(head).ok());
        let last = last.map(|[first, second]| [first, second, 0]).into_iter();
        let last = last.chain(bytes.last().map(|first| [*first, 0, 0]));
        // the adapters run faster from inside
        heads.chain(last).enumerate().filter(|(_, head)| texts.may_begin(*head)).for_each(|(at, [first, ..])| {
            for index in texts.by_first.get(usize::from(first)).into_iter().flatten().copied() {
                let Some(own) = self.words.get(index) else { continue };
                if !bytes.get(at..).is_some_and(|rest| rest.starts_with(own.as_bytes())) {
                    continue;
                }
                ends.resize(self.words.len(), 0);
                if let Some(end) = ends.get_mut(index).filter(|end| **end <= at) {
                    *end = at + own.len();
                    found.push(at..*end);
                }
            }
        });
        found
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
        let mut texts = Self { heads: vec![0; HEADS], by_first: vec![Vec::new(); 256], any };
        for (index, word) in words.iter().enumerate() {
            let bytes = word.as_bytes();
            let Some(first) = bytes.first().copied() else { continue };
            // what comes behind a shorter text may be anything
            let next = |at: usize| bytes.get(at).map_or(0..=u8::MAX, |byte| *byte..=*byte);
            for second in next(1) {
                for third in next(2) {
                    let (at, bit) = Self::place([first, second, third]);
                    texts.heads.iter_mut().skip(at).take(1).for_each(|heads| *heads |= bit);
                }
            }
            texts.by_first.iter_mut().skip(usize::from(first)).take(1).for_each(|own| own.push(index));
        }
        texts
    }

    fn place([first, second, third]: [u8; 3]) -> (usize, u64) {
        let mixed = u32::from_le_bytes([first, second, third, 0]).wrapping_mul(0x9e37_79b1) >> 18;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    fn may_begin(&self, head: [u8; 3]) -> bool {
        let (at, bit) = Self::place(head);
        self.heads.get(at).is_some_and(|heads| heads & bit != 0)
    }
}

/// How many times 64 bits there are.
const HEADS: usize = 256;

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
