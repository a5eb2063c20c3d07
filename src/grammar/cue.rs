//! Cue phrases: the words that hedge, deny, ask, report or point at a source.
//!
//! Takes the lexicon's `[[phrases]]` and compiles them into the catalogue's pattern set; tells later which cue a match
//! is. Groups of other names are compiled too, for whoever asks for them by name. Knows no statement.

use super::pattern::{Match, PatternError, PatternId, PatternSet};
use crate::lexicon::Lexicon;
use std::collections::HashMap;

/// What a cue phrase says of the words around it. The names are those of the groups in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// `hedge-1`: may, often, suggests.
    Hedge,
    /// `hedge-2`: it is not known, more research is needed.
    Doubt,
    /// `no-hedge`: hides a hedge that is none here ("as soon as possible").
    NoHedge,
    /// `negation`: denies what follows, to the end of the clause.
    Negation,
    /// `negation-phrase`: denies what follows, to the next mark.
    NegationPhrase,
    /// `negation-word`: denies the next word.
    NegationWord,
    /// `negation-back`: denies what comes before, from the beginning of the clause.
    NegationBack,
    /// `no-negation`: hides a negation that is none here ("not only").
    NoNegation,
    /// `conditional`: the statement holds only if.
    Conditional,
    /// `condition`: a condition inside a statement.
    Condition,
    /// `question`: a heading that asks without a question mark.
    Question,
    /// `imperative`: tells the reader to do something.
    Imperative,
    /// `reported`: gives what others say without agreeing.
    Reported,
    /// `myth`: a heading of things that are not so.
    Myth,
    /// `named-source`: the capture `source` is one.
    NamedSource,
    /// `unnamed-source`: "a 2019 study", "experts".
    UnnamedSource,
}

impl Cue {
    const NAMES: [(&'static str, Self); 16] = [
        ("hedge-1", Self::Hedge),
        ("hedge-2", Self::Doubt),
        ("no-hedge", Self::NoHedge),
        ("negation", Self::Negation),
        ("negation-phrase", Self::NegationPhrase),
        ("negation-word", Self::NegationWord),
        ("negation-back", Self::NegationBack),
        ("no-negation", Self::NoNegation),
        ("conditional", Self::Conditional),
        ("condition", Self::Condition),
        ("question", Self::Question),
        ("imperative", Self::Imperative),
        ("reported", Self::Reported),
        ("myth", Self::Myth),
        ("named-source", Self::NamedSource),
        ("unnamed-source", Self::UnnamedSource),
    ];
}

/// A cue phrase that cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("in the phrases `{group}`: {error}")]
pub struct CueError {
    /// Name of the group.
    pub group: String,
    /// Index of the `[[phrases]]` table in the merged data.
    pub table: usize,
    /// Index of the phrase in its table.
    pub phrase: usize,
    /// What is wrong with it.
    pub error: PatternError,
}

/// All cue phrases, compiled.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    /// By number of the pattern less `first`.
    cues: Vec<Option<Cue>>,
    first: u32,
    groups: HashMap<String, Vec<PatternId>>,
}

impl Cues {
    /// Compiles all `[[phrases]]` of the lexicon.
    ///
    /// # Errors
    /// When a phrase is malformed.
    pub fn new(patterns: &mut PatternSet, lexicon: &mut Lexicon) -> Result<Self, CueError> {
        let mut cues = Self { first: u32::try_from(patterns.len()).unwrap_or(u32::MAX), ..Self::default() };
        let all = lexicon.take_phrases();
        let mut result = Ok(());
        'tables: for (table, group) in all.iter().enumerate() {
            let cue = Cue::NAMES.iter().find(|(name, _)| *name == group.name).map(|(_, cue)| *cue);
            let ids = cues.groups.entry(group.name.clone()).or_default();
            for (index, phrase) in group.phrases.iter().enumerate() {
                match patterns.add(phrase, lexicon) {
                    Ok(id) => {
                        ids.push(id);
                        cues.cues.push(cue);
                    }
                    Err(error) => {
                        result = Err(CueError { group: group.name.clone(), table, phrase: index, error });
                        break 'tables;
                    }
                }
            }
        }
        lexicon.put_phrases(all);
        result.map(|()| cues)
    }

    /// What cue a match is, if any.
    pub fn cue(&self, found: &Match) -> Option<Cue> {
        let index = found.pattern.0.checked_sub(self.first)?;
        self.cues.get(index as usize).copied().flatten()
    }

    /// The phrases of a group by its name; none when there is no such group.
    pub fn group(&self, name: &str) -> &[PatternId] {
        self.groups.get(name).map_or(&[], Vec::as_slice)
    }
}
