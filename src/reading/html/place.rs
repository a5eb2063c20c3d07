//! Where in its list or table a block stands.
//!
//! Takes the opening and closing of lists, items, tables, rows and cells; gives places. Knows no text.

use crate::document::{Block, BlockId, CellPlace, ListPlace};
use std::collections::BTreeMap;

/// The lists and tables that are open.
#[derive(Debug, Default)]
pub(super) struct Places {
    lists: Vec<List>,
    tables: Vec<Table>,
    list_count: usize,
    table_count: usize,
}

#[derive(Debug)]
struct List {
    number: usize,
    ordered: bool,
    /// Items so far.
    items: usize,
    lead: Option<BlockId>,
    /// True when the open item has its block; what follows in it are paragraphs.
    taken: bool,
}

#[derive(Debug)]
struct Table {
    number: usize,
    /// Rows so far.
    rows: usize,
    /// Columns of the row so far.
    columns: usize,
    /// Columns that the open cell spans.
    span: usize,
    in_head: bool,
    head: bool,
}

impl Places {
    /// `ol` or `ul` opens behind the block `lead`.
    pub(super) fn open_list(&mut self, ordered: bool, lead: Option<BlockId>) {
        self.lists.push(List { number: self.list_count, ordered, items: 0, lead, taken: false });
        self.list_count += 1;
    }

    /// The innermost list closes.
    pub(super) fn close_list(&mut self) {
        self.lists.pop();
    }

    /// `li` opens; one outside any list gets a list of its own.
    pub(super) fn open_item(&mut self, lead: Option<BlockId>) {
        if self.lists.is_empty() {
            self.open_list(false, lead);
        }
        if let Some(list) = self.lists.last_mut() {
            list.items += 1;
            list.taken = false;
        }
    }

    /// The place of a block that begins in an item; `None` when the item has its block already.
    pub(super) fn item(&mut self) -> Option<ListPlace> {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let list = self.lists.last_mut().filter(|list| !list.taken)?;
        list.taken = true;
        Some(ListPlace {
            list: list.number,
            ordinal: list.items.saturating_sub(1),
            depth,
            ordered: list.ordered,
            lead: list.lead,
        })
    }

    /// `table` opens.
    pub(super) fn open_table(&mut self) {
        let number = self.table_count;
        self.table_count += 1;
        self.tables.push(Table { number, rows: 0, columns: 0, span: 0, in_head: false, head: false });
    }

    /// The innermost table closes.
    pub(super) fn close_table(&mut self) {
        self.tables.pop();
    }

    /// `thead` opens or closes.
    pub(super) fn table_head(&mut self, open: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.in_head = open;
        }
    }

    /// `tr` opens.
    pub(super) fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows += 1;
            table.columns = 0;
            table.span = 0;
        }
    }

    /// `td` or `th` opens.
    pub(super) fn open_cell(&mut self, header: bool, span: usize) {
        if let Some(table) = self.tables.last_mut() {
            table.columns += table.span;
            table.span = span.clamp(1, 1000);
            table.head = table.in_head || header;
        }
    }

    /// The place of a block in the open cell.
    pub(super) fn cell(&self) -> Option<CellPlace> {
        let table = self.tables.last()?;
        Some(CellPlace {
            table: table.number,
            row: table.rows.saturating_sub(1),
            column: table.columns,
            head: table.head,
        })
    }
}

/// Makes the first row of a table without `th` its head when it names columns: no digit in it, some below.
pub(super) fn name_columns(blocks: &mut [Block]) {
    #[derive(Default)]
    struct Digits {
        first: bool,
        below: bool,
        named: bool,
    }
    let mut tables: BTreeMap<usize, Digits> = BTreeMap::new();
    for block in blocks.iter() {
        let Some(cell) = block.cell else { continue };
        let table = tables.entry(cell.table).or_default();
        let digits = block.text.as_str().contains(|letter: char| letter.is_ascii_digit());
        table.first |= digits && cell.row == 0;
        table.below |= digits && cell.row > 0;
        table.named |= cell.head;
    }
    for cell in blocks.iter_mut().filter_map(|block| block.cell.as_mut()).filter(|cell| cell.row == 0) {
        cell.head |= tables.get(&cell.table).is_some_and(|table| table.below && !table.first && !table.named);
    }
}
