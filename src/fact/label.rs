//! A label or first cell that names a thing and asks without saying so: "Nausea: 1 in 10", "Nausea | 1 in 10".
//!
//! Takes a statement behind a label or in a row; gives the figure as the answer of the frames that are asked so. A row
//! with several figures is about more than the thing that heads it and gives nothing.

use super::gather::{Candidate, candidate};
use super::subject::{Ground, Named};
use crate::document::BlockKind;
use crate::grammar::pattern::{Match, PatternId};
use crate::lexicon::{ClassId, WordKind};
use crate::statement::Statement;
use std::borrow::Cow;
use std::ops::Range;

/// Words beside the name that a label may have ("Pain at the site").
const BESIDE: usize = 2;

/// Figures of a statement that its label asks for.
pub fn labelled<'s>(ground: &Ground<'_>, statement: &'s Statement) -> Vec<Candidate<'s>> {
    let mut all = Vec::new();
    let asking = ground.frames.frames.iter().enumerate().filter(|(_, frame)| frame.record.labelled);
    for (number, frame) in asking {
        let about = ground.classes(frame);
        let fits = |statement: &Statement| {
            let takes = statement.quantities.iter().filter(|one| frame.record.value.takes(one.kind));
            takes.count()
        };
        if fits(statement) == 0 {
            continue;
        }
        let cell = ground.document.blocks.get(statement.block).is_some_and(|block| block.kind == BlockKind::Cell);
        let found = if cell { in_row(ground, statement, &about, fits) } else { behind(ground, statement, &about) };
        let Some(found) = found else { continue };
        let start = found.words.end;
        let first = statement.quantities.iter().find(|one| {
            let words = statement.words_of(one.range.clone());
            frame.record.value.takes(one.kind) && words.start >= start && words.start <= start + BESIDE
        });
        if let Some(quantity) = first {
            all.extend(candidate(ground, statement, number, 2, Cow::Owned(found), quantity));
        }
    }
    all
}

/// The label of a statement, up to its colon, when it names one thing and little else.
fn behind(ground: &Ground<'_>, statement: &Statement, about: &[ClassId]) -> Option<Match> {
    let colon =
        statement.words.iter().take(10).position(|word| {
            word.kind == WordKind::Mark && statement.prose(ground.document, word.range.clone()) == ":"
        })?;
    let only = names_one(ground, statement, colon, about)?;
    let captures = vec![("subject".into(), only.words)];
    Some(Match { pattern: PatternId::default(), words: 0..colon + 1, captures })
}

/// A cell that is the only one of its row with a figure, behind a first cell that names one thing and little else.
fn in_row(
    ground: &Ground<'_>,
    statement: &Statement,
    about: &[ClassId],
    fits: impl Fn(&Statement) -> usize,
) -> Option<Match> {
    let own = ground.document.blocks.get(statement.block)?.cell?;
    let head = ground.row_head(statement.block).filter(|head| *head != statement.block)?;
    let [name] = ground.statements_of(head) else { return None };
    names_one(ground, name, name.words.len(), about)?;
    let row = |place: &crate::document::CellPlace| place.table == own.table && place.row == own.row;
    let cells = ground.document.blocks.iter().enumerate().skip(head);
    let cells = cells.take_while(|(_, block)| block.cell.as_ref().is_some_and(&row));
    let figures: usize = cells.flat_map(|(id, _)| ground.statements_of(id)).map(fits).sum();
    (figures == 1).then(|| Match { pattern: PatternId::default(), words: 0..0, captures: Vec::new() })
}

/// The one thing of some classes that the first words of a statement name, when they say little else.
fn names_one(ground: &Ground<'_>, statement: &Statement, end: usize, about: &[ClassId]) -> Option<Named> {
    let named = ground.named(statement, &(0..end), about);
    let [only] = named.as_slice() else { return None };
    let own = |words: &Range<usize>, place: usize| words.contains(&place);
    let beside = ground.content(statement, 0..end).filter(|(place, _)| !own(&only.words, *place)).count();
    (beside <= BESIDE).then(|| only.clone())
}
