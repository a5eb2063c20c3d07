//! How an editor would ask the author about a finding.
//!
//! Takes a rule's own wording, or makes one of the message and the places; gives one line that begins with "AU:".

use super::fill;
use crate::checks::{BESIDE, Observation, Side};
use crate::finding::Place;

/// What a query may say beside the placeholders of its mechanism: where the primary place is, and where the first of
/// the others is. Lines are named, and the file where it is another one.
pub const PLACES: [&str; 2] = ["{place}", "{other-place}"];

/// The question of a finding; `message` is what it says to the writer.
pub(super) fn of(own: Option<&str>, message: &str, seen: &Observation, primary: &Place) -> String {
    let other = seen.related.iter().find(|side| side.role != BESIDE);
    let here = line(primary, primary);
    let there = other.map_or_else(|| "elsewhere".to_owned(), |side| line(&side.place, primary));
    if let Some(own) = own {
        let [place, other_place] = PLACES;
        return fill(&own.replace(other_place, &there).replace(place, &here), &seen.values, None);
    }
    match other {
        Some(side) => {
            let (told, said) = (quoted(&side_value(side)), quoted(&value(seen, primary)));
            format!("AU: {there} says {told}, {here} says {said}; please confirm.")
        }
        None => {
            let message = message.trim_end_matches(['.', '?', '!']);
            format!("AU: {here}: {message}. Please check.")
        }
    }
}

fn value(seen: &Observation, primary: &Place) -> String {
    let own = seen.values.iter().find(|(name, _)| *name == "value").map(|(_, value)| value.clone());
    own.filter(|value| !value.is_empty()).unwrap_or_else(|| primary.text.clone())
}

fn side_value(side: &Side) -> String {
    if side.value.is_empty() { side.place.text.clone() } else { side.value.clone() }
}

fn quoted(text: &str) -> String {
    fill("“{value}”", &[], Some(text))
}

fn line(place: &Place, primary: &Place) -> String {
    if place.path == primary.path {
        format!("line {}", place.start.line)
    } else {
        format!("{} (line {})", place.path, place.start.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, Source, Span};

    #[test]
    fn both_sides_are_told_with_their_lines() {
        let source = Source::new("a.md", "It takes 40 minutes.\n\nIt takes 10 minutes.\n", Format::Markdown);
        let (first, second) = (Place::of(&source, Span::new(9, 19)), Place::of(&source, Span::new(31, 41)));
        let side = Side { role: "other", place: first, value: "40 min".to_owned() };
        let values = vec![("value", "10 min".to_owned())];
        let mut seen = Observation { grade: None, span: second.span, related: vec![side], values, fix: None };
        assert_eq!(
            of(None, "Two values", &seen, &second),
            "AU: line 1 says “40 min”, line 3 says “10 min”; please confirm."
        );
        let own = Some("AU: {value} ({place}), but {other-place}?");
        assert_eq!(of(own, "", &seen, &second), "AU: 10 min (line 3), but line 1?");
        seen.related.clear();
        assert_eq!(of(None, "Too short.", &seen, &second), "AU: line 3: Too short. Please check.");
    }
}
