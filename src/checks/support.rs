//! A claim of some kind without evidence of some kind.
//!
//! What counts as a claim is given by phrases or by the frames of facts; what counts as evidence by name.

use super::evidence::{self, EvidenceName};
use super::phrase::{found, is_about, mark, overlap, saying};
use super::scope::Scope;
use super::{Audience, BESIDE, Followers, Mechanism, Observation, Phrase, Scene, Side};
use crate::document::{BlockId, BlockKind};
use crate::fact::{Fact, Value};
use crate::finding::Place;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::fold;
use crate::statement::{Statement, SupportKind};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Support {
    /// Phrases that make a claim. A capture `text:(…)` is the mark, else the whole match.
    pub claims: Vec<Phrase>,
    /// Phrases of the same claim in a form that matters less: grade `pointer`.
    pub pointers: Vec<Phrase>,
    /// When given, a claim in whose statement or heading none of these stands is of grade `descriptive`.
    pub weighty: Vec<Phrase>,
    /// Frames whose facts are claims.
    pub attributes: Vec<String>,
    /// Frames whose facts are claims of grade `dose`.
    pub doses: Vec<String>,
    /// When given, one of these must stand in the statement, its heading or the line that leads its list.
    pub about: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// A phrase that silences from another statement of the same block, or from the line that leads its list.
    pub unless_block: Vec<Phrase>,
    /// A phrase that silences from anywhere under the same heading.
    pub unless_section: Vec<Phrase>,
    /// A phrase that silences from one of the two statements before or after, in the same or the next block.
    pub unless_near: Vec<Phrase>,
    /// Phrases of which two, standing in one statement up to four blocks away, silence: the risks of both groups.
    pub unless_both_near: Vec<Phrase>,
    /// Evidence that silences.
    pub evidence: Vec<EvidenceName>,
    /// Phrases by which a statement goes on with the study of the one before it in its block, or in the paragraph right
    /// before: a citation or a named source there counts, as it does where a share is of a number that stands there.
    pub goes_on: Vec<Phrase>,
    /// Report only the first claim with the same words.
    pub first_only: bool,
    /// A claim whose only figure is a bare count below this is left alone.
    pub least_count: f64,
    /// Statements with more figures than this are flattened tables and left alone; 0 for no limit.
    pub most_figures: usize,
    /// Report one claim a statement.
    pub one_a_statement: bool,
    /// Grade `no-figure` for claims without a quantity in an article without any citation.
    pub grade_without_figure: bool,
    /// Silent when a source that the claim names is also named in the reference list, or one of the article's links
    /// leads to its domain.
    pub unless_listed: bool,
    /// Where claims count.
    pub scope: Scope,
    /// Silent in articles for this audience.
    pub unless_audience: Option<Audience>,
}

/// Sentences through which a citation is followed back.
const CHAIN: usize = 3;

/// Blocks in which the risks of both groups may follow a claim.
const FAR: usize = 4;

const GRADES: &[&str] = &["pointer", "dose", "no-figure", "descriptive"];

impl Mechanism for Support {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.claims,
            &mut self.pointers,
            &mut self.about,
            &mut self.weighty,
            &mut self.unless,
            &mut self.unless_said,
            &mut self.unless_block,
            &mut self.unless_section,
            &mut self.unless_near,
            &mut self.unless_both_near,
            &mut self.goes_on,
        ];
        lists.into_iter().flatten().collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        if self.asks_facts() {
            return Vec::new();
        }
        let silent = [&self.unless_block[..], &self.unless_section, &self.unless_near, &self.unless_both_near];
        let claims = [&self.claims[..], &self.pointers];
        vec![
            Followers::near(claims, [&self.unless[..], &self.unless_said]),
            Followers::far(claims, silent),
            Followers::far(claims, [&self.about[..], &self.weighty, &self.goes_on]),
        ]
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        self.attributes.iter().chain(&self.doses).map(|name| ("attribute", name.as_str())).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &[BESIDE]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        if self.unless_audience == Some(scene.setting.audience) {
            return;
        }
        let claiming = if self.asks_facts() {
            scene.article.statements.iter().enumerate().collect()
        } else {
            saying(scene, &[&self.claims, &self.pointers])
        };
        if claiming.is_empty() {
            return;
        }
        let bare = self.grade_without_figure && !evidence::article_cites(scene);
        let grounds = evidence::Grounds::new(scene);
        let told = Told::new(self, scene);
        let mut said: HashSet<String> = HashSet::new();
        let both: OnceCell<Vec<BlockId>> = OnceCell::new();
        let both_near = |block: BlockId| {
            let both = both.get_or_init(|| self.giving_both(scene));
            let next = both.get(both.partition_point(|own| own + FAR < block));
            next.is_some_and(|own| *own <= block + FAR)
        };
        for (index, statement) in claiming {
            let flat = self.most_figures > 0 && statement.quantities.len() > self.most_figures;
            if flat || !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let mut claims = self.claims_of(scene, index, statement);
            claims.retain(|(words, _)| self.stands(scene, statement, words));
            if claims.is_empty()
                || (!self.about.is_empty() && !is_about(scene, statement, &self.about))
                || self.is_silenced_nearby(scene, index, statement)
                || both_near(statement.block)
                || told.covers(scene, statement)
                || self.is_cited_before(scene, index)
            {
                continue;
            }
            claims.retain(|(words, _)| !evidence::supports_claim(&grounds, index, words, &self.evidence));
            let mut taken: Vec<Range<usize>> = Vec::new();
            for (words, grade) in claims {
                let clash = taken.iter().any(|other| overlap(other, &words));
                if clash {
                    continue;
                }
                let range = statement.bytes_of(words.clone());
                let text = statement.prose(&scene.article.document, range.clone()).to_owned();
                let span = statement.span_of(&scene.article.document, range);
                if self.one_a_statement && !taken.is_empty() {
                    // one source answers for the whole statement, so its other claims only stand beside the first
                    let side = Side { role: BESIDE, place: Place::of(scene.article.source, span), value: text };
                    seen.last_mut().into_iter().for_each(|one| one.related.push(side.clone()));
                    taken.push(words);
                    continue;
                }
                taken.push(words);
                if self.first_only && !said.insert(fold(&text).into_owned()) {
                    continue;
                }
                let without_figure = bare && statement.quantities.is_empty();
                let light = !self.weighty.is_empty() && !is_about(scene, statement, &self.weighty);
                let grade = if light { Some("descriptive") } else { grade };
                seen.push(Observation {
                    grade: if without_figure { Some("no-figure") } else { grade },
                    span,
                    related: Vec::new(),
                    values: vec![("text", text)],
                    fix: None,
                });
            }
        }
    }
}

impl Support {
    /// True when facts make claims too, which no phrase of the rule leads.
    const fn asks_facts(&self) -> bool {
        !self.attributes.is_empty() || !self.doses.is_empty()
    }

    /// True when nothing in the claim's own words silences it.
    fn stands(&self, scene: &Scene<'_>, statement: &Statement, words: &Range<usize>) -> bool {
        let silenced = found(statement, &self.unless).any(|other| overlap(&other.words, words));
        let listed = self.unless_listed && is_listed(scene, statement, words);
        self.scope.counts(statement, words) && !silenced && !listed && !self.is_small(statement, words)
    }

    /// True when the figure of a claim is a bare count of few: one number, not "one woman in eight".
    fn is_small(&self, statement: &Statement, words: &Range<usize>) -> bool {
        let bytes = statement.bytes_of(words.clone());
        let mut own =
            statement.quantities.iter().filter(|one| one.range.start < bytes.end && bytes.start < one.range.end);
        own.clone().count() == 1 && own.all(|one| one.kind == QuantityKind::Count && one.high < self.least_count)
    }

    fn is_silenced_nearby(&self, scene: &Scene<'_>, index: usize, statement: &Statement) -> bool {
        let around = scene.article.statements.get(index.saturating_sub(2)..).unwrap_or_default().iter().take(5);
        !self.unless_near.is_empty()
            && around
                .filter(|other| other.block.abs_diff(statement.block) <= 1)
                .any(|other| found(other, &self.unless_near).next().is_some())
    }

    /// True when the statement goes on with what one of the statements before it cites, or with whom it names.
    fn is_cited_before(&self, scene: &Scene<'_>, index: usize) -> bool {
        let before = scene.article.statements.get(..=index).unwrap_or_default();
        let pairs = before.iter().rev().zip(before.iter().rev().skip(1)).take(CHAIN);
        let blocks = &scene.article.document.blocks;
        let is_text = |id: BlockId| blocks.get(id).is_some_and(|block| block.kind == BlockKind::Paragraph);
        // a paragraph right behind another may go on with the study of that one
        let is_next = |one: &Statement, last: &Statement| {
            one.block == last.block || (one.block == last.block + 1 && is_text(one.block) && is_text(last.block))
        };
        let mut chain = pairs.take_while(|(one, last)| is_next(one, last) && self.goes_on_from(one, last));
        chain.any(|(_, last)| evidence::cites(last) || evidence::carries(last, SupportKind::Named))
    }

    /// True when a phrase says so, or a share is of a number of people that the other statement gives.
    fn goes_on_from(&self, one: &Statement, last: &Statement) -> bool {
        let counts = |whole: f64| last.quantities.iter().any(|one| one.kind == QuantityKind::Count && one.low == whole);
        let of_them = |one: &Quantity| one.parts.is_some_and(|(_, whole)| whole >= 10.0 && counts(whole));
        !self.goes_on.is_empty() && (found(one, &self.goes_on).next().is_some() || one.quantities.iter().any(of_them))
    }

    /// The blocks of statements that give what two groups had, in order.
    fn giving_both(&self, scene: &Scene<'_>) -> Vec<BlockId> {
        let gives_both = |one: &&Statement| {
            let mut end = 0;
            let mut places: Vec<Range<usize>> =
                found(one, &self.unless_both_near).map(|matched| matched.words.clone()).collect();
            places.sort_by_key(|words| (words.end, words.start));
            let apart = places.into_iter().filter(|words| {
                let is_apart = words.start >= end;
                end = if is_apart { words.end } else { end };
                is_apart
            });
            apart.count() > 1
        };
        scene.article.statements.iter().filter(gives_both).map(|one| one.block).collect()
    }

    /// The claims of a statement as words with their grade: phrases first, then facts in order.
    fn claims_of(
        &self,
        scene: &Scene<'_>,
        index: usize,
        statement: &Statement,
    ) -> Vec<(Range<usize>, Option<&'static str>)> {
        let worded = found(statement, &self.claims).map(|found| (mark(found), None));
        let pointed = found(statement, &self.pointers).map(|found| (mark(found), Some("pointer")));
        let facts = &scene.article.facts;
        let first = facts.partition_point(|fact| fact.statement < index);
        let facts = facts.get(first..).unwrap_or_default().iter().take_while(|fact| fact.statement == index);
        let filled = facts.filter_map(|fact| {
            if matches!(&fact.value, Value::Interval(interval) if interval.fuzzy) {
                return None;
            }
            let is = |names: &[String]| names.iter().any(|name| name.as_str() == fact.attribute.as_ref());
            let grade = if is(&self.doses) {
                Some("dose")
            } else if is(&self.attributes) {
                None
            } else {
                return None;
            };
            Some((words_of(scene, statement, fact)?, grade))
        });
        let mut claims: Vec<_> = worded.chain(pointed).chain(filled).collect();
        claims.sort_by_key(|(words, grade)| (*grade != Some("dose"), words.start));
        claims
    }
}

/// Where an author tells of a picture or of counts of their own: whole blocks and sections.
struct Told {
    blocks: BTreeSet<BlockId>,
    sections: BTreeSet<Option<BlockId>>,
}

impl Told {
    fn new(check: &Support, scene: &Scene<'_>) -> Self {
        let holds = |phrases: &[Phrase], one: &&Statement| found(one, phrases).next().is_some();
        let all = scene.article.statements.iter();
        Self {
            blocks: all.clone().filter(|one| holds(&check.unless_block, one)).map(|one| one.block).collect(),
            sections: all
                .filter(|one| holds(&check.unless_section, one))
                .map(|one| section_of(scene, one.block))
                .collect(),
        }
    }

    fn covers(&self, scene: &Scene<'_>, statement: &Statement) -> bool {
        let lead = scene.article.document.blocks.get(statement.block).and_then(|block| block.list?.lead);
        self.blocks.contains(&statement.block)
            || lead.is_some_and(|lead| self.blocks.contains(&lead))
            || self.sections.contains(&section_of(scene, statement.block))
    }
}

/// The heading that governs a block.
fn section_of(scene: &Scene<'_>, block: BlockId) -> Option<BlockId> {
    scene.article.document.blocks.get(block).and_then(|block| block.heading)
}

/// True when a source named in these words stands in the reference list or behind a link of the article.
fn is_listed(scene: &Scene<'_>, statement: &Statement, words: &Range<usize>) -> bool {
    let article = scene.article;
    statement.entities.iter().filter(|entity| overlap(&entity.words, words)).any(|named| {
        let domain = scene.lexicon.entry(named.entry).and_then(|entry| entry.domain.as_deref());
        let linked =
            domain.is_some_and(|domain| article.document.links.iter().any(|link| leads_to(&link.target, domain)));
        linked
            || article.statements.iter().any(|other| {
                let block = article.document.blocks.get(other.block);
                block.is_some_and(|block| block.kind == BlockKind::Reference)
                    && other.entities.iter().any(|entity| entity.entry == named.entry)
            })
    })
}

/// True when an address leads to a domain or one below it.
fn leads_to(address: &str, domain: &str) -> bool {
    let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

fn words_of(scene: &Scene<'_>, statement: &Statement, fact: &Fact) -> Option<Range<usize>> {
    let block = scene.article.document.blocks.get(statement.block)?;
    let bytes = block.text.range_of(fact.place.span)?;
    let words = statement.words_of(bytes.clone());
    let is_count = |one: &Quantity| one.kind == QuantityKind::Count && one.range.start < bytes.end;
    let counts = statement.quantities.iter().any(|one| is_count(one) && bytes.start < one.range.end);
    let end = if counts { counted_until(scene, statement, words.end) } else { words.end };
    (!words.is_empty()).then_some(words.start..end)
}

/// The word behind that which is counted: "two | doses", "12 | weekly sessions". The same word when no plural follows.
fn counted_until(scene: &Scene<'_>, statement: &Statement, from: usize) -> usize {
    let next = statement.words.iter().enumerate().skip(from).take(2);
    let texts = next.map(|(at, word)| (at, statement.prose(&scene.article.document, word.range.clone())));
    let mut letters = texts.take_while(|(_, text)| text.chars().all(char::is_alphabetic));
    letters.find(|(_, text)| text.len() > 3 && text.ends_with('s')).map_or(from, |(at, _)| at + 1)
}
