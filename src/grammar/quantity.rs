//! Quantities: numbers with their kind, bound and unit.

use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// What a quantity measures; the names are those of the JSON contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

/// What the words on a number say of it; never a hedge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// The lower printed number in the contract's unit for its kind (seconds, grams, percent 0–100, …).
    pub low: f64,
    /// The upper printed number; equal to `low` when one number is printed.
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
        match self.bound {
            Bound::Exact | Bound::About => (Some(self.low), Some(self.high)),
            Bound::AtMost => (Some(0.0), Some(self.high)),
            Bound::AtLeast => (Some(self.low), None),
        }
    }
}
