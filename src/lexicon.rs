//! The words that claimlint knows, from `rules/lexicon/*.toml` and the user's files.
//!
//! Every word that any entry, list or phrase uses is interned once, so that a text is looked up once per word.
//! Knows no rule and no document.

mod data;
mod inflection;
mod vocabulary;

pub use data::{ClassEntry, Data, Irregular, NamedList, NamedPhrases, UnitEntry, WordEntry};
pub use inflection::Inflections;
pub use vocabulary::{Token, Vocabulary, WordId, fold, pieces};

use std::collections::HashMap;
use std::sync::Arc;

/// Index of a lexicon entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u32);

/// Index of a class of entries (`medicine`, `condition`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

/// One thing with a name: a medicine, a condition, a journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Canonical name.
    pub name: Arc<str>,
    /// Its class.
    pub class: ClassId,
    /// Canonical names of what it is a kind of.
    pub kind_of: Vec<Arc<str>>,
    /// Canonical names that are never the same thing as this.
    pub never_same: Vec<Arc<str>>,
    /// Qualifiers that the word implies, such as `route = "iv"` for an infusion.
    pub imply: Vec<(String, String)>,
    /// True when the word needs a cue or its own case to count.
    pub ambiguous: bool,
    /// Registrable domain of an organisation or journal.
    pub domain: Option<String>,
}

/// A place where an entry was found: word indices into the tokens given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What was found.
    pub entry: EntryId,
}

/// All words, classes, entries, lists and units.
#[derive(Clone, Debug)]
pub struct Lexicon {
    vocabulary: Vocabulary,
    classes: Vec<Class>,
    class_ids: HashMap<Arc<str>, ClassId>,
    entries: Vec<Entry>,
    by_name: HashMap<Box<str>, Vec<EntryId>>,
    /// Phrase trie over words: node and word give the next node.
    trie: HashMap<(u32, WordId), u32>,
    /// Entries that end at a node, best first.
    ends: HashMap<u32, Vec<(EntryId, bool)>>,
    lists: HashMap<String, Vec<String>>,
    phrases: Vec<NamedPhrases>,
    units: Vec<UnitEntry>,
    inflections: Inflections,
}

#[derive(Clone, Debug)]
struct Class {
    name: Arc<str>,
    /// All classes it belongs to, itself included.
    within: Vec<ClassId>,
}

/// Why lexicon data cannot be used. The message names the entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LexiconError {
    /// What is wrong.
    pub message: String,
    /// Where in the data: table name, index, key.
    pub place: (&'static str, usize, &'static str),
}

impl Lexicon {
    /// Builds the lexicon from merged data.
    ///
    /// # Errors
    /// When an entry names a class that no file declares.
    pub fn new(data: Data) -> Result<Self, LexiconError> {
        let inflections = Inflections::new(&data.irregular);
        let mut lexicon = Self {
            vocabulary: Vocabulary::default(),
            classes: Vec::new(),
            class_ids: HashMap::new(),
            entries: Vec::new(),
            by_name: HashMap::new(),
            trie: HashMap::new(),
            ends: HashMap::new(),
            lists: HashMap::new(),
            phrases: data.phrases,
            units: data.unit,
            inflections,
        };
        for class in &data.class {
            let id = ClassId(u16::try_from(lexicon.classes.len()).unwrap_or(u16::MAX));
            let name: Arc<str> = class.name.as_str().into();
            lexicon.class_ids.insert(Arc::clone(&name), id);
            lexicon.classes.push(Class { name, within: vec![id] });
        }
        for (index, class) in data.class.iter().enumerate() {
            for parent in &class.of {
                let Some(parent) = lexicon.class_ids.get(parent.as_str()).copied() else {
                    let message = format!("class `{}` belongs to `{parent}`, which no file declares", class.name);
                    return Err(LexiconError { message, place: ("class", index, "of") });
                };
                if let Some(class) = lexicon.classes.get_mut(index) {
                    class.within.push(parent);
                }
            }
        }
        lexicon.close_classes();
        for (index, word) in data.word.into_iter().enumerate() {
            let Some(class) = lexicon.class_ids.get(word.class.as_str()).copied() else {
                let message = format!("`{}` has the class `{}`, which no file declares", word.name, word.class);
                return Err(LexiconError { message, place: ("word", index, "class") });
            };
            lexicon.add(word, class);
        }
        for list in data.list {
            lexicon.lists.entry(list.name).or_default().extend(list.words);
        }
        Ok(lexicon)
    }

    /// Makes `within` transitive. Classes are few, so passes until nothing changes are cheap.
    fn close_classes(&mut self) {
        loop {
            let mut changed = false;
            for index in 0..self.classes.len() {
                let Some(class) = self.classes.get(index) else { continue };
                let mut within = class.within.clone();
                for parent in &class.within {
                    within
                        .extend(self.classes.get(usize::from(parent.0)).map(|p| p.within.clone()).unwrap_or_default());
                }
                within.sort_unstable();
                within.dedup();
                if let Some(class) = self.classes.get_mut(index)
                    && class.within.len() != within.len()
                {
                    class.within = within;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn add(&mut self, word: WordEntry, class: ClassId) {
        let id = EntryId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        for (index, written) in std::iter::once(&word.name).chain(&word.alias).enumerate() {
            let words: Vec<String> = vocabulary::words(written).map(|word| fold(word).into_owned()).collect();
            let Some((last, first)) = words.split_last() else { continue };
            self.by_name.entry(words.join(" ").into()).or_default().push(id);
            let mut node = 0;
            for word in first {
                node = self.step(node, word);
            }
            // a short form written in capitals has no inflections of its own but the plural
            for (n, form) in self.inflections.noun(last).into_iter().enumerate() {
                let end = self.step(node, &form);
                let exact_case = word.ambiguous && n == 0;
                let entries = self.ends.entry(end).or_default();
                if !entries.iter().any(|(entry, _)| *entry == id) {
                    entries.push((id, exact_case && index == 0));
                }
            }
        }
        self.entries.push(Entry {
            name: word.name.as_str().into(),
            class,
            kind_of: word.kind_of.iter().map(|name| name.as_str().into()).collect(),
            never_same: word.never_same.iter().map(|name| name.as_str().into()).collect(),
            imply: word.imply.into_iter().collect(),
            ambiguous: word.ambiguous,
            domain: word.domain,
        });
    }

    fn step(&mut self, node: u32, word: &str) -> u32 {
        let id = self.vocabulary.intern(word);
        let next = u32::try_from(self.trie.len() + 1).unwrap_or(u32::MAX);
        *self.trie.entry((node, id)).or_insert(next)
    }

    /// The words known so far.
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// For whoever compiles phrases: words may still be added.
    pub const fn vocabulary_mut(&mut self) -> &mut Vocabulary {
        &mut self.vocabulary
    }

    /// Inflected forms of words.
    pub const fn inflections(&self) -> &Inflections {
        &self.inflections
    }

    /// An entry by its index.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when nothing was loaded.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Name of a class.
    pub fn class_name(&self, id: ClassId) -> &str {
        self.classes.get(usize::from(id.0)).map_or("", |class| &class.name)
    }

    /// A class by its name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.class_ids.get(name).copied()
    }

    /// True when an entry belongs to a class, directly or through the class's parents.
    pub fn is_a(&self, entry: EntryId, class: ClassId) -> bool {
        self.entry(entry)
            .and_then(|entry| self.classes.get(usize::from(entry.class.0)))
            .is_some_and(|own| own.within.contains(&class))
    }

    /// Entries with this canonical name or alias, case and typography folded.
    pub fn named(&self, name: &str) -> &[EntryId] {
        let words: Vec<_> = vocabulary::words(name).map(fold).collect();
        self.by_name.get(words.join(" ").as_str()).map_or(&[], Vec::as_slice)
    }

    /// A list of words by its name; empty when there is none.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The named groups of phrases (hedges, negators, …).
    pub fn phrases(&self) -> &[NamedPhrases] {
        &self.phrases
    }

    /// The units.
    pub fn units(&self) -> &[UnitEntry] {
        &self.units
    }

    /// Finds entries in a sequence of words: the longest at each place, left to right, never overlapping. Where two
    /// entries share a name, all of them are given for the same words.
    pub fn find(&self, words: &[WordId], mut hit: impl FnMut(Hit)) {
        let mut start = 0;
        while start < words.len() {
            let mut node = 0;
            let mut best = None;
            for (offset, word) in words.iter().skip(start).enumerate() {
                let Some(next) = self.trie.get(&(node, *word)) else { break };
                node = *next;
                if self.ends.contains_key(&node) {
                    best = Some((offset + 1, node));
                }
            }
            let Some((length, node)) = best else {
                start += 1;
                continue;
            };
            for (entry, _) in self.ends.get(&node).into_iter().flatten() {
                hit(Hit { start, end: start + length, entry: *entry });
            }
            start += length;
        }
    }
}
