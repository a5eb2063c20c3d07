//! The bibliographies of a run: found beside the articles that cite from them, and each read once.

use super::discover::shown;
use crate::bibliography::{Bibliography, Library, Notation};
use crate::datafile::DataFile;
use crate::document::Document;
use crate::report::Problem;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The front matter key that names bibliographies.
const KEY: &str = "bibliography";

/// The file that an article may cite from without naming it, whatever else lies beside it.
const USUAL: &str = "references.bib";

/// A bibliography, or why it could not be read.
type Volume = Result<Arc<Bibliography>, Problem>;

/// What was read so far.
#[derive(Default)]
pub(super) struct Shelf {
    volumes: Mutex<HashMap<PathBuf, Volume>>,
    /// For each folder the bibliography that lies in it.
    beside: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
}

impl Shelf {
    /// What an article may cite by keys; `None` when it cites nothing so, or when that is not known. `folder`: where
    /// names are looked for that are not found beside the article.
    ///
    /// # Errors
    /// The files that the article names and that are not there or cannot be read.
    pub(super) fn library(
        &self,
        path: &Path,
        document: &Document,
        folder: &Path,
    ) -> Result<Option<Library>, Vec<Problem>> {
        if !document.markers.iter().any(|marker| marker.keys) {
            return Ok(None);
        }
        let own = path.parent().unwrap_or(Path::new(""));
        let names: Vec<&str> =
            document.metadata.iter().filter(|field| field.key == KEY).map(|field| field.value.trim()).collect();
        if names.is_empty() {
            let volume = self.lying_beside(own).and_then(|file| self.volume(&file).ok());
            return Ok(volume.map(|volume| Library { files: vec![volume], named: false }));
        }
        // what lies elsewhere, or is written in a way that is not read, may hold any key
        let local = |name: &&str| Notation::of_path(name).is_some() && !name.contains("://") && !name.starts_with('/');
        if !names.iter().all(local) {
            return Ok(None);
        }
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for name in names {
            let places = [own.join(name), folder.join(name)];
            let there = places.iter().find(|place| place.is_file());
            match self.volume(there.unwrap_or(&own.join(name))) {
                Ok(volume) => files.push(volume),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Some(Library { files, named: true })) } else { Err(problems) }
    }

    /// A file, read the first time that it is asked for.
    fn volume(&self, path: &Path) -> Volume {
        let mut volumes = self.volumes.lock().unwrap_or_else(PoisonError::into_inner);
        volumes.entry(path.to_owned()).or_insert_with(|| read(path)).clone()
    }

    /// The bibliography that lies in a folder: the usual one, else the only one.
    fn lying_beside(&self, folder: &Path) -> Option<PathBuf> {
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        beside.entry(folder.to_owned()).or_insert_with(|| only_one(folder)).clone()
    }
}

fn only_one(folder: &Path) -> Option<PathBuf> {
    let usual = folder.join(USUAL);
    if usual.is_file() {
        return Some(usual);
    }
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        (name.ends_with(".bib") || name.ends_with(".csl.json")) && path.is_file()
    };
    let mut found = std::fs::read_dir(here).ok()?.flatten().map(|entry| entry.path()).filter(is_one);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn read(path: &Path) -> Volume {
    let name = shown(path);
    let problem = |message: String| Problem { path: name.clone(), message };
    let bytes = std::fs::read(path)
        .map_err(|error| problem(format!("cannot be read, and an article names it as its bibliography: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| problem("is not written in UTF-8".to_owned()))?;
    let Some(notation) = Notation::of_path(&name) else {
        return Err(problem("is no bibliography that is read".to_owned()));
    };
    let file = DataFile::new(name.as_str(), text);
    Bibliography::read(&file, notation).map(Arc::new).map_err(|error| {
        let at = file.source().position(error.span.start);
        problem(format!("line {}, column {}: {}", at.line, at.column, error.message))
    })
}
