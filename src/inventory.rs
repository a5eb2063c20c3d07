//! The inventory of claims: what a medical reviewer works from.
//!
//! Takes an article that was read; gives a row for each checkable claim: each fact, and each figure about an outcome
//! that no fact holds. Judges nothing.

pub mod template;

use crate::checks::Article;
use crate::document::BlockKind;
use crate::fact::{Fact, Value};
use crate::finding::Place;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::statement::support::paragraph_support;
use crate::statement::{Mode, Statement, Support};
use std::collections::HashMap;

/// One checkable claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The same as long as path, words and value stay, wherever the claim stands in the article.
    pub id: String,
    /// The statement.
    pub place: Place,
    /// The statement as prose, on one line.
    pub prose: String,
    /// Canonical name of what it is about, when known.
    pub subject: Option<String>,
    /// The frame, when one holds it.
    pub attribute: Option<String>,
    /// The value for people.
    pub value: String,
    /// Lower bound in the unit, when the value is a quantity.
    pub low: Option<f64>,
    /// Upper bound in the unit.
    pub high: Option<f64>,
    /// The unit of the bounds (`s`, `g`, `%`).
    pub unit: Option<String>,
    /// Names and values, sorted.
    pub qualifiers: Vec<(String, String)>,
    /// 0 flat, 1 hedged, 2 uncertain.
    pub hedge: u8,
    /// What it rests on; empty when it carries no source.
    pub support: Vec<Evidence>,
}

/// One source of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The kind, as in `statements`.
    pub kind: &'static str,
    /// As printed.
    pub text: String,
    /// Where it leads.
    pub target: Option<String>,
}

/// The claims of an article, in source order.
pub fn claims(article: &Article<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut facts = article.facts.iter().peekable();
    let mut times: HashMap<u64, usize> = HashMap::new();
    for (index, statement) in article.statements.iter().enumerate() {
        let row = Row { article, index, statement };
        let mut held = Vec::new();
        while let Some(fact) = facts.next_if(|fact| fact.statement <= index) {
            if fact.statement == index {
                held.push(fact.place.span);
                claims.push(row.of_fact(fact, &mut times));
            }
        }
        if !is_told(article, statement) {
            continue;
        }
        let mut said: Option<&Quantity> = None;
        for quantity in statement.quantities.iter().filter(|one| is_outcome(one)) {
            let span = statement.span_of(&article.document, quantity.range.clone());
            let again = said.is_some_and(|before| says_again(before, quantity));
            if !again && !held.iter().any(|held| held.overlaps(span)) {
                claims.push(row.of_figure(quantity, &mut times));
            }
            said = Some(quantity);
        }
    }
    claims
}

/// True for a statement that tells something in the article's own text.
fn is_told(article: &Article<'_>, statement: &Statement) -> bool {
    let kind = article.document.blocks.get(statement.block).map(|block| block.kind);
    matches!(kind, Some(BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell | BlockKind::Caption))
        && matches!(statement.mode, Mode::Assert | Mode::Conditional)
}

/// Shares and multiples are told of outcomes, doses of treatments; a bare count or a length seldom can be checked.
fn is_outcome(quantity: &Quantity) -> bool {
    use QuantityKind as Kind;
    let kind = matches!(quantity.kind, Kind::Percent | Kind::Fraction | Kind::Fold | Kind::Dose | Kind::Concentration);
    kind && !quantity.fuzzy
}

/// True for the percentage of the numbers before it ("27 of 90 people (30%)").
fn says_again(before: &Quantity, quantity: &Quantity) -> bool {
    let kinds = (before.kind, quantity.kind) == (QuantityKind::Fraction, QuantityKind::Percent);
    kinds && (before.low * 100.0 - quantity.low).abs() < 1.0
}

struct Row<'a> {
    article: &'a Article<'a>,
    index: usize,
    statement: &'a Statement,
}

impl Row<'_> {
    fn of_fact(&self, fact: &Fact, times: &mut HashMap<u64, usize>) -> Claim {
        let (low, high, unit) = match &fact.value {
            Value::Interval(interval) => (interval.low, interval.high, interval.unit.as_deref().map(str::to_owned)),
            Value::Class(_) | Value::Holds => (None, None, None),
        };
        let qualifiers = fact.qualifiers.iter().map(|one| (one.name.to_string(), one.value.to_string())).collect();
        Claim {
            subject: Some(fact.subject.to_string()),
            attribute: Some(fact.attribute.to_string()),
            low,
            high,
            unit,
            qualifiers,
            hedge: fact.hedge,
            ..self.claim(&fact.attribute, fact.shown.clone(), times)
        }
    }

    fn of_figure(&self, quantity: &Quantity, times: &mut HashMap<u64, usize>) -> Claim {
        let written = self.statement.prose(&self.article.document, quantity.range.clone());
        let (low, high) = quantity.interval();
        let words = self.statement.words_of(quantity.range.clone());
        Claim {
            low,
            high,
            unit: quantity.unit.as_deref().map(str::to_owned),
            hedge: self.statement.hedge_at(words.start),
            ..self.claim("", one_line(written), times)
        }
    }

    /// What all rows of a statement share.
    fn claim(&self, attribute: &str, value: String, times: &mut HashMap<u64, usize>) -> Claim {
        let place = Place::of(self.article.source, self.statement.span);
        let prose = one_line(self.statement.text(&self.article.document));
        let parts = [place.path.as_ref(), &prose, attribute, &value];
        let hash = hash(&parts);
        let nth = times.entry(hash).or_default();
        *nth += 1;
        let again = if *nth > 1 { format!("-{nth}") } else { String::new() };
        Claim {
            id: format!("{hash:016x}{again}"),
            place,
            prose,
            subject: None,
            attribute: None,
            value,
            low: None,
            high: None,
            unit: None,
            qualifiers: Vec::new(),
            hedge: self.statement.hedge,
            support: self.support(),
        }
    }

    /// The sources of the statement, or those that close its paragraph, list or table.
    fn support(&self) -> Vec<Evidence> {
        let cited = paragraph_support(&self.article.document, &self.article.statements, self.index);
        let named = self.statement.support.iter().filter(|one| !one.kind.is_citation());
        let mut found: Vec<Evidence> = Vec::new();
        for one in cited.into_iter().chain(named) {
            let one = self.evidence(one);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }

    fn evidence(&self, one: &Support) -> Evidence {
        let text = one_line(self.article.source.slice(one.span));
        Evidence { kind: one.kind.name(), text, target: one.target.clone() }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// FNV-1a over texts.
fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
