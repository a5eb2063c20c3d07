//! Comparable facts whose values, classes or directions exclude each other: in the article, across the site, against
//! the house.
//!
//! Whether two facts are comparable is decided in `fact`; this says which pairs a rule asks for and where they show.

use super::twins::{self, Differing};
use super::{Mechanism, Observation, Phrase, Scene, Side, summary};
use crate::fact::attribute::{Conflict as Kind, Kinds};
use crate::fact::frame::{Frame, Frames};
use crate::fact::house::HouseFact;
use crate::fact::index::{self, Site};
use crate::fact::value::Relation;
use crate::fact::{Fact, GRADES, Interval, Qualifier, Value, clash};
use crate::source::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What an article's facts are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// Its own other facts.
    #[default]
    Article,
    /// Those of the other articles of its site.
    Site,
    /// What the house has checked.
    House,
    /// The bounds of what the house accepts, where a range reaches beyond them without leaving them.
    HouseRange,
    /// What the house has checked and not reviewed in time: reported where an article rests on it.
    Expired,
}

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Conflict {
    /// What facts are compared with.
    pub against: Against,
    /// How the frames' values exclude each other; all when empty.
    pub of: Vec<Kind>,
    /// Frames that are left to another rule.
    pub except: Vec<String>,
    /// True when sentences that differ in one thing are compared without a frame: in a figure where `of` names
    /// `disjoint`, in a negation or an opposite where it names `opposite`.
    pub twins: bool,
    /// When given, only these frames.
    pub only: Vec<String>,
}

/// How many earlier facts of one subject and attribute a fact is compared with.
const REACH: usize = 48;

impl Mechanism for Conflict {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        Vec::new()
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        self.except.iter().chain(&self.only).map(|name| ("attribute", name.as_str())).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["attribute", "subject", "value", "other", "source", "checked"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other", "house"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        match self.against {
            Against::Article => {
                self.within(scene, seen);
                self.of_kinds(scene, seen);
                if self.twins {
                    let figures = self.of.is_empty() || self.of.contains(&Kind::Disjoint);
                    let polarity = self.of.is_empty() || self.of.contains(&Kind::Opposite);
                    for differing in [figures.then_some(Differing::Figure), polarity.then_some(Differing::Polarity)] {
                        let found = differing.map(|differing| twins::twins(scene, differing, seen));
                        seen.extend(found.into_iter().flatten());
                    }
                }
            }
            Against::House | Against::HouseRange | Against::Expired => self.against_house(scene, seen),
            Against::Site => {}
        }
    }

    fn observe_site(&self, site: &Site<'_>, seen: &mut Vec<(usize, Observation)>) {
        if self.against != Against::Site {
            return;
        }
        let fact = |place: (usize, usize)| site.records.get(place.0).and_then(|record| record.facts.get(place.1));
        for outlier in index::conflicts(site) {
            let (Some(mine), Some(frame)) =
                (fact(outlier.fact), fact(outlier.fact).and_then(|mine| self.frame(site.frames, mine)))
            else {
                continue;
            };
            let others: Vec<&Fact> = outlier.others.iter().filter_map(|place| fact(*place)).collect();
            let Some(first) = others.first() else { continue };
            // what is denied elsewhere is no value that could be named
            let denied = mine.polarity != first.polarity || matches!(mine.value, Value::Holds);
            let opposite = denied.then_some("opposite");
            let grade =
                if site.configured { outlier.grade.or(opposite) } else { outlier.grade.or(Some("unconfigured")) };
            let mut observation = observation(frame, mine, first, grade);
            observation.related = others.iter().map(|other| side("other", other)).collect();
            seen.push((outlier.fact.0, observation));
        }
    }
}

impl Conflict {
    /// The frame of a fact, when this rule is about it.
    fn frame<'f>(&self, frames: &'f Frames, fact: &Fact) -> Option<&'f Frame> {
        let frame = frames.named(&fact.attribute)?;
        let asked = self.of.is_empty() || self.of.contains(&frame.record.conflict);
        let named = |names: &[String]| names.iter().any(|name| name.as_str() == frame.name.as_ref());
        (asked && !named(&self.except) && (self.only.is_empty() || named(&self.only))).then_some(frame)
    }

    fn within(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let mut groups: BTreeMap<(&str, &str), Vec<&Fact>> = BTreeMap::new();
        for fact in &scene.article.facts {
            groups.entry((&fact.attribute, &fact.subject)).or_default().push(fact);
        }
        let mut told: HashMap<(usize, usize), Vec<(Span, Span)>> = HashMap::new();
        for facts in groups.into_values() {
            let Some(frame) = facts.first().and_then(|fact| self.frame(scene.frames, fact)) else { continue };
            for (n, later) in facts.iter().enumerate() {
                let here = summary::is_summary(scene, later.block);
                // what the key points say is held against the body by a mechanism of its own
                let earlier = facts.iter().take(n).take(REACH);
                let earlier = earlier.filter(|fact| summary::is_summary(scene, fact.block) == here);
                let pairs = earlier.filter_map(|fact| Some((fact, clash(fact, later, scene.frames, false)?)));
                // the surest first, then the earliest
                let rank = |grade: Option<&str>| {
                    grade.map_or(0, |grade| 1 + GRADES.iter().position(|known| *known == grade).unwrap_or(0))
                };
                if let Some((other, clash)) = pairs.min_by_key(|(_, clash)| rank(clash.grade)) {
                    // an amount may answer two frames, which say the same of it
                    let places = told.entry((later.statement, other.statement)).or_default();
                    let same =
                        |(one, two): &(Span, Span)| one.overlaps(later.place.span) && two.overlaps(other.place.span);
                    if !places.iter().any(same) {
                        places.push((later.place.span, other.place.span));
                        seen.push(observation(frame, later, other, clash.grade));
                    }
                }
            }
        }
    }

    /// What is said of a whole class ("ACE inhibitors must not be taken") against what is said of one of its kind.
    fn of_kinds(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let facts = &scene.article.facts;
        for one in facts.iter().filter(|fact| fact.named) {
            let Some(frame) = self.frame(scene.frames, one) else { continue };
            let Some(affirmed) = frame.record.kinds.map(|kinds| kinds == Kinds::Affirmed) else { continue };
            if one.polarity == affirmed {
                continue;
            }
            let entries = scene.lexicon.named(&one.subject).into_iter().filter_map(|id| scene.lexicon.entry(id));
            let kinds: Vec<&Arc<str>> = entries.flat_map(|entry| &entry.kind_of).collect();
            let classes = facts.iter().take(REACH * 8).filter(|fact| {
                fact.polarity == affirmed && fact.attribute == one.attribute && kinds.contains(&&fact.subject)
            });
            let found = classes.filter_map(|class| {
                let of_one = Fact { subject: Arc::clone(&one.subject), ..class.clone() };
                Some((class, clash(&of_one, one, scene.frames, false)?.grade))
            });
            if let Some((class, grade)) = found.min_by_key(|(_, grade)| grade.is_some()) {
                let (later, other) = if class.statement > one.statement { (class, one) } else { (one, class) };
                seen.push(observation(frame, later, other, grade.or(Some("kind"))));
            }
        }
    }

    fn against_house(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for fact in &scene.article.facts {
            let Some(frame) = self.frame(scene.frames, fact) else { continue };
            for house in &scene.house.facts {
                let beside = self.against == Against::House && is_beside(house, fact, frame, scene);
                if !beside && !is_about(house, fact, scene, "") {
                    continue;
                }
                let expired = house.review_by.is_some_and(|day| day < scene.setting.today);
                if expired != (self.against == Against::Expired) {
                    continue;
                }
                let wrong = match self.against {
                    Against::HouseRange => reaches_beyond(house, fact) && !excludes(house, fact, frame),
                    _ => expired || beside || excludes(house, fact, frame),
                };
                if !wrong {
                    continue;
                }
                let mut known = house.fact.clone();
                if let Some(year) = house.year.filter(|_| frame.record.dates.is_some()) {
                    known.shown = year.to_string();
                }
                let mut observation = observation(frame, fact, &known, None);
                observation.related = vec![side("house", &known)];
                observation.values.push(("source", house.source.clone()));
                observation.values.push(("checked", house.checked.clone()));
                seen.push(observation);
            }
        }
    }
}

/// True when a fact departs from what a house fact says beside its value: from its year, or, where nothing else holds,
/// by naming another indication.
fn is_beside(house: &HouseFact, fact: &Fact, frame: &Frame, scene: &Scene<'_>) -> bool {
    let own = &house.fact;
    if !fact.polarity || fact.hedge > 0 {
        return false;
    }
    if frame.record.dates.as_deref() == Some(own.attribute.as_ref()) {
        let (Some(year), Value::Interval(written)) = (house.year, &fact.value) else { return false };
        let year = year as f64;
        let outside = written.low.is_some_and(|low| year < low) || written.high.is_some_and(|high| year > high);
        let mut dated = house.clone();
        dated.fact.attribute = Arc::clone(&fact.attribute);
        return outside && is_about(&dated, fact, scene, "");
    }
    // what the house knows beside it, or what is a kind of its own, is no departure
    let known = |other: &HouseFact| {
        other.fact.value == own.value && other.subjects.contains(&fact.subject) && {
            let mut indications = other.fact.qualifier(INDICATION).peekable();
            indications.peek().is_none() || indications.any(|indication| names(scene, fact, indication))
        }
    };
    house.only
        && fact.value == own.value
        && fact.qualifier(INDICATION).next().is_some()
        && own.qualifier(INDICATION).next().is_some()
        && is_about(house, fact, scene, INDICATION)
        && !scene.house.facts.iter().any(known)
}

/// The qualifier that `only` is about.
const INDICATION: &str = "indication";

/// True when a fact names the value of a qualifier, a kind of it or what it is a kind of.
fn names(scene: &Scene<'_>, fact: &Fact, own: &Qualifier) -> bool {
    let kind_of = |name: &str, of: &str| {
        let entries = scene.lexicon.named(name);
        entries
            .iter()
            .filter_map(|id| scene.lexicon.entry(*id))
            .any(|entry| entry.kind_of.iter().any(|kind| **kind == *of))
    };
    fact.qualifier(&own.name).any(|stated| {
        stated.value == own.value || kind_of(&stated.value, &own.value) || kind_of(&own.value, &stated.value)
    })
}

/// True when a house fact answers the same question: subject, attribute and every qualifier it declares but `except`.
fn is_about(house: &HouseFact, fact: &Fact, scene: &Scene<'_>, except: &str) -> bool {
    let declared = |qualifier: &Qualifier| {
        let name = qualifier.name.as_ref();
        let mut stated = fact.qualifier(name).peekable();
        if stated.peek().is_none() {
            let site = scene.setting.jurisdiction.as_deref();
            return scene.frames.is_usual(name, &qualifier.value)
                || (name == "jurisdiction" && site == Some(qualifier.value.as_ref()));
        }
        stated.any(|stated| stated.value == qualifier.value)
    };
    house.fact.attribute == fact.attribute
        && house.subjects.contains(&fact.subject)
        && fact.is_comparable()
        && fact.qualifier("study").next().is_none()
        && house.fact.qualifiers.iter().filter(|own| own.name.as_ref() != except).all(declared)
}

/// True when every value that the house has excludes what is written.
fn excludes(house: &HouseFact, fact: &Fact, frame: &Frame) -> bool {
    house.answers.iter().all(|(value, affirmed)| value_excludes(house, (value, *affirmed), fact, frame))
}

fn value_excludes(house: &HouseFact, (value, affirmed): (&Value, bool), fact: &Fact, frame: &Frame) -> bool {
    let apart = |accepted: &Interval, value: &Interval| accepted.relation(value, frame.slack) == Relation::Apart;
    match (value, &fact.value) {
        (Value::Interval(value), Value::Interval(written)) => {
            fact.polarity && apart(house.accept.as_ref().unwrap_or(value), written)
        }
        (Value::Class(value), Value::Class(written)) => {
            let alike = |class: &crate::fact::attribute::Class| {
                class.with.iter().any(|name| name == value.as_ref() || name == written.as_ref())
            };
            let known = |class: &&crate::fact::attribute::Class| class.name == **value || class.name == **written;
            let compatible = frame.record.class.iter().filter(known).any(alike);
            if value == written { !fact.polarity } else { fact.polarity && fact.hedge == 0 && !compatible }
        }
        (Value::Holds, Value::Holds) => fact.hedge == 0 && affirmed != fact.polarity,
        _ => false,
    }
}

/// True when a bound of a written range lies beyond what the house accepts, by more than 5 % of the accepted bound.
fn reaches_beyond(house: &HouseFact, fact: &Fact) -> bool {
    let (Some(accepted), Value::Interval(written)) = (&house.accept, &fact.value) else { return false };
    let above = accepted.high.zip(written.high).is_some_and(|(most, high)| high > most * 1.05);
    let below = accepted.low.zip(written.low).is_some_and(|(least, low)| low < least * 0.95);
    accepted.unit == written.unit && fact.polarity && (above || below)
}

fn side(role: &'static str, fact: &Fact) -> Side {
    Side { role, place: fact.place.clone(), value: fact.shown.clone() }
}

fn observation(frame: &Frame, fact: &Fact, other: &Fact, grade: Option<&'static str>) -> Observation {
    Observation {
        grade,
        span: fact.place.span,
        related: vec![side("other", other)],
        values: vec![
            ("attribute", frame.record.title.clone()),
            ("subject", fact.subject.to_string()),
            ("value", fact.shown.clone()),
            ("other", other.shown.clone()),
        ],
        fix: None,
    }
}
