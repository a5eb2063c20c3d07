//! Values that cannot be: shares above the whole, falls of more than all there is, more people than there were.

use super::phrase::{found, mark, overlap};
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Impossible {
    /// Phrases around a share of people or cases, which cannot exceed 100 %; `text:(…)` is the mark.
    pub shares: Vec<Phrase>,
    /// Phrases around a fall, which cannot exceed 100 %.
    pub falls: Vec<Phrase>,
    /// Phrases around a number that cannot be negative or above 1 (a p-value, a correlation).
    pub units: Vec<Phrase>,
    /// Nouns that make "n of N" a number of people: the phrase stands directly behind it.
    pub people: Vec<Phrase>,
    /// Phrases that set a number of people against all of them: the captures `part:(…)` and `whole:(…)`.
    pub parts: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

const GRADES: &[&str] = &["fall", "count", "unit", "pressure"];

impl Mechanism for Impossible {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.shares,
            &mut self.falls,
            &mut self.units,
            &mut self.people,
            &mut self.parts,
            &mut self.unless,
            &mut self.unless_said,
        ];
        lists.into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let lists: [(&[Phrase], f64, Option<&'static str>); 3] =
                [(&self.shares, 100.0, None), (&self.falls, 100.0, Some("fall")), (&self.units, 1.0, Some("unit"))];
            let mut taken = Vec::new();
            for (phrases, limit, grade) in lists {
                for matched in found(statement, phrases) {
                    let words = mark(matched);
                    let bytes = statement.bytes_of(words.clone());
                    let beyond = statement
                        .quantities
                        .iter()
                        .filter(|one| one.range.start < bytes.end && bytes.start < one.range.end)
                        .filter(|one| match limit <= 1.0 {
                            true => one.kind == QuantityKind::Count,
                            false => one.unit.as_deref() == Some("%"),
                        })
                        .any(|one| one.high > limit || one.low < 0.0);
                    let clash = taken.iter().any(|other| overlap(other, &words));
                    if !beyond || clash || !self.scope.counts(statement, &words) {
                        continue;
                    }
                    if found(statement, &self.unless).any(|other| overlap(&other.words, &words)) {
                        continue;
                    }
                    taken.push(words);
                    seen.push(self.seen(scene, statement.span_of(&scene.article.document, bytes.clone()), grade));
                }
            }
            for matched in found(statement, &self.parts) {
                let (Some(part), Some(whole)) =
                    (captured(statement, matched, "part"), captured(statement, matched, "whole"))
                else {
                    continue;
                };
                let counts = part.kind == QuantityKind::Count && whole.kind == QuantityKind::Count;
                if counts && part.low > whole.high && whole.bound == Bound::Exact {
                    let range = part.range.start.min(whole.range.start)..part.range.end.max(whole.range.end);
                    seen.push(self.seen(scene, statement.span_of(&scene.article.document, range), Some("count")));
                }
            }
            for one in &statement.quantities {
                let Some((part, whole)) = one.parts else { continue };
                if one.kind == QuantityKind::Pressure && part < whole {
                    let span = statement.span_of(&scene.article.document, one.range.clone());
                    seen.push(self.seen(scene, span, Some("pressure")));
                }
                if one.kind != QuantityKind::Fraction || part <= whole || whole < 2.0 {
                    continue;
                }
                let words = statement.words_of(one.range.clone());
                let behind = |matched: &Match| matched.words.start <= words.end && words.end <= matched.words.end;
                if !found(statement, &self.people).any(behind)
                    || found(statement, &self.unless).any(|other| overlap(&other.words, &words))
                {
                    continue;
                }
                seen.push(self.seen(
                    scene,
                    statement.span_of(&scene.article.document, one.range.clone()),
                    Some("count"),
                ));
            }
        }
    }
}

/// The quantity that a capture of a match holds.
fn captured<'s>(statement: &'s Statement, matched: &Match, name: &str) -> Option<&'s Quantity> {
    let bytes = statement.bytes_of(matched.capture(name)?);
    statement.quantities.iter().find(|one| one.number.start < bytes.end && bytes.start < one.number.end)
}

impl Impossible {
    fn seen(&self, scene: &Scene<'_>, span: crate::source::Span, grade: Option<&'static str>) -> Observation {
        let text = scene.article.source.slice(span).to_owned();
        Observation { grade, span, related: Vec::new(), values: vec![("text", text)], fix: None }
    }
}
