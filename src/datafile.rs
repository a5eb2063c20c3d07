//! A TOML file of the user's (configuration, rules, words, facts) as a source that errors can point into.
//!
//! Takes path and text; gives records by serde, and errors with the place of the table, key or part of a string that
//! is wrong. Knows no record and reads no disk.

use crate::source::{Format, Source, Span};
use miette::{Diagnostic, LabeledSpan, SourceCode};
use serde::de::DeserializeOwned;
use std::fmt::{self, Display};
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A TOML file of the user's.
#[derive(Clone, Debug)]
pub struct DataFile {
    source: Arc<Source>,
}

/// One step on the way to a value in a TOML file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// The key itself instead of its value; only as the last step.
    Name(&'a str),
    /// An entry of an array.
    Index(usize),
}

/// What is wrong in a file of the user's, and where. Made from a closed reason by [`DataFile::error`].
#[derive(Clone, Debug)]
pub struct DataError {
    source: Arc<Source>,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What stands at the place, or what to write instead; shown under the place.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl DataFile {
    /// A file by its path (as shown) and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { source: Arc::new(Source::new(path, text, Format::Text)) }
    }

    /// The file as a source of places.
    pub const fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Path as shown.
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// Reads the records.
    ///
    /// # Errors
    /// When the file is not TOML or not of this shape; a misspelt key or variant is answered with the nearest one.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, DataError> {
        let text = self.source.text();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let skipped = self.source.text().len() - text.len();
        toml::from_str(text).map_err(|error| {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().to_owned();
            let label = nearest_expected(&message).map(|nearest| format!("did you mean `{nearest}`?"));
            DataError {
                source: Arc::clone(&self.source),
                span: Span::new(range.start + skipped, range.end + skipped),
                message,
                label,
                help: None,
            }
        })
    }

    /// Where a value stands; when the way ends early, where its last known step stands.
    pub fn place(&self, steps: &[Step<'_>]) -> Span {
        let Ok(root) = DeTable::parse(self.source.text()) else { return Span::default() };
        walk(root.get_ref(), steps).map_or_else(Span::default, Span::from)
    }

    /// The bytes of a part of a string value, `part` counted in the string as read; the whole value where the string
    /// is written with escapes.
    pub fn place_in(&self, steps: &[Step<'_>], part: Range<usize>) -> Span {
        self.part_of(self.place(steps), part)
    }

    /// Where the string `text` first stands at any depth below a value; where the value stands when it does not.
    pub fn place_of(&self, steps: &[Step<'_>], text: &str) -> Span {
        let Ok(root) = DeTable::parse(self.source.text()) else { return Span::default() };
        let Some(below) = walk(root.get_ref(), steps) else { return Span::default() };
        let mut open: Vec<(&DeValue<'_>, Range<usize>)> =
            root.get_ref().values().map(|value| (value.get_ref(), value.span())).collect();
        let mut found: Option<Range<usize>> = None;
        // tables of an array of tables need not lie in its span, so all strings are looked at from `below` on
        while let Some((value, range)) = open.pop() {
            match value {
                DeValue::String(string) if string == text && range.start >= below.start => {
                    let earlier = found.as_ref().is_none_or(|best| range.start < best.start);
                    found = if earlier { Some(range) } else { found };
                }
                DeValue::Table(table) => open.extend(table.values().map(|value| (value.get_ref(), value.span()))),
                DeValue::Array(array) => open.extend(array.iter().map(|value| (value.get_ref(), value.span()))),
                _ => {}
            }
        }
        Span::from(found.unwrap_or(below))
    }

    /// The bytes of a part of a string that stands, quotes included, at `whole`.
    pub fn part_of(&self, whole: Span, part: Range<usize>) -> Span {
        let written = self.source.slice(whole);
        let quote = ["\"\"\"", "'''", "\"", "'"].iter().find(|quote| written.starts_with(**quote));
        let Some(quote) = quote else { return whole };
        if written.contains('\\') && quote.starts_with('"') {
            return whole;
        }
        let start = whole.start + quote.len() + part.start;
        let end = (whole.start + quote.len() + part.end).max(start + 1);
        let inside = Span::new(start, end);
        if whole.contains(inside) && !self.source.slice(inside).is_empty() { inside } else { whole }
    }

    /// An error at the place of a value.
    pub fn error(&self, steps: &[Step<'_>], reason: impl Display) -> DataError {
        self.error_at(self.place(steps), reason)
    }

    /// An error at a place.
    pub fn error_at(&self, span: Span, reason: impl Display) -> DataError {
        DataError { source: Arc::clone(&self.source), span, message: reason.to_string(), label: None, help: None }
    }
}

impl DataError {
    /// Says what to write instead, when something known is near.
    #[must_use]
    pub fn suggest(mut self, nearest: Option<&str>) -> Self {
        self.label = nearest.map(|nearest| format!("did you mean `{nearest}`?")).or(self.label);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Display for DataError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for DataError {}

impl Diagnostic for DataError {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = self.label.clone().unwrap_or_else(|| "here".to_owned());
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(
            Some(label),
            (self.span.start, self.span.len()),
        ))))
    }
}

impl SourceCode for DataError {
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let read = self.source.text().as_bytes().read_span(span, before, after)?;
        Ok(Box::new(miette::MietteSpanContents::new_named(
            self.source.path().to_string(),
            read.data(),
            *read.span(),
            read.line(),
            read.column(),
            read.line_count(),
        )))
    }
}

/// Of the names that serde says it expected, the nearest to the one it found.
fn nearest_expected(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once('`')?;
    let (found, rest) = rest.split_once('`')?;
    let (_, expected) = rest.split_once("expected")?;
    nearest(found, expected.split('`').skip(1).step_by(2))
}

/// The candidate most like a misspelt name, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&name, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))
        .map(|(_, candidate)| candidate)
}

fn walk(root: &DeTable<'_>, steps: &[Step<'_>]) -> Option<Range<usize>> {
    let mut range = None;
    let mut table = Some(root);
    let mut array = None;
    for step in steps {
        let value = match *step {
            Step::Index(index) => array.and_then(|array: &toml::de::DeArray<'_>| array.get(index)),
            Step::Key(key) => table.and_then(|table| table.get(key)),
            Step::Name(key) => {
                let found = table.and_then(|table| table.keys().find(|name| name.get_ref() == key));
                return found.map(toml::Spanned::span).or(range);
            }
        };
        let Some(value) = value else { return range };
        range = Some(value.span());
        (table, array) = match value.get_ref() {
            DeValue::Table(inner) => (Some(inner), None),
            DeValue::Array(inner) => (None, Some(inner)),
            _ => (None, None),
        };
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct File {
        rule: Vec<Record>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Record {
        code: String,
        severity: Option<String>,
    }

    #[test]
    fn a_misspelt_key_is_pointed_at_and_the_nearest_named() {
        let file = DataFile::new("r.toml", "[[rule]]\ncode = 'A'\nsevrity = 'x'\n");
        let error = file.parse::<File>().unwrap_err();
        assert_eq!(file.source().slice(error.span), "sevrity");
        assert_eq!(error.label.as_deref(), Some("did you mean `severity`?"));
    }

    #[test]
    fn a_place_is_found_by_its_way() {
        let file = DataFile::new("r.toml", "[[rule]]\ncode = 'A'\n[[rule]]\ncode = \"a {b} c\"\n");
        let way = [Step::Key("rule"), Step::Index(1), Step::Key("code")];
        let text = |span| file.source().slice(span);
        assert_eq!(text(file.place(&way)), "\"a {b} c\"");
        assert_eq!(text(file.place_in(&way, 2..5)), "{b}");
        assert_eq!(text(file.place(&[Step::Key("rule"), Step::Index(0), Step::Name("code")])), "code");
        assert_eq!(text(file.place(&[Step::Key("rule"), Step::Index(1), Step::Key("none")])), "[[rule]]");
    }

    #[test]
    fn a_nearest_name_must_be_near() {
        assert_eq!(nearest("S01", ["S001", "C001"]), Some("S001"));
        assert_eq!(nearest("zebra", ["S001", "C001"]), None);
    }
}
