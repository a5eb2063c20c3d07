//! Numbers that belong to a name: "type 2", "HPV 16 and 18", "week 12".
//!
//! Takes the text before a whole number; says whether the number counts or measures nothing. Knows no estimate.

use super::name::name;
use crate::grammar::number::is_gap;

/// Words that number what they stand before.
const NUMBERED: &[&str] = &[
    "age",
    "aged",
    "arm",
    "chapter",
    "class",
    "cohort",
    "day",
    "experiment",
    "figure",
    "grade",
    "group",
    "level",
    "month",
    "part",
    "phase",
    "question",
    "serotype",
    "serotypes",
    "stage",
    "step",
    "study",
    "subtype",
    "table",
    "trial",
    "type",
    "types",
    "version",
    "visit",
    "week",
    "year",
];

/// True when the whole number that begins at `start` belongs to the word before it. `finer`: the figures that it might
/// go with have decimals, so that a number behind a name in capitals ("HPV 16") is no figure like them.
pub(super) fn is_label(head: &str, start: usize, finer: bool) -> bool {
    let mut rest = head.get(..start).unwrap_or_default();
    // "types 16, 18 and 31": back to the word that all of them belong to
    for _ in 0..8 {
        let before = rest.trim_end_matches(is_gap);
        let word = before.trim_end_matches(char::is_alphabetic);
        let last = before.get(word.len()..).unwrap_or_default();
        let joined = if last.is_empty() { before.strip_suffix([',', '/', '&']) } else { Some(word) };
        let joins = last.is_empty() || last == "and" || last == "or";
        let Some(joined) = joined.filter(|_| joins) else {
            let whole = !word.ends_with(|one: char| one.is_alphanumeric() || one == '_');
            let capitals = last.len() > 2 && last.bytes().all(|byte| byte.is_ascii_uppercase()) && name(last).is_err();
            let numbered = NUMBERED.iter().any(|known| known.eq_ignore_ascii_case(last));
            return whole && (numbered || (finer && capitals));
        };
        let number = joined.trim_end_matches(is_gap);
        let shorter = number.trim_end_matches(|one: char| one.is_ascii_digit());
        if shorter.len() == number.len() {
            return false;
        }
        rest = shorter;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, finer: bool) -> bool {
        is_label(text, text.trim_end_matches(|one: char| one.is_ascii_digit()).len(), finer)
    }

    #[test]
    fn a_number_behind_a_name_is_part_of_it() {
        assert!(is("in people with type 2", false));
        assert!(is("by week 12", false));
        assert!(is("against HPV 16 and 18", true));
        assert!(is("serotypes 6, 11, 16 and 18", false));
        assert!(is("of Grade 3", false));
    }

    #[test]
    fn a_figure_is_no_part_of_a_name() {
        assert!(!is("the mean was 12", true));
        assert!(!is("(RR 2", true));
        assert!(!is("(NNT 12", true));
        assert!(!is("it fell by 12", true));
        assert!(!is("between 10 and 12", true));
        assert!(!is("12", true));
    }
}
