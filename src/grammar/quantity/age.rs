//! Ages: "18 years old", "6 weeks of age", "aged 12 to 17", "87 yo", "people over 65", "in their 40s".
//!
//! Takes an amount and what stands around it; gives years. Knows no other quantity.

use super::QuantityKind;
use super::amount::{Amount, Scene};
use super::bound::words_back;
use super::range::amount;
use super::unit::{Measure, Units};
use crate::grammar::number::{Read, gap, gap0, hyphen, one_word, word};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::combinator::{opt, recognize, value};
use nom::sequence::preceded;

const NO: nom::Err<()> = nom::Err::Error(());

/// Years that one of a unit of time makes.
pub fn years(unit: Option<&Measure>) -> f64 {
    match unit.map(|unit| (&*unit.symbol, unit.factor)) {
        None | Some(("y", _)) => 1.0,
        Some(("mo", _)) => 1.0 / 12.0,
        Some((_, factor)) => factor / 86400.0 / 365.25,
    }
}

/// "old", "-old", "-olds", "of age", "yo", "y/o" behind an amount.
pub fn behind<'t>(amount: &Amount, rest: &'t str) -> Read<'t, ()> {
    let time = amount.unit().is_some_and(|unit| unit.kind == QuantityKind::Duration);
    if time {
        let joint = alt((recognize((gap0, hyphen, gap0)), gap));
        let old = preceded(joint, |input| one_word(input, &["old", "olds"]));
        let of_age = |input| {
            let (rest, _) = gap(input)?;
            let (rest, _) = one_word(rest, &["of"])?;
            let (rest, _) = gap(rest)?;
            one_word(rest, &["age"])
        };
        return value((), alt((old, of_age))).parse(rest);
    }
    if amount.low.unit.is_some() {
        return Err(NO);
    }
    let (after, _) = alt((recognize(hyphen), gap0)).parse(rest)?;
    let (after, _) = alt((tag_no_case("y/o"), tag_no_case("y.o."), |input| {
        let (rest, _) = one_word(input, &["yo", "yos", "yr-old"])?;
        Ok((rest, ""))
    }))
    .parse(after)?;
    if after.starts_with(|next: char| next.is_alphanumeric()) { Err(NO) } else { Ok((after, ())) }
}

/// The byte of the "the" before "age", or that of "age".
pub fn article_before(scene: Scene<'_>, at: usize, floor: usize) -> usize {
    let before = scene.text.get(floor..at).unwrap_or_default();
    words_back(before).next().filter(|(_, word)| word.as_str() == "the").map_or(at, |(start, _)| floor + start)
}

/// True when a bound on a number speaks of people's age: "people over", "children under", "older than".
pub fn told_by(units: &Units, before: &str, start_of_number: &str) -> bool {
    // `before` ends where the bound begins; `start_of_number` is the bound itself
    let bound_says = start_of_number
        .split_whitespace()
        .any(|word| word.eq_ignore_ascii_case("older") || word.eq_ignore_ascii_case("younger"));
    let sided = start_of_number
        .split_whitespace()
        .any(|word| ["over", "under", "above", "below"].iter().any(|side| word.eq_ignore_ascii_case(side)));
    bound_says || sided && words_back(before).next().is_some_and(|(_, word)| units.is_person(word.as_str()))
}

/// "aged 12 to 17", "age 65", "ages 5-11", "age of 18", "aged between 5 and 11 years": the amount, and where it begins.
pub fn introduced<'t>(scene: Scene<'t>, input: &'t str, between: bool) -> Read<'t, (Amount, usize)> {
    let (rest, _) = one_word(input, &["age", "aged", "ages"])?;
    let (mut rest, _) = gap(rest)?;
    let mut between = between;
    for _ in 0..3 {
        let next = |input| {
            let (rest, found) = word(input)?;
            if ![
                "of",
                "between",
                "from",
                "about",
                "around",
                "over",
                "under",
                "at",
                "least",
                "approximately",
                "up",
                "to",
                "than",
                "above",
                "below",
                "older",
                "younger",
                "more",
                "less",
                "range",
                "group",
                "was",
                "is",
                "only",
                "just",
            ]
            .contains(&found.as_str())
            {
                return Err(NO);
            }
            gap(rest).map(|(rest, _)| (rest, found))
        };
        let Ok((after, found)) = next(rest) else { break };
        between |= matches!(found.as_str(), "between" | "from");
        rest = after;
    }
    let (rest, _) = opt(alt((tag("<"), tag(">"), tag("≥"), tag("≤")))).parse(rest)?;
    let (rest, _) = gap0(rest)?;
    let start = scene.at(rest);
    let (after, found) = amount(scene, rest, between)?;
    let unit = found.unit();
    let fits = match unit {
        None => found.low.number.value <= 120.0 && !after.starts_with(['%', '/', ':']) && found.low.number.scale == 1.0,
        Some(unit) => unit.kind == QuantityKind::Duration,
    };
    if fits { Ok((after, (found, start))) } else { Err(NO) }
}

/// "40s" of "in their 40s", "65s" of "the over 65s": lower and upper age.
pub fn decade<'t>(scene: Scene<'t>, at: usize) -> Option<(f64, f64, usize)> {
    let rest = scene.from(at);
    let digits: &str = rest.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let value: f64 = digits.parse().ok()?;
    let after = rest.get(2..)?;
    let after = after.strip_prefix(['\'', '\u{2019}']).unwrap_or(after);
    let after = after.strip_prefix('s')?;
    if after.starts_with(|next: char| next.is_alphanumeric()) {
        return None;
    }
    let head = scene.before(at).trim_end_matches(['-', '\u{2011}']);
    let (_, word) = words_back(head).next()?;
    let end = scene.at(after);
    match word.as_str() {
        "their" | "his" | "her" | "my" | "your" | "our" | "early" | "mid" | "late" | "the" | "and" | "or" | "to"
            if value >= 20.0 && value % 10.0 == 0.0 =>
        {
            Some((value, value + 9.0, end))
        }
        "over" | "under" => Some((value, value, end)),
        _ => None,
    }
}
