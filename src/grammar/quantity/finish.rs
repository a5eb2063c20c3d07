//! An amount becomes a quantity: kind, values in the units of the contract, bound, and what stands behind it.
//!
//! Takes amounts, calendar time and names of units of time. Reads no number itself.

use super::amount::{Amount, Operand, Scene, Vague};
use super::context::{counted_noun, over_is_during};
use super::unit::Place;
use super::{Bound, Quantity, QuantityKind, age, bound, frequency, relation};
use crate::grammar::number::{Form, gap, is_gap, one_word};
use crate::grammar::time::Calendar;
use nom::Parser;
use nom::sequence::preceded;
use std::ops::Range;
use std::sync::Arc;

pub(super) type Naming = Option<(Arc<str>, Arc<str>)>;

pub(super) fn plain(
    kind: QuantityKind,
    values: (f64, f64),
    unit: Naming,
    range: Range<usize>,
    number: Range<usize>,
) -> Quantity {
    let (unit, printed_unit) = unit.map_or((None, None), |(base, symbol)| (Some(base), Some(symbol)));
    Quantity {
        kind,
        low: values.0,
        high: values.1,
        unit,
        printed_unit,
        bound: Bound::Exact,
        decimals: 0,
        low_step: 0.0,
        high_step: 0.0,
        parts: None,
        fuzzy: false,
        range,
        number,
    }
}

/// Where the words on a number begin, and what they say.
pub(super) fn bounded(scene: Scene<'_>, start: usize, floor: usize) -> (usize, Bound) {
    match bound::before(scene.text.get(floor..start).unwrap_or_default()) {
        Some((offset, bound)) => (floor + offset, bound),
        None => (start, Bound::Exact),
    }
}

/// The byte of "between" or "from" before a number (a bound may stand between).
pub(super) fn introduced_by(scene: Scene<'_>, start: usize, floor: usize) -> Option<usize> {
    let (start, _) = bounded(scene, start, floor);
    let mut words = bound::words_back(scene.text.get(floor..start)?);
    let (mut at, mut word) = words.next()?;
    if word.as_str() == "the" {
        (at, word) = words.next()?;
    }
    matches!(word.as_str(), "between" | "from" | "anywhere").then_some(floor + at)
}

/// A bare year, or two.
pub(super) fn year(scene: Scene<'_>, found: &Amount, at: usize) -> Option<Quantity> {
    let is_year = |operand: &Operand| {
        let number = &operand.number;
        number.is_plain_integer()
            && number.digits == 4
            && (1900.0..2036.0).contains(&number.value)
            && number.parts.is_none()
    };
    if !is_year(&found.low) || found.high.as_ref().is_some_and(|high| !is_year(high)) {
        return None;
    }
    let rest = scene.from(found.end());
    let before = scene.before(at);
    let previous = bound::words_back(before).next();
    let previous = previous.as_ref().map_or("", |(_, word)| word.as_str());
    let cued = matches!(
        previous,
        "in" | "since"
            | "by"
            | "until"
            | "till"
            | "during"
            | "before"
            | "after"
            | "year"
            | "early"
            | "late"
            | "mid"
            | "from"
            | "of"
            | "to"
            | "between"
            | "through"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "circa"
            | "around"
            | "the"
            | "a"
            | "its"
            | "this"
            | "and"
            | "al"
            | "as"
            | "back"
    ) || before.ends_with(['(', ',', ';']);
    let next = preceded(gap, crate::grammar::number::word).parse(rest).ok();
    let next = next.as_ref().map_or("", |(_, word)| word.as_str());
    let plural = (next.ends_with('s') && !matches!(next, "is" | "was" | "has" | "this" | "as" | "results"))
        || matches!(
            next,
            "people" | "men" | "women" | "children" | "healthy" | "participants" | "additional" | "times"
        );
    let determined = matches!(previous, "the" | "a" | "its" | "this" | "since" | "in" | "by");
    let value = found.low.number.value;
    let round = value % 100.0 == 0.0;
    if plural && !determined
        || round && !matches!(previous, "in" | "since" | "by" | "year" | "until" | "before" | "after")
    {
        return None;
    }
    if !cued && !next.is_empty() && plural {
        return None;
    }
    let high = found.high.as_ref().map_or(value, |high| high.number.value);
    if relation::share(scene, found).is_some() || high < value {
        return None;
    }
    let number = found.low.digits.start..found.end();
    let unit = Some(("year".into(), "year".into()));
    Some(Quantity {
        low_step: 1.0,
        high_step: 1.0,
        ..plain(QuantityKind::Date, (value, high), unit, number.clone(), number)
    })
}

pub(super) fn date(calendar: Calendar, range: Range<usize>) -> Option<Quantity> {
    let (low, high, unit): (f64, f64, &str) = match calendar {
        Calendar::Day(day) => (day, day, "d"),
        Calendar::Days(first, last) => (first, last, "d"),
        Calendar::Years(first, last) => (first, last, "year"),
        Calendar::Yearless => return None,
    };
    let unit = Some((unit.into(), unit.into()));
    let found = plain(QuantityKind::Date, (low, high), unit, range.clone(), range);
    Some(Quantity { low_step: 1.0, high_step: 1.0, ..found })
}

/// "hours", "days or weeks", "weeks to months" without a number, behind "within", "for", "over", "in".
pub(super) fn bare_time(scene: Scene<'_>, at: usize, floor: usize) -> Option<Quantity> {
    let place = Place::bare(false);
    let (mut rest, unit) = scene.units.read(scene.from(at), place).ok()?;
    let next_larger = |factor: f64| match factor as u64 {
        0..60 => 60.0,
        60..3600 => 3600.0,
        3600..86400 => 86400.0,
        86400..604_800 => 604_800.0,
        604_800..2_592_000 => 2_592_000.0,
        2_592_000..31_536_000 => 31_536_000.0,
        _ => factor * 10.0,
    };
    let (low, mut high) = (unit.factor, next_larger(unit.factor));
    let mut high_step = unit.factor;
    let joint = |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["or", "to", "and"])?;
        let (rest, _) = gap(rest)?;
        scene.units.read(rest, place)
    };
    let mut paired = false;
    while let Ok((after, second)) = joint(rest) {
        if second.kind != QuantityKind::Duration || second.factor <= unit.factor {
            break;
        }
        (high, high_step, rest, paired) = (next_larger(second.factor), second.factor, after, true);
    }
    let before = scene.text.get(floor..at)?;
    let (start, bound) = bounded(scene, at, floor);
    let previous = bound::words_back(before).next();
    let previous = previous.as_ref().map_or("", |(_, word)| word.as_str());
    let cued = matches!(
        previous,
        "within" | "for" | "over" | "in" | "after" | "lasts" | "last" | "takes" | "take" | "lasting" | "several"
    );
    let counted = one_word(rest.trim_start_matches(is_gap), &["of"]).is_ok() && !paired;
    let said = cued || paired && !previous.is_empty();
    if !said || counted {
        return None;
    }
    let (start, bound) = match (previous, bound) {
        ("within" | "under", bound) => (start, bound),
        _ => (at, Bound::Exact),
    };
    let naming = Some((Arc::clone(&unit.base), Arc::clone(&unit.symbol)));
    let end = scene.at(rest);
    let found = plain(QuantityKind::Duration, (low, high), naming, start..end, at..end);
    Some(Quantity { bound, low_step: unit.factor, high_step, fuzzy: true, ..found })
}

pub(super) fn aged(scene: Scene<'_>, amount: &Amount, start: usize, floor: usize) -> Quantity {
    let mut quantity = measured(scene, amount, start, floor);
    as_age(&mut quantity, amount);
    quantity
}

pub(super) fn as_age(quantity: &mut Quantity, amount: &Amount) {
    let per = |operand: &Operand| age::years(operand.unit.as_ref());
    let low = per(&amount.low);
    let high = amount.high.as_ref().map_or(low, per);
    let top = amount.high.as_ref().unwrap_or(&amount.low);
    quantity.kind = QuantityKind::Age;
    quantity.low = amount.low.number.value * low;
    quantity.high = if amount.high.is_some() { top.number.value } else { top.high } * high;
    (quantity.low_step, quantity.high_step) = (amount.low.number.step * low, top.number.step * high);
    quantity.unit = Some("y".into());
    quantity.printed_unit = amount.unit().map_or_else(|| Some("y".into()), |unit| Some(Arc::clone(&unit.symbol)));
}

/// Number, unit and bound, without what may stand behind.
pub(super) fn measured(scene: Scene<'_>, amount: &Amount, start: usize, floor: usize) -> Quantity {
    let (low, high) = (&amount.low, amount.high.as_ref().unwrap_or(&amount.low));
    let factor = |operand: &Operand| operand.unit.as_ref().map_or(1.0, |unit| unit.factor);
    let unit = high.unit.as_ref().or(low.unit.as_ref());
    let kind = match (low.number.form, unit) {
        (_, Some(unit)) => match low.unit.as_ref() {
            Some(first) if first.kind == QuantityKind::Dose => QuantityKind::Dose,
            _ => unit.kind,
        },
        (Form::Fraction | Form::ArticleFraction, None) if low.number.parts.is_some() => QuantityKind::Fraction,
        _ => QuantityKind::Count,
    };
    let top = if amount.high.is_some() && high.vague != Vague::Fuzzy { high.number.value } else { high.high };
    let (mut first, mut bound) = bounded(scene, start, floor);
    // an infusion "over 40 minutes" lasts 40 minutes
    if kind == QuantityKind::Duration && over_is_during(scene, first, start, amount.high.is_some()) {
        (first, bound) = (start, Bound::Exact);
    }
    let end = amount.end();
    if amount.high.is_some()
        && let Some((at, word)) = scene.text.get(floor..first).and_then(|before| bound::words_back(before).next())
        && matches!(word.as_str(), "between" | "from")
    {
        first = floor + at;
    }
    if let Some(inner) = amount.bound
        && bound == Bound::Exact
    {
        bound = inner;
    }
    if amount.high.is_none() && low.end > low.digits.end && scene.from(low.digits.end).starts_with('+') {
        bound = Bound::AtLeast;
    }
    let naming = low.unit.as_ref().map(|unit| (Arc::clone(&unit.base), Arc::clone(&unit.symbol)));
    let number = low.digits.start..high.digits.end;
    let found = plain(kind, (low.number.value * factor(low), top * factor(high)), naming, first..end, number);
    Quantity {
        bound,
        decimals: low.number.decimals.max(high.number.decimals),
        low_step: low.number.step * factor(low),
        high_step: high.number.step * factor(high),
        parts: if amount.high.is_none() { low.number.parts } else { None },
        fuzzy: low.vague == Vague::Fuzzy || high.vague == Vague::Fuzzy,
        ..found
    }
}

/// The quantity of an amount, with what stands behind it.
pub(super) fn finish(scene: Scene<'_>, amount: Amount, start: usize, floor: usize) -> Quantity {
    let mut quantity = measured(scene, &amount, start, floor);
    let rest = scene.from(amount.end());
    if let Some(related) = relation::share(scene, &amount).or_else(|| relation::over(scene, &amount)) {
        quantity.kind = related.kind;
        (quantity.low, quantity.high) = related.values;
        (quantity.low_step, quantity.high_step) = related.steps;
        quantity.parts = related.parts;
        quantity.number.end = related.number_end;
        quantity.range.end = related.end;
        return quantity;
    }
    if matches!(quantity.kind, QuantityKind::Dose | QuantityKind::Mass | QuantityKind::Count)
        && let Some(base) = Some(quantity.unit.as_deref().unwrap_or("1")).filter(|base| !base.contains('/'))
        && let Ok((after, (litres, symbol))) = scene.units.volume_of(rest, quantity.kind == QuantityKind::Count)
    {
        quantity.unit = Some(format!("{base}/L").into());
        let printed = quantity.printed_unit.as_deref().unwrap_or_default();
        quantity.printed_unit = Some(format!("{printed}/{symbol}").into());
        quantity.kind = QuantityKind::Concentration;
        (quantity.low, quantity.high) = (quantity.low / litres, quantity.high / litres);
        (quantity.low_step, quantity.high_step) = (quantity.low_step / litres, quantity.high_step / litres);
        quantity.range.end = scene.at(after);
        return quantity;
    }
    if amount.low.unit.is_none() && amount.low.vague == Vague::No {
        if let Some((end, often)) = frequency::counted(scene, &amount) {
            quantity.kind = QuantityKind::Frequency;
            (quantity.low, quantity.high) = (often.low, often.high);
            (quantity.low_step, quantity.high_step) = (often.step, often.step);
            (quantity.unit, quantity.printed_unit) = (Some("1/d".into()), Some("/d".into()));
            quantity.range.end = end;
            return quantity;
        }
        if let Some(end) = relation::fold(scene, &amount) {
            quantity.kind = QuantityKind::Fold;
            quantity.range.end = end;
            return quantity;
        }
    }
    if quantity.kind == QuantityKind::Count
        && let Some(first) = percent_of(scene, quantity.range.start, floor, rest)
    {
        (quantity.kind, quantity.range.start) = (QuantityKind::Percent, first);
        (quantity.unit, quantity.printed_unit) = (Some("%".into()), Some("%".into()));
        return quantity;
    }
    let time = quantity.kind == QuantityKind::Duration;
    if let Ok((after, ())) = age::behind(&amount, rest) {
        as_age(&mut quantity, &amount);
        quantity.range.end = scene.at(after);
    } else if (time || quantity.kind == QuantityKind::Count && quantity.low <= 110.0 && !counted_noun(rest))
        && let Some(words) = scene.text.get(quantity.range.start..start)
        && age::told_by(scene.units, scene.before(quantity.range.start), words)
    {
        as_age(&mut quantity, &amount);
    }
    with_bound_behind(scene, quantity, &amount)
}

/// The byte of "percent of" before a bare number that ends its clause.
fn percent_of(scene: Scene<'_>, start: usize, floor: usize, rest: &str) -> Option<usize> {
    if !(rest.is_empty() || rest.starts_with(['.', ',', ';', ')']) && rest.len() == 1) {
        return None;
    }
    let mut words = bound::words_back(scene.text.get(floor..start)?);
    let (_, of) = words.next()?;
    let (mut at, unit) = words.next()?;
    if unit.as_str() == "cent" {
        at = words.next().filter(|(_, per)| per.as_str() == "per")?.0;
    } else if unit.as_str() != "percent" {
        return None;
    }
    (of.as_str() == "of").then_some(floor + at)
}

/// "a day", "an hour": what "or two" may follow.
fn is_one_in_words(quantity: &Quantity, amount: &Amount) -> bool {
    let number = &amount.low.number;
    quantity.kind == QuantityKind::Duration
        && amount.high.is_none()
        && number.form == Form::Words
        && (number.value - 1.0).abs() < f64::EPSILON
}

/// What stands behind "or two"; nothing where things are counted ("a day or two sessions").
fn or_two(input: &str) -> Option<&str> {
    let (rest, _) = preceded(gap, |input| one_word(input, &["or"])).parse(input).ok()?;
    let (rest, _) = preceded(gap, |input| one_word(input, &["two"])).parse(rest).ok()?;
    let next: &str = rest.trim_start_matches(is_gap);
    let word = next.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let counted = next.len() < rest.len() && word.len() > 3 && word.ends_with('s');
    (!counted).then_some(rest)
}

/// Takes in "or more", "and older", "+" behind a quantity.
pub(super) fn with_bound_behind(scene: Scene<'_>, mut quantity: Quantity, amount: &Amount) -> Quantity {
    let rest = scene.from(quantity.range.end);
    if let Some(after) = or_two(rest).filter(|_| is_one_in_words(&quantity, amount)) {
        quantity.high = quantity.low * 2.0;
        quantity.range.end = scene.at(after);
        return quantity;
    }
    if quantity.bound == Bound::Exact
        && let Ok((after, (bound, old))) = bound::behind(rest)
        && (!old || matches!(quantity.kind, QuantityKind::Age | QuantityKind::Duration | QuantityKind::Count))
    {
        quantity.bound = bound;
        quantity.range.end = scene.at(after);
        if old {
            as_age(&mut quantity, amount);
        }
    }
    quantity
}
