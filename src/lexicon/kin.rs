//! Words that stand for one another and words that exclude one another.
//!
//! Takes the tables `[[alike]]` and `[[opposite]]`; says of an inflected word what stands in its stead and on which side
//! of which pairs it is. Knows no sentence: whether a word may be compared where it stands is the caller's to say.

use super::data::{Alike, Opposite};
use super::inflection::Inflections;
use super::vocabulary::FastMap;
use serde::{Deserialize, Serialize};

/// Words by what they mean in comparison with others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kin {
    /// The first word of the group that a word belongs to.
    groups: FastMap<Box<str>, Box<str>>,
    pairs: FastMap<Box<str>, Vec<Pole>>,
    /// By number of the pair: words of which one must follow; empty where that does not matter.
    before: Vec<Vec<Box<str>>>,
    /// By number of the pair: true when both words speak of their subject, not of the noun behind them.
    predicates: Vec<bool>,
}

/// A side of a pair of opposites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pole {
    /// Number of the pair.
    pub pair: u16,
    /// True on its second side.
    pub second: bool,
}

impl Kin {
    /// From the tables, with all forms of their words.
    pub(super) fn new(alike: &[Alike], opposite: &[Opposite], inflections: &Inflections) -> Self {
        let mut kin = Self::default();
        for group in alike {
            let Some(first) = group.words.first() else { continue };
            for form in group.words.iter().flat_map(|word| inflections.all(word)) {
                kin.groups.entry(form.into()).or_insert_with(|| first.as_str().into());
            }
        }
        for (index, pair) in opposite.iter().enumerate() {
            let number = u16::try_from(index).unwrap_or(u16::MAX);
            for (words, second) in [(&pair.one, false), (&pair.other, true)] {
                for form in words.iter().flat_map(|word| inflections.all(word)) {
                    let poles = kin.pairs.entry(form.into()).or_default();
                    let pole = Pole { pair: number, second };
                    if !poles.contains(&pole) {
                        poles.push(pole);
                    }
                }
            }
            kin.before.push(pair.before.iter().map(|word| word.as_str().into()).collect());
            kin.predicates.push(pair.predicate);
        }
        kin
    }

    /// The word that stands for a folded word and its like; none for a word without any.
    pub fn stand_in(&self, word: &str) -> Option<&str> {
        self.groups.get(word).map(AsRef::as_ref)
    }

    /// The sides that a folded word takes.
    pub fn poles(&self, word: &str) -> &[Pole] {
        self.pairs.get(word).map_or(&[], Vec::as_slice)
    }

    /// Words one of which must follow for a pair to count; none when any may.
    pub fn followers(&self, pair: u16) -> &[Box<str>] {
        self.before.get(usize::from(pair)).map_or(&[], Vec::as_slice)
    }

    /// True when the words of a pair count only where they speak of their subject ("is safe", not "a safe dose").
    pub fn is_predicate(&self, pair: u16) -> bool {
        self.predicates.get(usize::from(pair)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_take_its_side() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let opposite = Opposite { one: words(&["raise", "increase"]), other: words(&["lower"]), ..Opposite::default() };
        let alike = Alike { words: words(&["doctor", "physician"]) };
        let kin = Kin::new(&[alike], &[opposite], &Inflections::default());
        assert_eq!(kin.poles("raises"), [Pole { pair: 0, second: false }]);
        assert_eq!(kin.poles("lowered"), [Pole { pair: 0, second: true }]);
        assert_eq!(kin.poles("blue"), []);
        assert_eq!(kin.stand_in("physicians"), Some("doctor"));
        assert_eq!(kin.stand_in("nurse"), None);
    }
}
