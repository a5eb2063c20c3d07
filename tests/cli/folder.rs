//! A folder of articles for one test, and the program run in it.

use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder that is gone after the test.
pub struct Folder {
    folder: TempDir,
}

/// What the program said.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs with arguments that hold no spaces.
    pub fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &str, input: &str) -> Ran {
        run(self.path(), arguments, input)
    }
}

/// Runs the program in a folder, as if there were no terminal and no settings of the machine's.
pub fn run(folder: &Path, arguments: &str, input: &str) -> Ran {
    let made = assert_cmd::Command::new(env!("CARGO_BIN_EXE_claimlint"))
        .current_dir(folder)
        .args(arguments.split_whitespace())
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .write_stdin(input)
        .output()
        .unwrap();
    Ran {
        status: made.status.code().unwrap_or(-1),
        out: String::from_utf8(made.stdout).unwrap(),
        err: String::from_utf8(made.stderr).unwrap(),
    }
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }

    /// The codes of the findings of a JSON report.
    pub fn codes(&self) -> Vec<String> {
        let report = self.json();
        let findings = report["findings"].as_array().unwrap();
        findings.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    }

    /// Code and place of the findings of a JSON report.
    pub fn places(&self) -> Vec<String> {
        let report = self.json();
        let findings = report["findings"].as_array().unwrap();
        let place = |one: &Value| {
            let (code, path) = (one["code"].as_str().unwrap(), one["path"].as_str().unwrap());
            format!("{code} {path}:{}:{}", one["span"]["line"], one["span"]["column"])
        };
        findings.iter().map(place).collect()
    }
}
