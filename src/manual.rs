//! Everything the product says about its rules, made from the rules.
//!
//! Takes a catalogue and examples; gives the text of `explain`, of `rules` and of `docs/rules.md`, and the
//! schemas of the user's files.

mod example;
pub mod schema;

use crate::catalogue::{Catalogue, Examples};
use crate::rule::{Example, Rule};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What the letters of the codes stand for.
pub const FAMILIES: [(char, &str); 6] = [
    ('C', "Contradictions"),
    ('S', "Statistics"),
    ('R', "References"),
    ('L', "Links and leftovers"),
    ('H', "Health claims"),
    ('D', "Directives and data"),
];

/// A rule for whoever met it in a report.
pub fn explain(rule: &Rule, examples: &Examples) -> String {
    let mut out = String::new();
    // writing to a string does not fail
    let _ = writeln!(out, "{} {} ({})\n", rule.code, rule.name, rule.severity.name());
    let _ = writeln!(out, "{}\n\n{}\n\nWhat to do: {}", rule.summary, unwrapped(&rule.why), rule.advice);
    if let Some(query) = &rule.query {
        let _ = writeln!(out, "Query to the author: {query}");
    }
    for (name, grade) in &rule.grades {
        let severity = grade.severity.unwrap_or(rule.severity).name();
        let message = grade.message.as_deref().map_or_else(String::new, |message| format!(": {message}"));
        let _ = writeln!(out, "Grade {name}: {severity}{message}");
    }
    if !rule.standards.is_empty() {
        let _ = writeln!(out, "Rests on: {}", rule.standards.join("; "));
    }
    let list = |out: &mut String, head: &str, all: Option<&Vec<Example>>| {
        for (index, one) in example::chosen(all, 3).into_iter().enumerate() {
            let _ = writeln!(out, "{}", if index == 0 { format!("\n{head}") } else { String::new() });
            for line in example::lines(one) {
                let _ = writeln!(out, "{}", format!("  | {line}").trim_end());
            }
            if let Some(because) = &one.because {
                let _ = writeln!(out, "  ({because})");
            }
        }
    };
    list(&mut out, "Reported:", examples.rejects.as_ref());
    list(&mut out, "Not reported:", examples.accepts.as_ref());
    let _ = writeln!(out, "\nTo silence it at one place: <!-- claimlint-disable-next-line {} -- reason -->", rule.code);
    let _ = writeln!(out, "                    in MDX: {{/* claimlint-disable-next-line {} -- reason */}}", rule.code);
    out
}

/// What a report says of a rule to whoever met it there: as plain text and as Markdown.
pub fn help(rule: &Rule) -> (String, String) {
    let why = unwrapped(&rule.why);
    let mut plain = format!("{}\n\n{why}\n\nWhat to do: {}", rule.summary, rule.advice);
    let mut marked = format!("{}\n\n{why}\n\n**What to do:** {}", rule.summary, rule.advice);
    if !rule.standards.is_empty() {
        let standards = rule.standards.join("; ");
        let _ = write!(plain, "\n\nRests on: {standards}");
        let _ = write!(marked, "\n\n**Rests on:** {standards}");
    }
    let comment = format!("<!-- claimlint-disable-next-line {} -- reason -->", rule.code);
    let braces = format!("{{/* claimlint-disable-next-line {} -- reason */}}", rule.code);
    let _ = write!(plain, "\n\nTo silence it at one place: {comment}\nIn MDX: {braces}");
    let _ = write!(marked, "\n\n**To silence it at one place:** `{comment}`, in MDX `{braces}`");
    let _ = write!(plain, "\n\nMore: claimlint explain {}", rule.code);
    let _ = write!(marked, "\n\n**More:** `claimlint explain {}`", rule.code);
    (plain, marked)
}

/// A table of all rules.
pub fn table(catalogue: &Catalogue) -> String {
    let width = catalogue.rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in &catalogue.rules {
        let _ = writeln!(out, "{}  {:width$}  {:7}  {}", rule.code, rule.name, rule.severity.name(), rule.summary);
    }
    out
}

/// `docs/rules.md`.
pub fn page(catalogue: &Catalogue, examples: &BTreeMap<String, Examples>) -> String {
    let mut out = String::from(
        "# Rules\n\nMade from `rules/*.toml` by a test; do not edit. `claimlint explain CODE` shows the same in the terminal.\n",
    );
    for (letter, family) in FAMILIES {
        let rules: Vec<&Rule> = catalogue.rules.iter().filter(|rule| rule.code.starts_with(letter)).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {letter}: {family}\n\n| code | name | severity | asks |\n|---|---|---|---|");
        for rule in &rules {
            let _ = writeln!(
                out,
                "| [{0}](#{1}) | {2} | {3} | {4} |",
                rule.code,
                anchor(rule),
                rule.name,
                rule.severity.name(),
                rule.summary
            );
        }
        for rule in rules {
            section(&mut out, rule, examples.get(&rule.code));
        }
    }
    out
}

fn section(out: &mut String, rule: &Rule, examples: Option<&Examples>) {
    let _ = writeln!(out, "\n### {} {}\n\n{}\n\n{}\n", rule.code, rule.name, rule.summary, unwrapped(&rule.why));
    let _ = writeln!(out, "*What to do:* {}\n", rule.advice);
    let grades: Vec<String> = rule
        .grades
        .iter()
        .map(|(name, grade)| format!("`{name}` {}", grade.severity.unwrap_or(rule.severity).name()))
        .collect();
    let _ = write!(out, "*Severity:* {}", rule.severity.name());
    if !grades.is_empty() {
        let _ = write!(out, "; {}", grades.join(", "));
    }
    if !rule.standards.is_empty() {
        let _ = write!(out, ". *Rests on:* {}", rule.standards.join("; "));
    }
    out.push_str(".\n");
    let Some(examples) = examples else { return };
    for (head, all) in [("Reported", &examples.rejects), ("Not reported", &examples.accepts)] {
        let short = example::chosen(all.as_ref(), 2);
        if short.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{head}:");
        for one in short {
            let text = example::lines(one).join("\n");
            let fence = if text.contains("```") { "~~~" } else { "```" };
            let _ = writeln!(out, "\n{fence}text\n{text}\n{fence}");
            if let Some(because) = &one.because {
                let _ = writeln!(out, "\n({because})");
            }
        }
    }
}

fn anchor(rule: &Rule) -> String {
    format!("{}-{}", rule.code.to_lowercase(), rule.name)
}

/// A text of several lines on one.
pub fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
