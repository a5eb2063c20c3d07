//! The action with everything but the runner: what it says, what it leaves to the summary, and how it ends.

use crate::folder::Folder;
use crate::{root, text, yaml};
use serde_json::Value;
use std::fs;
use std::process::Command;

/// What the script of the action did.
struct Done {
    status: i32,
    out: String,
    summary: String,
    output: String,
}

fn action(folder: &Folder, inputs: &[(&str, &str)]) -> Done {
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("runner")).unwrap();
    let made = Command::new(root().join(".ci/github-action"))
        .current_dir(folder.path())
        .env("CLAIMLINT", env!("CARGO_BIN_EXE_claimlint"))
        .env("CLAIMLINT_PATHS", "content/")
        .env("RUNNER_TEMP", at("runner"))
        .env("GITHUB_STEP_SUMMARY", at("summary"))
        .env("GITHUB_OUTPUT", at("output"))
        .envs(inputs.iter().copied())
        .output()
        .unwrap();
    let read = |name: &str| fs::read_to_string(at(name)).unwrap_or_default();
    Done {
        status: made.status.code().unwrap(),
        out: String::from_utf8(made.stdout).unwrap() + &String::from_utf8(made.stderr).unwrap(),
        summary: read("summary"),
        output: read("output"),
    }
}

/// Thirty articles with an error and a warning each, the worst lines last, and words that look like a command.
fn many() -> Folder {
    let folder = Folder::new(&[("content/x,y.md", "::error::Studies show that `x` helps.\n")]);
    for at in 0..30 {
        let article = format!("# Zinc\n\nStudies show that it helps.\n\nAbout {}.5% of patients improved.\n", 10 + at);
        folder.write(&format!("content/{at}.md"), article.as_bytes());
    }
    folder
}

/// The commands that the runner would obey.
fn obeyed(out: &str) -> Vec<&str> {
    let mut stopped: Option<String> = None;
    let mut found = Vec::new();
    for line in out.lines() {
        match &stopped {
            Some(token) if line == token => stopped = None,
            Some(_) => {}
            None => {
                if let Some(token) = line.strip_prefix("::stop-commands::") {
                    stopped = Some(format!("::{token}::"));
                } else if line.starts_with("::") {
                    found.push(line);
                }
            }
        }
    }
    found
}

#[test]
fn ten_of_each_are_shown_and_the_rest_is_counted() {
    let done = action(&many(), &[("CLAIMLINT_ARGS", "--select S001,R002 --min-severity info")]);
    assert_eq!(done.status, 1, "{}", done.out);
    let commands = obeyed(&done.out);
    for level in ["error", "warning", "notice"] {
        let count = commands.iter().filter(|line| line.starts_with(&format!("::{level} "))).count();
        assert!(count <= 10, "{level}: {}", done.out);
    }
    let count = |level: &str| commands.iter().filter(|line| line.starts_with(level)).count();
    assert_eq!((count("::error "), count("::warning ")), (10, 10), "{}", done.out);
    assert!(done.out.contains("more findings than GitHub shows beside the lines"), "{}", done.out);
    // the log has all of them, and no command comes from an article
    assert!(done.out.lines().filter(|line| line.contains(": error[") || line.contains(": warning[")).count() > 50);
    assert!(
        commands
            .iter()
            .all(|line| line.contains(" file=content/") || line.ends_with("group::") || line.contains("::group::All "))
    );
    assert!(done.summary.starts_with("## claimlint: 30 errors"), "{}", done.summary);
    assert!(done.summary.encode_utf16().count() <= 65_536);
}

#[test]
fn nothing_found_is_no_failure_and_a_wrong_argument_is_one() {
    let calm = Folder::new(&[("content/a.md", "Drink a glass of water with each tablet.\n")]);
    let done = action(&calm, &[]);
    assert_eq!((done.status, obeyed(&done.out).len()), (0, 2), "{}", done.out);
    assert!(done.summary.starts_with("## claimlint: nothing found"), "{}", done.summary);
    let wrong = action(&calm, &[("CLAIMLINT_ARGS", "--frobnicate")]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.out.contains("--frobnicate"), "{}", wrong.out);
    let nowhere = action(&calm, &[("CLAIMLINT_PATHS", "content/\nnowhere/\n")]);
    assert_eq!(nowhere.status, 2);
    assert!(nowhere.out.contains("nowhere/"), "{}", nowhere.out);
}

#[test]
fn code_scanning_gets_only_what_it_takes() {
    if Command::new("jq").arg("--version").output().is_err() {
        eprintln!("skipped: there is no jq here, which GitHub's runners have");
        return;
    }
    let folder = many();
    folder.write(
        "content/silent.md",
        b"<!-- claimlint-disable-next-line S001 -- ours -->\nAbout 71% of patients improved.\n",
    );
    let arguments = [("CLAIMLINT_ARGS", "--select S001,R002"), ("CLAIMLINT_SARIF", "true")];
    let log = |done: &Done| -> Value {
        let path = done.output.lines().find_map(|line| line.strip_prefix("sarif-file=")).unwrap();
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let done = action(&folder, &arguments);
    let results = log(&done)["runs"][0]["results"].as_array().unwrap().clone();
    assert!(results.len() > 50 && results.iter().all(|one| one["suppressions"] == Value::Array(Vec::new())));
    assert!(!done.out.contains("not uploaded"), "{}", done.out);
    // with smaller limits the worst are kept, and the run says so
    let script = text(".ci/github-action").replace("results=5000", "results=20");
    let path = folder.path().join("small");
    fs::write(&path, script).unwrap();
    fs::create_dir_all(folder.path().join("other")).unwrap();
    let made = Command::new("bash")
        .arg(&path)
        .current_dir(folder.path())
        .env("CLAIMLINT", env!("CARGO_BIN_EXE_claimlint"))
        .env("CLAIMLINT_PATHS", "content/")
        .env("RUNNER_TEMP", folder.path().join("other"))
        .env("GITHUB_OUTPUT", folder.path().join("second"))
        .envs(arguments)
        .output()
        .unwrap();
    let out = String::from_utf8(made.stdout).unwrap();
    let output = fs::read_to_string(folder.path().join("second")).unwrap();
    let done = Done { status: 0, out, summary: String::new(), output };
    let results = log(&done)["runs"][0]["results"].as_array().unwrap().clone();
    assert!(results.len() == 20 && results.iter().all(|one| one["level"] == "error"));
    assert!(done.out.contains("::warning title=claimlint::Code scanning takes 20 of the "), "{}", done.out);
}

#[test]
fn the_action_needs_no_token_and_takes_no_input_for_code() {
    let action = yaml::parse(&text("action.yml"));
    assert_eq!(action["runs"]["using"], "composite");
    yaml::below(&action, "run", &mut |line| assert!(!line.contains("${{"), "{line} puts an input into a script"));
    assert!(!text("action.yml").contains("github.token") && !text("action.yml").contains("secrets."));
    yaml::below(&action, "run", &mut |line| {
        if let Some((_, name)) = line.split_once("$GITHUB_ACTION_PATH/") {
            assert!(root().join(name.trim_end_matches('"')).is_file(), "{line}");
        }
    });
}
