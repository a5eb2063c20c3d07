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

/// Writes a file whole or not at all.
///
/// # Errors
/// When the folder is missing or cannot be written.
pub fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error: std::io::Error| Failure::Usage(format!("cannot write `{}`: {error}", path.display()));
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
