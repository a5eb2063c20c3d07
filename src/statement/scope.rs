//! What cues reach: negations with their scopes and hedges with their level.
//!
//! The idea of NegEx: a cue reaches forward to the end of its clause or to a word that turns the sentence ("but",
//! "except"), some reach only a phrase or a word, some reach back. Phrases that look like a negation and are none
//! hide it.

use super::{Hedge, Negation};
use crate::grammar::cue::{Cue, Cues};
use crate::grammar::pattern::Match;
use crate::lexicon::WordId;
use crate::sentence::{Word, WordKind};
use std::collections::HashSet;
use std::ops::Range;

/// A sentence with its clauses and the cues found in it.
pub(super) struct Cued<'a> {
    pub(super) words: &'a [Word],
    pub(super) clauses: &'a [Range<usize>],
    pub(super) cues: &'a Cues,
    pub(super) matches: &'a [Match],
    /// Words that end the reach of a negation.
    pub(super) turns: &'a HashSet<WordId>,
}

impl Cued<'_> {
    fn of(&self, cue: Cue) -> impl Iterator<Item = &Range<usize>> {
        self.matches.iter().filter(move |found| self.cues.cue(found) == Some(cue)).map(|found| &found.words)
    }

    /// True when a phrase of the group covers one of these words.
    fn is_hidden(&self, by: Cue, words: &Range<usize>) -> bool {
        self.of(by).any(|hiding| hiding.start < words.end && words.start < hiding.end)
    }

    /// True when there is a match of the cue.
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.of(cue).next().is_some()
    }

    fn clause(&self, word: usize) -> Range<usize> {
        self.clauses.iter().find(|clause| clause.contains(&word)).cloned().unwrap_or(0..self.words.len())
    }

    pub(super) fn hedges(&self) -> Vec<Hedge> {
        let mut found: Vec<Hedge> = Vec::new();
        for (cue, level) in [(Cue::Doubt, 2), (Cue::Hedge, 1)] {
            for words in self.of(cue) {
                let hidden = self.is_hidden(Cue::NoHedge, words);
                if !hidden && !found.iter().any(|one| one.words.start < words.end && words.start < one.words.end) {
                    found.push(Hedge { words: words.clone(), level });
                }
            }
        }
        found.sort_by_key(|hedge| (hedge.words.start, hedge.words.end));
        found
    }

    pub(super) fn negations(&self) -> Vec<Negation> {
        let mut found: Vec<Negation> = Vec::new();
        for cue in [Cue::NegationBack, Cue::Negation, Cue::NegationPhrase, Cue::NegationWord] {
            for words in self.of(cue) {
                if self.is_hidden(Cue::NoNegation, words) {
                    continue;
                }
                let scope = self.reach(cue, words);
                if !scope.is_empty() {
                    found.push(Negation { cue: words.clone(), scope });
                }
            }
        }
        // of cues that share a word the longest counts: "no longer", not "no"
        let shares = |one: &Negation, other: &Negation| {
            one.cue.start < other.cue.end && other.cue.start < one.cue.end && one.cue.len() < other.cue.len()
        };
        let all = found.clone();
        found.retain(|one| !all.iter().any(|other| shares(one, other) && one.scope.start >= other.cue.start));
        found.sort_by_key(|negation| (negation.cue.start, negation.scope.start, negation.cue.end));
        found
    }

    fn reach(&self, cue: Cue, words: &Range<usize>) -> Range<usize> {
        let clause = self.clause(words.end.saturating_sub(1));
        let is_mark = |at: &usize| self.words.get(*at).is_some_and(|word| word.kind == WordKind::Mark);
        match cue {
            Cue::NegationBack => {
                let clause = self.clause(words.start);
                let turn = (clause.start..words.start).rev().find(|at| self.turns_at(*at));
                turn.map_or(clause.start, |turn| turn + 1)..words.start
            }
            Cue::NegationWord => {
                let next = (words.end..clause.end).find(|at| !is_mark(at));
                next.map_or(words.end..words.end, |next| next..next + 1)
            }
            _ => {
                // a clause that begins with "while" or "although" ends at its comma, and so does what it negates
                let opened = self.turns_at(clause.start) && clause.start < words.start;
                let turn = (words.end..clause.end).find(|at| {
                    let stops = (cue == Cue::NegationPhrase || opened) && is_mark(at) && !self.is_glued(*at);
                    self.turns_at(*at) || stops
                });
                let mut end = turn.unwrap_or(clause.end);
                while end > words.end && is_mark(&(end - 1)) {
                    end -= 1;
                }
                words.end..end
            }
        }
    }

    fn turns_at(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.turns.contains(&word.token.word))
    }

    /// The hyphen of a compound.
    fn is_glued(&self, at: usize) -> bool {
        let (Some(before), Some(word), Some(after)) =
            (at.checked_sub(1).and_then(|before| self.words.get(before)), self.words.get(at), self.words.get(at + 1))
        else {
            return false;
        };
        before.range.end == word.range.start && after.range.start == word.range.end
    }

    /// Stretches that hold only if something else does: from the cue to the next comma or the end of its clause.
    pub(super) fn conditions(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for words in self.of(Cue::Condition) {
            if found.last().is_some_and(|last| words.start < last.end) {
                continue;
            }
            let clause = self.clause(words.start);
            let comma = (words.end..clause.end)
                .find(|at| self.words.get(*at).is_some_and(|word| text.get(word.range.clone()) == Some(",")));
            found.push(words.start..comma.unwrap_or(clause.end));
        }
        found.sort_by_key(|range| range.start);
        found
    }
}
