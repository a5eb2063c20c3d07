//! Bibliographies: the files that hold the works which an article cites by keys (`[@key]`).
//!
//! Takes the text of a BibTeX, BibLaTeX or CSL-JSON file; gives its keys with title and year, or an error with its
//! place. Knows no article, and does not find the files.

mod bibtex;
mod csl;

use crate::datafile::{self, DataError, DataFile};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a bibliography is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// BibTeX and BibLaTeX (`.bib`, `.bibtex`).
    Bibtex,
    /// CSL-JSON (`.json`).
    Csl,
}

impl Notation {
    /// The notation that a file's name says; `None` for one that is not read.
    pub fn of_path(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.')?.1;
        let is = |known: &str| ending.eq_ignore_ascii_case(known);
        if is("bib") || is("bibtex") { Some(Self::Bibtex) } else { is("json").then_some(Self::Csl) }
    }
}

/// What is known of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Its title, on one line.
    pub title: Option<String>,
    /// The year in which it appeared.
    pub year: Option<String>,
}

/// One file with its works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bibliography {
    /// Path as shown.
    path: Arc<str>,
    /// The works by their keys.
    works: BTreeMap<String, Work>,
}

impl Bibliography {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not written as its name says, with the place.
    pub fn read(file: &DataFile, notation: Notation) -> Result<Self, DataError> {
        let works = match notation {
            Notation::Bibtex => bibtex::read(file)?,
            Notation::Csl => csl::read(file)?,
        };
        Ok(Self { path: Arc::clone(file.source().path()), works })
    }
}

/// All that an article may cite by keys.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Its files.
    pub files: Vec<Arc<Bibliography>>,
    /// True when the article names them; others only lie beside it.
    pub named: bool,
}

impl Library {
    /// The work of a key.
    pub fn work(&self, key: &str) -> Option<&Work> {
        self.files.iter().find_map(|file| file.works.get(key))
    }

    /// The key most like a misspelt one, with its work, if one is near enough to be meant.
    pub fn nearest(&self, key: &str) -> Option<(&str, &Work)> {
        let keys = self.files.iter().flat_map(|file| file.works.keys());
        let nearest = datafile::nearest(key, keys.map(String::as_str))?;
        Some((nearest, self.work(nearest)?))
    }

    /// The names of its files.
    pub fn names(&self) -> String {
        self.files.iter().map(|file| file.path.as_ref()).collect::<Vec<_>>().join(", ")
    }
}

/// A text on one line; `None` when nothing is left.
fn line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
