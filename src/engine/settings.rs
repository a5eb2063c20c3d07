//! Everything that a configuration says about an article.

use crate::checks::Setting;
use crate::finding::Severity;
use crate::reading::Options;
use std::collections::HashMap;

/// What a rule is set to for an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The rule does not run.
    Off,
    /// The rule's own severity is replaced; grades are capped by it.
    At(Severity),
}

/// Everything that the configuration says about an article.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How it is read.
    pub options: Options,
    /// What is known of the site.
    pub setting: Setting,
    /// Levels by index of the rule.
    pub levels: HashMap<usize, Level>,
    /// When given, only these rules report.
    pub selected: Option<Vec<usize>>,
}

impl Settings {
    /// True when a rule runs.
    pub fn runs(&self, rule: usize) -> bool {
        self.levels.get(&rule) != Some(&Level::Off)
            && self.selected.as_ref().is_none_or(|selected| selected.contains(&rule))
    }

    /// The severity that the configuration leaves of a rule's. `graded`: the rule itself has departed from its own, which
    /// the configured level then only caps.
    pub(super) fn capped(&self, rule: usize, severity: Severity, graded: bool) -> Severity {
        match self.levels.get(&rule) {
            Some(Level::At(level)) if graded => severity.min(*level),
            Some(Level::At(level)) => *level,
            _ => severity,
        }
    }
}
