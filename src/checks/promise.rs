//! Headings and leads that promise what does not follow.
//!
//! Takes classes of promises with what keeps them, and phrases that count what is to come.

use super::phrase::{found, mark};
use super::{Followers, Mechanism, Observation, Phrase, Scene};
use crate::document::{Block, BlockId, BlockKind, Document, LinkKind};
use crate::grammar::quantity::{Bound, QuantityKind};
use crate::lexicon::{fold, pieces};
use crate::statement::Statement;
use serde::Deserialize;
use std::ops::Range;

/// A kind of promise that a heading makes.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Topic {
    /// What is promised, for the message.
    pub name: String,
    /// Headings that promise it.
    pub headings: Vec<Phrase>,
    /// Phrases that keep it.
    pub kept: Vec<Phrase>,
    /// Kinds of quantities that keep it.
    pub quantities: Vec<QuantityKind>,
    /// A citation, a link or an entry of a reference list keeps it.
    pub sources: bool,
}

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Promise {
    /// What headings may promise.
    pub topics: Vec<Topic>,
    /// Phrases in a section that refer the reader elsewhere or say that there is nothing to tell.
    pub unless: Vec<Phrase>,
    /// Sections with fewer words are left alone.
    pub at_least_words: usize,
    /// Phrases that count what follows: the number in a capture `count:(…)`.
    pub counts: Vec<Phrase>,
    /// Phrases that announce what the article will speak of.
    pub announcements: Vec<Phrase>,
    /// Beginnings of words for what may be announced.
    pub announced: Vec<String>,
    /// Words that put off what is announced: one thing is then enough for a broken promise.
    pub deferred: Vec<Phrase>,
    /// What is announced and put off, then beginnings of words that speak of the same, separated by spaces.
    pub alike: Vec<String>,
}

impl Mechanism for Promise {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let topics = self.topics.iter_mut().flat_map(|topic| topic.headings.iter_mut().chain(&mut topic.kept));
        let own = topics.chain(&mut self.unless).chain(&mut self.counts).chain(&mut self.announcements);
        own.chain(&mut self.deferred).collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        let topics = self.topics.iter();
        let kept = topics.map(|topic| Followers::far([&topic.headings], [&topic.kept, &self.unless]));
        let mut followers: Vec<_> = kept.collect();
        followers.push(Followers::near([&self.announcements], [&self.deferred]));
        followers
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "topic", "count"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            self.announcement(scene, index, statement, seen);
            if let Some(block) = scene.article.document.blocks.get(statement.block) {
                if block.kind == BlockKind::Heading {
                    self.heading(scene, statement, block, seen);
                }
                self.counted(scene, statement, block, seen);
            }
        }
    }
}

/// The blocks under a heading, up to the next one of its level.
fn section(document: &Document, id: BlockId, level: u8) -> impl Iterator<Item = (BlockId, &Block)> {
    let rest = document.blocks.iter().enumerate().skip(id + 1);
    rest.take_while(move |(_, block)| block.kind != BlockKind::Heading || block.level > level)
}

/// True when a statement is an entry of a reference list, cites, or holds a link.
fn is_source(document: &Document, statement: &Statement) -> bool {
    let entry = document.blocks.get(statement.block).is_some_and(|block| block.kind == BlockKind::Reference);
    entry || !statement.support.is_empty() || document.links.iter().any(|link| link.span.overlaps(statement.span))
}

/// The largest count that people take the trouble to keep.
const MOST: f64 = 30.0;

impl Promise {
    fn heading(&self, scene: &Scene<'_>, statement: &Statement, block: &Block, seen: &mut Vec<Observation>) {
        let promised = self.topics.iter().find(|topic| found(statement, &topic.headings).next().is_some());
        let Some(topic) = promised else { return };
        let article = scene.article;
        let last =
            section(&article.document, statement.block, block.level).last().map_or(statement.block, |(id, _)| id);
        let first = article.statements.partition_point(|one| one.block <= statement.block);
        let end = article.statements.partition_point(|one| one.block <= last);
        let inside = article.statements.get(first..end).unwrap_or_default();
        let words: usize = inside.iter().map(|one| one.words.len()).sum();
        let sourced = |one: &Statement| topic.sources && is_source(&article.document, one);
        if words < self.at_least_words || inside.iter().any(|one| self.keeps(topic, one) || sourced(one)) {
            return;
        }
        // a picture may hold what the text does not
        let bounds = inside.first().zip(inside.last()).map(|(one, two)| one.span.cover(two.span));
        let pictures = article.document.links.iter().filter(|link| link.kind == LinkKind::Image);
        if bounds.is_some_and(|bounds| pictures.into_iter().any(|link| bounds.overlaps(link.span))) {
            return;
        }
        let text = statement.text(&article.document).to_owned();
        let span = statement.span_of(&article.document, statement.range.clone());
        let values = vec![("text", text), ("topic", topic.name.clone())];
        seen.push(Observation { grade: None, span, related: Vec::new(), values, fix: None });
    }

    fn keeps(&self, topic: &Topic, statement: &Statement) -> bool {
        found(statement, &topic.kept).next().is_some()
            || found(statement, &self.unless).next().is_some()
            || statement.quantities.iter().any(|one| topic.quantities.contains(&one.kind))
    }

    /// An announcement of which the rest of the article speaks in less than half.
    fn announcement(&self, scene: &Scene<'_>, index: usize, statement: &Statement, seen: &mut Vec<Observation>) {
        let Some(hit) = found(statement, &self.announcements).next() else { return };
        let document = &scene.article.document;
        let rest =
            fold(statement.prose(document, statement.bytes_of(hit.words.end..statement.words.len()))).into_owned();
        let mut topics: Vec<&str> = pieces(&rest)
            .filter_map(|word| rest.get(word))
            .filter_map(|word| self.announced.iter().find(|topic| word.starts_with(topic.as_str())))
            .map(String::as_str)
            .collect();
        topics.dedup();
        let mut missing = topics.clone();
        // one thing that is put off may come in other words
        let deferred = found(statement, &self.deferred).next().is_some();
        let alike = |topic: &str| self.alike.iter().find(|words| deferred && words.split(' ').next() == Some(topic));
        let speaks = |word: &str, topic: &str| {
            let others = alike(topic).into_iter().flat_map(|words| words.split(' '));
            word.starts_with(topic) || others.into_iter().any(|other| word.starts_with(other))
        };
        for later in scene.article.statements.iter().skip(index + 1) {
            if missing.is_empty() {
                return;
            }
            let text = fold(later.text(document)).into_owned();
            let words: Vec<&str> = pieces(&text).filter_map(|word| text.get(word)).collect();
            let paid = later.quantities.iter().any(|one| one.kind == QuantityKind::Money);
            missing.retain(|topic| {
                let priced = paid && alike(topic).is_some_and(|words| words.split(' ').any(|word| word == "pay"));
                !priced && !words.iter().any(|word| speaks(word, topic))
            });
        }
        let least = if deferred { 1 } else { 2 };
        if topics.len() >= least && missing.len() * 2 >= topics.len() {
            let range = statement.bytes_of(hit.words.start..statement.words.len());
            let text = statement.prose(document, range.clone()).to_owned();
            let values = vec![("text", text), ("topic", missing.join(", "))];
            let span = statement.span_of(document, range);
            seen.push(Observation { grade: None, span, related: Vec::new(), values, fix: None });
        }
    }

    fn counted(&self, scene: &Scene<'_>, statement: &Statement, block: &Block, seen: &mut Vec<Observation>) {
        let Some(hit) = found(statement, &self.counts).next() else { return };
        let Some(count) = hit.capture("count").and_then(|words| number(statement, words)) else { return };
        let document = &scene.article.document;
        let items = if block.kind == BlockKind::Heading {
            numbered(document, statement.block, block.level).or_else(|| listed_under(document, statement.block))
        } else {
            let text = block.text.as_str().trim_end();
            let leads = text.ends_with([':', '：']) && statement.range.end >= text.len();
            leads.then(|| listed(document, statement.block)).flatten()
        };
        if let Some(items) = items.filter(|items| *items != count) {
            let range = statement.bytes_of(mark(hit));
            let text = statement.prose(document, range.clone()).to_owned();
            let span = statement.span_of(document, range);
            let values = vec![("text", text), ("count", items.to_string())];
            seen.push(Observation { grade: None, span, related: Vec::new(), values, fix: None });
        }
    }
}

/// The whole number, exact and small, that words of a statement give.
fn number(statement: &Statement, words: Range<usize>) -> Option<usize> {
    let one = statement.quantities_in(words).next()?;
    let exact = one.bound == Bound::Exact && one.low == one.high && one.low.fract() == 0.0;
    if !(exact && (2.0..=MOST).contains(&one.low)) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(one.low as usize)
}

/// How many items the list has that a paragraph leads; `None` without one, and when another list may go on with it.
fn listed(document: &Document, lead: BlockId) -> Option<usize> {
    let own = document.blocks.get(lead + 1)?.list.filter(|place| place.lead == Some(lead))?;
    let (mut items, mut interrupted) = (0, false);
    for (_, block) in section(document, lead, u8::MAX) {
        match block.list {
            Some(place) if place.list == own.list => items = items.max(place.ordinal + 1),
            Some(place) if place.depth == own.depth => {
                if interrupted && !own.ordered {
                    break;
                }
                return None;
            }
            Some(_) => {}
            None => interrupted = true,
        }
    }
    Some(items)
}

/// How many items the numbered list has that stands directly under a heading, when no other list is in its section.
fn listed_under(document: &Document, heading: BlockId) -> Option<usize> {
    let own = document.blocks.get(heading + 1)?.list.filter(|place| place.ordered)?;
    let rest = section(document, heading, u8::MAX).filter_map(|(_, block)| block.list);
    let mut items = 0;
    for place in rest.filter(|place| place.depth <= own.depth) {
        if place.list != own.list {
            return None;
        }
        items = items.max(place.ordinal + 1);
    }
    Some(items)
}

/// How many numbered headings stand directly under a heading, when they count from one without a gap.
fn numbered(document: &Document, id: BlockId, level: u8) -> Option<usize> {
    let mut count = 0;
    for (_, block) in section(document, id, level).filter(|(_, block)| block.kind == BlockKind::Heading) {
        let text = block.text.as_str().trim_start();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let after = text.get(digits..).unwrap_or_default();
        let own = text.get(..digits).and_then(|digits| digits.parse::<usize>().ok());
        match own.filter(|_| after.starts_with(['.', ')', ':'])) {
            Some(number) if number == count + 1 => count = number,
            Some(_) => return None,
            None => {}
        }
    }
    (count > 1).then_some(count)
}
