//! Tables that are used where they lie: in the binary, as the build script packed them.
//!
//! A run needs few of the many names, so nothing is decoded or copied before it is asked for. All numbers are 32 bits,
//! little endian. Knows no word and no entry.

use super::vocabulary::{FastMap, Mixer};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::hash::Hasher;
use std::sync::OnceLock;

/// A row of numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Numbers {
    #[serde(borrow)]
    bytes: Cow<'static, [u8]>,
}

impl Numbers {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / 4
    }

    /// The number at a place.
    pub(crate) fn get(&self, at: usize) -> Option<u32> {
        self.bytes.as_chunks::<4>().0.get(at).map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// `N` numbers side by side: the row of a table of `N` columns.
    pub(crate) fn row<const N: usize>(&self, row: usize) -> Option<[u32; N]> {
        let from = row.checked_mul(N)?;
        let numbers = self.bytes.as_chunks::<4>().0.get(from..from + N)?;
        let mut row = [0; N];
        for (number, bytes) in row.iter_mut().zip(numbers) {
            *number = u32::from_le_bytes(*bytes);
        }
        Some(row)
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        Self { bytes: Cow::Owned(numbers.into_iter().flat_map(u32::to_le_bytes).collect()) }
    }
}

/// A row of texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Texts {
    #[serde(borrow)]
    text: Cow<'static, str>,
    /// Where each ends.
    ends: Numbers,
}

impl Texts {
    /// Of these texts.
    pub(crate) fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut text = String::new();
        let ends = texts
            .into_iter()
            .map(|own| {
                text.push_str(own);
                number(text.len())
            })
            .collect();
        Self { text: text.into(), ends }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start as usize..self.ends.get(at)? as usize)
    }

    /// True when the text at a place is this one.
    fn is(&self, at: usize, text: &[u8]) -> bool {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before));
        let range = start.zip(self.ends.get(at)).map(|(start, end)| start as usize..end as usize);
        range.and_then(|range| self.text.as_bytes().get(range)) == Some(text)
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }
}

/// Finds the place of a key in a row of keys that lies elsewhere: a table of places, each as far behind the one that the
/// key's hash names as others stood in its way. Beside the place stand bits of the hash, so that other keys are hardly
/// ever looked at. It holds at most four million keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Index {
    /// Bits of the hash above the place plus one, or 0; as many as a power of two.
    slots: Numbers,
}

/// Bits of a place.
const PLACE: u32 = 22;

/// Bits of a hash that stand above a place.
fn tag(hash: u64) -> u32 {
    u32::try_from(hash >> (32 + PLACE)).unwrap_or(0) << PLACE
}

impl Index {
    /// Of keys with these hashes, in the order of their places.
    pub(crate) fn new(hashes: &[u64]) -> Self {
        // at most three of four slots are taken
        let size = (hashes.len() + hashes.len().div_ceil(3)).next_power_of_two();
        let mut slots = vec![0; size];
        for (place, hash) in hashes.iter().enumerate().take((1 << PLACE) - 1) {
            let mut at = slot(*hash, size);
            while slots.get(at).is_some_and(|taken| *taken != 0) {
                at = (at + 1) % size;
            }
            slots.iter_mut().skip(at).take(1).for_each(|own| *own = tag(*hash) | number(place + 1));
        }
        Self { slots: slots.into_iter().collect() }
    }

    /// The place of the key with this hash for which `is` says yes.
    pub(crate) fn find(&self, hash: u64, is: impl Fn(usize) -> bool) -> Option<usize> {
        let size = self.slots.len();
        let tag = tag(hash);
        let mut at = slot(hash, size);
        for _ in 0..size {
            let slot = self.slots.get(at)?;
            let place = ((slot & ((1 << PLACE) - 1)) as usize).checked_sub(1)?;
            if slot >> PLACE << PLACE == tag && is(place) {
                return Some(place);
            }
            at = (at + 1) & (size - 1);
        }
        None
    }
}

/// Texts by which numbers are found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Keyed {
    index: Index,
    keys: Texts,
    values: Numbers,
}

impl Keyed {
    /// Of pairs of which no two have the same key.
    pub(crate) fn new<'k>(pairs: impl IntoIterator<Item = (&'k str, u32)>) -> Self {
        let (keys, values): (Vec<&str>, Vec<u32>) = pairs.into_iter().unzip();
        let hashes: Vec<u64> = keys.iter().map(|key| hash_of(key)).collect();
        Self { index: Index::new(&hashes), keys: Texts::new(keys), values: values.into_iter().collect() }
    }

    /// The number of a key.
    pub(crate) fn get(&self, key: &[u8]) -> Option<u32> {
        let place = self.index.find(hash_of_bytes(key), |place| self.keys.is(place, key))?;
        self.values.get(place)
    }

    /// All pairs.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.keys.iter().zip(self.values.iter())
    }
}

/// A value that is decoded when it is first asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) struct Later<T> {
    #[serde(borrow)]
    bytes: Cow<'static, [u8]>,
    #[serde(skip)]
    made: OnceLock<T>,
}

impl<T: Default + DeserializeOwned + Serialize> Later<T> {
    /// Of a value that is there.
    pub(crate) fn made(value: T) -> Self {
        Self { bytes: Cow::Borrowed(&[]), made: OnceLock::from(value) }
    }

    /// The value; an empty one when the bytes are none of it, which the tests of the built-in data keep from happening.
    pub(crate) fn get(&self) -> &T {
        self.made.get_or_init(|| postcard::from_bytes(&self.bytes).unwrap_or_default())
    }

    /// Takes the value out.
    pub(crate) fn take(&mut self) -> T {
        self.get();
        self.made.take().unwrap_or_default()
    }

    /// Makes bytes of the value.
    ///
    /// # Errors
    /// When the value cannot be written.
    pub(crate) fn pack(&mut self) -> Result<(), postcard::Error> {
        self.bytes = postcard::to_allocvec(self.get())?.into();
        Ok(())
    }
}

/// Numbers of texts: those of the built-in data where they lie, and those that came since.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Known {
    packed: Keyed,
    #[serde(skip)]
    added: FastMap<Box<str>, u32>,
}

impl Known {
    /// The number of a text.
    pub(crate) fn get(&self, text: &str) -> Option<u32> {
        self.get_bytes(text.as_bytes())
    }

    /// The same of the bytes of a text.
    pub(crate) fn get_bytes(&self, text: &[u8]) -> Option<u32> {
        let added = || self.added.get(std::str::from_utf8(text).ok()?).copied();
        self.packed.get(text).or_else(|| if self.added.is_empty() { None } else { added() })
    }

    /// Gives a text, which has none, a number.
    pub(crate) fn insert(&mut self, text: &str, number: u32) {
        self.added.insert(text.into(), number);
    }

    /// All texts and their numbers, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.packed.iter().chain(self.added.iter().map(|(text, number)| (text.as_ref(), *number)))
    }

    /// Puts all where they can be used as they lie.
    pub(crate) fn pack(&mut self) {
        let mut all: Vec<(&str, u32)> = self.iter().collect();
        all.sort_unstable();
        self.packed = Keyed::new(all);
        self.added = FastMap::default();
    }
}

/// A row of values, each of which is decoded when it is first asked for, and those that came since.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) struct Row<T> {
    #[serde(borrow)]
    bytes: Cow<'static, [u8]>,
    /// Where each ends.
    ends: Numbers,
    #[serde(skip)]
    made: OnceLock<Box<[OnceLock<Box<T>>]>>,
    #[serde(skip)]
    added: Vec<T>,
}

impl<T> Default for Row<T> {
    fn default() -> Self {
        Self { bytes: Cow::Borrowed(&[]), ends: Numbers::default(), made: OnceLock::new(), added: Vec::new() }
    }
}

impl<T: DeserializeOwned + Serialize> Row<T> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len() + self.added.len()
    }

    /// The value at a place; none when its bytes are none, which the tests of the built-in data keep from happening.
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        if let Some(added) = at.checked_sub(self.ends.len()) {
            return self.added.get(added);
        }
        let made = self.made.get_or_init(|| (0..self.ends.len()).map(|_| OnceLock::new()).collect());
        let made = made.get(at)?;
        if made.get().is_none() {
            let _ = made.set(Box::new(self.read(at)?));
        }
        made.get().map(AsRef::as_ref)
    }

    /// The value at a place of those that were packed, decoded without being kept.
    pub(crate) fn read(&self, at: usize) -> Option<T> {
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before)?,
            None => 0,
        };
        let bytes = self.bytes.get(start as usize..self.ends.get(at)? as usize)?;
        postcard::from_bytes(bytes).ok()
    }

    /// The value at a place, to be changed, of those that came since the packing.
    pub(crate) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.added.get_mut(at.checked_sub(self.ends.len())?)
    }

    /// Appends a value; gives its place.
    pub(crate) fn push(&mut self, value: T) -> usize {
        self.added.push(value);
        self.len() - 1
    }

    /// Puts all where they can be decoded one by one.
    ///
    /// # Errors
    /// When a value cannot be written.
    pub(crate) fn pack(&mut self) -> Result<(), postcard::Error> {
        let mut bytes = self.bytes.to_vec();
        let mut ends: Vec<u32> = self.ends.iter().collect();
        for value in &self.added {
            bytes.extend(postcard::to_allocvec(value)?);
            ends.push(number(bytes.len()));
        }
        *self = Self { bytes: bytes.into(), ends: ends.into_iter().collect(), ..Self::default() };
        Ok(())
    }
}

/// What a text is found by.
pub(crate) fn hash_of(text: &str) -> u64 {
    hash_of_bytes(text.as_bytes())
}

fn hash_of_bytes(text: &[u8]) -> u64 {
    let mut mixer = Mixer::default();
    mixer.write(text);
    mixer.finish()
}

fn slot(hash: u64, size: usize) -> usize {
    usize::try_from(hash & (size as u64).wrapping_sub(1)).unwrap_or(0)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn what_was_packed_is_found_and_nothing_else(
            pairs in proptest::collection::btree_map("[ab\u{e9}]{0,6}", any::<u32>(), 0..80),
            other in "[ab\u{e9}]{0,6}",
        ) {
            let keyed = Keyed::new(pairs.iter().map(|(key, value)| (key.as_str(), *value)));
            let bytes: &'static [u8] = postcard::to_allocvec(&keyed).unwrap().leak();
            let read: Keyed = postcard::from_bytes(bytes).unwrap();
            for (key, value) in &pairs {
                prop_assert_eq!(read.get(key.as_bytes()), Some(*value));
            }
            prop_assert_eq!(read.get(other.as_bytes()), pairs.get(&other).copied());
            let all: BTreeMap<String, u32> = read.iter().map(|(key, value)| (key.to_owned(), value)).collect();
            prop_assert_eq!(all, pairs);
        }
    }

    #[test]
    fn values_are_decoded_one_by_one() {
        let mut row = Row::default();
        row.push("a".to_owned());
        row.push("b".to_owned());
        row.pack().unwrap();
        assert_eq!(row.push("c".to_owned()), 2);
        let all: Vec<_> = (0..4).map(|at| row.get(at).map(String::as_str)).collect();
        assert_eq!(all, [Some("a"), Some("b"), Some("c"), None]);
    }

    #[test]
    fn rows_end_where_the_numbers_do() {
        let numbers: Numbers = [1, 2, 3, 4, 5].into_iter().collect();
        assert_eq!(numbers.row::<2>(1), Some([3, 4]));
        assert_eq!(numbers.row::<2>(2), None);
        assert_eq!(numbers.get(4), Some(5));
        assert_eq!(Texts::new(["a", "", "b"]).iter().collect::<Vec<_>>(), ["a", "", "b"]);
    }
}
