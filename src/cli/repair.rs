//! `check --fix` and `--diff`: repairs go into the texts until none is left, then the texts into the files, or onto the
//! screen as a diff.

use super::articles::Articles;
use super::printing::Printing;
use super::{Failure, Status, output};
use crate::finding::{Fix, Severity};
use crate::fix;
use crate::report::Problem;
use crate::source::Source;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Repairs only take something out, so that a text settles soon; this many rounds are for texts that resist.
const ROUNDS: usize = 50;

/// An article that was repaired.
struct Change {
    before: Source,
    count: usize,
}

/// Repairs the articles of a run. `only_shown`: as a diff, and nothing is written.
///
/// # Errors
/// When output cannot be written. A file that cannot be written is a problem in the report.
pub(super) fn repair(articles: &mut Articles<'_>, printing: Printing<'_>, only_shown: bool) -> Result<Status, Failure> {
    let (first, problems) = articles.outcome();
    let mut changes = settle(articles, Severity::from(printing.options.min_severity));
    if only_shown {
        return show(articles, &changes, &problems, printing.status(&first, &problems), &printing);
    }
    let failed = write(articles, &mut changes)?;
    let piped = articles.jobs.iter().any(|job| job.given.is_some());
    let (outcome, mut problems) = articles.outcome();
    problems.extend(failed);
    output::note(&counted(&changes, "fixed nothing", "fixed"));
    articles.print(&Printing { aside: piped, ..printing }, outcome, problems)
}

/// Puts repairs into the texts and checks these again, until there is nothing to repair. Only findings that are shown
/// are repaired.
fn settle(articles: &mut Articles<'_>, least: Severity) -> BTreeMap<usize, Change> {
    let mut changes: BTreeMap<usize, Change> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let (outcome, _) = articles.outcome();
        let mut by_path: HashMap<&str, Vec<&Fix>> = HashMap::new();
        for finding in outcome.findings.iter().filter(|finding| finding.severity >= least) {
            by_path.entry(&finding.primary.path).or_default().extend(&finding.fix);
        }
        let mut changed = Vec::new();
        for (at, job) in articles.jobs.iter_mut().enumerate() {
            let Some(fixes) = by_path.get(job.input.shown.as_str()).filter(|fixes| !fixes.is_empty()) else { continue };
            // a file that cannot be read any more is left alone
            let Ok(source) = job.source() else { continue };
            let repaired = fix::apply(source.text(), fixes.iter().copied());
            if repaired.count == 0 {
                continue;
            }
            job.repaired = Some(Arc::from(repaired.text));
            changes.entry(at).or_insert(Change { before: source, count: 0 }).count += repaired.count;
            changed.push(at);
        }
        if changed.is_empty() {
            break;
        }
        articles.again(&changed);
    }
    changes
}

/// Writes the repaired texts. An article that cannot be written is as it was, and a problem.
fn write(articles: &mut Articles<'_>, changes: &mut BTreeMap<usize, Change>) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    let mut failed = Vec::new();
    let mut written = HashSet::new();
    for (at, job) in articles.jobs.iter().enumerate() {
        if job.given.is_some() {
            // standard input goes on to standard output, repaired or not
            if let Ok(source) = job.source() {
                output::print(source.text())?;
            }
        } else if let (Some(change), Some(text)) = (changes.get(&at), &job.repaired) {
            let target = std::fs::canonicalize(&job.input.path).unwrap_or_else(|_| job.input.path.clone());
            if !written.insert(target) {
                // another name of the same file
                changes.remove(&at);
            } else if let Err(message) = output::replace(&job.input.path, change.before.text(), text) {
                problems.push(Problem { path: job.input.shown.clone(), message });
                failed.push(at);
            }
        }
    }
    for at in &failed {
        changes.remove(at);
        articles.jobs.iter_mut().skip(*at).take(1).for_each(|job| job.repaired = None);
    }
    articles.again(&failed);
    Ok(problems)
}

/// Shows what would change.
fn show(
    articles: &Articles<'_>,
    changes: &BTreeMap<usize, Change>,
    problems: &[Problem],
    status: Status,
    printing: &Printing<'_>,
) -> Result<Status, Failure> {
    let mut text = String::new();
    for (at, change) in changes {
        let Some((job, after)) = articles.jobs.get(*at).and_then(|job| Some((job, job.repaired.as_ref()?))) else {
            continue;
        };
        text.push_str(&fix::diff(&job.input.shown, change.before.text(), after));
    }
    for problem in problems {
        output::note(&format!("error: {}: {}", problem.path, problem.message));
    }
    match &printing.options.output {
        Some(path) => output::write_whole(path, &text)?,
        None if output::color(printing.color) => output::print(&colored(&text))?,
        None => output::print(&text)?,
    }
    output::note(&counted(changes, "there is nothing to fix", "would fix"));
    Ok(status)
}

/// A diff as terminals show it.
fn colored(diff: &str) -> String {
    let line = |line: &str| {
        let color = match line.as_bytes().first() {
            Some(b'+') => "32",
            Some(b'-') => "31",
            Some(b'@') => "36",
            _ => return line.to_owned(),
        };
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        format!("\u{1b}[{color}m{text}\u{1b}[0m{end}")
    };
    diff.split_inclusive('\n').map(line).collect()
}

/// The line that says what was done.
fn counted(changes: &BTreeMap<usize, Change>, nothing: &str, done: &str) -> String {
    let count: usize = changes.values().map(|change| change.count).sum();
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match changes.len() {
        0 => nothing.to_owned(),
        files => format!("{done} {count} finding{} in {files} file{}", plural(count), plural(files)),
    }
}
