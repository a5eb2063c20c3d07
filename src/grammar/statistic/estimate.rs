//! Estimates: "RR 0.80 (95% CI 0.66 to 0.97; P = .02)", "NNT = 20", "62% (95% CI, 50%–70%)".
//!
//! Takes text; gives each estimate with its interval and p-value, and intervals that have no estimate beside them.
//! Whether an interval fits its estimate is for a check to say.

mod label;
mod name;

use super::PValue;
use super::report::{NO, p_value, relation, signed};
use crate::grammar::number::{Read, digits, gap, gap0, is_gap, one_word};
use memchr::memmem::Finder;
use name::name;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::character::complete::one_of;
use nom::combinator::{opt, value};
use std::ops::Range;
use std::sync::LazyLock;

/// What an estimate measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Relative risk, risk ratio.
    RiskRatio,
    /// Odds ratio.
    OddsRatio,
    /// Hazard ratio.
    HazardRatio,
    /// Rate ratio.
    RateRatio,
    /// Standardised mean difference, Hedges' g, Cohen's d.
    StandardisedDifference,
    /// Mean difference.
    MeanDifference,
    /// Absolute risk reduction, risk difference.
    RiskDifference,
    /// Relative risk reduction.
    RelativeReduction,
    /// Number needed to treat or harm.
    NumberNeeded,
    /// A mean.
    Mean,
    /// A correlation.
    Correlation,
    /// A percentage.
    Percent,
    /// Anything else with an interval.
    Other,
}

impl Measure {
    /// The name in messages and grades.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RiskRatio => "RR",
            Self::OddsRatio => "OR",
            Self::HazardRatio => "HR",
            Self::RateRatio => "IRR",
            Self::StandardisedDifference => "SMD",
            Self::MeanDifference => "MD",
            Self::RiskDifference => "ARR",
            Self::RelativeReduction => "RRR",
            Self::NumberNeeded => "NNT",
            Self::Mean => "mean",
            Self::Correlation => "r",
            Self::Percent => "percent",
            Self::Other => "other",
        }
    }

    /// The value that means "no effect": 1 of ratios, 0 of differences.
    pub const fn null(self) -> Option<f64> {
        match self {
            Self::RiskRatio | Self::OddsRatio | Self::HazardRatio | Self::RateRatio => Some(1.0),
            Self::StandardisedDifference | Self::MeanDifference | Self::RiskDifference | Self::Correlation => Some(0.0),
            _ => None,
        }
    }
}

/// A confidence (or credible) interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// Its level in percent, where printed.
    pub level: Option<f64>,
    /// The first bound as printed.
    pub low: f64,
    /// The second bound as printed.
    pub high: f64,
    /// Digits printed behind the decimal point (the larger of the two).
    pub decimals: u8,
    /// True when a bound has a percent sign.
    pub percent: bool,
    /// True for a credible or prediction interval.
    pub credible: bool,
    /// Bytes of the text, from the level to the second bound.
    pub range: Range<usize>,
}

/// An estimate with what is printed beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What it measures.
    pub measure: Measure,
    /// The estimate; `None` where an interval stands alone.
    pub value: Option<f64>,
    /// Digits printed behind its decimal point.
    pub decimals: u8,
    /// True when it is printed with a percent sign.
    pub percent: bool,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The p-value behind it.
    pub p: Option<PValue>,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// What may stand between a name and its value: "(RR)", "of", "was", `=`, `,`.
fn connector(input: &str) -> Read<'_, ()> {
    let short = |input| {
        let (rest, _) = one_of("([").parse(input)?;
        let (rest, _) = alt((heading, |input| name(input).map(|(rest, _)| (rest, 0.0)))).parse(rest)?;
        let (rest, _) = one_of(")]").parse(rest)?;
        Ok((rest, ()))
    };
    let mut rest = input;
    for _ in 0..4 {
        let (after, _) = gap0(rest)?;
        let next = alt((short, value((), one_of(",:=(")), |input| {
            one_word(input, &["of", "was", "is", "were", "score", "value"]).map(|(rest, _)| (rest, ()))
        }))
        .parse(after);
        match next {
            Ok((after, ())) => rest = after,
            Err(_) => return Ok((after, ())),
        }
    }
    gap0(rest).map(|(rest, _)| (rest, ()))
}

/// "95% CI" as the head of a column of figures: the level.
fn heading(input: &str) -> Read<'_, f64> {
    let (rest, level) = digits(input)?;
    let (rest, _) = (gap0, tag("%"), gap0, alt((tag("CI"), tag("CrI")))).parse(rest)?;
    Ok((rest, level.value))
}

/// A signed number, with a percent sign or not.
fn figure(input: &str) -> Read<'_, (f64, u8, bool)> {
    let (rest, (number, decimals)) = signed(input)?;
    let (rest, percent) = opt((gap0, alt((tag("%"), tag_no_case("percent"), tag_no_case("per cent"))))).parse(rest)?;
    if percent.is_none() && rest.starts_with(|next: char| next.is_alphanumeric() || next == '_') {
        return Err(NO);
    }
    Ok((rest, (number, decimals, percent.is_some())))
}

/// "95% CI 0.6 to 0.9", "95 % confidence interval [CI], 0.6–0.9", "CI: −0.3, 1.2".
fn interval(input: &str, at: usize) -> Read<'_, Interval> {
    let (rest, level) = opt(|input| {
        let (rest, level) = digits(input)?;
        let (rest, _) =
            (gap0, alt((tag("%"), tag_no_case("percent"), tag_no_case("per cent"))), opt(one_of("-\u{2011}")), gap0)
                .parse(rest)?;
        Ok((rest, level.value))
    })
    .parse(input)?;
    let long = |input| {
        let (rest, kind) = one_word(input, &["confidence", "credible", "credibility", "prediction", "compatibility"])?;
        let (rest, _) = gap(rest)?;
        let (rest, _) = one_word(rest, &["interval", "intervals", "limits"])?;
        let (rest, _) =
            opt((gap0, one_of("(["), one_of("Cc"), opt(tag("r")), one_of("Ii"), one_of(")]"))).parse(rest)?;
        Ok((rest, kind == "credible" || kind == "credibility" || kind == "prediction"))
    };
    let short =
        alt((value(true, alt((tag("CrI"), tag("PI")))), value(false, alt((tag("CIs"), tag("CI"), tag("C.I."))))));
    let (rest, credible) = alt((long, short)).parse(rest)?;
    if level.is_none() && rest.starts_with(|next: char| next.is_alphanumeric()) {
        return Err(NO);
    }
    let (rest, _) = gap0(rest)?;
    let (rest, _) = opt(alt((value((), one_of(",:=")), |input| {
        one_word(input, &["of", "was", "is", "from", "between", "ranging", "range"]).map(|(rest, _)| (rest, ()))
    })))
    .parse(rest)?;
    let (rest, _) = gap0(rest)?;
    let (rest, _) = opt(|input| one_word(input, &["from", "between"])).parse(rest)?;
    let (rest, _) = (gap0, opt(one_of("([{")), gap0).parse(rest)?;
    bounds(rest, level, credible, at, input)
}

/// "0.6 to 0.9", "−0.3, 1.2": the bounds of an interval whose level was read from `input` at byte `at`.
fn bounds<'t>(rest: &'t str, level: Option<f64>, credible: bool, at: usize, input: &str) -> Read<'t, Interval> {
    let (rest, (low, low_decimals, percent)) = figure(rest)?;
    let dash = value((), (gap0, one_of("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}"), gap0));
    let comma = value((), (gap0, one_of(",;"), gap0));
    let spoken = |input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["to", "and", "through"])?;
        gap(rest).map(|(rest, _)| (rest, ()))
    };
    let (rest, ()) = alt((spoken, comma, dash)).parse(rest)?;
    let (rest, (high, high_decimals, again)) = figure(rest)?;
    let end = at + input.len() - rest.len();
    let decimals = low_decimals.max(high_decimals);
    Ok((rest, Interval { level, low, high, decimals, credible, percent: percent || again, range: at..end }))
}

/// The p-value behind an estimate or its interval, inside the same bracket or behind a comma.
fn behind(input: &str, at: usize) -> Option<PValue> {
    let mut rest = input;
    for _ in 0..3 {
        rest = gap0(rest).ok()?.0;
        rest = rest.strip_prefix([',', ';', ')', ']', '(']).unwrap_or(rest);
    }
    rest = gap0(rest).ok()?.0;
    let (rest, _) = opt((|input| one_word(input, &["and", "with"]), gap)).parse(rest).ok()?;
    p_value(rest, at + input.len() - rest.len()).ok().map(|(_, p)| p)
}

/// Units that stand between an estimate and its interval; "women" or "patients" would make it another figure.
const UNITS: &[&str] = &[
    "points", "point", "units", "unit", "mg", "mcg", "g", "kg", "lb", "mm", "cm", "m", "mmHg", "Hg", "min", "minutes",
    "hours", "h", "days", "weeks", "months", "years", "kcal", "kJ", "mmol/L", "mg/dL", "ng/mL", "g/L", "L", "mL",
    "kg/m²", "SD", "pp",
];

/// The number that ends a text, with the byte where it begins.
fn last_figure(head: &str) -> Option<(usize, f64, u8, bool)> {
    let trimmed = head.trim_end_matches(|letter: char| is_gap(letter) || "([,;:".contains(letter));
    if head.len() - trimmed.len() > 6 {
        return None;
    }
    let signed_off =
        |sign: &str, percent| trimmed.strip_suffix(sign).map(|rest| (rest.trim_end_matches(is_gap), percent));
    let bare = signed_off("%", true)
        .or_else(|| signed_off("percentage points", false))
        .or_else(|| signed_off("per cent", true))
        .or_else(|| signed_off(" percent", true));
    let (number, percent) = bare.unwrap_or_else(|| {
        // a unit may stand between: "3.2 mg (95% CI …"
        let unit = trimmed.trim_end_matches(|letter: char| letter.is_alphabetic() || "/²".contains(letter));
        let word = trimmed.get(unit.len()..).unwrap_or_default();
        let known = UNITS.iter().any(|unit| word.eq_ignore_ascii_case(unit));
        (if known { unit.trim_end_matches(is_gap) } else { trimmed }, false)
    });
    let length =
        number.bytes().rev().take(12).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let mut start = number.len() - length;
    let middle_dot = number.get(..start)?.strip_suffix('\u{b7}');
    if let Some(whole) = middle_dot {
        start = whole.len() - whole.bytes().rev().take(6).take_while(u8::is_ascii_digit).count();
    }
    let before = number.get(..start)?;
    if let Some(sign) = before.chars().next_back().filter(|sign| matches!(sign, '-' | '\u{2212}' | '\u{2013}')) {
        let opens = before.get(..before.len() - sign.len_utf8())?;
        if opens.is_empty() || opens.ends_with(|last: char| is_gap(last) || "(=,;".contains(last)) {
            start -= sign.len_utf8();
        } else {
            return None;
        }
    } else if before.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
        return None;
    }
    let (rest, (value, decimals)) = signed(number.get(start..)?).ok()?;
    rest.is_empty().then_some((start, value, decimals, percent))
}

/// The last percentage of the clause that ends a text.
fn share_before(head: &str) -> Option<(usize, f64, u8, bool)> {
    let clause = head.rfind([';', '?', '!', ':']).max(head.rfind(". ")).map_or(0, |end| end + 1);
    let sign = head.rfind('%').filter(|sign| *sign > clause)?;
    last_figure(head.get(..=sign)?)
}

/// The name that stands before a value, in the same clause and with no other figure between: its byte and measure.
fn named_before(text: &str, value: usize) -> Option<(usize, Measure)> {
    let mut floor = value.saturating_sub(70);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let head = text.get(floor..value)?;
    let clause = head.rfind([';', '.', '?', '!']).map_or(0, |end| end + 1);
    let clause = head.rfind(|letter: char| letter.is_ascii_digit()).map_or(clause, |digit| clause.max(digit + 1));
    let mut found = None;
    let mut last = ' ';
    let mut until = 0;
    for (at, letter) in head.char_indices() {
        let opens = at >= clause && at >= until && !last.is_alphanumeric();
        last = letter;
        if opens && let Some(Ok((rest, measure))) = head.get(at..).map(name) {
            until = head.len() - rest.len();
            // "odds ratio (OR)": the long name begins it
            let again = found.is_some_and(|(_, known)| known == measure);
            if !again {
                found = Some((floor + at, measure));
            }
        }
    }
    found
}

/// The estimates of a text, in order.
pub fn estimates(text: &str) -> Vec<Estimate> {
    let (mut found, taken) = read(text);
    if has_figure(text) {
        found.extend(named(text, &taken));
    }
    found.sort_by_key(|estimate| estimate.range.start);
    found
}

/// The estimates of a text that are printed with an interval, and intervals that stand alone, in order.
pub fn intervals(text: &str) -> Vec<Estimate> {
    let (mut found, _) = read(text);
    found.sort_by_key(|estimate| estimate.range.start);
    found
}

fn has_figure(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// What the long names of intervals are made of, their first letters left out since they may be capitals.
static CALLED: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["onfidence", "redib", "rediction", "ompatib"].map(Finder::new));

/// What is printed with an interval, and the places of its values.
fn read(text: &str) -> (Vec<Estimate>, Vec<usize>) {
    let mut found: Vec<Estimate> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    // every interval is called one
    let is_called = || {
        let bytes = text.as_bytes();
        let short = |at: usize| matches!(bytes.get(at + 1..), Some([b'I' | b'O' | b'R' | b'.', ..] | [b'r', b'I', ..]));
        memchr::memchr2_iter(b'C', b'P', bytes).any(short) || CALLED.iter().any(|name| name.find(bytes).is_some())
    };
    if !has_figure(text) || !is_called() {
        return (found, taken);
    }
    let mut until = 0;
    let mut last = ' ';
    for (at, letter) in text.char_indices() {
        let opens = at >= until && !last.is_alphanumeric() && last != '.';
        last = letter;
        if !opens || !(letter.is_ascii_digit() || matches!(letter, 'C' | 'c' | 'P' | 'p')) {
            continue;
        }
        let Some(Ok((rest, interval))) = text.get(at..).map(|rest| interval(rest, at)) else { continue };
        until = interval.range.end;
        let p = behind(rest, until);
        let head = text.get(..at).unwrap_or_default();
        // a share in percent is not the interval of a plain number, and "2,275 women" is no estimate
        let figure = last_figure(head).filter(|figure| figure.3 || !interval.percent);
        let figure = figure.map_or(figure, |figure| {
            let is_label = !figure.3 && figure.2 == 0 && label::is_label(head, figure.0, interval.decimals > 0);
            if is_label { share_before(head) } else { Some(figure) }
        });
        let (start, measure) = match figure {
            Some((start, ..)) => named_before(text, start).unwrap_or((
                start,
                if figure.is_some_and(|figure| figure.3) { Measure::Percent } else { Measure::Other },
            )),
            None => (at, named_before(text, at).map_or(Measure::Other, |(_, measure)| measure)),
        };
        taken.extend(figure.map(|figure| figure.0));
        found.push(Estimate {
            measure,
            value: figure.map(|figure| figure.1),
            decimals: figure.map_or(0, |figure| figure.2),
            percent: figure.is_some_and(|figure| figure.3),
            range: start..p.as_ref().map_or(until, |p| p.range.end),
            interval: Some(interval),
            p,
        });
    }
    (found, taken)
}

/// Estimates with a name and without an interval.
fn named(text: &str, taken: &[usize]) -> Vec<Estimate> {
    let mut found = Vec::new();
    let mut last = ' ';
    let mut until = 0;
    for (at, letter) in text.char_indices() {
        let opens = at >= until && !last.is_alphanumeric() && letter.is_ascii_alphabetic();
        last = letter;
        if !opens {
            continue;
        }
        let Some(Ok((rest, measure))) = text.get(at..).map(name) else { continue };
        let level = (gap0, one_of("(["), heading).parse(rest).ok().map(|(_, (_, _, level))| level);
        let Ok((rest, ())) = connector(rest) else { continue };
        // "r < .3" bounds an estimate; "RR > 1" says too little to be one
        if relation(rest).is_ok_and(|(_, found)| found != super::Relation::Equal)
            || matches!(measure, Measure::Mean | Measure::Correlation)
        {
            continue;
        }
        let value_at = text.len() - rest.len();
        let Ok((rest, (value, decimals, percent))) = figure(rest) else { continue };
        if taken.contains(&value_at) {
            continue;
        }
        // "OR (95% CI) 0.97 (0.86–1.10)"
        let interval = level.and_then(|level| {
            let (rest, _) = (gap0, one_of::<&str, _, ()>("(["), gap0).parse(rest).ok()?;
            bounds(rest, Some(level), false, text.len() - rest.len(), rest).ok()
        });
        let (rest, interval) = interval.map_or((rest, None), |(rest, interval)| (rest, Some(interval)));
        until = text.len() - rest.len();
        let p = behind(rest, until);
        let end = p.as_ref().map_or(until, |p| p.range.end);
        found.push(Estimate { measure, value: Some(value), decimals, percent, interval, p, range: at..end });
    }
    found
}

#[cfg(test)]
mod tests;
