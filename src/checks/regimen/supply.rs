//! A pack against the days that it is said to last at so many pieces a day.
//!
//! A day or a twelfth is allowed, since months and weeks of use are round.

use super::{Fault, Place, Regimen, exact};
use crate::checks::phrase::found;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};

const DAY: f64 = 86400.0;

/// Share of the said time by which months and the like may be off.
const ROUND: f64 = 1.0 / 12.0;

pub(super) fn faults(check: &Regimen, place: Place<'_, '_>) -> Vec<Fault> {
    let statement = place.statement;
    let mut times = found(statement, &check.lasts).filter_map(|matched| place.captured(matched, "time"));
    let Some(time) = times.next().filter(|time| time.low == time.high && !time.fuzzy) else { return Vec::new() };
    let packed = found(statement, &check.packs).find_map(|matched| place.captured(matched, "stock"));
    let Some(stock) = packed.or_else(|| statement.quantities.iter().find(|one| is_pieces(one))) else {
        return Vec::new();
    };
    let paced = found(statement, &check.paces).filter_map(|matched| place.captured(matched, "pace"));
    let mut paced = paced.filter(|pace| pace.range != stock.range && exact(pace));
    let mut rates = match paced.next() {
        Some(pace) => vec![(pace.low, pace)],
        None => rates(place, stock, time),
    };
    let (Some((rate, factor)), None, None) = (rates.pop(), rates.pop(), paced.next()) else { return Vec::new() };
    if !exact(stock) || rate <= 0.0 || time.bound == Bound::AtLeast {
        return Vec::new();
    }
    let (right, said) = (stock.low / rate, time.low / DAY);
    let slack = (ROUND * said).max(1.0) * if time.bound == Bound::Exact { 1.0 } else { 2.0 };
    let fits = if time.bound == Bound::AtMost { right >= said - slack } else { (right - said).abs() <= slack };
    if fits {
        return Vec::new();
    }
    let all = [stock, factor, time];
    let from = all.iter().map(|one| one.range.start).min().unwrap_or_default();
    let to = all.iter().map(|one| one.range.end).max().unwrap_or_default();
    let factors = format!("{} at {}", place.prose(stock), place.prose(factor));
    let right = format!("{} days", (right * 10.0).round() / 10.0);
    vec![Fault { range: from..to, said: time.range.clone(), factors, right }]
}

/// True for tablets, puffs and units of insulin.
fn is_pieces(one: &Quantity) -> bool {
    let unit = one.unit.as_deref().unwrap_or_default();
    one.kind == QuantityKind::Dose && !unit.contains('/') && !matches!(unit, "g" | "mol" | "IU" | "Eq" | "L")
}

/// Pieces a day, with the figure that says so: "20 units a day", "two capsules twice a day", "three a day".
fn rates<'p>(place: Place<'p, '_>, stock: &Quantity, time: &Quantity) -> Vec<(f64, &'p Quantity)> {
    let quantities = &place.statement.quantities;
    let mut found = Vec::new();
    let mut own: Option<&Quantity> = None;
    for one in quantities {
        if one.range == stock.range || one.range == time.range {
            continue;
        }
        let unit = one.unit.as_deref().unwrap_or_default();
        if one.kind == QuantityKind::Dose && unit.ends_with("/d") {
            found.push((one.low, one));
        } else if is_pieces(one) {
            own = Some(one);
        } else if one.kind == QuantityKind::Frequency && exact(one) {
            let near = |dose: &&Quantity| place.statement.words_of(dose.range.end..one.range.start).len() <= 3;
            let each = own.filter(near).map_or(1.0, |dose| dose.low);
            found.push((each * one.low, one));
        }
    }
    found
}
