//! Numbers in words: cardinals, decimals with "point", fractions.
//!
//! Takes the text from the first word on. Gives "a third" too, which is a number only where its surroundings say so.

use super::{Form, NO, Number, Read, gap, gap0, hyphen, one_word, word};
use nom::Parser;
use nom::character::complete::{digit1, one_of};
use nom::combinator::opt;
use nom::sequence::{pair, preceded};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Numeral {
    Small(f64),
    Tens(f64),
    Hundred,
    Scale(f64),
    Dozen,
}

fn numeral(word: &str) -> Option<Numeral> {
    use Numeral::{Dozen, Hundred, Scale, Small, Tens};
    Some(match word {
        "zero" | "naught" | "nought" => Small(0.0),
        "one" => Small(1.0),
        "two" => Small(2.0),
        "three" => Small(3.0),
        "four" => Small(4.0),
        "five" => Small(5.0),
        "six" => Small(6.0),
        "seven" => Small(7.0),
        "eight" => Small(8.0),
        "nine" => Small(9.0),
        "ten" => Small(10.0),
        "eleven" => Small(11.0),
        "twelve" => Small(12.0),
        "thirteen" => Small(13.0),
        "fourteen" => Small(14.0),
        "fifteen" => Small(15.0),
        "sixteen" => Small(16.0),
        "seventeen" => Small(17.0),
        "eighteen" => Small(18.0),
        "nineteen" => Small(19.0),
        "twenty" => Tens(20.0),
        "thirty" => Tens(30.0),
        "forty" | "fourty" => Tens(40.0),
        "fifty" => Tens(50.0),
        "sixty" => Tens(60.0),
        "seventy" => Tens(70.0),
        "eighty" => Tens(80.0),
        "ninety" => Tens(90.0),
        "hundred" | "hundreds" => Hundred,
        "thousand" | "thousands" => Scale(1e3),
        "lakh" | "lakhs" => Scale(1e5),
        "million" | "millions" | "mln" => Scale(1e6),
        "crore" | "crores" => Scale(1e7),
        "billion" | "billions" | "bn" => Scale(1e9),
        "trillion" | "trillions" => Scale(1e12),
        "dozen" | "dozens" | "dz" | "dzs" => Dozen,
        _ => return None,
    })
}

/// True for the words that make a number of "a": "hundred", "dozen", "half", "third".
pub fn may_follow_article(word: &str) -> bool {
    matches!(numeral(word), Some(Numeral::Hundred | Numeral::Scale(_) | Numeral::Dozen)) || ordinal(word).is_some()
}

/// The denominator that an ordinal names ("thirds": 3).
fn ordinal(word: &str) -> Option<f64> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "half" | "halve" => 2.0,
        "third" => 3.0,
        "quarter" | "fourth" => 4.0,
        "fifth" => 5.0,
        "sixth" => 6.0,
        "seventh" => 7.0,
        "eighth" => 8.0,
        "ninth" => 9.0,
        "tenth" => 10.0,
        "eleventh" => 11.0,
        "twelfth" => 12.0,
        "thirteenth" => 13.0,
        "fifteenth" => 15.0,
        "sixteenth" => 16.0,
        "twentieth" => 20.0,
        "thirtieth" => 30.0,
        "fortieth" => 40.0,
        "fiftieth" => 50.0,
        "hundredth" => 100.0,
        "thousandth" => 1e3,
        "millionth" => 1e6,
        "billionth" => 1e9,
        "trillionth" => 1e12,
        _ => return None,
    })
}

/// Between the words of one number: white space or a hyphen.
fn joint(input: &str) -> Read<'_, ()> {
    let (rest, _) = gap0(input)?;
    let (rest, dash) = opt(hyphen).parse(rest)?;
    let (rest, _) = if dash.is_some() { gap0(rest)? } else { (rest, "") };
    if rest.len() == input.len() { Err(NO) } else { Ok((rest, ())) }
}

fn lexeme(input: &str) -> Read<'_, Numeral> {
    let (rest, word) = word(input)?;
    numeral(word.as_str()).map(|found| (rest, found)).ok_or(NO)
}

/// A denominator: "fifths", "twenty-fifth".
fn denominator(input: &str) -> Read<'_, f64> {
    let (rest, first) = word(input)?;
    if let Some(found) = ordinal(first.as_str()) {
        return Ok((rest, found));
    }
    let Some(Numeral::Tens(tens)) = numeral(first.as_str()) else { return Err(NO) };
    let (rest, ()) = joint(rest)?;
    let (rest, unit) = word(rest)?;
    let unit = match unit.as_str() {
        "first" | "firsts" => 1.0,
        "second" | "seconds" => 2.0,
        other => ordinal(other).filter(|unit| *unit < 10.0).ok_or(NO)?,
    };
    Ok((rest, tens + unit))
}

#[derive(Clone, Copy)]
pub(super) struct Sum {
    pub(super) total: f64,
    pub(super) current: f64,
    pub(super) part: f64,
    pub(super) limit: f64,
    pub(super) step: f64,
    pub(super) last: Numeral,
}

impl Sum {
    pub(super) fn value(self) -> f64 {
        self.total + self.current
    }

    /// Adds a numeral; `None` where the number ends before it.
    fn with(mut self, next: Numeral, and: bool) -> Option<Self> {
        let after_magnitude = matches!(self.last, Numeral::Hundred | Numeral::Scale(_));
        match next {
            Numeral::Small(small) => {
                let fits = match self.last {
                    Numeral::Tens(_) => !and && (1.0..10.0).contains(&small),
                    _ => after_magnitude && small > 0.0 && small < self.limit,
                };
                if !fits {
                    return None;
                }
                (self.current, self.part, self.step) = (self.current + small, small, 1.0);
            }
            Numeral::Tens(tens) => {
                if !after_magnitude {
                    return None;
                }
                (self.current, self.part, self.step) = (self.current + tens, tens, 1.0);
            }
            Numeral::Hundred => {
                let alone = self.current < 100.0 || self.current == self.part;
                if after_magnitude || self.current == 0.0 || !alone {
                    return None;
                }
                (self.current, self.part) = (self.current * 100.0, self.current * 100.0);
            }
            Numeral::Scale(scale) => {
                if and || scale >= self.limit || self.current == 0.0 {
                    return None;
                }
                self.total += self.current * scale;
                (self.current, self.part, self.limit) = (0.0, 0.0, scale);
                self.step *= scale;
            }
            Numeral::Dozen => {
                if and || self.part == 0.0 {
                    return None;
                }
                self.current += self.part * 11.0;
                self.step = 12.0;
            }
        }
        self.last = next;
        Some(self)
    }
}

/// Goes on with the numerals behind the first one.
pub(super) fn more(mut sum: Sum, mut rest: &str) -> (&str, Sum) {
    let mut settled = (rest, sum);
    loop {
        if matches!(sum.last, Numeral::Dozen) {
            return (rest, sum);
        }
        let Ok((after, ())) = joint(rest) else { return (rest, sum) };
        let (after, and) = match one_word(after, &["and"]).and_then(|(after, _)| gap(after)) {
            Ok((after, _)) => (after, true),
            Err(_) => (after, false),
        };
        // "five million and three quarters": the fraction is not part of the cardinal
        if and && and_denominator(after) {
            return (rest, sum);
        }
        let next = lexeme(after).or_else(|_| {
            if matches!(sum.last, Numeral::Hundred | Numeral::Scale(_)) { small_digits(after, and) } else { Err(NO) }
        });
        let Ok((behind, numeral)) = next else { return (rest, sum) };
        // "one hundred thirty-fifths": the tens belong to the denominator
        if matches!(numeral, Numeral::Tens(_)) && denominator(after).is_ok() {
            return (rest, sum);
        }
        match sum.with(numeral, and) {
            Some(longer) => {
                if and
                    || matches!(sum.last, Numeral::Hundred | Numeral::Scale(_)) && !matches!(numeral, Numeral::Scale(_))
                {
                    settled = (rest, sum);
                }
                (sum, rest) = (longer, behind);
            }
            // "one hundred and two hundred" are two numbers, the second begins behind the "and"
            None if matches!(numeral, Numeral::Hundred | Numeral::Scale(_))
                && matches!(sum.last, Numeral::Small(_) | Numeral::Tens(_)) =>
            {
                return settled;
            }
            None => return (rest, sum),
        }
    }
}

/// True for "three quarters", "fifty-four hundredths", "a third" behind an "and".
fn and_denominator(input: &str) -> bool {
    let Ok((rest, _)) = lexeme(input) else { return false };
    let second = preceded(joint, lexeme).parse(rest).map_or(rest, |(rest, _)| rest);
    preceded(joint, denominator).parse(second).is_ok()
}

/// "21" in "3 hundred and 21".
fn small_digits(input: &str, and: bool) -> Read<'_, Numeral> {
    let (rest, digits) = digit1(input)?;
    let open = rest.chars().next().is_some_and(|next| next.is_alphanumeric() || "-–/%:".contains(next))
        || preceded(one_of(".,"), digit1::<&str, ()>).parse(rest).is_ok();
    let goes_on = preceded(gap, lexeme).parse(rest).is_ok_and(|(_, next)| next == Numeral::Hundred);
    let ends = gap0(rest).is_ok_and(|(rest, _)| !rest.starts_with(|next: char| next.is_alphanumeric()));
    if digits.len() > 3 || digits.starts_with('0') || open || !(goes_on || and && (ends || digits.len() < 3)) {
        return Err(NO);
    }
    digits.parse().map(|number| (rest, Numeral::Small(number))).map_err(|_| NO)
}

fn cardinal(input: &str) -> Read<'_, Sum> {
    let (rest, first) = lexeme(input)?;
    let part = match first {
        Numeral::Small(value) | Numeral::Tens(value) => value,
        _ => return Err(NO),
    };
    let sum = Sum { total: 0.0, current: part, part, limit: f64::INFINITY, step: 1.0, last: first };
    let (rest, sum) = more(sum, rest);
    Ok((rest, sum))
}

/// "point zero three".
fn point(input: &str) -> Read<'_, (f64, u8)> {
    let (rest, _) = gap(input)?;
    let (mut rest, _) = one_word(rest, &["point"])?;
    let (mut value, mut decimals) = (0.0, 0_u8);
    while decimals < 9 {
        let Ok((after, next)) = preceded(joint, lexeme).parse(rest) else { break };
        let (digit, width) = match next {
            Numeral::Small(digit) if digit < 10.0 => (digit, 1),
            Numeral::Small(digit) | Numeral::Tens(digit) => (digit, 2),
            _ => break,
        };
        // "seventy-one": the one takes the place of the zero
        if matches!(next, Numeral::Tens(_))
            && let Ok((after, Numeral::Small(unit))) = preceded(joint, lexeme).parse(after)
            && unit < 10.0
        {
            decimals += 2;
            value += (digit + unit) * 10_f64.powi(-i32::from(decimals));
            rest = after;
            continue;
        }
        decimals += width;
        value += digit * 10_f64.powi(-i32::from(decimals));
        rest = after;
    }
    if decimals == 0 { Err(NO) } else { Ok((rest, (value, decimals))) }
}

/// "and a half", "and three quarters".
fn and_fraction(input: &str) -> Read<'_, (f64, f64)> {
    let (rest, _) = gap(input)?;
    let (rest, _) = one_word(rest, &["and"])?;
    let (rest, _) = gap(rest)?;
    let (rest, numerator) = match one_word(rest, &["a", "an"]) {
        Ok((rest, _)) => (gap(rest)?.0, 1.0),
        Err(_) => match cardinal(rest) {
            Ok((rest, sum)) => (joint(rest)?.0, sum.value()),
            Err(_) if one_word(rest, &["half"]).is_ok() => (rest, 1.0),
            Err(_) => return Err(NO),
        },
    };
    let (rest, denominator) = denominator(rest)?;
    Ok((rest, (numerator, denominator)))
}

/// A word behind a number that multiplies it: "million", "dozen".
pub fn scale_word(input: &str) -> Read<'_, f64> {
    let (rest, found) = preceded(joint, lexeme).parse(input)?;
    match found {
        Numeral::Hundred => Ok((rest, 100.0)),
        Numeral::Scale(scale) => Ok((rest, scale)),
        Numeral::Dozen => Ok((rest, 12.0)),
        _ => Err(NO),
    }
}

/// "half", "half a million", "quarter million", "a third", "two thirds", "three quarters of a million".
fn spoken_fraction(input: &str) -> Read<'_, Number> {
    let (rest, article) = opt(|input| {
        let (rest, _) = one_word(input, &["a", "an"])?;
        gap(rest).map(|(rest, _)| (rest, ()))
    })
    .parse(input)?;
    let (rest, name) = word(rest)?;
    let denominator = match name.as_str() {
        "half" => 2.0,
        "quarter" => 4.0,
        other if article.is_some() => ordinal(other).filter(|_| !other.ends_with('s')).ok_or(NO)?,
        _ => return Err(NO),
    };
    let (after, _) = opt(|input| {
        let (rest, _) = gap(input)?;
        let (rest, _) = one_word(rest, &["a", "of"])?;
        let (rest, _) = opt(pair(gap, |input| one_word(input, &["a"]))).parse(rest)?;
        Ok((rest, ()))
    })
    .parse(rest)?;
    if let Ok((after, scale)) = scale_word(after) {
        return Ok((after, Number::words(scale / denominator, scale / denominator)));
    }
    if name.as_str() == "quarter" && article.is_none() {
        return Err(NO);
    }
    let form = if article.is_some() { Form::ArticleFraction } else { Form::Fraction };
    Ok((rest, Number::fraction(1.0, denominator, form)))
}

/// A number in words. Gives "a third" and "a half" too (`Form::ArticleFraction`).
pub fn words(input: &str) -> Read<'_, Number> {
    if let Ok((rest, _)) = one_word(input, &["minus", "negative"]) {
        let (rest, _) = gap(rest)?;
        return unsigned_words(rest).map(|(rest, number)| (rest, number.negated()));
    }
    unsigned_words(input)
}

fn unsigned_words(input: &str) -> Read<'_, Number> {
    if let Ok(found) = spoken_fraction(input) {
        return Ok(found);
    }
    // "a hundred", "a dozen", "a couple of dozen" is left to others
    if let Ok((rest, _)) = one_word(input, &["a", "an"]) {
        let one =
            Sum { total: 0.0, current: 1.0, part: 1.0, limit: f64::INFINITY, step: 1.0, last: Numeral::Small(1.0) };
        let (rest, _) = gap(rest)?;
        let (rest, found) = lexeme(rest)?;
        let sum =
            one.with(found, false).filter(|_| !matches!(found, Numeral::Small(_) | Numeral::Tens(_))).ok_or(NO)?;
        let (rest, sum) = more(sum, rest);
        return Ok((rest, finish(sum)));
    }
    let (rest, sum) = cardinal(input)?;
    if let Ok((rest, (fraction, decimals))) = point(rest) {
        let mut number = finish(sum);
        number.value += fraction;
        number.decimals = decimals;
        number.step = 10_f64.powi(-i32::from(decimals));
        let (rest, scale) = opt(scale_word).parse(rest)?;
        return Ok((rest, number.times(scale.unwrap_or(1.0))));
    }
    if let Ok((rest, (numerator, denominator))) = and_fraction(rest) {
        let scale = if let Numeral::Scale(scale) = sum.last { scale } else { 1.0 };
        let value = sum.value() + scale * numerator / denominator;
        let (rest, times) = opt(scale_word).parse(rest)?;
        // "one billion and three quarters million": the word belongs to the fraction
        if let (Some(times), true) = (times, scale > 1.0) {
            let part = times / denominator;
            return Ok((rest, Number::words(sum.value() + numerator * part, part)));
        }
        return Ok((rest, Number::words(value, scale / denominator).times(times.unwrap_or(1.0))));
    }
    if let Ok((rest, denominator)) = preceded(joint, denominator).parse(rest)
        && sum.value() > 0.0
    {
        let form = Form::Fraction;
        let (rest, scale) =
            opt(preceded(|input| opt(pair(gap, |input| one_word(input, &["of", "a"]))).parse(input), scale_word))
                .parse(rest)?;
        let number = Number::fraction(sum.value(), denominator, form);
        return Ok((
            rest,
            match scale {
                Some(scale) => Number { parts: None, form: Form::Words, ..number.times(scale) },
                None => number,
            },
        ));
    }
    Ok((rest, finish(sum)))
}

fn finish(sum: Sum) -> Number {
    let mut number = Number::words(sum.value(), sum.step);
    number.scale = match sum.last {
        Numeral::Scale(scale) => scale,
        _ => 1.0,
    };
    number
}
