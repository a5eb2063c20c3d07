//! Which files that links name are on disk.

use crate::checks::reference::{FileKind, files};
use crate::document::Document;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The names in a folder; none when it is not there.
type Names = Arc<Vec<String>>;

/// The folders that were looked into.
#[derive(Default)]
pub(super) struct Nearby {
    folders: Mutex<HashMap<PathBuf, Names>>,
}

impl Nearby {
    /// The files that links of an article name and that are not there, as the links write them. `root`: where paths
    /// may start, too. A file is only missed where others of its kind are: elsewhere its whole folder is put in place
    /// when the site is made, or was left behind.
    pub(super) fn gone(&self, article: &Path, document: &Document, root: &Path) -> BTreeSet<String> {
        let mut gone = BTreeSet::new();
        // a text that lies nowhere (standard input) has nothing beside it
        if files(document).next().is_none() || !article.is_file() {
            return gone;
        }
        let own = article.parent().unwrap_or(Path::new(""));
        for (_, target) in files(document) {
            if !own.join(target).exists() && !root.join(target).exists() && self.misses(&own.join(target)) {
                gone.insert(target.to_owned());
            }
        }
        gone
    }

    /// True when the folder of a file holds others of its kind, and none that it could be made from.
    fn misses(&self, path: &Path) -> bool {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
        let name = name.to_string_lossy();
        let (kind, stem) = (FileKind::of_name(&name), stem(&name));
        let names = self.names(folder);
        let made = names.iter().any(|other| self::stem(other).eq_ignore_ascii_case(stem));
        !made && names.iter().any(|other| FileKind::of_name(other) == kind)
    }

    fn names(&self, folder: &Path) -> Names {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let entries = std::fs::read_dir(here).into_iter().flatten().flatten();
            Arc::new(entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        };
        Arc::clone(folders.entry(here.to_owned()).or_insert_with(read))
    }
}

/// A name up to its first full stop.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
