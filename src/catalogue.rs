//! All rules with their words, frames and phrases, ready to run.
//!
//! Takes the built-in data and the user's rule and word files; validates and compiles them. Errors in a user's file
//! point into it. Knows no article.

use crate::checks::{Followers, Phrase};
use crate::datafile::{DataError, DataFile, Step, nearest};
use crate::fact::attribute::AttributeFile;
use crate::fact::frame::Frames;
use crate::fact::house;
use crate::grammar::cue::Cues;
use crate::grammar::pattern::{PatternId, PatternSet};
use crate::grammar::quantity::{Quantity, Units, quantities};
use crate::lexicon::{Data, Lexicon};
use crate::rule::{PLACES, Rule, RuleFile, placeholders};
use crate::statement::Reader;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// What the build script made of `rules/`.
mod packed {
    pub const RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.json"));
    pub const EXAMPLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/examples.json.z"));
    pub const TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.json.z"));
    pub const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
    pub const PHRASES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/phrases.bin"));
    pub const ATTRIBUTES: &str = include_str!(concat!(env!("OUT_DIR"), "/attributes.json"));
}

/// The built-in data as packed: rules, words and frames. Its hash tells which rules made a report.
pub const fn built_in() -> [&'static [u8]; 3] {
    [packed::RULES.as_bytes(), packed::TABLES, packed::ATTRIBUTES.as_bytes()]
}

/// All rules, ready to run.
#[derive(Debug)]
pub struct Catalogue {
    /// The rules, sorted by code.
    pub rules: Vec<Rule>,
    /// The frames of facts.
    pub frames: Frames,
    /// The reader of statements, which holds the words and phrases.
    pub reader: Reader,
    by_name: HashMap<String, usize>,
}

/// A packed rule file.
#[derive(Deserialize)]
struct Packed {
    path: String,
    rule: Vec<Rule>,
}

/// The examples of one rule, as packed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Examples {
    /// Texts that must give findings.
    pub rejects: Option<Vec<crate::rule::Example>>,
    /// Texts that must give none.
    pub accepts: Option<Vec<crate::rule::Example>>,
}

/// Where a rule came from: its file and its place in it.
struct Origin<'f> {
    file: Option<&'f DataFile>,
    path: String,
    index: usize,
}

impl Origin<'_> {
    fn way<'a>(&self, rest: &[Step<'a>]) -> Vec<Step<'a>> {
        let mut way = vec![Step::Key("rule"), Step::Index(self.index)];
        way.extend_from_slice(rest);
        way
    }

    fn error(&self, rest: &[Step<'_>], reason: impl std::fmt::Display) -> DataError {
        match self.file {
            Some(file) => file.error(&self.way(rest), reason),
            None => internal(&self.path, &reason.to_string()),
        }
    }

    fn phrase_error(&self, phrase: &str, error: &crate::grammar::pattern::PatternError) -> DataError {
        match self.file {
            Some(file) => {
                let whole = file.place_of(&self.way(&[Step::Key("check")]), phrase);
                file.error_at(file.part_of(whole, error.range.clone()), &error.reason)
            }
            None => internal(&self.path, &format!("{} in `{phrase}`", error.reason)),
        }
    }
}

/// An error in the built-in data, which the tests keep from happening.
fn internal(path: &str, reason: &str) -> DataError {
    DataFile::new(path, "").error(&[], reason)
}

impl Catalogue {
    /// The built-in rules alone.
    ///
    /// # Errors
    /// Never with the data that the tests have seen.
    pub fn builtin() -> Result<Self, DataError> {
        Self::with(&[], &[])
    }

    /// The built-in rules with the user's rule files and word files. A user's rule with the code of a built-in one
    /// replaces it.
    ///
    /// # Errors
    /// When a file cannot be read as what it should be; the error points into it.
    pub fn with(rule_files: &[DataFile], word_files: &[DataFile]) -> Result<Self, DataError> {
        Self::with_facts(rule_files, word_files, [])
    }

    /// As [`Catalogue::with`]; names that only the house's facts files know are found in articles too.
    ///
    /// # Errors
    /// As [`Catalogue::with`].
    pub fn with_facts<'f>(
        rule_files: &[DataFile],
        word_files: &[DataFile],
        fact_files: impl IntoIterator<Item = &'f DataFile>,
    ) -> Result<Self, DataError> {
        let packed: Vec<Packed> =
            serde_json::from_str(packed::RULES).map_err(|error| internal("rules", &error.to_string()))?;
        let mut sources: Vec<(Option<&DataFile>, String, Vec<Rule>)> =
            packed.into_iter().map(|file| (None, file.path, file.rule)).collect();
        for file in rule_files {
            sources.push((Some(file), file.path().to_owned(), file.parse::<RuleFile>()?.rule));
        }
        Self::of(sources, word_files, fact_files)
    }

    /// The rules of these files only, with the built-in words: for testing rule files from the ground.
    ///
    /// # Errors
    /// As [`Catalogue::with`].
    pub fn only(rule_files: &[DataFile], word_files: &[DataFile]) -> Result<Self, DataError> {
        let mut sources = Vec::new();
        for file in rule_files {
            sources.push((Some(file), file.path().to_owned(), file.parse::<RuleFile>()?.rule));
        }
        Self::of(sources, word_files, [])
    }

    fn of<'f>(
        sources: Vec<(Option<&DataFile>, String, Vec<Rule>)>,
        word_files: &[DataFile],
        fact_files: impl IntoIterator<Item = &'f DataFile>,
    ) -> Result<Self, DataError> {
        let (mut lexicon, mut patterns) = words(word_files)?;
        let mut attributes: AttributeFile = serde_json::from_str(packed::ATTRIBUTES)
            .map_err(|error| internal("attributes.toml", &error.to_string()))?;
        for file in fact_files {
            house::teach(file, &attributes, &mut lexicon)?;
        }
        let mut rules: Vec<(Rule, Origin<'_>)> = Vec::new();
        for (file, path, own) in sources {
            for (index, rule) in own.into_iter().enumerate() {
                let origin = Origin { file, path: path.clone(), index };
                if let Some(other) =
                    rules.iter().position(|(other, _)| other.code == rule.code || other.name == rule.name)
                {
                    let replaces = file.is_some() && rules.get(other).is_some_and(|(_, other)| other.file.is_none());
                    if !replaces {
                        return Err(
                            origin.error(&[Step::Key("code")], format!("`{}` ({}) is taken", rule.code, rule.name))
                        );
                    }
                    rules.remove(other);
                }
                rules.push((rule, origin));
            }
        }
        rules.sort_by(|(one, _), (two, _)| one.code.cmp(&two.code));
        for (rule, origin) in &mut rules {
            for phrase in rule.check.mechanism_mut().phrases() {
                phrase.id = patterns
                    .add(&phrase.text, &mut lexicon)
                    .map_err(|error| origin.phrase_error(&phrase.text, &error))?;
            }
        }
        compile(attributes.phrases(), &mut patterns, &mut lexicon)?;
        let cues = Cues::new(&mut patterns, &mut lexicon).map_err(|error| internal("lexicon", &error.to_string()))?;
        let own = rules.iter().flat_map(|(rule, _)| rule.check.mechanism().followers());
        for Followers { leaders, phrases, far } in own.chain(attributes.followers()) {
            let phrases: Vec<PatternId> = phrases.iter().map(|phrase| phrase.id).collect();
            patterns.follow(leaders.iter().map(|leader| leader.id), &phrases, far);
        }
        patterns.finish(&lexicon);
        let units = Units::of(&lexicon);
        let frames = Frames::new(attributes, &|text| quantities(text, &units))
            .map_err(|error| internal("attributes.toml", &error.to_string()))?;
        for (rule, origin) in &rules {
            validate(rule, origin, &rules, &frames, &lexicon)?;
        }
        let rules: Vec<Rule> = rules.into_iter().map(|(rule, _)| rule).collect();
        let named =
            |(index, rule): (usize, &Rule)| [(rule.code.to_lowercase(), index), (rule.name.to_lowercase(), index)];
        let by_name = rules.iter().enumerate().flat_map(named).collect();
        Ok(Self { rules, frames, reader: Reader::new(lexicon, units, patterns, cues), by_name })
    }

    /// The rule of a code or name, in any case.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.index_of(name).and_then(|index| self.rules.get(index))
    }

    /// The index of a rule by its code or name, in any case.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.to_lowercase()).copied()
    }

    /// The rules that a code, a name or a family's letter means.
    pub fn selected(&self, name: &str) -> Vec<usize> {
        if let Some(index) = self.index_of(name) {
            return vec![index];
        }
        let letter = name.to_uppercase();
        let family = |rule: &Rule| letter.len() == 1 && rule.code.starts_with(&letter);
        self.rules.iter().enumerate().filter(|(_, rule)| family(rule)).map(|(index, _)| index).collect()
    }

    /// The rule name or code that is most like a misspelt one.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.rules.iter().flat_map(|rule| [rule.code.as_str(), rule.name.as_str()]))
    }

    /// The words.
    pub const fn lexicon(&self) -> &Lexicon {
        self.reader.lexicon()
    }

    /// Reads the quantities of a text.
    pub fn quantities(&self, text: &str) -> Vec<Quantity> {
        quantities(text, self.reader.units())
    }

    /// The examples of the built-in rules by code.
    pub fn examples() -> BTreeMap<String, Examples> {
        unpacked(packed::EXAMPLES).unwrap_or_default()
    }
}

/// A value of compressed JSON.
fn unpacked<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let json = miniz_oxide::inflate::decompress_to_vec(bytes).map_err(|error| error.to_string())?;
    serde_json::from_slice(&json).map_err(|error| error.to_string())
}

/// The built-in words, which the build script made a lexicon of, and the phrases that it compiled with them; or a
/// lexicon of those words and the user's, with which every phrase must be compiled anew.
fn words(files: &[DataFile]) -> Result<(Lexicon, PatternSet), DataError> {
    if files.is_empty() {
        let broken = |error: postcard::Error| internal("lexicon", &error.to_string());
        let lexicon = postcard::from_bytes(packed::LEXICON).map_err(broken)?;
        return Ok((lexicon, PatternSet::unpack(packed::PHRASES).map_err(broken)?));
    }
    let mut data: Data = unpacked(packed::TABLES).map_err(|error| internal("lexicon", &error))?;
    let mut starts: Vec<(&DataFile, usize, usize)> = Vec::new();
    for file in files {
        starts.push((file, data.class.len(), data.word.len()));
        data.merge(file.parse()?);
    }
    let lexicon = Lexicon::new(data).map_err(|error| {
        let (table, index, key) = error.place;
        let start = |one: &(&DataFile, usize, usize)| if table == "class" { one.1 } else { one.2 };
        match starts.iter().rev().find(|one| start(one) <= index) {
            Some(one) => {
                let way = [Step::Key(table), Step::Index(index - start(one)), Step::Key(key)];
                one.0.error(&way, &error)
            }
            None => internal("lexicon", &error.to_string()),
        }
    })?;
    Ok((lexicon, PatternSet::new()))
}

fn compile(phrases: Vec<&mut Phrase>, patterns: &mut PatternSet, lexicon: &mut Lexicon) -> Result<(), DataError> {
    for phrase in phrases {
        phrase.id = patterns
            .add(&phrase.text, lexicon)
            .map_err(|error| internal("attributes.toml", &format!("{} in `{}`", error.reason, phrase.text)))?;
    }
    Ok(())
}

/// What serde cannot see: codes, placeholders, grades, roles and names that must exist.
fn validate(
    rule: &Rule,
    origin: &Origin<'_>,
    all: &[(Rule, Origin<'_>)],
    frames: &Frames,
    lexicon: &Lexicon,
) -> Result<(), DataError> {
    let mechanism = rule.check.mechanism();
    let code = rule.code.as_bytes();
    if !matches!(code, [letter, rest @ ..] if letter.is_ascii_uppercase() && rest.len() == 3 && rest.iter().all(u8::is_ascii_digit))
    {
        return Err(origin.error(&[Step::Key("code")], format!("`{}` is not a letter and three digits", rule.code)));
    }
    let known = |name: &str| mechanism.values().contains(&name);
    let say = |steps: &[Step<'_>], text: &str, extra: &str| -> Result<(), DataError> {
        for name in placeholders(text) {
            if !known(name) && name != extra {
                let error = origin.error(steps, format!("this mechanism fills no `{{{name}}}`"));
                return Err(error.suggest(nearest(name, mechanism.values().iter().copied())));
            }
        }
        Ok(())
    };
    say(&[Step::Key("message")], &rule.message, "")?;
    say(&[Step::Key("label")], rule.label.as_deref().unwrap_or_default(), "")?;
    // a query may also say where
    let query = PLACES.iter().fold(rule.query.clone().unwrap_or_default(), |text, own| text.replace(own, ""));
    say(&[Step::Key("query")], &query, "")?;
    for (role, text) in &rule.labels {
        let steps = [Step::Key("labels"), Step::Name(role)];
        if !mechanism.roles().contains(&role.as_str()) {
            let error = origin.error(&steps, format!("this mechanism shows no `{role}`"));
            return Err(error.suggest(nearest(role, mechanism.roles().iter().copied())));
        }
        say(&[Step::Key("labels"), Step::Key(role)], text, "value")?;
    }
    for (name, grade) in &rule.grades {
        if !mechanism.grades().contains(&name.as_str()) {
            let error =
                origin.error(&[Step::Key("grades"), Step::Name(name)], format!("this mechanism has no grade `{name}`"));
            return Err(error.suggest(nearest(name, mechanism.grades().iter().copied())));
        }
        let steps = [Step::Key("grades"), Step::Key(name), Step::Key("message")];
        say(&steps, grade.message.as_deref().unwrap_or_default(), "")?;
    }
    for (kind, name) in mechanism.names() {
        let found = match kind {
            "attribute" => frames.named(name).is_some(),
            "class" => lexicon.class(name).is_some(),
            _ => lexicon.has_list(name),
        };
        if !found {
            return Err(origin.error(&[Step::Key("check")], format!("there is no {kind} `{name}`")));
        }
    }
    for (key, codes) in [("yields-to", &rule.yields_to), ("with", &rule.with)] {
        for (index, code) in codes.iter().enumerate() {
            // rule files may be tested alone, so only codes of a family that is loaded must exist
            let family = code.get(..1).unwrap_or_default();
            let loaded = all.iter().any(|(other, _)| other.code.starts_with(family));
            if loaded && !all.iter().any(|(other, _)| other.code == *code) && origin.file.is_none() {
                return Err(origin.error(&[Step::Key(key), Step::Index(index)], format!("there is no rule `{code}`")));
            }
        }
    }
    Ok(())
}
