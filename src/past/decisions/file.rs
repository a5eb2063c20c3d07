//! One decision, and the file of all of them.

use super::super::{VERSION, entries, excerpt, quoted};
use crate::datafile::{DataError, DataFile, Step};
use crate::finding::{Finding, Fingerprint, Suppression, Trace};
use serde::Deserialize;

/// What the file is called in messages.
const KIND: &str = "decisions file";

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The text stays as it is; the finding is not reported any more.
    Accepted,
    /// The editor holds the finding to be wrong, which is not settled.
    Disputed,
    /// The author is to be asked.
    ToBeAsked,
}

impl Verdict {
    /// The name in the file and in listings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Disputed => "disputed",
            Self::ToBeAsked => "to-be-asked",
        }
    }
}

/// One side of a finding when it was decided about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What it is known by.
    pub trace: Trace,
    /// The words that were marked.
    pub text: String,
    /// The file it is in, where that is not the decision's.
    pub path: Option<String>,
}

/// What somebody has decided about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Path of the article, relative to the file.
    pub path: String,
    /// Rule code.
    pub code: String,
    /// What the finding is known by.
    pub fingerprint: Fingerprint,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub by: String,
    /// When, `YYYY-MM-DD`.
    pub on: String,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Why.
    pub reason: String,
    /// The sides of the finding, primary first.
    pub sides: Vec<Side>,
}

impl Decision {
    /// Describes a finding to be decided about, and `others` that are shown together with it; `relative` makes their paths
    /// relative to the file.
    pub fn about(finding: &Finding, others: &[&Finding], relative: &dyn Fn(&str) -> String) -> Self {
        let path = relative(&finding.primary.path);
        let all = std::iter::once(finding).chain(others.iter().copied()).flat_map(super::sides);
        let sides = all.map(|(place, trace)| {
            let other = relative(&place.path);
            Side { trace, text: excerpt(&place.text), path: (other != path).then_some(other) }
        });
        Self {
            code: finding.code.to_string(),
            fingerprint: finding.fingerprint,
            verdict: Verdict::Accepted,
            by: String::new(),
            on: String::new(),
            until: None,
            reason: String::new(),
            sides: sides.collect(),
            path,
        }
    }

    /// Why the finding is silent.
    pub(super) fn suppression(&self) -> Suppression {
        Suppression::Decision {
            by: self.by.clone(),
            on: self.on.clone(),
            reason: self.reason.clone(),
            until: self.until.clone(),
        }
    }

    /// "Accepted by Jo on 2026-11-25".
    pub(super) fn told(&self) -> String {
        let verdict = match self.verdict {
            Verdict::Accepted => "Accepted",
            Verdict::Disputed => "Disputed",
            Verdict::ToBeAsked => "Marked to be asked",
        };
        format!("{verdict} by {} on {}", self.by, self.on)
    }

    /// What a finding says that was decided about and is reported all the same.
    pub(super) fn note(&self, expired: bool) -> String {
        let reason = self.reason.trim_end_matches('.');
        match self.until.as_deref().filter(|_| expired) {
            Some(until) => format!("{}, but only until {until}: {reason}.", self.told()),
            None => format!("{}: {reason}.", self.told()),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    code: String,
    fingerprint: String,
    #[serde(rename = "as")]
    verdict: Verdict,
    by: String,
    on: String,
    until: Option<String>,
    reason: String,
    sides: Vec<SideEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideEntry {
    trace: String,
    #[serde(default)]
    text: String,
    path: Option<String>,
}

/// Reads the file.
pub(super) fn read(file: &DataFile) -> Result<Vec<Decision>, DataError> {
    entries::<Entry>(file, KIND)?.into_iter().enumerate().map(|(index, entry)| decision(file, index, entry)).collect()
}

fn decision(file: &DataFile, index: usize, entry: Entry) -> Result<Decision, DataError> {
    let start = [Step::Key("decision"), Step::Index(index)];
    let way = |key| [start[0], start[1], Step::Key(key)];
    let day = |key, text: &str| match text.parse::<jiff::civil::Date>() {
        Ok(date) => Ok(date.to_string()),
        Err(_) => Err(file.error(&way(key), format!("`{text}` is not a date, write 2026-06-01"))),
    };
    for (key, text) in [("by", &entry.by), ("reason", &entry.reason)] {
        if text.trim().is_empty() {
            return Err(file.error(&way(key), format!("a decision needs `{key}`")));
        }
    }
    if entry.sides.is_empty() {
        return Err(file.error(&way("sides"), "a decision is about at least one side"));
    }
    let side = |(place, side): (usize, SideEntry)| {
        let steps = [start[0], start[1], Step::Key("sides"), Step::Index(place), Step::Key("trace")];
        let trace = side.trace.parse().map_err(|error| file.error(&steps, error))?;
        Ok(Side { trace, text: side.text, path: side.path })
    };
    Ok(Decision {
        fingerprint: entry.fingerprint.parse().map_err(|error| file.error(&way("fingerprint"), error))?,
        on: day("on", &entry.on)?,
        until: entry.until.as_deref().map(|until| day("until", until)).transpose()?,
        sides: entry.sides.into_iter().enumerate().map(side).collect::<Result<_, DataError>>()?,
        path: entry.path,
        code: entry.code,
        verdict: entry.verdict,
        by: entry.by,
        reason: entry.reason,
    })
}

/// The text of the file.
pub(super) fn render<'d>(decisions: impl Iterator<Item = &'d Decision>) -> String {
    let mut out = format!(
        "# What editors have decided about findings. Written by `claimlint accept`, listed by `claimlint decisions`.\n\
         version = {VERSION}\n"
    );
    for one in decisions {
        out.push_str("\n[[decision]]\n");
        let until = one.until.clone().unwrap_or_default();
        let fields = [
            ("path", one.path.as_str()),
            ("code", &one.code),
            ("fingerprint", &one.fingerprint.to_string()),
            ("as", one.verdict.name()),
            ("by", &one.by),
            ("on", &one.on),
            ("until", &until),
            ("reason", &one.reason),
        ];
        for (key, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
            out.push_str(&format!("{key} = {}\n", quoted(text)));
        }
        out.push_str("sides = [\n");
        for side in &one.sides {
            let path = side.path.as_deref().map_or_else(String::new, |path| format!(", path = {}", quoted(path)));
            out.push_str(&format!("  {{ trace = \"{}\", text = {}{path} }},\n", side.trace, quoted(&side.text)));
        }
        out.push_str("]\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(path in ".*", by in "[^\\s]+.*", reason in "[^\\s]+.*", text in ".*", other in proptest::option::of(".+")) {
            let line = |text: &str| super::super::super::line(text);
            let decision = Decision {
                path: line(&path),
                code: "C001".to_owned(),
                fingerprint: Fingerprint::new("C001", [Trace::of([text.as_str()])]),
                verdict: Verdict::ToBeAsked,
                by: line(&by),
                on: "2026-01-31".to_owned(),
                until: other.as_ref().map(|_| "2027-01-31".to_owned()),
                reason: line(&reason),
                sides: vec![Side { trace: Trace::of([text.as_str()]), text: excerpt(&text), path: other.map(|path| line(&path)) }],
            };
            prop_assume!(!decision.by.is_empty() && !decision.reason.is_empty() && !decision.path.is_empty());
            let written = render(std::iter::once(&decision));
            let known = read(&DataFile::new("decisions.toml", written.as_str()));
            prop_assert_eq!(known.unwrap(), vec![decision], "{}", written);
        }
    }
}
