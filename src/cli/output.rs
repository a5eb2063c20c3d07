//! What goes to standard output and standard error.

use super::Failure;
use super::arguments::Color;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// True when a stream is to be coloured.
fn wants_color(color: Color, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// True when standard output is to be coloured.
pub fn color(color: Color) -> bool {
    wants_color(color, std::io::stdout().is_terminal())
}

/// Writes to standard output.
///
/// # Errors
/// When it is closed.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes to standard error, without a line end of its own.
pub fn aside(text: &str) {
    // as for a note, there is nobody left to tell
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Puts a new text in the place of a file's, whole or not at all. The file keeps its permissions and, where that is
/// allowed, its owner; of a symbolic link the target is written.
///
/// # Errors
/// When the file no longer holds `before`, may not be written, or its folder may not.
pub fn replace(path: &Path, before: &str, text: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot be written: {error}");
    let path = std::fs::canonicalize(path).map_err(failed)?;
    let rights = std::fs::metadata(&path).map_err(failed)?;
    // a new file may take the place of one that must not be written; who may write it is not to be got round
    std::fs::OpenOptions::new().write(true).open(&path).map_err(failed)?;
    if std::fs::read(&path).map_err(failed)? != before.as_bytes() {
        return Err("changed while it was being checked, and is left as it is".to_owned());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".claimlint").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    own(file.as_file(), &rights);
    file.as_file().set_permissions(rights.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Gives a file the owner of the one that it replaces; only a superuser may, and only then it matters.
#[cfg(unix)]
fn own(file: &std::fs::File, rights: &std::fs::Metadata) {
    use std::os::unix::fs::MetadataExt;
    let _ = std::os::unix::fs::fchown(file, Some(rights.uid()), Some(rights.gid()));
}

#[cfg(not(unix))]
fn own(_file: &std::fs::File, _rights: &std::fs::Metadata) {}

/// Writes a file whole or not at all. A device or a pipe, which cannot be replaced, is written to as it is.
///
/// # Errors
/// When the folder is missing or cannot be written.
pub fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error: std::io::Error| Failure::Usage(format!("cannot write `{}`: {error}", path.display()));
    // a link is followed, and what it leads to is asked
    if std::fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        let device = std::fs::OpenOptions::new().write(true).open(path);
        return device.and_then(|mut device| device.write_all(text.as_bytes())).map_err(failed);
    }
    let mut file = tempfile::Builder::new().prefix(".claimlint").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    let file = file.persist(path).map_err(|error| failed(error.error))?;
    readable(&file).map_err(failed)
}

/// A temporary file is private; a report is as readable as any new file.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// One line to standard error.
pub fn note(text: &str) {
    // there is nobody left to tell when standard error is closed
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Why a command failed, to standard error.
pub fn failure(failure: &Failure, color: Color) {
    match failure {
        Failure::Usage(message) => note(&format!("error: {message}")),
        Failure::Output(error) => note(&format!("error: cannot write: {error}")),
        Failure::Data(error) => {
            let colored = wants_color(color, std::io::stderr().is_terminal());
            let theme =
                if colored { miette::GraphicalTheme::unicode() } else { miette::GraphicalTheme::unicode_nocolor() };
            let handler = miette::GraphicalReportHandler::new_themed(theme).with_links(false);
            let mut text = String::new();
            if handler.render_report(&mut text, error.as_ref()).is_err() {
                text = error.to_string();
            }
            note(text.trim_end());
        }
    }
}
