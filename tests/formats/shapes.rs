//! The shapes that other programs demand of a report, and what each keeps of the other side of a contradiction.

use crate::folder::Folder;
use crate::readers::elements;
use crate::{report, site};
use serde::Deserialize;
use serde_json::Value;

const BOTH: &str = "# Ketamine\n\nA ketamine infusion lasts 40 minutes.\n\nThe ketamine infusion lasts 15 minutes.\n";

fn both(format: &str) -> String {
    Folder::new(&[("a.md", BOTH)]).run(&format!("check --select C001 --format {format} a.md")).out
}

/// What GitLab demands of an entry: these, of these types, and no fingerprint twice.
#[derive(Deserialize)]
#[allow(dead_code, reason = "read for its shape")]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: GitlabSeverity,
    location: GitlabLocation,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum GitlabSeverity {
    Info,
    Minor,
    Major,
    Critical,
    Blocker,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read for its shape")]
struct GitlabLocation {
    path: String,
    lines: GitlabLines,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read for its shape")]
struct GitlabLines {
    begin: u32,
}

#[test]
fn gitlab_takes_the_report_and_keeps_every_entry() {
    let issues: Vec<Issue> = serde_json::from_str(&report(&site(), "gitlab")).unwrap();
    let mut prints: Vec<&str> = issues.iter().map(|one| one.fingerprint.as_str()).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), issues.len(), "GitLab shows one entry of each fingerprint");
    let issues: Value = serde_json::from_str(&both("gitlab")).unwrap();
    let description = issues[0]["description"].as_str().unwrap();
    assert!(description.ends_with("40 min here (a.md:3:27)"), "{description}");
    assert_eq!(issues[0]["other_locations"][0]["lines"]["begin"], 3);
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let prints = |text: &str| -> Vec<String> {
        let out = Folder::new(&[("a.md", text)]).run("check --format gitlab a.md").out;
        let issues: Vec<Issue> = serde_json::from_str(&out).unwrap();
        issues.into_iter().map(|one| one.fingerprint).collect()
    };
    let text = "About 62% of patients improved.\n\nStudies show that it helps.\n";
    assert_eq!(prints(text), prints(&format!("A line before.\n\n{text}")));
    assert_ne!(prints(text), prints(&text.replace("62%", "63%")));
}

/// reviewdog refuses keys that it does not know.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read for its shape")]
struct DiagnosticResult {
    source: RdSource,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read for its shape")]
struct RdSource {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read for its shape")]
struct Diagnostic {
    message: String,
    location: RdLocation,
    severity: RdSeverity,
    code: Option<RdCode>,
    #[serde(default)]
    suggestions: Vec<Suggestion>,
    #[serde(default)]
    related_locations: Vec<RdRelated>,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum RdSeverity {
    Error,
    Warning,
    Info,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read for its shape")]
struct RdCode {
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read for its shape")]
struct RdLocation {
    path: String,
    range: Option<RdRange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RdRange {
    start: RdPosition,
    end: RdPosition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RdPosition {
    line: usize,
    column: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggestion {
    range: RdRange,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read for its shape")]
struct RdRelated {
    message: String,
    location: RdLocation,
}

#[test]
fn reviewdog_takes_the_report_with_both_sides() {
    let all: DiagnosticResult = serde_json::from_str(&report(&site(), "rdjson")).unwrap();
    let unread = all.diagnostics.iter().find(|one| one.location.path == "latin.md").unwrap();
    assert!(unread.message.contains("UTF-8"));
    let one: DiagnosticResult = serde_json::from_str(&both("rdjson")).unwrap();
    let side = &one.diagnostics[0].related_locations[0];
    assert_eq!((side.location.path.as_str(), side.location.range.as_ref().unwrap().start.line), ("a.md", 3));
}

#[test]
fn a_suggestion_of_reviewdog_mends_the_text_when_it_is_put_in() {
    let text = "Ärzte: take .5 mg of lorazepam a day.\n";
    let out = Folder::new(&[("a.md", text)]).run("check --select S018 --format rdjson a.md").out;
    let all: DiagnosticResult = serde_json::from_str(&out).unwrap();
    let Suggestion { range, text: new } = &all.diagnostics[0].suggestions[0];
    assert_eq!((range.start.line, range.end.line), (1, 1));
    let mended = format!("{}{new}{}", &text[..range.start.column - 1], &text[range.end.column - 1..]);
    assert_eq!(mended, "Ärzte: take 0.5 mg of lorazepam a day.\n");
}

#[test]
fn xml_holds_both_sides_and_what_could_not_be_read() {
    let failure = |xml: &str, name: &str| elements(xml).into_iter().find(|one| one.0 == name).unwrap();
    let (_, _, body) = failure(&both("junit"), "failure");
    assert!(body.contains("a.md:5:29") && body.contains("40 min here (a.md:3:27)"), "{body}");
    let (_, attributes, _) = failure(&both("checkstyle"), "error");
    assert!(attributes.iter().any(|(_, value)| value.contains("40 min here (a.md:3:27)")), "{attributes:?}");
    let (_, attributes, _) = failure(&report(&site(), "junit"), "error");
    assert!(attributes.iter().any(|(_, value)| value.contains("UTF-8")), "{attributes:?}");
}

#[test]
fn a_workflow_command_is_one_line_with_both_sides() {
    let out = both("github");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("::error file=a.md,line=5,endLine=5,col=29,endColumn=39,title=C001 value-conflict::"));
    assert!(out.contains("%0A40 min here (a.md:3:27)%0A"), "{out}");
}
