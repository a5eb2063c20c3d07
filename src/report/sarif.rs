//! SARIF 2.1.0: one run with its rules, results, files and what could not be read.
//!
//! Columns count Unicode code points, offsets bytes; paths are relative URIs below `%SRCROOT%`. Both sides of a finding
//! stand in `relatedLocations`, those of a contradiction also as a code flow; what directives silence is there with its
//! suppression. The crate `serde-sarif` holds the shape.

mod location;
mod result;
mod rule;
mod uri;

use super::{Artifact, Problem, Role, Run, VERSION};
use serde_json::json;
use serde_sarif::sarif::{
    Artifact as SarifArtifact, ArtifactLocation, Invocation, Location, Message, MultiformatMessageString, Notification,
    PhysicalLocation, Run as SarifRun, SCHEMA_URL, Sarif, Tool, ToolComponent,
};
use std::collections::{BTreeMap, HashMap};

/// The name that stands for the folder in which claimlint ran.
const BASE: &str = "%SRCROOT%";

/// What the results are built from beside the findings.
struct Scope<'r> {
    run: Run<'r>,
    /// Places of files in the run's list.
    files: HashMap<&'r str, i64>,
    /// Places of rules in the tool's list.
    rules: HashMap<&'r str, i64>,
}

/// One log file with one run, on one line.
pub fn render(run: &Run<'_>) -> String {
    let scope = Scope {
        run: *run,
        files: run.artifacts.iter().map(|one| one.path.as_str()).zip(0..).collect(),
        rules: run.rules.iter().map(|rule| rule.code.as_str()).zip(0..).collect(),
    };
    let shown = run.findings.iter().map(|one| (one, None));
    let all = shown.chain(run.suppressed.iter().map(|one| (&one.finding, Some(&one.by))));
    let results: Vec<_> = all.map(|(one, by)| result::result(&scope, one, by)).collect();
    let driver = ToolComponent::builder()
        .name("claimlint")
        .version(VERSION)
        .semantic_version(VERSION)
        .short_description(multiformat("The linter that checks what health articles claim."))
        .language("en")
        .is_comprehensive(true)
        .rules(run.rules.iter().map(|rule| rule::descriptor(rule)).collect::<Vec<_>>())
        .build();
    let base = ArtifactLocation::builder().description("The folder in which claimlint ran.").build();
    let run = SarifRun::builder()
        .tool(Tool::from(driver))
        .invocations(vec![invocation(&scope)])
        .original_uri_base_ids(BTreeMap::from([(BASE.to_owned(), base)]))
        .artifacts(run.artifacts.iter().map(artifact).collect::<Vec<_>>())
        .column_kind(json!("unicodeCodePoints"))
        .default_encoding("utf-8")
        .language("en")
        .results(results)
        .build();
    let log = Sarif::builder().schema(SCHEMA_URL).version(json!("2.1.0")).runs(vec![run]).build();
    let mut out = serde_json::to_string(&log).unwrap_or_default();
    out.push('\n');
    out
}

/// What ran, and what could not be read.
fn invocation(scope: &Scope<'_>) -> Invocation {
    let notification = |problem: &Problem| {
        let place = PhysicalLocation::builder().artifact_location(scope.file(&problem.path)).build();
        Notification::builder()
            .message(Message::from(&problem.message))
            .level(json!("error"))
            .locations(vec![Location::builder().physical_location(place).build()])
            .build()
    };
    Invocation::builder()
        .execution_successful(scope.run.problems.is_empty())
        .tool_execution_notifications(scope.run.problems.iter().map(notification).collect::<Vec<_>>())
        .build()
}

fn artifact(one: &Artifact) -> SarifArtifact {
    let role = match one.role {
        Role::Article => "analysisTarget",
        Role::Config | Role::Rules | Role::Words | Role::Facts | Role::Domains => "userSpecifiedConfiguration",
    };
    SarifArtifact::builder()
        .location(uri::location(&one.path))
        .roles(vec![json!(role)])
        .hashes(BTreeMap::from([("sha-256".to_owned(), one.sha256.clone())]))
        .length(i64::try_from(one.length).unwrap_or(i64::MAX))
        .build()
}

fn multiformat(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

impl Scope<'_> {
    /// The location of a file, with its place in the run's list where it has one.
    fn file(&self, path: &str) -> ArtifactLocation {
        ArtifactLocation { index: self.files.get(path).copied(), ..uri::location(path) }
    }
}
