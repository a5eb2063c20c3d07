//! What qualifies a fact: route, form, population, indication, phase, study, words of contrast, other quantities.
//!
//! What stands nearest to the value counts: in its clause, else in front of it in its statement, else in what leads to
//! it. What follows in another clause is about something else.

use super::attribute::ValueKind;
use super::frame::{Frame, Role};
use super::subject::Ground;
use super::{Fact, Origin, Qualifier};
use crate::document::{BlockId, BlockKind};
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::{ClassId, WordKind, fold};
use crate::statement::{Entity, Mode, Statement, SupportKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Classes of the lexicon that qualify, with the qualifier's name and whether only frames that name it ask for it.
const CLASSES: &[(&str, &str, bool)] = &[
    ("condition", "indication", false),
    ("form", "form", false),
    ("jurisdiction", "jurisdiction", false),
    ("outcome", "outcome", true),
    ("phase", "phase", false),
    ("population", "population", false),
    ("route", "route", false),
    ("setting", "setting", true),
];

/// Qualifiers of a fact in a clause of a statement, sorted. `taken`: words of the value.
pub fn qualifiers(
    ground: &Ground<'_>,
    statement: &Statement,
    frame: &Frame,
    subject: &str,
    clause: &Range<usize>,
    taken: &Range<usize>,
    value: Option<&Quantity>,
) -> Vec<Qualifier> {
    let class = if value.is_none() { taken.clone() } else { 0..0 };
    let mut gathered = Gathered { ground, frame, subject, taken: class, all: Vec::new() };
    let mut levels: Vec<(&Statement, Range<usize>, Origin)> =
        vec![(statement, clause.clone(), Origin::Stated), (statement, 0..clause.end, Origin::Stated)];
    for block in leads(ground, statement.block) {
        for lead in ground.statements_of(block) {
            let origin = if ground.is_title(block) { Origin::Title } else { Origin::Inherited };
            levels.push((lead, 0..lead.words.len(), origin));
        }
    }
    for (at, (statement, words, origin)) in levels.iter().enumerate() {
        if at > 1 {
            gathered.taken = 0..0;
        }
        let known: Vec<Arc<str>> = gathered.all.iter().map(|one| Arc::clone(&one.name)).collect();
        // "What parents ask us" says who asks, not for whom it holds
        let known = if at > 1 && is_audience(ground, statement) { with_people(known) } else { known };
        gathered.entities(statement, words, *origin, &known);
        gathered.contrasts(statement, words, *origin, &known);
    }
    gathered.quantities(statement, clause, value);
    gathered.study(statement);
    gathered.label(statement, clause.start.max(taken.start));
    gathered.all.sort();
    gathered.all.dedup_by(|a, b| a.name == b.name && a.value == b.value);
    gathered.all
}

/// Blocks that lead to a block: the heads of its row and column, the line before its list, its
/// headings up to the title.
fn leads(ground: &Ground<'_>, block: BlockId) -> impl Iterator<Item = BlockId> {
    let own = ground.document.blocks.get(block);
    let lead = own.and_then(|block| block.list).and_then(|list| list.lead);
    let parent = |block: &BlockId| ground.document.blocks.get(*block).and_then(|block| block.heading);
    let headings = std::iter::successors(own.and_then(|block| block.heading), parent).take(6);
    [ground.row_head(block), ground.column_head(block), lead].into_iter().flatten().chain(headings)
}

/// A form that an article gives a thing where it first speaks of it or answers a question, and no other anywhere, need not be said
/// again. `facts`: in order.
pub fn settle_only_forms(facts: &mut [Fact]) {
    for name in ["form", "route", "way"] {
        let mut known: BTreeMap<Arc<str>, BTreeSet<Arc<str>>> = BTreeMap::new();
        let mut first: BTreeMap<(Arc<str>, Arc<str>), bool> = BTreeMap::new();
        let mut opening: BTreeMap<Arc<str>, bool> = BTreeMap::new();
        for fact in facts.iter() {
            let said: Vec<&Qualifier> = fact.qualifier(name).collect();
            let question = (Arc::clone(&fact.subject), Arc::clone(&fact.attribute));
            first.entry(question).or_insert(!said.is_empty());
            opening.entry(Arc::clone(&fact.subject)).or_insert(!said.is_empty());
            let own = known.entry(Arc::clone(&fact.subject)).or_default();
            own.extend(said.iter().filter(|one| !one.is_settled()).map(|one| Arc::clone(&one.value)));
        }
        for fact in facts.iter_mut() {
            let question = (Arc::clone(&fact.subject), Arc::clone(&fact.attribute));
            let only = known.get(&fact.subject).is_some_and(|known| known.len() == 1);
            let led = first.get(&question) == Some(&true) || opening.get(&fact.subject) == Some(&true);
            if !only || !led {
                continue;
            }
            for qualifier in fact.qualifiers.iter_mut().filter(|one| &*one.name == name) {
                qualifier.settle();
            }
        }
    }
}

/// Where an article speaks of men and hardly of women, or the other way about, that tells none of its facts apart.
pub fn settle_sex(ground: &Ground<'_>, facts: &mut [Fact]) {
    const OFTEN: usize = 3;
    let Some(population) = ground.lexicon.class("population") else { return };
    let named = |name: &str| {
        let all = ground.statements.iter().flat_map(|statement| &statement.entities);
        let own = all.filter_map(|entity| ground.lexicon.entry(entity.entry));
        own.filter(|entry| entry.class == population && *entry.name == *name).count()
    };
    for (one, other, sex) in [("men", "women", "male"), ("women", "men", "female")] {
        if named(one) < OFTEN || named(other) * 4 > named(one) {
            continue;
        }
        for qualifier in facts.iter_mut().flat_map(|fact| &mut fact.qualifiers) {
            if matches!(&*qualifier.name, "population" | "sex")
                && (*qualifier.value == *one || *qualifier.value == *sex)
            {
                qualifier.settle();
            }
        }
    }
}

/// What the heading of a thing says of its form holds wherever the article speaks of it.
pub fn settle_forms(ground: &Ground<'_>, facts: &mut [Fact]) {
    let mut known: BTreeMap<Arc<str>, Vec<Qualifier>> = BTreeMap::new();
    let subjects: BTreeSet<Arc<str>> = facts.iter().map(|fact| Arc::clone(&fact.subject)).collect();
    let treatment: Vec<ClassId> = ground.lexicon.class("treatment").into_iter().collect();
    let heading = |statement: &&Statement| {
        ground.document.blocks.get(statement.block).is_some_and(|block| block.kind == BlockKind::Heading)
    };
    let mut said: BTreeSet<Arc<str>> = BTreeSet::new();
    for statement in ground.statements.iter().filter(heading) {
        let named = ground.named(statement, &(0..statement.words.len()), &treatment);
        let [only] = named.as_slice() else { continue };
        // the first heading that names it alone is its own
        if !subjects.contains(&only.name) || !said.insert(Arc::clone(&only.name)) {
            continue;
        }
        let own = known.entry(Arc::clone(&only.name)).or_default();
        for entry in statement.entities.iter().filter_map(|entity| ground.lexicon.entry(entity.entry)) {
            if ground.lexicon.class("form") == Some(entry.class) {
                own.push(Qualifier { name: "form".into(), value: Arc::clone(&entry.name), origin: Origin::Title });
            }
            let implied = entry.imply.iter().filter(|(name, _)| name.as_str() == "route");
            own.extend(implied.map(|(name, value)| Qualifier {
                name: name.as_str().into(),
                value: value.as_str().into(),
                origin: Origin::Title,
            }));
        }
    }
    for fact in facts {
        let own = known.get(&fact.subject).map_or(&[][..], Vec::as_slice);
        for qualifier in &mut fact.qualifiers {
            if own.iter().any(|one| one.name == qualifier.name && one.value == qualifier.value) {
                qualifier.settle();
            }
        }
    }
}

impl Qualifier {
    /// Marks it as holding for all that the article says of its subject.
    fn settle(&mut self) {
        self.origin = match self.origin {
            Origin::Stated | Origin::Settled => Origin::Settled,
            Origin::Inherited | Origin::Title => Origin::Title,
            // what a word implies counts little already
            Origin::Implied => Origin::Implied,
        };
    }

    /// True when it holds for all that the article says of its subject, and so tells none of it apart.
    pub(super) const fn is_settled(&self) -> bool {
        matches!(self.origin, Origin::Title | Origin::Settled)
    }
}

/// Where an article has one brand of a thing, that brand is meant throughout: it tells no two of its facts apart.
pub fn settle_brands(ground: &Ground<'_>, facts: &mut [Fact]) {
    let mut brands: BTreeMap<Arc<str>, BTreeSet<String>> = BTreeMap::new();
    let branded = |fact: &&Fact| fact.qualifier("brand").next().is_some();
    let subjects: BTreeSet<Arc<str>> = facts.iter().filter(branded).map(|fact| Arc::clone(&fact.subject)).collect();
    for statement in ground.statements.iter().filter(|_| !subjects.is_empty()) {
        for entity in &statement.entities {
            let entry = ground.lexicon.entry(entity.entry).filter(|entry| subjects.contains(&entry.name));
            let Some(entry) = entry else { continue };
            if let Some(brand) = brand(ground, statement, &entity.range, &entry.name) {
                brands.entry(Arc::clone(&entry.name)).or_default().insert(brand);
            }
        }
    }
    for fact in facts {
        let alone = brands.get(&fact.subject).is_some_and(|brands| brands.len() == 1);
        for qualifier in fact.qualifiers.iter_mut().filter(|one| alone && &*one.name == "brand") {
            qualifier.settle();
        }
    }
}

/// True for a heading about somebody's questions.
fn is_audience(ground: &Ground<'_>, heading: &Statement) -> bool {
    heading.mode != Mode::Question
        && heading.words.iter().any(|word| {
            let text = fold(heading.prose(ground.document, word.range.clone()));
            ground.frames.words.asking.binary_search_by(|known| known.as_str().cmp(text.as_ref())).is_ok()
        })
}

/// Names of qualifiers that say who somebody is, as if they were known.
fn with_people(mut known: Vec<Arc<str>>) -> Vec<Arc<str>> {
    known.extend(["population", "age", "sex"].into_iter().map(Arc::from));
    known
}

struct Gathered<'a> {
    ground: &'a Ground<'a>,
    frame: &'a Frame,
    subject: &'a str,
    /// Words of the statement that name the value: "Schedule IV" is no route.
    taken: Range<usize>,
    all: Vec<Qualifier>,
}

impl Gathered<'_> {
    fn push(&mut self, name: &str, value: &str, origin: Origin, known: &[Arc<str>]) {
        let ignored = self.frame.record.ignore.iter().any(|ignored| ignored == name);
        if !ignored && !known.iter().any(|known| &**known == name) {
            self.all.push(Qualifier { name: name.into(), value: value.into(), origin });
        }
    }

    /// True when the frame names a qualifier.
    fn is_asked(&self, name: &str) -> bool {
        self.frame.record.same.iter().chain(&self.frame.record.needs).any(|same| same == name)
    }

    fn entities(&mut self, statement: &Statement, words: &Range<usize>, origin: Origin, known: &[Arc<str>]) {
        let lexicon = self.ground.lexicon;
        let class = |name: &str| lexicon.class(name);
        let own = self.ground.classes(self.frame);
        let treatment: Vec<ClassId> = ["device", "diet", "medicine", "procedure", "supplement", "therapy", "vaccine"]
            .into_iter()
            .filter_map(class)
            .collect();
        for entity in &statement.entities {
            let of_value = entity.words.start < self.taken.end && self.taken.start < entity.words.end;
            if entity.words.start < words.start || entity.words.end > words.end {
                continue;
            }
            let Some(entry) = lexicon.entry(entity.entry) else { continue };
            let qualifies =
                || CLASSES.iter().any(|(name, ..)| class(name).is_some_and(|id| lexicon.is_a(entity.entry, id)));
            // the regulator of "FDA-approved" implies its country; the IV of "Schedule IV" implies nothing
            if of_value && (qualifies() || entry.imply.is_empty()) {
                continue;
            }
            for (name, value) in &entry.imply {
                let origin = if origin == Origin::Stated { Origin::Implied } else { origin };
                self.push(name, value, origin, known);
            }
            if *entry.name == *self.subject {
                if let Some(brand) = brand(self.ground, statement, &entity.range, self.subject) {
                    self.push("brand", &brand, origin, known);
                }
                continue;
            }
            // the implant of "dental implant"
            if self.subject.split(' ').any(|word| word == &*entry.name) {
                continue;
            }
            for (name, qualifier, named) in CLASSES {
                let Some(id) = class(name) else { continue };
                let is_subject = own.contains(&id);
                if lexicon.is_a(entity.entry, id) && !is_subject && (!named || self.is_asked(qualifier)) {
                    self.push(qualifier, &entry.name, origin, known);
                }
            }
            let related = entry.kind_of.iter().any(|kind| **kind == *self.subject)
                || self
                    .ground
                    .lexicon
                    .named(self.subject)
                    .iter()
                    .filter_map(|id| lexicon.entry(*id))
                    .any(|subject| subject.kind_of.contains(&entry.name));
            let generic = self.ground.is_generic(&entry.name);
            if origin == Origin::Stated
                && !related
                && !generic
                && treatment.iter().any(|id| lexicon.is_a(entity.entry, *id))
            {
                self.push("comparator", &entry.name, origin, known);
            }
        }
    }

    fn contrasts(&mut self, statement: &Statement, words: &Range<usize>, origin: Origin, known: &[Arc<str>]) {
        for found in &statement.matches {
            if found.words.start < words.start || found.words.end > words.end {
                continue;
            }
            for role in self.ground.frames.roles(found.pattern) {
                let Role::Contrast { contrast, value } = *role else { continue };
                let Some((name, values, named)) = self.ground.frames.contrasts.get(contrast) else { continue };
                if *named && !self.is_asked(name) {
                    continue;
                }
                if let Some(value) = values.get(value) {
                    let (name, value) = (Arc::clone(name), Arc::clone(value));
                    self.push(&name, &value, origin, known);
                }
            }
        }
    }

    /// Other quantities of the clause that say for what the value holds: a dose, an age, a time, a date.
    fn quantities(&mut self, statement: &Statement, clause: &Range<usize>, value: Option<&Quantity>) {
        for quantity in &statement.quantities {
            let words = statement.words_of(quantity.range.clone());
            if words.start < clause.start || words.end > clause.end || value == Some(quantity) {
                continue;
            }
            let kind = self.frame.record.value;
            let name = match quantity.kind {
                QuantityKind::Dose | QuantityKind::Mass if kind != ValueKind::Dose => "at-dose",
                QuantityKind::Age if kind != ValueKind::Age => "at-age",
                QuantityKind::Duration if kind != ValueKind::Duration => "at-time",
                QuantityKind::Date if kind != ValueKind::Year => "at-date",
                QuantityKind::Frequency if kind != ValueKind::Frequency => continue,
                _ => continue,
            };
            let unit = quantity.unit.as_deref().unwrap_or_default();
            let shown = format!("{}–{} {unit}", quantity.low, quantity.high);
            self.push(name, &shown, Origin::Stated, &[]);
        }
    }

    /// The label that a statement stands behind ("Children:"), or the line that leads its list: for which case it holds.
    fn label(&mut self, statement: &Statement, end: usize) {
        let ground = self.ground;
        let is_colon = |statement: &Statement, place: &usize| {
            let word = statement.words.get(*place).filter(|word| word.kind == WordKind::Mark);
            word.is_some_and(|word| statement.prose(ground.document, word.range.clone()) == ":")
        };
        let own = (0..end.min(5)).find(|place| is_colon(statement, place)).map(|colon| (statement, 0..colon));
        // "The gel is different:" is a sentence and no label
        let own = own.filter(|(statement, words)| {
            let mut folded = words.clone().filter_map(|place| {
                let word = statement.words.get(place)?;
                Some(fold(statement.prose(ground.document, word.range.clone())))
            });
            !folded.any(|word| {
                ground.frames.words.verbs.binary_search_by(|known| known.as_str().cmp(word.as_ref())).is_ok()
            })
        });
        let lead = ground.document.blocks.get(statement.block).and_then(|block| block.list).and_then(|list| list.lead);
        let lead = lead.and_then(|lead| ground.statements_of(lead).last());
        let leads = |lead: &&Statement| {
            let heads = ground.document.blocks.get(lead.block).is_some_and(|block| block.kind == BlockKind::Heading);
            let end = lead.words.len();
            // a heading qualifies by the words that qualify, and is no label
            end <= 8 && !heads && (end.saturating_sub(3)..end).any(|place| is_colon(lead, &place))
        };
        let lead = lead.filter(leads).map(|lead| (lead, 0..lead.words.len()));
        // a first cell that asks for the value says nothing of the case
        let asks = |row: &BlockId| ground.asks(*row);
        let row = ground.row_head(statement.block).filter(|row| *row != statement.block && !asks(row));
        let column = ground.column_head(statement.block).filter(|head| *head != statement.block && !asks(head));
        let heads = [row, column].into_iter().flatten().filter_map(|head| ground.statements_of(head).first());
        let heads = heads.map(|head| (head, 0..head.words.len()));
        for (statement, words) in own.into_iter().chain(lead).chain(heads) {
            let numbers = words.clone().filter_map(|place| {
                let word = statement.words.get(place).filter(|word| word.kind == WordKind::Number)?;
                Some(statement.prose(ground.document, word.range.clone()).to_owned())
            });
            // the subject, and treatments, which are qualifiers of their own
            let treatment = ground.lexicon.class("treatment");
            let qualifies = |place: usize| {
                let mut found = statement.matches.iter().filter(|found| found.words.contains(&place));
                found.any(|found| {
                    let mut roles = ground.frames.roles(found.pattern).iter();
                    roles.any(|role| matches!(role, Role::Contrast { .. }))
                })
            };
            let names_subject = |place: usize| {
                if qualifies(place) {
                    return true;
                }
                let mut own = statement.entities.iter().filter(|entity| entity.words.contains(&place));
                own.any(|one| {
                    treatment.is_some_and(|class| ground.lexicon.is_a(one.entry, class))
                        || ground.lexicon.entry(one.entry).is_some_and(|entry| *entry.name == *self.subject)
                })
            };
            let mut content: Vec<String> = ground
                .content(statement, words.clone())
                .filter(|(place, _)| !names_subject(*place))
                .map(|(_, word)| word)
                .chain(numbers)
                .filter(|word| {
                    ground.frames.words.label_words.binary_search(word).is_err()
                        && !self.subject.contains(word.as_str())
                })
                .collect();
            content.sort_unstable();
            content.dedup();
            if !content.is_empty() {
                self.push("label", &content.join(" "), Origin::Stated, &[]);
            }
        }
    }

    /// A statement that reports one study: which one, when it says so.
    fn study(&mut self, statement: &Statement) {
        let says = statement.matches.iter().any(|found| self.ground.frames.roles(found.pattern).contains(&Role::Study));
        // "this trial" is what the article is about
        let own = |support: &crate::statement::Support| {
            let text = crate::lexicon::fold(statement.prose(self.ground.document, support.range.clone())).into_owned();
            ["this ", "these ", "our "].iter().any(|own| text.starts_with(own))
        };
        let mut unnamed = statement.support.iter().filter(|support| support.kind == SupportKind::Unnamed);
        let unnamed = unnamed.any(|support| !own(support));
        if says || unnamed {
            let cited = statement.support.iter().filter(|support| support.kind.is_citation());
            let target = cited.filter_map(|support| support.target.as_deref()).next().unwrap_or_default().to_owned();
            self.push("study", &target, Origin::Stated, &[]);
        }
        let named = statement.support.iter().filter(|support| support.kind == SupportKind::Named);
        for entry in named.filter_map(|support| support.entry.and_then(|id| self.ground.lexicon.entry(id))) {
            self.push("said-by", &entry.name, Origin::Stated, &[]);
        }
    }
}

/// The name that a subject is written with, when it is a brand: a capital where none is needed, and not the name
/// that the lexicon knows it by.
fn brand(ground: &Ground<'_>, statement: &Statement, range: &Range<usize>, subject: &str) -> Option<String> {
    let written = statement.prose(ground.document, range.clone());
    let mut letters = written.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase);
    let name = fold(written);
    let plain = name.strip_suffix("'s").unwrap_or(&name);
    let one = plain.strip_suffix('s').unwrap_or(plain);
    let own = *plain == *fold(subject) || subject.starts_with(plain) || *one == *fold(subject);
    // "Iron tablets" at the beginning of a sentence is no name
    let named = written.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (capital && named && !own).then(|| plain.to_owned())
}

/// Words by the name that the lexicon has for them ("periods" and "monthly bleeding" are one), else as they stand.
pub(super) fn called(ground: &Ground<'_>, statement: &Statement, words: &Range<usize>) -> Arc<str> {
    let known = statement.entities.iter().filter(|entity| entity.words == *words);
    let measure = ground.lexicon.class("measure");
    // "potassium" is eaten and measured: what rises and falls is the measure
    let is_measure = |entity: &&Entity| measure.is_some_and(|class| ground.lexicon.is_a(entity.entry, class));
    let first = known.clone().find(is_measure).or_else(|| known.clone().next());
    let written = || fold(statement.prose(ground.document, statement.bytes_of(words.clone()))).as_ref().into();
    first.and_then(|entity| ground.lexicon.entry(entity.entry)).map_or_else(written, |entry| Arc::clone(&entry.name))
}

/// What brings a harm about: the treatment of the sentence, else the one that leads to it.
pub(super) fn brought_by(ground: &Ground<'_>, index: usize, frame: &Frame) -> Option<Qualifier> {
    let classes: Vec<_> = frame.record.by.iter().filter_map(|name| ground.lexicon.class(name)).collect();
    if classes.is_empty() {
        return None;
    }
    let statement = ground.statements.get(index)?;
    let mut named = ground.named(statement, &(0..statement.words.len()), &classes);
    named.retain(|named| !ground.is_generic(&named.name));
    let (value, origin) = match named.as_slice() {
        [only] => (Arc::clone(&only.name), Origin::Stated),
        [] => ground.led_by(index, &classes).map(|subject| (subject.name, subject.origin))?,
        [..] => (named.iter().map(|named| named.name.as_ref()).collect::<Vec<_>>().join(" ").into(), Origin::Stated),
    };
    Some(Qualifier { name: "by".into(), value, origin })
}
