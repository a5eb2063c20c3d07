//! Where clauses end: at `;`, `:`, a dash, a bracket, and a comma before a conjunction or pronoun.
//!
//! Knows no phrases; the words that open a clause are lists of the lexicon (`clause-opener`, `clause-joiner`).

use crate::lexicon::{Lexicon, WordId};
use crate::sentence::{Word, WordKind};
use std::collections::HashSet;
use std::ops::Range;

/// Words that open a clause behind a comma.
#[derive(Clone, Debug, Default)]
pub(super) struct Openers {
    alone: HashSet<WordId>,
    /// Words such as "and", which also join the parts of a list: they open a clause before one of the others.
    joining: HashSet<WordId>,
}

impl Openers {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        Self { alone: super::word_set(lexicon, "clause-opener"), joining: super::word_set(lexicon, "clause-joiner") }
    }

    fn open(&self, words: &[Word], at: usize) -> bool {
        let is = |set: &HashSet<WordId>, at: usize| words.get(at).is_some_and(|word| set.contains(&word.token.word));
        is(&self.alone, at) || (is(&self.joining, at) && is(&self.alone, at + 1))
    }
}

/// The clauses of a sentence, in order, covering all of its words. A mark that ends a clause belongs to it; an
/// opening bracket belongs to what it opens. `covered`: stretches that hold no clause end (quantities, names).
pub(super) fn clauses(text: &str, words: &[Word], covered: &[Range<usize>], openers: &Openers) -> Vec<Range<usize>> {
    let written = |at: usize| words.get(at).and_then(|word| text.get(word.range.clone())).unwrap_or_default();
    let mut found = Vec::new();
    let mut start = 0;
    let mut cut = |at: usize, start: &mut usize| {
        if at > *start && at < words.len() {
            found.push(*start..at);
            *start = at;
        }
    };
    let mut covered = covered.iter().peekable();
    // the end of a bracket too short to be a clause
    let mut aside = None;
    for (at, word) in words.iter().enumerate() {
        if word.kind != WordKind::Mark {
            continue;
        }
        while covered.next_if(|range| range.end <= at).is_some() {}
        if covered.peek().is_some_and(|range| range.start < at && at + 1 < range.end) {
            continue;
        }
        match written(at) {
            ";" | ":" | "—" | "―" | "…" => cut(at + 1, &mut start),
            "-" | "–" | "\u{2010}" | "\u{2011}" if is_spaced(words, at) => cut(at + 1, &mut start),
            "(" | "[" | "{" => {
                aside = short_bracket(words, at, &written);
                if aside.is_none() {
                    cut(at, &mut start);
                }
            }
            ")" | "]" | "}" if aside == Some(at) => aside = None,
            ")" | "]" | "}" => cut(at + 1, &mut start),
            "," => {
                let next =
                    (at + 1..at + 3).find(|next| words.get(*next).is_some_and(|word| word.kind != WordKind::Mark));
                if let Some(next) = next.filter(|next| openers.open(words, *next)) {
                    cut(next, &mut start);
                }
            }
            _ => {}
        }
    }
    found.push(start..words.len());
    found
}

/// A bracket of one or two words ("(IV)", "(see below)") is no clause; gives where it closes.
fn short_bracket<'t>(words: &[Word], open: usize, written: &impl Fn(usize) -> &'t str) -> Option<usize> {
    let mut count = 0;
    for (at, word) in words.iter().enumerate().skip(open + 1).take(6) {
        if word.kind == WordKind::Mark {
            match written(at) {
                ")" | "]" | "}" => return Some(at),
                "-" | "–" | "/" | "." | "\u{2010}" | "\u{2011}" => {}
                _ => return None,
            }
        } else {
            count += 1;
            if count > 2 {
                return None;
            }
        }
    }
    None
}

/// A hyphen or short dash with space on a side is a dash.
fn is_spaced(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let glued = before.is_some_and(|before| before.range.end == word.range.start)
        && words.get(at + 1).is_some_and(|after| after.range.start == word.range.end);
    !glued
}
