//! How a dose is printed: decimals and abbreviations that are read wrongly.
//!
//! The list of error-prone forms is that of ISMP and the Joint Commission's "Do Not Use" list; which of them count is
//! the rule's business.

use super::phrase::{found, mark, overlap};
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::finding::Fix;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::source::Span;
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Notation {
    /// A zero behind the decimal point: 1.0 mg, read as 10 mg.
    pub trailing_zero: bool,
    /// No zero before it: .5 mg, read as 5 mg.
    pub naked_decimal: bool,
    /// Whole numbers of at least so many digits need a separator: 100000 units, read as 10000 or 1000000. 0 for never.
    pub ungrouped_digits: usize,
    /// When one of these stands in the statement, a volume is a dose.
    pub liquids: Vec<Phrase>,
    /// Units, as written behind the number, that are misread: grade `abbreviation`.
    pub units: Vec<String>,
    /// The same where only handwriting is misread: grade `mild`.
    pub mild_units: Vec<String>,
    /// Phrases with abbreviations that are misread: grade `abbreviation`; `text:(…)` is the mark.
    pub phrases: Vec<Phrase>,
    /// A phrase that silences the whole statement (laboratory values, labels).
    pub unless_said: Vec<Phrase>,
    /// Where doses count.
    pub scope: Scope,
}

const GRADES: &[&str] = &["abbreviation", "ungrouped", "mild"];

/// A naked decimal point of so many litres is in no recipe.
const SPOONFUL: f64 = 0.001;

impl Mechanism for Notation {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.phrases, &mut self.unless_said, &mut self.liquids].into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "safe"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let mut taken: Vec<Range<usize>> = Vec::new();
            let liquid = found(statement, &self.liquids).next().is_some();
            let is_dose = |one: &&Quantity| {
                let drawn_up = one.kind == QuantityKind::Volume && (liquid || one.low < SPOONFUL);
                one.kind == QuantityKind::Dose || drawn_up
            };
            for dose in statement.quantities.iter().filter(is_dose) {
                self.look_at_dose(scene, statement, dose, seen);
            }
            for matched in found(statement, &self.phrases) {
                let words = mark(matched);
                if taken.iter().any(|other| overlap(other, &words)) || !self.scope.counts(statement, &words) {
                    continue;
                }
                let range = statement.bytes_of(words.clone());
                let text = statement.prose(&scene.article.document, range.clone()).to_owned();
                taken.push(words);
                seen.push(Observation {
                    grade: Some("abbreviation"),
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![("safe", text.clone()), ("text", text)],
                    fix: None,
                });
            }
        }
    }
}

impl Notation {
    fn look_at_dose(&self, scene: &Scene<'_>, statement: &Statement, dose: &Quantity, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        let printed = statement.prose(document, dose.number.clone());
        let mut at = dose.number.start;
        for number in printed.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ','))) {
            let start = at + printed.get(at - dose.number.start..).and_then(|rest| rest.find(number)).unwrap_or(0);
            at = start + number.len();
            if number.is_empty() {
                continue;
            }
            let is_long = self.ungrouped_digits > 0
                && number.len() >= self.ungrouped_digits
                && number.bytes().all(|digit| digit.is_ascii_digit());
            let safe = if self.naked_decimal && number.starts_with('.') {
                format!("0{number}")
            } else if is_long {
                grouped(number)
            } else if self.trailing_zero && number.contains('.') && number.ends_with('0') {
                number.trim_end_matches('0').trim_end_matches('.').to_owned()
            } else {
                continue;
            };
            let span = statement.span_of(document, start..at);
            let rest = statement.prose(document, dose.number.end..dose.range.end);
            seen.push(Observation {
                grade: is_long.then_some("ungrouped"),
                span: statement.span_of(document, start..dose.range.end.max(at)),
                related: Vec::new(),
                values: vec![("text", format!("{number}{rest}")), ("safe", format!("{safe}{rest}"))],
                fix: Some(replacement(span, &safe)),
            });
        }
        let rest = statement.prose(document, dose.number.end..dose.range.end);
        let unit = rest.trim();
        let grade = if self.units.iter().any(|one| one == unit) {
            Some("abbreviation")
        } else {
            self.mild_units.iter().any(|one| one == unit).then_some("mild")
        };
        if grade.is_some() {
            seen.push(Observation {
                grade,
                span: statement.span_of(document, dose.range.clone()),
                related: Vec::new(),
                values: vec![
                    ("text", statement.prose(document, dose.range.clone()).to_owned()),
                    ("safe", dose.printed_unit.as_deref().unwrap_or(unit).to_owned()),
                ],
                fix: None,
            });
        }
    }
}

/// A whole number with a comma before every third digit from its end.
fn grouped(number: &str) -> String {
    let comma = |at: usize| at > 0 && (number.len() - at).is_multiple_of(3);
    number.char_indices().flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit])).collect()
}

fn replacement(span: Span, safe: &str) -> Fix {
    Fix { message: format!("write {safe}"), edits: vec![(span, safe.to_owned())] }
}
