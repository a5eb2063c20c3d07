//! How a p-value is printed: never zero, never above one, not with more digits than anybody can use.

use super::scope::Scope;
use super::{Mechanism, Observation, Scene};
use crate::grammar::statistic::{Relation, p_values};
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PForm {
    /// The most digits behind the decimal point.
    pub most_decimals: u8,
    /// Where p-values count.
    pub scope: Scope,
}

const GRADES: &[&str] = &["above-one", "digits"];

impl Mechanism for PForm {
    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for statement in &scene.article.statements {
            if !self.scope.admits(scene, statement) {
                continue;
            }
            let text = statement.text(&scene.article.document);
            for p in p_values(text).into_iter().filter(|p| p.relation != Relation::NotSignificant) {
                let grade = if p.value > 1.0 {
                    Some("above-one")
                } else if p.value == 0.0 {
                    None
                } else if p.decimals > self.most_decimals && p.relation == Relation::Equal {
                    Some("digits")
                } else {
                    continue;
                };
                let range = statement.range.start + p.range.start..statement.range.start + p.range.end;
                seen.push(Observation {
                    grade,
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![("text", text.get(p.range.clone()).unwrap_or_default().to_owned())],
                    fix: None,
                });
            }
        }
    }
}
