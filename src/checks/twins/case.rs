//! Whether two sentences speak of one case: what stands above them, what leads to them, what they rest on, what one says
//! more than the other.
//!
//! Takes two lines laid side by side; gives yes or no. Everything that keeps near twins apart beside their words is here.

use super::align::{Alignment, Aside, Difference};
use super::token::{Line, Token};
use crate::checks::Scene;
use crate::document::{Block, BlockId, BlockKind};
use crate::fact::frame::Role;
use crate::lexicon::{WordKind, fold};
use crate::statement::{Mode, Statement};
use std::collections::BTreeSet;
use std::ops::Range;

/// Classes of names that make of a section one about them.
const TELLING: &[&str] =
    &["condition", "form", "jurisdiction", "organism", "phase", "population", "route", "test", "treatment"];

/// Words that open what is added behind a sentence and changes nothing of it.
const TAIL: &str = "twin-tail";
/// Words that join a clause of its own behind a comma.
const JOINS: &str = "twin-joins";
/// Those that give a reason, which may name anything.
const REASON: &str = "twin-reason";
/// Words that say who says what follows.
const SAYS: &str = "twin-says";

/// Words that two sentences of the same words share when what "this" stands for need not be asked.
const SAYS_ENOUGH: usize = 6;

/// Statements of one block that lie nearer to each other are one train of thought.
const NEAR: usize = 2;

/// What is to be known of the whole article where two of its sentences are held against each other.
pub struct Whole {
    /// The only name of its first heading.
    topic: Option<u64>,
    /// True when it has several headings of the first level, of which none is the title.
    several: bool,
}

impl Whole {
    /// Looks through an article once.
    pub fn new(scene: &Scene<'_>) -> Self {
        Self { topic: topic(scene), several: first_level(scene).nth(1).is_some() }
    }
}

/// True when nothing around two sentences makes them speak of two things.
pub fn is_same_case(scene: &Scene<'_>, whole: &Whole, one: &Line<'_>, two: &Line<'_>, found: &Alignment) -> bool {
    let blocks = &scene.article.document.blocks;
    let (Some(here), Some(there)) = (blocks.get(one.statement.block), blocks.get(two.statement.block)) else {
        return false;
    };
    let apart = one.index.abs_diff(two.index);
    let one_block = one.statement.block == two.statement.block && apart < NEAR;
    // items of one list stand side by side, and so do those of two that are led by two lines
    let beside = here.list.zip(there.list).is_some_and(|(one, two)| one.list == two.list || one.lead != two.lead);
    let set_against = apart <= 2 && [one, two].iter().any(|line| has_role(scene, line.statement, Role::Against));
    !one_block
        && !beside
        && !set_against
        && rest_on_one(scene, one.statement, two.statement)
        && is_about_one(scene, one, two, found)
        && stand_under_one(scene, whole, one, two)
}

/// True when a phrase of the frames with this role is found.
pub fn has_role(scene: &Scene<'_>, statement: &Statement, role: Role) -> bool {
    statement.matches.iter().any(|found| scene.frames.roles(found.pattern).contains(&role))
}

/// False for the results of two studies, or of one and what is said in general.
fn rest_on_one(scene: &Scene<'_>, one: &Statement, two: &Statement) -> bool {
    let sources = |statement: &Statement| -> BTreeSet<String> {
        let cited = statement.support.iter().filter(|support| support.kind.is_citation());
        cited.filter_map(|support| support.target.clone()).collect()
    };
    let (here, there) = (sources(one), sources(two));
    let reports = [one, two].iter().any(|statement| has_role(scene, statement, Role::Study));
    here == there || !reports && (here.is_empty() || there.is_empty())
}

/// True when what one sentence says more changes nothing, and what stands for a subject stands for the other's.
fn is_about_one(scene: &Scene<'_>, one: &Line<'_>, two: &Line<'_>, found: &Alignment) -> bool {
    match (found.only_here.is_empty(), found.only_there.is_empty()) {
        (true, true) => {
            let heading = |line: &Line<'_>| {
                scene.article.document.blocks.get(line.statement.block).and_then(|block| block.heading)
            };
            // "the coil" is one all over the article unless headings say otherwise; "it" is what was named last
            let words = |line: &Line<'_>| {
                let range = line.stand_in(scene);
                let noun = line.told.tokens.iter().any(|token| token.words.start < range.end);
                (!range.is_empty(), noun)
            };
            let (here, there) = (words(one), words(two));
            let says_enough = found.exact && found.shared >= SAYS_ENOUGH;
            here == there && (!here.0 || here.1 || says_enough || heading(one) == heading(two))
        }
        (false, false) => false,
        (true, false) => adds_nothing(scene, one, two, (&found.only_there, found.difference)),
        (false, true) => adds_nothing(scene, two, one, (&found.only_here, found.difference)),
    }
}

/// True when what the longer sentence has around the shorter one leaves it as it is.
fn adds_nothing(
    scene: &Scene<'_>,
    short: &Line<'_>,
    long: &Line<'_>,
    (aside, difference): (&Aside, Difference),
) -> bool {
    let (stands, named) = (!short.stand_in(scene).is_empty(), long.stand_in(scene));
    let front = aside.front.as_ref().is_none_or(|front| {
        if !stands {
            opens(scene, long, front)
        } else if named.is_empty() {
            is_subject(scene, short, long, front)
        } else {
            // "it" and "the coil" are one where nothing else was named before
            front.end <= named.end && before(scene, short).is_none_or(|one| names_nothing_new(scene, one))
        }
    });
    let back = aside.back.as_ref().is_none_or(|back| closes(scene, long, back, difference));
    let stands_in = !stands || aside.front.is_some();
    front && back && stands_in && (named.is_empty() || stands)
}

/// The statement before one, in the same block.
fn before<'a>(scene: &Scene<'a>, line: &Line<'_>) -> Option<&'a Statement> {
    let before = line.index.checked_sub(1).and_then(|index| scene.article.statements.get(index));
    before.filter(|before| before.block == line.statement.block)
}

/// True for a statement that begins with what stands for a subject, or names nothing.
fn names_nothing_new(scene: &Scene<'_>, statement: &Statement) -> bool {
    statement.entities.is_empty() || !Line::new(scene, statement, 0).stand_in(scene).is_empty()
}

/// True when words hold a condition or what sets a statement apart.
fn is_bound(scene: &Scene<'_>, line: &Line<'_>, words: &Range<usize>) -> bool {
    let within = |range: &Range<usize>| range.start < words.end && words.start < range.end;
    line.statement.conditions.iter().any(within)
        || line.statement.matches.iter().any(|found| {
            let roles = scene.frames.roles(found.pattern);
            within(&found.words) && roles.iter().any(|role| matches!(role, Role::Apart | Role::Study))
        })
}

/// True when words name nothing and hold no figure, no condition and no contrast.
fn is_plain(scene: &Scene<'_>, line: &Line<'_>, words: &Range<usize>) -> bool {
    let within = |range: &Range<usize>| range.start < words.end && words.start < range.end;
    let named = line.statement.entities.iter().any(|entity| within(&entity.words));
    let counted = line.statement.quantities_in(words.clone()).next().is_some();
    let bound = line.statement.conditions.iter().any(within);
    let told_apart = line.statement.matches.iter().any(|found| {
        let roles = scene.frames.roles(found.pattern);
        within(&found.words)
            && roles
                .iter()
                .any(|role| matches!(role, Role::Contrast { .. } | Role::Apart | Role::Against | Role::Study))
    });
    !named && !counted && !bound && !told_apart
}

fn folded(scene: &Scene<'_>, line: &Line<'_>, at: usize) -> Option<(WordKind, String)> {
    let word = line.statement.words.get(at)?;
    Some((word.kind, fold(line.statement.prose(&scene.article.document, word.range.clone())).into_owned()))
}

/// True for words in front that end with a mark ("In short, …"), say who says it ("Nurses say …"), or give another figure
/// before "and".
fn opens(scene: &Scene<'_>, line: &Line<'_>, front: &Range<usize>) -> bool {
    let mark = folded(scene, line, front.end).is_some_and(|(kind, _)| kind == WordKind::Mark);
    let last = front.end.checked_sub(1).and_then(|last| folded(scene, line, last));
    let says = front.len() <= 3 && last.as_ref().is_some_and(|(_, word)| scene.lexicon.words(SAYS).contains(word));
    let joined = last.as_ref().is_some_and(|(_, word)| scene.lexicon.words(TAIL).contains(word))
        && line.statement.quantities_in(front.clone()).next().is_some();
    says || joined || mark && is_plain(scene, line, front)
}

/// True for words behind that begin with a mark or a word that only adds ("because …").
fn closes(scene: &Scene<'_>, line: &Line<'_>, back: &Range<usize>, difference: Difference) -> bool {
    // small words are no tokens: the opener may stand before the first one
    let last = line.told.tokens.iter().rev().find(|token| token.words.end <= back.start);
    let from = last.map_or(back.start, |token| token.words.end);
    let opener = folded(scene, line, from);
    let Some((kind, word)) = opener else { return false };
    if scene.lexicon.words(REASON).contains(&word) {
        return true;
    }
    let rest = from..line.statement.words.len();
    let adds = kind == WordKind::Mark || scene.lexicon.words(TAIL).contains(&word);
    // a clause of its own leaves a figure as it is, whatever it names
    let next = folded(scene, line, from + 1).map(|(_, word)| word).unwrap_or_default();
    let own_clause = word == ";" || word == "," && scene.lexicon.words(JOINS).contains(&next);
    let free = matches!(difference, Difference::Figure(..)) && own_clause && !is_bound(scene, line, &rest);
    adds && (free || is_plain(scene, line, &rest))
}

/// True when the words in front are the one name that the other sentence's "it" stands for: of the title, of a heading
/// above it or of the sentence before it.
fn is_subject(scene: &Scene<'_>, short: &Line<'_>, long: &Line<'_>, front: &Range<usize>) -> bool {
    let first = long.told.tokens.iter().take_while(|token| token.words.end <= front.end);
    let [subject] = first.collect::<Vec<_>>()[..] else { return false };
    if subject.name.is_none() {
        return false;
    }
    let document = &scene.article.document;
    let own = document.blocks.get(short.statement.block).and_then(|block| block.heading);
    let above = own.into_iter().chain(headings(scene, short.statement.block));
    let above = above.flat_map(|id| statements_of(scene, id));
    let named = |statement: &Statement| {
        let line = Line::new(scene, statement, 0);
        line.told.tokens.iter().any(|token| token.name.is_some() && token.key == subject.key)
    };
    match before(scene, short) {
        Some(before) if !before.entities.is_empty() => named(before),
        _ => above.into_iter().any(named),
    }
}

fn statements_of<'a>(scene: &Scene<'a>, block: BlockId) -> impl Iterator<Item = &'a Statement> + use<'a> {
    let statements = &scene.article.statements;
    let first = statements.partition_point(|other| other.block < block);
    statements.get(first..).unwrap_or_default().iter().take_while(move |other| other.block == block)
}

/// The headings above a block, nearest first, the title included.
fn headings<'a>(scene: &Scene<'a>, block: BlockId) -> impl Iterator<Item = BlockId> + use<'a> {
    let document = &scene.article.document;
    let parent = |block: &BlockId| document.blocks.get(*block).and_then(|block| block.heading);
    std::iter::successors(document.blocks.get(block).and_then(|block| block.heading), parent).take(6)
}

/// True when neither sentence stands under a heading or a line that leads a list which names another thing than the
/// other's.
fn stand_under_one(scene: &Scene<'_>, whole: &Whole, one: &Line<'_>, two: &Line<'_>) -> bool {
    let said: BTreeSet<u64> =
        one.told.tokens.iter().filter(|token| token.name.is_some()).map(|token| token.key).collect();
    let (here, there) = (led(scene, whole, one.statement), led(scene, whole, two.statement));
    if here.blocks == there.blocks {
        return true;
    }
    // a section that names what the whole article is about is about nothing else
    let told =
        here.names.symmetric_difference(&there.names).all(|name| said.contains(name) || Some(*name) == whole.topic);
    // a heading whose words its own section takes up names what it is about, known or not
    let taken_up = |led: &Led, line: &Line<'_>, other: &Led| {
        let own = led.words.difference(&other.words).copied().collect::<BTreeSet<u64>>();
        let section = scene.article.document.blocks.get(line.statement.block).and_then(|block| block.heading);
        let mut lines = section_lines(scene, section);
        lines.any(|statement| {
            let line = Line::new(scene, statement, 0);
            line.told.tokens.iter().any(|token| own.contains(&token.key))
        })
    };
    // "Stage one", "Stage two": headings of one pattern, whatever the article is about
    let title = here.title.union(&there.title).copied().collect::<BTreeSet<u64>>();
    let one_pattern =
        here.words != there.words && here.words.intersection(&there.words).any(|word| !title.contains(word));
    let ask = here.asks || there.asks;
    let two_names = !ask && taken_up(&here, one, &there) && taken_up(&there, two, &here);
    // what a sentence says of nobody it says of what its section is about
    let known = |token: &Token| token.name.is_some() || title.contains(&token.key);
    let nameless = !one.told.tokens.iter().any(known) && are_siblings(scene, &here, &there) && !ask;
    let other = one_pattern || here.denies || there.denies || two_names || nameless;
    told && !other
}

/// True for the sections of two headings that stand side by side under one.
fn are_siblings(scene: &Scene<'_>, one: &Led, two: &Led) -> bool {
    let nearest = |led: &Led| {
        let heading =
            led.blocks.iter().copied().find(|id| {
                scene.article.document.blocks.get(*id).is_some_and(|block| block.kind == BlockKind::Heading)
            })?;
        scene.article.document.blocks.get(heading).map(|block| (block.heading, block.level))
    };
    nearest(one).is_some() && nearest(one) == nearest(two)
}

/// The headings of the first level.
fn first_level<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Block> + use<'a> {
    let blocks = scene.article.document.blocks.iter();
    blocks.filter(|block| block.is_article() && block.kind == BlockKind::Heading && block.level == 1)
}

/// The only name of the title, or of the first heading where there is no title.
fn topic(scene: &Scene<'_>) -> Option<u64> {
    let blocks = &scene.article.document.blocks;
    let first = blocks.iter().position(|block| block.is_article() && block.kind == BlockKind::Heading)?;
    let lines = statements_of(scene, first).map(|statement| Line::new(scene, statement, 0));
    let mut names: Vec<u64> = lines.flat_map(|line| telling(scene, &line)).collect();
    names.sort_unstable();
    names.dedup();
    if let [only] = names.as_slice() { Some(*only) } else { None }
}

/// The names of a line that make of a section one about them.
fn telling(scene: &Scene<'_>, line: &Line<'_>) -> Vec<u64> {
    let named = line.told.tokens.iter().filter(|token| {
        let classes = TELLING.iter().filter_map(|class| scene.lexicon.class(class));
        token.name.is_some_and(|entry| classes.into_iter().any(|class| scene.lexicon.is_a(entry, class)))
    });
    named.map(|token| token.key).collect()
}

/// The first statements under a heading.
fn section_lines<'a>(scene: &Scene<'a>, heading: Option<BlockId>) -> impl Iterator<Item = &'a Statement> + use<'a> {
    let statements = &scene.article.statements;
    let first = statements.partition_point(|statement| Some(statement.block) <= heading);
    let blocks = &scene.article.document.blocks;
    let own = move |statement: &&Statement| blocks.get(statement.block).is_some_and(|block| block.heading == heading);
    statements.get(first..).unwrap_or_default().iter().take(8).filter(own)
}

/// What stands above a sentence: headings below the title and the line before its list.
#[derive(Debug, Default)]
struct Led {
    blocks: Vec<BlockId>,
    names: BTreeSet<u64>,
    words: BTreeSet<u64>,
    /// Words of the title.
    title: BTreeSet<u64>,
    /// True when one of them denies or reports ("Who should not", "Myths").
    denies: bool,
    /// True when one of them asks or names a question ("Key facts", "How long does it last?").
    asks: bool,
}

fn led(scene: &Scene<'_>, whole: &Whole, statement: &Statement) -> Led {
    let document = &scene.article.document;
    let own = document.blocks.get(statement.block);
    let lead = own.and_then(|block| block.list).and_then(|list| list.lead);
    let below = |id: &BlockId| whole.several || document.blocks.get(*id).is_some_and(|block| block.level > 1);
    let blocks: Vec<BlockId> = lead.into_iter().chain(headings(scene, statement.block).filter(below)).collect();
    let mut led = Led::default();
    for statement in blocks.iter().flat_map(|id| statements_of(scene, *id)) {
        let line = Line::new(scene, statement, 0);
        led.names.extend(telling(scene, &line));
        // "Stage 1" and "Stage 2" are two headings
        let figure = |token: &Token| token.figure.and_then(|at| statement.quantities.get(at));
        let key = |token: &Token| token.key ^ figure(token).map_or(0, |quantity| quantity.low.to_bits());
        led.words.extend(line.told.tokens.iter().map(key));
        let word = |at: usize| folded(scene, &line, at).map(|(_, word)| word).unwrap_or_default();
        led.asks |= statement.mode == Mode::Question
            || (0..statement.words.len()).any(|at| scene.frames.words.label_words.binary_search(&word(at)).is_ok());
        led.denies |= !line.told.negations.is_empty() || has_role(scene, statement, Role::Apart);
    }
    for title in headings(scene, statement.block).filter(|id| !below(id)).flat_map(|id| statements_of(scene, id)) {
        led.title.extend(Line::new(scene, title, 0).told.tokens.iter().map(|token| token.key));
    }
    led.blocks = blocks;
    led
}
