//! Notes in which a new version says what was corrected: a change that is told is no slip.
//!
//! Takes the two articles and the words that mark such notes; says whether a note names a change.

use crate::checks::Article;
use crate::lexicon::{fold, pieces};
use std::collections::HashSet;

/// The notes that only the new version has.
pub(super) struct Notes {
    /// The words of each note, folded.
    notes: Vec<HashSet<String>>,
}

/// A note must share this many words with the sentence when it does not give the figure.
const SHARED: usize = 2;

/// Shorter words name nothing.
const LONG: usize = 4;

impl Notes {
    /// Front matter and statements of `new`, not in `old`, with a word that begins as one of `cues`. `known`: the
    /// statements of `new` that `old` has too.
    pub(super) fn new(old: &Article<'_>, new: &Article<'_>, known: &HashSet<usize>, cues: &[String]) -> Self {
        let before: HashSet<&str> = old.document.metadata.iter().map(|field| field.value.as_str()).collect();
        let fields = new.document.metadata.iter().filter(|field| !before.contains(field.value.as_str()));
        let fields = fields.map(|field| format!("{} {}", field.key, field.value));
        let added = new.statements.iter().enumerate().filter(|(index, _)| !known.contains(index));
        let added = added.map(|(_, statement)| statement.text(&new.document).to_owned());
        let notes = fields.chain(added).map(|text| words(&text));
        let is_note = |words: &HashSet<String>| words.iter().any(|word| cues.iter().any(|cue| word.starts_with(cue)));
        Self { notes: notes.filter(is_note).collect() }
    }

    /// True when a note names one of the figures, or a negation or hedge, and what the sentence is about.
    pub(super) fn name(&self, sentence: &str, figures: [&str; 2]) -> bool {
        let long = |word: &&String| word.chars().count() >= LONG && word.chars().all(char::is_alphabetic);
        let sentence = words(sentence);
        let figures: Vec<HashSet<String>> = figures.into_iter().map(words).collect();
        self.notes.iter().any(|note| {
            let shared = note.iter().filter(long).filter(|word| sentence.contains(*word)).count();
            let given = figures.iter().any(|figure| !figure.is_empty() && figure.is_subset(note));
            shared >= if given { 1 } else { SHARED }
        })
    }
}

fn words(text: &str) -> HashSet<String> {
    let words = pieces(text).filter_map(|piece| text.get(piece));
    words.filter(|word| word.chars().any(char::is_alphanumeric)).map(|word| fold(word).into_owned()).collect()
}
