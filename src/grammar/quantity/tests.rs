//! Phrases grouped by what they must yield, phrases that must yield nothing, and what holds for any text.

use super::*;
use crate::lexicon::{Data, Lexicon};
use proptest::prelude::*;
use std::sync::OnceLock;

mod phrases;
mod silence;

fn units() -> &'static Units {
    static UNITS: OnceLock<Units> = OnceLock::new();
    UNITS.get_or_init(|| {
        let data: Data = toml::from_str(include_str!("../../../rules/lexicon/units.toml")).unwrap();
        Units::of(&Lexicon::new(data).unwrap())
    })
}

fn read(text: &str) -> Vec<Quantity> {
    quantities(text, units())
}

fn only(text: &str) -> Quantity {
    let mut found = read(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

/// What a reader of the output sees of one quantity.
#[track_caller]
fn shows(text: &str, kind: QuantityKind, low: f64, high: f64, unit: &str) -> Quantity {
    let found = only(text);
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
    assert_eq!((found.kind, found.unit.as_deref().unwrap_or("")), (kind, unit), "{text}: {found:?}");
    assert!(close(found.low, low) && close(found.high, high), "{text}: {found:?}");
    found
}

#[track_caller]
fn all_show(texts: &[&str], kind: QuantityKind, low: f64, high: f64, unit: &str) {
    for text in texts {
        shows(text, kind, low, high, unit);
    }
}

/// What must hold of the quantities of any text.
fn sound(text: &str) {
    let mut end = 0;
    for quantity in read(text) {
        let Quantity { range, number, .. } = &quantity;
        assert!(range.start >= end && range.start < range.end && range.end <= text.len(), "{text:?}: {quantity:?}");
        assert!(text.get(range.clone()).is_some() && text.get(number.clone()).is_some(), "{text:?}: {quantity:?}");
        assert!(range.start <= number.start && number.end <= range.end, "{text:?}: {quantity:?}");
        assert!(
            !quantity.low.is_nan() && !quantity.high.is_nan() && !quantity.low_step.is_nan(),
            "{text:?}: {quantity:?}"
        );
        end = range.end;
    }
}

const PIECES: &[&str] = &[
    "1",
    "2.5",
    "1,000",
    "0",
    "½",
    "three",
    "hundred",
    "and",
    "a",
    "half",
    "third",
    "point",
    "million",
    " ",
    "\u{a0}",
    "-",
    "–",
    " to ",
    " of ",
    " in ",
    "/",
    "%",
    "mg",
    " mg",
    "µg",
    "days",
    " days",
    "week",
    "hour",
    "an ",
    "between ",
    "from ",
    "about ",
    "up to ",
    "at least ",
    "more than ",
    "twice ",
    "every ",
    "q8h",
    "t.i.d.",
    "daily",
    "aged ",
    "old",
    "of age",
    "$",
    "£",
    "°C",
    "±",
    "<",
    "≥",
    "(",
    ")",
    "[",
    "]",
    ".",
    ",",
    ":",
    "'",
    "\"",
    "May ",
    "2020",
    "s",
    "x",
    "×10⁹",
    "^",
    "e9",
    "times ",
    "as ",
    "fold",
    "+",
    "é",
    "元",
    "\u{200b}",
    "🦷",
    "\n",
    "kg",
    "per ",
    "or ",
    "more",
    "few ",
    "several ",
    "within ",
];

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,80}") {
        sound(&text);
    }

    #[test]
    fn any_mixture_of_the_grammar_is_read_without_harm(picks in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        sound(&text);
    }

    #[test]
    fn a_printed_number_is_read_back(whole in 0_u32..9_999_999, decimals in 0_usize..4, grouped in any::<bool>()) {
        let value = f64::from(whole) / 10_f64.powi(i32::try_from(decimals).unwrap());
        let mut text = format!("{value:.decimals$}");
        if grouped {
            let (head, tail) = text.split_once('.').map_or((text.as_str(), String::new()), |(head, tail)| (head, format!(".{tail}")));
            let mut groups = String::new();
            for (at, digit) in head.chars().enumerate() {
                if at > 0 && (head.len() - at).is_multiple_of(3) {
                    groups.push(',');
                }
                groups.push(digit);
            }
            text = groups + &tail;
        }
        let found = only(&format!("weighs {text} mg"));
        prop_assert!((found.low * 1000.0 - value).abs() < 1e-6, "{text}: {found:?}");
        prop_assert_eq!(usize::from(found.decimals), decimals);
        prop_assert!((found.low_step * 1000.0 - 10_f64.powi(-i32::try_from(decimals).unwrap())).abs() < 1e-9);
    }

    #[test]
    fn a_number_in_words_is_read_back(number in 2_u32..999_999) {
        let found = only(&format!("saw {} people", spelt(number)));
        prop_assert_eq!(found.low, f64::from(number), "{}", spelt(number));
    }
}

fn spelt(number: u32) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let rest =
        |head: String, rest: u32, joint: &str| if rest == 0 { head } else { format!("{head}{joint}{}", spelt(rest)) };
    match number {
        0..20 => SMALL[number as usize].to_owned(),
        20..100 => rest(TENS[number as usize / 10 - 2].to_owned(), number % 10, "-"),
        100..1000 => rest(format!("{} hundred", SMALL[number as usize / 100]), number % 100, " and "),
        _ => {
            let head = format!("{} thousand", spelt(number / 1000));
            rest(head, number % 1000, if number % 1000 < 100 { " and " } else { " " })
        }
    }
}

#[test]
fn the_shipped_units_are_of_the_contract() {
    let data: Data = toml::from_str(include_str!("../../../rules/lexicon/units.toml")).unwrap();
    for unit in &data.unit {
        assert!(QuantityKind::from_name(&unit.kind).is_some(), "{}: unknown kind {}", unit.symbol, unit.kind);
        assert!(unit.factor > 0.0 && !unit.alias.is_empty(), "{}", unit.symbol);
    }
}

#[test]
fn long_inputs_take_linear_time() {
    // in debug builds, too: each would take minutes if a parser went back
    for with in ["7", "(", "one hundred and ", "1,000,", "2-", "about ", "5 mg to ", "a ", "1/2 ", "between ", "\u{a0}"]
    {
        sound(&with.repeat(20_000));
    }
}
