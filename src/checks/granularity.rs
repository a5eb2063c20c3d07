//! Whether whole people (or whole scores) can give a printed percentage, mean or standard deviation.

mod arithmetic;

use super::phrase::{found, is_about};
use super::scope::{Scope, closed};
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::grammar::statistic::{Centre, Spread, Summary, summaries};
use crate::statement::Statement;
use arithmetic::{debit, grim, grimmer};
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Granularity {
    /// Phrases with the captures `value:(…)` (a percentage or a mean) and `n:(…)` (a number of people).
    pub phrases: Vec<Phrase>,
    /// Phrases by which the values behind a mean are whole numbers, in the statement, its heading or the line that
    /// leads its list.
    pub whole: Vec<Phrase>,
    /// Phrases by which they are 0 or 1.
    pub binary: Vec<Phrase>,
    /// Phrases for whole-number items that are averaged for each person: their number in a capture `items:(…)`, else in
    /// digits directly before ("3-item"). Where it is not said, nothing is held against whole people.
    pub items: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

/// The grade for a standard deviation that does not fit its mean, and for one of answers of 0 or 1.
const GRADES: &[&str] = &["deviation", "binary"];

impl Mechanism for Granularity {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [&mut self.phrases, &mut self.whole, &mut self.binary, &mut self.items, &mut self.unless_said];
        lists.into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["value", "n", "nearest"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let mut told: Vec<Range<usize>> = Vec::new();
            self.phrased(scene, statement, &mut told, seen);
            self.summarised(scene, statement, &told, seen);
        }
    }
}

impl Granularity {
    /// Percentages and means that a phrase ties to a number of people.
    fn phrased(
        &self,
        scene: &Scene<'_>,
        statement: &Statement,
        told: &mut Vec<Range<usize>>,
        seen: &mut Vec<Observation>,
    ) {
        for matched in found(statement, &self.phrases) {
            let (Some(value), Some(n)) = (captured(statement, matched, "value"), captured(statement, matched, "n"))
            else {
                continue;
            };
            let percent = value.kind == QuantityKind::Percent;
            let exact = |one: &Quantity| one.low == one.high && one.bound == Bound::Exact;
            if !exact(value) || !exact(n) || n.decimals > 0 || told.contains(&value.range) {
                continue;
            }
            if !percent && !is_about(scene, statement, &self.whole) {
                continue;
            }
            let Some(items) = (if percent { Some(1.0) } else { self.items_of(scene, statement) }) else { continue };
            if grim(value.low, value.decimals, n.low, items, percent) {
                continue;
            }
            told.push(value.range.clone());
            let range = value.range.start.min(n.range.start)..value.range.end.max(n.range.end);
            let shown = statement.prose(&scene.article.document, value.range.clone()).to_owned();
            let near = nearest(value.low, value.decimals, n.low, items, percent);
            seen.push(self.observation(scene, statement, range, None, (shown, n.low, near)));
        }
    }

    /// Means printed with their spread and number.
    fn summarised(&self, scene: &Scene<'_>, statement: &Statement, told: &[Range<usize>], seen: &mut Vec<Observation>) {
        let whole = is_about(scene, statement, &self.whole);
        let binary = is_about(scene, statement, &self.binary);
        if !whole && !binary {
            return;
        }
        let text = statement.text(&scene.article.document);
        for summary in summaries(text).into_iter().filter(|one| one.centre == Centre::Mean) {
            let at = statement.range.start;
            let range = at + summary.range.start..at + summary.range.end;
            let (Some(n), Spread::Deviation(spread, digits)) = (summary.n.map(f64::from), summary.spread) else {
                continue;
            };
            if told.iter().any(|other| other.start < range.end && range.start < other.end) {
                continue;
            }
            let (mean, deviation) = ((summary.value, summary.decimals), (spread, digits));
            let Some(items) = self.items_of(scene, statement) else { continue };
            let grade = if binary && (0.0..=1.0).contains(&summary.value) {
                (!debit(mean, deviation, n)).then_some(Some("binary"))
            } else if whole && !grim(summary.value, summary.decimals, n, items, false) {
                Some(None)
            } else if whole && !grimmer(mean, deviation, n, items) {
                Some(Some("deviation"))
            } else {
                None
            };
            let Some(grade) = grade else { continue };
            let near = nearest(summary.value, summary.decimals, n, items, false);
            let shown = shown(&summary);
            seen.push(self.observation(scene, statement, range, grade, (shown, n, near)));
        }
    }

    /// How many items make a person's score; `None` where there are several and nobody says how many.
    fn items_of(&self, scene: &Scene<'_>, statement: &Statement) -> Option<f64> {
        // the number of "3-item" stands before its hyphen
        let before = |matched: &Match| {
            let back = statement.words.get(..matched.words.start)?.iter().rev().take(2);
            let text = back.map(|word| statement.prose(&scene.article.document, word.range.clone()));
            text.filter_map(|word| word.parse::<f64>().ok()).next()
        };
        let mut counts = found(statement, &self.items)
            .map(|matched| captured(statement, matched, "items").map(|count| count.low).or_else(|| before(matched)));
        let first = counts.next();
        first.map_or(Some(1.0), |count| count.or_else(|| counts.flatten().next()).map(|count| count.max(1.0)))
    }

    fn observation(
        &self,
        scene: &Scene<'_>,
        statement: &Statement,
        range: Range<usize>,
        grade: Option<&'static str>,
        (value, n, nearest): (String, f64, String),
    ) -> Observation {
        let prose = scene.article.document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
        Observation {
            grade,
            span: statement.span_of(&scene.article.document, closed(prose, range)),
            related: Vec::new(),
            values: vec![("value", value), ("n", format!("{n}")), ("nearest", nearest)],
            fix: None,
        }
    }
}

fn shown(summary: &Summary) -> String {
    match summary.spread {
        Spread::Deviation(spread, digits) => {
            format!("{:.*} (SD {:.*})", usize::from(summary.decimals), summary.value, usize::from(digits), spread)
        }
        _ => format!("{:.*}", usize::from(summary.decimals), summary.value),
    }
}

/// The quantity that a capture of a match holds.
fn captured<'s>(statement: &'s Statement, matched: &Match, name: &str) -> Option<&'s Quantity> {
    let bytes = statement.bytes_of(matched.capture(name)?);
    statement.quantities.iter().find(|one| one.range.start < bytes.end && bytes.start < one.range.end)
}

/// The printable values next to the printed one.
fn nearest(value: f64, decimals: u8, n: f64, items: f64, percent: bool) -> String {
    let scale = if percent { 100.0 } else { 1.0 };
    let whole = n * items;
    let middle = value * whole / scale;
    let decimals = usize::from(decimals);
    let print = |sum: f64| {
        let value = sum * scale / whole;
        if percent { format!("{sum} of {n} is {value:.decimals$}%") } else { format!("{value:.decimals$}") }
    };
    format!("{}, {}", print(middle.floor()), print(middle.ceil()))
}
