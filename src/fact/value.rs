//! Values as intervals, and when two of them exclude each other.
//!
//! Takes quantities and decides by arithmetic alone; knows neither subjects nor qualifiers.

use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use std::sync::Arc;

/// A quantity as an interval in the unit of its kind; an open side is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// One unit of the last printed digit of the lower bound.
    pub low_step: f64,
    /// The same of the upper bound.
    pub high_step: f64,
    /// The unit (`s`, `g`, `%`).
    pub unit: Option<Arc<str>>,
    /// True when it is built from fuzzy words only.
    pub fuzzy: bool,
    /// True when only "up to" bounds it.
    pub maximum: bool,
    /// True when the lower bound is printed as a bound ("at least").
    pub minimum: bool,
}

/// How two intervals lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// One holds in the other, they touch, or the difference is rounding.
    Agree,
    /// Two ranges that overlap or share one bound, and differ.
    Overlap,
    /// No value is in both.
    Apart,
    /// Two maxima ("up to") with different limits.
    Maxima,
    /// Different units, or words too vague.
    Incomparable,
}

/// How much two values may differ and still be one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slack {
    /// Share of the nearer bound.
    pub share: f64,
    /// In the unit of the kind.
    pub least: f64,
    /// True when half a step of the printed digits counts too.
    pub steps: bool,
}

impl Default for Slack {
    fn default() -> Self {
        Self { share: 0.05, least: 0.0, steps: true }
    }
}

impl Interval {
    /// The interval that a quantity means. A fraction becomes a percentage, so that "3 in 4" and "75%" are one kind.
    pub fn of(quantity: &Quantity) -> Self {
        let (mut low, mut high) = quantity.interval();
        let (mut low_step, mut high_step) = (quantity.low_step.abs(), quantity.high_step.abs());
        let mut unit = quantity.unit.clone();
        if quantity.kind == QuantityKind::Fraction {
            // three in four: what stands behind the fraction is coarser than its digits
            let step = quantity.parts.map_or(0.0, |(_, of)| 50.0 / of.abs().max(1.0)).clamp(1.0, 10.0);
            low = low.map(|low| low * 100.0);
            high = high.map(|high| high * 100.0);
            (low_step, high_step) = (step, step);
            unit = Some("%".into());
        }
        if quantity.kind == QuantityKind::Percent && high.is_none() {
            high = Some(100.0);
        }
        Self {
            low,
            high,
            low_step,
            high_step,
            unit,
            fuzzy: quantity.fuzzy,
            maximum: quantity.bound == Bound::AtMost,
            minimum: quantity.bound == Bound::AtLeast,
        }
    }

    /// What a share leaves to a hundred per cent.
    pub fn rest(self) -> Self {
        let of = |bound: f64| 100.0 - bound;
        Self {
            low: self.high.map(of),
            high: self.low.map(of),
            low_step: self.high_step,
            high_step: self.low_step,
            maximum: self.minimum,
            minimum: self.maximum,
            ..self
        }
    }

    /// A mass as a mass per day; anything else as it is.
    pub fn per_day(self) -> Self {
        if self.unit.as_deref() == Some("g") { Self { unit: Some("g/d".into()), ..self } } else { self }
    }

    /// A duration in seconds, or a bare number of years, as an age in years.
    pub fn as_age(self) -> Self {
        const YEAR: f64 = 365.25 * 86_400.0;
        let scale = if self.unit.as_deref() == Some("s") { 1.0 / YEAR } else { 1.0 };
        Self {
            low: self.low.map(|low| low * scale),
            high: self.high.map(|high| high * scale),
            low_step: self.low_step * scale,
            high_step: self.high_step * scale,
            unit: Some("y".into()),
            ..self
        }
    }

    /// A duration in seconds as the frequency of what is done once in it, per day.
    pub fn as_frequency(self) -> Option<Self> {
        const DAY: f64 = 86_400.0;
        let (low, high) = (self.low.filter(|low| *low > 0.0)?, self.high.filter(|high| *high > 0.0)?);
        Some(Self {
            low: Some(DAY / high),
            high: Some(DAY / low),
            low_step: 0.0,
            high_step: 0.0,
            unit: Some("1/d".into()),
            ..self
        })
    }

    /// How this interval lies to another.
    pub fn relation(&self, other: &Self, slack: Slack) -> Relation {
        if self.unit != other.unit || self.fuzzy || other.fuzzy {
            return Relation::Incomparable;
        }
        if self.maximum && other.maximum {
            let same = match (self.high, other.high) {
                (Some(a), Some(b)) => (a - b).abs() <= slack.between(a.min(b), self.high_step, other.high_step),
                _ => true,
            };
            return if same { Relation::Agree } else { Relation::Maxima };
        }
        let ranges = self.is_range() && other.is_range();
        let slack = if ranges { Slack { share: slack.share.min(Slack::RANGES), ..slack } } else { slack };
        if self.is_below(other, slack) || other.is_below(self, slack) {
            return Relation::Apart;
        }
        let low = self.order(self.low, other.low, self.low_step, other.low_step, slack, f64::NEG_INFINITY);
        let high = self.order(self.high, other.high, self.high_step, other.high_step, slack, f64::INFINITY);
        let touch = self.touches(other) || other.touches(self);
        if ranges && !touch && (low, high) != (0, 0) && low * high >= 0 { Relation::Overlap } else { Relation::Agree }
    }

    /// True for two printed numbers.
    fn is_range(&self) -> bool {
        !self.maximum && !self.minimum && matches!((self.low, self.high), (Some(low), Some(high)) if low < high)
    }

    /// True when all of this lies below all of the other.
    fn is_below(&self, other: &Self, slack: Slack) -> bool {
        let (Some(high), Some(low)) = (self.high, other.low) else { return false };
        low - high > slack.between(high, self.high_step, other.low_step)
    }

    /// True when this ends where the other begins.
    fn touches(&self, other: &Self) -> bool {
        matches!((self.high, other.low), (Some(high), Some(low)) if (low - high).abs() <= high.abs() * 1e-9)
    }

    /// -1, 0 or 1 as one bound lies below, at or above the other; an open bound lies at `open`.
    fn order(&self, a: Option<f64>, b: Option<f64>, a_step: f64, b_step: f64, slack: Slack, open: f64) -> i8 {
        let (a, b) = (a.unwrap_or(open), b.unwrap_or(open));
        #[allow(clippy::float_cmp)] // two open bounds are one
        if a == b || (a - b).abs() <= slack.between(a.min(b), a_step, b_step) {
            0
        } else if a < b {
            -1
        } else {
            1
        }
    }
}

impl Slack {
    /// Share of the nearer bound that two printed ranges may differ by: they say themselves how far a value may go.
    const RANGES: f64 = 0.1;

    /// Slack between two facing bounds.
    fn between(self, nearer: f64, step: f64, other_step: f64) -> f64 {
        let share = nearer.abs() * self.share;
        let steps = if self.steps { step.max(other_step) / 2.0 } else { 0.0 };
        // what the floating point adds when minutes become seconds
        share.max(steps).max(self.least) + nearer.abs() * 1e-9
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 3600.0;
    const DAY: f64 = 86_400.0;

    fn between(low: f64, high: f64, step: f64) -> Interval {
        Interval {
            low: Some(low * step),
            high: Some(high * step),
            low_step: step,
            high_step: step,
            unit: Some("s".into()),
            fuzzy: false,
            maximum: false,
            minimum: false,
        }
    }

    fn up_to(high: f64, step: f64) -> Interval {
        Interval { low: Some(0.0), maximum: true, ..between(0.0, high, step) }
    }

    fn at_least(low: f64, step: f64) -> Interval {
        Interval { high: None, minimum: true, ..between(low, low, step) }
    }

    fn relation(a: &Interval, b: &Interval) -> Relation {
        let there = a.relation(b, Slack::default());
        assert_eq!(there, b.relation(a, Slack::default()), "the order of the two matters");
        there
    }

    #[test]
    fn intervals_without_a_common_value_are_apart() {
        assert_eq!(relation(&between(40.0, 60.0, MINUTE), &between(15.0, 30.0, MINUTE)), Relation::Apart);
        assert_eq!(relation(&between(4.0, 6.0, 7.0 * DAY), &between(10.0, 10.0, DAY)), Relation::Apart);
        assert_eq!(relation(&between(5.0, 5.0, DAY), &between(14.0, 14.0, DAY)), Relation::Apart);
        assert_eq!(relation(&up_to(2.0, 7.0 * DAY), &at_least(1.0, 30.0 * DAY)), Relation::Apart);
    }

    #[test]
    fn touching_and_containing_agree() {
        assert_eq!(relation(&between(6.0, 6.0, 1.0), &between(6.0, 8.0, 1.0)), Relation::Agree);
        assert_eq!(relation(&between(7.0, 30.0, DAY), &at_least(30.0, DAY)), Relation::Agree);
        assert_eq!(relation(&up_to(24.0, HOUR), &between(1.0, 4.0, HOUR)), Relation::Agree);
        assert_eq!(relation(&at_least(2.0, DAY), &at_least(5.0, DAY)), Relation::Agree);
    }

    #[test]
    fn rounding_is_no_difference() {
        // a month is 28, 30 or 31 days
        assert_eq!(relation(&between(4.0, 4.0, 7.0 * DAY), &between(1.0, 1.0, 30.0 * DAY)), Relation::Agree);
        assert_eq!(relation(&between(1.0, 1.0, HOUR), &between(90.0, 90.0, MINUTE)), Relation::Agree);
        assert_eq!(relation(&between(40.0, 40.0, MINUTE), &between(42.0, 42.0, MINUTE)), Relation::Agree);
        assert_eq!(relation(&between(40.0, 40.0, MINUTE), &between(45.0, 45.0, MINUTE)), Relation::Apart);
    }

    #[test]
    fn ranges_that_share_a_part_overlap() {
        assert_eq!(relation(&between(60.0, 70.0, 1.0), &between(50.0, 65.0, 1.0)), Relation::Overlap);
        assert_eq!(relation(&between(400.0, 800.0, 1.0), &between(400.0, 900.0, 1.0)), Relation::Overlap);
        assert_eq!(relation(&between(40.0, 80.0, 1.0), &between(50.0, 70.0, 1.0)), Relation::Agree);
        assert_eq!(relation(&between(40.0, 80.0, 1.0), &between(80.0, 90.0, 1.0)), Relation::Agree);
        assert_eq!(relation(&between(60.0, 60.0, 1.0), &between(50.0, 70.0, 1.0)), Relation::Agree);
    }

    #[test]
    fn a_share_leaves_the_rest() {
        let fails = Interval { unit: Some("%".into()), ..between(30.0, 50.0, 1.0) };
        let works = Interval { unit: Some("%".into()), ..between(50.0, 70.0, 1.0) };
        assert_eq!(fails.clone().rest(), works);
        assert_eq!(relation(&fails.rest(), &works), Relation::Agree);
    }

    #[test]
    fn two_ranges_bring_their_own_slack() {
        let wide = Slack { share: 0.5, ..Slack::default() };
        assert_eq!(between(300.0, 600.0, 1.0).relation(&between(900.0, 1200.0, 1.0), wide), Relation::Apart);
        assert_eq!(between(300.0, 600.0, 1.0).relation(&between(900.0, 900.0, 1.0), wide), Relation::Agree);
        assert_eq!(between(300.0, 600.0, 1.0).relation(&between(300.0, 900.0, 1.0), wide), Relation::Overlap);
    }

    #[test]
    fn maxima_conflict_only_as_maxima() {
        assert_eq!(relation(&up_to(2.0, DAY), &up_to(6.0, DAY)), Relation::Maxima);
        assert_eq!(relation(&up_to(2.0, DAY), &up_to(2.0, DAY)), Relation::Agree);
    }

    #[test]
    fn vague_words_and_other_units_decide_nothing() {
        let vague = Interval { fuzzy: true, ..between(2.0, 6.0, DAY) };
        assert_eq!(relation(&vague, &between(30.0, 30.0, DAY)), Relation::Incomparable);
        let other = Interval { unit: Some("g/kg".into()), ..between(2.0, 6.0, DAY) };
        assert_eq!(relation(&other, &between(30.0, 30.0, DAY)), Relation::Incomparable);
    }
}
