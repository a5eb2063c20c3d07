//! The words that claimlint knows, from `rules/lexicon/*.toml` and the user's files.
//!
//! Every word that any entry, list or phrase uses is interned once, so that a text is looked up once per word.
//! Knows no rule and no document.

mod data;
mod inflection;
mod kin;
mod list;
mod names;
pub(crate) mod packed;
mod vocabulary;

pub use data::{Alike, ClassEntry, Data, Irregular, NamedList, NamedPhrases, Opposite, UnitEntry, WordEntry};
pub use inflection::Inflections;
pub use kin::{Kin, Pole};
pub use list::List;
pub use vocabulary::{Mixed, Token, Vocabulary, Word, WordId, WordKind, fold, pieces};

use names::Names;
use packed::{Known, Later, Row};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Index of a lexicon entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub u32);

/// Index of a class of entries (`medicine`, `condition`, …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClassId(pub u16);

/// One thing with a name: a medicine, a condition, a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// All words, classes, entries, lists and units. The build script makes that of the built-in data, so that a run begins
/// with it made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    vocabulary: Vocabulary,
    classes: Vec<Class>,
    class_ids: HashMap<Arc<str>, ClassId>,
    entries: Row<Entry>,
    domains: Known,
    names: Names,
    /// Places in `lists` by their names.
    list_names: Known,
    lists: Row<List>,
    phrases: Later<Vec<NamedPhrases>>,
    units: Later<Vec<UnitEntry>>,
    inflections: Later<Inflections>,
    kin: Later<Kin>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
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
        let kin = Kin::new(&data.alike, &data.opposite, &inflections);
        let mut lexicon = Self {
            vocabulary: Vocabulary::default(),
            classes: Vec::new(),
            class_ids: HashMap::new(),
            entries: Row::default(),
            domains: Known::default(),
            names: Names::default(),
            list_names: Known::default(),
            lists: Row::default(),
            phrases: Later::made(data.phrases),
            units: Later::made(data.unit),
            inflections: Later::made(inflections),
            kin: Later::made(kin),
        };
        lexicon.names = Names::new(&mut lexicon.vocabulary);
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
            for word in &list.words {
                if !word.contains(' ') {
                    lexicon.vocabulary.intern(&fold(word));
                }
            }
            let place = match lexicon.list_names.get(&list.name) {
                Some(place) => place as usize,
                None => {
                    let place = lexicon.lists.push(List::new());
                    lexicon.list_names.insert(&list.name, u32::try_from(place).unwrap_or(u32::MAX));
                    place
                }
            };
            if let Some(own) = lexicon.lists.get_mut(place) {
                own.extend(list.words);
            }
        }
        Ok(lexicon)
    }

    /// Puts everything where it can be used as it lies once it was written and read back.
    ///
    /// # Errors
    /// When a part cannot be written.
    pub fn pack(&mut self) -> Result<(), postcard::Error> {
        self.vocabulary.pack();
        self.entries.pack()?;
        self.domains.pack();
        self.names.pack();
        self.list_names.pack();
        self.lists.pack()?;
        self.phrases.pack()?;
        self.units.pack()?;
        self.inflections.pack()?;
        self.kin.pack()
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
        self.add_named(word, class, true);
    }

    /// Adds an entry; `own`: its canonical name is one of the names it is found by.
    fn add_named(&mut self, word: WordEntry, class: ClassId, own: bool) {
        let id = EntryId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        for name in std::iter::once(&word.name).filter(|_| own).chain(&word.alias) {
            self.names.add(name, id, word.ambiguous, self.inflections.get(), &mut self.vocabulary);
        }
        if let Some(domain) = word.domain.as_deref().filter(|domain| self.domains.get(domain).is_none()) {
            self.domains.insert(domain, id.0);
        }
        self.entries.push(Entry {
            name: word.name.into(),
            class,
            kind_of: word.kind_of.into_iter().map(Into::into).collect(),
            never_same: word.never_same.into_iter().map(Into::into).collect(),
            imply: word.imply.into_iter().collect(),
            ambiguous: word.ambiguous,
            domain: word.domain,
        });
    }

    /// Learns the names of one thing of some classes: unknown ones join the entry of the first that is known, else they
    /// make one of the class `class`. What a word inside a name implies ("inhaler"), the name implies. A class that does
    /// not exist teaches nothing. To be called before phrases are compiled.
    pub fn learn(&mut self, names: &[&str], about: &[String], class: &str) {
        let known = names.iter().find_map(|name| self.named_as(name, about));
        let (of, canonical) = match known.and_then(|id| self.entry(id)) {
            Some(entry) => (entry.class, Arc::clone(&entry.name)),
            None => match (self.class(class), names.first()) {
                (Some(class), Some(first)) => (class, fold(first).as_ref().into()),
                _ => return,
            },
        };
        for name in names {
            if self.named_as(name, about).is_some() {
                continue;
            }
            let imply = self.implied(name);
            match known.filter(|_| imply.is_empty()) {
                Some(id) => self.names.add(name, id, false, self.inflections.get(), &mut self.vocabulary),
                None => {
                    let alias = vec![(*name).to_owned()];
                    let word = WordEntry { name: canonical.to_string(), alias, imply, ..WordEntry::default() };
                    self.add_named(word, of, known.is_none());
                }
            }
        }
    }

    /// The first entry with this name that belongs to one of some classes.
    pub fn named_as(&self, name: &str, classes: &[String]) -> Option<EntryId> {
        let classes: Vec<ClassId> = classes.iter().filter_map(|class| self.class(class)).collect();
        self.named(name).into_iter().find(|id| classes.iter().any(|class| self.is_a(*id, *class)))
    }

    /// What the last word of a name implies: of a form itself, and what the form implies.
    fn implied(&self, name: &str) -> BTreeMap<String, String> {
        const FORM: &str = "form";
        let last = name.rsplit([' ', '-']).next().unwrap_or(name);
        let forms = [name, last].into_iter().flat_map(|part| self.named(part));
        let form = forms.into_iter().find(|id| self.class(FORM).is_some_and(|form| self.is_a(*id, form)));
        let Some(entry) = form.and_then(|id| self.entry(id)) else { return BTreeMap::new() };
        let own = (FORM.to_owned(), entry.name.to_string());
        entry.imply.iter().cloned().chain(std::iter::once(own)).collect()
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
    pub fn inflections(&self) -> &Inflections {
        self.inflections.get()
    }

    /// Words that stand for one another or exclude one another.
    pub fn kin(&self) -> &Kin {
        self.kin.get()
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
        self.entries.len() == 0
    }

    /// Name of a class.
    pub fn class_name(&self, id: ClassId) -> &str {
        self.classes.get(usize::from(id.0)).map_or("", |class| &class.name)
    }

    /// A class by its name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.class_ids.get(name).copied()
    }

    /// All classes of an entry: its own and, through it, every class that one belongs to.
    pub fn classes_of(&self, entry: EntryId) -> &[ClassId] {
        self.entry(entry)
            .and_then(|entry| self.classes.get(usize::from(entry.class.0)))
            .map_or(&[], |class| class.within.as_slice())
    }

    /// True when an entry belongs to a class, directly or through the class's parents.
    pub fn is_a(&self, entry: EntryId, class: ClassId) -> bool {
        self.classes_of(entry).contains(&class)
    }

    /// True when an entry has this registrable domain.
    pub fn has_domain(&self, domain: &str) -> bool {
        self.domains.get(domain).is_some()
    }

    /// Entries with this canonical name or alias, case and typography folded, in the order of the data.
    pub fn named(&self, name: &str) -> Vec<EntryId> {
        self.names.named(name, &self.vocabulary)
    }

    /// A list of words by its name; empty when there is none.
    pub fn list(&self, name: &str) -> &[String] {
        self.words(name).as_slice()
    }

    /// The same for looking words up; empty when there is none.
    pub fn words(&self, name: &str) -> &List {
        static NONE: List = List::new();
        self.list_names.get(name).and_then(|place| self.lists.get(place as usize)).unwrap_or(&NONE)
    }

    /// True when there is a list of this name.
    pub fn has_list(&self, name: &str) -> bool {
        self.list_names.get(name).is_some()
    }

    /// The words of a list and of all lists whose names go on behind it and a hyphen (`crisis-line-Canada`), in the
    /// order of their names.
    pub fn lists_under(&self, name: &str) -> Vec<&str> {
        let under = |list: &&str| list.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        let mut lists: Vec<&str> = self.list_names.iter().map(|(name, _)| name).filter(under).collect();
        lists.sort_unstable();
        lists.into_iter().flat_map(|list| self.list(list)).map(String::as_str).collect()
    }

    /// The named groups of phrases (hedges, negators, …).
    pub fn phrases(&self) -> &[NamedPhrases] {
        self.phrases.get()
    }

    /// Takes the groups of phrases out while they are compiled.
    pub(crate) fn take_phrases(&mut self) -> Vec<NamedPhrases> {
        self.phrases.take()
    }

    /// Puts the groups of phrases back.
    pub(crate) fn put_phrases(&mut self, phrases: Vec<NamedPhrases>) {
        self.phrases = Later::made(phrases);
    }

    /// The units.
    pub fn units(&self) -> &[UnitEntry] {
        self.units.get()
    }

    /// Finds entries among `count` words, each given as its token and as written: the longest name at each place, left
    /// to right, never overlapping. Where entries share a name, all of them are given for the same words. A name with
    /// capitals of an entry marked `ambiguous` counts only in the case it is written in.
    pub fn find<'t>(&self, count: usize, word: impl Fn(usize) -> (Token, &'t str), mut hit: impl FnMut(Hit)) {
        let mut start = 0;
        let mut found = Vec::new();
        while start < count {
            // most words begin no name
            let begins = self.names.may_begin(word(start).0);
            let longest = || self.names.longest(start, count, &word, &mut found);
            let Some(end) = begins.then(longest).flatten() else {
                start += 1;
                continue;
            };
            found.sort_unstable();
            for entry in &found {
                hit(Hit { start, end, entry: *entry });
            }
            start = end;
        }
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let mut data = Data::default();
        let class = |name: &str, of: &[&str]| ClassEntry {
            name: name.to_owned(),
            of: of.iter().map(|name| (*name).to_owned()).collect(),
        };
        data.class = vec![class("treatment", &[]), class("medicine", &["treatment"]), class("condition", &[])];
        let word = |name: &str, class: &str, alias: &[&str], ambiguous| WordEntry {
            name: name.to_owned(),
            class: class.to_owned(),
            alias: alias.iter().map(|name| (*name).to_owned()).collect(),
            kind_of: Vec::new(),
            never_same: Vec::new(),
            imply: std::collections::BTreeMap::new(),
            ambiguous,
            domain: None,
            source: None,
        };
        data.word = vec![
            word("beta-blocker", "medicine", &[], false),
            word("St. John's wort", "medicine", &[], false),
            word("multiple sclerosis", "condition", &["MS"], true),
            word("allergy", "condition", &[], false),
            word("tooth", "condition", &[], false),
            word("iron", "medicine", &[], false),
            word("iron deficiency", "condition", &[], false),
        ];
        data.irregular = vec![Irregular { word: "tooth".to_owned(), forms: vec!["teeth".to_owned()] }];
        Lexicon::new(data).unwrap()
    }

    fn found(text: &str) -> Vec<(String, String)> {
        let lexicon = lexicon();
        let words: Vec<&str> = pieces(text).map(|range| &text[range]).collect();
        let mut found = Vec::new();
        lexicon.find(
            words.len(),
            |at| (lexicon.vocabulary().token(words[at]), words[at]),
            |hit| {
                let name = lexicon.entry(hit.entry).unwrap().name.to_string();
                found.push((words[hit.start..hit.end].join(" "), name));
            },
        );
        found
    }

    #[test]
    fn names_are_found_in_all_their_spellings() {
        for (text, name) in [
            ("Beta blockers slow the heart", "beta-blocker"),
            ("a beta\u{2011}blocker's effect", "beta-blocker"),
            ("take St John’s Wort", "St. John's wort"),
            ("two Allergies", "allergy"),
            ("her teeth", "tooth"),
            ("Multiple Sclerosis", "multiple sclerosis"),
            ("with MS.", "multiple sclerosis"),
            ("an iron deficiency", "iron deficiency"),
            ("iron tablets", "iron"),
        ] {
            assert_eq!(found(text).iter().map(|hit| hit.1.as_str()).collect::<Vec<_>>(), [name], "{text}");
        }
        assert_eq!(lexicon().named("st john's wort").len(), 1);
    }

    #[test]
    fn an_ambiguous_short_form_needs_its_capitals() {
        assert_eq!(found("ms is a title, as Ms Roe knows"), []);
        assert_eq!(found("the MSS of the novel"), []);
    }

    #[test]
    fn an_entry_belongs_to_the_parents_of_its_class() {
        let lexicon = lexicon();
        let entry = lexicon.named("Beta Blocker")[0];
        assert!(lexicon.is_a(entry, lexicon.class("treatment").unwrap()));
        assert!(!lexicon.is_a(entry, lexicon.class("condition").unwrap()));
    }
}
