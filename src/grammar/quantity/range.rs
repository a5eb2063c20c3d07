//! Amounts: one operand, or two as a range.
//!
//! ```text
//! amount    = operand ["±" operand] | operand separator [bound] operand
//! separator = "-" | "–" | "to" | "or" | "up to" | "and" behind "between"
//! ```
//! Takes the text from the first operand on. An em dash never makes a range.

use super::Bound;
use super::amount::{Amount, Operand, Scene, Vague, operand, simple};
use super::{QuantityKind, bound};
use crate::grammar::number::{Form, Number, Read, gap, gap0, hyphen, one_word};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::one_of;
use nom::combinator::{peek, value};
use nom::sequence::preceded;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Dash,
    To,
    Or,
    And,
}

fn separator(input: &str) -> Read<'_, Separator> {
    let tight = value(Separator::Dash, one_of("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}"));
    let spaced = value(Separator::Dash, (gap, one_of("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}"), gap));
    let spoken = |input| {
        let (rest, _) = gap(input)?;
        let (rest, found) = one_word(rest, &["to", "or", "and", "up", "through", "til", "till", "until"])?;
        if found == "up" {
            // "10 mg up to 20 mg": the bound is read by the second operand
            return Ok((preceded(gap0, peek(|input| one_word(input, &["up"]))).parse(input)?.0, Separator::To));
        }
        let (rest, _) = gap(rest)?;
        let separator = match found {
            "or" => Separator::Or,
            "and" => Separator::And,
            _ => Separator::To,
        };
        Ok((rest, separator))
    };
    // "2- to 3-week": the hyphen of the first waits for the unit of the second
    let hanging = preceded(hyphen, spoken);
    alt((hanging, spoken, spaced, tight)).parse(input)
}

/// "± 12 years" behind a number: a spread, not a second value. Its unit is the number's.
fn spread<'t>(scene: Scene<'t>, rest: &'t str, low: &mut Operand) -> Option<&'t str> {
    let (rest, _) =
        (gap0, alt((tag("±"), tag("+/-"))), gap0).parse(rest).ok().map(|(rest, _): (_, (_, &str, _))| (rest, ()))?;
    let (rest, second) = simple(scene, rest).ok()?;
    match (&low.unit, &second.unit) {
        (Some(first), Some(unit)) if first.base != unit.base => return None,
        (None, Some(unit)) => low.unit = Some(unit.clone()),
        _ => {}
    }
    low.end = second.end;
    Some(rest)
}

/// An amount; `between` says that "between" or "from" stands before it.
pub fn amount<'t>(scene: Scene<'t>, input: &'t str, between: bool) -> Read<'t, Amount> {
    let (rest, low) = operand(scene, input, between)?;
    Ok(range(scene, rest, low, between))
}

/// Goes on behind the first operand: the second, if there is one that fits.
pub fn range<'t>(scene: Scene<'t>, rest: &'t str, low: Operand, between: bool) -> (&'t str, Amount) {
    let mut alone = Amount { low, high: None, bound: None, dashed: false };
    if let Some(rest) = spread(scene, rest, &mut alone.low) {
        return (rest, alone);
    }
    let Ok((after, separator)) = separator(rest) else { return (rest, alone) };
    let (after, bound) = match bound::ahead(after) {
        Ok((after, bound)) => (after, Some(bound)),
        Err(_) => (after, None),
    };
    let low = &alone.low;
    // an article is no second operand of a dash: "4-a-day"
    let Ok((behind, high)) = operand(scene, after, false) else { return (rest, alone) };
    let Some((low, high)) = fit(scene, low, high, separator, (between, behind)) else { return (rest, alone) };
    let dashed = separator == Separator::Dash;
    let bound = bound.filter(|bound| *bound == Bound::About);
    (behind, Amount { low, high: Some(high), bound, dashed })
}

/// True for "a third" and "two thirds".
fn is_share(operand: &Operand) -> bool {
    let number = &operand.number;
    operand.unit.is_none() && number.digits == 0 && number.parts.is_some()
}

/// Gives both operands one unit and one magnitude, or says that they are no range.
fn fit(
    scene: Scene<'_>,
    low: &Operand,
    high: Operand,
    separator: Separator,
    (between, behind): (bool, &str),
) -> Option<(Operand, Operand)> {
    let (mut low, mut high) = (low.clone(), high);
    let gap_text = scene.text.get(low.end..high.digits.start)?;
    match separator {
        Separator::And if !between => return None,
        Separator::Or if low.unit.is_some() && low.vague == Vague::No => return None,
        Separator::Dash if low.number.form == Form::Fraction && low.number.parts.is_some() && low.unit.is_none() => {
            return None;
        }
        _ => {}
    }
    if matches!(low.number.form, Form::ArticleFraction) || matches!(high.number.form, Form::ArticleFraction) {
        // "a quarter to a third", and nothing else of the kind
        let shares = is_share(&low) && is_share(&high) && matches!(separator, Separator::To | Separator::And);
        return (shares && low.number.value < high.number.value).then_some((low, high));
    }
    // "one to two thirds"
    if let (Form::Words, true, Some((_, whole))) = (low.number.form, is_share(&high), high.number.parts)
        && low.unit.is_none()
        && low.number.value < whole
    {
        low.number = Number::fraction(low.number.value, whole, Form::Fraction);
        low.high = low.number.value;
    }
    if separator == Separator::Dash && high.number.form == Form::Words && gap_text.len() > 3 {
        return None;
    }
    // "5 or 6", "1.5 to 2 million"
    if high.number.scale > 1.0
        && low.number.scale == 1.0
        && (low.unit.is_none() || low.prefixed)
        && low.number.value < 1000.0
        && low.number.value < high.number.value / high.number.scale
    {
        low.number = low.number.times(high.number.scale);
        low.high = low.number.value;
    }
    match (&low.unit, &high.unit) {
        (Some(a), Some(b)) if a.base == b.base => {}
        (None, Some(_)) => {
            if low.vague != Vague::No {
                return None;
            }
            low.unit.clone_from(&high.unit);
        }
        (Some(_), None) if low.prefixed => high.unit.clone_from(&low.unit),
        (None, None) if separator == Separator::Or => {
            let near = high.number.value - low.number.value;
            if !(near > 0.0 && near <= 5.0) {
                return None;
            }
        }
        (None, None) => {}
        // "5% to 10": the sign may be left out only behind a dash or "to" with "from" or "between"
        (Some(a), None) if a.kind == QuantityKind::Percent && between => high.unit.clone_from(&low.unit),
        // "from seven days to five": the second number closes its clause
        (Some(_), None) if between && separator == Separator::To && closes(behind) => high.unit.clone_from(&low.unit),
        _ => return None,
    }
    Some((low, high))
}

/// True when a clause ends here, and the number before it is no decimal.
fn closes(behind: &str) -> bool {
    let mut letters = behind.chars();
    match letters.next() {
        None | Some(';' | ')') => true,
        Some(',' | '.') => letters.next().is_none_or(char::is_whitespace),
        _ => false,
    }
}
