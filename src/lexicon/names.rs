//! The names of all entries as one trie of words.
//!
//! Takes names as written and tells which entries a run of words names. Hyphens and full stops inside a name are
//! free ("beta-blocker", "beta blocker"; "St. John's", "St John's"). The last word may carry a plural or possessive
//! ending. Knows no classes and no text.

use super::packed::{Numbers, Texts};
use super::vocabulary::{FastMap, Token, Vocabulary, WordId, fold, words};
use super::{EntryId, Inflections};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

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
    /// By number of a word: the node that it leads to from the root, or 0.
    roots: Numbers,
    /// By node: where its steps begin among all; one more at the end.
    starts: Numbers,
    /// Rows of word and next node, sorted at each node.
    steps: Numbers,
    first: Numbers,
    /// Rows of entry, case, next.
    ends: Numbers,
    cased: Texts,
}

impl Packed {
    /// The node that a word leads to.
    fn next(&self, node: u32, word: WordId) -> Option<u32> {
        if node == 0 {
            return self.roots.get(word.0 as usize).filter(|next| *next != 0);
        }
        let (mut start, mut end) = (self.starts.get(node as usize)?, self.starts.get(node as usize + 1)?);
        while start < end {
            let middle = start + (end - start) / 2;
            let [own, next] = self.steps.row::<2>(middle as usize)?;
            match own.cmp(&word.0) {
                Ordering::Equal => return Some(next),
                Ordering::Less => start = middle + 1,
                Ordering::Greater => end = middle,
            }
        }
        None
    }

    /// All steps as node, word, next node.
    fn all(&self) -> Vec<[u32; 3]> {
        let roots = (0_u32..).zip(self.roots.iter()).filter(|(_, next)| *next != 0);
        let mut all: Vec<[u32; 3]> = roots.map(|(word, next)| [0, word, next]).collect();
        for (node, (start, end)) in (0_u32..).zip(self.starts.iter().zip(self.starts.iter().skip(1))) {
            let rows = (start..end).filter_map(|at| self.steps.row::<2>(at as usize));
            all.extend(rows.map(|[word, next]| [node, word, next]));
        }
        all
    }
}

/// Between the pieces of a name.
const BREAK: char = '\0';

/// Columns of an end.
const COLUMNS: usize = 3;

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
        match self.packed.next(node, word) {
            None if !self.steps.is_empty() => self.steps.get(&(node, word)).copied(),
            next => next,
        }
    }

    /// True when a name begins with a word.
    pub(super) fn may_begin(&self, token: Token) -> bool {
        self.next(0, token.word).is_some() || self.next(0, token.base).is_some()
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
        let mut steps = self.packed.all();
        steps.extend(self.steps.iter().map(|((node, word), next)| [*node, word.0, *next]));
        steps.sort_unstable();
        let last = steps.iter().filter(|[node, ..]| *node == 0).map(|[_, word, _]| *word).max();
        let mut roots = vec![0; last.map_or(0, |last| last as usize + 1)];
        let mut starts = vec![0; self.nodes as usize + 1];
        let mut rows = Vec::new();
        for [node, word, next] in steps {
            if node == 0 {
                roots.iter_mut().skip(word as usize).take(1).for_each(|own| *own = next);
            } else {
                rows.extend([word, next]);
                starts.iter_mut().skip(node as usize + 1).take(1).for_each(|count| *count += 1);
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let ends = self.ends.iter().flat_map(|end| [end.entry.0, end.case, end.next]);
        self.packed = Packed {
            roots: roots.into_iter().collect(),
            starts: starts.into_iter().collect(),
            steps: rows.into_iter().collect(),
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
