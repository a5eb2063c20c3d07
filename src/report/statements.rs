//! Every statement as it was read, one JSON object a line.
//!
//! Takes an article that was read; gives lines whose keys stand in the order of the contract. Decides nothing.

use super::json::Range as SpanJson;
use crate::checks::Article;
use crate::document::Block;
use crate::fact::{Fact, Origin, Value};
use crate::finding::Place;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::grammar::statistic::Statistic;
use crate::lexicon::Lexicon;
use crate::source::Span;
use crate::statement::Statement;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// All statements of an article in source order, leftovers among them.
pub fn render(article: &Article<'_>, lexicon: &Lexicon) -> String {
    let writer = Writer { article, lexicon };
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (index, statement) in article.statements.iter().enumerate() {
        rows.push(writer.statement(index, statement));
    }
    for block in article.document.blocks.iter().filter(|block| block.leftover && !block.span.is_empty()) {
        rows.push(writer.leftover(block));
    }
    rows.sort_by_key(|row| row.start);
    rows.iter().filter_map(|row| serde_json::to_string(row).ok()).map(|line| line + "\n").collect()
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip)]
    start: usize,
    path: &'a str,
    span: SpanJson,
    text: &'a str,
    block: &'static str,
    section: Vec<&'a str>,
    mode: &'static str,
    hedge: u8,
    negations: Vec<NegationRow<'a>>,
    quantities: Vec<QuantityRow<'a>>,
    statistics: Vec<StatisticRow<'a>>,
    support: Vec<SupportRow<'a>>,
    entities: Vec<EntityRow<'a>>,
    facts: Vec<FactRow<'a>>,
}

#[derive(Serialize)]
struct NegationRow<'a> {
    cue: Piece<'a>,
    scope: Piece<'a>,
}

#[derive(Serialize)]
struct Piece<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct QuantityRow<'a> {
    kind: QuantityKind,
    span: SpanJson,
    text: &'a str,
    low: f64,
    high: f64,
    unit: Option<&'a str>,
    bound: Bound,
    decimals: u8,
}

#[derive(Serialize)]
struct StatisticRow<'a> {
    test: &'static str,
    df: &'a [f64],
    value: f64,
    p: Option<ProbabilityRow>,
    span: SpanJson,
    text: &'a str,
    recomputed: Option<f64>,
    consistent: Option<bool>,
    decision_error: Option<bool>,
}

#[derive(Serialize)]
struct ProbabilityRow {
    relation: &'static str,
    value: f64,
}

#[derive(Serialize)]
struct SupportRow<'a> {
    kind: &'static str,
    span: SpanJson,
    text: &'a str,
    target: Option<&'a str>,
}

#[derive(Serialize)]
struct EntityRow<'a> {
    class: &'a str,
    name: &'a str,
    span: SpanJson,
    text: &'a str,
}

#[derive(Serialize)]
struct FactRow<'a> {
    subject: &'a str,
    attribute: &'a str,
    value: &'a str,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<&'a str>,
    qualifiers: BTreeMap<&'a str, &'a str>,
    inherited: Vec<&'a str>,
    polarity: bool,
    hedge: u8,
    span: SpanJson,
    text: &'a str,
}

struct Writer<'a> {
    article: &'a Article<'a>,
    lexicon: &'a Lexicon,
}

impl<'a> Writer<'a> {
    fn leftover(&self, block: &'a Block) -> Row<'a> {
        let span = trimmed(self.article.source.text(), block.span);
        let mut row = self.row(span, "leftover");
        row.section = self.section(block);
        row
    }

    /// A row that says only where it stands.
    fn row(&self, span: Span, block: &'static str) -> Row<'a> {
        let (span_json, text) = self.spanned(span);
        Row {
            start: span.start,
            path: self.article.source.path(),
            span: span_json,
            text,
            block,
            section: Vec::new(),
            mode: "assert",
            hedge: 0,
            negations: Vec::new(),
            quantities: Vec::new(),
            statistics: Vec::new(),
            support: Vec::new(),
            entities: Vec::new(),
            facts: Vec::new(),
        }
    }

    fn statement(&self, index: usize, statement: &'a Statement) -> Row<'a> {
        let block = self.article.document.blocks.get(statement.block);
        let negations = statement
            .negations
            .iter()
            .map(|one| NegationRow { cue: self.piece(statement, &one.cue), scope: self.piece(statement, &one.scope) });
        let support = statement.support.iter().map(|one| {
            let (span, text) = self.spanned(one.span);
            SupportRow { kind: one.kind.name(), span, text, target: one.target.as_deref() }
        });
        let entities = statement.entities.iter().filter_map(|one| {
            let entry = self.lexicon.entry(one.entry)?;
            let (span, text) = self.place(statement, one.range.clone());
            Some(EntityRow { class: self.lexicon.class_name(entry.class), name: &entry.name, span, text })
        });
        Row {
            section: block.map(|block| self.section(block)).unwrap_or_default(),
            mode: statement.mode.name(),
            hedge: statement.hedge,
            negations: negations.collect(),
            quantities: statement.quantities.iter().map(|one| self.quantity(statement, one)).collect(),
            statistics: statement.statistics.iter().map(|one| self.statistic(statement, one)).collect(),
            support: support.collect(),
            entities: entities.collect(),
            facts: self.article.facts.iter().filter(|fact| fact.statement == index).map(fact).collect(),
            ..self.row(statement.span, block.map_or("paragraph", |block| block.kind.name()))
        }
    }

    fn piece(&self, statement: &Statement, words: &Range<usize>) -> Piece<'a> {
        let span = statement.span_of(&self.article.document, statement.bytes_of(words.clone()));
        Piece { start: span.start, end: span.end, text: self.article.source.slice(span) }
    }

    fn quantity(&self, statement: &Statement, one: &'a Quantity) -> QuantityRow<'a> {
        let (span, text) = self.place(statement, one.range.clone());
        QuantityRow {
            kind: one.kind,
            span,
            text,
            low: one.low,
            high: one.high,
            unit: one.unit.as_deref(),
            bound: one.bound,
            decimals: one.decimals,
        }
    }

    fn statistic(&self, statement: &Statement, one: &'a Statistic) -> StatisticRow<'a> {
        let (span, text) = self.place(statement, one.range.clone());
        StatisticRow {
            test: one.test,
            df: &one.df,
            value: one.value,
            p: one.p.as_ref().map(|p| ProbabilityRow { relation: p.relation.name(), value: p.value }),
            span,
            text,
            recomputed: one.recomputed,
            consistent: one.consistent,
            decision_error: one.decision_error,
        }
    }

    /// The headings above a block, outermost first.
    fn section(&self, block: &Block) -> Vec<&'a str> {
        let mut section = Vec::new();
        let mut next = block.heading;
        while let Some(heading) = next.and_then(|id| self.article.document.blocks.get(id)) {
            section.push(heading.text.as_str().trim());
            next = heading.heading.filter(|above| next.is_some_and(|id| *above < id));
        }
        section.reverse();
        section
    }

    /// The place of bytes of a statement's prose, and its text.
    fn place(&self, statement: &Statement, bytes: Range<usize>) -> (SpanJson, &'a str) {
        self.spanned(statement.span_of(&self.article.document, bytes))
    }

    fn spanned(&self, span: Span) -> (SpanJson, &'a str) {
        (SpanJson::from(&Place::of(self.article.source, span)), self.article.source.slice(span))
    }
}

fn fact(one: &Fact) -> FactRow<'_> {
    let (low, high, unit) = match &one.value {
        Value::Interval(interval) => (interval.low, interval.high, interval.unit.as_deref()),
        Value::Class(_) | Value::Holds => (None, None, None),
    };
    FactRow {
        subject: &one.subject,
        attribute: &one.attribute,
        value: &one.shown,
        low,
        high,
        unit,
        qualifiers: one.qualifiers.iter().map(|one| (one.name.as_ref(), one.value.as_ref())).collect(),
        inherited: inherited(one),
        polarity: one.polarity,
        hedge: one.hedge,
        span: SpanJson::from(&one.place),
        text: &one.place.text,
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let Some(own) = text.get(span.range()) else { return span };
    let start = span.start + (own.len() - own.trim_start().len());
    Span::new(start, (start + own.trim().len()).max(start))
}

/// The parts of a fact that its statement does not say itself.
fn inherited(one: &Fact) -> Vec<&str> {
    let subject = (one.subject_origin == Origin::Inherited).then_some("subject");
    let qualifiers = one.qualifiers.iter().filter(|one| matches!(one.origin, Origin::Inherited | Origin::Title));
    subject.into_iter().chain(qualifiers.map(|qualifier| qualifier.name.as_ref())).collect()
}
