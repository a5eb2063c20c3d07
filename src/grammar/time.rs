//! Calendar time: dates, years, decades.
//!
//! Takes the text from a day, a month or a year on; gives days since 1970-01-01 or the number of a year.
//! Durations are quantities like any other.

use super::number::{Read, gap, gap0, hyphen, one_word, word};
use jiff::civil::Date;
use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{opt, recognize, verify};
use nom::sequence::preceded;

const NO: nom::Err<()> = nom::Err::Error(());

/// A point or stretch of calendar time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Calendar {
    /// A day, in days since 1970-01-01.
    Day(f64),
    /// The first and the last day of a month or of "12–15 November 2020".
    Days(f64, f64),
    /// A year or the first and the last year of a decade.
    Years(f64, f64),
    /// A day and a month without a year: no quantity.
    Yearless,
}

fn days(year: u16, month: i8, day: i8) -> Option<f64> {
    let date = Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    let epoch = Date::new(1970, 1, 1).ok()?;
    i32::try_from(date.duration_since(epoch).as_hours() / 24).ok().map(f64::from)
}

fn digits(input: &str, least: usize, most: usize) -> Read<'_, u16> {
    let (rest, text) = verify(digit1, |text: &str| (least..=most).contains(&text.len())).parse(input)?;
    text.parse().map(|number| (rest, number)).map_err(|_| NO)
}

/// The number of a month, 1 to 12.
pub fn month(input: &str) -> Read<'_, i8> {
    let (rest, found) = word(input)?;
    let number = match found.as_str() {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return Err(NO),
    };
    if !input.starts_with(|first: char| first.is_ascii_uppercase()) {
        return Err(NO);
    }
    let (rest, _) = if found.as_str().len() < 5 { opt(char('.')).parse(rest)? } else { (rest, None) };
    Ok((rest, number))
}

fn year(input: &str) -> Read<'_, u16> {
    let (rest, year) = verify(|input| digits(input, 4, 4), |year: &u16| (1800..2100).contains(year)).parse(input)?;
    if rest.starts_with(|next: char| next.is_alphanumeric()) { Err(NO) } else { Ok((rest, year)) }
}

fn ordinal_suffix(input: &str) -> Read<'_, &str> {
    one_word(input, &["st", "nd", "rd", "th"])
}

fn of_month(day: u16, month: i8, year: u16) -> Option<Calendar> {
    days(year, month, i8::try_from(day).ok()?).map(Calendar::Day)
}

/// "May 8, 1945", "May 8th 1945", "May 2020", "May 8".
pub fn month_first(input: &str) -> Read<'_, Calendar> {
    let (rest, month) = month(input)?;
    let (rest, _) = opt(char(',')).parse(rest)?;
    let (rest, _) = gap(rest)?;
    if let Ok((rest, year)) = year(rest) {
        let first = days(year, month, 1).ok_or(NO)?;
        let last = if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) }.ok_or(NO)? - 1.0;
        return Ok((rest, Calendar::Days(first, last)));
    }
    let (rest, day) = verify(|input| digits(input, 1, 2), |day: &u16| (1..=31).contains(day)).parse(rest)?;
    let (rest, _) = opt(ordinal_suffix).parse(rest)?;
    let (rest, last) = opt(to_day).parse(rest)?;
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '%') || starts_decimal(rest) {
        return Err(NO);
    }
    let with_year = (gap0, opt(char(',')), gap0, year).parse(rest);
    match with_year {
        Ok((rest, (_, _, _, year))) => span(day, last.unwrap_or(day), month, year).map(|found| (rest, found)).ok_or(NO),
        Err(_) => Ok((rest, Calendar::Yearless)),
    }
}

fn starts_decimal(rest: &str) -> bool {
    preceded(one_of(".,"), digit1::<&str, ()>).parse(rest).is_ok()
}

/// The second day of "12–15 November", "12 to 15 November".
fn to_day(input: &str) -> Read<'_, u16> {
    let spoken = |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["to", "and"])?;
        gap(rest)
    };
    let (rest, _) = alt((spoken, recognize((gap0, hyphen, gap0)))).parse(input)?;
    let (rest, day) = verify(|input| digits(input, 1, 2), |day: &u16| (1..=31).contains(day)).parse(rest)?;
    let (rest, _) = opt(ordinal_suffix).parse(rest)?;
    Ok((rest, day))
}

/// One day of a month, or the first and the last of several.
fn span(first: u16, last: u16, month: i8, year: u16) -> Option<Calendar> {
    let day = |day: u16| days(year, month, i8::try_from(day).ok()?);
    let (from, to) = (day(first)?, day(last)?);
    Some(if first < last { Calendar::Days(from, to) } else { Calendar::Day(from) })
}

/// "8 May 1945", "8th of May 1945", "2020-01-05", "5/8/1945", "1970s", "1970’s".
pub fn digits_first(input: &str) -> Read<'_, Calendar> {
    if let Ok(found) = numeric(input) {
        return Ok(found);
    }
    if let Ok((rest, decade)) = decade(input) {
        return Ok((rest, decade));
    }
    let (rest, day) = verify(|input| digits(input, 1, 2), |day: &u16| (1..=31).contains(day)).parse(input)?;
    let (rest, _) = opt(ordinal_suffix).parse(rest)?;
    let (rest, last) = opt(to_day).parse(rest)?;
    let (rest, _) = gap(rest)?;
    let (rest, _) = opt(|input| {
        let (rest, _) = one_word(input, &["of"])?;
        gap(rest)
    })
    .parse(rest)?;
    let (rest, month) = month(rest)?;
    let with_year = (opt(char(',')), gap, year).parse(rest);
    match with_year {
        Ok((rest, (_, _, year))) => span(day, last.unwrap_or(day), month, year).map(|found| (rest, found)).ok_or(NO),
        Err(_) => Ok((rest, Calendar::Yearless)),
    }
}

/// "2020-01-05" and, where only one reading is possible, "25/12/2020".
fn numeric(input: &str) -> Read<'_, Calendar> {
    let (rest, first) = digits(input, 1, 4)?;
    let (rest, separator) = one_of("-/.").parse(rest)?;
    let (rest, second) = digits(rest, 1, 2)?;
    let (rest, _) = char(separator).parse(rest)?;
    let (rest, third) = digits(rest, 1, 4)?;
    if rest.starts_with(|next: char| next.is_alphanumeric())
        || preceded(one_of("-/."), digit1::<&str, ()>).parse(rest).is_ok()
    {
        return Err(NO);
    }
    let day = match (first, second, third) {
        (1800..2100, 1..=12, 1..=31) => of_month(third, i8::try_from(second).map_err(|_| NO)?, first),
        (13..=31, 1..=12, 1800..2100) => of_month(first, i8::try_from(second).map_err(|_| NO)?, third),
        (1..=12, 13..=31, 1800..2100) => of_month(second, i8::try_from(first).map_err(|_| NO)?, third),
        (1..=12, 1..=12, 1800..2100) => Some(Calendar::Yearless),
        _ => None,
    };
    day.map(|day| (rest, day)).ok_or(NO)
}

/// "1970s", "1970’s".
fn decade(input: &str) -> Read<'_, Calendar> {
    let (rest, first) = digits(input, 4, 4)?;
    let (rest, _) = opt(one_of("'\u{2019}")).parse(rest)?;
    let (rest, _) = one_of("sS").parse(rest)?;
    if first % 10 != 0 || !(1700..2100).contains(&first) || rest.starts_with(|next: char| next.is_alphanumeric()) {
        return Err(NO);
    }
    Ok((rest, Calendar::Years(f64::from(first), f64::from(first + 9))))
}
