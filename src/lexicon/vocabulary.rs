//! Interned words: a text's word is looked up once and is a number from then on.

use super::packed::Known;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// A map whose keys come from the data and the text of one run: speed counts, and the order is never looked at.
pub(super) type FastMap<K, V> = HashMap<K, V, Mixed>;

/// What such a map hashes with.
pub type Mixed = BuildHasherDefault<Mixer>;

/// Multiply and rotate, eight bytes at a time.
#[derive(Clone, Debug, Default)]
pub struct Mixer(u64);

impl Mixer {
    const fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            self.mix(u64::from_le_bytes(*chunk));
        }
        if !rest.is_empty() {
            self.mix(rest.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)));
        }
    }
    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }
    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

/// Number of a known word; [`WordId::UNKNOWN`] for all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that nothing asks for.
    pub const UNKNOWN: Self = Self(0);
}

/// What the vocabulary knows of a word of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// The word itself.
    pub word: WordId,
    /// The longest known prefix (`dizz*`) that begins it.
    pub prefix: WordId,
    /// The word without a possessive or plural ending, for names: `statin` of "statins" and "statin's".
    pub base: WordId,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Letters, perhaps with digits.
    Word,
    /// Digits.
    Number,
    /// An address, e-mail or identifier; never looked into.
    Address,
    /// Punctuation or a symbol.
    Mark,
}

/// A word or punctuation mark of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the text it stands in.
    pub range: Range<usize>,
    /// What it is.
    pub kind: WordKind,
    /// What the lexicon knows of it.
    pub token: Token,
}

/// All known words and prefixes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Vocabulary {
    words: Known,
    prefixes: Known,
    /// By the two bytes that a prefix begins with: one bit for each length in bytes below [`LONG`].
    lengths: Vec<u32>,
    /// By the first bytes of longer prefixes: the same for each length from that on.
    longer: Vec<u32>,
    next: u32,
}

impl Vocabulary {
    /// The number of a folded word, given one if it had none.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.words.get(folded) {
            return WordId(id);
        }
        self.next += 1;
        self.words.insert(folded, self.next);
        WordId(self.next)
    }

    /// The number of a prefix.
    pub fn intern_prefix(&mut self, folded: &str) -> WordId {
        if let Some(id) = self.prefixes.get(folded) {
            return WordId(id);
        }
        self.next += 1;
        self.prefixes.insert(folded, self.next);
        self.lengths.resize(HEADS, 0);
        self.longer.resize(LONG_HEADS, 0);
        let bit = 1 << folded.len().min(LONGEST);
        let (table, place) = match long_head(folded.as_bytes()) {
            Some(place) => (&mut self.longer, place),
            None => (&mut self.lengths, head(folded.as_bytes())),
        };
        if folded.len() < 2 {
            table.iter_mut().for_each(|lengths| *lengths |= bit);
        }
        table.iter_mut().skip(place).take(1).for_each(|lengths| *lengths |= bit);
        WordId(self.next)
    }

    /// All prefixes in order of their letters, so that those that begin alike stand together: a word whose longest
    /// prefix begins with "dizz" does so too.
    pub fn prefixes(&self) -> Vec<(&str, WordId)> {
        let mut all: Vec<_> = self.prefixes.iter().map(|(prefix, id)| (prefix, WordId(id))).collect();
        all.sort_unstable();
        all
    }

    /// Puts all words where they can be used as they lie.
    pub(super) fn pack(&mut self) {
        self.words.pack();
        self.prefixes.pack();
    }

    /// The highest number of a word or prefix.
    pub const fn last(&self) -> u32 {
        self.next
    }

    /// What is known of a word as written.
    pub fn token(&self, written: &str) -> Token {
        // short words of English are folded in place
        let mut small = [0; SHORT];
        if let Some(small) = small.get_mut(..written.len()).filter(|_| written.is_ascii()) {
            small.copy_from_slice(written.as_bytes());
            small.make_ascii_lowercase();
            return self.folded_token(small);
        }
        self.folded_token(fold(written).as_bytes())
    }

    fn folded_token(&self, folded: &[u8]) -> Token {
        Token { word: self.known(folded), prefix: self.prefix(folded), base: self.base(folded) }
    }

    /// The longest known prefix of a folded word.
    fn prefix(&self, folded: &[u8]) -> WordId {
        let mut lengths = self.lengths.get(head(folded)).copied().unwrap_or_default();
        lengths |= long_head(folded).and_then(|place| self.longer.get(place)).copied().unwrap_or_default();
        while let Some(length) = lengths.checked_ilog2() {
            lengths ^= 1 << length;
            let known = if length as usize == LONGEST {
                let longer = (LONGEST..=folded.len()).rev();
                longer.filter_map(|length| folded.get(..length)).find_map(|head| self.prefixes.get_bytes(head))
            } else {
                folded.get(..length as usize).and_then(|head| self.prefixes.get_bytes(head))
            };
            if let Some(known) = known {
                return WordId(known);
            }
        }
        WordId::UNKNOWN
    }

    /// The number of a name's last word behind a possessive or plural ending: "as" is no plural of "a", nor "codes" of
    /// "cod".
    fn base(&self, folded: &[u8]) -> WordId {
        if let Some(stem) = folded.strip_suffix(b"'s").or_else(|| folded.strip_suffix(b"s'")) {
            return self.known(stem);
        }
        let Some(stem) = folded.strip_suffix(b"s").filter(|stem| stem.len() > 1) else { return WordId::UNKNOWN };
        let known = self.known(stem);
        if known != WordId::UNKNOWN {
            return known;
        }
        if let Some(stem) = stem.strip_suffix(b"ie") {
            return self.known(&[stem, b"y"].concat());
        }
        match stem.strip_suffix(b"e") {
            Some(stem)
                if stem.ends_with(b"ch")
                    || stem.ends_with(b"sh")
                    || matches!(stem.last(), Some(b's' | b'x' | b'z' | b'o')) =>
            {
                self.known(stem)
            }
            _ => WordId::UNKNOWN,
        }
    }

    /// The number of a folded word, if it is known.
    pub fn get(&self, folded: &str) -> WordId {
        self.known(folded.as_bytes())
    }

    fn known(&self, folded: &[u8]) -> WordId {
        self.words.get_bytes(folded).map_or(WordId::UNKNOWN, WordId)
    }
}

/// How many pairs of bytes are told apart: letters of English, and all others as one.
const HEADS: usize = 27 * 27;

/// Bytes of a prefix that has its lengths by all of these bytes.
const LONG: usize = 4;

/// How many such beginnings are told apart.
const LONG_HEADS: usize = 4096;

/// Bytes of a word that is folded in place.
const SHORT: usize = 24;

/// The length in bytes of which, and of all above, one bit tells.
const LONGEST: usize = 31;

/// The place of the two bytes that a word begins with.
fn head(folded: &[u8]) -> usize {
    let place = |byte: Option<&u8>| match byte {
        Some(byte) if byte.is_ascii_lowercase() => usize::from(byte - b'a'),
        _ => 26,
    };
    place(folded.first()) * 27 + place(folded.get(1))
}

/// The place of the bytes that a long word begins with.
fn long_head(folded: &[u8]) -> Option<usize> {
    let bytes = folded.first_chunk::<LONG>()?;
    Some((u32::from_le_bytes(*bytes).wrapping_mul(0x9e37_79b1) >> 20) as usize)
}

/// A word as it is compared: lower case; typographic apostrophes and hyphens made plain; soft hyphens, zero-width
/// characters and joiners dropped; µ and μ one letter.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars() {
        match letter {
            '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{ff07}' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\u{b5}' => folded.push('\u{3bc}'),
            // ligatures of print
            '\u{fb00}' => folded.push_str("ff"),
            '\u{fb01}' => folded.push_str("fi"),
            '\u{fb02}' => folded.push_str("fl"),
            '\u{fb03}' => folded.push_str("ffi"),
            '\u{fb04}' => folded.push_str("ffl"),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
    Cow::Owned(folded)
}

/// Splits a name into words the way sentences are split: at white space and between letters and punctuation that
/// stands for itself. Hyphens and apostrophes inside a word stay.
pub fn words(name: &str) -> impl Iterator<Item = &str> {
    pieces(name).map(|range| name.get(range).unwrap_or_default())
}

/// Byte ranges of the words and punctuation marks of a text. A word is letters, digits and what joins them:
/// an apostrophe or a full stop or comma between digits, an apostrophe between letters. Hyphens separate, so that
/// "fast-acting" is three pieces. White space is skipped; every other character is a piece of its own.
pub fn pieces(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let letter_at = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..).and_then(|rest| rest.chars().next()),
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, first) = loop {
            let letter = letter_at(at)?;
            if !letter.is_whitespace() && !is_ignorable(letter) {
                break (at, letter);
            }
            at += letter.len_utf8();
        };
        at = start + first.len_utf8();
        if !is_word(first) {
            return Some(start..at);
        }
        let mut last = first;
        loop {
            // most letters are English ones
            let rest = bytes.get(at..).unwrap_or_default();
            let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            at += run;
            last = run.checked_sub(1).and_then(|end| rest.get(end)).map_or(last, |byte| char::from(*byte));
            let Some(letter) = letter_at(at) else { break };
            let joins = is_word(letter) || is_ignorable(letter) || {
                let after = || letter_at(at + letter.len_utf8());
                match letter {
                    '\'' | '\u{2019}' | '\u{2bc}' => last.is_alphanumeric() && after().is_some_and(char::is_alphabetic),
                    '.' | ',' | '\u{b7}' => last.is_ascii_digit() && after().is_some_and(|next| next.is_ascii_digit()),
                    _ => false,
                }
            };
            if !joins {
                break;
            }
            at += letter.len_utf8();
            last = letter;
        }
        Some(start..at)
    })
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || letter == '_'
        || !letter.is_ascii() && (letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}'))
}

fn is_ignorable(letter: char) -> bool {
    !letter.is_ascii()
        && matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).collect()
    }

    #[test]
    fn words_are_split_alike_everywhere() {
        assert_eq!(
            split("Don’t take 1,000.5 mg/kg, twice-daily."),
            ["Don’t", "take", "1,000.5", "mg", "/", "kg", ",", "twice", "-", "daily", "."]
        );
        assert_eq!(split("β-blocker’s 0·5%"), ["β", "-", "blocker’s", "0·5", "%"]);
        assert_eq!(split("a\u{a0}b\u{200b}c"), ["a", "b\u{200b}c"]);
    }

    #[test]
    fn folding_hides_typography() {
        assert_eq!(fold("DON’T"), "don't");
        assert_eq!(fold("keta\u{ad}mine"), "ketamine");
        assert_eq!(fold("µg"), fold("μg"));
        assert_eq!(fold("e\u{fb03}cacy of \u{fb01}bre"), "efficacy of fibre");
    }

    #[test]
    fn the_longest_prefix_is_found() {
        let mut vocabulary = Vocabulary::default();
        let short = vocabulary.intern_prefix("di");
        let long = vocabulary.intern_prefix("dizz");
        assert_eq!(vocabulary.token("Dizziness").prefix, long);
        assert_eq!(vocabulary.token("diet").prefix, short);
        assert_eq!(vocabulary.token("dog").prefix, WordId::UNKNOWN);
        assert_eq!(vocabulary.prefixes(), [("di", short), ("dizz", long)]);
    }

    #[test]
    fn endings_of_plurals_are_taken_off_where_english_puts_them() {
        let mut vocabulary = Vocabulary::default();
        for word in ["a", "cod", "virus", "pill", "biopsy"] {
            vocabulary.intern(word);
        }
        let base = |written: &str| vocabulary.token(written).base;
        assert_eq!(base("viruses"), vocabulary.get("virus"));
        assert_eq!(base("pills"), vocabulary.get("pill"));
        assert_eq!(base("biopsies"), vocabulary.get("biopsy"));
        assert_eq!(base("codes"), WordId::UNKNOWN);
        assert_eq!(base("as"), WordId::UNKNOWN);
    }
}
