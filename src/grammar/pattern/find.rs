//! The search: phrases that their keys set off run over the words of a statement.
//!
//! An attempt is a step of a program at a word. Programs only run forward and what lies behind does not matter, so an
//! attempt that failed once fails always: none is begun twice where alternatives part or meet, and what lies between is
//! short. A search costs at most steps × words of such beginnings.

use super::compile::Instruction;
use super::present::{Present, bits_of};
use super::view::{View, What};
use super::{Match, PatternId, PatternSet};
use crate::lexicon::{Token, WordId};
use std::ops::Range;

/// An attempt to be made, and how much of the trail it may rely on.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    step: u32,
    word: u32,
    trail: u32,
}

/// What a path took.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Open(u32, u32),
    Close(u32),
    Took(u32, u32, u32),
}

/// Memory of searches, used again for each phrase and statement.
#[derive(Debug, Default)]
pub struct Search {
    candidates: Option<Candidates>,
    /// One bit for each step at each word, word after word. Between searches all are 0.
    made: Vec<u64>,
    /// One past the last word at which a step was tried.
    reached: usize,
    stack: Vec<Attempt>,
    trail: Vec<Mark>,
    inner: Option<Box<Self>>,
}

/// Phrases that are to be tried, each once.
#[derive(Debug)]
pub struct Candidates(Vec<u64>);

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

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Takes all out.
    fn clear(&mut self) {
        self.0.iter_mut().for_each(|word| *word = 0);
    }
}

impl PatternSet {
    /// All matches, sorted by phrase and place, but for those of phrases that follow others in the article. Matches of
    /// one phrase do not overlap; each is the one that begins first, with the longest alternatives and the shortest gaps.
    pub fn find(&self, view: &View<'_>, search: &mut Search) -> Vec<Match> {
        let mut candidates = search.candidates.take().unwrap_or_else(|| Candidates::among(self.programs.len()));
        candidates.clear();
        for piece in &view.pieces {
            for word in [piece.token.word, piece.token.prefix] {
                if word != WordId::UNKNOWN {
                    candidates.add(self.triggers.words.get(word.0));
                }
            }
        }
        for edge in &view.edges {
            match edge.what {
                What::Quantity(bits) => {
                    bits_of(u64::from(bits)).for_each(|bit| candidates.add(self.triggers.kinds.get(bit)));
                }
                What::Entry(entry) => {
                    let classes = view.classes_of(entry).iter();
                    classes.for_each(|class| candidates.add(self.triggers.classes.get(u32::from(class.0))));
                }
            }
        }
        let present = Present::new(view);
        let mut found = Vec::new();
        self.run_all(&candidates, view, &present, search, &mut found);
        candidates.clear();
        found.iter().for_each(|found| candidates.add(self.near.get(found.pattern.0)));
        if !candidates.is_empty() {
            self.run_all(&candidates, view, &present, search, &mut found);
            found.sort_by_key(|found| found.pattern);
        }
        search.candidates = Some(candidates);
        found
    }

    /// The phrases that follow, in their article, those found in its statements; `None` when there are none.
    pub fn followers<'m>(&self, found: impl Iterator<Item = &'m Match>) -> Option<Candidates> {
        let mut followers = Candidates::among(self.programs.len());
        found.for_each(|found| followers.add(self.far.get(found.pattern.0)));
        (!followers.is_empty()).then_some(followers)
    }

    /// All matches of some phrases, as [`PatternSet::find`] gives them.
    pub fn matches_of(&self, candidates: &Candidates, view: &View<'_>, search: &mut Search) -> Vec<Match> {
        let mut found = Vec::new();
        self.run_all(candidates, view, &Present::new(view), search, &mut found);
        found
    }

    fn run_all(
        &self,
        candidates: &Candidates,
        view: &View<'_>,
        present: &Present,
        search: &mut Search,
        found: &mut Vec<Match>,
    ) {
        let mut first = 0;
        for word in &candidates.0 {
            let mut rest = *word;
            while rest != 0 {
                let pattern = PatternId(first + rest.trailing_zeros());
                rest &= rest - 1;
                if let Some(asks) = self.asks.get(pattern.0 as usize)
                    && self.may_hold(asks, present)
                {
                    self.run(pattern, asks.program.clone(), view, present, search, found);
                }
            }
            first += 64;
        }
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
        present: &Present,
        search: &mut Search,
        found: &mut Vec<Match>,
    ) {
        let Some(opening) = self.opening(pattern.0 as usize, &program) else { return };
        let places = present.places(opening);
        if places.is_empty() {
            return;
        }
        let count = view.pieces.len();
        let last = if opening.anchored { view.first.min(count) } else { count };
        let mut first = None;
        let mut from = 0;
        // silent marks are passed over by what begins behind them
        while let Some(start) = places.from(from).filter(|start| *start <= last) {
            let Some(here) = present.starts.get(start) else { break };
            from = start + 1;
            if !opening.may_begin(here) {
                continue;
            }
            if opening.single {
                found.push(Match { pattern, words: start..from, captures: Vec::new() });
                continue;
            }
            if !opening.ahead.may_follow(opening, view, present, start) {
                continue;
            }
            first.get_or_insert(start);
            search.grow(program.len() * (count + 1));
            let Some(end) = self.attempt(&program, start, view, search) else { continue };
            let words = trim(view, start..end, opening.reaches);
            if !words.is_empty() {
                let captures = search.captures(view, &self.names, opening.reaches);
                found.push(Match { pattern, words, captures });
            }
            from = end.max(from);
            // what lies before is never looked at again, and what the match tried behind it may be another's beginning
            search.forget(end, program.len());
        }
        if let Some(first) = first {
            search.forget(first, program.len());
            search.reached = 0;
        }
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
            if !search.is_new((step - program.start) as usize, at, program.len()) {
                continue;
            }
            while let Some(instruction) = self.code.get(step as usize) {
                match *instruction {
                    Instruction::Accept => return Some(at),
                    Instruction::Jump(target) => {
                        step = target;
                        if !search.is_new((step - program.start) as usize, at, program.len()) {
                            break;
                        }
                    }
                    // most alternatives are over at their first word
                    Instruction::Split(target) if self.refuses(step + 1, at, view) => step = target,
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

    /// True when a step takes something that does not stand at a word; a cheap test, which may miss some.
    fn refuses(&self, step: u32, at: usize, view: &View<'_>) -> bool {
        let Some(piece) = view.pieces.get(at) else { return false };
        if piece.silent {
            return false;
        }
        match self.code.get(step as usize) {
            Some(Instruction::Cased(word, _)) => piece.token.word != *word,
            Some(step @ (Instruction::Word(_) | Instruction::Set(_) | Instruction::Prefix(_))) => {
                !self.takes(*step, piece.token)
            }
            Some(Instruction::Class(..) | Instruction::Kinds(..)) => view.edges_at(at).is_empty(),
            _ => false,
        }
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
        // a longer statement before this one may have reached farther than there is room for
        let tried = (from * steps / 64)..(self.reached * steps).div_ceil(64).min(self.made.len());
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

#[cfg(test)]
mod tests;
