//! Sentences of one article that are the same but for one figure, or but for one "not".
//!
//! Takes statements; gives pairs that no frame need know. They are brought together by their words with figures and
//! negations masked, so that cost grows with the article. Whatever else differs keeps two sentences apart.

use super::{Observation, Scene, Side};
use crate::document::{BlockId, BlockKind};
use crate::fact::Interval;
use crate::fact::frame::Role;
use crate::fact::value::{Relation, Slack};
use crate::finding::Place;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::{WordKind, fold};
use crate::source::Span;
use crate::statement::{Mode, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// Words that sentences need to be known again.
const LEAST: usize = 6;

/// Sentences of one pattern: more of them are a list or a series, where the figures are meant to differ.
const MOST: usize = 2;

/// The grade of such a pair.
pub const GRADE: &str = "twin";

/// Pairs of the article; those that `seen` has already are left out.
pub fn twins(scene: &Scene<'_>, seen: &[Observation]) -> Vec<Observation> {
    let article = scene.article;
    let mut patterns: BTreeMap<String, Vec<&Statement>> = BTreeMap::new();
    for statement in &article.statements {
        let block = article.document.blocks.get(statement.block);
        let prose = block
            .is_some_and(|block| block.is_article() && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item));
        let says = matches!(statement.mode, Mode::Assert | Mode::Imperative) && statement.hedge < 2;
        let apart = statement.matches.iter().any(|found| {
            let roles = scene.frames.roles(found.pattern);
            roles.iter().any(|role| matches!(role, Role::Apart | Role::Against))
        });
        // names with a number ("type 1") stand in lists, not in sentences
        let whole = statement.text(&article.document).trim_end().ends_with(['.', '!']);
        if prose && says && whole && !apart && statement.words.len() >= LEAST {
            patterns.entry(pattern(scene, statement)).or_default().push(statement);
        }
    }
    let mut found = Vec::new();
    for (pattern, statements) in patterns {
        let [earlier, later] = statements.as_slice() else { continue };
        debug_assert!(statements.len() <= MOST);
        if pattern.split(' ').count() < LEAST || earlier.block == later.block || !is_same_case(scene, earlier, later) {
            continue;
        }
        let Some((one, two)) = difference(earlier, later) else { continue };
        let span = |statement: &Statement, quantity: Option<&Quantity>| -> Span {
            let range = quantity.map_or(statement.range.clone(), |quantity| quantity.range.clone());
            statement.span_of(&article.document, range)
        };
        let (there, here) = (span(earlier, one), span(later, two));
        if seen.iter().any(|known| known.span.overlaps(here) || known.span.overlaps(there)) {
            continue;
        }
        let place = Place::of(article.source, there);
        let written = |span: Span| article.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Observation {
            grade: Some(GRADE),
            span: here,
            values: vec![
                ("attribute", "the figure".to_owned()),
                ("subject", "the sentence".to_owned()),
                ("value", written(here)),
                ("other", written(there)),
            ],
            related: vec![Side { role: "other", value: written(there), place }],
            fix: None,
        });
    }
    found
}

/// The words of a sentence with a mask for each figure, without what negates.
fn pattern(scene: &Scene<'_>, statement: &Statement) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut masked: Option<usize> = None;
    for (at, word) in statement.words.iter().enumerate() {
        let inside =
            |quantity: &Quantity| quantity.range.start <= word.range.start && word.range.end <= quantity.range.end;
        if let Some(index) = statement.quantities.iter().position(inside) {
            if masked != Some(index) {
                words.push("#".to_owned());
            }
            masked = Some(index);
            continue;
        }
        let negates = statement.negations.iter().any(|negation| negation.cue.contains(&at));
        let text = fold(statement.prose(&scene.article.document, word.range.clone())).into_owned();
        let small = matches!(text.as_str(), "a" | "an" | "the" | "do" | "does");
        if word.kind != WordKind::Mark && !negates && !small {
            words.push(text);
        }
    }
    words.join(" ")
}

/// The figures that differ, or nothing twice for a lone negation; `None` where more or nothing differs.
fn difference<'s>(one: &'s Statement, two: &'s Statement) -> Option<(Option<&'s Quantity>, Option<&'s Quantity>)> {
    if one.quantities.len() != two.quantities.len() {
        return None;
    }
    let other = |(a, b): &(&Quantity, &Quantity)| {
        a.low.total_cmp(&b.low).is_ne() || a.high.total_cmp(&b.high).is_ne() || a.bound != b.bound
    };
    let differ: Vec<(&Quantity, &Quantity)> = one.quantities.iter().zip(&two.quantities).filter(other).collect();
    let denied = one.negations.len().abs_diff(two.negations.len());
    match (differ.as_slice(), denied) {
        ([(a, b)], 0) => {
            let dated = matches!(a.kind, QuantityKind::Date | QuantityKind::Age)
                || a.kind == QuantityKind::Count && a.range.end + 1 >= one.range.end;
            let apart = Interval::of(a).relation(&Interval::of(b), Slack::default()) == Relation::Apart;
            (a.kind == b.kind && !dated && apart).then_some((Some(*a), Some(*b)))
        }
        ([], 1) if one.negations.is_empty() || two.negations.is_empty() => {
            (one.hedge == 0 && two.hedge == 0 && one.mode == two.mode).then_some((None, None))
        }
        _ => None,
    }
}

/// True when nothing around two sentences makes them speak of two things: other sources, or headings and lines before
/// a list that name something which the other's do not.
fn is_same_case(scene: &Scene<'_>, one: &Statement, two: &Statement) -> bool {
    let sources = |statement: &Statement| -> BTreeSet<Option<String>> {
        statement.support.iter().map(|support| support.target.clone()).collect()
    };
    sources(one) == sources(two) && led(scene, one) == led(scene, two)
}

/// Content words of the headings below the title and of the line before a list.
fn led(scene: &Scene<'_>, statement: &Statement) -> BTreeSet<String> {
    let document = &scene.article.document;
    let own = document.blocks.get(statement.block);
    let lead = own.and_then(|block| block.list).and_then(|list| list.lead);
    let parent = |block: &BlockId| document.blocks.get(*block).and_then(|block| block.heading);
    let headings = std::iter::successors(own.and_then(|block| block.heading), parent).take(6);
    let below = headings.filter(|id| document.blocks.get(*id).is_some_and(|block| block.level > 1));
    let named = lead.into_iter().chain(below).flat_map(|id| {
        let first = scene.article.statements.partition_point(|other| other.block < id);
        let rest = scene.article.statements.get(first..).unwrap_or_default();
        rest.iter().take_while(move |other| other.block == id)
    });
    let names = named.flat_map(|head| head.entities.iter().filter_map(|entity| scene.lexicon.entry(entity.entry)));
    names.map(|entry| entry.name.to_string()).collect()
}
