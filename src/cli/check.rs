//! `check` and `statements`: files in, reports out.

use super::arguments::{CheckOptions, Color, ReadOptions};
use super::discover::{self, Input};
use super::printing::{Material, Printing};
use super::workspace::{Wishes, Workspace};
use super::{Failure, Status, output};
use crate::engine::{ArticleReport, Settings};
use crate::finding::Finding;
use crate::report::{Artifact, Problem, Role, html::Paper, statements};
use crate::source::{Format as SourceFormat, Source};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::HashMap;
use std::io::{IsTerminal, Read};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of standard input when none is given.
const STDIN: &str = "stdin.md";

/// A progress bar is shown from this many files on.
const LONG_RUN: usize = 500;

/// A file with the site that it belongs to.
pub(super) struct Job {
    pub(super) input: Input,
    pub(super) site: usize,
    pub(super) settings: Arc<Settings>,
    /// What standard input held.
    given: Option<Vec<u8>>,
}

impl Job {
    pub(super) fn source(&self) -> Result<Source, Problem> {
        let problem = |message: String| Problem { path: self.input.shown.clone(), message };
        let bytes = match &self.given {
            Some(bytes) => bytes.clone(),
            None => std::fs::read(&self.input.path).map_err(|error| problem(format!("cannot be read: {error}")))?,
        };
        Source::from_bytes(self.input.shown.as_str(), bytes, self.input.format)
            .map_err(|error| problem(error.to_string()))
    }

    /// The file by its hash, if it can be read.
    fn artifact(&self) -> Option<Artifact> {
        let source = self.source().ok()?;
        Some(Artifact::new(&self.input.shown, Role::Article, source.text().as_bytes()))
    }
}

/// The files of a run with their sites.
pub(super) fn jobs(options: &ReadOptions, wishes: &Wishes) -> Result<(Workspace, Vec<Job>), Failure> {
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
        jobs.push(Job { input, site, settings, given: Some(bytes) });
    } else if options.stdin_filename.is_some() {
        return Err(Failure::Usage("--stdin-filename needs `-` among the paths".to_owned()));
    }
    let paths: Vec<String> = paths.into_iter().cloned().collect();
    for input in discover::inputs(&paths)? {
        let site = workspace.site_of(&input.path, given, wishes)?;
        let Some(owner) = workspace.sites.get(site) else { continue };
        let named = paths.contains(&input.path.to_string_lossy().into_owned());
        if named || !owner.excludes(&input.path) {
            jobs.push(Job { settings: owner.settings(&input.path)?, input, site, given: None });
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
    let (workspace, jobs) = jobs(&options.read, &wishes)?;
    // the process ends soon, and freeing a catalogue takes longer than starting one
    let workspace = ManuallyDrop::new(workspace);
    let bar = progress(jobs.len(), options.read.no_progress);
    let read = |job: &Job| -> Result<(usize, ArticleReport), Problem> {
        let source = job.source();
        bar.inc(1);
        let source = source?;
        let Some(site) = workspace.sites.get(job.site) else {
            return Err(Problem { path: job.input.shown.clone(), message: "has no configuration".to_owned() });
        };
        let article = site.engine.read(&source, &job.settings);
        Ok((job.site, site.engine.check(&article, &job.settings, &site.house)))
    };
    let read: Vec<_> = jobs.par_iter().map(read).collect();
    bar.finish_and_clear();

    let mut problems = Vec::new();
    let mut by_site: Vec<Vec<ArticleReport>> = workspace.sites.iter().map(|_| Vec::new()).collect();
    for one in read {
        match one {
            Ok((site, report)) => {
                if let Some(reports) = by_site.get_mut(site) {
                    reports.push(report);
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut outcome = crate::engine::Outcome::default();
    for (site, reports) in workspace.sites.iter().zip(by_site) {
        outcome.merge(site.engine.finish(vec![(site.configured, reports)], !options.no_corpus));
    }
    let material = Material {
        problems,
        rules: workspace.rules(),
        artifacts: &|| jobs.par_iter().filter_map(Job::artifact).chain(workspace.artifacts()).collect(),
        papers: &|| {
            let paper = |job: &Job| {
                let site = workspace.sites.get(job.site)?;
                Some(Paper::new(site.engine.read(&job.source().ok()?, &job.settings)))
            };
            jobs.par_iter().filter_map(paper).collect()
        },
        sources: &|findings| sources_of(findings, &jobs, &workspace),
    };
    Printing { options: &options.report, color, compares: false }.print(outcome, material)
}

/// The sources that findings point into, read again: they were not kept.
fn sources_of(findings: &[&Finding], jobs: &[Job], workspace: &Workspace) -> HashMap<String, Source> {
    let wanted = findings
        .iter()
        .flat_map(|one| std::iter::once(&one.primary.path).chain(one.related.iter().map(|side| &side.place.path)));
    let mut sources = HashMap::new();
    for path in wanted {
        if sources.contains_key(path.as_ref()) {
            continue;
        }
        let job = jobs.iter().find(|job| job.input.shown == path.as_ref());
        let house = || {
            let facts = workspace.sites.iter().flat_map(|site| &site.house.facts);
            facts.clone().find(|fact| fact.fact.place.path == *path)?;
            let text = std::fs::read_to_string(path.as_ref()).ok()?;
            Some(Source::new(Arc::clone(path), text, SourceFormat::Text))
        };
        if let Some(source) = job.and_then(|job| job.source().ok()).or_else(house) {
            sources.insert(path.to_string(), source);
        }
    }
    sources
}

/// `claimlint statements`.
///
/// # Errors
/// As [`check`].
pub fn statements(options: &ReadOptions) -> Result<Status, Failure> {
    let (workspace, jobs) = jobs(options, &Wishes::default())?;
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
