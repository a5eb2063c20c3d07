//! What a statement rests on, so that two versions of it can be asked whether their source changed.
//!
//! Takes an article and a statement; gives its sources by what they are, not by their number in a list.

use super::Text;
use crate::statement::{Statement, Support, SupportKind};
use std::collections::BTreeSet;

/// How the evidence of a statement changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Not at all.
    Same,
    /// Neither version has any.
    Nowhere,
    /// The new version has none left.
    Removed,
    /// Another source, or one more.
    Changed,
}

impl Evidence {
    /// Compares what two versions of a statement rest on: their own sources, or else those of their block.
    pub(super) fn between(old: (Text<'_>, &Statement), new: (Text<'_>, &Statement)) -> Self {
        let (mut one, mut two) = (own(old.0, old.1), own(new.0, new.1));
        if one.is_empty() || two.is_empty() {
            (one, two) = (around(old.0, old.1), around(new.0, new.1));
        }
        match () {
            () if one.is_empty() && two.is_empty() => Self::Nowhere,
            () if one == two => Self::Same,
            () if two.is_empty() => Self::Removed,
            () => Self::Changed,
        }
    }
}

fn own(article: Text<'_>, statement: &Statement) -> BTreeSet<String> {
    statement.support.iter().flat_map(|support| sources(article, support)).collect()
}

/// The sources of all statements of the same block.
fn around(article: Text<'_>, statement: &Statement) -> BTreeSet<String> {
    let first = article.statements.partition_point(|one| one.block < statement.block);
    let block = article.statements.iter().skip(first).take_while(|one| one.block == statement.block);
    let citations = block.flat_map(|one| one.support.iter().filter(|support| support.kind.is_citation()));
    citations.flat_map(|support| sources(article, support)).collect()
}

/// Sources by what they are: the entries behind a marker, the address of a link, else the words that name one.
fn sources(article: Text<'_>, support: &Support) -> Vec<String> {
    let document = article.document;
    let target = support.target.as_deref().unwrap_or_else(|| article.source.slice(support.span));
    if support.kind != SupportKind::Marker {
        return vec![plain(target)];
    }
    let entry = |label: &str| {
        let entry = document.references.iter().find(|entry| entry.label == label)?;
        Some(document.blocks.get(entry.block)?.text.as_str())
    };
    target.split(',').map(|label| plain(entry(label).unwrap_or(label))).collect()
}

/// Letters and digits, without the number that an entry begins with: an entry is known by its words.
fn plain(text: &str) -> String {
    let letters = text.trim_start_matches(|char: char| !char.is_alphabetic());
    let kept = if letters.is_empty() { text } else { letters };
    kept.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
