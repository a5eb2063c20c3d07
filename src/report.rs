//! Findings and statements rendered for somebody.
//!
//! Takes a [`Run`]; each format is one file with one `render`. Renderers decide nothing and know no file.

pub mod artifact;
pub mod checkstyle;
pub mod claims;
pub mod concise;
pub mod decisions;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod pretty;
pub mod prose;
pub mod rdjson;
pub mod sarif;
pub mod statements;
pub mod summary;

pub use artifact::{Artifact, Role};

use crate::engine::Counts;
use crate::finding::{Finding, Severity, Suppressed};
use crate::past::decisions::{Decision, Decisions};
use crate::rule::Rule;
use crate::source::Source;
use serde::Serialize;

/// The version of claimlint that made a report.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A file that could not be read, or a configuration that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Path as found.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
}

/// A way from a path, as findings give it, to its source; `None` for one that is not at hand.
pub type Sources<'r> = dyn Fn(&str) -> Option<&'r Source> + 'r;

/// One run, as every renderer takes it.
#[derive(Clone, Copy)]
pub struct Run<'r> {
    /// The findings that are shown, sorted by path and place.
    pub findings: &'r [Finding],
    /// The findings that are suppressed, of the severities that are shown, in the same order.
    pub suppressed: &'r [Suppressed],
    /// What could not be read.
    pub problems: &'r [Problem],
    /// What was read and compared.
    pub counts: Counts,
    /// How many findings are below the severity that is shown.
    pub hidden: usize,
    /// How many findings lie outside of the changed lines that were asked about.
    pub outside: usize,
    /// True when two versions of articles were compared.
    pub compares: bool,
    /// The rules of the run, sorted by code.
    pub rules: &'r [&'r Rule],
    /// The articles and settings that were read, sorted by path; empty for formats that do not show them.
    pub artifacts: &'r [Artifact],
    /// The articles as they were read, sorted by path; empty for formats that do not set them.
    pub papers: &'r [html::Paper],
    /// The sources that findings point into, for formats that show their text.
    pub sources: &'r Sources<'r>,
    /// The files of decisions, for formats that take new ones.
    pub desks: &'r [Desk<'r>],
    /// What a decision about a finding would begin with.
    pub drafts: &'r Drafts<'r>,
}

/// A file of decisions.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'r> {
    /// Path as people find it from where they are.
    pub path: &'r str,
    /// What it holds.
    pub known: &'r Decisions,
}

/// A way from a finding to what a decision about it would begin with, with the place of its file among the desks; `None`
/// where no decision can be made.
pub type Drafts<'r> = dyn Fn(&Finding) -> Option<(usize, Decision)> + 'r;

/// A run that read nothing.
impl Default for Run<'_> {
    fn default() -> Self {
        Self {
            findings: &[],
            suppressed: &[],
            problems: &[],
            counts: Counts::default(),
            hidden: 0,
            outside: 0,
            compares: false,
            rules: &[],
            artifacts: &[],
            papers: &[],
            sources: &|_| None,
            desks: &[],
            drafts: &|_| None,
        }
    }
}

impl<'r> Run<'r> {
    /// How many of the findings shown have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|one| one.severity == severity).count()
    }

    /// The rule of a code.
    pub fn rule(&self, code: &str) -> Option<&'r Rule> {
        let at = self.rules.binary_search_by(|rule| rule.code.as_str().cmp(code)).ok()?;
        self.rules.get(at).copied()
    }
}
