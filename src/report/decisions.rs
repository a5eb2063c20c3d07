//! What editors have decided and whether it still holds: a few lines each for people, one array for programs.

use crate::past::decisions::{Decision, State, Verdict};
use serde::Serialize;
use std::fmt::Write as _;

/// A decision with its state.
pub type Row<'a> = (&'a Decision, &'a State);

/// A few lines for each decision.
pub fn table(rows: &[Row<'_>]) -> String {
    let mut out = String::new();
    for (index, (one, state)) in rows.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let until = one.until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
        let (verdict, by, on) = (one.verdict.name(), &one.by, &one.on);
        // writing to a string does not fail
        let _ = writeln!(out, "{} {} {}: {verdict} by {by} on {on}{until}", one.fingerprint, one.code, one.path);
        for side in &one.sides {
            let path = side.path.as_ref().map_or_else(String::new, |path| format!(" in {path}"));
            let _ = writeln!(out, "  “{}”{path}", side.text);
        }
        let _ = writeln!(out, "  reason: {}", one.reason);
        let _ = writeln!(out, "  {}", told(one, state));
    }
    out
}

/// How a decision stands, for people.
fn told(one: &Decision, state: &State) -> String {
    match state {
        State::Holds if one.verdict == Verdict::Accepted => "holds".to_owned(),
        State::Holds => "open: the finding is reported".to_owned(),
        State::Expired => "expired: the finding is reported again".to_owned(),
        State::Reopened { why, now } => format!("reopened: {why}; the finding is {now} now"),
        State::Gone => "gone: there is no such finding any more; --prune takes the decision out".to_owned(),
        State::Unread => "not looked at: the article was not read, or the rule is off".to_owned(),
    }
}

/// The last line: how many there are, and how they stand.
pub fn summary(rows: &[Row<'_>]) -> String {
    let count = |wanted: &str| rows.iter().filter(|(_, state)| state.name() == wanted).count();
    let states = ["holds", "expired", "reopened", "gone", "not read"].map(|name| (name, count(name)));
    let states: Vec<String> =
        states.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}")).collect();
    match rows.len() {
        0 => "no decisions".to_owned(),
        1 => format!("1 decision: {}", states.join(", ")),
        all => format!("{all} decisions: {}", states.join(", ")),
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    state: &'a str,
    why: Option<&'a str>,
    path: &'a str,
    code: &'a str,
    fingerprint: String,
    r#as: &'a str,
    by: &'a str,
    on: &'a str,
    until: Option<&'a str>,
    reason: &'a str,
    sides: Vec<Side<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    trace: String,
    text: &'a str,
    path: &'a str,
}

/// One array with a line end.
pub fn json(rows: &[Row<'_>]) -> String {
    let entry = |(one, state): &Row<'_>| -> String {
        let path = one.path.as_str();
        let sides = one.sides.iter().map(|side| Side {
            trace: side.trace.to_string(),
            text: &side.text,
            path: side.path.as_deref().unwrap_or(path),
        });
        let entry = Entry {
            state: state.name(),
            why: if let State::Reopened { why, .. } = state { Some(why) } else { None },
            path,
            code: &one.code,
            fingerprint: one.fingerprint.to_string(),
            r#as: one.verdict.name(),
            by: &one.by,
            on: &one.on,
            until: one.until.as_deref(),
            reason: &one.reason,
            sides: sides.collect(),
        };
        serde_json::to_string(&entry).unwrap_or_default()
    };
    format!("[{}]\n", rows.iter().map(entry).collect::<Vec<_>>().join(",\n"))
}
