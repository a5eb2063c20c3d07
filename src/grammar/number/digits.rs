//! Numbers in digits: grouping, decimal points, powers, magnitudes, fractions.
//!
//! Takes the text from the first digit (or its point, or `½`) on. Knows no sign, unit or surroundings.

use super::words::{Numeral, Sum, more, scale_word};
use super::{Form, NO, Number, Read, gap, gap0, is_gap, words};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{digit0, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::{pair, preceded};

const POINTS: &str = ".\u{b7}\u{2219}\u{22c5}";

/// A number in digits or words, with what multiplies it.
pub fn number(input: &str) -> Read<'_, Number> {
    alt((mixed, magnitude, words)).parse(input)
}

/// Digits with a word or letter that multiplies them: "1.5 million", "10k".
fn magnitude(input: &str) -> Read<'_, Number> {
    let (rest, number) = digits(input)?;
    if number.form == Form::Fraction {
        return Ok((rest, number));
    }
    if let Ok((after, scale)) = scale_word(rest) {
        let number = number.times(scale);
        return Ok(if number.value < 1e15 { tail(after, number, scale) } else { (after, number) });
    }
    for (letters, scale) in [("MM", 1e6), ("mn", 1e6), ("bn", 1e9), ("k", 1e3), ("K", 1e3), ("M", 1e6), ("B", 1e9)] {
        if let Some(after) = rest.strip_prefix(letters)
            && !after.starts_with(|next: char| next.is_alphanumeric() || "/-²³".contains(next))
        {
            return Ok((after, number.times(scale)));
        }
    }
    Ok((rest, number))
}

/// "3 hundred and 21", "4 thousand 3 hundred".
fn tail(input: &str, number: Number, scale: f64) -> (&str, Number) {
    let last = if scale == 100.0 { Numeral::Hundred } else { Numeral::Scale(scale) };
    let (total, current) = if scale == 100.0 { (0.0, number.value) } else { (number.value, 0.0) };
    let limit = if scale == 100.0 { f64::INFINITY } else { scale };
    let sum = Sum { total, current, part: current, limit, step: number.step, last };
    let (rest, sum) = more(sum, input);
    if rest.len() == input.len() {
        return (rest, number);
    }
    (rest, Number { value: sum.value(), step: sum.step, decimals: 0, ..number })
}

/// Digits with grouping, decimal point and power, or `½`, or `2½`.
pub fn digits(input: &str) -> Read<'_, Number> {
    if let Ok((rest, (numerator, denominator))) = vulgar(input) {
        return Ok((rest, Number::fraction(numerator, denominator, Form::Fraction)));
    }
    let (rest, (text, form)) = alt((continental, grouped, plain)).parse(input)?;
    let mut plain = [0_u8; 48];
    let mut length = 0;
    let (mut decimals, mut whole, mut behind) = (0_u8, 0_u8, false);
    let comma_point = form == Comma::Decimal;
    for letter in text.chars() {
        let byte = match letter {
            '0'..='9' => {
                if behind {
                    decimals = decimals.saturating_add(1)
                } else {
                    whole = whole.saturating_add(1)
                }
                letter as u8
            }
            ',' if comma_point => {
                behind = true;
                b'.'
            }
            ',' | ' ' => continue,
            '.' if comma_point => continue,
            other if is_gap(other) => continue,
            _ => {
                behind = true;
                b'.'
            }
        };
        if let Some(room) = plain.get_mut(length) {
            *room = byte;
            length += 1;
        }
    }
    let written = plain.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or(NO)?;
    let mut value: f64 = written.parse().map_err(|_| NO)?;
    if length == plain.len() {
        // digits beyond the room only count as noughts
        value *= 10_f64.powi(i32::from(whole) - 48);
    }
    let step = 10_f64.powi(-i32::from(decimals));
    let form = if form == Comma::Groups { Form::Grouped } else { Form::Plain };
    let number = Number { value, decimals, step, scale: 1.0, parts: None, form, digits: whole };
    let (rest, number) = power(rest, number);
    if let Ok((after, (numerator, denominator))) = preceded(gap0, vulgar).parse(rest)
        && number.is_plain_integer()
    {
        let value = number.value + numerator / denominator;
        return Ok((after, Number { value, step: 1.0 / denominator, ..number }));
    }
    Ok((rest, number))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comma {
    None,
    Groups,
    Decimal,
}

fn no_digit(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_ascii_digit())
}

/// `12,345.6`, `1 234`, `12,34,567`
fn grouped(input: &str) -> Read<'_, (&str, Comma)> {
    let (rest, first) = digit1(input)?;
    if first.len() > 3 || first.starts_with('0') {
        return Err(NO);
    }
    let separator = rest.chars().next().ok_or(NO)?;
    let narrow = matches!(separator, '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2008}' | '\'');
    if separator != ',' && separator != ' ' && !narrow {
        return Err(NO);
    }
    let mut rest = rest;
    let mut last = first;
    let mut groups = 0_u16;
    while let Some(after) = rest.strip_prefix(separator) {
        let Ok((after, group)) = digit1::<&str, ()>(after) else { break };
        let indian = separator == ',' && group.len() == 2 && (groups == 0 || last.len() == 2) && first.len() < 3;
        if group.len() != 3 && !indian || (groups > 0 && last.len() == 3 && group.len() == 2) {
            break;
        }
        (rest, last, groups) = (after, group, groups + 1);
        if groups > 12 {
            break;
        }
    }
    if groups == 0 || last.len() != 3 || separator == ' ' && last != "000" || !no_digit(rest) {
        return Err(NO);
    }
    // "1,234,56": not a grouping
    if separator == ',' && preceded(tag(","), digit1::<&str, ()>).parse(rest).is_ok() {
        return Err(NO);
    }
    let (rest, _) = opt(pair(one_of(POINTS), digit1)).parse(rest)?;
    taken(input, rest, Comma::Groups)
}

/// `1.234,5`, `0,5`
fn continental(input: &str) -> Read<'_, (&str, Comma)> {
    let (mut rest, first) = digit1(input)?;
    let mut groups = 0;
    while let Ok((after, group)) = preceded(tag("."), digit1::<&str, ()>).parse(rest)
        && group.len() == 3
        && first.len() <= 3
        && groups < 12
    {
        (rest, groups) = (after, groups + 1);
    }
    let (rest, decimals) = preceded(tag(","), digit1).parse(rest)?;
    let ends = preceded(one_of(",."), digit1::<&str, ()>).parse(rest).is_err();
    if !ends || first.len() > 3 || decimals.len() > 2 || groups == 0 && rest.starts_with('%') && first.len() > 2 {
        return Err(NO);
    }
    taken(input, rest, Comma::Decimal)
}

fn plain(input: &str) -> Read<'_, (&str, Comma)> {
    let (rest, whole) = digit0(input)?;
    let (rest, decimals) = opt(pair(one_of(POINTS), digit1)).parse(rest)?;
    if whole.is_empty() && decimals.is_none() {
        return Err(NO);
    }
    taken(input, rest, Comma::None)
}

fn taken<'t>(input: &'t str, rest: &'t str, comma: Comma) -> Read<'t, (&'t str, Comma)> {
    input.get(..input.len() - rest.len()).map(|text| (rest, (text, comma))).ok_or(NO)
}

/// `e10`, `× 10^9`, `×10⁹`, `^23`, and `10³`.
fn power(input: &str, number: Number) -> (&str, Number) {
    if let Ok((rest, _)) = one_of::<&str, _, ()>("eE").parse(input)
        && let Ok((rest, power)) = exponent(rest)
        && !rest.starts_with(|next: char| next.is_alphanumeric())
        && number.value.abs() < 1e9
    {
        return (rest, number.times(10_f64.powi(power)));
    }
    if let Ok((rest, power)) = ten(input) {
        return (rest, number.times(10_f64.powi(power)));
    }
    if let Ok((rest, power)) = preceded(tag("^"), exponent).parse(input) {
        let value = number.value.powi(power);
        return (rest, Number { value, step: value.abs(), ..number });
    }
    if number.value == 10.0
        && let Ok((rest, power)) = superscript(input)
    {
        let value = 10_f64.powi(power);
        return (rest, Number { value, step: value, ..number });
    }
    (input, number)
}

fn exponent(input: &str) -> Read<'_, i32> {
    let (rest, text) = recognize(pair(opt(one_of("+-\u{2212}\u{2013}")), digit1)).parse(input)?;
    let text = text.trim_start_matches('+').replace(['\u{2212}', '\u{2013}'], "-");
    text.parse().ok().filter(|power: &i32| power.abs() < 300).map(|power| (rest, power)).ok_or(NO)
}

/// The `× 10⁹` behind a number.
fn ten(input: &str) -> Read<'_, i32> {
    let (rest, _) = gap0(input)?;
    let (rest, _) = one_of("\u{d7}x*\u{b7}").parse(rest)?;
    let (rest, _) = gap0(rest)?;
    let (rest, _) = tag("10").parse(rest)?;
    if let Ok((rest, power)) = preceded(tag("^"), exponent).parse(rest) {
        return Ok((rest, power));
    }
    if let Ok(found) = superscript(rest) {
        return Ok(found);
    }
    // "6 x 10-4": a power that lost its height
    let (rest, power) = exponent(rest)?;
    if power < 0 { Ok((rest, power)) } else { Err(NO) }
}

fn superscript(input: &str) -> Read<'_, i32> {
    let (mut power, mut sign, mut end) = (0_i32, 1, 0);
    for (at, letter) in input.char_indices() {
        let digit = match letter {
            '\u{207b}' if at == 0 => {
                sign = -1;
                continue;
            }
            '\u{2070}' => 0,
            '\u{b9}' => 1,
            '\u{b2}' => 2,
            '\u{b3}' => 3,
            '\u{2074}'..='\u{2079}' => i32::try_from(u32::from(letter) - 0x2070).unwrap_or(0),
            _ => break,
        };
        power = power * 10 + digit;
        end = at + letter.len_utf8();
        if power > 99 {
            return Err(NO);
        }
    }
    if end == 0 { Err(NO) } else { input.get(end..).map(|rest| (rest, sign * power)).ok_or(NO) }
}

/// One of the fraction characters.
fn vulgar(input: &str) -> Read<'_, (f64, f64)> {
    let letter = input.chars().next().ok_or(NO)?;
    let parts = match letter {
        '½' => (1.0, 2.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅕' => (1.0, 5.0),
        '⅖' => (2.0, 5.0),
        '⅗' => (3.0, 5.0),
        '⅘' => (4.0, 5.0),
        '⅙' => (1.0, 6.0),
        '⅚' => (5.0, 6.0),
        '⅐' => (1.0, 7.0),
        '⅛' => (1.0, 8.0),
        '⅜' => (3.0, 8.0),
        '⅝' => (5.0, 8.0),
        '⅞' => (7.0, 8.0),
        '⅑' => (1.0, 9.0),
        '⅒' => (1.0, 10.0),
        _ => return Err(NO),
    };
    input.get(letter.len_utf8()..).map(|rest| (rest, parts)).ok_or(NO)
}

/// `2 1/4`, `1 1/2`: a whole number and a fraction with a small denominator.
fn mixed(input: &str) -> Read<'_, Number> {
    let (rest, whole) = digit1(input)?;
    let (rest, _) = gap(rest)?;
    let (rest, numerator) = digit1(rest)?;
    let (rest, _) = one_of("/\u{2044}").parse(rest)?;
    let (rest, denominator) = digit1(rest)?;
    if whole.len() > 3
        || numerator.len() > 2
        || denominator.len() > 2
        || preceded(one_of("/.,"), digit1::<&str, ()>).parse(rest).is_ok()
    {
        return Err(NO);
    }
    let read = |text: &str| text.parse::<f64>().map_err(|_| NO);
    let (whole, numerator, denominator) = (read(whole)?, read(numerator)?, read(denominator)?);
    if numerator >= denominator || ![2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0].contains(&denominator) {
        return Err(NO);
    }
    let value = whole + numerator / denominator;
    let number = Number::words(value, 1.0 / denominator);
    Ok((rest, Number { form: Form::Plain, ..number }))
}
