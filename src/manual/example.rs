//! Which examples of a rule are shown, and how.
//!
//! Takes examples as the rule files write them; gives lines of text, the articles of a site, the earlier version and the
//! facts with their names.

use crate::rule::Example;

/// Up to so many characters an example is short.
const SHORT: usize = 240;

/// The first short examples; when there is none, the shortest.
pub(super) fn chosen(all: Option<&Vec<Example>>, most: usize) -> Vec<&Example> {
    let sized = || all.into_iter().flatten().map(|one| (length(one), one)).filter(|(length, _)| *length > 0);
    let short: Vec<&Example> = sized().filter(|(length, _)| *length < SHORT).map(|(_, one)| one).take(most).collect();
    if short.is_empty() {
        sized().min_by_key(|(length, _)| *length).map(|(_, one)| one).into_iter().collect()
    } else {
        short
    }
}

/// Its lines; what is more than one text is told apart by names.
pub(super) fn lines(example: &Example) -> Vec<String> {
    let parts = parts(example);
    let named = parts.len() > 1;
    let mut lines = Vec::new();
    for (index, (name, text)) in parts.into_iter().enumerate() {
        if named {
            if index > 0 {
                lines.push(String::new());
            }
            lines.push(format!("[{name}]"));
        }
        lines.extend(text.trim().lines().map(str::to_owned));
    }
    lines
}

fn length(example: &Example) -> usize {
    parts(example).iter().map(|(_, text)| text.trim().len()).sum()
}

/// The texts of an example with their names.
fn parts(example: &Example) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    if let Some(before) = &example.before {
        parts.push(("earlier version", before.as_str()));
    }
    if let Some(facts) = &example.facts {
        parts.push(("facts.toml", facts.as_str()));
    }
    if let Some(bibliography) = &example.bibliography {
        parts.push(("references.bib", bibliography.as_str()));
    }
    if !example.text.trim().is_empty() {
        parts.push((if example.before.is_some() { "this version" } else { "article" }, example.text.as_str()));
    }
    parts.extend(example.article.iter().map(|one| (one.path.as_str(), one.text.as_str())));
    parts
}
