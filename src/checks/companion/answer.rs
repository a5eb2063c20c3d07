//! Whether what must also be said is said, and where.
//!
//! Takes the parameters of `companion` and one article; knows nothing of what was said first.

use super::Companion;
use crate::checks::Scene;
use crate::checks::evidence;
use crate::checks::phrase::{found, heads};
use crate::checks::product::Products;
use crate::lexicon::{fold, pieces};
use crate::statement::Statement;
use serde::Deserialize;
use std::sync::Arc;

/// How near an answer must stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Anywhere in the article.
    #[default]
    Article,
    /// Under the same heading.
    Section,
}

/// The answers of one article.
pub struct Answers<'a> {
    check: &'a Companion,
    scene: &'a Scene<'a>,
    /// Statements that answer, in order.
    answering: Vec<usize>,
    /// True when the page answers whatever is asked: it cites, or holds a text that answers.
    page: bool,
    listed: Option<Products<'a>>,
}

impl<'a> Answers<'a> {
    /// Looks an article through once.
    pub fn new(check: &'a Companion, scene: &'a Scene<'a>) -> Self {
        let statements = scene.article.statements.iter().enumerate();
        let answering = statements.filter(|(_, one)| answers(check, scene, one)).map(|(index, _)| index).collect();
        let page = (check.must_cite && evidence::article_cites(scene)) || page_holds_text(check, scene);
        let listed = check.must_house.as_deref().and_then(|attribute| Products::new(scene, attribute));
        Self { check, scene, answering, page, listed }
    }

    /// Whether what a statement says is answered, and what the house lists for it.
    pub fn answer(&self, at: usize) -> (bool, Option<String>) {
        let product = self.listed.as_ref().and_then(|products| Some((products, products.of(at)?)));
        let values: Vec<&Arc<str>> = product.iter().flat_map(|(products, name)| values(products, name)).collect();
        if !values.is_empty() {
            let named = values.iter().any(|value| self.names(value));
            let shown: Vec<&str> = values.iter().map(|value| value.as_ref()).collect();
            return (named, Some(shown.join(", ")));
        }
        let heading = |index: usize| {
            let block = self.scene.article.statements.get(index).map(|one| one.block);
            block.and_then(|block| self.scene.article.document.blocks.get(block)).and_then(|block| block.heading)
        };
        let near = |index: &usize| self.check.within == Within::Article || heading(*index) == heading(at);
        (self.page || self.answering.iter().any(near), None)
    }

    /// True when the article names something that the house lists: all content words of one of its alternatives stand
    /// in one statement.
    fn names(&self, value: &str) -> bool {
        let weak = self.scene.lexicon.list("harm-weak");
        let joins = self.scene.lexicon.list("harm-joint");
        let folded = fold(value).into_owned();
        let mut alternatives: Vec<Vec<&str>> = vec![Vec::new()];
        for word in pieces(&folded).filter_map(|range| folded.get(range)) {
            if joins.iter().any(|join| join == word) {
                alternatives.push(Vec::new());
            } else if !weak.iter().any(|weak| weak == word) {
                alternatives.last_mut().into_iter().for_each(|one| one.push(word));
            }
        }
        alternatives.retain(|words| !words.is_empty());
        self.scene.article.statements.iter().any(|statement| {
            let text = fold(statement.text(&self.scene.article.document)).into_owned();
            let words: Vec<&str> = pieces(&text).filter_map(|range| text.get(range)).collect();
            alternatives.iter().any(|wanted| wanted.iter().all(|word| words.iter().any(|own| is_form(own, word))))
        })
    }
}

/// True when a word of a text is a word of the house, or grows out of it ("bleed", "bleeding").
fn is_form(own: &str, wanted: &str) -> bool {
    own.strip_prefix(wanted).is_some_and(|rest| rest.len() <= 3)
}

fn values<'a>(products: &Products<'a>, name: &str) -> Vec<&'a Arc<str>> {
    products.facts(name).flat_map(|house| &house.values).collect()
}

/// True when a statement says what must be said.
fn answers(check: &Companion, scene: &Scene<'_>, statement: &Statement) -> bool {
    if found(statement, &check.must_unless).next().is_some() {
        return false;
    }
    let counts = |words: &std::ops::Range<usize>| {
        let Some(scope) = &check.must_scope else { return true };
        scope.admits(scene, statement) && scope.counts(statement, words)
    };
    // the title is over everything
    let level = |one: &Statement| scene.article.document.blocks.get(one.block).map_or(0, |block| block.level);
    let under = |one: &Statement| {
        heads(scene, one).any(|head| level(head) != 1 && found(head, &check.must_under).next().is_some())
    };
    found(statement, &check.must).any(|hit| counts(&hit.words))
        || (found(statement, &check.must_there).any(|hit| counts(&hit.words)) && under(statement))
}

/// True when the page, footers and links included, holds one of the texts.
fn page_holds_text(check: &Companion, scene: &Scene<'_>) -> bool {
    let listed = check.must_list.as_deref().map(|list| scene.lexicon.lists_under(list)).unwrap_or_default();
    let wanted: Vec<String> =
        check.must_text.iter().map(String::as_str).chain(listed).map(|text| fold(text).into_owned()).collect();
    if wanted.is_empty() {
        return false;
    }
    let document = &scene.article.document;
    let blocks = document.blocks.iter().filter(|block| !block.leftover && !block.hidden);
    let texts = blocks.map(|block| block.text.as_str()).chain(document.links.iter().map(|link| link.target.as_str()));
    texts.map(fold).any(|text| wanted.iter().any(|wanted| holds_word(&text, wanted)))
}

/// True when `wanted` stands in `text` with no letter or digit glued to either side.
fn holds_word(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + wanted.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
