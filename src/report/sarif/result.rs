//! A finding as a result.

use super::{Scope, location};
use crate::finding::{Finding, Severity, Suppression};
use crate::report::prose;
use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, CodeFlow, Fix, Location, Message, PropertyBag, Replacement, Result as SarifResult,
    ResultLevel, Suppression as SarifSuppression, ThreadFlow, ThreadFlowLocation,
};
use std::collections::BTreeMap;

/// The name of this way of telling findings apart; another way will get another name.
const FINGERPRINT: &str = "claimlint/v1";

/// The letter of the rules whose two sides are told as a path.
const CONTRADICTIONS: char = 'C';

pub(super) fn result(scope: &Scope<'_>, one: &Finding, by: Option<&Suppression>) -> SarifResult {
    let primary = scope.location(&one.primary, &one.label);
    let related: Vec<Location> = one
        .related
        .iter()
        .zip(1..)
        .map(|(side, id)| Location { id: Some(id), ..scope.location(&side.place, &side.message) })
        .collect();
    let level = match one.severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Info => ResultLevel::Note,
    };
    let mut result = SarifResult::builder()
        .rule_id(one.code.as_ref())
        .level(level)
        .message(message(one))
        .locations(vec![primary.clone()])
        .partial_fingerprints(BTreeMap::from([(FINGERPRINT.to_owned(), one.fingerprint.to_string())]))
        .suppressions(by.map(suppression).into_iter().collect::<Vec<_>>())
        .properties(properties(one))
        .build();
    result.rule_index = scope.rules.get(one.code.as_ref()).copied();
    if one.code.starts_with(CONTRADICTIONS) && !related.is_empty() {
        result.code_flows = Some(vec![flow(one, primary, &related)]);
    }
    if !related.is_empty() {
        result.related_locations = Some(related);
    }
    result.fixes = fix(scope, one).map(|fix| vec![fix]);
    result
}

/// The message; each other side is a link to its location, as SARIF writes them.
fn message(one: &Finding) -> Message {
    let plain = |text: &str| prose::single(text).replace("](", "] (");
    let sides = one.related.iter().zip(1..).map(|(side, id)| {
        let label = if side.message.trim().is_empty() { "see also" } else { &side.message };
        let label = prose::single(label).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        format!("[{label}]({id})")
    });
    let mut text = plain(&one.message);
    let sides: Vec<String> = sides.collect();
    if !sides.is_empty() {
        text = format!("{text} — {}", sides.join("; "));
    }
    Message::builder().text(text).build()
}

fn properties(one: &Finding) -> PropertyBag {
    let mut more: BTreeMap<String, Value> = BTreeMap::new();
    more.insert("confidence".to_owned(), json!(one.confidence));
    more.insert("help".to_owned(), json!(one.help));
    if let Some(grade) = one.grade {
        more.insert("grade".to_owned(), json!(grade));
    }
    more.insert("query".to_owned(), json!(one.query));
    PropertyBag::builder().additional_properties(more).build()
}

/// The sides in the order in which a reader meets them: those of other files first, the primary place last.
fn flow(one: &Finding, primary: Location, related: &[Location]) -> CodeFlow {
    let mut sides: Vec<(&str, usize, &Location)> = Vec::new();
    for (side, location) in one.related.iter().zip(related) {
        sides.push((&side.place.path, side.place.span.start, location));
    }
    sides.sort_by_key(|(path, start, _)| (*path == one.primary.path.as_ref(), *path, *start));
    let mut locations: Vec<Location> =
        sides.into_iter().map(|(_, _, location)| Location { id: None, ..location.clone() }).collect();
    locations.push(primary);
    let steps: Vec<ThreadFlowLocation> =
        locations.into_iter().map(|location| ThreadFlowLocation::builder().location(location).build()).collect();
    CodeFlow::builder().thread_flows(vec![ThreadFlow::builder().locations(steps).build()]).build()
}

fn suppression(by: &Suppression) -> SarifSuppression {
    let (kind, justification) = match by {
        Suppression::Directive { reason } => ("inSource", reason.clone()),
        Suppression::Baseline => ("external", Some("in the baseline".to_owned())),
        Suppression::Decision { by, on, reason, until } => {
            let until = until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
            ("external", Some(format!("{reason} ({by}, {on}{until})")))
        }
    };
    SarifSuppression {
        justification,
        ..SarifSuppression::builder().kind(json!(kind)).status(json!("accepted")).build()
    }
}

/// The repair; `None` where the source that it changes is not at hand.
fn fix(scope: &Scope<'_>, one: &Finding) -> Option<Fix> {
    let fix = one.fix.as_ref()?;
    let source = (scope.run.sources)(&one.primary.path)?;
    let replacement = |(span, text): &(crate::source::Span, String)| {
        let region = location::region(*span, source.position(span.start), source.position(span.end));
        let content = ArtifactContent::builder().text(text.as_str()).build();
        Replacement::builder().deleted_region(region).inserted_content(content).build()
    };
    let change = ArtifactChange::builder()
        .artifact_location(scope.file(&one.primary.path))
        .replacements(fix.edits.iter().map(replacement).collect::<Vec<_>>())
        .build();
    Some(Fix::builder().description(Message::from(&fix.message)).artifact_changes(vec![change]).build())
}
