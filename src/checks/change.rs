//! A change from one figure to another against the change that is stated beside it.
//!
//! "From a to b" and "by c%": c must be the relative change 100·(b−a)/a or, in percentage points, b−a, within the
//! rounding of all three.

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Change {
    /// Phrases with a capture `change:(…)` around the stated change.
    pub changes: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

impl Mechanism for Change {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.changes, &mut self.unless_said].into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["from-to", "points", "relative", "change"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let mut spans = statement.quantities.iter().filter(|one| is_span(scene, statement, one));
            let (Some(span), None) = (spans.next(), spans.next()) else { continue };
            let mut changes = found(statement, &self.changes).filter_map(|matched| {
                let bytes = statement.bytes_of(matched.capture("change")?);
                statement.quantities.iter().find(|one| one.number.start < bytes.end && bytes.start < one.number.end)
            });
            let Some(change) = changes.find(|change| change.range != span.range && change.low == change.high) else {
                continue;
            };
            if agrees(span, change) {
                continue;
            }
            let range = span.range.start.min(change.range.start)..span.range.end.max(change.range.end);
            let prose =
                |quantity: &Quantity| statement.prose(&scene.article.document, quantity.range.clone()).to_owned();
            let points = (span.high - span.low).abs();
            let relative = 100.0 * points / span.low.abs();
            seen.push(Observation {
                grade: None,
                span: statement.span_of(&scene.article.document, range),
                related: Vec::new(),
                values: vec![
                    ("from-to", prose(span)),
                    ("points", format!("{}", (points * 1000.0).round() / 1000.0)),
                    ("relative", format!("{relative:.0}%")),
                    ("change", prose(change)),
                ],
                fix: None,
            });
        }
    }
}

/// "from 10% to 15%".
fn is_span(scene: &Scene<'_>, statement: &Statement, one: &Quantity) -> bool {
    let printed = statement.prose(&scene.article.document, one.range.clone());
    let before = statement.prose(&scene.article.document, statement.range.start..one.range.start);
    let from = |text: &str| text.split_whitespace().next_back().is_some_and(|word| word.eq_ignore_ascii_case("from"));
    let begins = printed.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("from"));
    one.low != one.high && one.low > 0.0 && one.bound == Bound::Exact && (begins || from(before)) && !one.fuzzy
}

fn agrees(span: &Quantity, change: &Quantity) -> bool {
    let slack = (span.low_step + span.high_step) / 2.0;
    let points = (span.high - span.low).abs();
    let own = 0.5 * change.low_step.max(10f64.powi(-i32::from(change.decimals)));
    let about = if change.bound == Bound::Exact { 0.0 } else { 0.05 * change.low };
    if change.kind == QuantityKind::Percent && change.unit.as_deref() == Some("pp") {
        return (points - change.low).abs() <= slack + own + about + 1e-9;
    }
    // the relative change as far as the rounding of both ends lets it go
    let low = 100.0 * (points - slack).max(0.0) / (span.low + span.low_step / 2.0);
    let high = 100.0 * (points + slack) / (span.low - span.low_step / 2.0).max(f64::MIN_POSITIVE);
    (low - own - about..=high + own + about).contains(&change.low)
}
