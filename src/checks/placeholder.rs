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
}

/// A gap is not longer, in bytes.
const GAP: usize = 60;

impl Mechanism for Placeholder {
    fn names(&self) -> Vec<(&'static str, &str)> {
        vec![("list", &self.any_case), ("list", &self.words), ("list", &self.gaps)]
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
            self.fixed(scene, text, &mut found);
            self.marked(scene, text, &mut found);
            self.gaps(scene, text, &mut found);
            found.sort_by_key(|range| (range.start, range.end));
            let mut end = 0;
            for range in found {
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

impl Placeholder {
    fn fixed(&self, scene: &Scene<'_>, text: &str, found: &mut Vec<Range<usize>>) {
        let folded = fold(text);
        // folding may change lengths; then only texts as written are found
        let hay = if folded.len() == text.len() { folded.as_ref() } else { text };
        found.extend(scene.lexicon.words(&self.any_case).occurrences(hay));
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
        for gap in scene.lexicon.list(&self.gaps) {
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
