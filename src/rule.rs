//! The record of one rule, as `rules/*.toml` writes it, and the step from observation to finding.

use crate::checks::Check;
use crate::finding::{Confidence, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A rule file: its rules and nothing else.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// `[[rule]]` entries.
    #[serde(default)]
    pub rule: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// Letter of the family and three digits.
    pub code: String,
    /// Names the fault; reads well after "allow".
    pub name: String,
    /// The version it came with.
    pub since: String,
    /// Severity, unless a grade or the configuration says otherwise.
    pub severity: Severity,
    /// Confidence, unless a grade says otherwise.
    pub confidence: Confidence,
    /// One sentence: what is wrong.
    pub summary: String,
    /// For the writer, two or three sentences.
    pub why: String,
    /// What to do.
    pub advice: String,
    /// How an editor would ask the author.
    #[serde(default)]
    pub query: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub standards: Vec<String>,
    /// The message, with `{placeholders}` that the mechanism fills.
    pub message: String,
    /// Label of the primary place, with the same placeholders; default: none.
    #[serde(default)]
    pub label: Option<String>,
    /// Labels of related places by role, with `{value}` and the message's placeholders.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Codes whose findings own a shared span.
    #[serde(default)]
    pub yields_to: Vec<String>,
    /// Codes whose observation on the same span raises this finding's severity to error.
    #[serde(default)]
    pub with: Vec<String>,
    /// Its mechanism with parameters.
    pub check: Check,
    /// What a grade changes.
    #[serde(default)]
    pub grades: BTreeMap<String, Grade>,
    /// Texts that must give findings.
    #[serde(default)]
    pub rejects: Vec<Example>,
    /// Texts that must give none.
    #[serde(default)]
    pub accepts: Vec<Example>,
}

/// What a grade changes; what is not said is the rule's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Severity.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Confidence.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Message.
    #[serde(default)]
    pub message: Option<String>,
}

/// An example of a rule, run as a test.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// The article; or `article` for several.
    #[serde(default)]
    pub text: String,
    /// Several articles of one site.
    #[serde(default)]
    pub article: Vec<ExampleArticle>,
    /// `markdown` (default), `text`, `html` or `mdx`.
    #[serde(default)]
    pub format: Option<String>,
    /// Rejects: the marked texts, primary first, then related; `text#2` is the second occurrence.
    #[serde(default)]
    pub marks: Vec<String>,
    /// Rejects: the grade of the finding.
    #[serde(default)]
    pub grade: Option<String>,
    /// Rejects: with all rules on, this rule owns the span.
    #[serde(default)]
    pub owned_by: Option<String>,
    /// Accepts: why nothing is found.
    #[serde(default)]
    pub because: Option<String>,
    /// The earlier revision.
    #[serde(default)]
    pub before: Option<String>,
    /// A facts file.
    #[serde(default)]
    pub facts: Option<String>,
    /// A configuration file.
    #[serde(default)]
    pub config: Option<String>,
    /// Today, `YYYY-MM-DD`.
    #[serde(default)]
    pub today: Option<String>,
}

/// One article of an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleArticle {
    /// Its path; the extension says the format.
    pub path: String,
    /// Its text.
    pub text: String,
}
