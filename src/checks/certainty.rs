//! Settled in one statement, open in another: "prevents dementia" and "whether it has any effect is unknown".
//!
//! Phrases say what settles and what leaves open; the two meet where they name the same treatment and the same
//! condition. Knows no figure.

use super::phrase::found;
use super::{Mechanism, Observation, Phrase, Scene, Side};
use crate::document::BlockKind;
use crate::finding::Place;
use crate::grammar::pattern::Match;
use crate::lexicon::ClassId;
use crate::statement::{Mode, Statement};
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Certainty {
    /// Phrases that settle an effect; they capture nothing: what stands in front of them acts on what stands in them
    /// or behind them.
    pub settled: Vec<Phrase>,
    /// Phrases that leave a question open.
    pub open: Vec<Phrase>,
    /// Phrases that take a statement out on either side.
    pub unless: Vec<Phrase>,
    /// Classes of what acts.
    pub subjects: Vec<String>,
    /// Classes of what is acted on.
    pub objects: Vec<String>,
}

/// What a statement says of which effect.
struct Claim {
    subject: Arc<str>,
    object: Arc<str>,
    statement: usize,
    /// Bytes in the block's prose.
    range: Range<usize>,
}

impl Mechanism for Certainty {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        [&mut self.settled, &mut self.open, &mut self.unless].into_iter().flatten().collect()
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        self.subjects.iter().chain(&self.objects).map(|name| ("class", name.as_str())).collect()
    }

    fn values(&self) -> &'static [&'static str] {
        &["subject", "object", "value", "other"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let (mut settled, mut open) = (Vec::new(), Vec::new());
        for (index, statement) in scene.article.statements.iter().enumerate() {
            let block = scene.article.document.blocks.get(statement.block);
            let read = block.is_some_and(|block| {
                block.is_article()
                    && !matches!(block.kind, BlockKind::Reference | BlockKind::Quote | BlockKind::Heading)
            });
            if !read || statement.mode != Mode::Assert || found(statement, &self.unless).next().is_some() {
                continue;
            }
            if statement.hedge == 0 && statement.support.is_empty() {
                settled.extend(found(statement, &self.settled).filter_map(|found| {
                    let denied = found.words.clone().any(|word| statement.is_negated(word));
                    if denied { None } else { self.claim(scene, index, statement, found, true) }
                }));
            }
            open.extend(
                found(statement, &self.open).filter_map(|found| self.claim(scene, index, statement, found, false)),
            );
        }
        for claim in settled {
            let same = |other: &&Claim| other.subject == claim.subject && other.object == claim.object;
            let Some(other) = open.iter().find(same).filter(|other| other.statement != claim.statement) else {
                continue;
            };
            let place = |claim: &Claim| {
                let statement = scene.article.statements.get(claim.statement)?;
                Some(statement.span_of(&scene.article.document, claim.range.clone()))
            };
            let (Some(here), Some(there)) = (place(&claim), place(other)) else { continue };
            let there = Place::of(scene.article.source, there);
            let value = scene.article.source.slice(here).to_owned();
            seen.push(Observation {
                grade: None,
                span: here,
                values: vec![
                    ("subject", claim.subject.to_string()),
                    ("object", claim.object.to_string()),
                    ("value", value),
                    ("other", there.text.clone()),
                ],
                related: vec![Side { role: "other", value: there.text.clone(), place: there }],
                fix: None,
            });
        }
    }
}

impl Certainty {
    /// The treatment and the condition that a phrase is about: for what is settled, what stands in front of the
    /// phrase acts on the first thing in it or behind it; for what is open, the only two of their kinds.
    fn claim(
        &self,
        scene: &Scene<'_>,
        index: usize,
        statement: &Statement,
        found: &Match,
        directed: bool,
    ) -> Option<Claim> {
        let whole = 0..statement.words.len();
        let (before, behind) = if directed {
            (0..found.words.start, found.words.start..statement.words.len())
        } else {
            (whole.clone(), whole)
        };
        let (subject, first) = only(scene, statement, &self.subjects, &before)?;
        let (object, last) = if directed {
            nearest(scene, statement, &self.objects, &behind)?
        } else {
            only(scene, statement, &self.objects, &behind)?
        };
        let start = first.start.min(found.words.start);
        let words = start..last.end.max(found.words.end);
        Some(Claim { subject, object, statement: index, range: statement.bytes_of(words) })
    }
}

/// Things of some classes in some words, in order.
fn things<'s>(
    scene: &'s Scene<'_>,
    statement: &'s Statement,
    classes: &[String],
    within: &Range<usize>,
) -> impl Iterator<Item = (Arc<str>, Range<usize>)> + use<'s> {
    let classes: Vec<ClassId> = classes.iter().filter_map(|name| scene.lexicon.class(name)).collect();
    let within = within.clone();
    statement.entities.iter().filter_map(move |entity| {
        let inside = entity.words.start >= within.start && entity.words.end <= within.end;
        let fits = inside && classes.iter().any(|class| scene.lexicon.is_a(entity.entry, *class));
        let entry = scene.lexicon.entry(entity.entry).filter(|_| fits)?;
        Some((Arc::clone(&entry.name), entity.words.clone()))
    })
}

/// The only thing of some classes in some words.
fn only(
    scene: &Scene<'_>,
    statement: &Statement,
    classes: &[String],
    within: &Range<usize>,
) -> Option<(Arc<str>, Range<usize>)> {
    let mut all = things(scene, statement, classes, within);
    let first = all.next()?;
    all.all(|(name, _)| name == first.0).then_some(first)
}

/// The first thing of some classes at most four words into some words.
fn nearest(
    scene: &Scene<'_>,
    statement: &Statement,
    classes: &[String],
    within: &Range<usize>,
) -> Option<(Arc<str>, Range<usize>)> {
    let first = things(scene, statement, classes, within).next()?;
    (first.1.start <= within.start + 4).then_some(first)
}
