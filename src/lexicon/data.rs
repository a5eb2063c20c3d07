//! The tables of `rules/lexicon/*.toml`, as serde reads them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that lexicon files may hold; files are merged in order of their names.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// `[[class]]`: classes of entries.
    pub class: Vec<ClassEntry>,
    /// `[[word]]`: things with names.
    pub word: Vec<WordEntry>,
    /// `[[list]]`: plain lists of words for a mechanism.
    pub list: Vec<NamedList>,
    /// `[[phrases]]`: named groups of phrases in the phrase language.
    pub phrases: Vec<NamedPhrases>,
    /// `[[unit]]`: units of measure.
    pub unit: Vec<UnitEntry>,
    /// `[[irregular]]`: words whose inflections are not made by rule.
    pub irregular: Vec<Irregular>,
    /// `[[alike]]`: words that stand for one another where two sentences are compared.
    pub alike: Vec<Alike>,
    /// `[[opposite]]`: words that exclude one another.
    pub opposite: Vec<Opposite>,
}

impl Data {
    /// Appends another file's tables.
    pub fn merge(&mut self, other: Self) {
        self.class.extend(other.class);
        self.word.extend(other.word);
        self.list.extend(other.list);
        self.phrases.extend(other.phrases);
        self.unit.extend(other.unit);
        self.irregular.extend(other.irregular);
        self.alike.extend(other.alike);
        self.opposite.extend(other.opposite);
    }
}

/// A class of entries.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    /// Its name, as phrases write it in `<…>`.
    pub name: String,
    /// Classes it belongs to.
    #[serde(default)]
    pub of: Vec<String>,
}

/// A thing with a name.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WordEntry {
    /// Canonical name.
    pub name: String,
    /// Class.
    pub class: String,
    /// Other names.
    #[serde(default)]
    pub alias: Vec<String>,
    /// Canonical names of what it is a kind of.
    #[serde(default)]
    pub kind_of: Vec<String>,
    /// Canonical names that are never the same thing.
    #[serde(default)]
    pub never_same: Vec<String>,
    /// Qualifiers that the word implies.
    #[serde(default)]
    pub imply: BTreeMap<String, String>,
    /// True when the word also means something else: it counts only in the case written here.
    #[serde(default)]
    pub ambiguous: bool,
    /// Registrable domain of an organisation or journal.
    #[serde(default)]
    pub domain: Option<String>,
    /// Where the entry comes from, when it was taken from a public list.
    #[serde(default)]
    pub source: Option<String>,
}

/// A plain list of words.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NamedList {
    /// What the mechanism asks for.
    pub name: String,
    /// The words.
    pub words: Vec<String>,
}

/// A named group of phrases.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPhrases {
    /// What the mechanism asks for.
    pub name: String,
    /// Phrases in the phrase language.
    pub phrases: Vec<String>,
}

/// A unit of measure.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnitEntry {
    /// The symbol that output shows for the printed unit (`mg`).
    pub symbol: String,
    /// Kind of quantity it measures, by its name in the contract.
    pub kind: String,
    /// The unit of the contract that values are converted to (`g`, `s`, …).
    pub base: String,
    /// Factor to the base unit.
    pub factor: f64,
    /// All written forms, case as written where `exact` says so.
    pub alias: Vec<String>,
    /// True when the forms count only in the case written (`M`, `IU`).
    #[serde(default)]
    pub exact: bool,
    /// True when a form counts only directly behind a digit (`5in`).
    #[serde(default)]
    pub glued: bool,
    /// True when the unit is meant only behind a number in millions ("361 million pounds").
    #[serde(default)]
    pub large: bool,
    /// Beginnings of words, one of which must stand shortly before the number ("temperat" for plain degrees).
    #[serde(default)]
    pub near: Vec<String>,
}

/// A word whose inflections are not made by rule.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Irregular {
    /// Base form.
    pub word: String,
    /// All other forms.
    pub forms: Vec<String>,
}

/// Words that stand for one another where two sentences are compared, in their base form.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Alike {
    /// The words.
    pub words: Vec<String>,
}

/// Words that exclude one another, in their base form: of one thing only one side holds.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Opposite {
    /// One side; its words stand for one another.
    pub one: Vec<String>,
    /// The other.
    pub other: Vec<String>,
    /// Words one of which must follow soon, for words that exclude each other only there ("with food").
    pub before: Vec<String>,
    /// True when they exclude each other only as what is said of the subject: "is safe", not "a safe dose".
    pub predicate: bool,
}
