//! What was marked as never part of the article.
//!
//! Takes the marks of a document; gives one observation for each mark of a kind, with its evidence in the rule's words
//! and, where that is certain, its removal. Decides nothing: the marks are there before any rule is.

use super::{Mechanism, Observation, Scene};
use crate::document::Mark;
use crate::finding::Fix;
use crate::leftover::{COMMENTS, FEED, FURNITURE, HEADLINE, IMAGE, INJECTED};
use crate::source::{Format, Source, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Leftover {
    /// Which marks.
    pub kind: Kind,
    /// Marks with a lower score have the grade `weak`.
    #[serde(default)]
    pub certain: i32,
    /// What a repair that takes the marked text out says; without it there is none.
    #[serde(default)]
    pub removal: Option<String>,
    /// How each sign of the evidence is worded; signs without words are not mentioned.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
}

/// A kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What a comment form left.
    CommentWidget,
    /// A line of page furniture.
    PageFurniture,
    /// Residue of a news feed.
    FeedSnippet,
    /// An address dropped into a sentence.
    InjectedLink,
    /// A headline of another article.
    StrayHeadline,
    /// The description of an image.
    ImageText,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::CommentWidget => COMMENTS,
            Self::PageFurniture => FURNITURE,
            Self::FeedSnippet => FEED,
            Self::InjectedLink => INJECTED,
            Self::StrayHeadline => HEADLINE,
            Self::ImageText => IMAGE,
        }
    }
}

impl Mechanism for Leftover {
    fn grades(&self) -> &'static [&'static str] {
        &["weak"]
    }
    fn values(&self) -> &'static [&'static str] {
        &["text", "evidence"]
    }
    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let source = scene.article.source;
        for mark in scene.article.document.marks.iter().filter(|mark| mark.kind == self.kind.name()) {
            let weak = mark.score < self.certain;
            let text = source.slice(mark.span);
            let fix = self.removal.as_ref().filter(|_| !weak).and_then(|message| removal(source, mark, message));
            seen.push(Observation {
                grade: weak.then_some("weak"),
                span: mark.span,
                related: Vec::new(),
                values: vec![("text", text.to_owned()), ("evidence", self.evidence(mark))],
                fix,
            });
        }
    }
}

impl Leftover {
    fn evidence(&self, mark: &Mark) -> String {
        let reasons: Vec<&str> =
            mark.evidence.iter().filter_map(|sign| self.reasons.get(sign)).map(String::as_str).collect();
        reasons.join("; ")
    }
}

/// Takes the marked text out: inside a line with one space, else with its lines. HTML keeps its elements, so only what
/// stands inside one line of it is taken out.
fn removal(source: &Source, mark: &Mark, message: &str) -> Option<Fix> {
    let text = source.text();
    let before = text.get(..mark.span.start)?;
    let after = text.get(mark.span.end..)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(text.len(), |at| mark.span.end + at + 1);
    let alone = before.get(line_start..)?.trim().is_empty() && text.get(mark.span.end..line_end)?.trim().is_empty();
    let span = if alone {
        if source.format() == Format::Html {
            return None;
        }
        Span::new(line_start, line_end)
    } else {
        let space = after.chars().next().filter(|letter| matches!(letter, ' ' | '\u{a0}'));
        Span::new(mark.span.start, mark.span.end + space.map_or(0, char::len_utf8))
    };
    Some(Fix { message: message.to_owned(), edits: vec![(span, String::new())] })
}
