//! An article as a reader would see it: headings, paragraphs, lists in lists, tables, quotes.
//!
//! Takes blocks in source order, each with its line; gives pieces in trees, at the top level a list of `Stretch`es, each
//! closed by the notes that speak of it. Knows no finding.

use super::line::Line;
use crate::document::{Block, BlockKind, Region};
use askama::Template;

/// A block as the reader sees it, with what lies inside.
#[derive(Clone, Debug, Template)]
#[template(path = "piece.html")]
pub enum Piece {
    /// A heading: the level of its element, the level the author gave it, its words.
    Heading(u8, u8, Line),
    /// Running text.
    Paragraph(Line),
    /// A list.
    List(List),
    /// A table, row by row.
    Table(Vec<Vec<Cell>>),
    /// Paragraphs inside a quotation.
    Quote(Vec<Line>),
    /// A caption.
    Caption(Line),
    /// An entry of a reference list with its label.
    Reference(Option<String>, Line),
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// True when its items are numbered.
    pub ordered: bool,
    /// Its items.
    pub items: Vec<Item>,
    /// Its number in the document.
    number: usize,
}

impl List {
    /// The name of its element.
    const fn element(&self) -> &'static str {
        if self.ordered { "ol" } else { "ul" }
    }
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number as printed, when it is numbered.
    pub value: Option<u32>,
    /// Its words.
    pub line: Line,
    /// Paragraphs and lists inside it.
    pub inner: Vec<Piece>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// True in the head.
    pub head: bool,
    /// Its words.
    pub line: Line,
}

/// Blocks that are shown together.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    /// What they are when they are not the article itself.
    pub aside: Option<&'static str>,
    /// In order.
    pub pieces: Vec<Piece>,
    /// Places in the list of the article's notes.
    pub notes: Vec<usize>,
}

/// One block on its way into the tree.
pub struct Set<'a> {
    /// The block.
    pub block: &'a Block,
    /// Its words.
    pub line: Line,
    /// The number or label it is printed with.
    pub label: Option<String>,
    /// Places of its notes in the list of the article's notes.
    pub notes: Vec<usize>,
}

/// Puts blocks into their lists and tables. Headings begin at the element level `top` and skip none.
pub fn stretches(sets: Vec<Set<'_>>, top: u8) -> Vec<Stretch> {
    let mut last = std::collections::HashMap::new();
    for (at, set) in sets.iter().enumerate() {
        if let Some(place) = set.block.list {
            last.insert(place.list, at);
        }
    }
    let mut building =
        Building { done: Vec::new(), now: Stretch::default(), length: 0, table: None, levels: Vec::new(), top };
    for (at, set) in sets.into_iter().enumerate() {
        let goes_on = |list: usize| last.get(&list).is_some_and(|last| *last > at);
        building.add(set, &goes_on);
    }
    building.flush();
    building.done
}

/// A note is about as high as this many bytes of the words beside it.
const ROOM: usize = 300;

/// The longest words that notes stand beside together, in bytes: on a phone they follow after all of these.
const LONG: usize = 1000;

/// The most notes that stand beside several blocks together.
const CROWD: usize = 6;

struct Building {
    done: Vec<Stretch>,
    now: Stretch,
    /// The length of its words, in bytes.
    length: usize,
    /// The number of the table that the last piece is.
    table: Option<usize>,
    /// The author's levels of the headings above.
    levels: Vec<u8>,
    top: u8,
}

impl Building {
    fn add(&mut self, set: Set<'_>, goes_on: &dyn Fn(usize) -> bool) {
        let aside = aside(set.block);
        let inner = set.block.list.is_some_and(|place| place.depth > 0);
        let table = set.block.cell.map(|cell| cell.table);
        let same = table.is_some() && self.table == table;
        // notes begin beside the words they speak of, unless those before them still need the room
        let room = LONG.min(self.now.notes.len() * ROOM);
        let crowded = self.length < room && self.now.notes.len() < CROWD;
        let apart = if self.now.notes.is_empty() { !set.notes.is_empty() } else { !crowded };
        let apart = apart || table.is_some() || self.table.is_some();
        if aside != self.now.aside || (aside.is_none() && !inner && !same && apart) {
            self.flush();
            self.now.aside = aside;
        }
        self.length += set.block.text.as_str().len();
        self.now.notes.extend(&set.notes);
        self.table = table;
        self.place(set, same, goes_on);
    }

    fn flush(&mut self) {
        self.table = None;
        self.length = 0;
        let now = std::mem::take(&mut self.now);
        if !now.pieces.is_empty() || !now.notes.is_empty() {
            self.done.push(now);
        }
    }

    /// `again`: a cell of the table that the last piece is.
    fn place(&mut self, set: Set<'_>, again: bool, goes_on: &dyn Fn(usize) -> bool) {
        let Set { block, line, label, .. } = set;
        match block.kind {
            BlockKind::Heading => {
                let level = self.level(block.level);
                self.now.pieces.push(Piece::Heading(level, block.level, line));
            }
            BlockKind::Item => {
                let ordered = block.list.is_some_and(|place| place.ordered);
                let (number, depth) = block.list.map_or((usize::MAX, 0), |place| (place.list, place.depth));
                let value = label.and_then(|label| label.parse().ok()).filter(|_| ordered);
                let item = Item { value, line, inner: Vec::new() };
                insert(&mut self.now.pieces, number, depth, ordered, item);
            }
            BlockKind::Cell => {
                let row = block.cell.map_or(0, |cell| cell.row);
                let cell = Cell { head: block.cell.is_some_and(|cell| cell.head), line };
                match self.now.pieces.last_mut() {
                    Some(Piece::Table(rows)) if again => {
                        while rows.len() <= row {
                            rows.push(Vec::new());
                        }
                        rows.last_mut().into_iter().for_each(|last| last.push(cell.clone()));
                    }
                    _ => self.now.pieces.push(Piece::Table(vec![vec![cell]])),
                }
            }
            BlockKind::Quote => match self.now.pieces.last_mut() {
                Some(Piece::Quote(lines)) => lines.push(line),
                _ => self.now.pieces.push(Piece::Quote(vec![line])),
            },
            BlockKind::Caption => self.now.pieces.push(Piece::Caption(line)),
            BlockKind::Reference => self.now.pieces.push(Piece::Reference(label, line)),
            BlockKind::Paragraph => {
                let item = innermost(&mut self.now.pieces, goes_on);
                match item {
                    Some(item) => item.inner.push(Piece::Paragraph(line)),
                    None => self.now.pieces.push(Piece::Paragraph(line)),
                }
            }
        }
    }

    /// The level of a heading's element: one below that of the heading above it.
    fn level(&mut self, own: u8) -> u8 {
        self.levels.retain(|above| *above < own);
        let depth = u8::try_from(self.levels.len()).unwrap_or(u8::MAX);
        self.levels.push(own);
        self.top.saturating_add(depth).min(6)
    }
}

/// Puts an item into the list of its number, or into a new one inside the item before it.
fn insert(pieces: &mut Vec<Piece>, number: usize, depth: u8, ordered: bool, item: Item) {
    if let Some(Piece::List(list)) = pieces.last_mut() {
        if list.number == number {
            list.items.push(item);
            return;
        }
        if depth > 0
            && let Some(last) = list.items.last_mut()
        {
            return insert(&mut last.inner, number, depth - 1, ordered, item);
        }
    }
    pieces.push(Piece::List(List { ordered, items: vec![item], number }));
}

/// The item at hand of the innermost list that has items to come.
fn innermost<'p>(pieces: &'p mut [Piece], goes_on: &dyn Fn(usize) -> bool) -> Option<&'p mut Item> {
    let Some(Piece::List(list)) = pieces.last_mut() else { return None };
    let open = goes_on(list.number);
    let item = list.items.last_mut()?;
    let deeper = matches!(item.inner.last(), Some(Piece::List(list)) if goes_on(list.number));
    match (deeper, open) {
        (true, _) => innermost(&mut item.inner, goes_on),
        (false, true) => Some(item),
        (false, false) => None,
    }
}

/// What a block is when it is not the article itself.
fn aside(block: &Block) -> Option<&'static str> {
    if block.hidden {
        return Some("Hidden from readers by the page's markup");
    }
    match block.region {
        Region::Body => None,
        Region::Navigation => Some("Navigation of the page"),
        Region::Header => Some("Header of the page"),
        Region::Footer => Some("Footer of the page"),
        Region::Aside => Some("Beside the article"),
        Region::Form => Some("A form"),
        Region::Comments => Some("Readers' comments"),
        Region::Cookie => Some("A cookie notice"),
    }
}
