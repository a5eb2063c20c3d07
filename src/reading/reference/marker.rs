//! Reference markers in prose.
//!
//! Takes the prose of a block; gives markers in order, never overlapping. Does not know whether an entry exists.

use crate::lexicon::Lexicon;
use crate::reading::label;
use std::ops::Range;

/// Longest bracket that is looked into, in bytes.
const LONGEST: usize = 200;

/// A marker.
#[derive(Debug)]
pub(super) struct Found {
    /// Its bytes in the prose.
    pub(super) range: Range<usize>,
    /// What it names.
    pub(super) labels: Vec<String>,
    /// True when no other reading is likely.
    pub(super) certain: bool,
    /// True when it does not belong to the prose.
    pub(super) raised: bool,
}

/// The markers of a text. `glued`: the highest number that may stand glued to a full stop.
pub(super) fn find(text: &str, glued: u32, lexicon: &Lexicon) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let one = match byte {
            b'[' => bracket(text, at, lexicon),
            // the lead bytes of ¹²³ and of ⁰⁴…⁹
            0xc2 | 0xe2 => raised(text, at, lexicon),
            b'.' | b'!' | b'?' if glued > 0 => behind_stop(text, at + 1, glued),
            _ => None,
        };
        at = one.as_ref().map_or(at + 1, |one| one.range.end.max(at + 1));
        found.extend(one);
    }
    found
}

/// `[3–5, 8]`, `[^1]`, `[@key]`.
fn bracket(text: &str, at: usize, lexicon: &Lexicon) -> Option<Found> {
    let rest = text.get(at + 1..)?;
    let end = rest.bytes().take(LONGEST).position(|byte| matches!(byte, b']' | b'['))?;
    let content = rest.get(..end).filter(|_| rest.as_bytes().get(end) == Some(&b']'))?;
    let range = at..at + end + 2;
    let found = |labels, certain| Some(Found { range: range.clone(), labels, certain, raised: false });
    if let Some(note) = content.strip_prefix('^') {
        let named = !note.is_empty() && !note.contains(char::is_whitespace);
        return if named { found(vec![note.to_owned()], true) } else { None };
    }
    if content.contains('@') {
        let keys: Vec<String> = content.split([';', ',', ' ']).filter_map(key).map(str::to_owned).collect();
        return if keys.is_empty() { None } else { found(keys, true) };
    }
    let labels = label::labels(content).filter(|_| content.starts_with(|letter: char| letter.is_ascii_digit()))?;
    let before = text.get(..at)?;
    let interval = lexicon.list("interval-cue");
    let is_interval = labels.len() > 1
        && (before.trim_end().ends_with(['=', ':'])
            || words(before).take(2).any(|word| interval.iter().any(|cue| cue.eq_ignore_ascii_case(word))));
    if is_interval || labels.iter().any(|label| label == "0") { None } else { found(labels, false) }
}

/// The key of `@key` or `-@key`.
fn key(word: &str) -> Option<&str> {
    let key = word.strip_prefix('-').unwrap_or(word).strip_prefix('@')?;
    (!key.is_empty() && !key.contains('@')).then_some(key)
}

/// The last words, last first.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let near = text.char_indices().rev().take(40).last().map_or(0, |(at, _)| at);
    let near = text.get(near..).unwrap_or_default();
    near.rsplit(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Superscript digits behind a word or the end of a sentence.
fn raised(text: &str, at: usize, lexicon: &Lexicon) -> Option<Found> {
    let rest = text.get(at..)?;
    label::digit(rest.chars().next()?)?;
    let mut content = String::new();
    let mut length = 0;
    for letter in rest.chars() {
        let part = match letter {
            ',' | '\u{2d2}' | '\u{2e34}' => ',',
            '⁻' | '–' | '-' => '-',
            letter => match label::digit(letter) {
                Some(digit) => digit,
                None => break,
            },
        };
        length += letter.len_utf8();
        content.push(part);
    }
    // a comma or dash behind the last digit belongs to the sentence
    while content.ends_with([',', '-']) {
        content.pop();
        let kept = rest.get(..length)?.chars().next_back()?;
        length -= kept.len_utf8();
    }
    let before = text.get(..at)?;
    let last = before.chars().next_back()?;
    let word = words(before).next().filter(|_| last.is_alphabetic()).unwrap_or_default();
    let is_unit = lexicon.list("exponent-unit").iter().any(|unit| unit == word);
    let stands = if last.is_alphabetic() {
        !is_unit && word.chars().count() > 1
    } else {
        matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '\'' | '”' | '’' | '%' | '…')
    };
    let labels = label::labels(&content).filter(|labels| stands && labels.iter().all(|label| label != "0"))?;
    Some(Found { range: at..at + length, labels, certain: true, raised: true })
}

/// A number glued to what ends a sentence: "intravenously.2 Then". `at`: behind the stop.
fn behind_stop(text: &str, at: usize, highest: u32) -> Option<Found> {
    let before = text.get(..at - 1)?;
    let rest = text.get(at..)?;
    let unquoted = rest.trim_start_matches(['”', '"', '’', ')']);
    let start = at + rest.len() - unquoted.len();
    let length =
        unquoted.bytes().take(16).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-')).count();
    let content = unquoted.get(..length)?;
    let after = unquoted.get(length..)?;
    let ends = after.is_empty()
        || after.starts_with(char::is_whitespace)
            && after.trim_start().chars().next().is_none_or(|letter| letter.is_uppercase() || "“\"‘(".contains(letter));
    // an abbreviation before its number ("No.2") is short
    let word = words(before).next()?;
    let stands = before.ends_with(|letter: char| letter.is_alphabetic() || matches!(letter, ')' | '%' | '”'))
        && (word.len() > 3 || !before.ends_with(char::is_alphabetic));
    let labels =
        label::labels(content).filter(|_| ends && stands && content.starts_with(|one: char| one.is_ascii_digit()))?;
    let known = labels.iter().all(|label| label.parse::<u32>().is_ok_and(|number| (1..=highest).contains(&number)));
    known.then(|| Found { range: start..start + length, labels, certain: false, raised: true })
}
