//! Operands: a number with its unit, and smaller units behind it.
//!
//! ```text
//! operand = [currency] (number | vague | article) [unit] {smaller operand of the same kind} ["and a half"]
//! ```
//! Takes the text from the first operand on. Knows nothing of what stands before, but for the place of a unit.

use super::unit::{Measure, Place};
use super::{Bound, QuantityKind, Units};
use crate::grammar::number::{Form, Number, Read, gap, gap0, hyphen, is_gap, number, one_word, scale_word};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::char;
use nom::combinator::{opt, peek, value};
use nom::sequence::{delimited, pair, preceded};
use std::ops::Range;

const NO: nom::Err<()> = nom::Err::Error(());

/// The text that is read, and its units.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'t> {
    /// The whole text.
    pub text: &'t str,
    /// The table of units.
    pub units: &'t Units,
}

impl<'t> Scene<'t> {
    /// The byte at which the rest begins.
    pub fn at(&self, rest: &str) -> usize {
        self.text.len() - rest.len()
    }

    /// The text before a byte.
    pub fn before(&self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or_default()
    }

    /// The text from a byte on.
    pub fn from(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }
}

/// How vague an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vague {
    /// It has a number.
    No,
    /// "a", "an", "another", "all": one of a unit.
    One,
    /// "a couple of".
    Couple,
    /// "a few", "several", or a bare plural.
    Fuzzy,
}

/// A number with its unit.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The number; for vague words their lower end.
    pub number: Number,
    /// The upper end, of vague words only.
    pub high: f64,
    /// True for "a few", "several".
    pub vague: Vague,
    /// The unit, if any.
    pub unit: Option<Measure>,
    /// True when the unit stands before the number.
    pub prefixed: bool,
    /// The number's bytes.
    pub digits: Range<usize>,
    /// The end of number and unit.
    pub end: usize,
}

/// One operand or a range of two.
#[derive(Clone, Debug)]
pub struct Amount {
    /// The only or the first operand.
    pub low: Operand,
    /// The second.
    pub high: Option<Operand>,
    /// A bound inside the range ("10 mg up to 20 mg").
    pub bound: Option<Bound>,
    /// True when a hyphen or a dash stands between them.
    pub dashed: bool,
}

impl Amount {
    /// The end of the amount.
    pub fn end(&self) -> usize {
        self.high.as_ref().map_or(self.low.end, |high| high.end)
    }

    /// The unit.
    pub fn unit(&self) -> Option<&Measure> {
        self.low.unit.as_ref()
    }
}

/// "a few", "several", "some", "a couple of": number of units at the lower and upper end.
fn vague(input: &str) -> Read<'_, (Vague, f64, f64)> {
    let (rest, article) = opt(|input| {
        let (rest, found) = one_word(input, &["a", "the"])?;
        gap(rest).map(|(rest, _)| (rest, found))
    })
    .parse(input)?;
    let (rest, found) = one_word(rest, &["few", "several", "some", "many", "couple"])?;
    let found = match found {
        "few" => (Vague::Fuzzy, 3.0, 5.0),
        "several" => (Vague::Fuzzy, 3.0, 7.0),
        "many" => (Vague::Fuzzy, 5.0, 20.0),
        "couple" => {
            let of = |input| {
                let (rest, _) = gap(input)?;
                one_word(rest, &["of"])
            };
            return Ok((opt(of).parse(rest)?.0, (Vague::Couple, 2.0, 2.0)));
        }
        _ if article.is_none() => (Vague::Fuzzy, 3.0, 7.0),
        _ => return Err(NO),
    };
    Ok((rest, found))
}

/// "a", "an", "another", "all", "a full": one of the unit that follows.
fn article(input: &str) -> Read<'_, ()> {
    let (rest, found) = one_word(input, &["a", "an", "another", "all", "full", "one", "the", "whole"])?;
    if found != "all" && found != "full" && found != "whole" {
        let mut further = preceded(gap, |input| one_word(input, &["full", "whole", "single", "further", "additional"]));
        if let Ok((rest, _)) = further.parse(rest) {
            return Ok((rest, ()));
        }
    }
    if found == "the" { Err(NO) } else { Ok((rest, ())) }
}

fn place<'t>(scene: Scene<'t>, start: usize, glued: bool, number: &Number) -> Place<'t> {
    Place { glued, large: number.scale >= 1e6, before: scene.before(start), typed: false }
}

/// The unit behind a number: glued, behind white space or a hyphen, or in brackets.
fn unit<'t>(scene: Scene<'t>, input: &'t str, start: usize, number: &Number) -> Read<'t, Measure> {
    let measure = |glued: bool| move |input| scene.units.measure(input, place(scene, start, glued, number));
    // "8+ weeks": the bound is read from the text between
    let input = input.strip_prefix('+').filter(|rest| rest.starts_with(is_gap)).unwrap_or(input);
    if let Ok((rest, found)) = measure(true)(input) {
        return if leads_on(rest, &found) { Err(NO) } else { Ok((rest, found)) };
    }
    if let Ok((rest, _)) = gap(input) {
        let bracketed = |input| {
            alt((delimited(char('('), measure(false), char(')')), delimited(char('['), measure(false), char(']'))))
                .parse(input)
        };
        // "2 [more] weeks" and "15 - mg" aside, the unit stands next
        let rest = match opt(pair(hyphen, gap)).parse(rest) {
            Ok((after, Some(_))) if scene.units.read(after, place(scene, start, false, number)).is_ok() => after,
            _ => rest,
        };
        let (rest, found) = alt((measure(false), bracketed)).parse(rest)?;
        return if leads_on(rest, &found) { Err(NO) } else { Ok((rest, found)) };
    }
    preceded(hyphen, measure(false)).parse(input)
}

/// True for "24703 L-202" and "5 d-limonene": the letter belongs to what follows.
fn leads_on(rest: &str, found: &Measure) -> bool {
    found.symbol.chars().count() == 1
        && preceded(hyphen, peek(nom::character::complete::satisfy(char::is_alphanumeric))).parse(rest).is_ok()
        && found.kind != QuantityKind::Percent
}

/// "half an hour", "a half tablet", "half-hour".
fn half<'t>(scene: Scene<'t>, input: &'t str) -> Read<'t, Operand> {
    let start = scene.at(input);
    let (rest, _) = opt(|input| {
        let (rest, _) = one_word(input, &["a", "one"])?;
        alt((gap, nom::combinator::recognize(hyphen))).parse(rest)
    })
    .parse(input)?;
    let (rest, name) = one_word(rest, &["half", "quarter"])?;
    let number_end = scene.at(rest);
    let denominator = if name == "half" { 2.0 } else { 4.0 };
    let (rest, _) = alt((gap, nom::combinator::recognize(hyphen))).parse(rest)?;
    let (rest, _) = opt(|input| {
        let (rest, _) = one_word(input, &["of"])?;
        gap(rest)
    })
    .parse(rest)?;
    let (rest, _) = opt(|input| {
        let (rest, _) = one_word(input, &["a", "an"])?;
        gap(rest)
    })
    .parse(rest)?;
    let number = Number { form: Form::Words, parts: None, ..Number::fraction(1.0, denominator, Form::Words) };
    let (rest, measure) = scene.units.measure(rest, place(scene, start, false, &number))?;
    if !matches!(
        measure.kind,
        QuantityKind::Duration | QuantityKind::Dose | QuantityKind::Volume | QuantityKind::Mass | QuantityKind::Length
    ) {
        return Err(NO);
    }
    Ok((
        rest,
        Operand {
            high: number.value,
            number,
            vague: Vague::No,
            unit: Some(measure),
            prefixed: false,
            digits: start..number_end,
            end: scene.at(rest),
        },
    ))
}

/// "and a half", "and half" behind a unit.
fn and_half(input: &str) -> Read<'_, f64> {
    let (rest, _) = gap(input)?;
    let (rest, _) = one_word(rest, &["and"])?;
    let (rest, _) = gap(rest)?;
    let (rest, _) = opt(|input| {
        let (rest, _) = one_word(input, &["a", "an"])?;
        gap(rest)
    })
    .parse(rest)?;
    let (rest, name) = one_word(rest, &["half", "quarter"])?;
    Ok((rest, if name == "half" { 0.5 } else { 0.25 }))
}

/// A number with its unit, and smaller units behind it.
pub fn operand<'t>(scene: Scene<'t>, input: &'t str, between: bool) -> Read<'t, Operand> {
    if let Ok(found) = half(scene, input) {
        return Ok(found);
    }
    let (rest, mut operand) = simple(scene, input)?;
    if operand.prefixed || between && operand.unit.is_none() {
        return Ok((rest, operand));
    }
    let Some(first) = operand.unit.clone() else { return Ok((rest, operand)) };
    if let Ok((rest, part)) = and_half(rest)
        && first.kind == QuantityKind::Duration
    {
        let kept = operand.number;
        operand.number = Number { value: kept.value + part, step: part, ..kept };
        operand.high = operand.number.value;
        operand.end = scene.at(rest);
        operand.digits.end = operand.end;
        return Ok((rest, operand));
    }
    smaller(scene, rest, operand, &first, between)
}

/// "1 hour 30 minutes", "5 ft 2 in", "3 dollars 50 cents".
fn smaller<'t>(
    scene: Scene<'t>,
    mut rest: &'t str,
    mut operand: Operand,
    first: &Measure,
    between: bool,
) -> Read<'t, Operand> {
    use QuantityKind::{Duration, Length, Mass, Money};
    if !matches!(operand.vague, Vague::No | Vague::One) || !matches!(first.kind, Duration | Length | Mass | Money) {
        return Ok((rest, operand));
    }
    let mut last = first.clone();
    for _ in 0..4 {
        let Ok((after, joint)) = joined(rest) else { break };
        let and = joint == Joint::And;
        if and && between {
            break;
        }
        let start = scene.at(after);
        let Ok((behind, part)) = number(after) else { break };
        // 5 ft 2 in: the unit need not be glued here
        let next = alt((
            |input| unit(scene, input, start, &part),
            preceded(gap0, |input| scene.units.measure(input, Place::bare(true))),
        ))
        .parse(behind);
        // "15 dollars and 50"
        let cents = first.kind == Money && joint != Joint::Comma && part.is_plain_integer() && part.value < 100.0;
        let ends = behind.is_empty() || behind.starts_with('.') && !behind.get(1..).is_some_and(starts_with_digit);
        if next.is_err() && cents && ends && !between && &*first.base != "cent" {
            operand.number = Number { value: operand.number.value + part.value / 100.0, step: 0.01, ..operand.number };
            operand.high = operand.number.value;
            (operand.digits.end, operand.end, rest) = (scene.at(behind), scene.at(behind), behind);
            break;
        }
        let Ok((behind, next)) = next else { break };
        let share = if first.kind == Money {
            if !matches!(&*next.base, "cent" | "penny") || part.value >= 100.0 || first.base == next.base {
                break;
            }
            0.01
        } else {
            let ordered = next.factor < last.factor || first.kind == Duration && !and && next.factor != last.factor;
            if next.base != first.base
                || next.kind != first.kind
                || !ordered
                || and && next.factor >= last.factor
                || joint == Joint::Comma && !(7.0..=62.0).contains(&(last.factor / next.factor))
            {
                break;
            }
            next.factor / first.factor
        };
        operand.number.value += part.value * share;
        operand.number.step = part.step * share;
        operand.high = operand.number.value;
        operand.digits.end = scene.at(behind);
        operand.end = scene.at(behind);
        (rest, last) = (behind, next);
    }
    Ok((rest, operand))
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Comma,
    Gap,
}

fn joined(input: &str) -> Read<'_, Joint> {
    let comma = |input| (tag(","), gap).parse(input).map(|(rest, _)| (rest, ()));
    let and = |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["and"])?;
        gap(rest).map(|(rest, _)| (rest, ()))
    };
    alt((value(Joint::And, and), value(Joint::Comma, comma), value(Joint::Gap, gap0))).parse(input)
}

pub(super) fn simple<'t>(scene: Scene<'t>, input: &'t str) -> Read<'t, Operand> {
    let start = scene.at(input);
    // "$400" as the second operand of a range
    let currency = |input| -> Read<'t, Measure> {
        let (rest, unit) = scene.units.measure(input, Place::bare(false))?;
        let (rest, _) = gap0(rest)?;
        if unit.kind == QuantityKind::Money { Ok((rest, unit)) } else { Err(NO) }
    };
    if !input.starts_with(|first: char| first.is_ascii_digit())
        && let Ok((rest, money)) = currency(input)
        && rest.starts_with(|first: char| first.is_ascii_digit())
        && let Ok((after, number)) = number(rest)
    {
        let digits = scene.at(rest)..scene.at(after);
        let end = digits.end;
        let high = number.value;
        return Ok((after, Operand { number, high, vague: Vague::No, unit: Some(money), prefixed: true, digits, end }));
    }
    let read = number(input).map(|(rest, number)| (rest, (number, number.value, Vague::No)));
    let read = match read {
        // "a third" and the like wait for what follows; "a" alone takes a unit
        Ok(found) => Ok(found),
        Err(_) => alt((vague_number, article_number)).parse(input),
    };
    let (rest, (number, high, vague)) = read?;
    let digits = start..scene.at(rest);
    let found = match unit(scene, rest, start, &number) {
        // "a half hour" was read before; "½ hour" goes here
        Ok((after, measure)) => {
            if number.form == Form::ArticleFraction {
                None
            } else {
                Some((after, measure))
            }
        }
        Err(_) => None,
    };
    let time = found.as_ref().is_some_and(|(_, measure)| measure.kind == QuantityKind::Duration);
    if matches!(vague, Vague::One | Vague::Fuzzy) && !time || vague == Vague::Couple && found.is_none() {
        return Err(NO);
    }
    let mut number = number;
    let (rest, unit) = match found {
        // "75 USD million"
        Some((rest, measure)) if measure.kind == QuantityKind::Money && number.scale == 1.0 => match scale_word(rest) {
            Ok((after, scale)) if scale >= 1e6 => {
                number = number.times(scale);
                (after, Some(measure))
            }
            _ => (rest, Some(measure)),
        },
        Some((rest, measure)) => (rest, Some(measure)),
        None => (rest, None),
    };
    let end = scene.at(rest);
    let high = if number.scale > 1.0 && vague == Vague::No { number.value } else { high };
    Ok((rest, Operand { number, high, vague, unit, prefixed: false, digits, end }))
}

fn vague_number(input: &str) -> Read<'_, (Number, f64, Vague)> {
    let (rest, (vague, low, high)) = vague(input)?;
    let number = Number { value: low, decimals: 0, step: 1.0, scale: 1.0, parts: None, form: Form::Words, digits: 0 };
    Ok((rest, (number, high, vague)))
}

fn article_number(input: &str) -> Read<'_, (Number, f64, Vague)> {
    let (rest, ()) = article(input)?;
    let number = Number { value: 1.0, decimals: 0, step: 1.0, scale: 1.0, parts: None, form: Form::Words, digits: 0 };
    Ok((rest, (number, 1.0, Vague::One)))
}
