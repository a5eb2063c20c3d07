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

mod ahead;
mod compile;
mod find;
mod opening;
mod parse;
mod prepared;
mod present;
mod view;

pub use find::{Candidates, Search};
pub use view::View;

use crate::lexicon::{ClassId, Lexicon, WordId};
use compile::{Instruction, Key};
use opening::Opening;
use prepared::Prepared;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

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
#[derive(Clone, Debug, Default)]
pub struct PatternSet {
    programs: Vec<Range<u32>>,
    prepared: Prepared,
    code: Vec<Instruction>,
    /// Words of `(a|b|c)`, sorted, and known prefixes of `x*`.
    sets: Sets,
    /// Prefixes as written, with the set that `finish` fills.
    prefixes: Vec<(Box<str>, u32)>,
    /// Words that count in the case written only.
    cased: Vec<Box<str>>,
    names: Vec<Arc<str>>,
    keys: Vec<(Key, PatternId)>,
    /// Of the phrase at hand: its keys with their cost, of every part that may not be left out.
    needed: Vec<(u32, Vec<Key>)>,
    /// How many optional parts are open.
    optional: usize,
    /// For each phrase, what must stand in the statement beside its keys.
    guards: Vec<Vec<Vec<Key>>>,
    /// The same as numbers: for each phrase a range of `asked`, for each of these some of `codes`.
    asks: Vec<Asks>,
    asked: Vec<Choice>,
    codes: Vec<u32>,
    openings: Vec<OnceLock<Box<Opening>>>,
    triggers: Triggers,
    /// By number of a phrase: the phrases that follow it in its statement, and in its article.
    near: Table,
    far: Table,
    /// Pairs of a phrase and one that follows it, and all that follow some.
    near_pairs: Vec<(u32, PatternId)>,
    far_pairs: Vec<(u32, PatternId)>,
    following: Vec<PatternId>,
}

/// Words, classes and kinds of which one must stand in the statement.
#[derive(Clone, Debug)]
struct Choice {
    /// All of them, as bits of a filter.
    signature: u128,
    /// As a range of `codes`.
    codes: Range<u32>,
}

/// What is looked at before a phrase is run, side by side since it is looked at often.
#[derive(Clone, Debug)]
struct Asks {
    /// What the phrase asks for without a choice, as bits of a filter.
    signature: u128,
    /// The same and what it asks for with a choice, as a range of `asked`.
    guards: Range<u32>,
    program: Range<u32>,
}

/// Sets of words, by their numbers.
#[derive(Clone, Debug, Default)]
struct Sets {
    /// The words of each, sorted.
    words: Vec<WordId>,
    ranges: Vec<Range<u32>>,
}

impl Sets {
    /// Adds a set; gives its number.
    fn push(&mut self, words: impl IntoIterator<Item = WordId>) -> u32 {
        self.ranges.push(0..0);
        let set = count(self.ranges.len() - 1);
        self.fill(set, words);
        set
    }

    /// Gives a set other words.
    fn fill(&mut self, set: u32, words: impl IntoIterator<Item = WordId>) {
        let start = count(self.words.len());
        self.words.extend(words);
        let end = count(self.words.len());
        self.ranges.iter_mut().skip(set as usize).take(1).for_each(|range| *range = start..end);
    }

    /// The words of a set; none when there is no such set.
    fn get(&self, set: u32) -> &[WordId] {
        let range = self.ranges.get(set as usize).cloned().unwrap_or_default();
        self.words.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// A compiled phrase that has no number yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Program {
    steps: Range<u32>,
    keys: Vec<Key>,
    guards: Vec<Vec<Key>>,
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
    /// Of pairs in the order of their phrases. They are counted, not sorted: there are tens of thousands.
    fn new(pairs: &[(u32, PatternId)]) -> Self {
        let size = pairs.iter().map(|(key, _)| *key as usize + 2).max().unwrap_or(0);
        let mut starts = vec![0_u32; size];
        for (key, _) in pairs {
            starts.iter_mut().skip(*key as usize + 1).take(1).for_each(|start| *start += 1);
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut patterns = vec![PatternId::default(); pairs.len()];
        for (key, pattern) in pairs {
            if let Some(place) = next.get_mut(*key as usize) {
                patterns.iter_mut().skip(*place as usize).take(1).for_each(|own| *own = *pattern);
                *place += 1;
            }
        }
        Self { starts, patterns }
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
        let program = match self.prepared.get(phrase) {
            Some(program) => program,
            None => self.program(phrase, lexicon)?,
        };
        let id = PatternId(count(self.programs.len()));
        self.programs.push(program.steps);
        self.keys.extend(program.keys.into_iter().map(|key| (key, id)));
        self.guards.push(program.guards);
        Ok(id)
    }

    fn program(&mut self, phrase: &str, lexicon: &mut Lexicon) -> Result<Program, PatternError> {
        let node = parse::phrase(phrase)?;
        self.compile(&node, lexicon).map_err(|fault| PatternError { range: fault.range(phrase), reason: fault.reason })
    }

    /// Phrases that say something only beside others: in their statement, or with `far` in their article. They are looked
    /// for only there.
    pub fn follow(&mut self, leaders: impl IntoIterator<Item = PatternId>, phrases: &[PatternId], far: bool) {
        let pairs = if far { &mut self.far_pairs } else { &mut self.near_pairs };
        for leader in leaders {
            pairs.extend(phrases.iter().map(|phrase| (leader.0, *phrase)));
        }
        self.following.extend(phrases);
    }

    /// Which phrases follow others, by number.
    fn is_following(&mut self) -> Vec<bool> {
        let mut following = vec![false; self.programs.len()];
        for PatternId(number) in self.following.drain(..) {
            following.iter_mut().skip(number as usize).take(1).for_each(|own| *own = true);
        }
        following
    }

    /// To be called once, after the last phrase and before the first search.
    pub fn finish(&mut self, lexicon: &Lexicon) {
        self.prepared = Prepared::default();
        let prefixes = lexicon.vocabulary().prefixes();
        for (prefix, set) in &self.prefixes {
            let from = prefixes.partition_point(|(own, _)| *own < prefix.as_ref());
            let own = prefixes.iter().skip(from).take_while(|(own, _)| own.starts_with(prefix.as_ref()));
            let mut words: Vec<WordId> = own.map(|(_, id)| *id).collect();
            words.sort_unstable();
            self.sets.fill(*set, words);
        }
        let (mut words, mut classes, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        self.near = Table::new(&std::mem::take(&mut self.near_pairs));
        self.far = Table::new(&std::mem::take(&mut self.far_pairs));
        let following = self.is_following();
        for (key, pattern) in self.keys.drain(..) {
            // what follows is tried wherever it may begin
            if following.get(pattern.0 as usize) == Some(&true) {
                continue;
            }
            match key {
                Key::Word(word) => words.push((word.0, pattern)),
                Key::Prefix(set) => {
                    words.extend(self.sets.get(set).iter().map(|word| (word.0, pattern)));
                }
                Key::Class(ClassId(class)) => classes.push((u32::from(class), pattern)),
                Key::Kinds(mask) => kinds.extend((0..32).filter(|bit| mask & 1 << bit != 0).map(|bit| (bit, pattern))),
            }
        }
        for (guards, program) in self.guards.drain(..).zip(&self.programs) {
            let from = self.asked.len();
            let mut signature = 0;
            for guard in guards {
                let start = self.codes.len();
                for key in guard {
                    match key {
                        Key::Word(word) => self.codes.push(word.0),
                        Key::Prefix(set) => self.codes.extend(self.sets.get(set).iter().map(|word| word.0)),
                        Key::Class(ClassId(class)) => self.codes.push(class_code(u32::from(class))),
                        Key::Kinds(mask) => {
                            self.codes.extend((0..32).filter(|bit| mask & 1 << bit != 0).map(kind_code));
                        }
                    }
                }
                let codes = self.codes.get(start..).unwrap_or_default();
                let any = codes.iter().fold(0, |any, code| any | present::bit(*code));
                if codes.len() == 1 {
                    signature |= any;
                }
                self.asked.push(Choice { signature: any, codes: count(start)..count(self.codes.len()) });
            }
            let guards = count(from)..count(self.asked.len());
            self.asks.push(Asks { signature, guards, program: program.clone() });
        }
        self.openings = std::iter::repeat_with(OnceLock::new).take(self.programs.len()).collect();
        self.triggers =
            Triggers { words: Table::new(&words), classes: Table::new(&classes), kinds: Table::new(&kinds) };
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
