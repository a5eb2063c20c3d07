//! What a run found and read.

use crate::finding::{Finding, Suppressed, Suppression};

/// What was read and compared, for the summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files read.
    pub files: usize,
    /// Statements.
    pub statements: usize,
    /// Facts.
    pub facts: usize,
    /// Pairs of facts that speak of the same thing.
    pub pairs: usize,
    /// Images not read.
    pub images: usize,
    /// Code blocks not read.
    pub code: usize,
    /// Articles in another language, skipped.
    pub foreign: usize,
    /// Blocks in another language, skipped.
    pub foreign_blocks: usize,
}

impl Counts {
    /// Adds another article's counts.
    pub const fn add(&mut self, other: Self) {
        self.files += other.files;
        self.statements += other.statements;
        self.facts += other.facts;
        self.pairs += other.pairs;
        self.images += other.images;
        self.code += other.code;
        self.foreign += other.foreign;
        self.foreign_blocks += other.foreign_blocks;
    }
}

/// All findings of a run, in order, and what was read.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Findings, sorted by path and place.
    pub findings: Vec<Finding>,
    /// Findings that a directive, the baseline or a decision keeps silent, sorted in the same way.
    pub suppressed: Vec<Suppressed>,
    /// What was read.
    pub counts: Counts,
    /// How many findings lie outside of what was asked about.
    pub outside: usize,
}

impl Outcome {
    /// Adds another site's findings and keeps the order.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.suppressed.extend(other.suppressed);
        self.counts.add(other.counts);
        self.outside += other.outside;
        self.sort();
    }

    /// Takes in a finding, reported or kept silent.
    pub(super) fn add(&mut self, finding: Finding, by: Option<Suppression>) {
        match by {
            None => self.findings.push(finding),
            Some(by) => self.suppressed.push(Suppressed { finding, by }),
        }
    }

    /// Puts all findings in the order of reports.
    pub fn sort(&mut self) {
        self.findings.sort_by(|one, two| one.sort_key().cmp(&two.sort_key()));
        self.suppressed.sort_by(|one, two| one.finding.sort_key().cmp(&two.finding.sort_key()));
    }
}
