//! What the house knows of approvals, held against what an article says of them.
//!
//! `misstated`: an approval is claimed that the house says is none: of another product, for another use, or before its
//! year. `unstated`: a use is described again and again that the house says is not approved, and the article does not
//! say so. Observations: the claim, or the first statement of the use, beside the house fact.

use super::phrase::{found, mark, overlap};
use super::product::Products;
use super::scope::Scope;
use super::{Audience, Followers, Mechanism, Observation, Phrase, Scene, Side};
use crate::fact::Value;
use crate::fact::house::HouseFact;
use crate::finding::Place;
use crate::grammar::pattern::Match;
use crate::lexicon::{Entry, EntryId};
use crate::source::Span;
use crate::statement::Statement;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decides {
    /// Whether a claimed approval is one.
    #[default]
    Misstated,
    /// Whether a use that is not approved is called so.
    Unstated,
}

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Approval {
    /// What is decided.
    pub decides: Decides,
    /// Phrases that claim an approval. Captures: `use` what for, `name` the product under whose name, `year` when.
    pub claims: Vec<Phrase>,
    /// Claims that are wrong whatever the house knows: grade `never`.
    pub never: Vec<Phrase>,
    /// Phrases that speak of a use, in a statement that names the product and a condition.
    pub uses: Vec<Phrase>,
    /// A phrase that silences the statement.
    pub unless: Vec<Phrase>,
    /// Phrases of which the article must hold one.
    pub must: Vec<Phrase>,
    /// How many statements must speak of the use.
    pub at_least: usize,
    /// Classes of the lexicon whose entries are uses.
    pub of: Vec<String>,
    /// Where wording counts.
    pub scope: Scope,
    /// Silent in articles for this audience.
    pub unless_audience: Option<Audience>,
}

const GRADES: &[&str] = &["product", "indication", "name", "year", "never"];

/// The attribute of the house facts, and those of its classes that are no approval.
const ATTRIBUTE: &str = "approval";
const APPROVED: &str = "approved";

impl Mechanism for Approval {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        let lists = [&mut self.claims, &mut self.never, &mut self.uses, &mut self.unless, &mut self.must];
        lists.into_iter().flatten().collect()
    }

    fn followers(&self) -> Vec<Followers<'_>> {
        vec![Followers::near([&self.claims[..], &self.never, &self.uses], [&self.unless[..]])]
    }

    fn names(&self) -> Vec<(&'static str, &str)> {
        self.of.iter().map(|name| ("class", name.as_str())).collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        GRADES
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "subject", "use", "approved", "source", "checked", "year"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["house"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        if self.unless_audience == Some(scene.setting.audience) {
            return;
        }
        let products = Products::new(scene, ATTRIBUTE);
        match self.decides {
            Decides::Misstated => self.misstated(scene, products.as_ref(), seen),
            Decides::Unstated => {
                if let Some(products) = products {
                    self.unstated(scene, &products, seen);
                }
            }
        }
    }
}

impl Approval {
    fn misstated(&self, scene: &Scene<'_>, products: Option<&Products<'_>>, seen: &mut Vec<Observation>) {
        for (index, statement) in scene.article.statements.iter().enumerate() {
            if !self.scope.admits(scene, statement) {
                continue;
            }
            let mut taken: Vec<Range<usize>> = Vec::new();
            let known = found(statement, &self.claims).map(|hit| (hit, false));
            let mut hits: Vec<_> = found(statement, &self.never).map(|hit| (hit, true)).chain(known).collect();
            // what says most about a claim speaks for it
            hits.sort_by_key(|(hit, never)| (!never, std::cmp::Reverse(hit.words.len()), hit.words.start));
            for (hit, never) in hits {
                let silenced = found(statement, &self.unless).any(|other| overlap(&other.words, &hit.words));
                if silenced
                    || taken.iter().any(|other| overlap(other, &hit.words))
                    || !self.scope.counts(statement, &hit.words)
                {
                    continue;
                }
                let wrong = if never { Some(Wrong::never()) } else { self.wrong(scene, products, index, hit) };
                if let Some(wrong) = wrong {
                    taken.push(hit.words.clone());
                    let range = statement.bytes_of(mark(hit));
                    let text = statement.prose(&scene.article.document, range.clone()).to_owned();
                    seen.push(wrong.observation(statement.span_of(&scene.article.document, range), text));
                }
            }
        }
    }

    /// Why a claim is wrong by what the house knows; `None` when it is right or cannot be decided.
    fn wrong<'a>(
        &self,
        scene: &Scene<'_>,
        products: Option<&Products<'a>>,
        index: usize,
        hit: &Match,
    ) -> Option<Wrong<'a>> {
        let products = products?;
        let statement = scene.article.statements.get(index)?;
        let named = products.named(statement);
        let before: Vec<_> = named.iter().filter(|one| one.words.start < mark_end(hit)).collect();
        let first = before.first().map(|one| &one.name);
        let other_name = hit.capture("name").and_then(|words| named.iter().find(|one| overlap(&one.words, &words)));
        let alike = |one: &&&super::product::Named| other_name.is_none_or(|other| other.words != one.words);
        if before.iter().filter(alike).any(|one| Some(&one.name) != first) {
            return None;
        }
        let name = match first {
            Some(name) => Arc::clone(name),
            None => products.of(index)?,
        };
        let facts: Vec<&HouseFact> = products.facts(&name).filter(|house| is_of(scene, statement, house)).collect();
        let house = *facts.first()?;
        let wrong = |grade, house, use_of: Option<&Entry>| {
            let use_of = use_of.map_or_else(String::new, |entry| entry.name.to_string());
            Some(Wrong { grade, house: Some(house), subject: Arc::clone(&name), use_of })
        };
        if other_name.is_some_and(|other| other.name != name) {
            return wrong("name", house, None);
        }
        let use_of = hit.capture("use").and_then(|words| self.uses_in(scene, statement, &words).into_iter().next());
        let entry = use_of.and_then(|id| scene.lexicon.entry(id));
        if let Some(none) = facts.iter().find(|one| !is_approved(one) && indication(one).is_none()) {
            return wrong("product", none, entry);
        }
        if let Some(id) = use_of {
            let related = |one: &&&HouseFact| indication(one).is_some_and(|name| is_related(scene, id, name));
            let own = facts.iter().find(related);
            if own.is_some_and(|one| !is_approved(one)) {
                return wrong("indication", own.copied().unwrap_or(house), entry);
            }
            if own.is_none() && facts.iter().any(|one| one.only && is_approved(one)) {
                return wrong("indication", house, entry);
            }
        }
        let year = hit.capture("year").and_then(|words| statement.quantities_in(words).next())?;
        let early = facts.iter().find(|one| {
            is_approved(one) && (one.only || facts.len() == 1) && one.year.is_some_and(|own| year.high < whole(own))
        })?;
        wrong("year", early, entry)
    }

    /// Entries of the classes of uses that words of a statement name.
    fn uses_in(&self, scene: &Scene<'_>, statement: &Statement, words: &Range<usize>) -> Vec<EntryId> {
        let classes: Vec<_> = self.of.iter().filter_map(|name| scene.lexicon.class(name)).collect();
        let inside = statement.entities_in(words.clone());
        let fits = |id: &EntryId| classes.iter().any(|class| scene.lexicon.is_a(*id, *class));
        inside.map(|entity| entity.entry).filter(fits).collect()
    }

    fn unstated(&self, scene: &Scene<'_>, products: &Products<'_>, seen: &mut Vec<Observation>) {
        let statements = &scene.article.statements;
        if statements.iter().any(|statement| found(statement, &self.must).next().is_some()) {
            return;
        }
        // how often each use of each product is spoken of, with the first place
        let mut uses: BTreeMap<(Arc<str>, Arc<str>), (usize, usize)> = BTreeMap::new();
        let mut all: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for (index, statement) in statements.iter().enumerate() {
            let speaks = self.scope.admits(scene, statement)
                && found(statement, &self.uses).next().is_some()
                && found(statement, &self.unless).next().is_none();
            if !speaks {
                continue;
            }
            let Some(name) = products.of(index) else { continue };
            let mut own: Vec<Arc<str>> = Vec::new();
            for id in self.uses_in(scene, statement, &(0..statement.words.len())) {
                let denied = statement.entities.iter().filter(|entity| entity.entry == id);
                if denied.into_iter().all(|entity| statement.is_negated(entity.words.start)) {
                    continue;
                }
                if unapproved(scene, products, &name, id).is_some() {
                    own.extend(family(scene, id));
                }
            }
            own.sort_unstable();
            own.dedup();
            *all.entry(Arc::clone(&name)).or_default() += usize::from(!own.is_empty());
            for condition in own {
                uses.entry((Arc::clone(&name), condition)).or_insert((0, index)).0 += 1;
            }
        }
        let most = uses.iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(a.0)));
        let Some(((name, condition), (count, first))) = most.filter(|(_, (count, _))| *count > 1) else { return };
        // uses beside the one most spoken of count too
        let count = all.get(name).copied().unwrap_or(*count);
        let id = scene.lexicon.named(condition).first().copied();
        let house = id.and_then(|id| unapproved(scene, products, name, id));
        let (Some(house), Some(statement), true) = (house, statements.get(*first), count >= self.at_least) else {
            return;
        };
        let range = statement.range.clone();
        let text = statement.prose(&scene.article.document, range.clone()).to_owned();
        let wrong =
            Wrong { grade: "indication", house: Some(house), subject: Arc::clone(name), use_of: condition.to_string() };
        seen.push(wrong.observation(statement.span_of(&scene.article.document, range), text));
    }
}

/// A claim that is wrong, with the house fact that says so.
struct Wrong<'a> {
    grade: &'static str,
    house: Option<&'a HouseFact>,
    subject: Arc<str>,
    use_of: String,
}

impl Wrong<'_> {
    fn never() -> Self {
        Self { grade: "never", house: None, subject: "".into(), use_of: String::new() }
    }

    fn observation(self, span: Span, text: String) -> Observation {
        let fact = self.house.map(|house| &house.fact);
        let side = |place: &Place| Side { role: "house", place: place.clone(), value: text.clone() };
        let known = |value: &dyn Fn(&HouseFact) -> String| self.house.map_or_else(String::new, value);
        Observation {
            grade: Some(self.grade),
            span,
            related: fact.map(|fact| side(&fact.place)).into_iter().collect(),
            values: vec![
                ("subject", self.subject.to_string()),
                ("use", self.use_of.clone()),
                ("approved", known(&|house| indication(house).map_or_else(String::new, str::to_owned))),
                ("source", known(&|house| house.source.clone())),
                ("checked", known(&|house| house.checked.clone())),
                ("year", known(&|house| house.year.map_or_else(String::new, |year| year.to_string()))),
                ("text", text),
            ],
            fix: None,
        }
    }
}

fn mark_end(hit: &Match) -> usize {
    mark(hit).end
}

#[allow(clippy::cast_precision_loss)] // a year
const fn whole(year: i64) -> f64 {
    year as f64
}

fn is_approved(house: &HouseFact) -> bool {
    matches!(&house.fact.value, Value::Class(class) if class.as_ref() == APPROVED)
}

fn indication(house: &HouseFact) -> Option<&str> {
    house.fact.qualifier("indication").next().map(|one| one.value.as_ref())
}

/// True when nothing in the statement is of another jurisdiction than the house fact.
fn is_of(scene: &Scene<'_>, statement: &Statement, house: &HouseFact) -> bool {
    let Some(own) = house.fact.qualifier("jurisdiction").next() else { return true };
    let class = scene.lexicon.class("jurisdiction");
    statement.entities.iter().filter_map(|entity| Some((entity.entry, scene.lexicon.entry(entity.entry)?))).all(
        |(id, entry)| {
            let place = class.is_some_and(|class| scene.lexicon.is_a(id, class)).then_some(entry.name.as_ref());
            let implied = entry.imply.iter().find(|(name, _)| &**name == "jurisdiction").map(|(_, value)| &**value);
            place.or(implied).is_none_or(|place| place == own.value.as_ref())
        },
    )
}

/// A use with everything that it is a kind of.
fn family(scene: &Scene<'_>, id: EntryId) -> Vec<Arc<str>> {
    let Some(entry) = scene.lexicon.entry(id) else { return Vec::new() };
    std::iter::once(&entry.name).chain(&entry.kind_of).cloned().collect()
}

/// True when a use and an indication are the same, or one is a kind of the other.
fn is_related(scene: &Scene<'_>, id: EntryId, indication: &str) -> bool {
    let own = family(scene, id);
    let is_own = |name: &Arc<str>| own.iter().any(|one| one == name);
    own.iter().any(|name| name.as_ref() == indication)
        || scene.lexicon.named(indication).iter().flat_map(|other| family(scene, *other)).any(|name| is_own(&name))
}

/// The house fact by which a product is not approved for a use.
fn unapproved<'a>(scene: &Scene<'_>, products: &Products<'a>, name: &str, id: EntryId) -> Option<&'a HouseFact> {
    let related = |house: &&HouseFact| indication(house).is_some_and(|indication| is_related(scene, id, indication));
    if let Some(own) = products.facts(name).find(related) {
        return (!is_approved(own)).then_some(own);
    }
    products.facts(name).find(|house| house.only && is_approved(house))
}
