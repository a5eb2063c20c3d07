//! The last line of a run: what was found, what was read and compared, and what was not. Never "passed".

use super::Run;
use crate::finding::{Finding, Severity, Suppression};

/// The line, without a line end.
pub fn line(run: &Run<'_>) -> String {
    format!("{}; {}", found(run.findings), scope(run))
}

/// How many findings there are of each severity: `2 errors, 1 warning`, or that there is nothing.
pub fn found<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> String {
    let mut counts = SEVERITIES.map(|(_, name)| (0, name));
    for one in findings {
        let at = SEVERITIES.iter().position(|(severity, _)| *severity == one.severity);
        if let Some((count, _)) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let parts: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| plural(count, name)).collect();
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}

/// All severities, worst first, with their words.
const SEVERITIES: [(Severity, &str); 3] =
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];

fn read(run: &Run<'_>) -> String {
    let counts = run.counts;
    let compared = match counts.pairs {
        0 => "no two comparable".to_owned(),
        pairs => plural(pairs, "comparable pair"),
    };
    format!(
        "read {} in {}: {}, {compared}",
        plural(counts.statements, "statement"),
        plural(counts.files, "file"),
        plural(counts.facts, "fact"),
    )
}

/// Of a comparison of versions, `pairs` counts the statements that both have.
fn compared(run: &Run<'_>) -> String {
    let counts = run.counts;
    format!(
        "compared {}: {} of {} are in the earlier version too",
        plural(counts.files, "file"),
        counts.pairs,
        plural(counts.statements, "statement"),
    )
}

/// What was read, what was not, and what is not shown.
pub fn scope(run: &Run<'_>) -> String {
    let counts = run.counts;
    let mut parts = vec![if run.compares { compared(run) } else { read(run) }];
    let unread: Vec<String> = [
        (counts.images, "image"),
        (counts.code, "code block"),
        (counts.foreign, "article in another language"),
        (counts.foreign_blocks, "block in another language"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, name)| plural(count, name))
    .collect();
    if !unread.is_empty() {
        parts.push(format!("not read: {}", unread.join(", ")));
    }
    let how = |by: &Suppression| match by {
        Suppression::Directive { .. } => "silenced by directives",
        Suppression::Baseline => "in the baseline",
        Suppression::Decision { .. } => "accepted",
    };
    for wanted in ["silenced by directives", "in the baseline", "accepted"] {
        let count = run.suppressed.iter().filter(|one| how(&one.by) == wanted).count();
        if count > 0 {
            parts.push(format!("{count} {wanted}"));
        }
    }
    if run.outside > 0 {
        parts.push(format!("{} outside the changed lines", run.outside));
    }
    if run.hidden > 0 {
        parts.push(format!("{} below the severity shown", run.hidden));
    }
    parts.join("; ")
}

/// A number with its noun.
pub(super) fn plural(count: usize, name: &str) -> String {
    match (count, name.split_once(' ')) {
        (1, _) => format!("1 {name}"),
        (_, Some((first, rest))) if rest.starts_with("in ") => format!("{count} {first}s {rest}"),
        _ => format!("{count} {name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Counts;

    #[test]
    fn the_line_says_what_was_read_and_what_was_not() {
        let counts =
            Counts { files: 2, statements: 54, facts: 17, pairs: 6, images: 1, foreign: 2, ..Counts::default() };
        assert_eq!(
            line(&Run { counts, hidden: 3, ..Run::default() }),
            "nothing found; read 54 statements in 2 files: 17 facts, 6 comparable pairs; not read: 1 image, 2 articles \
             in another language; 3 below the severity shown"
        );
    }
}
