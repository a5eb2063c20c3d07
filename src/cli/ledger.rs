//! The files of what is known of a site's findings: found, read, held against a run, and written.

use super::discover::relative;
use super::workspace::{Site, Workspace};
use super::{Failure, house, output};
use crate::catalogue::Catalogue;
use crate::engine::{Outcome, Settings};
use crate::finding::Severity;
use crate::past::Reach;
use crate::past::baseline::{self, Baseline, Gone};
use crate::past::decisions::{Decisions, State};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many entries that no longer occur are named.
const NAMED: usize = 5;

/// What is known of the findings of a run's sites.
pub struct Ledgers {
    /// Baselines by their files; sites may share one.
    baselines: Vec<(PathBuf, Baseline)>,
    /// For each site the index of its baseline.
    of_site: Vec<Option<usize>>,
    /// For each site its decisions, and their file.
    decisions: Vec<(PathBuf, Decisions)>,
    /// Today, `YYYY-MM-DD`.
    today: String,
    /// The lowest severity that baselines take in.
    write: Option<Severity>,
    /// What no longer occurs is taken out of baselines.
    prune: bool,
}

/// What became of the entries in a run.
#[derive(Default)]
pub struct Account {
    /// For each baseline what it is after the run, and which of its entries are gone.
    baselines: Vec<(Baseline, Vec<Gone>)>,
    /// For each site the states of its decisions, in their order.
    pub states: Vec<Vec<State>>,
}

/// An article that was read: where it is, what was asked of it.
pub type Read<'a> = (&'a Path, &'a Arc<Settings>);

/// What the arguments say of the baseline.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// `--baseline`.
    pub file: Option<&'a Path>,
    /// `--write-baseline`: the lowest severity that is taken in. The file need not be there yet.
    pub write: Option<Severity>,
    /// `--prune-baseline`.
    pub prune: bool,
}

impl Ledgers {
    /// Reads the files of all sites.
    ///
    /// # Errors
    /// When a file that is asked for is not there, or one cannot be read.
    pub fn new(workspace: &Workspace, asked: Asked<'_>, today: i64) -> Result<Self, Failure> {
        let (baselines, of_site, decisions) = (Vec::new(), Vec::new(), Vec::new());
        let mut ledgers =
            Self { baselines, of_site, decisions, today: day(today), write: asked.write, prune: asked.prune };
        for site in &workspace.sites {
            let named = asked.file.map(Path::to_owned).or_else(|| site.baseline());
            let path = named.or_else(|| asked.write.map(|_| site.folder.join(baseline::FILE_NAME)));
            if path.is_none() && asked.prune {
                let help = "name it by --baseline, or by the key `baseline` in claimlint.toml";
                return Err(Failure::Usage(format!("there is no baseline to prune: {help}")));
            }
            let known = |path: &PathBuf| ledgers.baselines.iter().position(|(other, _)| other == path);
            let index = match path {
                None => None,
                Some(path) => match known(&path) {
                    Some(index) => Some(index),
                    None => {
                        let baseline = if asked.write.is_some() && !path.exists() {
                            Baseline::default()
                        } else {
                            Baseline::parse(&house::data_file(&path)?)?
                        };
                        ledgers.baselines.push((path, baseline));
                        Some(ledgers.baselines.len() - 1)
                    }
                },
            };
            ledgers.of_site.push(index);
            let path = site.decisions();
            let decisions = if path.is_file() || site.names_decisions() {
                Decisions::parse(&house::data_file(&path)?)?
            } else {
                Decisions::default()
            };
            ledgers.decisions.push((path, decisions));
        }
        Ok(ledgers)
    }

    /// Keeps silent what is known; `outcomes` and `read` are those of each site.
    pub fn hold(&self, sites: &[Site], outcomes: Vec<Outcome>, read: &[Vec<Read<'_>>]) -> (Outcome, Account) {
        let mut account = Account::default();
        let mut of_baseline: Vec<Outcome> = self.baselines.iter().map(|_| Outcome::default()).collect();
        let mut all = Outcome::default();
        for (index, (mut outcome, site)) in outcomes.into_iter().zip(sites).enumerate() {
            if let Some((path, decisions)) = self.decisions.get(index) {
                let own = read.get(index).into_iter().flatten().map(|read| (*read, site.engine.catalogue()));
                let hold = |reach: &Reach<'_>| decisions.hold(&mut outcome, reach, &self.today);
                // where nothing was decided, no path need be known
                account.states.push(if decisions.is_empty() { Vec::new() } else { with_reach(path, own, hold) });
            }
            match self.of_site.get(index).copied().flatten().and_then(|index| of_baseline.get_mut(index)) {
                Some(shared) => shared.merge(outcome),
                None => all.merge(outcome),
            }
        }
        for (index, (mut outcome, (path, baseline))) in of_baseline.into_iter().zip(&self.baselines).enumerate() {
            let own = sites.iter().zip(read).zip(&self.of_site).filter(|(_, other)| **other == Some(index));
            let own = own.flat_map(|((site, read), _)| read.iter().map(|read| (*read, site.engine.catalogue())));
            let mut after = baseline.clone();
            let gone = with_reach(path, own, |reach| {
                after.hold(&mut outcome, reach);
                let gone = after.gone(reach);
                match self.write {
                    Some(least) => {
                        after.prune(&gone);
                        after.learn(&mut outcome, least, reach);
                        Vec::new()
                    }
                    None => gone,
                }
            });
            account.baselines.push((after, gone));
            all.merge(outcome);
        }
        (all, account)
    }

    /// The decisions of a site, and their file.
    pub fn decisions_of(&self, site: usize) -> Option<&(PathBuf, Decisions)> {
        self.decisions.get(site)
    }

    /// Writes the baselines where that is asked for.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&self, account: &Account) -> Result<(), Failure> {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        for ((path, before), (after, gone)) in self.baselines.iter().zip(&account.baselines) {
            if self.write.is_some() {
                replace(path, before, after)?;
                output::note(&format!("{}: {} finding{}", shown(path), after.len(), plural(after.len())));
            } else if self.prune {
                let mut left = after.clone();
                left.prune(gone);
                replace(path, before, &left)?;
                output::note(&format!("{}: {} taken out, {} left", shown(path), before.len() - left.len(), left.len()));
            }
        }
        Ok(())
    }

    /// Says which entries of baselines no longer occur and are still in the file.
    pub fn tell_gone(&self, account: &Account) {
        if self.prune {
            return;
        }
        for ((path, _), (_, gone)) in self.baselines.iter().zip(&account.baselines) {
            let count: u32 = gone.iter().map(|one| one.count).sum();
            if count == 0 {
                continue;
            }
            let file = shown(path);
            let (verb, them) =
                if count == 1 { ("finding no longer occurs", "it") } else { ("findings no longer occur", "them") };
            output::note(&format!("{file}: {count} {verb}; --prune-baseline takes {them} out"));
            for one in gone.iter().take(NAMED) {
                output::note(&format!("  {} {}: “{}”", one.key.code, one.key.path, one.text));
            }
            if gone.len() > NAMED {
                output::note(&format!("  and {} more", gone.len() - NAMED));
            }
        }
    }
}

/// Writes a baseline where it says something new, or is not there yet.
fn replace(path: &Path, before: &Baseline, after: &Baseline) -> Result<(), Failure> {
    let text = after.render();
    if text != before.render() || !path.exists() { output::write_whole(path, &text) } else { Ok(()) }
}

/// Runs something with what a run looked at, as a file of known findings sees it.
pub fn with_reach<'a, T>(
    file: &Path,
    read: impl Iterator<Item = (Read<'a>, &'a Catalogue)>,
    run: impl FnOnce(&Reach<'_>) -> T,
) -> T {
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    let articles: BTreeMap<String, (Arc<Settings>, &Catalogue)> = read
        .map(|((path, settings), catalogue)| (relative(&folder, path), (Arc::clone(settings), catalogue)))
        .collect();
    let reach = Reach {
        articles,
        relative: &|path| relative(&folder, Path::new(path)),
        exists: &|path| folder.join(path).is_file(),
    };
    run(&reach)
}

/// A path as messages show it.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    super::discover::shown(path.strip_prefix(here).unwrap_or(path))
}

/// Days since 1970-01-01 as `YYYY-MM-DD`.
pub fn day(days: i64) -> String {
    let start = jiff::civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(days);
    span.and_then(|span| start.checked_add(span)).unwrap_or(start).to_string()
}
