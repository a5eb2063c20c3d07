//! Examples of rules, run: what an example must give, and what it gives.
//!
//! Takes an engine and an example; says what is wrong. Used by `claimlint test` and by the tests of the built-in rules.

use crate::bibliography::{Bibliography, Library, Notation};
use crate::catalogue::Catalogue;
use crate::checks::reference::files;
use crate::checks::{Article, Check};
use crate::config::{Config, FILE_NAME};
use crate::datafile::DataFile;
use crate::engine::{Engine, Settings};
use crate::fact::house::{self, House};
use crate::finding::Finding;
use crate::rule::Example;
use crate::source::{Format, Source, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The day on which examples are read that name none: 2026-01-01.
const TODAY: i64 = 20_454;

/// The name of an example's bibliography.
const BIBLIOGRAPHY: &str = "references.bib";

/// Runs an example; `alone`: only this rule is on. Gives the findings of the rule.
///
/// # Errors
/// When the example itself is broken: its facts, configuration, format or date.
pub fn findings(engine: &Engine, code: &str, example: &Example, alone: bool) -> Result<Vec<Finding>, String> {
    let catalogue = engine.catalogue();
    let index = catalogue.index_of(code).ok_or_else(|| format!("there is no rule `{code}`"))?;
    let sources = sources(example)?;
    let mut settings = settings(catalogue, example)?;
    // what a directive silences is only known when all rules run
    let directive = catalogue.rules.get(index).is_some_and(|rule| matches!(rule.check, Check::Directive(_)));
    settings.selected = (alone && !directive).then(|| vec![index]);
    let settings = Arc::new(settings);
    let own = |found: Vec<Finding>| found.into_iter().filter(|one| one.code.as_ref() == code).collect();
    if let (Some(before), Some(new)) = (before(example, &sources), sources.first()) {
        let (old, new) = (engine.read(&before, &settings), engine.read(new, &settings));
        return Ok(own(engine.revise(&old, &new, &settings).findings));
    }
    let house = facts(catalogue, example)?;
    let library = library(example)?;
    let check = |source| {
        let read = engine.read(source, &settings);
        let gone = gone(example, &read);
        let article = Article { library: library.clone(), gone, ..read };
        engine.check(&article, &settings, &house)
    };
    let reports = sources.iter().map(check).collect();
    let outcome = engine.finish(&mut [(example.config.is_some() || example.article.len() > 1, reports)], true);
    Ok(own(outcome.findings))
}

/// The earlier version of an example's text, when it has one.
fn before(example: &Example, sources: &[Source]) -> Option<Source> {
    let text = example.before.as_deref()?;
    Some(Source::new("before", text, sources.first()?.format()))
}

fn sources(example: &Example) -> Result<Vec<Source>, String> {
    if !example.article.is_empty() {
        return example
            .article
            .iter()
            .map(|one| {
                let format = Format::of_path(&one.path).ok_or_else(|| format!("`{}` says no format", one.path))?;
                Ok(Source::new(one.path.as_str(), one.text.as_str(), format))
            })
            .collect();
    }
    let name = example.format.as_deref().unwrap_or("markdown");
    let format = Format::of_name(name).ok_or_else(|| format!("there is no format `{name}`"))?;
    Ok(vec![Source::new("example", example.text.as_str(), format)])
}

fn settings(catalogue: &Catalogue, example: &Example) -> Result<Settings, String> {
    let file = DataFile::new(FILE_NAME, example.config.as_deref().unwrap_or_default());
    let config = Config::parse(&file).map_err(|error| error.to_string())?;
    let today = match &example.today {
        None => TODAY,
        Some(day) => {
            let date: jiff::civil::Date = day.parse().map_err(|_| format!("`{day}` is no date"))?;
            let since = date.since(jiff::civil::date(1970, 1, 1)).map_err(|error| error.to_string())?;
            i64::from(since.get_days())
        }
    };
    config.settings(&file, "example", catalogue, today).map_err(|error| error.to_string())
}

fn facts(catalogue: &Catalogue, example: &Example) -> Result<House, String> {
    let Some(text) = &example.facts else { return Ok(House::default()) };
    let file = DataFile::new("facts.toml", text.as_str());
    let quantities = |text: &str| catalogue.quantities(text);
    let facts = house::read(&file, catalogue.lexicon(), &catalogue.frames, &quantities);
    Ok(House { facts: facts.map_err(|error| error.to_string())? })
}

/// The files that links name and the example does not, when it names any.
fn gone(example: &Example, article: &Article<'_>) -> BTreeSet<String> {
    let named = files(&article.document).map(|(_, path)| path.to_owned());
    named.filter(|path| !example.files.is_empty() && !example.files.contains(path)).collect()
}

fn library(example: &Example) -> Result<Option<Library>, String> {
    let Some(text) = &example.bibliography else { return Ok(None) };
    let file = DataFile::new(BIBLIOGRAPHY, text.as_str());
    let read = Bibliography::read(&file, Notation::Bibtex).map_err(|error| error.to_string())?;
    Ok(Some(Library { files: vec![Arc::new(read)], named: true }))
}

/// What is wrong with an example that must be rejected; `None` when it gives what it says.
pub fn rejects(engine: &Engine, code: &str, example: &Example, alone: bool) -> Option<String> {
    let found = match findings(engine, code, example, alone) {
        Ok(found) => found,
        Err(error) => return Some(error),
    };
    if !alone && example.owned_by.is_some() {
        return (!found.is_empty())
            .then(|| format!("another rule owns the span, but this one found {}", shown(&found)));
    }
    let mut sources = match sources(example) {
        Ok(sources) => sources,
        Err(error) => return Some(error),
    };
    sources.extend(before(example, &sources));
    sources.extend(example.facts.as_deref().map(|facts| Source::new("facts.toml", facts, Format::Text)));
    let wanted: Vec<Span> = example.marks.iter().filter_map(|mark| place(&sources, mark)).collect();
    if wanted.len() != example.marks.len() {
        return Some("a mark does not stand in the text".to_owned());
    }
    let sides = found
        .iter()
        .flat_map(|one| std::iter::once(one.primary.span).chain(one.related.iter().map(|side| side.place.span)));
    let spans: Vec<Span> = sides.collect();
    if spans != wanted {
        return Some(format!("wanted {:?}, found {}", example.marks, shown(&found)));
    }
    let grade = example.grade.as_deref();
    let other = found.iter().find(|one| grade.is_some() && one.grade != grade);
    other.map(|one| format!("wanted grade {grade:?}, found {:?}", one.grade))
}

/// What is wrong with an example that must be accepted; `None` when nothing is found.
pub fn accepts(engine: &Engine, code: &str, example: &Example, alone: bool) -> Option<String> {
    match findings(engine, code, example, alone) {
        Err(error) => Some(error),
        Ok(found) if found.is_empty() => None,
        Ok(found) => Some(format!("found {}", shown(&found))),
    }
}

/// The place of a mark, `text#2` for the second occurrence, counted over all articles and then the facts file.
fn place(sources: &[Source], mark: &str) -> Option<Span> {
    let (text, nth) = match mark.rsplit_once('#') {
        Some((text, nth)) => nth.parse::<usize>().map_or((mark, 1), |nth| (text, nth)),
        None => (mark, 1),
    };
    let mut all = sources.iter().flat_map(|source| source.text().match_indices(text));
    let (at, found) = all.nth(nth.checked_sub(1)?)?;
    Some(Span::new(at, at + found.len()))
}

fn shown(found: &[Finding]) -> String {
    let one = |finding: &Finding| {
        let sides: Vec<&str> = finding.related.iter().map(|side| side.place.text.as_str()).collect();
        format!("{:?} with {sides:?} ({})", finding.primary.text, finding.message)
    };
    if found.is_empty() { "nothing".to_owned() } else { found.iter().map(one).collect::<Vec<_>>().join("; ") }
}
