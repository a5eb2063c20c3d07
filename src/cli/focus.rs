//! What a run reports about: the articles that were named, and the lines that changed since a revision.

use super::Failure;
use super::articles::Job;
use super::git::{Before, Past};
use super::workspace::Workspace;
use crate::engine::Outcome;
use crate::finding::{Finding, Place, Severity};
use crate::source::{Format, Source};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// What a run reports about.
#[derive(Default)]
pub struct Focus {
    /// The only files that findings must touch one of.
    named: Option<HashSet<String>>,
    /// The files that are not as they were, by the paths that findings give; other lines need not be looked at.
    since: Option<HashMap<String, Earlier>>,
}

/// What a file was.
enum Earlier {
    /// It was not there, or was no text.
    None,
    Some(Source),
}

/// First and last lines that changed, from 1, in order.
type Lines = Vec<(usize, usize)>;

impl Focus {
    /// Looks at the articles and facts files of a run. `since`: the revision that changes are counted from.
    ///
    /// # Errors
    /// When git cannot say what changed, or a named article is in no repository.
    pub fn new(workspace: &Workspace, jobs: &[Job], since: Option<&str>) -> Result<Self, Failure> {
        let named = jobs.iter().any(|job| job.beside).then(|| {
            let named = jobs.iter().filter(|job| !job.beside);
            named.map(|job| job.input.shown.clone()).collect()
        });
        let Some(revision) = since else { return Ok(Self { named, since: None }) };
        let mut past = Past::since(revision)?;
        let mut since = HashMap::new();
        for job in jobs {
            let earlier = match past.before(&job.input.path)? {
                Before::Outside if !job.beside => {
                    let reason = "is not in the repository of the folder at hand";
                    return Err(Failure::Usage(format!("--changed-since {revision}: `{}` {reason}", job.input.shown)));
                }
                Before::Outside | Before::Same => continue,
                Before::New => Earlier::None,
                Before::Other { shown, bytes } => text(shown, bytes, job.input.format),
            };
            since.insert(job.input.shown.clone(), earlier);
        }
        let facts: HashSet<&str> = workspace.facts_files().collect();
        for path in facts {
            let earlier = match past.before(Path::new(path))? {
                Before::Outside | Before::Same => continue,
                Before::New => Earlier::None,
                Before::Other { shown, bytes } => text(shown, bytes, Format::Text),
            };
            since.insert(path.to_owned(), earlier);
        }
        Ok(Self { named, since: Some(since) })
    }

    /// The earlier version of an article that changed.
    pub fn earlier(&self, path: &str) -> Option<&Source> {
        match self.since.as_ref()?.get(path)? {
            Earlier::Some(source) => Some(source),
            Earlier::None => None,
        }
    }

    /// An earlier version by the path that findings give it.
    pub fn version(&self, path: &str) -> Option<&Source> {
        self.since.iter().flat_map(HashMap::values).find_map(|earlier| match earlier {
            Earlier::Some(source) if source.path().as_ref() == path => Some(source),
            Earlier::Some(_) | Earlier::None => None,
        })
    }

    /// Leaves out findings that touch no named article or no changed line. Those of lines that did not change are
    /// counted when they are of `least` or worse. `texts` gives files as they are now.
    pub fn narrow(&self, outcome: &mut Outcome, least: Severity, texts: &dyn Fn(&str) -> Option<Source>) {
        if let Some(named) = &self.named {
            let touches = |finding: &Finding| places(finding).any(|place| named.contains(place.path.as_ref()));
            outcome.findings.retain(touches);
            outcome.suppressed.retain(|one| touches(&one.finding));
        }
        if let Some(since) = &self.since {
            let mut changed = Changed { since, texts, known: HashMap::new() };
            let all = outcome.findings.iter().filter(|one| one.severity >= least).count();
            outcome.findings.retain(|finding| changed.touches(finding));
            outcome.outside += all - outcome.findings.iter().filter(|one| one.severity >= least).count();
            outcome.suppressed.retain(|one| changed.touches(&one.finding));
        }
    }
}

fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    std::iter::once(&finding.primary).chain(finding.related.iter().map(|side| &side.place))
}

fn text(shown: String, bytes: Vec<u8>, format: Format) -> Earlier {
    // an earlier version that is no text can be no article either
    Source::from_bytes(shown, bytes, format).map_or(Earlier::None, Earlier::Some)
}

/// The lines that changed, found file by file as findings ask for them.
struct Changed<'f> {
    since: &'f HashMap<String, Earlier>,
    texts: &'f dyn Fn(&str) -> Option<Source>,
    known: HashMap<String, Lines>,
}

impl Changed<'_> {
    fn touches(&mut self, finding: &Finding) -> bool {
        places(finding).any(|place| self.holds(place))
    }

    fn holds(&mut self, place: &Place) -> bool {
        let path = place.path.as_ref();
        let Some(earlier) = self.since.get(path) else { return false };
        let Earlier::Some(earlier) = earlier else { return true };
        if !self.known.contains_key(path) {
            let text = (self.texts)(path);
            let lines = text.map(|text| lines(earlier.text(), text.text())).unwrap_or_default();
            self.known.insert(path.to_owned(), lines);
        }
        let lines = self.known.get(path).into_iter().flatten();
        lines.into_iter().any(|(first, last)| *first <= place.end.line && place.start.line <= *last)
    }
}

/// The lines of a text that an earlier one does not have. How lines end makes no difference, since git may store other
/// line ends than the disk has.
fn lines(before: &str, text: &str) -> Lines {
    let split = |text: &str| -> Vec<String> {
        let text = text.trim_start_matches('\u{feff}');
        text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect()
    };
    let changed = |op: DiffOp| match op {
        DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
            Some((new_index + 1, new_index + new_len))
        }
        DiffOp::Equal { .. } | DiffOp::Delete { .. } => None,
    };
    capture_diff_slices(Algorithm::Myers, &split(before), &split(text)).into_iter().filter_map(changed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_and_replaced_lines_are_changed_and_line_ends_are_not() {
        assert_eq!(lines("a\nb\nc\n", "a\nB\nc\n"), [(2, 2)]);
        assert_eq!(lines("a\nc\n", "a\nb\nb\nc\n"), [(2, 3)]);
        assert_eq!(lines("a\nb\nc\n", "a\nc\n"), []);
        assert_eq!(lines("a\nb\n", "\u{feff}a\r\nb\r\n"), []);
        assert_eq!(lines("", "a\n"), [(1, 1)]);
    }
}
