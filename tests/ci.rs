//! What repositories of articles take from here: the action, the hooks of pre-commit and each command of `docs/ci.md`.
//!
//! Commands run in a folder of articles with the program at hand first on the path; what belongs to others (reviewdog,
//! pre-commit, cargo) is a stand-in that reads its input.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

#[path = "ci/action.rs"]
mod action;
#[path = "cli/folder.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod folder;
#[path = "ci/yaml.rs"]
mod yaml;

use folder::Folder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ARTICLE: &str = "# Sleep\n\nAbout 62% of patients improved.\n\nStudies show that it helps.\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// A repository of articles, one of them changed since the main branch, with stand-ins for the programs of others.
fn repository() -> Folder {
    let folder = Folder::new(&[("content/old.md", ARTICLE), ("content/sleep.md", "# Sleep\n")]);
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let ran = Command::new("git").current_dir(folder.path()).args(who).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "content"]);
    git(&["commit", "--quiet", "--message", "Articles"]);
    git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    folder.write("content/sleep.md", ARTICLE.as_bytes());
    for name in ["reviewdog", "pre-commit", "cargo"] {
        folder.write(&format!("bin/{name}"), b"#!/bin/sh\n[ -t 0 ] || cat > given\n");
        let made = Command::new("chmod").arg("+x").arg(folder.path().join("bin").join(name)).status().unwrap();
        assert!(made.success());
    }
    folder
}

/// Runs a line as a shell does, with claimlint and the stand-ins on the path.
fn shell(folder: &Folder, line: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_claimlint")).parent().unwrap();
    let path = format!(
        "{}:{}:{}",
        program.display(),
        folder.path().join("bin").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    Command::new("bash")
        .args(["-euo", "pipefail", "-c", line])
        .current_dir(folder.path())
        .env("PATH", path)
        .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

/// The fenced blocks of a page: language and text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(block)) => found.push(block),
            (None, Some((language, text))) => open = Some((language, text + line + "\n")),
            (None, None) => {}
        }
    }
    found
}

/// Every command of the page, in its order.
fn commands(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (language, text) in blocks(page) {
        match language.as_str() {
            "console" => found.extend(text.lines().map(|line| line.strip_prefix("$ ").unwrap().to_owned())),
            "yaml" => {
                let value = yaml::parse(&text);
                for key in ["run", "script", "before_script"] {
                    yaml::below(&value, key, &mut |line| found.push(line.to_owned()));
                }
            }
            other => panic!("what is ```{other}?"),
        }
    }
    found
}

#[test]
fn each_command_of_the_page_runs() {
    let all = commands(&text("docs/ci.md"));
    assert!(all.len() >= 17, "{all:#?}");
    // one folder, since a command may use what another wrote
    let folder = repository();
    for line in all {
        let ran = shell(&folder, &line);
        let told = String::from_utf8_lossy(&ran.stderr);
        // findings are no failure of the command
        assert!([Some(0), Some(1)].contains(&ran.status.code()), "{line}: {told}");
        assert!(
            line.contains("--fail-on never") || !line.contains("claimlint check") || ran.status.code() == Some(1),
            "{line}: {told}"
        );
        if let Some((_, file)) = line.split_once("--output ") {
            let file = file.split(' ').next().unwrap();
            assert!(fs::metadata(folder.path().join(file)).unwrap().len() > 0, "{line}");
        }
    }
}

#[test]
fn what_is_piped_to_reviewdog_is_its_format() {
    let folder = repository();
    let line = commands(&text("docs/ci.md")).into_iter().find(|line| line.contains("| reviewdog")).unwrap();
    assert!(shell(&folder, &line).status.success());
    let given: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("given")).unwrap()).unwrap();
    assert!(given["diagnostics"].as_array().is_some_and(|all| !all.is_empty()));
}

#[test]
fn what_the_page_names_is_there() {
    let page = text("docs/ci.md");
    let action = yaml::parse(&text("action.yml"));
    let hooks = yaml::parse(&text(".pre-commit-hooks.yaml"));
    let ids: Vec<&str> = hooks.as_array().unwrap().iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    let mut uses = 0;
    for (language, block) in blocks(&page) {
        if language != "yaml" {
            continue;
        }
        let value = yaml::parse(&block);
        yaml::below(&value, "id", &mut |id| assert!(ids.contains(&id), "no hook {id}"));
        yaml::maps(&value, &mut |map| {
            if map.get("uses").and_then(Value::as_str).is_some_and(|uses| uses.starts_with("OWNER/claimlint@")) {
                uses += 1;
                for name in map["with"].as_object().unwrap().keys() {
                    assert!(action["inputs"].get(name).is_some(), "the action has no input {name}");
                }
            }
        });
    }
    assert_eq!(uses, 2);
}

#[test]
fn the_hooks_run_and_take_every_kind_of_article() {
    for hook in yaml::parse(&text(".pre-commit-hooks.yaml")).as_array().unwrap() {
        let folder = repository();
        let entry = hook["entry"].as_str().unwrap();
        let ran = shell(&folder, &format!("{entry} content/sleep.md"));
        assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
        let files = hook["files"].as_str().unwrap();
        for ending in ["md", "markdown", "mdx", "html", "htm", "xhtml", "txt", "text"] {
            assert!(files.contains(ending), "{ending}");
        }
    }
}
