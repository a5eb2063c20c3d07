//! Parts that a phrase ties together: two arms and all who were randomised, two sexes, a part and what remains of it, the
//! items of a list whose last names the rest, counts and their sum.

use super::{Parts, unequal};
use crate::checks::phrase::found;
use crate::checks::{Observation, Scene};
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;

/// A sentence with more figures is a table that lost its lines.
const MOST_FIGURES: usize = 60;
/// A sum of more counts than these is not looked for.
const MOST_COUNTS: usize = 4;
/// Items of a list.
const MOST_ITEMS: usize = 12;

pub(super) fn observe(check: &Parts, scene: &Scene<'_>, index: usize) -> Option<Observation> {
    let statement = scene.article.statements.get(index).filter(|one| one.quantities.len() <= MOST_FIGURES)?;
    pair(check, scene, statement).or_else(|| sum(check, scene, statement)).or_else(|| list(check, scene, index))
}

fn observation(
    scene: &Scene<'_>,
    statement: &Statement,
    all: &[&Quantity],
    values: Vec<(&'static str, String)>,
) -> Option<Observation> {
    let from = all.iter().map(|one| one.range.start).min()?;
    let to = all.iter().map(|one| one.range.end).max()?;
    let span = statement.span_of(&scene.article.document, from..to);
    Some(Observation { grade: None, span, related: Vec::new(), values, fix: None })
}

fn captured<'s>(statement: &'s Statement, matched: &Match, name: &str) -> Option<&'s Quantity> {
    let bytes = statement.bytes_of(matched.capture(name)?);
    statement.quantities.iter().find(|one| one.number.start < bytes.end && bytes.start < one.number.end)
}

fn is_exact(one: &Quantity) -> bool {
    one.low == one.high && one.bound == Bound::Exact && !one.fuzzy
}

/// Share of the whole within which two parts that do not make it were meant to.
const NEARLY: f64 = 0.08;

/// Two parts and their whole.
fn pair(check: &Parts, scene: &Scene<'_>, statement: &Statement) -> Option<Observation> {
    let tied = found(statement, &check.tied).map(|matched| (matched, false));
    tied.chain(found(statement, &check.nearly).map(|matched| (matched, true))).find_map(|(matched, nearly)| {
        let (one, two) = (captured(statement, matched, "one")?, captured(statement, matched, "two")?);
        let total = captured(statement, matched, "total");
        let third = |other: &Quantity| {
            other.kind == one.kind && one.range.end <= other.range.start && other.range.end <= two.range.start
        };
        let alike = one.kind == two.kind && one.unit == two.unit && !statement.quantities.iter().any(third);
        if !alike || ![one, two].into_iter().chain(total).all(is_exact) {
            return None;
        }
        let whole = match (one.kind, total) {
            (QuantityKind::Count, Some(total)) if total.kind == QuantityKind::Count => total.low,
            (QuantityKind::Percent, None) if one.unit.as_deref() == Some("%") => 100.0,
            _ => return None,
        };
        if nearly && (one.low + two.low - whole).abs() > NEARLY * whole {
            return None;
        }
        let values = unequal(&[one, two], whole, if total.is_some() { "" } else { "%" })?;
        let all: Vec<&Quantity> = [one, two].into_iter().chain(total).collect();
        observation(scene, statement, &all, values)
    })
}

/// "26 boys and 24 girls, 51 children in all": the last counts before make the sum.
fn sum(check: &Parts, scene: &Scene<'_>, statement: &Statement) -> Option<Observation> {
    let total = found(statement, &check.sums).find_map(|matched| captured(statement, matched, "total"))?;
    let is_part = |one: &&Quantity| one.kind == QuantityKind::Count && one.range.end <= total.range.start;
    let counts: Vec<&Quantity> = statement.quantities.iter().filter(is_part).collect();
    let others =
        statement.quantities.iter().any(|one| one.kind != QuantityKind::Count && one.kind != QuantityKind::Date);
    if !(2..=MOST_COUNTS).contains(&counts.len())
        || others
        || !counts.iter().all(|one| is_exact(one))
        || !is_exact(total)
    {
        return None;
    }
    let mut sum = 0.0;
    let fits = counts.iter().rev().enumerate().any(|(at, one)| {
        sum += one.low;
        at > 0 && sum == total.low
    });
    let last = counts.get(counts.len() - 2..)?;
    let values = if fits { None } else { unequal(last, total.low, "") }?;
    observation(scene, statement, &[last, &[total]].concat(), values)
}

/// The percentages of a list, one an item, of which one is the rest.
fn list(check: &Parts, scene: &Scene<'_>, index: usize) -> Option<Observation> {
    let statements = &scene.article.statements;
    let statement = statements.get(index)?;
    let place = |one: &Statement| scene.article.document.blocks.get(one.block).and_then(|block| block.list);
    let own = place(statement)?.list;
    found(statement, &check.rest).next()?;
    // the rest closes its list
    let next = statements.get(index + 1).and_then(place);
    if next.is_some_and(|next| next.list == own) {
        return None;
    }
    let items = statements.get(..=index)?.iter().rev().take(MOST_ITEMS + 1);
    let items: Vec<&Statement> = items.take_while(|one| place(one).is_some_and(|place| place.list == own)).collect();
    if !(3..=MOST_ITEMS).contains(&items.len()) {
        return None;
    }
    let shares: Option<Vec<&Quantity>> = items
        .iter()
        .rev()
        .map(|one| {
            let percent = |one: &&Quantity| one.kind == QuantityKind::Percent && one.unit.as_deref() == Some("%");
            let mut own = one.quantities.iter().filter(percent);
            own.next().filter(|first| own.next().is_none() && is_exact(first))
        })
        .collect();
    let shares = shares?;
    let values = unequal(&shares, 100.0, "%")?;
    observation(scene, statement, &[shares.last()?], values)
}
