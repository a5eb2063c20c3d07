//! Findings that one remedy covers are shown as one, with the others as related places.
//!
//! Takes findings in the order of reports, after directives, baseline and decisions have taken out theirs: each of them
//! was known and silenced by itself. Only rules that say so are gathered. Repairs are joined as long as they do not touch.

use crate::finding::{Finding, Fix, Related, Severity};
use std::collections::HashMap;
use std::sync::Arc;

/// What stands in one article, of one rule, equally bad.
type Key = (Arc<str>, Arc<str>, Severity);

/// The findings with those of one remedy joined to the first of them.
pub fn gather(findings: Vec<Finding>) -> Vec<Finding> {
    let mut shown: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut first: HashMap<Key, (usize, usize)> = HashMap::new();
    for finding in findings {
        if !finding.gathers {
            shown.push(finding);
            continue;
        }
        let key = (Arc::clone(&finding.primary.path), Arc::clone(&finding.code), finding.severity);
        let place = first.entry(key).or_insert((shown.len(), 0));
        match shown.get_mut(place.0) {
            None => shown.push(finding),
            Some(one) if !joins(one.fix.as_ref(), finding.fix.as_ref()) => shown.push(finding),
            Some(one) => {
                place.1 += 1;
                let Finding { primary, label, message, trace, related, fix, .. } = finding;
                one.fix.iter_mut().zip(fix).for_each(|(own, other)| own.edits.extend(other.edits));
                let label = if label.is_empty() { message } else { label };
                one.related.push(Related { place: primary, message: label, trace });
                one.related.extend(related);
            }
        }
    }
    for (place, more) in first.into_values().filter(|(_, more)| *more > 0) {
        if let Some(one) = shown.get_mut(place) {
            let more = format!(" ({more} more in this article)");
            one.message.push_str(&more);
            one.query.push_str(&more);
        }
    }
    shown
}

/// True when two repairs can be made together: neither is one, or both are and the second begins behind the first.
fn joins(one: Option<&Fix>, other: Option<&Fix>) -> bool {
    let end = |fix: &Fix| fix.edits.last().map(|(span, _)| span.end);
    let start = |fix: &Fix| fix.edits.first().map(|(span, _)| span.start);
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => end(one) <= start(other),
        _ => false,
    }
}
