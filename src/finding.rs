//! What a report shows: findings with their places, severities and fixes.
//!
//! Made by `rule` and `engine`; knows no rule, no format and no renderer.

mod fingerprint;

pub use fingerprint::{Fingerprint, NoFingerprint, Trace};

use crate::source::{Position, Source, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How bad it is. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A query, style, or something that needs context.
    Info,
    /// A careful editor would send it back.
    Warning,
    /// Wrong, unsafe or spam on its face.
    Error,
}

impl Severity {
    /// `error`, `warning` or `info`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the mechanism is; independent of [`Severity`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Leaves the decision to the reader.
    Low,
    /// Usually right.
    Medium,
    /// Decided by arithmetic, markup or exact wording.
    High,
}

/// A piece of some source, with what a report needs to show it without the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path as found.
    pub path: Arc<str>,
    /// Bytes.
    pub span: Span,
    /// Line and column of the first byte.
    pub start: Position,
    /// Line and column one past the last byte.
    pub end: Position,
    /// The source text of the span.
    pub text: String,
}

impl Place {
    /// The place of a span in a source.
    pub fn of(source: &Source, span: Span) -> Self {
        Self {
            path: Arc::clone(source.path()),
            span,
            start: source.position(span.start),
            end: source.position(span.end),
            text: source.slice(span).to_owned(),
        }
    }
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is to be seen there.
    pub message: String,
    /// What stays the same of it while the article is edited around it.
    pub trace: Trace,
}

/// A replacement of bytes that repairs a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the repair does.
    pub message: String,
    /// Replacements in ascending order, never overlapping: span and new text.
    pub edits: Vec<(Span, String)>,
}

/// An observation worded by its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Rule code (`C001`).
    pub code: Arc<str>,
    /// Rule name (`value-conflict`).
    pub name: Arc<str>,
    /// Severity after grade and configuration.
    pub severity: Severity,
    /// Confidence after grade.
    pub confidence: Confidence,
    /// The grade the mechanism reported, if any.
    pub grade: Option<&'static str>,
    /// True when reports show it together with its like in the same article.
    pub gathers: bool,
    /// What is wrong, for the writer.
    pub message: String,
    /// What to do.
    pub help: String,
    /// How an editor would ask the author ("AU: …").
    pub query: String,
    /// Where.
    pub primary: Place,
    /// Label of the primary place.
    pub label: String,
    /// Other places.
    pub related: Vec<Related>,
    /// A repair, where it is certain.
    pub fix: Option<Fix>,
    /// What stays the same of the primary place while the article is edited around it.
    pub trace: Trace,
    /// What baselines, decisions and other tools know the finding by.
    pub fingerprint: Fingerprint,
}

/// A finding that is not reported, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// What keeps it silent.
    pub by: Suppression,
}

/// What keeps a finding silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suppression {
    /// A directive or the front matter of an article.
    Directive {
        /// What the article gives as the reason.
        reason: Option<String>,
    },
    /// It was there when the baseline was written.
    Baseline,
    /// An editor has accepted it.
    Decision {
        /// Who.
        by: String,
        /// When, `YYYY-MM-DD`.
        on: String,
        /// Why.
        reason: String,
        /// The last day on which it holds, `YYYY-MM-DD`.
        until: Option<String>,
    },
}

impl Finding {
    /// The order of reports: path, place, code.
    pub fn sort_key(&self) -> (&str, usize, usize, &str) {
        (&self.primary.path, self.primary.span.start, self.primary.span.end, &self.code)
    }
}
