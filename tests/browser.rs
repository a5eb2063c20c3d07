//! The annotated report in a real browser: filters, keys, scripts off, hostile articles, phones, paper, two thousand
//! findings.
//!
//! What is checked stands in `tests/browser/page.mjs`; here the reports are made and the browser is found. Without a
//! browser, `node` and the packages of `tests/browser` the tests are skipped and say so, unless `CLAIMLINT_BROWSER` is
//! `required`, as in `.ci/run`; `CLAIMLINT_SKIP_BROWSER=1` skips them in any case.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

/// What `page.mjs` checks.
const CHECKS: [&str; 12] = [
    "a report says nothing to the console and asks nothing of the network",
    "filters choose by severity, family, rule and article",
    "the claims are sorted, searched and narrowed to gaps",
    "keys go from note to note and can be turned off",
    "each note leads to its words and to its other side",
    "a decision is made at its note, kept, and downloaded",
    "without scripts everything is there and no control is",
    "a hostile article does nothing",
    "nothing is wider than a phone, a tablet or a desk",
    "contrast, names and landmarks hold in light and dark",
    "on paper every note is open and no control is left",
    "two thousand findings in two hundred articles stay smooth",
];

/// What is checked afterwards: the file of decisions that the browser saved is read by `check`.
const KNOWN: &str = "the next run knows what was decided and downloaded";

/// Names under which browsers of this kind are installed.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What each check met; `None` is nothing.
static RESULTS: LazyLock<Result<HashMap<String, Option<String>>, String>> = LazyLock::new(results);

fn main() {
    let missing = if env::var("CLAIMLINT_SKIP_BROWSER").is_ok_and(|value| value == "1") {
        Some("CLAIMLINT_SKIP_BROWSER is set".to_owned())
    } else {
        tools().err()
    };
    let required = env::var("CLAIMLINT_BROWSER").is_ok_and(|value| value == "required");
    if let Some(missing) = &missing {
        eprintln!("browser tests are {}: {missing}", if required { "not possible" } else { "skipped" });
    }
    let skipped = missing.is_some() && !required;
    let trial = |name: &'static str| Trial::test(name, move || one(name)).with_ignored_flag(skipped);
    libtest_mimic::run(&Arguments::from_args(), CHECKS.into_iter().chain([KNOWN]).map(trial).collect()).exit();
}

fn one(name: &str) -> Result<(), Failed> {
    let results = RESULTS.as_ref()?;
    match results.get(name) {
        Some(None) => Ok(()),
        Some(Some(error)) => Err(Failed::from(error)),
        None => Err(Failed::from("tests/browser/page.mjs has no such check, or did not come so far")),
    }
}

/// The browser and the folder of node packages.
fn tools() -> Result<(PathBuf, PathBuf), String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = |name: &str| env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    let given = env::var_os("CLAIMLINT_CHROMIUM").map(PathBuf::from);
    let browser = given.or_else(|| BROWSERS.into_iter().find_map(found)).ok_or("there is no Chromium")?;
    found("node").or_else(|| found("node.exe")).ok_or("there is no node")?;
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap_or(Path::new("target"));
    let packages = target.join("browser");
    let packages = env::var_os("CLAIMLINT_NODE_PACKAGES").map_or(packages, PathBuf::from);
    if packages.join("node_modules/playwright-core").is_dir() {
        Ok((browser, packages))
    } else {
        Err(format!("`.ci/browser` has not installed the node packages into {}", packages.display()))
    }
}

fn results() -> Result<HashMap<String, Option<String>>, String> {
    let (browser, packages) = tools()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    reports(folder.path());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/page.mjs");
    let ran = Command::new("node").args([script, browser, packages, folder.path().to_owned()]).output();
    let ran = ran.map_err(|error| format!("node does not start: {error}"))?;
    let said = String::from_utf8_lossy(&ran.stderr);
    eprint!("{said}");
    let mut results = HashMap::new();
    for line in String::from_utf8_lossy(&ran.stdout).lines() {
        let told: serde_json::Value = serde_json::from_str(line).map_err(|error| format!("{error}: {line}"))?;
        let text = |key: &str| told.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
        results.insert(text("name").unwrap_or_default(), text("error"));
    }
    results.insert(KNOWN.to_owned(), known(folder.path()).err());
    if results.len() < 2 { Err(format!("the browser does not start: {said}")) } else { Ok(results) }
}

/// Runs `check` with the decisions that the browser saved.
fn known(folder: &Path) -> Result<(), String> {
    let site = folder.join("site");
    fs::copy(folder.join("decisions.toml"), site.join("decisions.toml")).map_err(|error| error.to_string())?;
    let ran = claimlint(&site, "json").output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&ran.stdout);
    let silent = !said.contains("\"code\":\"C001\"");
    let asked = said.contains("Marked to be asked by Jo \\\"J\\\" Doe");
    if ran.status.success() && silent && asked {
        return Ok(());
    }
    Err(format!("accepted: {silent}, asked: {asked}; {}", String::from_utf8_lossy(&ran.stderr)))
}

/// The reports that are opened: `site`, `hostile`, `calm` and `many`.
fn reports(folder: &Path) {
    let examples = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap();
    let read =
        |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap());
    let examples: Vec<_> = examples.map(|entry| read(entry.unwrap())).collect();
    report(&written(folder, "site", &examples), &folder.join("site.html"));
    report(&written(folder, "hostile", &hostile()), &folder.join("hostile.html"));
    let calm = [("calm.md".to_owned(), "# Water\n\nDrink a glass of water with each tablet.\n".to_owned())];
    report(&written(folder, "calm", &calm), &folder.join("calm.html"));
    report(&written(folder, "many", &many()), &folder.join("many.html"));
}

fn claimlint(articles: &Path, format: &str) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_claimlint"));
    command.current_dir(articles).args(["check", "--format", format, "--min-severity", "info"]);
    command.args(["--today", "2026-02-01", "--fail-on", "never"]);
    command
}

fn report(articles: &Path, page: &Path) {
    let ran = claimlint(articles, "html").arg("--output").args([page, Path::new(".")]).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn written(folder: &Path, name: &str, files: &[(String, String)]) -> PathBuf {
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in files {
        fs::write(folder.join(path), text).unwrap();
    }
    folder
}

/// Articles that would like to do something in the reader's browser, or to break the page around them.
fn hostile() -> Vec<(String, String)> {
    let hack = "<script>window.hacked = 1; alert(1)</script>";
    let markdown = format!(
        "---\ntitle: \"</title>{hack}\"\n---\n# </style></script>{hack} ]]> <!-- & -->\n\n\
         Studies show <img src=x onerror=\"window.hacked=2\"> that [62% of patients](javascript:window.hacked=3) improved.\n\n\
         It works within hours \u{202e}sdrawkcab\u{202c} for [most](https://a.example/\"onmouseover=\"window.hacked=4) people.\n\n\
         | a | b |\n|---|---|\n| {hack} | 62% of patients improved {wide} |\n\n- </li></ol></article></main>{hack}\n",
        wide = "https://a.example/".to_owned() + &"x".repeat(400),
    );
    let html = format!(
        "<base href=//a.example><p onclick=alert(1)>Studies show 71% of people slept. {hack}</p>\
         <style>body{{display:none}}</style><iframe src=javascript:alert(2)></iframe><form action=//a.example><input name=x></form>\
         <p>It &lt;script&gt;window.hacked=5&lt;/script&gt; cures colds in 90% of people.</p><a href=\" java\nscript:alert(3)\">Doctors say</a>\
         <a href='data:text/html,<script>alert(4)</script>'>so</a><svg onload=alert(5)><a xlink:href=javascript:alert(6)>x</a></svg>"
    );
    let turned = "# \u{202e}Zinc\n\nشملت الدراسة. Studies show that 62% of patients \u{2067}improved\u{2069}. "
        .to_owned()
        + &"A long line about zinc and colds. ".repeat(30_000);
    let unbroken = format!("Experts say it helps 62% of patients: {}\n", "x".repeat(20_000));
    vec![
        ("a&'b.md".to_owned(), markdown),
        ("b.html".to_owned(), html),
        ("c.txt".to_owned(), turned),
        ("d.txt".to_owned(), unbroken),
    ]
}

/// Two hundred articles with ten findings each, at least.
fn many() -> Vec<(String, String)> {
    let one = |at: usize| {
        let mut text = format!("# Zinc and colds, part {at}\n\n");
        for part in 0..5 {
            let share = 20 + (at * 7 + part * 13) % 70;
            let _ = write!(
                text,
                "## Part {part}\n\nAbout {share}% of patients improved. Studies show that lozenges number {part} help within \
                 {share} hours. Drink a glass of water with each of them, and rest well in the evening.\n\n\
                 Nobody should take more than the leaflet says; ask a pharmacist when you take other medicines.\n\n"
            );
        }
        (format!("{at:03}.md"), text)
    };
    (0..200).map(one).collect()
}
