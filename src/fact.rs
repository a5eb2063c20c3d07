//! Statements become facts by the frames of `rules/attributes.toml`.
//!
//! A fact is a subject, an attribute and a value with qualifiers. House facts are read here too. Knows no rule.

pub mod attribute;
pub mod house;
pub mod index;
pub mod subject;
pub mod value;

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
}

/// What a fact must agree on before its value is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// `route`, `form`, `population`, `indication`, `phase`, `time-point`, `jurisdiction`, `study`, `comparator`, …
    pub name: Arc<str>,
    /// Canonical value.
    pub value: Arc<str>,
    /// How it is known.
    pub origin: Origin,
}

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A quantity as an interval in the unit of its kind; an open side is `None`.
    Interval {
        /// Lower bound.
        low: Option<f64>,
        /// Upper bound.
        high: Option<f64>,
        /// One unit of the last printed digit of the lower bound.
        low_step: f64,
        /// The same of the upper bound.
        high_step: f64,
        /// The unit (`s`, `g`, `%`).
        unit: Option<Arc<str>>,
        /// True when it is built from fuzzy words only.
        fuzzy: bool,
        /// True when only "up to" bounds it.
        maximum: bool,
    },
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
    /// Name of the frame.
    pub attribute: Arc<str>,
    /// The value.
    pub value: Value,
    /// The value for people ("40–60 min").
    pub shown: String,
    /// Qualifiers, sorted by name.
    pub qualifiers: Vec<Qualifier>,
    /// False when the statement denies it.
    pub polarity: bool,
    /// 0 flat, 1 hedged, 2 uncertain.
    pub hedge: u8,
    /// Index of the statement in its article; of a house fact, its index in the file.
    pub statement: usize,
    /// Where the value stands.
    pub place: Place,
}
