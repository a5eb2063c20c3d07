//! Which files are read: paths, folders and globs become a sorted list without repetition.

use super::Failure;
use crate::source::Format;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as reports show it: as found, relative to the working directory, with `/`.
    pub shown: String,
    /// The path on disk.
    pub path: PathBuf,
    /// How it is read.
    pub format: Format,
}

/// The files that arguments mean.
///
/// # Errors
/// When a path does not exist, a glob matches nothing or is broken.
pub fn inputs(paths: &[String]) -> Result<Vec<Input>, Failure> {
    let mut found = BTreeMap::new();
    for path in paths {
        let on_disk = Path::new(path);
        if on_disk.is_dir() {
            folder(on_disk, &mut found)?;
        } else if on_disk.exists() || !path.contains(['*', '?', '[']) {
            if !on_disk.exists() {
                return Err(Failure::Usage(format!("there is no file or folder `{path}`")));
            }
            add(on_disk, true, &mut found);
        } else {
            let matches = glob::glob(path)
                .map_err(|error| Failure::Usage(format!("`{path}` is no path pattern: {}", error.msg)))?;
            let mut any = false;
            for one in matches.flatten() {
                any = true;
                if one.is_dir() {
                    folder(&one, &mut found)?;
                } else {
                    add(&one, false, &mut found);
                }
            }
            if !any {
                return Err(Failure::Usage(format!("no file matches `{path}`")));
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Files below a folder; hidden and git-ignored ones are skipped, and a link in a circle is left alone.
fn folder(root: &Path, found: &mut BTreeMap<String, Input>) -> Result<(), Failure> {
    let walk = ignore::WalkBuilder::new(root).require_git(false).follow_links(true).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => add(entry.path(), false, found),
            Ok(_) => {}
            Err(error) if error.depth() == Some(0) => return Err(Failure::Usage(error.to_string())),
            // a link in a circle, or a folder that may not be read, does not hide the rest
            Err(_) => {}
        }
    }
    Ok(())
}

/// Adds a file; one named outright is read whatever its name, others by their extension only.
fn add(path: &Path, named: bool, found: &mut BTreeMap<String, Input>) {
    let shown = shown(path);
    let format = match Format::of_path(&shown) {
        Some(format) => format,
        None if named => Format::Text,
        None => return,
    };
    found.insert(shown.clone(), Input { shown, path: path.to_owned(), format });
}

/// A path with `/` and without a leading `./`.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut rest = text.as_str();
    while let Some(tail) = rest.strip_prefix("./") {
        rest = tail.trim_start_matches('/');
    }
    if rest.is_empty() { text } else { rest.to_owned() }
}

/// A path as a file in a folder writes it: relative to the folder, with `/`, and with `..` where it leads out of it.
pub fn relative(folder: &Path, path: &Path) -> String {
    let (folder, path) = (plain(folder), plain(path));
    let shared = folder.iter().zip(&path).take_while(|(one, two)| one == two).count();
    let up = folder.iter().skip(shared).map(|_| "..".to_owned());
    up.chain(path.iter().skip(shared).cloned()).collect::<Vec<_>>().join("/")
}

/// The parts of a path from the root, `.` and `..` resolved by their names.
fn plain(path: &Path) -> Vec<String> {
    let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = std::path::absolute(here).unwrap_or_else(|_| path.to_owned());
    let mut parts = Vec::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            Component::CurDir => {}
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_to_a_folder() {
        let relative = |folder: &str, path: &str| super::relative(Path::new(folder), Path::new(path));
        assert_eq!(relative("/a/b", "/a/b/c/d.md"), "c/d.md");
        assert_eq!(relative("/a/b", "/a/c/d.md"), "../c/d.md");
        assert_eq!(relative("/a/b", "/a/b/../b/./d.md"), "d.md");
        assert_eq!(relative("drafts", "drafts/d.md"), "d.md");
        assert_eq!(relative("", "drafts/d.md"), "drafts/d.md");
    }
}
