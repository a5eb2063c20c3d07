//! Where sentences end.
//!
//! Takes prose and its addresses; gives the offset behind each sentence. One pass; every decision looks at a bounded
//! stretch around a full stop, question or exclamation mark.

use super::abbreviation::{self, Around};
use crate::grammar::address::Address;
use crate::lexicon::Lexicon;

/// A bracket longer than this is not kept together.
const BRACKET: usize = 400;

/// Ends of all sentences in order, white space behind them left to the next; the last is the end of the text.
pub(super) fn ends(text: &str, addresses: &[Address], lexicon: &Lexicon) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut brackets = Brackets::new(text);
    let mut addresses = addresses.iter().peekable();
    // without letters beyond English the search takes many bytes at a time
    let plain = text.is_ascii();
    let next = |at: usize| {
        let rest = bytes.get(at..)?;
        if plain { memchr::memchr3(b'.', b'!', b'?', rest) } else { rest.iter().position(|byte| is_stop_byte(*byte)) }
    };
    while let Some(step) = next(at) {
        at += step;
        let rest = text.get(at..).unwrap_or_default();
        if !rest.starts_with(is_stop) {
            at += 1;
            continue;
        }
        while addresses.next_if(|address| address.range.end <= at).is_some() {}
        if let Some(address) = addresses.peek().filter(|address| address.range.contains(&at)) {
            at = address.range.end;
            continue;
        }
        let stop = Stop::read(text, at);
        if let Some(end) = stop.end(text, start, &mut brackets, lexicon) {
            found.push(end);
            start = end;
        }
        at = stop.after.max(at + 1);
    }
    found.push(text.len());
    found
}

const fn is_stop_byte(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xe2 | 0xe3 | 0xef)
}

const fn is_stop(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？')
}

/// Stops that stand together, and what closes behind them.
#[derive(Clone, Copy, Debug)]
struct Stop {
    at: usize,
    /// Behind the stops.
    stopped: usize,
    /// Behind quotes, brackets and reference marks that close.
    after: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One full stop.
    Full,
    /// A question or exclamation mark is among them.
    Strong,
    /// Three or more full stops.
    Ellipsis,
}

impl Stop {
    fn read(text: &str, at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let (mut length, mut dots, mut strong) = (0, 0, false);
        let mut letters = rest.char_indices().peekable();
        while let Some((offset, letter)) = letters.next() {
            if is_stop(letter) {
                length = offset + letter.len_utf8();
                dots += if letter == '…' { 3 } else { usize::from(letter == '.') };
                strong |= !matches!(letter, '.' | '…' | '。');
            } else if !(letter.is_whitespace()
                && letters.peek().is_some_and(|(_, next)| *next == '.')
                && dots > 0
                && spaced(rest, offset))
            {
                break;
            }
        }
        let kind = match (strong, dots) {
            (true, _) => Kind::Strong,
            (_, 0..=2) => Kind::Full,
            _ => Kind::Ellipsis,
        };
        let stopped = at + length;
        Self { at, stopped, after: stopped + closers(text, at, stopped), kind }
    }

    /// The end of the sentence, if it ends here.
    fn end(self, text: &str, start: usize, brackets: &mut Brackets, lexicon: &Lexicon) -> Option<usize> {
        let tail = text.get(self.after..)?;
        let next = tail.trim_start();
        let Some(first) = next.chars().next() else { return Some(text.len()) };
        if brackets.hold(self.at, self.after, start, text) {
            return None;
        }
        if next.len() == tail.len() {
            return self.glued(text, start, lexicon).then_some(self.after);
        }
        let opened = next.trim_start_matches(|letter: char| "\"“‘'([«*_".contains(letter) || is_unseen(letter));
        let letter = opened.chars().next().unwrap_or(first);
        if matches!(
            first,
            ',' | ';' | ':' | '–' | '—' | ')' | ']' | '&' | '/' | '=' | '<' | '>' | '±' | '×' | '≥' | '≤'
        ) {
            return None;
        }
        // "p < . 001": a decimal point that a space cut off
        let cut_off = text.get(start..self.at)?.trim_end().ends_with(['=', '<', '>', '≤', '≥']);
        if cut_off && letter.is_ascii_digit() {
            return None;
        }
        match self.kind {
            Kind::Strong => (self.after == self.stopped || !letter.is_lowercase()).then_some(self.after),
            Kind::Ellipsis => (!letter.is_lowercase()).then_some(self.after),
            Kind::Full => {
                if letter.is_lowercase() && !is_odd_name(opened) {
                    return None;
                }
                let around = Around { before: text.get(start..self.at)?, after: opened };
                // what closes behind the stop shows that it was meant as one
                let inner = self.after == self.stopped && abbreviation::is_inner(around, lexicon);
                (!inner).then_some(self.after)
            }
        }
    }

    /// A sentence that begins directly behind the stop: a small letter, a digit or a bracket before it, a capital
    /// and a small letter behind.
    fn glued(self, text: &str, start: usize, lexicon: &Lexicon) -> bool {
        let before = text.get(start..self.at).unwrap_or_default();
        let tail = text.get(self.after..).unwrap_or_default();
        let tail = tail.trim_start_matches(['"', '“', '‘', '(']);
        let mut letters = tail.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let small = letters.next().is_some_and(|letter| letter.is_lowercase() || letter == ' ');
        let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let ends = before
            .ends_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit() || ")]%”’\"".contains(letter));
        let is_word = self.kind != Kind::Full || word.len() != 1 || word.bytes().all(|byte| byte.is_ascii_digit());
        if !(capital && small && ends && is_word) {
            return false;
        }
        self.kind != Kind::Full || !abbreviation::is_inner(Around { before, after: tail }, lexicon)
    }
}

/// Characters that show as nothing: zero-width, directional marks, soft hyphens.
const fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// True when the white space at `offset` stands inside a spaced ellipsis (". . ."): full stop, space, full stop, and
/// no letter behind the second.
fn spaced(rest: &str, offset: usize) -> bool {
    rest.get(offset..).is_some_and(|rest| {
        let rest = rest.trim_start().trim_start_matches('.');
        !rest.starts_with(char::is_alphanumeric)
    })
}

/// Bytes of closing quotes, brackets and reference marks behind a stop.
fn closers(text: &str, at: usize, stopped: usize) -> usize {
    let rest = text.get(stopped..).unwrap_or_default();
    let mut length = 0;
    loop {
        let tail = rest.get(length..).unwrap_or_default();
        let Some(letter) = tail.chars().next() else { break };
        let step = match letter {
            '’' | '\'' if tail.chars().nth(1).is_some_and(char::is_alphanumeric) => 0,
            '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '*' | '†' | '‡' | '⁾' => letter.len_utf8(),
            '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}' | '\u{207b}' | '\u{207d}' | '⸴' | '˒' => {
                letter.len_utf8()
            }
            _ if is_unseen(letter) => letter.len_utf8(),
            '[' | ' ' | '\u{a0}' => bracketed(tail),
            '0'..='9' if length == 0 => digits(text.get(..at).unwrap_or_default(), tail),
            _ => 0,
        };
        if step == 0 {
            break;
        }
        length += step;
    }
    length
}

/// `[3]`, `[3–5, 8]`, perhaps with a space before it.
fn bracketed(tail: &str) -> usize {
    let space = tail.len() - tail.trim_start_matches([' ', '\u{a0}']).len();
    if space > 2 {
        return 0;
    }
    let Some(inner) = tail.get(space..).and_then(|tail| tail.strip_prefix('[')) else { return 0 };
    let is_label = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '-' | '–' | ' ' | '^');
    let length = inner.find(|letter| !is_label(letter)).unwrap_or(inner.len());
    if length == 0 || length > 40 || !inner.get(length..).is_some_and(|inner| inner.starts_with(']')) {
        return 0;
    }
    // a number in brackets that opens the next entry of a list of references is not this sentence's
    space + 1 + length + 1
}

/// A superscript that lost its shape: digits glued to the full stop of a word, white space behind.
fn digits(before: &str, tail: &str) -> usize {
    let word = before.chars().rev().take_while(|letter| letter.is_alphabetic()).take(4);
    let is_word = word.clone().count() > 2 && word.clone().next().is_some_and(char::is_lowercase)
        || before.ends_with([')', '”', '%']);
    let length = tail.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-')).count();
    let length = tail.get(..length).map_or(0, |marks| marks.trim_end_matches([',', '-']).len());
    let next = tail.get(length..).unwrap_or_default();
    let ends = next.is_empty() || next.starts_with(char::is_whitespace);
    if is_word && ends && length < 12 && tail.bytes().take_while(u8::is_ascii_digit).count() < 4 { length } else { 0 }
}

/// A name that begins a sentence with a small letter: mRNA, pH, iPhone.
fn is_odd_name(text: &str) -> bool {
    let mut letters = text.chars().skip(1).take_while(|letter| letter.is_alphanumeric());
    letters.next().is_some_and(char::is_uppercase)
}

/// The bracket that is open at a place, as far as it closes soon.
struct Brackets {
    /// Pairs of an opening bracket and its closing one, outermost only, in order.
    pairs: Vec<(usize, usize)>,
    at: usize,
}

impl Brackets {
    fn new(text: &str) -> Self {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut open: Vec<(usize, u8)> = Vec::new();
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'(' | b'[' => open.push((at, byte)),
                b')' | b']' => {
                    let opener = if byte == b')' { b'(' } else { b'[' };
                    let Some((from, found)) = open.pop() else { continue };
                    if found != opener || at - from > BRACKET {
                        open.clear();
                        continue;
                    }
                    while pairs.last().is_some_and(|(start, _)| *start > from) {
                        pairs.pop();
                    }
                    pairs.push((from, at));
                }
                _ => {}
            }
        }
        Self { pairs, at: 0 }
    }

    /// True when a stop stands inside a bracket that opened in mid-sentence and closes behind it.
    fn hold(&mut self, stop: usize, after: usize, start: usize, text: &str) -> bool {
        while self.pairs.get(self.at).is_some_and(|(_, close)| *close < stop) {
            self.at += 1;
        }
        let Some((open, close)) = self.pairs.get(self.at) else { return false };
        *open < stop
            && *close >= after
            && text.get(start..*open).is_some_and(|before| before.contains(char::is_alphanumeric))
    }
}
