//! GitLab's code quality report: an array of issues in the shape of Code Climate.
//!
//! GitLab shows `description`, `severity` and the first line, and keeps one issue of each fingerprint; the other sides
//! stand in the description and, for readers of the whole shape, in `other_locations`.

use super::artifact::sha256;
use super::{Run, prose};
use crate::finding::{Finding, Place, Severity};
use serde_json::{Value, json};

/// One array, with a line end.
pub fn render(run: &Run<'_>) -> String {
    let issues: Vec<Value> = run.findings.iter().map(issue).collect();
    let mut out = serde_json::to_string_pretty(&issues).unwrap_or_default();
    out.push('\n');
    out
}

fn issue(one: &Finding) -> Value {
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
        "fingerprint": fingerprint(one),
        "location": location(&one.primary),
        "other_locations": one.related.iter().map(|side| location(&side.place)).collect::<Vec<_>>(),
    })
}

/// The finding in its article: a fingerprint alone may stand in two articles that share a sentence.
fn fingerprint(one: &Finding) -> String {
    sha256(format!("{}\n{}", one.primary.path, one.fingerprint).as_bytes()).chars().take(32).collect()
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
