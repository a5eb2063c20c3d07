//! Findings whose sides lie far apart, each side with its words around it, to be read next to each other.
//!
//! Takes the register; gives pairs (or triples) of excerpts. Decides nothing.

use super::excerpt::Excerpt;
use super::note::{Label, faces, place};
use super::register::{Entry, Register, mark_id, sides_id};
use crate::finding::Place;

/// A finding with its sides.
#[derive(Clone, Debug)]
pub struct Facing {
    /// Its anchor.
    pub id: String,
    /// The finding.
    pub label: Label,
    /// What is wrong.
    pub message: String,
    /// The sides, in the order of the text where they lie in one article.
    pub sides: Vec<Aspect>,
}

/// One side.
#[derive(Clone, Debug)]
pub struct Aspect {
    /// Where it is, for people.
    pub place: String,
    /// What is to be seen there.
    pub message: String,
    /// The anchor of its words, when the article is set in the report.
    pub href: Option<String>,
    /// Its words and those around them.
    pub excerpt: Excerpt,
}

/// All findings that are not suppressed and whose sides lie apart.
pub fn facing(register: &Register<'_>) -> Vec<Facing> {
    let apart = register.entries.iter().filter(|entry| entry.by.is_none() && faces(entry, register));
    apart.map(|entry| one(entry, register)).collect()
}

fn one(entry: &Entry<'_>, register: &Register<'_>) -> Facing {
    let finding = entry.finding;
    let aspect = |at: &Place, message: &str, role: usize| {
        let paper = register.paper(&at.path);
        Aspect {
            place: place(at, None),
            message: message.to_owned(),
            href: paper.map(|_| mark_id(entry.note, role)),
            excerpt: Excerpt::of(at, paper.map(|(_, paper)| paper)),
        }
    };
    let mut sides = vec![(&finding.primary, aspect(&finding.primary, &finding.label, 0))];
    let related = finding.related.iter().enumerate();
    sides.extend(related.map(|(at, side)| (&side.place, aspect(&side.place, &side.message, at + 1))));
    if sides.iter().all(|(place, _)| place.path == finding.primary.path) {
        sides.sort_by_key(|(place, _)| place.span.start);
    }
    Facing {
        id: sides_id(entry.note),
        label: Label::new(entry),
        message: finding.message.clone(),
        sides: sides.into_iter().map(|(_, aspect)| aspect).collect(),
    }
}
