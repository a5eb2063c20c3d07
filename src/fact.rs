//! Statements become facts by the frames of `rules/attributes.toml`.
//!
//! A fact is a subject, an attribute and a value with qualifiers. House facts are read here too. Knows no rule.

pub mod attribute;
mod compare;
mod daily;
pub mod frame;
mod gather;
pub mod gist;
pub mod house;
pub mod index;
mod label;
mod lead;
mod qualifier;
mod stance;
pub mod subject;
mod topic;
pub mod value;
pub mod wording;

pub use compare::{Clash, GRADES, alike, clash};
pub use gather::gather;
pub use value::Interval;

#[cfg(test)]
mod tests;

use crate::document::BlockId;
use crate::finding::Place;
use std::sync::Arc;

/// How a part of a fact came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Said in the statement, or the single topic of the article.
    Stated,
    /// Implied by a word of the statement (an infusion is intravenous).
    Implied,
    /// Taken from a heading, a table head, the line that leads a list or the statement before.
    Inherited,
    /// Taken from the title: it holds for all of the article.
    Title,
    /// Said in the statement, and true of all that the article says of its subject.
    Settled,
}

/// What a fact must agree on before its value is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Qualifier {
    /// `route`, `form`, `population`, `indication`, `phase`, `time-point`, `jurisdiction`, `study`, `comparator`, or
    /// the name of a contrast of `rules/attributes.toml`.
    pub name: Arc<str>,
    /// Canonical value.
    pub value: Arc<str>,
    /// How it is known.
    pub origin: Origin,
}

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A quantity.
    Interval(Interval),
    /// A class from the frame's closed list.
    Class(Arc<str>),
    /// The frame holds, or with `Fact::polarity` false does not.
    Holds,
}

/// Subject + attribute + value + qualifiers.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Canonical name of the subject.
    pub subject: Arc<str>,
    /// How the subject is known.
    pub subject_origin: Origin,
    /// False when the subject is only the words in front of the cue: compared within its article.
    pub named: bool,
    /// Name of the frame.
    pub attribute: Arc<str>,
    /// The value.
    pub value: Value,
    /// The value for people ("40–60 min").
    pub shown: String,
    /// Qualifiers, sorted by name and value.
    pub qualifiers: Vec<Qualifier>,
    /// False when the statement denies it.
    pub polarity: bool,
    /// 0 flat, 1 hedged, 2 uncertain.
    pub hedge: u8,
    /// True when it holds only under a condition of its statement.
    pub conditional: bool,
    /// True when the author sets the statement against any other ("previously", "unlike").
    pub apart: bool,
    /// True when the author sets the statement against what stands near it ("however", "instead").
    pub against: bool,
    /// Hashes of the content words of its clause, for telling whether two facts speak of one thing: sorted, without
    /// repetition.
    pub words: Vec<u32>,
    /// The block it stands in; of a house fact, its index in the file.
    pub block: BlockId,
    /// The table it stands in: its rows and columns are different things or cases.
    pub table: Option<usize>,
    /// Index of the statement in its article; of a house fact, its index in the file.
    pub statement: usize,
    /// Where the value stands.
    pub place: Place,
}

impl Fact {
    /// Values of one qualifier.
    pub fn qualifier(&self, name: &str) -> impl Iterator<Item = &Qualifier> {
        let start = self.qualifiers.partition_point(|qualifier| &*qualifier.name < name);
        let end = self.qualifiers.partition_point(|qualifier| &*qualifier.name <= name);
        self.qualifiers.get(start..end).unwrap_or_default().iter()
    }
}
