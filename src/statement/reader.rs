//! The reader: blocks become sentences, and each sentence a statement.

use super::clause::{Openers, clauses};
use super::quotation::quotations;
use super::scope::Cued;
use super::support::Evidence;
use super::{Entity, Mode, Statement, word_set};
use crate::document::{Block, BlockId, BlockKind, Document};
use crate::grammar::cue::{Cue, Cues};
use crate::grammar::pattern::{PatternSet, Search, View};
use crate::grammar::quantity::{Quantity, Units, quantities};
use crate::grammar::statistic::statistics;
use crate::lexicon::{Lexicon, WordId};
use crate::sentence::{self, Sentence, Word, WordKind};
use std::collections::HashSet;
use std::ops::Range;

/// Everything that is needed to read statements, built once.
#[derive(Debug)]
pub struct Reader {
    lexicon: Lexicon,
    patterns: PatternSet,
    cues: Cues,
    units: Units,
    openers: Openers,
    turns: HashSet<WordId>,
}

impl Reader {
    /// With the catalogue's phrases, already finished, and the cues that were compiled into them.
    pub fn new(lexicon: Lexicon, units: Units, patterns: PatternSet, cues: Cues) -> Self {
        let openers = Openers::new(&lexicon);
        let turns = word_set(&lexicon, "negation-turn");
        Self { openers, turns, units, lexicon, patterns, cues }
    }

    /// The words.
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The units of measure.
    pub const fn units(&self) -> &Units {
        &self.units
    }

    /// All phrases.
    pub const fn patterns(&self) -> &PatternSet {
        &self.patterns
    }

    /// The cue phrases.
    pub const fn cues(&self) -> &Cues {
        &self.cues
    }

    /// All statements of the article's blocks, in order of the blocks. Leftovers, hidden text, other regions of the
    /// page and blocks in another language are not read.
    pub fn read(&self, document: &Document) -> Vec<Statement> {
        let evidence = Evidence::new(document);
        let mut read: Vec<Statement> = Vec::new();
        let mut search = Search::default();
        let mut myths = HashSet::new();
        for (id, block) in document.blocks.iter().enumerate() {
            if !block.is_article() {
                continue;
            }
            let text = block.text.as_str();
            let quoted = quotations(text);
            let from = read.len();
            for sentence in sentence::split(block, &self.lexicon) {
                read.push(self.statement(&mut search, document, &evidence, (id, block), sentence, &quoted));
            }
            let own = read.get_mut(from..).unwrap_or_default();
            if own.iter().any(|one| one.matches.iter().any(|hit| self.cues.cue(hit) == Some(Cue::Myth))) {
                myths.insert(id);
            }
            if self.is_told_as_myth(document, block, &myths) {
                own.iter_mut().filter(|one| one.mode == Mode::Assert || one.mode == Mode::Quoted).for_each(|one| {
                    one.mode = Mode::Reported;
                });
            }
        }
        self.follow(document, &mut read, &mut search);
        read
    }

    /// Finds what says something only beside phrases that were found.
    fn follow(&self, document: &Document, read: &mut [Statement], search: &mut Search) {
        let Some(followers) = self.patterns.followers(read.iter().flat_map(|one| &one.matches)) else { return };
        for statement in read {
            let text = document.blocks.get(statement.block).map_or("", |block| block.text.as_str());
            let mut found = self.patterns.matches_of(&followers, &self.view(text, statement), search);
            if !found.is_empty() {
                statement.matches.append(&mut found);
                statement.matches.sort_by_key(|found| found.pattern);
            }
        }
    }

    /// A statement as phrases see it; `text` is the prose of its block.
    fn view<'a>(&'a self, text: &'a str, statement: &'a Statement) -> View<'a> {
        let entities = statement.entities.iter().map(|entity| (entity.entry, entity.words.clone()));
        View::new(&self.lexicon, text, &statement.words, &statement.quantities, entities, &statement.clauses)
    }

    /// A table cell under a head that says "myth", or a quotation under such a heading.
    fn is_told_as_myth(&self, document: &Document, block: &Block, myths: &HashSet<BlockId>) -> bool {
        if let Some(cell) = block.cell {
            return !cell.head
                && myths.iter().any(|id| {
                    let head = document.blocks.get(*id).and_then(|head| head.cell);
                    head.is_some_and(|head| head.head && head.table == cell.table && head.column == cell.column)
                });
        }
        let text = block.text.as_str().trim();
        let told = block.kind == BlockKind::Quote || text.starts_with(['“', '"', '‘', '«']);
        told && block.heading.is_some_and(|heading| myths.contains(&heading))
    }

    fn statement(
        &self,
        search: &mut Search,
        document: &Document,
        evidence: &Evidence<'_>,
        (id, block): (BlockId, &Block),
        sentence: Sentence,
        quoted: &[Range<usize>],
    ) -> Statement {
        let text = block.text.as_str();
        let Sentence { range, span, words } = sentence;
        let own = text.get(range.clone()).unwrap_or_default();
        let is_address = |place: &Range<usize>| {
            let first = words.partition_point(|word| word.range.end <= place.start);
            words.get(first).is_some_and(|word| word.kind == WordKind::Address && word.range.start < place.end)
        };
        let quantities: Vec<Quantity> = quantities(own, &self.units)
            .into_iter()
            .map(|quantity| quantity.shifted(range.start))
            .filter(|quantity| !is_address(&quantity.range) && !evidence.is_identifier(document, id, &quantity.range))
            .collect();
        let statistics = statistics(own).into_iter().map(|statistic| statistic.shifted(range.start)).collect();
        let mut entities = Vec::new();
        self.lexicon.find(
            words.len(),
            |at| {
                let word = words.get(at);
                let written = word.and_then(|word| text.get(word.range.clone())).unwrap_or_default();
                (word.map(|word| word.token).unwrap_or_default(), written)
            },
            |hit| {
                let start = words.get(hit.start).map_or(range.start, |word| word.range.start);
                let end = words.get(hit.end.saturating_sub(1)).map_or(start, |word| word.range.end);
                entities.push(Entity { words: hit.start..hit.end, range: start..end, entry: hit.entry });
            },
        );
        // a capital says nothing at the beginning of a sentence and in a heading
        let first = words.iter().position(|word| word.kind != WordKind::Mark);
        entities.retain(|entity: &Entity| {
            let written = text.get(entity.range.clone()).unwrap_or_default();
            let plain = entity.words.len() == 1 && written.chars().skip(1).all(|letter| !letter.is_uppercase());
            let loose = plain && (block.kind == BlockKind::Heading || first == Some(entity.words.start));
            let by_case = |entry: &crate::lexicon::Entry| entry.ambiguous && entry.name.starts_with(char::is_uppercase);
            !loose || !self.lexicon.entry(entity.entry).is_some_and(by_case)
        });
        let mut statement = Statement {
            block: id,
            range,
            span,
            words,
            mode: Mode::Assert,
            hedge: 0,
            hedges: Vec::new(),
            negations: Vec::new(),
            quotations: Vec::new(),
            conditions: Vec::new(),
            clauses: Vec::new(),
            quantities,
            statistics,
            support: Vec::new(),
            entities,
            matches: Vec::new(),
        };
        let mut covered: Vec<Range<usize>> =
            statement.quantities.iter().map(|one| statement.words_of(one.range.clone())).collect();
        covered.extend(statement.entities.iter().map(|entity| entity.words.clone()));
        covered.sort_by_key(|range| range.start);
        statement.clauses = clauses(text, &statement.words, &covered, &self.openers);
        statement.matches = self.patterns.find(&self.view(text, &statement), search);
        statement.quotations = quoted
            .iter()
            .filter(|quote| quote.start < statement.range.end && statement.range.start < quote.end)
            .map(|quote| statement.words_of(quote.clone()))
            .filter(|words| !words.is_empty())
            .collect();
        let cued = Cued {
            words: &statement.words,
            clauses: &statement.clauses,
            cues: &self.cues,
            matches: &statement.matches,
            turns: &self.turns,
        };
        let (mut hedges, negations, conditions) = (cued.hedges(), cued.negations(), cued.conditions(text));
        // the month of "3 May 2024" hedges nothing
        let figures: Vec<Range<usize>> =
            statement.quantities.iter().map(|one| statement.words_of(one.range.clone())).collect();
        hedges.retain(|hedge| {
            !figures.iter().any(|figure| figure.start <= hedge.words.start && hedge.words.end <= figure.end)
        });
        let mode = mode(&cued, text, &statement.quotations, block.kind);
        statement.hedge = hedges.iter().map(|hedge| hedge.level).max().unwrap_or(0);
        statement.hedges = hedges;
        statement.negations = negations;
        statement.conditions = conditions;
        statement.mode = mode;
        statement.support = evidence.of(document, &statement, &self.lexicon, &self.cues);
        statement
    }
}

/// How a sentence is meant. A label ("Myth:") outweighs all; then a question mark, quotation marks around nearly
/// everything, a condition that leads, and a command.
fn mode(cued: &Cued<'_>, text: &str, quotations: &[Range<usize>], kind: BlockKind) -> Mode {
    if cued.has(Cue::Reported) {
        Mode::Reported
    } else if asks(cued.words, text) || (kind == BlockKind::Heading && cued.has(Cue::Question)) {
        Mode::Question
    } else if is_quoted(cued.words, quotations) {
        Mode::Quoted
    } else if cued.has(Cue::Conditional) {
        Mode::Conditional
    } else if cued.has(Cue::Imperative) {
        Mode::Imperative
    } else {
        Mode::Assert
    }
}

/// True when the last marks of a sentence hold a question mark.
fn asks(words: &[Word], text: &str) -> bool {
    let marks = words.iter().rev().take_while(|word| word.kind == WordKind::Mark);
    marks.filter_map(|word| text.get(word.range.clone())).any(|mark| mark.contains(['?', '？', '؟']))
}

/// True when at least seven words of ten stand in quotation marks.
fn is_quoted(words: &[Word], quotations: &[Range<usize>]) -> bool {
    let is_word = |at: &usize| words.get(*at).is_some_and(|word| word.kind != WordKind::Mark);
    let inside: usize = quotations.iter().map(|range| range.clone().filter(is_word).count()).sum();
    let all = (0..words.len()).filter(is_word).count();
    inside > 1 && inside * 10 >= all * 7
}
