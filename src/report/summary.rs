//! The last line of a run: what was found, what was read and compared, and what was not. Never "passed".

use crate::engine::Counts;
use crate::finding::{Finding, Severity};

/// The line, without a line end. `hidden`: findings below the severity that is shown; `silenced`: by directives.
pub fn line(findings: &[Finding], counts: Counts, hidden: usize, silenced: usize) -> String {
    let compared = match counts.pairs {
        0 => "no two comparable".to_owned(),
        pairs => plural(pairs, "comparable pair"),
    };
    let read = format!(
        "read {} in {}: {}, {compared}",
        plural(counts.statements, "statement"),
        plural(counts.files, "file"),
        plural(counts.facts, "fact"),
    );
    around(&read, findings, counts, hidden, silenced)
}

/// The line of a comparison of versions; `pairs` counts the statements that both have.
pub fn compared(findings: &[Finding], counts: Counts, hidden: usize, silenced: usize) -> String {
    let read = format!(
        "compared {}: {} of {} are in the earlier version too",
        plural(counts.files, "file"),
        counts.pairs,
        plural(counts.statements, "statement"),
    );
    around(&read, findings, counts, hidden, silenced)
}

/// What was found, what was read, what was not.
fn around(read: &str, findings: &[Finding], counts: Counts, hidden: usize, silenced: usize) -> String {
    let of = |severity: Severity| findings.iter().filter(|one| one.severity == severity).count();
    let mut found: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")]
        .into_iter()
        .filter(|(severity, _)| of(*severity) > 0)
        .map(|(severity, name)| plural(of(severity), name))
        .collect();
    if found.is_empty() {
        found.push("nothing found".to_owned());
    }
    let mut parts = vec![found.join(", "), read.to_owned()];
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
    if silenced > 0 {
        parts.push(format!("{silenced} silenced by directives"));
    }
    if hidden > 0 {
        parts.push(format!("{hidden} below the severity shown"));
    }
    parts.join("; ")
}

fn plural(count: usize, name: &str) -> String {
    match (count, name.split_once(' ')) {
        (1, _) => format!("1 {name}"),
        (_, Some((first, rest))) if rest.starts_with("in ") => format!("{count} {first}s {rest}"),
        _ => format!("{count} {name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_was_read_and_what_was_not() {
        let counts =
            Counts { files: 2, statements: 54, facts: 17, pairs: 6, images: 1, foreign: 2, ..Counts::default() };
        assert_eq!(
            line(&[], counts, 3, 1),
            "nothing found; read 54 statements in 2 files: 17 facts, 6 comparable pairs; not read: 1 image, 2 articles \
             in another language; 1 silenced by directives; 3 below the severity shown"
        );
    }
}
