//! What a full stop behind a word may mean.
//!
//! Takes the word before a full stop and what follows; decides by the lists of `rules/lexicon/abbreviations.toml`.
//! Does not look for full stops.

use crate::lexicon::{Lexicon, fold};

/// What stands around a full stop that white space follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'t> {
    /// The sentence so far, up to the full stop.
    pub(super) before: &'t str,
    /// What follows, its first letter no small one; opening quotes and brackets left out.
    pub(super) after: &'t str,
}

/// Words that a sentence needs before an abbreviated time of day can end it ("At 5 a.m. Mr. Smith left").
const ENOUGH: usize = 5;

/// True when the full stop belongs to an abbreviation, an initial or a number and ends no sentence.
pub(super) fn is_inner(around: Around<'_>, lexicon: &Lexicon) -> bool {
    let word = last_word(around.before);
    let head = around.before.get(..around.before.len() - word.len()).unwrap_or_default();
    let Some(first) = word.chars().next() else { return false };
    if head.trim().is_empty() && is_ordinal(word) {
        return true;
    }
    if !first.is_alphabetic() {
        return false;
    }
    let single = word.chars().nth(1).is_none();
    if single && first.is_uppercase() {
        return is_initial(head, around.after, lexicon);
    }
    let has = |list: &str, word: &str| lexicon.words(list).contains(word);
    let folded = fold(word);
    let folded = folded.as_ref();
    let number = around.after.starts_with(|letter: char| letter.is_ascii_digit());
    if number && (single || has("abbreviation-before-number", folded)) {
        return true;
    }
    // capitals are another thing: MS is a disease, ED a department
    if !word.contains('.') && word.chars().filter(|letter| letter.is_uppercase()).count() > 1 {
        return false;
    }
    if has("abbreviation", folded) || (first.is_uppercase() && has("abbreviation-before-name", folded)) {
        return true;
    }
    if has("abbreviation-before-number", folded) && is_label(around.after) {
        return true;
    }
    if has("abbreviation-time", folded) {
        let next = around.after.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        return around.before.split_whitespace().nth(ENOUGH - 1).is_none() || has("after-time", &fold(next));
    }
    (has("abbreviation-maybe-final", folded) || is_dotted(word)) && (number || !begins_sentence(around.after, lexicon))
}

/// The last word with its inner full stops: `Smith`, `e.g`, `U.S`.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take(32)
        .take_while(|(_, letter)| letter.is_alphanumeric() || matches!(letter, '.' | '°' | '\u{ad}'))
        .last()
        .map_or(before.len(), |(at, _)| at);
    before.get(start..).unwrap_or_default().trim_start_matches('.')
}

/// A number or letter that opens the text: "1. Introduction".
fn is_ordinal(word: &str) -> bool {
    word.len() == 1 && word.is_ascii() || word.len() < 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters with a full stop between each: "U.S", "i.v".
fn is_dotted(word: &str) -> bool {
    let mut parts = word.split('.');
    parts.clone().nth(1).is_some()
        && parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// A capital letter that stands for a name: a name or an initial before it, no word that begins a sentence behind.
fn is_initial(head: &str, after: &str, lexicon: &Lexicon) -> bool {
    let another = after.as_bytes().get(1) == Some(&b'.');
    if !after.starts_with(char::is_uppercase) || (!another && begins_sentence(after, lexicon)) {
        return false;
    }
    let head = head.trim_end();
    if head.is_empty() || head.ends_with(['.', '(', ',', '&', '—', '–', ':', ';', '“', '"']) || head.ends_with(".-")
    {
        return true;
    }
    let before = last_word(head);
    if lexicon.words("before-initial").contains(before) {
        return true;
    }
    if lexicon.words("between-names").contains(before) {
        // "Smith and B. Jones", but "vitamins A and B. Most"
        let first = last_word(head.get(..head.len() - before.len()).unwrap_or_default().trim_end());
        return first.chars().nth(1).is_some() && first.starts_with(char::is_uppercase);
    }
    before.starts_with(char::is_uppercase) && !lexicon.list("letter-noun").iter().any(|noun| *noun == fold(before))
}

/// "S1", "A" and the like behind "Fig."
fn is_label(after: &str) -> bool {
    let label = after.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    label.len() == 1 || (label.len() < 5 && label.bytes().any(|byte| byte.is_ascii_digit()))
}

/// True when the first word is one that begins sentences.
fn begins_sentence(after: &str, lexicon: &Lexicon) -> bool {
    let word = after.split(|letter: char| !letter.is_alphanumeric() && letter != '-').next().unwrap_or_default();
    lexicon.words("sentence-starter").contains(&fold(word))
}
