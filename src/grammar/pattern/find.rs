//! The search: phrases that their keys set off run over the words of a statement.
//!
//! An attempt is a step of a program at a word. Programs only run forward and what lies behind does not matter, so an
//! attempt that failed once fails always: each is made at most once, and a search costs at most steps × words.

use super::compile::Instruction;
use super::opening::{Filter, Start, class_bit};
use super::view::{View, What};
use super::{Match, PatternId, PatternSet, class_code, kind_code};
use crate::lexicon::{Token, WordId};
use std::ops::Range;

/// An attempt to be made, and how much of the trail it may rely on.
#[derive(Clone, Copy)]
struct Attempt {
    step: u32,
    word: u32,
    trail: u32,
}

/// What a path took.
#[derive(Clone, Copy)]
enum Mark {
    Open(u32, u32),
    Close(u32),
    Took(u32, u32, u32),
}

/// Memory of one search, used again for each phrase.
#[derive(Default)]
struct Search {
    /// One bit for each step at each word, word after word. Between searches all are 0.
    made: Vec<u64>,
    /// One past the last word at which a step was tried.
    reached: usize,
    stack: Vec<Attempt>,
    trail: Vec<Mark>,
    inner: Option<Box<Self>>,
}

/// What stands in a statement, as a filter that may say yes too often but never no.
struct Present([u64; 64]);

impl Default for Present {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Present {
    const fn place(code: u32) -> (usize, u64) {
        let code = code ^ (code >> 20);
        ((code >> 6 & 63) as usize, 1 << (code & 63))
    }

    fn add(&mut self, code: u32) {
        let (at, bit) = Self::place(code);
        self.0.iter_mut().skip(at).take(1).for_each(|word| *word |= bit);
    }

    fn may_hold(&self, code: u32) -> bool {
        let (at, bit) = Self::place(code);
        self.0.get(at).is_some_and(|word| word & bit != 0)
    }
}

/// Phrases that are to be tried, each once.
struct Candidates(Vec<u64>);

impl Candidates {
    /// None of `count` phrases.
    fn among(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn add(&mut self, patterns: &[PatternId]) {
        for PatternId(number) in patterns {
            if let Some(word) = self.0.get_mut((number >> 6) as usize) {
                *word |= 1 << (number & 63);
            }
        }
    }

    fn in_order(&self) -> impl Iterator<Item = PatternId> + '_ {
        self.0.iter().zip((0..).step_by(64)).flat_map(|(word, first)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(PatternId(first + bit))
            })
        })
    }
}

impl PatternSet {
    /// All matches, sorted by phrase and place. Matches of one phrase do not overlap; each is the one that begins
    /// first, with the longest alternatives and the shortest gaps.
    pub fn find(&self, view: &View<'_>) -> Vec<Match> {
        let mut candidates = Candidates::among(self.programs.len());
        let mut present = Present::default();
        let mut starts: Vec<Start> = Vec::with_capacity(view.pieces.len());
        for piece in &view.pieces {
            let places = [piece.token.word, piece.token.prefix].map(Filter::place);
            starts.push(Start { token: piece.token, places, kinds: 0, classes: 0 });
            for word in [piece.token.word, piece.token.prefix] {
                // what no phrase asks for sets none off
                if word != WordId::UNKNOWN {
                    present.add(word.0);
                    candidates.add(self.triggers.words.get(word.0));
                }
            }
        }
        for edge in &view.edges {
            let start = starts.get_mut(edge.start as usize);
            match edge.what {
                What::Quantity(bits) => {
                    start.into_iter().for_each(|start| start.kinds |= bits);
                    for bit in (0..32).filter(|bit| bits & 1 << bit != 0) {
                        present.add(kind_code(bit));
                        candidates.add(self.triggers.kinds.get(bit));
                    }
                }
                What::Entry(entry) => {
                    let classes = view.classes_of(entry);
                    let bits = classes.iter().fold(0, |bits, class| bits | class_bit(*class));
                    start.into_iter().for_each(|start| start.classes |= bits);
                    for class in classes {
                        present.add(class_code(u32::from(class.0)));
                        candidates.add(self.triggers.classes.get(u32::from(class.0)));
                    }
                }
            }
        }
        let mut search = Search::default();
        let mut found = Vec::new();
        for pattern in candidates.in_order().filter(|pattern| self.may_hold(*pattern, &present)) {
            if let Some(program) = self.programs.get(pattern.0 as usize) {
                self.run(pattern, program.clone(), view, &starts, &mut search, &mut found);
            }
        }
        found
    }

    /// False when something that the phrase needs stands nowhere in the statement.
    fn may_hold(&self, pattern: PatternId, present: &Present) -> bool {
        let asks = self.asks.get(pattern.0 as usize).cloned().unwrap_or_default();
        let asked = self.asked.get(asks.start as usize..asks.end as usize).unwrap_or_default();
        asked.iter().all(|codes| {
            let codes = self.codes.get(codes.start as usize..codes.end as usize).unwrap_or_default();
            codes.iter().any(|code| present.may_hold(*code))
        })
    }

    /// True when a step takes a word by itself.
    pub(super) fn takes(&self, step: Instruction, token: Token) -> bool {
        match step {
            Instruction::Word(word) | Instruction::Cased(word, _) => token.word == word,
            Instruction::Set(set) => self.holds(set, token.word),
            Instruction::Prefix(set) => self.holds(set, token.prefix),
            _ => false,
        }
    }

    fn run(
        &self,
        pattern: PatternId,
        program: Range<u32>,
        view: &View<'_>,
        starts: &[Start],
        search: &mut Search,
        found: &mut Vec<Match>,
    ) {
        let count = view.pieces.len();
        let Some(opening) = self.openings.get(pattern.0 as usize) else { return };
        let reaches = opening.reaches;
        if opening.single {
            let here = starts.iter().enumerate().filter(|(_, start)| self.may_begin(opening, start));
            found.extend(here.map(|(at, _)| Match { pattern, words: at..at + 1, captures: Vec::new() }));
            return;
        }
        let mut first = None;
        let mut start = 0;
        let starts = if opening.anchored { starts.get(..=view.first).unwrap_or(starts) } else { starts };
        while let Some(next) = starts.get(start..) {
            // silent marks are passed over by what begins behind them
            let Some(skipped) = next.iter().position(|start| self.may_begin(opening, start)) else { break };
            start += skipped;
            first.get_or_insert(start);
            search.grow(program.len() * (count + 1));
            let Some(end) = self.attempt(&program, start, view, search) else {
                start += 1;
                continue;
            };
            let words = trim(view, start..end, reaches);
            if !words.is_empty() {
                let captures = search.captures(view, &self.names, reaches);
                found.push(Match { pattern, words, captures });
            }
            start = end.max(start + 1);
            // what lies before is never looked at again, and what the match tried behind it may be another's beginning
            search.forget(end, program.len());
        }
        first.into_iter().for_each(|first| search.forget(first, program.len()));
    }

    /// Runs a program at one word; gives the word behind its match.
    fn attempt(&self, program: &Range<u32>, start: usize, view: &View<'_>, search: &mut Search) -> Option<usize> {
        let count = view.pieces.len();
        search.stack.clear();
        search.trail.clear();
        search.push(program.start, start, 0);
        while let Some(Attempt { mut step, word, trail }) = search.stack.pop() {
            search.trail.truncate(trail as usize);
            let mut at = word as usize;
            loop {
                if !search.is_new((step - program.start) as usize, at, program.len()) {
                    break;
                }
                let Some(instruction) = self.code.get(step as usize) else { break };
                match *instruction {
                    Instruction::Accept => return Some(at),
                    Instruction::Jump(target) => step = target,
                    Instruction::Split(target) => {
                        search.later(target, at);
                        step += 1;
                    }
                    Instruction::Start if at <= view.first => step += 1,
                    Instruction::End if at >= view.last => step += 1,
                    Instruction::Start | Instruction::End => break,
                    Instruction::Open(name) => {
                        search.trail.push(Mark::Open(name, number(at)));
                        step += 1;
                    }
                    Instruction::Close => {
                        search.trail.push(Mark::Close(number(at)));
                        step += 1;
                    }
                    Instruction::Not(target) => {
                        let mut inner = search.inner.take().unwrap_or_default();
                        let range = step + 1..target;
                        inner.grow(range.len() * (count + 1));
                        let hit = self.attempt(&range, at, view, &mut inner).is_some();
                        inner.forget(at, range.len());
                        search.inner = Some(inner);
                        if hit {
                            break;
                        }
                        step = target;
                    }
                    Instruction::Gapped => {
                        if !same_clause(view, at) {
                            break;
                        }
                        step += 1;
                    }
                    Instruction::Gap(end) => {
                        pass(step, end, at, view, search);
                        step = end;
                    }
                    Instruction::Reach(end) => {
                        search.later(end, at);
                        pass(step, end - 1, at, view, search);
                        break;
                    }
                    ref taking => {
                        let Some(next) = self.take(*taking, at, view, search) else { break };
                        at = next;
                        step += 1;
                    }
                }
            }
        }
        None
    }

    /// Takes a word, quantity or name; gives the word behind it.
    fn take(&self, instruction: Instruction, mut at: usize, view: &View<'_>, search: &mut Search) -> Option<usize> {
        loop {
            let piece = view.pieces.get(at)?;
            let token = piece.token;
            let hit = match instruction {
                Instruction::Cased(word, text) => {
                    token.word == word
                        && self.cased.get(text as usize).is_some_and(|text| text.as_ref() == view.written(at))
                }
                Instruction::Class(class, name) => {
                    let is = |what: What| matches!(what, What::Entry(entry) if view.classes_of(entry).contains(&class));
                    if let Some(end) = take_edge(view, at, name, search, is) {
                        return Some(end);
                    }
                    false
                }
                Instruction::Kinds(mask, name) => {
                    let is = |what: What| matches!(what, What::Quantity(bits) if bits & mask != 0);
                    if let Some(end) = take_edge(view, at, name, search, is) {
                        return Some(end);
                    }
                    false
                }
                step => self.takes(step, token),
            };
            if hit {
                return Some(at + 1);
            }
            if !piece.silent {
                return None;
            }
            at += 1;
        }
    }

    fn holds(&self, set: u32, word: WordId) -> bool {
        self.sets.get(set).binary_search(&word).is_ok()
    }
}

/// Ways to pass a word, a mark, a quantity or a name inside a gap.
fn pass(step: u32, end: u32, at: usize, view: &View<'_>, search: &mut Search) {
    let Some(piece) = view.pieces.get(at) else { return };
    if !same_clause(view, at) {
        return;
    }
    if piece.mark {
        search.later(step, at + 1);
    }
    if step + 1 >= end {
        return;
    }
    if !piece.mark {
        search.later(step + 1, at + 1);
    }
    for edge in view.edges_at(at) {
        let end = edge.end as usize;
        let whole = view.pieces.get(end.saturating_sub(1)).is_some_and(|last| last.clause == piece.clause);
        if whole && end > at + 1 {
            search.later(step + 1, end);
        }
    }
}

/// Takes the longest edge that fits; shorter ones are other ends of the same phrase and are not tried.
fn take_edge(view: &View<'_>, at: usize, name: u32, search: &mut Search, is: impl Fn(What) -> bool) -> Option<usize> {
    let edge = view.edges_at(at).iter().find(|edge| is(edge.what))?;
    search.trail.push(Mark::Took(name, number(at), edge.end));
    Some(edge.end as usize)
}

impl Search {
    /// Makes room for so many steps at words.
    fn grow(&mut self, size: usize) {
        if self.made.len() * 64 < size {
            self.made.resize(size.div_ceil(64), 0);
        }
    }

    /// Forgets what was tried from a word on.
    fn forget(&mut self, from: usize, steps: usize) {
        let tried = (from * steps / 64)..(self.reached * steps).div_ceil(64);
        self.made.get_mut(tried).into_iter().flatten().for_each(|bits| *bits = 0);
        self.reached = self.reached.min(from);
    }

    /// Notes an attempt; false when it was made before.
    fn is_new(&mut self, step: usize, word: usize, steps: usize) -> bool {
        let slot = word * steps + step;
        let Some(bits) = self.made.get_mut(slot / 64) else { return false };
        let bit = 1 << (slot % 64);
        let new = *bits & bit == 0;
        *bits |= bit;
        self.reached = self.reached.max(word + 1);
        new
    }

    fn push(&mut self, step: u32, word: usize, trail: usize) {
        self.stack.push(Attempt { step, word: number(word), trail: number(trail) });
    }

    /// To be tried when the path at hand fails.
    fn later(&mut self, step: u32, word: usize) {
        self.push(step, word, self.trail.len());
    }

    /// The captures of the path that matched.
    fn captures(
        &self,
        view: &View<'_>,
        names: &[std::sync::Arc<str>],
        reaches: bool,
    ) -> Vec<(std::sync::Arc<str>, Range<usize>)> {
        let mut open: Vec<(u32, u32)> = Vec::new();
        let mut found = Vec::new();
        let mut add = |name: u32, start: u32, end: u32| {
            if let Some(name) = names.get(name as usize) {
                found.push((std::sync::Arc::clone(name), trim(view, start as usize..end as usize, reaches)));
            }
        };
        for mark in &self.trail {
            match *mark {
                Mark::Open(name, start) => open.push((name, start)),
                Mark::Close(end) => {
                    if let Some((name, start)) = open.pop() {
                        add(name, start, end);
                    }
                }
                Mark::Took(name, start, end) => add(name, start, end),
            }
        }
        found
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// True when a word and the one before it stand in one clause.
fn same_clause(view: &View<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| view.pieces.get(before));
    match (before, view.pieces.get(at)) {
        (Some(before), Some(piece)) => before.clause == piece.clause,
        _ => true,
    }
}

/// A range without the silent marks at its start and the marks that a gap passed at its end.
fn trim(view: &View<'_>, mut words: Range<usize>, reaches: bool) -> Range<usize> {
    while reaches && words.start + 1 < words.end && view.pieces.get(words.end - 1).is_some_and(|piece| piece.mark) {
        words.end -= 1;
    }
    while words.start + 1 < words.end && view.pieces.get(words.start).is_some_and(|piece| piece.silent) {
        words.start += 1;
    }
    words
}
