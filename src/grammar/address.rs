//! Addresses in running text: URLs, e-mail addresses, DOIs and bare domains.
//!
//! Takes prose and the lexicon's list of domain endings; gives byte ranges in ascending order. Knows nothing of links
//! in markup, and does not judge where an address leads.

use crate::lexicon::Lexicon;
use std::ops::Range;

/// What kind of address it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressKind {
    /// An address with a scheme, or one that begins with `www.` or a bare domain.
    Url,
    /// An e-mail address.
    Email,
    /// A DOI without its resolver: `10.1000/182`.
    Doi,
}

/// An address and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: AddressKind,
}

/// All addresses of a text, in order, never overlapping. Punctuation that ends the sentence is not part of them.
pub fn addresses(text: &str, lexicon: &Lexicon) -> Vec<Address> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let begins = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'@'), _) => at > 0,
        (Some(b':'), Some(after)) => *after == b'/',
        (_, after) => after.is_some_and(u8::is_ascii_alphanumeric),
    };
    if !memchr::memchr3_iter(b':', b'@', b'.', bytes).any(begins) {
        return found;
    }
    let mut finder = linkify::LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url, linkify::LinkKind::Email]);
    let mut from = 0;
    for link in finder.links(text) {
        bare(text, from..link.start(), lexicon, &mut found);
        let kind = match link.kind() {
            linkify::LinkKind::Email => AddressKind::Email,
            _ => AddressKind::Url,
        };
        let end = if kind == AddressKind::Url { link.start() + sensible(link.as_str()) } else { link.end() };
        found.push(Address { range: link.start()..end, kind });
        from = link.end();
    }
    bare(text, from..text.len(), lexicon, &mut found);
    found
}

/// Addresses without a scheme inside `within`.
fn bare(text: &str, within: Range<usize>, lexicon: &Lexicon, found: &mut Vec<Address>) {
    let bytes = text.as_bytes();
    let mut from = within.start;
    while let Some(dot) = bytes.get(from..within.end).and_then(|rest| memchr::memchr(b'.', rest)).map(|at| from + at) {
        let after = bytes.get(dot + 1).copied().unwrap_or(b' ');
        let before = dot.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        if !after.is_ascii_alphanumeric() || !before.is_ascii_alphanumeric() {
            from = dot + 1;
            continue;
        }
        // the run of letters, digits, full stops and hyphens around it is looked at once
        let head = bytes.get(from..dot).unwrap_or_default().iter().rev().take_while(|byte| is_part(byte)).count();
        let tail = bytes.get(dot..within.end).unwrap_or_default().iter().take_while(|byte| is_part(byte)).count();
        let run = dot - head..dot + tail;
        let next = if after.is_ascii_digit() && before == b'0' {
            doi(text, dot, &within)
        } else {
            domain(text, run.clone(), within.end, lexicon)
        };
        from = next.as_ref().map_or(run.end, |address| address.range.end.max(dot + 1));
        found.extend(next);
    }
}

/// `10.` and four to nine digits, a slash and a suffix.
fn doi(text: &str, dot: usize, within: &Range<usize>) -> Option<Address> {
    let start = dot.checked_sub(2).filter(|start| *start >= within.start)?;
    let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    if !text.get(start..dot)?.eq("10") || before.is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let tail = text.get(dot + 1..within.end)?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    if !(4..=9).contains(&digits) || tail.as_bytes().get(digits) != Some(&b'/') {
        return None;
    }
    let rest = text.get(start..within.end)?;
    let length = rest.find(|letter: char| letter.is_whitespace() || "<>\"“”{}|\\^`,;".contains(letter));
    let end = start + sensible(rest.get(..length.unwrap_or(rest.len()))?);
    Some(Address { range: start..end, kind: AddressKind::Doi })
}

/// What domains are made of.
const fn is_part(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

/// A domain with `www.` or an ending that is no English word.
fn domain(text: &str, run: Range<usize>, limit: usize, lexicon: &Lexicon) -> Option<Address> {
    let start = run.start;
    let rest = text.get(start..limit)?;
    let name = text.get(run)?.trim_end_matches(['.', '-']);
    let host = name.len();
    let ending = name.rsplit('.').next()?;
    if ending.len() < 2 || !ending.bytes().all(|byte| byte.is_ascii_lowercase()) || name.starts_with(['.', '-']) {
        return None;
    }
    let followed = rest.get(host..)?;
    let has_path = followed.starts_with('/') && followed.chars().nth(1).is_some_and(char::is_alphanumeric);
    let known = lexicon.list("domain-ending").iter().any(|known| known == ending);
    let is_www = name.len() > 8 && name.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."));
    if !(known || is_www) || !name.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let length = if has_path {
        let end = followed.find(|letter: char| letter.is_whitespace() || "<>\"“”’{}|\\^`".contains(letter));
        host + end.unwrap_or(followed.len())
    } else {
        host
    };
    let end = start + sensible(rest.get(..length)?);
    Some(Address { range: start..end, kind: AddressKind::Url })
}

/// Length of an address without what belongs to the sentence: closing punctuation and brackets that it never opened.
fn sensible(address: &str) -> usize {
    let mut open: isize = 0;
    for byte in address.bytes() {
        match byte {
            b'(' | b'[' => open += 1,
            b')' | b']' => open -= 1,
            _ => {}
        }
    }
    let mut kept = address;
    while let Some(last) = kept.chars().next_back() {
        let drop = match last {
            ')' | ']' if open < 0 => {
                open += 1;
                true
            }
            ')' | ']' => false,
            _ => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '’' | '”' | '*' | '_' | '…'),
        };
        if !drop {
            break;
        }
        kept = kept.get(..kept.len() - last.len_utf8()).unwrap_or_default();
    }
    kept.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Data, NamedList};

    fn found(text: &str) -> Vec<(&str, AddressKind)> {
        let words = ["com", "org", "gov", "uk"].map(String::from).to_vec();
        let list = vec![NamedList { name: "domain-ending".into(), words }];
        let lexicon = Lexicon::new(Data { list, ..Data::default() }).unwrap();
        addresses(text, &lexicon).into_iter().map(|address| (&text[address.range], address.kind)).collect()
    }

    #[test]
    fn addresses_end_before_the_sentence_does() {
        use AddressKind::{Doi, Email, Url};
        assert_eq!(found("See https://a.example/x_(y). Then"), [("https://a.example/x_(y)", Url)]);
        assert_eq!(found("(doi:10.1000/182(5)x)."), [("10.1000/182(5)x", Doi)]);
        assert_eq!(found("Ask Jane.Doe@example.com. I did"), [("Jane.Doe@example.com", Email)]);
        assert_eq!(found("the list at nhs.uk/conditions/statins, kept"), [("nhs.uk/conditions/statins", Url)]);
        assert_eq!(found("visit www.example.shop today"), [("www.example.shop", Url)]);
    }

    #[test]
    fn ordinary_full_stops_are_no_addresses() {
        for text in ["0.5 mg/kg", "the dose.It is", "e.g.this", "i.v. and a.m.", "at 10.5/20", "U.S.A.", "v1.2.3"] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
