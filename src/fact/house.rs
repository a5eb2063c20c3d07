//! House facts: what the house has checked, from `facts.toml`.
//!
//! Takes a file of the user's; gives facts, or an error that points into it, and the names that the lexicon lacks.
//! Compares nothing.

use super::attribute::{AttributeFile, ValueKind};
use super::frame::{Frame, Frames};
use super::value::Interval;
use super::{Fact, Origin, Qualifier, Value};
use crate::datafile::{DataError, DataFile, Step};
use crate::finding::Place;
use crate::grammar::quantity::Quantity;
use crate::lexicon::Lexicon;
use serde::Deserialize;
use std::sync::Arc;

/// Everything that the house has checked.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// The facts in order of files and entries.
    pub facts: Vec<HouseFact>,
}

/// One fact that the house has checked.
#[derive(Clone, Debug)]
pub struct HouseFact {
    /// The fact. Its place is the value in the facts file.
    pub fact: Fact,
    /// Canonical names that mean the same subject, the fact's own included.
    pub subjects: Vec<Arc<str>>,
    /// What does not contradict it, when more than the value.
    pub accept: Option<Interval>,
    /// Every value of a fact with several, as written.
    pub values: Vec<Arc<str>>,
    /// Every value of a fact, its first one included, and whether each is affirmed.
    pub answers: Vec<(Value, bool)>,
    /// A year that belongs to it (of an approval).
    pub year: Option<i64>,
    /// True when no other indication holds.
    pub only: bool,
    /// Where the house has it from.
    pub source: String,
    /// When it was checked, as written.
    pub checked: String,
    /// When it is to be reviewed, in days since 1970-01-01.
    pub review_by: Option<i64>,
}

/// A facts file.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsFile {
    /// `[[fact]]` entries.
    #[serde(default)]
    fact: Vec<FactRecord>,
}

/// One fact as the file writes it.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactRecord {
    /// What it is about: a name of the lexicon or any word of the house's.
    subject: String,
    /// Other names of the subject.
    #[serde(default)]
    alias: Vec<String>,
    /// Which question it answers.
    attribute: String,
    /// The answer, written as an article would write it; an array where several hold.
    value: Values,
    /// What does not contradict it, in any unit that converts; without it, the value with its slack.
    #[serde(default)]
    accept: Option<String>,
    /// A year that belongs to it, of an approval.
    #[serde(default)]
    year: Option<i64>,
    /// True when no other indication holds.
    #[serde(default)]
    only: bool,
    /// Where the house has it from.
    #[serde(default)]
    source: String,
    /// When it was checked, `YYYY-MM-DD`.
    #[serde(default)]
    checked: Option<String>,
    /// When it is to be reviewed, `YYYY-MM-DD`.
    #[serde(default, alias = "review-by")]
    review_by: Option<String>,
    /// Anything that the house wants to remember.
    #[serde(default, rename = "note")]
    _note: Option<String>,
    /// By which route (oral, iv, inhaled).
    #[serde(default)]
    route: Option<String>,
    /// In which form (tablet, spray).
    #[serde(default)]
    form: Option<String>,
    /// For whom (adults, children).
    #[serde(default)]
    population: Option<String>,
    /// Against what.
    #[serde(default)]
    indication: Option<String>,
    /// In which phase of treatment.
    #[serde(default)]
    phase: Option<String>,
    /// Where (clinic, home).
    #[serde(default)]
    setting: Option<String>,
    /// By which outcome.
    #[serde(default)]
    outcome: Option<String>,
    /// Against which other treatment.
    #[serde(default)]
    comparator: Option<String>,
    /// After which time.
    #[serde(default, alias = "time-point")]
    time_point: Option<String>,
    /// Where it holds (US, UK).
    #[serde(default)]
    jurisdiction: Option<String>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
enum Values {
    /// One value.
    One(String),
    /// Several values, all of which hold.
    Many(Vec<String>),
}

impl FactRecord {
    /// What it declares, each with its place in [`QUALIFIERS`].
    fn qualifiers(&self) -> impl Iterator<Item = (&'static Declared, &str)> {
        let values = [
            &self.comparator,
            &self.form,
            &self.indication,
            &self.jurisdiction,
            &self.outcome,
            &self.phase,
            &self.population,
            &self.route,
            &self.setting,
            &self.time_point,
        ];
        QUALIFIERS.iter().zip(values).filter_map(|(declared, value)| Some((declared, value.as_deref()?)))
    }
}

/// A qualifier that a facts file can declare.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Its name in facts.
    pub name: &'static str,
    /// Its key in facts files.
    pub key: &'static str,
    /// The class of the lexicon that its values are names of, where they are.
    class: Option<&'static str>,
}

/// The qualifiers that a facts file can declare, by their names.
pub const QUALIFIERS: [Declared; 10] = [
    Declared { name: "comparator", key: "comparator", class: None },
    Declared { name: "form", key: "form", class: Some("form") },
    Declared { name: "indication", key: "indication", class: Some("condition") },
    Declared { name: "jurisdiction", key: "jurisdiction", class: Some("jurisdiction") },
    Declared { name: "outcome", key: "outcome", class: Some("outcome") },
    Declared { name: "phase", key: "phase", class: Some("phase") },
    Declared { name: "population", key: "population", class: Some("population") },
    Declared { name: "route", key: "route", class: Some("route") },
    Declared { name: "setting", key: "setting", class: Some("setting") },
    Declared { name: "time-point", key: "time_point", class: None },
];

/// Teaches the lexicon the names of a facts file that it does not know, so that they are found in articles. A name of a
/// subject whose other names are known joins them; else it is of the first class that its attribute is about.
///
/// # Errors
/// When the file is not of the form.
pub fn teach(file: &DataFile, attributes: &AttributeFile, lexicon: &mut Lexicon) -> Result<(), DataError> {
    let records: FactsFile = file.parse()?;
    for record in &records.fact {
        let wanted = record.attribute.replace('_', "-");
        // an unknown attribute is told when the facts themselves are read
        let Some(attribute) = attributes.attribute.iter().find(|attribute| attribute.name == wanted) else { continue };
        let class = attribute.about.iter().find(|class| *class != "treatment").map_or("medicine", String::as_str);
        let class = if attribute.about.iter().any(|about| about == "medicine") { "medicine" } else { class };
        let names: Vec<&str> = std::iter::once(&record.subject).chain(&record.alias).map(String::as_str).collect();
        lexicon.learn(&names, &attribute.about, class);
        for (declared, value) in record.qualifiers() {
            if let Some(class) = declared.class {
                lexicon.learn(&[value], &[class.to_owned()], class);
            }
        }
    }
    Ok(())
}

/// Reads one facts file. `read` finds the quantities of a text.
///
/// # Errors
/// When the file is not of the form, names an attribute that no frame has, or holds a value that its frame cannot
/// take.
pub fn read(
    file: &DataFile,
    lexicon: &Lexicon,
    frames: &Frames,
    read: &dyn Fn(&str) -> Vec<Quantity>,
) -> Result<Vec<HouseFact>, DataError> {
    let records: FactsFile = file.parse()?;
    let reader = Reader { file, lexicon, frames, read };
    records.fact.iter().enumerate().map(|(index, record)| reader.fact(index, record)).collect()
}

struct Reader<'a> {
    file: &'a DataFile,
    lexicon: &'a Lexicon,
    frames: &'a Frames,
    read: &'a dyn Fn(&str) -> Vec<Quantity>,
}

impl Reader<'_> {
    fn error(&self, index: usize, key: &str, reason: String) -> DataError {
        self.file.error(&[Step::Key("fact"), Step::Index(index), Step::Key(key)], reason)
    }

    fn fact(&self, index: usize, record: &FactRecord) -> Result<HouseFact, DataError> {
        let Some(frame) = self.frames.named(&record.attribute) else {
            let nearest = self.nearest_attribute(&record.attribute);
            let error = self.error(index, "attribute", format!("no attribute is called `{}`", record.attribute));
            return Err(error.suggest(nearest.as_deref()));
        };
        let values = match &record.value {
            Values::One(value) => std::slice::from_ref(value),
            Values::Many(values) => values.as_slice(),
        };
        let Some(first) = values.first() else {
            return Err(self.error(index, "value", "a fact needs a value".to_owned()));
        };
        let several: Result<Vec<_>, _> = values.iter().map(|value| self.value(index, "value", frame, value)).collect();
        let several = several?;
        let Some((value, polarity)) = several.first().cloned() else {
            return Err(self.error(index, "value", "a fact needs a value".to_owned()));
        };
        let accept = match &record.accept {
            None => None,
            Some(accept) => match self.value(index, "accept", frame, accept)? {
                (Value::Interval(interval), _) => Some(interval),
                _ => return Err(self.error(index, "accept", "`accept` is for quantities".to_owned())),
            },
        };
        let subjects: Vec<Arc<str>> =
            std::iter::once(&record.subject).chain(&record.alias).map(|name| self.subject(frame, name)).collect();
        let span = self.file.place(&[Step::Key("fact"), Step::Index(index), Step::Key("value")]);
        let mut qualifiers: Vec<Qualifier> = record
            .qualifiers()
            .map(|(declared, value)| Qualifier {
                name: declared.name.into(),
                value: self.canonical(value),
                origin: Origin::Stated,
            })
            .collect();
        qualifiers.sort();
        let fact = Fact {
            subject: self.subject(frame, &record.subject),
            subject_origin: Origin::Stated,
            named: true,
            attribute: Arc::clone(&frame.name),
            value,
            shown: if values.len() > 1 { values.join(", ") } else { first.clone() },
            qualifiers,
            polarity,
            hedge: 0,
            conditional: false,
            apart: false,
            against: false,
            words: Vec::new(),
            block: index,
            table: None,
            statement: index,
            place: Place::of(self.file.source(), span),
        };
        Ok(HouseFact {
            fact,
            subjects,
            accept,
            values: values.iter().map(|value| value.as_str().into()).collect(),
            answers: several,
            year: record.year,
            only: record.only,
            source: record.source.clone(),
            checked: self.day(index, "checked", record.checked.as_deref())?.map_or_else(String::new, |(_, text)| text),
            review_by: self.day(index, "review_by", record.review_by.as_deref())?.map(|(day, _)| day),
        })
    }

    /// The canonical name of something that a frame can be about, else of anything.
    fn subject(&self, frame: &Frame, name: &str) -> Arc<str> {
        let entry = self.lexicon.named_as(name, &frame.record.about).and_then(|id| self.lexicon.entry(id));
        entry.map_or_else(|| self.canonical(name), |entry| Arc::clone(&entry.name))
    }

    /// The canonical name of the lexicon, else the name folded.
    fn canonical(&self, name: &str) -> Arc<str> {
        let entry = self.lexicon.named(name).first().and_then(|id| self.lexicon.entry(*id));
        entry.map_or_else(|| crate::lexicon::fold(name).as_ref().into(), |entry| Arc::clone(&entry.name))
    }

    fn value(&self, index: usize, key: &str, frame: &Frame, text: &str) -> Result<(Value, bool), DataError> {
        match frame.record.value {
            ValueKind::Class => {
                let class = frame.record.class.iter().find(|class| class.name == text);
                class.map(|class| (Value::Class(class.name.as_str().into()), true)).ok_or_else(|| {
                    let names: Vec<_> = frame.record.class.iter().map(|class| class.name.as_str()).collect();
                    let reason = format!("`{text}` is not a value of `{}`", frame.name);
                    self.error(index, key, reason).help(format!("it is one of: {}", names.join(", ")))
                })
            }
            ValueKind::Holds => match text {
                "yes" | "true" => Ok((Value::Holds, true)),
                "no" | "false" => Ok((Value::Holds, false)),
                _ => Err(self.error(index, key, format!("`{}` is answered by yes or no", frame.name))),
            },
            ValueKind::Text => Ok((Value::Class(text.into()), true)),
            kind => {
                let found = (self.read)(text).into_iter().find(|quantity| kind.takes(quantity.kind));
                let per_day = |interval: Interval| if frame.record.daily { interval.per_day() } else { interval };
                found.map(|quantity| (Value::Interval(per_day(Interval::of(&quantity))), true)).ok_or_else(|| {
                    let reason = format!("this is not a value of `{}` ({})", frame.name, frame.record.asks);
                    self.error(index, key, reason)
                })
            }
        }
    }

    fn day(&self, index: usize, key: &str, text: Option<&str>) -> Result<Option<(i64, String)>, DataError> {
        let Some(text) = text else { return Ok(None) };
        let Ok(date) = text.parse::<jiff::civil::Date>() else {
            return Err(self.error(index, key, format!("`{text}` is not a date, write 2026-06-01")));
        };
        let days = jiff::civil::date(1970, 1, 1).until(date).map_or(0, |span| i64::from(span.get_days()));
        Ok(Some((days, text.to_owned())))
    }

    fn nearest_attribute(&self, name: &str) -> Option<String> {
        let plain = name.replace('_', "-");
        let names = self.frames.frames.iter().map(|frame| frame.name.as_ref());
        let near = names.map(|known| (strsim::jaro_winkler(known, &plain), known));
        let best = near.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
        (best.0 > 0.7).then(|| best.1.to_owned())
    }
}
