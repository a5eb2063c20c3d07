//! Directives that silence nothing or name a rule that does not exist.
//!
//! What a directive silenced is known only when all findings are there, so the engine gives the facts and this
//! mechanism only words them.

use super::{Mechanism, Observation, Scene};
use crate::source::Span;
use serde::Deserialize;

/// Parameters: which fault of a directive the rule reports.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Directives {
    /// The fault.
    pub fault: Fault,
}

/// What can be wrong with a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It silences nothing.
    Unused,
    /// It names a rule that does not exist.
    Unknown,
}

impl Directives {
    /// What is to be said of the directive at `span`, which names `rule`; `nearest` is the rule that may be meant.
    pub fn observation(span: Span, rule: &str, nearest: Option<&str>) -> Observation {
        let nearest = nearest.map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
        Observation {
            grade: None,
            span,
            related: Vec::new(),
            values: vec![("rule", rule.to_owned()), ("nearest", nearest)],
            fix: None,
        }
    }
}

impl Mechanism for Directives {
    fn values(&self) -> &'static [&'static str] {
        &["rule", "nearest"]
    }

    fn observe(&self, _scene: &Scene<'_>, _seen: &mut Vec<Observation>) {}
}
