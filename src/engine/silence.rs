//! Which findings an article's directives and front matter silence, and which directives silence nothing.

use super::Settings;
use crate::catalogue::Catalogue;
use crate::checks::{Article, Audience};
use crate::document::{Directive, DirectiveKind, Field};
use crate::finding::{Place, Suppression};
use crate::source::{Source, Span};
use std::sync::Arc;

/// One rule of one directive.
#[derive(Clone, Debug)]
struct Silence {
    /// The rule; `None` silences all.
    rule: Option<usize>,
    /// First and last line that it reaches, counted from 1.
    lines: (usize, usize),
    /// Bytes that it reaches, where lines are too coarse.
    bytes: Option<Span>,
    /// Where the rule is named (the whole directive when none is).
    place: Place,
    name: String,
    /// The text behind `--`.
    reason: Option<String>,
    used: bool,
}

/// All silences of one article.
#[derive(Clone, Debug, Default)]
pub(super) struct Silences {
    all: Vec<Silence>,
}

impl Silences {
    /// From an article's directives and front matter; also gives the rule names that do not exist.
    pub(super) fn new(article: &Article<'_>, catalogue: &Catalogue) -> (Self, Vec<(Place, String)>) {
        let source = article.source;
        let mut silences = Self::default();
        let mut unknown = Vec::new();
        for field in article.document.metadata.iter().filter(|field| field.key == "claimlint.disable") {
            let all = Span::new(0, source.text().len());
            let reach = ((1, usize::MAX), all);
            unknown.extend(silences.add(source, catalogue, (&field.value, field.span), reach, None));
        }
        let directives = &article.document.directives;
        for (index, directive) in directives.iter().enumerate() {
            let (lines, bytes) = reach(source, directive, directives.get(index + 1..).unwrap_or_default());
            if directive.rules.is_empty() {
                let place = Place::of(source, directive.span);
                let used = directive.kind == DirectiveKind::Enable && closes_something(directives, index, None);
                let (name, reason) = ("this directive".to_owned(), directive.reason.clone());
                silences.all.push(Silence { rule: None, lines, bytes, place, name, reason, used });
            }
            for (name, span) in &directive.rules {
                let before = silences.all.len();
                let whole = bytes.unwrap_or(Span::new(0, source.text().len()));
                let reason = directive.reason.as_deref();
                unknown.extend(silences.add(source, catalogue, (name, *span), (lines, whole), reason));
                if directive.kind == DirectiveKind::Enable && closes_something(directives, index, Some(name)) {
                    silences.all.iter_mut().skip(before).for_each(|one| one.used = true);
                }
            }
        }
        (silences, unknown)
    }

    /// Adds a rule that is named; gives the name back when there is no such rule.
    fn add(
        &mut self,
        source: &Source,
        catalogue: &Catalogue,
        (name, span): (&str, Span),
        (lines, bytes): ((usize, usize), Span),
        reason: Option<&str>,
    ) -> Option<(Place, String)> {
        let place = Place::of(source, span);
        let (rule, name) = (catalogue.index_of(name), name.to_owned());
        if rule.is_none() {
            return Some((place, name));
        }
        let reason = reason.map(str::to_owned);
        self.all.push(Silence { rule, lines, bytes: Some(bytes), place, name, reason, used: false });
        None
    }

    /// What silences a finding of a rule at a place; the directives that do so are used from then on.
    pub(super) fn take(&mut self, rule: usize, place: &Place) -> Option<Suppression> {
        let mut taken: Option<Option<String>> = None;
        for one in &mut self.all {
            let reaches = one.lines.0 <= place.end.line && place.start.line <= one.lines.1;
            let inside = one.bytes.is_none_or(|bytes| bytes.overlaps(place.span));
            if reaches && inside && one.rule.is_none_or(|own| own == rule) {
                one.used = true;
                taken = Some(taken.flatten().or_else(|| one.reason.clone()));
            }
        }
        taken.map(|reason| Suppression::Directive { reason })
    }

    /// The directives that silenced nothing, of rules that `looks` says were looked at.
    pub(super) fn unused(&self, looks: impl Fn(usize) -> bool, everything: bool) -> Vec<(Place, String)> {
        let looked = |one: &&Silence| one.rule.map_or(everything, &looks);
        self.all
            .iter()
            .filter(|one| !one.used)
            .filter(looked)
            .map(|one| (one.place.clone(), one.name.clone()))
            .collect()
    }
}

/// The lines and bytes that a directive reaches; `later` are the directives behind it.
fn reach(source: &Source, directive: &Directive, later: &[Directive]) -> ((usize, usize), Option<Span>) {
    let first = source.position(directive.span.start).line;
    let last = source.position(directive.span.end).line;
    match directive.kind {
        DirectiveKind::Line => ((first, last), None),
        DirectiveKind::NextLine => {
            let blank = |line: usize| source.line(line).is_some_and(|span| source.slice(span).trim().is_empty());
            let next = (last + 1..=source.line_count()).find(|line| !blank(*line)).unwrap_or(last + 1);
            ((next, next), None)
        }
        DirectiveKind::File => ((1, usize::MAX), None),
        DirectiveKind::Disable => {
            let ends = |other: &&Directive| {
                other.kind == DirectiveKind::Enable
                    && (other.rules.is_empty()
                        || directive
                            .rules
                            .iter()
                            .all(|(name, _)| other.rules.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))))
            };
            let end = later.iter().find(ends).map_or(source.text().len(), |other| other.span.start);
            ((first, usize::MAX), Some(Span::new(directive.span.end, end)))
        }
        // an `enable` reaches nothing; it is judged by what it closes
        DirectiveKind::Enable | DirectiveKind::Unknown => ((usize::MAX, 0), Some(Span::default())),
    }
}

/// True when a `disable` stands before that this `enable` closes.
fn closes_something(directives: &[Directive], index: usize, rule: Option<&str>) -> bool {
    directives.get(..index).unwrap_or_default().iter().any(|other| {
        other.kind == DirectiveKind::Disable
            && rule.is_none_or(|rule| {
                other.rules.is_empty() || other.rules.iter().any(|(name, _)| name.eq_ignore_ascii_case(rule))
            })
    })
}

/// What an article's front matter changes of its settings.
pub(super) fn with_front_matter(article: &Article<'_>, settings: &Arc<Settings>) -> Arc<Settings> {
    let says = |field: &&Field| field.key == "claimlint.audience";
    let audience = match article.document.metadata.iter().find(says).map(|field| field.value.as_str()) {
        Some("professional") => Audience::Professional,
        Some("consumer") => Audience::Consumer,
        _ => return Arc::clone(settings),
    };
    let mut own = Settings::clone(settings);
    own.setting.audience = audience;
    Arc::new(own)
}
