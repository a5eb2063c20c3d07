//! Facts of many articles, grouped so that only comparable ones meet.
//!
//! Takes the facts of every article of a site; gives values that stand against the others. Costs n log n; keeps
//! facts and a hash a sentence, never text.

use super::frame::{Frame, Frames};
use super::value::Relation;
use super::{Fact, Value, clash};
use crate::document::Document;
use crate::finding::Place;
use crate::grammar::pattern::PatternId;
use crate::lexicon::Mixed;
use crate::source::Source;
use crate::statement::Statement;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

/// What a site keeps of one article.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Path as found.
    pub path: Arc<str>,
    /// Its facts, in source order.
    pub facts: Vec<Fact>,
    /// Hashes of its sentences, sorted, without repetition: two articles that share most of them are versions of one.
    pub sentences: Vec<u64>,
    /// Its first sentence, where what is said of the whole article shows; none in an empty one.
    pub opening: Option<Place>,
    /// What it settles and leaves open.
    pub claims: Vec<Claim>,
}

/// A question that an article settles or leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The first phrase of the rule that asks: claims of two rules never meet.
    pub asked_by: PatternId,
    /// What acts.
    pub subject: Arc<str>,
    /// On what, or what is asked.
    pub object: Arc<str>,
    /// True when `object` is the name of a question.
    pub asked: bool,
    /// True when it is settled, false when it is left open.
    pub settled: bool,
    /// True when a difference is no more than a query.
    pub mild: bool,
    /// Where it says so.
    pub place: Place,
}

impl Record {
    /// What a site keeps of an article that was read.
    pub fn new(source: &Source, document: &Document, statements: &[Statement], facts: Vec<Fact>) -> Self {
        let long = statements.iter().filter(|statement| statement.words.len() >= SENTENCE);
        let prose =
            |statement: &Statement| document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
        let mut sentences: Vec<u64> = long.map(|statement| hash(statement, prose(statement))).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let opening = statements.iter().find(|statement| !statement.words.is_empty());
        let opening = opening.map(|statement| {
            let span = statement.span_of(document, statement.range.clone());
            Place::of(source, span)
        });
        Self { path: Arc::clone(source.path()), facts, sentences, opening, claims: Vec::new() }
    }
}

impl Record {
    /// Everything that a finding about the article may point at.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let claims = self.claims.iter().map(|claim| &claim.place);
        self.facts.iter().map(|fact| &fact.place).chain(claims).chain(self.opening.as_ref())
    }
}

/// Sentences with fewer words stand in many articles and say nothing of versions.
const SENTENCE: usize = 8;

/// A number for the words of a sentence as written. `prose`: of its block.
fn hash(statement: &Statement, prose: &str) -> u64 {
    let mut hash = Mixed::default().build_hasher();
    statement.words.iter().filter_map(|word| prose.get(word.range.clone())).for_each(|word| word.hash(&mut hash));
    hash.finish()
}

/// The articles that are compared with each other: those under one `claimlint.toml`, or of one run without any.
#[derive(Clone)]
pub struct Site<'a> {
    /// Its articles, in order of path.
    pub records: &'a [Record],
    /// The frames that facts were read by.
    pub frames: &'a Frames,
    /// True under a `claimlint.toml`.
    pub configured: bool,
    /// Pairs of articles that share most of their sentences, smaller index first.
    pub versions: BTreeSet<(usize, usize)>,
}

impl<'a> Site<'a> {
    /// Of articles in order of path.
    pub fn new(records: &'a [Record], frames: &'a Frames, configured: bool) -> Self {
        Self { records, frames, configured, versions: versions(records) }
    }
}

/// A fact of one article that stands against others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// The article and its fact.
    pub fact: (usize, usize),
    /// Articles and facts that it excludes, best first; at most [`Outlier::OTHERS`].
    pub others: Vec<(usize, usize)>,
    /// The grade of the comparison with the first of them.
    pub grade: Option<&'static str>,
}

impl Outlier {
    /// How many of the others are named.
    pub const OTHERS: usize = 5;
}

/// Attribute, subject and the stated qualifiers that must not differ.
type Key<'a> = (&'a str, &'a str, String);

/// Facts across a site whose values exclude each other.
pub fn conflicts(site: &Site<'_>) -> Vec<Outlier> {
    let mut groups: BTreeMap<Key<'_>, Vec<(usize, usize)>> = BTreeMap::new();
    for (article, record) in site.records.iter().enumerate() {
        for (index, fact) in record.facts.iter().enumerate() {
            let Some(frame) = site.frames.named(&fact.attribute) else { continue };
            if !fact.named || !fact.is_comparable() {
                continue;
            }
            let key = partition(fact, frame, site.frames);
            groups.entry((&fact.attribute, &fact.subject, key)).or_default().push((article, index));
        }
    }
    let mut found: Vec<Outlier> = Vec::new();
    for ((attribute, ..), members) in groups {
        if members.len() > 1
            && let Some(frame) = site.frames.named(attribute)
        {
            sweep(site, frame, &members, &mut found);
        }
    }
    found.sort_by(|a, b| a.fact.cmp(&b.fact).then_with(|| a.others.cmp(&b.others)));
    let mut said = HashSet::new();
    found.retain(|outlier| said.insert(outlier.fact));
    found
}

/// The stated qualifiers that must not differ, as one key.
fn partition(fact: &Fact, frame: &Frame, frames: &Frames) -> String {
    let mut key = String::new();
    for name in &frame.record.same {
        for qualifier in fact.qualifier(name).filter(|one| !frames.is_usual(name, &one.value)) {
            key.push_str(name);
            key.push('=');
            key.push_str(&qualifier.value);
            key.push(';');
        }
    }
    if let Value::Interval(interval) = &fact.value {
        key.push_str(interval.unit.as_deref().unwrap_or_default());
    }
    key
}

/// Finds the values of one group that stand against the value most articles agree with.
fn sweep(site: &Site<'_>, frame: &Frame, members: &[(usize, usize)], found: &mut Vec<Outlier>) {
    let fact = |place: &(usize, usize)| site.records.get(place.0).and_then(|record| record.facts.get(place.1));
    let agree = agreement(frame, members.iter().filter_map(fact));
    let mut order: Vec<usize> = (0..members.len()).collect();
    let rank = |index: &usize| agree.get(*index).copied().unwrap_or_default();
    order.sort_by(|a, b| rank(b).cmp(&rank(a)).then_with(|| a.cmp(b)));
    // the value that most agree with, and what agrees with it, stand for the site
    let Some(champion) = order.first().and_then(|index| members.get(*index)) else { return };
    let Some(best) = fact(champion) else { return };
    let (mut majority, mut against) = (Vec::new(), Vec::new());
    for place in order.iter().filter_map(|index| members.get(*index)) {
        let Some(other) = fact(place) else { continue };
        if values_clash(frame, best, other) {
            against.push(*place);
        } else {
            majority.push(*place);
        }
    }
    for outlier in against {
        let Some(mine) = fact(&outlier) else { continue };
        let mut others = Vec::new();
        let mut grade = None;
        // the best few are enough: a fact that excludes none of them is left alone
        for place in majority.iter().take(64) {
            if others.len() == Outlier::OTHERS {
                break;
            }
            let pair = (place.0.min(outlier.0), place.0.max(outlier.0));
            if place.0 == outlier.0 || site.versions.contains(&pair) {
                continue;
            }
            let Some(other) = fact(place) else { continue };
            if let Some(clash) = clash(other, mine, site.frames, true) {
                if others.is_empty() {
                    grade = clash.grade;
                }
                if clash.grade == grade {
                    others.push(*place);
                }
            }
        }
        if let Some(first) = others.first().copied() {
            // one against one: the path that sorts last is the place of the finding
            if others.len() == 1 && first > outlier && majority.len() == 1 {
                found.push(Outlier { fact: first, others: vec![outlier], grade });
            } else {
                found.push(Outlier { fact: outlier, others, grade });
            }
        }
    }
}

fn values_clash(frame: &Frame, a: &Fact, b: &Fact) -> bool {
    match (&a.value, &b.value) {
        (Value::Interval(x), Value::Interval(y)) => {
            matches!(x.relation(y, frame.slack), Relation::Apart | Relation::Maxima)
        }
        (Value::Class(x), Value::Class(y)) => {
            if x == y {
                a.polarity != b.polarity
            } else {
                a.polarity && b.polarity
            }
        }
        (Value::Holds, Value::Holds) => a.polarity != b.polarity,
        _ => false,
    }
}

/// With how many of the facts each agrees, by counting those that lie wholly below or above it.
fn agreement<'a>(frame: &Frame, facts: impl Iterator<Item = &'a Fact>) -> Vec<usize> {
    let facts: Vec<&Fact> = facts.collect();
    let mut classes: HashMap<(&str, bool), usize> = HashMap::new();
    let mut lows = Vec::new();
    let mut highs = Vec::new();
    for fact in &facts {
        match &fact.value {
            Value::Class(class) => *classes.entry((class, fact.polarity)).or_default() += 1,
            Value::Interval(interval) => {
                lows.push(interval.low.unwrap_or(f64::NEG_INFINITY));
                highs.push(interval.high.unwrap_or(f64::INFINITY));
            }
            Value::Holds => *classes.entry(("", fact.polarity)).or_default() += 1,
        }
    }
    lows.sort_by(f64::total_cmp);
    highs.sort_by(f64::total_cmp);
    let share = 1.0 + frame.slack.share;
    let count = |fact: &&Fact| match &fact.value {
        Value::Class(class) => classes.get(&(class.as_ref(), fact.polarity)).copied().unwrap_or_default(),
        Value::Interval(interval) => {
            let low = interval.low.unwrap_or(f64::NEG_INFINITY);
            let high = interval.high.unwrap_or(f64::INFINITY);
            let below = highs.partition_point(|other| other * share < low);
            let above = lows.len() - lows.partition_point(|other| *other <= high * share);
            lows.len().saturating_sub(below + above)
        }
        Value::Holds => classes.get(&("", fact.polarity)).copied().unwrap_or_default(),
    };
    facts.iter().map(count).collect()
}

fn versions(records: &[Record]) -> BTreeSet<(usize, usize)> {
    // a sentence that many articles share is boilerplate and makes no two of them versions
    const COMMON: usize = 8;
    let articles = records.iter().enumerate();
    let mut sentences: Vec<(u64, usize)> = articles
        .flat_map(|(article, record)| record.sentences.iter().map(move |sentence| (*sentence, article)))
        .collect();
    sentences.sort_unstable();
    let holders = sentences.chunk_by(|one, two| one.0 == two.0).filter(|holders| (2..=COMMON).contains(&holders.len()));
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    for articles in holders {
        for (n, (_, first)) in articles.iter().enumerate() {
            for (_, second) in articles.iter().skip(n + 1) {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let length = |article: usize| records.get(article).map_or(0, |record| record.sentences.len());
    let most = |(pair, count): (&(usize, usize), &usize)| {
        let shorter = length(pair.0).min(length(pair.1));
        (*count >= 3 && *count * 2 > shorter).then_some(*pair)
    };
    shared.iter().filter_map(most).collect()
}
