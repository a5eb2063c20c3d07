//! Which statement of a new version was which statement of the old one.
//!
//! Takes two articles; gives pairs of statements. Figures are masked, so that a sentence is known again when only its
//! figures differ; a sentence that moved is found as well. Cost grows with the articles, not with their product.

use super::Text;
use crate::document::BlockKind;
use crate::fact::wording::stem;
use crate::lexicon::{Kin, Pole, WordKind, fold};
use crate::statement::Statement;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// What a token is to a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A word.
    Word,
    /// A word that hedges.
    Hedge,
    /// A word that negates.
    Negation,
    /// A quantity: its index in the statement.
    Quantity(usize),
    /// A statistic: its index in the statement.
    Statistic(usize),
}

/// A word, or a figure as one.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The word without case and endings; the mask for a figure.
    pub text: String,
    /// What it is.
    pub part: Part,
    /// The sides that it takes, of a word with an opposite.
    pub poles: Vec<Pole>,
}

/// One statement, tokenised.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its index in the article.
    pub statement: usize,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// What it says, figures included, with the heads of its row and column.
    written: String,
    /// The same with figures masked.
    masked: String,
    /// Its words, those of the heads included, sorted.
    words: Vec<String>,
}

/// What stands for a figure.
const MASK: &str = "#";

/// The share of tokens that two versions of a sentence must have in common.
const LIKENESS: f64 = 0.8;

/// Words that sentences need that are known by likeness alone.
const LEAST: usize = 5;

/// The share of tokens that two sentences need which stand alone between the same others.
const SHORT_LIKENESS: f64 = 0.5;

/// Words that a sentence needs that is known as part of another.
const LEAST_PART: usize = 4;

/// Words that may have come between those of a sentence that is part of another.
const SPARE: usize = 1;

/// The share of its words that a sentence needs in another to be part of it.
const CONTAINED: f64 = 0.9;

/// A word that stands in more sentences does not tell which one is meant.
const COMMON: usize = 12;

/// The statements of an article that are compared: prose, not reference entries.
pub(super) fn lines(article: Text<'_>, kin: &Kin) -> Vec<Line> {
    let heads = Heads::new(article);
    let compared = |statement: &Statement| {
        article.document.blocks.get(statement.block).is_some_and(|block| block.kind != BlockKind::Reference)
    };
    let all = article.statements.iter().enumerate().filter(|(_, statement)| compared(statement));
    all.map(|(index, statement)| line(article, index, statement, &heads, kin)).collect()
}

/// First cells of rows and heads of columns.
struct Heads<'a> {
    rows: HashMap<(usize, usize), &'a str>,
    columns: HashMap<(usize, usize), &'a str>,
}

impl<'a> Heads<'a> {
    fn new(article: Text<'a>) -> Self {
        let mut heads = Self { rows: HashMap::new(), columns: HashMap::new() };
        for block in &article.document.blocks {
            let Some(cell) = block.cell else { continue };
            if cell.column == 0 {
                heads.rows.insert((cell.table, cell.row), block.text.as_str());
            }
            if cell.head {
                heads.columns.entry((cell.table, cell.column)).or_insert(block.text.as_str());
            }
        }
        heads
    }

    /// The words that say what a cell is about.
    fn of(&self, article: Text<'_>, statement: &Statement) -> Vec<String> {
        let cell = article.document.blocks.get(statement.block).and_then(|block| block.cell);
        let Some(cell) = cell.filter(|cell| !cell.head) else { return Vec::new() };
        let row = self.rows.get(&(cell.table, cell.row)).filter(|_| cell.column > 0);
        let column = self.columns.get(&(cell.table, cell.column));
        let text = row.into_iter().chain(column);
        text.flat_map(|text| text.split_whitespace()).map(|word| fold(word).into_owned()).collect()
    }
}

fn line(article: Text<'_>, index: usize, statement: &Statement, heads: &Heads<'_>, kin: &Kin) -> Line {
    let prose = |range: &Range<usize>| statement.prose(article.document, range.clone());
    let inside = |outer: &Range<usize>, word: &Range<usize>| outer.start <= word.start && word.end <= outer.end;
    let markers: Vec<&Range<usize>> = article
        .document
        .markers
        .iter()
        .filter(|marker| marker.block == statement.block)
        .map(|marker| &marker.range)
        .collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut written = Vec::new();
    for (at, word) in statement.words.iter().enumerate() {
        let statistic = statement.statistics.iter().position(|one| inside(&one.range, &word.range));
        let quantity = statement.quantities.iter().position(|one| inside(&one.range, &word.range));
        let figure = statistic.map(Part::Statistic).or(quantity.map(Part::Quantity));
        if let Some(part) = figure {
            written.push(fold(prose(&word.range)).into_owned());
            if tokens.last().is_none_or(|last| last.part != part) {
                tokens.push(Token { text: MASK.to_owned(), part, poles: Vec::new() });
            }
            continue;
        }
        if word.kind == WordKind::Mark || markers.iter().any(|marker| inside(marker, &word.range)) {
            continue;
        }
        let negates = statement.negations.iter().any(|one| one.cue.contains(&at));
        let part = match () {
            () if negates => Part::Negation,
            () if statement.hedges.iter().any(|one| one.words.contains(&at)) => Part::Hedge,
            () => Part::Word,
        };
        let text = fold(prose(&word.range)).into_owned();
        written.push(text.clone());
        // "with" and "without" exclude each other only before some words
        let poles = kin.poles(&text).iter().filter(|pole| kin.followers(pole.pair).is_empty()).copied().collect();
        let text = if word.kind == WordKind::Word { stem(&text) } else { text };
        tokens.push(Token { text, part, poles });
    }
    let own = heads.of(article, statement);
    let masked = own.iter().map(String::as_str).chain(tokens.iter().map(|token| token.text.as_str()));
    let masked = masked.collect::<Vec<_>>().join(" ");
    let written = own.iter().chain(&written).map(String::as_str).collect::<Vec<_>>().join(" ");
    // what is compared must not keep a sentence from being known again
    let plain = tokens.iter().filter(|token| matches!(token.part, Part::Word));
    let mut words: Vec<String> = own.into_iter().chain(plain.map(|token| token.text.clone())).collect();
    words.sort();
    Line { statement: index, tokens, written, masked, words }
}

/// Pairs of lines, old and new, in order of the new article.
pub(super) fn pairs(old: &[Line], new: &[Line]) -> Vec<(usize, usize)> {
    let mut free_old: Vec<usize> = (0..old.len()).collect();
    let mut free_new: Vec<usize> = (0..new.len()).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    let everything = |_: &Line| true;
    let words = |line: &Line| line.words.len() > 1;
    for key in [|line: &Line| line.written.clone(), |line: &Line| line.masked.clone()] {
        let wanted: &dyn Fn(&Line) -> bool = if found.is_empty() { &everything } else { &words };
        let mut own = in_order(old, new, &free_old, &free_new, &key);
        own.retain(|(_, at)| new.get(*at).is_some_and(wanted));
        take(&own, &mut free_old, &mut free_new);
        found.append(&mut own);
        let mut own = moved(old, new, &free_old, &free_new, &key);
        own.retain(|(_, at)| new.get(*at).is_some_and(words));
        take(&own, &mut free_old, &mut free_new);
        found.append(&mut own);
    }
    let mut own = alike(old, new, &free_old, &free_new);
    take(&own, &mut free_old, &mut free_new);
    found.append(&mut own);
    found.append(&mut between(old, new, &found, &free_old, &free_new));
    found.sort_by_key(|(_, new)| *new);
    found
}

/// Short lines that were left in equal number between the same two known ones, each sharing most of its few words.
fn between(
    old: &[Line],
    new: &[Line],
    known: &[(usize, usize)],
    free_old: &[usize],
    free_new: &[usize],
) -> Vec<(usize, usize)> {
    let partner: HashMap<usize, usize> = known.iter().map(|(old, new)| (*new, *old)).collect();
    let mut found = Vec::new();
    for run in free_new.chunk_by(|one, two| one + 1 == *two) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let start = match first.checked_sub(1) {
            None => Some(0),
            Some(before) => partner.get(&before).map(|before| before + 1),
        };
        let end = if last + 1 == new.len() { Some(old.len()) } else { partner.get(&(last + 1)).copied() };
        let (Some(start), Some(end)) = (start, end) else { continue };
        let theirs = start..end.max(start);
        if theirs.len() != run.len() || !theirs.clone().all(|at| free_old.binary_search(&at).is_ok()) {
            continue;
        }
        let alike = |pair: &(usize, usize)| {
            let lines = old.get(pair.0).zip(new.get(pair.1));
            lines.is_some_and(|(one, two)| {
                one.words.len().max(two.words.len()) <= LEAST && likeness(&one.words, &two.words) >= SHORT_LIKENESS
            })
        };
        found.extend(theirs.zip(run.iter().copied()).filter(alike));
    }
    found
}

/// Pairs of lines of which one says what the other says and more: sentences that were joined or cut in two. `known`:
/// the pairs that were found as wholes, in order of the new article.
pub(super) fn parts(old: &[Line], new: &[Line], known: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // what stands in both versions as it was has not been cut
    let kept =
        |pair: &&(usize, usize)| old.get(pair.0).map(|one| &one.masked) == new.get(pair.1).map(|two| &two.masked);
    let kept: Vec<(usize, usize)> = known.iter().filter(kept).copied().collect();
    let open = |lines: &[Line], side: &dyn Fn(&(usize, usize)) -> usize| -> Vec<usize> {
        let closed: HashSet<usize> = kept.iter().map(side).collect();
        (0..lines.len()).filter(|at| !closed.contains(at)).collect()
    };
    let (ours, theirs) = (open(old, &|pair| pair.0), open(new, &|pair| pair.1));
    let paired: HashSet<(usize, usize)> = known.iter().copied().collect();
    let taken_old: HashSet<usize> = known.iter().map(|pair| pair.0).collect();
    let taken_new: HashSet<usize> = known.iter().map(|pair| pair.1).collect();
    let mut found = Vec::new();
    for (short, long, shorts, longs, taken, turned) in
        [(new, old, &theirs, &ours, &taken_new, true), (old, new, &ours, &theirs, &taken_old, false)]
    {
        let by_word = index(long, longs);
        for at in shorts.iter().copied().filter(|at| !taken.contains(at)) {
            let Some(line) = short.get(at).filter(|line| line.words.len() >= LEAST_PART) else { continue };
            let whole =
                near(line, &by_word).into_iter().filter_map(|other| Some((contained(line, long.get(other)?), other)));
            let best =
                whole.filter(|(share, _)| *share >= CONTAINED).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((_, other)) = best {
                let pair = if turned { (other, at) } else { (at, other) };
                if !paired.contains(&pair) {
                    found.push(pair);
                }
            }
        }
    }
    found
}

/// The stretch of a longer sentence that is most like a shorter one, the earliest of the best.
pub(super) fn stretch<'t>(long: &'t [Token], short: &[Token]) -> &'t [Token] {
    let size = (short.len() + SPARE).min(long.len());
    let words: HashSet<&str> = short.iter().map(|token| token.text.as_str()).collect();
    let shared = |window: &[Token]| window.iter().filter(|token| words.contains(token.text.as_str())).count();
    let best =
        long.windows(size.max(1)).enumerate().max_by_key(|(at, window)| (shared(window), std::cmp::Reverse(*at)));
    best.map_or(long, |(_, window)| window)
}

/// The share of the words of a line that another has.
fn contained(line: &Line, other: &Line) -> f64 {
    let both = (line.words.len() + other.words.len()) as f64;
    likeness(&line.words, &other.words) * both / 2.0 / line.words.len().max(1) as f64
}

fn take(pairs: &[(usize, usize)], old: &mut Vec<usize>, new: &mut Vec<usize>) {
    let (mut ours, mut theirs): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
    ours.sort_unstable();
    theirs.sort_unstable();
    old.retain(|at| ours.binary_search(at).is_err());
    new.retain(|at| theirs.binary_search(at).is_err());
}

/// Lines of one key that stand in the same order.
fn in_order(
    old: &[Line],
    new: &[Line],
    free_old: &[usize],
    free_new: &[usize],
    key: &dyn Fn(&Line) -> String,
) -> Vec<(usize, usize)> {
    let keys = |lines: &[Line], free: &[usize]| -> Vec<String> {
        free.iter().filter_map(|at| lines.get(*at)).map(key).collect()
    };
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(old, free_old), &keys(new, free_new)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            let ours = free_old.iter().skip(old_index).take(len);
            found.extend(ours.copied().zip(free_new.iter().skip(new_index).take(len).copied()));
        }
    }
    found
}

/// Lines of one key that only one free line has on each side.
fn moved(
    old: &[Line],
    new: &[Line],
    free_old: &[usize],
    free_new: &[usize],
    key: &dyn Fn(&Line) -> String,
) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for at in free_old {
        old.get(*at).into_iter().for_each(|line| by_key.entry(key(line)).or_default().0.push(*at));
    }
    for at in free_new {
        new.get(*at).into_iter().for_each(|line| by_key.entry(key(line)).or_default().1.push(*at));
    }
    let single = by_key.into_values().filter_map(|(ours, theirs)| match (ours.as_slice(), theirs.as_slice()) {
        ([old], [new]) => Some((*old, *new)),
        _ => None,
    });
    let mut found: Vec<(usize, usize)> = single.collect();
    found.sort_unstable();
    found
}

/// Lines by their words.
fn index<'l>(lines: &'l [Line], which: &[usize]) -> BTreeMap<&'l str, Vec<usize>> {
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in which {
        let mut words: Vec<&str> =
            lines.get(*at).into_iter().flat_map(|line| &line.words).map(String::as_str).collect();
        words.dedup();
        words.into_iter().for_each(|word| by_word.entry(word).or_default().push(*at));
    }
    by_word
}

/// Lines that share a word with a line which few have.
fn near(line: &Line, by_word: &BTreeMap<&str, Vec<usize>>) -> Vec<usize> {
    let rare = line.words.iter().filter_map(|word| by_word.get(word.as_str())).filter(|own| own.len() <= COMMON);
    let mut near: Vec<usize> = rare.flatten().copied().collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// Lines that share four words of five, the most alike first.
fn alike(old: &[Line], new: &[Line], free_old: &[usize], free_new: &[usize]) -> Vec<(usize, usize)> {
    let by_word = index(old, free_old);
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for at in free_new {
        let Some(line) = new.get(*at).filter(|line| line.words.len() >= LEAST) else { continue };
        for other in near(line, &by_word) {
            let Some(earlier) = old.get(other).filter(|earlier| earlier.words.len() >= LEAST) else { continue };
            let likeness = likeness(&earlier.words, &line.words);
            if likeness >= LIKENESS {
                candidates.push((likeness, other, *at));
            }
        }
    }
    candidates.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| (one.2, one.1).cmp(&(two.2, two.1))));
    let mut found: Vec<(usize, usize)> = Vec::new();
    let (mut ours, mut theirs) = (vec![false; old.len()], vec![false; new.len()]);
    for (_, earlier, later) in candidates {
        if let (Some(one @ false), Some(two @ false)) = (ours.get_mut(earlier), theirs.get_mut(later)) {
            (*one, *two) = (true, true);
            found.push((earlier, later));
        }
    }
    found
}

/// The share of words that two sorted lists have in common (Dice).
fn likeness(one: &[String], two: &[String]) -> f64 {
    let (mut left, mut right) = (one.iter().peekable(), two.iter().peekable());
    let mut shared = 0_usize;
    while let (Some(own), Some(other)) = (left.peek(), right.peek()) {
        match own.cmp(other) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                left.next();
                right.next();
            }
        }
    }
    let all = one.len() + two.len();
    if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
}
