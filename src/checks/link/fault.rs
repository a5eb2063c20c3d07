//! The faults of links, one function each.

use super::{Place, headings};
use crate::checks::{Observation, Scene};
use crate::leftover::host;
use serde::Deserialize;

/// What is looked for in links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A commercial domain that has nothing to do with the article.
    OffTopic,
    /// A host that hides where the link goes.
    Shortener,
}

impl Fault {
    pub(super) fn look(self, scene: &Scene<'_>, place: Place<'_>, seen: &mut Vec<Observation>) {
        match self {
            Self::OffTopic => off_topic(scene, place, seen),
            Self::Shortener => shortener(scene, place, seen),
        }
    }
}

fn observation(place: Place<'_>, grade: Option<&'static str>, word: &str) -> Observation {
    let domain = host::registrable(place.url).to_owned();
    let shown = place.link.and_then(|link| place.block.text.as_str().get(link.range.clone())).unwrap_or_default();
    Observation {
        grade,
        span: place.span,
        related: Vec::new(),
        values: vec![("domain", domain), ("shown", shown.to_owned()), ("word", word.to_owned())],
        fix: None,
    }
}

/// A domain whose name gives away a trade that neither the headings nor the sentence speak of.
fn off_topic(scene: &Scene<'_>, place: Place<'_>, seen: &mut Vec<Observation>) {
    let setting = scene.setting;
    let name = place.url.host_str().unwrap_or_default();
    if host::is_under(name, setting.deny.iter().map(String::as_str)) {
        seen.push(observation(place, Some("denied"), ""));
        return;
    }
    let Some((word, list)) = host::trade(place.url, scene.lexicon) else { return };
    if host::is_trusted(place.url, scene.lexicon, &setting.allow) {
        return;
    }
    // a trade that the article is about is no stranger in it
    let about = headings(&scene.article.document);
    let family = scene.lexicon.list(list).iter().map(String::as_str);
    let topics = scene.lexicon.list(&format!("{list}-topic")).iter().map(String::as_str);
    let related = if list == "domain-part" {
        about.contains(word)
    } else {
        family.chain(topics).any(|word| about.contains(word))
    };
    if !related {
        seen.push(observation(place, None, word));
    }
}

fn shortener(scene: &Scene<'_>, place: Place<'_>, seen: &mut Vec<Observation>) {
    let name = place.url.host_str().unwrap_or_default();
    let known = scene.lexicon.list("link-shortener").iter().map(String::as_str);
    if host::is_under(name, known) && !host::is_under(name, scene.setting.allow.iter().map(String::as_str)) {
        seen.push(observation(place, None, ""));
    }
}
