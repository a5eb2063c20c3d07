//! The floors of the house: a module imports only from the ones before it, and files stay small and say what they are.

#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. On one floor, too, a module imports only from the ones listed before it.
const FLOORS: [&[&str]; 11] = [
    &["source"],
    &["datafile", "document", "finding", "lexicon"],
    &["bibliography", "grammar", "leftover", "reading", "sentence"],
    &["statement"],
    &["fact"],
    &["checks"],
    &["rule"],
    &["catalogue"],
    &["engine", "inventory", "past"],
    &["config", "fix", "manual", "report", "trial"],
    &["cli"],
];

/// The longest file, in lines.
const LINES: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder with their paths from the project's root.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let shown = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((shown, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn everything() -> Vec<(String, String)> {
    let build = ("build.rs".to_owned(), fs::read_to_string(root().join("build.rs")).unwrap());
    ["src", "tests", "benches"].into_iter().flat_map(files).chain([build]).collect()
}

/// The floor module of a file: `src/fact/index.rs` belongs to `fact`.
fn module(path: &str) -> &str {
    let inner = path.trim_start_matches("src/");
    inner.split_once('/').map_or(inner.trim_end_matches(".rs"), |(module, _)| module)
}

/// The code of a file without comments and without its tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules that a text names as `crate::module`, those in `use crate::{…}` too.
fn imports(code: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect::<String>();
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            found.push(name(rest));
            continue;
        };
        let mut depth = 0_usize;
        let mut start = true;
        for (at, char) in list.char_indices() {
            match char {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                _ if char.is_alphabetic() && start => {
                    found.push(name(list.split_at(at).1));
                    start = false;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn a_module_imports_only_from_the_ones_before_it() {
    let order: Vec<&str> = FLOORS.iter().copied().flatten().copied().collect();
    let place = |module: &str| order.iter().position(|own| *own == module);
    let mut wrong = Vec::new();
    for (path, text) in files("src") {
        if ["src/lib.rs", "src/main.rs"].contains(&path.as_str()) || path.ends_with("/tests.rs") {
            continue;
        }
        let own = module(&path);
        let floor = place(own).unwrap_or_else(|| panic!("{path}: `{own}` stands on no floor"));
        for other in imports(&code(&text)) {
            // what is no module is an item at the root, which there is none of, or a macro
            let above = place(&other).is_some_and(|other| other > floor);
            if above {
                wrong.push(format!("{path} imports from `{other}`, which stands above `{own}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_lists_its_modules_from_the_ground_up() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let order: Vec<&str> = FLOORS.iter().copied().flatten().copied().collect();
    assert_eq!(listed, order);
}

#[test]
fn a_module_is_a_file_of_its_name() {
    for (path, _) in files("src") {
        assert!(!path.ends_with("/mod.rs"), "{path}: write `name.rs` beside the folder `name`");
        assert!(!path.contains("util"), "{path}: say what it is");
        let parent = Path::new(&path).parent().unwrap().to_string_lossy().replace('\\', "/");
        let owned = parent == "src" || root().join(format!("{parent}.rs")).is_file();
        assert!(owned, "{path}: the folder has no file of its name");
    }
}

#[test]
fn files_are_small_and_say_what_they_are() {
    for (path, text) in everything() {
        let lines = text.lines().count();
        assert!(lines <= LINES, "{path} has {lines} lines; {LINES} are enough for one thing");
        assert!(text.starts_with("//!"), "{path} does not begin with a `//!` header");
    }
}

#[test]
fn the_library_reads_no_disk_clock_or_terminal() {
    for (path, text) in files("src") {
        if path.starts_with("src/cli") || path == "src/main.rs" || path.ends_with("/tests.rs") {
            continue;
        }
        let code = code(&text);
        for outside in ["std::fs", "std::env", "std::io", "SystemTime", "Instant::now", "std::process", "println!"] {
            assert!(!code.contains(outside), "{path} uses {outside}; only `cli` touches the outside world");
        }
    }
}

#[test]
fn imports_are_found_in_every_form() {
    let code = "use crate::a::B;\nuse crate::{c::{D, e}, f};\nlet x = crate::g::h();\npub(in crate::i) fn j() {}";
    assert_eq!(imports(code), ["a", "c", "f", "g", "i"]);
}
