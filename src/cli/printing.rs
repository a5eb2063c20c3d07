//! How findings leave the program: the severity shown, the format, the stream or file, and the exit status.

use super::arguments::{Color, Format, ReportOptions};
use super::{Failure, Status, output};
use crate::engine::{Outcome, gather};
use crate::finding::{Finding, Severity};
use crate::report::{
    Artifact, Desk, Drafts, Problem, Run, checkstyle, concise, github, gitlab, html, json, junit, markdown, pretty,
    rdjson, sarif, summary,
};
use crate::rule::Rule;
use crate::source::Source;
use std::collections::HashMap;
use std::mem::ManuallyDrop;

/// How the report of one run is made.
pub struct Printing<'a> {
    /// What the arguments say.
    pub options: &'a ReportOptions,
    /// When to use colours.
    pub color: Color,
    /// True when two versions of articles were compared.
    pub compares: bool,
    /// True when standard output holds something else: the report then goes to standard error.
    pub aside: bool,
}

/// What a run has beside its findings.
pub struct Material<'a> {
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// The rules of all sites.
    pub rules: Vec<&'a Rule>,
    /// The files that took part; asked for only when the format shows them.
    pub artifacts: &'a dyn Fn() -> Vec<Artifact>,
    /// The articles as they were read; asked for only when the format sets them.
    pub papers: &'a dyn Fn() -> Vec<html::Paper>,
    /// The sources that findings point into; asked for only when the format shows text.
    pub sources: &'a dyn Fn(&[&Finding]) -> HashMap<String, Source>,
    /// The files of decisions.
    pub desks: &'a [Desk<'a>],
    /// What a decision about a finding would begin with.
    pub drafts: &'a Drafts<'a>,
}

impl Printing<'_> {
    /// Prints what was found and says what it means for the exit status.
    ///
    /// # Errors
    /// When output cannot be written.
    pub fn print(&self, outcome: Outcome, mut material: Material<'_>) -> Result<Status, Failure> {
        // the process ends soon, and freeing many findings takes its time
        let mut outcome = ManuallyDrop::new(outcome);
        let options = self.options;
        let status = self.status(&outcome, &material.problems);
        let least = Severity::from(options.min_severity);
        let all = outcome.findings.len();
        outcome.findings.retain(|one| one.severity >= least);
        outcome.suppressed.retain(|one| one.finding.severity >= least);
        let hidden = all - outcome.findings.len();
        outcome.findings = gather(std::mem::take(&mut outcome.findings));
        material.rules.sort_by(|one, two| one.code.cmp(&two.code));
        material.rules.dedup_by(|one, two| one.code == two.code);
        let suppressed = outcome.suppressed.iter().map(|one| &one.finding);
        let shown: Vec<&Finding> = outcome.findings.iter().chain(suppressed).collect();
        let sources = if options.format.shows_text() { (material.sources)(&shown) } else { HashMap::new() };
        let mut artifacts = if options.format.shows_artifacts() { (material.artifacts)() } else { Vec::new() };
        artifacts.sort();
        artifacts.dedup();
        let mut papers = if options.format.sets_articles() { (material.papers)() } else { Vec::new() };
        papers.sort_by(|one, two| one.path().cmp(two.path()));
        papers.dedup_by(|one, two| one.path() == two.path());
        let run = Run {
            findings: &outcome.findings,
            suppressed: &outcome.suppressed,
            problems: &material.problems,
            counts: outcome.counts,
            hidden,
            outside: outcome.outside,
            compares: self.compares,
            rules: &material.rules,
            artifacts: &artifacts,
            papers: &papers,
            sources: &|path| sources.get(path),
            desks: material.desks,
            drafts: material.drafts,
        };
        let report = self.render(&run);
        for problem in run.problems {
            output::note(&format!("error: {}: {}", problem.path, problem.message));
        }
        match &options.output {
            Some(path) => output::write_whole(path, &report)?,
            None if self.aside => output::aside(&report),
            None => output::print(&report)?,
        }
        if options.format != Format::Json {
            output::note(&summary::line(&run));
        }
        Ok(status)
    }

    /// What findings and problems mean for the exit status.
    pub fn status(&self, outcome: &Outcome, problems: &[Problem]) -> Status {
        let least = self.options.fail_on.severity();
        let fails = least.is_some_and(|least| outcome.findings.iter().any(|one| one.severity >= least));
        if !problems.is_empty() {
            Status::Unreadable
        } else if fails {
            Status::Findings
        } else {
            Status::Clean
        }
    }

    fn render(&self, run: &Run<'_>) -> String {
        match self.options.format {
            Format::Json => json::render(run),
            Format::Concise => concise::render(run),
            Format::Sarif => sarif::render(run),
            Format::Github => github::render(run),
            Format::Gitlab => gitlab::render(run),
            Format::Junit => junit::render(run),
            Format::Checkstyle => checkstyle::render(run),
            Format::Rdjson => rdjson::render(run),
            Format::Markdown => markdown::render(run),
            Format::Html => html::render(run),
            Format::Pretty => {
                let color = self.options.output.is_none() && !self.aside && output::color(self.color);
                pretty::render(run, pretty::Look { color, width: terminal_width() })
            }
        }
    }
}

impl Format {
    /// True when the report shows text of articles that findings do not carry.
    const fn shows_text(self) -> bool {
        matches!(self, Self::Pretty | Self::Sarif | Self::Rdjson)
    }

    /// True when the report names the files that took part, with their hashes.
    const fn shows_artifacts(self) -> bool {
        matches!(self, Self::Sarif | Self::Junit | Self::Html)
    }

    /// True when the report sets the articles whole.
    const fn sets_articles(self) -> bool {
        matches!(self, Self::Html)
    }
}

/// Columns of the terminal; 100 when there is none.
fn terminal_width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || console::Term::stdout().size_checked().map_or(100, |(_, columns)| usize::from(columns));
    asked.unwrap_or_else(measured).clamp(60, 160)
}
