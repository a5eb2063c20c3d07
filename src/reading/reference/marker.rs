//! Reference markers in prose.
//!
//! Takes the prose of a block; gives markers in order, never overlapping. Does not know whether an entry exists.

use crate::lexicon::Lexicon;
use crate::reading::label;
use std::ops::Range;

/// Longest bracket that is looked into, in bytes.
const LONGEST: usize = 600;

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
    /// True when it names keys of a bibliography.
    pub(super) keys: bool,
}

/// What else than its text says which markers a block may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The highest number that may stand glued to a full stop.
    pub(super) glued: u32,
    /// True when a key of a bibliography may stand in the sentence (`@key says`).
    pub(super) narrative: bool,
    /// True when the article cites by numbers in round brackets.
    pub(super) round: bool,
}

/// The markers of a text.
pub(super) fn find(text: &str, style: Style, lexicon: &Lexicon) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let bytes = text.as_bytes();
    let plain = style.glued == 0 && !style.narrative && !style.round;
    let next = |at: usize| {
        let rest = bytes.get(at..)?;
        // what no marker begins with is passed over many bytes at a time
        let ahead = if plain {
            memchr::memchr3(b'[', 0xc2, 0xe2, rest)
        } else {
            rest.iter().position(|byte| matches!(byte, b'[' | 0xc2 | 0xe2 | b'.' | b'!' | b'?' | b'@' | b'('))
        };
        Some(at + ahead?)
    };
    let mut from = 0;
    while let Some(at) = next(from) {
        let byte = bytes.get(at).copied().unwrap_or_default();
        let one = match byte {
            b'[' => bracket(text, at, lexicon),
            // the lead bytes of ¹²³ and of ⁰⁴…⁹
            0xc2 | 0xe2 => raised(text, at, lexicon),
            b'.' | b'!' | b'?' if style.glued > 0 => behind_stop(text, at + 1, style.glued, lexicon),
            b'@' if style.narrative => narrative(text, at, lexicon),
            b'(' if style.round => bracketed(text, at, style.glued),
            _ => None,
        };
        from = one.as_ref().map_or(at + 1, |one| one.range.end.max(at + 1));
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
    let found = |labels, certain| Some(Found { range: range.clone(), labels, certain, raised: false, keys: false });
    if let Some(note) = content.strip_prefix('^') {
        let named = !note.is_empty() && !note.contains(char::is_whitespace);
        return if named { found(vec![note.to_owned()], true) } else { None };
    }
    if content.contains('@') {
        let parts = content.split(|letter: char| letter.is_whitespace() || matches!(letter, ';' | ','));
        let keys: Vec<String> = parts.filter_map(|part| key(part, lexicon)).map(str::to_owned).collect();
        let found = Found { range, labels: keys, certain: true, raised: false, keys: true };
        return (!found.labels.is_empty()).then_some(found);
    }
    let labels = label::labels(content).filter(|_| content.starts_with(|letter: char| letter.is_ascii_digit()))?;
    let before = text.get(..at)?;
    let interval = lexicon.list("interval-cue");
    let is_interval = labels.len() > 1
        && (before.trim_end().ends_with(['=', ':'])
            || words(before).take(2).any(|word| interval.iter().any(|cue| cue.eq_ignore_ascii_case(word))));
    if is_interval || labels.iter().any(|label| label == "0") { None } else { found(labels, false) }
}

/// `@key` or `-@key` in a sentence.
fn narrative(text: &str, at: usize, lexicon: &Lexicon) -> Option<Found> {
    let before = text.get(..at)?;
    let start = if before.ends_with('-') { at - 1 } else { at };
    let stands = text.get(..start)?.chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
    let label = key(text.get(at..)?, lexicon).filter(|_| stands)?;
    let braces = if text.get(at + 1..)?.starts_with('{') { 2 } else { 0 };
    let range = start..at + 1 + label.len() + braces;
    Some(Found { range, labels: vec![label.to_owned()], certain: true, raised: false, keys: true })
}

/// The key of `@key`, `-@key` or `@{key}` at the start of `text`; `None` for what a publishing system numbers itself.
fn key<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let rest = text.strip_prefix('-').unwrap_or(text).strip_prefix('@')?;
    let key = match rest.strip_prefix('{') {
        Some(braced) => braced.get(..braced.find('}')?)?,
        None => {
            let is_sign = |letter: char| ":.#$%&-+?<>~/".contains(letter);
            let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || is_sign(letter)));
            rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches(is_sign)
        }
    };
    let numbered = lexicon
        .list("cross-reference")
        .iter()
        .any(|kind| key.strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with(['-', ':'])));
    (key.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_') && !numbered).then_some(key)
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
    Some(Found { range: at..at + length, labels, certain: true, raised: true, keys: false })
}

/// A number glued to what ends a sentence: "intravenously.2 Then". `at`: behind the stop.
fn behind_stop(text: &str, at: usize, highest: u32, lexicon: &Lexicon) -> Option<Found> {
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
    // an abbreviation before its number ("No.2") is short and no common word, and stands before one number
    let word = words(before).next()?;
    let short = || {
        let known = lexicon.list("abbreviation-before-number").iter().chain(lexicon.list("abbreviation"));
        word.len() < 3 || !word.chars().all(char::is_lowercase) || known.into_iter().any(|known| known == word)
    };
    let is_word = word.len() > 3 || content.contains(',') || lexicon.words("english-word").contains(word);
    let stands = before.ends_with(|letter: char| letter.is_alphabetic() || matches!(letter, ')' | '%' | '”'))
        && (is_word || !before.ends_with(char::is_alphabetic) || !short());
    let labels =
        label::labels(content).filter(|_| ends && stands && content.starts_with(|one: char| one.is_ascii_digit()))?;
    let range = start..start + length;
    is_known(&labels, highest).then_some(Found { range, labels, certain: false, raised: true, keys: false })
}

/// A number in round brackets behind a word, where a sentence or a part of it ends: "by a day (3)."
fn bracketed(text: &str, at: usize, highest: u32) -> Option<Found> {
    let before = text.get(..at)?.strip_suffix(' ')?;
    let rest = text.get(at + 1..)?;
    let end = rest.bytes().take(16).position(|byte| byte == b')')?;
    let after = rest.get(end + 1..)?;
    let ends = after.is_empty() || after.starts_with(['.', ',', ';', ':', '!', '?']);
    let labels = label::labels(rest.get(..end)?).filter(|_| ends && before.ends_with(char::is_alphanumeric))?;
    let range = at..at + end + 2;
    is_known(&labels, highest).then_some(Found { range, labels, certain: false, raised: false, keys: false })
}

fn is_known(labels: &[String], highest: u32) -> bool {
    labels.iter().all(|label| label.parse::<u32>().is_ok_and(|number| (1..=highest).contains(&number)))
}
