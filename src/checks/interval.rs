//! An estimate against its own confidence interval, and the interval against what is said of significance.
//!
//! An estimate lies inside its interval; a 95 % interval that holds the value of no effect (1 of a ratio, 0 of a
//! difference) goes with P ≥ .05, one that does not with P < .05 (Altman et al., "Statistics with Confidence", 2000).

use super::phrase::found;
use super::scope::{Scope, closed};
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::statistic::{Estimate, Interval, Measure, PValue, Relation, intervals};
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// What is held against the interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The estimate that it belongs to, and its own order.
    #[default]
    Estimate,
    /// The p-value, or the word "significant".
    Significance,
}

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Intervals {
    /// What is held against the interval.
    pub against: Fault,
    /// Phrases that call a result significant.
    pub significant: Vec<Phrase>,
    /// Phrases that call a result not significant; they count when the statement holds one estimate only.
    pub insignificant: Vec<Phrase>,
    /// Phrases by which an unnamed estimate is a ratio, anywhere in its block.
    pub ratios: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

const GRADES: &[&str] = &["backwards"];

impl Mechanism for Intervals {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [&mut self.significant, &mut self.insignificant, &mut self.ratios, &mut self.unless_said];
        lists.into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["estimate", "interval", "said", "null"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let text = statement.text(&scene.article.document);
            let estimates = intervals(text);
            let denied = found(statement, &self.insignificant).next().is_some();
            // which of several estimates is called so is not said
            if denied && estimates.iter().filter(|one| one.p.is_none()).count() > 1 {
                continue;
            }
            for estimate in estimates {
                let Some(interval) = estimate.interval.as_ref().filter(|interval| !interval.credible) else { continue };
                let one = match self.against {
                    Fault::Estimate => outside(&estimate, interval),
                    Fault::Significance => self.contradicted(scene, statement, &estimate, interval),
                };
                let Some((grade, said, null, range)) = one else { continue };
                let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_owned();
                let at = statement.range.start;
                let range = closed(text, range);
                let shown = estimate.value.map_or_else(String::new, |value| {
                    format!("{value:.0$}{1}", usize::from(estimate.decimals), if estimate.percent { "%" } else { "" })
                });
                seen.push(Observation {
                    grade,
                    span: statement.span_of(&scene.article.document, at + range.start..at + range.end),
                    related: Vec::new(),
                    values: vec![
                        ("estimate", shown),
                        ("interval", part(&interval.range)),
                        ("said", said.map_or_else(|| self.word_of(statement), |range| part(&range))),
                        ("null", null.map_or_else(String::new, |null| format!("{null}"))),
                    ],
                    fix: None,
                });
            }
        }
    }
}

/// Grade, what is said of significance, the value of no effect, and the bytes to mark.
type Seen = (Option<&'static str>, Option<Range<usize>>, Option<f64>, Range<usize>);

fn outside(estimate: &Estimate, interval: &Interval) -> Option<Seen> {
    if interval.low > interval.high {
        return Some((Some("backwards"), None, None, interval.range.clone()));
    }
    let value = estimate.value?;
    // a share in percent and its interval without a sign are the same figure; a share as a fraction is not
    if estimate.percent != interval.percent && interval.percent {
        return None;
    }
    let half = |decimals: u8| 0.5 * 10f64.powi(-i32::from(decimals));
    let slack = half(estimate.decimals).max(half(interval.decimals)) + 1e-9;
    let inside = interval.low - slack <= value && value <= interval.high + slack;
    (!inside && estimate.measure != Measure::NumberNeeded).then(|| (None, None, None, estimate.range.clone()))
}

impl Intervals {
    fn contradicted(
        &self,
        scene: &Scene<'_>,
        statement: &Statement,
        estimate: &Estimate,
        interval: &Interval,
    ) -> Option<Seen> {
        if interval.level.is_some_and(|level| (level - 95.0).abs() > 0.01) || interval.low > interval.high {
            return None;
        }
        let null = estimate.measure.null().or_else(|| self.guessed_null(scene, statement, estimate, interval))?;
        let half = 0.5 * 10f64.powi(-i32::from(interval.decimals));
        if (interval.low - null).abs() <= half || (interval.high - null).abs() <= half {
            return None;
        }
        let crosses = interval.low < null && null < interval.high;
        let (significant, said) = match &estimate.p {
            Some(p) => (is_significant(p)?, Some(p.range.clone())),
            None if found(statement, &self.insignificant).next().is_some() => (false, None),
            None => (self.is_called_significant(statement).then_some(true)?, None),
        };
        if crosses != significant {
            return None;
        }
        let end = said.as_ref().map_or(estimate.range.end, |said| said.end.max(estimate.range.end));
        Some((None, said, Some(null), estimate.range.start..end))
    }

    /// No effect of an estimate without a name: 0 when its interval has both signs, 1 when its block speaks of ratios.
    fn guessed_null(
        &self,
        scene: &Scene<'_>,
        statement: &Statement,
        estimate: &Estimate,
        interval: &Interval,
    ) -> Option<f64> {
        if estimate.measure != Measure::Other || estimate.percent || interval.percent {
            return None;
        }
        // no ratio is below zero
        if interval.low < 0.0 {
            return Some(0.0);
        }
        let same = scene.article.statements.iter().filter(|other| other.block == statement.block);
        let ratio = same.into_iter().any(|other| found(other, &self.ratios).next().is_some());
        (ratio && interval.low > 0.0).then_some(1.0)
    }

    fn word_of(&self, statement: &Statement) -> String {
        let not = found(statement, &self.insignificant).next().is_some();
        if not { "not significant" } else { "significant" }.to_owned()
    }

    fn is_called_significant(&self, statement: &Statement) -> bool {
        found(statement, &self.significant).any(|matched| !matched.words.clone().any(|word| statement.is_negated(word)))
    }
}

/// What a p-value says at .05; `None` when it leaves that open.
fn is_significant(p: &PValue) -> Option<bool> {
    match p.relation {
        Relation::Equal => (p.value != 0.05).then_some(p.value < 0.05),
        Relation::Less => (p.value <= 0.05).then_some(true),
        Relation::Greater => (p.value >= 0.05).then_some(false),
        Relation::NotSignificant => Some(false),
    }
}
