//! An article that says this must also say that.

use super::evidence;
use super::phrase::{found, mark, overlap};
use super::scope::Scope;
use super::{Audience, Mechanism, Observation, Phrase, Scene};
use crate::document::BlockKind;
use crate::lexicon::fold;
use crate::source::{Format, Span};
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Companion {
    /// What the article says.
    pub says: Vec<Phrase>,
    /// The same in a form that matters less: grade `mild` when nothing else is said.
    pub mild: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// Frames whose facts count as said.
    pub attributes: Vec<String>,
    /// How many statements must say it.
    pub at_least: usize,
    /// Phrases of which the article must hold one.
    pub must: Vec<Phrase>,
    /// Texts of which the page must hold one, footers and links included; compared word by word.
    pub must_text: Vec<String>,
    /// The article must hold a citation.
    pub must_cite: bool,
    /// Articles with fewer words are left alone.
    pub at_least_words: usize,
    /// Report at the first line of the article, not where it is said.
    pub at_top: bool,
    /// Silent when the site's template supplies this.
    pub unless_supplied: Option<String>,
    /// Silent in articles for this audience.
    pub unless_audience: Option<Audience>,
    /// Where saying it counts.
    pub scope: Scope,
}

const GRADES: &[&str] = &["mild", "pasted"];

impl Mechanism for Companion {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [&mut self.says, &mut self.mild, &mut self.unless, &mut self.must];
        lists.into_iter().flatten().collect()
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        self.attributes.iter().map(|name| ("attribute", name.as_str())).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "count"]
    }

    fn is_of_article(&self, _grade: Option<&str>) -> bool {
        self.at_top
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let supplied = self.unless_supplied.as_ref().is_some_and(|thing| scene.setting.supplies.contains(thing));
        if supplied || self.unless_audience == Some(scene.setting.audience) || self.is_short(scene) {
            return;
        }
        let strong = self.said(scene, &self.says, true);
        let (said, mild) = if strong.len() >= self.at_least.max(1) {
            (strong, false)
        } else {
            (self.said(scene, &self.mild, false), true)
        };
        let Some((first, text)) = said.first() else { return };
        if said.len() < self.at_least.max(1) || self.is_answered(scene) {
            return;
        }
        let span = if self.at_top { top(scene).unwrap_or(*first) } else { *first };
        let pasted = self.must_cite && scene.article.source.format() == Format::Text;
        seen.push(Observation {
            grade: if mild { Some("mild") } else { pasted.then_some("pasted") },
            span,
            related: Vec::new(),
            values: vec![("text", text.clone()), ("count", said.len().to_string())],
            fix: None,
        });
    }
}

impl Companion {
    fn is_short(&self, scene: &Scene<'_>) -> bool {
        let words: usize = scene.article.statements.iter().map(|statement| statement.words.len()).sum();
        words < self.at_least_words
    }

    /// The statements that say it, one place each.
    fn said(&self, scene: &Scene<'_>, phrases: &[Phrase], facts: bool) -> Vec<(Span, String)> {
        let article = scene.article;
        let mut said = Vec::new();
        for (index, statement) in article.statements.iter().enumerate() {
            if !self.scope.admits(scene, statement) {
                continue;
            }
            let mut worded = found(statement, phrases).map(mark).filter(|words| {
                self.scope.counts(statement, words)
                    && !found(statement, &self.unless).any(|other| overlap(&other.words, words))
            });
            if let Some(words) = worded.next() {
                let range = statement.bytes_of(words);
                let text = statement.prose(&article.document, range.clone()).to_owned();
                said.push((statement.span_of(&article.document, range), text));
            } else if facts {
                let first = article.facts.partition_point(|fact| fact.statement < index);
                let mut own = article.facts.get(first..).unwrap_or_default().iter();
                let fact = own
                    .by_ref()
                    .take_while(|fact| fact.statement == index)
                    .find(|fact| self.attributes.iter().any(|name| name.as_str() == fact.attribute.as_ref()));
                said.extend(fact.map(|fact| (fact.place.span, fact.place.text.clone())));
            }
        }
        said
    }

    fn is_answered(&self, scene: &Scene<'_>) -> bool {
        let article = scene.article;
        (self.must_cite && evidence::article_cites(scene))
            || article.statements.iter().any(|statement| found(statement, &self.must).next().is_some())
            || (!self.must_text.is_empty() && self.page_holds_text(scene))
    }

    fn page_holds_text(&self, scene: &Scene<'_>) -> bool {
        let document = &scene.article.document;
        let blocks = document.blocks.iter().filter(|block| !block.leftover && !block.hidden);
        let texts =
            blocks.map(|block| block.text.as_str()).chain(document.links.iter().map(|link| link.target.as_str()));
        texts.map(fold).any(|text| self.must_text.iter().any(|wanted| holds_word(&text, wanted)))
    }
}

/// True when `wanted` stands in `text` with no letter or digit glued to either side.
fn holds_word(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + wanted.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The first statement of the article: its title, else its first prose.
fn top(scene: &Scene<'_>) -> Option<Span> {
    let document = &scene.article.document;
    let is_prose = |kind| matches!(kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::Item);
    let mut statements = scene.article.statements.iter();
    let first = statements.find(|one| document.blocks.get(one.block).is_some_and(|block| is_prose(block.kind)))?;
    Some(first.span)
}
