//! Two sentences laid beside each other: what they share, what one has more, and the one thing that they tell apart.
//!
//! Takes lines of tokens; gives the difference, or nothing where the two cannot be laid side by side or differ in more
//! than one thing. What follows from that is the caller's.

use super::token::{Line, Token};
use crate::fact::Interval;
use crate::fact::value::{Relation, Slack};
use crate::grammar::quantity::{Bound, Quantity, QuantityKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// Sentences with more tokens are no statement of one thing.
const LONGEST: usize = 48;

/// Words that a sentence may have more than another of the same words: "does not".
const SMALL: usize = 2;

/// What two sentences tell apart. Numbers are places in the lists of their statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Nothing.
    None,
    /// A figure: the quantities.
    Figure(usize, usize),
    /// A word and its opposite: the words.
    Opposite(usize, usize),
    /// A negation that only the first has: its first word.
    DeniedHere(usize),
    /// A negation that only the second has.
    DeniedThere(usize),
}

/// How two sentences lie.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// What they tell apart.
    pub difference: Difference,
    /// Words that they share, small ones and the one that differs not counted.
    pub shared: usize,
    /// True when they differ in nothing else: no word moved, none more or less but for a small one or two.
    pub exact: bool,
    /// Words that only the first has, in front of what they share and behind it.
    pub only_here: Aside,
    /// The same of the second.
    pub only_there: Aside,
}

/// Words of one sentence around what it shares with another: none in the middle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// In front: up to the first word that is shared.
    pub front: Option<Range<usize>>,
    /// Behind: from the last word that is shared.
    pub back: Option<Range<usize>>,
}

impl Aside {
    /// True when the sentence has no more than a word or two in front that the other lacks.
    pub fn is_slight(&self) -> bool {
        self.back.is_none() && self.front.as_ref().is_none_or(|front| front.len() <= 2)
    }

    /// True when the sentence has nothing that the other lacks.
    pub const fn is_empty(&self) -> bool {
        self.front.is_none() && self.back.is_none()
    }
}

/// How two tokens lie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// They say the same.
    Same,
    /// They exclude each other.
    Apart,
    /// They are of one kind, and nothing can be said of them.
    Unlike,
    /// They have nothing in common.
    Never,
}

/// Lays two lines beside each other.
pub fn align(one: &Line<'_>, two: &Line<'_>) -> Option<Alignment> {
    let (here, there) = (one.told.tokens.as_slice(), two.told.tokens.as_slice());
    if here.is_empty() || there.is_empty() || here.len() > LONGEST || there.len() > LONGEST {
        return None;
    }
    let (mut pairs, turned) = pairs(one, two);
    if turned {
        pairs.sort_unstable();
    }
    let mut difference = Difference::None;
    let mut shared = 0;
    for (a, b) in &pairs {
        let (Some(a), Some(b)) = (here.get(*a), there.get(*b)) else { continue };
        match fit(one, two, a, b) {
            // a name of several words is as good as they are
            Fit::Same => shared += a.words.len().min(b.words.len()),
            Fit::Apart if difference == Difference::None => {
                difference = match (a.figure, b.figure) {
                    (Some(a), Some(b)) => Difference::Figure(a, b),
                    _ => Difference::Opposite(a.words.start, b.words.start),
                };
            }
            _ => return None,
        }
    }
    let denials = |line: &Line<'_>, used: &dyn Fn(&(usize, usize)) -> usize| {
        let words = pairs.iter().filter_map(|pair| line.told.tokens.get(used(pair))).map(|token| token.words.clone());
        let (first, last) = words.fold((usize::MAX, 0), |(a, b), one| (a.min(one.start), b.max(one.end)));
        // what is denied in front of the whole ("Nobody says that …") or behind it is another matter
        let before = line.told.tokens.iter().rev().find(|token| token.words.end <= first);
        let near = before.map_or(0, |token| token.words.end)..last;
        line.told.negations.iter().copied().filter(|at| near.contains(at)).collect::<Vec<_>>()
    };
    let denied = match (denials(one, &|pair| pair.0).as_slice(), denials(two, &|pair| pair.1).as_slice()) {
        ([], []) => Difference::None,
        ([at], []) => Difference::DeniedHere(*at),
        ([], [at]) => Difference::DeniedThere(*at),
        (a, b) if a.len() == b.len() => Difference::None,
        _ => return None,
    };
    let difference = match (difference, denied) {
        (Difference::None, denied) => denied,
        (one, Difference::None) => one,
        _ => return None,
    };
    // "swimming is allowed after a week", "you can swim after a week"
    let figure = matches!(difference, Difference::Figure(..));
    let aside = |tokens: &[Token], used: &mut dyn Iterator<Item = usize>| {
        let used: BTreeSet<usize> = used.collect();
        aside(tokens, &used, figure)
    };
    let only_here = aside(here, &mut pairs.iter().map(|(a, _)| *a))?;
    let only_there = aside(there, &mut pairs.iter().map(|(_, b)| *b))?;
    let lengths = one.statement.words.len().abs_diff(two.statement.words.len());
    let exact = !turned && only_here.is_empty() && only_there.is_empty() && lengths <= SMALL;
    Some(Alignment { difference, shared, exact, only_here, only_there })
}

/// The tokens that belong together: a longest common run, and where the rest of both is the same in another order
/// ("the liver breaks it down", "it is broken down by the liver"), that rest. True for such a turned sentence.
fn pairs(one: &Line<'_>, two: &Line<'_>) -> (Vec<(usize, usize)>, bool) {
    let (here, there) = (one.told.tokens.as_slice(), two.told.tokens.as_slice());
    let width = there.len() + 1;
    let mut best = vec![0_u16; (here.len() + 1) * width];
    let value = |best: &[u16], a: usize, b: usize| best.get(a * width + b).copied().unwrap_or_default();
    for (a, mine) in here.iter().enumerate().rev() {
        for (b, other) in there.iter().enumerate().rev() {
            let gain = match fit(one, two, mine, other) {
                Fit::Same => 4,
                Fit::Apart => 3,
                Fit::Unlike => 2,
                Fit::Never => 0,
            };
            let taken = if gain == 0 { 0 } else { gain + value(&best, a + 1, b + 1) };
            let left = taken.max(value(&best, a + 1, b)).max(value(&best, a, b + 1));
            if let Some(cell) = best.get_mut(a * width + b) {
                *cell = left;
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut found = Vec::new();
    while let (Some(mine), Some(other)) = (here.get(a), there.get(b)) {
        let now = value(&best, a, b);
        if now == value(&best, a + 1, b) {
            a += 1;
        } else if now == value(&best, a, b + 1) {
            b += 1;
        } else {
            debug_assert!(fit(one, two, mine, other) != Fit::Never);
            found.push((a, b));
            a += 1;
            b += 1;
        }
    }
    let rest = |count: usize, used: &dyn Fn(usize) -> bool| (0..count).filter(|at| !used(*at)).collect::<Vec<usize>>();
    let mine = rest(here.len(), &|at| found.iter().any(|(a, _)| *a == at));
    let theirs = rest(there.len(), &|at| found.iter().any(|(_, b)| *b == at));
    let keys = |tokens: &[Token], places: &[usize]| {
        let mut keys: Vec<(u64, usize)> =
            places.iter().filter_map(|at| tokens.get(*at).map(|token| (token.key, *at))).collect();
        keys.sort_unstable();
        keys
    };
    let (mine, theirs) = (keys(here, &mine), keys(there, &theirs));
    let turned = !mine.is_empty() && !theirs.is_empty();
    let (fewer, more) = if mine.len() <= theirs.len() { (&mine, &theirs) } else { (&theirs, &mine) };
    let mut partners = more.iter().peekable();
    let mut moved = Vec::new();
    for (key, place) in fewer {
        while partners.next_if(|other| other.0 < *key).is_some() {}
        moved.extend(partners.next_if(|other| other.0 == *key).map(|other| (*place, other.1)));
    }
    let turned = turned && moved.len() == fewer.len();
    if turned {
        let ordered = mine.len() <= theirs.len();
        found.extend(moved.into_iter().map(|(a, b)| if ordered { (a, b) } else { (b, a) }));
    }
    (found, turned)
}

fn fit(one: &Line<'_>, two: &Line<'_>, a: &Token, b: &Token) -> Fit {
    if let (Some(a), Some(b)) = (a.figure, b.figure) {
        let quantities = one.statement.quantities.get(a).zip(two.statement.quantities.get(b));
        return quantities.map_or(Fit::Never, |(a, b)| figures(a, b));
    }
    let same = |a: &Token, second: bool| {
        let (mine, theirs) = (&a.poles, &b.poles);
        mine.iter()
            .any(|pole| theirs.iter().any(|other| pole.pair == other.pair && (pole.second == other.second) == second))
    };
    if a.key == b.key && a.poles.is_empty() == b.poles.is_empty() || same(a, true) {
        Fit::Same
    } else if same(a, false) {
        Fit::Apart
    } else {
        Fit::Never
    }
}

/// How two figures lie.
fn figures(a: &Quantity, b: &Quantity) -> Fit {
    if a.kind != b.kind {
        return Fit::Never;
    }
    let equal = a.low.total_cmp(&b.low).is_eq() && a.high.total_cmp(&b.high).is_eq() && a.unit == b.unit;
    let loose = |bound: Bound| if bound == Bound::About { Bound::Exact } else { bound };
    if equal && loose(a.bound) == loose(b.bound) {
        return Fit::Same;
    }
    // what holds then and what holds at that age are two cases
    if matches!(a.kind, QuantityKind::Date | QuantityKind::Age) {
        return Fit::Unlike;
    }
    // where all else is the same, "at least two" and "at least four" are two rules
    let bare = |one: &Quantity| Interval::of(&Quantity { bound: Bound::Exact, ..one.clone() });
    let (one, two) =
        if loose(a.bound) == loose(b.bound) { (bare(a), bare(b)) } else { (Interval::of(a), Interval::of(b)) };
    match one.relation(&two, Slack::default()) {
        Relation::Apart | Relation::Overlap => Fit::Apart,
        _ => Fit::Unlike,
    }
}

/// What a line has beside the tokens that are used; nothing when there is some between them. `figure`: light tokens do not
/// count.
fn aside(tokens: &[Token], used: &BTreeSet<usize>, figure: bool) -> Option<Aside> {
    let (first, last) = (*used.first()?, *used.last()?);
    let is_light = |at: &usize| figure && tokens.get(*at).is_some_and(|token| token.light);
    let counts = |at: &usize| !used.contains(at) && !is_light(at);
    if (first..=last).any(|at| counts(&at)) {
        return None;
    }
    let words = |range: Range<usize>| {
        let mut inside = range.filter(counts).filter_map(|at| tokens.get(at)).peekable();
        let start = inside.peek()?.words.start;
        Some(start..inside.last()?.words.end)
    };
    Some(Aside { front: words(0..first), back: words(last + 1..tokens.len()) })
}
