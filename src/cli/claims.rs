//! `claims`: articles in, the inventory of their claims or a facts file out.

use super::arguments::{ClaimsOptions, Listing};
use super::articles::Job;
use super::check;
use super::workspace::Wishes;
use super::{Failure, Status, output};
use crate::fact::Fact;
use crate::inventory::{Claim, claims as inventory, template};
use crate::report::Problem;
use crate::report::claims as report;
use rayon::prelude::*;

/// `claimlint claims [PATHS]`.
///
/// # Errors
/// When arguments or configuration are wrong or output cannot be written.
pub fn claims(options: &ClaimsOptions) -> Result<Status, Failure> {
    let (workspace, jobs) = check::jobs(&options.read, &[], &Wishes::default())?;
    let read = |job: &Job| -> Result<(Vec<Claim>, Vec<Fact>), Problem> {
        let source = job.source()?;
        let Some(site) = workspace.sites.get(job.site) else { return Ok((Vec::new(), Vec::new())) };
        let article = site.engine.read(&source, &job.settings);
        let rows = if options.facts_template { Vec::new() } else { inventory(&article) };
        Ok((rows, if options.facts_template { article.facts } else { Vec::new() }))
    };
    let mut status = Status::Clean;
    let (mut rows, mut facts) = (Vec::new(), Vec::new());
    for one in jobs.par_iter().map(read).collect::<Vec<_>>() {
        match one {
            Ok((own, said)) => {
                rows.extend(own);
                facts.extend(said);
            }
            Err(problem) => {
                output::note(&format!("error: {}: {}", problem.path, problem.message));
                status = Status::Unreadable;
            }
        }
    }
    let text = match (options.facts_template, options.format, workspace.sites.first()) {
        (true, _, Some(site)) => {
            let catalogue = site.engine.catalogue();
            let quantities = |text: &str| catalogue.quantities(text);
            let today = date(options.today.unwrap_or_else(check::today));
            template::facts_file(&facts, &catalogue.frames, &quantities, &today)
        }
        (true, _, None) => String::new(),
        (false, Listing::Table, _) => report::table(&rows),
        (false, Listing::Csv, _) => report::csv(&rows),
        (false, Listing::Json, _) => report::json(&rows),
    };
    match &options.output {
        Some(path) => output::write_whole(path, &text)?,
        None => output::print(&text)?,
    }
    if !options.facts_template && options.format == Listing::Table {
        let bare = rows.iter().filter(|claim| claim.support.is_empty()).count();
        output::note(&format!("{} claims in {} files, {bare} without a source", rows.len(), jobs.len()));
    }
    Ok(status)
}

/// Days since 1970-01-01 as `YYYY-MM-DD`.
fn date(days: i64) -> String {
    let start = jiff::civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(days);
    span.and_then(|span| start.checked_add(span)).unwrap_or(start).to_string()
}
