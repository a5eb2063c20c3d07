//! An amount and the same in another unit in the bracket behind it: "0.5 mg (500 micrograms)", "38 °C (100.4 °F)".
//!
//! Round conversions are right: a seventh is allowed between two systems of units. Inside the metric system only a slip
//! of whole powers of ten is one, since a bracket may also hold a total or a part.

use super::Units;
use crate::checks::scope::closed;
use crate::checks::{Observation, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;

/// Share by which a conversion into another system may be off.
const ROUND: f64 = 1.0 / 7.0;
/// Degrees by which one may be off, beyond the printed digits.
const DEGREE: f64 = 0.2;
/// The same in an oven, whose dials have steps of ten or more.
const OVEN: f64 = 10.0;
/// Degrees Celsius above which only ovens are.
const HOT: f64 = 100.0;
/// Words between an amount and its bracket: "400 micrograms of folic acid (0.4 mg)".
const WORDS: usize = 4;

pub(super) fn observe(check: &Units, scene: &Scene<'_>, statement: &Statement, seen: &mut Vec<Observation>) {
    let quantities = &statement.quantities;
    for (at, (one, two)) in quantities.iter().zip(quantities.iter().skip(1)).enumerate() {
        let before = at.checked_sub(1).and_then(|at| quantities.get(at));
        if !are_the_same(check, scene, statement, one, two)
            || before.is_some_and(|before| multiplies(statement, before, one))
        {
            continue;
        }
        let Some(right) = wrong(check, one, two) else { continue };
        let document = &scene.article.document;
        let prose = |one: &Quantity| statement.prose(document, one.range.clone()).to_owned();
        let block = document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
        let range = closed(block, one.range.start..two.range.end);
        seen.push(Observation {
            grade: Some("conversion"),
            span: statement.span_of(document, range),
            related: Vec::new(),
            values: vec![("value", prose(one)), ("other", prose(two)), ("right", right), ("subject", String::new())],
            fix: None,
        });
    }
}

/// True for two exact amounts of one kind in two units, the second alone in a bracket or behind an equals sign.
fn are_the_same(check: &Units, scene: &Scene<'_>, statement: &Statement, one: &Quantity, two: &Quantity) -> bool {
    let plain = |one: &Quantity| {
        one.low == one.high && matches!(one.bound, Bound::Exact | Bound::About) && !one.fuzzy && one.low > 0.0
    };
    let measured = matches!(
        one.kind,
        QuantityKind::Dose
            | QuantityKind::Mass
            | QuantityKind::Volume
            | QuantityKind::Length
            | QuantityKind::Temperature
            | QuantityKind::Energy
            | QuantityKind::Concentration
    );
    let kin = one.kind == two.kind && (one.unit == two.unit || one.kind == QuantityKind::Temperature)
        || one.unit == two.unit && one.unit.as_deref() == Some("g");
    // "below 30 °C (86 °F)": the bound is of both
    let bounded = one.low == one.high && !one.fuzzy && one.low > 0.0;
    if !measured || !kin || one.printed_unit == two.printed_unit || !bounded || !plain(two) {
        return false;
    }
    let document = &scene.article.document;
    let text = statement.prose(document, one.range.end..two.range.start.max(one.range.end)).trim_end();
    let rest = statement.prose(document, two.range.end..statement.range.end).trim_start();
    let inner = text.strip_suffix(['(', '[']).filter(|_| rest.starts_with([')', ']']));
    let equal = text.strip_suffix('=').filter(|inner| inner.trim().is_empty());
    let equal = equal.or_else(|| check.joints.iter().any(|joint| text == joint).then_some(""));
    inner
        .or(equal)
        .is_some_and(|inner| inner.split_whitespace().count() <= WORDS && !inner.contains([',', ';', ':', '(', ')']))
}

/// True when a number of pieces or times directly before makes the bracket a total: "two tablets of 500 mg (1 g)".
fn multiplies(statement: &Statement, before: &Quantity, one: &Quantity) -> bool {
    let near = statement.words_of(before.range.end..one.range.start.max(before.range.end)).len() <= 3;
    near && matches!(before.kind, QuantityKind::Count | QuantityKind::Dose | QuantityKind::Frequency)
}

/// What the first amount is in the unit of the second, where that is not what the second says.
fn wrong(check: &Units, one: &Quantity, two: &Quantity) -> Option<String> {
    if one.kind == QuantityKind::Temperature {
        return wrong_degrees(one, two);
    }
    let ratio = two.low / one.low;
    let power = ratio.log10();
    let slip = (power - power.round()).abs() < 0.01 && power.round() != 0.0;
    let other = |one: &Quantity| {
        one.printed_unit.as_deref().is_some_and(|unit| check.other_systems.iter().any(|own| own == unit))
    };
    let foreign = other(one) != other(two) && (ratio - 1.0).abs() > ROUND && (1.0 / ratio - 1.0).abs() > ROUND;
    (slip || foreign).then(|| {
        // the unit's size is what one printed step of it makes
        let unit = two.low_step * 10f64.powi(i32::from(two.decimals));
        let value = one.low / unit;
        let digits = if value >= 100.0 { 0 } else { 2 };
        let shown = format!("{value:.digits$}");
        let shown = if shown.contains('.') { shown.trim_end_matches('0').trim_end_matches('.') } else { &shown };
        format!("{shown} {}", two.printed_unit.as_deref().unwrap_or_default())
    })
}

/// The same for degrees; a difference in degrees ("a rise of 1 °C (1.8 °F)") has no zero to set off.
fn wrong_degrees(one: &Quantity, two: &Quantity) -> Option<String> {
    let fahrenheit = |celsius: f64| celsius * 1.8 + 32.0;
    let (right, per_step, factor): (f64, f64, f64) = match (one.unit.as_deref(), two.unit.as_deref()) {
        (Some("°C"), Some("°F")) => (fahrenheit(one.low), 1.8, 1.8),
        (Some("°F"), Some("°C")) => ((one.low - 32.0) / 1.8, 1.0 / 1.8, 1.0 / 1.8),
        _ => return None,
    };
    let celsius = if one.unit.as_deref() == Some("°C") { one.low } else { two.low };
    let degree = if celsius > HOT { OVEN } else { DEGREE };
    let slack = degree * per_step.max(1.0) + 0.5 * (one.low_step * per_step + two.low_step);
    let fits = |right: f64| (two.low - right).abs() <= slack;
    (!fits(right) && !fits(one.low * factor))
        .then(|| format!("{right:.1} {}", two.printed_unit.as_deref().unwrap_or_default()))
}
