//! Figures that answer what stands over or beside them: a label, the head of a row or column, a heading, a question, or a
//! label that names a thing and asks without saying so ("Nausea: 1 in 10").
//!
//! Takes a statement; gives its figures as candidates of the frames that are asked. A row with several figures is about
//! more than the thing that heads it.

use super::frame::Role;
use super::gather::{Candidate, candidate};
use super::subject::{Ground, Named};
use crate::document::{BlockId, BlockKind};
use crate::grammar::pattern::{Match, PatternId};
use crate::grammar::quantity::Quantity;
use crate::lexicon::{ClassId, WordKind, fold};
use crate::statement::{Mode, Statement};
use std::borrow::Cow;
use std::ops::Range;

/// Words of a line that may stand over its answer.
const LINE: usize = 6;

/// Words between a label and its figure ("Nausea: very common (1 in 10)").
const NEAR: usize = 4;

/// Words beside the name that a label may have ("Pain at the site").
const BESIDE: usize = 2;

/// Quantities that answer a label ("Half-life: 3 hours"), the head of their column or the question above them.
pub fn asked<'s>(ground: &Ground<'_>, index: usize, statement: &'s Statement) -> Vec<Candidate<'s>> {
    let mut all = answers(ground, index, statement);
    for found in &statement.matches {
        for role in ground.frames.roles(found.pattern) {
            let Role::Head(frame) = *role else { continue };
            let Some(record) = ground.frames.frames.get(frame) else { continue };
            // "Half-life:", "Usual dose in migraine:"
            let colon = (found.words.end..found.words.end + 4).find(|place| {
                statement.words.get(*place).is_some_and(|word| {
                    word.kind == WordKind::Mark && statement.prose(ground.document, word.range.clone()) == ":"
                })
            });
            let first = statement.quantities.iter().find(|quantity| {
                let words = statement.words_of(quantity.range.clone());
                words.start > found.words.end
                    && words.start <= found.words.end + 6
                    && (record.record.value.takes(quantity.kind)
                        // "Minimum age: 12"
                        || colon.is_some_and(|colon| words.start == colon + 1)
                            && record.record.value.takes_below(quantity.kind))
            });
            if let Some(quantity) = first.filter(|_| colon.is_some() && found.words.start <= 5) {
                all.extend(candidate(ground, statement, frame, 1, Cow::Borrowed(found), quantity));
            }
        }
    }
    all
}

/// The first quantity of a cell as the answer to the head of its column, or of a paragraph's opening words as the
/// answer to the heading.
fn answers<'s>(ground: &Ground<'_>, index: usize, statement: &'s Statement) -> Vec<Candidate<'s>> {
    let Some(block) = ground.document.blocks.get(statement.block) else { return Vec::new() };
    let asking: &[Statement] = match block.cell {
        Some(cell) if cell.head || cell.column == 0 => &[],
        // the head of the column asks, else the first cell of the row
        Some(_) => {
            let column = ground.column_head(statement.block).filter(|head| ground.asks(*head));
            let head = column.or_else(|| ground.row_head(statement.block).filter(|head| ground.asks(*head)));
            head.map_or(&[], |head| ground.statements_of(head))
        }
        None => asking(ground, index, statement),
    };
    let latest = if block.cell.is_some() { usize::MAX } else { 2 };
    let mut all = Vec::new();
    for role in asking.iter().flat_map(|head| &head.matches).flat_map(|found| ground.frames.roles(found.pattern)) {
        let Role::Head(frame) = *role else { continue };
        let Some(record) = ground.frames.frames.get(frame).filter(|_| !is_another(ground, asking, frame)) else {
            continue;
        };
        let fits = |quantity: &&Quantity| record.record.value.takes_below(quantity.kind);
        let opens = |quantity: &&Quantity| statement.words_of(quantity.range.clone()).start <= latest;
        if let Some(quantity) = statement.quantities.iter().find(fits).filter(opens) {
            let nowhere = Match { pattern: PatternId::default(), words: 0..0, captures: Vec::new() };
            all.extend(candidate(ground, statement, frame, 1, Cow::Owned(nowhere), quantity));
        }
    }
    all
}

/// What asks a statement of running text: the question right before it, the heading right above, or a line of its own that
/// is no sentence ("Half-life").
fn asking<'a>(ground: &Ground<'a>, index: usize, statement: &Statement) -> &'a [Statement] {
    let before =
        index.checked_sub(1).map_or(&[][..], |before| ground.statements.get(before..index).unwrap_or_default());
    let Some(last) = before.first() else { return &[] };
    if last.block == statement.block {
        return if last.mode == Mode::Question { before } else { &[] };
    }
    let blocks = &ground.document.blocks;
    let heading = blocks.get(statement.block).and_then(|block| block.heading) == Some(last.block);
    let kind = |block: BlockId| blocks.get(block).map(|block| block.kind);
    let line = last.block + 1 == statement.block
        && kind(last.block) == Some(BlockKind::Paragraph)
        && kind(statement.block) == Some(BlockKind::Paragraph)
        && last.words.len() <= LINE
        && last.quantities.is_empty()
        && ground.statements_of(last.block).len() == 1
        && !has_verb(ground, last);
    if heading && last.block + 1 == statement.block || line { before } else { &[] }
}

/// True when a statement has a verb that no label has.
fn has_verb(ground: &Ground<'_>, statement: &Statement) -> bool {
    statement.words.iter().any(|word| {
        let text = fold(statement.prose(ground.document, word.range.clone()));
        ground.frames.words.verbs.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok()
    })
}

/// True when what asks holds a phrase that makes it another question.
fn is_another(ground: &Ground<'_>, asking: &[Statement], frame: usize) -> bool {
    let found = asking.iter().flat_map(|head| &head.matches);
    found.flat_map(|found| ground.frames.roles(found.pattern)).any(|role| *role == Role::Not(frame))
}

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
        let found = if cell {
            in_row(ground, statement, &about, fits).or_else(|| in_column(ground, statement, &about))
        } else {
            behind(ground, statement, &about)
        };
        let Some(found) = found else { continue };
        let start = found.words.end;
        let first = statement.quantities.iter().find(|one| {
            let words = statement.words_of(one.range.clone());
            frame.record.value.takes(one.kind) && words.start >= start && words.start <= start + NEAR
        });
        if let Some(quantity) = first {
            all.extend(candidate(ground, statement, number, 0, Cow::Owned(found), quantity));
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

/// A cell under a head that names one thing and nothing else, in a row of something else ("Nausea" over "10%").
fn in_column(ground: &Ground<'_>, statement: &Statement, about: &[ClassId]) -> Option<Match> {
    let head = ground.column_head(statement.block).filter(|head| *head != statement.block)?;
    let row = ground.row_head(statement.block).filter(|row| *row != statement.block)?;
    let [name] = ground.statements_of(head) else { return None };
    let only = names_one(ground, name, name.words.len(), about)?;
    let bare = ground.content(name, 0..name.words.len()).all(|(place, _)| only.words.contains(&place));
    let other = ground.statements_of(row).iter().all(|row| names_one(ground, row, row.words.len(), about).is_none());
    (bare && other).then(|| Match { pattern: PatternId::default(), words: 0..0, captures: Vec::new() })
}

/// The one thing of some classes that the first words of a statement name, when they say little else.
fn names_one(ground: &Ground<'_>, statement: &Statement, end: usize, about: &[ClassId]) -> Option<Named> {
    let named = ground.named(statement, &(0..end), about);
    let [only] = named.as_slice() else { return None };
    let own = |words: &Range<usize>, place: usize| words.contains(&place);
    let beside = ground.content(statement, 0..end).filter(|(place, _)| !own(&only.words, *place)).count();
    (beside <= BESIDE).then(|| only.clone())
}
