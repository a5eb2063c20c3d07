//! Decisions as the page holds them: what is known, and what a new one about a finding would begin with.
//!
//! Takes the files of decisions; gives entries as TOML, into which the script puts verdict, name, day and reason. The
//! format is that of `past::decisions`, which also writes it.

use crate::finding::Finding;
use crate::past::decisions::{Decision, Decisions};
use crate::report::Run;

/// A file of decisions.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it belongs.
    pub path: String,
    /// How it begins.
    pub head: String,
    /// Its entries.
    pub entries: Vec<String>,
}

/// What a decision about a finding would begin with.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The place of its file among the files.
    pub file: usize,
    /// The entry, which lacks all that the editor says.
    pub entry: String,
}

/// The files of a run.
pub fn files(run: &Run<'_>) -> Vec<File> {
    let head = Decisions::default().render();
    let file = |desk: &crate::report::Desk<'_>| File {
        path: desk.path.to_owned(),
        head: head.clone(),
        entries: desk.known.all().map(entry).collect(),
    };
    run.desks.iter().map(file).collect()
}

/// The draft of a finding, where one can be decided about.
pub fn draft(run: &Run<'_>, finding: &Finding) -> Option<Draft> {
    let (file, decision) = (run.drafts)(finding)?;
    Some(Draft { file, entry: entry(&decision) })
}

/// One entry without what stands before all of them.
fn entry(decision: &Decision) -> String {
    let mut alone = Decisions::default();
    let head = alone.render().len();
    alone.put(decision.clone());
    alone.render().get(head..).unwrap_or_default().trim().to_owned()
}
