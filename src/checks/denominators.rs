//! Risks that are compared with different denominators.

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Quantity, QuantityKind};
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Denominators {
    /// Phrases that compare two risks; without one nothing is said.
    pub compares: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

impl Mechanism for Denominators {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.compares.iter_mut().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["one", "two"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.compares).next().is_none() {
                continue;
            }
            if statement.quantities.iter().any(|one| one.kind == QuantityKind::Percent) {
                continue;
            }
            let risks: Vec<&Quantity> = statement
                .quantities
                .iter()
                .filter(|one| one.kind == QuantityKind::Fraction && one.parts.is_some_and(|(_, whole)| whole >= 10.0))
                .collect();
            let [one, two] = risks.as_slice() else { continue };
            let whole = |quantity: &Quantity| quantity.parts.map(|(_, whole)| whole);
            if whole(one) == whole(two) {
                continue;
            }
            let prose =
                |quantity: &Quantity| statement.prose(&scene.article.document, quantity.range.clone()).to_owned();
            seen.push(Observation {
                grade: None,
                span: statement.span_of(&scene.article.document, one.range.start..two.range.end),
                related: Vec::new(),
                values: vec![("one", prose(one)), ("two", prose(two))],
                fix: None,
            });
        }
    }
}
