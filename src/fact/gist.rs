//! What a word says beside other words of one article: its like, else its stem, as a number; whether any sentence may lack
//! it; whether it has an opposite.
//!
//! Takes the lexicon and a word; of a word that the lexicon knows, it is worked out once. Compares nothing.

use super::wording::stem;
use crate::lexicon::{Lexicon, Mixed, Word, WordId, WordKind, fold};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::OnceLock;

/// Words that any sentence may have or lack.
const SMALL: &str = "twin-small";

/// Words that make a word stronger: a sentence may lack them, but not behind a negation ("not entirely safe").
const STRENGTH: &str = "twin-strength";

/// Words that allow or advise: figures may be told with them or without.
const LIGHT: &str = "twin-light";

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gist {
    /// The same for words that stand for one another and for the forms of one word.
    pub key: u64,
    /// True for a word that any sentence may have or lack.
    pub small: bool,
    /// True for a word that makes another stronger.
    pub strength: bool,
    /// True for a word that allows or advises.
    pub light: bool,
    /// True when it takes a side against another word.
    pub poled: bool,
}

impl Gist {
    /// Of what says nothing.
    pub const NONE: Self = Self { key: 0, small: true, strength: false, light: false, poled: false };
}

/// The gists of the words that the lexicon knows.
#[derive(Clone, Debug, Default)]
pub struct Gists {
    /// In shelves, of which a run needs few.
    known: OnceLock<Box<[OnceLock<Shelf>]>>,
    /// What lists say of words, looked up at once.
    listed: OnceLock<HashMap<Box<str>, Listed, Mixed>>,
}

/// The gists of words whose numbers are neighbours.
type Shelf = Box<[OnceLock<Gist>; SHELF]>;

/// Words of a shelf.
const SHELF: usize = 64;

/// Which lists hold a word.
#[derive(Clone, Copy, Debug, Default)]
struct Listed {
    small: bool,
    strength: bool,
    light: bool,
}

impl Gists {
    /// What a word says that is written so.
    pub fn of(&self, lexicon: &Lexicon, word: &Word, written: &str) -> Gist {
        let read = || self.read(lexicon, &bare(written), word.kind);
        let WordId(id) = word.token.word;
        if word.token.word == WordId::UNKNOWN {
            return read();
        }
        let shelves = lexicon.vocabulary().last() as usize / SHELF + 1;
        let known = self.known.get_or_init(|| (0..shelves).map(|_| OnceLock::new()).collect());
        let shelf = known
            .get(id as usize / SHELF)
            .map(|shelf| shelf.get_or_init(|| Box::new([const { OnceLock::new() }; SHELF])));
        shelf.and_then(|shelf| shelf.get(id as usize % SHELF)).map_or_else(read, |gist| *gist.get_or_init(read))
    }

    fn read(&self, lexicon: &Lexicon, bare: &str, kind: WordKind) -> Gist {
        let kin = lexicon.kin();
        let key = match kin.stand_in(bare) {
            Some(like) => key(like),
            None if kind == WordKind::Word => key(stem(lexicon.inflections().base(bare).unwrap_or(bare)).as_str()),
            None => key(bare),
        };
        let Listed { small, strength, light } = self.listed(lexicon).get(bare).copied().unwrap_or_default();
        Gist { key, small, strength, light, poled: !kin.poles(bare).is_empty() }
    }

    fn listed(&self, lexicon: &Lexicon) -> &HashMap<Box<str>, Listed, Mixed> {
        self.listed.get_or_init(|| {
            let mut listed: HashMap<Box<str>, Listed, Mixed> = HashMap::default();
            let mut add = |list: &str, set: fn(&mut Listed)| {
                lexicon.list(list).iter().for_each(|word| set(listed.entry(word.as_str().into()).or_default()));
            };
            add(SMALL, |listed| listed.small = true);
            add(STRENGTH, |listed| listed.strength = true);
            add(LIGHT, |listed| listed.light = true);
            listed
        })
    }
}

/// A word folded, without the ending of a possessive.
pub fn bare(written: &str) -> Cow<'_, str> {
    match fold(written) {
        Cow::Borrowed(word) => Cow::Borrowed(word.strip_suffix("'s").unwrap_or(word)),
        Cow::Owned(mut word) => {
            let length = word.strip_suffix("'s").map_or(word.len(), str::len);
            word.truncate(length);
            Cow::Owned(word)
        }
    }
}

/// A number for what is said.
pub fn key(of: &(impl Hash + ?Sized)) -> u64 {
    Mixed::default().hash_one(of)
}
