//! What stands in a statement, asked before a phrase is run: whether everything it needs is there, and where it may
//! begin.
//!
//! Takes a [`View`]; gives filters that may say yes too often, never no. Runs no phrase.

use super::opening::{Filter, Opening, Start, class_bit};
use super::view::{View, What};
use super::{Asks, PatternSet, class_code, kind_code};
use crate::lexicon::{Token, WordId};

/// What stands in a statement.
pub(super) struct Present {
    pub(super) starts: Vec<Start>,
    /// By number of a word, class or kind: those that are there, as a filter.
    codes: [u64; 64],
    /// The same as a smaller one.
    signature: u128,
    /// By place of a word in filters: the words of the statement, of which every 64th shares a bit.
    words: [u64; 256],
    /// Which of them are not empty.
    held: Filter,
    /// The same for kinds of quantities and bits of classes.
    kinds: [u64; 32],
    any_kinds: u32,
    classes: [u64; 64],
    any_classes: u64,
}

impl Present {
    /// Of the words, quantities and names of a statement.
    pub(super) fn new(view: &View<'_>) -> Self {
        let mut present = Self {
            starts: Vec::with_capacity(view.pieces.len()),
            codes: [0; 64],
            signature: 0,
            words: [0; 256],
            held: Filter::default(),
            kinds: [0; 32],
            any_kinds: 0,
            classes: [0; 64],
            any_classes: 0,
        };
        for (at, piece) in view.pieces.iter().enumerate() {
            let Token { word, prefix, .. } = piece.token;
            let places = [Filter::place(word), Filter::place(prefix)];
            present.starts.push(Start { token: piece.token, places, kinds: 0, classes: 0 });
            // what no phrase asks for sets none off
            if word != WordId::UNKNOWN {
                present.stand(word, places[0], at);
            }
            if prefix != WordId::UNKNOWN {
                present.stand(prefix, places[1], at);
            }
        }
        for edge in &view.edges {
            let at = edge.start as usize;
            let (mut kinds, mut classes) = (0, 0);
            match edge.what {
                What::Quantity(bits) => {
                    kinds = bits;
                    for bit in bits_of(u64::from(bits)) {
                        present.add(kind_code(bit));
                        mark(&mut present.kinds, bit as usize, at);
                    }
                }
                What::Entry(entry) => {
                    for class in view.classes_of(entry) {
                        classes |= class_bit(*class);
                        present.add(class_code(u32::from(class.0)));
                    }
                    bits_of(classes).for_each(|bit| mark(&mut present.classes, bit as usize, at));
                }
            }
            present.any_kinds |= kinds;
            present.any_classes |= classes;
            if let Some(start) = present.starts.get_mut(at) {
                start.kinds |= kinds;
                start.classes |= classes;
            }
        }
        present
    }

    fn stand(&mut self, word: WordId, place: u8, at: usize) {
        self.add(word.0);
        mark(&mut self.words, usize::from(place), at);
        self.held.hold(place);
    }

    const fn place(code: u32) -> (usize, u64) {
        let code = code ^ (code >> 20);
        ((code >> 6 & 63) as usize, 1 << (code & 63))
    }

    fn add(&mut self, code: u32) {
        self.signature |= bit(code);
        let (at, bit) = Self::place(code);
        if let Some(word) = self.codes.get_mut(at) {
            *word |= bit;
        }
    }

    fn holds(&self, code: u32) -> bool {
        let (at, bit) = Self::place(code);
        self.codes.get(at).is_some_and(|word| word & bit != 0)
    }

    /// Where a phrase may begin: a bit for each word, of which every 64th shares one.
    pub(super) fn places(&self, opening: &Opening) -> Places {
        if opening.any {
            return Places(u64::MAX);
        }
        let mut places = 0;
        for place in opening.filter.shared(&self.held) {
            places |= self.words.get(place).copied().unwrap_or_default();
        }
        for bit in bits_of(u64::from(opening.kinds & self.any_kinds)) {
            places |= self.kinds.get(bit as usize).copied().unwrap_or_default();
        }
        for bit in bits_of(opening.classes & self.any_classes) {
            places |= self.classes.get(bit as usize).copied().unwrap_or_default();
        }
        Places(places)
    }
}

/// The bit of a word, class or kind in small filters.
pub(super) const fn bit(code: u32) -> u128 {
    1 << (code.wrapping_mul(0x9e37_79b1) >> 25)
}

/// The places of the bits that are set.
pub(super) fn bits_of(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(bit)
    })
}

fn mark(places: &mut [u64], place: usize, at: usize) {
    if let Some(bits) = places.get_mut(place) {
        *bits |= 1 << (at & 63);
    }
}

/// The words at which a phrase may begin.
pub(super) struct Places(u64);

impl Places {
    pub(super) const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// The first of them from some word on.
    pub(super) fn from(&self, at: usize) -> Option<usize> {
        let ahead = self.0.rotate_right((at & 63) as u32);
        (ahead != 0).then(|| at + ahead.trailing_zeros() as usize)
    }
}

impl PatternSet {
    /// False when something that the phrase needs stands nowhere in the statement.
    pub(super) fn may_hold(&self, asks: &Asks, present: &Present) -> bool {
        if asks.signature & !present.signature != 0 {
            return false;
        }
        let asked = self.asked.get(asks.guards.start as usize..asks.guards.end as usize).unwrap_or_default();
        asked.iter().all(|choice| {
            let codes = || self.codes.get(choice.codes.start as usize..choice.codes.end as usize).unwrap_or_default();
            choice.signature & present.signature != 0 && codes().iter().any(|code| present.holds(*code))
        })
    }
}
