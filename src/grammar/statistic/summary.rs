//! Means and medians with their spread: "45.2 ± 12.3", "mean (SD) 3.5 (1.2)", "M = 3.45, SD = 1.2", "median 5 (IQR 3–8)".
//!
//! Takes text; gives centre, spread and, where the same clause prints it, the number of people.

use super::report::signed;
use crate::grammar::number::{Read, digits, gap, gap0, one_word};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n};
use nom::character::complete::one_of;
use nom::combinator::{opt, value};
use std::ops::Range;

/// What the middle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// A mean.
    Mean,
    /// A median.
    Median,
}

/// How far the values lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// A standard deviation and its printed decimals.
    Deviation(f64, u8),
    /// A standard error and its printed decimals.
    Error(f64, u8),
    /// A number behind "±" that is not said to be either.
    Unnamed(f64, u8),
    /// Two quartiles or the ends of a range.
    Between(f64, f64),
}

/// A mean or median with its spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Mean or median.
    pub centre: Centre,
    /// Its value.
    pub value: f64,
    /// Digits printed behind its decimal point.
    pub decimals: u8,
    /// Its spread.
    pub spread: Spread,
    /// The number of people printed as "n = 28" in the same clause.
    pub n: Option<u32>,
    /// Bytes of the text.
    pub range: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Deviation,
    Error,
    Quartiles,
}

fn kind(input: &str) -> Read<'_, Kind> {
    let (rest, found) = alt((
        value(Kind::Deviation, alt((tag("SD"), tag("S.D."), tag("s.d."), tag("sd")))),
        value(Kind::Deviation, tag_no_case("standard deviation")),
        value(Kind::Error, alt((tag("SEM"), tag("SE"), tag("S.E.")))),
        value(Kind::Error, tag_no_case("standard error of the mean")),
        value(Kind::Error, tag_no_case("standard error")),
        value(Kind::Quartiles, alt((tag("IQR"), tag_no_case("interquartile range"), tag_no_case("range")))),
    ))
    .parse(input)?;
    if rest.starts_with(|next: char| next.is_alphanumeric()) { Err(nom::Err::Error(())) } else { Ok((rest, found)) }
}

fn joint(input: &str) -> Read<'_, ()> {
    let (rest, _) = (gap0, opt(one_of(",:=;")), gap0).parse(input)?;
    let (rest, _) = opt((|input| one_word(input, &["of", "was", "is", "were"]), gap0)).parse(rest)?;
    Ok((rest, ()))
}

/// One word of a unit ("3.2 mg", "45 years").
fn unit(input: &str) -> Read<'_, ()> {
    let (rest, _) =
        opt((gap0, take_while_m_n(1, 16, |letter: char| letter.is_alphabetic() || "/%²°".contains(letter))))
            .parse(input)?;
    Ok((rest, ()))
}

fn bounds(input: &str) -> Read<'_, (f64, f64)> {
    let (rest, (low, _)) = signed(input)?;
    let (rest, _) = alt((value((), (gap0, one_of("-\u{2010}\u{2011}\u{2013}\u{2014},;"), gap0)), |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["to", "and"])?;
        gap(rest).map(|(rest, _)| (rest, ()))
    }))
    .parse(rest)?;
    let (rest, (high, _)) = signed(rest)?;
    Ok((rest, (low, high)))
}

/// What stands behind a value: "± 12.3", "(SD 12.3)", ", SD = 1.2", "(IQR 3–8)", and with `named` the bare "(12.3)".
fn spread(input: &str, named: Option<Kind>) -> Read<'_, Spread> {
    let (rest, ()) = unit(input)?;
    let plus = |input| {
        let (rest, _) = (gap0, alt((tag("±"), tag("+/-"), tag("+/\u{2212}"))), gap0).parse(input)?;
        let (rest, (number, decimals)) = signed(rest)?;
        Ok((
            rest,
            match named {
                Some(Kind::Deviation) => Spread::Deviation(number, decimals),
                Some(Kind::Error) => Spread::Error(number, decimals),
                _ => Spread::Unnamed(number, decimals),
            },
        ))
    };
    let said = |input| {
        let (rest, _) = (gap0, opt(one_of(",;")), gap0, opt(one_of("([")), gap0).parse(input)?;
        let (rest, found) = kind(rest)?;
        let (rest, ()) = joint(rest)?;
        let (rest, _) = opt(tag("±")).parse(rest)?;
        let (rest, _) = gap0(rest)?;
        measured(rest, found)
    };
    let bare = |input| {
        let (rest, _) = (gap0, one_of("([")).parse(input)?;
        let (rest, found) = measured(rest, named.ok_or(nom::Err::Error(()))?)?;
        let (rest, _) = one_of(")]").parse(rest)?;
        Ok((rest, found))
    };
    alt((plus, said, bare)).parse(rest).or_else(|_: nom::Err<()>| alt((plus, said, bare)).parse(input))
}

fn measured(input: &str, kind: Kind) -> Read<'_, Spread> {
    match kind {
        Kind::Quartiles => bounds(input).map(|(rest, (low, high))| (rest, Spread::Between(low, high))),
        Kind::Deviation => signed(input).map(|(rest, (number, decimals))| (rest, Spread::Deviation(number, decimals))),
        Kind::Error => signed(input).map(|(rest, (number, decimals))| (rest, Spread::Error(number, decimals))),
    }
}

/// "mean", "mean (SD)", "median [IQR]", "M =".
fn centre(input: &str) -> Read<'_, (Centre, Option<Kind>)> {
    let (rest, found) = alt((
        |input| one_word(input, &["mean", "average"]).map(|(rest, _)| (rest, Centre::Mean)),
        |input| one_word(input, &["median"]).map(|(rest, _)| (rest, Centre::Median)),
        |input| {
            let (rest, _) = tag("M").parse(input)?;
            let (after, _) = (gap0, tag("=")).parse(rest)?;
            let _ = after;
            Ok((rest, Centre::Mean))
        },
    ))
    .parse(input)?;
    let (rest, named) = opt((gap0, one_of("(["), kind, one_of(")]"))).parse(rest)?;
    let (rest, sign) = opt((gap0, tag("±"), gap0, kind)).parse(rest)?;
    Ok((rest, (found, named.map(|named| named.2).or(sign.map(|sign| sign.3)))))
}

/// The number of people printed near a byte range, in the same sentence.
fn people(text: &str, range: &Range<usize>) -> Option<u32> {
    let (mut from, mut to) = (range.start.saturating_sub(80), (range.end + 60).min(text.len()));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let read = |window: &str, last: bool| {
        let mut found = None;
        for (at, _) in window.match_indices(['n', 'N']) {
            if window.get(..at).is_some_and(|head| head.ends_with(char::is_alphanumeric)) {
                continue;
            }
            let number = window.get(at + 1..).and_then(|rest| {
                let (rest, _) = (gap0, tag::<_, _, ()>("="), gap0).parse(rest).ok()?;
                digits(rest).ok().filter(|(_, number)| number.decimals == 0 && number.value < 1e9)
            });
            if let Some((_, number)) = number {
                found = Some(number.value as u32);
                if !last {
                    return found;
                }
            }
        }
        found
    };
    let after = text.get(range.end..to)?;
    let after = after.split(". ").next().unwrap_or_default();
    let before = text.get(from..range.start)?;
    let before = before.rsplit(". ").next().unwrap_or_default();
    let inside = read(text.get(range.clone())?, false);
    inside.or_else(|| read(after, false)).or_else(|| read(before, true))
}

/// The means and medians with spread of a text, in order.
pub fn summaries(text: &str) -> Vec<Summary> {
    let mut found: Vec<Summary> = Vec::new();
    let marked = text.contains(['±', '(', '[']) || text.contains("SD") || text.contains("+/-");
    if !marked || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    let mut last = ' ';
    let mut until = 0;
    for (at, letter) in text.char_indices() {
        let opens = at >= until && !last.is_alphanumeric() && last != '_' && last != '.';
        last = letter;
        if !opens || !(letter.is_ascii_digit() || matches!(letter, 'm' | 'M' | 'a' | 'A' | '.' | '-' | '\u{2212}')) {
            continue;
        }
        let Some(rest) = text.get(at..) else { continue };
        let read = summary(rest);
        if let Ok((rest, (centre, (value, decimals), spread))) = read {
            until = text.len() - rest.len();
            let range = at..until;
            let n = people(text, &range);
            found.push(Summary { centre, value, decimals, spread, n, range });
        }
    }
    found
}

type Read3 = (Centre, (f64, u8), Spread);

fn summary(input: &str) -> Read<'_, Read3> {
    if let Ok((rest, (centre, named))) = centre(input) {
        // up to four words may name what was measured: "mean age was", "mean (SD) score at baseline, "
        let mut rest = rest;
        for _ in 0..5 {
            let (after, ()) = joint(rest)?;
            if let Ok((after, number)) = signed(after) {
                let (rest, spread) = spread(after, named)?;
                return Ok((rest, (centre, number, spread)));
            }
            let (after, _) = crate::grammar::number::letters(after)?;
            rest = after;
        }
        return Err(nom::Err::Error(()));
    }
    let (rest, number) = signed(input)?;
    let (rest, spread) = spread(rest, None)?;
    let centre = if matches!(spread, Spread::Between(..)) { Centre::Median } else { Centre::Mean };
    Ok((rest, (centre, number, spread)))
}

#[cfg(test)]
mod tests;
