//! Dose times frequency against the daily total, dose per kilogram or per millilitre against the dose, count times
//! strength against the sum, a pack against the days that it lasts, one schedule against the same in other words.
//!
//! Each part finds what a statement says and what follows from the figures beside it; here the two are compared.

mod rate;
mod schedule;
mod supply;
mod total;

use super::phrase::found;
use super::scope::{Scope, closed};
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity};
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Regimen {
    /// Words that lead from the factors to a total: the phrase holds the capture `total:(…)`.
    pub totals: Vec<Phrase>,
    /// The same where the figure counts only when it is printed as that of a day and closes its clause.
    pub daily: Vec<Phrase>,
    /// Words for the times of a day, at each of which its own dose is taken.
    pub moments: Vec<Phrase>,
    /// Words by which one dose, one rate per kilogram and one weight of a statement belong together.
    pub weighed: Vec<Phrase>,
    /// Words that lead from a weight to its dose: the captures `weight:(…)` and `dose:(…)`.
    pub weights: Vec<Phrase>,
    /// Words that lead from a volume to what it holds: the captures `volume:(…)` and `dose:(…)`.
    pub volumes: Vec<Phrase>,
    /// Words by which something is taken for a time: the capture `time:(…)`.
    pub courses: Vec<Phrase>,
    /// Words by which a pack lasts for a time: the capture `time:(…)`.
    pub lasts: Vec<Phrase>,
    /// A number of pieces that is a pack: the capture `stock:(…)`.
    pub packs: Vec<Phrase>,
    /// Pieces that are used up in a day: the capture `pace:(…)`.
    pub paces: Vec<Phrase>,
    /// A schedule and the same in other words: the captures `one:(…)` and `two:(…)`.
    pub schedules: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where doses count.
    pub scope: Scope,
}

/// A sentence with more figures is a table that lost its lines.
const MOST_FIGURES: usize = 60;

impl Mechanism for Regimen {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.totals,
            &mut self.daily,
            &mut self.moments,
            &mut self.weighed,
            &mut self.weights,
            &mut self.volumes,
            &mut self.courses,
            &mut self.lasts,
            &mut self.packs,
            &mut self.paces,
            &mut self.schedules,
            &mut self.unless_said,
        ];
        lists.into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["factors", "right", "total"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            let flat = statement.quantities.len() > MOST_FIGURES;
            if flat || !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let place = Place { scene, index, statement };
            let mut faults: Vec<Fault> = total::faults(self, place);
            faults.extend(rate::faults(self, place));
            faults.extend(supply::faults(self, place));
            faults.extend(schedule::faults(self, place));
            let mut told: Vec<Range<usize>> = Vec::new();
            for fault in faults {
                if told.contains(&fault.said) {
                    continue;
                }
                told.push(fault.said.clone());
                seen.push(place.observation(fault));
            }
        }
    }
}

/// The statement that is looked at.
#[derive(Clone, Copy)]
struct Place<'p, 'a> {
    scene: &'p Scene<'a>,
    index: usize,
    statement: &'p Statement,
}

/// A figure that does not follow from those beside it.
struct Fault {
    /// Bytes of the first and last figure that belong to it.
    range: Range<usize>,
    /// Bytes of the figure that is wrong.
    said: Range<usize>,
    /// What it should follow from.
    factors: String,
    /// What follows.
    right: String,
}

impl<'p> Place<'p, '_> {
    /// The quantity that a capture holds.
    fn captured(self, matched: &Match, name: &str) -> Option<&'p Quantity> {
        let bytes = self.statement.bytes_of(matched.capture(name)?);
        self.statement.quantities.iter().find(|one| one.number.start < bytes.end && bytes.start < one.number.end)
    }

    fn prose(self, quantity: &Quantity) -> &'p str {
        self.statement.prose(&self.scene.article.document, quantity.range.clone())
    }

    /// The prose between two quantities.
    fn between(self, one: &Quantity, two: &Quantity) -> &'p str {
        self.statement.prose(&self.scene.article.document, one.range.end..two.range.start.max(one.range.end))
    }

    fn observation(self, fault: Fault) -> Observation {
        let (statement, document) = (self.statement, &self.scene.article.document);
        let block = document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
        let total = statement.prose(document, fault.said).to_owned();
        Observation {
            grade: None,
            span: statement.span_of(document, closed(block, fault.range)),
            related: Vec::new(),
            values: vec![("factors", fault.factors), ("right", fault.right), ("total", total)],
            fix: None,
        }
    }
}

/// True for one number without a word on it.
fn exact(quantity: &Quantity) -> bool {
    quantity.low == quantity.high && quantity.bound == Bound::Exact && !quantity.fuzzy
}

/// True when a figure can be printed for a value.
fn fits(total: &Quantity, right: f64) -> bool {
    let slack = 0.5 * total.low_step.min(total.low * 0.01) + 1e-9;
    match total.bound {
        Bound::Exact => (total.low - slack..=total.high + slack).contains(&right),
        Bound::About => (total.low * 0.9..=total.high * 1.1).contains(&right),
        Bound::AtMost => right <= total.high + slack,
        Bound::AtLeast => right >= total.low - slack,
    }
}

/// The bytes from the first to the last of two figures.
fn span(one: &Quantity, two: &Quantity) -> Range<usize> {
    one.range.start.min(two.range.start)..one.range.end.max(two.range.end)
}

/// A value in the unit that a figure is printed in, in the words that stand behind its number.
fn amount(place: Place<'_, '_>, value: f64, like: &Quantity) -> String {
    let printed = like.printed_unit.as_deref().unwrap_or_default();
    let words = place.statement.prose(&place.scene.article.document, like.number.end..like.range.end);
    let scale = match printed.split('/').next() {
        Some("mg" | "mL") => 1e3,
        Some("mcg" | "µg" | "μg") => 1e6,
        Some("kg") => 1e-3,
        _ => 1.0,
    };
    let value = (value * scale * 1e6).round() / 1e6;
    format!("{value}{words}").trim_end().to_owned()
}
