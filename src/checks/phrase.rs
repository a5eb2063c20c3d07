//! Wording in a mode and scope.
//!
//! Takes phrases and what silences them; sees each place where one of them stands in scope.

use super::evidence::{self, EvidenceName, Grounds};
use super::scope::Scope;
use super::{Audience, Followers, Mechanism, Observation, Phrase, Scene};
use crate::grammar::pattern::Match;
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Wording {
    /// The phrases that are wrong. A capture `text:(…)` is the mark, else the whole match.
    pub phrases: Vec<Phrase>,
    /// Phrases of the same fault in a milder form: grade `mild`.
    pub mild: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// A phrase in the next or previous statement of the same block, or the heading above, that silences.
    pub unless_near: Vec<Phrase>,
    /// A phrase in the next statement of the same block that silences.
    pub unless_next: Vec<Phrase>,
    /// When given, one of these must stand in the statement, its heading or the line that leads its list.
    pub requires: Vec<Phrase>,
    /// When given, one of these must stand in the statement or in the one before it in the same block.
    pub requires_near: Vec<Phrase>,
    /// Evidence that silences.
    pub unless_support: Vec<EvidenceName>,
    /// Where wording counts.
    pub scope: Scope,
    /// Silent in articles for this audience.
    pub unless_audience: Option<Audience>,
}

/// The grade for a hedged statement, and for the milder phrases.
const GRADES: &[&str] = &["hedged", "mild"];

impl Mechanism for Wording {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.phrases,
            &mut self.mild,
            &mut self.unless,
            &mut self.unless_said,
            &mut self.unless_near,
            &mut self.unless_next,
            &mut self.requires,
            &mut self.requires_near,
        ];
        lists.into_iter().flatten().collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        let around = [&self.unless_near[..], &self.unless_next, &self.requires, &self.requires_near];
        let claims = [&self.phrases[..], &self.mild];
        vec![Followers::near(claims, [&self.unless[..], &self.unless_said]), Followers::far(claims, around)]
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        if self.unless_audience == Some(scene.setting.audience) {
            return;
        }
        let grounds = Grounds::new(scene);
        for (index, statement) in saying(scene, &[&self.phrases, &self.mild]) {
            let mut taken: Vec<Range<usize>> = Vec::new();
            for (found, mild) in found(statement, &self.phrases)
                .map(|found| (found, false))
                .chain(found(statement, &self.mild).map(|found| (found, true)))
            {
                let words = mark(found);
                if taken.iter().any(|other| overlap(other, &words))
                    || !self.holds(scene, index, statement, found)
                    || evidence::supports(&grounds, index, &self.unless_support)
                {
                    continue;
                }
                let range = statement.bytes_of(words.clone());
                let hedged = if self.scope.clause { statement.hedge_at(words.start) } else { statement.hedge } > 0;
                seen.push(Observation {
                    grade: if mild { Some("mild") } else { hedged.then_some("hedged") },
                    span: statement.span_of(&scene.article.document, range.clone()),
                    related: Vec::new(),
                    values: vec![("text", statement.prose(&scene.article.document, range).to_owned())],
                    fix: None,
                });
                taken.push(words);
            }
        }
    }
}

impl Wording {
    fn holds(&self, scene: &Scene<'_>, index: usize, statement: &Statement, matched: &Match) -> bool {
        self.scope.admits(scene, statement)
            && self.scope.counts(statement, &matched.words)
            && !found(statement, &self.unless).any(|other| overlap(&other.words, &matched.words))
            && found(statement, &self.unless_said).next().is_none()
            && !self.is_silenced_nearby(scene, index, statement)
            && !self.is_silenced_next(scene, index, statement)
            && (self.requires.is_empty() || is_about(scene, statement, &self.requires))
            && (self.requires_near.is_empty() || self.is_led(scene, index, statement))
    }

    /// True when what must stand near does.
    fn is_led(&self, scene: &Scene<'_>, index: usize, statement: &Statement) -> bool {
        let before = index.checked_sub(1).and_then(|at| scene.article.statements.get(at));
        let before = before.filter(|before| before.block == statement.block);
        found(statement, &self.requires_near).next().is_some()
            || before.is_some_and(|before| found(before, &self.requires_near).next().is_some())
    }

    fn is_silenced_next(&self, scene: &Scene<'_>, index: usize, statement: &Statement) -> bool {
        let next = scene.article.statements.get(index + 1).filter(|next| next.block == statement.block);
        next.is_some_and(|next| found(next, &self.unless_next).next().is_some())
    }

    fn is_silenced_nearby(&self, scene: &Scene<'_>, index: usize, statement: &Statement) -> bool {
        if self.unless_near.is_empty() {
            return false;
        }
        let statements = &scene.article.statements;
        let around = [index.checked_sub(1), Some(index + 1)];
        around
            .into_iter()
            .flatten()
            .filter_map(|at| statements.get(at))
            .any(|other| other.block.abs_diff(statement.block) <= 1 && found(other, &self.unless_near).next().is_some())
            || heads(scene, statement).any(|head| found(head, &self.unless_near).next().is_some())
    }
}

/// All matches of a list of phrases in a statement, phrase by phrase. The phrases of a list are compiled one behind the
/// other, so its matches stand together.
pub fn found<'s>(statement: &'s Statement, phrases: &[Phrase]) -> impl Iterator<Item = &'s Match> + use<'s> {
    let ends = phrases.first().zip(phrases.last());
    ends.map_or(&[][..], |(first, last)| statement.matches_between(first.id, last.id)).iter()
}

/// The statements of the article in which one of some lists of phrases stands, in order, with their places.
pub fn saying<'a>(scene: &Scene<'a>, lists: &[&[Phrase]]) -> Vec<(usize, &'a Statement)> {
    let article = scene.article;
    let ends = lists.iter().filter_map(|phrases| phrases.first().zip(phrases.last()));
    let mut places: Vec<usize> = ends.flat_map(|(first, last)| article.index.holding(first.id, last.id)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|at| Some((at, article.statements.get(at)?))).collect()
}

/// The words that a match marks: its capture `text`, else all of it.
pub fn mark(found: &Match) -> Range<usize> {
    let text = found.captures.iter().find(|(name, _)| name.as_ref() == "text");
    text.map_or_else(|| found.words.clone(), |(_, words)| words.clone())
}

/// True when two ranges of words share one.
pub const fn overlap(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end
}

/// True when one of the phrases stands in the statement, its heading or the line that leads its list.
pub fn is_about(scene: &Scene<'_>, statement: &Statement, phrases: &[Phrase]) -> bool {
    found(statement, phrases).next().is_some()
        || heads(scene, statement).any(|head| found(head, phrases).next().is_some())
}

/// The statements of the heading above and of the line that leads the list.
pub fn heads<'a>(scene: &Scene<'a>, statement: &Statement) -> impl Iterator<Item = &'a Statement> {
    let article = scene.article;
    let block = article.document.blocks.get(statement.block);
    let heading = block.and_then(|block| block.heading);
    let lead = block.and_then(|block| block.list).and_then(|place| place.lead);
    [heading, lead].into_iter().flatten().flat_map(move |id| {
        let first = article.statements.partition_point(|other| other.block < id);
        article.statements.get(first..).unwrap_or_default().iter().take_while(move |other| other.block == id)
    })
}
