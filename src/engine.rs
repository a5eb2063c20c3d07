//! Articles in, findings out: rules run, spans get one owner, directives silence, the site is compared.
//!
//! Takes sources one by one (they may be read in parallel) and finishes them together. Knows no file, terminal, thread
//! or clock.

mod revision;
mod silence;

use crate::catalogue::Catalogue;
use crate::checks::directive::{Directives, Fault};
use crate::checks::{Article, Check, Observation, Scene, Setting};
use crate::fact::house::House;
use crate::fact::index::{Record, Site};
use crate::finding::{Finding, Place, Severity, Suppressed, Suppression};
use crate::leftover;
use crate::reading::{self, Options};
use crate::source::Source;
use silence::Silences;
use std::collections::HashMap;
use std::sync::Arc;

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

    fn capped(&self, rule: usize, severity: Severity, graded: bool) -> Severity {
        match self.levels.get(&rule) {
            Some(Level::At(level)) if graded => severity.min(*level),
            Some(Level::At(level)) => *level,
            _ => severity,
        }
    }
}

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

/// What is kept of an article once it is checked; its text is not.
#[derive(Clone, Debug)]
pub struct ArticleReport {
    /// Path as found.
    pub path: Arc<str>,
    /// What was read.
    pub counts: Counts,
    findings: Vec<(usize, Finding)>,
    record: Record,
    silences: Silences,
    settings: Arc<Settings>,
    /// Places of the facts that other articles may be set against.
    unknown: Vec<(Place, String)>,
}

/// All findings of a run, in order, and what was read.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Findings, sorted by path and place.
    pub findings: Vec<Finding>,
    /// Findings that directives silence, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// What was read.
    pub counts: Counts,
}

/// The rules with the house facts, ready for articles.
#[derive(Debug)]
pub struct Engine {
    catalogue: Catalogue,
}

impl Engine {
    /// With a catalogue.
    pub const fn new(catalogue: Catalogue) -> Self {
        Self { catalogue }
    }

    /// The rules.
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Reads an article: its blocks, statements and facts.
    pub fn read<'s>(&self, source: &'s Source, settings: &Settings) -> Article<'s> {
        let lexicon = self.catalogue.lexicon();
        let mut document = reading::read(source, &settings.options, lexicon);
        if document.foreign.is_some() {
            return Article { source, document, statements: Vec::new(), facts: Vec::new() };
        }
        leftover::mark(&mut document, source, lexicon, &settings.setting.allow, &settings.setting.deny);
        let statements = self.catalogue.reader.read(&document);
        let topic = settings.setting.topic.as_deref();
        let facts = crate::fact::gather(source, &document, &statements, &self.catalogue.frames, lexicon, topic);
        Article { source, document, statements, facts }
    }

    /// Checks an article by itself and against the house.
    pub fn check(&self, article: &Article<'_>, settings: &Arc<Settings>, house: &House) -> ArticleReport {
        let settings = silence::with_front_matter(article, settings);
        let scene = Scene {
            article,
            lexicon: self.catalogue.lexicon(),
            setting: &settings.setting,
            frames: &self.catalogue.frames,
            house,
        };
        let mut seen: Vec<(usize, Observation)> = Vec::new();
        let mut own = Vec::new();
        for (index, rule) in self.catalogue.rules.iter().enumerate() {
            if article.document.foreign.is_none() && settings.levels.get(&index) != Some(&Level::Off) {
                rule.check.mechanism().observe(&scene, &mut own);
                seen.extend(own.drain(..).filter(|one| !one.span.is_empty()).map(|one| (index, one)));
            }
        }
        let findings = self.findings(article.source, &settings, seen);
        let (silences, unknown) = Silences::new(article, &self.catalogue);
        ArticleReport {
            path: Arc::clone(article.source.path()),
            counts: self.counts(article),
            findings,
            record: Record::new(article.source, &article.document, &article.statements, article.facts.clone()),
            silences,
            settings,
            unknown,
        }
    }

    /// Words the observations of one article: each span has one owner, and rules that lend each other weight do.
    fn findings(&self, source: &Source, settings: &Settings, seen: Vec<(usize, Observation)>) -> Vec<(usize, Finding)> {
        let spans: Vec<(usize, crate::source::Span)> = seen.iter().map(|(rule, one)| (*rule, one.span)).collect();
        let shared = |codes: &[String], span: crate::source::Span| {
            spans.iter().any(|(rule, other)| {
                other.overlaps(span) && self.catalogue.rules.get(*rule).is_some_and(|rule| codes.contains(&rule.code))
            })
        };
        let mut findings = Vec::new();
        for (index, one) in seen {
            let Some(rule) = self.catalogue.rules.get(index) else { continue };
            if !settings.runs(index) || (!rule.yields_to.is_empty() && shared(&rule.yields_to, one.span)) {
                continue;
            }
            let (mut severity, confidence, _) = rule.graded(one.grade);
            if !rule.with.is_empty() && shared(&rule.with, one.span) {
                severity = Severity::Error;
            }
            let graded = one.grade.is_some_and(|grade| rule.grades.contains_key(grade)) || severity != rule.severity;
            let severity = settings.capped(index, severity, graded);
            let primary = Place::of(source, one.span);
            findings.push((index, rule.finding(one, primary, severity, confidence)));
        }
        findings
    }

    fn counts(&self, article: &Article<'_>) -> Counts {
        let unread = article.document.unread;
        let mut groups: HashMap<(&str, &str), usize> = HashMap::new();
        for fact in &article.facts {
            *groups.entry((&fact.attribute, &fact.subject)).or_default() += 1;
        }
        Counts {
            files: 1,
            statements: article.statements.len(),
            facts: article.facts.len(),
            pairs: groups.values().map(|count| count * (count - 1) / 2).sum(),
            images: unread.images,
            code: unread.code,
            foreign: usize::from(article.document.foreign.is_some()),
            foreign_blocks: unread.foreign_blocks,
        }
    }

    /// Compares the articles of each site, applies directives, and sorts. `sites` gives, for each group of reports,
    /// whether a configuration makes a site of them.
    pub fn finish(&self, sites: Vec<(bool, Vec<ArticleReport>)>, across: bool) -> Outcome {
        let mut outcome = Outcome::default();
        for (configured, mut reports) in sites {
            reports.sort_by(|one, two| one.path.cmp(&two.path));
            if across && reports.len() > 1 {
                self.compare(configured, &mut reports);
            }
            self.silence(&mut reports, across, &mut outcome);
        }
        outcome.sort();
        outcome.findings.dedup();
        outcome
    }

    /// The rules that look at a site.
    fn compare(&self, configured: bool, reports: &mut [ArticleReport]) {
        let records: Vec<Record> = reports.iter().map(|report| report.record.clone()).collect();
        let site = Site { records: &records, frames: &self.catalogue.frames, configured };
        for (index, rule) in self.catalogue.rules.iter().enumerate() {
            let mut seen = Vec::new();
            rule.check.mechanism().observe_site(&site, &mut seen);
            for (article, one) in seen {
                let Some(report) = reports.get_mut(article) else { continue };
                let record = records.get(article);
                let places = record
                    .into_iter()
                    .flat_map(|record| record.facts.iter().map(|fact| &fact.place).chain(record.opening.as_ref()));
                let place = places.into_iter().find(|place| place.span == one.span);
                let (true, Some(place)) = (report.settings.runs(index), place) else { continue };
                let (mut severity, confidence, _) = rule.graded(one.grade);
                if !configured {
                    severity = severity.min(Severity::Warning);
                }
                let severity = report.settings.capped(index, severity, one.grade.is_some());
                report.findings.push((index, rule.finding(one, place.clone(), severity, confidence)));
            }
        }
    }

    /// Directives take findings out; then the directives themselves are judged.
    fn silence(&self, reports: &mut [ArticleReport], across: bool, outcome: &mut Outcome) {
        let by_path: HashMap<Arc<str>, usize> =
            reports.iter().enumerate().map(|(index, report)| (Arc::clone(&report.path), index)).collect();
        let all: Vec<Vec<(usize, Finding)>> =
            reports.iter_mut().map(|report| std::mem::take(&mut report.findings)).collect();
        for (at, findings) in all.into_iter().enumerate() {
            for (rule, finding) in findings {
                let mut by = reports.get_mut(at).and_then(|report| report.silences.take(rule, &finding.primary));
                for side in &finding.related {
                    if let Some(report) = by_path.get(&side.place.path).and_then(|index| reports.get_mut(*index)) {
                        let other = report.silences.take(rule, &side.place);
                        by = by.or(other);
                    }
                }
                outcome.add(finding, by);
            }
        }
        for report in reports {
            outcome.counts.add(report.counts);
            self.judge(report, across, outcome);
        }
    }

    /// D001 and D002.
    fn judge(&self, report: &mut ArticleReport, across: bool, outcome: &mut Outcome) {
        let fault = |wanted: Fault| {
            self.catalogue.rules.iter().enumerate().find(|(index, rule)| {
                matches!(&rule.check, Check::Directive(check) if check.fault == wanted) && report.settings.runs(*index)
            })
        };
        let mut found = Vec::new();
        if let Some((index, rule)) = fault(Fault::Unknown) {
            for (place, name) in &report.unknown {
                let nearest = self.catalogue.nearest(name);
                let one = Directives::observation(place.span, name, nearest);
                let severity = report.settings.capped(index, rule.severity, false);
                found.push((index, rule.finding(one, place.clone(), severity, rule.confidence)));
            }
        }
        if let Some((index, rule)) = fault(Fault::Unused) {
            let looks = |other: usize| {
                let Some(rule) = self.catalogue.rules.get(other) else { return false };
                let ran = !rule.check.looks_at_revision() && (across || !rule.check.looks_at_site());
                report.settings.runs(other) && ran && report.counts.foreign == 0
            };
            let everything = report.settings.selected.is_none();
            for (place, name) in report.silences.unused(looks, everything) {
                let one = Directives::observation(place.span, &name, None);
                let severity = report.settings.capped(index, rule.severity, false);
                found.push((index, rule.finding(one, place, severity, rule.confidence)));
            }
        }
        for (rule, finding) in found {
            let by = report.silences.take(rule, &finding.primary);
            outcome.add(finding, by);
        }
    }
}

impl Outcome {
    /// Adds another site's findings and keeps the order.
    pub fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.suppressed.extend(other.suppressed);
        self.sort();
        self.counts.add(other.counts);
    }

    /// Adds a finding, to those that are reported or to those that are not.
    fn add(&mut self, finding: Finding, by: Option<Suppression>) {
        match by {
            Some(by) => self.suppressed.push(Suppressed { finding, by }),
            None => self.findings.push(finding),
        }
    }

    fn sort(&mut self) {
        self.findings.sort_by(|one, two| one.sort_key().cmp(&two.sort_key()));
        self.suppressed.sort_by(|one, two| one.finding.sort_key().cmp(&two.finding.sort_key()));
    }
}
