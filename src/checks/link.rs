//! What links give away: where they lead, what they show, who pays for them.
//!
//! Takes the links of the article's body; gives an observation for each that has the fault a rule asks for. Knows
//! addresses and lists of domains, never what a page behind an address says.

mod fault;
mod script;
mod together;
mod tracking;

use super::{Mechanism, Observation, Scene};
use crate::document::{Block, BlockKind, Document, Link, LinkKind};
use crate::leftover::INJECTED;
use crate::leftover::host::{Trusted, web_address};
use crate::source::Span;
pub use fault::Fault;
use serde::Deserialize;
use std::cell::OnceCell;
use url::Url;

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LinkCheck {
    /// What is looked for.
    pub fault: Fault,
}

/// A link with what a rule asks of it.
#[derive(Clone, Copy)]
struct Place<'a, 'p> {
    link: Option<&'a Link>,
    block: &'a Block,
    url: &'a Url,
    span: Span,
    page: &'a Page<'p>,
}

/// What is asked of the whole article, once.
struct Page<'p> {
    /// Titles and headings in lower case.
    about: OnceCell<String>,
    /// Domains that are never at fault.
    trusted: OnceCell<Trusted<'p>>,
    /// Where it is first said that links pay, when it is.
    disclosed: OnceCell<Option<usize>>,
}

impl Mechanism for LinkCheck {
    fn grades(&self) -> &'static [&'static str] {
        &["denied", "organisation", "script", "sponsored", "tracker", "dense"]
    }
    fn values(&self) -> &'static [&'static str] {
        &["domain", "shown", "word", "count"]
    }
    fn roles(&self) -> &'static [&'static str] {
        &["again"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let document = &scene.article.document;
        let page = &Page { about: OnceCell::new(), trusted: OnceCell::new(), disclosed: OnceCell::new() };
        for link in &document.links {
            let is_image = link.kind == LinkKind::Image;
            let block =
                if is_image { before(document, link) } else { link.block.and_then(|id| document.blocks.get(id)) };
            let Some(block) = block.filter(|block| block.is_article() && is_prose(block)) else { continue };
            // of a picture only the host can be wrong
            if link.hidden || (is_image && self.fault != Fault::OffTopic) {
                continue;
            }
            if let Some(url) = web_address(&link.target) {
                self.fault.look(scene, Place { link: Some(link), block, url: &url, span: shown(link), page }, seen);
            } else if self.fault == Fault::Mismatch {
                seen.extend(script::runs(scene, link, block));
            }
        }
        match self.fault {
            Fault::OffTopic => seen.extend(together::dense(scene)),
            Fault::Affiliate => seen.extend(together::tracker(scene, page)),
            _ => {}
        }
        // an injected address is no link any more, but it still leads somewhere
        for mark in document.marks.iter().filter(|mark| mark.kind == INJECTED) {
            let text = scene.article.source.slice(mark.span);
            let address = text.trim_start_matches('<').trim_end_matches('>');
            let address =
                address.split_once("href=\"").map_or(address, |(_, rest)| rest.split('"').next().unwrap_or(rest));
            let block = document.blocks.get(mark.block);
            if let (Some(url), Some(block)) = (web_address(address), block) {
                self.fault.look(scene, Place { link: None, block, url: &url, span: mark.span, page }, seen);
            }
        }
        seen.sort_by_key(|one| one.span);
    }
}

/// The block that a picture stands in or behind, else the first.
fn before<'d>(document: &'d Document, link: &Link) -> Option<&'d Block> {
    let behind = document.blocks.partition_point(|block| block.span.start <= link.span.start);
    document.blocks.get(behind.saturating_sub(1))
}

/// Where the address stands; of a link whose address is written elsewhere, the link.
fn shown(link: &Link) -> Span {
    if link.span.contains(link.target_span) && !link.target_span.is_empty() { link.target_span } else { link.span }
}

const fn is_prose(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Reference)
}

/// All titles and headings of a document, in lower case.
fn headings(document: &Document) -> String {
    let mut text = String::new();
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.is_article()) {
        text.push_str(&block.text.as_str().to_lowercase());
        text.push(' ');
    }
    for field in document.metadata.iter().filter(|field| field.key.to_lowercase().contains("title")) {
        text.push_str(&field.value.to_lowercase());
        text.push(' ');
    }
    text
}
