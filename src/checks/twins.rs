//! Near twins: sentences of one article that say the same of the same but for one figure, one "not" or one opposite.
//!
//! Takes statements; gives pairs that no frame need know. Sentences are brought together by pairs of neighbouring words
//! with figures and opposites masked, in buckets with a cap, so that cost grows with the article; then two are laid side
//! by side (`align`), and what they stand under must not tell them apart (`case`). What cannot be laid so is left alone.

mod align;
mod case;
mod token;

use super::{Observation, Scene, Side};
use crate::document::{BlockId, BlockKind};
use crate::fact::frame::Role;
use crate::finding::Place;
use crate::lexicon::fold;
use crate::source::Span;
use crate::statement::{Mode, Statement};
use align::{Alignment, Difference};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use token::{Line, Told};

/// Words that a sentence needs to be known again.
const LEAST: usize = 6;
/// Words of the longest sentence that is laid beside others; more have too many tokens to be.
const MOST: usize = 160;

/// Words with which it counts as a sentence without a full stop.
const WHOLE: usize = 9;

/// Words that two sentences must share beside the one that differs: of two whole sentences, and of one that says more.
const SHARED: usize = 3;
const SHARED_IN_PART: usize = 4;

/// Sentences with one pair of neighbouring words: a pair that more have is what the article is about.
const COMMON: usize = 12;

/// Sentences that one is laid beside: those that share most.
const REACH: usize = 6;

/// Hedges that say how often, not how surely.
const USUAL: &str = "twin-usual";

/// The grade of sentences that say nearly the same, and of those with the same words.
const NEAR: &str = "twin";
const SAME: &str = "same-words";

/// What twins may differ in to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differing {
    /// A figure.
    Figure,
    /// A negation or an opposite.
    Polarity,
}

/// Two lines that were laid side by side.
#[derive(Debug)]
struct Pair {
    earlier: usize,
    later: usize,
    found: Alignment,
}

/// The sentences of one article laid side by side, once for all rules.
#[derive(Debug, Default)]
pub struct Twins(OnceCell<Read>);

#[derive(Debug)]
struct Read {
    /// Places of the sentences among the statements, and what they say.
    told: Vec<(usize, Rc<Told>)>,
    pairs: Vec<Pair>,
}

impl Twins {
    fn read(&self, scene: &Scene<'_>) -> &Read {
        self.0.get_or_init(|| {
            let all = scene.article.statements.iter().enumerate();
            let whole = all.filter(|(_, statement)| is_told(scene, statement));
            let lines: Vec<Line<'_>> = whole.map(|(index, statement)| Line::new(scene, statement, index)).collect();
            let pairs = pairs(&lines);
            Read { told: lines.into_iter().map(|line| (line.index, line.told)).collect(), pairs }
        })
    }
}

/// Pairs of the article; those that `seen` has already are left out.
pub fn twins(scene: &Scene<'_>, differing: Differing, seen: &[Observation]) -> Vec<Observation> {
    let Read { told: sentences, pairs } = scene.twins.read(scene);
    // in most articles no two sentences are like each other
    let is_figure = |pair: &Pair| matches!(pair.found.difference, Difference::Figure(..));
    if !pairs.iter().any(|pair| is_figure(pair) == (differing == Differing::Figure)) {
        return Vec::new();
    }
    let line = |(index, told): &(usize, Rc<Told>)| {
        let statement = scene.article.statements.get(*index)?;
        Some(Line { statement, index: *index, told: Rc::clone(told) })
    };
    let lines: Vec<Line<'_>> = sentences.iter().filter_map(line).collect();
    let mut found: BTreeMap<usize, Observation> = BTreeMap::new();
    let taken = Taken::new(seen);
    for pair in told(scene, &lines, pairs, differing) {
        let (Some(earlier), Some(later)) = (lines.get(pair.earlier), lines.get(pair.later)) else { continue };
        let (there, here) = spans(scene, earlier, later, pair.found.difference);
        if taken.touch(here) || taken.touch(there) {
            continue;
        }
        let grade = if pair.found.exact { SAME } else { NEAR };
        found.entry(pair.later).or_insert_with(|| observation(scene, grade, there, here));
    }
    found.into_values().collect()
}

/// What was seen already, in order of where it begins, each with the farthest end so far.
struct Taken(Vec<(usize, usize)>);

impl Taken {
    fn new(seen: &[Observation]) -> Self {
        let mut spans: Vec<(usize, usize)> = seen.iter().map(|one| (one.span.start, one.span.end)).collect();
        spans.sort_unstable();
        let mut farthest = 0;
        for (_, end) in &mut spans {
            farthest = farthest.max(*end);
            *end = farthest;
        }
        Self(spans)
    }

    /// True when something was seen in a span.
    fn touch(&self, span: Span) -> bool {
        let begun = self.0.partition_point(|(start, _)| *start < span.end);
        begun.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|(_, end)| *end > span.start)
    }
}

/// True for a whole sentence of the text that says something of its own.
fn is_told(scene: &Scene<'_>, statement: &Statement) -> bool {
    let block = scene.article.document.blocks.get(statement.block);
    let prose =
        block.is_some_and(|block| block.is_article() && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item));
    let says = matches!(statement.mode, Mode::Assert | Mode::Imperative | Mode::Conditional) && statement.hedge < 2;
    // names with a number ("type 1") stand in lists, not in sentences
    let whole = || {
        let text = statement.text(&scene.article.document).trim_end();
        let long = statement.words.len() >= WHOLE && text.ends_with(char::is_alphanumeric);
        text.ends_with(['.', '!']) || long && block.is_some_and(|block| block.kind == BlockKind::Paragraph)
    };
    prose
        && says
        && (LEAST..=MOST).contains(&statement.words.len())
        && whole()
        && !case::has_role(scene, statement, Role::Apart)
}

/// Lines that share words, laid side by side.
fn pairs(lines: &[Line<'_>]) -> Vec<Pair> {
    let mut shingles: Vec<((u64, u64), usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let neighbours = line.told.tokens.windows(2).filter_map(|two| Some((two.first()?.mask(), two.get(1)?.mask())));
        shingles.extend(neighbours.map(|shingle| (shingle, at)));
    }
    shingles.sort_unstable();
    shingles.dedup();
    let mut met: Vec<(usize, usize)> = Vec::new();
    for same in shingles.chunk_by(|one, two| one.0 == two.0) {
        for (nth, (_, later)) in same.iter().enumerate().take(COMMON) {
            met.extend(same.iter().take(nth).map(|(_, earlier)| (*later, *earlier)));
        }
    }
    met.sort_unstable();
    let mut pairs = Vec::new();
    for met in met.chunk_by(|one, two| one.0 == two.0) {
        let Some((later, line)) = met.first().and_then(|(later, _)| Some((*later, lines.get(*later)?))) else {
            continue;
        };
        let likely = |same: &[(usize, usize)]| {
            let (_, earlier) = *same.first()?;
            let other = lines.get(earlier)?;
            (other.shares(line) * 3 >= other.told.tokens.len().min(line.told.tokens.len()) * 2)
                .then_some((same.len(), earlier))
        };
        let mut best: Vec<(usize, usize)> = met.chunk_by(|one, two| one == two).filter_map(likely).collect();
        best.sort_unstable_by_key(|(shared, earlier)| (std::cmp::Reverse(*shared), *earlier));
        for (_, earlier) in best.into_iter().take(REACH) {
            let found = lines.get(earlier).and_then(|other| align::align(other, line));
            pairs.extend(found.map(|found| Pair { earlier, later, found }));
        }
    }
    pairs
}

/// The pairs that exclude each other and speak of one case.
fn told<'p>(scene: &Scene<'_>, lines: &[Line<'_>], pairs: &'p [Pair], differing: Differing) -> Vec<&'p Pair> {
    let line = |at: usize| lines.get(at);
    let both = |pair: &Pair| line(pair.earlier).zip(line(pair.later));
    let enough = |pair: &&Pair| {
        // conditions are one only where they are word for word
        let bound = |at: usize| line(at).is_none_or(|line| line.statement.mode == Mode::Conditional);
        if !pair.found.exact && (bound(pair.earlier) || bound(pair.later)) {
            return false;
        }
        let whole = pair.found.only_here.is_slight() && pair.found.only_there.is_slight();
        pair.found.shared >= if whole { SHARED } else { SHARED_IN_PART }
    };
    // two sections of which most sentences are twins are written to one pattern
    let sections = |pair: &Pair| {
        let heading =
            |line: &Line<'_>| scene.article.document.blocks.get(line.statement.block).and_then(|block| block.heading);
        both(pair).map(|(one, two)| (heading(one), heading(two))).filter(|(one, two)| one != two)
    };
    let mut parallel: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for pair in pairs.iter().filter(enough) {
        if let Some(sections) = sections(pair) {
            parallel.entry(sections).or_default().insert(pair.later);
        }
    }
    let mut lengths: BTreeMap<Option<BlockId>, usize> = BTreeMap::new();
    for line in lines {
        let heading = scene.article.document.blocks.get(line.statement.block).and_then(|block| block.heading);
        *lengths.entry(heading).or_default() += 1;
    }
    let length = |heading: &Option<BlockId>| lengths.get(heading).copied().unwrap_or_default();
    let patterned = |pair: &Pair| {
        sections(pair).is_some_and(|key| {
            let twins = parallel.get(&key).map_or(0, BTreeSet::len);
            twins > 1 && twins * 2 > length(&key.0).max(length(&key.1))
        })
    };
    let excludes = |pair: &&Pair| match pair.found.difference {
        Difference::Figure(..) => differing == Differing::Figure,
        Difference::None => false,
        difference => {
            differing == Differing::Polarity
                && both(pair).is_some_and(|(one, two)| is_flat_denial(scene, one, two, difference))
        }
    };
    let mut kept: Vec<&Pair> = pairs.iter().filter(enough).filter(excludes).collect();
    // one sentence with three values is a series, one of three against two that agree is none
    let mut partners: BTreeMap<usize, usize> = BTreeMap::new();
    for pair in &kept {
        *partners.entry(pair.earlier).or_default() += 1;
        *partners.entry(pair.later).or_default() += 1;
    }
    let series = |at: &usize| partners.get(at).is_some_and(|count| *count > 1);
    let whole = case::Whole::new(scene);
    kept.retain(|pair| {
        // "Raises …" under one heading and "Lowers …" under another are said of what these name
        let headless = matches!(pair.found.difference, Difference::Opposite(0, 0)) && sections(pair).is_some();
        let listed = series(&pair.earlier) && series(&pair.later) || patterned(pair) || headless;
        !listed && both(pair).is_some_and(|(one, two)| case::is_same_case(scene, &whole, one, two, &pair.found))
    });
    kept
}

/// True when two sentences that differ in a negation or an opposite are meant flatly, and the word that differs is what
/// they say, not part of what they say it of.
fn is_flat_denial(scene: &Scene<'_>, one: &Line<'_>, two: &Line<'_>, difference: Difference) -> bool {
    // neither "usually" nor "can" is a doubt beside a denial
    let sure = |line: &Line<'_>| {
        let written = |at: usize| {
            let bytes = line.statement.bytes_of(at..at + 1);
            fold(line.statement.prose(&scene.article.document, bytes)).into_owned()
        };
        line.statement.hedges.iter().all(|hedge| scene.lexicon.words(USUAL).contains(&written(hedge.words.start)))
    };
    let flat = sure(one) && sure(two);
    flat && match difference {
        Difference::DeniedHere(at) => !Line::is_restricted(scene, one.statement, at),
        Difference::DeniedThere(at) => !Line::is_restricted(scene, two.statement, at),
        _ => true,
    }
}

/// Where two lines differ: the figures or words, else the whole sentences.
fn spans(scene: &Scene<'_>, one: &Line<'_>, two: &Line<'_>, difference: Difference) -> (Span, Span) {
    let document = &scene.article.document;
    let figure = |line: &Line<'_>, at: usize| {
        let range = line.statement.quantities.get(at).map_or(line.statement.range.clone(), |one| one.range.clone());
        line.statement.span_of(document, range)
    };
    let word = |line: &Line<'_>, at: usize| line.statement.span_of(document, line.statement.bytes_of(at..at + 1));
    match difference {
        Difference::Figure(a, b) => (figure(one, a), figure(two, b)),
        Difference::Opposite(a, b) => (word(one, a), word(two, b)),
        _ => {
            let whole = |line: &Line<'_>| line.statement.span_of(document, line.statement.range.clone());
            (whole(one), whole(two))
        }
    }
}

fn observation(scene: &Scene<'_>, grade: &'static str, there: Span, here: Span) -> Observation {
    let source = scene.article.source;
    let written = |span: Span| source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let place = Place::of(source, there);
    Observation {
        grade: Some(grade),
        span: here,
        values: vec![
            ("attribute", "the figure".to_owned()),
            ("subject", "the sentence".to_owned()),
            ("value", written(here)),
            ("other", written(there)),
        ],
        related: vec![Side { role: "other", value: written(there), place }],
        fix: None,
    }
}
