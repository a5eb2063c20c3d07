//! Identifiers of works, people and trials, and what is wrong with them: DOI, PMID, PMCID, ISBN, ISSN, ORCID, NCT.
//!
//! Takes prose or an address; gives the identifiers that cannot be right, in order of place. An identifier is looked
//! at only behind its label or inside its own form. Knows no document.

mod digits;

use digits::{eleven, eleven_two, isbn10, isbn13};
use std::ops::Range;

/// Which kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifierKind {
    /// Digital object identifier.
    Doi,
    /// PubMed.
    Pmid,
    /// PubMed Central.
    Pmcid,
    /// Book number.
    Isbn,
    /// Serial number.
    Issn,
    /// Researcher.
    Orcid,
    /// Trial at ClinicalTrials.gov.
    Trial,
}

impl IdentifierKind {
    /// As people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Doi => "DOI",
            Self::Pmid => "PMID",
            Self::Pmcid => "PMCID",
            Self::Isbn => "ISBN",
            Self::Issn => "ISSN",
            Self::Orcid => "ORCID",
            Self::Trial => "NCT number",
        }
    }
}

/// Why an identifier cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The last digit is not the one that the others give.
    CheckDigit {
        /// The digit that they give (`X` for ten).
        expected: char,
    },
    /// It has another number of digits than its kind.
    Length {
        /// How many it has.
        count: usize,
        /// How many it should have, as people say it.
        expected: &'static str,
    },
    /// It is not built as its kind is.
    Form,
}

/// An identifier that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Which kind.
    pub kind: IdentifierKind,
    /// Its bytes, label left out.
    pub range: Range<usize>,
    /// What is wrong.
    pub flaw: Flaw,
}

/// Labels with the kind that follows them. Longer ones first.
const LABELS: &[(&str, IdentifierKind)] = &[
    ("pmcid", IdentifierKind::Pmcid),
    ("orcid", IdentifierKind::Orcid),
    ("isbn", IdentifierKind::Isbn),
    ("issn", IdentifierKind::Issn),
    ("pmid", IdentifierKind::Pmid),
    ("doi", IdentifierKind::Doi),
    ("pmc", IdentifierKind::Pmcid),
    ("nct", IdentifierKind::Trial),
];

/// All identifiers of a text that cannot be right.
pub fn malformed(text: &str) -> Vec<Malformed> {
    let mut found = Vec::new();
    let mut end = 0;
    let bytes = text.as_bytes();
    if !bytes.iter().any(u8::is_ascii_digit) {
        return found;
    }
    for (at, head) in bytes.windows(3).enumerate() {
        if !may_begin(head) {
            continue;
        }
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        // `eISSN` and `e-ISBN` carry their letter in front
        if before.is_some_and(|letter| letter.is_alphanumeric() && !matches!(letter, 'e' | 'p')) {
            continue;
        }
        let Some(rest) = text.get(at..) else { continue };
        let label = LABELS
            .iter()
            .find(|(label, _)| rest.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label)));
        let Some((label, kind)) = label else { continue };
        let next = at + label.len();
        let number = read(text, next, *kind);
        found.extend(number);
    }
    found.sort_by_key(|one| (one.range.start, one.range.end));
    found.retain(|one| {
        let first = one.range.start >= end;
        end = end.max(one.range.end);
        first
    });
    found
}

/// True for the first three letters of every label: a cheap test before the label is looked at.
const fn may_begin(head: &[u8]) -> bool {
    let &[first, second, third] = head else { return false };
    // small letters differ from capitals by one bit
    matches!(
        [first | 0x20, second | 0x20, third | 0x20],
        [b'p', b'm', b'c' | b'i']
            | [b'o', b'r', b'c']
            | [b'i', b's', b'b' | b's']
            | [b'd', b'o', b'i']
            | [b'n', b'c', b't']
    )
}

/// What stands behind a label that ends at `at`.
fn read(text: &str, at: usize, kind: IdentifierKind) -> Option<Malformed> {
    let rest = text.get(at..)?;
    match kind {
        IdentifierKind::Doi => doi(text, at),
        IdentifierKind::Pmid => {
            let start = at + gap(rest);
            let digits = text.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
            let flaw = Flaw::Length { count: digits, expected: "at most 8" };
            (digits > 8 && start > at).then(|| Malformed { kind, range: start..start + digits, flaw })
        }
        IdentifierKind::Pmcid => lettered(text, at, rest, kind),
        IdentifierKind::Trial => lettered(text, at, rest, kind),
        IdentifierKind::Isbn => {
            let start = at + gap(rest);
            let start = start + edition(text.get(start..)?);
            book(text, start)
        }
        IdentifierKind::Issn => grouped(text, at + gap(rest), kind, 8, "8", eleven),
        IdentifierKind::Orcid => {
            let skip = ["id", ".org/", " id"]
                .iter()
                .find(|skip| rest.get(..skip.len()).is_some_and(|head| head.eq_ignore_ascii_case(skip)));
            let mut start = at + skip.map_or(0, |skip| skip.len());
            start += gap(text.get(start..)?);
            for address in ["https://orcid.org/", "http://orcid.org/", "orcid.org/"] {
                if text.get(start..)?.starts_with(address) {
                    start += address.len();
                    break;
                }
            }
            grouped(text, start, kind, 16, "16", eleven_two)
        }
    }
}

/// Length of the white space and the one colon, hash or equals sign behind a label.
fn gap(rest: &str) -> usize {
    let mut sign = false;
    let inside = |letter: char| {
        letter.is_whitespace() || (matches!(letter, ':' | '#' | '=') && !std::mem::replace(&mut sign, true))
    };
    rest.len() - rest.trim_start_matches(inside).len()
}

/// Length of `-13:` and `-10 ` behind `ISBN`.
fn edition(rest: &str) -> usize {
    let trimmed = rest.strip_prefix(['-', '‐', '‑', '–']).unwrap_or(rest);
    let Some(after) = trimmed.strip_prefix("13").or_else(|| trimmed.strip_prefix("10")) else { return 0 };
    let next = after.trim_start_matches([')']);
    let follows = next.starts_with(|letter: char| letter == ':' || letter.is_whitespace());
    if follows { rest.len() - next.len() + gap(next) } else { 0 }
}

/// `10.` and a registrant of four to nine digits, a slash and a suffix.
fn doi(text: &str, at: usize) -> Option<Malformed> {
    let rest = text.get(at..)?;
    let in_address = rest.starts_with(".org/");
    let mut start = at + if in_address { ".org/".len() } else { gap(rest) };
    if start == at {
        return None;
    }
    for twice in
        ["https://doi.org/", "http://dx.doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi.org/", "doi:"]
    {
        let here = text.get(start..)?;
        if here.get(..twice.len()).is_some_and(|head| head.eq_ignore_ascii_case(twice)) {
            start += twice.len();
            start += gap(text.get(start..)?);
            break;
        }
    }
    let name = text.get(start..)?;
    let name = name.get(..name.find(char::is_whitespace).unwrap_or(name.len()))?;
    let name = name.trim_end_matches(['.', ',', ';', ':', ')', ']', '”', '"', '’']);
    let registrant = name.strip_prefix("10.")?;
    let digits = registrant.bytes().take_while(u8::is_ascii_digit).count();
    let after = registrant.get(digits..)?;
    let parts = after.trim_start_matches(|letter: char| letter == '.' || letter.is_ascii_digit());
    let slash = parts.starts_with('/') || parts.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("%2f"));
    let malformed = |flaw| Some(Malformed { kind: IdentifierKind::Doi, range: start..start + name.len(), flaw });
    // a slash at the end may be where a line broke; so may a number without one
    if slash && digits > 0 && !(4..=9).contains(&digits) {
        return malformed(Flaw::Form);
    }
    let letter = parts.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if !slash && digits > 0 && letter && name.len() > 8 { malformed(Flaw::Form) } else { None }
}

/// `PMC` and `NCT` with their number glued to them.
fn lettered(text: &str, at: usize, rest: &str, kind: IdentifierKind) -> Option<Malformed> {
    let head = at.checked_sub(3).and_then(|start| text.get(start..at))?;
    if head.bytes().any(|byte| byte.is_ascii_lowercase()) || !matches!(head, "PMC" | "NCT") {
        return None;
    }
    let length = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).unwrap_or(rest.len());
    let number = rest.get(..length)?.trim_end_matches('-');
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let others = number.len() - digits;
    let mistaken = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'O' | b'o' | b'l' | b'I'));
    let range = at - 3..at + number.len();
    if others > 0 {
        return (mistaken && digits >= 5).then_some(Malformed { kind, range, flaw: Flaw::Form });
    }
    let wrong = kind == IdentifierKind::Trial && digits >= 3 && digits != 8;
    wrong.then_some(Malformed { kind, range, flaw: Flaw::Length { count: digits, expected: "8" } })
}

/// Digits with their hyphens and single spaces; `X` may end them. Gives the digits and where each of them ends.
fn digits_of(text: &str, start: usize, spaces: bool, most: usize) -> Vec<(char, usize)> {
    let mut digits: Vec<(char, usize)> = Vec::new();
    let mut signs = 0;
    for (at, letter) in text.get(start..).unwrap_or_default().char_indices() {
        let end = start + at + letter.len_utf8();
        match letter {
            '0'..='9' if digits.len() <= most => digits.push((letter, end)),
            'X' | 'x' if !digits.is_empty() => {
                digits.push(('X', end));
                break;
            }
            '\u{ad}' | '\u{200b}' | '\u{2060}' => continue,
            '-' | '\u{2010}'..='\u{2013}' if !digits.is_empty() && signs == 0 => {
                signs += 1;
                continue;
            }
            _ if spaces && letter.is_whitespace() && !digits.is_empty() && signs == 0 => {
                signs += 1;
                continue;
            }
            _ => break,
        }
        signs = 0;
    }
    digits
}

/// An ISBN: thirteen digits when it begins with 978 or 979, else ten.
fn book(text: &str, start: usize) -> Option<Malformed> {
    let closed = digits_of(text, start, false, 14);
    let mut digits = if closed.len() == 10 || closed.len() == 13 { closed } else { digits_of(text, start, true, 14) };
    let number: String = digits.iter().map(|(digit, _)| *digit).collect();
    let long = number.starts_with("978") || number.starts_with("979");
    let wanted = if long { 13 } else { 10 };
    // what stands behind a space may be a year or an edition
    if let Some((_, end)) = digits.get(wanted - 1)
        && digits.len() > wanted
        && text.get(*end..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
    {
        digits.truncate(wanted);
    }
    let (_, end) = *digits.last()?;
    let malformed = |flaw| Some(Malformed { kind: IdentifierKind::Isbn, range: start..end, flaw });
    let number: Vec<char> = digits.iter().map(|(digit, _)| *digit).collect();
    match number.len() {
        0..=6 => None,
        10 if !long => isbn10(&number).and_then(|expected| malformed(Flaw::CheckDigit { expected })),
        13 if long => isbn13(&number).and_then(|expected| malformed(Flaw::CheckDigit { expected })),
        13 => malformed(Flaw::Form),
        count => malformed(Flaw::Length { count, expected: if long { "13" } else { "10 or 13" } }),
    }
}

/// Groups of four digits with a check digit at the end.
fn grouped(
    text: &str,
    start: usize,
    kind: IdentifierKind,
    wanted: usize,
    expected: &'static str,
    check: fn(&[char]) -> Option<char>,
) -> Option<Malformed> {
    let digits = digits_of(text, start, false, wanted);
    let (_, end) = *digits.last()?;
    let hyphen = text.get(start..end)?.chars().nth(4).is_some_and(|letter| !letter.is_ascii_digit());
    let number: Vec<char> = digits.iter().map(|(digit, _)| *digit).collect();
    let flaw = if number.len() == wanted {
        Flaw::CheckDigit { expected: check(&number)? }
    } else if hyphen && number.len() > 4 {
        Flaw::Length { count: number.len(), expected }
    } else {
        return None;
    };
    Some(Malformed { kind, range: start..end, flaw })
}

#[cfg(test)]
mod tests;
