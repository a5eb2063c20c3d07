//! Two versions of an article against each other.

use super::silence::{self, Silences};
use super::site::number;
use super::trace::Traces;
use super::{Engine, Level, Outcome, Settings};
use crate::checks::revision::Revised;
use crate::checks::{Article, Observation};
use std::sync::Arc;

impl Engine {
    /// What the rules about revisions say of a new version; places are in it, and directives in it silence. The counts
    /// are those of the new version, and `pairs` the sentences that both have.
    pub fn revise(&self, old: &Article<'_>, new: &Article<'_>, settings: &Arc<Settings>) -> Outcome {
        let settings = silence::with_front_matter(new, settings);
        let mut outcome = Outcome { counts: self.counts(new), ..Outcome::default() };
        outcome.counts.pairs = 0;
        if old.document.foreign.is_some() || new.document.foreign.is_some() {
            return outcome;
        }
        let revised = Revised::new(old, new, self.catalogue.lexicon());
        outcome.counts.pairs = revised.aligned();
        let mut seen: Vec<(usize, Observation)> = Vec::new();
        let mut own = Vec::new();
        for (index, rule) in self.catalogue.rules.iter().enumerate() {
            if rule.check.looks_at_revision() && settings.levels.get(&index) != Some(&Level::Off) {
                rule.check.mechanism().observe_revision(&revised, &mut own);
                seen.extend(own.drain(..).filter(|one| !one.span.is_empty()).map(|one| (index, one)));
            }
        }
        let (mut silences, _) = Silences::new(new, &self.catalogue);
        let traces = (&Traces::new(new), Some(&Traces::new(old)));
        let mut findings = self.findings(new, traces, &settings, seen);
        number(&mut findings);
        for (rule, finding) in findings {
            let by = silences.take(rule, &finding.primary);
            outcome.add(finding, by);
        }
        outcome.sort();
        outcome
    }
}
