//! The phrase language of the rule files, and the machine that finds phrases in a statement.
//!
//! | written | finds |
//! |---|---|
//! | `word` | one word, case and typography folded |
//! | `word~` | the word and its inflections |
//! | `dizz*` | any word that begins so |
//! | `=MS` | the word in the case written |
//! | `"[source]"` | the text with its punctuation |
//! | `(a b\|c)` | one of the alternatives, the longest that fits |
//! | `[x]` | x or nothing |
//! | `!(a\|b)` | nothing, where none of these comes next |
//! | `...` `...3` | at most 5 (3) words inside the clause, as few as do; a quantity or a name is one word, marks are none |
//! | `...3` at the end | as many words as the clause has, at most 3 |
//! | `{percent}` | a quantity of the kind; `{number}` any, `{year}` a bare year |
//! | `<medicine>` | a name of the lexicon class, its subclasses included |
//! | `name:(...)` | the same as the group, remembered by the name |
//! | `^` `$` | the ends of the statement, marks left aside |
//!
//! A hyphen inside a compound and a space are one: `follow up` finds "follow-up" and `fast-acting` finds "fast acting".
//! Quotation marks between the words of a phrase do not break it; all other marks do, unless the phrase has them.
//!
//! Takes phrases and, for each statement, a [`View`] of its words; gives matches. Knows no rule and no document.

mod compile;
mod find;
mod parse;
mod view;

pub use view::View;

use crate::lexicon::{ClassId, Lexicon, Mixed, WordId};
use compile::{Instruction, Key};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Number of a compiled phrase in its [`PatternSet`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PatternId(pub u32);

/// A phrase found in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which phrase.
    pub pattern: PatternId,
    /// Words of the statement.
    pub words: Range<usize>,
    /// Captures by name (`name:(...)`) and, named after their kind or class, the quantities and entities that
    /// placeholders took: words of the statement, in the order in which they end.
    pub captures: Vec<(Arc<str>, Range<usize>)>,
}

impl Match {
    /// The words of the first capture of this name.
    pub fn capture(&self, name: &str) -> Option<Range<usize>> {
        self.captures.iter().find(|(own, _)| own.as_ref() == name).map(|(_, words)| words.clone())
    }
}

/// Why a phrase cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// `(`, `[`, `{`, `<` or `"` is never closed.
    #[error("this `{0}` is never closed")]
    Unclosed(char),
    /// A closing bracket without an opening one.
    #[error("nothing opened this `{0}`")]
    Unopened(char),
    /// `(a|)`, `()`, `[]`.
    #[error("an alternative is empty; write `[...]` for something optional")]
    EmptyAlternative,
    /// The phrase has no word.
    #[error("the phrase is empty")]
    Empty,
    /// A class that no lexicon file declares.
    #[error("no lexicon file declares the class `{0}`")]
    UnknownClass(String),
    /// A list that no lexicon file holds.
    #[error("no lexicon file holds the list `{0}`")]
    UnknownList(String),
    /// A kind of quantity that does not exist.
    #[error("`{0}` is no kind of quantity")]
    UnknownQuantity(String),
    /// A gap with nothing before it.
    #[error("a phrase cannot begin with a gap")]
    GapAtStart,
    /// A gap of none or of more than 30 words.
    #[error("a gap is 1 to 30 words long")]
    GapLength,
    /// A gap, a capture or an anchor inside `!(...)`.
    #[error("`!(...)` may hold words, quantities and classes only")]
    InNegation,
    /// `~`, `*` or `=` without a word, `!` without a group, a stray sign.
    #[error("`{0}` has no meaning here")]
    Stray(char),
    /// `^` not at the beginning, `$` not at the end.
    #[error("`{0}` belongs at the end of the phrase that it names")]
    Anchor(char),
    /// Every word of the phrase may be left out.
    #[error("every word of this phrase may be left out; one must be there")]
    NothingFixed,
    /// More than 16 groups inside each other, or more than 4,000 steps.
    #[error("the phrase is too long or too deep")]
    TooLarge,
}

/// A phrase that cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct PatternError {
    /// Bytes of the phrase.
    pub range: Range<usize>,
    /// What is wrong there.
    pub reason: Reason,
}

/// All phrases of a catalogue, found in one pass: each is tried only where its rarest fixed word, class or kind of
/// quantity stands, and then tries each of its steps at each word at most once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PatternSet {
    #[serde(skip)]
    programs: Vec<Range<u32>>,
    /// Phrases that were compiled beforehand and that nobody has asked for yet.
    prepared: HashMap<Box<str>, Program, Mixed>,
    code: Vec<Instruction>,
    /// Words of `(a|b|c)`, sorted, and known prefixes of `x*`.
    sets: Vec<Box<[WordId]>>,
    /// Prefixes as written, with the set that `finish` fills.
    prefixes: Vec<(String, u32)>,
    /// Words that count in the case written only.
    cased: Vec<Box<str>>,
    names: Vec<Arc<str>>,
    #[serde(skip)]
    keys: Vec<(Key, PatternId)>,
    /// Of the phrase at hand: its keys with their cost, of every part that may not be left out.
    #[serde(skip)]
    needed: Vec<(u32, Vec<Key>)>,
    /// How many optional parts are open.
    #[serde(skip)]
    optional: usize,
    /// For each phrase, what must stand in the statement beside its keys.
    #[serde(skip)]
    guards: Vec<Vec<Vec<Key>>>,
    /// The same as numbers: for each phrase a range of `asked`, for each of these a range of `codes`.
    #[serde(skip)]
    asks: Vec<Range<u32>>,
    #[serde(skip)]
    asked: Vec<Range<u32>>,
    #[serde(skip)]
    codes: Vec<u32>,
    /// For each phrase, what is known before it is run.
    #[serde(skip)]
    openings: Vec<Opening>,
    #[serde(skip)]
    triggers: Triggers,
}

/// A compiled phrase that has no number yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Program {
    steps: Range<u32>,
    keys: Vec<Key>,
    guards: Vec<Vec<Key>>,
}

/// What is known of a phrase before it is run.
#[derive(Clone, Debug, Default)]
struct Opening {
    /// The steps that it can begin with; none when it may begin with anything.
    firsts: Vec<Instruction>,
    /// True when it ends with a gap.
    reaches: bool,
}

/// What sets a phrase off.
#[derive(Clone, Debug, Default)]
struct Triggers {
    words: Table,
    classes: Table,
    kinds: Table,
}

/// Phrases by number of a key.
#[derive(Clone, Debug, Default)]
struct Table {
    starts: Vec<u32>,
    patterns: Vec<PatternId>,
}

impl Table {
    fn new(mut pairs: Vec<(u32, PatternId)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let size = pairs.last().map_or(0, |(key, _)| *key as usize + 2);
        let mut starts = vec![0; size];
        for (key, _) in &pairs {
            if let Some(start) = starts.get_mut(*key as usize + 1) {
                *start += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        Self { starts, patterns: pairs.into_iter().map(|(_, pattern)| pattern).collect() }
    }

    fn get(&self, key: u32) -> &[PatternId] {
        let key = key as usize;
        let (Some(start), Some(end)) = (self.starts.get(key), self.starts.get(key + 1)) else { return &[] };
        self.patterns.get(*start as usize..*end as usize).unwrap_or_default()
    }
}

impl PatternSet {
    /// No phrases.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many phrases there are.
    pub const fn len(&self) -> usize {
        self.programs.len()
    }

    /// True when there are none.
    pub const fn is_empty(&self) -> bool {
        self.programs.is_empty()
    }

    /// Compiles a phrase; its words become known to the lexicon. The same phrase added twice is two patterns.
    ///
    /// # Errors
    /// When the phrase is malformed or names a class or kind that does not exist.
    pub fn add(&mut self, phrase: &str, lexicon: &mut Lexicon) -> Result<PatternId, PatternError> {
        let program = match self.prepared.remove(phrase) {
            Some(program) => program,
            None => self.program(phrase, lexicon)?,
        };
        let id = PatternId(count(self.programs.len()));
        self.programs.push(program.steps);
        self.keys.extend(program.keys.into_iter().map(|key| (key, id)));
        self.guards.push(program.guards);
        Ok(id)
    }

    /// Compiles a phrase that may be added later, to a set read back from what this one is written as, with a lexicon
    /// read back from what this one is.
    ///
    /// # Errors
    /// As [`PatternSet::add`].
    pub fn prepare(&mut self, phrase: &str, lexicon: &mut Lexicon) -> Result<(), PatternError> {
        if !self.prepared.contains_key(phrase) {
            let program = self.program(phrase, lexicon)?;
            self.prepared.insert(phrase.into(), program);
        }
        Ok(())
    }

    fn program(&mut self, phrase: &str, lexicon: &mut Lexicon) -> Result<Program, PatternError> {
        let node = parse::phrase(phrase)?;
        self.compile(&node, lexicon).map_err(|fault| PatternError { range: fault.range(phrase), reason: fault.reason })
    }

    /// To be called once, after the last phrase and before the first search.
    pub fn finish(&mut self, lexicon: &Lexicon) {
        self.prepared.clear();
        for (prefix, set) in &self.prefixes {
            let mut words = lexicon.vocabulary().prefixes_of(prefix);
            words.sort_unstable();
            if let Some(set) = self.sets.get_mut(*set as usize) {
                *set = words.into();
            }
        }
        let (mut words, mut classes, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        for (key, pattern) in self.keys.drain(..) {
            match key {
                Key::Word(word) => words.push((word.0, pattern)),
                Key::Prefix(set) => {
                    let set = self.sets.get(set as usize).into_iter().flatten();
                    words.extend(set.map(|word| (word.0, pattern)));
                }
                Key::Class(ClassId(class)) => classes.push((u32::from(class), pattern)),
                Key::Kinds(mask) => kinds.extend((0..32).filter(|bit| mask & 1 << bit != 0).map(|bit| (bit, pattern))),
            }
        }
        for guards in self.guards.drain(..) {
            let from = self.asked.len();
            for guard in guards {
                let start = self.codes.len();
                for key in guard {
                    match key {
                        Key::Word(word) => self.codes.push(word.0),
                        Key::Prefix(set) => {
                            self.codes.extend(self.sets.get(set as usize).into_iter().flatten().map(|word| word.0));
                        }
                        Key::Class(ClassId(class)) => self.codes.push(class_code(u32::from(class))),
                        Key::Kinds(mask) => {
                            self.codes.extend((0..32).filter(|bit| mask & 1 << bit != 0).map(kind_code));
                        }
                    }
                }
                self.asked.push(count(start)..count(self.codes.len()));
            }
            self.asks.push(count(from)..count(self.asked.len()));
        }
        self.openings = self.programs.iter().map(|program| self.opening_of(program)).collect();
        self.triggers = Triggers { words: Table::new(words), classes: Table::new(classes), kinds: Table::new(kinds) };
    }
}

/// Number of a class beside those of words.
const fn class_code(class: u32) -> u32 {
    class | 1 << 30
}

/// Number of a kind of quantity beside those of words and classes.
const fn kind_code(bit: u32) -> u32 {
    bit | 1 << 31
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
