//! Versions of articles: files, folders, and what a git repository holds at a revision.

use super::git::git;
use super::{Failure, discover};
use crate::source::{Format, Source};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One file of a version, unread.
pub struct Version {
    /// How reports name it.
    pub shown: String,
    /// Where it stands or would stand, for finding its configuration.
    pub path: PathBuf,
    /// How it is read.
    format: Format,
    /// The object in git, when it is none on disk.
    object: Option<String>,
}

/// What an argument of `compare` means.
pub enum Side {
    /// One file.
    File(Version),
    /// The files of a folder by their path in it.
    Folder(BTreeMap<String, Version>),
}

impl Version {
    /// Reads it.
    ///
    /// # Errors
    /// When it cannot be read; says why.
    pub fn source(&self) -> Result<Source, String> {
        let bytes = match &self.object {
            None => std::fs::read(&self.path).map_err(|error| format!("cannot be read: {error}"))?,
            Some(object) => git(&["show", object])?,
        };
        Source::from_bytes(self.shown.as_str(), bytes, self.format).map_err(|error| error.to_string())
    }
}

/// The files that an argument means.
///
/// # Errors
/// When there is no such file, folder, revision or path in it.
pub fn side(argument: &str) -> Result<Side, Failure> {
    let path = Path::new(argument);
    if path.is_dir() {
        let inputs = discover::inputs(&[argument.to_owned()])?;
        let inside = |path: &Path| discover::shown(path.strip_prefix(argument).unwrap_or(path));
        let version = |input: discover::Input| Version {
            shown: input.shown,
            path: input.path,
            format: input.format,
            object: None,
        };
        return Ok(Side::Folder(inputs.into_iter().map(|input| (inside(&input.path), version(input))).collect()));
    }
    if path.exists() {
        let shown = discover::shown(path);
        let format = Format::of_path(&shown).unwrap_or(Format::Text);
        return Ok(Side::File(Version { shown, path: path.to_owned(), format, object: None }));
    }
    match argument.split_once(':') {
        Some((revision, inside)) if !revision.is_empty() && !revision.starts_with('-') => {
            of_revision(argument, inside).map_err(|reason| Failure::Usage(format!("`{argument}`: {reason}")))
        }
        _ => Err(Failure::Usage(format!("there is no file or folder `{argument}`"))),
    }
}

fn of_revision(argument: &str, inside: &str) -> Result<Side, String> {
    let kind = git(&["cat-file", "-t", argument])?;
    let version = |shown: String, path: PathBuf| {
        let format = Format::of_path(&shown);
        format.map(|format| Version { object: Some(shown.clone()), shown, path, format })
    };
    if kind.trim_ascii() != b"tree" {
        let named = version(argument.to_owned(), PathBuf::from(inside));
        return named.map(Side::File).ok_or_else(|| "its name says no format: use .md, .mdx, .html or .txt".to_owned());
    }
    let listed = git(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", argument])?;
    let listed = String::from_utf8_lossy(&listed);
    let below = inside.trim_end_matches('/');
    let mut files = BTreeMap::new();
    for name in listed.split('\0').filter(|name| !name.is_empty() && !name.starts_with('.') && !name.contains("/.")) {
        let separator = if argument.ends_with([':', '/']) { "" } else { "/" };
        if let Some(version) = version(format!("{argument}{separator}{name}"), Path::new(below).join(name)) {
            files.insert(name.to_owned(), version);
        }
    }
    Ok(Side::Folder(files))
}
