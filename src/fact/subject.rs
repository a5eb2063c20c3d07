//! What a fact is about: the entity named in the sentence, else in what leads to it, else the article's topic.
//!
//! Takes statements with their entities; gives canonical names and how they are known. Knows no value.

use super::Origin;
use super::attribute::SubjectKind;
use super::frame::{Frame, Frames, Role};
use crate::document::{BlockId, BlockKind, Document};
use crate::grammar::pattern::Match;
use crate::lexicon::{ClassId, Lexicon, WordKind, fold};
use crate::statement::Statement;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// An article with what is needed to find subjects in it.
pub struct Ground<'a> {
    /// Its blocks.
    pub document: &'a Document,
    /// Its statements.
    pub statements: &'a [Statement],
    /// The frames.
    pub frames: &'a Frames,
    /// The words.
    pub lexicon: &'a Lexicon,
    /// Statements of each block.
    blocks: HashMap<BlockId, Range<usize>>,
    /// What the configuration says the article is about.
    configured: Option<&'a str>,
    /// Topics by the classes that were asked for.
    topics: RefCell<Vec<Topic>>,
}

/// Classes asked for, and the one topic of the article among them.
type Topic = (Vec<ClassId>, Option<Arc<str>>);

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Canonical name, or content words.
    pub name: Arc<str>,
    /// How it is known.
    pub origin: Origin,
    /// True for a name of the lexicon.
    pub named: bool,
}

impl Subject {
    const fn named(name: Arc<str>, origin: Origin) -> Self {
        Self { name, origin, named: true }
    }

    const fn phrase(name: Arc<str>) -> Self {
        Self { name, origin: Origin::Stated, named: false }
    }
}

/// A thing named in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Canonical name.
    pub name: Arc<str>,
    /// Words of the statement.
    pub words: Range<usize>,
}

impl<'a> Ground<'a> {
    /// The ground of an article. `topic`: what the configuration says it is about.
    pub fn new(
        document: &'a Document,
        statements: &'a [Statement],
        frames: &'a Frames,
        lexicon: &'a Lexicon,
        topic: Option<&'a str>,
    ) -> Self {
        let mut blocks: HashMap<BlockId, Range<usize>> = HashMap::new();
        for (index, statement) in statements.iter().enumerate() {
            blocks.entry(statement.block).or_insert(index..index).end = index + 1;
        }
        Self { document, statements, frames, lexicon, blocks, configured: topic, topics: RefCell::default() }
    }

    /// Statements of a block.
    pub fn statements_of(&self, block: BlockId) -> &'a [Statement] {
        self.blocks.get(&block).and_then(|range| self.statements.get(range.clone())).unwrap_or_default()
    }

    /// The classes that subjects of a frame may have.
    pub fn classes(&self, frame: &Frame) -> Vec<ClassId> {
        frame.record.about.iter().filter_map(|name| self.lexicon.class(name)).collect()
    }

    /// Things of some classes in some words of a statement; where one is a kind of another, only the kind.
    pub fn named(&self, statement: &Statement, within: &Range<usize>, about: &[ClassId]) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let mut wider: Vec<Arc<str>> = Vec::new();
        for entity in &statement.entities {
            let inside = entity.words.start >= within.start && entity.words.end <= within.end;
            if !inside || !about.iter().any(|class| self.lexicon.is_a(entity.entry, *class)) {
                continue;
            }
            let Some(entry) = self.lexicon.entry(entity.entry) else { continue };
            wider.extend(entry.kind_of.iter().cloned());
            if !found.iter().any(|named| named.name == entry.name) {
                found.push(Named { name: Arc::clone(&entry.name), words: entity.words.clone() });
            }
        }
        if found.len() > 1 {
            found.retain(|named| !wider.contains(&named.name));
        }
        found
    }

    /// The topic of the article among some classes, looked for once.
    fn topic(&self, about: &[ClassId]) -> Option<Arc<str>> {
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
                title = Some(self.named(statement, &all, about));
            }
            for entity in &statement.entities {
                if about.iter().any(|class| self.lexicon.is_a(entity.entry, *class))
                    && let Some(entry) = self.lexicon.entry(entity.entry)
                {
                    *counts.entry(Arc::clone(&entry.name)).or_default() += 1;
                }
            }
        }
        if let Some([only]) = title.as_deref() {
            return Some(Arc::clone(&only.name));
        }
        let (best, most) = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
        let next = counts.iter().filter(|(name, _)| *name != best).map(|(_, count)| *count).max().unwrap_or(0);
        (*most >= 3 && *most >= next * 2).then(|| Arc::clone(best))
    }

    /// The subject of what a match says, and how it is known.
    pub fn subject(&self, index: usize, frame: &Frame, found: &Match) -> Option<Subject> {
        let statement = self.statements.get(index)?;
        let about = self.classes(frame);
        let captured = found.captures.iter().find(|(name, _)| &**name == "subject").map(|(_, words)| words.clone());
        if let Some(words) = captured {
            match self.named(statement, &words, &about).as_slice() {
                [only] => return Some(Subject::named(Arc::clone(&only.name), Origin::Stated)),
                [] if self.is_stand_in(statement, words.clone()) => return self.inherited(index, &about, true),
                [] if frame.record.subject == SubjectKind::Entity => {}
                [] => return self.phrase(statement, words).map(Subject::phrase),
                [..] => return None,
            }
        }
        let clause = clause_of(statement, &found.words);
        let before = clause.start..found.words.start.max(clause.start);
        if frame.record.subject == SubjectKind::Phrase {
            return self.phrase_or_inherited(index, statement, &before, &about);
        }
        // the entity in the cue, else in front of it, else behind it, else elsewhere in the statement
        let places = [found.words.clone(), before.clone(), found.words.end..clause.end, 0..statement.words.len()];
        let object = found.capture("object").unwrap_or(0..0);
        let mut generic = false;
        for (n, place) in places.into_iter().enumerate() {
            if n == 2 && self.starts_with_stand_in(statement, &clause) {
                return self.inherited(index, &about, true);
            }
            let mut named = self.named(statement, &place, &about);
            named.retain(|named| named.words.end <= object.start || named.words.start >= object.end);
            let own = named.len();
            named.retain(|named| !self.is_generic(&named.name));
            // "the operation" is the one that the article is about, when it is about one
            if own > 0 && named.is_empty() {
                generic = true;
                continue;
            }
            match named.as_slice() {
                [] => {}
                [only] => return Some(Subject::named(self.narrowed(&only.name, &about), Origin::Stated)),
                [..] => return None,
            }
        }
        if generic {
            let led = self.inherited(index, &about, false).or_else(|| self.only_one(index, &about));
            return led.or_else(|| {
                let all = self.named(statement, &(0..statement.words.len()), &about);
                let [only] = all.as_slice() else { return None };
                Some(Subject::named(Arc::clone(&only.name), Origin::Stated))
            });
        }
        if frame.record.subject == SubjectKind::Either {
            return self.phrase_or_inherited(index, statement, &before, &about);
        }
        let known = self.inherited(index, &about, false);
        let words = || self.phrase_or_inherited(index, statement, &before, &about);
        if frame.record.subject == SubjectKind::Known { known.or_else(words) } else { known }
    }

    /// The topic, where a name is what the topic is a kind of: on a page about CBT for insomnia, CBT is that. A medicine
    /// keeps its name, since its relatives have other values.
    fn narrowed(&self, name: &Arc<str>, about: &[ClassId]) -> Arc<str> {
        let Some(topic) = self.topic(about).filter(|topic| topic != name) else { return Arc::clone(name) };
        let kind = |id: &crate::lexicon::EntryId| {
            let medicine = self.lexicon.class("medicine").is_some_and(|class| self.lexicon.is_a(*id, class));
            !medicine && self.lexicon.entry(*id).is_some_and(|entry| entry.kind_of.contains(name))
        };
        let wider = self.lexicon.named(&topic).iter().any(kind);
        if wider { topic } else { Arc::clone(name) }
    }

    /// The one thing in the article that a generic name of a statement can mean: of its class.
    fn only_one(&self, index: usize, about: &[ClassId]) -> Option<Subject> {
        let statement = self.statements.get(index)?;
        let generic = self.named(statement, &(0..statement.words.len()), about);
        let entry = self.lexicon.named(&generic.first()?.name).into_iter().find_map(|id| self.lexicon.entry(id))?;
        let class = [entry.class];
        let mut all = self.statements.iter().flat_map(|other| self.named(other, &(0..other.words.len()), &class));
        let first = all.find(|named| !self.is_generic(&named.name))?;
        let same = all.filter(|named| !self.is_generic(&named.name)).all(|named| named.name == first.name);
        same.then(|| Subject::named(Arc::clone(&first.name), Origin::Stated))
    }

    /// True for a name that stands for many things ("surgery", "the injection").
    pub fn is_generic(&self, name: &str) -> bool {
        self.frames.generic.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    fn phrase_or_inherited(
        &self,
        index: usize,
        statement: &Statement,
        before: &Range<usize>,
        about: &[ClassId],
    ) -> Option<Subject> {
        if before.is_empty() || self.starts_with_stand_in(statement, before) {
            return self.inherited(index, about, true);
        }
        // "a course lasts", "adults take it": nothing is named, so what was named before is meant
        let people = self.lexicon.class("population");
        let is_people = |place: usize| {
            let mut own = statement.entities.iter().filter(|entity| entity.words.contains(&place));
            own.any(|entity| people.is_some_and(|people| self.lexicon.is_a(entity.entry, people)))
        };
        let is_helping = |word: &String| self.frames.helpings.binary_search(word).is_ok();
        let told = |place: usize, word: &String| is_people(place) || is_helping(word);
        if self.content(statement, before.clone()).all(|(place, word)| told(place, &word)) {
            return self.inherited(index, about, true);
        }
        // "a private cycle of IVF at our clinic": one thing with what qualifies it
        if let [only] = self.named(statement, before, about).as_slice()
            && self.content(statement, before.clone()).all(|(place, word)| {
                told(place, &word) || only.words.contains(&place) || self.qualifies(statement, place)
            })
            && !self.is_generic(&only.name)
        {
            return Some(Subject::named(Arc::clone(&only.name), Origin::Stated));
        }
        self.phrase(statement, before.clone()).map(Subject::phrase)
    }

    /// True for a word that says where or for whom: of a contrast or a setting.
    fn qualifies(&self, statement: &Statement, place: usize) -> bool {
        let setting = self.lexicon.class("setting");
        let is_setting = |id| setting.is_some_and(|setting| self.lexicon.is_a(id, setting));
        let mut named = statement.entities.iter().filter(|entity| entity.words.contains(&place));
        let mut found = statement.matches.iter().filter(|found| found.words.contains(&place));
        named.any(|entity| is_setting(entity.entry))
            || found
                .any(|found| self.frames.roles(found.pattern).iter().any(|role| matches!(role, Role::Contrast { .. })))
    }

    /// Content words as a subject: plurals undone, in order of the alphabet; at most four.
    fn phrase(&self, statement: &Statement, words: Range<usize>) -> Option<Arc<str>> {
        let mut content: Vec<String> = self.content(statement, words).map(|(_, word)| singular(&word)).collect();
        content.sort_unstable();
        content.dedup();
        ((1..=4).contains(&content.len())).then(|| content.join(" ").into())
    }

    /// Words that carry content, folded, with their places.
    pub fn content(&self, statement: &'a Statement, words: Range<usize>) -> impl Iterator<Item = (usize, String)> {
        super::wording::content(self.document, statement, words, &self.frames.plain)
    }

    fn is_stand_in(&self, statement: &Statement, words: Range<usize>) -> bool {
        let text = fold(statement.prose(self.document, statement.bytes_of(words))).into_owned();
        self.frames.stand_ins.binary_search(&text).is_ok()
    }

    /// True when the first word or two of some words stand for something named before.
    fn starts_with_stand_in(&self, statement: &Statement, words: &Range<usize>) -> bool {
        let is_word = |place: &usize| statement.words.get(*place).is_some_and(|word| word.kind == WordKind::Word);
        let Some(start) = words.clone().find(is_word) else { return false };
        (1..=2).any(|length| start + length <= words.end && self.is_stand_in(statement, start..start + length))
    }

    /// The subject of a statement that names none: from the heading, the line that leads a list, the statement
    /// before, or the topic. `pointing`: the statement points back at something, so that what is nearest counts.
    fn inherited(&self, index: usize, about: &[ClassId], pointing: bool) -> Option<Subject> {
        let statement = self.statements.get(index)?;
        let block = self.document.blocks.get(statement.block)?;
        let topic = self.topic(about);
        let before = self.before(index, about)?.map(|name| self.narrowed(&name, about));
        if pointing && let Some(name) = before {
            let origin = if topic.as_ref() == Some(&name) { Origin::Stated } else { Origin::Inherited };
            return Some(Subject::named(name, origin));
        }
        for head in [self.row_head(statement.block), self.column_head(statement.block)].into_iter().flatten() {
            match self.named_in(head, about)?.as_slice() {
                [] => {}
                [only] => return Some(Subject::named(Arc::clone(&only.name), Origin::Stated)),
                [..] => return None,
            }
        }
        let leads = [block.list.and_then(|list| list.lead), block.heading];
        for (n, lead) in leads.into_iter().enumerate() {
            let Some(lead) = lead else { continue };
            match self.named_in(lead, about)?.as_slice() {
                [] => {}
                [only] => {
                    // the heading and the sentence before name two things: either may be meant
                    if n == 1 && before.as_ref().is_some_and(|name| *name != only.name) {
                        return None;
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
        let earlier = self.statements.get(index.saturating_sub(3)..index)?;
        for statement in earlier.iter().rev().take_while(|statement| statement.block == block) {
            let mut named = self.named(statement, &(0..statement.words.len()), about);
            named.retain(|named| !self.is_generic(&named.name));
            match named.as_slice() {
                [] => {}
                [only] => return Some(Some(Arc::clone(&only.name))),
                // several: what opens the sentence is what it is about
                [first, ..] if first.words.start <= 2 => return Some(Some(Arc::clone(&first.name))),
                [..] => return None,
            }
        }
        Some(None)
    }

    fn named_in(&self, block: BlockId, about: &[ClassId]) -> Option<Vec<Named>> {
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

/// The clause that a match begins in.
pub fn clause_of(statement: &Statement, words: &Range<usize>) -> Range<usize> {
    let after = statement.clauses.partition_point(|clause| clause.start <= words.start);
    let clause = after.checked_sub(1).and_then(|index| statement.clauses.get(index)).cloned();
    let clause = clause.unwrap_or(0..statement.words.len());
    clause.start..clause.end.max(words.end)
}

/// A noun without its plural; for comparing words of one article with each other, never with data.
fn singular(word: &str) -> String {
    match word {
        _ if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word.to_owned(),
        _ if word.len() > 4 && word.ends_with("ies") => format!("{}y", word.trim_end_matches("ies")),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}
