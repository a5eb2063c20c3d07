//! Numbers in digits and words.
//!
//! Takes the text from a number on, gives the number and what is left. Knows neither units nor what stands before.
//!
//! ```text
//! number   = digits [magnitude] | mixed | words
//! digits   = group {sep group} ["." digit+] [exponent] | "." digit+
//! mixed    = [digit+ gap] digit+ "/" digit+ | [digit+ [gap]] "½"
//! words    = ["minus"] cardinal ["point" digit-word+] ["and" fraction] [scale] | fraction
//! cardinal = small {("hundred" | scale | "and" small)}
//! fraction = "half" | cardinal ordinal | ("a" | "an") ordinal
//! ```

mod digits;
mod words;

pub use digits::{digits, number};
pub use words::{may_follow_article, scale_word, words};

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::one_of;
use nom::{IResult, Parser};

/// What a parser of this floor gives: the rest of the text and a value.
pub type Read<'t, T> = IResult<&'t str, T, ()>;

const NO: nom::Err<()> = nom::Err::Error(());

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In digits, without anything that joins groups.
    Plain,
    /// In digits grouped by commas or spaces.
    Grouped,
    /// In words.
    Words,
    /// As a fraction: `3/4`, `½`, "two thirds".
    Fraction,
    /// "a third", "a quarter": a fraction only where its surroundings say so.
    ArticleFraction,
}

/// A number as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Digits printed behind the decimal point.
    pub decimals: u8,
    /// One unit of the last printed digit ("1.5 million": 100 000).
    pub step: f64,
    /// The word on it that multiplies it ("million": 1e6), else 1.
    pub scale: f64,
    /// Numerator and denominator of a fraction.
    pub parts: Option<(f64, f64)>,
    /// How it is written.
    pub form: Form,
    /// Digits printed before the decimal point (0 for words).
    pub digits: u8,
}

impl Number {
    fn words(value: f64, step: f64) -> Self {
        Self { value, decimals: 0, step, scale: 1.0, parts: None, form: Form::Words, digits: 0 }
    }

    /// The number times a factor, its step with it.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        self.value *= factor;
        self.step *= factor.abs();
        self.scale *= factor.abs();
        self
    }

    /// A fraction of two whole numbers.
    #[must_use]
    pub fn fraction(numerator: f64, denominator: f64, form: Form) -> Self {
        Self {
            value: numerator / denominator,
            decimals: 0,
            step: 1.0 / denominator,
            scale: 1.0,
            parts: Some((numerator, denominator)),
            form,
            digits: 0,
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn absolute(mut self) -> Self {
        self.value = self.value.abs();
        self
    }

    fn negated(mut self) -> Self {
        self.value = -self.value;
        self
    }

    /// True for digits without point, grouping, magnitude or fraction.
    pub fn is_plain_integer(&self) -> bool {
        self.form == Form::Plain && self.decimals == 0 && self.scale == 1.0
    }
}

/// White space of any kind, and characters of no width.
pub fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// One to four characters of white space; more is layout, not a sentence.
pub fn gap(input: &str) -> Read<'_, &str> {
    take_while_m_n(1, 4, is_gap).parse(input)
}

/// White space that may be missing.
pub fn gap0(input: &str) -> Read<'_, &str> {
    take_while_m_n(0, 4, is_gap).parse(input)
}

/// A hyphen or a dash that joins words; not an em dash.
pub fn hyphen(input: &str) -> Read<'_, char> {
    one_of("-\u{2010}\u{2011}\u{2012}\u{2013}").parse(input)
}

/// A word of ASCII letters in lower case, without allocation.
#[derive(Clone, Copy, Debug)]
pub struct Lower {
    bytes: [u8; 16],
    length: usize,
}

impl Lower {
    /// The word.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// A whole word of ASCII letters, as written.
pub fn letters(input: &str) -> Read<'_, &str> {
    let length = input.bytes().take(32).take_while(u8::is_ascii_alphabetic).count();
    let (Some(word), Some(rest)) = (input.get(..length), input.get(length..)) else { return Err(NO) };
    if word.is_empty() || rest.chars().next().is_some_and(|next| next.is_alphanumeric() || next == '_') {
        return Err(NO);
    }
    Ok((rest, word))
}

/// A whole word of at most 16 ASCII letters, in lower case.
pub fn word(input: &str) -> Read<'_, Lower> {
    let (rest, written) = letters(input)?;
    let mut lower = Lower { bytes: [0; 16], length: written.len() };
    let Some(room) = lower.bytes.get_mut(..written.len()) else { return Err(NO) };
    room.copy_from_slice(written.as_bytes());
    room.make_ascii_lowercase();
    Ok((rest, lower))
}

/// A whole word that is one of these, in any case.
pub fn one_word<'t>(input: &'t str, of: &[&'static str]) -> Read<'t, &'static str> {
    let (rest, written) = letters(input)?;
    of.iter().find(|word| written.eq_ignore_ascii_case(word)).map(|word| (rest, *word)).ok_or(NO)
}
