//! Who wrote an article, when, and how old its evidence is.
//!
//! Takes the metadata, the first and last lines, and the years beside studies; the names of fields and the words of
//! bylines and months are lists of the lexicon.

use super::phrase::{found, mark};
use super::{Mechanism, Observation, Phrase, Scene};
use crate::grammar::quantity::QuantityKind;
use crate::lexicon::{fold, pieces};
use crate::source::Span;
use crate::statement::Statement;
use serde::Deserialize;

/// Parameters.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Currency {
    /// Look for the author and the date of articles of at least so many words; 0 for not at all.
    pub imprint_from_words: usize,
    /// Phrases with a `{year}` that date evidence.
    pub evidence: Vec<Phrase>,
    /// Evidence of more years than this is old.
    pub years: i64,
}

impl Mechanism for Currency {
    fn phrases(&mut self) -> Vec<&mut Phrase> {
        self.evidence.iter_mut().collect()
    }

    fn grades(&self) -> &'static [&'static str] {
        &["author", "date", "yearless"]
    }

    fn values(&self) -> &'static [&'static str] {
        &["text", "years"]
    }

    fn is_of_article(&self, grade: Option<&str>) -> bool {
        self.imprint_from_words > 0 && self.evidence.is_empty() && grade != Some("yearless")
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        if self.imprint_from_words > 0 {
            self.imprint(scene, seen);
        }
        for statement in &scene.article.statements {
            let mut last = 0;
            for hit in found(statement, &self.evidence) {
                let words = mark(hit);
                let age = hit.capture("year").and_then(|year| {
                    let year = statement.prose(&scene.article.document, statement.bytes_of(year)).trim().parse::<i64>();
                    year.ok().map(|year| this_year(scene) - year)
                });
                if let Some(age) = age.filter(|age| *age > self.years && *age < 100 && words.start >= last) {
                    last = words.end;
                    let range = statement.bytes_of(words);
                    let text = statement.prose(&scene.article.document, range.clone()).to_owned();
                    let span = statement.span_of(&scene.article.document, range);
                    seen.push(observation(None, span, vec![("text", text), ("years", age.to_string())]));
                }
            }
        }
    }
}

fn observation(grade: Option<&'static str>, span: Span, values: Vec<(&'static str, String)>) -> Observation {
    Observation { grade, span, related: Vec::new(), values, fix: None }
}

/// The year of today.
pub fn this_year(scene: &Scene<'_>) -> i64 {
    let today =
        jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(scene.setting.today).unwrap_or_default());
    today.map_or(1970, |date| i64::from(date.year()))
}

/// How many statements from either end of a page may hold its imprint.
const EDGE: usize = 10;
/// A line with a date of its own has no more words than this.
const LINE: usize = 12;

/// The statements at the top and the bottom of the page.
fn edges<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Statement> {
    let all = &scene.article.statements;
    let tail = all.len().saturating_sub(EDGE).max(EDGE.min(all.len()));
    all.iter().take(EDGE).chain(all.get(tail..).unwrap_or_default())
}

/// True when the page says when it was written or reviewed, in its metadata or at its edges.
pub fn is_dated(scene: &Scene<'_>) -> bool {
    let year = |text: &str| {
        pieces(text).any(|word| {
            let word = text.get(word).unwrap_or_default();
            word.len() == 4
                && (word.starts_with("20") || word.starts_with("19"))
                && word.bytes().all(|b| b.is_ascii_digit())
        })
    };
    holds_field(scene, "date-field")
        || edges(scene).any(|one| {
            let text = one.text(&scene.article.document);
            let is_short = |part: &&str| one.words.len() <= LINE || (part.len() < text.len() && is_brief(part));
            parts(text).filter(is_short).any(year)
        })
}

/// The parts of a line that a template sets apart: "By Ann Roe | 3 May 2026 · Skin".
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '·', '•']).map(str::trim)
}

fn is_brief(part: &str) -> bool {
    part.split_whitespace().count() <= LINE
}

/// The years that the page gives for itself: in its metadata, or in short lines at its edges.
pub fn own_years(scene: &Scene<'_>) -> Vec<i64> {
    let document = &scene.article.document;
    let keys = scene.lexicon.list("date-field");
    let is_date = |key: &str| fold(key).split(['.', ':', '_', '-']).any(|part| keys.iter().any(|own| own == part));
    let fields = document.metadata.iter().filter(|field| is_date(&field.key)).map(|field| field.value.as_str());
    // a sentence that ends in a full stop is no imprint
    let lines = edges(scene).filter(|one| one.words.len() <= LINE).map(|one| one.text(document));
    let lines = lines.filter(|text| !text.trim_end().ends_with(['.', '!', '?', ':']));
    let mut years = Vec::new();
    for text in fields.chain(lines) {
        let words = pieces(text).filter_map(|word| text.get(word));
        let year = |word: &str| (word.len() == 4).then(|| word.parse().ok()).flatten();
        years.extend(words.filter_map(year).filter(|year: &i64| (1900..2100).contains(year)));
    }
    years
}

fn holds_field(scene: &Scene<'_>, list: &str) -> bool {
    let keys = scene.lexicon.list(list);
    scene.article.document.metadata.iter().any(|field| {
        let key = fold(&field.key);
        !field.value.trim().is_empty() && keys.iter().any(|own| key.split(['.', ':', '_', '-']).any(|part| part == own))
    })
}

impl Currency {
    fn imprint(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let article = scene.article;
        let words: usize = article.statements.iter().map(|one| one.words.len()).sum();
        if words < self.imprint_from_words {
            return;
        }
        let supplies = |thing: &str| scene.setting.supplies.iter().any(|own| own == thing);
        let dated = supplies("date") || is_dated(scene);
        let short = edges(scene).filter(|one| one.words.len() <= 6);
        let yearless =
            short.filter(|one| is_day(scene, one)).map(|one| (one.span, one.text(&article.document).to_owned()));
        if let Some((span, text)) = yearless.take(1).next().filter(|_| !dated) {
            seen.push(observation(Some("yearless"), span, vec![("text", text), ("years", String::new())]));
            return;
        }
        let bylines = scene.lexicon.list("byline");
        let signed = supplies("author")
            || holds_field(scene, "author-field")
            || edges(scene).any(|one| {
                let text = fold(one.text(&article.document)).into_owned();
                let opens = |part: &str, byline: &str| {
                    part.strip_prefix(byline).is_some_and(|rest| rest.starts_with([' ', ':']))
                };
                parts(&text).any(|part| bylines.iter().any(|byline| opens(part, byline)))
            });
        let grade = match (signed, dated) {
            (true, true) => return,
            (false, false) => None,
            (false, true) => Some("author"),
            (true, false) => Some("date"),
        };
        if let Some(first) = article.statements.first() {
            seen.push(observation(grade, first.span, vec![("text", String::new()), ("years", String::new())]));
        }
    }
}

/// True for a line with a month and a day and nothing that could be a year.
fn is_day(scene: &Scene<'_>, statement: &Statement) -> bool {
    let text = fold(statement.text(&scene.article.document)).into_owned();
    let months = scene.lexicon.list("month");
    let words: Vec<&str> = pieces(&text).filter_map(|range| text.get(range)).collect();
    let month = words.iter().any(|word| months.iter().any(|month| month == word));
    let day = words.iter().any(|word| word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)));
    let other = statement.quantities.iter().any(|one| !matches!(one.kind, QuantityKind::Date | QuantityKind::Count));
    month && day && !other && words.len() <= 4
}
