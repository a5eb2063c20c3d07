//! An article that says this must also say that.
//!
//! What must be said too may stand anywhere in the article, or, as the rule says, near what is said. The house can
//! narrow what counts (`where-house`) and widen what answers (`must-house`). What answers is decided in `answer`.

mod answer;

use super::phrase::{found, mark, overlap, saying};
use super::product::Products;
use super::scope::Scope;
use super::{Audience, Followers, Mechanism, Observation, Phrase, Scene, Side};
use crate::document::BlockKind;
use crate::fact::Value;
use crate::finding::Place;
use crate::source::{Format, Span};
use answer::{Answers, Within};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the house must say of a product before the rule is about it.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HouseSays {
    /// The attribute.
    pub attribute: String,
    /// Its class.
    pub value: String,
}

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Companion {
    /// What the article says.
    pub says: Vec<Phrase>,
    /// The same in a form that matters less: grade `mild` when nothing else is said.
    pub mild: Vec<Phrase>,
    /// The same in a form that matters more: grade `praised`.
    pub praised: Vec<Phrase>,
    /// A phrase that silences what it overlaps.
    pub unless: Vec<Phrase>,
    /// A phrase that silences the whole statement.
    pub unless_said: Vec<Phrase>,
    /// Phrases that belong to what is said when they follow in the same block: related places.
    pub goes_on: Vec<Phrase>,
    /// Report every statement that says it, not only the first.
    pub each: bool,
    /// Count only what is said of one product, the one of which most is said.
    pub of_one: bool,
    /// Classes of the lexicon whose entries are products, for `of-one`; devices, medicines, supplements and vaccines
    /// when none is given.
    pub products: Vec<String>,
    /// Only what is said of a product of which the house says this.
    pub where_house: Option<HouseSays>,
    /// Frames whose facts count as said.
    pub attributes: Vec<String>,
    /// How many statements must say it.
    pub at_least: usize,
    /// Phrases of which the article must hold one.
    pub must: Vec<Phrase>,
    /// Phrases that answer only under a heading, or behind a line that leads a list, with one of `must-under`.
    pub must_there: Vec<Phrase>,
    /// Headings and leads for `must-there`.
    pub must_under: Vec<Phrase>,
    /// A statement with one of these answers nothing: it only announces.
    pub must_unless: Vec<Phrase>,
    /// Where an answer counts; anywhere when not given.
    pub must_scope: Option<Scope>,
    /// An attribute of house facts: to name one of the listed values answers. Where the house lists none for what is
    /// spoken of, `must` answers and the grade is `unlisted`.
    pub must_house: Option<String>,
    /// How near the answer must stand.
    pub within: Within,
    /// Texts of which the page must hold one, footers and links included; compared word by word.
    pub must_text: Vec<String>,
    /// A list of the lexicon, with the lists of countries under it (`crisis-line-Canada`), of whose texts the page must
    /// hold one in the same way. The first of the site's jurisdiction goes into the message.
    pub must_list: Option<String>,
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

const GRADES: &[&str] = &["mild", "pasted", "praised", "unlisted"];

/// A place where it is said.
struct Said {
    /// Index of the statement.
    at: usize,
    span: Span,
    text: String,
    /// The product of the house that it is said of.
    product: Option<Arc<str>>,
}

impl Mechanism for Companion {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [
            &mut self.says,
            &mut self.mild,
            &mut self.praised,
            &mut self.unless,
            &mut self.unless_said,
            &mut self.goes_on,
            &mut self.must,
            &mut self.must_there,
            &mut self.must_under,
            &mut self.must_unless,
        ];
        lists.into_iter().flatten().collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        // what facts say no phrase leads
        if !self.attributes.is_empty() {
            return Vec::new();
        }
        let answers = [&self.must[..], &self.must_there, &self.must_under, &self.must_unless];
        let said = [&self.says[..], &self.mild];
        vec![
            Followers::near(said, [&self.praised[..], &self.unless, &self.unless_said]),
            Followers::far(said, [&self.goes_on[..]]),
            Followers::far(said, answers),
        ]
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        let house = self.where_house.as_ref().map(|house| &house.attribute);
        let names = self.attributes.iter().chain(house).chain(&self.must_house);
        let classes = self.products.iter().map(|name| ("class", name.as_str()));
        let lists = self.must_list.iter().map(|name| ("list", name.as_str()));
        names.map(|name| ("attribute", name.as_str())).chain(classes).chain(lists).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "count", "subject", "listed", "lines"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["goes-on"]
    }

    fn is_of_article(&self, _grade: Option<&str>) -> bool {
        self.at_top
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let supplied = self.unless_supplied.as_ref().is_some_and(|thing| scene.setting.supplies.contains(thing));
        if supplied || self.unless_audience == Some(scene.setting.audience) || self.is_short(scene) {
            return;
        }
        let narrowed = self.where_house.as_ref().map(|house| Products::new(scene, &house.attribute));
        let narrowed = match &narrowed {
            Some(None) => return, // the house knows no such product
            Some(Some(products)) => Some(products),
            None => None,
        };
        let open = self.of_one.then(|| Products::open(scene, &self.products));
        let narrowed = narrowed.or(open.as_ref());
        let strong = self.of_most(self.said(scene, &self.says, true, narrowed));
        let (mut said, mild) = if strong.len() >= self.at_least.max(1) {
            (strong, false)
        } else {
            (self.said(scene, &self.mild, false, narrowed), true)
        };
        if said.len() < self.at_least.max(1) {
            return;
        }
        let count = said.len();
        if !self.each {
            said.truncate(1);
        }
        let answers = Answers::new(self, scene);
        let pasted = self.must_cite && scene.article.source.format() == Format::Text;
        for one in said {
            let (answered, listed) = answers.answer(one.at);
            if answered {
                continue;
            }
            let span = if self.at_top { top(scene).unwrap_or(one.span) } else { one.span };
            let praised = || self.holds(scene, one.at, &self.praised);
            let grade = if mild {
                Some("mild")
            } else if praised() {
                Some("praised")
            } else if self.must_house.is_some() && listed.is_none() {
                Some("unlisted")
            } else {
                pasted.then_some("pasted")
            };
            let subject = one.product.as_deref().unwrap_or_default().to_owned();
            let listed = listed.unwrap_or_default();
            seen.push(Observation {
                grade,
                span,
                related: self.further(scene, one.at),
                values: vec![
                    ("text", one.text),
                    ("count", count.to_string()),
                    ("subject", subject),
                    ("listed", listed),
                    ("lines", self.lines(scene)),
                ],
                fix: None,
            });
        }
    }
}

/// How many statements behind what is said still belong to it.
const FURTHER: usize = 3;

impl Companion {
    fn is_short(&self, scene: &Scene<'_>) -> bool {
        let words: usize = scene.article.statements.iter().map(|statement| statement.words.len()).sum();
        words < self.at_least_words
    }

    /// What is said of the product of which most is said.
    fn of_most(&self, mut said: Vec<Said>) -> Vec<Said> {
        if self.of_one {
            let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
            for one in &said {
                *counts.entry(one.product.as_deref()).or_default() += 1;
            }
            let most = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            let most = most.and_then(|(name, _)| name.map(str::to_owned));
            said.retain(|one| one.product.as_deref() == most.as_deref());
        }
        said
    }

    /// What the list holds for the site's jurisdiction, for the message.
    fn lines(&self, scene: &Scene<'_>) -> String {
        let Some((list, site)) = self.must_list.as_ref().zip(scene.setting.jurisdiction.as_deref()) else {
            return String::new();
        };
        let named = scene.lexicon.named(site);
        let named = named.iter().filter_map(|id| scene.lexicon.entry(*id)).map(|entry| entry.name.as_ref());
        let mut lines = named.chain(std::iter::once(site)).map(|place| (place, format!("{list}-{place}")));
        let line = lines.find_map(|(place, name)| Some((place, scene.lexicon.list(&name).first()?)));
        line.map_or_else(String::new, |(place, line)| format!("({place}: {line})"))
    }

    /// True when one of the phrases stands in a statement.
    fn holds(&self, scene: &Scene<'_>, at: usize, phrases: &[Phrase]) -> bool {
        let statement = scene.article.statements.get(at);
        statement.is_some_and(|statement| found(statement, phrases).next().is_some())
    }

    /// What follows in the block and belongs to what is said.
    fn further(&self, scene: &Scene<'_>, at: usize) -> Vec<Side> {
        let article = scene.article;
        let Some(own) = article.statements.get(at).filter(|_| !self.goes_on.is_empty()) else { return Vec::new() };
        let next = article.statements.get(at + 1..).unwrap_or_default().iter().take(FURTHER);
        let inside = next.take_while(|one| one.block == own.block);
        let hits = inside.filter_map(|one| Some((one, found(one, &self.goes_on).next()?)));
        hits.map(|(one, hit)| {
            let range = one.bytes_of(mark(hit));
            let value = one.prose(&article.document, range.clone()).to_owned();
            let place = Place::of(article.source, one.span_of(&article.document, range));
            Side { role: "goes-on", place, value }
        })
        .collect()
    }

    /// The statements that say it, one place each.
    fn said(&self, scene: &Scene<'_>, phrases: &[Phrase], facts: bool, narrowed: Option<&Products<'_>>) -> Vec<Said> {
        let article = scene.article;
        let mut said = Vec::new();
        let saying = if facts && !self.attributes.is_empty() {
            article.statements.iter().enumerate().collect()
        } else {
            saying(scene, &[phrases])
        };
        for (index, statement) in saying {
            if !self.scope.admits(scene, statement) || found(statement, &self.unless_said).next().is_some() {
                continue;
            }
            let mut worded = found(statement, phrases).map(mark).filter(|words| {
                self.scope.counts(statement, words)
                    && !found(statement, &self.unless).any(|other| overlap(&other.words, words))
            });
            let place = if let Some(words) = worded.next() {
                let range = statement.bytes_of(words);
                let text = statement.prose(&article.document, range.clone()).to_owned();
                Some((statement.span_of(&article.document, range), text))
            } else if facts {
                let first = article.facts.partition_point(|fact| fact.statement < index);
                let mut own = article.facts.get(first..).unwrap_or_default().iter();
                let fact = own
                    .by_ref()
                    .take_while(|fact| fact.statement == index)
                    .find(|fact| self.attributes.iter().any(|name| name.as_str() == fact.attribute.as_ref()));
                fact.map(|fact| (fact.place.span, fact.place.text.clone()))
            } else {
                None
            };
            let Some((span, text)) = place else { continue };
            let product = narrowed.map(|products| self.product(products, index));
            if product != Some(None) {
                said.push(Said { at: index, span, text, product: product.flatten() });
            }
        }
        said
    }

    /// The product of a statement, when the house says of it what the rule is about.
    fn product(&self, products: &Products<'_>, index: usize) -> Option<Arc<str>> {
        let name = products.of(index)?;
        let Some(wanted) = self.where_house.as_ref() else { return Some(name) };
        let says = |value: &Value| matches!(value, Value::Class(class) if **class == *wanted.value);
        let known = products.facts(&name).any(|house| says(&house.fact.value));
        known.then_some(name)
    }
}

/// The first statement of the article: its title, else its first prose.
fn top(scene: &Scene<'_>) -> Option<Span> {
    let document = &scene.article.document;
    let is_prose = |kind| matches!(kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::Item);
    let mut statements = scene.article.statements.iter();
    let first = statements.find(|one| document.blocks.get(one.block).is_some_and(|block| is_prose(block.kind)))?;
    Some(first.span)
}
