//! The inventory of claims as a table, as CSV and as JSON.

use super::json::Range;
use crate::inventory::Claim;
use serde_json::{Map, Value as Json, json};
use std::fmt::Write as _;

/// The words for the hedge levels.
const CERTAINTY: [&str; 3] = ["flat", "hedged", "uncertain"];

/// The heads of the columns of the CSV.
const COLUMNS: [&str; 13] = [
    "id",
    "path",
    "place",
    "text",
    "subject",
    "attribute",
    "value",
    "low",
    "high",
    "unit",
    "qualifiers",
    "hedge",
    "support",
];

/// One JSON array of rows.
pub fn json(claims: &[Claim]) -> String {
    let rows: Vec<Json> = claims.iter().map(row).collect();
    let mut out = serde_json::to_string(&rows).unwrap_or_default();
    out.push('\n');
    out
}

fn row(claim: &Claim) -> Json {
    let mut qualifiers = Map::new();
    for (name, value) in &claim.qualifiers {
        qualifiers.insert(name.clone(), json!(value));
    }
    let support = claim.support.iter().map(|one| json!({ "kind": one.kind, "text": one.text, "target": one.target }));
    json!({
        "id": claim.id, "path": claim.place.path.as_ref(), "span": Range::from(&claim.place),
        "text": claim.place.text, "subject": claim.subject, "attribute": claim.attribute, "value": claim.value,
        "low": claim.low, "high": claim.high, "unit": claim.unit, "qualifiers": qualifiers, "hedge": claim.hedge,
        "support": support.collect::<Vec<_>>(),
    })
}

/// CSV for spreadsheets: UTF-8 with a byte order mark, lines end in CR LF.
pub fn csv(claims: &[Claim]) -> String {
    let mut out = String::from("\u{feff}");
    out.push_str(&COLUMNS.join(","));
    out.push_str("\r\n");
    for claim in claims {
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let cells = [
            claim.id.clone(),
            claim.place.path.to_string(),
            place(claim),
            claim.prose.clone(),
            claim.subject.clone().unwrap_or_default(),
            claim.attribute.clone().unwrap_or_default(),
            claim.value.clone(),
            number(claim.low),
            number(claim.high),
            claim.unit.clone().unwrap_or_default(),
            qualifiers(claim),
            certainty(claim).to_owned(),
            support(claim),
        ];
        out.push_str(&cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    out
}

/// A cell; one that a spreadsheet would run as a formula gets an apostrophe before it.
fn cell(text: &str) -> String {
    let runs = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let runs = runs || text.starts_with(['\t', '\r', '\n']);
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// For people: a head for each file and a line for each claim.
pub fn table(claims: &[Claim]) -> String {
    let mut out = String::new();
    for own in claims.chunk_by(|one, two| one.place.path == two.place.path) {
        let Some(first) = own.first() else { continue };
        // writing to a string does not fail
        let _ = writeln!(out, "{}{}", if out.is_empty() { "" } else { "\n" }, first.place.path);
        let rows: Vec<[String; 6]> = own.iter().map(columns).collect();
        let mut widths = [0_usize; 6];
        for row in &rows {
            for (width, text) in widths.iter_mut().zip(row) {
                *width = (*width).max(text.chars().count());
            }
        }
        for row in &rows {
            let padded: Vec<String> = row.iter().zip(widths).map(|(text, width)| format!("{text:width$}")).collect();
            let _ = writeln!(out, "  {}", padded.join("  ").trim_end());
        }
    }
    out
}

fn columns(claim: &Claim) -> [String; 6] {
    let about = match (&claim.subject, &claim.attribute) {
        (Some(subject), Some(attribute)) => format!("{subject}: {attribute}"),
        _ => short(&claim.prose),
    };
    let source = if claim.support.is_empty() { "no source".to_owned() } else { support(claim) };
    let certainty = if claim.hedge == 0 { "" } else { certainty(claim) };
    [place(claim), about, short(&claim.value), qualifiers(claim), certainty.to_owned(), short(&source)]
}

/// Line and column.
fn place(claim: &Claim) -> String {
    format!("{}:{}", claim.place.start.line, claim.place.start.column)
}

fn certainty(claim: &Claim) -> &'static str {
    CERTAINTY.get(usize::from(claim.hedge)).copied().unwrap_or("uncertain")
}

fn qualifiers(claim: &Claim) -> String {
    claim.qualifiers.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

fn support(claim: &Claim) -> String {
    let one = |one: &crate::inventory::Evidence| match &one.target {
        Some(target) if !one.text.contains(target.as_str()) => format!("{} ({target})", one.text),
        _ => one.text.clone(),
    };
    claim.support.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The widest text of a table's cell, in characters.
const WIDE: usize = 44;

fn short(text: &str) -> String {
    if text.chars().count() <= WIDE {
        return text.to_owned();
    }
    let head: String = text.chars().take(WIDE - 1).collect();
    format!("{}…", head.trim_end())
}
