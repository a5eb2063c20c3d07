//! Search phrases that a text repeats until it reads like a list of them.
//!
//! Takes the prose of an article; gives the longest phrase of three to five words that is too frequent. Names of
//! medicines and conditions are repeated for good reasons, so that a phrase must hold a word that people type into
//! search boxes.

use super::Title;
use crate::checks::{Observation, Scene, Side};
use crate::document::BlockKind;
use crate::finding::Place;
use crate::lexicon::{WordId, fold, pieces};
use crate::source::Span;
use std::collections::HashMap;

/// Words of a phrase.
const SHORTEST: usize = 3;
const LONGEST: usize = 5;
/// How many of the other places are shown.
const SHOWN: usize = 5;

/// A word with its place.
struct Word {
    text: String,
    span: Span,
    /// True for a word that people type into search boxes.
    bait: bool,
}

/// The most frequent phrase, when it is too frequent.
pub(super) fn look(check: &Title, scene: &Scene<'_>) -> Option<Observation> {
    let bait = scene.lexicon.words(&check.bait);
    let common = scene.lexicon.words("headline-common");
    // most articles end here, before any word is folded
    if !may_repeat(check, scene) {
        return None;
    }
    let mut total = 0;
    let mut runs: Vec<Vec<Word>> = Vec::new();
    for block in scene.article.document.blocks.iter().filter(|block| block.is_article()) {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading) {
            continue;
        }
        let text = block.text.as_str();
        let mut run = Vec::new();
        for range in pieces(text) {
            let piece = text.get(range.clone()).unwrap_or_default();
            if piece.starts_with(char::is_alphanumeric) {
                total += 1;
                let text = fold(piece).into_owned();
                run.push(Word { bait: bait.contains(&text), text, span: block.text.span(range) });
            } else if !piece.trim().is_empty() {
                runs.push(std::mem::take(&mut run));
            }
        }
        runs.push(run);
    }
    if runs.iter().flatten().filter(|word| word.bait).count() < check.least {
        return None;
    }
    let mut places: HashMap<Vec<&str>, Vec<Span>> = HashMap::new();
    for run in &runs {
        for length in SHORTEST..=LONGEST {
            for window in run.windows(length) {
                let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
                let is_bait = window.iter().any(|word| word.bait);
                if !is_bait || common.contains(&first.text) || common.contains(&last.text) {
                    continue;
                }
                let phrase = window.iter().map(|word| word.text.as_str()).collect();
                places.entry(phrase).or_default().push(first.span.cover(last.span));
            }
        }
    }
    let frequent = |(_, spans): &(&Vec<&str>, &Vec<Span>)| {
        spans.len() >= check.least && spans.len() * 1000 >= total * check.per_thousand
    };
    let (phrase, spans) = places
        .iter()
        .filter(frequent)
        .max_by(|one, two| (one.0.len(), one.1.len(), two.0).cmp(&(two.0.len(), two.1.len(), one.0)))?;
    let first = spans.first()?;
    let side =
        |span: &Span| Side { role: "again", place: Place::of(scene.article.source, *span), value: String::new() };
    Some(Observation {
        grade: Some("repeated"),
        span: *first,
        related: spans.iter().skip(1).take(SHOWN).map(side).collect(),
        values: vec![("title", phrase.join(" ")), ("count", spans.len().to_string()), ("total", total.to_string())],
        fix: None,
    })
}

/// False when the statements hold too few words that people type into search boxes.
fn may_repeat(check: &Title, scene: &Scene<'_>) -> bool {
    let bait = scene.lexicon.list(&check.bait);
    let mut known: Vec<WordId> = bait.iter().map(|word| scene.lexicon.vocabulary().get(word)).collect();
    known.sort_unstable();
    let words = scene.article.statements.iter().flat_map(|statement| &statement.words);
    words.filter(|word| known.binary_search(&word.token.word).is_ok()).take(check.least).count() >= check.least
}
