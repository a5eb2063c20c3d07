//! What only several links together give away: one address behind many names, and paragraphs that are all links.
//!
//! Takes the links of the article's body; gives one observation for each such group. A single link says nothing here.

use super::fault::{is_allowed, is_disclosed};
use super::{Page, shown};
use crate::checks::{Observation, Scene, Side};
use crate::document::{Block, Link, LinkKind};
use crate::finding::Place;
use crate::leftover::host::{self, Trusted};
use crate::lexicon::{fold, pieces};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use url::Url;

/// As many different names lead to one address, or as many links of a paragraph to one domain.
const NAMES: usize = 3;
const LINKS: usize = 5;
/// The words of the links, of all words of their paragraph, in per cent.
const SHARE: usize = 60;
/// How many of the other places are shown.
const SHOWN: usize = 5;

/// A link with a text that readers see.
struct One<'d> {
    link: &'d Link,
    block: &'d Block,
    url: Url,
    text: &'d str,
}

fn links<'d>(scene: &Scene<'d>) -> Vec<One<'d>> {
    let document = &scene.article.document;
    let one = |link: &'d Link| {
        let block = document.blocks.get(link.block?)?;
        let text = block.text.as_str().get(link.range.clone()).unwrap_or_default().trim();
        let seen = block.is_article() && !link.hidden && link.kind == LinkKind::Anchor && !text.is_empty();
        let url = host::web_address(&link.target).filter(|_| seen)?;
        Some(One { link, block, url, text })
    };
    document.links.iter().filter_map(one).collect()
}

/// One address behind three product names or more: a counter of somebody who is paid for the clicks, whatever the name
/// of its host. Links that say what to do (book, call) may all lead to one page, and so may names on a page that
/// discloses what it earns.
pub(super) fn tracker<'p>(scene: &Scene<'p>, page: &Page<'p>) -> Vec<Observation> {
    let all = links(scene);
    let trusted = Trusted::new(scene.lexicon, &scene.setting.domains);
    let mut groups: BTreeMap<&str, Vec<&One<'_>>> = BTreeMap::new();
    for one in &all {
        groups.entry(one.url.as_str()).or_default().push(one);
    }
    let is_counter = |group: &&Vec<&One<'_>>| {
        let names: BTreeSet<String> =
            group.iter().filter(|one| is_name(scene, one.text)).map(|one| fold(one.text).into_owned()).collect();
        let named = group.iter().filter(|one| is_name(scene, one.text)).count();
        names.len() >= NAMES
            && named * 4 >= group.len() * 3
            && group.first().is_some_and(|one| {
                counts(scene, &one.url) && !trusted.covers(&one.url) && !is_disclosed(scene, one.block, page)
            })
    };
    let mut found: Vec<Observation> =
        groups.values().filter(is_counter).filter_map(|group| observation(scene, group, "tracker")).collect();
    found.sort_by_key(|one| one.span);
    found
}

/// True for an address that looks like a counter of clicks: by a part of its host or path, or the key of a query.
fn counts(scene: &Scene<'_>, url: &Url) -> bool {
    let is_part = |part: &str| scene.lexicon.list("counter-part").iter().any(|own| own.eq_ignore_ascii_case(part));
    url.host_str().unwrap_or_default().split(['.', '-']).any(is_part)
        || url.path_segments().into_iter().flatten().any(is_part)
        || url.query_pairs().any(|(key, _)| is_part(&key))
}

/// The name of a product: up to six words that begin with capitals or digits, none of which tells readers what to do.
fn is_name(scene: &Scene<'_>, text: &str) -> bool {
    let words: Vec<&str> = pieces(text)
        .filter_map(|range| text.get(range))
        .filter(|word| word.starts_with(char::is_alphanumeric))
        .collect();
    let calls = scene.lexicon.list("link-call");
    let long = words.iter().filter(|word| word.len() > 3);
    (1..=6).contains(&words.len())
        && long.clone().count() > 0
        && long.clone().all(|word| word.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()))
        && !words.iter().any(|word| calls.iter().any(|own| *own == fold(word)))
}

/// Paragraphs that are links to one shop for the most part.
pub(super) fn dense(scene: &Scene<'_>) -> Vec<Observation> {
    let all = links(scene);
    let mut groups: BTreeMap<(usize, &str), Vec<&One<'_>>> = BTreeMap::new();
    for one in &all {
        let Some(id) = one.link.block else { continue };
        groups.entry((id, host::registrable(&one.url))).or_default().push(one);
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (id, _) in groups.keys() {
        *counts.entry(*id).or_default() += 1;
    }
    let is_dense = |(id, group): (&usize, &Vec<&One<'_>>)| {
        let (Some(first), Some(1)) = (group.first(), counts.get(id)) else { return false };
        let linked: usize = group.iter().map(|one| one.text.split_whitespace().count()).sum();
        let words = first.block.text.as_str().split_whitespace().count();
        let sells = host::sells(&first.url, scene.lexicon);
        group.len() >= LINKS && linked * 100 >= words * SHARE && sells && !is_allowed(scene, &first.url)
    };
    groups
        .iter()
        .filter(|((id, _), group)| is_dense((id, group)))
        .filter_map(|(_, group)| observation(scene, group, "dense"))
        .collect()
}

/// The first link of a group, with some of the others.
fn observation(scene: &Scene<'_>, group: &[&One<'_>], grade: &'static str) -> Option<Observation> {
    let first = group.first()?;
    let side = |one: &&One<'_>| Side {
        role: "again",
        place: Place::of(scene.article.source, shown(one.link)),
        value: String::new(),
    };
    Some(Observation {
        grade: Some(grade),
        span: shown(first.link),
        related: group.iter().skip(1).take(SHOWN).map(side).collect(),
        values: vec![
            ("domain", host::registrable(&first.url).to_owned()),
            ("shown", first.text.to_owned()),
            ("word", String::new()),
            ("count", group.len().to_string()),
        ],
        fix: None,
    })
}
