//! `explain`, `rules`, `test`, `init`, `schema`, `man` and `completions`.

use super::arguments::{Arguments, SchemaFile};
use super::{Failure, Status, house, output};
use crate::catalogue::Catalogue;
use crate::config::FILE_NAME;
use crate::engine::Engine;
use crate::rule::{Example, RuleFile};
use crate::{datafile, manual, trial};
use clap::CommandFactory;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// `claimlint explain RULE`.
///
/// # Errors
/// When there is no such rule.
pub fn explain(name: &str) -> Result<Status, Failure> {
    let catalogue = ManuallyDrop::new(Catalogue::builtin()?);
    let Some(rule) = catalogue.rule(name) else {
        let nearest =
            catalogue.nearest(name).map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
        return Err(Failure::Usage(format!("there is no rule `{name}`{nearest}")));
    };
    let examples = Catalogue::examples().remove(&rule.code).unwrap_or_default();
    output::print(&manual::explain(rule, &examples))?;
    Ok(Status::Clean)
}

/// `claimlint rules`.
///
/// # Errors
/// When output cannot be written.
pub fn rules() -> Result<Status, Failure> {
    // the process ends here, and freeing a catalogue takes longer than starting one
    let catalogue = ManuallyDrop::new(Catalogue::builtin()?);
    output::print(&manual::table(&catalogue))?;
    Ok(Status::Clean)
}

/// `claimlint test [FILES]`: the examples of rule files, or of the built-in rules.
///
/// # Errors
/// When a file cannot be read.
pub fn test(files: &[PathBuf]) -> Result<Status, Failure> {
    let mut examples: Vec<(String, Vec<Example>, Vec<Example>)> = Vec::new();
    let files = files.iter().map(|path| house::data_file(path)).collect::<Result<Vec<_>, _>>()?;
    let catalogue = if files.is_empty() { Catalogue::builtin()? } else { Catalogue::with(&files, &[])? };
    if files.is_empty() {
        for (code, own) in Catalogue::examples() {
            examples.push((code, own.rejects.unwrap_or_default(), own.accepts.unwrap_or_default()));
        }
    }
    for file in &files {
        for rule in file.parse::<RuleFile>()?.rule {
            examples.push((rule.code, rule.rejects, rule.accepts));
        }
    }
    let engine = Engine::new(catalogue);
    let (mut passed, mut failed) = (0, 0);
    for (code, rejects, accepts) in &examples {
        for alone in [true, false] {
            let way = if alone { "alone" } else { "with all rules" };
            let wrong = rejects
                .iter()
                .enumerate()
                .map(|(index, one)| ("rejects", index, trial::rejects(&engine, code, one, alone)));
            let wrong = wrong.chain(
                accepts
                    .iter()
                    .enumerate()
                    .map(|(index, one)| ("accepts", index, trial::accepts(&engine, code, one, alone))),
            );
            for (kind, index, reason) in wrong {
                match reason {
                    None => passed += 1,
                    Some(reason) => {
                        failed += 1;
                        output::print(&format!("{code} {kind} {} ({way}): {reason}\n", index + 1))?;
                    }
                }
            }
        }
    }
    output::print(&format!("{passed} passed, {failed} failed\n"))?;
    Ok(if failed == 0 { Status::Clean } else { Status::Findings })
}

/// What `init` writes.
const TEMPLATE: &str = "\
# Settings of this site; see the README of claimlint for all keys. For an editor that completes and checks them, run
# `claimlint schema config > claimlint.schema.json` and make `#:schema ./claimlint.schema.json` the first line.

# facts        = [\"facts.toml\"]            # what the house has agreed on
# rule-files   = [\"house-rules/*.toml\"]
# lexicon      = [\"words/*.toml\"]
# exclude      = [\"archive/**\"]
# topic        = \"migraine\"                # of every article
# audience     = \"consumer\"                # or \"professional\"
# jurisdiction = \"US\"
# supplies     = [\"author\", \"date\", \"crisis-line\"]   # what the page template adds
# prose-fields = [\"title\", \"description\"]  # front matter that readers see

[rules]
# R002 = \"info\"                            # a code or name; \"off\" or a severity

# [[override]]
# paths    = [\"for-clinicians/**\"]
# audience = \"professional\"
";

/// `claimlint init`.
///
/// # Errors
/// When there is a configuration already, or the folder cannot be written.
pub fn init() -> Result<Status, Failure> {
    let path = Path::new(FILE_NAME);
    if path.exists() {
        return Err(Failure::Usage(format!("there is a {FILE_NAME} here already")));
    }
    output::write_whole(path, TEMPLATE)?;
    output::print(&format!("wrote {FILE_NAME}\n"))?;
    Ok(Status::Clean)
}

/// `claimlint schema FILE`.
///
/// # Errors
/// When output cannot be written.
pub fn schema(file: SchemaFile) -> Result<Status, Failure> {
    let text = match file {
        SchemaFile::Config => manual::schema::config(&ManuallyDrop::new(Catalogue::builtin()?)),
        SchemaFile::Rules => manual::schema::rules(),
        SchemaFile::Facts => manual::schema::facts(&ManuallyDrop::new(Catalogue::builtin()?)),
    };
    output::print(&text)?;
    Ok(Status::Clean)
}

/// `claimlint man [COMMAND]`, or all pages into a folder.
///
/// # Errors
/// When there is no such command, or the pages cannot be written.
pub fn man(name: Option<&str>, to: Option<&Path>) -> Result<Status, Failure> {
    let mut whole = Arguments::command().disable_help_subcommand(true);
    whole.build();
    if let Some(folder) = to {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Usage(format!("cannot write `{}`: {error}", folder.display())))?;
        for command in std::iter::once(&whole).chain(whole.get_subcommands()) {
            let page = clap_mangen::Man::new(command.clone());
            output::write_whole(&folder.join(page.get_filename()), &rendered(&page)?)?;
        }
        return Ok(Status::Clean);
    }
    let command = match name {
        None => &whole,
        Some(name) => whole.find_subcommand(name).ok_or_else(|| {
            let names = whole.get_subcommands().map(clap::Command::get_name);
            let nearest = datafile::nearest(name, names)
                .map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"));
            Failure::Usage(format!("there is no command `{name}`{nearest}"))
        })?,
    };
    output::print(&rendered(&clap_mangen::Man::new(command.clone()))?)?;
    Ok(Status::Clean)
}

fn rendered(page: &clap_mangen::Man) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    page.render(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `claimlint completions SHELL`.
///
/// # Errors
/// When output cannot be written.
pub fn completions(shell: clap_complete::Shell) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "claimlint", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Clean)
}
