//! A sentence as what two tellings of one thing share: its figures by their kind, its names by what they stand for, its
//! words without endings.
//!
//! Takes a statement and the lexicon; leaves out articles, auxiliaries and what negates. Compares nothing.

use crate::checks::Scene;
use crate::fact::gist::{Gist, bare, key};
use crate::lexicon::{EntryId, Pole, Word, WordKind, fold};
use crate::statement::Statement;
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// Words that make of what follows the description of a case.
const RESTRICTOR: &str = "twin-restrictor";
/// Words behind which a verb is an aim, not what happens.
const AIM: &str = "twin-aim";

/// One word, name or figure.
#[derive(Clone, Debug)]
pub struct Token {
    /// What it says, hashed; of a figure, its kind alone.
    pub key: u64,
    /// Words of the statement.
    pub words: Range<usize>,
    /// The quantity of the statement that it is.
    pub figure: Option<usize>,
    /// The sides that it takes.
    pub poles: Vec<Pole>,
    /// The entry of the lexicon that it names.
    pub name: Option<EntryId>,
    /// True for a word that allows or advises ("is allowed"): a figure may be told without it.
    pub light: bool,
}

impl Token {
    /// What it says, where words and their opposites are one.
    pub fn mask(&self) -> u64 {
        self.poles.first().map_or(self.key, |pole| u64::from(pole.pair))
    }
}

/// A statement as tokens.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// Its place among those of its article.
    pub index: usize,
    /// What it says.
    pub told: Rc<Told>,
}

/// What a statement says, without the statement.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// The first words of what negates, figures and opposites apart.
    pub negations: Vec<usize>,
    /// What its tokens say, opposites masked, sorted.
    masks: Vec<u64>,
}

impl<'a> Line<'a> {
    /// Reads a statement.
    pub fn new(scene: &Scene<'a>, statement: &'a Statement, index: usize) -> Self {
        let reader = Reader::new(scene, statement);
        let mut tokens: Vec<Token> = Vec::with_capacity(statement.words.len());
        let mut negations = Vec::new();
        let mut at = 0;
        while let Some(word) = statement.words.get(at) {
            if word.kind == WordKind::Mark
                && let Some(end) = reader.aside(at)
            {
                at = end;
                continue;
            }
            let inside = |range: &Range<usize>| range.start <= word.range.start && word.range.end <= range.end;
            if let Some(index) = statement.quantities.iter().position(|quantity| inside(&quantity.range)) {
                reader.figure(index, at, &mut tokens);
                at += 1;
                continue;
            }
            // a mark says nothing
            let gist = if word.kind == WordKind::Mark { Gist::NONE } else { reader.gist(at, word) };
            let poles = if gist.poled { reader.poles(at) } else { Vec::new() };
            if poles.is_empty()
                && let Some(negation) = statement.negations.iter().find(|negation| negation.cue.contains(&at))
            {
                if negations.last() != Some(&negation.cue.start) {
                    negations.push(negation.cue.start);
                }
                at += 1;
                continue;
            }
            let denied = at.checked_sub(1).is_some_and(|before| negations.contains(&before));
            let skipped = word.kind == WordKind::Mark || poles.is_empty() && (gist.small || gist.strength && !denied);
            let own = || Token { key: gist.key, words: at..at + 1, figure: None, poles, name: None, light: gist.light };
            let token = reader.name(at).or_else(|| (!skipped).then(own));
            at = token.as_ref().map_or(at + 1, |token| token.words.end);
            tokens.extend(token);
        }
        let mut masks: Vec<u64> = tokens.iter().map(Token::mask).collect();
        masks.sort_unstable();
        Self { statement, index, told: Rc::new(Told { tokens, negations, masks }) }
    }

    /// How many tokens it has in common with another, whatever their order.
    pub fn shares(&self, other: &Self) -> usize {
        let mut theirs = other.told.masks.iter().peekable();
        let mut shared = 0;
        for mask in &self.told.masks {
            while theirs.next_if(|other| *other < mask).is_some() {}
            shared += usize::from(theirs.next_if(|other| *other == mask).is_some());
        }
        shared
    }

    /// The words at the beginning that stand for a subject named before ("it", "the drug"); empty when there are none.
    pub fn stand_in(&self, scene: &Scene<'_>) -> Range<usize> {
        let reader = Reader::new(scene, self.statement);
        let is_stand_in = |end: &usize| {
            let words: Vec<_> = (0..*end).map(|at| reader.folded(at)).collect();
            scene.frames.words.stand_ins.binary_search(&words.join(" ")).is_ok()
        };
        (1..=3).rev().find(is_stand_in).map_or(0..0, |end| 0..end)
    }

    /// True when what a word says describes a case ("who does not smoke", "drugs that raise").
    pub fn is_restricted(scene: &Scene<'_>, statement: &Statement, at: usize) -> bool {
        let reader = Reader::new(scene, statement);
        let from = at.saturating_sub(4).max(statement.clause_of(at).start);
        (from..at).any(|place| scene.lexicon.words(RESTRICTOR).contains(&reader.folded(place)))
    }
}

struct Reader<'a> {
    scene: Scene<'a>,
    statement: &'a Statement,
    /// The prose of its block.
    prose: &'a str,
}

impl<'a> Reader<'a> {
    fn new(scene: &Scene<'a>, statement: &'a Statement) -> Self {
        let block = scene.article.document.blocks.get(statement.block);
        Self { scene: *scene, statement, prose: block.map_or("", |block| block.text.as_str()) }
    }

    fn written(&self, at: usize) -> &'a str {
        self.statement.words.get(at).and_then(|word| self.prose.get(word.range.clone())).unwrap_or_default()
    }

    fn folded(&self, at: usize) -> Cow<'a, str> {
        bare(self.written(at))
    }

    fn gist(&self, at: usize, word: &Word) -> Gist {
        self.scene.frames.gists.of(self.scene.lexicon, word, self.written(at))
    }

    /// The end of a bracket without a figure that opens here: it names again what stands before it ("(INR)").
    fn aside(&self, at: usize) -> Option<usize> {
        /// Words and marks of the longest such bracket.
        const LONGEST: usize = 6;
        if self.written(at) != "(" {
            return None;
        }
        let end = (at + 1..at + LONGEST).find(|place| self.written(*place) == ")")? + 1;
        self.statement.quantities_in(at..end).next().is_none().then_some(end)
    }

    fn figure(&self, index: usize, at: usize, tokens: &mut Vec<Token>) {
        if let Some(last) = tokens.last_mut().filter(|last| last.figure == Some(index)) {
            last.words.end = at + 1;
            return;
        }
        let kind = self.statement.quantities.get(index).map_or("", |quantity| quantity.kind.name());
        let key = key(&('#', kind));
        tokens.push(Token { key, words: at..at + 1, figure: Some(index), poles: Vec::new(), name: None, light: false });
    }

    /// The name that begins at a word; the longest one.
    fn name(&self, at: usize) -> Option<Token> {
        let here = self.statement.entities.iter().filter(|entity| entity.words.start == at);
        let entity = here.max_by_key(|entity| (entity.words.end, std::cmp::Reverse(entity.entry)))?;
        let entry = self.scene.lexicon.entry(entity.entry)?;
        let written = self.statement.prose(&self.scene.article.document, entity.range.clone());
        // brands of one medicine differ in strength and form
        let brand = written.starts_with(char::is_uppercase) && *fold(written) != *fold(&entry.name);
        let key = if brand { key(&('!', fold(written).as_ref())) } else { key(&('@', entry.name.as_ref())) };
        let name = Some(entity.entry);
        Some(Token { key, words: entity.words.clone(), figure: None, poles: Vec::new(), name, light: false })
    }

    /// The sides that a word takes where it stands.
    fn poles(&self, at: usize) -> Vec<Pole> {
        let folded = self.folded(at);
        let kin = self.scene.lexicon.kin();
        let all = kin.poles(&folded);
        let after = self.statement.words.get(at + 1);
        // "increased appetite", "safe dose": what the noun is, not what is said of it
        let leads_a_noun = after.is_some_and(|word| word.kind == WordKind::Word) && {
            let next = self.folded(at + 1);
            !after.is_some_and(|word| self.gist(at + 1, word).small)
                && self.scene.frames.words.plain.binary_search_by(|word| word.as_str().cmp(&next)).is_err()
        };
        let counts = |pole: &&Pole| {
            let followers = kin.followers(pole.pair);
            if !followers.is_empty() {
                return (at + 1..at + 4).any(|place| {
                    let next = self.folded(place);
                    followers.iter().any(|follower| **follower == *next)
                });
            }
            let described = (kin.is_predicate(pole.pair) || folded.ends_with("ed")) && leads_a_noun;
            let aimed =
                at.checked_sub(1).is_some_and(|before| self.scene.lexicon.words(AIM).contains(&self.folded(before)));
            !described && !aimed && !Line::is_restricted(&self.scene, self.statement, at)
        };
        all.iter().filter(counts).copied().collect()
    }
}
