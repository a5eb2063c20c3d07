//! GitLab's code quality report: an array of issues in the shape of Code Climate.
//!
//! GitLab shows `description`, `severity` and the first line, and keeps one issue of each fingerprint; the other sides
//! stand in the description and, for readers of the whole shape, in `other_locations`.

use super::{Run, fingerprint, prose};
use crate::finding::{Finding, Place, Severity};
use serde_json::{Value, json};

/// One array, with a line end.
pub fn render(run: &Run<'_>) -> String {
    let issues = run.findings.iter().zip(fingerprint::of(run.findings)).map(|(one, print)| issue(one, &print));
    let mut out = serde_json::to_string_pretty(&issues.collect::<Vec<_>>()).unwrap_or_default();
    out.push('\n');
    out
}

fn issue(one: &Finding, fingerprint: &str) -> Value {
    json!({
        "type": "issue",
        "check_name": prose::title(one),
        "description": format!("{}: {}", one.code, prose::line(one)),
        "content": { "body": prose::lines(one).join("\n\n") },
        "categories": ["Bug Risk"],
        "severity": match one.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        "fingerprint": fingerprint,
        "location": location(&one.primary),
        "other_locations": one.related.iter().map(|side| location(&side.place)).collect::<Vec<_>>(),
    })
}

fn location(place: &Place) -> Value {
    json!({
        "path": place.path.as_ref(),
        "lines": { "begin": place.start.line, "end": place.end.line },
        "positions": {
            "begin": { "line": place.start.line, "column": place.start.column },
            "end": { "line": place.end.line, "column": place.end.column },
        },
    })
}
