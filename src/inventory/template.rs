//! A facts file to start from: what a set of articles says now, for the house to check.
//!
//! Takes the facts of articles; gives TOML that `fact::house` reads. The source of every entry is left to the house.

use crate::fact::attribute::ValueKind;
use crate::fact::frame::Frames;
use crate::fact::house::QUALIFIERS;
use crate::fact::{Fact, Interval, Value};
use crate::grammar::quantity::Quantity;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Subject, attribute and qualifiers.
type Key = (String, String, Vec<(&'static str, String)>);

/// A facts file of what articles say. `read` finds the quantities of a text; `today` is `YYYY-MM-DD`. Facts that a
/// house fact cannot say are left out: those of one study, conditions, and subjects without a name.
pub fn facts_file(facts: &[Fact], frames: &Frames, read: &dyn Fn(&str) -> Vec<Quantity>, today: &str) -> String {
    let mut groups: BTreeMap<Key, BTreeMap<String, Vec<&Fact>>> = BTreeMap::new();
    for fact in facts {
        if let (Some(key), Some(value)) = (key(fact), value(fact, frames, read)) {
            groups.entry(key).or_default().entry(value).or_default().push(fact);
        }
    }
    let mut out = String::from(
        "# What the articles say now: check each value, name its source, and delete what the house does not vouch for.\n",
    );
    for ((subject, attribute, qualifiers), values) in groups {
        // the value that most places give; the others are named for the house to decide
        let most = values.iter().max_by_key(|(value, places)| (places.len(), std::cmp::Reverse(value.as_str())));
        let Some((value, places)) = most.map(|(value, places)| (value.clone(), places)) else { continue };
        // writing to a string does not fail
        let _ = writeln!(out, "\n[[fact]]");
        for (key, text) in [("subject", &subject), ("attribute", &attribute)] {
            let _ = writeln!(out, "{key} = {}", quoted(text));
        }
        for (key, text) in &qualifiers {
            let _ = writeln!(out, "{key} = {}", quoted(text));
        }
        let _ = writeln!(out, "value = {} # {}", quoted(&value), at(places));
        for (other, places) in values.iter().filter(|(other, _)| **other != value) {
            let _ = writeln!(out, "# or {} in {}", quoted(other), at(places));
        }
        let _ = writeln!(out, "source = \"\"\nchecked = {}", quoted(today));
    }
    out
}

fn key(fact: &Fact) -> Option<Key> {
    if !fact.named || fact.conditional || fact.hedge > 1 {
        return None;
    }
    let mut qualifiers: Vec<(&'static str, String)> = Vec::new();
    let population = fact.qualifier("population").next().is_some();
    for one in &fact.qualifiers {
        // an age says no more than the population that it names
        if one.name.as_ref() == "age" && population {
            continue;
        }
        let key = QUALIFIERS.iter().find(|declared| *declared.name == *one.name)?.key;
        if qualifiers.iter().any(|(known, _)| *known == key) {
            return None;
        }
        qualifiers.push((key, one.value.to_string()));
    }
    Some((fact.subject.to_string(), fact.attribute.to_string(), qualifiers))
}

/// The value as a facts file writes it; only what reads back as the same value.
fn value(fact: &Fact, frames: &Frames, read: &dyn Fn(&str) -> Vec<Quantity>) -> Option<String> {
    let kind = frames.named(&fact.attribute)?.record.value;
    match (&fact.value, kind) {
        (Value::Class(class), ValueKind::Class) => fact.polarity.then(|| class.to_string()),
        (Value::Holds, ValueKind::Holds) => Some(if fact.polarity { "yes" } else { "no" }.to_owned()),
        (Value::Interval(interval), kind) if fact.polarity => {
            let same = |text: &&str| {
                let found = read(text).into_iter().find(|quantity| kind.takes(quantity.kind));
                found.is_some_and(|quantity| {
                    let again = Interval::of(&quantity);
                    (again.low, again.high, &again.unit) == (interval.low, interval.high, &interval.unit)
                })
            };
            let text = [fact.place.text.as_str(), fact.shown.as_str()].into_iter().find(same)?;
            Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

fn at(places: &[&Fact]) -> String {
    let shown: Vec<String> =
        places.iter().take(3).map(|fact| format!("{}:{}", fact.place.path, fact.place.start.line)).collect();
    let more = places.len().saturating_sub(shown.len());
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    // a path with a line break must not leave the comment
    format!("{}{tail}", shown.join(", ")).replace(char::is_control, " ")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            char if char.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}
