//! A summary in Markdown, for comments on pull requests and summaries of jobs.
//!
//! Findings by file, the worst first, with both sides; what to do and the questions to the authors are folded away.
//! GitHub takes 65,536 characters, so the lists end with how many more there are. What comes from articles is escaped
//! (see [`escape`]).

mod escape;

use super::{Run, prose, summary};
use crate::finding::{Finding, Severity};
use escape::escaped;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The longest text that GitHub takes, in UTF-16 units, the largest of the ways in which it may count.
const LIMIT: usize = 65_536;

/// Where the list of what was not read, of the findings and of the rules must end, so that each has room.
const UNREAD_END: usize = 6_000;
const FINDINGS_END: usize = 40_000;
const RULES_END: usize = 52_000;

/// Kept for the line that says how many more there are, and for what closes a fold.
const RESERVE: usize = 300;

/// Other places of one finding that are listed.
const SIDES: usize = 5;

/// Items below a heading.
type Group = (String, Vec<String>);

/// The summary.
pub fn render(run: &Run<'_>) -> String {
    let mut page = Page::default();
    page.add(&format!("## claimlint: {}\n\nThis run {}.\n", summary::found(run.findings), summary::scope(run)));
    let unread: Vec<String> = run
        .problems
        .iter()
        .map(|problem| format!("- {}: {}\n", escaped(&problem.path), escaped(&problem.message)))
        .collect();
    if !unread.is_empty() {
        page.list(vec![("\n### Not read\n\n".to_owned(), unread)], UNREAD_END, "file");
    }
    page.list(by_file(run), FINDINGS_END, "finding");
    if !run.findings.is_empty() {
        page.fold("What to do, by rule", vec![(String::new(), rules(run))], RULES_END, "rule");
        page.fold("Questions to the authors", questions(run), LIMIT, "question");
    }
    page.text
}

/// The findings of each file, the worst file first, in each the worst finding first.
fn by_file(run: &Run<'_>) -> Vec<Group> {
    let mut files: Vec<Vec<&Finding>> =
        run.findings.chunk_by(|one, two| one.primary.path == two.primary.path).map(prose::worst_first).collect();
    let weight = |file: &[&Finding]| {
        [Severity::Error, Severity::Warning, Severity::Info]
            .map(|severity| file.iter().filter(|one| one.severity == severity).count())
    };
    // stable, so files that are equally bad keep the order of their paths
    files.sort_by_key(|file| std::cmp::Reverse(weight(file)));
    let group = |file: Vec<&Finding>| {
        let path = file.first().map_or_else(String::new, |one| escaped(&one.primary.path));
        let head = format!("\n### {path}\n\n{}\n\n", summary::found(file.iter().copied()));
        (head, file.into_iter().map(item).collect())
    };
    files.into_iter().map(group).collect()
}

/// One finding with its other places.
fn item(one: &Finding) -> String {
    let start = one.primary.start;
    let mut out = format!(
        "- **{}** at {}:{}, {}: {}\n",
        one.severity.name(),
        start.line,
        start.column,
        escaped(&prose::title(one)),
        escaped(&one.message)
    );
    for side in one.related.iter().take(SIDES) {
        let start = side.place.start;
        let path =
            if side.place.path == one.primary.path { String::new() } else { format!("{}:", escaped(&side.place.path)) };
        let message = if side.message.trim().is_empty() { "see also" } else { &side.message };
        // writing to a string does not fail
        let _ = writeln!(out, "  - {path}{}:{}: {}", start.line, start.column, escaped(message));
    }
    if let more @ 1.. = one.related.len().saturating_sub(SIDES) {
        let _ = writeln!(out, "  - and {more} more places");
    }
    out
}

/// What to do about each rule that found something.
fn rules(run: &Run<'_>) -> Vec<String> {
    let mut codes: BTreeMap<&str, (usize, &Finding)> = BTreeMap::new();
    for one in run.findings {
        codes.entry(&one.code).or_insert((0, one)).0 += 1;
    }
    let line = |(count, one): (usize, &Finding)| {
        let standards = run.rule(&one.code).map(|rule| rule.standards.join("; ")).unwrap_or_default();
        let standards = if standards.is_empty() { String::new() } else { format!(" Rests on: {standards}.") };
        // the words of a rule are Markdown already
        format!("- **{}** ({count}): {}{standards}\n", escaped(&prose::title(one)), prose::single(&one.help))
    };
    codes.into_values().map(line).collect()
}

/// The questions to the author of each file, in the order of the text.
fn questions(run: &Run<'_>) -> Vec<Group> {
    let files = run.findings.chunk_by(|one, two| one.primary.path == two.primary.path);
    let group = |file: &[Finding]| {
        let path = file.first().map_or_else(String::new, |one| escaped(&one.primary.path));
        let mut asked: Vec<String> = file.iter().map(|one| format!("- {}\n", escaped(&one.query))).collect();
        asked.dedup();
        if let Some(last) = asked.last_mut() {
            last.push('\n');
        }
        (format!("**{path}**\n\n"), asked)
    };
    files.map(group).collect()
}

/// The text with its length.
#[derive(Default)]
struct Page {
    text: String,
    length: usize,
}

impl Page {
    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += length(text);
    }

    /// As much of a list as ends before `end`; then how many more there are.
    fn list(&mut self, groups: Vec<Group>, end: usize, name: &str) {
        let (mut left, mut files) = (0, 0);
        for (head, items) in groups {
            let mut head = Some(head);
            let before = left;
            for item in items {
                let needed = length(&item) + head.as_deref().map_or(0, length);
                if left > 0 || self.length + needed + RESERVE > end {
                    left += 1;
                    continue;
                }
                if let Some(head) = head.take() {
                    self.add(&head);
                }
                self.add(&item);
            }
            files += usize::from(left > before);
        }
        if left > 0 {
            let many =
                |count: usize, name: &str| if count == 1 { format!("1 {name}") } else { format!("{count} {name}s") };
            let place = if files > 1 { format!(" in {}", many(files, "file")) } else { String::new() };
            let more = many(left, name).replacen(' ', " more ", 1);
            self.add(&format!("\n… and {more}{place}.\n"));
        }
    }

    /// A list that is folded away.
    fn fold(&mut self, head: &str, groups: Vec<Group>, end: usize, name: &str) {
        self.add(&format!("\n<details><summary>{head}</summary>\n\n"));
        self.list(groups, end, name);
        self.add("\n</details>\n");
    }
}

/// In UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
