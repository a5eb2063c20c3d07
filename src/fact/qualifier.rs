//! What qualifies a fact: route, form, population, indication, phase, study, words of contrast, other quantities.
//!
//! What stands nearest to the value counts: in its clause, else in its statement, else in what leads to it.

use super::attribute::ValueKind;
use super::frame::{Frame, Role};
use super::subject::Ground;
use super::{Origin, Qualifier};
use crate::document::BlockId;
use crate::grammar::quantity::{Quantity, QuantityKind};
use crate::lexicon::ClassId;
use crate::statement::{Statement, SupportKind};
use std::ops::Range;
use std::sync::Arc;

/// Classes of the lexicon that qualify, with the qualifier's name.
const CLASSES: &[(&str, &str)] = &[
    ("condition", "indication"),
    ("form", "form"),
    ("jurisdiction", "jurisdiction"),
    ("outcome", "outcome"),
    ("phase", "phase"),
    ("population", "population"),
    ("route", "route"),
    ("setting", "setting"),
];

/// Qualifiers of a fact in a clause of a statement, sorted.
pub fn qualifiers(
    ground: &Ground<'_>,
    statement: &Statement,
    frame: &Frame,
    subject: &str,
    clause: &Range<usize>,
    value: Option<&Quantity>,
) -> Vec<Qualifier> {
    let mut gathered = Gathered { ground, frame, subject, all: Vec::new() };
    let whole = 0..statement.words.len();
    let mut levels: Vec<(&Statement, Range<usize>, Origin)> =
        vec![(statement, clause.clone(), Origin::Stated), (statement, whole, Origin::Stated)];
    for block in leads(ground, statement.block) {
        for lead in ground.statements_of(block) {
            levels.push((lead, 0..lead.words.len(), Origin::Inherited));
        }
    }
    for (statement, words, origin) in &levels {
        let known: Vec<Arc<str>> = gathered.all.iter().map(|one| Arc::clone(&one.name)).collect();
        gathered.entities(statement, words, *origin, &known);
        gathered.contrasts(statement, words, *origin, &known);
    }
    gathered.quantities(statement, clause, value);
    gathered.study(statement);
    gathered.all.sort();
    gathered.all.dedup_by(|a, b| a.name == b.name && a.value == b.value);
    gathered.all
}

/// Blocks that lead to a block: the heads of its row and column, the line before its list, its heading.
fn leads(ground: &Ground<'_>, block: BlockId) -> impl Iterator<Item = BlockId> {
    let own = ground.document.blocks.get(block);
    let lead = own.and_then(|block| block.list).and_then(|list| list.lead);
    let heading = own.and_then(|block| block.heading);
    [ground.row_head(block), ground.column_head(block), lead, heading].into_iter().flatten()
}

struct Gathered<'a> {
    ground: &'a Ground<'a>,
    frame: &'a Frame,
    subject: &'a str,
    all: Vec<Qualifier>,
}

impl Gathered<'_> {
    fn push(&mut self, name: &str, value: &str, origin: Origin, known: &[Arc<str>]) {
        if !known.iter().any(|known| &**known == name) {
            self.all.push(Qualifier { name: name.into(), value: value.into(), origin });
        }
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
            if entity.words.start < words.start || entity.words.end > words.end {
                continue;
            }
            let Some(entry) = lexicon.entry(entity.entry) else { continue };
            for (name, value) in &entry.imply {
                let origin = if origin == Origin::Stated { Origin::Implied } else { origin };
                self.push(name, value, origin, known);
            }
            if *entry.name == *self.subject {
                continue;
            }
            for (name, qualifier) in CLASSES {
                let Some(id) = class(name) else { continue };
                let is_subject = own.contains(&id);
                if lexicon.is_a(entity.entry, id) && !is_subject {
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
            if origin == Origin::Stated && !related && treatment.iter().any(|id| lexicon.is_a(entity.entry, *id)) {
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
                let Some((name, values)) = self.ground.frames.contrasts.get(contrast) else { continue };
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

    /// A statement that reports one study: which one, when it says so.
    fn study(&mut self, statement: &Statement) {
        let says = statement.matches.iter().any(|found| self.ground.frames.roles(found.pattern).contains(&Role::Study));
        let unnamed = statement.support.iter().any(|support| support.kind == SupportKind::Unnamed);
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
