//! What editors have decided about findings, so that nobody is asked twice.
//!
//! A file of one entry for each finding that somebody decided about, sorted by article:
//!
//! ```toml
//! version = 1
//!
//! [[decision]]
//! path = "drafts/zinc.md"          # relative to this file
//! code = "C001"
//! fingerprint = "3fa9c1d2e4b5"     # as `check` prints it
//! as = "accepted"                  # accepted | disputed | to-be-asked
//! by = "Jo Doe"
//! on = "2026-11-25"
//! until = "2027-05-31"             # the last day on which it holds; may be left out
//! reason = "Two devices; the table says which."
//! sides = [
//!   { trace = "82fcc7d42afb", text = "15 to 30 minutes" },
//!   { trace = "1a14c95b675e", text = "about 40 minutes", path = "drafts/faq.md" },
//! ]
//! ```
//!
//! Findings of a rule that are shown as one (`gather`) are decided about as one: the entry has the fingerprint of the first
//! and the sides of all, and each of them stays silent as long as its own side is as it was.
//!
//! Only `accepted` keeps a finding silent. A decision is about these sides: when either of them changes it no longer
//! holds, and the finding says so.

mod file;

pub use file::{Decision, Side, Verdict};

use super::Reach;
use crate::datafile::{DataError, DataFile};
use crate::engine::Outcome;
use crate::finding::{Finding, Fingerprint, Place, Suppressed, Suppression, Trace};
use std::collections::{BTreeMap, HashMap};

/// The name of the file when the configuration says no other.
pub const FILE_NAME: &str = "decisions.toml";

/// Decisions in order of path, code and fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    known: BTreeMap<(String, String, Fingerprint), Decision>,
}

/// How a decision stands after a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The finding is as it was when it was decided about.
    Holds,
    /// The finding is as it was; the decision's last day is past.
    Expired,
    /// One of its sides has changed.
    Reopened {
        /// Which: "line 12 has changed".
        why: String,
        /// What the finding is known by now.
        now: Fingerprint,
    },
    /// There is no such finding any more.
    Gone,
    /// The run did not look: the article was not read or the rule is off.
    Unread,
}

impl State {
    /// The name in listings.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Expired => "expired",
            Self::Reopened { .. } => "reopened",
            Self::Gone => "gone",
            Self::Unread => "not read",
        }
    }
}

impl Decisions {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is not of the form or of a version that is not known.
    pub fn parse(file: &DataFile) -> Result<Self, DataError> {
        let mut decisions = Self::default();
        file::read(file)?.into_iter().for_each(|decision| decisions.put(decision));
        Ok(decisions)
    }

    /// The text of the file.
    pub fn render(&self) -> String {
        file::render(self.all())
    }

    /// True when nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// All decisions, in order.
    pub fn all(&self) -> impl Iterator<Item = &Decision> {
        self.known.values()
    }

    /// Puts a decision in the place of an earlier one about the same finding.
    pub fn put(&mut self, decision: Decision) {
        self.known.insert((decision.path.clone(), decision.code.clone(), decision.fingerprint), decision);
    }

    /// Takes out the decisions whose states, in the order of [`Decisions::all`], are such. Gives how many these are.
    pub fn take_out(&mut self, states: &[State], such: impl Fn(&State) -> bool) -> usize {
        let before = self.known.len();
        let mut states = states.iter();
        self.known.retain(|_, _| !states.next().is_some_and(&such));
        before - self.known.len()
    }

    /// Keeps accepted findings silent and lets the others say what was decided about them. Gives the state of each
    /// decision, in order. `today`: `YYYY-MM-DD`.
    pub fn hold(&self, outcome: &mut Outcome, reach: &Reach<'_>, today: &str) -> Vec<State> {
        let findings = Findings::new(&outcome.findings);
        let mut said: HashMap<usize, Said> = HashMap::new();
        let mut states: Vec<Option<State>> = vec![None; self.known.len()];
        // those of the same number first, so that the second of a kind takes over from the first only when it is gone
        for exactly in [true, false] {
            for (state, decision) in states.iter_mut().zip(self.all()).filter(|(state, _)| state.is_none()) {
                let free = |index: &usize| !said.contains_key(index);
                let one = findings.same(decision, reach, exactly).into_iter().find(free);
                let expired = decision.until.as_deref().is_some_and(|until| until < today);
                let silent = decision.verdict == Verdict::Accepted && !expired;
                for index in one.into_iter().chain(findings.gathered(decision, reach)).filter(free).collect::<Vec<_>>()
                {
                    let note = || Said::Note(decision.note(expired));
                    said.insert(index, if silent { Said::Accepted(decision.suppression()) } else { note() });
                    *state = Some(if expired { State::Expired } else { State::Holds });
                }
            }
        }
        for (state, decision) in states.iter_mut().zip(self.all()).filter(|(state, _)| state.is_none()) {
            let kin = findings.kin(decision, reach).into_iter().find(|index| !said.contains_key(index));
            *state = Some(match kin.and_then(|index| Some((index, outcome.findings.get(index)?))) {
                Some((index, finding)) => {
                    let why = changed(decision, finding);
                    said.insert(index, Said::Note(format!("{}, but {why} since.", decision.told())));
                    State::Reopened { why, now: finding.fingerprint }
                }
                None if reach.looked(&decision.path, &decision.code, false) => State::Gone,
                None => State::Unread,
            });
        }
        for (index, mut finding) in std::mem::take(&mut outcome.findings).into_iter().enumerate() {
            match said.remove(&index) {
                Some(Said::Accepted(by)) => outcome.suppressed.push(Suppressed { finding, by }),
                Some(Said::Note(note)) => {
                    finding.help = format!("{note} {}", finding.help);
                    outcome.findings.push(finding);
                }
                None => outcome.findings.push(finding),
            }
        }
        outcome.sort();
        states.into_iter().flatten().collect()
    }
}

/// What a decision says of a finding.
enum Said {
    Accepted(Suppression),
    Note(String),
}

/// The findings of a run by what they are known by.
struct Findings<'f> {
    all: &'f [Finding],
    kinds: HashMap<Trace, Vec<usize>>,
    traces: HashMap<(&'f str, Trace), Vec<usize>>,
    texts: HashMap<(&'f str, String), Vec<usize>>,
}

impl<'f> Findings<'f> {
    fn new(all: &'f [Finding]) -> Self {
        let mut findings = Self { all, kinds: HashMap::new(), traces: HashMap::new(), texts: HashMap::new() };
        for (index, finding) in all.iter().enumerate() {
            findings.kinds.entry(finding.fingerprint.kind).or_default().push(index);
            for (place, trace) in sides(finding) {
                findings.traces.entry((&finding.code, trace)).or_default().push(index);
                findings.texts.entry((&finding.code, super::excerpt(&place.text))).or_default().push(index);
            }
        }
        findings
    }

    /// The findings that a decision is about, in its article, or anywhere when its article was renamed. `exactly`: the
    /// same one of its kind, else any.
    fn same(&self, decision: &Decision, reach: &Reach<'_>, exactly: bool) -> Vec<usize> {
        let mut found = self.there(self.kinds.get(&decision.fingerprint.kind), decision, reach);
        let print = |index: &usize| self.all.get(*index).map(|finding| finding.fingerprint);
        found.retain(|index| !exactly || print(index) == Some(decision.fingerprint));
        found
    }

    /// The findings that were shown together when a decision was made about all of them, as far as they are as they were.
    fn gathered(&self, decision: &Decision, reach: &Reach<'_>) -> Vec<usize> {
        let known = |trace: Trace| decision.sides.iter().any(|side| side.trace == trace);
        let whole = |index: &usize| {
            self.all.get(*index).is_some_and(|one| one.gathers && sides(one).all(|(_, trace)| known(trace)))
        };
        let mut found: Vec<usize> = Vec::new();
        for side in &decision.sides {
            let there = self.there(self.traces.get(&(decision.code.as_str(), side.trace)), decision, reach);
            found.extend(there.into_iter().filter(whole));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The findings that a decision was about before one of their sides changed: those of its rule that share a side
    /// with it, else those that mark the same words.
    fn kin(&self, decision: &Decision, reach: &Reach<'_>) -> Vec<usize> {
        let mut found = Vec::new();
        for side in &decision.sides {
            found.extend(self.there(self.traces.get(&(decision.code.as_str(), side.trace)), decision, reach));
        }
        for side in &decision.sides {
            found.extend(self.there(self.texts.get(&(decision.code.as_str(), side.text.clone())), decision, reach));
        }
        found
    }

    fn there(&self, found: Option<&Vec<usize>>, decision: &Decision, reach: &Reach<'_>) -> Vec<usize> {
        let renamed = !(reach.exists)(&decision.path);
        let there = |index: &&usize| {
            renamed || self.all.get(**index).is_some_and(|finding| reach.touches(finding, &decision.path))
        };
        found.into_iter().flatten().filter(there).copied().collect()
    }
}

fn sides(finding: &Finding) -> impl Iterator<Item = (&Place, Trace)> {
    let related = finding.related.iter().map(|side| (&side.place, side.trace));
    std::iter::once((&finding.primary, finding.trace)).chain(related)
}

/// What has changed of a finding since it was decided about: "line 12 has changed".
fn changed(decision: &Decision, finding: &Finding) -> String {
    let known = |trace: Trace| decision.sides.iter().any(|side| side.trace == trace);
    let mut lines: Vec<String> = Vec::new();
    for (place, _) in sides(finding).filter(|(_, trace)| !known(*trace)) {
        let line = if place.path == finding.primary.path {
            format!("line {}", place.start.line)
        } else {
            format!("{} (line {})", place.path, place.start.line)
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    match lines.as_slice() {
        [] => "its other side is another one".to_owned(),
        [line] => format!("{line} has changed"),
        [all @ .., last] => format!("{} and {last} have changed", all.join(", ")),
    }
}
