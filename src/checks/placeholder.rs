//! Text that was never finished: fillers, gaps of templates, traces of machines.
//!
//! Takes the blocks of the article and lists of fixed texts; gives each place. Reads no code: code is no prose.

use super::{Mechanism, Observation, Scene};
use crate::document::Region;
use crate::lexicon::fold;
use memchr::memmem;
use serde::Deserialize;
use std::ops::Range;

/// Parameters: names of lists.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Placeholder {
    /// Texts in any case.
    pub any_case: String,
    /// Words as written, which must stand alone before a colon, in brackets or in capitals at the start.
    pub words: String,
    /// Openings and closings of gaps, with a space between: `{{ }}`.
    pub gaps: String,
    /// Pieces of markup and wrong encodings in any case: the first in a block speaks for all.
    pub residue: String,
    /// Last words of a gap in brackets all of whose words are capitalised.
    pub fields: String,
}

/// A gap is not longer, in bytes.
const GAP: usize = 60;

impl Mechanism for Placeholder {
    fn names(&self) -> Vec<(&'static str, &str)> {
        [&self.any_case, &self.words, &self.gaps, &self.residue, &self.fields]
            .map(|list| ("list", list.as_str()))
            .to_vec()
    }
    fn values(&self) -> &'static [&'static str] {
        &["text"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        for block in &scene.article.document.blocks {
            if block.hidden || block.foreign || block.region != Region::Body {
                continue;
            }
            let text = block.text.as_str();
            let mut found: Vec<Range<usize>> = Vec::new();
            let folded = fold(text);
            // folding may change lengths; then only texts as written are found
            let hay = if folded.len() == text.len() { folded.as_ref() } else { text };
            found.extend(scene.lexicon.words(&self.any_case).occurrences(hay));
            // the first piece of residue
            found.extend(scene.lexicon.words(&self.residue).occurrences(hay).into_iter().next());
            self.fields(scene, text, &mut found);
            self.marked(scene, text, &mut found);
            self.gaps(scene, text, &mut found);
            found.sort_by_key(|range| (range.start, range.end));
            let mut end = 0;
            for range in joined(found) {
                let span = block.text.span(range.clone());
                let before = scene.article.source.text().get(..span.start).unwrap_or_default();
                if range.start < end || before.ends_with(['`', '"', '“']) {
                    continue;
                }
                end = range.end;
                let shown = text.get(range).unwrap_or_default().to_owned();
                seen.push(Observation {
                    grade: None,
                    span,
                    related: Vec::new(),
                    values: vec![("text", shown)],
                    fix: None,
                });
            }
        }
    }
}

/// Places that touch, or that only a space parts, as one.
fn joined(found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match joined.last_mut() {
            Some(last) if range.start <= last.end + 1 => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

impl Placeholder {
    /// Gaps in brackets that name what belongs there.
    fn fields(&self, scene: &Scene<'_>, text: &str, found: &mut Vec<Range<usize>>) {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find('[')).map(|at| from + at) {
            from = at + 1;
            let Some(inside) = text.get(from..).and_then(|rest| rest.split(['[', ']']).next()) else { break };
            let closes = text.get(from + inside.len()..).is_some_and(|rest| rest.starts_with(']'));
            let capital = |word: &str| word.starts_with(char::is_uppercase);
            let count = inside.split(' ').count();
            let last = inside.rsplit(' ').next().unwrap_or_default();
            let is_field = scene.lexicon.list(&self.fields).iter().any(|own| *own == fold(last));
            if closes && inside.len() <= GAP && (2..=5).contains(&count) && is_field && inside.split(' ').all(capital) {
                found.push(at..from + inside.len() + 1);
            }
        }
    }

    /// Marks of authors: a word of the list before a colon or between brackets.
    fn marked(&self, scene: &Scene<'_>, text: &str, found: &mut Vec<Range<usize>>) {
        for range in scene.lexicon.words(&self.words).occurrences(text) {
            let before = text.get(..range.start).unwrap_or_default().chars().next_back();
            let after = text.get(range.end..).unwrap_or_default().chars().next();
            let opens = before.is_none_or(|letter| letter.is_whitespace() || letter == '[' || letter == '(');
            let closes = after == Some(':')
                || (before == Some('[') && matches!(after, Some(']' | ' ')))
                || (before == Some('(') && after == Some(')'))
                || (before.is_none() && after.is_none());
            if opens && closes {
                found.push(range);
            }
        }
    }

    fn gaps(&self, scene: &Scene<'_>, text: &str, found: &mut Vec<Range<usize>>) {
        let gaps = scene.lexicon.list(&self.gaps);
        let mut heads: Vec<u8> = gaps.iter().filter_map(|gap| gap.bytes().next()).collect();
        heads.sort_unstable();
        heads.dedup();
        // most texts have no bracket of this kind
        if heads.iter().all(|head| memchr::memchr(*head, text.as_bytes()).is_none()) {
            return;
        }
        for gap in gaps {
            let Some((open, close)) = gap.rsplit_once(' ') else { continue };
            let mut from = 0;
            let opens = |from: usize| memmem::find(text.as_bytes().get(from..)?, open.as_bytes());
            while let Some(at) = opens(from).map(|at| from + at) {
                from = at + open.len();
                let Some(rest) = text.get(from..) else { break };
                let Some(inside) = rest.find(close).filter(|inside| *inside <= GAP && *inside > 0) else { continue };
                from += inside + close.len();
                found.push(at..from);
            }
        }
    }
}
