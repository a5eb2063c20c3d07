//! How findings leave the program: the severity shown, the format, the stream or file, and the exit status.

use super::arguments::{Color, Format, ReportOptions};
use super::{Failure, Status, output};
use crate::engine::{Counts, Outcome};
use crate::finding::{Finding, Severity};
use crate::report::json::Problem;
use crate::report::{concise, json, pretty};
use crate::source::Source;
use std::collections::HashMap;

/// Says what was read and found: findings shown, counts, findings below the severity shown, findings silenced.
type Line<'a> = &'a dyn Fn(&[Finding], Counts, usize, usize) -> String;

/// The report of one run.
pub struct Printing<'a> {
    /// What the arguments say.
    pub options: &'a ReportOptions,
    /// When to use colours.
    pub color: Color,
    /// The last line, for people.
    pub line: Line<'a>,
}

impl Printing<'_> {
    /// Prints what was found and says what it means for the exit status. `sources` are those that findings point into,
    /// asked for only when the format shows text.
    ///
    /// # Errors
    /// When output cannot be written.
    pub fn print(
        &self,
        mut outcome: Outcome,
        problems: &[Problem],
        sources: &dyn Fn(&[Finding]) -> HashMap<String, Source>,
    ) -> Result<Status, Failure> {
        let options = self.options;
        let fails =
            options.fail_on.severity().is_some_and(|least| outcome.findings.iter().any(|one| one.severity >= least));
        let least = Severity::from(options.min_severity);
        let all = outcome.findings.len();
        outcome.findings.retain(|one| one.severity >= least);
        let hidden = all - outcome.findings.len();
        let report = match options.format {
            Format::Json => json::render(&outcome.findings, problems, outcome.counts),
            Format::Concise => concise::render(&outcome.findings),
            Format::Pretty => {
                let sources = sources(&outcome.findings);
                let colored = options.output.is_none() && output::color(self.color);
                let look = pretty::Look { color: colored, width: terminal_width() };
                pretty::render(&outcome.findings, &|path| sources.get(path), look)
            }
        };
        for problem in problems {
            output::note(&format!("error: {}: {}", problem.path, problem.message));
        }
        match &options.output {
            Some(path) => output::write_whole(path, &report)?,
            None => output::print(&report)?,
        }
        if options.format != Format::Json {
            output::note(&(self.line)(&outcome.findings, outcome.counts, hidden, outcome.silenced));
        }
        Ok(if !problems.is_empty() {
            Status::Unreadable
        } else if fails {
            Status::Findings
        } else {
            Status::Clean
        })
    }
}

/// Columns of the terminal; 100 when there is none.
fn terminal_width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || console::Term::stdout().size_checked().map_or(100, |(_, columns)| usize::from(columns));
    asked.unwrap_or_else(measured).clamp(60, 160)
}
