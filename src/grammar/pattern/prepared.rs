//! Phrases compiled beforehand: what a set of phrases is written as when the build script packs it.
//!
//! Takes a set of compiled phrases, gives bytes, and the other way round. A phrase is decoded when it is asked for; the
//! steps of all are numbers of one width, because a run needs nearly all of them. Knows no statement.

use super::compile::Instruction;
use super::{PatternError, PatternSet, Program, Sets, count};
use crate::lexicon::packed::{Known, Numbers, Row, Texts};
use crate::lexicon::{ClassId, Lexicon, WordId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Phrases that were compiled beforehand and have no number yet.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Prepared {
    /// Places in `programs` by the phrases as written.
    places: Known,
    programs: Row<Program>,
}

impl Prepared {
    /// The phrase as compiled.
    pub(super) fn get(&self, phrase: &str) -> Option<Program> {
        self.programs.read(self.places.get(phrase)? as usize)
    }
}

/// What a set is written as.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Written {
    prepared: Prepared,
    /// Rows of two numbers.
    code: Numbers,
    /// The words of all sets.
    words: Numbers,
    /// Rows of where the words of a set begin and end.
    sets: Numbers,
    prefixes: Texts,
    /// The sets of the prefixes.
    filled: Numbers,
    cased: Texts,
    names: Texts,
}

impl PatternSet {
    /// Compiles a phrase that may be added later, to a set read back from what this one is packed as, with a lexicon
    /// read back from what this one is.
    ///
    /// # Errors
    /// As [`PatternSet::add`].
    pub fn prepare(&mut self, phrase: &str, lexicon: &mut Lexicon) -> Result<(), PatternError> {
        if self.prepared.places.get(phrase).is_none() {
            let program = self.program(phrase, lexicon)?;
            let place = self.prepared.programs.push(program);
            self.prepared.places.insert(phrase, count(place));
        }
        Ok(())
    }

    /// The prepared phrases as bytes.
    ///
    /// # Errors
    /// When a phrase cannot be written.
    pub fn pack(mut self) -> Result<Vec<u8>, postcard::Error> {
        self.prepared.places.pack();
        self.prepared.programs.pack()?;
        postcard::to_allocvec(&Written {
            prepared: self.prepared,
            code: self.code.iter().flat_map(|step| row(*step)).collect(),
            words: self.sets.words.iter().map(|word| word.0).collect(),
            sets: self.sets.ranges.iter().flat_map(|range| [range.start, range.end]).collect(),
            prefixes: Texts::new(self.prefixes.iter().map(|(prefix, _)| prefix.as_ref())),
            filled: self.prefixes.iter().map(|(_, set)| *set).collect(),
            cased: Texts::new(self.cased.iter().map(AsRef::as_ref)),
            names: Texts::new(self.names.iter().map(AsRef::as_ref)),
        })
    }

    /// A set without phrases, to which the prepared ones can be added without being compiled again.
    ///
    /// # Errors
    /// When the bytes were not packed by [`PatternSet::pack`].
    pub fn unpack(bytes: &'static [u8]) -> Result<Self, postcard::Error> {
        let written: Written = postcard::from_bytes(bytes)?;
        let ranges = (0..).map_while(|set| written.sets.row(set)).map(|[start, end]| start..end).collect();
        Ok(Self {
            code: (0..).map_while(|step| written.code.row(step)).map(step).collect(),
            sets: Sets { words: written.words.iter().map(WordId).collect(), ranges },
            prefixes: written.prefixes.iter().map(Box::from).zip(written.filled.iter()).collect(),
            cased: written.cased.iter().map(Box::from).collect(),
            names: written.names.iter().map(Arc::from).collect(),
            prepared: written.prepared,
            ..Self::default()
        })
    }
}

/// Bits of the first argument of a step; above them stands which step it is.
const ARGUMENT: u32 = 24;

/// A step as numbers.
const fn row(step: Instruction) -> [u32; 2] {
    let (step, first, second) = match step {
        Instruction::Accept => (0, 0, 0),
        Instruction::Word(word) => (1, word.0, 0),
        Instruction::Set(set) => (2, set, 0),
        Instruction::Prefix(set) => (3, set, 0),
        Instruction::Cased(word, text) => (4, word.0, text),
        Instruction::Class(class, name) => (5, name, class.0 as u32),
        Instruction::Kinds(mask, name) => (6, name, mask),
        Instruction::Split(target) => (7, target, 0),
        Instruction::Jump(target) => (8, target, 0),
        Instruction::Gap(end) => (9, end, 0),
        Instruction::Reach(end) => (10, end, 0),
        Instruction::Gapped => (11, 0, 0),
        Instruction::Not(target) => (12, target, 0),
        Instruction::Open(name) => (13, name, 0),
        Instruction::Close => (14, 0, 0),
        Instruction::Start => (15, 0, 0),
        Instruction::End => (16, 0, 0),
    };
    [step << ARGUMENT | first, second]
}

/// The step of such numbers.
fn step([first, second]: [u32; 2]) -> Instruction {
    let step = first >> ARGUMENT;
    let first = first & ((1 << ARGUMENT) - 1);
    match step {
        1 => Instruction::Word(WordId(first)),
        2 => Instruction::Set(first),
        3 => Instruction::Prefix(first),
        4 => Instruction::Cased(WordId(first), second),
        5 => Instruction::Class(ClassId(u16::try_from(second).unwrap_or(u16::MAX)), first),
        6 => Instruction::Kinds(second, first),
        7 => Instruction::Split(first),
        8 => Instruction::Jump(first),
        9 => Instruction::Gap(first),
        10 => Instruction::Reach(first),
        11 => Instruction::Gapped,
        12 => Instruction::Not(first),
        13 => Instruction::Open(first),
        14 => Instruction::Close,
        15 => Instruction::Start,
        16 => Instruction::End,
        _ => Instruction::Accept,
    }
}
