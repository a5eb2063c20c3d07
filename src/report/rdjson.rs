//! The diagnostic format of reviewdog (`rdjson`): places, other places and suggested edits.
//!
//! Columns count bytes from 1 there, so they come from the sources; where one is not at hand only lines are said.

use super::{Run, Sources, prose};
use crate::finding::{Finding, Place, Severity};
use crate::source::{Source, Span};
use serde_json::{Value, json};

/// One object, with a line end.
pub fn render(run: &Run<'_>) -> String {
    let mut diagnostics: Vec<Value> = run.findings.iter().map(|one| diagnostic(one, run.sources)).collect();
    diagnostics.extend(run.problems.iter().map(
        |problem| json!({ "message": problem.message, "location": { "path": problem.path }, "severity": "ERROR" }),
    ));
    let report = json!({ "source": { "name": "claimlint" }, "diagnostics": diagnostics });
    let mut out = serde_json::to_string_pretty(&report).unwrap_or_default();
    out.push('\n');
    out
}

fn diagnostic(one: &Finding, sources: &Sources<'_>) -> Value {
    let source = sources(&one.primary.path);
    let suggestions = one.fix.iter().flat_map(|fix| &fix.edits).filter_map(|(span, text)| {
        let range = range(source?, *span);
        Some(json!({ "range": range, "text": text }))
    });
    json!({
        "message": prose::lines(one).join("\n"),
        "location": location(&one.primary, sources),
        "severity": match one.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        "code": { "value": one.code.as_ref() },
        "suggestions": suggestions.collect::<Vec<_>>(),
        "related_locations": one.related.iter().map(|side| json!({
            "message": prose::side(side),
            "location": location(&side.place, sources),
        })).collect::<Vec<_>>(),
    })
}

fn location(place: &Place, sources: &Sources<'_>) -> Value {
    let range = match sources(&place.path) {
        Some(source) => range(source, place.span),
        None => json!({ "start": { "line": place.start.line }, "end": { "line": place.end.line } }),
    };
    json!({ "path": place.path.as_ref(), "range": range })
}

fn range(source: &Source, span: Span) -> Value {
    json!({ "start": position(source, span.start), "end": position(source, span.end) })
}

/// Line and column from 1, the column in bytes.
fn position(source: &Source, offset: usize) -> Value {
    let line = source.position(offset).line;
    let start = source.line(line).map_or(0, |span| span.start);
    json!({ "line": line, "column": offset.saturating_sub(start) + 1 })
}
