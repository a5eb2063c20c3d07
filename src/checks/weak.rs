//! Clinical claims whose only source is one that others should not lean on.
//!
//! Takes the facts of some frames and the links that count for their sentences; the domains are a list of the lexicon.

use super::{Mechanism, Observation, Scene};
use crate::leftover::host::{is_under, web_address};
use crate::statement::SupportKind;
use crate::statement::support::paragraph_support;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Weak {
    /// Frames whose facts are clinical claims.
    pub attributes: Vec<String>,
}

impl Mechanism for Weak {
    fn names(&self) -> Vec<(&'static str, &str)> {
        self.attributes.iter().map(|name| ("attribute", name.as_str())).collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["domain", "text"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let article = scene.article;
        let weak = scene.lexicon.list("weak-source");
        let mut last = None;
        for fact in &article.facts {
            let claims = self.attributes.iter().any(|name| name.as_str() == fact.attribute.as_ref());
            if !claims || last == Some(fact.statement) {
                continue;
            }
            last = Some(fact.statement);
            let sources = paragraph_support(&article.document, &article.statements, fact.statement);
            let host = |target: &str| web_address(target).and_then(|url| url.host_str().map(str::to_owned));
            let is_weak = |host: &String| is_under(host, weak.iter().map(String::as_str));
            let hosts: Option<Vec<String>> = sources
                .iter()
                .map(|one| {
                    one.target.as_deref().filter(|_| one.kind == SupportKind::Link).and_then(host).filter(is_weak)
                })
                .collect();
            let Some((source, domain)) = hosts.and_then(|hosts| sources.first().copied().zip(hosts.into_iter().next()))
            else {
                continue;
            };
            let values = vec![("domain", domain), ("text", fact.place.text.clone())];
            seen.push(Observation { grade: None, span: source.span, related: Vec::new(), values, fix: None });
        }
        seen.sort_by_key(|one| one.span);
        seen.dedup_by_key(|one| one.span);
    }
}
