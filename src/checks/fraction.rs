//! A number of people of a number of people, against the percentage printed with it.
//!
//! The two are bound when only a bracket, "or" or a dash joins them, or when a bracket with nothing but the
//! percentage closes the clause that holds the fraction. The printed percentage is right when some rounding of the
//! exact one (half up or half to even) prints the same; rounding as in Brown & Heathers, "The GRIM test" (2017).

use super::phrase::found;
use super::scope::{Scope, closed};
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Fraction {
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Phrases that give the denominator of the next count: the number in a capture `whole:(…)`.
    pub wholes: Vec<Phrase>,
    /// Phrases that open a clause with the denominator of all its counts: the number in a capture `whole:(…)`.
    pub opened: Vec<Phrase>,
    /// What stands alone between a count and the percentage that stands for it.
    pub openings: Vec<String>,
    /// What stands alone between a percentage in brackets and the denominator behind it.
    pub closings: Vec<String>,
    /// What joins a fraction to its percentage, as printed between the two and up to three words behind the first.
    pub joints: Vec<String>,
    /// Words behind which a count is of those counted last, not of those who open the clause.
    pub within: Vec<Phrase>,
    /// Words by which a statement goes on with the people of the one before it: their counts are of those.
    pub these: Vec<Phrase>,
    /// A phrase by which that count may be of a part of them.
    pub unless_split: Vec<Phrase>,
    /// Denominators below this are left alone.
    pub least: f64,
    /// Where figures count.
    pub scope: Scope,
}

/// A fraction and the percentage that stands for it, both as indices of the statement's quantities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Numerator.
    pub part: f64,
    /// Denominator.
    pub whole: f64,
    /// First quantity of the pair.
    pub first: usize,
    /// Last quantity of the pair.
    pub last: usize,
    /// The percentage.
    pub percent: usize,
}

impl Mechanism for Fraction {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.wholes,
            &mut self.opened,
            &mut self.these,
            &mut self.within,
            &mut self.unless_split,
            &mut self.unless_said,
        ];
        lists.into_iter().flatten().collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["fraction", "right", "percent"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            for pair in self.pairs(scene, index, statement) {
                let (Some(percent), Some(first), Some(last)) = (
                    statement.quantities.get(pair.percent),
                    statement.quantities.get(pair.first),
                    statement.quantities.get(pair.last),
                ) else {
                    continue;
                };
                let printed = statement.quantities.get(pair.first..=pair.last).unwrap_or_default();
                let rough = printed
                    .iter()
                    .find(|one| one.kind == QuantityKind::Fraction)
                    .filter(|fraction| is_rough(scene, statement, fraction));
                let small = pair.whole < self.least && rough.is_none();
                let meant = rough.is_some_and(|rough| is_about(pair.part / pair.whole, rough.bound, percent));
                if small || pair.part > pair.whole || agrees(pair.part, pair.whole, percent) || meant {
                    continue;
                }
                let prose = scene.article.document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
                let range = closed(prose, first.range.start..last.range.end);
                let right = 100.0 * pair.part / pair.whole;
                let decimals = usize::from(percent.decimals.max(u8::from(right < 10.0)));
                seen.push(Observation {
                    grade: None,
                    span: statement.span_of(&scene.article.document, range),
                    related: Vec::new(),
                    values: vec![
                        ("fraction", format!("{} of {}", pair.part, pair.whole)),
                        ("right", format!("{right:.decimals$}%")),
                        ("percent", format!("{:.1$}%", percent.low, usize::from(percent.decimals))),
                    ],
                    fix: None,
                });
            }
        }
    }
}

/// In a sentence with more figures, a table that lost its lines, only what stands together is a pair.
const MOST_FIGURES: usize = 60;
/// Points by which "a third" and "about 1 in 10" may be off, and the share of the percentage.
const ROUGH: (f64, f64) = (2.5, 0.1);

/// True for "nearly two thirds" and "a third": a word for a share, or one with a word on it.
fn is_rough(scene: &Scene<'_>, statement: &Statement, fraction: &Quantity) -> bool {
    let printed = statement.prose(&scene.article.document, fraction.number.clone());
    let in_words = !printed.contains(|letter: char| letter.is_ascii_digit()) && printed.split_whitespace().count() < 3;
    fraction.bound != Bound::Exact || in_words
}

/// True when a percentage can be meant by a rough share: near it, and on the side that its word says.
fn is_about(share: f64, bound: Bound, percent: &Quantity) -> bool {
    let exact = 100.0 * share;
    let off = if bound == Bound::Exact { ROUGH.0 } else { ROUGH.0.max(ROUGH.1 * exact) };
    match bound {
        Bound::Exact | Bound::About => (exact - percent.low).abs() <= off,
        Bound::AtLeast => percent.low >= exact - 0.5 && percent.low <= exact + 2.0 * off,
        Bound::AtMost => percent.low <= exact + 0.5 && percent.low >= exact - 2.0 * off,
    }
}

/// True when the percentage can be printed for the fraction. "About" and its like allow one point more.
fn agrees(part: f64, whole: f64, percent: &Quantity) -> bool {
    let exact = 100.0 * part / whole;
    let slack = 0.5 * 10f64.powi(-i32::from(percent.decimals)) + 1e-9;
    match percent.bound {
        Bound::Exact => (exact - percent.low).abs() <= slack,
        Bound::About => (exact - percent.low).abs() <= slack + 1.0,
        Bound::AtMost => exact <= percent.low + slack,
        Bound::AtLeast => exact >= percent.low - slack,
    }
}

impl Fraction {
    /// The fractions of a statement with the percentage that is bound to them.
    fn pairs(&self, scene: &Scene<'_>, index: usize, statement: &Statement) -> Vec<Pair> {
        if statement.quantities.len() > MOST_FIGURES {
            return pairs(self, scene, statement, &[]);
        }
        let parts = found(statement, &self.within).map(|matched| statement.bytes_of(matched.words.clone()).start);
        let mut pairs = pairs(self, scene, statement, &parts.collect::<Vec<_>>());
        for pair in self.led(scene, statement).into_iter().chain(self.of_these(scene, index, statement)) {
            if !pairs.iter().any(|other| other.percent == pair.percent) {
                pairs.push(pair);
            }
        }
        pairs.sort_by_key(|pair| pair.first);
        pairs
    }

    /// "The clinic saw 320 children. Of these, 192 (60%) …": the count is of those who were counted before. Several
    /// counts are held against the number that one of them fits at least, a single one against the only number.
    fn of_these(&self, scene: &Scene<'_>, index: usize, statement: &Statement) -> Vec<Pair> {
        let before = index.checked_sub(1).and_then(|at| scene.article.statements.get(at));
        let Some(before) = before.filter(|before| before.block == statement.block) else { return Vec::new() };
        if found(statement, &self.these).next().is_none() {
            return Vec::new();
        }
        let wholes: Vec<f64> =
            before.quantities.iter().filter_map(whole_number).filter(|one| *one >= self.least).collect();
        let counts = self.counts_with_share(scene, statement);
        let fitting = |whole: f64| {
            let fits = |(part, at): &&(f64, usize)| {
                statement.quantities.get(at + 1).is_some_and(|percent| *part <= whole && agrees(*part, whole, percent))
            };
            counts.iter().filter(fits).count()
        };
        let best = wholes.iter().copied().max_by_key(|whole| fitting(*whole));
        let Some(whole) = best.filter(|best| fitting(*best) > 0 || wholes.len() == 1 && counts.len() == 1) else {
            return Vec::new();
        };
        let pair = |(part, at): (f64, usize)| Pair { part, whole, first: at, last: at + 1, percent: at + 1 };
        counts.into_iter().map(pair).collect()
    }

    /// "In a trial of 60 people, 40 (67%) …": the count is of all who are named right before it.
    fn led(&self, scene: &Scene<'_>, statement: &Statement) -> Vec<Pair> {
        let quantities = &statement.quantities;
        let mut led = Vec::new();
        if found(statement, &self.unless_split).next().is_some() {
            return led;
        }
        for words in found(statement, &self.wholes).filter_map(|matched| matched.capture("whole")) {
            let bytes = statement.bytes_of(words);
            let Some(at) =
                quantities.iter().position(|one| one.number.start < bytes.end && bytes.start < one.number.end)
            else {
                continue;
            };
            let (Some(all), Some(one), Some(percent)) =
                (quantities.get(at), quantities.get(at + 1), quantities.get(at + 2).filter(|two| is_share(two)))
            else {
                continue;
            };
            let Some(whole) = whole_number(all) else { continue };
            // several counts are all of them where one of them fits
            let counts: Vec<Pair> = self
                .counts_with_share(scene, statement)
                .into_iter()
                .filter(|(_, index)| *index > at)
                .map(|(part, index)| Pair { part, whole, first: index, last: index + 1, percent: index + 1 })
                .collect();
            let fits = |pair: &Pair| {
                let percent = statement.quantities.get(pair.percent);
                pair.part <= whole && percent.is_some_and(|percent| agrees(pair.part, whole, percent))
            };
            if counts.len() > 1 && counts.iter().any(fits) {
                led.extend(counts);
                continue;
            }
            // "124 of them (65%)"
            let bytes = one.range.end..percent.range.start.max(one.range.end);
            let text = statement.prose(&scene.article.document, bytes.clone()).trim_end();
            let inner = |matched: &crate::grammar::pattern::Match| {
                let own = statement.bytes_of(matched.words.clone());
                bytes.start <= own.start && own.end <= bytes.end
            };
            let of_them = text.ends_with('(')
                && text.split_whitespace().count() <= 3
                && found(statement, &self.within).any(inner);
            if let Some(part) = whole_number(one)
                && (self.opens(text) || of_them)
                && closes(scene, statement, percent)
            {
                led.push(Pair { part, whole, first: at + 1, last: at + 2, percent: at + 2 });
            }
        }
        led
    }

    /// The counts of a statement with the percentage that a bracket holds behind them, and their indices.
    fn counts_with_share(&self, scene: &Scene<'_>, statement: &Statement) -> Vec<(f64, usize)> {
        let quantities = &statement.quantities;
        let pairs = quantities.iter().zip(quantities.iter().skip(1)).enumerate();
        let own = pairs.filter(|(_, (one, two))| {
            is_share(two) && self.opens(between(scene, statement, one, two)) && closes(scene, statement, two)
        });
        own.filter_map(|(at, (one, _))| Some((whole_number(one)?, at))).collect()
    }

    /// True when nothing but an opening bracket, a dash or the like stands between.
    fn opens(&self, text: &str) -> bool {
        let text = text.trim();
        self.openings.iter().any(|own| own == text)
    }
}

/// The fractions whose two numbers stand together, or whose denominator opens the clause.
fn pairs(check: &Fraction, scene: &Scene<'_>, statement: &Statement, parts: &[usize]) -> Vec<Pair> {
    let quantities = &statement.quantities;
    let mut pairs = Vec::new();
    for (index, one) in quantities.iter().enumerate() {
        let next = quantities.get(index + 1);
        if let Some((part, whole)) = counted(one) {
            // "45 of 60 (75%)", "45 of 60 patients who finished (75%)"
            if let Some(two) = next.filter(|two| is_share(two) && is_bound(check, scene, statement, one, two)) {
                let _ = two;
                pairs.push(Pair { part, whole, first: index, last: index + 1, percent: index + 1 });
                continue;
            }
            // "75% (45 of 60)"
            if let Some(before) = index.checked_sub(1)
                && let Some(percent) = quantities.get(before).filter(|percent| is_share(percent))
                && check.opens(between(scene, statement, percent, one))
                && !pairs.iter().any(|pair: &Pair| pair.percent == before)
            {
                pairs.push(Pair { part, whole, first: before, last: index, percent: before });
            }
        }
    }
    pairs.extend(respective_pairs(scene, statement));
    pairs.extend(split_pairs(check, scene, statement, parts));
    pairs
}

/// "6 of 593 and 21 of 602 babies (1.0% and 3.5%)": two fractions, then their percentages in the same order.
fn respective_pairs(scene: &Scene<'_>, statement: &Statement) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (at, window) in statement.quantities.windows(4).enumerate() {
        let [one, two, first, second] = window else { continue };
        let (Some(above), Some(below)) = (counted(one), counted(two)) else { continue };
        let lead = between(scene, statement, two, first).trim_end();
        let joint = between(scene, statement, first, second).trim();
        let led = lead.ends_with(['(', '[', ':']) && lead.split_whitespace().count() <= 8 && !lead.contains([',', ';']);
        let joined = joint.len() <= 6 && !joint.contains(['(', ')', '.']) && joint.split_whitespace().count() <= 1;
        if !is_share(first) || !is_share(second) || !led || !joined {
            continue;
        }
        pairs.push(Pair { part: above.0, whole: above.1, first: at, last: at + 2, percent: at + 2 });
        pairs.push(Pair { part: below.0, whole: below.1, first: at + 1, last: at + 3, percent: at + 3 });
    }
    pairs
}

/// "Of the 25 in the group, 16 (64%) …" and "16 (64%) of 25 patients".
fn split_pairs(check: &Fraction, scene: &Scene<'_>, statement: &Statement, parts: &[usize]) -> Vec<Pair> {
    let quantities = &statement.quantities;
    let opened = found(statement, &check.opened).filter_map(|hit| hit.capture("whole"));
    let opened: Vec<Range<usize>> = opened.map(|words| statement.bytes_of(words)).collect();
    let mut pairs = Vec::new();
    let mut whole: Option<f64> = None;
    for (index, one) in quantities.iter().enumerate() {
        let Some(count) = whole_number(one) else { continue };
        // "of 120, 60 (50%) had one; of these, 45 (75%)": of the 60
        let last = index.checked_sub(1).and_then(|at| quantities.get(at)).map_or(0, |last| last.range.end);
        if parts.iter().any(|at| (last..one.range.start).contains(at)) {
            whole = None;
        }
        if opened.iter().any(|whole| whole.contains(&one.number.start)) {
            whole = Some(count);
            continue;
        }
        let Some(percent) = quantities.get(index + 1).filter(|two| is_share(two)) else { continue };
        if !check.opens(between(scene, statement, one, percent)) || !closes(scene, statement, percent) {
            continue;
        }
        if let Some(after) = quantities.get(index + 2)
            && let Some(total) = whole_number(after)
            && check.closings.iter().any(|own| own == between(scene, statement, percent, after).trim())
        {
            pairs.push(Pair { part: count, whole: total, first: index, last: index + 2, percent: index + 1 });
        } else if let Some(total) = whole {
            pairs.push(Pair { part: count, whole: total, first: index, last: index + 1, percent: index + 1 });
        }
    }
    pairs
}

/// Numerator and denominator of a fraction of whole people.
fn counted(quantity: &Quantity) -> Option<(f64, f64)> {
    let (part, whole) = quantity.parts?;
    let is_whole = |number: f64| number.fract() == 0.0 && number >= 0.0;
    (quantity.kind == QuantityKind::Fraction && is_whole(part) && is_whole(whole) && whole > 0.0)
        .then_some((part, whole))
}

fn whole_number(quantity: &Quantity) -> Option<f64> {
    let is_count = quantity.kind == QuantityKind::Count && quantity.low == quantity.high;
    (is_count && quantity.bound == Bound::Exact && quantity.decimals == 0 && quantity.low > 0.0).then_some(quantity.low)
}

fn is_share(quantity: &Quantity) -> bool {
    quantity.kind == QuantityKind::Percent && quantity.low == quantity.high && quantity.unit.as_deref() == Some("%")
}

/// The prose between two quantities.
fn between<'d>(scene: &'d Scene<'_>, statement: &Statement, one: &Quantity, two: &Quantity) -> &'d str {
    statement.prose(&scene.article.document, one.range.end..two.range.start.max(one.range.end))
}

/// A bracket closes directly behind.
fn closes(scene: &Scene<'_>, statement: &Statement, quantity: &Quantity) -> bool {
    let rest = statement.prose(&scene.article.document, quantity.range.end..statement.range.end);
    rest.trim_start().starts_with([')', ']', ';', ','])
}

/// Bound directly, or at the end of the clause that holds the fraction: a few words, then a bracket that holds the
/// percentage alone.
fn is_bound(check: &Fraction, scene: &Scene<'_>, statement: &Statement, one: &Quantity, two: &Quantity) -> bool {
    let text = between(scene, statement, one, two);
    if check.opens(text) {
        return true;
    }
    // "45 of 60 pupils, or 80%,"
    let said = check.joints.iter().find_map(|joint| text.trim_end().strip_suffix(joint.as_str()));
    let rest = statement.prose(&scene.article.document, two.range.end..statement.range.end);
    // "…, representing 9% of all calls" is of something else
    let said = said.filter(|_| !rest.trim_start().starts_with("of "));
    if said.is_some_and(|head| head.split_whitespace().count() <= 3 && !head.contains([',', ';', ':', '(', ')'])) {
        return true;
    }
    let Some(head) = text.trim_end().strip_suffix(['(', '[']) else { return false };
    head.split_whitespace().count() <= 8 && !head.contains([',', ';', ':', '(', ')']) && closes(scene, statement, two)
}
