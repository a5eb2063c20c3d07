//! Reads the quantity at a candidate: which form it has, what bounds it, what it measures.
//!
//! Takes the byte of a candidate and its class; gives the quantity, or the byte up to which there is none.

use super::amount::{Amount, Operand, Scene, Vague, amount, range};
use super::frequency::{self, Often};
use super::relation::{self, Related, Stroke};
use super::scan::Class;
use super::unit::Measure;
use super::{Bound, Quantity, QuantityKind, age, bound, silence};
use crate::grammar::number::{Form, gap, is_gap, letters, number, one_word};
use crate::grammar::time::{Calendar, digits_first, month_first};
use nom::Parser;
use nom::sequence::preceded;
use std::ops::Range;
use std::sync::Arc;

/// The quantity at a candidate, or the byte to go on from.
pub fn at(scene: Scene<'_>, at: usize, class: Class, floor: usize) -> Result<Quantity, usize> {
    let input = scene.from(at);
    let behind_word = at + letters(input).map_or(1, |(_, word)| word.len());
    match class {
        Class::Digit => digit(scene, at, floor),
        Class::Month => match month_first(input) {
            Ok((rest, calendar)) => date(calendar, at..scene.at(rest)).ok_or(scene.at(rest)),
            Err(_) => Err(behind_word),
        },
        Class::Frequency => frequency::latin(scene, input)
            .or_else(|_| frequency::every(scene, input))
            .map_err(|_| behind_word)
            .and_then(|(rest, often)| {
                often_at(scene, often, at, at..scene.at(rest), scene.at(rest), floor).ok_or(behind_word)
            }),
        Class::Times => match frequency::times(scene, input) {
            Ok((rest, often)) => {
                often_at(scene, often, at, at..scene.at(rest), scene.at(rest), floor).ok_or(behind_word)
            }
            Err(_) => fold_at(scene, at, floor).ok_or(behind_word),
        },
        Class::Fold => fold_at(scene, at, floor).ok_or(behind_word),
        Class::Age => match age::introduced(scene, input) {
            Ok((_, (amount, start))) => {
                let floor = floor.max(at);
                let mut quantity = aged(scene, &amount, start, floor);
                quantity.range.start = at;
                Ok(quantity)
            }
            Err(_) => Err(behind_word),
        },
        Class::Time => bare_time(scene, at, floor).ok_or(behind_word),
        Class::Numeral | Class::Few | Class::Article => spoken(scene, at, class, floor).ok_or(behind_word),
    }
}

/// A quantity whose number is in digits.
fn digit(scene: Scene<'_>, at: usize, floor: usize) -> Result<Quantity, usize> {
    if let Ok((rest, calendar)) = digits_first(scene.from(at))
        && !scene.before(at).ends_with(['-', '/', '.', '#'])
    {
        let end = scene.at(rest);
        return date(calendar, at..end).ok_or(end);
    }
    if let Some((low, high, end)) = age::decade(scene, at) {
        let (start, bound) = bounded(scene, at, floor);
        let number = at..end;
        let unit = Some(("y".into(), "y".into()));
        return Ok(Quantity {
            bound,
            low_step: 1.0,
            high_step: 1.0,
            ..plain(QuantityKind::Age, (low, high), unit, start..end, number)
        });
    }
    if let Some(end) = silence::end(scene.text, at) {
        return Err(end);
    }
    let token = || at + scene.from(at).bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let start = signed(scene, at, floor);
    match relation::stroke(scene, at) {
        Some(Stroke::Related(related)) => return Ok(related_at(scene, related, start, at, floor)),
        Some(Stroke::Silent(end)) => return Err(end.max(token())),
        Some(Stroke::Number(number, end)) => {
            let rest = scene.from(end);
            let place = super::Place { glued: true, large: false, before: scene.before(at) };
            let gapped =
                preceded(|input| crate::grammar::number::gap0(input), |input| scene.units.measure(input, place));
            let mut gapped = gapped;
            let (rest, unit) = gapped.parse(rest).map_err(|_: nom::Err<()>| end)?;
            let digits = at..end;
            let operand = Operand {
                high: number.value,
                number,
                vague: Vague::No,
                unit: Some(unit),
                prefixed: false,
                digits,
                end: scene.at(rest),
            };
            let (_, found) = range(scene, rest, operand, false);
            return Ok(finish(scene, found, start, floor));
        }
        None => {}
    }
    let between = introduced_by(scene, start, floor);
    let currency = scene.units.currency_before(scene.text.get(floor..start).unwrap_or_default());
    let Ok((_, mut found)) = (match currency {
        Some((length, unit)) => {
            let measure = Measure {
                kind: unit.kind,
                base: Arc::clone(&unit.base),
                factor: unit.factor,
                symbol: Arc::clone(&unit.symbol),
            };
            return priced(scene, at, start - length, measure, floor).ok_or_else(token);
        }
        None => amount(scene, scene.from(at), between.is_some()),
    }) else {
        return Err(token());
    };
    if start < at {
        found.low.number.value = -found.low.number.value;
        found.low.digits.start = start;
    }
    if found.low.unit.is_none() {
        if let Some(end) = unlike_count(scene, &found, at) {
            return Err(end);
        }
        if let Some(year) = year(scene, &found, at) {
            return Ok(Quantity { ..year });
        }
    }
    Ok(finish(scene, found, start, floor))
}

/// The byte of the sign before a number, or the number's own.
fn signed(scene: Scene<'_>, at: usize, floor: usize) -> usize {
    let before = scene.text.get(floor..at).unwrap_or_default();
    let Some(sign) = before.chars().next_back().filter(|sign| matches!(sign, '-' | '\u{2212}' | '\u{2013}')) else {
        return at;
    };
    let start = at - sign.len_utf8();
    let head = scene.before(start);
    let opens = head.is_empty() || head.ends_with(|last: char| is_gap(last) || "([=<>≤≥~,;:".contains(last));
    if opens { start } else { at }
}

/// An amount whose currency stands before it.
fn priced(scene: Scene<'_>, at: usize, start: usize, unit: Measure, floor: usize) -> Option<Quantity> {
    let (rest, number) = number(scene.from(at)).ok()?;
    let mut low = Operand {
        high: number.value,
        number,
        vague: Vague::No,
        digits: at..scene.at(rest),
        end: scene.at(rest),
        prefixed: true,
        unit: Some(unit.clone()),
    };
    // "$10 dollars", "10 $ 30 cent" and "US$5 USD" name the currency twice
    let place = super::Place { glued: false, large: false, before: "" };
    let mut rest = rest;
    if let Ok((after, (_, again))) = (gap, |input| scene.units.read(input, place)).parse(rest)
        && again.kind == QuantityKind::Money
        && again.base == unit.base
    {
        rest = after;
        low.end = scene.at(after);
    }
    let between = introduced_by(scene, start, floor).is_some();
    let (_, found) = range(scene, rest, low, between);
    Some(finish(scene, found, start, floor))
}

/// A number in words, "a few", "an hour".
fn spoken(scene: Scene<'_>, at: usize, class: Class, floor: usize) -> Option<Quantity> {
    let input = scene.from(at);
    let between = introduced_by(scene, at, floor);
    let (_, found) = amount(scene, input, between.is_some()).ok()?;
    let low = &found.low;
    if low.vague == Vague::One && !stands_alone(scene, at, floor) {
        return None;
    }
    if class == Class::Article
        && low.vague == Vague::No
        && low.unit.is_none()
        && low.number.form != Form::ArticleFraction
        && low.number.value <= 1.0
    {
        return None;
    }
    if low.unit.is_none() && !counts(scene, &found, at) {
        return None;
    }
    Some(finish(scene, found, at, floor))
}

/// True when "a week" is a length of time, not "40 hours a week".
fn stands_alone(scene: Scene<'_>, at: usize, floor: usize) -> bool {
    if one_word(scene.from(at), &["a", "an"]).is_err() {
        return true;
    }
    let before = scene.before(at);
    let Some((start, word)) = bound::words_back(before).next() else {
        return floor < at || floor == 0;
    };
    if start < floor {
        return false;
    }
    matches!(
        word.as_str(),
        "for"
            | "in"
            | "within"
            | "after"
            | "over"
            | "about"
            | "around"
            | "than"
            | "to"
            | "nearly"
            | "almost"
            | "least"
            | "most"
            | "until"
            | "through"
            | "under"
            | "lasts"
            | "lasting"
            | "last"
            | "lasted"
            | "takes"
            | "taking"
            | "take"
            | "took"
            | "spend"
            | "spent"
            | "is"
            | "was"
            | "of"
            | "or"
            | "and"
            | "by"
            | "from"
            | "just"
            | "only"
            | "past"
            | "wait"
            | "during"
            | "throughout"
            | "every"
            | "approximately"
            | "roughly"
            | "between"
            | "up"
            | "before"
            | "once"
            | "be"
            | "with"
            | "half"
            | "not"
            | "but"
            | "even"
    )
}

/// True when a bare number in words is a number and no pronoun or part of a name.
fn counts(scene: Scene<'_>, found: &Amount, at: usize) -> bool {
    let rest = scene.from(found.end());
    let number = &found.low.number;
    let next = preceded(gap, crate::grammar::number::word).parse(rest).ok();
    let next = next.as_ref().map_or("", |(_, word)| word.as_str());
    let previous = bound::words_back(scene.before(at)).next();
    let previous = previous.as_ref().map_or("", |(_, word)| word.as_str());
    if number.form == Form::ArticleFraction {
        return matches!(next, "of" | "as" | "more" | "less")
            || rest.trim_start_matches(is_gap).is_empty()
            || rest.starts_with([',', '.', ';', ')']);
    }
    if number.form == Form::Fraction && number.parts == Some((1.0, 2.0)) {
        return !rest.starts_with(['-', '\u{2011}'])
            && !matches!(previous, "first" | "second" | "other" | "better" | "latter" | "and")
            && !matches!(
                next,
                "life" | "lives" | "way" | "time" | "brother" | "sister" | "asleep" | "full" | "empty" | "hearted"
            );
    }
    if found.high.is_none()
        && number.value == 1.0
        && number.form == Form::Words
        && relation::share(scene, found).is_none()
        && frequency::counted(scene, found).is_none()
        && relation::fold(scene, found).is_none()
    {
        return !(rest.starts_with(['\'', '\u{2019}', '-'])
            || matches!(
                previous,
                "the"
                    | "that"
                    | "this"
                    | "no"
                    | "any"
                    | "every"
                    | "each"
                    | "which"
                    | "another"
                    | "some"
                    | "as"
                    | "by"
                    | "or"
                    | "only"
                    | "right"
                    | "wrong"
                    | "good"
                    | "bad"
                    | "new"
                    | "best"
                    | "first"
                    | "last"
                    | "next"
                    | "same"
                    | "for"
                    | "not"
                    | "if"
            )
            || matches!(
                next,
                "of" | "another"
                    | "can"
                    | "may"
                    | "might"
                    | "could"
                    | "should"
                    | "would"
                    | "will"
                    | "must"
                    | "is"
                    | "was"
                    | "has"
                    | "had"
                    | "who"
                    | "that"
                    | "you"
                    | "which"
                    | "to"
                    | "or"
                    | "and"
                    | "day"
                    | "needs"
                    | "cannot"
                    | "does"
                    | "thing"
                    | "way"
                    | "reason"
                    | "such"
                    | "size"
                    | "might've"
                    | "on"
                    | "more"
                    | "with"
                    | "i"
                    | "we"
                    | "they"
                    | "s"
                    | "time"
                    | "hand"
                    | "side"
            )
            || next.is_empty() && !rest.is_empty());
    }
    true
}

/// Bare digits that are no count: a level of confidence, digits glued to letters, a score.
fn unlike_count(scene: Scene<'_>, found: &Amount, at: usize) -> Option<usize> {
    let end = found.end();
    let rest = scene.from(end);
    let token = end + rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let letters_follow = rest.starts_with(|next: char| next.is_alphabetic() || next == '_');
    if letters_follow && relation::fold(scene, found).is_none() && age::behind(found, rest).is_err() {
        return Some(token);
    }
    // "5-HT", "5-fluorouracil", "20-item"
    let hyphened = rest
        .strip_prefix(['-', '\u{2010}', '\u{2011}', '\u{2013}'])
        .is_some_and(|tail| tail.starts_with(char::is_alphabetic));
    if hyphened
        && relation::fold(scene, found).is_none()
        && frequency::counted(scene, found).is_none()
        && age::behind(found, rest).is_err()
    {
        let hanging = rest.get(1..).is_some_and(|tail| one_word(tail, &["to", "or", "and"]).is_ok());
        return (!hanging).then_some(token.max(end + 1));
    }
    // 5–4 is a score
    if let Some(high) = &found.high
        && found.dashed
        && high.number.value < found.low.number.value
    {
        return Some(end);
    }
    let dash_follows =
        rest.starts_with(['-', '\u{2013}']) && rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
    let year_pair = found.high.is_none() && dash_follows && found.low.number.digits == 4;
    let _ = at;
    year_pair.then(|| token.max(end + 1))
}

/// A bare year, or two.
fn year(scene: Scene<'_>, found: &Amount, at: usize) -> Option<Quantity> {
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

type Naming = Option<(Arc<str>, Arc<str>)>;

fn plain(kind: QuantityKind, values: (f64, f64), unit: Naming, range: Range<usize>, number: Range<usize>) -> Quantity {
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

fn date(calendar: Calendar, range: Range<usize>) -> Option<Quantity> {
    let (low, high, unit): (f64, f64, &str) = match calendar {
        Calendar::Day(day) => (day, day, "d"),
        Calendar::Month(first, last) => (first, last, "d"),
        Calendar::Years(first, last) => (first, last, "year"),
        Calendar::Yearless => return None,
    };
    let unit = Some((unit.into(), unit.into()));
    let found = plain(QuantityKind::Date, (low, high), unit, range.clone(), range);
    Some(Quantity { low_step: 1.0, high_step: 1.0, ..found })
}

/// Where the words on a number begin, and what they say.
fn bounded(scene: Scene<'_>, start: usize, floor: usize) -> (usize, Bound) {
    match bound::before(scene.text.get(floor..start).unwrap_or_default()) {
        Some((offset, bound)) => (floor + offset, bound),
        None => (start, Bound::Exact),
    }
}

/// The byte of "between" or "from" before a number (a bound may stand between).
fn introduced_by(scene: Scene<'_>, start: usize, floor: usize) -> Option<usize> {
    let (start, _) = bounded(scene, start, floor);
    let (at, word) = bound::words_back(scene.text.get(floor..start)?).next()?;
    matches!(word.as_str(), "between" | "from" | "anywhere").then_some(floor + at)
}

fn often_at(
    scene: Scene<'_>,
    often: Often,
    at: usize,
    number: Range<usize>,
    end: usize,
    floor: usize,
) -> Option<Quantity> {
    // "daily life" is no schedule
    let rest = scene.from(end);
    let idle = [
        "life",
        "lives",
        "living",
        "routine",
        "activities",
        "activity",
        "value",
        "values",
        "news",
        "newsletter",
        "basis",
    ];
    if preceded(gap, |input| one_word(input, &idle)).parse(rest).is_ok() {
        return None;
    }
    let (start, bound) = bounded(scene, at, floor);
    let unit = Some(("1/d".into(), "/d".into()));
    let found = plain(QuantityKind::Frequency, (often.low, often.high), unit, start..end, number);
    Some(Quantity { bound, low_step: often.step, high_step: often.step, fuzzy: often.fuzzy, ..found })
}

fn fold_at(scene: Scene<'_>, at: usize, floor: usize) -> Option<Quantity> {
    let (value, end) = relation::fold_word(scene, at)?;
    let (start, bound) = bounded(scene, at, floor);
    Some(Quantity {
        bound,
        low_step: value,
        high_step: value,
        ..plain(QuantityKind::Fold, (value, value), None, start..end, at..end)
    })
}

fn related_at(scene: Scene<'_>, related: Related, start: usize, at: usize, floor: usize) -> Quantity {
    let (first, bound) = bounded(scene, start, floor);
    let unit = related.unit.map(|unit| (unit.base, unit.symbol));
    let found = plain(related.kind, related.values, unit, first..related.end, at..related.number_end);
    Quantity { bound, low_step: related.steps.0, high_step: related.steps.1, parts: related.parts, ..found }
}

/// "hours", "days or weeks", "weeks to months" without a number, behind "within", "for", "over", "in".
fn bare_time(scene: Scene<'_>, at: usize, floor: usize) -> Option<Quantity> {
    let place = super::Place { glued: false, large: false, before: "" };
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

fn aged(scene: Scene<'_>, amount: &Amount, start: usize, floor: usize) -> Quantity {
    let mut quantity = measured(scene, amount, start, floor);
    as_age(&mut quantity, amount);
    quantity
}

fn as_age(quantity: &mut Quantity, amount: &Amount) {
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
fn measured(scene: Scene<'_>, amount: &Amount, start: usize, floor: usize) -> Quantity {
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

/// True when "over" before a length of time means "during".
fn over_is_during(scene: Scene<'_>, first: usize, start: usize, ranged: bool) -> bool {
    let Some(words) = scene.text.get(first..start) else { return false };
    if !words.trim_end_matches(is_gap).eq_ignore_ascii_case("over") {
        return false;
    }
    let previous = bound::words_back(scene.before(first)).next();
    let previous = previous.as_ref().map_or("", |(_, word)| word.as_str());
    ranged
        || !matches!(
            previous,
            "for"
                | "takes"
                | "take"
                | "took"
                | "lasts"
                | "last"
                | "lasted"
                | "lasting"
                | "is"
                | "was"
                | "of"
                | "are"
                | "be"
                | "been"
        )
}

/// The quantity of an amount, with what stands behind it.
fn finish(scene: Scene<'_>, amount: Amount, start: usize, floor: usize) -> Quantity {
    let mut quantity = measured(scene, &amount, start, floor);
    let rest = scene.from(amount.end());
    if let Some(related) = relation::share(scene, &amount) {
        quantity.kind = related.kind;
        (quantity.low, quantity.high) = related.values;
        (quantity.low_step, quantity.high_step) = related.steps;
        quantity.parts = related.parts;
        quantity.number.end = related.number_end;
        quantity.range.end = related.end;
        return quantity;
    }
    if matches!(quantity.kind, QuantityKind::Dose | QuantityKind::Mass)
        && let Some(base) = quantity.unit.as_deref().filter(|base| !base.contains('/'))
        && let Ok((after, (litres, symbol))) = scene.units.volume_of(rest)
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
    let time = quantity.kind == QuantityKind::Duration;
    if let Ok((after, ())) = age::behind(&amount, rest) {
        as_age(&mut quantity, &amount);
        quantity.range.end = scene.at(after);
    } else if (time || quantity.kind == QuantityKind::Count && quantity.low <= 110.0 && !counted_noun(rest))
        && let Some(words) = scene.text.get(quantity.range.start..start)
        && age::told_by(scene.before(quantity.range.start), words)
    {
        as_age(&mut quantity, &amount);
    }
    let rest = scene.from(quantity.range.end);
    if quantity.bound == Bound::Exact
        && let Ok((after, (bound, old))) = bound::behind(rest)
        && (!old || matches!(quantity.kind, QuantityKind::Age | QuantityKind::Duration | QuantityKind::Count))
    {
        quantity.bound = bound;
        quantity.range.end = scene.at(after);
        if old {
            as_age(&mut quantity, &amount);
        }
    }
    quantity
}

/// True when a plain word follows that a bare number may count ("over 65 patients").
fn counted_noun(rest: &str) -> bool {
    preceded(gap, crate::grammar::number::word).parse(rest).is_ok_and(|(_, word)| {
        !matches!(
            word.as_str(),
            "and"
                | "or"
                | "who"
                | "with"
                | "in"
                | "at"
                | "are"
                | "is"
                | "should"
                | "may"
                | "can"
                | "to"
                | "have"
                | "had"
                | "were"
                | "was"
                | "on"
                | "for"
                | "as"
                | "must"
                | "do"
                | "will"
                | "by"
                | "unless"
                | "because"
                | "but"
                | "need"
                | "without"
        )
    })
}
