//! The record of one rule, as `rules/*.toml` writes it, and the step from observation to finding.

mod query;

pub use query::PLACES;

use crate::checks::{BESIDE, Check, Observation};
use crate::finding::{Confidence, Finding, Fingerprint, Place, Related, Severity, Trace};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A rule file: its rules and nothing else.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// `[[rule]]` entries.
    #[serde(default)]
    pub rule: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// Letter of the family and three digits.
    #[schemars(regex(pattern = "^[A-Z][0-9]{3}$"))]
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
    /// How an editor would ask the author, with the message's placeholders, `{place}` and `{other-place}`; without it a
    /// question is made of the message.
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
    /// Where one remedy covers every finding of the rule: they are shown as one, with the others as related places.
    #[serde(default)]
    pub gather: Option<Gather>,
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

/// Over what findings of one rule are shown as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gather {
    /// One article.
    Article,
}

/// What a grade changes; what is not said is the rule's own.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
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
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
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
    /// A bibliography in BibTeX, which the article may cite by keys.
    #[serde(default)]
    pub bibliography: Option<String>,
    /// The files on disk, as links of the article write them; without any, nothing is known of them.
    #[serde(default)]
    pub files: Vec<String>,
    /// A configuration file.
    #[serde(default)]
    pub config: Option<String>,
    /// Today, `YYYY-MM-DD`.
    #[serde(default)]
    pub today: Option<String>,
}

/// One article of an example.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleArticle {
    /// Its path; the extension says the format.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The names in braces in a message.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

impl Rule {
    /// Severity, confidence and message that a grade leaves.
    pub fn graded(&self, grade: Option<&str>) -> (Severity, Confidence, &str) {
        let grade = grade.and_then(|name| self.grades.get(name));
        (
            grade.and_then(|grade| grade.severity).unwrap_or(self.severity),
            grade.and_then(|grade| grade.confidence).unwrap_or(self.confidence),
            grade.and_then(|grade| grade.message.as_deref()).unwrap_or(&self.message),
        )
    }

    /// The finding that an observation is by this rule. `traces`: of the primary place, and of the related ones in
    /// their order.
    pub fn finding(
        &self,
        seen: Observation,
        primary: Place,
        traces: (Trace, Vec<Trace>),
        (severity, confidence): (Severity, Confidence),
    ) -> Finding {
        let (_, _, message) = self.graded(seen.grade);
        let worded = |text: &str, value: Option<&str>| fill(text, &seen.values, value);
        let (trace, sides) = traces;
        let opposed = seen.related.iter().zip(&sides).filter(|(side, _)| side.role != BESIDE);
        let fingerprint = Fingerprint::new(&self.code, opposed.map(|(_, trace)| *trace).chain(std::iter::once(trace)));
        let related = seen
            .related
            .iter()
            .zip(sides)
            .map(|(side, trace)| Related {
                place: side.place.clone(),
                message: worded(self.labels.get(side.role).map_or("{value}", String::as_str), Some(&side.value)),
                trace,
            })
            .collect();
        let message = worded(message, None);
        Finding {
            code: self.code.as_str().into(),
            name: self.name.as_str().into(),
            severity,
            confidence,
            grade: seen.grade,
            gathers: self.gather.is_some(),
            query: query::of(self.query.as_deref(), &message, &seen, &primary),
            message,
            help: self.advice.clone(),
            label: worded(self.label.as_deref().unwrap_or_default(), None),
            primary,
            related,
            fix: seen.fix,
            trace,
            fingerprint,
        }
    }
}

/// A message with its placeholders filled; `value` is what `{value}` stands for in the label of a side. Long values are
/// cut in the middle, line breaks become spaces.
fn fill(text: &str, values: &[(&'static str, String)], value: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let own = || values.iter().find(|(own, _)| *own == name).map(|(_, text)| text.as_str());
        let found = if name == "value" { value.or_else(own) } else { own() };
        let limit = if before.ends_with('“') { QUOTED } else { TOLD };
        out.push_str(&shortened(found.unwrap_or_default(), limit));
        rest = tail;
    }
    out.push_str(rest);
    // a placeholder at the end may have nothing to say
    out.truncate(out.trim_end().len());
    out
}

/// The longest text of an article that a message quotes whole, in characters.
const QUOTED: usize = 90;

/// The longest text that a message tells in its own words, in characters.
const TOLD: usize = 240;

fn shortened(text: &str, limit: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = text.chars().count();
    if count <= limit {
        return text;
    }
    let head: String = text.chars().take(limit / 2).collect();
    let tail: String = text.chars().skip(count - limit / 3).collect();
    // between words, where there are any
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail);
    format!("{head} … {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_shortened_and_what_is_told_is_whole() {
        let long = "one two three four five ".repeat(6);
        let values = [("text", long.clone()), ("reasons", long.clone())];
        let quoted = fill("Not said: “{text}”", &values, None);
        assert!(quoted.contains(" … "), "{quoted}");
        assert!(quoted.chars().count() < 110, "{quoted}");
        assert!(!quoted.contains("  "), "{quoted}");
        assert_eq!(fill("Because: {reasons}", &values, None), format!("Because: {}", long.trim_end()));
        assert_eq!(fill("{value} here", &values, Some("5 min")), "5 min here");
        assert_eq!(fill("{nothing", &values, None), "{nothing");
        assert_eq!(fill("No line {nothing}", &values, None), "No line");
    }
}
