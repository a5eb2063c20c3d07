//! Statements become facts: a cue with its value, its subject and everything that qualifies it.
//!
//! Takes an article's statements with the phrases found in them; decides nothing about two facts.

use super::attribute::ValueKind;
use super::daily::daily;
use super::frame::{Frames, Role};
use super::stance::{hedge, holds_condition, is_in_condition, until_comma};
use super::subject::{Ground, Subject, clause_of};
use super::value::Interval;
use super::{Fact, Origin, Qualifier, Value};
use crate::document::{BlockKind, Document};
use crate::finding::Place;
use crate::grammar::pattern::Match;
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use crate::lexicon::{Lexicon, fold};
use crate::source::{Format, Source};
use crate::statement::{Mode, Statement};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A cue that may become a fact.
pub(super) struct Candidate<'s> {
    frame: usize,
    weight: u8,
    found: Cow<'s, Match>,
    /// Words of the value.
    words: Range<usize>,
    /// Bytes of the value in the block's prose.
    range: Range<usize>,
    value: Value,
    quantity: Option<&'s Quantity>,
    polarity: bool,
}

impl Candidate<'_> {
    /// The same with what was its least as its most.
    fn at_most(self) -> Option<Self> {
        match self.value {
            Value::Interval(interval) => {
                let high = interval.high.or(interval.low)?;
                let low = interval.low.map(|_| 0.0);
                let step = interval.low_step.max(interval.high_step);
                let value =
                    Interval { low, high: Some(high), high_step: step, minimum: false, maximum: true, ..interval };
                Some(Self { value: Value::Interval(value), ..self })
            }
            _ => None,
        }
    }
}

/// Words of the longest sentence that facts are read from. Set by eye: the longest of prose have some hundred and fifty.
const LONGEST: usize = 400;

/// Facts of one article, in source order. `topic`: what the configuration says it is about; `front`: what the page says of
/// itself, for an article without a first heading.
pub fn gather(
    source: &Source,
    document: &Document,
    statements: &[Statement],
    frames: &Frames,
    lexicon: &Lexicon,
    topic: Option<&str>,
    front: Option<(&Document, &[Statement])>,
) -> Vec<Fact> {
    let ground = Ground::new(document, statements, frames, lexicon, topic).titled(front);
    let mut facts = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let Some(block) = document.blocks.get(statement.block) else { continue };
        let read = block.is_article()
            && (matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell | BlockKind::Caption)
                || is_box(document, statement, frames))
            && matches!(statement.mode, Mode::Assert | Mode::Imperative | Mode::Conditional);
        // a table that lost its lines is no sentence, and each of its figures would be held against all others
        if !read || statement.words.len() > LONGEST {
            continue;
        }
        let mut candidates = cues(&ground, statement);
        candidates.extend(super::label::asked(&ground, index, statement));
        candidates.extend(super::label::labelled(&ground, statement));
        // a frame that finds nothing it could be about leaves the value to others
        candidates.retain(|candidate| {
            let frame = frames.frames.get(candidate.frame);
            let subjects = frame.map_or_else(Vec::new, |frame| ground.subjects(index, frame, &candidate.found));
            let harmless = frame.is_some_and(|frame| frame.record.harmless);
            subjects.iter().any(|subject| !(harmless && ground.is_brought_about(index, &subject.name)))
        });
        for candidate in best(frames, candidates) {
            let Some(own) = frames.frames.get(candidate.frame) else { continue };
            let subjects = ground.subjects(index, own, &candidate.found);
            for subject in &subjects {
                facts.extend(fact(source, &ground, index, &candidate, subject, &subjects));
            }
        }
    }
    super::qualifier::settle_brands(&ground, &mut facts);
    super::qualifier::settle_forms(&ground, &mut facts);
    super::qualifier::settle_only_forms(&mut facts);
    super::qualifier::settle_sex(&ground, &mut facts);
    facts
}

/// True for a statement of a box that is set as a quotation in Markdown and is nobody's words.
fn is_box(document: &Document, statement: &Statement, frames: &Frames) -> bool {
    let Some(block) = document.blocks.get(statement.block) else { return false };
    let spoken = || {
        statement.words.iter().any(|word| {
            let text = fold(statement.prose(document, word.range.clone()));
            frames.words.speakers.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok()
        })
    };
    block.kind == BlockKind::Quote && document.format == Format::Markdown && !spoken()
}

/// The cues of a statement whose values fit.
fn cues<'s>(ground: &Ground<'_>, statement: &'s Statement) -> Vec<Candidate<'s>> {
    let mut all = Vec::new();
    for found in &statement.matches {
        for role in ground.frames.roles(found.pattern) {
            let candidate = match *role {
                Role::Cue { frame, weight, negative } => {
                    let Some(record) = ground.frames.frames.get(frame) else { continue };
                    if record.record.value == ValueKind::Holds {
                        Some(held(statement, frame, found, true, negative))
                    } else {
                        measured(ground, statement, frame, found, weight, negative)
                    }
                }
                Role::Denied { frame, negative } => Some(held(statement, frame, found, false, negative)),
                Role::Class { frame, class, negative } => {
                    let record = ground.frames.frames.get(frame);
                    record.and_then(|record| record.record.class.get(class)).map(|class| Candidate {
                        value: Value::Class(class.name.as_str().into()),
                        // "without a prescription" is the class, not its denial
                        ..held(statement, frame, found, true, negative)
                    })
                }
                _ => None,
            };
            all.extend(candidate);
        }
    }
    all.retain(|candidate| !is_other_question(ground.frames, statement, candidate));
    all
}

/// A cue with a quantity.
fn measured<'s>(
    ground: &Ground<'_>,
    statement: &'s Statement,
    frame: usize,
    found: &'s Match,
    weight: u8,
    negative: bool,
) -> Option<Candidate<'s>> {
    let record = ground.frames.frames.get(frame)?;
    let fits = |quantity: &&Quantity| record.record.value.takes(quantity.kind);
    let inside = |quantity: &&Quantity| {
        let words = statement.words_of(quantity.range.clone());
        words.start > found.words.start && words.end <= found.words.end
    };
    let quantity = found.captures.iter().rev().find_map(|(_, words)| {
        let range = statement.bytes_of(words.clone());
        statement.quantities.iter().find(|quantity| {
            let touches = quantity.range.start < range.end && range.start < quantity.range.end;
            touches && record.record.value.takes(quantity.kind)
        })
    })?;
    // "60% respond and one third reach remission": of two figures in front of a cue the nearer one is meant
    let opens = statement.words_of(quantity.range.clone()).start <= found.words.start;
    let bytes = statement.bytes_of(found.words.clone());
    let first = statement.quantities.partition_point(|one| one.range.end <= bytes.start);
    let last = statement.quantities.partition_point(|one| one.range.start < bytes.end);
    let near = statement.quantities.get(first..last).unwrap_or_default();
    let nearer = near.iter().filter(fits).rfind(inside).filter(|_| opens);
    let quantity = nearer.unwrap_or(quantity);
    let words = statement.words_of(quantity.range.clone());
    let denied = statement.negations.iter().any(|negation| {
        let of_the_number = negation.cue.start >= words.start && negation.cue.end <= words.end;
        let of_the_cue = negative && negation.cue.start >= found.words.start && negation.cue.end <= found.words.end;
        negation.scope.contains(&words.start) && !of_the_number && !of_the_cue
    });
    let found = Cow::Borrowed(found);
    match candidate(ground, statement, frame, weight, found, quantity) {
        // "do not use it for more than a week": a week at most
        Some(found) if denied && exceeds(ground, statement, quantity) => found.at_most(),
        found => found.filter(|_| !denied),
    }
}

/// True for "more than a week", which "not" makes a week at most; "at least a week" it makes nothing.
fn exceeds(ground: &Ground<'_>, statement: &Statement, quantity: &Quantity) -> bool {
    let text = fold(statement.prose(ground.document, quantity.range.clone()));
    quantity.bound == Bound::AtLeast && ground.frames.words.beyond.iter().any(|word| text.starts_with(word.as_str()))
}

/// A quantity as the value of a frame, when it can be one.
pub(super) fn candidate<'s>(
    ground: &Ground<'_>,
    statement: &'s Statement,
    frame: usize,
    weight: u8,
    found: Cow<'s, Match>,
    quantity: &'s Quantity,
) -> Option<Candidate<'s>> {
    let record = ground.frames.frames.get(frame)?;
    let during = record.record.over && {
        let text = fold(statement.prose(ground.document, quantity.range.clone()));
        text.starts_with("over ")
    };
    // "within 72 hours" is no length of a course
    let limit = record.record.length && {
        let text = fold(statement.prose(ground.document, quantity.range.clone()));
        ground
            .frames
            .words
            .limits
            .iter()
            .any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    };
    if limit {
        return None;
    }
    let interval = if during || record.record.bare {
        Interval::of(&Quantity { bound: Bound::Exact, ..quantity.clone() })
    } else {
        Interval::of(quantity)
    };
    if let Some((least, most)) = record.range {
        let low = interval.low.filter(|_| !interval.maximum).or(interval.high)?;
        let high = interval.high.unwrap_or(low);
        if low < least || high > most {
            return None;
        }
    }
    let total = if record.record.total { Some(daily(statement, &found, quantity)?) } else { None };
    let interval = match record.record.value {
        _ if let Some((total, _)) = &total => total.clone(),
        _ if record.record.complements.is_some() => interval.rest(),
        ValueKind::Year => in_years(interval),
        ValueKind::Age if quantity.kind != QuantityKind::Age => interval.as_age(),
        ValueKind::Frequency if quantity.kind == QuantityKind::Duration => interval.as_frequency()?,
        ValueKind::Dose => per_day(ground, statement, interval, record.record.daily),
        ValueKind::Frequency => {
            let text = fold(statement.prose(ground.document, quantity.range.clone()));
            // "use it every day" leaves open how many times
            let open = ground.frames.words.daily.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok();
            if open { Interval { high: None, minimum: true, ..interval } } else { interval }
        }
        _ => interval,
    };
    let words = statement.words_of(quantity.range.clone());
    let start = if record.record.bare { quantity.number.start } else { quantity.range.start };
    let range = total.map_or(start..quantity.range.end.max(start), |(_, range)| range);
    let value = Value::Interval(interval);
    Some(Candidate { frame, weight, found, words, range, value, quantity: Some(quantity), polarity: true })
}

/// A bare mass as an amount per day, where the statement says so and no number of times a day stands beside it. `daily`:
/// also where it says nothing else.
fn per_day(ground: &Ground<'_>, statement: &Statement, interval: Interval, daily: bool) -> Interval {
    let periods = statement.matches.iter().flat_map(|found| ground.frames.roles(found.pattern)).filter_map(|role| {
        let Role::Contrast { contrast, value } = *role else { return None };
        let (name, values, _) = ground.frames.contrasts.get(contrast)?;
        values.get(value).filter(|_| &**name == "period").map(|value| value.as_ref())
    });
    let periods: Vec<&str> = periods.collect();
    let often = statement.quantities.iter().any(|one| one.kind == QuantityKind::Frequency && one.high > 1.0);
    let says_day = periods.contains(&"day");
    if !often && (says_day || daily && periods.is_empty()) { interval.per_day() } else { interval }
}

/// A date as its year.
fn in_years(interval: Interval) -> Interval {
    if interval.unit.as_deref() == Some("year") {
        return interval;
    }
    let year = |days: f64| 1970.0 + (days / 365.2425).floor();
    Interval { low: interval.low.map(year), high: interval.high.map(year), unit: Some("year".into()), ..interval }
}

/// A cue without a quantity: it holds, or its statement denies it. `negative`: the cue says "not" itself.
fn held<'s>(statement: &'s Statement, frame: usize, found: &'s Match, affirms: bool, negative: bool) -> Candidate<'s> {
    let last = found.words.end.saturating_sub(1);
    let denied = statement.negations.iter().any(|negation| {
        let own = negative && negation.cue.start >= found.words.start && negation.cue.end <= found.words.end;
        negation.scope.contains(&last) && !own
    });
    // what is said begins behind of whom it is said
    let subject = found.capture("subject").filter(|subject| subject.start == found.words.start);
    let start = subject.map_or(found.words.start, |subject| subject.end);
    let words = if start < found.words.end { start..found.words.end } else { found.words.clone() };
    Candidate {
        frame,
        weight: u8::MAX,
        found: Cow::Borrowed(found),
        range: statement.bytes_of(words.clone()),
        words,
        value: Value::Holds,
        quantity: None,
        polarity: affirms != denied,
    }
}

/// True when a phrase in the same clauses makes it another question, or the value stands in a condition.
fn is_other_question(frames: &Frames, statement: &Statement, candidate: &Candidate<'_>) -> bool {
    let clause = clause_of(statement, &candidate.found.words);
    let record = frames.frames.get(candidate.frame);
    statement.matches.iter().any(|found| {
        let touches = found.words.start < clause.end && clause.start < found.words.end;
        // "works within days, and fully after a month": a phrase with a figure is about that figure
        let fits = |name: &str| record.is_some_and(|frame| frame.record.value.is_named(name));
        let mut figures = found.captures.iter().filter(|(name, _)| fits(name)).peekable();
        let other = candidate.quantity.is_some()
            && figures.peek().is_some()
            && figures.all(|(_, words)| words.end <= candidate.words.start || words.start >= candidate.words.end);
        touches && !other && frames.roles(found.pattern).contains(&Role::Not(candidate.frame))
    })
}

/// One candidate for each value and frame, and one frame for each quantity: the cue with most fixed words, then the
/// shortest, then the earliest frame.
fn best<'s>(frames: &Frames, mut candidates: Vec<Candidate<'s>>) -> Vec<Candidate<'s>> {
    let is_total =
        |candidate: &Candidate<'_>| frames.frames.get(candidate.frame).is_some_and(|frame| frame.record.total);
    candidates.sort_by(|a, b| {
        // without a figure, the longer phrase says more ("must be taken at night")
        let length = |candidate: &Candidate<'_>| {
            let words = candidate.found.words.len();
            if candidate.quantity.is_some() { words } else { usize::MAX - words }
        };
        b.weight.cmp(&a.weight).then_with(|| length(a).cmp(&length(b))).then_with(|| a.frame.cmp(&b.frame))
    });
    let mut kept: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        let taken = kept.iter().any(|other| {
            let same_place = other.range.start < candidate.range.end && candidate.range.start < other.range.end;
            let rivals =
                other.quantity.is_some() && candidate.quantity.is_some() && !is_total(other) && !is_total(&candidate);
            same_place && (other.frame == candidate.frame || rivals)
        });
        if !taken {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|candidate| (candidate.range.start, candidate.frame));
    kept
}

/// A fact about one of the things that a candidate speaks of.
fn fact(
    source: &Source,
    ground: &Ground<'_>,
    index: usize,
    candidate: &Candidate<'_>,
    subject: &Subject,
    all: &[Subject],
) -> Option<Fact> {
    let statement = ground.statements.get(index)?;
    let own = ground.frames.frames.get(candidate.frame)?;
    let rest = own.record.complements.as_deref().and_then(|name| ground.frames.named(name));
    let frame = rest.unwrap_or(own);
    if is_in_condition(ground, statement, &candidate.words) {
        return None;
    }
    let mut subject = subject.clone();
    let clause = clause_of(statement, &candidate.found.words);
    let clause = clause.start.min(candidate.words.start)..clause.end.max(candidate.words.end);
    let said = clause.clone();
    let clause = clause.start..until_comma(ground, statement, candidate.words.end, clause.end);
    let mut qualifiers = super::qualifier::qualifiers(
        ground,
        statement,
        frame,
        &subject.name,
        &clause,
        &candidate.words,
        candidate.quantity,
    );
    for name in ["object", "per"] {
        let Some(words) = candidate.found.capture(name) else { continue };
        if frame.record.ignore.iter().any(|ignored| ignored == name) {
            continue;
        }
        qualifiers.push(Qualifier {
            name: name.into(),
            value: super::qualifier::called(ground, statement, &words),
            origin: Origin::Stated,
        });
    }
    // "A and B are safe" does not compare them
    qualifiers.retain(|one| &*one.name != "comparator" || all.iter().all(|subject| subject.name != one.value));
    // "vitamin C raises how much iron you absorb": the iron is what is acted on, and nothing that is compared
    let object = qualifiers.iter().find(|one| &*one.name == "object").map(|one| Arc::clone(&one.value));
    qualifiers
        .retain(|one| &*one.name != "comparator" || !object.as_ref().is_some_and(|all| all.contains(&*one.value)));
    // of two that go together the first in the alphabet is the subject
    let object = qualifiers.iter_mut().find(|one| frame.record.mutual && &*one.name == "object");
    if let Some(object) = object.filter(|object| object.value < subject.name) {
        std::mem::swap(&mut object.value, &mut subject.name);
    }
    if let Some(by) = super::qualifier::brought_by(ground, index, frame) {
        qualifiers.retain(|one| &*one.name != "form" || !by.value.split(' ').any(|word| word == &*one.value));
        qualifiers.push(by);
    }
    qualifiers.sort();
    let mut words: Vec<u32> = ground.content(statement, clause).map(|(_, word)| hash(&word)).collect();
    words.sort_unstable();
    words.dedup();
    let says = |role: Role| statement.matches.iter().any(|found| ground.frames.roles(found.pattern).contains(&role));
    let place = Place::of(source, statement.span_of(ground.document, candidate.range.clone()));
    let shown = match (&candidate.value, candidate.quantity) {
        (Value::Interval(interval), Some(_)) if rest.is_some() => left_of_hundred(interval, &place.text),
        (_, Some(_)) if frame.record.total => place.text.split_whitespace().collect::<Vec<_>>().join(" "),
        (_, Some(quantity)) if frame.record.bare => {
            shown(ground.lexicon, &Quantity { bound: Bound::Exact, ..quantity.clone() }, &place.text)
        }
        (Value::Interval(Interval { maximum: true, .. }), Some(quantity)) if quantity.bound == Bound::AtLeast => {
            shown(ground.lexicon, &Quantity { bound: Bound::AtMost, ..quantity.clone() }, &place.text)
        }
        (_, Some(quantity)) => shown(ground.lexicon, quantity, &place.text),
        _ => place.text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Some(Fact {
        subject: subject.name,
        subject_origin: subject.origin,
        named: subject.named,
        attribute: Arc::clone(&frame.name),
        value: candidate.value.clone(),
        shown,
        qualifiers,
        polarity: candidate.polarity,
        hedge: hedge(ground, statement, &said, &candidate.found.words, frame.record.grants),
        // "not recommended if you are pregnant" answers the question with its condition
        conditional: statement.mode == Mode::Conditional
            && !super::wording::is_free(ground, statement, &candidate.words)
            && !(candidate.quantity.is_none() && holds_condition(ground, statement, &candidate.found.words)),
        apart: says(Role::Apart),
        against: statement.matches.iter().any(|found| {
            // "pregnant or breastfeeding" is part of what is said
            let own = found.words.start >= candidate.words.start && found.words.end <= candidate.words.end;
            !own && ground.frames.roles(found.pattern).contains(&Role::Against)
        }),
        words,
        block: statement.block,
        table: ground.document.blocks.get(statement.block).and_then(|block| block.cell).map(|cell| cell.table),
        statement: index,
        place,
    })
}

/// A quantity for messages: "40–60 min"; as written where its unit says nothing shorter.
fn shown(lexicon: &Lexicon, quantity: &Quantity, written: &str) -> String {
    let plain = || written.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = quantity.printed_unit.as_deref().and_then(|symbol| {
        lexicon.units().iter().find(|unit| unit.symbol == symbol && matches!(unit.kind.as_str(), "duration" | "mass"))
    });
    let measured = matches!(quantity.kind, QuantityKind::Duration | QuantityKind::Mass | QuantityKind::Dose);
    let Some(unit) = unit.filter(|_| measured && !quantity.fuzzy) else { return plain() };
    let number = |value: f64| {
        let rounded = (value / unit.factor * 1000.0).round() / 1000.0;
        rounded.to_string()
    };
    let (low, high) = (number(quantity.low), number(quantity.high));
    let numbers = if low == high { low } else { format!("{low}–{high}") };
    match quantity.bound {
        Bound::AtMost => format!("up to {numbers} {}", unit.symbol),
        Bound::AtLeast => format!("at least {numbers} {}", unit.symbol),
        Bound::Exact | Bound::About => format!("{numbers} {}", unit.symbol),
    }
}

/// A share for messages that was written as what it leaves: "70% (all but 30%)".
fn left_of_hundred(share: &Interval, written: &str) -> String {
    let number = |value: Option<f64>| value.map(|value| ((value * 10.0).round() / 10.0).to_string());
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    match (number(share.low), number(share.high)) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}% (all but {written})"),
        (Some(one), _) | (_, Some(one)) => format!("{one}% (all but {written})"),
        (None, None) => written,
    }
}

/// FNV-1a.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
