//! What git knows of the repository at hand, asked by its command.
//!
//! Names of files leave git with NUL between them, so that none needs to be unquoted.

use super::Failure;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What git prints.
///
/// # Errors
/// When git is not there or fails; says why.
pub fn git(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let run = Command::new("git").args(arguments).output().map_err(|error| missing(&error))?;
    if run.status.success() {
        return Ok(run.stdout);
    }
    let told = String::from_utf8_lossy(&run.stderr);
    let line = told.lines().find(|line| !line.trim().is_empty()).unwrap_or("git says no more").trim();
    Err(line.trim_start_matches("fatal: ").to_owned())
}

fn missing(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::NotFound {
        "the command `git` is not installed".to_owned()
    } else {
        format!("git cannot be run: {error}")
    }
}

/// One line of what git prints.
fn line(arguments: &[&str]) -> Result<String, String> {
    let printed = git(arguments)?;
    Ok(String::from_utf8_lossy(&printed).trim_end_matches(['\n', '\r']).to_owned())
}

/// The repository that the working directory is in, seen from a commit in its past.
pub struct Past {
    /// The folder of the repository.
    top: PathBuf,
    /// The commit.
    commit: String,
    /// Files of the commit, by their paths from the top, with their objects.
    objects: BTreeMap<String, String>,
    /// Files that differ from the commit, with their earlier path.
    changed: BTreeMap<String, String>,
    batch: Batch,
}

/// A file at hand, as the commit has it.
pub enum Before {
    /// It is in no folder of the repository.
    Outside,
    /// The same.
    Same,
    /// Not at all.
    New,
    /// Another text.
    Other {
        /// How reports name it: the commit and the path.
        shown: String,
        /// The text.
        bytes: Vec<u8>,
    },
}

impl Past {
    /// The repository as it was where the branch at hand left `revision`.
    ///
    /// # Errors
    /// When there is no git, no repository, no such revision, or no common commit.
    pub fn since(revision: &str) -> Result<Self, Failure> {
        let failed = |reason: String| Failure::Usage(format!("--changed-since {revision}: {reason}"));
        let top = line(&["rev-parse", "--show-toplevel"]).map_err(|reason| {
            let outside = reason.contains("not a git repository");
            failed(if outside { "the folder at hand is in no git repository".to_owned() } else { reason })
        })?;
        let shallow = line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true");
        let deeper = "this is a shallow clone: fetch the whole history (`git fetch --unshallow`, or `fetch-depth: 0` in \
                      the checkout step)";
        let commit =
            |name: &str| line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")]);
        let given = commit(revision).map_err(|_| {
            let unknown = "git knows no such revision";
            failed(if shallow { format!("{unknown}; {deeper}") } else { unknown.to_owned() })
        })?;
        let head = commit("HEAD").map_err(|_| failed("there is no commit yet".to_owned()))?;
        let commit = line(&["merge-base", &given, &head]).map_err(|_| {
            let apart = "it has no commit in common with HEAD";
            failed(if shallow { format!("{apart}; {deeper}") } else { apart.to_owned() })
        })?;
        let objects = objects(&commit).map_err(failed)?;
        let changed = changed(&commit).map_err(failed)?;
        let batch = Batch::new().map_err(failed)?;
        Ok(Self { top: PathBuf::from(top), commit, objects, changed, batch })
    }

    /// What a file was.
    ///
    /// # Errors
    /// When git cannot give its text.
    pub fn before(&mut self, path: &Path) -> Result<Before, Failure> {
        let Some(inside) = self.inside(path) else { return Ok(Before::Outside) };
        let earlier = self.changed.get(&inside);
        let Some(object) = self.objects.get(earlier.unwrap_or(&inside)) else { return Ok(Before::New) };
        if earlier.is_none() {
            return Ok(Before::Same);
        }
        let short: String = self.commit.chars().take(10).collect();
        let shown = format!("{short}:{}", earlier.unwrap_or(&inside));
        let failed = |error: std::io::Error| Failure::Usage(format!("git cannot give `{shown}`: {error}"));
        let bytes = self.batch.read(object).map_err(failed)?;
        Ok(Before::Other { shown, bytes })
    }

    /// A path from the top of the repository; none for a file outside of it.
    fn inside(&self, path: &Path) -> Option<String> {
        let absolute = std::path::absolute(path).ok()?;
        // the top is given without links, so the folder must be seen so, too; the file itself may be a link
        let folder = std::fs::canonicalize(absolute.parent()?).ok()?;
        let top = std::fs::canonicalize(&self.top).ok()?;
        let inside = folder.strip_prefix(top).ok()?.join(absolute.file_name()?);
        Some(super::discover::shown(&inside))
    }
}

/// The files of a commit with their objects.
fn objects(commit: &str) -> Result<BTreeMap<String, String>, String> {
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
    let listed = String::from_utf8_lossy(&listed);
    let entry = |entry: &str| {
        // mode, kind and object, then a tab and the path
        let (about, path) = entry.split_once('\t')?;
        let mut about = about.split(' ').skip(1);
        let (kind, object) = (about.next()?, about.next()?);
        (kind == "blob").then(|| (path.to_owned(), object.to_owned()))
    };
    Ok(listed.split('\0').filter_map(entry).collect())
}

/// The files that differ from a commit, staged or not, with their earlier paths.
fn changed(commit: &str) -> Result<BTreeMap<String, String>, String> {
    let whole = ["-c", "diff.relative=false", "diff", "--name-status", "-z", "--find-renames", "--no-ext-diff"];
    let listed = git(&[&whole[..], &[commit, "--"]].concat())?;
    Ok(renames(&String::from_utf8_lossy(&listed)))
}

/// Reads what `git diff --name-status -z` prints: a letter, a path, and after R or C a second path, the later one.
fn renames(listed: &str) -> BTreeMap<String, String> {
    let mut fields = listed.split('\0');
    let mut found = BTreeMap::new();
    while let Some(status) = fields.next() {
        let Some(path) = fields.next() else { break };
        let later = if status.starts_with(['R', 'C']) { fields.next() } else { None };
        let later = later.unwrap_or(path);
        // a copy is a new file
        found.insert(later.to_owned(), if status.starts_with('C') { later } else { path }.to_owned());
    }
    found
}

/// One `git cat-file` that gives objects as long as it is asked.
struct Batch {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Batch {
    fn new() -> Result<Self, String> {
        let mut command = Command::new("git");
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| missing(&error))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or_else(|| "git cannot be asked".to_owned())?;
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    fn read(&mut self, object: &str) -> std::io::Result<Vec<u8>> {
        let broken = || std::io::Error::other("it does not answer as expected");
        let input = self.input.as_mut().ok_or_else(broken)?;
        writeln!(input, "{object}")?;
        input.flush()?;
        // object, kind and size, then the bytes and a line end
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        let size: u64 = head.split_whitespace().nth(2).and_then(|size| size.parse().ok()).ok_or_else(broken)?;
        let mut bytes = Vec::new();
        self.output.by_ref().take(size).read_to_end(&mut bytes)?;
        self.output.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // it ends when nothing more can be asked
        self.input = None;
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_with_renames_and_odd_names() {
        let listed = "M\0a b.md\0R087\0old\tname.md\0new \"name\".md\0A\0ü.md\0D\0gone.md\0";
        let found: Vec<(String, String)> = renames(listed).into_iter().collect();
        let pair = |new: &str, old: &str| (new.to_owned(), old.to_owned());
        assert_eq!(
            found,
            [
                pair("a b.md", "a b.md"),
                pair("gone.md", "gone.md"),
                pair("new \"name\".md", "old\tname.md"),
                pair("ü.md", "ü.md"),
            ]
        );
        assert!(renames("").is_empty());
        assert!(renames("M").is_empty());
    }
}
