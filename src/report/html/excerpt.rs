//! Short pieces of an article's text, for notes and for two sides set next to each other.
//!
//! Takes a place and the article it is in; gives its words with some of those around them.

use super::paper::Paper;
use crate::finding::Place;

/// The longest text of a place that is shown whole, in characters.
const SHOWN: usize = 280;

/// How much is shown before and after it, in characters.
const AROUND: usize = 170;

/// The words of a place with those around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before it.
    pub before: String,
    /// The words themselves.
    pub text: String,
    /// What stands behind it.
    pub after: String,
}

impl Excerpt {
    /// Of a place, from the prose of the block that holds it, when the article is at hand and one does.
    pub fn of(place: &Place, paper: Option<&Paper>) -> Self {
        let found = paper.and_then(|paper| {
            let blocks = &paper.document.blocks;
            let block = blocks.get(paper.block_at(place.span.start)?)?;
            let range = block.text.range_of(place.span).filter(|range| !range.is_empty())?;
            let prose = block.text.as_str();
            Some(Self {
                before: tail(prose.get(..range.start)?, AROUND),
                text: short(prose.get(range.clone())?, SHOWN),
                after: head(prose.get(range.end..)?, AROUND),
            })
        });
        found.unwrap_or_else(|| Self { text: short(quoted(&one_line(&place.text)), SHOWN), ..Self::default() })
    }
}

/// A text on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the quotation marks that a string of a data file stands in.
pub fn quoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// A text of at most `limit` characters; a longer one is cut in the middle.
pub fn short(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let first: String = text.chars().take(limit * 2 / 3).collect();
    let last: String = text.chars().skip(count - limit / 3).collect();
    format!("{} … {}", before_word(&first), after_word(&last))
}

/// The first `limit` characters, up to the end of a word.
fn head(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{} …", before_word(text.get(..end).unwrap_or_default())),
        None => text.to_owned(),
    }
}

/// The last `limit` characters, from the beginning of a word.
fn tail(text: &str, limit: usize) -> String {
    match text.char_indices().rev().nth(limit) {
        Some((start, _)) => format!("… {}", after_word(text.get(start..).unwrap_or_default())),
        None => text.to_owned(),
    }
}

fn before_word(text: &str) -> &str {
    text.rsplit_once(' ').map_or(text, |(text, _)| text)
}

fn after_word(text: &str) -> &str {
    text.split_once(' ').map_or(text, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(short("one two", 20), "one two");
        assert_eq!(short("one two three four five six seven", 15), "one two … seven");
        assert_eq!(head("one two three", 9), "one two …");
        assert_eq!(tail("one two three", 7), "… three");
        assert_eq!(short(&"x".repeat(90), 30).chars().count(), 33);
    }
}
