//! Finds the places of a text where a quantity may begin, and passes quickly over everything else.
//!
//! Takes text and a start; gives the next place and what kind of word stands there. Knows no value.

use crate::grammar::number::is_gap;

/// What stands at a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A digit, a naked decimal point or a fraction character.
    Digit,
    /// A number word, "half", "quarter", "minus".
    Numeral,
    /// "a", "an", "another", "all", "full": one, where a unit follows.
    Article,
    /// "few", "several", "some", "couple".
    Few,
    /// The name of a unit of time without a number.
    Time,
    /// "once", "twice", "thrice".
    Times,
    /// "doubled", "halved".
    Fold,
    /// "daily", "every", "b.i.d.", "q8h".
    Frequency,
    /// The name of a month.
    Month,
    /// "aged", "ages", "age".
    Age,
}

use Class::{Age, Article, Few, Fold, Frequency, Month, Numeral, Time, Times};

/// The words that may begin a quantity, sorted.
const WORDS: &[(&str, Class)] = &[
    ("a", Article),
    ("age", Age),
    ("aged", Age),
    ("ages", Age),
    ("all", Article),
    ("an", Article),
    ("annually", Frequency),
    ("another", Article),
    ("apr", Month),
    ("april", Month),
    ("aug", Month),
    ("august", Month),
    ("b", Frequency),
    ("bd", Frequency),
    ("bds", Frequency),
    ("bid", Frequency),
    ("biweekly", Frequency),
    ("couple", Few),
    ("daily", Frequency),
    ("days", Time),
    ("dec", Month),
    ("decades", Time),
    ("december", Month),
    ("double", Fold),
    ("doubled", Fold),
    ("doubles", Fold),
    ("doubling", Fold),
    ("each", Frequency),
    ("eight", Numeral),
    ("eighteen", Numeral),
    ("eightfold", Fold),
    ("eighty", Numeral),
    ("eleven", Numeral),
    ("every", Frequency),
    ("feb", Month),
    ("february", Month),
    ("few", Few),
    ("fifteen", Numeral),
    ("fifty", Numeral),
    ("five", Numeral),
    ("fivefold", Fold),
    ("fortnightly", Frequency),
    ("forty", Numeral),
    ("four", Numeral),
    ("fourfold", Fold),
    ("fourteen", Numeral),
    ("fourty", Numeral),
    ("full", Article),
    ("half", Numeral),
    ("halve", Fold),
    ("halved", Fold),
    ("halves", Fold),
    ("halving", Fold),
    ("hourly", Frequency),
    ("hours", Time),
    ("hundredfold", Fold),
    ("jan", Month),
    ("january", Month),
    ("jul", Month),
    ("july", Month),
    ("jun", Month),
    ("june", Month),
    ("many", Few),
    ("mar", Month),
    ("march", Month),
    ("may", Month),
    ("minus", Numeral),
    ("minutes", Time),
    ("monthly", Frequency),
    ("months", Time),
    ("naught", Numeral),
    ("negative", Numeral),
    ("nightly", Frequency),
    ("nine", Numeral),
    ("nineteen", Numeral),
    ("ninety", Numeral),
    ("nought", Numeral),
    ("nov", Month),
    ("november", Month),
    ("oct", Month),
    ("october", Month),
    ("od", Frequency),
    ("once", Times),
    ("one", Numeral),
    ("q", Frequency),
    ("qd", Frequency),
    ("qds", Frequency),
    ("qid", Frequency),
    ("qod", Frequency),
    ("quadruple", Fold),
    ("quadrupled", Fold),
    ("quadruples", Fold),
    ("quarter", Numeral),
    ("seconds", Time),
    ("sep", Month),
    ("sept", Month),
    ("september", Month),
    ("seven", Numeral),
    ("sevenfold", Fold),
    ("seventeen", Numeral),
    ("seventy", Numeral),
    ("several", Few),
    ("six", Numeral),
    ("sixfold", Fold),
    ("sixteen", Numeral),
    ("sixty", Numeral),
    ("some", Few),
    ("t", Frequency),
    ("tds", Frequency),
    ("ten", Numeral),
    ("tenfold", Fold),
    ("thirteen", Numeral),
    ("thirty", Numeral),
    ("three", Numeral),
    ("threefold", Fold),
    ("thrice", Times),
    ("tid", Frequency),
    ("triple", Fold),
    ("tripled", Fold),
    ("triples", Fold),
    ("tripling", Fold),
    ("twelve", Numeral),
    ("twenty", Numeral),
    ("twice", Times),
    ("two", Numeral),
    ("twofold", Fold),
    ("weekly", Frequency),
    ("weeks", Time),
    ("whole", Article),
    ("yearly", Frequency),
    ("years", Time),
    ("zero", Numeral),
];

/// For each first and second letter, the lengths of the words that begin so (bit n: n letters).
const LENGTHS: [[u16; 26]; 26] = {
    let mut table = [[0_u16; 26]; 26];
    let mut at = 0;
    while at < WORDS.len() {
        #[allow(clippy::indexing_slicing)]
        {
            let word = WORDS[at].0.as_bytes();
            if word.len() > 1 {
                table[(word[0] - b'a') as usize][(word[1] - b'a') as usize] |= 1 << word.len();
            }
        }
        at += 1;
    }
    table
};

/// The class of a word that may begin a quantity.
pub fn class(word: &str) -> Option<Class> {
    let bytes = word.as_bytes();
    let first = bytes.first()?.to_ascii_lowercase();
    let Some(second) = bytes.get(1) else {
        return match first {
            b'a' => Some(Article),
            b'q' | b't' | b'b' => Some(Frequency),
            _ => None,
        };
    };
    let letter = |byte: u8| usize::from(byte.wrapping_sub(b'a'));
    let lengths = LENGTHS.get(letter(first))?.get(letter(second.to_ascii_lowercase()))?;
    if bytes.len() > 15 || lengths & (1 << bytes.len()) == 0 {
        return None;
    }
    let lower = |byte: &u8| byte.to_ascii_lowercase();
    WORDS
        .binary_search_by(|(entry, _)| entry.bytes().cmp(bytes.iter().map(lower)))
        .ok()
        .and_then(|found| WORDS.get(found))
        .map(|(_, class)| *class)
}

/// The next place at or behind `from` where a quantity may begin.
pub fn next(text: &str, from: usize) -> Option<(usize, Class)> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut in_word =
        text.get(..from).is_some_and(|head| head.ends_with(|last: char| last.is_alphanumeric() || last == '_'));
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'0'..=b'9' if !in_word => return Some((at, Class::Digit)),
            b'.' | b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' => {
                if byte == b'.' {
                    let naked = !in_word && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                    if naked && !text.get(..at).is_some_and(|head| head.ends_with(['.', '/', '@', '-'])) {
                        return Some((at, Class::Digit));
                    }
                    at += 1;
                    in_word = false;
                    continue;
                }
                let start = at;
                while bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
                    at += 1;
                }
                if !in_word && bytes.get(at).is_none_or(|next| *next < 0x80 || !continues(text, at)) {
                    let word = text.get(start..at).unwrap_or_default();
                    if let Some(skip) = address(text, word, at) {
                        at = skip;
                        in_word = true;
                        continue;
                    }
                    if let Some(class) = class(word) {
                        return Some((start, class));
                    }
                    // "q8h", "q12h"
                    if matches!(word.as_bytes(), [b'q' | b'Q', digit, ..] if digit.is_ascii_digit()) {
                        return Some((start, Class::Frequency));
                    }
                }
                in_word = true;
            }
            0x80.. => {
                let letter = text.get(at..)?.chars().next()?;
                if !in_word && matches!(letter, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215e}') {
                    return Some((at, Class::Digit));
                }
                in_word = letter.is_alphanumeric();
                at += letter.len_utf8();
            }
            _ => {
                at += 1;
                in_word = false;
            }
        }
    }
    None
}

fn continues(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric()))
}

/// The end of an address or identifier that begins with this word.
fn address(text: &str, word: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let mark = rest.as_bytes().first()?;
    let opens = match mark {
        b':' => {
            rest.starts_with("://")
                || matches!(word, "doi" | "DOI" | "mailto" | "tel")
                || word.eq_ignore_ascii_case("isbn")
        }
        b'.' => word.eq_ignore_ascii_case("www") || word == "doi",
        _ => false,
    };
    if !opens {
        return None;
    }
    let rest = rest.trim_start_matches([':', ' ']);
    let start = text.len() - rest.len();
    rest.find(is_gap).map_or(Some(text.len()), |length| Some(start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted() {
        assert!(WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn prose_without_numbers_has_no_candidates() {
        assert_eq!(next("The patients were seen by their doctor, who wrote of it.", 0), None);
        assert_eq!(next("see https://example.org/2019/12 for", 0), None);
        assert_eq!(next("vitamin B12 and COVID19", 0), None);
    }
}
