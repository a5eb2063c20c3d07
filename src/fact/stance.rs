//! How a clause puts its fact: how surely, up to where, and under which condition.
//!
//! Takes a statement and words of it; knows no frame and no value.

use super::subject::Ground;
use crate::lexicon::{WordKind, fold};
use crate::statement::Statement;
use std::ops::Range;

/// How surely a clause puts its fact: by its own hedges, and by what leaves open all that follows. A hedge that a cue
/// is made of ("can be bought") is part of what is said. `grants`: "can" and "may" allow and do not hedge.
pub(super) fn hedge(
    ground: &Ground<'_>,
    statement: &Statement,
    clause: &Range<usize>,
    cue: &Range<usize>,
    grants: bool,
) -> u8 {
    // "is not addictive and can be stopped": what is joined on has its own hedge
    let joined = |words: &Range<usize>| {
        words.start > cue.end && words.start.checked_sub(1).is_some_and(|before| ground.is_joint(statement, before))
    };
    let counts = |words: &Range<usize>, level: u8| {
        let inside = words.start >= clause.start && words.end <= clause.end;
        let own = words.start >= cue.start && words.end <= cue.end && level < 2;
        (inside && !(grants && level < 2) || level > 1) && !own && !(level < 2 && joined(words))
    };
    let hedges = statement.hedges.iter().filter(|hedge| counts(&hedge.words, hedge.level));
    hedges.map(|hedge| hedge.level).max().unwrap_or(0)
}

/// The first comma behind a value: what stands behind it may be about something else.
pub(super) fn until_comma(ground: &Ground<'_>, statement: &Statement, from: usize, end: usize) -> usize {
    let is_comma = |place: &usize| {
        let word = statement.words.get(*place).filter(|word| word.kind == WordKind::Mark);
        word.is_some_and(|word| statement.prose(ground.document, word.range.clone()) == ",")
    };
    (from..end).find(is_comma).unwrap_or(end)
}

/// True when some words hold one that opens a condition.
pub(super) fn holds_condition(ground: &Ground<'_>, statement: &Statement, words: &Range<usize>) -> bool {
    words.clone().filter_map(|place| statement.words.get(place)).any(|word| {
        let text = fold(statement.prose(ground.document, word.range.clone()));
        ground.frames.words.conditions.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok()
    })
}

/// True when a word that opens a condition stands in front of the value with no comma between them.
pub(super) fn is_in_condition(ground: &Ground<'_>, statement: &Statement, value: &Range<usize>) -> bool {
    let text = |place: usize| {
        let word = statement.words.get(place)?;
        Some(fold(statement.prose(ground.document, word.range.clone())))
    };
    for place in (0..value.start).rev() {
        let Some(word) = text(place) else { continue };
        if matches!(word.as_ref(), "," | ";" | ":") {
            return false;
        }
        if ground.frames.words.conditions.binary_search_by(|known| known.as_str().cmp(word.as_ref())).is_ok() {
            return true;
        }
    }
    false
}
