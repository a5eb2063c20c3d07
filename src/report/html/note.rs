//! A finding as a note beside the article, and a pointer to a note that stands elsewhere.
//!
//! Takes findings with their numbers; gives everything a note shows as text.

use super::desk::{self, Draft};
use super::excerpt::{one_line, quoted, short};
use super::line::{class, shape};
use super::register::{Entry, Register, mark_id, note_id, sides_id};
use crate::finding::{Confidence, Finding, Place, Severity, Suppression};
use crate::manual::FAMILIES;
use crate::report::Run;
use askama::Template;

/// The most sides that are set next to each other; more of them are a list.
pub const SIDES: usize = 3;

/// The most places that a note lists at once.
const SEEN: usize = 4;

/// A note beside the article.
#[derive(Clone, Debug, Template)]
#[template(path = "note.html")]
pub struct Note {
    /// What it looks like and is filtered by.
    pub label: Label,
    /// Where it is, for people.
    pub place: String,
    /// The anchor of the marked words, when the article is set in the report.
    pub href: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The other places that it speaks of.
    pub sides: Vec<Side>,
    /// True when it is made at all of these places.
    pub gathers: bool,
    /// More of them than are seen at once.
    pub more: Vec<Side>,
    /// The anchor of both sides set next to each other.
    pub facing: Option<String>,
    /// Why it is a fault.
    pub why: String,
    /// What that rests on.
    pub standards: String,
    /// How an editor would ask the author.
    pub query: String,
    /// What a repair would do.
    pub fix: Option<String>,
    /// How sure it is.
    pub confidence: &'static str,
    /// Why it is suppressed, when it is.
    pub suppressed: Option<String>,
    /// What decisions know it by.
    pub fingerprint: String,
    /// What a decision about it would begin with.
    pub draft: Option<Draft>,
}

/// What every mention of a finding shares.
#[derive(Clone, Debug)]
pub struct Label {
    /// The anchor of the note.
    pub id: String,
    /// Its number in its article.
    pub number: usize,
    /// Its number in the report.
    pub note: usize,
    /// The severity in a word.
    pub severity: &'static str,
    /// The severity as the program names it.
    pub level: &'static str,
    /// The shape that stands for it.
    pub shape: &'static str,
    /// The classes of severity and family.
    pub class: String,
    /// The letter of the family.
    pub letter: char,
    /// The name of the family.
    pub family: &'static str,
    /// The code of the rule.
    pub code: String,
    /// The name of the rule.
    pub rule: String,
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug)]
pub struct Side {
    /// What is to be seen there.
    pub message: String,
    /// Its words, shortened.
    pub text: String,
    /// Where it is, for people.
    pub place: String,
    /// Its anchor, when the article is set in the report.
    pub href: Option<String>,
}

/// A pointer beside the other side of a finding.
#[derive(Clone, Debug)]
pub struct Echo {
    /// The finding.
    pub label: Label,
    /// What is to be seen here.
    pub message: String,
    /// Where the note stands, for people.
    pub place: String,
}

impl Label {
    /// The label of a finding.
    pub fn new(entry: &Entry<'_>) -> Self {
        let Finding { code, name, severity, .. } = entry.finding;
        let letter = letter(code);
        Self {
            id: note_id(entry.note),
            number: entry.number,
            note: entry.note,
            severity: word(*severity),
            level: severity.name(),
            shape: shape(*severity),
            class: class(*severity, letter, if entry.by.is_some() { "suppressed" } else { "" }),
            letter,
            family: family(letter),
            code: code.to_string(),
            rule: name.to_string(),
        }
    }
}

impl Note {
    /// The note of a finding.
    pub fn new(entry: &Entry<'_>, run: &Run<'_>, register: &Register<'_>) -> Self {
        let finding = entry.finding;
        let rule = run.rule(&finding.code);
        let mut sides: Vec<Side> = finding
            .related
            .iter()
            .enumerate()
            .map(|(at, side)| Side {
                message: side.message.clone(),
                text: short(quoted(&one_line(&side.place.text)), if finding.gathers { 60 } else { 140 }),
                place: place(&side.place, Some(&finding.primary)),
                href: register.paper(&side.place.path).map(|_| mark_id(entry.note, at + 1)),
            })
            .collect();
        let more = sides.split_off(sides.len().min(SEEN));
        Self {
            label: Label::new(entry),
            place: place(&finding.primary, Some(&finding.primary)),
            href: register.paper(&finding.primary.path).map(|_| mark_id(entry.note, 0)),
            message: finding.message.clone(),
            help: finding.help.clone(),
            sides,
            more,
            gathers: finding.gathers,
            facing: faces(entry, register).then(|| sides_id(entry.note)),
            why: rule.map(|rule| one_line(&rule.why)).unwrap_or_default(),
            standards: rule.map(|rule| rule.standards.join("; ")).unwrap_or_default(),
            query: finding.query.clone(),
            fix: finding.fix.as_ref().map(|fix| fix.message.clone()),
            confidence: match finding.confidence {
                Confidence::High => "high: decided by arithmetic, markup or exact wording",
                Confidence::Medium => "medium: usually right",
                Confidence::Low => "low: a question for the reader to decide",
            },
            suppressed: entry.by.map(reason),
            fingerprint: finding.fingerprint.to_string(),
            draft: desk::draft(run, finding),
        }
    }
}

/// The family whose findings are about two sides, wherever these stand.
const TWO_SIDED: char = 'C';

/// True when the sides of a finding are set next to each other: they are few, not seen at one glance, and passages of
/// articles, or the finding is that they contradict each other.
pub fn faces(entry: &Entry<'_>, register: &Register<'_>) -> bool {
    let Finding { code, primary, related, gathers, .. } = entry.finding;
    let set = related.iter().all(|side| register.paper(&side.place.path).is_some());
    let few = !gathers && (1..=SIDES).contains(&related.len());
    few && (set || letter(code) == TWO_SIDED) && related.iter().any(|side| register.far(primary, &side.place))
}

/// Where a place is: its line, with the path when it lies in another file than `beside`.
pub fn place(place: &Place, beside: Option<&Place>) -> String {
    let line = place.start.line;
    if beside.is_some_and(|other| other.path == place.path) {
        format!("line {line}")
    } else {
        format!("{}, line {line}", place.path)
    }
}

/// The letter of a rule's family.
pub fn letter(code: &str) -> char {
    code.chars().next().unwrap_or('X')
}

/// The name of a family.
pub fn family(letter: char) -> &'static str {
    FAMILIES.iter().find(|(own, _)| *own == letter).map_or("Rules of the house", |(_, name)| name)
}

/// A severity in a word, as people write it.
pub const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Query",
    }
}

fn reason(by: &Suppression) -> String {
    match by {
        Suppression::Directive { reason: Some(reason) } => format!("Silenced in the article: {reason}"),
        Suppression::Directive { reason: None } => "Silenced in the article, without a reason".to_owned(),
        Suppression::Baseline => "Known from the baseline".to_owned(),
        Suppression::Decision { by, on, reason, until } => {
            let until = until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
            format!("Accepted by {by} on {on}{until}: {reason}")
        }
    }
}
