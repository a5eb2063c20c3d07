//! A phrase's tree becomes a short program, and the set of keys of which each match must hold one.
//!
//! Programs run forward only (the language has no repetition), so the number of a step and a word say all there is
//! to know about an attempt.

use super::parse::Node;
use super::{PatternSet, Program, Reason};
use crate::grammar::quantity::QuantityKind;
use crate::lexicon::{ClassId, Lexicon, WordId, fold, pieces};
use serde::de::IntoDeserializer;
use serde::de::value::{Error as NameError, StrDeserializer};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// One step. Targets are places in the code of the whole set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instruction {
    Word(WordId),
    /// Any of a sorted set of words.
    Set(u32),
    /// A word whose longest known prefix is in a set.
    Prefix(u32),
    /// A word in the case written.
    Cased(WordId, u32),
    Class(ClassId, u32),
    /// Any kind of a mask; the name of the placeholder.
    Kinds(u32, u32),
    /// Goes on behind this step, else at the target.
    Split(u32),
    Jump(u32),
    /// One more word may be passed over; the gap's end is the target.
    Gap(u32),
    /// The same at the end of a phrase, where as many words as there are belong to it.
    Reach(u32),
    /// The end of a gap: the clause must be the same.
    Gapped,
    /// The program behind this step must not match; then goes on at the target.
    Not(u32),
    Open(u32),
    Close,
    Start,
    End,
    Accept,
}

/// Something fixed that sets a phrase off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Key {
    Word(WordId),
    Prefix(u32),
    Class(ClassId),
    Kinds(u32),
}

/// A name in the phrase that does not exist, or a phrase that cannot work.
pub(super) struct Fault {
    /// What to point at; the whole phrase when it is empty.
    name: String,
    pub(super) reason: Reason,
}

impl Fault {
    fn whole(reason: Reason) -> Self {
        Self { name: String::new(), reason }
    }

    /// Where in the phrase.
    pub(super) fn range(&self, phrase: &str) -> Range<usize> {
        match phrase.find(&self.name) {
            Some(start) if !self.name.is_empty() => start..start + self.name.len(),
            _ => 0..phrase.len(),
        }
    }
}

/// Bit of a kind of quantity.
pub(super) const fn bit(kind: QuantityKind) -> u32 {
    1 << kind as u32
}

/// Bit of a bare year.
pub(super) const YEAR: u32 = 1 << 31;
/// How many words beside its keys a phrase is asked for before it is searched.
const GUARDS: usize = 2;
/// Most steps in one phrase.
const LONGEST: usize = 4000;

/// The kinds that a placeholder's name stands for.
fn kinds(name: &str) -> Option<u32> {
    match name {
        "number" | "quantity" => Some(u32::MAX),
        "year" => Some(YEAR),
        _ => {
            let name: StrDeserializer<'_, NameError> = name.into_deserializer();
            QuantityKind::deserialize(name).ok().map(bit)
        }
    }
}

/// In how many of a thousand statements a key is likely to stand, by the rarity of its word; the keys of a phrase are
/// those with the least. Set by counting on pages for patients.
fn cost(key: Key, rarity: usize) -> u32 {
    match key {
        Key::Word(_) => match rarity {
            0..=3 => 200,
            4 => 12,
            5 => 8,
            _ => 5,
        },
        Key::Prefix(_) => 10,
        Key::Class(_) => 150,
        Key::Kinds(u32::MAX) => 350,
        Key::Kinds(_) => 80,
    }
}

/// Keys of a node with their cost; `None` when it can be passed without any.
type Keys = Option<(u32, Vec<Key>)>;

fn one(key: Key, length: usize) -> Keys {
    Some((cost(key, length), vec![key]))
}

fn any(keys: Vec<(Key, usize)>) -> Keys {
    let total = keys.iter().map(|(key, length)| cost(*key, *length)).sum::<u32>();
    (!keys.is_empty()).then(|| (total, keys.into_iter().map(|(key, _)| key).collect()))
}

fn rarer(best: Keys, other: Keys) -> Keys {
    match (best, other) {
        (Some(best), Some(other)) => Some(if other.0 < best.0 { other } else { best }),
        (best, other) => best.or(other),
    }
}

impl PatternSet {
    pub(super) fn compile(&mut self, node: &Node<'_>, lexicon: &mut Lexicon) -> Result<Program, Fault> {
        let start = self.code.len();
        self.needed.clear();
        self.optional = 0;
        let mut lists = Vec::new();
        gather(node, lexicon, &mut lists)?;
        // only phrases that name a list are copied
        let own;
        let node = if lists.is_empty() {
            node
        } else {
            own = expanded(node, &lists);
            &own
        };
        let compiled = self.node(node, true, lexicon).and_then(|keys| {
            self.code.push(Instruction::Accept);
            if self.code.len() - start > LONGEST {
                return Err(Fault::whole(Reason::TooLarge));
            }
            keys.ok_or_else(|| Fault::whole(Reason::NothingFixed))
        });
        let (_, keys) = compiled.inspect_err(|_| self.code.truncate(start))?;
        // what else must stand in the statement, rarest first: a cheap test before the search
        self.needed.retain(|(_, other)| *other != keys && !other.contains(&Key::Kinds(u32::MAX)));
        self.needed.sort_by_key(|(cost, _)| *cost);
        self.needed.truncate(GUARDS);
        let guards = self.needed.drain(..).map(|(_, keys)| keys).collect();
        Ok(Program { steps: number(start)..self.here(), keys, guards })
    }

    fn here(&self) -> u32 {
        number(self.code.len())
    }

    /// Reserves a step whose target is known only later.
    fn reserve(&mut self) -> usize {
        self.code.push(Instruction::Accept);
        self.code.len() - 1
    }

    fn fill(&mut self, at: usize, instruction: Instruction) {
        if let Some(place) = self.code.get_mut(at) {
            *place = instruction;
        }
    }

    fn name(&mut self, name: &str) -> u32 {
        let known = self.names.iter().position(|own| own.as_ref() == name);
        number(known.unwrap_or_else(|| {
            self.names.push(Arc::from(name));
            self.names.len() - 1
        }))
    }

    fn set(&mut self, words: Vec<WordId>) -> u32 {
        self.sets.push(words)
    }

    /// Appends the steps of a node. `last`: nothing of the phrase comes behind it.
    fn node(&mut self, node: &Node<'_>, last: bool, lexicon: &mut Lexicon) -> Result<Keys, Fault> {
        if self.code.len() > u32::MAX as usize / 2 {
            return Err(Fault::whole(Reason::TooLarge));
        }
        Ok(match node {
            Node::Word(_) | Node::Inflected(_) | Node::Prefix(_) | Node::Cased(_) => self.word(node, lexicon),
            Node::Literal(text) => self.pieces(text, true, lexicon),
            Node::Quantity(kind) => {
                let mask = kinds(kind)
                    .ok_or_else(|| Fault { name: (*kind).into(), reason: Reason::UnknownQuantity((*kind).into()) })?;
                let name = self.name(kind);
                self.code.push(Instruction::Kinds(mask, name));
                one(Key::Kinds(mask), 0)
            }
            Node::Class(class) => {
                let id = lexicon
                    .class(class)
                    .ok_or_else(|| Fault { name: (*class).into(), reason: Reason::UnknownClass((*class).into()) })?;
                let name = self.name(class);
                self.code.push(Instruction::Class(id, name));
                one(Key::Class(id), 0)
            }
            // each was expanded before
            Node::List(_) => None,
            Node::Sequence(nodes) => {
                let mut best = None;
                for (index, node) in nodes.iter().enumerate() {
                    let last = last && nodes.iter().skip(index + 1).all(|node| matches!(node, Node::Not(_)));
                    let own = self.node(node, last, lexicon)?;
                    let leaf = !matches!(inner(node), Node::Sequence(_) | Node::Capture(..));
                    if let Some(own) = own.as_ref().filter(|_| leaf && self.optional == 0) {
                        self.needed.push(own.clone());
                    }
                    best = rarer(best, own);
                }
                best
            }
            Node::Choice(nodes) => match nodes.as_slice() {
                // brackets around one thing choose nothing
                [one] if forms(one, lexicon).is_none() => self.node(one, last, lexicon)?,
                nodes => self.choice(nodes, last, lexicon)?,
            },
            Node::Optional(node) => {
                let split = self.reserve();
                self.optional += 1;
                self.node(node, last, lexicon)?;
                self.optional -= 1;
                self.fill(split, Instruction::Split(self.here()));
                None
            }
            Node::Not(node) => {
                let not = self.reserve();
                self.optional += 1;
                self.node(node, false, lexicon)?;
                self.optional -= 1;
                self.code.push(Instruction::Accept);
                self.fill(not, Instruction::Not(self.here()));
                None
            }
            Node::Capture(name, node) => {
                let name = self.name(name);
                self.code.push(Instruction::Open(name));
                let keys = self.node(node, last, lexicon)?;
                self.code.push(Instruction::Close);
                keys
            }
            Node::Gap(width) => {
                let end = self.here() + u32::from(*width) + 1;
                // one step a word, and a last one that may pass marks only
                let step = if last { Instruction::Reach(end + 1) } else { Instruction::Gap(end) };
                self.code.extend(std::iter::repeat_n(step, usize::from(*width) + 1));
                self.code.push(Instruction::Gapped);
                None
            }
            Node::Start => {
                self.code.push(Instruction::Start);
                None
            }
            Node::End => {
                self.code.push(Instruction::End);
                None
            }
        })
    }

    /// The longest alternatives come first; single words, which are the shortest, are looked up together.
    fn choice(&mut self, nodes: &[Node<'_>], last: bool, lexicon: &mut Lexicon) -> Result<Keys, Fault> {
        let mut words = Vec::new();
        let mut others = Vec::new();
        for node in nodes {
            match forms(node, lexicon) {
                Some(forms) => words.extend(forms),
                None => others.push(node),
            }
        }
        others.sort_by_key(|node| std::cmp::Reverse(width(node)));
        let mut keys = Some((0, Vec::new()));
        let mut jumps = Vec::new();
        let splits = others.len().saturating_sub(usize::from(words.is_empty()));
        for (index, node) in others.iter().enumerate() {
            let split = (index < splits).then(|| self.reserve());
            self.optional += 1;
            let own = self.node(node, last, lexicon)?;
            self.optional -= 1;
            keys = keys.zip(own).map(|((cost, mut keys), (more, own))| {
                keys.extend(own);
                (cost + more, keys)
            });
            if let Some(split) = split {
                jumps.push(self.reserve());
                self.fill(split, Instruction::Split(self.here()));
            }
        }
        if !words.is_empty() {
            keys = keys.map(|(cost, mut keys)| {
                let (more, own) =
                    any(words.iter().map(|(word, size)| (Key::Word(*word), *size)).collect()).unwrap_or_default();
                keys.extend(own);
                (cost + more, keys)
            });
            let mut words: Vec<WordId> = words.into_iter().map(|(word, _)| word).collect();
            words.sort_unstable();
            words.dedup();
            let set = self.set(words);
            self.code.push(Instruction::Set(set));
        }
        let end = self.here();
        for jump in jumps {
            self.fill(jump, Instruction::Jump(end));
        }
        Ok(keys)
    }

    /// A word, which typography may have made several: `one-off~`.
    fn word(&mut self, node: &Node<'_>, lexicon: &mut Lexicon) -> Keys {
        let written = match node {
            Node::Word(word) | Node::Inflected(word) | Node::Prefix(word) | Node::Cased(word) => *word,
            _ => return None,
        };
        if matches!(node, Node::Word(_)) {
            return self.pieces(written, false, lexicon);
        }
        let ranges: Vec<Range<usize>> = pieces(written).collect();
        let (last, first) = ranges.split_last()?;
        if matches!(node, Node::Cased(_)) {
            let mut best = None;
            for range in &ranges {
                let piece = written.get(range.clone()).unwrap_or_default();
                if is_hyphen(piece) && ranges.len() > 1 {
                    continue;
                }
                let id = lexicon.vocabulary_mut().intern(&fold(piece));
                self.cased.push(piece.into());
                self.code.push(Instruction::Cased(id, number(self.cased.len() - 1)));
                best = rarer(best, one(Key::Word(id), piece.len()));
            }
            return best;
        }
        let best =
            self.pieces(written.get(..first.last().map_or(0, |range| range.end)).unwrap_or_default(), false, lexicon);
        let piece = fold(written.get(last.clone()).unwrap_or_default()).into_owned();
        if matches!(node, Node::Prefix(_)) {
            lexicon.vocabulary_mut().intern_prefix(&piece);
            let set = self.set(Vec::new());
            let length = piece.len();
            self.prefixes.push((piece.into(), set));
            self.code.push(Instruction::Prefix(set));
            return rarer(best, one(Key::Prefix(set), length));
        }
        let forms = inflected(&piece, lexicon);
        let keys = any(forms.iter().map(|(word, length)| (Key::Word(*word), *length)).collect());
        let mut words: Vec<WordId> = forms.into_iter().map(|(word, _)| word).collect();
        words.sort_unstable();
        words.dedup();
        let set = self.set(words);
        self.code.push(Instruction::Set(set));
        rarer(best, keys)
    }

    /// Words one by one. A hyphen is a space unless the text is literal.
    fn pieces(&mut self, text: &str, literal: bool, lexicon: &mut Lexicon) -> Keys {
        let mut best = None;
        let only = pieces(text).count() == 1;
        for range in pieces(text) {
            let piece = text.get(range).unwrap_or_default();
            if !literal && !only && is_hyphen(piece) {
                continue;
            }
            let folded = fold(piece);
            let id = lexicon.vocabulary_mut().intern(&folded);
            self.code.push(Instruction::Word(id));
            best = rarer(best, one(Key::Word(id), rarity(&folded, lexicon)));
        }
        best
    }
}

/// What brackets around one thing hold.
fn inner<'n, 'p>(node: &'n Node<'p>) -> &'n Node<'p> {
    match node {
        Node::Choice(nodes) => match nodes.as_slice() {
            [one] => inner(one),
            _ => node,
        },
        node => node,
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn is_hyphen(piece: &str) -> bool {
    matches!(piece, "-" | "\u{2010}" | "\u{2011}" | "\u{2013}")
}

/// Length of a word as a sign of how rare it is; the words that every English text is made of count as short.
fn rarity(folded: &str, lexicon: &Lexicon) -> usize {
    if lexicon.words("english-word").contains(folded) { 1 } else { folded.len() }
}

/// The entries of a list of the lexicon.
type Entries<'p> = (&'p str, Vec<String>);

/// The lists that a phrase names, each once.
fn gather<'p>(node: &Node<'p>, lexicon: &Lexicon, lists: &mut Vec<Entries<'p>>) -> Result<(), Fault> {
    match node {
        Node::List(name) if lists.iter().all(|(known, _)| known != name) => {
            let entries = lexicon.list(name);
            if entries.is_empty() {
                return Err(Fault { name: (*name).into(), reason: Reason::UnknownList((*name).into()) });
            }
            lists.push((name, entries.to_vec()));
            Ok(())
        }
        Node::Sequence(nodes) | Node::Choice(nodes) => nodes.iter().try_for_each(|node| gather(node, lexicon, lists)),
        Node::Optional(node) | Node::Not(node) | Node::Capture(_, node) => gather(node, lexicon, lists),
        _ => Ok(()),
    }
}

/// The entries of one of the lists.
fn entries<'a>(name: &str, lists: &'a [Entries<'a>]) -> Vec<Node<'a>> {
    let list = lists.iter().find(|(known, _)| *known == name);
    list.map_or_else(Vec::new, |(_, entries)| entries.iter().map(|entry| Node::Word(entry.as_str())).collect())
}

/// The same tree with the entries of each list in its place; a list among alternatives becomes alternatives.
fn expanded<'a>(node: &Node<'a>, lists: &'a [Entries<'a>]) -> Node<'a> {
    let one = |node: &Node<'a>| Box::new(expanded(node, lists));
    match node {
        Node::List(name) => Node::Choice(entries(name, lists)),
        Node::Choice(nodes) => {
            let mut flat = Vec::with_capacity(nodes.len());
            for node in nodes {
                match node {
                    Node::List(name) => flat.extend(entries(name, lists)),
                    node => flat.push(expanded(node, lists)),
                }
            }
            Node::Choice(flat)
        }
        Node::Sequence(nodes) => Node::Sequence(nodes.iter().map(|node| expanded(node, lists)).collect()),
        Node::Optional(node) => Node::Optional(one(node)),
        Node::Not(node) => Node::Not(one(node)),
        Node::Capture(name, node) => Node::Capture(name, one(node)),
        node => node.clone(),
    }
}

/// Numbers of a word's inflections, with their rarity.
fn inflected(folded: &str, lexicon: &mut Lexicon) -> Vec<(WordId, usize)> {
    let forms = lexicon.inflections().all(folded);
    forms.iter().map(|form| (lexicon.vocabulary_mut().intern(form), rarity(form, lexicon))).collect()
}

/// The forms of an alternative that is one word; `None` for any other.
fn forms(node: &Node<'_>, lexicon: &mut Lexicon) -> Option<Vec<(WordId, usize)>> {
    let (Node::Word(written) | Node::Inflected(written)) = node else { return None };
    let mut ranges = pieces(written);
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return None };
    let folded = fold(written.get(range)?).into_owned();
    Some(match node {
        Node::Inflected(_) => inflected(&folded, lexicon),
        _ => vec![(lexicon.vocabulary_mut().intern(&folded), rarity(&folded, lexicon))],
    })
}

/// How many words a node takes at most, gaps left aside.
fn width(node: &Node<'_>) -> usize {
    match node {
        Node::Word(text) | Node::Inflected(text) | Node::Prefix(text) | Node::Cased(text) | Node::Literal(text) => {
            pieces(text).count()
        }
        Node::Quantity(_) | Node::Class(_) | Node::List(_) => 2,
        Node::Sequence(nodes) => nodes.iter().map(width).sum(),
        Node::Choice(nodes) => nodes.iter().map(width).max().unwrap_or(0),
        Node::Optional(node) | Node::Capture(_, node) => width(node),
        Node::Not(_) | Node::Gap(_) | Node::Start | Node::End => 0,
    }
}
