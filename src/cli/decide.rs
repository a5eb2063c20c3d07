//! `accept` and `decisions`: what editors decide about findings goes into a file, and comes out with how it stands.

use super::arguments::{AcceptOptions, DecisionsFormat, DecisionsOptions};
use super::articles::Articles;
use super::focus::Focus;
use super::ledger::{self, Asked, Ledgers};
use super::workspace::Wishes;
use super::{Failure, Status, check, output};
use crate::finding::{Finding, Fingerprint, Severity};
use crate::past::decisions::{Decision, State};
use crate::report::decisions as report;
use indicatif::ProgressBar;
use std::path::Path;

/// The shortest beginning of a fingerprint that is looked for.
const SHORT: usize = 4;

/// `claimlint accept FINGERPRINT`.
///
/// # Errors
/// When no finding or more than one has such a fingerprint, or the decision lacks something.
pub fn accept(options: &AcceptOptions) -> Result<Status, Failure> {
    let today = options.today.unwrap_or_else(check::today);
    for (name, text) in [("--reason", &options.reason), ("--by", &options.by)] {
        if text.trim().is_empty() {
            return Err(Failure::Usage(format!("{name} needs some words")));
        }
    }
    if let Some(until) = options.until.filter(|until| *until < today) {
        return Err(Failure::Usage(format!("--until {} is past", ledger::day(until))));
    }
    let print = Print::new(&options.fingerprint)?;
    let wishes = Wishes { facts: options.facts.clone(), today, ..Wishes::default() };
    let (workspace, jobs) = check::jobs(&options.read, &[], &wishes)?;
    let ledgers = Ledgers::new(&workspace, Asked::default(), today)?;
    let focus = Focus::new(&workspace, &jobs, options.changed_since.as_deref())?;
    let mut articles = Articles::new(&workspace, jobs, true, &ProgressBar::hidden());
    articles.narrow(focus, Severity::Info);
    let (outcomes, problems) = articles.outcomes();
    for problem in &problems {
        output::note(&format!("error: {}: {}", problem.path, problem.message));
    }
    let found = outcomes.iter().enumerate().flat_map(|(site, one)| one.findings.iter().map(move |one| (site, one)));
    let (site, finding) = match chosen(&print, options.article.as_deref(), found.collect())? {
        Some(one) => one,
        None => {
            let silent = |finding: &Finding| print.begins(finding.fingerprint);
            let silenced = outcomes.iter().any(|one| one.suppressed.iter().any(|one| silent(&one.finding)));
            let why = if silenced { "a directive silences this finding already" } else { "no finding has it" };
            return Err(Failure::Usage(format!("`{}`: {why} in what was read", options.fingerprint)));
        }
    };
    let (held, account) = ledgers.hold(&workspace.sites, outcomes.clone(), &articles.read());
    let together: Vec<&Finding> = held.findings.iter().filter(|other| shown_with(finding, other)).collect();
    let Some((path, known)) = ledgers.decisions_of(site) else { return Ok(Status::Clean) };
    let folder = path.parent().unwrap_or(Path::new(""));
    let decision = Decision {
        verdict: options.verdict.into(),
        by: options.by.trim().to_owned(),
        on: ledger::day(today),
        until: options.until.map(ledger::day),
        reason: options.reason.trim().to_owned(),
        ..Decision::about(finding, &together, &|path| super::discover::relative(folder, Path::new(path)))
    };
    let mut decisions = known.clone();
    // what was decided before one side changed is decided anew
    let states = account.states.get(site).map_or(&[][..], Vec::as_slice);
    decisions.take_out(states, |state| matches!(state, State::Reopened { now, .. } if *now == decision.fingerprint));
    let verdict = decision.verdict.name();
    decisions.put(decision);
    output::write_whole(path, &decisions.render())?;
    let place = &finding.primary;
    let where_ = format!("{}, line {}: “{}”", place.path, place.start.line, place.text.trim());
    let more = if together.is_empty() { String::new() } else { format!(" ({} more in this article)", together.len()) };
    output::note(&format!("{}: {verdict}: {} in {where_}{more}", ledger::shown(path), finding.code));
    Ok(if problems.is_empty() { Status::Clean } else { Status::Unreadable })
}

/// True when a report shows another finding as one with this, which stands before it.
fn shown_with(finding: &Finding, other: &Finding) -> bool {
    finding.gathers
        && (&other.code, &other.primary.path, other.severity)
            == (&finding.code, &finding.primary.path, finding.severity)
        && other.fingerprint != finding.fingerprint
}

/// The beginning of a fingerprint.
struct Print(String);

impl Print {
    fn new(text: &str) -> Result<Self, Failure> {
        let text = text.trim().to_ascii_lowercase();
        let known = |char: char| char.is_ascii_hexdigit() || char == '-';
        if text.len() < SHORT || !text.chars().all(known) {
            let form = format!("at least {SHORT} of the letters 0-9 and a-f, as `check` prints them");
            return Err(Failure::Usage(format!("`{text}` is no fingerprint: {form}")));
        }
        Ok(Self(text))
    }

    fn begins(&self, whole: Fingerprint) -> bool {
        let whole = whole.to_string();
        if self.0.contains('-') { whole == self.0 } else { whole.starts_with(&self.0) }
    }
}

/// The finding that is meant, with its site; none when nothing begins so.
fn chosen<'f>(
    print: &Print,
    article: Option<&Path>,
    mut found: Vec<(usize, &'f Finding)>,
) -> Result<Option<(usize, &'f Finding)>, Failure> {
    let same = |finding: &Finding| {
        article
            .is_none_or(|article| std::path::absolute(article).ok() == std::path::absolute(&*finding.primary.path).ok())
    };
    found.retain(|(_, finding)| print.begins(finding.fingerprint) && same(finding));
    // the first of its kind is written as all of them begin
    if let Some((_, first)) = found.first().copied() {
        let alike = |other: &Finding| {
            other.fingerprint.kind == first.fingerprint.kind && other.primary.path == first.primary.path
        };
        if found.iter().all(|(_, other)| alike(other)) {
            return Ok(found.first().copied());
        }
    }
    let list = |found: &[(usize, &Finding)]| {
        let line = |finding: &Finding| {
            let place = &finding.primary;
            format!("\n  {} {} {}:{}", finding.fingerprint, finding.code, place.path, place.start.line)
        };
        found.iter().map(|(_, finding)| line(finding)).collect::<String>()
    };
    match found.as_slice() {
        [] => Ok(None),
        [(_, first), rest @ ..] if rest.iter().all(|(_, one)| one.fingerprint.kind == first.fingerprint.kind) => {
            let help = "say which article is meant by --article";
            Err(Failure::Usage(format!("`{}` stands in several articles; {help}:{}", print.0, list(&found))))
        }
        all => Err(Failure::Usage(format!("`{}` begins several fingerprints:{}", print.0, list(all)))),
    }
}

/// `claimlint decisions`.
///
/// # Errors
/// When arguments, configuration or a file of decisions are wrong.
pub fn decisions(options: &DecisionsOptions) -> Result<Status, Failure> {
    let today = options.today.unwrap_or_else(check::today);
    let wishes = Wishes { facts: options.facts.clone(), today, ..Wishes::default() };
    let (workspace, jobs) = check::jobs(&options.read, &[], &wishes)?;
    let ledgers = Ledgers::new(&workspace, Asked::default(), today)?;
    let articles = Articles::new(&workspace, jobs, true, &ProgressBar::hidden());
    let (outcomes, problems) = articles.outcomes();
    for problem in &problems {
        output::note(&format!("error: {}: {}", problem.path, problem.message));
    }
    let (_, account) = ledgers.hold(&workspace.sites, outcomes, &articles.read());
    let mut rows = Vec::new();
    for (site, states) in account.states.iter().enumerate() {
        let Some((path, known)) = ledgers.decisions_of(site) else { continue };
        rows.extend(known.all().zip(states).filter(|(_, state)| !(options.prune && **state == State::Gone)));
        if options.prune {
            let mut left = known.clone();
            let count = left.take_out(states, |state| *state == State::Gone);
            if count > 0 {
                output::write_whole(path, &left.render())?;
                output::note(&format!("{}: {count} taken out", ledger::shown(path)));
            }
        }
    }
    output::print(&match options.format {
        DecisionsFormat::Table => report::table(&rows),
        DecisionsFormat::Json => report::json(&rows),
    })?;
    if options.format == DecisionsFormat::Table {
        output::note(&report::summary(&rows));
    }
    Ok(if problems.is_empty() { Status::Clean } else { Status::Unreadable })
}
