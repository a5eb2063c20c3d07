//! A dose per kilogram and a weight, or a strength per millilitre and a volume, against the dose that is said to follow.
//!
//! The rate is the last before in the statement, else the only one of the statement before it in the same block.

use super::{Fault, Place, Regimen, amount, exact, fits, span};
use crate::checks::phrase::found;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;

/// Share by which a dose may be off a rate that is "about" so much.
const ROUGH: f64 = 0.15;

/// A rate belongs to the unit of its dose; a weight is in grams, and a volume in litres.
const PER_WEIGHT: (&str, f64) = ("/kg", 1000.0);
const PER_VOLUME: (&str, f64) = ("/L", 1.0);

pub(super) fn faults(check: &Regimen, place: Place<'_, '_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for matched in found(place.statement, &check.weights) {
        let (weight, dose) = (place.captured(matched, "weight"), place.captured(matched, "dose"));
        faults.extend(weight.zip(dose).and_then(|(weight, dose)| fault(place, weight, dose, PER_WEIGHT)));
    }
    for matched in found(place.statement, &check.volumes) {
        let (volume, dose) = (place.captured(matched, "volume"), place.captured(matched, "dose"));
        faults.extend(volume.zip(dose).and_then(|(volume, dose)| fault(place, volume, dose, PER_VOLUME)));
    }
    if faults.is_empty() && found(place.statement, &check.weighed).next().is_some() {
        faults.extend(alone(place));
    }
    faults
}

/// One rate, one weight and one dose, in whatever order.
fn alone(place: Place<'_, '_>) -> Option<Fault> {
    let quantities = &place.statement.quantities;
    let is_rate = |one: &&Quantity| one.unit.as_deref().is_some_and(|unit| unit.ends_with(PER_WEIGHT.0));
    // body weights are printed in kilograms
    let is_weight = |one: &&Quantity| one.kind == QuantityKind::Mass && one.printed_unit.as_deref() == Some("kg");
    let is_dose = |one: &&Quantity| one.kind == QuantityKind::Dose && !is_rate(one);
    let only = |is: &dyn Fn(&&Quantity) -> bool| {
        let mut all = quantities.iter().filter(is);
        all.next().filter(|one| all.next().is_none() && exact(one))
    };
    let (_, weight, dose) = (only(&is_rate)?, only(&is_weight)?, only(&is_dose)?);
    fault(place, weight, dose, PER_WEIGHT)
}

fn fault(place: Place<'_, '_>, of: &Quantity, dose: &Quantity, (per, scale): (&str, f64)) -> Option<Fault> {
    let first = of.range.start.min(dose.range.start);
    let base = dose.unit.as_deref()?;
    // "3 mg/kg a day" and "36 mg daily" are both of a day
    let daily = base.ends_with("/d") || is_of_a_day(place, dose);
    let unit = format!("{}{per}{}", base.trim_end_matches("/d"), if daily { "/d" } else { "" });
    let own = before(place.statement, first, &unit).or_else(|| only(place.statement, &unit));
    let (rate, holder) = own.map(|rate| (rate, place.statement)).or_else(|| of_previous(place, &unit))?;
    let rough = rate.bound == Bound::About;
    if of.low != of.high || base.contains('/') && !daily || !(exact(rate) || rough && rate.low == rate.high) {
        return None;
    }
    let right = rate.low * of.low / scale;
    if fits(dose, right) || rough && (right - dose.low).abs() <= ROUGH * dose.low {
        return None;
    }
    let rate = holder.prose(&place.scene.article.document, rate.range.clone());
    let factors = format!("{rate} for {}", place.prose(of));
    Some(Fault { range: span(of, dose), said: dose.range.clone(), factors, right: amount(place, right, dose) })
}

/// "36 mg daily", "36 mg of iron a day".
fn is_of_a_day(place: Place<'_, '_>, dose: &Quantity) -> bool {
    let next = place.statement.quantities.iter().find(|one| one.range.start >= dose.range.end);
    next.is_some_and(|next| {
        let words = place.statement.words_of(dose.range.end..next.range.start).len();
        next.kind == QuantityKind::Frequency && next.low == 1.0 && next.high == 1.0 && words <= 3
    })
}

/// The rate that was stated last before a byte.
fn before<'s>(statement: &'s Statement, at: usize, unit: &str) -> Option<&'s Quantity> {
    let rates = statement.quantities.iter().take_while(|one| one.range.start < at);
    rates.filter(|one| one.unit.as_deref() == Some(unit)).last()
}

/// The only rate of the statement: "a man of 75 kg needs 60 g (0.8 g/kg)".
fn only<'s>(statement: &'s Statement, unit: &str) -> Option<&'s Quantity> {
    let mut rates = statement.quantities.iter().filter(|one| one.unit.as_deref() == Some(unit));
    rates.next().filter(|_| rates.next().is_none())
}

/// The only rate of the statement before, in the same block, and that statement.
fn of_previous<'p>(place: Place<'p, '_>, unit: &str) -> Option<(&'p Quantity, &'p Statement)> {
    let previous = place.scene.article.statements.get(place.index.checked_sub(1)?)?;
    let mut rates = previous.quantities.iter().filter(|one| one.unit.as_deref() == Some(unit));
    let rate = rates.next().filter(|_| rates.next().is_none() && previous.block == place.statement.block)?;
    Some((rate, previous))
}
