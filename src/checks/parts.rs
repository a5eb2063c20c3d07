//! Parts against their whole: percentages that must make 100, and counts that must make the stated total.
//!
//! Parts are only added up where a phrase says that nothing is left over ("the remaining", "were randomised to"), or
//! ties two of them to each other and their whole. The slack is half a unit of the last printed digit for each part.

mod tied;

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Parts {
    /// Phrases that say that the parts are all there is.
    pub complete: Vec<Phrase>,
    /// Phrases with a capture `total:(…)` in the statement or the two before it in the same block.
    pub total: Vec<Phrase>,
    /// Phrases that tie two parts to each other: the captures `one:(…)`, `two:(…)` and perhaps `total:(…)`; without it two
    /// percentages make 100.
    pub tied: Vec<Phrase>,
    /// The same two parts and their total where the words do not say that they are all: only a sum that misses the total by
    /// little counts.
    pub nearly: Vec<Phrase>,
    /// Words that name what is left over: a list of one percentage an item that holds them in one of its items makes 100.
    pub rest: Vec<Phrase>,
    /// Phrases with a capture `total:(…)` around a sum of the counts that stand before it in the statement.
    pub sums: Vec<Phrase>,
    /// A phrase that silences the whole statement or the line before it.
    pub unless_said: Vec<Phrase>,
    /// Where figures count.
    pub scope: Scope,
}

impl Mechanism for Parts {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.complete,
            &mut self.total,
            &mut self.tied,
            &mut self.nearly,
            &mut self.rest,
            &mut self.sums,
            &mut self.unless_said,
        ];
        lists.into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["sum", "whole", "parts"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let statements = &scene.article.statements;
        for (index, statement) in statements.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|at| statements.get(at));
            let silenced = [Some(statement), before]
                .into_iter()
                .flatten()
                .any(|one| one.block.abs_diff(statement.block) <= 1 && found(one, &self.unless_said).next().is_some());
            if !self.scope.admits(scene, statement) || silenced {
                continue;
            }
            if let Some(observation) = tied::observe(self, scene, index) {
                seen.push(observation);
                continue;
            }
            if found(statement, &self.complete).next().is_none() {
                continue;
            }
            let shares = run(scene, statement, QuantityKind::Percent, None);
            if shares.len() >= 3 {
                self.compare(scene, statement, &shares, 100.0, "%", seen);
            }
            let Some(total) = self.total_of(scene, index) else { continue };
            let counts = run(scene, statement, QuantityKind::Count, Some(total));
            if counts.len() >= 3 {
                self.compare(scene, statement, &counts, total.0, "", seen);
            }
        }
    }
}

/// A total and its bytes, when it stands in the same statement.
type Total = (f64, Option<usize>);

impl Parts {
    fn compare(
        &self,
        scene: &Scene<'_>,
        statement: &Statement,
        parts: &[&Quantity],
        whole: f64,
        sign: &str,
        seen: &mut Vec<Observation>,
    ) {
        if let Some((first, last)) = parts.first().zip(parts.last())
            && let Some(values) = unequal(parts, whole, sign)
        {
            let span = statement.span_of(&scene.article.document, first.range.start..last.range.end);
            seen.push(Observation { grade: None, span, related: Vec::new(), values, fix: None });
        }
    }

    /// The total that was stated last, in this statement or the two before it in the block.
    fn total_of(&self, scene: &Scene<'_>, index: usize) -> Option<Total> {
        let statements = &scene.article.statements;
        let block = statements.get(index)?.block;
        (index.saturating_sub(2)..=index).rev().find_map(|at| {
            let statement = statements.get(at).filter(|one| one.block == block)?;
            found(statement, &self.total).find_map(|matched| {
                let (_, words) = matched.captures.iter().find(|(name, _)| name.as_ref() == "total")?;
                let bytes = statement.bytes_of(words.clone());
                let quantity = statement
                    .quantities
                    .iter()
                    .find(|one| one.number.start < bytes.end && bytes.start < one.number.end)?;
                (quantity.low == quantity.high && quantity.decimals == 0 && quantity.bound == Bound::Exact)
                    .then_some((quantity.low, (at == index).then_some(quantity.range.start)))
            })
        })
    }
}

/// The values of the message where parts do not make their whole.
fn unequal(parts: &[&Quantity], whole: f64, sign: &str) -> Option<Vec<(&'static str, String)>> {
    let sum: f64 = parts.iter().map(|part| part.low).sum();
    let decimals = parts.iter().map(|part| part.decimals).max().unwrap_or(0);
    let unit = 10f64.powi(-i32::from(decimals));
    let slack = if sign.is_empty() { 0.0 } else { 0.5 * unit * parts.len() as f64 };
    if (sum - whole).abs() <= slack + 1e-9 {
        return None;
    }
    let decimals = usize::from(decimals);
    let shown: Vec<String> = parts.iter().map(|part| format!("{}{sign}", part.low)).collect();
    Some(vec![
        ("sum", format!("{sum:.decimals$}{sign}")),
        ("whole", format!("{whole}{sign}")),
        ("parts", shown.join(" + ")),
    ])
}

/// The figures of one kind that are listed in a statement, the total left out.
fn run<'s>(scene: &Scene<'_>, statement: &'s Statement, kind: QuantityKind, total: Option<Total>) -> Vec<&'s Quantity> {
    let is_part = |one: &&Quantity| {
        one.kind == kind && one.low == one.high && total.is_none_or(|(_, at)| at != Some(one.range.start))
    };
    let parts: Vec<&Quantity> = statement.quantities.iter().filter(is_part).collect();
    let exact = parts.iter().all(|one| one.bound == Bound::Exact)
        && !(kind == QuantityKind::Percent
            && statement.quantities.iter().any(|one| one.kind == kind && one.is_range()));
    let listed = parts.windows(2).all(|pair| match pair {
        [one, two] => {
            let text = statement.prose(&scene.article.document, one.range.end..two.range.start.max(one.range.end));
            text.contains([',', ';']) || text.contains(" and ")
        }
        _ => true,
    });
    if exact && listed { parts } else { Vec::new() }
}
