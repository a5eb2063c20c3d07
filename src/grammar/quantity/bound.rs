//! Words and signs on a number that bound it: "up to", "at least", "about", `<`, "or more".
//!
//! Takes the text before or behind a number; gives the bound and how much of the text it is. Knows no unit.

use super::Bound;
use crate::grammar::number::{Lower, Read, gap, is_gap, one_word, word};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::value;
use nom::sequence::preceded;

/// The bound at the end of the text before a number, and the byte at which it begins.
pub fn before(text: &str) -> Option<(usize, Bound)> {
    let mut found: Option<(usize, Bound)> = None;
    let mut end = text.len();
    for _ in 0..3 {
        let Some((start, bound)) = text.get(..end).and_then(last) else { break };
        found = Some((
            start,
            match found {
                // "no more than about 10": the stronger one holds
                Some((_, inner @ (Bound::AtMost | Bound::AtLeast))) => inner,
                _ => bound,
            },
        ));
        end = start;
    }
    let (start, bound) = found?;
    let start = text.get(..start).and_then(softener).unwrap_or(start);
    Some((start, bound))
}

/// The last words of a text, last first, with their first bytes.
pub fn words_back(text: &str) -> impl Iterator<Item = (usize, Lower)> + '_ {
    let mut end = text.len();
    std::iter::from_fn(move || {
        let head = text.get(..end)?;
        let trimmed = head.trim_end_matches(is_gap);
        if head.len() - trimmed.len() > 12 {
            return None;
        }
        let start = trimmed.len() - trimmed.bytes().rev().take(20).take_while(u8::is_ascii_alphabetic).count();
        let (_, found) = trimmed.get(start..).and_then(|rest| word(rest).ok())?;
        if trimmed.get(..start)?.ends_with(|letter: char| letter.is_alphanumeric() || letter == '\'') {
            return None;
        }
        end = start;
        Some((start, found))
    })
}

/// "just", "well", "a little" before "over", "under", "more than".
fn softener(text: &str) -> Option<usize> {
    let mut words = words_back(text);
    let (start, word) = words.next()?;
    match word.as_str() {
        "just" | "well" | "slightly" | "somewhat" | "far" | "anywhere" | "only" => Some(start),
        "little" | "bit" => words.next().filter(|(_, word)| word.as_str() == "a").map(|(start, _)| start),
        _ => None,
    }
}

fn last(text: &str) -> Option<(usize, Bound)> {
    let trimmed = text.trim_end_matches(is_gap);
    if text.len() - trimmed.len() > 6 {
        return None;
    }
    let sign = trimmed.chars().next_back()?;
    if !sign.is_ascii_alphabetic() {
        let bound = match sign {
            '<' | '≤' | '\u{2a7d}' | '≦' => Bound::AtMost,
            '>' | '≥' | '\u{2a7e}' | '≧' => Bound::AtLeast,
            '~' | '≈' | '∼' | '≃' | '≅' | '±' => Bound::About,
            '=' => {
                let head = trimmed.strip_suffix('=')?;
                let bound = match head.chars().next_back()? {
                    '<' => Bound::AtMost,
                    '>' => Bound::AtLeast,
                    _ => return None,
                };
                return Some((head.len() - 1, bound));
            }
            '.' => {
                let (start, word) = words_back(trimmed.strip_suffix('.')?).next()?;
                let bound = match word.as_str() {
                    "approx" | "ca" | "c" => Bound::About,
                    "max" => Bound::AtMost,
                    _ => return None,
                };
                return Some((start, bound));
            }
            _ => return None,
        };
        // an HTML tag or an arrow is not a bound
        let head = trimmed.len() - sign.len_utf8();
        return (!trimmed.get(..head)?.ends_with(['-', '=', '<', '>'])).then_some((head, bound));
    }
    let mut words = words_back(trimmed);
    let (start, word) = words.next()?;
    let mut back = || words.next();
    let article = |start: usize, next: Option<(usize, Lower)>| match next {
        Some((at, word)) if matches!(word.as_str(), "a" | "the" | "an") => at,
        _ => start,
    };
    Some(match word.as_str() {
        "than" => {
            let (start, comparative) = back()?;
            let bound = match comparative.as_str() {
                "more" | "greater" | "higher" | "longer" | "older" | "larger" | "later" | "heavier" | "taller" => {
                    Bound::AtLeast
                }
                "less" | "fewer" | "lower" | "shorter" | "younger" | "smaller" | "earlier" | "sooner" => Bound::AtMost,
                _ => return None,
            };
            match back() {
                Some((at, word)) if matches!(word.as_str(), "no" | "not" | "never" | "nor") => {
                    (at, if bound == Bound::AtLeast { Bound::AtMost } else { Bound::AtLeast })
                }
                _ => (start, bound),
            }
        }
        "to" => {
            let (start, head) = back()?;
            match head.as_str() {
                "up" => (start, Bound::AtMost),
                "close" | "near" => (start, Bound::About),
                _ => return None,
            }
        }
        "most" | "least" => {
            let bound = if word.as_str() == "most" { Bound::AtMost } else { Bound::AtLeast };
            let (mut at, mut head) = back()?;
            if head.as_str() == "the" || head.as_str() == "very" {
                (at, head) = back()?;
            }
            if head.as_str() == "the" {
                (at, head) = back()?;
            }
            if head.as_str() != "at" {
                return None;
            }
            (at, bound)
        }
        "of" => {
            let (start, head) = back()?;
            match head.as_str() {
                "maximum" | "max" => (article(start, back()), Bound::AtMost),
                "minimum" | "min" => (article(start, back()), Bound::AtLeast),
                "upwards" | "upward" => (start, Bound::AtLeast),
                "excess" => {
                    (back().filter(|(_, word)| word.as_str() == "in").map_or(start, |(at, _)| at), Bound::AtLeast)
                }
                "estimate" | "total" | "order" | "region" => {
                    let about = matches!(head.as_str(), "order" | "region");
                    let (at, the) = back()?;
                    let (first, preposition) = back()?;
                    if !about || the.as_str() != "the" || !matches!(preposition.as_str(), "on" | "in" | "of") {
                        return None;
                    }
                    let _ = at;
                    (first, Bound::About)
                }
                _ => return None,
            }
        }
        "as" => {
            let (_, head) = back()?;
            let bound = match head.as_str() {
                "many" | "much" | "long" | "high" | "late" | "old" | "large" => Bound::AtMost,
                "few" | "little" | "low" | "short" | "soon" | "early" | "young" | "small" | "quickly" => Bound::AtLeast,
                _ => return None,
            };
            let (start, first) = back()?;
            if first.as_str() != "as" {
                return None;
            }
            (start, bound)
        }
        "exceed" | "exceeding" | "exceeds" => {
            let mut at = start;
            let mut bound = Bound::AtLeast;
            if let Some((first, head)) = back() {
                match head.as_str() {
                    "not" | "never" | "without" => (at, bound) = (first, Bound::AtMost),
                    "to" => {
                        if let Some((first, not)) = back()
                            && not.as_str() == "not"
                        {
                            (at, bound) = (first, Bound::AtMost);
                        }
                    }
                    _ => {}
                }
            }
            (at, bound)
        }
        "within" | "under" | "below" | "max" | "maximum" => (start, Bound::AtMost),
        "over" | "above" | "beyond" | "exceeded" | "minimum" => (start, Bound::AtLeast),
        "about" | "around" | "approximately" | "approx" | "roughly" | "nearly" | "almost" | "circa" | "some"
        | "perhaps" | "estimated" | "approaching" | "approximate" => (start, Bound::About),
        "ca" | "c" => (start, Bound::About),
        _ => return None,
    })
}

/// A bound in front of the second number of a range.
pub fn ahead(input: &str) -> Read<'_, Bound> {
    let words = |of: &'static [&'static str], bound| {
        move |input| {
            let mut rest = input;
            for word in of {
                (rest, _) = one_word(rest, std::slice::from_ref(word))?;
                (rest, _) = gap(rest)?;
            }
            Ok((rest, bound))
        }
    };
    alt((
        words(&["up", "to"], Bound::AtMost),
        words(&["at", "most"], Bound::AtMost),
        words(&["as", "much", "as"], Bound::AtMost),
        words(&["as", "many", "as"], Bound::AtMost),
        words(&["as", "long", "as"], Bound::AtMost),
        words(&["no", "more", "than"], Bound::AtMost),
        words(&["more", "than"], Bound::AtLeast),
        words(&["over"], Bound::AtLeast),
        words(&["about"], Bound::About),
        words(&["around"], Bound::About),
        words(&["approximately"], Bound::About),
        words(&["almost"], Bound::About),
        words(&["nearly"], Bound::About),
        words(&["perhaps"], Bound::About),
        value(Bound::About, tag("~")),
    ))
    .parse(input)
}

/// A bound behind a quantity: "or more", "+", "or so", "and over". The flag is true where it speaks of age.
pub fn behind(input: &str) -> Read<'_, (Bound, bool)> {
    if let Some(rest) = input.strip_prefix('+') {
        let ends = !rest.starts_with(|next: char| next.is_ascii_digit() || next == '+');
        return if ends { Ok((rest, (Bound::AtLeast, false))) } else { Err(nom::Err::Error(())) };
    }
    let (rest, joint) = preceded(gap, |input| one_word(input, &["or", "and"])).parse(input)?;
    let (rest, found) = preceded(gap, word).parse(rest)?;
    let or = joint == "or";
    let (bound, age) = match found.as_str() {
        "more" | "greater" | "longer" | "higher" if or => (Bound::AtLeast, false),
        "less" | "fewer" | "lower" | "shorter" if or => (Bound::AtMost, false),
        "so" if or => (Bound::About, false),
        "over" | "above" | "up" | "upwards" | "beyond" => (Bound::AtLeast, false),
        "older" => (Bound::AtLeast, true),
        "under" | "below" => (Bound::AtMost, false),
        "younger" => (Bound::AtMost, true),
        _ => return Err(nom::Err::Error(())),
    };
    // "8 hours or more sleep" still bounds; "2 tablets or more than" does not
    if one_word(rest.trim_start_matches(is_gap), &["than"]).is_ok() {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, (bound, age)))
}
