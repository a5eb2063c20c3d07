//! What is printed: reports and statements as scripts read them, and the pages about rules.

use crate::folder::Folder;
use serde_json::Value;
use std::fs;

const SESSION: &str =
    "# Ketamine\n\nA ketamine infusion lasts 40 minutes.\n\nThe ketamine infusion lasts 15 minutes.\n";

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn json_holds_the_fields_of_the_contract() {
    let ran = Folder::new(&[("é.md", SESSION)]).run("check --format json --select C001 .");
    let report = ran.json();
    assert_eq!(keys(&report), ["claimlint", "findings", "format", "problems", "summary"]);
    assert_eq!(report["format"], 1);
    assert_eq!(keys(&report["summary"]), ["errors", "facts", "files", "infos", "statements", "warnings"]);
    let one = &report["findings"][0];
    let wanted = [
        "code",
        "confidence",
        "fingerprint",
        "fix",
        "grade",
        "help",
        "message",
        "name",
        "path",
        "query",
        "related",
        "severity",
        "span",
        "text",
        "trace",
    ];
    assert_eq!(keys(one), wanted);
    assert_eq!(keys(&one["related"][0]), ["message", "path", "span", "text", "trace"]);
    // the later place is primary, the earlier one related, and both are slices of the file
    let slice = |side: &Value| {
        let at = |key: &str| usize::try_from(side["span"][key].as_u64().unwrap()).unwrap();
        SESSION.get(at("start")..at("end")).unwrap().to_owned()
    };
    assert_eq!((slice(one), one["text"].as_str().unwrap()), ("15 minutes".to_owned(), "15 minutes"));
    assert_eq!(slice(&one["related"][0]), "40 minutes");
    assert_eq!(keys(&one["span"]), ["column", "end", "end_column", "end_line", "line", "start"]);
    assert_eq!((one["span"]["line"].as_u64(), one["span"]["column"].as_u64()), (Some(5), Some(29)));
    let order = ["\"format\"", "\"claimlint\"", "\"findings\"", "\"problems\"", "\"summary\""];
    let places: Vec<_> = order.iter().map(|key| ran.out.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{}", ran.out);
}

#[test]
fn columns_count_characters_and_spans_count_bytes() {
    let ran = Folder::new(&[("a.md", "Ärzte — “Größe”: About 62% of patients improved.\n")]);
    let report = ran.run("check --format json --select S001 a.md").json();
    let span = &report["findings"][0]["span"];
    assert_eq!(
        (span["start"].as_u64(), span["column"].as_u64(), span["end_column"].as_u64()),
        (Some(26), Some(18), Some(39))
    );
}

#[test]
fn statements_have_every_key_of_the_contract() {
    let ran = Folder::new(&[("a.md", SESSION)]).run("statements a.md");
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{}", ran.out);
    let wanted = [
        "block",
        "entities",
        "facts",
        "hedge",
        "mode",
        "negations",
        "path",
        "quantities",
        "section",
        "span",
        "statistics",
        "support",
        "text",
    ];
    for line in &lines {
        assert_eq!(keys(line), wanted);
    }
    let order = [
        "path",
        "span",
        "start",
        "end",
        "line",
        "column",
        "end_line",
        "end_column",
        "text",
        "block",
        "section",
        "mode",
        "hedge",
        "negations",
        "quantities",
        "kind",
        "span",
        "low",
        "high",
        "unit",
        "bound",
        "decimals",
        "statistics",
        "support",
        "entities",
        "class",
        "name",
        "facts",
        "subject",
        "attribute",
        "value",
        "qualifiers",
        "inherited",
        "polarity",
        "hedge",
        "span",
    ];
    let second = ran.out.lines().nth(1).unwrap();
    order.into_iter().fold(second, |rest, key| {
        let found = rest.split_once(&format!("\"{key}\":"));
        found.unwrap_or_else(|| panic!("{key} is not in its place: {second}")).1
    });
    assert_eq!((lines[0]["block"].as_str(), lines[0]["text"].as_str()), (Some("heading"), Some("Ketamine")));
    assert_eq!(lines[1]["section"][0], "Ketamine");
    let quantity = &lines[1]["quantities"][0];
    assert_eq!(keys(quantity), ["bound", "decimals", "high", "kind", "low", "span", "text", "unit"]);
    assert_eq!((quantity["kind"].as_str(), quantity["low"].as_f64()), (Some("duration"), Some(2400.0)));
    let fact = &lines[1]["facts"][0];
    let wanted = [
        "attribute",
        "hedge",
        "high",
        "inherited",
        "low",
        "polarity",
        "qualifiers",
        "span",
        "subject",
        "text",
        "unit",
        "value",
    ];
    assert_eq!(keys(fact), wanted);
    assert_eq!((fact["subject"].as_str(), fact["attribute"].as_str()), (Some("ketamine"), Some("session-length")));
    assert_eq!(fact["qualifiers"]["route"], "iv");
}

#[test]
fn the_pretty_report_shows_both_sides_with_their_places() {
    let ran = Folder::new(&[("a.md", SESSION)]).run("check --select C001 a.md");
    assert_eq!(ran.status, 1);
    for part in ["a.md:5:29", "40 min here", "claimlint explain C001", "lasts 40 minutes."] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "no colours where there is no terminal");
    assert!(ran.err.starts_with("1 error; read 3 statements in 1 file: 2 facts, 1 comparable pair"), "{}", ran.err);
    let colored = Folder::new(&[("a.md", SESSION)]).run("check --color always --select C001 a.md");
    assert!(colored.out.contains('\u{1b}'));
}

#[test]
fn articles_of_one_run_are_compared_unless_told_otherwise() {
    let files = [
        ("a.md", "# Ketamine\n\nA ketamine infusion lasts 40 minutes.\n"),
        ("b.md", "# Ketamine\n\nA ketamine infusion lasts 15 minutes.\n"),
    ];
    let folder = Folder::new(&files);
    let report = folder.run("check --format json --select C002 .").json();
    assert_eq!(report["findings"][0]["path"], "b.md", "{report}");
    assert_eq!(report["findings"][0]["related"][0]["path"], "a.md");
    assert_eq!(report["findings"][0]["severity"], "warning", "no configuration makes a site of them");
    let pretty = folder.run("check --select C002 .");
    assert!(pretty.out.contains("b.md:3:27") && pretty.out.contains("a.md:3:27"), "{}", pretty.out);
    assert_eq!(folder.run("check --format json --select C002 --no-corpus .").codes(), Vec::<String>::new());
    folder.write("claimlint.toml", b"");
    assert_eq!(folder.run("check --format json --select C002 .").json()["findings"][0]["severity"], "error");
}

#[test]
fn house_facts_are_held_against_articles_and_shown_with_their_place() {
    let facts = "[[fact]]\nsubject = \"ketamine\"\nattribute = \"session-length\"\nroute = \"iv\"\nvalue = \"40 min\"\n\
                 source = \"House\"\nchecked = \"2026-01-01\"\n";
    let folder = Folder::new(&[("a.md", "A ketamine infusion lasts two hours.\n"), ("facts.toml", facts)]);
    let report = folder.run("check --format json --select C003 --today 2026-02-01 --facts facts.toml a.md").json();
    assert_eq!(report["findings"][0]["code"], "C003", "{report}");
    assert_eq!(report["findings"][0]["related"][0]["path"], "facts.toml");
}

#[test]
fn a_report_is_written_whole_to_a_file() {
    let folder = Folder::new(&[("a.md", SESSION)]);
    let ran = folder.run("check --format json --select C001 --output report.json a.md");
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(report["findings"][0]["code"], "C001");
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left behind: {names:?}");
    let lost = folder.run("check --output nowhere/report.txt a.md");
    assert_eq!(lost.status, 2);
    assert!(lost.err.contains("nowhere"), "{}", lost.err);
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = Folder::new(&[]);
    let list = folder.run("rules");
    assert!(list.out.lines().any(|line| line.starts_with("S001  unsupported-statistic")), "{}", list.out);
    let one = folder.run("explain s001");
    assert_eq!(one.out, folder.run("explain Unsupported-Statistic").out);
    for part in ["S001 unsupported-statistic (error)", "What to do:", "Reported:", "Not reported:", "claimlint-disable"]
    {
        assert!(one.out.contains(part), "{part}: {}", one.out);
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = folder.run(&format!("completions {shell}"));
        assert_eq!(script.status, 0, "{shell}");
        for part in ["claimlint", "min-severity", "explain", "compare"] {
            assert!(script.out.contains(part), "{part} in the completions of {shell}");
        }
    }
    let page = folder.run("man check").out;
    for part in [".TH claimlint-check 1", "--min-severity", "--fail-on", "SARIF"] {
        assert!(page.replace("\\-", "-").contains(part), "{part}: {page}");
    }
    assert!(folder.run("--version").out.starts_with("claimlint "));
    assert_eq!(folder.run("--help").status, 0);
    assert_eq!(folder.run("").status, 2);
}

#[test]
fn init_writes_settings_that_hold_and_refuses_to_overwrite() {
    let folder = Folder::new(&[("a.md", "Drink a glass of water.\n")]);
    assert_eq!(folder.run("init").status, 0);
    let ran = folder.run("check a.md");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let again = folder.run("init");
    assert_eq!(again.status, 2);
    assert!(again.err.contains("already"), "{}", again.err);
}

#[test]
fn examples_of_a_rule_file_are_run() {
    let rule = "[[rule]]\ncode = \"X001\"\nname = \"no-balm\"\nsince = \"1.0.0\"\nseverity = \"error\"\n\
                confidence = \"high\"\nsummary = \"Balm.\"\nwhy = \"Why.\"\nadvice = \"No.\"\nmessage = \"No {text}\"\n\
                [rule.check.phrase]\nphrases = [\"balm\"]\n\
                [[rule.rejects]]\ntext = \"This balm helps.\"\nmarks = [\"balm\"]\n\
                [[rule.accepts]]\ntext = \"This BALM helps.\"\nbecause = \"wrongly\"\n";
    let folder = Folder::new(&[("house.toml", rule)]);
    let ran = folder.run("test house.toml");
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("X001 accepts 1 (alone): found \"BALM\""), "{}", ran.out);
    assert!(ran.out.ends_with("2 passed, 2 failed\n"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_report_into_a_device_leaves_the_device_in_its_place() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new(&[("a.md", "About 62% of patients improved.\n")]);
    // a pipe of the test's own: nothing of the machine is put at risk
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo makes no pipe");
    let path = pipe.clone();
    let reader = std::thread::spawn(move || std::fs::read_to_string(path).unwrap_or_default());
    let ran = folder.run("check --format concise --output pipe a.md");
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo(), "{}", ran.err);
    assert!(reader.join().unwrap().contains("S001"));
}
