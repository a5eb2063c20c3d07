//! JUnit XML: a suite for each article, a failed test for each finding.
//!
//! An article without findings is one test that did not fail, so that systems which call an empty report broken take
//! it; what could not be read is an error.

use super::{Role, Run, prose};
use crate::finding::Finding;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite, XmlString};
use std::collections::BTreeMap;

/// The report as one XML document.
pub fn render(run: &Run<'_>) -> String {
    let mut suites: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    for artifact in run.artifacts.iter().filter(|one| one.role == Role::Article) {
        suites.entry(&artifact.path).or_default();
    }
    for one in run.findings {
        suites.entry(&one.primary.path).or_default().push(failure(one));
    }
    for problem in run.problems {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(problem.message.as_str()).set_type("not-read");
        let mut case = TestCase::new("read", status);
        case.set_classname(problem.path.as_str());
        suites.entry(&problem.path).or_default().push(case);
    }
    let mut report = Report::new("claimlint");
    for (path, mut cases) in suites {
        if cases.is_empty() {
            let mut case = TestCase::new("read, nothing found", TestCaseStatus::success());
            case.set_classname(path);
            cases.push(case);
        }
        let mut suite = TestSuite::new(path);
        suite.add_test_cases(cases);
        report.add_test_suite(suite);
    }
    let mut out = report.to_string().unwrap_or_default();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn failure(one: &Finding) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(prose::single(&one.message)).set_type(one.severity.name()).set_description(format!(
        "{}\n{}",
        prose::place(&one.primary),
        prose::lines(one).join("\n")
    ));
    let start = one.primary.start;
    let mut case = TestCase::new(format!("{} at {}:{}", prose::title(one), start.line, start.column), status);
    case.set_classname(one.primary.path.as_ref());
    case.extra.insert(XmlString::new("file"), XmlString::new(one.primary.path.as_ref()));
    case.extra.insert(XmlString::new("line"), XmlString::new(start.line.to_string()));
    case
}
