//! Which product of the house facts a statement speaks of.
//!
//! A product is named in the statement, before it in its block, in the heading above, or is what the whole article is
//! about. Decides nothing about it.

use super::Scene;
use super::phrase::heads;
use crate::document::BlockKind;
use crate::fact::house::HouseFact;
use crate::lexicon::{ClassId, fold, pieces};
use crate::statement::Statement;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Classes of the lexicon whose entries are products, where a rule names none.
pub const CLASSES: &[&str] = &["device", "medicine", "supplement", "vaccine"];

/// Entries of this class are kinds of product, not products.
const KIND: &str = "medicine-class";

/// How many statements back, in the same block, a product may have been named.
const REACH: usize = 4;

/// A product named in a statement.
pub struct Named {
    /// The name: of the house where the house knows it, else of the lexicon.
    pub name: Arc<str>,
    /// Words of the statement.
    pub words: Range<usize>,
}

/// What the house knows of products under one attribute.
pub struct Products<'a> {
    scene: &'a Scene<'a>,
    facts: Vec<&'a HouseFact>,
    /// True when every product counts, not only those of the house.
    open: bool,
    classes: Vec<ClassId>,
    kind: Option<ClassId>,
    /// Names of the house that the lexicon does not know, as folded words, with the product they stand for.
    aliases: Vec<(Vec<String>, Arc<str>)>,
    topic: Option<Arc<str>>,
}

impl<'a> Products<'a> {
    /// The products of the house facts of an attribute that hold today and where the site is read; `None` without any.
    pub fn new(scene: &'a Scene<'a>, attribute: &str) -> Option<Self> {
        let holds = |house: &&HouseFact| {
            house.fact.attribute.as_ref() == attribute
                && house.review_by.is_none_or(|day| day >= scene.setting.today)
                && is_here(scene, house)
        };
        let facts: Vec<&HouseFact> = scene.house.facts.iter().filter(holds).collect();
        if facts.is_empty() {
            return None;
        }
        Some(Self::with(scene, facts, false, CLASSES))
    }

    /// All products of some classes, whatever the house knows.
    pub fn open(scene: &'a Scene<'a>, classes: &[String]) -> Self {
        let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
        Self::with(scene, Vec::new(), true, if classes.is_empty() { CLASSES } else { &classes })
    }

    fn with(scene: &'a Scene<'a>, facts: Vec<&'a HouseFact>, open: bool, classes: &[&str]) -> Self {
        let mut aliases = Vec::new();
        for house in &facts {
            for name in house.subjects.iter().filter(|name| scene.lexicon.named(name).is_empty()) {
                let words: Vec<String> =
                    pieces(name).filter_map(|word| name.get(word)).map(|word| fold(word).into_owned()).collect();
                if !words.is_empty() {
                    aliases.push((words, Arc::clone(&house.fact.subject)));
                }
            }
        }
        let classes = classes.iter().filter_map(|name| scene.lexicon.class(name)).collect();
        let kind = scene.lexicon.class(KIND);
        let mut products = Self { scene, facts, open, classes, kind, aliases, topic: None };
        products.topic = products.topic();
        products
    }

    /// The house facts about a product.
    pub fn facts(&self, name: &str) -> impl Iterator<Item = &'a HouseFact> {
        self.facts.iter().copied().filter(move |house| house.fact.subject.as_ref() == name)
    }

    /// The products that a statement names, in order; a kind of product gives way to its members.
    pub fn named(&self, statement: &Statement) -> Vec<Named> {
        let lexicon = self.scene.lexicon;
        let mut found: Vec<Named> = Vec::new();
        for entity in &statement.entities {
            let product = self.classes.iter().any(|class| lexicon.is_a(entity.entry, *class));
            let kind = self.kind.is_some_and(|kind| lexicon.is_a(entity.entry, kind));
            if let Some(entry) = lexicon.entry(entity.entry).filter(|_| product && !kind) {
                found.push(Named { name: self.known_as(&entry.name), words: entity.words.clone() });
            }
        }
        for (words, name) in &self.aliases {
            let text = |at: usize| statement.words.get(at).map(|word| self.folded(statement, word.range.clone()));
            for start in 0..statement.words.len() {
                if words.iter().enumerate().all(|(n, word)| text(start + n).as_deref() == Some(word)) {
                    found.push(Named { name: Arc::clone(name), words: start..start + words.len() });
                }
            }
        }
        found.sort_by_key(|named| named.words.start);
        found
    }

    /// The product that a statement is about; `None` when it names none of the house's, or several things alike.
    pub fn of(&self, index: usize) -> Option<Arc<str>> {
        let statements = &self.scene.article.statements;
        let statement = statements.get(index)?;
        let own = self.named(statement);
        if !own.is_empty() {
            return own.iter().find(|named| self.knows(&named.name)).map(|named| Arc::clone(&named.name));
        }
        let before = statements.get(index.saturating_sub(REACH)..index)?;
        for earlier in before.iter().rev().take_while(|earlier| earlier.block == statement.block) {
            if let Some(last) = self.named(earlier).first() {
                return self.knows(&last.name).then(|| Arc::clone(&last.name));
            }
        }
        for head in heads(self.scene, statement) {
            if let Some(first) = self.named(head).first() {
                return self.knows(&first.name).then(|| Arc::clone(&first.name));
            }
        }
        self.topic.clone()
    }

    /// True when the house knows a product.
    pub fn knows(&self, name: &str) -> bool {
        self.open || self.facts(name).next().is_some()
    }

    /// The house's own name for a product.
    fn known_as(&self, name: &Arc<str>) -> Arc<str> {
        let house = self.facts.iter().find(|house| house.subjects.contains(name));
        house.map_or_else(|| Arc::clone(name), |house| Arc::clone(&house.fact.subject))
    }

    fn folded(&self, statement: &Statement, range: Range<usize>) -> String {
        fold(statement.prose(&self.scene.article.document, range)).into_owned()
    }

    /// The product that the article is about: the only one of its title, else the one it names at least three times
    /// and twice as often as any other.
    fn topic(&self) -> Option<Arc<str>> {
        let lexicon = self.scene.lexicon;
        let configured = self.scene.setting.topic.as_deref().map(|name| lexicon.named(name));
        if let Some(entry) = configured.iter().flatten().find_map(|id| lexicon.entry(*id)) {
            let name = self.known_as(&entry.name);
            return self.knows(&name).then_some(name);
        }
        let mut counts: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        let mut title: Option<Vec<Named>> = None;
        for statement in &self.scene.article.statements {
            let block = self.scene.article.document.blocks.get(statement.block);
            let Some(block) = block.filter(|block| block.kind != BlockKind::Reference) else { continue };
            let named = self.named(statement);
            for one in &named {
                *counts.entry(Arc::clone(&one.name)).or_default() += 1;
            }
            if block.kind == BlockKind::Heading && block.level <= 1 && title.is_none() {
                title = Some(named);
            }
        }
        let mut own = title.unwrap_or_default();
        own.dedup_by(|a, b| a.name == b.name);
        let (best, most) = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
        let next = counts.iter().filter(|(name, _)| *name != best).map(|(_, count)| *count).max().unwrap_or(0);
        let name = match own.as_slice() {
            [only] => Arc::clone(&only.name),
            _ if *most >= 3 && *most >= next * 2 => Arc::clone(best),
            _ => return None,
        };
        self.knows(&name).then_some(name)
    }
}

/// True when a house fact holds where the site is read.
fn is_here(scene: &Scene<'_>, house: &HouseFact) -> bool {
    let Some(site) = scene.setting.jurisdiction.as_deref() else { return true };
    let known = scene.lexicon.named(site);
    let names: Vec<&str> =
        known.iter().filter_map(|id| scene.lexicon.entry(*id)).map(|entry| entry.name.as_ref()).collect();
    let mut stated = house.fact.qualifier("jurisdiction").peekable();
    stated.peek().is_none() || stated.any(|one| one.value.as_ref() == site || names.contains(&one.value.as_ref()))
}
