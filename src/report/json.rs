//! The JSON report of the contract: one object; spans in bytes, lines and columns from 1, columns in characters.

use super::{Problem, Run, VERSION};
use crate::finding::{Confidence, Finding, Fingerprint, Place, Severity, Trace};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    format: u8,
    claimlint: &'static str,
    findings: Vec<Entry<'a>>,
    problems: &'a [Problem],
    summary: Summary,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    severity: Severity,
    confidence: Confidence,
    grade: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    path: &'a str,
    span: Range,
    text: &'a str,
    related: Vec<Side<'a>>,
    fix: Option<Repair<'a>>,
    query: &'a str,
    fingerprint: Fingerprint,
    trace: Trace,
}

#[derive(Serialize)]
struct Side<'a> {
    path: &'a str,
    span: Range,
    text: &'a str,
    message: &'a str,
    trace: Trace,
}

#[derive(Serialize)]
struct Repair<'a> {
    message: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// A span as the contract prints it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Range {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl From<&Place> for Range {
    fn from(place: &Place) -> Self {
        Self {
            start: place.span.start,
            end: place.span.end,
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    statements: usize,
    facts: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// The report as one line of JSON with a line end.
pub fn render(run: &Run<'_>) -> String {
    let report = Report {
        format: 1,
        claimlint: VERSION,
        findings: run.findings.iter().map(entry).collect(),
        problems: run.problems,
        summary: Summary {
            files: run.counts.files,
            statements: run.counts.statements,
            facts: run.counts.facts,
            errors: run.count(Severity::Error),
            warnings: run.count(Severity::Warning),
            infos: run.count(Severity::Info),
        },
    };
    let mut out = serde_json::to_string(&report).unwrap_or_default();
    out.push('\n');
    out
}

fn entry(one: &Finding) -> Entry<'_> {
    Entry {
        code: &one.code,
        name: &one.name,
        severity: one.severity,
        confidence: one.confidence,
        grade: one.grade,
        message: &one.message,
        help: &one.help,
        path: &one.primary.path,
        span: Range::from(&one.primary),
        text: &one.primary.text,
        related: one
            .related
            .iter()
            .map(|side| Side {
                path: &side.place.path,
                span: Range::from(&side.place),
                text: &side.place.text,
                message: &side.message,
                trace: side.trace,
            })
            .collect(),
        fix: one.fix.as_ref().map(|fix| Repair {
            message: &fix.message,
            edits: fix.edits.iter().map(|(span, text)| Edit { start: span.start, end: span.end, text }).collect(),
        }),
        query: &one.query,
        fingerprint: one.fingerprint,
        trace: one.trace,
    }
}
