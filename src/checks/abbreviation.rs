//! One short form with two long ones: "eating disorder (ED)" and "emergency department (ED)".
//!
//! Finds long forms by the letters of the short one, from the right; knows no list of abbreviations.

use super::{Mechanism, Observation, Scene, Side};
use crate::document::BlockKind;
use crate::finding::Place;
use crate::lexicon::{WordKind, fold};
use crate::statement::Statement;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// Parameters: none.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Abbreviation {}

/// A long form with its short one behind it in brackets.
struct Expansion {
    /// Bytes in the block's prose, from the long form to the closing bracket.
    range: Range<usize>,
    /// The long form as written.
    long: String,
    /// Its words as they are compared.
    words: Vec<String>,
}

impl Mechanism for Abbreviation {
    fn values(&self) -> &'static [&'static str] {
        &["short", "value", "other"]
    }

    fn roles(&self) -> &'static [&'static str] {
        &["other"]
    }

    fn observe(&self, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
        let article = scene.article;
        let mut known: BTreeMap<String, Vec<(usize, Expansion)>> = BTreeMap::new();
        for (index, statement) in article.statements.iter().enumerate() {
            let read = article.document.blocks.get(statement.block).is_some_and(|block| {
                block.is_article() && !matches!(block.kind, BlockKind::Reference | BlockKind::Quote | BlockKind::Cell)
            });
            if !read {
                continue;
            }
            for (short, expansion) in expansions(scene, statement) {
                let earlier = known.entry(short.clone()).or_default();
                if earlier.iter().any(|(_, other)| !differ(other, &expansion)) {
                    continue;
                }
                if let Some((first, other)) = earlier.first()
                    && let Some(first) = article.statements.get(*first)
                {
                    let place = |statement: &Statement, range: &Range<usize>| {
                        Place::of(article.source, statement.span_of(&article.document, range.clone()))
                    };
                    seen.push(Observation {
                        grade: None,
                        span: statement.span_of(&article.document, expansion.range.clone()),
                        related: vec![Side {
                            role: "other",
                            place: place(first, &other.range),
                            value: other.long.clone(),
                        }],
                        values: vec![
                            ("short", short),
                            ("value", expansion.long.clone()),
                            ("other", other.long.clone()),
                        ],
                        fix: None,
                    });
                }
                earlier.push((index, expansion));
            }
        }
    }
}

/// Short forms in brackets behind their long forms.
fn expansions(scene: &Scene<'_>, statement: &Statement) -> Vec<(String, Expansion)> {
    let document = &scene.article.document;
    let text = |place: usize| {
        let word = statement.words.get(place);
        word.map_or("", |word| statement.prose(document, word.range.clone()))
    };
    let mut found = Vec::new();
    for open in 1..statement.words.len() {
        if text(open) != "(" {
            continue;
        }
        // "(ED)", "(CBT-I)"
        let Some(close) = [open + 2, open + 4].into_iter().find(|close| text(*close) == ")") else { continue };
        let written = statement.prose(document, statement.bytes_of(open + 1..close));
        let short = written.strip_suffix('s').unwrap_or(written);
        let capitals = short.chars().filter(|letter| letter.is_uppercase()).count();
        let plain = short.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
        if !(2..=6).contains(&short.chars().count()) || capitals < 2 || !plain {
            continue;
        }
        let Some(start) = long_form(short, open, &text) else { continue };
        let bytes = statement.bytes_of(start..open);
        let words = (start..open).filter_map(|place| {
            statement.words.get(place).filter(|word| word.kind == WordKind::Word)?;
            Some(plainest(text(place)))
        });
        let expansion = Expansion {
            range: bytes.start..statement.bytes_of(start..close + 1).end,
            long: statement.prose(document, bytes).to_owned(),
            words: words.collect(),
        };
        found.push((short.to_owned(), expansion));
    }
    found
}

/// The first word of the long form in front of a bracket: its words begin, from the right, with the letters of the
/// short form; small words and the second parts of compounds may stand between.
fn long_form<'t>(short: &str, open: usize, text: &impl Fn(usize) -> &'t str) -> Option<usize> {
    let letters: Vec<char> =
        short.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut rest = letters.as_slice();
    let mut skipped = 0;
    let mut place = open;
    while let Some((last, before)) = rest.split_last() {
        place = place.checked_sub(1)?;
        let word = text(place).to_lowercase();
        if word.starts_with(*last) {
            rest = before;
            skipped = 0;
        } else if word.chars().next().is_some_and(char::is_alphanumeric) {
            skipped += 1;
        } else if !matches!(word.as_str(), "-" | "\u{2010}" | "\u{2011}" | "/" | "'" | "’") {
            return None;
        }
        // two words that give no letter are another phrase
        if skipped > 1 {
            return None;
        }
    }
    Some(place)
}

/// A word without what spelling and number do to it.
fn plainest(word: &str) -> String {
    let folded = fold(word).into_owned();
    let folded = folded.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("is", "iz");
    folded.strip_suffix('s').map_or(folded.clone(), str::to_owned)
}

/// True when fewer than half of the words are the same, or all are but the noun that says what it is.
fn differ(a: &Expansion, b: &Expansion) -> bool {
    let shared = a.words.iter().filter(|word| b.words.contains(word)).count();
    if shared * 2 < a.words.len().min(b.words.len()) {
        return true;
    }
    let pairs: Vec<(&String, &String)> = a.words.iter().zip(&b.words).collect();
    let apart: Vec<usize> =
        pairs.iter().enumerate().filter(|(_, (one, two))| !akin(one, two)).map(|(at, _)| at).collect();
    let [only] = apart.as_slice() else { return false };
    let noun = |words: &[String]| words.get(only + 1).is_none_or(|next| matches!(next.as_str(), "for" | "of" | "in"));
    a.words.len() == b.words.len() && a.words.len() >= 3 && noun(&a.words) && noun(&b.words)
}

/// True for two forms of one word: they begin alike ("behavior", "behavioral"; "medicine", "medication").
fn akin(one: &str, two: &str) -> bool {
    one == two || one.chars().zip(two.chars()).take_while(|(a, b)| a == b).count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(short: &str, words: &[&str]) -> Option<usize> {
        long_form(short, words.len(), &|place| words.get(place).copied().unwrap_or_default())
    }

    #[test]
    fn the_letters_lead_to_the_long_form() {
        assert_eq!(start("ED", &["an", "emergency", "department"]), Some(1));
        assert_eq!(start("COPD", &["chronic", "obstructive", "pulmonary", "disease"]), Some(0));
        assert_eq!(start("QOL", &["the", "quality", "of", "life"]), Some(1));
        assert_eq!(start("CBT", &["a", "form", "of", "talking", "therapy"]), None);
        assert_eq!(start("ED", &["department"]), None);
        assert_eq!(start("GET-P", &["graded", "exposure", "therapy", "for", "phobias"]), Some(0));
    }

    #[test]
    fn spelling_and_number_make_no_second_long_form() {
        let expansion = |long: &str| Expansion {
            range: 0..1,
            long: long.to_owned(),
            words: long.split(' ').map(plainest).collect(),
        };
        assert!(!differ(&expansion("oesophageal varices"), &expansion("esophageal varices")));
        assert!(!differ(&expansion("serotonin reuptake inhibitor"), &expansion("serotonin reuptake inhibitors")));
        assert!(differ(&expansion("eating disorder"), &expansion("emergency department")));
        assert!(differ(&expansion("graded exposure therapy"), &expansion("graded exposure training")));
        assert!(!differ(&expansion("randomised controlled trial"), &expansion("randomised clinical trial")));
        assert!(!differ(&expansion("magnetic resonance imaging"), &expansion("magnetic resonance images")));
    }
}
