//! The user's TOML files, from disk.

use super::{Failure, discover};
use crate::catalogue::Catalogue;
use crate::datafile::{DataFile, Step};
use crate::fact::house::{self, House};
use std::path::{Path, PathBuf};

/// A TOML file.
///
/// # Errors
/// When it cannot be read or is not UTF-8.
pub fn data_file(path: &Path) -> Result<DataFile, Failure> {
    let here = std::env::current_dir().unwrap_or_default();
    let shown = discover::shown(path.strip_prefix(&here).unwrap_or(path));
    let bytes = std::fs::read(path).map_err(|error| Failure::Usage(format!("cannot read `{shown}`: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::Usage(format!("`{shown}` is not UTF-8")))?;
    Ok(DataFile::new(shown, text))
}

/// The files that globs of a configuration mean, sorted; one that matches nothing is an error in the configuration.
/// `keys`: the way to the globs in it.
///
/// # Errors
/// When a glob matches nothing or a file cannot be read.
pub fn data_files(folder: &Path, globs: &[String], config: &DataFile, keys: &[&str]) -> Result<Vec<DataFile>, Failure> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for (index, pattern) in globs.iter().enumerate() {
        let whole = folder.join(pattern);
        let escaped = match folder.to_str() {
            Some(folder) => format!("{}/{pattern}", glob::Pattern::escape(folder)),
            None => whole.to_string_lossy().into_owned(),
        };
        let found: Vec<PathBuf> =
            glob::glob(&escaped).into_iter().flatten().flatten().filter(|path| path.is_file()).collect();
        if found.is_empty() {
            let keys = keys.iter().map(|key| Step::Key(key));
            let steps: Vec<Step<'_>> = keys.chain([Step::Index(index)]).collect();
            return Err(config.error(&steps, format!("no file matches `{pattern}`")).into());
        }
        paths.extend(found);
    }
    paths.sort();
    paths.dedup();
    let here = std::env::current_dir().unwrap_or_default();
    paths.iter().map(|path| data_file(path.strip_prefix(&here).unwrap_or(path))).collect()
}

/// The house facts of these files.
///
/// # Errors
/// When a file is not a facts file; the error points into it.
pub fn read(files: &[DataFile], catalogue: &Catalogue) -> Result<House, Failure> {
    let mut facts = Vec::new();
    for file in files {
        let quantities = |text: &str| catalogue.quantities(text);
        facts.extend(house::read(file, catalogue.lexicon(), &catalogue.frames, &quantities)?);
    }
    Ok(House { facts })
}
