//! What an article as a whole is about: what its title names, else what it names most often.
//!
//! Takes the ground of an article; gives one thing of the classes that are asked for, or nothing. Knows no frame.

use super::subject::{Ground, Named};
use crate::document::{BlockId, BlockKind, Document};
use crate::lexicon::{ClassId, WordKind};
use crate::statement::Statement;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

impl Ground<'_> {
    /// The topic of the article among some classes, looked for once.
    pub(super) fn topic(&self, about: &[ClassId]) -> Option<Arc<str>> {
        if let Some((_, topic)) = self.topics.borrow().iter().find(|(known, _)| known == about) {
            return topic.clone();
        }
        let topic = self.topic_among(about, self.configured);
        self.topics.borrow_mut().push((about.to_vec(), topic.clone()));
        topic
    }

    /// The one topic of the article among some classes: of the configuration, of the title, or what is named at
    /// least three times and twice as often as anything else.
    fn topic_among(&self, about: &[ClassId], configured: Option<&str>) -> Option<Arc<str>> {
        let entries = configured.map_or_else(Vec::new, |name| self.lexicon.named(name));
        let fits = |entry: &&crate::lexicon::EntryId| about.iter().any(|class| self.lexicon.is_a(**entry, *class));
        if let Some(entry) = entries.iter().find(fits).and_then(|id| self.lexicon.entry(*id)) {
            return Some(Arc::clone(&entry.name));
        }
        let mut counts: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        let mut title: Option<Vec<Named>> = None;
        for statement in self.statements {
            let Some(block) = self.document.blocks.get(statement.block) else { continue };
            if !block.is_article() || block.kind == BlockKind::Reference {
                continue;
            }
            let all = 0..statement.words.len();
            if block.kind == BlockKind::Heading && block.level <= 1 && title.is_none() {
                let mut named = self.named(statement, &all, about);
                named.retain(|named| !self.is_generic(&named.name));
                self.leave_purposes_out(&mut named);
                // an item of a list stands beside others, though no words know them
                if matches!(named.as_slice(), [only] if self.is_listed(statement, only)) {
                    return None;
                }
                title = Some(named);
            }
            for entity in &statement.entities {
                if about.iter().any(|class| self.lexicon.is_a(entity.entry, *class))
                    && let Some(entry) = self.lexicon.entry(entity.entry)
                {
                    *counts.entry(Arc::clone(&entry.name)).or_default() += 1;
                }
            }
        }
        // a title that stands in the front matter alone is no more than what helps to tell
        let title = title.or_else(|| self.named_in_front(about).filter(|named| named.len() == 1));
        match title.as_deref() {
            Some([only]) => return Some(Arc::clone(&only.name)),
            // a title with several things makes none of them the topic
            Some([_, ..]) => return None,
            _ => {}
        }
        // "surgery" is what an article is about only where it names no other
        if counts.keys().any(|name| !self.is_generic(name)) {
            counts.retain(|name, _| !self.is_generic(name));
        }
        let (best, most) = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
        let next = counts.iter().filter(|(name, _)| *name != best).map(|(_, count)| *count).max().unwrap_or(0);
        (*most >= 3 && *most >= next * 2).then(|| Arc::clone(best))
    }

    /// Things of some classes that the title of the front matter names.
    fn named_in_front(&self, about: &[ClassId]) -> Option<Vec<Named>> {
        let (document, statements) = self.front?;
        let front = Ground::new(document, statements, self.frames, self.lexicon, None);
        let head = (0..document.blocks.len())
            .find(|id| document.blocks.get(*id).is_some_and(|block| block.kind == BlockKind::Heading))?;
        let named = front.named_in(head, about)?;
        let listed = |one: &Named| front.statements_of(head).iter().any(|title| front.is_listed(title, one));
        (!named.iter().any(listed)).then_some(named)
    }

    /// True for an item of a list in a title: "Stockings, foam and laser".
    fn is_listed(&self, statement: &Statement, named: &Named) -> bool {
        const ITEM: usize = 3;
        let comma = |place: usize| {
            let word = statement.words.get(place).filter(|word| word.kind == WordKind::Mark);
            word.is_some_and(|word| statement.prose(self.document, word.range.clone()) == ",")
        };
        let Range { start, end } = named.words;
        let first = comma(end) && (end + 2..=end + 1 + ITEM).any(|place| self.is_joint(statement, place));
        let last = start.checked_sub(1).is_some_and(|joint| {
            self.is_joint(statement, joint) && (joint.saturating_sub(1 + ITEM)..joint.saturating_sub(1)).any(comma)
        });
        let between = start.checked_sub(1).is_some_and(comma) && (comma(end) || self.is_joint(statement, end));
        first || last || between
    }

    /// Leaves out what the others are for: of "ablation for atrial fibrillation", the ablation stays.
    pub(super) fn leave_purposes_out(&self, named: &mut Vec<Named>) {
        let classes = self.frames.words.purposes.iter().filter_map(|name| self.lexicon.class(name));
        let classes: Vec<ClassId> = classes.collect();
        let is_purpose = |named: &Named| {
            self.lexicon.named(&named.name).iter().any(|id| classes.iter().any(|class| self.lexicon.is_a(*id, *class)))
        };
        if named.len() > 1 && !named.iter().all(is_purpose) {
            named.retain(|named| !is_purpose(named));
        }
    }
}

/// The first heading, where no other one stands as high.
pub(super) fn title_of(document: &Document) -> Option<BlockId> {
    let headings = || document.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Heading);
    let (first, title) = headings().find(|(_, block)| block.is_article())?;
    let alone = headings().all(|(id, block)| id == first || block.level > title.level);
    (alone && title.level <= 1).then_some(first)
}
