//! Two risks against their difference, their ratio, their relative change or the number needed to treat.
//!
//! Takes a statement and the one before it; gives the first claim that no pair of risks that print as given can make.
//! All arithmetic is on intervals: each figure stands for every value that prints as it does. Which words make a claim
//! is for the rule to say. NNT = 1/ARR (Cook & Sackett 1995), rounded up or to the nearest.

use super::{Change, is_span};
use crate::checks::phrase::{found, overlap};
use crate::checks::scope::closed;
use crate::checks::{Observation, Phrase, Scene};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::statement::Statement;
use std::ops::Range;

/// All values that print as a figure does.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Values {
    low: f64,
    high: f64,
}

impl Values {
    fn around(value: f64, half: f64) -> Self {
        Self { low: value - half, high: value + half }
    }

    fn meets(self, other: Self) -> bool {
        self.low <= other.high + 1e-9 && other.low <= self.high + 1e-9
    }

    fn inverse(self) -> Option<Self> {
        (self.low > 0.0).then(|| Self { low: 1.0 / self.high, high: 1.0 / self.low })
    }
}

/// Two risks as shares of one, the smaller first.
#[derive(Clone, Copy, Debug)]
struct Risks {
    less: Values,
    more: Values,
}

/// The share of its last step by which "n in N people" may be off.
const WHOLE: f64 = 0.3;

/// Share by which a modelled ratio may differ from that of the printed risks.
const LOOSE: f64 = 0.05;

impl Risks {
    /// Both with some more room on either side.
    fn widened(self, by: f64) -> Self {
        let wider = |one: Values| Values { low: one.low * (1.0 - by), high: one.high * (1.0 + by) };
        Self { less: wider(self.less), more: wider(self.more) }
    }

    fn difference(self) -> Values {
        Values { low: (self.more.low - self.less.high).max(0.0), high: self.more.high - self.less.low }
    }

    /// The smaller as a share of the larger.
    fn ratio(self) -> Option<Values> {
        (self.less.low >= 0.0 && self.more.low > 0.0)
            .then(|| Values { low: self.less.low / self.more.high, high: self.less.high / self.more.low })
    }
}

/// What is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Points,
    Fall,
    Rise,
    Ratio,
    Needed,
}

struct Claim<'s> {
    kind: Kind,
    quantity: &'s Quantity,
}

/// The claims of a statement that its risks, or those of the statement before it, exclude.
pub(super) fn observe(check: &Change, scene: &Scene<'_>, index: usize, statement: &Statement) -> Vec<Observation> {
    let mut claims = claims(check, statement);
    // what a model makes of two risks need not be what they print, but their difference is
    if found(statement, &check.unless_modelled).next().is_some() {
        claims.retain(|claim| claim.kind == Kind::Points);
    }
    let loose = found(statement, &check.loosely).next().is_some();
    if loose {
        claims.retain(|claim| claim.kind != Kind::Needed);
    }
    if claims.is_empty() {
        return Vec::new();
    }
    let (first, is_own) = match given(check, scene, statement, &claims) {
        Some(risks) => (Some((statement, risks)), true),
        None if has_risk(statement, &claims) => (None, true),
        None => {
            let before = index.checked_sub(1).and_then(|at| scene.article.statements.get(at));
            let before = before.filter(|before| before.block == statement.block);
            let risks = before.and_then(|before| {
                let own = self::claims(check, before);
                let risks = given(check, scene, before, &own).filter(|_| own.is_empty())?;
                Some((before, risks))
            });
            (risks, false)
        }
    };
    let of_kind = |kind: Kind| {
        let mut all = claims.iter().filter(move |claim| claim.kind == kind);
        all.next().filter(|_| all.next().is_none())
    };
    if let Some((source, (risks, span))) = first {
        let kinds = [Kind::Points, Kind::Fall, Kind::Rise, Kind::Ratio, Kind::Needed].into_iter();
        let wrong = kinds.filter_map(of_kind).filter(|claim| !agrees(risks, claim, loose));
        let text = source.prose(&scene.article.document, span.clone());
        // the first is marked with its risks, the others by themselves
        let range = |at: usize, own: &Range<usize>| match is_own && at == 0 {
            true => span.start.min(own.start)..span.end.max(own.end),
            false => own.clone(),
        };
        let said = |(at, claim): (usize, &Claim<'_>)| {
            let range = range(at, &claim.quantity.range);
            observation(scene, statement, range, text.to_owned(), right(risks, claim), claim)
        };
        return wrong.enumerate().map(said).collect();
    }
    let needed = of_kind(Kind::Points).zip(of_kind(Kind::Needed));
    needed.and_then(|(points, needed)| against_needed(scene, statement, points, needed)).into_iter().collect()
}

/// No risks at hand: the difference and the number needed to treat still belong together.
fn against_needed(
    scene: &Scene<'_>,
    statement: &Statement,
    points: &Claim<'_>,
    needed: &Claim<'_>,
) -> Option<Observation> {
    let difference = share(points)?;
    let wanted = difference.inverse()?;
    if needed_values(needed.quantity).meets(Values { low: wanted.low, high: wanted.high.ceil() }) {
        return None;
    }
    let (one, two) = (&points.quantity.range, &needed.quantity.range);
    let text = statement.prose(&scene.article.document, one.clone()).to_owned();
    let right = format!("a number needed to treat of {}", whole(wanted));
    Some(observation(scene, statement, one.start.min(two.start)..one.end.max(two.end), text, right, needed))
}

fn observation(
    scene: &Scene<'_>,
    statement: &Statement,
    range: Range<usize>,
    given: String,
    right: String,
    claim: &Claim<'_>,
) -> Observation {
    let block = scene.article.document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
    let change = statement.prose(&scene.article.document, claim.quantity.range.clone()).to_owned();
    Observation {
        grade: Some("risks"),
        span: statement.span_of(&scene.article.document, closed(block, range)),
        related: Vec::new(),
        values: vec![("given", given), ("right", right), ("change", change)],
        fix: None,
    }
}

/// The claims of a statement, each with the quantity that its capture holds.
fn claims<'s>(check: &Change, statement: &'s Statement) -> Vec<Claim<'s>> {
    let lists: [(&[Phrase], &str, Kind); 6] = [
        (&check.needed, "claim", Kind::Needed),
        (&check.points, "claim", Kind::Points),
        (&check.points, "points", Kind::Points),
        (&check.relative, "fall", Kind::Fall),
        (&check.relative, "rise", Kind::Rise),
        (&check.ratio, "claim", Kind::Ratio),
    ];
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for (phrases, capture, kind) in lists {
        for matched in found(statement, phrases) {
            let quantity = matched.capture(capture).and_then(|words| quantity_at(statement, words));
            let Some(quantity) = quantity.filter(|one| one.low == one.high && !one.fuzzy) else { continue };
            let in_points = quantity.unit.as_deref() == Some("pp");
            if capture == "points" && !in_points || matches!(kind, Kind::Fall | Kind::Rise) && in_points {
                continue;
            }
            if !claims.iter().any(|claim| claim.quantity.range == quantity.range) {
                claims.push(Claim { kind, quantity });
            }
        }
    }
    claims
}

fn quantity_at(statement: &Statement, words: Range<usize>) -> Option<&Quantity> {
    let bytes = statement.bytes_of(words);
    statement.quantities.iter().find(|one| overlap(&one.number, &bytes))
}

fn is_risk(quantity: &Quantity) -> bool {
    let percent = quantity.kind == QuantityKind::Percent && quantity.unit.as_deref() == Some("%");
    percent || quantity.kind == QuantityKind::Fraction
}

fn is_claimed(quantity: &Quantity, claims: &[Claim<'_>]) -> bool {
    claims.iter().any(|claim| claim.quantity.range == quantity.range)
}

/// The risks of a statement; of a fraction and the percentage that is printed with it, the fraction.
fn risks_of<'s>(scene: &Scene<'_>, statement: &'s Statement, claims: &[Claim<'_>]) -> Vec<&'s Quantity> {
    let mut all: Vec<&Quantity> = Vec::new();
    for one in statement.quantities.iter().filter(|one| is_risk(one) && !is_claimed(one, claims)) {
        if let Some(last) = all.last()
            && last.kind != one.kind
        {
            let (start, end) = (last.range.end, one.range.start.max(last.range.end));
            let text = statement.prose(&scene.article.document, start..end);
            let few = text.split_whitespace().count() <= 8 && !text.contains([',', ';', ':', ')']);
            if few && text.trim_end().ends_with(['(', '[']) {
                if one.kind == QuantityKind::Fraction {
                    all.pop();
                } else {
                    continue;
                }
            }
        }
        all.push(one);
    }
    // "6 of 593 and 21 of 602 (1.0% and 3.5%)"
    let kinds: Vec<QuantityKind> = all.iter().map(|one| one.kind).collect();
    if kinds == [QuantityKind::Fraction, QuantityKind::Fraction, QuantityKind::Percent, QuantityKind::Percent] {
        all.truncate(2);
    }
    all
}

fn has_risk(statement: &Statement, claims: &[Claim<'_>]) -> bool {
    statement.quantities.iter().any(|one| is_risk(one) && !is_claimed(one, claims))
}

/// The two risks of a statement that are compared, or the ends of "from a to b", with their bytes. Any third risk makes
/// it unclear which are meant.
fn given(
    check: &Change,
    scene: &Scene<'_>,
    statement: &Statement,
    claims: &[Claim<'_>],
) -> Option<(Risks, Range<usize>)> {
    let all = risks_of(scene, statement, claims);
    let (one, two, range) = match all.as_slice() {
        [span] if is_span(scene, statement, span) => {
            let (unit, share) = if span.kind == QuantityKind::Percent { (100.0, 1.0) } else { (1.0, WHOLE) };
            let end = |value: f64, step: f64| Values::around(value / unit, share * step / unit / 2.0);
            (end(span.low, span.low_step), end(span.high, span.high_step), span.range.clone())
        }
        [] if let Some([one, two]) = counted(check, statement) => (one.0, two.0, one.1.start..two.1.end),
        [] => {
            // any quantity that goes from one value to another can halve
            let mut spans = statement.quantities.iter().filter(|one| is_span(scene, statement, one));
            let span =
                spans.next().filter(|_| spans.next().is_none() && claims.iter().all(|one| one.kind == Kind::Ratio))?;
            let end = |value: f64, step: f64| Values::around(value, step / 2.0);
            (end(span.low, span.low_step), end(span.high, span.high_step), span.range.clone())
        }
        [one, two] if one.kind == two.kind => {
            // "a difference of 5 percentage points" compares by itself
            let bytes = one.range.end..two.range.start.max(one.range.end);
            // and so does "16% and 22%, a rise of 38%"
            let paired = statement.words_of(bytes).len() == 1;
            if !(paired || claims.iter().all(|claim| claim.kind == Kind::Points)) || claims.is_empty() {
                found(statement, &check.compares).next()?;
            }
            (risk(one)?, risk(two)?, one.range.start..two.range.end)
        }
        _ => return None,
    };
    let risks = if one.low <= two.low { Risks { less: one, more: two } } else { Risks { less: two, more: one } };
    Some((risks, range))
}

/// "Of 1,000 with the jab, 20 fall ill; of 1,000 without it, 30 do": two risks with their bytes, in order.
fn counted(check: &Change, statement: &Statement) -> Option<[(Values, Range<usize>); 2]> {
    let mut pairs: Vec<(Values, Range<usize>)> = Vec::new();
    for matched in found(statement, &check.counted) {
        let of = |name: &str| quantity_at(statement, matched.capture(name)?);
        let (Some(part), Some(whole)) = (of("part"), of("whole")) else { continue };
        let exact = |one: &Quantity| one.kind == QuantityKind::Count && one.low == one.high && !one.fuzzy;
        let range = whole.range.start..part.range.end;
        if exact(part)
            && exact(whole)
            && part.low <= whole.low
            && !pairs.iter().any(|(_, other)| overlap(other, &range))
        {
            pairs.push((Values::around(part.low / whole.low, WHOLE / 2.0 / whole.low), range));
        }
    }
    pairs.sort_by_key(|(_, range)| range.start);
    pairs.try_into().ok()
}

/// One risk as a share of one.
fn risk(quantity: &Quantity) -> Option<Values> {
    if quantity.low != quantity.high || matches!(quantity.bound, Bound::AtMost | Bound::AtLeast) || quantity.fuzzy {
        return None;
    }
    let (value, step) = match quantity.kind {
        QuantityKind::Percent => (quantity.low / 100.0, quantity.low_step / 100.0),
        // people are whole, so "1 in 100" is little else
        _ => (quantity.low, WHOLE / quantity.parts?.1),
    };
    let about = if quantity.bound == Bound::About { 0.05 * value } else { 0.0 };
    Some(Values::around(value, step / 2.0 + about))
}

/// A claim as it prints; "about" and words such as "half" let it be a tenth off.
fn printed(quantity: &Quantity) -> Values {
    let half = match quantity.kind {
        QuantityKind::Fraction => 0.1 * quantity.low,
        QuantityKind::Fold if quantity.decimals == 0 => 0.15 * quantity.low,
        _ => 0.5 * quantity.low_step,
    };
    match quantity.bound {
        Bound::Exact => Values::around(quantity.low, half),
        Bound::About => Values::around(quantity.low, half + 0.1 * quantity.low),
        Bound::AtMost => Values { low: 0.0, high: quantity.low + half },
        Bound::AtLeast => Values { low: quantity.low - half, high: f64::INFINITY },
    }
}

/// The same as a share of one, where a percentage or a share can be meant.
fn share(claim: &Claim<'_>) -> Option<Values> {
    let values = printed(claim.quantity);
    let percent = claim.quantity.kind == QuantityKind::Percent;
    let by = if percent { 100.0 } else { 1.0 };
    (percent || claim.quantity.low <= 1.0).then_some(Values { low: values.low / by, high: values.high / by })
}

/// A number needed to treat as it prints: rounded up or to the nearest whole.
fn needed_values(quantity: &Quantity) -> Values {
    let values = printed(quantity);
    Values { low: values.low - if quantity.decimals == 0 { 0.5 } else { 0.0 }, high: values.high }
}

fn agrees(risks: Risks, claim: &Claim<'_>, loose: bool) -> bool {
    let risks = if loose && claim.kind != Kind::Points { risks.widened(LOOSE) } else { risks };
    match claim.kind {
        Kind::Points => share(claim).is_none_or(|claim| claim.meets(risks.difference())),
        Kind::Needed => risks.difference().inverse().is_none_or(|wanted| needed_values(claim.quantity).meets(wanted)),
        Kind::Fall => {
            let (Some(claim), Some(ratio)) = (share(claim), risks.ratio()) else { return true };
            claim.meets(Values { low: 1.0 - ratio.high, high: 1.0 - ratio.low })
        }
        Kind::Rise => {
            let (Some(claim), Some(more)) = (share(claim), risks.ratio().and_then(Values::inverse)) else {
                return true;
            };
            claim.meets(Values { low: more.low - 1.0, high: more.high - 1.0 })
        }
        Kind::Ratio => {
            let Some(ratio) = risks.ratio() else { return true };
            let claimed = printed(claim.quantity);
            // "three times higher" is three times or four times as high
            let one_more = Values { low: claimed.low + 1.0, high: claimed.high + 1.0 };
            let is_word = claim.quantity.number == claim.quantity.range;
            let multiple = claim.quantity.kind == QuantityKind::Fold && claim.quantity.low > 1.0 && !is_word;
            claimed.meets(ratio)
                || ratio.inverse().is_none_or(|more| claimed.meets(more) || multiple && one_more.meets(more))
        }
    }
}

/// What the risks make of it, for the message.
fn right(risks: Risks, claim: &Claim<'_>) -> String {
    let middle = |values: Values| f64::midpoint(values.low, values.high);
    let (less, more) = (middle(risks.less), middle(risks.more));
    let short = |value: f64| {
        let text = format!("{value:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    };
    match claim.kind {
        Kind::Points => format!("{} percentage points", short(100.0 * (more - less))),
        Kind::Needed => risks
            .difference()
            .inverse()
            .map_or_else(String::new, |wanted| format!("a number needed to treat of {}", whole(wanted))),
        Kind::Fall => format!("a reduction of {}%", short(100.0 * (1.0 - less / more))),
        Kind::Rise => format!("an increase of {}%", short(100.0 * (more / less - 1.0))),
        Kind::Ratio => format!("a ratio of {:.2} or {:.2}", less / more, more / less),
    }
}

/// "50", or "40 to 67" where rounding leaves room.
fn whole(values: Values) -> String {
    let (low, high) = (values.low.round(), values.high.round());
    if low == high { format!("{low}") } else { format!("{low} to {high}") }
}
