//! Years against what is said of the time between them.
//!
//! "Ten years later, in 2015" needs a year before it; "ten years ago, in 2016" is counted from the year that the page
//! gives for itself, else from today; a person born in 1950 is 64 or 65 in 2015. A year is allowed to all of them, since
//! neither end says its month, and a tenth to round numbers of years.

use super::Calendar;
use crate::checks::currency::{own_years, this_year};
use crate::checks::phrase::{found, overlap};
use crate::checks::{Observation, Scene};
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use jiff::ToSpan;

/// What years can disagree with: the time to a later year, the time to now, an age.
pub(super) const GRADES: &[&str] = &["later", "ago", "age"];

/// A sentence with more figures is a table that lost its lines.
const MOST_FIGURES: usize = 30;
/// How many statements back a year may have been named.
const BACK: usize = 5;

/// Seconds of a year in the contract.
const YEAR: f64 = 365.0 * 86400.0;

pub(super) fn observe(
    check: &Calendar,
    scene: &Scene<'_>,
    index: usize,
    statement: &Statement,
    seen: &mut Vec<Observation>,
) {
    if statement.quantities.len() > MOST_FIGURES || found(statement, &check.unless_said).next().is_some() {
        return;
    }
    for matched in found(statement, &check.later) {
        let Some((said, to)) = captured(scene, statement, matched, "years", "to") else { continue };
        let words = statement.bytes_of(matched.words.clone());
        let before = years_before(scene, statement, words.start);
        let before = if before.is_empty() { years_of_previous(scene, index) } else { before };
        let from = before.last().copied();
        if let Some(from) = from
            && before.iter().all(|from| !fits(said, years(said), to - from))
        {
            let values = (from.to_string(), to.to_string(), to - from);
            seen.push(observation("later", scene, statement, matched, said, values));
        }
    }
    for matched in found(statement, &check.between) {
        let Some((said, to)) = captured(scene, statement, matched, "years", "to") else { continue };
        let Some((_, from)) = captured(scene, statement, matched, "years", "from") else { continue };
        if !fits(said, years(said), to - from) {
            let values = (from.to_string(), to.to_string(), to - from);
            seen.push(observation("later", scene, statement, matched, said, values));
        }
    }
    for matched in found(statement, &check.ago) {
        let Some((said, from)) = captured(scene, statement, matched, "years", "from") else { continue };
        let mut now = own_years(scene);
        now.push(this_year(scene));
        let dated = now.len() > 1;
        let now = if dated { now.get(..now.len() - 1).unwrap_or_default() } else { now.as_slice() };
        if let Some(last) = now.iter().max()
            && now.iter().all(|now| !fits(said, years(said), now - from))
        {
            let values = (from.to_string(), last.to_string(), last - from);
            seen.push(observation("ago", scene, statement, matched, said, values));
        }
    }
    let mut last = None;
    for matched in found(statement, &check.aged) {
        let Some((said, to)) = captured(scene, statement, matched, "age", "to") else { continue };
        if last.replace(said.range.start) == Some(said.range.start) {
            continue;
        }
        let born = |one: &Statement| {
            found(one, &check.born).find_map(|birth| year_of(scene, one, quantity_in(one, birth.capture("from")?)?))
        };
        let previous = index.checked_sub(1).and_then(|at| scene.article.statements.get(at));
        let previous = previous.filter(|previous| previous.block == statement.block);
        let Some(from) = born(statement).or_else(|| previous.and_then(born)) else { continue };
        if !fits(said, said.low, to - from) {
            let values = (from.to_string(), to.to_string(), to - from);
            seen.push(observation("age", scene, statement, matched, said, values));
        }
    }
}

fn observation(
    grade: &'static str,
    scene: &Scene<'_>,
    statement: &Statement,
    matched: &Match,
    said: &Quantity,
    (from, to, right): (String, String, i64),
) -> Observation {
    let document = &scene.article.document;
    let said = statement.prose(document, said.range.clone()).to_owned();
    Observation {
        grade: Some(grade),
        span: statement.span_of(document, statement.bytes_of(matched.words.clone())),
        related: Vec::new(),
        values: vec![("from", from), ("to", to), ("right", right.to_string()), ("said", said)],
        fix: None,
    }
}

/// The quantity of one capture and the year of another.
fn captured<'s>(
    scene: &Scene<'_>,
    statement: &'s Statement,
    matched: &Match,
    said: &str,
    year: &str,
) -> Option<(&'s Quantity, i64)> {
    let said = quantity_in(statement, matched.capture(said)?)?;
    let year = year_of(scene, statement, quantity_in(statement, matched.capture(year)?)?)?;
    (said.low == said.high && !said.fuzzy).then_some((said, year))
}

fn quantity_in(statement: &Statement, words: std::ops::Range<usize>) -> Option<&Quantity> {
    let bytes = statement.bytes_of(words);
    statement.quantities.iter().find(|one| overlap(&one.number, &bytes))
}

/// The year that a date lies in; none of a decade or a stretch of years.
fn year_of(scene: &Scene<'_>, statement: &Statement, date: &Quantity) -> Option<i64> {
    if date.kind != QuantityKind::Date {
        return None;
    }
    let printed = statement.prose(&scene.article.document, date.number.clone()).trim();
    let is_bare = printed.len() == 4 && printed.bytes().all(|byte| byte.is_ascii_digit());
    if is_bare {
        return Some(date.low as i64);
    }
    // "May 2020" is a stretch of days of one year
    let year = |days: f64| {
        let date = jiff::civil::date(1970, 1, 1).checked_add((days as i64).days()).ok()?;
        Some(i64::from(date.year()))
    };
    let decade = printed.ends_with(['s', 'S']) || (date.low != date.high && date.high < 3000.0 && date.low > 1500.0);
    year(date.low).filter(|first| !decade && year(date.high) == Some(*first))
}

/// The years named in a statement before a byte of its block, in order.
fn years_before(scene: &Scene<'_>, statement: &Statement, byte: usize) -> Vec<i64> {
    let before = statement.quantities.iter().take_while(|one| one.range.end <= byte);
    before.filter_map(|one| year_of(scene, statement, one)).collect()
}

/// The years of the nearest statement before that names one, in the same block.
fn years_of_previous(scene: &Scene<'_>, index: usize) -> Vec<i64> {
    let statements = &scene.article.statements;
    let block = statements.get(index).map(|one| one.block);
    let before = statements.get(..index).unwrap_or_default().iter().rev();
    before
        .take(BACK)
        .take_while(|one| Some(one.block) == block)
        .map(|one| years_before(scene, one, one.range.end))
        .find(|years| !years.is_empty())
        .unwrap_or_default()
}

fn years(duration: &Quantity) -> f64 {
    duration.low / YEAR
}

/// True when so many years can be said to lie between two years that are `right` apart.
fn fits(said: &Quantity, years: f64, right: i64) -> bool {
    let right = right as f64;
    // "twenty years later" is round, an age is not
    let is_time = said.kind == QuantityKind::Duration;
    let round = if is_time && years % 5.0 == 0.0 { 0.1 * years } else { 0.0 };
    let step = if is_time { 0.5 * said.low_step / YEAR } else { 0.0 };
    let slack = round.max(step).max(1.0);
    match said.bound {
        Bound::Exact => (years - right).abs() <= slack,
        Bound::About => (years - right).abs() <= slack.max(2.0).max(0.2 * years),
        Bound::AtMost => right <= years + slack && right >= 0.5 * years - slack,
        Bound::AtLeast => right >= years - slack,
    }
}
