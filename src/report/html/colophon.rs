//! What was read, what was not, and from which versions of the files the report was made.

use crate::catalogue;
use crate::finding::{Severity, Suppression};
use crate::report::{Role, Run, VERSION, artifact::sha256, summary::plural};

/// The end of the page.
#[derive(Clone, Debug)]
pub struct Colophon {
    /// What was read and compared, a sentence each.
    pub read: Vec<String>,
    /// What was not read.
    pub unread: Vec<String>,
    /// What is left out of the report, a sentence each.
    pub omitted: Vec<String>,
    /// Files that could not be read.
    pub problems: Vec<(String, String)>,
    /// The files that took part.
    pub files: Vec<File>,
}

/// A file that took part.
#[derive(Clone, Debug)]
pub struct File {
    /// What it was.
    pub role: &'static str,
    /// Path as found.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// The end of the page of a run.
pub fn colophon(run: &Run<'_>) -> Colophon {
    let counts = run.counts;
    let mut read = Vec::new();
    if run.compares {
        read.push(format!("{} compared with their earlier versions.", plural(counts.files, "article")));
        let statements = plural(counts.statements, "statement");
        read.push(format!("{statements} read, {} of them in the earlier version too.", counts.pairs));
    } else {
        let statements = plural(counts.statements, "statement");
        let facts = plural(counts.facts, "fact");
        read.push(format!("{statements} with {facts} in {}.", plural(counts.files, "article")));
        read.push(match counts.pairs {
            0 => "No two facts spoke of the same thing, so none could be compared.".to_owned(),
            pairs => format!("{} of facts spoke of the same thing and were compared.", plural(pairs, "pair")),
        });
    }
    let unread = [
        (counts.images, "image"),
        (counts.code, "code block"),
        (counts.foreign, "article in another language"),
        (counts.foreign_blocks, "block in another language"),
    ];
    let unread = unread.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| plural(count, name));
    let mut omitted = Vec::new();
    if run.hidden > 0 {
        let are = if run.hidden == 1 { "is" } else { "are" };
        omitted.push(format!(
            "{} {are} below the severity that was asked for and not shown.",
            plural(run.hidden, "finding")
        ));
    }
    if run.outside > 0 {
        let lie = if run.outside == 1 { "lies" } else { "lie" };
        omitted.push(format!("{} {lie} outside of the changed lines.", plural(run.outside, "finding")));
    }
    let by = |wanted: fn(&Suppression) -> bool| run.suppressed.iter().filter(|one| wanted(&one.by)).count();
    for (count, how) in [
        (by(|by| matches!(by, Suppression::Directive { .. })), "silenced in the articles"),
        (by(|by| matches!(by, Suppression::Baseline)), "known from the baseline"),
        (by(|by| matches!(by, Suppression::Decision { .. })), "accepted by an editor"),
    ] {
        if count > 0 {
            let are = if count == 1 { "is" } else { "are" };
            omitted.push(format!("{} {are} {how}; the report shows them in grey.", plural(count, "finding")));
        }
    }
    let built_in = File {
        role: "Rules",
        path: format!("the rules of claimlint {VERSION}"),
        sha256: sha256(&catalogue::built_in().concat()),
    };
    let files = run.artifacts.iter().map(|one| File {
        role: match one.role {
            Role::Article => "Article",
            Role::Config => "Settings",
            Role::Rules => "Rules",
            Role::Words => "Words",
            Role::Facts => "Facts",
            Role::Domains => "Domains",
        },
        path: one.path.clone(),
        sha256: one.sha256.clone(),
    });
    Colophon {
        read,
        unread: unread.collect(),
        omitted,
        problems: run.problems.iter().map(|one| (one.path.clone(), one.message.clone())).collect(),
        files: std::iter::once(built_in).chain(files).collect(),
    }
}

/// The headline: what was found, and in how many articles.
pub fn headline(run: &Run<'_>) -> String {
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "query")]
        .into_iter()
        .map(|(severity, name)| (run.count(severity), name))
        .filter(|(count, _)| *count > 0)
        .map(
            |(count, name)| {
                if name == "query" && count != 1 { format!("{count} queries") } else { plural(count, name) }
            },
        )
        .collect();
    let found = match parts.as_slice() {
        [] => "Nothing found".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    };
    format!("{found} in {}", plural(run.counts.files, "article"))
}
