//! The same number of the same medicine with units a thousandfold apart: one of the two is a slip. So is an amount that
//! is not what the bracket behind it makes of it in another unit.

mod conversion;

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene, Side};
use crate::finding::Place;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::{ClassId, EntryId};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Units {
    /// Classes of what is dosed.
    pub of: Vec<String>,
    /// What joins an amount to the same in another unit, as printed between the two.
    pub joints: Vec<String>,
    /// Symbols of units that no power of ten leads to from the metric ones.
    pub other_systems: Vec<String>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where doses count.
    pub scope: Scope,
}

/// A dose of something, with where it stands.
struct Dose<'s> {
    statement: &'s Statement,
    quantity: &'s Quantity,
    entry: EntryId,
}

impl Mechanism for Units {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.unless_said.iter_mut().collect()
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        self.of.iter().map(|name| ("class", name.as_str())).collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["value", "other", "subject", "right"]
    }

    fn grades(&self) -> &'static [&'static str] {
        &["conversion"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let classes: Vec<ClassId> = self.of.iter().filter_map(|name| scene.lexicon.class(name)).collect();
        let admitted = scene
            .article
            .statements
            .iter()
            .filter(|one| self.scope.admits(scene, one) && found(one, &self.unless_said).next().is_none());
        for statement in admitted.clone() {
            conversion::observe(self, scene, statement, seen);
        }
        let doses: Vec<Dose<'_>> = admitted.flat_map(|one| doses(scene, one, &classes)).collect();
        let prose = |dose: &Dose<'_>| dose.statement.prose(&scene.article.document, dose.quantity.range.clone());
        let span = |dose: &Dose<'_>| dose.statement.span_of(&scene.article.document, dose.quantity.range.clone());
        for (index, later) in doses.iter().enumerate() {
            let same = |other: &&Dose<'_>| {
                other.entry == later.entry
                    && !std::ptr::eq(other.statement, later.statement)
                    && is_thousandfold(scene, other, later)
            };
            let Some(earlier) = doses.iter().take(index).find(same) else { continue };
            // where the article also writes the other unit with this number's own value, nothing is wrong
            if doses.iter().any(|one| {
                one.entry == later.entry && is_equal(one, later) && !std::ptr::eq(one.quantity, later.quantity)
            }) {
                continue;
            }
            let place = Place::of(scene.article.source, span(earlier));
            seen.push(Observation {
                grade: None,
                span: span(later),
                related: vec![Side { role: "other", place, value: prose(earlier).to_owned() }],
                values: vec![
                    ("value", prose(later).to_owned()),
                    ("other", prose(earlier).to_owned()),
                    (
                        "subject",
                        scene.lexicon.entry(later.entry).map_or_else(String::new, |entry| entry.name.to_string()),
                    ),
                    ("right", String::new()),
                ],
                fix: None,
            });
        }
    }
}

/// The doses of a statement that names one medicine.
fn doses<'s>(scene: &Scene<'_>, statement: &'s Statement, classes: &[ClassId]) -> Vec<Dose<'s>> {
    let is_dosed = |entry: EntryId| classes.iter().any(|class| scene.lexicon.is_a(entry, *class));
    let mut named: Vec<EntryId> =
        statement.entities.iter().map(|one| one.entry).filter(|entry| is_dosed(*entry)).collect();
    named.sort_unstable();
    named.dedup();
    let [entry] = named.as_slice() else { return Vec::new() };
    let plain = |one: &&Quantity| {
        one.kind == QuantityKind::Dose && one.low == one.high && one.low > 0.0 && one.unit.as_deref() == Some("g")
    };
    statement.quantities.iter().filter(plain).map(|quantity| Dose { statement, quantity, entry: *entry }).collect()
}

/// The same printed number, and a thousand times the amount.
fn is_thousandfold(scene: &Scene<'_>, one: &Dose<'_>, two: &Dose<'_>) -> bool {
    let number =
        |dose: &Dose<'_>| dose.statement.prose(&scene.article.document, dose.quantity.number.clone()).trim().to_owned();
    let ratio = one.quantity.low / two.quantity.low;
    ((ratio - 1e3).abs() < 1e-6 * ratio || (ratio - 1e-3).abs() < 1e-9) && number(one) == number(two)
}

fn is_equal(one: &Dose<'_>, two: &Dose<'_>) -> bool {
    (one.quantity.low - two.quantity.low).abs() <= 1e-9 * two.quantity.low
}
