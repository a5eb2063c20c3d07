//! The inventory of claims as rows of the page: what is claimed, of what, how surely, and on which source.

use super::excerpt::{one_line, short};
use super::line::is_followed;
use super::paper::Paper;
use super::register::{Register, article_id};
use crate::inventory::Claim;
use crate::report::Run;
use std::collections::HashMap;

/// A claim as the page shows it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The anchor of its article.
    pub article: String,
    /// Path of the article.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// The anchor of the block that makes it.
    pub href: String,
    /// Its words.
    pub text: String,
    /// What it is about, when known.
    pub subject: String,
    /// Which question it answers, when known.
    pub attribute: String,
    /// The value.
    pub value: String,
    /// For whom and in which form it holds.
    pub qualifiers: String,
    /// How surely it is put.
    pub certainty: &'static str,
    /// What it rests on; none is a gap.
    pub sources: Vec<Source>,
}

/// A source of a claim.
#[derive(Clone, Debug)]
pub struct Source {
    /// As printed.
    pub text: String,
    /// Where it leads, when a reader may follow it.
    pub href: Option<String>,
}

/// The longest statement and source that a row shows whole, in characters.
const LONG: (usize, usize) = (320, 90);

/// All claims of a run, article by article.
pub fn rows<'r>(run: &Run<'r>, register: &Register<'r>) -> Vec<Row> {
    let papers = run.papers.iter().enumerate();
    let of = |(at, paper): (usize, &'r Paper)| {
        let anchors = anchors(paper);
        paper.claims.iter().map(move |claim| row(at, claim, register, &anchors))
    };
    papers.flat_map(of).collect()
}

fn row(at: usize, claim: &Claim, register: &Register<'_>, anchors: &HashMap<String, &str>) -> Row {
    let qualifiers = claim.qualifiers.iter().map(|(name, value)| format!("{}: {value}", words(name)));
    Row {
        article: article_id(at),
        path: claim.place.path.to_string(),
        line: claim.place.start.line,
        href: register.anchor(&claim.place).unwrap_or_else(|| article_id(at)),
        text: short(&claim.prose, LONG.0),
        subject: claim.subject.clone().unwrap_or_default(),
        attribute: claim.attribute.as_deref().map(words).unwrap_or_default(),
        value: short(&claim.value, LONG.1),
        qualifiers: qualifiers.collect::<Vec<_>>().join("; "),
        certainty: match claim.hedge {
            0 => "flat",
            1 => "hedged",
            _ => "uncertain",
        },
        sources: claim
            .support
            .iter()
            .map(|one| Source {
                text: short(anchors.get(&one.text).copied().unwrap_or(&one.text), LONG.1),
                href: one.target.clone().filter(|target| is_followed(target)),
            })
            .collect(),
    }
}

/// The words of each link by the markup that claims quote it with.
fn anchors(paper: &Paper) -> HashMap<String, &str> {
    let document = &paper.document;
    let words = |link: &crate::document::Link| {
        let text = document.blocks.get(link.block?)?.text.as_str().get(link.range.clone())?.trim();
        (!text.is_empty()).then(|| (one_line(paper.source.slice(link.span)), text))
    };
    document.links.iter().filter_map(words).collect()
}

/// A name of the data as people write it.
fn words(name: &str) -> String {
    name.replace('-', " ")
}
