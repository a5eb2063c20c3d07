//! The contract of the command line: what goes in, what comes out, and with which exit status.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "cli/baseline.rs"]
mod baseline;
#[path = "cli/bibliography.rs"]
mod bibliography;
#[path = "cli/changed.rs"]
mod changed;
#[path = "cli/decisions.rs"]
mod decisions;
#[path = "cli/directives.rs"]
mod directives;
#[path = "cli/domains.rs"]
mod domains;
#[path = "cli/examples.rs"]
mod examples;
#[path = "cli/fingerprints.rs"]
mod fingerprints;
#[path = "cli/folder.rs"]
mod folder;
#[path = "cli/html.rs"]
mod html;
#[path = "cli/links.rs"]
mod links;
#[path = "cli/order.rs"]
mod order;
#[path = "cli/repair.rs"]
mod repair;
#[path = "cli/reports.rs"]
mod reports;

use folder::Folder;

/// S001 is an error here, S003 a warning.
const FIGURE: &str = "About 62% of patients improved.\n";
/// Nothing is wrong here.
const CALM: &str = "Drink a glass of water with each tablet.\n";

#[test]
fn the_exit_status_says_whether_there_are_findings() {
    let folder = Folder::new(&[("bad.md", FIGURE), ("good.md", CALM)]);
    assert_eq!(folder.run("check good.md").status, 0);
    assert_eq!(folder.run("check bad.md").status, 1);
    assert_eq!(folder.run("check --fail-on never bad.md").status, 0);
    assert_eq!(folder.run("check --select S003 bad.md").status, 0);
    assert_eq!(folder.run("check --select S003 --fail-on warning bad.md").status, 1);
    assert_eq!(folder.run("check --select S001 --min-severity error bad.md").status, 1);
}

#[test]
fn what_does_not_exist_never_passes_for_success() {
    let folder = Folder::new(&[("good.md", CALM)]);
    let cases = [
        ("check nowhere.md", "there is no file or folder `nowhere.md`"),
        ("check good.md nowhere/", "nowhere"),
        ("check *.html", "no file matches `*.html`"),
        ("check --frobnicate good.md", "--frobnicate"),
        ("check --format pertty good.md", "a similar value exists: 'pretty'"),
        ("check --select S0O1 good.md", "did you mean `S001`?"),
        ("check --ignore vague-atribution good.md", "did you mean `vague-attribution`?"),
        ("check --config nowhere.toml good.md", "nowhere.toml"),
        ("check --facts nowhere.toml good.md", "nowhere.toml"),
        ("check --today 2026-02-30 good.md", "is no date"),
        ("check --stdin-filename a.md good.md", "--stdin-filename needs `-`"),
        ("explain C0001", "did you mean `C001`?"),
        ("test nowhere.toml", "nowhere.toml"),
        ("man chek", "did you mean `check`?"),
        ("man check --to pages", "--to"),
        ("schema rule", "a similar value exists: 'rules'"),
        ("completions bsh", "a similar value exists: 'bash'"),
        ("frobnicate", "frobnicate"),
    ];
    for (arguments, says) in cases {
        let ran = folder.run(arguments);
        assert_eq!(ran.status, 2, "{arguments}: {}", ran.err);
        assert!(ran.err.contains(says), "{arguments}: {}", ran.err);
        assert_eq!(ran.out, "", "{arguments}");
    }
}

#[test]
fn a_wrong_configuration_is_pointed_at() {
    let cases = [
        ("audiense = \"consumer\"\n", "audiense", "did you mean `audience`?"),
        ("[rules]\nS0O1 = \"off\"\n", "S0O1", "did you mean `S001`?"),
        ("[rules]\nS001 = \"warn\"\n", "warn", "did you mean `warning`?"),
        ("exclude = [\"a[\"]\n", "a[", "no path pattern"),
        ("facts = [\"facts.toml\"]\n", "facts.toml", "no file matches"),
        ("rules = [\n", "claimlint.toml", ""),
        ("[links]\ndeny = [\"https://shop.example/\"]\n", "https://shop.example/", "is no domain"),
        ("[links]\nallow-files = [\"lists/*.txt\"]\n", "lists/*.txt", "no file matches"),
    ];
    for (config, place, says) in cases {
        let folder = Folder::new(&[("good.md", CALM), ("claimlint.toml", config)]);
        let ran = folder.run("check .");
        assert_eq!(ran.status, 2, "{config}: {}", ran.err);
        assert!(ran.err.contains("claimlint.toml:"), "{config}: {}", ran.err);
        assert!(ran.err.contains(place) && ran.err.contains(says), "{config}: {}", ran.err);
    }
}

#[test]
fn a_wrong_rule_or_phrase_is_pointed_at_in_its_file() {
    let rule = |check: &str, message: &str| {
        format!(
            "[[rule]]\ncode = \"X001\"\nname = \"no-balm\"\nsince = \"1.0.0\"\nseverity = \"error\"\nconfidence = \"high\"\n\
             summary = \"Balm.\"\nwhy = \"Why.\"\nadvice = \"No.\"\nmessage = \"{message}\"\n\
             [rule.check.phrase]\n{check}\n"
        )
    };
    let cases = [
        (rule("phrases = [\"balm ( of\"]", "No {text}"), "balm ( of", ""),
        (rule("phrases = [\"balm <medicin>\"]", "No {text}"), "medicin", ""),
        (rule("phrases = [\"balm\"]", "No {txet}"), "{txet}", "did you mean `text`?"),
        (rule("frases = [\"balm\"]", "No {text}"), "frases", "did you mean `phrases`?"),
    ];
    for (rules, place, says) in &cases {
        let config = "rule-files = [\"house/*.toml\"]\n";
        let files = [("a.md", CALM), ("claimlint.toml", config), ("house/rules.toml", rules.as_str())];
        let ran = Folder::new(&files).run("check a.md");
        assert_eq!(ran.status, 2, "{place}: {}", ran.err);
        assert!(ran.err.contains("house/rules.toml:"), "{place}: {}", ran.err);
        assert!(ran.err.contains(place) && ran.err.contains(says), "{place}: {}", ran.err);
    }
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let folder = Folder::new(&[("bad.md", FIGURE)]);
    folder.write("latin.md", b"Caf\xe9 au lait.\n");
    folder.write("picture.md", b"\x89PNG\x00\x00\x00\x01");
    let ran = folder.run("check --format json .");
    assert_eq!(ran.status, 2, "{}", ran.err);
    let report = ran.json();
    assert!(report["findings"].as_array().unwrap().iter().any(|one| one["code"] == "S001"), "{report}");
    let problems: Vec<_> = report["problems"].as_array().unwrap().iter().map(|one| one["path"].as_str()).collect();
    assert_eq!(problems, [Some("latin.md"), Some("picture.md")]);
    assert!(report["problems"][0]["message"].as_str().unwrap().contains("UTF-8"), "{report}");
    assert_eq!(report["summary"]["files"], 1);
}

#[test]
fn standard_input_is_read_by_its_name() {
    let folder = Folder::new(&[]);
    let ran = folder
        .run_with("check --format json --stdin-filename drafts/a.html -", "<p>About 62% of patients improved.</p>");
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert_eq!(ran.json()["findings"][0]["path"], "drafts/a.html");
    assert_eq!(ran.json()["findings"][0]["text"], "About 62% of patients");
    let unnamed = folder.run_with("check -", CALM);
    assert_eq!(unnamed.status, 0, "{}", unnamed.err);
}

#[test]
fn the_same_text_gives_the_same_findings_from_a_file_and_from_standard_input() {
    let folder = Folder::new(&[("a.md", FIGURE)]);
    let file = folder.run("check --format json a.md");
    let stdin = folder.run_with("check --format json --stdin-filename a.md -", FIGURE);
    assert_eq!(file.out, stdin.out);
}

#[test]
fn rules_are_chosen_by_code_name_and_family() {
    let folder = Folder::new(&[("a.md", FIGURE)]);
    let codes = |arguments: &str| folder.run(&format!("check --format json {arguments} a.md")).codes();
    assert!(codes("").contains(&"S001".to_owned()));
    assert_eq!(codes("--select S001"), ["S001"]);
    assert_eq!(codes("--select unsupported-statistic"), ["S001"]);
    assert!(codes("--select s").iter().all(|code| code.starts_with('S')));
    assert!(!codes("--ignore S001").contains(&"S001".to_owned()));
    assert_eq!(codes("--ignore S"), Vec::<String>::new());
    assert!(codes("--min-severity error").iter().all(|code| code == "S001"));
}

#[test]
fn settings_hold_for_the_paths_that_they_name() {
    let config = "exclude = [\"old/**\"]\n[rules]\nS003 = \"off\"\n\
                  [[override]]\npaths = [\"notes/*.md\"]\nrules = { S001 = \"off\" }\n";
    let files = [("claimlint.toml", config), ("a.md", FIGURE), ("notes/b.md", FIGURE), ("old/c.md", FIGURE)];
    let folder = Folder::new(&files);
    let found = |arguments: &str| folder.run(&format!("check --format json --select S001,S003 {arguments}")).places();
    assert_eq!(found("."), ["S001 a.md:1:1"]);
    // what is named outright is read, and a folder below has the settings above
    assert_eq!(found("old/c.md"), ["S001 old/c.md:1:1"]);
    assert_eq!(found("notes"), Vec::<String>::new());
    assert_eq!(found("**/*.md"), ["S001 a.md:1:1"]);
}

#[test]
fn hidden_and_ignored_files_are_skipped_and_named_ones_read() {
    let files = [
        (".gitignore", "build/\n"),
        ("build/a.md", FIGURE),
        (".drafts/b.md", FIGURE),
        ("c.rst", FIGURE),
        ("d.markdown", FIGURE),
    ];
    let folder = Folder::new(&files);
    let found = |paths: &str| folder.run(&format!("check --format json --select S001 {paths}")).places();
    assert_eq!(found("."), ["S001 d.markdown:1:1"]);
    assert_eq!(found("c.rst build/a.md"), ["S001 build/a.md:1:1", "S001 c.rst:1:1"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_circle_ends() {
    let folder = Folder::new(&[("site/a.md", FIGURE)]);
    std::os::unix::fs::symlink(folder.path().join("site"), folder.path().join("site/again")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("site/broken.md")).unwrap();
    let ran = folder.run("check --format json --select S001 site");
    assert_eq!(ran.places(), ["S001 site/a.md:1:1"]);
}
