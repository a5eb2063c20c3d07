//! Whether a statement carries evidence, in itself or from what closes its paragraph or list.
//!
//! A citation counts for its sentence and for the paragraph or list that it closes; a named source only for its own
//! sentence, or for the sentence before when a rule says so.

use super::Scene;
use crate::document::BlockKind;
use crate::lexicon::fold;
use crate::statement::support::paragraph_support;
use crate::statement::{Statement, SupportKind};
use serde::Deserialize;

/// A kind of evidence as rule files write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceName {
    /// A link, identifier, resolved marker or author and year, also one that closes the paragraph or list.
    Citation,
    /// A citation in the sentence itself.
    OwnCitation,
    /// A named journal, institution or person in the sentence.
    Named,
    /// An unnamed source in the sentence ("a 2019 study", "experts").
    Unnamed,
    /// A citation or named source in the sentence that follows and points back, or is nothing but the source.
    Next,
    /// A citation in the sentence that follows and points back, or is nothing but the source.
    NextCitation,
    /// A citation anywhere in the section: under the same heading.
    Section,
    /// A citation or named source in the sentence before, in the same block.
    Previous,
}

/// True when the statement at `index` has evidence of one of these kinds.
pub fn supports(scene: &Scene<'_>, index: usize, kinds: &[EvidenceName]) -> bool {
    let statements = &scene.article.statements;
    let Some(statement) = statements.get(index) else { return false };
    kinds.iter().any(|kind| match kind {
        EvidenceName::Citation => {
            !paragraph_support(&scene.article.document, statements, index).is_empty()
                || is_sourced_below(scene, index, statement)
                || is_cited_in_list(scene, statement)
                || is_quoted_from_above(scene, statement)
        }
        EvidenceName::OwnCitation => {
            cites(statement) || is_sourced_below(scene, index, statement) || is_cited_in_list(scene, statement)
        }
        EvidenceName::Named => carries(statement, SupportKind::Named),
        EvidenceName::Unnamed => carries(statement, SupportKind::Unnamed),
        EvidenceName::Next => {
            next_of(scene, index).is_some_and(|next| cites(next) || carries(next, SupportKind::Named))
        }
        EvidenceName::NextCitation => next_of(scene, index).is_some_and(cites),
        EvidenceName::Section => {
            let heading =
                |one: &Statement| scene.article.document.blocks.get(one.block).and_then(|block| block.heading);
            let own = heading(statement);
            statements.iter().any(|other| heading(other) == own && cites(other))
        }
        EvidenceName::Previous => {
            index.checked_sub(1).and_then(|before| statements.get(before)).is_some_and(|before| {
                before.block == statement.block && (cites(before) || carries(before, SupportKind::Named))
            })
        }
    })
}

/// True when the whole article holds a citation.
pub fn article_cites(scene: &Scene<'_>) -> bool {
    !scene.article.document.references.is_empty() || scene.article.statements.iter().any(cites)
}

fn cites(statement: &Statement) -> bool {
    statement.support.iter().any(|support| support.kind.is_citation())
}

fn carries(statement: &Statement, kind: SupportKind) -> bool {
    statement.support.iter().any(|support| support.kind == kind)
}

/// A sentence with no more words than this that carries a source is nothing but the source.
const SOURCE_LINE: usize = 12;

/// The next statement, when it speaks of the same thing: in the same block or the next one under the same heading, and
/// beginning with a word that points back, or being nothing but a source.
fn next_of<'a>(scene: &Scene<'a>, index: usize) -> Option<&'a Statement> {
    let statements = &scene.article.statements;
    let (statement, next) = (statements.get(index)?, statements.get(index + 1)?);
    let block = |id: usize| scene.article.document.blocks.get(id);
    let near = statement.block == next.block
        || (next.block == statement.block + 1
            && block(statement.block).zip(block(next.block)).is_some_and(|(one, two)| {
                one.heading == two.heading && two.kind != BlockKind::Heading && one.kind != BlockKind::Heading
            }));
    let first = next.words.first().map(|word| fold(next.prose(&scene.article.document, word.range.clone())));
    let back = first.is_some_and(|first| scene.lexicon.list("anaphor").iter().any(|word| *word == first));
    (near && (back || next.words.len() <= SOURCE_LINE)).then_some(next)
}

/// True when a line of the section below begins with a word such as "Source:" and names one: it stands for all above it.
fn is_sourced_below(scene: &Scene<'_>, index: usize, statement: &Statement) -> bool {
    let heading = |one: &Statement| scene.article.document.blocks.get(one.block).and_then(|block| block.heading);
    let own = heading(statement);
    let below = scene.article.statements.get(index + 1..).unwrap_or_default();
    let mut below = below.iter().take_while(|one| heading(one) == own);
    let source = scene.lexicon.class("source");
    below.any(|one| {
        let folded =
            |at: usize| one.words.get(at).map(|word| fold(one.prose(&scene.article.document, word.range.clone())));
        let opens = |first: &str| matches!(first, "(" | "[" | "*" | "—" | "–" | "-");
        let start = usize::from(folded(0).is_some_and(|first| opens(&first)));
        let label = folded(start);
        let labelled = folded(start + 1).is_some_and(|mark| mark == ":")
            && label.is_some_and(|first| scene.lexicon.list("source-label").iter().any(|label| *label == first));
        let named = || one.entities.iter().any(|one| source.is_some_and(|class| scene.lexicon.is_a(one.entry, class)));
        labelled && (!one.support.is_empty() || named())
    })
}

/// True when the list that a statement leads cites.
fn is_cited_in_list(scene: &Scene<'_>, statement: &Statement) -> bool {
    let leads = |one: &Statement| {
        let list = scene.article.document.blocks.get(one.block).and_then(|block| block.list);
        list.is_some_and(|place| place.lead == Some(statement.block))
    };
    let statements = &scene.article.statements;
    let behind = statements.get(statements.partition_point(|one| one.block <= statement.block)..).unwrap_or_default();
    let last = behind.iter().take_while(|one| leads(one)).filter(|one| cites(one)).count() > 0;
    last && scene.article.document.blocks.get(statement.block).is_some_and(|block| {
        block.kind != BlockKind::Heading && statement.range.end >= block.text.as_str().trim_end().len()
    })
}

/// True when a statement's paragraph begins with a quotation mark and one of the two blocks above carries a citation.
fn is_quoted_from_above(scene: &Scene<'_>, statement: &Statement) -> bool {
    let block = scene.article.document.blocks.get(statement.block);
    let quoted = block.is_some_and(|block| block.text.as_str().trim_start().starts_with(['"', '“', '«']));
    let near = statement.block.saturating_sub(2)..statement.block;
    quoted && scene.article.statements.iter().any(|other| near.contains(&other.block) && cites(other))
}
