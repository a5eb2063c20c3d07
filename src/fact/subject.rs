//! What a fact is about: the entity named in the sentence, else in what leads to it, else the article's topic.
//!
//! Takes statements with their entities; gives canonical names and how they are known. Knows no value.

use super::Origin;
use super::attribute::SubjectKind;
use super::frame::{Frame, Frames, Role};
use crate::document::{BlockId, Document};
use crate::grammar::pattern::Match;
use crate::lexicon::{ClassId, Lexicon, WordKind, fold};
use crate::statement::Statement;
use std::cell::RefCell;
use std::collections::HashMap;
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
    pub(super) configured: Option<&'a str>,
    /// The heading that stands over the whole article.
    pub(super) title: Option<BlockId>,
    /// What the page says of itself: its title where no heading stands over it.
    pub(super) front: Option<(&'a Document, &'a [Statement])>,
    /// Topics by the classes that were asked for.
    pub(super) topics: RefCell<Vec<Topic>>,
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
    pub(super) const fn named(name: Arc<str>, origin: Origin) -> Self {
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
        let title = super::topic::title_of(document);
        let (configured, topics) = (topic, RefCell::default());
        Self { document, statements, frames, lexicon, blocks, configured, title, front: None, topics }
    }

    /// The same, for a page that says what it is about elsewhere than in a heading: its front matter.
    pub const fn titled(mut self, front: Option<(&'a Document, &'a [Statement])>) -> Self {
        self.front = front;
        self
    }

    /// True for the heading that stands over the whole article: what it says holds for every statement.
    pub fn is_title(&self, block: BlockId) -> bool {
        self.title == Some(block)
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
            // "a steroid such as prednisolone" is about the steroids
            let examples: Vec<Named> =
                found.iter().filter(|named| self.is_example(statement, named)).cloned().collect();
            let led = found.iter().any(|named| wider.contains(&named.name) && !examples.contains(named));
            if led && !examples.is_empty() {
                found.retain(|named| !examples.contains(named));
            } else {
                found.retain(|named| !wider.contains(&named.name));
            }
        }
        found
    }

    /// What a name stands beside as another word for it: the first of "acne, a skin disease, affects", the second of
    /// "infection inside the eye (endophthalmitis) happens".
    fn apposed(&self, statement: &Statement, named: &Named, about: &[ClassId]) -> Named {
        let text = |place: usize| {
            let word = statement.words.get(place)?;
            Some(fold(statement.prose(self.document, word.range.clone())))
        };
        let is = |place: Option<usize>, words: &[&str]| {
            place.and_then(text).is_some_and(|text| words.contains(&text.as_ref()))
        };
        let start = named.words.start;
        let comma = is(start.checked_sub(2), &[","]) && is(start.checked_sub(1), &["a", "an", "the", "called"]);
        let before = self.named(statement, &(0..start.saturating_sub(2)), about);
        if let Some(first) = before.last().filter(|first| comma && first.words.end + 2 == start) {
            return first.clone();
        }
        let end = named.words.end;
        let bracket = (end..end + 4).find(|place| is(Some(*place), &["("]));
        let inside = bracket.map(|bracket| self.named(statement, &(bracket + 1..statement.words.len()), about));
        let inside = inside.as_deref().and_then(<[Named]>::first);
        let closed =
            inside.filter(|one| bracket.is_some_and(|at| one.words.start == at + 1) && is(Some(one.words.end), &[")"]));
        closed.unwrap_or(named).clone()
    }

    /// True when "such as" or "for example" stands in front of a name.
    fn is_example(&self, statement: &Statement, named: &Named) -> bool {
        (1..=2).any(|length| {
            let Some(start) = named.words.start.checked_sub(length) else { return false };
            let text = fold(statement.prose(self.document, statement.bytes_of(start..named.words.start)));
            self.frames.words.examples.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok()
        })
    }

    /// The subject of what a match says, and how it is known.
    pub fn subject(&self, index: usize, frame: &Frame, found: &Match) -> Option<Subject> {
        let statement = self.statements.get(index)?;
        let about = self.classes(frame);
        let captured = found.captures.iter().find(|(name, _)| &**name == "subject").map(|(_, words)| words.clone());
        if let Some(words) = captured {
            match self.named(statement, &words, &about).as_slice() {
                [only] => {
                    let only = self.apposed(statement, only, &about);
                    return Some(Subject::named(only.name, Origin::Stated));
                }
                [] if self.is_stand_in(statement, words.clone()) => {
                    return self.pointed_at(index, words.start, &about);
                }
                // "hearing aids cure" is not about the medicine that was named before
                [] if statement.entities.iter().any(|entity| entity.words == words) => return None,
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
                return self.pointed_at(index, clause.start, &about);
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
                // two words for one thing
                [first, second] if self.apposed(statement, first, &about) == *second => {
                    return Some(Subject::named(Arc::clone(&second.name), Origin::Stated));
                }
                [first, second] if self.apposed(statement, second, &about) == *first => {
                    return Some(Subject::named(Arc::clone(&first.name), Origin::Stated));
                }
                [..] => return None,
            }
            // "A diet rich in fibre lowers the risk": what acts has no name here, and is not what the article is about
            if n == 1 && frame.record.verbal && !generic && self.says_another(statement, &before) {
                return None;
            }
        }
        if generic {
            let led = self.inherited(index, &about, false).or_else(|| self.only_one(index, &about));
            return led.or_else(|| {
                let all = self.named(statement, &(0..statement.words.len()), &about);
                let [only] = all.as_slice() else { return None };
                // "under general anaesthetic" is not about the anaesthetic
                let own = only.words.start >= found.words.start && only.words.end <= found.words.end;
                (!own || found.capture("subject").is_some())
                    .then(|| Subject::named(Arc::clone(&only.name), Origin::Stated))
            });
        }
        if frame.record.subject == SubjectKind::Either {
            return self.phrase_or_inherited(index, statement, &before, &about);
        }
        let known = self.inherited(index, &about, false);
        let words = || self.phrase_or_inherited(index, statement, &before, &about);
        if frame.record.subject == SubjectKind::Known { known.or_else(words) } else { known }
    }

    /// The subjects of what a match says, several where a list stands in front of it ("A, B and C are safe").
    pub fn subjects(&self, index: usize, frame: &Frame, found: &Match) -> Vec<Subject> {
        let one = self.subject(index, frame, found);
        let Some(statement) = self.statements.get(index) else { return Vec::new() };
        let captured = found.capture("subject");
        if frame.record.mutual || one.is_some() && captured.is_none() {
            return one.into_iter().collect();
        }
        let start = clause_of(statement, &found.words).start;
        let end = captured.as_ref().map_or(found.words.start, |subject| subject.end);
        let named = self.named(statement, &(start..end.max(start)), &self.classes(frame));
        let listed = named.len() > 1
            && named.first().is_some_and(|first| first.words.start <= start + 1)
            && named.last().is_some_and(|last| captured.is_none() || last.words.end == end)
            && named.windows(2).all(|pair| matches!(pair, [a, b] if self.is_joined(statement, a, b)));
        if listed {
            return named.into_iter().map(|named| Subject::named(named.name, Origin::Stated)).collect();
        }
        one.into_iter().collect()
    }

    /// True when some words carry content that is no form of a medicine ("patches"), no measure and no person.
    fn says_another(&self, statement: &Statement, words: &Range<usize>) -> bool {
        let apart: Vec<ClassId> =
            ["form", "measure", "population"].into_iter().filter_map(|name| self.lexicon.class(name)).collect();
        let known = |place: usize| {
            let mut own = statement.entities.iter().filter(|entity| entity.words.contains(&place));
            own.any(|entity| apart.iter().any(|class| self.lexicon.is_a(entity.entry, *class)))
        };
        let negated = |place: usize| statement.negations.iter().any(|negation| negation.cue.contains(&place));
        !self.starts_with_stand_in(statement, words)
            && self.content(statement, words.clone()).any(|(place, _)| !known(place) && !negated(place))
    }

    /// The topic, where a name is what the topic is a kind of: on a page about CBT for insomnia, CBT is that. A medicine
    /// keeps its name, since its relatives have other values.
    pub(super) fn narrowed(&self, name: &Arc<str>, about: &[ClassId]) -> Arc<str> {
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
        self.frames.words.generic.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    fn phrase_or_inherited(
        &self,
        index: usize,
        statement: &Statement,
        before: &Range<usize>,
        about: &[ClassId],
    ) -> Option<Subject> {
        if before.is_empty() || self.starts_with_stand_in(statement, before) {
            return self.pointed_at(index, before.start, about);
        }
        // "a patch is changed daily, and a course lasts": the subject begins behind the "and"
        let joint = before
            .clone()
            .rev()
            .find(|place| self.is_joint(statement, *place) && self.is_article(statement, place + 1));
        let before = &(joint.map_or(before.start, |joint| joint + 1)..before.end);
        // "a course lasts", "adults take it": nothing is named, so what was named before is meant
        let people = self.lexicon.class("population");
        let is_people = |place: usize| {
            let mut own = statement.entities.iter().filter(|entity| entity.words.contains(&place));
            own.any(|entity| people.is_some_and(|people| self.lexicon.is_a(entity.entry, people)))
        };
        let is_helping = |word: &String| self.frames.words.helpings.binary_search(word).is_ok();
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

    /// True for "a", "the" and the like at some place of a statement.
    fn is_article(&self, statement: &Statement, place: usize) -> bool {
        statement.words.get(place).is_some_and(|word| {
            let text = fold(statement.prose(self.document, word.range.clone()));
            matches!(text.as_ref(), "a" | "an" | "the" | "each" | "your" | "this")
        })
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
        super::wording::content(self.document, statement, words, &self.frames.words.plain)
    }

    fn is_stand_in(&self, statement: &Statement, words: Range<usize>) -> bool {
        let text = fold(statement.prose(self.document, statement.bytes_of(words))).into_owned();
        self.frames.words.stand_ins.binary_search(&text).is_ok()
    }

    /// True when the first word or two of some words stand for something named before.
    pub(super) fn starts_with_stand_in(&self, statement: &Statement, words: &Range<usize>) -> bool {
        let is_word = |place: &usize| statement.words.get(*place).is_some_and(|word| word.kind == WordKind::Word);
        let Some(start) = words.clone().find(is_word) else { return false };
        (1..=2).any(|length| start + length <= words.end && self.is_stand_in(statement, start..start + length))
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
