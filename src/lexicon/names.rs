//! The names of all entries as one trie of words.
//!
//! Takes names as written and tells which entries a run of words names. Hyphens and full stops inside a name are
//! free ("beta-blocker", "beta blocker"; "St. John's", "St John's"). The last word may carry a plural or possessive
//! ending. Knows no classes and no text.

use super::vocabulary::{FastMap, Token, Vocabulary, WordId, fold, words};
use super::{EntryId, Inflections};
use serde::{Deserialize, Serialize};

/// The trie.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Names {
    /// Node and word give the next node; the root is 0.
    steps: FastMap<(u32, WordId), u32>,
    /// By node: its first end plus one, or 0.
    first: Vec<u32>,
    ends: Vec<End>,
    /// Names that count only in their own case, piece by piece.
    cased: Vec<Box<[Box<str>]>>,
    hyphen: WordId,
    dash: WordId,
    stop: WordId,
}

/// An entry whose name ends at a node.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct End {
    entry: EntryId,
    /// Index into `cased` plus one, or 0.
    case: u32,
    /// Next end of the same node plus one, or 0.
    next: u32,
}

impl Names {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        Self {
            first: vec![0],
            hyphen: vocabulary.intern("-"),
            dash: vocabulary.intern("–"),
            stop: vocabulary.intern("."),
            ..Self::default()
        }
    }

    /// Adds one name of an entry. `cased`: it counts only in the case written, when that has capitals; so does a name
    /// that begins with `=`.
    pub(super) fn add(
        &mut self,
        name: &str,
        entry: EntryId,
        cased: bool,
        inflections: &Inflections,
        vocabulary: &mut Vocabulary,
    ) {
        let (name, cased) = name.strip_prefix('=').map_or((name, cased), |name| (name, true));
        let pieces = || words(name).filter(|piece| !matches!(*piece, "-" | "." | "–" | "\u{2010}" | "\u{2011}"));
        let mut before = 0;
        let mut node = 0;
        let mut last = None;
        for piece in pieces() {
            let folded = fold(piece);
            before = node;
            node = self.step(before, vocabulary.intern(&folded));
            last = Some(folded);
        }
        let Some(last) = last else { return };
        let case = if cased && name.chars().any(char::is_uppercase) {
            self.cased.push(pieces().map(Box::from).collect());
            u32::try_from(self.cased.len()).unwrap_or(0)
        } else {
            0
        };
        self.end(node, entry, case);
        for form in inflections.irregular_plurals(&last) {
            let node = self.step(before, vocabulary.intern(form));
            self.end(node, entry, case);
        }
    }

    fn step(&mut self, node: u32, word: WordId) -> u32 {
        let next = u32::try_from(self.first.len()).unwrap_or(u32::MAX);
        let found = *self.steps.entry((node, word)).or_insert(next);
        if found == next {
            self.first.push(0);
        }
        found
    }

    fn end(&mut self, node: u32, entry: EntryId, case: u32) {
        let known: Vec<_> = self.at(node).filter(|end| end.entry == entry).map(|end| end.case).collect();
        if known.contains(&case) || known.contains(&0) {
            return;
        }
        let Some(first) = self.first.get_mut(node as usize) else { return };
        self.ends.push(End { entry, case, next: *first });
        *first = u32::try_from(self.ends.len()).unwrap_or(0);
    }

    fn at(&self, node: u32) -> impl Iterator<Item = End> {
        let mut next = self.first.get(node as usize).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let end = *self.ends.get((next as usize).checked_sub(1)?)?;
            next = end.next;
            Some(end)
        })
    }

    /// Entries with this name, case and typography folded, in the order they were added.
    pub(super) fn named(&self, name: &str, vocabulary: &Vocabulary) -> Vec<EntryId> {
        let mut node = 0;
        for piece in words(name.strip_prefix('=').unwrap_or(name)) {
            let word = vocabulary.get(&fold(piece));
            match self.steps.get(&(node, word)) {
                Some(next) => node = *next,
                None if node != 0 && self.is_free(word) => {}
                None => return Vec::new(),
            }
        }
        let mut found: Vec<_> = self.at(node).map(|end| end.entry).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn is_free(&self, word: WordId) -> bool {
        word == self.hyphen || word == self.dash || word == self.stop
    }

    /// The longest name that begins at word `start`: the word behind it, and its entries in `found`.
    pub(super) fn longest<'t>(
        &self,
        start: usize,
        count: usize,
        word: &impl Fn(usize) -> (Token, &'t str),
        found: &mut Vec<EntryId>,
    ) -> Option<usize> {
        found.clear();
        let mut best = None;
        let mut node = 0;
        for at in start..count {
            let (token, _) = word(at);
            let exact = self.steps.get(&(node, token.word)).copied();
            let plural =
                if token.base == WordId::UNKNOWN { None } else { self.steps.get(&(node, token.base)).copied() };
            for end in [plural, exact].into_iter().flatten() {
                self.take(end, start..at + 1, word, found, &mut best);
            }
            match exact {
                Some(next) => node = next,
                None if node != 0 && self.is_free(token.word) => {}
                None => break,
            }
        }
        best
    }

    /// Keeps the entries that end at `node`, when their case agrees.
    fn take<'t>(
        &self,
        node: u32,
        range: std::ops::Range<usize>,
        word: &impl Fn(usize) -> (Token, &'t str),
        found: &mut Vec<EntryId>,
        best: &mut Option<usize>,
    ) {
        for end in self.at(node) {
            if end.case != 0 && !self.agrees(end.case, range.clone(), word) {
                continue;
            }
            if best.is_none_or(|best| best < range.end) {
                found.clear();
                *best = Some(range.end);
            }
            if !found.contains(&end.entry) {
                found.push(end.entry);
            }
        }
    }

    /// True when the words are written as the name is; the last may have an ending more.
    fn agrees<'t>(&self, case: u32, range: std::ops::Range<usize>, word: &impl Fn(usize) -> (Token, &'t str)) -> bool {
        let Some(name) = self.cased.get(case as usize - 1) else { return false };
        let mut written = range.map(word).filter(|(token, _)| !self.is_free(token.word)).map(|(_, text)| text);
        let Some((last, first)) = name.split_last() else { return false };
        first.iter().all(|piece| written.next() == Some(piece.as_ref()))
            && written
                .next()
                .and_then(|text| text.strip_prefix(last.as_ref()))
                .is_some_and(|ending| !ending.chars().any(char::is_uppercase))
    }
}
