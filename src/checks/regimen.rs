//! Dose times frequency against the daily total, dose per kilogram times weight against the dose, count times
//! strength against the sum.

use super::phrase::found;
use super::scope::{Scope, closed};
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Regimen {
    /// Words that lead from the factors to a total: the phrase holds the capture `total:(…)`.
    pub totals: Vec<Phrase>,
    /// Words that lead from a weight to its dose: the captures `weight:(…)` and `dose:(…)`.
    pub weights: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where doses count.
    pub scope: Scope,
}

impl Mechanism for Regimen {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.totals, &mut self.weights, &mut self.unless_said].into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["factors", "right", "total"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            for matched in found(statement, &self.totals) {
                let Some(total) = quantity_at(statement, matched.capture("total")) else { continue };
                if let Some((first, right, factors)) = expected(scene, statement, total) {
                    compare(scene, statement, first, total, right, &factors, seen);
                }
            }
            for matched in found(statement, &self.weights) {
                let weight = quantity_at(statement, matched.capture("weight"));
                let dose = quantity_at(statement, matched.capture("dose"));
                let (Some(weight), Some(dose)) = (weight, dose) else { continue };
                let own = rate_before(statement, weight.range.start.max(dose.range.start));
                let Some((rate, holder)) = own.map(|rate| (rate, statement)).or_else(|| rate_of_previous(scene, index))
                else {
                    continue;
                };
                if weight.low != weight.high || rate.low != rate.high || dose.unit.as_deref() != Some("g") {
                    continue;
                }
                let right = rate.low * weight.low / 1000.0;
                let factors = format!("{} for {}", prose(scene, holder, rate), prose(scene, statement, weight));
                let first = if weight.range.start < dose.range.start { weight } else { dose };
                let last = if weight.range.start < dose.range.start { dose } else { weight };
                compare_at(scene, statement, (first, last), dose, right, &factors, seen);
            }
        }
    }
}

/// The quantity that a capture holds.
fn quantity_at(statement: &Statement, words: Option<std::ops::Range<usize>>) -> Option<&Quantity> {
    let bytes = statement.bytes_of(words?);
    statement.quantities.iter().find(|one| one.number.start < bytes.end && bytes.start < one.number.end)
}

/// The dose per kilogram of body weight that was stated last before a byte.
fn rate_before(statement: &Statement, at: usize) -> Option<&Quantity> {
    let rates = statement.quantities.iter().take_while(|one| one.range.start < at);
    rates.filter(|one| one.kind == QuantityKind::Dose && one.unit.as_deref() == Some("g/kg")).last()
}

/// The only dose per kilogram of the statement before, in the same block, and that statement.
fn rate_of_previous<'a>(scene: &Scene<'a>, index: usize) -> Option<(&'a Quantity, &'a Statement)> {
    let statements = &scene.article.statements;
    let (previous, statement) = (statements.get(index.checked_sub(1)?)?, statements.get(index)?);
    let mut rates =
        previous.quantities.iter().filter(|one| one.kind == QuantityKind::Dose && one.unit.as_deref() == Some("g/kg"));
    let rate = rates.next().filter(|_| rates.next().is_none() && previous.block == statement.block)?;
    Some((rate, previous))
}

/// What the quantities before a total make of it: the first of them, the product in the total's unit, and the factors.
fn expected<'s>(scene: &Scene<'_>, statement: &'s Statement, total: &Quantity) -> Option<(&'s Quantity, f64, String)> {
    // "600 mg daily (300 mg twice daily)": what stands in the bracket is the factors
    let after = statement.quantities.iter().find(|one| one.range.start >= total.range.end);
    if after.is_some_and(|next| {
        next.kind == QuantityKind::Frequency && statement.words_of(total.range.end..next.range.start).is_empty()
    }) {
        return None;
    }
    let before: Vec<&Quantity> = statement.quantities.iter().filter(|one| one.range.end <= total.range.start).collect();
    let (two, rest) = before.split_last()?;
    let one = rest.last()?;
    let exact = |quantity: &Quantity| quantity.low == quantity.high && quantity.bound == Bound::Exact;
    if !exact(one) || !exact(two) || statement.words_of(one.range.end..two.range.start).len() > 6 {
        return None;
    }
    let unit = |quantity: &'s Quantity| quantity.unit.as_deref().unwrap_or_default();
    let daily = matches!(total.unit.as_deref(), Some("g/d" | "U/d")) || total.unit.as_deref() == Some(unit(one));
    let is_dose = |quantity: &Quantity| matches!(quantity.kind, QuantityKind::Dose | QuantityKind::Mass);
    let factors = format!("{} × {}", prose(scene, statement, one), prose(scene, statement, two));
    let is_amount = matches!(unit(one), "g" | "U");
    let is_amount = is_amount || is_dose(one) && total.unit.as_deref() == Some(unit(one));
    if is_dose(one) && is_amount && two.kind == QuantityKind::Frequency && daily && two.low >= 1.0 {
        return Some((one, one.low * two.low, factors));
    }
    let pieces = one.kind == QuantityKind::Count
        || (is_dose(one) && matches!(unit(one), "tablet" | "capsule" | "puff" | "drop" | "spray" | "pill"));
    if pieces && is_dose(two) && matches!(unit(two), "g" | "U") && total.unit.as_deref() == Some(unit(two)) {
        return Some((one, one.low * two.low, factors));
    }
    None
}

fn compare(
    scene: &Scene<'_>,
    statement: &Statement,
    first: &Quantity,
    total: &Quantity,
    right: f64,
    factors: &str,
    seen: &mut Vec<Observation>,
) {
    compare_at(scene, statement, (first, total), total, right, factors, seen);
}

fn compare_at(
    scene: &Scene<'_>,
    statement: &Statement,
    (first, last): (&Quantity, &Quantity),
    total: &Quantity,
    right: f64,
    factors: &str,
    seen: &mut Vec<Observation>,
) {
    let slack = 0.5 * total.low_step.min(total.low * 0.01) + 1e-9;
    let fits = match total.bound {
        Bound::Exact => (total.low - slack..=total.high + slack).contains(&right),
        Bound::About => (total.low * 0.9..=total.high * 1.1).contains(&right),
        Bound::AtMost => right <= total.high + slack,
        Bound::AtLeast => right >= total.low - slack,
    };
    if fits {
        return;
    }
    let prose_of_block = scene.article.document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
    let range = closed(prose_of_block, first.range.start..last.range.end);
    seen.push(Observation {
        grade: None,
        span: statement.span_of(&scene.article.document, range),
        related: Vec::new(),
        values: vec![
            ("factors", factors.to_owned()),
            ("right", amount(right, total)),
            ("total", prose(scene, statement, total).to_owned()),
        ],
        fix: None,
    });
}

/// A value in the unit that the total is printed in.
fn amount(value: f64, like: &Quantity) -> String {
    let printed = like.printed_unit.as_deref().unwrap_or_default();
    let scale = match printed.split('/').next() {
        Some("mg") => 1e3,
        Some("mcg" | "µg" | "μg") => 1e6,
        Some("kg") => 1e-3,
        _ => 1.0,
    };
    let value = (value * scale * 1e6).round() / 1e6;
    format!("{value} {printed}").trim_end().to_owned()
}

fn prose<'d>(scene: &'d Scene<'_>, statement: &Statement, quantity: &Quantity) -> &'d str {
    statement.prose(&scene.article.document, quantity.range.clone())
}
