//! Settled in one statement, open in another: "prevents dementia" and "whether it has any effect is unknown".
//!
//! Phrases say what settles and what leaves open; the two meet where they name the same treatment and the same
//! condition, or answer one question about a treatment, in one article or in two of a site. Knows no figure.

use super::phrase::{found, saying};
use super::{Followers, Mechanism, Observation, Phrase, Scene, Side};
use crate::document::BlockKind;
use crate::fact::index::{Claim, Site};
use crate::fact::subject::Ground;
use crate::finding::Place;
use crate::grammar::pattern::{Match, PatternId};
use crate::lexicon::ClassId;
use crate::statement::{Mode, Statement};
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
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
    /// Questions about a treatment that are asked by name.
    pub questions: Vec<Question>,
}

/// A question about a treatment that is asked by name.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Question {
    /// What is asked, for the message: "its long-term effect".
    pub name: String,
    /// Phrases that settle it.
    pub settled: Vec<Phrase>,
    /// Phrases that leave it open.
    pub open: Vec<Phrase>,
    /// Phrases that take a statement out on either side.
    pub unless: Vec<Phrase>,
    /// Classes of what it is asked of, where that is not what the rule is about.
    pub subjects: Vec<String>,
    /// True when a difference is no more than a query.
    pub mild: bool,
}

impl Mechanism for Certainty {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let own = [&mut self.settled, &mut self.open, &mut self.unless].into_iter().flatten();
        let asked = self.questions.iter_mut();
        let asked = asked.flat_map(|one| [&mut one.settled, &mut one.open, &mut one.unless].into_iter().flatten());
        own.chain(asked).collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        let asked = self.questions.iter().map(|one| Followers::near([&one.settled[..], &one.open], [&one.unless[..]]));
        std::iter::once(Followers::near([&self.settled[..], &self.open], [&self.unless[..]])).chain(asked).collect()
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        let asked = self.questions.iter().flat_map(|one| &one.subjects);
        self.subjects.iter().chain(&self.objects).chain(asked).map(|name| ("class", name.as_str())).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["mild"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["subject", "question", "value", "other"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let claims = self.claims(scene);
        for claim in claims.iter().filter(|claim| claim.settled) {
            let Some(other) = claims.iter().find(|other| is_open(claim, other)) else { continue };
            seen.push(observation(claim, other));
        }
    }

    fn keep(&self, scene: &Scene<'_>, claims: &mut Vec<Claim>) {
        claims.extend(self.claims(scene));
    }

    fn observe_site(&self, site: &Site<'_>, seen: &mut Vec<(usize, Observation)>) {
        let Some(own) = self.id() else { return };
        let mut open: HashMap<(&str, &str), (usize, &Claim)> = HashMap::new();
        let claims = |article: usize| site.records.get(article).map_or(&[][..], |record| record.claims.as_slice());
        for article in 0..site.records.len() {
            for claim in claims(article).iter().filter(|claim| claim.asked_by == own && !claim.settled) {
                open.entry((&claim.subject, &claim.object)).or_insert((article, claim));
            }
        }
        for article in 0..site.records.len() {
            for claim in claims(article).iter().filter(|claim| claim.asked_by == own && claim.settled) {
                let other = open.get(&(claim.subject.as_ref(), claim.object.as_ref()));
                // an article that says both has been told so
                let told = claims(article).iter().any(|other| is_open(claim, other));
                if let Some((_, other)) = other.filter(|(other, _)| *other != article && !told) {
                    seen.push((article, observation(claim, other)));
                }
            }
        }
    }
}

/// True when one claim leaves open what another settles.
fn is_open(claim: &Claim, other: &Claim) -> bool {
    !other.settled
        && other.subject == claim.subject
        && other.object == claim.object
        && other.place.span != claim.place.span
}

fn observation(claim: &Claim, other: &Claim) -> Observation {
    let question = if claim.asked {
        format!("{} of {}", claim.object, claim.subject)
    } else {
        format!("effect of {} on {}", claim.subject, claim.object)
    };
    Observation {
        grade: claim.mild.then_some("mild"),
        span: claim.place.span,
        values: vec![
            ("subject", claim.subject.to_string()),
            ("question", question),
            ("value", claim.place.text.clone()),
            ("other", other.place.text.clone()),
        ],
        related: vec![Side { role: "other", value: other.place.text.clone(), place: other.place.clone() }],
        fix: None,
    }
}

impl Certainty {
    /// By which its claims are known among those of other rules.
    fn id(&self) -> Option<PatternId> {
        self.settled.first().map(|phrase| phrase.id)
    }

    /// Everything that an article settles or leaves open.
    fn claims(&self, scene: &Scene<'_>) -> Vec<Claim> {
        let mut claims = Vec::new();
        let asked = self.questions.iter().flat_map(|one| [&one.settled[..], &one.open]);
        let lists: Vec<&[Phrase]> = [&self.settled[..], &self.open].into_iter().chain(asked).collect();
        for (index, statement) in saying(scene, &lists) {
            let block = scene.article.document.blocks.get(statement.block);
            let read = block.is_some_and(|block| {
                block.is_article()
                    && !matches!(block.kind, BlockKind::Reference | BlockKind::Quote | BlockKind::Heading)
            });
            if !read || statement.mode != Mode::Assert {
                continue;
            }
            let flat = |found: &&Match| !found.words.clone().any(|word| statement.is_negated(word));
            let settles = statement.hedge == 0 && statement.support.is_empty();
            if found(statement, &self.unless).next().is_none() {
                let settled = found(statement, &self.settled).filter(|_| settles).filter(flat);
                claims.extend(settled.filter_map(|found| self.claim(scene, statement, found, true)));
                let open = found(statement, &self.open);
                claims.extend(open.filter_map(|found| self.claim(scene, statement, found, false)));
            }
            for question in &self.questions {
                if found(statement, &question.unless).next().is_some() {
                    continue;
                }
                let settled = found(statement, &question.settled).filter(|_| settles).find(flat);
                let open = found(statement, &question.open).next();
                // who leaves it open in the same breath has settled nothing
                if let Some(found) = open.or(settled) {
                    claims.extend(self.answer(scene, index, found, question, open.is_none()));
                }
            }
        }
        claims
    }

    /// What a statement says to a question about the treatment that it names, else its heading, else the article.
    fn answer(
        &self,
        scene: &Scene<'_>,
        index: usize,
        found: &Match,
        question: &Question,
        settled: bool,
    ) -> Option<Claim> {
        let statement = scene.article.statements.get(index)?;
        let whole = 0..statement.words.len();
        let subjects = if question.subjects.is_empty() { &self.subjects } else { &question.subjects };
        // what stands in front of the phrase does it
        let front = only(scene, statement, subjects, &(0..found.words.start));
        let named = match (front, things(scene, statement, subjects, &whole).next()) {
            (Some((name, _)), _) => name,
            (None, Some(_)) => only(scene, statement, subjects, &whole)?.0,
            (None, None) => {
                let ground = Ground::new(
                    &scene.article.document,
                    &scene.article.statements,
                    scene.frames,
                    scene.lexicon,
                    scene.setting.topic.as_deref(),
                );
                let front = &scene.article.front;
                let ground = ground.titled(Some((&front.document, &front.statements)));
                ground.led_by(index, &self.classes(scene, subjects))?.name
            }
        };
        let place = Place::of(
            scene.article.source,
            statement.span_of(&scene.article.document, statement.bytes_of(found.words.clone())),
        );
        let object = question.name.as_str().into();
        Some(Claim { asked_by: self.id()?, subject: named, object, settled, asked: true, mild: question.mild, place })
    }

    fn classes(&self, scene: &Scene<'_>, names: &[String]) -> Vec<ClassId> {
        names.iter().filter_map(|name| scene.lexicon.class(name)).collect()
    }

    /// The treatment and the condition that a phrase is about: for what is settled, what stands in front of the
    /// phrase acts on the first thing in it or behind it; for what is open, the only two of their kinds.
    fn claim(&self, scene: &Scene<'_>, statement: &Statement, found: &Match, directed: bool) -> Option<Claim> {
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
        let span = statement.span_of(&scene.article.document, statement.bytes_of(words));
        let place = Place::of(scene.article.source, span);
        Some(Claim { asked_by: self.id()?, subject, object, settled: directed, asked: false, mild: false, place })
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
