//! Author and year: "(Roe et al., 2019)", "(Roe & Doe, 2020; Poe, 2021)", "Roe (2019)", "Roe and colleagues (2019)".

use super::{Citation, CitationKind};
use crate::lexicon::{Lexicon, fold, pieces};
use std::ops::Range;

/// The words around a year.
struct Line<'t> {
    text: &'t str,
    pieces: Vec<Range<usize>>,
    lexicon: &'t Lexicon,
}

/// Author and year wherever a year from 1900 to 2099 stands behind names.
pub(super) fn years(text: &str, lexicon: &Lexicon) -> Vec<Citation> {
    let mut found = Vec::new();
    if !text.contains(['(', '[']) {
        return found;
    }
    let line = Line { text, pieces: pieces(text).collect(), lexicon };
    for at in 0..line.pieces.len() {
        if !is_year(line.at(at)) {
            continue;
        }
        if let Some(words) = line.narrative(at).or_else(|| line.bracketed(at)) {
            let start = line.pieces.get(words.start).map_or(0, |range| range.start);
            let end = line.pieces.get(words.end.saturating_sub(1)).map_or(start, |range| range.end);
            let target = text.get(start..end).unwrap_or_default().to_owned();
            found.push(Citation { kind: CitationKind::AuthorYear, range: start..end, target });
        }
    }
    found
}

fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(['a', 'b', 'c', 'd', 'e']);
    word.len() - digits.len() <= 1
        && digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20"))
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many words an author list may have.
const LONGEST: usize = 14;

impl<'t> Line<'t> {
    fn at(&self, index: usize) -> &'t str {
        self.pieces.get(index).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    fn before(&self, index: usize, back: usize) -> &'t str {
        index.checked_sub(back).map_or("", |index| self.at(index))
    }

    fn is_name(&self, word: &str) -> bool {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some()
            && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '’'))
            && !self.is_no_author(word)
    }

    fn is_no_author(&self, word: &str) -> bool {
        let folded = fold(word);
        self.lexicon.list("no-author").binary_search_by(|known| known.as_str().cmp(folded.as_ref())).is_ok()
    }

    /// "Roe (2019)": the year alone in the bracket behind the names.
    fn narrative(&self, year: usize) -> Option<Range<usize>> {
        if !matches!(self.before(year, 1), "(" | "[") || !matches!(self.at(year + 1), ")" | "]" | "," | ";" | ":") {
            return None;
        }
        let end = if matches!(self.at(year + 1), ")" | "]") { year + 2 } else { year + 1 };
        let mut at = year.checked_sub(2)?;
        if self.at(at) == "." {
            at = at.checked_sub(1)?;
        }
        let several = match (self.before(at, 1), self.at(at)) {
            ("et", "al") | ("and" | "&", "colleagues" | "coworkers") => {
                at = at.checked_sub(2)?;
                if self.at(at) == "," {
                    at = at.checked_sub(1)?;
                }
                true
            }
            _ => false,
        };
        let mut start = self.name_start(at)?;
        if matches!(self.before(start, 1), "and" | "&" | ",") && self.is_name(self.before(start, 2)) {
            start = self.name_start(start - 2)?;
        } else if !several {
            let name = self.at(at);
            let shouted = !name.chars().any(char::is_lowercase);
            if shouted || !self.lexicon.named(name).is_empty() {
                return None;
            }
        }
        Some(start..end)
    }

    /// The first word of a name that ends here: "Roe-Doe".
    fn name_start(&self, at: usize) -> Option<usize> {
        if !self.is_name(self.at(at)) {
            return None;
        }
        let double = self.before(at, 1) == "-" && self.is_name(self.before(at, 2));
        Some(if double { at - 2 } else { at })
    }

    /// "(Roe et al., 2019": names from the bracket or the last semicolon to the year.
    fn bracketed(&self, year: usize) -> Option<Range<usize>> {
        if !matches!(self.at(year + 1), ")" | "]" | "," | ";" | ":") {
            return None;
        }
        let mut start =
            (year.saturating_sub(LONGEST)..year).rev().find(|at| matches!(self.at(*at), "(" | "[" | ";"))? + 1;
        while start < year && self.is_lead(self.at(start)) {
            start += 1;
        }
        let list = start..year;
        let names = list.clone().filter(|at| self.is_name(self.at(*at))).count();
        let fits = list.clone().all(|at| {
            let word = self.at(at);
            self.is_name(word) || self.is_joint(word) || (word.len() == 1 && word.chars().all(char::is_uppercase))
        });
        (names > 0 && fits && self.is_name(self.at(start))).then_some(start..year + 1)
    }

    /// Words before the names: "see", "e.g.".
    fn is_lead(&self, word: &str) -> bool {
        matches!(word, "see" | "See" | "e" | "g" | "cf" | "also" | "." | ",")
    }

    /// Words and marks between names.
    fn is_joint(&self, word: &str) -> bool {
        matches!(
            word,
            "," | "."
                | "-"
                | "&"
                | "and"
                | "et"
                | "al"
                | "of"
                | "for"
                | "on"
                | "van"
                | "von"
                | "de"
                | "der"
                | "den"
                | "la"
                | "le"
                | "di"
                | "da"
                | "del"
                | "colleagues"
        )
    }
}
