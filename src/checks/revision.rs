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
use crate::document::{BlockKind, Document};
use crate::finding::Place;
use crate::grammar::quantity::QuantityKind;
use crate::lexicon::{Lexicon, Pole};
use crate::source::{Source, Span};
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

/// Statements with the blocks that they stand in: the text of an article, or what the page says of itself.
#[derive(Clone, Copy)]
struct Text<'a> {
    document: &'a Document,
    statements: &'a [Statement],
    source: &'a Source,
}

impl<'a> Text<'a> {
    fn of(article: &'a Article<'a>) -> Self {
        Self { document: &article.document, statements: &article.statements, source: article.source }
    }

    fn front(article: &'a Article<'a>) -> Self {
        Self { document: &article.front.document, statements: &article.front.statements, source: article.source }
    }
}

/// Two versions of a text, aligned.
struct Aligned<'a> {
    old: Text<'a>,
    new: Text<'a>,
    lines: (Vec<Line>, Vec<Line>),
    /// Sentences that were found again.
    pairs: Vec<(usize, usize)>,
    /// Sentences of which one is part of the other.
    parts: Vec<(usize, usize)>,
}

impl<'a> Aligned<'a> {
    fn new(old: Text<'a>, new: Text<'a>, lines: (Vec<Line>, Vec<Line>)) -> Self {
        let pairs = align::pairs(&lines.0, &lines.1);
        let parts = align::parts(&lines.0, &lines.1, &pairs);
        Self { old, new, lines, pairs, parts }
    }

    fn pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        let whole = self.pairs.iter().map(|pair| (pair, true));
        whole.chain(self.parts.iter().map(|pair| (pair, false))).filter_map(|((old, new), whole)| {
            let side = |text: Text<'a>, line: &Line| text.statements.get(line.statement).map(|one| (text, one));
            let (one, two) = (self.lines.0.get(*old)?, self.lines.1.get(*new)?);
            let (before, after) = (side(self.old, one)?, side(self.new, two)?);
            let (one, two) = (one.tokens.as_slice(), two.tokens.as_slice());
            let tokens = match () {
                () if whole => (one, two),
                () if one.len() > two.len() => (align::stretch(one, two), two),
                () => (one, align::stretch(two, one)),
            };
            Some(Pair { old: before, new: after, tokens, whole })
        })
    }
}

/// Two versions of an article, aligned.
pub struct Revised<'a> {
    old: &'a Article<'a>,
    new: &'a Article<'a>,
    text: Aligned<'a>,
    front: Aligned<'a>,
}

impl<'a> Revised<'a> {
    /// Finds the sentences of the old version again in the new one.
    pub fn new(old: &'a Article<'a>, new: &'a Article<'a>, lexicon: &Lexicon) -> Self {
        let kin = lexicon.kin();
        let (one, two) = (Text::of(old), Text::of(new));
        let text = Aligned::new(one, two, (align::lines(one, kin), align::lines(two, kin)));
        // what the text has too is compared there
        let own = |article: &'a Article<'a>| {
            let front = Text::front(article);
            let mut lines = align::lines(front, kin);
            lines.retain(|line| {
                let block = front.statements.get(line.statement).and_then(|one| front.document.blocks.get(one.block));
                block.is_some_and(|block| !article.document.blocks.iter().any(|other| other.span.overlaps(block.span)))
            });
            lines
        };
        let front = Aligned::new(Text::front(old), Text::front(new), (own(old), own(new)));
        Self { old, new, text, front }
    }

    /// How many sentences of the new version were found in the old one.
    pub fn aligned(&self) -> usize {
        self.text.pairs.len()
    }

    fn notes(&self, cues: &[String]) -> Notes {
        let new = self.text.pairs.iter().chain(&self.text.parts).filter_map(|(_, new)| self.text.lines.1.get(*new));
        let known: HashSet<usize> = new.map(|line| line.statement).collect();
        Notes::new(self.old, self.new, &known, cues)
    }
}

/// One statement in both versions.
struct Pair<'v> {
    old: (Text<'v>, &'v Statement),
    new: (Text<'v>, &'v Statement),
    tokens: (&'v [Token], &'v [Token]),
    /// False where one is part of the other: only figures beside the same words can be compared.
    whole: bool,
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
    fn part<'t>(text: Text<'t>, statement: &Statement, range: &Range<usize>) -> &'t str {
        statement.prose(text.document, range.clone())
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
                if step == 0 && (one + two > 0 || !self.whole) && step + 1 == len && !last {
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

    /// A negation that came or went, or a word that became its opposite, while the other words stayed.
    fn negation(&self) -> Option<Change> {
        let count = |tokens: &[Token]| tokens.iter().filter(|token| token.part == Part::Negation).count();
        let negations = self.old.1.negations.len().abs_diff(self.new.1.negations.len());
        let one_more = count(self.tokens.0).abs_diff(count(self.tokens.1)) == 1
            && negations > 0
            && self.strange(&[Part::Word, Part::Hedge]) == 0;
        (one_more || negations == 0 && self.turns()).then(|| self.whole(Some("negation")))
    }

    /// True when the two differ in one word and its opposite alone.
    fn turns(&self) -> bool {
        let (one, two) = self.tokens;
        let mut different = one.iter().zip(two).filter(|(a, b)| a.text != b.text);
        let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
        let opposed = |a: &Pole, b: &Pole| a.pair == b.pair && a.second != b.second;
        one.len() == two.len()
            && a.poles.iter().any(|a| b.poles.iter().any(|b| opposed(a, b)))
            && !a.poles.iter().any(|a| b.poles.contains(a))
    }

    /// A hedge that went while the other words stayed.
    fn certainty(&self) -> Option<Change> {
        let told = |statement: &Statement| matches!(statement.mode, Mode::Assert | Mode::Conditional);
        let falls = self.new.1.hedge < self.old.1.hedge || self.loses_a_hedge();
        (falls && told(self.old.1) && told(self.new.1) && self.strange(&[Part::Word]) <= REWORDED)
            .then(|| self.whole(None))
    }

    /// True when a hedge went, others stayed, and none came.
    fn loses_a_hedge(&self) -> bool {
        let hedges = |tokens: &[Token]| -> Vec<String> {
            tokens.iter().filter(|token| token.part == Part::Hedge).map(|token| token.text.clone()).collect()
        };
        let (before, mut after) = (hedges(self.tokens.0), hedges(self.tokens.1));
        let mut gone = 0;
        for hedge in before {
            match after.iter().position(|other| *other == hedge) {
                Some(at) => drop(after.remove(at)),
                None => gone += 1,
            }
        }
        gone > 0 && after.is_empty()
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
        let front = revised.front.new.document;
        let told = revised.text.pairs().chain(revised.front.pairs());
        let mut explained_figures = HashSet::new();
        let mut pairs: Vec<(Pair<'_>, Evidence)> = told
            .map(|pair| {
                let evidence = Evidence::between(pair.old, pair.new);
                (pair, evidence)
            })
            .collect();
        for (pair, evidence) in &pairs {
            if *evidence == Evidence::Changed {
                explained_figures.extend(pair.new.1.quantities.iter().map(figure::key));
            }
        }
        // a sentence without a source follows the one that has it
        pairs.sort_by_key(|(pair, _)| pair.new.1.span);
        for (pair, evidence) in pairs {
            let left = |statement: &Statement| found(statement, &self.except).next().is_some();
            if left(pair.old.1) || left(pair.new.1) || is_heading(pair.new.0, pair.new.1) {
                continue;
            }
            let changes: Vec<Change> = match self.of {
                Of::Figures => {
                    let negation = pair.negation().filter(|_| pair.whole);
                    pair.figures().into_iter().chain(negation).collect()
                }
                Of::Certainty => pair.certainty().filter(|_| pair.whole).into_iter().collect(),
            };
            if changes.is_empty() {
                continue;
            }
            // a price that rests on nothing is the house's own, and may change
            let free = |change: &Change| {
                let follows = || {
                    let figure = pair.new.1.quantities.iter().find(|one| one.range == change.new);
                    figure.is_some_and(|one| explained_figures.contains(&figure::key(one)))
                };
                let own = || change.kind.is_some_and(|kind| self.only_cited.contains(&kind));
                // the year in a title is kept up to date
                let dated = std::ptr::eq(pair.new.0.document, front) && change.kind == Some(QuantityKind::Date);
                evidence == Evidence::Nowhere && (own() || follows() || dated)
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

fn is_heading(text: Text<'_>, statement: &Statement) -> bool {
    text.document.blocks.get(statement.block).is_some_and(|block| block.kind == BlockKind::Heading)
}

/// The observation of a change, unless a note names it.
fn observation(pair: &Pair<'_>, change: Change, notes: &Notes) -> Option<Observation> {
    let ((before, old), (after, new)) = (pair.old, pair.new);
    let (was, is) = (Pair::part(before, old, &change.old), Pair::part(after, new, &change.new));
    let whole = change.new == new.range;
    let figures = if whole { ["", ""] } else { [was, is] };
    if notes.name(new.text(after.document), figures) {
        return None;
    }
    let span = |text: Text<'_>, statement: &Statement, range: &Range<usize>| -> Span {
        statement.span_of(text.document, range.clone())
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
