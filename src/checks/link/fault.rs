//! The faults of links, one function each.

use super::{Page, Place, headings};
use crate::checks::{Observation, Scene};
use crate::document::{Block, LinkKind};
use crate::leftover::host::{self, Verdict};
use crate::lexicon::fold;
use crate::source::Format;
use serde::Deserialize;
use url::Url;

/// What is looked for in links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A commercial domain that has nothing to do with the article.
    OffTopic,
    /// A text that shows another domain, or names another organisation, than the link leads to.
    Mismatch,
    /// A host that hides where the link goes.
    Shortener,
    /// An affiliate link that nothing discloses.
    Affiliate,
    /// An address that readers see in place of a link's text.
    RawAddress,
    /// An address with keys that only follow its readers around.
    Tracking,
}

impl Fault {
    pub(super) fn look<'p>(self, scene: &Scene<'p>, place: Place<'_, 'p>, seen: &mut Vec<Observation>) {
        seen.extend(match self {
            Self::OffTopic => off_topic(scene, place),
            Self::Mismatch => mismatch(scene, place),
            Self::Shortener => shortener(scene, place),
            Self::Affiliate => affiliate(scene, place),
            Self::RawAddress => raw_address(scene, place),
            Self::Tracking => super::tracking::tracked(scene, place),
        });
    }
}

pub(super) fn observation(place: Place<'_, '_>, grade: Option<&'static str>, word: &str) -> Observation {
    let domain = host::registrable(place.url).to_owned();
    Observation {
        grade,
        span: place.span,
        related: Vec::new(),
        values: vec![
            ("domain", domain),
            ("shown", anchor(place).to_owned()),
            ("word", word.to_owned()),
            ("count", String::new()),
        ],
        fix: None,
    }
}

/// The text of a link.
fn anchor<'a>(place: Place<'a, '_>) -> &'a str {
    let text = place.link.and_then(|link| place.block.text.as_str().get(link.range.clone()));
    text.unwrap_or_default().trim()
}

fn is_in(scene: &Scene<'_>, list: &str, url: &Url) -> bool {
    host::is_under(url.host_str().unwrap_or_default(), scene.lexicon.list(list).iter().map(String::as_str))
}

pub(super) fn is_allowed(scene: &Scene<'_>, url: &Url) -> bool {
    scene.setting.domains.verdict(url.host_str().unwrap_or_default()) == Some(Verdict::Allowed)
}

fn is_trusted<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> bool {
    place.page.trusted.get_or_init(|| host::Trusted::new(scene.lexicon, &scene.setting.domains)).covers(place.url)
}

/// A domain whose name gives away a trade that the headings do not speak of.
fn off_topic<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> Option<Observation> {
    let name = place.url.host_str().unwrap_or_default();
    if scene.setting.domains.verdict(name) == Some(Verdict::Denied) {
        return Some(observation(place, Some("denied"), ""));
    }
    let (word, list) = host::trade(place.url, scene.lexicon)?;
    if is_trusted(scene, place) {
        return None;
    }
    // a trade that the article is about is no stranger in it
    let about = place.page.about.get_or_init(|| headings(&scene.article.document));
    let topic = format!("{list}-topic");
    let mut topics = scene.lexicon.list(list).iter().chain(scene.lexicon.list(&topic));
    let related =
        if list == "domain-part" { about.contains(word) } else { topics.any(|word| about.contains(word.as_str())) };
    (!related).then(|| observation(place, None, word))
}

/// A text that is an address of another domain, or exactly the name of an organisation that has another.
fn mismatch<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> Option<Observation> {
    let link = place.link.filter(|link| link.kind == LinkKind::Anchor)?;
    // text and target are both at fault
    let place = Place { span: link.span, ..place };
    let text = anchor(place);
    if text.is_empty() || is_in(scene, "link-wrapper", place.url) || is_allowed(scene, place.url) {
        return None;
    }
    if let Some(shown) = shown_address(text, scene) {
        let same =
            host::registrable(&shown) == host::registrable(place.url) || host::name(&shown) == host::name(place.url);
        let resolves = is_in(scene, "link-resolver", place.url);
        return (!same && !resolves).then(|| observation(place, None, host::registrable(&shown)));
    }
    if is_trusted(scene, place) {
        return None;
    }
    let named = scene.lexicon.named(text);
    let mut domains = named.iter().filter_map(|id| scene.lexicon.entry(*id)?.domain.as_deref()).peekable();
    let first = *domains.peek()?;
    let target = place.url.host_str().unwrap_or_default();
    (!host::is_under(target, domains)).then(|| observation(place, Some("organisation"), first))
}

/// The address that a link's text shows: one word with a domain in lower case.
fn shown_address(text: &str, scene: &Scene<'_>) -> Option<Url> {
    if text.contains(char::is_whitespace) || !text.contains('.') {
        return None;
    }
    let url = host::web_address(text)?;
    let marked = text.starts_with("http") || text.starts_with("www.");
    let ending = host::registrable(&url).rsplit('.').next().unwrap_or_default();
    let known = scene.lexicon.list("domain-ending").iter().any(|own| own == ending);
    (marked || (known && !text.contains(char::is_uppercase))).then_some(url)
}

fn shortener<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> Option<Observation> {
    let found = is_in(scene, "link-shortener", place.url) && !is_allowed(scene, place.url);
    found.then(|| observation(place, None, ""))
}

/// A link that somebody is paid for, without words that say so before it, beside it or at the top.
fn affiliate<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> Option<Observation> {
    let list = |name: &str, word: &str| scene.lexicon.list(name).iter().any(|own| own == word);
    let pays = is_in(scene, "affiliate-host", place.url)
        || place.url.query_pairs().any(|(key, value)| {
            let key = key.to_ascii_lowercase();
            let here = || format!("{}: {key}", host::name(place.url));
            list("affiliate-key", &key) || !value.is_empty() && list("affiliate-key-at", &here())
        })
        || place.url.path_segments().into_iter().flatten().any(|part| list("affiliate-path", part));
    // the markup says it to search engines, and nobody to readers
    let sponsored = place.link.is_some_and(|link| link.rel.iter().any(|rel| rel == "sponsored"));
    if !(pays || sponsored) || is_allowed(scene, place.url) || is_disclosed(scene, place.block, place.page) {
        return None;
    }
    Some(observation(place, (!pays).then_some("sponsored"), ""))
}

/// True when it is said before or in a block, or at the top, that links pay.
pub(super) fn is_disclosed<'p>(scene: &Scene<'p>, block: &Block, page: &Page<'p>) -> bool {
    let disclosed = page.disclosed.get_or_init(|| {
        let says = |text: &str| {
            let text = fold(text);
            scene.lexicon.list("affiliate-disclosure").iter().any(|word| text.contains(word.as_str()))
        };
        let blocks = &scene.article.document.blocks;
        let first = blocks.iter().find(|block| !block.hidden && says(block.text.as_str()));
        first.map(|block| block.span.start)
    });
    let top = scene.article.source.text().len() / 5;
    disclosed.is_some_and(|at| at <= block.span.start || at <= top)
}

fn raw_address<'p>(scene: &Scene<'p>, place: Place<'_, 'p>) -> Option<Observation> {
    let link = place.link.filter(|_| scene.article.source.format() != Format::Text)?;
    let text = anchor(place);
    let raw = text.starts_with("http://") || text.starts_with("https://");
    let code = scene.article.source.text().get(..link.span.start).is_some_and(|before| before.ends_with(['`', '(']));
    (raw && !code && place.block.text.as_str().len() > text.len() + 10).then(|| observation(place, None, ""))
}
