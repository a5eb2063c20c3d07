//! How often: "twice daily", "every 8 hours", "three times a week", "t.i.d.", "q6-8h".
//!
//! Takes the text from the first word or number on; gives times a day. Knows no dose.

use super::amount::{Amount, Scene, Vague};
use super::range::amount;
use super::unit::Place;
use super::{QuantityKind, Units};
use crate::grammar::number::{Read, gap, gap0, hyphen, one_word, word};
use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::{pair, preceded};

const NO: nom::Err<()> = nom::Err::Error(());
const DAY: f64 = 86400.0;

/// Times a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Often {
    /// The lower number.
    pub low: f64,
    /// The upper number.
    pub high: f64,
    /// One unit of the last printed digit.
    pub step: f64,
    /// True for "every few hours".
    pub fuzzy: bool,
}

impl Often {
    fn exactly(times: f64) -> Self {
        Self { low: times, high: times, step: times, fuzzy: false }
    }
}

/// "a day", "per week", "/day", "each night", "daily", "in 24 hours": the length of the period in seconds.
pub fn period<'t>(units: &Units, input: &'t str) -> Read<'t, f64> {
    alt((|input| spelt_period(units, input), |input| adverb(input))).parse(input)
}

fn spelt_period<'t>(units: &Units, input: &'t str) -> Read<'t, f64> {
    let place = Place::bare(true);
    if let Ok((rest, _)) = preceded(gap0, char::<&str, ()>('/')).parse(input) {
        let (rest, _) = gap0(rest)?;
        if let Ok((after, _)) = preceded(nom::bytes::complete::tag::<_, _, ()>("24"), gap0).parse(rest)
            && let Ok((after, unit)) = units.read(after, place)
            && unit.factor == 3600.0
        {
            return Ok((after, DAY));
        }
        return seconds(units, rest);
    }
    let (rest, _) = gap(input)?;
    let (rest, first) = one_word(rest, &["a", "an", "per", "each", "every", "in", "within", "over", "during", "the"])?;
    let (rest, _) = gap(rest)?;
    match first {
        "in" | "within" | "over" | "during" => {
            let (rest, _) = opt(|input| {
                let (rest, _) = one_word(input, &["a", "any", "each", "one", "every", "the"])?;
                gap(rest)
            })
            .parse(rest)?;
            let (rest, count) = opt(|input| {
                let (rest, digits) = digit1(input)?;
                let (rest, _) = alt((gap, recognize(hyphen), gap0)).parse(rest)?;
                digits.parse::<f64>().map(|count| (rest, count)).map_err(|_| NO)
            })
            .parse(rest)?;
            let (after, length) = seconds(units, rest)?;
            // "in 24 hours", "in a day", "in any 24-hour period"
            if !(count == Some(24.0) && length == 3600.0 || count.is_none() && length >= DAY) {
                return Err(NO);
            }
            let (after, _) = opt(preceded(gap, |input| one_word(input, &["period"]))).parse(after)?;
            Ok((after, count.unwrap_or(1.0) * length))
        }
        "the" => {
            let (rest, _) = one_word(rest, &["day"])?;
            Ok((rest, DAY))
        }
        _ => {
            let (rest, other) = opt(|input| {
                let (rest, found) = one_word(input, &["other", "second", "alternate"])?;
                gap(rest).map(|(rest, _)| (rest, found))
            })
            .parse(rest)?;
            let (rest, length) = seconds(units, rest)?;
            Ok((rest, if other.is_some() { 2.0 * length } else { length }))
        }
    }
}

/// A unit of time, or a time of the day that comes once a day.
fn seconds<'t>(units: &Units, input: &'t str) -> Read<'t, f64> {
    if let Ok((rest, _)) = one_word(input, &["morning", "evening", "bedtime", "afternoon", "mealtime"]) {
        return Ok((rest, DAY));
    }
    let (rest, unit) = units.read(input, Place { typed: false, ..Place::bare(false) })?;
    if unit.kind == QuantityKind::Duration { Ok((rest, unit.factor)) } else { Err(NO) }
}

/// "daily", "weekly", behind white space or a hyphen.
fn adverb(input: &str) -> Read<'_, f64> {
    let (rest, _) = alt((gap, recognize(hyphen))).parse(input)?;
    let (rest, _) = opt(|input| {
        let (rest, _) = one_word(input, &["a"])?;
        gap(rest)
    })
    .parse(rest)?;
    let (rest, found) = word(rest)?;
    period_of(found.as_str()).map(|length| (rest, length)).ok_or(NO)
}

fn period_of(word: &str) -> Option<f64> {
    Some(match word {
        "daily" | "nightly" => DAY,
        "hourly" => 3600.0,
        "weekly" => 7.0 * DAY,
        "fortnightly" => 14.0 * DAY,
        "monthly" => 30.0 * DAY,
        "yearly" | "annually" => 365.0 * DAY,
        _ => return None,
    })
}

/// Behind a number: "times a day", "a day", "/day", "doses per day".
pub fn counted<'t>(scene: Scene<'t>, amount: &Amount) -> Option<(usize, Often)> {
    let rest = scene.from(amount.end());
    let times = |input| {
        let (rest, _) = alt((gap, recognize(hyphen))).parse(input)?;
        one_word(rest, &["times", "time", "doses", "dose", "tiems", "tmies", "itmes"])
    };
    // "3x/day", "3 × daily"
    let cross = |input| (gap0, one_of("x\u{d7}")).parse(input).map(|(rest, _)| (rest, ""));
    let (rest, said) = opt(alt((times, cross))).parse(rest).ok()?;
    let (rest, length) = period(scene.units, rest).ok()?;
    // "five weekly injections" are five, one a week
    let things = |input| {
        let (_, found) = preceded(gap, word).parse(input)?;
        if found.as_str().len() > 4 && found.as_str().ends_with('s') { Ok((input, ())) } else { Err(NO) }
    };
    let adverb = said.is_none() && adverb(scene.from(amount.end())).is_ok_and(|(after, _)| after.len() == rest.len());
    if adverb && things(rest).is_ok() {
        return None;
    }
    let scale = DAY / length;
    let low = amount.low.number.value * scale;
    let high = amount.high.as_ref().map_or(low, |high| high.number.value * scale);
    let step = amount.low.number.step * scale;
    Some((scene.at(rest), Often { low, high, step, fuzzy: amount.low.vague == Vague::Fuzzy }))
}

/// "once a day", "twice daily", "once every 3 weeks", "once-weekly".
pub fn times<'t>(scene: Scene<'t>, input: &'t str) -> Read<'t, Often> {
    let (rest, found) = one_word(input, &["once", "twice", "thrice"])?;
    let count = match found {
        "once" => 1.0,
        "twice" => 2.0,
        _ => 3.0,
    };
    // "once or twice a day"
    let second = |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["or", "to"])?;
        let (rest, _) = gap(rest)?;
        one_word(rest, &["twice", "thrice"])
    };
    let (rest, more) = opt(second).parse(rest)?;
    let top = match more {
        Some("twice") => 2.0,
        Some(_) => 3.0,
        None => count,
    };
    let scaled = |often: Often| Often { low: often.low * count, high: often.high * top, step: often.step, ..often };
    if let Ok((rest, often)) = preceded(gap, |input| every(scene, input)).parse(rest) {
        return Ok((rest, scaled(often)));
    }
    let (rest, length) = period(scene.units, rest)?;
    Ok((rest, scaled(Often::exactly(DAY / length))))
}

/// "every 8 hours", "every other day", "each morning", "every 6 to 8 h".
pub fn every<'t>(scene: Scene<'t>, input: &'t str) -> Read<'t, Often> {
    let (rest, _) = one_word(input, &["every", "each"])?;
    let (rest, _) = gap(rest)?;
    let single = |input| -> Read<'t, f64> {
        let (rest, other) = opt(|input| {
            let (rest, found) = one_word(input, &["other", "second", "third", "single", "alternate", "few"])?;
            gap(rest).map(|(rest, _)| (rest, found))
        })
        .parse(input)?;
        let (rest, length) = seconds(scene.units, rest)?;
        Ok((
            rest,
            length
                * match other {
                    Some("other" | "second" | "alternate") => 2.0,
                    Some("third" | "few") => 3.0,
                    _ => 1.0,
                },
        ))
    };
    if let Ok((after, length)) = single(rest) {
        let fuzzy = one_word(rest, &["few"]).is_ok();
        return Ok((after, Often { fuzzy, ..Often::exactly(DAY / length) }));
    }
    let (after, found) = amount(scene, rest, false)?;
    interval(&found).map(|often| (after, often)).ok_or(NO)
}

/// The frequency of something that comes back after an interval.
fn interval(found: &Amount) -> Option<Often> {
    let unit = found.unit().filter(|unit| unit.kind == QuantityKind::Duration)?;
    let first = found.low.number.value * unit.factor;
    let second = found
        .high
        .as_ref()
        .map_or(Some(first), |high| high.unit.as_ref().map(|unit| high.number.value * unit.factor))?;
    if first <= 0.0 || second <= 0.0 {
        return None;
    }
    // "every 6 to 4 hours" is printed backwards, and read so
    let (low, high) = (DAY / second, DAY / first);
    let step = low.min(high) * found.low.number.step / found.low.number.value;
    Some(Often { low, high, step, fuzzy: found.low.vague == Vague::Fuzzy })
}

/// True for "bid", "od", "bd": words of their own that mean a frequency only shortly behind a dose.
pub fn is_word_of_its_own(input: &str) -> bool {
    one_word(input, &["bid", "od", "bd", "qd", "tid"]).is_ok() && !input.starts_with("BID") && !input.starts_with("TID")
}

/// "q8h", "q 4-6 hours", "t.i.d.", "BID", "qd".
pub fn latin<'t>(scene: Scene<'t>, input: &'t str) -> Read<'t, Often> {
    if let Ok((rest, _)) = one_of::<&str, _, ()>("qQ").parse(input)
        && let Ok((rest, _)) = pair(opt(char::<&str, ()>('.')), gap0).parse(rest)
        && rest.starts_with(|first: char| first.is_ascii_digit())
        && let Ok((rest, found)) = amount(scene, rest, false)
        && let Some(often) = interval(&found)
    {
        return Ok((rest, often));
    }
    if let Ok((rest, found)) = word(input)
        && !(found.as_str().len() == 1 && rest.starts_with('.'))
    {
        let times = match found.as_str() {
            "bid" | "bd" | "bds" => 2.0,
            "tid" | "tds" => 3.0,
            "qid" | "qds" => 4.0,
            "qd" => 1.0,
            "od" => 1.0,
            "qod" => 0.5,
            "biweekly" => return Err(NO),
            other => DAY / period_of(other).ok_or(NO)?,
        };
        return Ok((rest, Often::exactly(times)));
    }
    let dotted = |letters: &'static str, times: f64| {
        move |input: &'t str| -> Read<'t, f64> {
            let mut rest = input;
            for (at, letter) in letters.chars().enumerate() {
                let (after, found) = nom::character::complete::anychar(rest)?;
                if !found.eq_ignore_ascii_case(&letter) {
                    return Err(NO);
                }
                rest = after;
                if at + 1 < letters.len() {
                    (rest, _) = char('.').parse(rest)?;
                } else {
                    (rest, _) = opt(char('.')).parse(rest)?;
                }
            }
            if rest.starts_with(|next: char| next.is_alphanumeric()) { Err(NO) } else { Ok((rest, times)) }
        }
    };
    let (rest, times) = alt((
        dotted("tid", 3.0),
        dotted("bid", 2.0),
        dotted("qid", 4.0),
        dotted("tds", 3.0),
        dotted("qds", 4.0),
        dotted("bd", 2.0),
        dotted("qod", 0.5),
        dotted("qd", 1.0),
    ))
    .parse(input)?;
    Ok((rest, Often::exactly(times)))
}
