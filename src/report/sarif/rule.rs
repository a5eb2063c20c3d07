//! A rule as a descriptor: what it asks, why, what to do, and how sure it is.

use super::multiformat;
use crate::finding::{Confidence, Severity};
use crate::manual;
use crate::rule::Rule;
use serde_json::{Value, json};
use serde_sarif::sarif::{MultiformatMessageString, PropertyBag, ReportingConfiguration, ReportingDescriptor};
use std::collections::BTreeMap;

pub(super) fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let level = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let (text, markdown) = manual::help(rule);
    ReportingDescriptor::builder()
        .id(rule.code.as_str())
        .name(rule.name.as_str())
        .short_description(multiformat(&rule.summary))
        .full_description(multiformat(&manual::unwrapped(&rule.why)))
        .help(MultiformatMessageString::builder().text(text).markdown(markdown).build())
        .default_configuration(ReportingConfiguration::builder().level(json!(level)).build())
        .properties(properties(rule))
        .build()
}

/// Tags, and what code scanning sorts by. No `security-severity`: nothing here is about the security of software.
fn properties(rule: &Rule) -> PropertyBag {
    let problem = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    };
    let precision = match rule.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    let family = manual::FAMILIES.iter().find(|(letter, _)| rule.code.starts_with(*letter));
    let family = family.map(|(_, name)| name.to_lowercase());
    let mut tags: Vec<String> = family.into_iter().chain(rule.standards.iter().cloned()).collect();
    // a set of distinct strings, in its order
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    let more: BTreeMap<String, Value> =
        BTreeMap::from([("precision".to_owned(), json!(precision)), ("problem.severity".to_owned(), json!(problem))]);
    PropertyBag::builder().tags(tags).additional_properties(more).build()
}
