//! Ranges that run backwards.

use super::phrase::{found, overlap};
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Reversed {
    /// Kinds of quantity whose ranges must ascend.
    pub of: Vec<QuantityKind>,
    /// A phrase that makes a fall of it, anywhere in the statement.
    pub unless_said: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// A phrase around what is a range all the same ("ranges from 40 to 10 mg").
    pub ranges: Vec<Phrase>,
    /// Where ranges count.
    pub scope: Scope,
}

impl Mechanism for Reversed {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.unless_said, &mut self.unless, &mut self.ranges].into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            for one in statement.quantities.iter().filter(|one| self.of.contains(&one.kind) && one.low > one.high) {
                let words = statement.words_of(one.range.clone());
                let around = |phrases: &[Phrase]| found(statement, phrases).any(|other| overlap(&other.words, &words));
                let silenced = around(&self.unless) && !around(&self.ranges);
                if silenced || follows_dash(scene, statement, one) || is_pair(scene, statement, one) {
                    continue;
                }
                seen.push(Observation {
                    grade: None,
                    span: statement.span_of(&scene.article.document, one.range.clone()),
                    related: Vec::new(),
                    values: vec![("text", statement.prose(&scene.article.document, one.range.clone()).to_owned())],
                    fix: None,
                });
            }
        }
    }
}

/// An em dash joins clauses, so "14—11 mg" is no range; nor is a number that a dash or a digit's neighbour precedes.
fn follows_dash(scene: &Scene<'_>, statement: &Statement, one: &Quantity) -> bool {
    let printed = statement.prose(&scene.article.document, one.number.clone());
    let before = statement.prose(&scene.article.document, statement.range.start..one.range.start);
    printed.contains(['—', '−'])
        || before.ends_with(['-', '–', '—', '/', '.', ':', '#'])
        || before.ends_with(char::is_alphanumeric)
}

/// "40-25 mg" printed without a word between is the strength of a combination, and "1201-8" pages: only a range of
/// two numbers with the same number of digits, or one in words, can run backwards.
fn is_pair(scene: &Scene<'_>, statement: &Statement, one: &Quantity) -> bool {
    let printed = statement.prose(&scene.article.document, one.number.clone());
    let joined = !printed.contains(char::is_whitespace);
    joined && (one.kind == QuantityKind::Dose || one.kind == QuantityKind::Count)
}
