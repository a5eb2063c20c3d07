//! Test statistics: `t(28) = 2.20, p = .03`, `F(2, 28) = 4.1`, `χ²(1, N = 90) = 3.5, ns`, `z = −2.42`, `t = 2.2, df = 28`.
//!
//! Takes text; gives every statistic with the p-value printed behind it and what follows from both.

use super::recompute::complete;
use super::report::{NO, p_value, relation, signed};
use super::{PValue, Relation, Statistic};
use crate::grammar::number::{Read, digits, gap0, is_gap, one_word};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n, take_while1};
use nom::character::complete::one_of;
use nom::combinator::{opt, peek, value};

/// The statistics of a text, in order, never overlapping.
pub fn statistics(text: &str) -> Vec<Statistic> {
    let mut found = Vec::new();
    if memchr::memchr3(b'=', b'<', b'>', text.as_bytes()).is_none() {
        return found;
    }
    let mut last = ' ';
    let mut until = 0;
    for (at, letter) in text.char_indices() {
        let opens = !last.is_alphanumeric() && last != '_' && at >= until;
        last = letter;
        if !opens
            || !matches!(
                letter,
                't' | 'F' | 'f' | 'r' | 'z' | 'Z' | 'Q' | 'χ' | 'Χ' | 'X' | 'x' | 'c' | 'C' | '𝜒' | '𝛘'
            )
        {
            continue;
        }
        if let Some(Ok((rest, mut statistic))) = text.get(at..).map(|rest| statistic(rest, text, at)) {
            until = text.len() - rest.len();
            statistic.range = at..until;
            complete(&mut statistic);
            found.push(statistic);
        }
    }
    found
}

fn name(input: &str) -> Read<'_, &'static str> {
    let greek = |input| alt((tag("χ"), tag("Χ"), tag("𝜒"), tag("𝛘"), tag_no_case("chi"))).parse(input);
    let chi = (
        alt((greek, tag("X"), tag("x"))),
        take_while_m_n(0, 2, |letter: char| matches!(letter, '-' | '_' | '^') || letter.is_whitespace()),
        alt((tag("2"), tag("²"), tag_no_case("squared"), tag_no_case("square"))),
    );
    // "χ(3)" lost its square on the way
    let bare = (alt((greek, tag("X"))), peek((gap0, one_of("([{"))));
    let z = (tag_no_case("z"), opt((one_of("- \u{a0}\u{2010}\u{2011}"), tag_no_case("score"))));
    let q = (
        tag("Q"),
        opt(one_of("-_ \u{2010}\u{2011}")),
        opt(alt((
            tag_no_case("within"),
            tag_no_case("between"),
            tag_no_case("total"),
            tag_no_case("model"),
            tag_no_case("residual"),
            tag_no_case("b"),
            tag_no_case("w"),
            tag_no_case("m"),
            tag_no_case("e"),
            tag_no_case("t"),
        ))),
    );
    alt((
        value("chi2", chi),
        value("chi2", bare),
        value("Q", q),
        value("t", tag("t")),
        value("F", (tag_no_case("F"), opt(tag("s")))),
        value("r", tag("r")),
        value("z", z),
    ))
    .parse(input)
}

/// `(28)`, `(2, 28)`, `(2,100)`, `(1, N = 90)`, `[28]`, `{28}`.
fn bracketed<'t>(input: &'t str, test: &str) -> Read<'t, Vec<f64>> {
    let (rest, open) = one_of("([{").parse(input)?;
    let close = match open {
        '(' => ")",
        '[' => "]",
        _ => "}",
    };
    let mut df = Vec::new();
    let (mut rest, _) = gap0(rest)?;
    if test == "F"
        && let Ok((after, (first, _, _))) = (plain, one_of::<&str, _, ()>(",;"), gap0).parse(rest)
    {
        // the comma of F(2,100) stands between two numbers, not in one
        df.push(first);
        rest = after;
    }
    for _ in 0..3 {
        if test == "chi2"
            && let Ok((after, _)) = (opt(one_of("Nn")), gap0, tag::<_, _, ()>("="), gap0).parse(rest)
        {
            // N = 90 is no degree of freedom
            let (after, _) = whole(after)?;
            rest = after;
        } else {
            let (after, _) = opt((tag_no_case("df"), gap0, opt(tag("=")), gap0)).parse(rest)?;
            let (after, number) = whole(after)?;
            df.push(number);
            rest = after;
        }
        (rest, _) = gap0(rest)?;
        if let Ok((after, _)) = one_of::<&str, _, ()>(",;").parse(rest) {
            (rest, _) = gap0(after)?;
        } else {
            break;
        }
    }
    let (rest, _) = tag(close).parse(rest)?;
    if df.is_empty() { Err(NO) } else { Ok((rest, df)) }
}

/// Digits and a point, no sign and no comma.
fn plain(input: &str) -> Read<'_, f64> {
    let (rest, plain) = take_while1(|letter: char| letter.is_ascii_digit() || letter == '.').parse(input)?;
    let number = plain.trim_end_matches('.').parse().map_err(|_| NO)?;
    if plain.len() > 12 { Err(NO) } else { Ok((rest, number)) }
}

/// A number of degrees of freedom: no sign, and its comma is no decimal comma.
fn whole(input: &str) -> Read<'_, f64> {
    // "1,234" is grouped, "2,28" are two
    if let Ok((grouped, number)) = digits(input)
        && number.form == crate::grammar::number::Form::Grouped
    {
        return Ok((grouped, number.value));
    }
    plain(input)
}

/// `t28 =` and `F2,28 =`: degrees of freedom that lost their brackets or stood below the line.
fn lowered<'t>(input: &'t str, test: &str) -> Read<'t, Vec<f64>> {
    match test {
        "t" => whole(input).map(|(rest, first)| (rest, vec![first])),
        "F" => {
            let (rest, (first, _, _)) = (plain, tag(","), gap0).parse(input)?;
            let (rest, second) = whole(rest)?;
            Ok((rest, vec![first, second]))
        }
        _ => Err(NO),
    }
}

/// `, df = 28` behind the value.
fn trailing_df(input: &str) -> Read<'_, Vec<f64>> {
    let (rest, _) = (gap0, opt(one_of(",;(")), gap0).parse(input)?;
    let (rest, _) = alt((tag_no_case("df"), tag_no_case("d.f."), tag_no_case("degrees of freedom"))).parse(rest)?;
    let (rest, _) = (gap0, opt(one_of("=:")), gap0).parse(rest)?;
    let (rest, first) = whole(rest)?;
    let (rest, second) = opt((one_of(",;"), gap0, whole)).parse(rest)?;
    let (rest, _) = opt(tag(")")).parse(rest)?;
    let mut df = vec![first];
    df.extend(second.map(|(_, _, second)| second));
    Ok((rest, df))
}

fn statistic<'t>(input: &'t str, text: &str, at: usize) -> Read<'t, Statistic> {
    let (rest, test) = name(input)?;
    let (after, _) = gap0(rest)?;
    let (rest, mut df) = match alt((|input| bracketed(input, test), |input| lowered(input, test))).parse(after) {
        Ok(found) => found,
        Err(_) => (rest, Vec::new()),
    };
    let (rest, given) = relation(rest)?;
    let (mut rest, (value, decimals)) = signed(rest)?;
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '%' || next == '_') {
        return Err(NO);
    }
    if df.is_empty()
        && let Ok((after, found)) = trailing_df(rest)
    {
        (rest, df) = (after, found);
    }
    let needed = match test {
        "F" => 2,
        "z" => 0,
        _ => 1,
    };
    // a z has no degrees of freedom, a t no second ones, and a correlation does not pass 1: that is another statistic
    let impossible = match test {
        "z" => !df.is_empty(),
        "t" => df.len() > 1,
        "r" => value.abs() > 1.0,
        _ => false,
    };
    if impossible {
        return Err(NO);
    }
    let (after, p) = match printed_p(rest, text) {
        Some((after, p)) => (after, Some(p)),
        None => (rest, None),
    };
    // a bare "r = .3" or "t = 5" is a statistic only with its degrees of freedom
    if df.len() < needed || needed == 0 && p.is_none() {
        return Err(NO);
    }
    let _ = at;
    let statistic = Statistic {
        test,
        df,
        value,
        decimals,
        relation: if given == Relation::NotSignificant { Relation::Equal } else { given },
        p,
        recomputed: None,
        consistent: None,
        decision_error: None,
        range: 0..0,
    };
    Ok((after, statistic))
}

/// The p-value behind a statistic; effect sizes and intervals may stand between.
fn printed_p<'t>(mut rest: &'t str, text: &str) -> Option<(&'t str, PValue)> {
    for _ in 0..4 {
        let (after, spoken) = joint(rest).ok()?;
        if after.len() == rest.len() {
            return None;
        }
        if let Ok((after, p)) = p_value(after, text.len() - after.len()) {
            return Some((after, p));
        }
        // "z = 2.1 and OR = 1.3, p = .02" gives the p-value of another figure
        if spoken {
            return None;
        }
        rest = effect(after).ok()?.0;
    }
    None
}

/// What stands between a statistic and its p-value: `,`, `) (`, `, and`, `with a two-tailed`. Tells whether words do.
fn joint(input: &str) -> Read<'_, bool> {
    let (mut rest, _) = (gap0, opt(one_of(",;)(:")), gap0, opt(one_of("([")), gap0).parse(input)?;
    let mut spoken = false;
    for _ in 0..5 {
        let word = alt((
            value((), |input| one_word(input, &["and", "with", "at", "a", "two", "one", "tailed", "sided"])),
            value((), one_of("12")),
        ));
        let Ok((after, _)) = (word, take_while1(|letter| is_gap(letter) || letter == '-')).parse(rest) else { break };
        (rest, spoken) = (after, true);
    }
    Ok((rest, spoken))
}

/// `d = 0.45`, `η² = .12`, `Cohen’s d = 0.5`, `MSE = 3.2`, `95% CI [0.1, 0.8]`.
fn effect(input: &str) -> Read<'_, ()> {
    alt((interval, size)).parse(input)
}

fn interval(input: &str) -> Read<'_, ()> {
    let (rest, _) = opt((digits, gap0, tag("%"), gap0)).parse(input)?;
    let (rest, _) = (tag("CI"), gap0, opt(one_of(":=")), gap0).parse(rest)?;
    let (rest, _) = opt(one_of("[(")).parse(rest)?;
    let dash = alt((tag(","), tag("to"), tag("–"), tag("-"), tag(";")));
    let (rest, _) = (signed, gap0, dash, gap0, signed).parse(rest)?;
    let (rest, _) = opt(one_of("])")).parse(rest)?;
    Ok((rest, ()))
}

fn size(input: &str) -> Read<'_, ()> {
    let named = |letter: char| letter.is_alphabetic() || "²^_'’- 2\u{a0}".contains(letter);
    let (rest, name) = take_while_m_n(1, 24, named).parse(input)?;
    // another test begins here
    if ["t", "F", "r", "z", "Z", "Q", "p", "P"].contains(&name.trim()) {
        return Err(NO);
    }
    let (rest, _) = relation(rest)?;
    let (rest, _) = signed(rest)?;
    Ok((rest, ()))
}

#[cfg(test)]
mod tests;
