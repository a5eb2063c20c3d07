//! A p-value against the statistic that it was computed from.
//!
//! The statistic is recomputed in `grammar::statistic` within the rounding of what is printed, as statcheck does it
//! (Nuijten et al. 2016); a one-tailed test, announced anywhere in the article, explains half the p-value.

use super::phrase::found;
use super::scope::Scope;
use super::{Mechanism, Observation, Phrase, Scene};
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Significance {
    /// Phrases that announce one-tailed tests, anywhere in the article.
    pub one_tailed: Vec<Phrase>,
    /// A phrase that silences the whole statement (corrected tests).
    pub unless_said: Vec<Phrase>,
    /// Where statistics count.
    pub scope: Scope,
}

const GRADES: &[&str] = &["decision"];

impl Mechanism for Significance {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.one_tailed, &mut self.unless_said].into_iter().flatten().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["statistic", "recomputed", "printed"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let statements = &scene.article.statements;
        let one_tailed = statements.iter().any(|statement| found(statement, &self.one_tailed).next().is_some());
        for statement in statements {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            for statistic in statement.statistics.iter().filter(|one| one.consistent == Some(false)) {
                let Some((p, recomputed)) = statistic.p.as_ref().zip(statistic.recomputed) else { continue };
                if one_tailed && statistic.agrees_one_tailed() {
                    continue;
                }
                let decision = statistic.decision_error == Some(true);
                seen.push(Observation {
                    grade: decision.then_some("decision"),
                    span: statement.span_of(&scene.article.document, statistic.range.clone()),
                    related: Vec::new(),
                    values: vec![
                        ("statistic", statement.prose(&scene.article.document, statistic.range.clone()).to_owned()),
                        ("recomputed", shown(recomputed)),
                        ("printed", statement.prose(&scene.article.document, p.range.clone()).to_owned()),
                    ],
                    fix: None,
                });
            }
        }
    }
}

/// A p-value as AMA style prints it: two digits, three below .01, and never zero.
fn shown(p: f64) -> String {
    let text = if p < 0.001 {
        return "< .001".to_owned();
    } else if p < 0.01 {
        format!("{p:.3}")
    } else {
        format!("{p:.2}")
    };
    text.trim_start_matches('0').to_owned()
}
