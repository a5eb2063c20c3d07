//! What a phrase may begin with: known before it is run, so that it is tried only where that stands.
//!
//! Takes a program and what stands at the words of a statement. Knows no more of a program than its first steps.

use super::PatternSet;
use super::ahead::Ahead;
use super::compile::Instruction;
use super::present::bits_of;
use crate::lexicon::{ClassId, Token, WordId};
use std::ops::Range;

/// What is known of a phrase before it is run: what a match may begin with.
#[derive(Clone, Debug, Default)]
pub(super) struct Opening {
    /// True when it may begin with anything.
    pub(super) any: bool,
    /// True when it begins where the statement does.
    pub(super) anchored: bool,
    /// The words and known prefixes, sorted.
    words: Box<[WordId]>,
    /// The same as a filter: most words of a statement begin nothing.
    pub(super) filter: Filter,
    /// The kinds of quantities, as bits.
    pub(super) kinds: u32,
    /// The classes of names, as bits of which several classes share one.
    pub(super) classes: u64,
    /// True when it ends with a gap.
    pub(super) reaches: bool,
    /// True for a phrase of one word: where it may begin, it is found.
    pub(super) single: bool,
    /// What may stand behind the first word.
    pub(super) ahead: Ahead,
}

/// A set of words that may hold more than were put in, never fewer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Filter([u64; 4]);

impl Filter {
    /// Where a word stands in every such set.
    pub(super) const fn place(word: WordId) -> u8 {
        (word.0.wrapping_mul(0x9e37_79b1) >> 24) as u8
    }

    pub(super) fn add(&mut self, word: WordId) {
        self.hold(Self::place(word));
    }

    pub(super) fn hold(&mut self, place: u8) {
        if let Some(bits) = self.0.get_mut(usize::from(place >> 6)) {
            *bits |= 1 << (place & 63);
        }
    }

    /// The places at which both hold something.
    pub(super) fn shared(&self, other: &Self) -> impl Iterator<Item = usize> + use<> {
        let both = self.0.into_iter().zip(other.0).zip((0..).step_by(64));
        both.flat_map(|((one, two), first)| bits_of(one & two).map(move |bit| first + bit as usize))
    }

    pub(super) fn may_hold(&self, place: u8) -> bool {
        self.0.get(usize::from(place >> 6)).is_some_and(|bits| bits >> (place & 63) & 1 != 0)
    }
}

/// What stands at a word, by which phrases begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) token: Token,
    /// The places of its word and its prefix in filters.
    pub(super) places: [u8; 2],
    /// Kinds of quantities that begin here, as bits.
    pub(super) kinds: u32,
    /// Classes of names that begin here, as bits.
    pub(super) classes: u64,
}

/// The bit of a class. A phrase that is tried for another class of the same bit fails at its first step.
pub(super) const fn class_bit(class: ClassId) -> u64 {
    1 << (class.0 & 63)
}

impl Opening {
    /// False when nothing that the phrase can begin with stands at a word.
    pub(super) fn may_begin(&self, start: &Start) -> bool {
        let holds = |word: WordId, place: u8| self.filter.may_hold(place) && self.words.binary_search(&word).is_ok();
        let Start { token, places: [word, prefix], .. } = *start;
        self.any
            || self.kinds & start.kinds != 0
            || self.classes & start.classes != 0
            || holds(token.word, word)
            || token.prefix != WordId::UNKNOWN && holds(token.prefix, prefix)
    }
}

impl PatternSet {
    /// What is known of a program before it is run; worked out when it is first asked for, since most runs need few.
    pub(super) fn opening(&self, pattern: usize, program: &Range<u32>) -> Option<&Opening> {
        self.openings.get(pattern).map(|opening| opening.get_or_init(|| Box::new(self.opening_of(program))).as_ref())
    }

    fn opening_of(&self, program: &Range<u32>) -> Opening {
        let steps = self.code.get(program.start as usize..program.end as usize).unwrap_or_default();
        let reaches = steps.iter().any(|step| matches!(step, Instruction::Reach(_)));
        let anchored = matches!(steps.first(), Some(Instruction::Start));
        let single =
            matches!(steps, [Instruction::Word(_) | Instruction::Set(_) | Instruction::Prefix(_), Instruction::Accept]);
        let firsts = self.firsts_of(program.start);
        let mut opening = Opening { any: firsts.is_none(), anchored, reaches, single, ..Opening::default() };
        let mut words = Vec::new();
        for first in firsts.unwrap_or_default() {
            match self.code.get(first as usize) {
                Some(Instruction::Kinds(mask, _)) => opening.kinds |= mask,
                Some(Instruction::Class(class, _)) => opening.classes |= class_bit(*class),
                Some(step) => words.extend(self.heads_of(*step)),
                None => {}
            }
        }
        words.retain(|word| *word != WordId::UNKNOWN);
        words.sort_unstable();
        words.dedup();
        words.iter().for_each(|word| opening.filter.add(*word));
        opening.words = words.into();
        if !single {
            opening.ahead = self.look_ahead(program.start);
        }
        opening
    }

    /// The words and known prefixes that a step takes.
    pub(super) fn heads_of(&self, step: Instruction) -> impl Iterator<Item = WordId> + '_ {
        let (one, set) = match step {
            Instruction::Word(word) | Instruction::Cased(word, _) => (Some(word), &[][..]),
            Instruction::Set(set) | Instruction::Prefix(set) => (None, self.sets.get(set)),
            _ => (None, &[][..]),
        };
        one.into_iter().chain(set.iter().copied())
    }

    /// The steps that can take the first word from some step on; `None` when anything may come, or nothing need.
    pub(super) fn firsts_of(&self, start: u32) -> Option<Vec<u32>> {
        let mut open = vec![start];
        let mut seen = Vec::new();
        let mut firsts = Vec::new();
        while let Some(step) = open.pop() {
            if seen.contains(&step) {
                continue;
            }
            seen.push(step);
            match self.code.get(step as usize) {
                Some(Instruction::Jump(target)) => open.push(*target),
                Some(Instruction::Split(target)) => open.extend([*target, step + 1]),
                Some(Instruction::Open(_) | Instruction::Close | Instruction::Start) => open.push(step + 1),
                // what may not come takes no word
                Some(Instruction::Not(target)) => open.push(*target),
                Some(
                    Instruction::Word(_)
                    | Instruction::Set(_)
                    | Instruction::Prefix(_)
                    | Instruction::Cased(..)
                    | Instruction::Class(..)
                    | Instruction::Kinds(..),
                ) => firsts.push(step),
                // a gap or the end
                _ => return None,
            }
        }
        Some(firsts)
    }
}
