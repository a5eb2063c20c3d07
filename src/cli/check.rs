//! `check` and `statements`: files in, reports out.

use super::arguments::{CheckOptions, Color, ReadOptions};
use super::articles::{Articles, Job};
use super::discover::{self, Input};
use super::focus::Focus;
use super::ledger::{Asked, Ledgers};
use super::printing::Printing;
use super::workspace::{Wishes, Workspace};
use super::{Failure, Status, output, repair};
use crate::finding::Severity;
use crate::report::{Problem, statements};
use crate::source::Format as SourceFormat;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::HashSet;
use std::io::{IsTerminal, Read};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of standard input when none is given.
const STDIN: &str = "stdin.md";

/// A progress bar is shown from this many files on.
const LONG_RUN: usize = 500;

/// The files of a run with their sites. `against`: what is read as other sides only.
///
/// # Errors
/// When a path is not there or a configuration cannot be used.
pub(super) fn jobs(
    options: &ReadOptions,
    against: &[String],
    wishes: &Wishes,
) -> Result<(Workspace, Vec<Job>), Failure> {
    let here = Path::new("");
    if options.jobs > 0 {
        // a second pool in one process is refused, which only tests would ask for
        let _ = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build_global();
    }
    let given = options.config.as_deref();
    let mut workspace = Workspace::default();
    let (stdin, paths): (Vec<&String>, Vec<&String>) = options.paths.iter().partition(|path| *path == "-");
    let mut jobs = Vec::new();
    if !stdin.is_empty() {
        let name = options.stdin_filename.as_deref().unwrap_or(STDIN);
        let format = SourceFormat::of_path(name)
            .ok_or_else(|| Failure::Usage(format!("the name `{name}` says no format: use .md, .mdx, .html or .txt")))?;
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::Usage(format!("cannot read standard input: {error}")))?;
        let input = Input { shown: name.to_owned(), path: PathBuf::from(name), format };
        let site = workspace.site_of(&input.path, given, wishes)?;
        let settings =
            workspace.sites.get(site).map_or_else(|| Ok(Arc::default()), |site| site.settings(&input.path))?;
        jobs.push(Job { input, site, settings, given: Some(bytes), beside: false, repaired: None });
    } else if options.stdin_filename.is_some() {
        return Err(Failure::Usage("--stdin-filename needs `-` among the paths".to_owned()));
    }
    let paths: Vec<String> = paths.into_iter().cloned().collect();
    let mut known: HashSet<String> = HashSet::new();
    for (paths, beside) in [(paths.as_slice(), false), (against, true)] {
        if beside && !against.is_empty() {
            known.extend(jobs.iter().map(|job| discover::relative(here, &job.input.path)));
        }
        let outright: HashSet<&str> = paths.iter().map(String::as_str).collect();
        for input in discover::inputs(paths)? {
            let site = workspace.site_of(&input.path, given, wishes)?;
            let Some(owner) = workspace.sites.get(site) else { continue };
            let named = outright.contains(input.path.to_string_lossy().as_ref());
            let twice = beside && !known.insert(discover::relative(here, &input.path));
            if (named || !owner.excludes(&input.path)) && !twice {
                let settings = owner.settings(&input.path)?;
                jobs.push(Job { input, site, settings, given: None, beside, repaired: None });
            }
        }
    }
    if workspace.sites.is_empty() {
        // nothing to read is no reason to overlook a broken configuration or an unknown rule
        workspace.site_of(Path::new("."), given, wishes)?;
    }
    Ok((workspace, jobs))
}

/// `claimlint check`.
///
/// # Errors
/// When arguments or configuration are wrong or output cannot be written.
pub fn check(options: &CheckOptions, color: Color) -> Result<Status, Failure> {
    let wishes = Wishes {
        select: options.select.clone(),
        ignore: options.ignore.clone(),
        facts: options.facts.clone(),
        today: options.today.unwrap_or_else(today),
    };
    let (workspace, jobs) = jobs(&options.read, &options.against, &wishes)?;
    // the process ends soon, and freeing a catalogue takes longer than starting one
    let workspace = ManuallyDrop::new(workspace);
    let focus = Focus::new(&workspace, &jobs, options.changed_since.as_deref())?;
    let bar = progress(jobs.len(), options.read.no_progress);
    let mut articles = ManuallyDrop::new(Articles::new(&workspace, jobs, !options.no_corpus, &bar));
    bar.finish_and_clear();
    let least = Severity::from(options.report.min_severity);
    let asked = Asked {
        file: options.baseline.as_deref(),
        write: options.write_baseline.then_some(least),
        prune: options.prune_baseline,
    };
    let ledgers = Ledgers::new(&workspace, asked, wishes.today)?;
    articles.hold_against(&ledgers);
    articles.narrow(focus, least);
    let printing = Printing { options: &options.report, color, compares: false, aside: false };
    if options.fix || options.diff {
        return repair::repair(&mut articles, printing, options.diff);
    }
    let (outcome, account, problems) = articles.account();
    ledgers.write(&account)?;
    let status = articles.print(&printing, outcome, problems)?;
    ledgers.tell_gone(&account);
    Ok(status)
}

/// `claimlint statements`.
///
/// # Errors
/// As [`check`].
pub fn statements(options: &ReadOptions) -> Result<Status, Failure> {
    let (workspace, jobs) = jobs(options, &[], &Wishes::default())?;
    let workspace = ManuallyDrop::new(workspace);
    let read = |job: &Job| -> Result<String, Problem> {
        let source = job.source()?;
        let site = workspace.sites.get(job.site);
        Ok(site.map_or_else(String::new, |site| {
            let article = site.engine.read(&source, &job.settings);
            statements::render(&article, site.engine.catalogue().lexicon())
        }))
    };
    let mut status = Status::Clean;
    // in pieces, so that what is printed need not be kept
    for piece in jobs.chunks(256) {
        let texts: Vec<_> = piece.par_iter().map(read).collect();
        for text in texts {
            match text {
                Ok(text) => output::print(&text)?,
                Err(problem) => {
                    output::note(&format!("error: {}: {}", problem.path, problem.message));
                    status = Status::Unreadable;
                }
            }
        }
    }
    Ok(status)
}

fn progress(files: usize, hidden: bool) -> ProgressBar {
    if hidden || files < LONG_RUN || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} files") {
        bar.set_style(style);
    }
    bar
}

/// Today in days since 1970-01-01, by the computer's clock, in UTC.
pub(super) fn today() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs() / 86_400).unwrap_or(i64::MAX)
}
