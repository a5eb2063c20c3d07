//! What looks like a number and is no quantity: telephone numbers, versions, list numbers, clock times, identifiers.
//!
//! Takes the text and the byte of a digit; gives the byte up to which there is nothing to read.

use super::amount::Scene;
use super::bound::words_back;
use super::unit::Units;
use crate::grammar::number::{gap0, is_gap, one_word};
use nom::character::complete::digit1;

/// The end of what is no quantity at this digit, if it is none.
pub fn end(scene: Scene<'_>, at: usize) -> Option<usize> {
    let before = scene.before(at);
    let rest = scene.from(at);
    let length = identifier(before, rest).or_else(|| shape(before, rest)).or_else(|| marker(scene.units, before, rest));
    length.map(|length| at + length)
}

/// Digits and what holds them together: `1-222-2222`, `2.0.1`.
fn run(rest: &str, joins: &str) -> usize {
    let mut length = 0;
    let mut last_digit = 0;
    for letter in rest.chars().take(64) {
        if letter.is_alphanumeric() || letter == '_' {
            length += letter.len_utf8();
            last_digit = length;
        } else if joins.contains(letter) {
            length += letter.len_utf8();
        } else {
            break;
        }
    }
    last_digit
}

/// Digits that hang on a word or a sign before them.
fn identifier(before: &str, rest: &str) -> Option<usize> {
    let mut back = before.chars().rev();
    let last = back.next()?;
    let held = back.next();
    let word_held = held.is_some_and(char::is_alphanumeric);
    match last {
        '#' | '@' | '_' | '\\' => Some(run(rest, "-_./")),
        '-' | '\u{2010}' | '\u{2011}' if word_held => Some(run(rest, "-_")),
        '/' | '.' | ':' if word_held => Some(run(rest, "-_./")),
        '&' | '=' | '?' if word_held && before.len() > 3 && rest.len() > 1 => {
            // "n=20" is a number, "?id=20" is not
            let chunk_start = before.bytes().rev().take(48).take_while(|byte| !byte.is_ascii_whitespace()).count();
            let chunk = before.get(before.len() - chunk_start..).unwrap_or_default();
            chunk.contains(['?', '&', '/']).then(|| run(rest, "-_./"))
        }
        '+' => {
            let length = telephone(rest);
            let digits = rest.get(..length)?.bytes().filter(u8::is_ascii_digit).count();
            (digits >= 7).then_some(length)
        }
        _ => None,
    }
}

fn telephone(rest: &str) -> usize {
    let mut length = 0;
    for (at, letter) in rest.char_indices().take(32) {
        match letter {
            '0'..='9' => length = at + 1,
            ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}' | '\u{2011}' => {}
            _ => break,
        }
    }
    length
}

/// Digits whose own shape is that of something else.
fn shape(before: &str, rest: &str) -> Option<usize> {
    let (behind, first) = digit1::<&str, ()>(rest).ok()?;
    let next = behind.chars().next();
    let digit_after = |text: &str| text.starts_with(|next: char| next.is_ascii_digit());
    let tail = |mark: char| behind.strip_prefix(mark).filter(|tail| digit_after(tail));
    // 0800 1111, 007; "0.5" is a number
    if first.len() > 1 && first.starts_with('0') && first.bytes().any(|byte| byte != b'0') && next != Some('%') {
        return Some(telephone(rest).max(run(rest, "")));
    }
    if first.len() >= 8 && !currency_before(before) {
        return Some(run(rest, "-"));
    }
    // 10:30, 3:1, 10:30–11:00
    if tail(':').is_some() {
        return Some(run(rest, ":.") + clock(rest.get(run(rest, ":.")..).unwrap_or_default()));
    }
    let half_day = clock(behind);
    if half_day > 0 && first.len() <= 2 {
        return Some(first.len() + half_day);
    }
    // 1st, 22nd
    if one_word(behind, &["st", "nd", "rd", "th"]).is_ok() {
        return Some(first.len() + 2);
    }
    // 1.2.3
    if let Some(tail) = tail('.')
        && let Ok((behind, _)) = digit1::<&str, ()>(tail)
        && behind.strip_prefix('.').is_some_and(digit_after)
        && !behind
            .strip_prefix(".")
            .is_some_and(|tail| digit1::<&str, ()>(tail).is_ok_and(|(_, group)| group.len() == 3))
    {
        return Some(run(rest, "."));
    }
    // 555-123-4567, 978-3-16-148410-0, 555-1234, 10-20-30
    for dash in ['-', '\u{2011}', '\u{2013}'] {
        let Some(tail) = tail(dash) else { continue };
        let (behind, second) = digit1::<&str, ()>(tail).ok()?;
        let third = behind.strip_prefix(dash).is_some_and(digit_after);
        let short = first.len() == 3 && second.len() == 4 && !behind.starts_with([',', '%']) && dash != '\u{2013}';
        if third || short || second.len() > 1 && second.starts_with('0') {
            return Some(run(rest, "-\u{2011}\u{2013}"));
        }
    }
    None
}

fn currency_before(before: &str) -> bool {
    before
        .trim_end_matches(is_gap)
        .ends_with(|last: char| super::unit::is_currency(last) || last == '-' || last == '\u{2212}')
}

/// The length of "am", " p.m.", " o'clock" at the start of the text.
fn clock(behind: &str) -> usize {
    let Ok((rest, _)) = gap0(behind) else { return 0 };
    for (name, dotted) in [("am", "a.m."), ("pm", "p.m."), ("o'clock", "o’clock")] {
        for form in [name, dotted] {
            if rest.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
                && !rest.get(form.len()..).is_some_and(|tail| tail.starts_with(|next: char| next.is_alphanumeric()))
            {
                return behind.len() - rest.len() + form.len();
            }
        }
    }
    0
}

/// List numbers, citations in brackets, and numbers behind "page", "phase", "call".
fn marker(units: &Units, before: &str, rest: &str) -> Option<usize> {
    let (behind, first) = digit1::<&str, ()>(rest).ok()?;
    // [12], [1-3], [10, 11]
    if before.ends_with('[') {
        let inner: usize = rest
            .chars()
            .take(40)
            .take_while(|letter| letter.is_ascii_digit() || ",-\u{2013};".contains(*letter) || is_gap(*letter))
            .map(char::len_utf8)
            .sum();
        return rest.get(inner..).filter(|rest| rest.starts_with(']')).map(|_| inner);
    }
    // at the start of a line, or behind a sentence and before a capital
    let head = before.trim_end_matches([' ', '\t', '\u{a0}', '*', '>', '#']);
    let capital = behind.get(1..).is_some_and(|tail| tail.trim_start_matches(is_gap).starts_with(char::is_uppercase));
    let behind_sentence = |last: char| capital && before.ends_with(is_gap) && ".?!:;".contains(last);
    let opens = head.chars().next_back().is_none_or(|last| last == '\n' || behind_sentence(last));
    if opens && first.len() <= 2 && behind.starts_with(['.', ')']) && behind.chars().nth(1).is_none_or(is_gap) {
        return Some(first.len() + 1);
    }
    // (1) first, 2) second
    if first.len() <= 2 && behind.starts_with(')') && behind.len() > 1 {
        let near = before.len()
            - before
                .bytes()
                .rev()
                .take(120)
                .position(|byte| matches!(byte, b'(' | b')'))
                .unwrap_or(before.len().min(120));
        let unopened = !before.get(..near).is_some_and(|head| head.ends_with('('));
        if before.ends_with('(') || unopened && before.ends_with(is_gap) && behind.chars().nth(1).is_some_and(is_gap) {
            return Some(first.len());
        }
    }
    let (start, label) = words_back(before.trim_end_matches(['.', ':'])).next()?;
    let named = units.is_label(label.as_str())
        || label.as_str() == "no" && before.trim_end_matches(is_gap).ends_with('.') && before.get(start..).is_some();
    let glued = before.get(start..).is_some_and(|label| label.len() <= 14);
    // "call 10 patients" is none of it; a bare number is
    let bare = !behind.starts_with('%') && !behind.strip_prefix(is_gap).is_some_and(|tail| tail.starts_with('%'));
    (named && glued && bare).then(|| run(rest, ".-\u{2013}"))
}
