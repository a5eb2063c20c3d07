//! SARIF against its official schema, and what each part of a log says.

use crate::folder::Folder;
use crate::{report, site};
use jsonschema::Validator;
use serde_json::Value;
use std::sync::LazyLock;

const SCHEMA: &str = include_str!("../data/sarif-schema-2.1.0.json");

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    // the pattern of languages ends in a bracket that nothing opens, which not every regex engine takes
    let schema: Value = serde_json::from_str(&SCHEMA.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

/// The log, once the schema has taken it.
fn valid(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<String> =
        VALIDATOR.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    log
}

fn checked(files: &[(&str, &str)], arguments: &str) -> Value {
    let ran = Folder::new(files).run(&format!("check --format sarif --today 2026-11-01 {arguments}"));
    valid(&ran.out)["runs"][0].clone()
}

fn results(run: &Value) -> &Vec<Value> {
    run["results"].as_array().unwrap()
}

#[test]
fn the_official_schema_takes_the_log() {
    let log = valid(&report(&site(), "sarif"));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    // the schema would refuse a log with a key of another name
    let mut broken = log.clone();
    broken["runs"][0]["colums"] = Value::from("utf16CodeUnits");
    assert!(!VALIDATOR.is_valid(&broken));
}

#[test]
fn every_result_points_at_its_rule_and_its_file() {
    let log = valid(&report(&site(), "sarif"));
    let run = &log["runs"][0];
    let index = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    for one in results(run) {
        assert_eq!(run["tool"]["driver"]["rules"][index(&one["ruleIndex"])]["id"], one["ruleId"]);
        let place = &one["locations"][0]["physicalLocation"];
        let file = &place["artifactLocation"];
        assert_eq!(file["uriBaseId"], "%SRCROOT%");
        assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
        let artifact = &run["artifacts"][index(&file["index"])];
        assert_eq!(artifact["location"]["uri"], file["uri"]);
        assert_eq!(artifact["hashes"]["sha-256"].as_str().unwrap().len(), 64);
        assert!(place["region"]["snippet"]["text"].is_string());
    }
    let uris: Vec<&str> =
        run["artifacts"].as_array().unwrap().iter().map(|one| one["location"]["uri"].as_str().unwrap()).collect();
    assert!(uris.contains(&"a%20b%2C50%25.md") && uris.contains(&"sub/%C3%A9%20%231.html"), "{uris:?}");
}

#[test]
fn every_rule_says_why_and_what_to_do_and_none_claims_to_be_about_security() {
    let run = checked(&[("a.md", "Drink a glass of water with each tablet.\n")], "a.md");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.len() > 50);
    for rule in rules {
        for part in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[part]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("**What to do:**"), "{rule}");
        assert!(["error", "warning", "note"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
        assert!(["high", "medium", "low"].contains(&rule["properties"]["precision"].as_str().unwrap()));
        assert!(
            rule["properties"]["tags"].as_array().is_some_and(|tags| !tags.is_empty() && tags.len() <= 20),
            "{rule}"
        );
        assert!(rule["properties"].get("security-severity").is_none());
    }
    assert_eq!(results(&run).len(), 0);
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn both_sides_of_a_contradiction_are_there_in_the_unit_that_the_log_declares() {
    let text =
        "# Ketamine\n\nÄrzte 🙂. A ketamine infusion lasts 40 minutes.\n\nThe ketamine infusion lasts 15 minutes.\n";
    let run = checked(&[("a.md", text)], "--select C001 a.md");
    let one = &results(&run)[0];
    let region = |place: &Value| place["physicalLocation"]["region"].clone();
    let (here, there) = (region(&one["locations"][0]), region(&one["relatedLocations"][0]));
    assert_eq!(here["snippet"]["text"], "15 minutes");
    assert_eq!(there["snippet"]["text"], "40 minutes");
    let line: Vec<char> = text.lines().nth(2).unwrap().chars().collect();
    let column = |key: &str| usize::try_from(there[key].as_u64().unwrap()).unwrap() - 1;
    let shown: String = line[column("startColumn")..column("endColumn")].iter().collect();
    assert_eq!(shown, "40 minutes", "columns count code points");
    let byte = |key: &str| usize::try_from(there[key].as_u64().unwrap()).unwrap();
    assert_eq!(&text[byte("byteOffset")..byte("byteOffset") + byte("byteLength")], "40 minutes");
    assert!(one["message"]["text"].as_str().unwrap().ends_with("[40 min here](1)"), "{one}");
    let steps = one["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let words: Vec<Value> = steps.iter().map(|step| region(&step["location"])["snippet"]["text"].clone()).collect();
    assert_eq!(words, ["40 minutes", "15 minutes"]);
    let json = Folder::new(&[("a.md", text)]).run("check --format json --select C001 a.md").json();
    assert_eq!(one["partialFingerprints"]["claimlint/v1"], json["findings"][0]["fingerprint"]);
}

#[test]
fn a_fix_replaces_what_it_says() {
    let text = "Ärzte: take .5 mg of lorazepam a day.\n";
    let run = checked(&[("a.md", text)], "--select S018 a.md");
    let change = &results(&run)[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "a.md");
    let edit = &change["replacements"][0];
    let byte = |key: &str| usize::try_from(edit["deletedRegion"][key].as_u64().unwrap()).unwrap();
    let (start, end) = (byte("byteOffset"), byte("byteOffset") + byte("byteLength"));
    let new = edit["insertedContent"]["text"].as_str().unwrap();
    assert_eq!(format!("{}{new}{}", &text[..start], &text[end..]), "Ärzte: take 0.5 mg of lorazepam a day.\n");
}

#[test]
fn what_a_directive_silences_is_there_with_its_reason() {
    let text = "<!-- claimlint-disable-next-line S001 -- our own audit -->\nAbout 71% of patients improved.\n\n\
                About 38% of men died.\n";
    let run = checked(&[("a.md", text)], "--select S001 a.md");
    let suppressions: Vec<&Value> = results(&run).iter().map(|one| &one["suppressions"]).collect();
    assert_eq!(suppressions.len(), 2);
    let told = suppressions.iter().find(|one| !one.as_array().unwrap().is_empty()).unwrap();
    assert_eq!((told[0]["kind"].as_str(), told[0]["status"].as_str()), (Some("inSource"), Some("accepted")));
    assert_eq!(told[0]["justification"], "our own audit");
    assert!(suppressions.contains(&&Value::Array(Vec::new())), "all results or none have suppressions");
}

#[test]
fn what_could_not_be_read_makes_the_run_a_failed_one() {
    let log = valid(&report(&site(), "sarif"));
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "error");
    assert!(notification["message"]["text"].as_str().unwrap().contains("UTF-8"));
    assert_eq!(notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "latin.md");
}

#[test]
fn a_link_in_an_article_is_no_link_in_a_message() {
    let run = checked(
        &[("a.md", "See [this](http://evil.example) [that](1).\n\nIt `[x](1)` cures [flu](2).\n")],
        "--min-severity info a.md",
    );
    for one in results(&run) {
        let text = one["message"]["text"].as_str().unwrap();
        let links = text.matches("](").count();
        let sides = one["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(links, sides, "{text}");
    }
}
