//! One line a finding, as editors' problem matchers read it.

use super::Run;
use std::fmt::Write as _;

/// `path:line:col: severity[CODE] message`, and for each related place `  path:line:col: note: message`.
pub fn render(run: &Run<'_>) -> String {
    let mut out = String::new();
    for one in run.findings {
        let place = &one.primary;
        let (line, column) = (place.start.line, place.start.column);
        // writing to a string does not fail
        let _ = writeln!(out, "{}:{line}:{column}: {}[{}] {}", place.path, one.severity.name(), one.code, one.message);
        for side in &one.related {
            let (line, column) = (side.place.start.line, side.place.start.column);
            let _ = writeln!(out, "  {}:{line}:{column}: note: {}", side.place.path, side.message);
        }
    }
    out
}
