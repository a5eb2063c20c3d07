//! Whether a statement carries evidence, in itself or from what closes its paragraph or list.
//!
//! A citation counts for its sentence and for the paragraph or list that it closes; a named source only for its own
//! sentence, or for the sentence before when a rule says so.

use super::Scene;
use crate::document::{BlockId, BlockKind};
use crate::lexicon::fold;
use crate::statement::support::paragraph_support;
use crate::statement::{Statement, SupportKind};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

/// A kind of evidence as rule files write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceName {
    /// A link, identifier, resolved marker or author and year, also one that closes the paragraph or list.
    Citation,
    /// A citation in the sentence itself.
    OwnCitation,
    /// A named journal, institution or person in the sentence, or in the line that leads its list.
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
    /// A study that the sentence names ("In STEP 1, …") and that another sentence names and cites.
    Study,
}

/// What is known of the evidence in an article, found out when it is first asked for.
pub struct Grounds<'a, 's> {
    scene: &'s Scene<'a>,
    /// For each statement, whether a line below names the source of its section.
    sourced: OnceCell<Vec<bool>>,
    /// The headings under which something is cited.
    cited: OnceCell<HashSet<Option<BlockId>>>,
    /// The names of studies that are cited where they are named.
    studies: OnceCell<HashSet<String>>,
}

impl<'a, 's> Grounds<'a, 's> {
    /// Those of the article of a scene.
    pub fn new(scene: &'s Scene<'a>) -> Self {
        Self { scene, sourced: OnceCell::new(), cited: OnceCell::new(), studies: OnceCell::new() }
    }

    fn heading(&self, one: &Statement) -> Option<BlockId> {
        self.scene.article.document.blocks.get(one.block).and_then(|block| block.heading)
    }

    /// True when a line of the section below begins with a word such as "Source:" and names one: it stands for all
    /// above it.
    fn is_sourced_below(&self, index: usize) -> bool {
        let sourced = self.sourced.get_or_init(|| {
            let statements = &self.scene.article.statements;
            let mut sourced = vec![false; statements.len()];
            let mut below: Option<(&Statement, bool)> = None;
            for (one, is_sourced) in statements.iter().zip(&mut sourced).rev() {
                *is_sourced = below.is_some_and(|(next, names)| names && self.heading(next) == self.heading(one));
                below = Some((one, *is_sourced || names_source(self.scene, one)));
            }
            sourced
        });
        sourced.get(index).copied().unwrap_or_default()
    }

    fn names_cited_study(&self, statement: &Statement) -> bool {
        let studies = self.studies.get_or_init(|| {
            let citing = self.scene.article.statements.iter().filter(|one| cites(one));
            citing.flat_map(|one| study_names(self.scene, one, false)).collect()
        });
        !studies.is_empty() && study_names(self.scene, statement, true).iter().any(|name| studies.contains(name))
    }

    fn is_cited_in_section(&self, statement: &Statement) -> bool {
        let cited = self.cited.get_or_init(|| {
            let citing = self.scene.article.statements.iter().filter(|one| cites(one));
            citing.map(|one| self.heading(one)).collect()
        });
        cited.contains(&self.heading(statement))
    }
}

/// True when the statement at `index` has evidence of one of these kinds.
pub fn supports(grounds: &Grounds<'_, '_>, index: usize, kinds: &[EvidenceName]) -> bool {
    let scene = grounds.scene;
    let statements = &scene.article.statements;
    let Some(statement) = statements.get(index) else { return false };
    kinds.iter().any(|kind| match kind {
        EvidenceName::Citation => {
            !paragraph_support(&scene.article.document, statements, index).is_empty()
                || grounds.is_sourced_below(index)
                || is_cited_in_list(scene, statement)
                || is_quoted_from_above(scene, statement)
        }
        EvidenceName::OwnCitation => {
            cites(statement) || grounds.is_sourced_below(index) || is_cited_in_list(scene, statement)
        }
        EvidenceName::Named => {
            carries(statement, SupportKind::Named)
                || lead_of(scene, statement).is_some_and(|lead| carries(lead, SupportKind::Named))
        }
        EvidenceName::Unnamed => carries(statement, SupportKind::Unnamed),
        EvidenceName::Next => {
            next_of(scene, index).is_some_and(|next| cites(next) || carries(next, SupportKind::Named))
        }
        EvidenceName::NextCitation => next_of(scene, index).is_some_and(cites),
        EvidenceName::Study => grounds.names_cited_study(statement),
        EvidenceName::Section => grounds.is_cited_in_section(statement),
        EvidenceName::Previous => {
            index.checked_sub(1).and_then(|before| statements.get(before)).is_some_and(|before| {
                before.block == statement.block && (cites(before) || carries(before, SupportKind::Named))
            })
        }
    })
}

/// True when the statement at `index` has evidence of one of these kinds for a claim. The unnamed people that the claim
/// counts ("nine out of ten doctors say") are no source for it.
pub fn supports_claim(grounds: &Grounds<'_, '_>, index: usize, claim: &Range<usize>, kinds: &[EvidenceName]) -> bool {
    if !supports(grounds, index, kinds) {
        return false;
    }
    let scene = grounds.scene;
    let Some(statement) = scene.article.statements.get(index) else { return true };
    let claim = statement.span_of(&scene.article.document, statement.bytes_of(claim.clone()));
    let mut unnamed = statement.support.iter().filter(|one| one.kind == SupportKind::Unnamed).peekable();
    let counted =
        unnamed.peek().is_some() && unnamed.all(|one| claim.start <= one.span.start && one.span.start < claim.end);
    let others: Vec<EvidenceName> = kinds.iter().copied().filter(|kind| *kind != EvidenceName::Unnamed).collect();
    !counted || supports(grounds, index, &others)
}

/// True when the whole article holds a citation.
pub fn article_cites(scene: &Scene<'_>) -> bool {
    !scene.article.document.references.is_empty() || scene.article.statements.iter().any(cites)
}

/// True when the statement itself holds a citation.
pub fn cites(statement: &Statement) -> bool {
    statement.support.iter().any(|support| support.kind.is_citation())
}

/// True when the statement itself carries support of a kind.
pub fn carries(statement: &Statement, kind: SupportKind) -> bool {
    statement.support.iter().any(|support| support.kind == kind)
}

/// The sentence that leads a statement's list ("According to the register:").
fn lead_of<'a>(scene: &Scene<'a>, statement: &Statement) -> Option<&'a Statement> {
    let lead = scene.article.document.blocks.get(statement.block)?.list?.lead?;
    let statements = &scene.article.statements;
    let end = statements.partition_point(|one| one.block <= lead);
    statements.get(end.checked_sub(1)?).filter(|one| one.block == lead)
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

/// The names in capitals that a word such as "trial" follows: "the STEP 1 trial"; where `led`, also those that a word
/// such as "in" leads into. What the lexicon knows by another name is no study.
fn study_names(scene: &Scene<'_>, statement: &Statement, led: bool) -> Vec<String> {
    let text =
        |at: usize| statement.words.get(at).map(|word| statement.prose(&scene.article.document, word.range.clone()));
    let is_name = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_number = |word: &str| word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(word) = text(at) {
        let start = at;
        at += 1;
        if !is_name(word) {
            continue;
        }
        while text(at).is_some_and(is_name) {
            at += 1;
        }
        at += usize::from(text(at).is_some_and(is_number));
        let known = statement.entities.iter().any(|entity| entity.words.start < at && start < entity.words.end);
        let in_list =
            |list: &str, word: Option<&str>| word.is_some_and(|word| scene.lexicon.words(list).contains(&fold(word)));
        let before = start.checked_sub(1).and_then(text);
        if !known && (in_list("study-noun", text(at)) || (led && in_list("study-lead", before))) {
            names.push((start..at).filter_map(text).collect::<Vec<_>>().join(" "));
        }
    }
    names
}

/// True for a line that begins with a word such as "Source:" and names one.
fn names_source(scene: &Scene<'_>, one: &Statement) -> bool {
    let source = scene.lexicon.class("source");
    let folded = |at: usize| one.words.get(at).map(|word| fold(one.prose(&scene.article.document, word.range.clone())));
    let opens = |first: &str| matches!(first, "(" | "[" | "*" | "—" | "–" | "-");
    let start = usize::from(folded(0).is_some_and(|first| opens(&first)));
    let label = folded(start);
    let labelled = folded(start + 1).is_some_and(|mark| mark == ":")
        && label.is_some_and(|first| scene.lexicon.words("source-label").contains(&first));
    let named = || one.entities.iter().any(|one| source.is_some_and(|class| scene.lexicon.is_a(one.entry, class)));
    labelled && (!one.support.is_empty() || named())
}

/// True when the list that a statement leads cites.
fn is_cited_in_list(scene: &Scene<'_>, statement: &Statement) -> bool {
    let leads = |one: &Statement| {
        let list = scene.article.document.blocks.get(one.block).and_then(|block| block.list);
        list.is_some_and(|place| place.lead == Some(statement.block))
    };
    // its last sentence leads the list
    let ends = scene.article.document.blocks.get(statement.block).is_some_and(|block| {
        block.kind != BlockKind::Heading && statement.range.end >= block.text.as_str().trim_end().len()
    });
    let statements = &scene.article.statements;
    let behind = statements.get(statements.partition_point(|one| one.block <= statement.block)..).unwrap_or_default();
    ends && behind.iter().take_while(|one| leads(one)).any(cites)
}

/// True when a statement's paragraph begins with a quotation mark and one of the two blocks above carries a citation.
fn is_quoted_from_above(scene: &Scene<'_>, statement: &Statement) -> bool {
    let block = scene.article.document.blocks.get(statement.block);
    let quoted = block.is_some_and(|block| block.text.as_str().trim_start().starts_with(['"', '“', '«']));
    let statements = &scene.article.statements;
    let first = statements.partition_point(|other| other.block < statement.block.saturating_sub(2));
    let above = statements.get(first..).unwrap_or_default().iter();
    quoted && above.take_while(|other| other.block < statement.block).any(cites)
}
