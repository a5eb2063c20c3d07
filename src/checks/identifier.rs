//! Identifiers and addresses that cannot be right.
//!
//! Takes the prose of the article, its reference list and its link targets; the grade says what is wrong.

use super::{Mechanism, Observation, Scene};
use crate::document::{Block, Document, Link, LinkKind};
use crate::grammar::identifier::{Flaw, Malformed, malformed};
use crate::source::Span;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Identifier {
    /// Beginnings of addresses that were meant to be a scheme, as they are mistyped (`http//`, `htp://`).
    pub schemes: Vec<String>,
    /// Parts of addresses that only stand for a real one (`example.com`, `{`).
    pub unless: Vec<String>,
}

impl Mechanism for Identifier {
    fn grades(&self) -> &'static [&'static str] {
        &["check-digit", "length", "form", "scheme"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "kind", "expected", "count"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        for (id, block) in document.blocks.iter().enumerate().filter(|(_, block)| block.is_article()) {
            let text = block.text.as_str();
            let wrong = malformed(text);
            let typed = self.mistyped(text);
            let links = document.links.iter().filter(|link| link.block == Some(id) && link.kind != LinkKind::Image);
            for link in links.filter(|link| !self.is_stand_in(&link.target)) {
                let shown = |range: &Range<usize>| range.start < link.range.end && link.range.start < range.end;
                if wrong.iter().any(|one| shown(&one.range)) || typed.iter().any(shown) {
                    continue;
                }
                let found = malformed(&link.target).into_iter().next();
                if let Some(one) = found {
                    let name = link.target.get(one.range.clone()).unwrap_or_default().to_owned();
                    seen.push(observation(place(document, link), name, &one));
                } else if self.begins_mistyped(&link.target) {
                    seen.push(scheme(place(document, link), link.target.clone()));
                }
            }
            let whole = |range: Range<usize>| (block.text.span(range.clone()), own(block, range));
            for one in wrong.into_iter().filter(|one| !self.is_stand_in(&own(block, one.range.clone()))) {
                let (span, name) = whole(one.range.clone());
                seen.push(observation(span, name, &one));
            }
            for range in typed {
                let (span, name) = whole(range);
                if !self.is_stand_in(&name) {
                    seen.push(scheme(span, name));
                }
            }
        }
        seen.sort_by_key(|one| one.span);
        seen.dedup_by_key(|one| one.span);
    }
}

impl Identifier {
    fn is_stand_in(&self, text: &str) -> bool {
        self.unless.iter().any(|part| text.contains(part.as_str()))
    }

    /// True for a target that begins with a mistyped scheme.
    fn begins_mistyped(&self, target: &str) -> bool {
        let starts = |typed: &String| target.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed));
        if !self.schemes.iter().any(starts) {
            return false;
        }
        // `http:/` begins `http://` as well
        !["http://", "https://"].iter().any(|right| target.get(..right.len()).is_some_and(|head| head == *right))
            || ["http:///", "https:///"].iter().any(|three| target.starts_with(three))
    }

    /// Mistyped addresses in prose: at the beginning of a word, with a host behind them.
    fn mistyped(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if !text.contains('/') {
            return found;
        }
        for word in text.split_whitespace() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let inner = word.trim_start_matches(['(', '<', '[', '"', '“']);
            let start = start + word.len() - inner.len();
            let inner = inner.trim_end_matches(['.', ',', ';', ')', '>', ']', '"', '”']);
            if inner.contains('.') && self.begins_mistyped(inner) {
                found.push(start..start + inner.len());
            }
        }
        found
    }
}

fn own(block: &Block, range: Range<usize>) -> String {
    block.text.as_str().get(range).unwrap_or_default().to_owned()
}

/// Where the address stands; of a link whose address is written elsewhere, the link.
fn place(document: &Document, link: &Link) -> Span {
    let inside = link.span.contains(link.target_span) && !link.target_span.is_empty();
    let defined = document.links.iter().filter(|other| other.target_span == link.target_span).count() > 1;
    if inside || defined { link.target_span } else { link.span }
}

fn observation(span: Span, text: String, one: &Malformed) -> Observation {
    let mut values = vec![("text", text), ("kind", one.kind.name().to_owned())];
    let grade = match &one.flaw {
        Flaw::CheckDigit { expected } => {
            values.push(("expected", expected.to_string()));
            "check-digit"
        }
        Flaw::Length { count, expected } => {
            values.push(("count", count.to_string()));
            values.push(("expected", (*expected).to_owned()));
            "length"
        }
        Flaw::Form => "form",
    };
    Observation { grade: Some(grade), span, related: Vec::new(), values, fix: None }
}

fn scheme(span: Span, text: String) -> Observation {
    Observation { grade: Some("scheme"), span, related: Vec::new(), values: vec![("text", text)], fix: None }
}
