//! Articles in, findings out: rules run, spans get one owner, directives silence, the site is compared.
//!
//! Takes sources one by one (they may be read in parallel) and finishes them together. Knows no file, terminal, thread
//! or clock.

mod gather;
mod outcome;
mod revision;
mod settings;
mod silence;
mod site;
mod spans;
mod trace;

pub use gather::gather;
pub use outcome::{Counts, Outcome};
pub use settings::{Level, Settings};

use crate::catalogue::Catalogue;
use crate::checks::twins::Twins;
use crate::checks::{Article, Front, Observation, Scene};
use crate::document::{BlockKind, Document};
use crate::fact::house::House;
use crate::fact::index::Record;
use crate::finding::{Finding, Place, Severity, Trace};
use crate::leftover::{self, KnownLines};
use crate::reading;
use crate::source::{Source, Span};
use crate::statement::Index;
use silence::Silences;
use spans::Spans;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use trace::Traces;

/// What is kept of an article once it is checked; its text is not.
#[derive(Clone, Debug)]
pub struct ArticleReport {
    /// Path as found.
    pub path: Arc<str>,
    /// What was read.
    pub counts: Counts,
    findings: Vec<(usize, Finding)>,
    record: Record,
    /// Traces of the facts and of the opening of the record, in this order.
    traces: Vec<Trace>,
    /// Trace of the article as a whole.
    whole: Trace,
    silences: Silences,
    settings: Arc<Settings>,
    /// The names in directives that name no rule, with their places.
    unknown: Vec<(Place, String)>,
}

/// The rules with the house facts, ready for articles.
#[derive(Debug)]
pub struct Engine {
    catalogue: Catalogue,
    lines: KnownLines,
}

impl Engine {
    /// With a catalogue.
    pub fn new(catalogue: Catalogue) -> Self {
        let lines = KnownLines::new(catalogue.lexicon());
        Self { catalogue, lines }
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
            let front = Front { document: Document::new(document.format), statements: Vec::new(), facts: Vec::new() };
            return Article {
                source,
                document,
                statements: Vec::new(),
                index: Index::default(),
                facts: Vec::new(),
                front,
                library: None,
                gone: BTreeSet::new(),
            };
        }
        leftover::mark(&mut document, source, lexicon, &self.lines, &settings.setting.domains);
        let statements = self.catalogue.reader.read(&document);
        let topic = settings.setting.topic.as_deref();
        let front = self.front(source, &document, statements.len(), topic);
        let title = Some((&front.document, &front.statements[..]));
        let facts = crate::fact::gather(source, &document, &statements, &self.catalogue.frames, lexicon, topic, title);
        let index = Index::new(&statements);
        Article { source, document, statements, index, facts, front, library: None, gone: BTreeSet::new() }
    }

    /// Reads what the page says of itself. `statements`: how many the article has.
    fn front(&self, source: &Source, document: &Document, statements: usize, topic: Option<&str>) -> Front {
        // so far behind the article that nothing of it counts as near
        const APART: usize = 64;
        let lexicon = self.catalogue.lexicon();
        let mut front = reading::front(source, document, lexicon);
        // a first heading is read as one, so that it may ask without a question mark
        for block in front.blocks.iter_mut().skip(1).take(1) {
            block.kind = BlockKind::Heading;
        }
        let own = self.catalogue.reader.read(&front);
        for block in front.blocks.iter_mut().skip(1) {
            block.kind = BlockKind::Paragraph;
        }
        let mut facts = crate::fact::gather(source, &front, &own, &self.catalogue.frames, lexicon, topic, None);
        for fact in &mut facts {
            fact.statement += statements + APART;
            fact.block += document.blocks.len() + APART;
        }
        Front { document: front, statements: own, facts }
    }

    /// Checks an article by itself and against the house.
    pub fn check(&self, article: &Article<'_>, settings: &Arc<Settings>, house: &House) -> ArticleReport {
        let settings = silence::with_front_matter(article, settings);
        let twins = Twins::default();
        let scene = Scene {
            article,
            lexicon: self.catalogue.lexicon(),
            setting: &settings.setting,
            frames: &self.catalogue.frames,
            house,
            twins: &twins,
        };
        let mut seen: Vec<(usize, Observation)> = Vec::new();
        let mut own = Vec::new();
        let mut claims = Vec::new();
        for (index, rule) in self.catalogue.rules.iter().enumerate() {
            if article.document.foreign.is_none() && settings.levels.get(&index) != Some(&Level::Off) {
                let mechanism = rule.check.mechanism();
                mechanism.observe(&scene, &mut own);
                mechanism.keep(&scene, &mut claims);
                seen.extend(own.drain(..).filter(|one| !one.span.is_empty()).map(|one| (index, one)));
            }
        }
        let traces = Traces::new(article);
        let findings = self.findings(article, (&traces, None), &settings, seen);
        let (silences, unknown) = Silences::new(article, &self.catalogue);
        let record = Record {
            claims,
            ..Record::new(article.source, &article.document, &article.statements, article.facts.clone())
        };
        ArticleReport {
            path: Arc::clone(article.source.path()),
            counts: self.counts(article),
            findings,
            traces: record.places().map(|place| traces.at(place.span)).collect(),
            whole: traces.of_article(),
            record,
            silences,
            settings,
            unknown,
        }
    }

    /// Words the observations of one article: each span has one owner, and rules that lend each other weight do.
    fn findings(
        &self,
        article: &Article<'_>,
        (traces, old): (&Traces<'_>, Option<&Traces<'_>>),
        settings: &Settings,
        seen: Vec<(usize, Observation)>,
    ) -> Vec<(usize, Finding)> {
        let rules: Vec<usize> = seen.iter().map(|(rule, _)| *rule).collect();
        let spans = Spans::new(seen.iter().map(|(_, one)| one.span));
        let shared = |codes: &[String], span: Span| {
            let touching = spans.touching(span).filter_map(|seen| self.catalogue.rules.get(*rules.get(seen)?));
            !codes.is_empty() && touching.into_iter().any(|rule| codes.contains(&rule.code))
        };
        let mut findings = Vec::new();
        for (index, one) in seen {
            let Some(rule) = self.catalogue.rules.get(index) else { continue };
            if !settings.runs(index) || shared(&rule.yields_to, one.span) {
                continue;
            }
            let (mut severity, confidence, _) = rule.graded(one.grade);
            if shared(&rule.with, one.span) {
                severity = Severity::Error;
            }
            let graded = one.grade.is_some_and(|grade| rule.grades.contains_key(grade)) || severity != rule.severity;
            let severity = settings.capped(index, severity, graded);
            let primary = Place::of(article.source, one.span);
            let traces = traces.of_observation(&rule.check, &one, old);
            findings.push((index, rule.finding(one, primary, traces, (severity, confidence))));
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
}
