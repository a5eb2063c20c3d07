//! What stays the same of a finding while an article is edited around it.
//!
//! Takes texts; gives short hexadecimal numbers (the first 48 bits of SHA-256) that a file can hold. White space, letter
//! case and the typography of quotes and dashes are folded, figures are kept. Knows no line, no byte and no path.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt::{self, Display};
use std::str::FromStr;

/// One side of a finding, wherever it stands: the statement that holds it and the headings above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trace([u8; Self::BYTES]);

impl Trace {
    /// Its length; written, a byte is two letters.
    const BYTES: usize = 6;

    /// Of texts, in their order.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut hash = Sha256::new();
        for text in texts {
            hash.update(normal(text).as_bytes());
            // no text holds this byte, so that what belongs to which text cannot be mistaken
            hash.update([0xff]);
        }
        let mut first = [0; Self::BYTES];
        first.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
        Self(first)
    }
}

impl Display for Trace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// A text is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 12 of the letters 0-9 and a-f, and perhaps `-2` for the second of its kind")]
pub struct NoFingerprint;

impl FromStr for Trace {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let mut bytes = [0; Self::BYTES];
        if text.len() != 2 * Self::BYTES || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NoFingerprint);
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            let pair = text.get(2 * index..2 * index + 2).ok_or(NoFingerprint)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NoFingerprint)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Trace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A finding, wherever it stands: its rule and its sides in any order. Written `3fa9c1d2e4b5`; the second of the same
/// kind in one article `3fa9c1d2e4b5-2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint {
    /// What the finding shares with others of its kind: those of the same rule about the same statements.
    pub kind: Trace,
    /// Which of its kind it is in its article, from 1.
    pub nth: usize,
}

impl Fingerprint {
    /// Of a rule's code and the sides of a finding; the first of its kind.
    pub fn new(code: &str, sides: impl IntoIterator<Item = Trace>) -> Self {
        let mut sides: Vec<String> = sides.into_iter().map(|side| side.to_string()).collect();
        sides.sort_unstable();
        sides.dedup();
        let texts = std::iter::once(code).chain(sides.iter().map(String::as_str));
        Self { kind: Trace::of(texts), nth: 1 }
    }
}

impl Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.kind)?;
        if self.nth > 1 { write!(out, "-{}", self.nth) } else { Ok(()) }
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let (kind, nth) = match text.split_once('-') {
            None => (text, 1),
            Some((kind, nth)) => (kind, nth.parse().ok().filter(|nth| *nth > 1).ok_or(NoFingerprint)?),
        };
        Ok(Self { kind: kind.parse()?, nth })
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text as it is compared: lower case, one space for white space, plain quotes and dashes, nothing invisible.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '＇' => out.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '…' => out.push_str("..."),
            'µ' => out.push('μ'),
            _ if char.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.extend(char.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_makes_no_difference_and_figures_do() {
        let of = |text: &str| Trace::of([text]);
        let plain = of("Don't take 10-20 mg \"daily\"...");
        assert_eq!(of("  Don’t take\u{a0}10–20\n mg “daily”… "), plain);
        assert_eq!(of("don\u{2019}t take 10\u{2212}20 mg „daily‟..."), plain);
        assert_ne!(of("Don't take 10-25 mg \"daily\"..."), plain);
        assert_ne!(of("Do take 10-20 mg \"daily\"..."), plain);
        assert_ne!(Trace::of(["ab", "c"]), Trace::of(["a", "bc"]));
    }

    #[test]
    fn the_order_of_sides_makes_no_difference() {
        let (one, two) = (Trace::of(["one"]), Trace::of(["two"]));
        assert_eq!(Fingerprint::new("C001", [one, two]), Fingerprint::new("C001", [two, one]));
        assert_ne!(Fingerprint::new("C001", [one, two]), Fingerprint::new("C001", [one]));
        assert_ne!(Fingerprint::new("C001", [one, two]), Fingerprint::new("C002", [one, two]));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let first = Fingerprint::new("S001", [Trace::of(["text"])]);
        let second = Fingerprint { nth: 2, ..first };
        for one in [first, second] {
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        assert!(second.to_string().ends_with("-2"));
        for wrong in ["", "3fa9", "3fa9c1d2e4bz", "3fa9c1d2e4b5-", "3fa9c1d2e4b5-0", "3fa9c1d2e4b5-1", "+fa9c1d2e4b5"] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NoFingerprint), "{wrong}");
        }
    }
}
