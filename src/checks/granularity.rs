//! Whether whole people (or whole scores) can give a printed percentage or mean.
//!
//! GRIM (Brown & Heathers 2017): with N whole units, a mean is k/N for some whole k; the printed value must be a
//! rounding of one, half up or half to even. Tested only where it has power: 10^decimals × 100 > N for percentages.

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Granularity {
    /// Phrases with the captures `value:(…)` (a percentage or a mean) and `n:(…)` (a number of people).
    pub phrases: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

impl Mechanism for Granularity {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.phrases, &mut self.unless_said].into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["value", "n", "nearest"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let mut told = Vec::new();
            for matched in found(statement, &self.phrases) {
                let (Some(value), Some(n)) = (captured(statement, matched, "value"), captured(statement, matched, "n"))
                else {
                    continue;
                };
                if n.low != n.high || n.bound != Bound::Exact || n.decimals > 0 || value.low != value.high {
                    continue;
                }
                let percent = value.kind == QuantityKind::Percent;
                if value.bound != Bound::Exact || told.contains(&value.range) || is_possible(value, n.low, percent) {
                    continue;
                }
                told.push(value.range.clone());
                let range = value.range.start.min(n.range.start)..value.range.end.max(n.range.end);
                seen.push(Observation {
                    grade: None,
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![
                        ("value", statement.prose(&scene.article.document, value.range.clone()).to_owned()),
                        ("n", format!("{}", n.low)),
                        ("nearest", nearest(value, n.low, percent)),
                    ],
                    fix: None,
                });
            }
        }
    }
}

/// The quantity that a capture of a match holds.
fn captured<'s>(statement: &'s Statement, matched: &Match, name: &str) -> Option<&'s Quantity> {
    let (_, words) = matched.captures.iter().find(|(own, _)| own.as_ref() == name)?;
    let bytes = statement.bytes_of(words.clone());
    statement.quantities.iter().find(|one| one.range.start < bytes.end && bytes.start < one.range.end)
}

fn is_possible(value: &Quantity, n: f64, percent: bool) -> bool {
    let unit = 10f64.powi(-i32::from(value.decimals));
    let scale = if percent { 100.0 } else { 1.0 };
    if n <= 0.0 || scale / unit <= n {
        return true;
    }
    let middle = value.low * n / scale;
    [middle.floor(), middle.ceil()]
        .into_iter()
        .any(|whole| whole >= 0.0 && (whole * scale / n - value.low).abs() <= 0.5 * unit + 1e-9)
}

/// The printable values next to the printed one.
fn nearest(value: &Quantity, n: f64, percent: bool) -> String {
    let scale = if percent { 100.0 } else { 1.0 };
    let middle = value.low * n / scale;
    let decimals = usize::from(value.decimals);
    let sign = if percent { "%" } else { "" };
    let print = |whole: f64| {
        let part = if percent { format!("{whole} of {n} is ") } else { String::new() };
        format!("{part}{:.decimals$}{sign}", whole * scale / n)
    };
    format!("{}, {}", print(middle.floor()), print(middle.ceil()))
}
