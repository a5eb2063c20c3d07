//! A change from one figure to another against the change that is stated beside it.
//!
//! "From a to b" and "by c%": c must be the relative change 100·(b−a)/a or, in percentage points, b−a, within the
//! rounding of all three. What two risks say beside their relative risk or number needed to treat is in `risks`.

mod risks;

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Change {
    /// Phrases with a capture `change:(…)` around the stated change: a percentage or a share in words.
    pub changes: Vec<Phrase>,
    /// Words that compare two risks; without one, two percentages of a statement are not set against each other.
    pub compares: Vec<Phrase>,
    /// Phrases with the captures `part:(…)` and `whole:(…)`: two of them in a statement without other risks are compared.
    pub counted: Vec<Phrase>,
    /// Phrases with a capture `claim:(…)` around a difference of two risks, or `points:(…)` around one that counts only
    /// when it is printed in percentage points.
    pub points: Vec<Phrase>,
    /// The captures `fall:(…)` around a relative reduction and `rise:(…)` around a relative increase.
    pub relative: Vec<Phrase>,
    /// The same around a relative risk or a multiple.
    pub ratio: Vec<Phrase>,
    /// The same around a number needed to treat or harm.
    pub needed: Vec<Phrase>,
    /// A phrase by which a ratio may be a tenth off, and a number needed to treat is not held against the risks.
    pub loosely: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// A phrase that silences what is said of two risks, but for their difference.
    pub unless_modelled: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

/// A sentence with more figures is a table that lost its lines: which of them belong together nobody can tell.
const MOST_FIGURES: usize = 30;

impl Mechanism for Change {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.changes,
            &mut self.compares,
            &mut self.counted,
            &mut self.points,
            &mut self.relative,
            &mut self.ratio,
            &mut self.needed,
            &mut self.loosely,
            &mut self.unless_said,
            &mut self.unless_modelled,
        ];
        lists.into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["risks"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["from-to", "points", "relative", "change", "given", "right"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            if statement.quantities.len() > MOST_FIGURES {
                continue;
            }
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let wrong = risks::observe(self, scene, index, statement);
            if !wrong.is_empty() {
                seen.extend(wrong);
                continue;
            }
            let mut spans = statement.quantities.iter().filter(|one| is_span(scene, statement, one));
            let (Some(span), None) = (spans.next(), spans.next()) else { continue };
            let mut changes = found(statement, &self.changes).filter_map(|matched| {
                let bytes = statement.bytes_of(matched.capture("change")?);
                statement.quantities.iter().find(|one| one.number.start < bytes.end && bytes.start < one.number.end)
            });
            let Some(change) = changes.find(|change| {
                change.range != span.range && change.low == change.high && is_change(scene, statement, change)
            }) else {
                continue;
            };
            // "fell by 20% from 2 to 5 years after surgery" says when
            let is_time = matches!(span.kind, QuantityKind::Duration | QuantityKind::Age | QuantityKind::Date);
            if agrees(span, change) || is_time && change.range.start < span.range.start {
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
                    ("points", shown(points, span)),
                    ("relative", format!("{relative:.0}%")),
                    ("change", prose(change)),
                ],
                fix: None,
            });
        }
    }
}

/// A difference in the unit that a span is printed in.
fn shown(points: f64, span: &Quantity) -> String {
    let short = |value: f64| (value * 1000.0).round() / 1000.0;
    if span.unit.as_deref() == Some("%") {
        return format!("{} points", short(points));
    }
    let scale = span.low_step.min(span.high_step) * 10f64.powi(i32::from(span.decimals));
    match &span.printed_unit {
        Some(unit) if span.kind != QuantityKind::Fraction && scale > 0.0 => format!("{} {unit}", short(points / scale)),
        _ => format!("{}", short(points)),
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

/// A percentage, or a share in words ("a third"); "3 in 10" counts people.
fn is_change(scene: &Scene<'_>, statement: &Statement, change: &Quantity) -> bool {
    let printed = statement.prose(&scene.article.document, change.number.clone());
    let in_words = !printed.contains(|letter: char| letter.is_ascii_digit()) && !printed.contains(" in ");
    change.kind == QuantityKind::Percent || change.kind == QuantityKind::Fraction && in_words
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
    // a share in words may be a tenth off
    let (stated, own) =
        if change.kind == QuantityKind::Fraction { (100.0 * change.low, 10.0 * change.low) } else { (change.low, own) };
    (low - own - about..=high + own + about).contains(&stated)
}
