//! The names of all entries as one trie of words.
//!
//! Takes names as written and tells which entries a run of words names. Hyphens and full stops inside a name are
//! free ("beta-blocker", "beta blocker"; "St. John's", "St John's"). The last word may carry a plural or possessive
//! ending. Knows no classes and no text.

use super::packed::{Index, Numbers, Texts};
use super::vocabulary::{FastMap, Mixed, Token, Vocabulary, WordId, fold, words};
use super::{EntryId, Inflections};
use serde::{Deserialize, Serialize};
use std::hash::BuildHasher;

/// The trie.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Names {
    packed: Packed,
    /// Node and word give the next node; the root is 0. As all that follows: what came since the packing.
    #[serde(skip)]
    steps: FastMap<(u32, WordId), u32>,
    /// By node: its first end plus one, or 0.
    #[serde(skip)]
    first: FastMap<u32, u32>,
    /// How many nodes there are, of the packed and these.
    nodes: u32,
    #[serde(skip)]
    ends: Vec<End>,
    /// Names that count only in their own case, their pieces with [`BREAK`] between them.
    #[serde(skip)]
    cased: Vec<String>,
    hyphen: WordId,
    dash: WordId,
    stop: WordId,
}

/// The trie of the built-in names, used where it lies.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Packed {
    /// One bit for each word that begins a name: most words begin none.
    heads: Numbers,
    index: Index,
    /// Rows of node, word, next node.
    steps: Numbers,
    first: Numbers,
    /// Rows of entry, case, next.
    ends: Numbers,
    cased: Texts,
}

/// Between the pieces of a name.
const BREAK: char = '\0';

/// Columns of a step and of an end.
const COLUMNS: usize = 3;

/// What a step is found by.
fn hash_of(node: u32, word: WordId) -> u64 {
    Mixed::default().hash_one((node, word.0))
}

/// An entry whose name ends at a node.
#[derive(Clone, Copy, Debug)]
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
            nodes: 1,
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
            self.cased.push(pieces().collect::<Vec<_>>().join(BREAK.encode_utf8(&mut [0; 4])));
            u32::try_from(self.packed.cased.len() + self.cased.len()).unwrap_or(0)
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
        if let Some(next) = self.next(node, word) {
            return next;
        }
        let next = self.nodes;
        self.steps.insert((node, word), next);
        self.nodes += 1;
        next
    }

    /// The node that a word leads to.
    fn next(&self, node: u32, word: WordId) -> Option<u32> {
        if word == WordId::UNKNOWN {
            return None;
        }
        if node == 0 && self.steps.is_empty() {
            let bits = self.packed.heads.get((word.0 >> 5) as usize);
            bits.filter(|bits| bits >> (word.0 & 31) & 1 != 0)?;
        }
        let row = |at| self.packed.steps.row::<COLUMNS>(at);
        let is = |at| matches!(row(at), Some([from, own, _]) if from == node && own == word.0);
        match self.packed.index.find(hash_of(node, word), is).and_then(row) {
            Some([.., next]) => Some(next),
            None if self.steps.is_empty() => None,
            None => self.steps.get(&(node, word)).copied(),
        }
    }

    fn end(&mut self, node: u32, entry: EntryId, case: u32) {
        let known: Vec<_> = self.at(node).filter(|end| end.entry == entry).map(|end| end.case).collect();
        if known.contains(&case) || known.contains(&0) {
            return;
        }
        self.ends.push(End { entry, case, next: self.first(node) });
        self.first.insert(node, u32::try_from(self.packed_ends() + self.ends.len()).unwrap_or(0));
    }

    fn first(&self, node: u32) -> u32 {
        let added = if self.first.is_empty() { None } else { self.first.get(&node).copied() };
        added.or_else(|| self.packed.first.get(node as usize)).unwrap_or(0)
    }

    fn packed_ends(&self) -> usize {
        self.packed.ends.len() / COLUMNS
    }

    fn at(&self, node: u32) -> impl Iterator<Item = End> {
        let mut next = self.first(node);
        std::iter::from_fn(move || {
            let place = (next as usize).checked_sub(1)?;
            let end = match self.packed.ends.row::<COLUMNS>(place) {
                Some([entry, case, next]) => End { entry: EntryId(entry), case, next },
                None => *self.ends.get(place - self.packed_ends())?,
            };
            next = end.next;
            Some(end)
        })
    }

    /// The name with this number that counts only in its own case.
    fn cased(&self, case: u32) -> Option<&str> {
        let place = (case as usize).checked_sub(1)?;
        let added = || self.cased.get(place.checked_sub(self.packed.cased.len())?).map(String::as_str);
        self.packed.cased.get(place).or_else(added)
    }

    /// Puts all names where they can be used as they lie.
    pub(super) fn pack(&mut self) {
        let old = &self.packed.steps;
        let mut steps: Vec<[u32; COLUMNS]> = (0..old.len() / COLUMNS).filter_map(|at| old.row(at)).collect();
        steps.extend(self.steps.iter().map(|((node, word), next)| [*node, word.0, *next]));
        steps.sort_unstable();
        let last = steps.iter().map(|[_, word, _]| *word).max().unwrap_or(0);
        let mut heads = vec![0; (last >> 5) as usize + 1];
        for [_, word, _] in steps.iter().filter(|[node, ..]| *node == 0) {
            heads.iter_mut().skip((word >> 5) as usize).take(1).for_each(|bits| *bits |= 1 << (word & 31));
        }
        let hashes: Vec<u64> = steps.iter().map(|[node, word, _]| hash_of(*node, WordId(*word))).collect();
        let ends = self.ends.iter().flat_map(|end| [end.entry.0, end.case, end.next]);
        self.packed = Packed {
            heads: heads.into_iter().collect(),
            index: Index::new(&hashes),
            steps: steps.into_iter().flatten().collect(),
            first: (0..self.nodes).map(|node| self.first(node)).collect(),
            ends: self.packed.ends.iter().chain(ends).collect(),
            cased: Texts::new(self.packed.cased.iter().chain(self.cased.iter().map(String::as_str))),
        };
        (self.steps, self.first) = (FastMap::default(), FastMap::default());
        (self.ends, self.cased) = (Vec::new(), Vec::new());
    }

    /// Entries with this name, case and typography folded, in the order they were added.
    pub(super) fn named(&self, name: &str, vocabulary: &Vocabulary) -> Vec<EntryId> {
        let mut node = 0;
        for piece in words(name.strip_prefix('=').unwrap_or(name)) {
            let word = vocabulary.get(&fold(piece));
            match self.next(node, word) {
                Some(next) => node = next,
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
            let exact = self.next(node, token.word);
            let plural = self.next(node, token.base);
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
        let Some(name) = self.cased(case) else { return false };
        let mut written = range.map(word).filter(|(token, _)| !self.is_free(token.word)).map(|(_, text)| text);
        let mut pieces = name.split(BREAK);
        let Some(last) = pieces.next_back() else { return false };
        pieces.all(|piece| written.next() == Some(piece))
            && written
                .next()
                .and_then(|text| text.strip_prefix(last))
                .is_some_and(|ending| !ending.chars().any(char::is_uppercase))
    }
}
