//! What a quantity is: its kind, its numbers with their unit and bound, and the place where it is printed.
//!
//! Takes nothing; gives the records that the readers fill and all others ask. Knows no reader, so that the build script
//! can use it too.

use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// What a quantity measures; the names are those of the JSON contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum QuantityKind {
    Count,
    Percent,
    Fraction,
    Fold,
    Duration,
    Age,
    Date,
    Frequency,
    Dose,
    Concentration,
    Mass,
    Volume,
    Length,
    Area,
    Speed,
    Temperature,
    Pressure,
    Energy,
    Power,
    Angle,
    Information,
    Money,
    Ratio,
    Score,
}

impl QuantityKind {
    /// All kinds, in the order of the contract.
    pub const ALL: [Self; 24] = [
        Self::Count,
        Self::Percent,
        Self::Fraction,
        Self::Fold,
        Self::Duration,
        Self::Age,
        Self::Date,
        Self::Frequency,
        Self::Dose,
        Self::Concentration,
        Self::Mass,
        Self::Volume,
        Self::Length,
        Self::Area,
        Self::Speed,
        Self::Temperature,
        Self::Pressure,
        Self::Energy,
        Self::Power,
        Self::Angle,
        Self::Information,
        Self::Money,
        Self::Ratio,
        Self::Score,
    ];

    /// The name in JSON output, in rule files and in phrases.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Fraction => "fraction",
            Self::Fold => "fold",
            Self::Duration => "duration",
            Self::Age => "age",
            Self::Date => "date",
            Self::Frequency => "frequency",
            Self::Dose => "dose",
            Self::Concentration => "concentration",
            Self::Mass => "mass",
            Self::Volume => "volume",
            Self::Length => "length",
            Self::Area => "area",
            Self::Speed => "speed",
            Self::Temperature => "temperature",
            Self::Pressure => "pressure",
            Self::Energy => "energy",
            Self::Power => "power",
            Self::Angle => "angle",
            Self::Information => "information",
            Self::Money => "money",
            Self::Ratio => "ratio",
            Self::Score => "score",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Bound {
    /// The name in JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtMost => "at-most",
            Self::AtLeast => "at-least",
        }
    }
}

/// What the words on a number say of it; never a hedge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The number itself.
    #[default]
    Exact,
    /// About, around, approximately, almost, nearly, over (approximately) …
    About,
    /// Up to, at most, within, under, less than, no more than.
    AtMost,
    /// At least, more than, over, no less than.
    AtLeast,
}

/// A quantity as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What it measures.
    pub kind: QuantityKind,
    /// The first printed number in the contract's unit for its kind (seconds, grams, percent 0–100, …).
    pub low: f64,
    /// The second printed number; equal to `low` when one number is printed, below it when a range is printed
    /// backwards ("from 8 to 3").
    pub high: f64,
    /// The unit of `low` and `high` (`s`, `g`, `%`, `USD`, …); `None` for bare counts and ratios.
    pub unit: Option<Arc<str>>,
    /// The symbol of the printed unit (`mg`, `min`), for messages.
    pub printed_unit: Option<Arc<str>>,
    /// What the words on the number say.
    pub bound: Bound,
    /// Digits printed behind the decimal point (the larger of the two).
    pub decimals: u8,
    /// One unit of the last printed digit of `low` in the contract's unit ("40 minutes": 60, "an hour": 3600).
    pub low_step: f64,
    /// The same for `high`.
    pub high_step: f64,
    /// Numerator and denominator of "45 of 60", "3 in 4", "45/60", where they are printed as two numbers.
    pub parts: Option<(f64, f64)>,
    /// True for "a few", "several", "hours" without a number: never enough alone.
    pub fuzzy: bool,
    /// Bytes of the text read, words on the number included ("about 40 minutes to an hour").
    pub range: Range<usize>,
    /// Bytes of the printed number alone, without bound words and unit.
    pub number: Range<usize>,
}

impl Quantity {
    /// Moves the ranges by an offset.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.range = self.range.start + by..self.range.end + by;
        self.number = self.number.start + by..self.number.end + by;
        self
    }

    /// The interval that is meant: a bound opens or closes a side, `None` is open.
    pub fn interval(&self) -> (Option<f64>, Option<f64>) {
        let (low, high) = (self.low.min(self.high), self.low.max(self.high));
        match self.bound {
            Bound::Exact | Bound::About => (Some(low), Some(high)),
            Bound::AtMost => (Some(low.min(0.0)), Some(high)),
            Bound::AtLeast => (Some(low), None),
        }
    }

    /// True when two different numbers are printed.
    pub fn is_range(&self) -> bool {
        self.low != self.high
    }
}
