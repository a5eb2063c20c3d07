//! Reads the quantity at a candidate: which form it has, what bounds it, what it measures.
//!
//! Takes the byte of a candidate and its class; gives the quantity, or the byte up to which there is none.

use super::amount::{Operand, Scene, Vague};
use super::context::{combination, confidence_level, counts, stands_alone, unlike_count};
use super::finish::{aged, bare_time, bounded, date, finish, introduced_by, plain, with_bound_behind, year};
use super::frequency::{self, Often};
use super::range::{amount, range};
use super::relation::{self, Related, Stroke};
use super::scan::Class;
use super::unit::{Measure, Place};
use super::{Bound, Quantity, QuantityKind, age, silence};
use crate::grammar::number::{Form, gap, is_gap, letters, may_follow_article, number, one_word, word};
use crate::grammar::time::{digits_first, month_first};
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
            .and_then(|found| {
                if frequency::is_word_of_its_own(input) && (floor == 0 || floor + 48 < at) {
                    Err(nom::Err::Error(()))
                } else {
                    Ok(found)
                }
            })
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
        Class::Age => match age::introduced(scene, input, introduced_by(scene, at, floor).is_some()) {
            Ok((_, (amount, start))) => {
                let mut quantity = aged(scene, &amount, start, floor.max(at));
                // "older than age 50", "before the age of 2"
                let (first, bound) = bounded(scene, age::article_before(scene, at, floor), floor);
                quantity.range.start = at;
                if first < at && bound != Bound::Exact && quantity.bound == Bound::Exact {
                    (quantity.range.start, quantity.bound) = (first, bound);
                }
                Ok(with_bound_behind(scene, quantity, &amount))
            }
            Err(_) => Err(behind_word),
        },
        Class::Time => bare_time(scene, at, floor).ok_or(behind_word),
        Class::Article if !opens(scene, behind_word) => Err(behind_word),
        Class::Numeral | Class::Few | Class::Article => spoken(scene, at, class, floor).ok_or(behind_word),
    }
}

/// True when the word behind "a", "an", "all" can make it a number: most do not.
fn opens(scene: Scene<'_>, at: usize) -> bool {
    let rest = scene.from(at).trim_start_matches(|letter: char| is_gap(letter) || letter == '-');
    let Ok((_, next)) = word(rest) else { return false };
    may_follow_article(next.as_str())
        || matches!(next.as_str(), "few" | "couple" | "full" | "whole" | "single" | "further" | "additional")
        || scene.units.read(rest, Place::bare(false)).is_ok_and(|(_, unit)| unit.kind == QuantityKind::Duration)
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
    if let Some(end) = silence::end(scene, at) {
        return Err(end);
    }
    if let Some((metres, end)) = relation::stature(scene.from(at)) {
        let (first, bound) = bounded(scene, at, floor);
        let unit = Some(("m".into(), "ft".into()));
        let range = first..at + end;
        let found = plain(QuantityKind::Length, (metres, metres), unit, range, at..at + end);
        return Ok(Quantity { bound, low_step: 0.0254, high_step: 0.0254, ..found });
    }
    let token = || at + scene.from(at).bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let start = signed(scene, at, floor);
    match relation::stroke(scene, at) {
        Some(Stroke::Related(related)) => return Ok(related_at(scene, related, start, at, floor)),
        Some(Stroke::Silent(end)) => return Err(end.max(token())),
        Some(Stroke::Number(number, end)) => {
            let rest = scene.from(end);
            let place = Place { glued: true, large: false, before: scene.before(at), typed: false };
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
    // "22,24,26": the comma before the digits is no decimal comma behind them
    if scene.before(at).strip_suffix(',').is_some_and(|head| head.ends_with(|last: char| last.is_ascii_digit()))
        && let Some(end) = Some(token()).filter(|end| scene.from(*end).starts_with(','))
        && let Ok(value) = scene.text.get(at..end).unwrap_or_default().parse::<f64>()
    {
        return Ok(Quantity {
            low_step: 1.0,
            high_step: 1.0,
            ..plain(QuantityKind::Count, (value, value), None, at..end, at..end)
        });
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
        found.low.high = -found.low.high;
        found.low.digits.start = start;
    }
    if confidence_level(scene, &found) || combination(&found) {
        return Err(found.end());
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
    let place = Place::bare(false);
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
    // "a second dose"
    if low.unit.as_ref().is_some_and(|unit| &*unit.symbol == "s")
        && low.vague == Vague::One
        && scene.text.get(at..low.end).is_some_and(|words| words.ends_with("second"))
    {
        return None;
    }
    if low.unit.is_none() && !counts(scene, &found, at) {
        return None;
    }
    Some(finish(scene, found, at, floor))
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
