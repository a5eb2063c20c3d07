//! The command line: arguments, files, progress, the clock, exit status.
//!
//! The only module that touches the outside world; everything it does it asks of the floors below.

mod arguments;
mod articles;
mod check;
mod claims;
mod compare;
mod decide;
mod discover;
mod focus;
mod git;
mod house;
mod ledger;
mod manual;
mod nearby;
mod output;
mod printing;
mod repair;
mod shelf;
mod version;
mod workspace;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// Why a command did not do what it was asked; shown on stderr, exit status 2.
#[derive(Debug)]
pub enum Failure {
    /// The arguments do not make sense together, or name something that is not there.
    Usage(String),
    /// A file of the user's is wrong; points into it.
    Data(Box<crate::datafile::DataError>),
    /// Output could not be written.
    Output(std::io::Error),
}

impl From<crate::datafile::DataError> for Failure {
    fn from(error: crate::datafile::DataError) -> Self {
        Self::Data(Box::new(error))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

/// What a command found, as the exit status says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing at or above what fails.
    Clean,
    /// Findings.
    Findings,
    /// An input could not be read.
    Unreadable,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // help and version are no errors; a closed pipe is nobody's fault
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(&arguments) {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Ok(Status::Unreadable) => ExitCode::from(2),
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            output::failure(&failure, arguments.color());
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Check(options) => check::check(options, arguments.color()),
        Command::Statements(options) => check::statements(options),
        Command::Claims(options) => claims::claims(options),
        Command::Compare(options) => compare::compare(options, arguments.color()),
        Command::Accept(options) => decide::accept(options),
        Command::Decisions(options) => decide::decisions(options),
        Command::Explain { rule } => manual::explain(rule),
        Command::Rules => manual::rules(),
        Command::Test { files } => manual::test(files),
        Command::Init => manual::init(),
        Command::Schema { file } => manual::schema(*file),
        Command::Man { command, to } => manual::man(command.as_deref(), to.as_deref()),
        Command::Completions { shell } => manual::completions(*shell),
    }
}
