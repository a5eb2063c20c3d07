//! Every statement as it was read, one JSON object a line.

use super::json::Range as SpanJson;
use crate::checks::Article;
use crate::document::Block;
use crate::fact::{Fact, Origin, Value};
use crate::finding::Place;
use crate::grammar::quantity::Quantity;
use crate::grammar::statistic::Statistic;
use crate::lexicon::Lexicon;
use crate::source::Span;
use crate::statement::Statement;
use serde_json::{Map, Value as Json, json};
use std::ops::Range;

/// All statements of an article in source order, leftovers among them.
pub fn render(article: &Article<'_>, lexicon: &Lexicon) -> String {
    let writer = Writer { article, lexicon };
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, statement) in article.statements.iter().enumerate() {
        lines.push((statement.span.start, writer.statement(index, statement)));
    }
    for block in article.document.blocks.iter().filter(|block| block.leftover && !block.span.is_empty()) {
        lines.push((block.span.start, writer.leftover(block)));
    }
    lines.sort_by_key(|(start, _)| *start);
    lines.into_iter().map(|(_, line)| line + "\n").collect()
}

struct Writer<'a> {
    article: &'a Article<'a>,
    lexicon: &'a Lexicon,
}

impl Writer<'_> {
    fn leftover(&self, block: &Block) -> String {
        let span = trimmed(self.article.source.text(), block.span);
        let place = Place::of(self.article.source, span);
        json!({
            "path": place.path.as_ref(), "span": SpanJson::from(&place), "text": place.text, "block": "leftover",
            "section": self.section(block), "mode": "assert", "hedge": 0, "negations": [], "quantities": [],
            "statistics": [], "support": [], "entities": [], "facts": [],
        })
        .to_string()
    }

    fn statement(&self, index: usize, statement: &Statement) -> String {
        let place = Place::of(self.article.source, statement.span);
        let block = self.article.document.blocks.get(statement.block);
        let negations: Vec<Json> = statement
            .negations
            .iter()
            .map(|one| {
                let piece = |words: &Range<usize>| {
                    let (span, text) = self.place(statement, statement.bytes_of(words.clone()));
                    json!({ "start": span.start, "end": span.end, "text": text })
                };
                json!({ "cue": piece(&one.cue), "scope": piece(&one.scope) })
            })
            .collect();
        let quantities: Vec<Json> = statement.quantities.iter().map(|one| self.quantity(statement, one)).collect();
        let statistics: Vec<Json> = statement.statistics.iter().map(|one| self.statistic(statement, one)).collect();
        let support: Vec<Json> = statement
            .support
            .iter()
            .map(|one| {
                let place = Place::of(self.article.source, one.span);
                let target = one.target.clone();
                json!({ "kind": one.kind.name(), "span": SpanJson::from(&place), "text": place.text, "target": target })
            })
            .collect();
        let entities: Vec<Json> = statement
            .entities
            .iter()
            .filter_map(|one| {
                let entry = self.lexicon.entry(one.entry)?;
                let (span, text) = self.place(statement, one.range.clone());
                let span = SpanJson::from(&Place::of(self.article.source, span));
                let class = self.lexicon.class_name(entry.class);
                Some(json!({ "class": class, "name": entry.name.as_ref(), "span": span, "text": text }))
            })
            .collect();
        let facts = self.article.facts.iter().filter(|fact| fact.statement == index);
        let facts: Vec<Json> = facts.map(fact).collect();
        json!({
            "path": place.path.as_ref(), "span": SpanJson::from(&place), "text": place.text,
            "block": block.map_or("paragraph", |block| block.kind.name()),
            "section": block.map(|block| self.section(block)).unwrap_or_default(),
            "mode": statement.mode.name(), "hedge": statement.hedge, "negations": negations, "quantities": quantities,
            "statistics": statistics, "support": support, "entities": entities, "facts": facts,
        })
        .to_string()
    }

    fn quantity(&self, statement: &Statement, one: &Quantity) -> Json {
        let (span, text) = self.place(statement, one.range.clone());
        let span = SpanJson::from(&Place::of(self.article.source, span));
        json!({
            "kind": one.kind, "span": span, "text": text, "low": one.low, "high": one.high, "unit": one.unit,
            "bound": one.bound, "decimals": one.decimals,
        })
    }

    fn statistic(&self, statement: &Statement, one: &Statistic) -> Json {
        let (span, text) = self.place(statement, one.range.clone());
        let span = SpanJson::from(&Place::of(self.article.source, span));
        let p = one.p.as_ref().map(|p| json!({ "relation": p.relation.name(), "value": p.value }));
        json!({
            "test": one.test, "df": one.df, "value": one.value, "p": p, "span": span, "text": text,
            "recomputed": one.recomputed, "consistent": one.consistent, "decision_error": one.decision_error,
        })
    }

    /// The headings above a block, outermost first.
    fn section(&self, block: &Block) -> Vec<String> {
        let mut section = Vec::new();
        let mut next = block.heading;
        while let Some(heading) = next.and_then(|id| self.article.document.blocks.get(id)) {
            section.push(heading.text.as_str().trim().to_owned());
            next = heading.heading.filter(|above| next.is_some_and(|id| *above < id));
        }
        section.reverse();
        section
    }

    fn place(&self, statement: &Statement, bytes: Range<usize>) -> (Span, &str) {
        let span = statement.span_of(&self.article.document, bytes);
        (span, self.article.source.slice(span))
    }
}

fn fact(one: &Fact) -> Json {
    let mut qualifiers = Map::new();
    for qualifier in &one.qualifiers {
        qualifiers.insert(qualifier.name.to_string(), json!(qualifier.value.as_ref()));
    }
    let (low, high, unit) = match &one.value {
        Value::Interval(interval) => (interval.low, interval.high, interval.unit.as_deref()),
        Value::Class(_) | Value::Holds => (None, None, None),
    };
    json!({
        "subject": one.subject.as_ref(), "attribute": one.attribute.as_ref(), "value": one.shown, "low": low, "high": high,
        "unit": unit, "qualifiers": qualifiers, "inherited": inherited(one), "polarity": one.polarity,
        "hedge": one.hedge, "span": SpanJson::from(&one.place), "text": one.place.text,
    })
}

fn trimmed(text: &str, span: Span) -> Span {
    let Some(own) = text.get(span.range()) else { return span };
    let start = span.start + (own.len() - own.trim_start().len());
    Span::new(start, (start + own.trim().len()).max(start))
}

/// The parts of a fact that its statement does not say itself.
fn inherited(one: &Fact) -> Vec<&str> {
    let subject = (one.subject_origin == Origin::Inherited).then_some("subject");
    let qualifiers = one.qualifiers.iter().filter(|qualifier| qualifier.origin == Origin::Inherited);
    subject.into_iter().chain(qualifiers.map(|qualifier| qualifier.name.as_ref())).collect()
}
