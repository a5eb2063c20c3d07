//! What tells one finding from another when lines have moved.
//!
//! Takes findings; gives a short hash for each, of its rule and the words at all its sides. Two findings of a run never
//! have the same one: those that say the same of the same words are numbered in the order of their places.

use super::artifact::sha256;
use crate::finding::{Finding, Place};
use std::collections::HashMap;

/// The name of this way of telling findings apart; another way gets another name.
pub const KIND: &str = "claimlint/v1";

/// Characters of a hash that are printed.
const SHOWN: usize = 32;

/// A fingerprint for each finding, in their order.
pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let one = |finding: &Finding| {
        let mut text = format!("{}\n{}", finding.code, words(&finding.primary));
        for side in &finding.related {
            text.push('\n');
            text.push_str(&words(&side.place));
        }
        let number = seen.entry(text.clone()).or_default();
        *number += 1;
        if *number > 1 {
            text.push_str(&format!("\n{number}"));
        }
        sha256(text.as_bytes()).chars().take(SHOWN).collect()
    };
    findings.into_iter().map(one).collect()
}

/// Path and text of a place, whatever its white space and case.
fn words(place: &Place) -> String {
    let text = place.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    format!("{}\t{text}", place.path)
}
