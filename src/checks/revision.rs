//! What changed between two versions of an article while its source did not: figures, negations, certainty.
//!
//! Takes the old and the new article, aligned sentence by sentence. A change of source, a note that tells the change,
//! another spelling and a converted unit explain it. Grade: `negation`.

mod align;
mod evidence;
mod figure;
mod note;

use super::phrase::found;
use super::{Article, Mechanism, Observation, Phrase, Scene, Side};
use crate::document::BlockKind;
use crate::finding::Place;
use crate::grammar::quantity::QuantityKind;
use crate::source::Span;
use crate::statement::{Mode, Statement};
use align::{Line, Part, Token};
use evidence::Evidence;
use note::Notes;
use serde::Deserialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashSet;
use std::ops::Range;

/// What a rule looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Figures, units, signs of comparison and negations.
    #[default]
    Figures,
    /// Hedges that were dropped.
    Certainty,
}

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Revision {
    /// What is looked for.
    pub of: Of,
    /// Sentences that are left alone ("last reviewed").
    pub except: Vec<Phrase>,
    /// Kinds of figures that may change freely where no source stands.
    pub only_cited: Vec<QuantityKind>,
    /// Beginnings of words that mark a note about a change ("correct").
    pub notes: Vec<String>,
}

/// Two versions of an article, aligned.
pub struct Revised<'a> {
    /// The earlier version.
    pub old: &'a Article<'a>,
    /// The version at hand.
    pub new: &'a Article<'a>,
    lines: (Vec<Line>, Vec<Line>),
    pairs: Vec<(usize, usize)>,
}

impl<'a> Revised<'a> {
    /// Finds the sentences of the old version again in the new one.
    pub fn new(old: &'a Article<'a>, new: &'a Article<'a>) -> Self {
        let lines = (align::lines(old), align::lines(new));
        let pairs = align::pairs(&lines.0, &lines.1);
        Self { old, new, lines, pairs }
    }

    /// How many sentences of the new version were found in the old one.
    pub fn aligned(&self) -> usize {
        self.pairs.len()
    }

    fn pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        self.pairs.iter().filter_map(|(old, new)| {
            let side = |article: &'a Article<'a>, line: Option<&'_ Line>| {
                article.statements.get(line?.statement).map(|statement| (article, statement))
            };
            let (one, two) = (self.lines.0.get(*old), self.lines.1.get(*new));
            let (before, after) = (side(self.old, one)?, side(self.new, two)?);
            Some(Pair { old: before, new: after, tokens: (&one?.tokens, &two?.tokens) })
        })
    }

    fn notes(&self, cues: &[String]) -> Notes {
        let new = self.pairs.iter().filter_map(|(_, new)| self.lines.1.get(*new));
        let known: HashSet<usize> = new.map(|line| line.statement).collect();
        Notes::new(self.old, self.new, &known, cues)
    }
}

/// One statement in both versions.
struct Pair<'v> {
    old: (&'v Article<'v>, &'v Statement),
    new: (&'v Article<'v>, &'v Statement),
    tokens: (&'v [Token], &'v [Token]),
}

/// A change: where in the old and in the new statement (bytes of their prose), and of which grade.
struct Change {
    grade: Option<&'static str>,
    /// Of a figure, its kind.
    kind: Option<QuantityKind>,
    old: Range<usize>,
    new: Range<usize>,
}

impl Pair<'_> {
    fn part<'t>(article: &'t Article<'_>, statement: &'t Statement, range: &Range<usize>) -> &'t str {
        statement.prose(&article.document, range.clone())
    }

    fn ops(&self) -> Vec<DiffOp> {
        let texts = |tokens: &[Token]| -> Vec<String> { tokens.iter().map(|token| token.text.clone()).collect() };
        capture_diff_slices(Algorithm::Myers, &texts(self.tokens.0), &texts(self.tokens.1))
    }

    /// Figures at the same place of both statements that differ.
    fn figures(&self) -> Vec<Change> {
        let mut found = Vec::new();
        let mut dated = false;
        for op in self.ops() {
            let DiffOp::Equal { old_index, new_index, len } = op else { continue };
            for step in 0..len {
                let (one, two) = (old_index + step, new_index + step);
                let parts = self.tokens.0.get(one).zip(self.tokens.1.get(two)).map(|(one, two)| (one.part, two.part));
                let Some(parts) = parts else { continue };
                // a figure is the same figure only beside the same words
                let last = one + 1 == self.tokens.0.len() && two + 1 == self.tokens.1.len();
                if step == 0 && one + two > 0 && step + 1 == len && !last {
                    continue;
                }
                if let Some((change, date)) = self.figure(parts) {
                    dated |= date;
                    found.push(change);
                }
            }
        }
        // a later date with other figures is news
        if dated && found.len() > 1 { Vec::new() } else { found }
    }

    fn figure(&self, parts: (Part, Part)) -> Option<(Change, bool)> {
        let ((before, old), (after, new)) = (self.old, self.new);
        match parts {
            (Part::Quantity(one), Part::Quantity(two)) => {
                let (one, two) = (old.quantities.get(one)?, new.quantities.get(two)?);
                let numbers = (Self::part(before, old, &one.number), Self::part(after, new, &two.number));
                let change =
                    Change { grade: None, kind: Some(one.kind), old: one.range.clone(), new: two.range.clone() };
                figure::differ(one, two, numbers.0, numbers.1).then_some((change, one.kind == QuantityKind::Date))
            }
            (Part::Statistic(one), Part::Statistic(two)) => {
                let (one, two) = (old.statistics.get(one)?, new.statistics.get(two)?);
                let p = |one: &crate::grammar::statistic::Statistic| one.p.as_ref().map(|p| (p.relation, p.value));
                let same = one.value == two.value && one.df == two.df && p(one) == p(two);
                (!same).then(|| {
                    (Change { grade: None, kind: None, old: one.range.clone(), new: two.range.clone() }, false)
                })
            }
            _ => None,
        }
    }

    /// A negation that came or went while the other words stayed.
    fn negation(&self) -> Option<Change> {
        let count = |tokens: &[Token]| tokens.iter().filter(|token| token.part == Part::Negation).count();
        let one_more = count(self.tokens.0).abs_diff(count(self.tokens.1)) == 1
            && self.old.1.negations.len() != self.new.1.negations.len();
        (one_more && self.strange(&[Part::Word, Part::Hedge]) == 0).then(|| self.whole(Some("negation")))
    }

    /// A hedge that went while the other words stayed.
    fn certainty(&self) -> Option<Change> {
        let told = |statement: &Statement| matches!(statement.mode, Mode::Assert | Mode::Conditional);
        let falls = self.new.1.hedge < self.old.1.hedge && told(self.old.1) && told(self.new.1);
        (falls && self.strange(&[Part::Word]) <= REWORDED).then(|| self.whole(None))
    }

    /// Words of these parts, but for short ones, that only one version has.
    fn strange(&self, parts: &[Part]) -> usize {
        let words = |tokens: &[Token]| -> HashSet<String> {
            let long = |token: &&Token| parts.contains(&token.part) && token.text.chars().count() > SHORT;
            tokens.iter().filter(long).map(|token| token.text.clone()).collect()
        };
        let (one, two) = (words(self.tokens.0), words(self.tokens.1));
        one.symmetric_difference(&two).count()
    }

    fn whole(&self, grade: Option<&'static str>) -> Change {
        Change { grade, kind: None, old: self.old.1.range.clone(), new: self.new.1.range.clone() }
    }
}

/// Words up to this length ("do", "are", "can") may come and go with a negation or a hedge.
const SHORT: usize = 4;

/// Words that may differ when a hedge is dropped ("help relieve", "relieves").
const REWORDED: usize = 3;

impl Mechanism for Revision {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.except.iter_mut().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["negation"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["value", "other"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["old"]
    }

    fn observe(&self, _scene: &Scene<'_>, _seen: &mut Vec<Observation>) {}

    fn observe_revision(&self, revised: &Revised<'_>, seen: &mut Vec<Observation>) {
        let notes = revised.notes(&self.notes);
        for pair in revised.pairs() {
            let left = |statement: &Statement| found(statement, &self.except).next().is_some();
            if left(pair.old.1) || left(pair.new.1) || is_heading(pair.new.0, pair.new.1) {
                continue;
            }
            let changes: Vec<Change> = match self.of {
                Of::Figures => pair.figures().into_iter().chain(pair.negation()).collect(),
                Of::Certainty => pair.certainty().into_iter().collect(),
            };
            if changes.is_empty() {
                continue;
            }
            let evidence = Evidence::between(pair.old, pair.new);
            // a price that rests on nothing is the house's own, and may change
            let free = |change: &Change| {
                evidence == Evidence::Nowhere && change.kind.is_some_and(|kind| self.only_cited.contains(&kind))
            };
            let explained = match evidence {
                Evidence::Same | Evidence::Nowhere => false,
                Evidence::Removed => self.of == Of::Figures,
                Evidence::Changed => true,
            };
            if !explained {
                let new = changes
                    .into_iter()
                    .filter(|change| !free(change))
                    .filter_map(|change| observation(&pair, change, &notes));
                seen.extend(new);
            }
        }
    }
}

fn is_heading(article: &Article<'_>, statement: &Statement) -> bool {
    article.document.blocks.get(statement.block).is_some_and(|block| block.kind == BlockKind::Heading)
}

/// The observation of a change, unless a note names it.
fn observation(pair: &Pair<'_>, change: Change, notes: &Notes) -> Option<Observation> {
    let ((before, old), (after, new)) = (pair.old, pair.new);
    let (was, is) = (Pair::part(before, old, &change.old), Pair::part(after, new, &change.new));
    let whole = change.new == new.range;
    let figures = if whole { ["", ""] } else { [was, is] };
    if notes.name(new.text(&after.document), figures) {
        return None;
    }
    let span = |article: &Article<'_>, statement: &Statement, range: &Range<usize>| -> Span {
        statement.span_of(&article.document, range.clone())
    };
    let place = Place::of(before.source, span(before, old, &change.old));
    Some(Observation {
        grade: change.grade,
        span: span(after, new, &change.new),
        values: vec![("value", is.to_owned()), ("other", was.to_owned())],
        related: vec![Side { role: "old", place, value: was.to_owned() }],
        fix: None,
    })
}
