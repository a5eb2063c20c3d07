//! What single amounts make in a day: "500 mg three times a day" is 1.5 g a day, and so is "10.5 g a week".
//!
//! Takes a cue whose captures say how an amount is counted (`day:`, `week:`, `often:`) and the amount; gives the amount
//! of a day. Knows no frame.

use super::value::Interval;
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use std::ops::Range;

/// Words between a number of pieces and what one of them holds ("two tablets of 500 mg").
const CLOSE: usize = 3;

/// The amount of a day, or of a week where it is taken less often than daily, and the bytes that say it; nothing where a
/// cue does not say how often. A day and a week are two units: what is taken weekly is another regimen.
pub fn daily(statement: &Statement, found: &Match, quantity: &Quantity) -> Option<(Interval, Range<usize>)> {
    let plain = |one: &Quantity| matches!(one.bound, Bound::Exact | Bound::About) && one.low <= one.high;
    if !plain(quantity) {
        return None;
    }
    let own = Interval::of(quantity);
    for (name, period, often) in [("day", 'd', 1.0), ("week", 'w', WEEKLY)] {
        let Some(words) = found.capture(name) else { continue };
        let said = statement.bytes_of(words);
        // the "a day" of "twice a day" counts nothing by itself
        let counted = frequency(statement, &said).is_some_and(|one| (one.low - often).abs() > often * 0.01);
        let range = quantity.range.start..quantity.range.end.max(said.end);
        return (!counted).then(|| (over(own, 1.0, 1.0, period), range));
    }
    let often = frequency(statement, &statement.bytes_of(found.capture("often")?)).filter(|one| plain(one))?;
    let (pieces, start) = pieces(statement, quantity).unwrap_or((1.0, quantity.range.start));
    let range = start..quantity.range.end.max(often.range.end);
    if often.low > 0.99 {
        return Some((over(own, often.low * pieces, often.high * pieces, 'd'), range));
    }
    let (least, most) = (often.low / WEEKLY * pieces, often.high / WEEKLY * pieces);
    (often.low > WEEKLY * 0.99 && often.high < 1.0).then(|| (over(own, least, most, 'w'), range))
}

/// Once a week, per day.
const WEEKLY: f64 = 1.0 / 7.0;

/// The frequency that some bytes touch.
fn frequency<'s>(statement: &'s Statement, bytes: &Range<usize>) -> Option<&'s Quantity> {
    let mut often = statement.quantities.iter().filter(|one| one.kind == QuantityKind::Frequency);
    often.find(|one| one.range.start < bytes.end && bytes.start < one.range.end)
}

/// An amount so many times in a period.
fn over(amount: Interval, least: f64, most: f64, period: char) -> Interval {
    let unit = amount.unit.as_deref().unwrap_or_default();
    let unit = if unit.ends_with("/d") { unit.to_owned() } else { format!("{unit}/{period}") };
    Interval {
        low: amount.low.map(|low| low * least),
        high: amount.high.map(|high| high * most),
        low_step: amount.low_step * least,
        high_step: amount.high_step * most,
        unit: Some(unit.into()),
        ..amount
    }
}

/// The number of pieces in front of what one holds, and where it begins.
fn pieces(statement: &Statement, quantity: &Quantity) -> Option<(f64, usize)> {
    let before = statement.quantities.iter().rev().find(|one| one.range.end <= quantity.range.start)?;
    let close = statement.words_of(before.range.end..quantity.range.start).len() <= CLOSE;
    let counts = matches!(before.kind, QuantityKind::Dose | QuantityKind::Count)
        && before.unit.as_deref().is_none_or(|unit| !unit.starts_with(['g', 'U', 'I', 'm']))
        && quantity.unit.as_deref() == Some("g");
    (close && counts && before.low.total_cmp(&before.high).is_eq()).then_some((before.low, before.range.start))
}
