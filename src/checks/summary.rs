//! Title, description, captions and key points held against the body of their article.
//!
//! Facts meet as anywhere else; figures without a frame meet where the words around them are the same. One sentence of
//! the body that agrees silences; so does a body that says two things itself.

use super::{Mechanism, Observation, Scene, Side};
use crate::document::{BlockId, BlockKind, Document};
use crate::fact::frame::{Frames, Role};
use crate::fact::subject::clause_of;
use crate::fact::value::{Relation, Slack};
use crate::fact::wording::{content, stem};
use crate::fact::{Fact, Interval, alike, clash};
use crate::finding::Place;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::{WordKind, fold, pieces};
use crate::source::Span;
use crate::statement::{Mode, Statement};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Summary {
    /// Kinds of figures that are compared by the words around them.
    pub kinds: Vec<QuantityKind>,
    /// Classes that name a group or thing of comparison: one on one side only makes it another figure.
    pub groups: Vec<String>,
}

/// The list of the lexicon that names headings and labels of key points.
const HEADINGS: &str = "summary-heading";

/// Words of a heading that may still be one of key points.
const LONGEST: usize = 7;

/// Words around a figure that must be the same: this many, and this share of the summary's.
const LEAST: usize = 2;
const SHARE: f64 = 0.7;

/// Figures of a sentence; one with more is a table in words, where no words belong to one figure.
const CROWD: usize = 12;

/// Sentences of a summary that are looked at, so that an article of nothing but captions takes no longer than others.
const MOST: usize = 200;

/// True when a block sums the article up: a caption, a key point, a line that its template takes from the front matter.
pub fn is_summary(scene: &Scene<'_>, block: BlockId) -> bool {
    let document = &scene.article.document;
    let Some(own) = document.blocks.get(block) else { return false };
    if own.kind == BlockKind::Caption || own.kind == BlockKind::Heading && own.level <= 1 {
        return true;
    }
    if own.kind == BlockKind::Cell {
        return false;
    }
    let names = scene.lexicon.list(HEADINGS);
    let lead = own.list.and_then(|list| list.lead);
    let headed = |id: BlockId| document.blocks.get(id).is_some_and(|head| says(head.text.as_str(), names));
    let label = own.text.as_str().split_once(':').is_some_and(|(label, rest)| !rest.is_empty() && says(label, names));
    let in_front = || scene.article.front.document.blocks.iter().any(|front| front.span == own.span);
    label || lead.is_some_and(headed) || own.heading.is_some_and(headed) || in_front()
}

/// True when a short heading is, begins with or ends with one of the names.
fn says(heading: &str, names: &[String]) -> bool {
    let folded = fold(heading);
    let words: Vec<&str> = pieces(&folded)
        .filter_map(|range| folded.get(range))
        .filter(|piece| piece.starts_with(char::is_alphanumeric))
        .take(LONGEST + 1)
        .collect();
    let text = words.join(" ");
    words.len() <= LONGEST
        && names.iter().any(|name| {
            let start = text.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            start || text.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with(' '))
        })
}

impl Mechanism for Summary {
    fn names(&self) -> Vec<(&'static str, &str)> {
        self.groups.iter().map(|name| ("class", name.as_str())).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["inherited", "one-sided", "study", "maxima", "overlap"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["value", "other"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let facts = by_facts(scene, seen);
        let article = scene.article;
        let heading = |id: BlockId| article.document.blocks.get(id).is_some_and(|b| b.kind == BlockKind::Heading);
        let few = |statement: &&Statement| (1..=CROWD).contains(&statement.quantities.len());
        let front = article.front.statements.iter().filter(|statement| statement.block > 0);
        let own = article.statements.iter().filter(few);
        let own = own.filter(|one| is_summary(scene, one.block) && !heading(one.block));
        let all = front.filter(few).map(|one| (&article.front.document, one));
        let mut summary = all.chain(own.map(|one| (&article.document, one))).peekable();
        if summary.peek().is_some() {
            let body = Body::new(self, scene);
            for (document, statement) in summary.take(MOST) {
                self.by_words(scene, document, statement, &body, &facts, seen);
            }
        }
        seen.sort_by_key(|one| one.span);
        seen.dedup_by(|two, one| two.span == one.span);
    }
}

/// Facts of the summary against facts of the body; gives the places of those that were compared.
fn by_facts(scene: &Scene<'_>, seen: &mut Vec<Observation>) -> Vec<Span> {
    let article = scene.article;
    let (summary, body): (Vec<&Fact>, Vec<&Fact>) =
        article.facts.iter().partition(|fact| is_summary(scene, fact.block));
    let mut groups: BTreeMap<(&str, &str), Vec<&Fact>> = BTreeMap::new();
    for fact in body {
        groups.entry((&fact.attribute, &fact.subject)).or_default().push(fact);
    }
    let mut compared = Vec::new();
    for fact in article.front.facts.iter().chain(summary) {
        let Some(known) = groups.get(&(&*fact.attribute, &*fact.subject)) else { continue };
        compared.push(fact.place.span);
        if known.iter().any(|other| alike(fact, other, scene.frames)) {
            continue;
        }
        let clashes = known.iter().filter_map(|other| Some((other, clash(fact, other, scene.frames, false)?)));
        let Some((other, found)) = clashes.min_by_key(|(_, found)| found.grade.is_some()) else { continue };
        // the one figure that the article has is what its title is about, whoever measured it
        let grade = found.grade.filter(|grade| *grade != "study" || known.len() > 1);
        seen.push(observation(fact.place.span, &fact.shown, &other.place, &other.shown, grade));
    }
    compared
}

/// The statements of the body with figures, by the stems of their words.
struct Body<'a> {
    lines: Vec<Line<'a>>,
}

struct Line<'a> {
    statement: &'a Statement,
    quantity: &'a Quantity,
    stems: BTreeSet<String>,
}

impl<'a> Body<'a> {
    fn new(check: &Summary, scene: &Scene<'a>) -> Self {
        let document = &scene.article.document;
        let mut lines = Vec::new();
        for statement in &scene.article.statements {
            let kind = document.blocks.get(statement.block).map(|block| block.kind);
            let prose = matches!(kind, Some(BlockKind::Paragraph | BlockKind::Item));
            let figures = 1..=CROWD;
            if !prose || statement.mode != Mode::Assert || !figures.contains(&statement.quantities.len()) {
                continue;
            }
            if is_summary(scene, statement.block) {
                continue;
            }
            for quantity in statement.quantities.iter().filter(|quantity| check.kinds.contains(&quantity.kind)) {
                let stems = around(document, statement, quantity, &scene.frames.words.plain);
                lines.push(Line { statement, quantity, stems });
            }
        }
        Self { lines }
    }
}

/// Words between two commas that may say something of their own.
const PART: usize = 5;

/// The part of a clause that a figure stands in: between two commas, where that is more than a word or two.
fn clause(document: &Document, statement: &Statement, quantity: &Quantity) -> Range<usize> {
    let words = statement.words_of(quantity.range.clone());
    let clause = clause_of(statement, &words);
    let is_comma = |place: &usize| {
        let word = statement.words.get(*place).filter(|word| word.kind == WordKind::Mark);
        word.is_some_and(|word| statement.prose(document, word.range.clone()) == ",")
    };
    let start = (clause.start..words.start).rev().find(is_comma).map_or(clause.start, |comma| comma + 1);
    let end = (words.end..clause.end).find(is_comma).unwrap_or(clause.end);
    if end - start < PART + words.len() { clause } else { start..end }
}

/// Stems of the words of a figure's clause, the figure's own words left out.
fn around(document: &Document, statement: &Statement, quantity: &Quantity, plain: &[String]) -> BTreeSet<String> {
    let figures: Vec<Range<usize>> =
        statement.quantities.iter().map(|one| statement.words_of(one.range.clone())).collect();
    let words = content(document, statement, clause(document, statement, quantity), plain);
    let own = words.filter(|(place, _)| !figures.iter().any(|figure| figure.contains(place)));
    own.map(|(_, word)| stem(&word)).collect()
}

impl Summary {
    fn by_words(
        &self,
        scene: &Scene<'_>,
        document: &Document,
        statement: &Statement,
        body: &Body<'_>,
        facts: &[Span],
        seen: &mut Vec<Observation>,
    ) {
        if !matches!(statement.mode, Mode::Assert | Mode::Imperative) || statement.hedge > 1 {
            return;
        }
        for quantity in statement.quantities.iter().filter(|quantity| self.kinds.contains(&quantity.kind)) {
            let span = statement.span_of(document, quantity.range.clone());
            if facts.iter().any(|fact| fact.overlaps(span)) {
                continue;
            }
            let stems = around(document, statement, quantity, &scene.frames.words.plain);
            let mut wrong: Option<&Line<'_>> = None;
            let mut silent = false;
            for line in &body.lines {
                let shared = stems.intersection(&line.stems).count();
                let enough = shared >= LEAST && shared as f64 >= stems.len() as f64 * SHARE;
                let loose = shared > 0 && shared * 2 >= stems.len();
                if !loose || line.quantity.unit != quantity.unit && !is_share(line.quantity, quantity) {
                    continue;
                }
                match relation(quantity, line.quantity) {
                    // a figure that agrees silences even where fewer words are the same
                    Relation::Agree | Relation::Overlap | Relation::Maxima => silent = true,
                    Relation::Apart if enough && self.is_same_case(scene, (document, statement, quantity), line) => {
                        // two figures of the body that both differ leave open which was meant
                        silent |= wrong.is_some_and(|known| relation(known.quantity, line.quantity) == Relation::Apart);
                        wrong = wrong.or(Some(line));
                    }
                    Relation::Apart | Relation::Incomparable => {}
                }
            }
            let Some(line) = wrong.filter(|_| !silent) else { continue };
            let there = line.statement.span_of(&scene.article.document, line.quantity.range.clone());
            let place = Place::of(scene.article.source, there);
            let value = scene.article.source.slice(span).to_owned();
            let other = place.text.clone();
            seen.push(observation(span, &value, &place, &other, None));
        }
    }

    /// True when nothing tells the two figures apart: no contrast, group, time or negation on one side only.
    fn is_same_case(&self, scene: &Scene<'_>, summary: (&Document, &Statement, &Quantity), line: &Line<'_>) -> bool {
        let (document, statement, quantity) = summary;
        let body = &scene.article.document;
        let own = contrasts(scene.frames, statement, &(0..statement.words.len()));
        let theirs = contrasts(scene.frames, line.statement, &clause(body, line.statement, line.quantity));
        let denied = |statement: &Statement, quantity: &Quantity| {
            statement.is_negated(statement.words_of(quantity.range.clone()).start)
        };
        let apart = line.statement.matches.iter().any(|found| scene.frames.roles(found.pattern).contains(&Role::Apart));
        theirs.is_subset(&own)
            && !apart
            && denied(statement, quantity) == denied(line.statement, line.quantity)
            && self.groups(scene, line.statement, &clause(body, line.statement, line.quantity)).is_subset(&self.groups(
                scene,
                statement,
                &(0..statement.words.len()),
            ))
            && times(document, statement, quantity).is_none_or(|own| {
                times(body, line.statement, line.quantity).is_none_or(|theirs| relation(own, theirs) != Relation::Apart)
            })
    }

    /// Names of groups and things of comparison in some words.
    fn groups<'a>(&self, scene: &Scene<'a>, statement: &Statement, words: &Range<usize>) -> BTreeSet<&'a str> {
        let classes: Vec<_> = self.groups.iter().filter_map(|name| scene.lexicon.class(name)).collect();
        let inside = statement.entities.iter().filter(|entity| words.contains(&entity.words.start));
        inside
            .filter(|entity| classes.iter().any(|class| scene.lexicon.is_a(entity.entry, *class)))
            .filter_map(|entity| scene.lexicon.entry(entity.entry))
            .map(|entry| entry.name.as_ref())
            .collect()
    }
}

/// Contrasts and their values in some words; those that only some frames ask for say nothing here.
fn contrasts(frames: &Frames, statement: &Statement, words: &Range<usize>) -> BTreeSet<(usize, usize)> {
    let inside =
        statement.matches.iter().filter(|found| words.start <= found.words.start && found.words.end <= words.end);
    let roles = inside.flat_map(|found| frames.roles(found.pattern));
    roles
        .filter_map(|role| match *role {
            Role::Contrast { contrast, value } => {
                let named = frames.contrasts.get(contrast).is_none_or(|(_, _, named)| *named);
                (!named).then_some((contrast, value))
            }
            _ => None,
        })
        .collect()
}

/// Another time in the clause of a figure: when it was measured.
fn times<'s>(document: &Document, statement: &'s Statement, quantity: &Quantity) -> Option<&'s Quantity> {
    let clause = clause(document, statement, quantity);
    statement.quantities.iter().find(|one| {
        let words = statement.words_of(one.range.clone());
        one.kind == QuantityKind::Duration && *one != quantity && words.start >= clause.start && words.end <= clause.end
    })
}

/// True for two shares of a whole, however they are written.
fn is_share(one: &Quantity, two: &Quantity) -> bool {
    let share = |quantity: &Quantity| matches!(quantity.kind, QuantityKind::Percent | QuantityKind::Fraction);
    share(one) && share(two)
}

/// How two figures lie; a title may round.
fn relation(one: &Quantity, two: &Quantity) -> Relation {
    Interval::of(one).relation(&Interval::of(two), Slack { share: 0.1, ..Slack::default() })
}

fn observation(span: Span, value: &str, there: &Place, other: &str, grade: Option<&'static str>) -> Observation {
    Observation {
        grade,
        span,
        related: vec![Side { role: "other", place: there.clone(), value: other.to_owned() }],
        values: vec![("value", value.to_owned()), ("other", other.to_owned())],
        fix: None,
    }
}
