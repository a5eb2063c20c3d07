//! Lines that are known as a whole: comment widgets, page furniture, what feed readers add.
//!
//! Takes the words of a line and the lists of the lexicon; says which list knows the line. A line is compared word by
//! word: case and punctuation do not count, `#` is a number, `*` one or more words, `→` an arrow. Knows no document.

use crate::lexicon::{Lexicon, fold, pieces};
use std::borrow::Cow;
use std::collections::HashMap;

/// Lines with more words are no leftovers: none of the lists is longer.
const LONGEST: usize = 24;

/// What a list says of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A line of a comment widget.
    Comment(Strength),
    /// A line of page furniture.
    Furniture(Strength),
    /// The head of a list of contents.
    Contents,
    /// What a feed reader adds.
    Feed,
    /// The description of an image.
    Image,
}

/// How much a line says on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Only among several strong lines.
    Faint,
    /// Only beside a strong line.
    Weak,
    /// On its own.
    Strong,
}

const LISTS: [(&str, Known); 8] = [
    ("comment-strong", Known::Comment(Strength::Strong)),
    ("comment-weak", Known::Comment(Strength::Weak)),
    ("comment-faint", Known::Comment(Strength::Faint)),
    ("furniture-strong", Known::Furniture(Strength::Strong)),
    ("furniture-weak", Known::Furniture(Strength::Weak)),
    ("furniture-list", Known::Contents),
    ("feed-line", Known::Feed),
    ("image-line", Known::Image),
];

/// All known lines by their first word.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    by_first: HashMap<Box<str>, Vec<(Box<str>, Known)>>,
    last: Vec<String>,
    heads: Vec<String>,
}

impl Lines {
    /// The lists of a lexicon.
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut by_first: HashMap<Box<str>, Vec<(Box<str>, Known)>> = HashMap::new();
        for (list, known) in &LISTS {
            for line in lexicon.list(list) {
                let first = line.split(' ').next().unwrap_or_default();
                by_first.entry(first.into()).or_default().push((line.as_str().into(), *known));
            }
        }
        let list = |name| lexicon.list(name).to_vec();
        Self { by_first, last: list("comment-last"), heads: list("furniture-heads") }
    }

    /// Everything that the lists say of a line, strongest first.
    pub(super) fn known(&self, line: &str, found: &mut Vec<Known>) {
        found.clear();
        let written = line.trim();
        if written.is_empty() || written.len() > 240 {
            return;
        }
        let words = words(written);
        if words.len() > LONGEST {
            return;
        }
        let signs = fold(written);
        if !written.starts_with(char::is_alphanumeric) {
            self.look(&[Cow::Borrowed(signs.as_ref())], found);
        }
        if !words.is_empty() {
            self.look(&words, found);
        }
        found.sort_by_key(|known| match known {
            Known::Feed => 0,
            Known::Comment(Strength::Strong) | Known::Furniture(Strength::Strong) => 1,
            Known::Contents | Known::Image => 2,
            Known::Comment(_) | Known::Furniture(_) => 3,
        });
    }

    /// True for a heading of comments that counts alone at the end of a page.
    pub(super) fn heads_comments(&self, line: &str) -> bool {
        let words = words(line.trim());
        words.len() <= 3 && self.last.iter().any(|known| matches(known, &words))
    }

    /// True for a label that stands for links to other pages.
    pub(super) fn heads_links(&self, line: &str) -> bool {
        let words = words(line.trim());
        self.heads.iter().any(|known| matches(known, &words))
    }

    fn look(&self, words: &[Cow<'_, str>], found: &mut Vec<Known>) {
        let Some(first) = words.first() else { return };
        let candidates = self.by_first.get(first.as_ref()).into_iter().flatten();
        found.extend(candidates.filter(|(line, _)| matches(line, words)).map(|(_, known)| *known));
    }
}

/// The words of a line as they are compared.
pub(super) fn words(line: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    for range in pieces(line).take(LONGEST * 3) {
        let piece = line.get(range).unwrap_or_default();
        match piece.chars().next() {
            Some(first) if first.is_ascii_digit() && piece.len() < 8 => words.push(Cow::Borrowed("#")),
            Some(first) if first.is_alphanumeric() => words.push(fold(piece)),
            Some('→' | '»' | '›' | '⟶' | '➔' | '▸') => words.push(Cow::Borrowed("→")),
            Some('©') => words.push(Cow::Borrowed("copyright")),
            _ => {}
        }
    }
    words
}

/// True when a known line is these words.
fn matches(known: &str, words: &[Cow<'_, str>]) -> bool {
    let mut wanted = known.split(' ').peekable();
    let mut at = 0;
    while let Some(word) = wanted.next() {
        if word != "*" {
            if words.get(at).is_none_or(|own| own != word) {
                return false;
            }
            at += 1;
            continue;
        }
        at += 1;
        match wanted.peek() {
            None => return at <= words.len(),
            Some(next) => match words.get(at..).and_then(|rest| rest.iter().position(|own| own == next)) {
                Some(found) => at += found,
                None => return false,
            },
        }
    }
    at == words.len()
}

/// True for a time stamp as feeds write it: weekday, day, month, year, clock and zone.
pub(super) fn has_stamp(line: &str) -> bool {
    let mut parts = line.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '[' | ']' | '<' | '>'));
    let (mut month, mut clock) = (false, false);
    parts.any(|part| {
        let number = part.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        match part.len() {
            3 if month && clock => {
                matches!(part, "GMT" | "UTC" | "EST" | "EDT" | "PST" | "PDT" | "CST" | "CDT" | "BST" | "CET")
            }
            3 => {
                month |= MONTHS.contains(&part);
                false
            }
            5 if month && clock => {
                part.starts_with(['+', '-']) && part.bytes().skip(1).all(|byte| byte.is_ascii_digit())
            }
            8 if number => {
                clock |= part.bytes().filter(|byte| *byte == b':').count() == 2;
                false
            }
            _ => false,
        }
    })
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    fn is(known: &str, line: &str) -> bool {
        matches(known, &words(line))
    }

    #[test]
    fn lines_are_compared_as_a_whole() {
        assert!(is("# min read", "  7 MIN read "));
        assert!(is("continue reading * →", "Continue reading Sleep and tea →"));
        assert!(is("the post * appeared first on *", "The post Why we yawn appeared first on Yawnblog."));
        assert!(is("copyright #", "© 2021"));
        assert!(!is("# min read", "A 7 min read"));
        assert!(!is("read more", "Read more about yawning"));
        assert!(!is("follow us on *", "Follow us on"));
    }

    #[test]
    fn a_feeds_time_stamp_has_a_clock_and_a_zone() {
        assert!(has_stamp("Posted: Wed, 03 Jan 2024 07:05:11 GMT [source]"));
        assert!(has_stamp("Mon, 1 Sep 2025 10:00:00 +0000"));
        assert!(!has_stamp("Posted Wednesday, 3 January 2024"));
        assert!(!has_stamp("The trial ran from 09:00:00 GMT on 3 Jan 2024"));
    }
}
