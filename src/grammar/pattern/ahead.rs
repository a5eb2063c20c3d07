//! What may stand behind the first word of a phrase: most tries are over at the second.
//!
//! Takes a program; gives a test that may say yes too often, never no. Looks no further than the second word.

use super::PatternSet;
use super::compile::Instruction;
use super::opening::{Filter, Opening, class_bit};
use super::present::Present;
use super::view::{View, What};
use crate::lexicon::WordId;

/// What may stand behind the first word, quantity or name of a phrase.
#[derive(Clone, Debug, Default)]
pub(super) struct Ahead {
    /// First words behind which anything may stand.
    free: Filter,
    /// True when anything may stand behind a first quantity or name.
    free_edges: bool,
    words: Filter,
    kinds: u32,
    classes: u64,
}

impl PatternSet {
    /// What may stand behind what a program begins with.
    pub(super) fn look_ahead(&self, start: u32) -> Ahead {
        let mut ahead = Ahead::default();
        for first in self.firsts_of(start).unwrap_or_default() {
            let Some(step) = self.code.get(first as usize) else { continue };
            let next = self.firsts_of(first + 1);
            match (step, next) {
                (Instruction::Kinds(..) | Instruction::Class(..), None) => ahead.free_edges = true,
                (step, None) => self.heads_of(*step).for_each(|word| ahead.free.add(word)),
                (_, Some(next)) => {
                    next.into_iter().filter_map(|step| self.code.get(step as usize)).for_each(|step| match *step {
                        Instruction::Kinds(mask, _) => ahead.kinds |= mask,
                        Instruction::Class(class, _) => ahead.classes |= class_bit(class),
                        step => self.heads_of(step).for_each(|word| ahead.words.add(word)),
                    })
                }
            }
        }
        ahead
    }
}

impl Ahead {
    /// False when nothing that may stand behind the beginning does.
    pub(super) fn may_follow(&self, opening: &Opening, view: &View<'_>, present: &Present, at: usize) -> bool {
        if opening.any {
            return true;
        }
        let Some(start) = present.starts.get(at) else { return true };
        let begins = |place: u8| opening.filter.may_hold(place);
        let free = |place: u8| self.free.may_hold(place);
        let known = [start.token.word, start.token.prefix].into_iter().zip(start.places);
        let mut words = known.filter(|(word, place)| *word != WordId::UNKNOWN && begins(*place)).peekable();
        if words.peek().is_some() && (words.any(|(_, place)| free(place)) || self.may_begin(view, present, at + 1)) {
            return true;
        }
        view.edges_at(at).iter().any(|edge| {
            let begins = match edge.what {
                What::Quantity(bits) => bits & opening.kinds != 0,
                What::Entry(entry) => {
                    view.classes_of(entry).iter().any(|class| class_bit(*class) & opening.classes != 0)
                }
            };
            begins && (self.free_edges || self.may_begin(view, present, edge.end as usize))
        })
    }

    /// False when nothing of what may stand behind stands at a word.
    fn may_begin(&self, view: &View<'_>, present: &Present, at: usize) -> bool {
        let (Some(start), Some(piece)) = (present.starts.get(at), view.pieces.get(at)) else { return false };
        piece.silent
            || self.kinds & start.kinds != 0
            || self.classes & start.classes != 0
            || start.places.into_iter().any(|place| self.words.may_hold(place))
    }
}
