//! What was marked as never part of the article.
//!
//! Takes the marks of a document; gives one observation for each mark of a kind, with its evidence in the rule's words
//! and, where that is certain, its removal. Decides nothing: the marks are there before any rule is.

mod removal;

use super::{Mechanism, Observation, Scene};
use crate::document::Mark;
use crate::finding::Fix;
use crate::leftover::{COMMENTS, FEED, FURNITURE, HEADLINE, IMAGE, INJECTED};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Parameters.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Leftover {
    /// Which marks.
    pub kind: Kind,
    /// Marks with a lower score have the grade `weak`.
    #[serde(default)]
    pub certain: i32,
    /// What the repair that takes the marked text out is called, where the mark may be taken out; without it there is
    /// none.
    #[serde(default)]
    pub removal: Option<String>,
    /// How each sign of the evidence is worded; signs without words are not mentioned.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
}

/// A kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
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
            let removes = self.removal.as_ref().filter(|_| !weak && mark.removable);
            let fix = removes.and_then(|message| {
                let edits = removal::edits(source, &scene.article.document, mark)?;
                Some(Fix { message: message.clone(), edits })
            });
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
