//! What statistics are printed with: relations, signed numbers, p-values.
//!
//! Takes the text from its first character on. Knows no test.

use super::{PValue, Relation};
use crate::grammar::number::{Read, digits, gap0, is_gap};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n};
use nom::character::complete::{digit1, one_of};
use nom::combinator::{opt, value};

pub(super) const NO: nom::Err<()> = nom::Err::Error(());

/// `=`, `<`, `>`, `≤`, `≥`, `==`.
pub(super) fn relation(input: &str) -> Read<'_, Relation> {
    let (rest, _) = gap0(input)?;
    let (rest, found) = alt((
        value(Relation::Less, alt((tag("<="), tag("≤"), tag("<"), tag("&lt;"), tag("⩽")))),
        value(Relation::Greater, alt((tag(">="), tag("≥"), tag(">"), tag("&gt;"), tag("⩾")))),
        value(Relation::Equal, alt((tag("=="), tag("="), tag("≈")))),
    ))
    .parse(rest)?;
    let (rest, _) = gap0(rest)?;
    Ok((rest, found))
}

/// A number with its sign: value and printed decimals.
pub(super) fn signed(input: &str) -> Read<'_, (f64, u8)> {
    let (rest, sign) = opt(one_of("+-\u{2212}\u{2013}\u{2012}\u{2010}\u{2011}")).parse(input)?;
    let (rest, _) = if sign.is_some() { gap0(rest)? } else { (rest, "") };
    if !rest.starts_with(|first: char| first.is_ascii_digit() || ".\u{b7}".contains(first)) {
        return Err(NO);
    }
    let (rest, number) = digits(rest)?;
    let value = if sign.is_some_and(|sign| sign != '+') { -number.value } else { number.value };
    // "1.2e-5" and "2 × 10⁻⁶" print more decimals than stand behind the point
    let shift = if number.step > 0.0 { (-number.step.log10()).round().clamp(0.0, 30.0) } else { 0.0 };
    Ok((rest, (value, (shift as u8).max(number.decimals))))
}

fn not_significant(input: &str) -> Read<'_, &str> {
    let said = (
        opt(alt((tag("statistically "), tag("was ")))),
        alt((tag("not "), tag("non-"), tag("non"))),
        tag("significant"),
    );
    let said = nom::combinator::recognize(said);
    alt((tag("n.s."), tag("N.S."), tag("n.s"), tag("ns"), tag("NS"), said)).parse(input)
}

/// The word between "p" and its relation: "-value", " values".
fn valued(input: &str) -> Read<'_, ()> {
    let (rest, _) = opt(one_of("-\u{2010}\u{2011} \u{a0}")).parse(input)?;
    let (rest, _) = alt((tag_no_case("values"), tag_no_case("value"))).parse(rest)?;
    Ok((rest, ()))
}

/// "less than", "of", "was".
fn spoken(input: &str) -> Read<'_, Relation> {
    let (rest, _) = gap0(input)?;
    let (rest, found) = alt((
        value(Relation::Less, tag("less than")),
        value(Relation::Greater, tag("greater than")),
        value(Relation::Equal, alt((tag("of"), tag("was"), tag("is"), tag(":")))),
    ))
    .parse(rest)?;
    let (rest, _) = gap0(rest)?;
    Ok((rest, found))
}

/// ". 001": a point that a space cut off.
fn split(input: &str) -> Read<'_, (f64, u8)> {
    let (rest, _) = (tag("."), take_while_m_n(1, 1, is_gap)).parse(input)?;
    let (rest, places) = digit1(rest)?;
    let value = format!("0.{places}").parse().map_err(|_| NO)?;
    Ok((rest, (value, u8::try_from(places.len()).map_err(|_| NO)?)))
}

/// "p = .03", "P<0.001", "p-value of .03", "ns", "p = n.s."; `at` is the byte of the input in the text.
pub(super) fn p_value(input: &str, at: usize) -> Read<'_, PValue> {
    let end = |rest: &str| at + input.len() - rest.len();
    let ends_word = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric());
    let unstated =
        |rest: &str| PValue { relation: Relation::NotSignificant, value: 0.0, decimals: 0, range: at..end(rest) };
    if let Ok((rest, _)) = not_significant(input)
        && ends_word(rest)
    {
        return Ok((rest, unstated(rest)));
    }
    let (rest, _) = one_of("pP\u{1d45d}\u{1d443}").parse(input)?;
    let (rest, word) = opt(valued).parse(rest)?;
    let said = |input| if word.is_some() { alt((relation, spoken)).parse(input) } else { relation(input) };
    let (rest, relation) = said(rest)?;
    if let Ok((rest, _)) = not_significant(rest)
        && ends_word(rest)
    {
        return Ok((rest, unstated(rest)));
    }
    let (rest, (value, decimals)) = alt((split, signed)).parse(rest)?;
    Ok((rest, PValue { relation, value, decimals, range: at..end(rest) }))
}

/// All p-values of a text, with or without a statistic.
pub fn p_values(text: &str) -> Vec<PValue> {
    let mut found = Vec::new();
    let mut until = 0;
    for at in memchr::memchr2_iter(b'p', b'P', text.as_bytes()) {
        let last = text.get(..at).and_then(|head| head.chars().next_back()).unwrap_or(' ');
        // `<p>2` is a tag
        if last.is_alphanumeric() || matches!(last, '_' | '<' | '/') || at < until {
            continue;
        }
        if let Some(Ok((_, p))) = text.get(at..).map(|rest| p_value(rest, at)) {
            until = p.range.end;
            found.push(p);
        }
    }
    found
}
