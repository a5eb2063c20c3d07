//! Weekdays against their dates, and years against the time between them.

mod years;

use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::fold;
use crate::statement::Statement;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Calendar {
    /// Phrases with the captures `years:(…)` and `to:(…)`: so long after a year named before, in that year.
    pub later: Vec<Phrase>,
    /// Phrases with the captures `years:(…)`, `from:(…)` and `to:(…)`: so long between the two.
    pub between: Vec<Phrase>,
    /// Phrases with the captures `years:(…)` and `from:(…)`: so long ago, in that year.
    pub ago: Vec<Phrase>,
    /// Phrases with the capture `from:(…)` around the year of a birth.
    pub born: Vec<Phrase>,
    /// Phrases with the captures `age:(…)` and `to:(…)`: so old in that year.
    pub aged: Vec<Phrase>,
    /// A phrase that silences what a statement says of years.
    pub unless_said: Vec<Phrase>,
    /// Where dates count.
    pub scope: Scope,
}

impl Mechanism for Calendar {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists =
            [&mut self.later, &mut self.between, &mut self.ago, &mut self.born, &mut self.aged, &mut self.unless_said];
        lists.into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        years::GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["date", "right", "weekday", "from", "to", "said"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            if !self.scope.admits(scene, statement) {
                continue;
            }
            years::observe(self, scene, index, statement, seen);
            for quantity in statement.quantities.iter().filter(|one| one.kind == QuantityKind::Date) {
                let Some((weekday, at)) = weekday_of(scene, statement, quantity) else { continue };
                let Some(date) = date_of(scene, statement, quantity) else { continue };
                if date.weekday() == weekday {
                    continue;
                }
                let range = at.start.min(quantity.range.start)..quantity.range.end;
                let printed =
                    statement.prose(&scene.article.document, at.end.max(quantity.range.start)..quantity.range.end);
                seen.push(Observation {
                    grade: None,
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![
                        ("date", printed.trim_start_matches([',', ' ']).to_owned()),
                        ("right", format!("{:?}", date.weekday())),
                        ("weekday", format!("{weekday:?}")),
                    ],
                    fix: None,
                });
            }
        }
    }
}

/// The date of a quantity that names a day, a month and a year.
fn date_of(scene: &Scene<'_>, statement: &Statement, quantity: &Quantity) -> Option<Date> {
    let printed = statement.prose(&scene.article.document, quantity.number.clone());
    let is_year = printed.trim().len() == 4 && printed.trim().bytes().all(|byte| byte.is_ascii_digit());
    if is_year || quantity.low != quantity.high {
        return None;
    }
    let days = quantity.low as i64;
    jiff::civil::date(1970, 1, 1).checked_add(days.days()).ok()
}

/// The weekday in the quantity, or directly before it ("Tuesday, 5 June 2023", "Tue 5 June 2023").
fn weekday_of(scene: &Scene<'_>, statement: &Statement, quantity: &Quantity) -> Option<(Weekday, Range<usize>)> {
    let words = statement.words_of(quantity.range.clone());
    let first = words.start.saturating_sub(3);
    (first..words.end.min(words.start + 2)).rev().find_map(|at| {
        let word = statement.words.get(at)?;
        let weekday = weekday(&fold(statement.prose(&scene.article.document, word.range.clone())))?;
        let between =
            statement.prose(&scene.article.document, word.range.end..quantity.range.start.max(word.range.end));
        between
            .chars()
            .all(|letter| matches!(letter, ',' | '.') || letter.is_whitespace())
            .then(|| (weekday, word.range.clone()))
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}
