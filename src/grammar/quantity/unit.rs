//! The table of units: finds the unit that stands at a place of a text, and what units joined by "per" measure.
//!
//! Takes the `[[unit]]` tables of the lexicon. Knows no number and no surroundings but the cues of its own table.

use super::QuantityKind;
use crate::grammar::number::{Read, digits, gap, gap0, hyphen, is_gap, letters, one_word};
use crate::lexicon::{Lexicon, UnitEntry};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::one_of;
use nom::combinator::recognize;
use std::sync::Arc;

const NO: nom::Err<()> = nom::Err::Error(());

/// A unit of the table.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The symbol that output shows.
    pub symbol: Arc<str>,
    /// What it measures.
    pub kind: QuantityKind,
    /// The unit of the contract.
    pub base: Arc<str>,
    /// Factor to the base unit.
    pub factor: f64,
    exact: bool,
    glued: bool,
    large: bool,
    near: Vec<String>,
}

#[derive(Clone, Debug)]
struct Alias {
    unit: usize,
    /// As written, where that counts.
    text: Box<str>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: Vec<(char, usize)>,
    /// One bit for each ASCII letter in `next`: most walks end here.
    ascii: u128,
    here: Vec<Alias>,
}

/// All units, by their written forms.
#[derive(Clone, Debug)]
pub struct Units {
    units: Vec<Unit>,
    nodes: Vec<Node>,
    /// Sorted: words before the number of one of a series ("page", "stage").
    labels: Vec<Box<str>>,
    /// Sorted: words for people, whose "over 65" is an age.
    persons: Vec<Box<str>>,
    /// Sorted: what may stand between the numbers of a share ("1 woman in 8").
    shared: Vec<Box<str>>,
}

/// Where a unit stands, for the cues that decide between units of one form.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    /// True when it stands directly behind a digit.
    pub glued: bool,
    /// True when the number is counted in millions.
    pub large: bool,
    /// The text before the number.
    pub before: &'t str,
    /// True when the word must be spelt right.
    pub typed: bool,
}

impl Place<'_> {
    /// A place without anything before it.
    pub const fn bare(glued: bool) -> Self {
        Self { glued, large: false, before: "", typed: true }
    }
}

/// A unit as read: one of the table, or several joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What it measures.
    pub kind: QuantityKind,
    /// The unit of the contract.
    pub base: Arc<str>,
    /// Factor to the base unit.
    pub factor: f64,
    /// The symbol that output shows.
    pub symbol: Arc<str>,
}

fn folded(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    match letter {
        '\u{b5}' => '\u{3bc}',
        '\u{ba}' => '\u{b0}',
        '\u{2010}' | '\u{2011}' => '-',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

impl Units {
    /// Builds the table of units alone. Entries with a kind outside the contract are left out.
    pub fn new(entries: &[UnitEntry]) -> Self {
        let mut table = Self {
            units: Vec::new(),
            nodes: vec![Node::default()],
            labels: Vec::new(),
            persons: Vec::new(),
            shared: Vec::new(),
        };
        for entry in entries {
            let Some(kind) = QuantityKind::from_name(&entry.kind) else { continue };
            let unit = table.units.len();
            table.units.push(Unit {
                symbol: entry.symbol.as_str().into(),
                kind,
                base: entry.base.as_str().into(),
                factor: entry.factor,
                exact: entry.exact,
                glued: entry.glued,
                large: entry.large,
                near: entry.near.clone(),
            });
            for alias in &entry.alias {
                table.insert(alias, unit, entry.exact);
            }
        }
        table
    }

    /// The table of a lexicon, with its words that tell what a number behind them is.
    pub fn of(lexicon: &Lexicon) -> Self {
        let sorted = |list: &str| {
            let mut words: Vec<Box<str>> = lexicon.list(list).iter().map(|word| word.as_str().into()).collect();
            words.sort_unstable();
            words
        };
        let (labels, persons, shared) = (sorted("number-label"), sorted("aged-person"), sorted("shared"));
        Self { labels, persons, shared, ..Self::new(lexicon.units()) }
    }

    /// True for a word that names one of a series: the number behind it counts nothing.
    pub fn is_label(&self, word: &str) -> bool {
        self.labels.binary_search_by(|own| (**own).cmp(word)).is_ok()
    }

    /// True for a word for people, so that "over 65" behind it is an age.
    pub fn is_person(&self, word: &str) -> bool {
        self.persons.binary_search_by(|own| (**own).cmp(word)).is_ok()
    }

    /// True for what may stand between the two numbers of a share: "1 woman in 8".
    pub fn is_shared(&self, word: &str) -> bool {
        self.shared.binary_search_by(|own| (**own).cmp(word)).is_ok()
    }

    fn insert(&mut self, alias: &str, unit: usize, exact: bool) {
        let mut node = 0;
        for letter in alias.chars().map(folded) {
            let found = self.nodes.get(node).and_then(|node| node.next.iter().find(|(next, _)| *next == letter));
            node = if let Some((_, next)) = found {
                *next
            } else {
                let next = self.nodes.len();
                self.nodes.push(Node::default());
                if let Some(node) = self.nodes.get_mut(node) {
                    node.next.push((letter, next));
                    node.ascii |= 1_u128.checked_shl(u32::from(letter)).unwrap_or(0);
                }
                next
            };
        }
        if let Some(node) = self.nodes.get_mut(node) {
            node.here.push(Alias { unit, text: if exact { alias.into() } else { Box::default() } });
        }
    }

    /// The longest unit at the start of the input.
    pub fn read<'t>(&self, input: &'t str, place: Place<'_>) -> Read<'t, &Unit> {
        let mut node = self.nodes.first();
        let mut best: Option<(&'t str, &Unit)> = None;
        let mut letters = input.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let step = |node: &Node, letter: char| {
                if letter.is_ascii() && node.ascii & (1 << u32::from(letter)) == 0 {
                    return None;
                }
                node.next.iter().find(|(next, _)| *next == letter).and_then(|(_, next)| self.nodes.get(*next))
            };
            let next = if is_gap(letter) {
                while letters.next_if(|(_, next)| is_gap(*next)).is_some() {}
                node.and_then(|node| step(node, ' '))
            } else {
                node.and_then(|node| {
                    step(node, folded(letter)).or_else(|| if letter == '-' { step(node, ' ') } else { None })
                })
            };
            let Some(here) = next else { break };
            let end = at + letter.len_utf8();
            if let (false, Some(rest)) = (here.here.is_empty(), input.get(end..))
                && (!letter.is_alphanumeric() || ends_word(letter, rest))
                && let Some(written) = input.get(..end)
                && let Some(unit) = self.choose(&here.here, written, rest, place)
            {
                best = Some((rest, unit));
            }
            node = next;
        }
        best.map_or_else(
            || if place.typed { Err(NO) } else { self.mistyped(input, Place { typed: true, ..place }) },
            Ok,
        )
    }

    fn choose(&self, here: &[Alias], written: &str, rest: &str, place: Place<'_>) -> Option<&Unit> {
        let fits = |alias: &&Alias| {
            self.units.get(alias.unit).is_some_and(|unit| {
                let micro = |letter| if letter == '\u{b5}' { '\u{3bc}' } else { letter };
                let same = || alias.text.chars().map(micro).eq(written.chars().map(micro));
                (!unit.exact || same())
                    && (!unit.glued || place.glued)
                    && (!unit.large || place.large)
                    && (unit.near.is_empty() || near(place.before, &unit.near) || ahead(rest, &unit.near))
            })
        };
        // a unit that asks for more of its place goes before one that does not
        here.iter()
            .filter(fits)
            .filter_map(|alias| self.units.get(alias.unit))
            .max_by_key(|unit| (unit.large, !unit.near.is_empty(), unit.exact))
    }

    /// A unit of money at the end of the text before a number, with white space at most between: its length in bytes
    /// and the unit.
    pub fn currency_before(&self, before: &str) -> Option<(usize, &Unit)> {
        let trimmed = before.trim_end_matches(is_gap);
        if before.len() - trimmed.len() > 3 {
            return None;
        }
        let symbol = trimmed.chars().next_back()?;
        if !symbol.is_alphabetic() && !is_currency(symbol) {
            return None;
        }
        let place = Place::bare(false);
        // at most: letters, white space, symbol ("c $", "US$", "GBP")
        let mut start = trimmed.len() - symbol.len_utf8();
        let mut found = None;
        let money = |start: usize| {
            let rest = trimmed.get(start..)?;
            let (rest, unit) = self.read(rest, place).ok()?;
            (rest.is_empty() && unit.kind == QuantityKind::Money).then_some((before.len() - start, unit))
        };
        if is_currency(symbol) {
            found = money(start);
        }
        for letter in trimmed.get(..start)?.chars().rev().take(8) {
            let space = is_gap(letter) && found.is_some();
            if !letter.is_ascii_alphabetic() && !space {
                break;
            }
            start -= letter.len_utf8();
            let opens = !trimmed.get(..start)?.ends_with(|last: char| last.is_alphanumeric());
            if opens && !space {
                found = money(start).or(found);
            }
        }
        found
    }

    /// A unit, or units joined by "per", "/" or "·…⁻¹".
    pub fn measure<'t>(&self, input: &'t str, place: Place<'_>) -> Read<'t, Measure> {
        let (mut rest, unit) = self.read(input, place)?;
        let mut measure = Measure {
            kind: unit.kind,
            base: Arc::clone(&unit.base),
            factor: unit.factor,
            symbol: Arc::clone(&unit.symbol),
        };
        for _ in 0..2 {
            let Ok((after, over)) = self.over(rest) else { break };
            let Some(joined) = join(&measure, over) else { break };
            (rest, measure) = (after, joined);
        }
        Ok((rest, measure))
    }

    /// "/kg", "per litre", "a day", " · day −1".
    fn over<'t>(&self, input: &'t str) -> Read<'t, &Unit> {
        let place = Place::bare(true);
        if let Ok((rest, _)) = (gap0, one_of("/\u{2215}\u{2044}"), gap0).parse(input) {
            // "/24 h" is a day
            if let Ok((rest, _)) = (tag::<_, _, ()>("24"), gap0).parse(rest)
                && let Ok((rest, hour)) = self.read(rest, place)
                && hour.factor == 3600.0
                && let Some(day) =
                    self.units.iter().find(|unit| unit.factor == 86400.0 && unit.kind == QuantityKind::Duration)
            {
                return Ok((rest, day));
            }
            return self.read(rest, place);
        }
        if let Ok((rest, _)) = (gap0, one_of("\u{b7}\u{22c5}\u{2219}."), gap0).parse(input)
            && let Ok((rest, unit)) = self.read(rest, place)
            && let Ok((rest, _)) = (gap0, one_of("-\u{2212}\u{2013}\u{207b}"), one_of("1\u{b9}")).parse(rest)
        {
            return Ok((rest, unit));
        }
        let (rest, _) = gap(input)?;
        let (rest, word) = one_word(rest, &["per", "a", "an", "each", "every"])?;
        let (rest, _) = gap(rest)?;
        let (rest, unit) = self.read(rest, Place { glued: false, ..place })?;
        if word != "per" && unit.kind != QuantityKind::Duration { Err(NO) } else { Ok((rest, unit)) }
    }

    /// "/5 mL", " in 5 ml", " per 5 mL" behind a dose, "/µL" behind a count: litres and their symbol.
    pub fn volume_of<'t>(&self, input: &'t str, counted: bool) -> Read<'t, (f64, Arc<str>)> {
        let stroke = |input| (gap0, tag("/"), gap0).parse(input).map(|(rest, _)| (rest, ()));
        let spoken = |input| {
            let (rest, _) = gap(input)?;
            let (rest, _) = one_word(rest, if counted { &["per"] } else { &["in", "per"] })?;
            gap(rest).map(|(rest, _)| (rest, ()))
        };
        let (rest, ()) = alt((stroke, spoken)).parse(input)?;
        let (rest, value) = match digits(rest) {
            Ok((rest, number)) => (rest, number.value),
            Err(_) if counted => (rest, 1.0),
            Err(no) => return Err(no),
        };
        let (rest, _) = alt((gap, recognize(hyphen), gap0)).parse(rest)?;
        let (rest, unit) = self.read(rest, Place::bare(true))?;
        let fits = unit.kind == QuantityKind::Volume && value > 0.0;
        if fits { Ok((rest, (value * unit.factor, Arc::clone(&unit.symbol)))) } else { Err(NO) }
    }

    /// A unit of time with two neighbouring letters swapped ("wekes", "dya").
    fn mistyped<'t>(&self, input: &'t str, place: Place<'_>) -> Read<'t, &Unit> {
        let (rest, written) = letters(input)?;
        if !(3..=7).contains(&written.len()) || !written.starts_with(['d', 'h', 'm', 's', 'w', 'y']) {
            return Err(NO);
        }
        let mut swapped = [0_u8; 8];
        for at in 1..written.len().saturating_sub(1) {
            let room = swapped.get_mut(..written.len()).ok_or(NO)?;
            room.copy_from_slice(written.as_bytes());
            room.swap(at, at + 1);
            let word = std::str::from_utf8(room).map_err(|_| NO)?;
            if let Ok(("", unit)) = self.read(word, place)
                && unit.kind == QuantityKind::Duration
            {
                return Ok((rest, unit));
            }
        }
        Err(NO)
    }
}

pub(super) fn is_currency(letter: char) -> bool {
    matches!(letter, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20cf}' | '\u{e3f}')
}

fn ends_word(last: char, rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if next.is_alphanumeric() {
        // "100元的": no boundary between ideographs
        return !last.is_ascii() && !next.is_ascii() && !next.is_ascii_digit() && last > '\u{2e80}';
    }
    next != '_'
}

/// True when one of the cues begins a word in the last bytes of the text.
fn near(before: &str, cues: &[String]) -> bool {
    let mut start = before.len().saturating_sub(60);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let last = before.get(start..).unwrap_or_default();
    last.split(|letter: char| !letter.is_alphanumeric())
        .any(|word| cues.iter().any(|cue| word.get(..cue.len()).is_some_and(|head| head.eq_ignore_ascii_case(cue))))
}

/// True when the next word begins with one of the cues.
fn ahead(rest: &str, cues: &[String]) -> bool {
    let Ok((rest, _)) = gap(rest) else { return false };
    letters(rest).is_ok_and(|(_, word)| {
        cues.iter().any(|cue| word.get(..cue.len()).is_some_and(|head| head.eq_ignore_ascii_case(cue)))
    })
}

/// What one unit over another measures; `None` where the pair is no unit of health writing.
fn join(above: &Measure, below: &Unit) -> Option<Measure> {
    use QuantityKind::{Concentration, Count, Dose, Duration, Energy, Length, Mass, Ratio, Speed, Volume};
    let symbol: Arc<str> = format!("{}/{}", above.symbol, below.symbol).into();
    let made =
        |kind, base: String, factor| Some(Measure { kind, base: base.into(), factor, symbol: Arc::clone(&symbol) });
    let counted = above.kind == Dose && above.base == above.symbol && !matches!(&*above.base, "IU" | "U" | "g" | "mol");
    match (above.kind, below.kind) {
        (Dose | Mass | Volume | Energy | Count, Mass) => made(
            if above.kind == Energy { Energy } else { Dose },
            format!("{}/kg", above.base),
            above.factor / below.factor * 1000.0,
        ),
        (Dose | Mass | Count, Dose) if below.base.as_ref() == "g" => {
            made(Dose, format!("{}/kg", above.base), above.factor / below.factor * 1000.0)
        }
        // "48 mmol/mol", "3 mg/mmol"
        (Dose | Mass, Dose) if below.base.as_ref() == "mol" => {
            made(Ratio, format!("{}/mol", above.base), above.factor / below.factor)
        }
        (Dose | Mass | Count, Volume) => {
            made(Concentration, format!("{}/{}", above.base, below.base), above.factor / below.factor)
        }
        (Mass, QuantityKind::Area) if &*above.symbol == "kg" => {
            made(Ratio, "kg/m²".to_owned(), above.factor / 1000.0 / below.factor)
        }
        (Dose | Mass, QuantityKind::Area) => made(Dose, format!("{}/m²", above.base), above.factor / below.factor),
        (Length, Duration) => made(Speed, format!("{}/{}", above.base, below.base), above.factor / below.factor),
        (Dose, Duration) if counted => None,
        (Dose | Mass | Volume | Energy, Duration) => {
            made(above.kind, format!("{}/d", above.base), above.factor / (below.factor / 86400.0))
        }
        _ => None,
    }
}
