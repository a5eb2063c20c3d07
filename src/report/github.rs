//! Workflow commands of GitHub Actions: one line a finding, which GitHub shows beside the line of a pull request.
//!
//! The worst come first, since GitHub shows ten errors and ten warnings of a step. Properties and data are escaped as the runner reads them (`%`, line breaks; in properties `:` and `,` too). Columns
//! are left out when a place spans lines, since the runner refuses them there.

use super::{Run, prose};
use crate::finding::Severity;
use std::fmt::Write as _;

/// `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`.
pub fn render(run: &Run<'_>) -> String {
    let mut out = String::new();
    for one in prose::worst_first(run.findings) {
        let (start, end) = (one.primary.start, one.primary.end);
        let command = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = format!("file={},line={},endLine={}", property(&one.primary.path), start.line, end.line);
        // writing to a string does not fail
        if start.line == end.line {
            let _ = write!(properties, ",col={},endColumn={}", start.column, end.column);
        }
        let title = property(&prose::title(one));
        let _ = writeln!(out, "::{command} {properties},title={title}::{}", data(&prose::lines(one).join("\n")));
    }
    for problem in run.problems {
        let (path, message) = (property(&problem.path), data(&problem.message));
        let _ = writeln!(out, "::error file={path},title=not read::{message}");
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_would_misread_is_escaped() {
        assert_eq!(data("100% sure:\r\nyes, ::error::"), "100%25 sure:%0D%0Ayes, ::error::");
        assert_eq!(property("C:\\a,b%.md"), "C%3A\\a%2Cb%25.md");
    }
}
