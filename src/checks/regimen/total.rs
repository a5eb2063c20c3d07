//! Dose times frequency, and count times strength, against the total that is printed behind them.
//!
//! "For five days" between the two lets the total be that of all days. Other times ("20 minutes before a meal") are
//! passed over.

use super::{Fault, Place, Regimen, amount, exact, fits, span};
use crate::checks::phrase::found;
use crate::grammar::quantity::{Quantity, QuantityKind};

const DAY: f64 = 86400.0;

pub(super) fn faults(check: &Regimen, place: Place<'_, '_>) -> Vec<Fault> {
    let statement = place.statement;
    let said = found(statement, &check.totals).filter_map(|matched| place.captured(matched, "total"));
    let daily = found(statement, &check.daily).filter_map(|matched| place.captured(matched, "total"));
    let totals = said.chain(daily.filter(|total| is_of_a_day(place, total)));
    let wrong = |total: &Quantity| {
        let expected = of_moments(check, place, total).or_else(|| expected(check, place, total))?;
        let fits = expected.values.iter().any(|value| fits(total, *value));
        let off = |value: &f64| (value / total.low).ln().abs();
        let nearest = expected.values.iter().min_by(|one, two| off(one).total_cmp(&off(two)))?;
        let right = amount(place, *nearest, total);
        let range = span(expected.first, total);
        (!fits).then_some(Fault { range, said: total.range.clone(), factors: expected.factors, right })
    };
    totals.filter_map(wrong).chain(explained(place)).collect()
}

/// "600 mg a day (200 mg three times a day)": the factors stand in the bracket behind their total.
fn explained(place: Place<'_, '_>) -> Vec<Fault> {
    let quantities = &place.statement.quantities;
    let mut faults = Vec::new();
    for (at, total) in quantities.iter().enumerate() {
        let daily = once_a_day(place, total);
        let is_daily = daily.is_some() || total.unit.as_deref().is_some_and(|unit| unit.ends_with("/d"));
        let mut inner = quantities.iter().skip(at + 1 + usize::from(daily.is_some()));
        let (Some(dose), Some(often)) = (inner.next(), inner.next()) else { continue };
        let text =
            |from: usize, to: usize| place.statement.prose(&place.scene.article.document, from..to.max(from)).trim();
        let opens = text(daily.unwrap_or(total).range.end, dose.range.start) == "(";
        let joined = text(dose.range.end, often.range.start).is_empty();
        let closes = text(often.range.end, place.statement.range.end).starts_with(')');
        let unit = |quantity: &Quantity| quantity.unit.as_deref().map(|unit| unit.trim_end_matches("/d").to_owned());
        let is_product = often.kind == QuantityKind::Frequency && unit(dose) == unit(total) && dose.kind == total.kind;
        if !(is_daily && opens && joined && closes && is_product && exact(dose) && exact(often)) || total.is_range() {
            continue;
        }
        let right = dose.low * often.low;
        if (total.low - right).abs() > 0.5 * total.low_step.min(total.low * 0.01) + 1e-9 {
            let factors = format!("{} × {}", place.prose(dose), place.prose(often));
            let range = span(total, often);
            faults.push(Fault { range, said: total.range.clone(), factors, right: amount(place, right, total) });
        }
    }
    faults
}

/// True when a figure is printed as that of a day ("600 mg a day", "600 mg daily") and closes its clause.
fn is_of_a_day(place: Place<'_, '_>, total: &Quantity) -> bool {
    let next = once_a_day(place, total);
    let end = next.map_or(total.range.end, |next| next.range.end);
    let daily = next.is_some() || total.unit.as_deref().is_some_and(|unit| unit.ends_with("/d"));
    let rest = place.statement.prose(&place.scene.article.document, end..place.statement.range.end);
    let rest = rest.trim_start();
    daily && (rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '–', '—', '!']))
}

/// "daily", "a day" directly behind a figure.
fn once_a_day<'p>(place: Place<'p, '_>, total: &Quantity) -> Option<&'p Quantity> {
    let next = behind(place, total)?;
    (next.low == 1.0 && next.high == 1.0).then_some(next)
}

/// The frequency directly behind a figure.
fn behind<'p>(place: Place<'p, '_>, total: &Quantity) -> Option<&'p Quantity> {
    let statement = place.statement;
    let next = statement.quantities.iter().find(|one| one.range.start >= total.range.end)?;
    let joined = statement.words_of(total.range.end..next.range.start).is_empty();
    (next.kind == QuantityKind::Frequency && joined).then_some(next)
}

/// What the quantities before a total make of it.
struct Expected<'p> {
    first: &'p Quantity,
    /// What it can be in the total's unit: of one day or all, of one piece or all.
    values: Vec<f64>,
    factors: String,
}

fn expected<'p>(check: &Regimen, place: Place<'p, '_>, total: &Quantity) -> Option<Expected<'p>> {
    // "600 mg daily (300 mg twice daily)": what stands in the bracket is the factors
    if behind(place, total).is_some_and(|next| next.low != 1.0) {
        return None;
    }
    let before = place.statement.quantities.iter().filter(|one| one.range.end <= total.range.start).rev();
    let is_time = |one: &&Quantity| one.kind == QuantityKind::Duration;
    let courses = || found(place.statement, &check.courses).filter_map(|matched| place.captured(matched, "time"));
    let course = before.clone().filter(is_time).find(|one| courses().any(|time| time.number == one.number));
    let days = course.map_or(1.0, |time| (time.low / DAY).max(1.0));
    let mut factors = before.filter(|one| !is_time(one));
    let mut two = factors.next()?;
    // "200,000 units a day for two days"
    if course.is_some() && exact(two) && per_day(two).is_some() && per_day(two) == total.unit.as_deref() {
        let factors = format!("{} × {}", place.prose(two), course.map_or("", |time| place.prose(time)));
        return Some(Expected { first: two, values: vec![two.low * days, two.low], factors });
    }
    let mut one = factors.next()?;
    // "twice a day, a daily total of": the second is a word of the total's
    if two.kind == QuantityKind::Frequency && one.kind == QuantityKind::Frequency && two.low == 1.0 {
        (two, one) = (one, factors.next()?);
    }
    let words = place.statement.words_of(one.range.end..two.range.start).len();
    if !exact(one) || !exact(two) || words > 6 {
        return None;
    }
    let unit = |quantity: &'p Quantity| quantity.unit.as_deref().unwrap_or_default();
    let same = |quantity| total.unit.as_deref() == Some(unit(quantity));
    let daily = matches!(total.unit.as_deref(), Some("g/d" | "U/d" | "IU/d" | "L/d")) || same(one);
    let is_dose =
        |quantity: &Quantity| matches!(quantity.kind, QuantityKind::Dose | QuantityKind::Mass | QuantityKind::Volume);
    let shown = format!("{} × {}", place.prose(one), place.prose(two));
    let is_amount = matches!(unit(one), "g" | "U" | "IU" | "L") || is_dose(one) && same(one);
    if is_dose(one) && is_amount && two.kind == QuantityKind::Frequency && daily && (two.low >= 1.0 || days > 1.0) {
        let day = one.low * two.low;
        // "one tablet daily (30 tablets)" gives the size of the pack
        let is_amount = matches!(unit(one), "g" | "U" | "IU" | "L");
        if !is_amount && days == 1.0 && !is_of_a_day(place, total) {
            return None;
        }
        let mut values = if two.low < 1.0 { vec![day * days] } else { vec![day, day * days] };
        // "two tablets of 200 mg every 8 hours", "two 200 mg tablets"
        let near = |pieces: &&Quantity| place.statement.words_of(pieces.range.end..one.range.start).len() <= 3;
        let is_pieces = |other: &&Quantity| {
            let unit = other.unit.as_deref().unwrap_or_default();
            other.kind == QuantityKind::Count || other.kind == QuantityKind::Dose && unit != "g" && !unit.contains('/')
        };
        let pieces = factors.next().filter(|other| exact(other) && near(other) && is_pieces(other));
        let (first, shown) = match pieces {
            Some(pieces) => {
                values.extend(values.clone().into_iter().map(|value| value * pieces.low));
                (pieces, format!("{} × {shown}", place.prose(pieces)))
            }
            None => (one, shown),
        };
        return Some(Expected { first, values, factors: shown });
    }
    let counted = unit(one) != unit(two) && !matches!(unit(one), "g" | "U" | "IU" | "L" | "mol");
    let pieces = one.kind == QuantityKind::Count || one.kind == QuantityKind::Dose && counted;
    let strength = is_dose(two) && matches!(unit(two), "g" | "U" | "IU" | "L");
    // "three strips of 21"
    let packed = one.kind == QuantityKind::Count
        && two.kind == QuantityKind::Count
        && total.kind == QuantityKind::Dose
        && place.between(one, two).trim_end().ends_with(" of");
    if pieces && strength && same(two) || packed {
        return Some(Expected { first: one, values: vec![one.low * two.low], factors: shown });
    }
    None
}

/// The unit of what is taken a day: "g" of "g/d".
fn per_day(dose: &Quantity) -> Option<&str> {
    dose.unit.as_deref().and_then(|unit| unit.strip_suffix("/d"))
}

/// The most doses that a day is made of.
const MOST_DOSES: usize = 4;

/// "75 mg in the morning and 50 mg at night, 125 mg a day".
fn of_moments<'p>(check: &Regimen, place: Place<'p, '_>, total: &Quantity) -> Option<Expected<'p>> {
    let moments = found(place.statement, &check.moments);
    let before = moments.filter(|matched| place.statement.bytes_of(matched.words.clone()).end <= total.range.start);
    let base = |one: &Quantity| one.unit.as_deref().map(|unit| unit.trim_end_matches("/d").to_owned());
    let doses = place.statement.quantities.iter().take_while(|one| one.range.end <= total.range.start);
    let doses: Vec<&Quantity> = doses.filter(|one| one.kind == QuantityKind::Dose).collect();
    let alike = doses.iter().all(|one| exact(one) && base(one) == base(total));
    if !(2..=MOST_DOSES).contains(&doses.len()) || before.count() != doses.len() || !alike {
        return None;
    }
    let shown: Vec<&str> = doses.iter().map(|one| place.prose(one)).collect();
    let sum = doses.iter().map(|one| one.low).sum();
    Some(Expected { first: doses.first()?, values: vec![sum], factors: shown.join(" + ") })
}
