//! `compare`: two versions in, what changed without a reason out, but for what was decided or is in the baseline.

use super::arguments::{Color, CompareOptions};
use super::ledger::{self, Asked, Ledgers};
use super::printing::{Material, Printing};
use super::version::{self, Side, Version};
use super::workspace::{Wishes, Workspace};
use super::{Failure, Status, check, output};
use crate::engine::{Outcome, Settings};
use crate::finding::Finding;
use crate::report::{Artifact, Problem, Role, html::Paper};
use crate::source::Source;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// `claimlint compare OLD NEW`.
///
/// # Errors
/// When arguments or configuration are wrong or output cannot be written.
pub fn compare(options: &CompareOptions, color: Color) -> Result<Status, Failure> {
    let pairs = match (version::side(&options.old)?, version::side(&options.new)?) {
        (Side::File(old), Side::File(new)) => vec![(old, new)],
        (Side::Folder(old), Side::Folder(new)) => matched(old, new),
        (Side::Folder(_), Side::File(_)) | (Side::File(_), Side::Folder(_)) => {
            return Err(Failure::Usage("a file cannot be compared with a folder".to_owned()));
        }
    };
    let wishes = Wishes { today: options.today.unwrap_or_else(check::today), ..Wishes::default() };
    let mut workspace = Workspace::default();
    let mut jobs = Vec::new();
    for (old, new) in &pairs {
        let index = workspace.site_of(&new.path, options.config.as_deref(), &wishes)?;
        let Some(site) = workspace.sites.get(index) else { continue };
        jobs.push((old, new, index, site.settings(&new.path)?));
    }
    let mut outcomes: Vec<Outcome> = workspace.sites.iter().map(|_| Outcome::default()).collect();
    let mut newer: Vec<Vec<ledger::Read<'_>>> = workspace.sites.iter().map(|_| Vec::new()).collect();
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for (old, new, index, settings) in &jobs {
        let (Some(site), Some(outcome), Some(newer)) =
            (workspace.sites.get(*index), outcomes.get_mut(*index), newer.get_mut(*index))
        else {
            continue;
        };
        read.extend([*old, *new].map(|version| (version, *index, Arc::clone(settings))));
        newer.push((new.path.as_path(), settings));
        let source =
            |version: &Version| version.source().map_err(|message| Problem { path: version.shown.clone(), message });
        match (source(old), source(new)) {
            (Ok(old), Ok(new)) => {
                let (old, new) = (site.engine.read(&old, settings), site.engine.read(&new, settings));
                outcome.merge(site.engine.revise(&old, &new, settings));
            }
            (old, new) => problems.extend(old.err().into_iter().chain(new.err())),
        }
    }
    let ledgers = Ledgers::new(&workspace, Asked::default(), wishes.today)?;
    let (outcome, _) = ledgers.hold(&workspace.sites, outcomes, &newer);
    let material = Material {
        problems,
        rules: workspace.rules(),
        artifacts: &|| {
            pairs.iter().flat_map(|(old, new)| [old, new]).filter_map(artifact).chain(workspace.artifacts()).collect()
        },
        papers: &|| {
            let paper = |(version, site, settings): &(&Version, usize, Arc<Settings>)| {
                let site = workspace.sites.get(*site)?;
                Some(Paper::new(site.engine.read(&version.source().ok()?, settings)))
            };
            read.iter().filter_map(paper).collect()
        },
        sources: &|findings| shown(findings, &pairs),
        desks: &[],
        drafts: &|_| None,
    };
    Printing { options: &options.report, color, compares: true, aside: false }.print(outcome, material)
}

/// The files that both folders have; the others are told and not compared.
fn matched(mut old: BTreeMap<String, Version>, new: BTreeMap<String, Version>) -> Vec<(Version, Version)> {
    let mut pairs = Vec::new();
    let mut alone = 0;
    for (path, version) in new {
        match old.remove(&path) {
            Some(earlier) => pairs.push((earlier, version)),
            None => alone += 1,
        }
    }
    for (count, side) in [(old.len(), "OLD"), (alone, "NEW")] {
        if count > 0 {
            output::note(&format!("not compared: {count} file{} only in {side}", if count == 1 { "" } else { "s" }));
        }
    }
    pairs
}

/// A version by its hash, if it can be read.
fn artifact(version: &Version) -> Option<Artifact> {
    let source = version.source().ok()?;
    Some(Artifact::new(&version.shown, Role::Article, source.text().as_bytes()))
}

/// The sources that findings point into, read again: they were not kept.
fn shown(findings: &[&Finding], pairs: &[(Version, Version)]) -> HashMap<String, Source> {
    let mut sources = HashMap::new();
    for (old, new) in pairs {
        let wanted = findings.iter().any(|one| *one.primary.path == *new.shown);
        for version in [old, new].into_iter().filter(|_| wanted) {
            if let Ok(source) = version.source() {
                sources.insert(version.shown.clone(), source);
            }
        }
    }
    sources
}
