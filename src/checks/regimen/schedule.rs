//! A schedule against the same in other words: "every 6 hours (three times a day)".
//!
//! A fifth is allowed: twelve weeks are a quarter of a year to everybody.

use super::{Fault, Place, Regimen, exact, span};
use crate::checks::phrase::found;
use crate::grammar::quantity::QuantityKind;

/// Share by which two schedules may differ.
const ROUND: f64 = 0.2;

pub(super) fn faults(check: &Regimen, place: Place<'_, '_>) -> Vec<Fault> {
    let pairs = found(place.statement, &check.schedules)
        .filter_map(|matched| place.captured(matched, "one").zip(place.captured(matched, "two")));
    let wrong = pairs.filter(|(one, two)| {
        let often = one.kind == QuantityKind::Frequency && two.kind == QuantityKind::Frequency;
        often && exact(one) && exact(two) && (one.low - two.low).abs() > ROUND * one.low.max(two.low)
    });
    let fault = |(one, two): (&_, &_)| {
        let two: &crate::grammar::quantity::Quantity = two;
        let one: &crate::grammar::quantity::Quantity = one;
        Fault {
            range: span(one, two),
            said: two.range.clone(),
            factors: place.prose(one).to_owned(),
            right: shown(one.low),
        }
    };
    wrong.map(fault).collect()
}

/// A frequency in the words that a reader would use.
fn shown(per_day: f64) -> String {
    let short = |value: f64| format!("{}", (value * 10.0).round() / 10.0);
    if per_day >= 1.0 {
        format!("{} times a day", short(per_day))
    } else if per_day >= 1.0 / 32.0 {
        format!("once in {} days", short(1.0 / per_day))
    } else {
        format!("{} times a year", short(365.0 * per_day))
    }
}
