//! Persons by their title or degree: "Dr. Roe", "Professor Jane Roe", "Jane Roe, MD".

use crate::lexicon::{Lexicon, List, fold, pieces};
use std::ops::Range;

/// Bytes of persons with a title or a degree, in order, never overlapping.
pub fn persons(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let titles = lexicon.words("person-title");
    let degrees = lexicon.words("person-degree");
    let mut found: Vec<Range<usize>> = Vec::new();
    // a person has two capitals, of the title or degree and of the name
    if text.bytes().filter(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()).count() < 2 || !may_name(text, titles)
    {
        return found;
    }
    let all: Vec<Range<usize>> = pieces(text).collect();
    let word = |at: usize| all.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default();
    let mut done = 0;
    for (at, range) in all.iter().enumerate() {
        if range.start < done {
            continue;
        }
        let written = word(at);
        if is_capital(written) && titles.contains(&fold(written)) {
            let first = if word(at + 1) == "." { at + 2 } else { at + 1 };
            let last = names(first, &word);
            if let Some(end) = last.and_then(|last| all.get(last)).map(|range| range.end) {
                found.push(range.start..end);
                done = end;
            }
        } else if written == "," && is_capital(word(at + 1)) {
            let rest = all.get(at + 1).and_then(|range| text.get(range.start..)).unwrap_or_default();
            let token = rest.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ')')).next();
            let token = token.unwrap_or_default();
            let plain: String = token.chars().filter(|letter| *letter != '.').collect();
            let first =
                (at.saturating_sub(4)..at).rev().take_while(|at| is_capital(word(*at)) || word(*at) == ".").last();
            let named = first.is_some_and(|first| (first..at).filter(|at| is_capital(word(*at))).count() > 1);
            if named
                && degrees.contains(&fold(&plain))
                && let Some(start) = first.and_then(|first| all.get(first)).map(|range| range.start)
                && start >= done
            {
                let end = text.len() - rest.len() + token.trim_end_matches(['.', ':', '!', '?']).len();
                found.push(start..end);
                done = end;
            }
        }
    }
    found
}

/// False when neither a title nor a capital behind a comma stands in the text: a cheap test before the search.
fn may_name(text: &str, titles: &List) -> bool {
    let capitals = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase() || !byte.is_ascii());
    capitals.map(|(at, _)| at).filter_map(|at| text.split_at_checked(at)).any(|(before, rest)| {
        let glued = before.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric);
        if glued || !is_capital(rest) || before.ends_with(char::is_alphanumeric) {
            return false;
        }
        let after_comma = || before.chars().rev().take_while(|letter| !letter.is_alphanumeric()).any(|one| one == ',');
        let word = || rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        titles.contains(&fold(word())) || after_comma()
    })
}

/// The last of one to four capitalised words or initials.
fn names<'t>(first: usize, word: &impl Fn(usize) -> &'t str) -> Option<usize> {
    let mut last = None;
    let mut at = first;
    while at < first + 6 {
        if is_capital(word(at)) {
            last = Some(at);
        } else if !(word(at) == "-" || (word(at) == "." && word(at.saturating_sub(1)).chars().count() == 1)) {
            break;
        }
        at += 1;
    }
    last
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
