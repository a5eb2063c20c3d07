//! What leads to a statement that names nothing itself: a pronoun, the statement before, heads of a table, the line before a
//! list, the heading, the topic.
//!
//! Takes the ground of an article; gives the one thing that can be meant, or nothing. Knows no frame and no value.

use super::Origin;
use super::frame::Role;
use super::subject::{Ground, Named, Subject};
use crate::document::{BlockId, BlockKind};
use crate::lexicon::{ClassId, WordKind, fold};
use crate::statement::{Mode, Statement};
use std::sync::Arc;

/// Statements before one in its block in which what it stands for may be named.
const BACK: usize = 5;

impl Ground<'_> {
    /// What "it" or "the treatment" at some words means: what the statement names before it, else what is named before
    /// the statement.
    pub(super) fn pointed_at(&self, index: usize, at: usize, about: &[ClassId]) -> Option<Subject> {
        let statement = self.statements.get(index)?;
        let meant = self.meant(statement, at, about);
        let about = meant.as_deref().unwrap_or(about);
        if at > 0 && !self.starts_with_stand_in(statement, &(0..statement.words.len())) {
            let mut named = self.named(statement, &(0..at), about);
            named.retain(|named| !self.is_generic(&named.name));
            let meant = match named.as_slice() {
                [only] => Some(only),
                // what opens the sentence is what it is about
                [first, second, ..] if first.words.start <= 1 && !self.is_joined(statement, first, second) => {
                    Some(first)
                }
                _ => None,
            };
            if let Some(meant) = meant {
                return Some(Subject::named(self.narrowed(&meant.name, about), Origin::Stated));
            }
        }
        self.inherited(index, about, true)
    }

    /// The classes that a stand-in can mean, where it says: "the operation" is nothing that is taken.
    fn meant(&self, statement: &Statement, at: usize, about: &[ClassId]) -> Option<Vec<ClassId>> {
        let words = &self.frames.words;
        let is_act = (1..=2).any(|length| {
            let end = at + length;
            end <= statement.words.len() && {
                let text = fold(statement.prose(self.document, statement.bytes_of(at..end)));
                words.acts.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok()
            }
        });
        let taken: Vec<ClassId> = words.taken.iter().filter_map(|name| self.lexicon.class(name)).collect();
        let done: Vec<ClassId> = about.iter().copied().filter(|class| !taken.contains(class)).collect();
        (is_act && !done.is_empty() && done.len() < about.len()).then_some(done)
    }

    /// The subject of a statement that names none: from the heading, the line that leads a list, the statement
    /// before, or the topic. `pointing`: the statement points back at something, so that what is nearest counts.
    pub(super) fn inherited(&self, index: usize, about: &[ClassId], pointing: bool) -> Option<Subject> {
        let statement = self.statements.get(index)?;
        let block = self.document.blocks.get(statement.block)?;
        if pointing && self.points_elsewhere(index, about) {
            return None;
        }
        let topic = self.topic(about);
        let heading = block.heading.and_then(|heading| self.named_in(heading, about));
        let heading = heading.as_deref().and_then(|named| if let [only] = named { Some(&only.name) } else { None });
        let before = match self.before(index, about) {
            Some(before) => before,
            // several things, of which the heading names one
            None if !pointing && heading.is_some_and(|name| self.is_named_before(index, name, about)) => None,
            None => return None,
        };
        // what only stands somewhere in the sentence before is not what a section about something else is about
        let before =
            before.filter(|name| pointing || heading.is_none_or(|own| own == name || self.opens(index, name, about)));
        let before = before.map(|name| self.narrowed(&name, about));
        if let Some(name) = before.clone().filter(|name| self.is_asked(index, name, about)) {
            return Some(Subject::named(name, Origin::Stated));
        }
        if pointing && let Some(name) = before {
            let sure = topic.as_ref() == Some(&name) || self.is_alone(index, &name, about);
            return Some(Subject::named(name, if sure { Origin::Stated } else { Origin::Inherited }));
        }
        if pointing && let Some(name) = self.opened_by(index, about) {
            return Some(Subject::named(name, Origin::Inherited));
        }
        for head in [self.row_head(statement.block), self.column_head(statement.block)].into_iter().flatten() {
            match self.named_in(head, about)?.as_slice() {
                [] => {}
                [only] => return Some(Subject::named(Arc::clone(&only.name), Origin::Stated)),
                [..] => return None,
            }
        }
        // a row or column of something that has no name in the lexicon is not about the topic
        let heads = [self.row_head(statement.block), self.column_head(statement.block)];
        let own = |head: &BlockId| *head != statement.block && !self.asks(*head) && self.has_content(*head);
        if heads.into_iter().flatten().any(|head| own(&head)) {
            return None;
        }
        let leads = [block.list.and_then(|list| list.lead), block.heading];
        for (n, lead) in leads.into_iter().enumerate() {
            let Some(lead) = lead else { continue };
            match self.named_in(lead, about)?.as_slice() {
                [] => {}
                [only] => {
                    // the heading and the sentence before name two things: either may be meant
                    let other = before.as_ref().filter(|name| **name != only.name);
                    if n == 1 && other.is_some_and(|name| !self.is_kind(name, &only.name)) {
                        return None;
                    }
                    // a kind of what the heading names, which the paragraph is about
                    if let Some(kind) = other.filter(|name| n == 1 && self.opens(index, name, about)) {
                        return Some(Subject::named(Arc::clone(kind), Origin::Inherited));
                    }
                    return Some(Subject::named(Arc::clone(&only.name), Origin::Stated));
                }
                [..] => return None,
            }
        }
        match (before, topic) {
            (Some(name), Some(topic)) if name == topic => Some(Subject::named(topic, Origin::Stated)),
            (Some(name), _) => Some(Subject::named(name, Origin::Inherited)),
            (None, topic) => topic.map(|topic| Subject::named(topic, Origin::Stated)),
        }
    }

    /// What a statement is about that names nothing of some classes itself.
    pub fn led_by(&self, index: usize, about: &[ClassId]) -> Option<Subject> {
        self.inherited(index, about, false)
    }

    /// What the nearest statement before in the same block that names anything is about; `None` when it names
    /// several things and begins with none of them.
    #[allow(clippy::option_option)] // several is no answer, none is one
    fn before(&self, index: usize, about: &[ClassId]) -> Option<Option<Arc<str>>> {
        let block = self.statements.get(index)?.block;
        let earlier = self.statements.get(index.saturating_sub(BACK)..index)?;
        let own = |statement: &&Statement| statement.block == block;
        // "it", "when it": in a row of sentences it is the same thing
        let chained = |statement: &&Statement| {
            (0..2).any(|start| self.starts_with_stand_in(statement, &(start..statement.words.len())))
        };
        for statement in earlier.iter().rev().take_while(own).filter(|statement| !chained(statement)) {
            let mut named = self.named(statement, &(0..statement.words.len()), about);
            named.retain(|named| !self.is_generic(&named.name));
            match named.as_slice() {
                [] => {}
                [only] => return Some(Some(Arc::clone(&only.name))),
                // "A, B and C do this. They": what is meant is all of them, which the heading may name
                [first, second, ..] if first.words.start <= 2 && self.is_joined(statement, first, second) => {
                    return Some(None);
                }
                // several: what opens the sentence is what it is about
                [first, ..] if first.words.start <= 2 => return Some(Some(Arc::clone(&first.name))),
                [..] => return None,
            }
        }
        Some(None)
    }

    /// True for "and", "or", "but" and "so" at some place of a statement.
    pub(super) fn is_joint(&self, statement: &Statement, place: usize) -> bool {
        let word = statement.words.get(place).filter(|word| word.kind == WordKind::Word);
        word.is_some_and(|word| {
            let text = fold(statement.prose(self.document, word.range.clone()));
            matches!(text.as_ref(), "and" | "or" | "but" | "so")
        })
    }

    /// True when nothing but marks, "and" and "or" stands between two things.
    pub(super) fn is_joined(&self, statement: &Statement, first: &Named, second: &Named) -> bool {
        (first.words.end..second.words.start).filter_map(|place| statement.words.get(place)).all(|word| {
            let text = fold(statement.prose(self.document, word.range.clone()));
            word.kind == WordKind::Mark && text != "(" || matches!(text.as_ref(), "and" | "or")
        })
    }

    /// Earlier statements of the same block, the nearest first.
    fn earlier(&self, index: usize) -> impl Iterator<Item = &Statement> {
        let block = self.statements.get(index).map(|statement| statement.block);
        let earlier = self.statements.get(index.saturating_sub(6)..index).unwrap_or_default();
        earlier.iter().rev().take_while(move |statement| Some(statement.block) == block)
    }

    fn all_named(&self, statement: &Statement, about: &[ClassId]) -> Vec<Named> {
        self.named(statement, &(0..statement.words.len()), about)
    }

    /// True when the sentence that "they" points back to begins with something of another class ("Seizures are brief.
    /// They do no harm.").
    fn points_elsewhere(&self, index: usize, about: &[ClassId]) -> bool {
        let other: Vec<ClassId> =
            ["condition", "harm"].into_iter().filter_map(|name| self.lexicon.class(name)).collect();
        let chained = |statement: &&Statement| {
            (0..2).any(|start| self.starts_with_stand_in(statement, &(start..statement.words.len())))
        };
        let Some(meant) = self.earlier(index).find(|statement| !chained(statement)) else { return false };
        let opens = |named: &Named| named.words.start <= 1;
        self.all_named(meant, about).is_empty() && self.all_named(meant, &other).iter().any(opens)
    }

    /// What the paragraph right above, under the same heading, begins with: "it" at the start of a paragraph.
    fn opened_by(&self, index: usize, about: &[ClassId]) -> Option<Arc<str>> {
        let block = self.statements.get(index)?.block;
        let above = block.checked_sub(1)?;
        let (own, other) = (self.document.blocks.get(block)?, self.document.blocks.get(above)?);
        let first = self.statements_of(above).first()?;
        let both = own.kind == BlockKind::Paragraph && other.kind == BlockKind::Paragraph;
        let named = self.all_named(first, about).into_iter().next().filter(|named| named.words.start <= 1)?;
        (both && own.heading == other.heading && !self.is_generic(&named.name)).then_some(named.name)
    }

    /// True when a head asks a question of some frame.
    pub(super) fn asks(&self, head: BlockId) -> bool {
        let found = self.statements_of(head).iter().flat_map(|head| &head.matches);
        found.flat_map(|found| self.frames.roles(found.pattern)).any(|role| matches!(role, Role::Head(_)))
    }

    /// True when a head says more than "Answer" or "Details".
    fn has_content(&self, head: BlockId) -> bool {
        let said = |word: &String| self.frames.words.label_words.binary_search(word).is_err();
        let harm = self.lexicon.class("harm");
        self.statements_of(head).iter().any(|statement| {
            let named = |place: usize| {
                let mut own = statement.entities.iter().filter(|entity| entity.words.contains(&place));
                own.any(|entity| harm.is_some_and(|harm| self.lexicon.is_a(entity.entry, harm)))
            };
            let qualifies = |place: usize| {
                let mut found = statement.matches.iter().filter(|found| found.words.contains(&place));
                found.any(|found| {
                    let mut roles = self.frames.roles(found.pattern).iter();
                    roles.any(|role| matches!(role, Role::Contrast { .. }))
                })
            };
            let mut content = self.content(statement, 0..statement.words.len());
            content.any(|(place, word)| said(&word) && !named(place) && !qualifies(place))
        })
    }

    /// True for a harm in a statement that a treatment leads to: it is what the treatment does.
    pub(super) fn is_brought_about(&self, index: usize, name: &str) -> bool {
        let class = |name: &str| self.lexicon.class(name);
        let is_harm =
            class("harm").is_some_and(|harm| self.lexicon.named(name).iter().any(|id| self.lexicon.is_a(*id, harm)));
        let treatment: Vec<ClassId> =
            ["medicine", "procedure", "vaccine", "device"].into_iter().filter_map(class).collect();
        is_harm
            && self.statements.get(index).is_some_and(|statement| {
                !self.all_named(statement, &treatment).is_empty() || self.led_by(index, &treatment).is_some()
            })
    }

    /// True when the question right before, in the same paragraph, names this and nothing else.
    fn is_asked(&self, index: usize, name: &Arc<str>, about: &[ClassId]) -> bool {
        let last = self.earlier(index).next().filter(|last| last.mode == Mode::Question);
        last.is_some_and(|last| matches!(self.all_named(last, about).as_slice(), [only] if only.name == *name))
    }

    /// True when a paragraph has named this before.
    fn is_named_before(&self, index: usize, name: &Arc<str>, about: &[ClassId]) -> bool {
        self.earlier(index).any(|statement| self.all_named(statement, about).iter().any(|named| named.name == *name))
    }

    /// True when an earlier sentence of the paragraph begins with this.
    fn opens(&self, index: usize, name: &Arc<str>, about: &[ClassId]) -> bool {
        self.earlier(index).any(|statement| {
            self.all_named(statement, about).iter().any(|named| named.name == *name && named.words.start <= 2)
        })
    }

    /// True when a paragraph names nothing else up to a statement that points back.
    fn is_alone(&self, index: usize, name: &Arc<str>, about: &[ClassId]) -> bool {
        self.earlier(index).all(|statement| self.all_named(statement, about).iter().all(|named| named.name == *name))
    }

    /// True when one name is a kind of another.
    fn is_kind(&self, name: &Arc<str>, of: &Arc<str>) -> bool {
        let mut entries = self.lexicon.named(name).into_iter().filter_map(|id| self.lexicon.entry(id));
        entries.any(|entry| entry.kind_of.contains(of))
    }

    /// Things of some classes that a block names, what they are for left out.
    pub(super) fn named_in(&self, block: BlockId, about: &[ClassId]) -> Option<Vec<Named>> {
        let mut all: Vec<Named> = Vec::new();
        for statement in self.statements_of(block) {
            for named in self.named(statement, &(0..statement.words.len()), about) {
                if self.is_generic(&named.name) {
                    continue;
                }
                if !all.iter().any(|known| known.name == named.name) {
                    all.push(named);
                }
            }
        }
        self.leave_purposes_out(&mut all);
        Some(all)
    }

    /// The cell that heads the row of a cell.
    pub fn row_head(&self, block: BlockId) -> Option<BlockId> {
        let place = self.document.blocks.get(block)?.cell?;
        self.cell(block, |other| other.table == place.table && other.row == place.row && other.column == 0)
    }

    /// The cell that heads the column of a cell.
    pub fn column_head(&self, block: BlockId) -> Option<BlockId> {
        let place = self.document.blocks.get(block)?.cell?;
        self.cell(block, |other| other.table == place.table && other.row == 0 && other.column == place.column)
    }

    /// The nearest cell above or to the left of a cell.
    fn cell(&self, block: BlockId, wanted: impl Fn(&crate::document::CellPlace) -> bool) -> Option<BlockId> {
        // rows are read in order, so the cells of one table stand together
        let table = self.document.blocks.get(block)?.cell?.table;
        let earlier = (0..block).rev().map(|id| (id, self.document.blocks.get(id).and_then(|block| block.cell)));
        let mut inside = earlier.take_while(|(_, cell)| cell.is_some_and(|cell| cell.table == table));
        inside.find(|(_, cell)| cell.as_ref().is_some_and(&wanted)).map(|(id, _)| id)
    }
}
