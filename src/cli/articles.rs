//! The articles of one `check`: read, checked, and brought together as often as their texts change.

use super::discover::{Input, relative};
use super::focus::Focus;
use super::ledger::{self, Account, Ledgers, Read};
use super::nearby::Nearby;
use super::printing::{Material, Printing};
use super::shelf::Shelf;
use super::workspace::{Site, Workspace};
use super::{Failure, Status};
use crate::engine::{ArticleReport, Counts, Outcome, Settings};
use crate::finding::{Finding, Severity};
use crate::past::decisions::{Decision, Decisions};
use crate::report::{Artifact, Desk, Problem, Role, html::Paper};
use crate::source::{Format, Source};
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file with the site that it belongs to.
pub(super) struct Job {
    pub(super) input: Input,
    pub(super) site: usize,
    pub(super) settings: Arc<Settings>,
    /// What standard input held.
    pub(super) given: Option<Vec<u8>>,
    /// True when it is read as another side only (`--against`).
    pub(super) beside: bool,
    /// The text with repairs in it, which stands in for the file from then on.
    pub(super) repaired: Option<Arc<str>>,
}

impl Job {
    /// The text at hand.
    pub(super) fn source(&self) -> Result<Source, Problem> {
        match &self.repaired {
            Some(text) => Ok(Source::new(self.input.shown.as_str(), Arc::clone(text), self.input.format)),
            None => self.original(),
        }
    }

    /// The text as it is on disk or was on standard input.
    pub(super) fn original(&self) -> Result<Source, Problem> {
        let problem = |message: String| Problem { path: self.input.shown.clone(), message };
        let bytes = match &self.given {
            Some(bytes) => bytes.clone(),
            None => std::fs::read(&self.input.path).map_err(|error| problem(format!("cannot be read: {error}")))?,
        };
        Source::from_bytes(self.input.shown.as_str(), bytes, self.input.format)
            .map_err(|error| problem(error.to_string()))
    }

    /// The text by its hash, if it can be read.
    fn artifact(&self) -> Option<Artifact> {
        let source = self.source().ok()?;
        Some(Artifact::new(&self.input.shown, Role::Article, source.text().as_bytes()))
    }
}

/// All articles of a run with what was found in each.
pub(super) struct Articles<'w> {
    pub(super) jobs: Vec<Job>,
    workspace: &'w Workspace,
    across: bool,
    /// What is known of the findings, if that is asked for.
    ledgers: Option<&'w Ledgers>,
    /// What is reported about.
    focus: Focus,
    /// The lowest severity that is shown.
    least: Severity,
    outside: Outside,
    reports: Vec<Checked>,
}

/// What articles name and do not hold themselves.
#[derive(Default)]
struct Outside {
    shelf: Shelf,
    nearby: Nearby,
}

/// What was found in an article, or why it could not be read; and what is wrong with the files that it names.
type Checked = (Result<ArticleReport, Problem>, Vec<Problem>);

impl<'w> Articles<'w> {
    /// Reads and checks all articles. `across`: they are compared with each other.
    pub(super) fn new(workspace: &'w Workspace, jobs: Vec<Job>, across: bool, bar: &ProgressBar) -> Self {
        let outside = Outside::default();
        let reports = jobs
            .par_iter()
            .map(|job| {
                let report = checked(job, workspace, &outside);
                bar.inc(1);
                report
            })
            .collect();
        let (focus, least) = (Focus::default(), Severity::Info);
        Self { jobs, workspace, across, ledgers: None, focus, least, outside, reports }
    }

    /// Checks some articles again, whose texts changed.
    pub(super) fn again(&mut self, changed: &[usize]) {
        let jobs = &self.jobs;
        let (workspace, outside) = (self.workspace, &self.outside);
        let one = |at: &usize| jobs.get(*at).map(|job| (*at, checked(job, workspace, outside)));
        let fresh: Vec<_> = changed.par_iter().filter_map(one).collect();
        for (at, report) in fresh {
            if let Some(own) = self.reports.get_mut(at) {
                *own = report;
            }
        }
    }

    /// Keeps silent what is known from now on.
    pub(super) const fn hold_against(&mut self, ledgers: &'w Ledgers) {
        self.ledgers = Some(ledgers);
    }

    /// Reports only about some articles or lines from now on. `least`: the lowest severity that is shown.
    pub(super) fn narrow(&mut self, focus: Focus, least: Severity) {
        self.focus = focus;
        self.least = least;
    }

    /// All findings of each site, and the files that could not be read.
    pub(super) fn outcomes(&self) -> (Vec<Outcome>, Vec<Problem>) {
        self.outcomes_of(self.reports.clone())
    }

    fn outcomes_of(&self, reports: Vec<Checked>) -> (Vec<Outcome>, Vec<Problem>) {
        let mut problems: Vec<Problem> = Vec::new();
        let mut by_site: Vec<Vec<ArticleReport>> = self.workspace.sites.iter().map(|_| Vec::new()).collect();
        for (job, (report, named)) in self.jobs.iter().zip(reports) {
            // a file that many articles name is told of once
            for problem in named {
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
            match (report, by_site.get_mut(job.site)) {
                (Ok(report), Some(own)) => own.push(report),
                (Ok(_), None) => {}
                (Err(problem), _) => problems.push(problem),
            }
        }
        let finish = |(site, reports): (&Site, Vec<ArticleReport>)| {
            // the process ends soon, and freeing what was found takes its time
            let mut own = ManuallyDrop::new([(site.configured, reports)]);
            site.engine.finish(own.as_mut_slice(), self.across)
        };
        let mut outcomes: Vec<Outcome> = self.workspace.sites.iter().zip(by_site).map(finish).collect();
        for (site, revised) in self.revisions() {
            outcomes.iter_mut().skip(site).take(1).for_each(|own| own.merge(revised.clone()));
        }
        (outcomes, problems)
    }

    /// What changed without a reason in the articles that are not as they were, with their sites.
    fn revisions(&self) -> Vec<(usize, Outcome)> {
        let revised = |job: &Job| {
            let (old, site) = (self.focus.earlier(&job.input.shown)?, self.workspace.sites.get(job.site)?);
            let new = job.source().ok()?;
            let (old, new) = (site.engine.read(old, &job.settings), site.engine.read(&new, &job.settings));
            let outcome = site.engine.revise(&old, &new, &job.settings);
            // the article itself is counted already
            Some((job.site, Outcome { counts: Counts::default(), ..outcome }))
        };
        self.jobs.par_iter().filter_map(revised).collect()
    }

    /// The findings that are not known yet, what became of those that are, and the files that could not be read. What was
    /// found is handed over, not copied: to be asked once.
    pub(super) fn account(&mut self) -> (Outcome, Account, Vec<Problem>) {
        let reports = std::mem::take(&mut self.reports);
        self.account_of(reports)
    }

    fn account_of(&self, reports: Vec<Checked>) -> (Outcome, Account, Vec<Problem>) {
        let read = self.read_of(&reports);
        let (outcomes, problems) = self.outcomes_of(reports);
        let (mut outcome, account) = match self.ledgers {
            Some(ledgers) => ledgers.hold(&self.workspace.sites, outcomes, &read),
            None => {
                let mut all = Outcome::default();
                outcomes.into_iter().for_each(|outcome| all.merge(outcome));
                (all, Account::default())
            }
        };
        self.focus.narrow(&mut outcome, self.least, &|path| self.source(path));
        (outcome, account, problems)
    }

    /// The findings that are not known yet, and the files that could not be read.
    pub(super) fn outcome(&self) -> (Outcome, Vec<Problem>) {
        let (outcome, _, problems) = self.account_of(self.reports.clone());
        (outcome, problems)
    }

    /// The articles of each site that were read.
    pub(super) fn read(&self) -> Vec<Vec<Read<'_>>> {
        self.read_of(&self.reports)
    }

    fn read_of(&self, reports: &[Checked]) -> Vec<Vec<Read<'_>>> {
        let mut by_site: Vec<Vec<Read<'_>>> = self.workspace.sites.iter().map(|_| Vec::new()).collect();
        for (job, _) in self.jobs.iter().zip(reports).filter(|(_, (report, _))| report.is_ok()) {
            let read = (job.input.path.as_path(), &job.settings);
            by_site.iter_mut().skip(job.site).take(1).for_each(|own| own.push(read));
        }
        by_site
    }

    /// Prints a report of what was found.
    ///
    /// # Errors
    /// When output cannot be written.
    pub(super) fn print(
        &self,
        printing: &Printing<'_>,
        outcome: Outcome,
        problems: Vec<Problem>,
    ) -> Result<Status, Failure> {
        let files: Vec<(String, &(PathBuf, Decisions))> = (0..self.workspace.sites.len())
            .filter_map(|site| self.ledgers?.decisions_of(site))
            .map(|desk| (ledger::shown(&desk.0), desk))
            .collect();
        let desks: Vec<Desk<'_>> = files.iter().map(|(path, (_, known))| Desk { path, known }).collect();
        let sites: HashMap<&str, usize> = self.jobs.iter().map(|job| (job.input.shown.as_str(), job.site)).collect();
        let draft = |finding: &Finding| {
            let site = *sites.get(finding.primary.path.as_ref())?;
            let (path, _) = self.ledgers?.decisions_of(site)?;
            let folder = path.parent().unwrap_or(Path::new(""));
            let relative = |path: &str| relative(folder, Path::new(path));
            Some((site, Decision::about(finding, &[], &relative)))
        };
        let material = Material {
            problems,
            rules: self.workspace.rules(),
            artifacts: &|| self.jobs.par_iter().filter_map(Job::artifact).chain(self.workspace.artifacts()).collect(),
            papers: &|| {
                let paper = |job: &Job| {
                    let site = self.workspace.sites.get(job.site)?;
                    Some(Paper::new(site.engine.read(&job.source().ok()?, &job.settings)))
                };
                self.jobs.par_iter().filter(|job| !job.beside).filter_map(paper).collect()
            },
            sources: &|findings| self.sources(findings),
            desks: &desks,
            drafts: &draft,
        };
        printing.print(outcome, material)
    }

    /// The sources that findings point into, read again: they were not kept.
    fn sources(&self, findings: &[&Finding]) -> HashMap<String, Source> {
        let wanted = findings
            .iter()
            .flat_map(|one| std::iter::once(&one.primary.path).chain(one.related.iter().map(|side| &side.place.path)));
        let mut sources = HashMap::new();
        for path in wanted {
            if sources.contains_key(path.as_ref()) {
                continue;
            }
            if let Some(source) = self.source(path) {
                sources.insert(path.to_string(), source);
            }
        }
        sources
    }

    /// A file that findings point into: an article, a facts file, or what an article was.
    fn source(&self, path: &str) -> Option<Source> {
        if let Some(job) = self.jobs.iter().find(|job| job.input.shown == path) {
            return job.source().ok();
        }
        let facts = || {
            self.workspace.facts_files().find(|own| *own == path)?;
            let text = std::fs::read_to_string(path).ok()?;
            Some(Source::new(path, text, Format::Text))
        };
        self.focus.version(path).cloned().or_else(facts)
    }
}

fn checked(job: &Job, workspace: &Workspace, outside: &Outside) -> Checked {
    let source = match job.source() {
        Ok(source) => source,
        Err(problem) => return (Err(problem), Vec::new()),
    };
    let Some(site) = workspace.sites.get(job.site) else {
        let problem = Problem { path: job.input.shown.clone(), message: "has no configuration".to_owned() };
        return (Err(problem), Vec::new());
    };
    let mut article = site.engine.read(&source, &job.settings);
    let mut problems = Vec::new();
    match outside.shelf.library(&job.input.path, &article.document, &site.folder) {
        Ok(library) => article.library = library,
        Err(wrong) => problems = wrong,
    }
    article.gone = outside.nearby.gone(&job.input.path, &article.document, &site.folder);
    (Ok(site.engine.check(&article, &job.settings, &site.house)), problems)
}
