//! Citations in running text: DOI, PMID, PMCID, trial registry numbers, author and year; and persons with a title.
//!
//! Takes prose (or an address) and the lexicon's lists of registries, titles and words that are no author; gives byte
//! ranges. Knows no document, and does not judge whether an identifier is well formed.

mod author;
mod person;

pub use person::persons;

use crate::lexicon::{Lexicon, pieces};
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while, take_while_m_n, take_while1};
use nom::character::complete::char as sign;
use nom::combinator::{opt, recognize, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::ops::Range;

/// What kind of citation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationKind {
    /// `doi:10.1000/182`
    Doi,
    /// `PMID: 12345678`
    Pmid,
    /// `PMC1234567`
    Pmcid,
    /// `NCT01234567`
    Registry,
    /// "(Roe et al., 2019)", "Roe and Doe (2019)"
    AuthorYear,
}

/// A citation and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Which kind.
    pub kind: CitationKind,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The identifier, or author and year as written.
    pub target: String,
}

/// All citations of a text, in order, never overlapping.
pub fn citations(text: &str, lexicon: &Lexicon) -> Vec<Citation> {
    let mut found = Vec::new();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return found;
    }
    if digits >= REGISTERED || is_labelled(text) {
        let registries = Registries::new(lexicon);
        let mut end = 0;
        for word in pieces(text) {
            if word.start < end {
                continue;
            }
            let rest = text.get(word.start..).unwrap_or_default();
            // an identifier begins a word: "aPMC12" is none
            if let Ok((after, (kind, target))) = identifier(rest, &registries) {
                end = text.len() - after.len();
                found.push(Citation { kind, range: word.start..end, target: target.to_owned() });
            }
        }
    }
    let taken = found.len();
    for citation in author::years(text, lexicon) {
        let other = found
            .iter()
            .take(taken)
            .any(|one| one.range.start < citation.range.end && citation.range.start < one.range.end);
        if !other {
            found.push(citation);
        }
    }
    found.sort_by_key(|one| one.range.start);
    found
}

/// Digits of the shortest number that a registry gives.
const REGISTERED: usize = 5;

/// False when a text with fewer digits than that holds no identifier: neither "10." nor the beginning of "PMID".
fn is_labelled(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut letters = memchr::memchr2_iter(b'p', b'P', bytes);
    memchr::memmem::find(bytes, b"10.").is_some() || letters.any(|at| matches!(bytes.get(at + 1), Some(b'm' | b'M')))
}

type Read<'t, T> = IResult<&'t str, T>;

/// `doi`, `pmid`, `pmcid` or a registry number at the beginning of the text.
fn identifier<'t>(text: &'t str, registries: &Registries<'_>) -> Read<'t, (CitationKind, &'t str)> {
    match text.as_bytes().first().map(u8::to_ascii_lowercase) {
        Some(b'1') => doi.map(|id| (CitationKind::Doi, id)).parse(text),
        Some(b'd') => preceded((tag_no_case("doi"), colon), doi).map(|id| (CitationKind::Doi, id)).parse(text),
        Some(b'p') => alt((pmid.map(|id| (CitationKind::Pmid, id)), pmcid.map(|id| (CitationKind::Pmcid, id))))
            .parse(text)
            .or_else(|_| registry(text, registries)),
        Some(first) if first.is_ascii_alphabetic() => registry(text, registries),
        _ => Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Alpha))),
    }
}

fn colon(text: &str) -> Read<'_, ()> {
    let spaces = || take_while(char::is_whitespace);
    value((), (spaces(), opt(alt((sign(':'), sign('#'), sign('=')))), spaces())).parse(text)
}

/// `10.` and four to nine digits, a slash and a suffix that does not end in punctuation.
fn doi(text: &str) -> Read<'_, &str> {
    let (rest, _) = (
        opt(alt((tag_no_case("https://doi.org/"), tag_no_case("http://dx.doi.org/"), tag_no_case("doi.org/")))),
        tag_no_case("10."),
        take_while_m_n(4, 9, |letter: char| letter.is_ascii_digit()),
        sign('/'),
    )
        .parse(text)?;
    let (_, suffix) =
        take_while1(|letter: char| !letter.is_whitespace() && !matches!(letter, '"' | '<' | '>' | '”')).parse(rest)?;
    let mut length = suffix.trim_end_matches(['.', ',', ';', ':', '\'', '’', '*', '_', '?', '!']).len();
    while let Some(kept) = suffix.get(..length)
        && kept.ends_with([')', ']', '}'])
        && kept.matches([')', ']', '}']).count() > kept.matches(['(', '[', '{']).count()
    {
        length = kept.trim_end_matches(['.', ',', ';']).len() - 1;
        length = kept.get(..length).map_or(0, |kept| kept.trim_end_matches(['.', ',', ';']).len());
    }
    if length == 0 {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::TakeWhile1)));
    }
    let end = text.len() - rest.len() + length;
    let start = text.find("10.").unwrap_or(0);
    Ok((text.get(end..).unwrap_or_default(), text.get(start..end).unwrap_or_default()))
}

/// `PMID: 12345678`
fn pmid(text: &str) -> Read<'_, &str> {
    preceded((tag_no_case("pmid"), colon), digits(1, 8)).parse(text)
}

/// `PMC1234567`, `PMCID: PMC1234567`
fn pmcid(text: &str) -> Read<'_, &str> {
    preceded(opt((tag_no_case("pmcid"), colon)), recognize((tag_no_case("pmc"), digits(4, 9)))).parse(text)
}

/// A number of so many digits that does not go on.
fn digits<'t>(least: usize, most: usize) -> impl Parser<&'t str, Output = &'t str, Error = nom::error::Error<&'t str>> {
    terminated(
        take_while_m_n(least, most, |letter: char| letter.is_ascii_digit()),
        nom::combinator::not(nom::character::complete::satisfy(char::is_alphanumeric)),
    )
}

/// The letters with which registries begin their numbers.
struct Registries<'l> {
    letters: &'l [String],
    /// Which of `a` to `z` some begin with, as bits.
    firsts: u32,
}

impl<'l> Registries<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        let letters = lexicon.list("trial-registry");
        Self { letters, firsts: letters.iter().fold(0, |firsts, letters| firsts | first_bit(letters)) }
    }

    fn may_begin(&self, text: &str) -> bool {
        self.firsts & first_bit(text) != 0
    }
}

/// The bit of the letter that a text begins with, in either case; 0 for anything else.
fn first_bit(text: &str) -> u32 {
    let first = text.bytes().next().filter(u8::is_ascii_alphabetic);
    first.map_or(0, |first| 1 << (first.to_ascii_lowercase() - b'a'))
}

/// A registry's letters and a number: `NCT01234567`, `ISRCTN12345678`, `EudraCT 2019-001234-56`.
fn registry<'t>(text: &'t str, registries: &Registries<'_>) -> Read<'t, (CitationKind, &'t str)> {
    let fail = || nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Tag));
    let head = text.bytes().take(8).take_while(u8::is_ascii_alphabetic).count();
    if head < 3 || !registries.may_begin(text) {
        return Err(fail());
    }
    for letters in registries.letters {
        let Some(start) = text.get(..letters.len()) else { continue };
        if !start.eq_ignore_ascii_case(letters) {
            continue;
        }
        let rest = text.get(letters.len()..).unwrap_or_default();
        let (number, _) = opt(colon).parse(rest)?;
        let part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/');
        let (after, id) = take_while1(part).parse(number)?;
        let id = id.trim_end_matches(['-', '/']);
        if id.bytes().filter(u8::is_ascii_digit).count() >= REGISTERED {
            let end = text.len() - after.len();
            let end = end - (number.len() - after.len() - id.len());
            return Ok((
                text.get(end..).unwrap_or_default(),
                (CitationKind::Registry, text.get(..end).unwrap_or_default()),
            ));
        }
    }
    Err(fail())
}

/// The identifier that an address leads to, if it is one: the hosts of DOI resolvers, PubMed, PubMed Central and trial
/// registries are lists of the lexicon.
pub fn identify(address: &str, lexicon: &Lexicon) -> Option<(CitationKind, String)> {
    if let Some(id) = address.get(..4).filter(|head| head.eq_ignore_ascii_case("doi:")).and(address.get(4..)) {
        return doi(id.trim_start()).ok().map(|(_, id)| (CitationKind::Doi, id.to_owned()));
    }
    let (_, rest) = address.split_once("//")?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is = |list: &str| lexicon.list(list).iter().any(|known| known == host);
    let parts = || path.split(['/', '?', '#', '&', '=']);
    let numbered = |part: &&str| part.len() > 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let lettered = |part: &&str| {
        part.bytes().take(3).all(|byte| byte.is_ascii_alphabetic())
            && part.bytes().skip(3).any(|byte| byte.is_ascii_digit())
    };
    let (kind, id) = if is("host-doi") {
        (CitationKind::Doi, doi(path).ok()?.1)
    } else if is("host-registry") {
        (CitationKind::Registry, parts().find(lettered).or_else(|| parts().find(numbered))?)
    } else if is("host-pubmed") {
        match parts().find(lettered) {
            Some(id) => (CitationKind::Pmcid, id),
            None => (CitationKind::Pmid, parts().find(numbered)?),
        }
    } else {
        return None;
    };
    Some((kind, id.to_owned()))
}

#[cfg(test)]
mod tests;
