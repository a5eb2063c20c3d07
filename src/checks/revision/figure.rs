//! Whether two versions of one figure say the same.
//!
//! Takes two quantities that stand at the same place of a sentence; decides by arithmetic. Another spelling, a
//! converted unit and a rounded digit are no change.

use crate::grammar::quantity::{Bound, Quantity, QuantityKind};

/// Seconds in a year, as the units count them.
const YEAR: f64 = 31_536_000.0;

/// The largest share of a value that its last digit may stand for, so that less of it counts as rounding.
const ROUNDING: f64 = 0.1;

/// A month is four weeks and a bit: what durations in different units may differ by.
const CALENDAR: f64 = 0.08;

/// A quantity in the unit that both sides of a comparison can share.
struct Base<'q> {
    unit: Option<&'q str>,
    low: f64,
    high: f64,
    step: f64,
}

impl<'q> Base<'q> {
    fn of(one: &'q Quantity) -> Self {
        let step = one.low_step.abs().max(one.high_step.abs());
        let unit = one.unit.as_deref();
        let scaled = |unit, by: f64| Self { unit, low: one.low * by, high: one.high * by, step: step * by };
        match one.kind {
            QuantityKind::Fraction => Self { step: 0.0, ..scaled(Some("%"), 100.0) },
            QuantityKind::Age => scaled(Some("s"), YEAR),
            QuantityKind::Temperature if unit == Some("°F") => {
                Self { unit: Some("°C"), low: (one.low - 32.0) / 1.8, high: (one.high - 32.0) / 1.8, step: step / 1.8 }
            }
            _ => scaled(unit, 1.0),
        }
    }
}

/// What a figure says, for finding it again in another sentence.
pub(super) fn key(one: &Quantity) -> (String, i64, i64) {
    let base = Base::of(one);
    // to a millionth: what the floating point adds is no other figure
    let rounded = |value: f64| (value * 1e6).round() as i64;
    (base.unit.unwrap_or(one.kind.name()).to_owned(), rounded(base.low), rounded(base.high))
}

/// True when a figure was changed into another one.
pub(super) fn differ(old: &Quantity, new: &Quantity, old_number: &str, new_number: &str) -> bool {
    if old.fuzzy || new.fuzzy {
        return false;
    }
    let turned = matches!((old.bound, new.bound), (Bound::AtLeast, Bound::AtMost) | (Bound::AtMost, Bound::AtLeast));
    let spelt_alike = old_number == new_number;
    if spelt_alike && old.printed_unit == new.printed_unit {
        return turned;
    }
    let (one, two) = (Base::of(old), Base::of(new));
    if one.unit.is_none() != two.unit.is_none() {
        // a figure that won or lost its unit was reworded
        return false;
    }
    if one.unit != two.unit {
        return spelt_alike
            && is_measure(old.kind)
            && is_measure(new.kind)
            && !is_part(old.printed_unit.as_deref(), new.printed_unit.as_deref());
    }
    let rewritten = old.printed_unit != new.printed_unit || old.decimals != new.decimals || old.kind != new.kind;
    let near = |a: f64, b: f64, step: f64| {
        let size = a.abs().max(b.abs());
        let mut room = size * 1e-9;
        if rewritten && step <= size * ROUNDING {
            room = room.max(step / 2.0 - size * 1e-9);
        }
        if rewritten && one.unit == Some("s") && old.printed_unit != new.printed_unit {
            room = room.max(size * CALENDAR);
        }
        (a - b).abs() <= room
    };
    let step = one.step.max(two.step);
    turned || !near(one.low, two.low, step) || !near(one.high, two.high, step)
}

/// Kinds whose units cannot stand for each other.
const fn is_measure(kind: QuantityKind) -> bool {
    use QuantityKind as Kind;
    matches!(
        kind,
        Kind::Mass | Kind::Volume | Kind::Dose | Kind::Concentration | Kind::Length | Kind::Duration | Kind::Energy
    )
}

/// True when one unit is the other with something behind it ("mg", "mg/day").
fn is_part(one: Option<&str>, two: Option<&str>) -> bool {
    one.zip(two).is_some_and(|(one, two)| one.starts_with(two) || two.starts_with(one))
}
