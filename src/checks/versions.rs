//! Two articles of a site that are versions of one: told once, not compared.

use super::{Mechanism, Observation, Scene, Side};
use crate::fact::index::Site;
use serde::Deserialize;

/// Parameters: none.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Versions {}

impl Mechanism for Versions {
    fn values(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn is_of_article(&self, _grade: Option<&str>) -> bool {
        true
    }

    fn observe(&self, _scene: &Scene<'_>, _seen: &mut Vec<Observation>) {}

    fn observe_site(&self, site: &Site<'_>, seen: &mut Vec<(usize, Observation)>) {
        for (first, second) in site.versions.iter().copied() {
            let opening = |article: usize| site.records.get(article).and_then(|record| record.opening.as_ref());
            let (Some(here), Some(there)) = (opening(second), opening(first)) else { continue };
            let side = Side { role: "other", place: there.clone(), value: there.path.to_string() };
            let observation = Observation {
                grade: None,
                span: here.span,
                related: vec![side],
                values: vec![("other", there.path.to_string())],
                fix: None,
            };
            seen.push((second, observation));
        }
    }
}
