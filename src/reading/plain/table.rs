//! Table rows in plain text: lines with the same number of cells between tabs or bars.
//!
//! Takes pieces; gives the cells of those that are rows. One such line alone is no table.

use super::paragraph::Piece;
use crate::document::CellPlace;
use crate::source::Span;

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// Index of the piece that it replaces.
    pub(super) piece: usize,
    /// Its cells; none for the line that rules off the head.
    pub(super) cells: Vec<(CellPlace, Span)>,
}

/// All rows, in order.
pub(super) fn tables(text: &str, pieces: &[Piece]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut tables = 0;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let first = cells(text, piece);
        let mut run = Vec::new();
        if first.len() > 1 {
            let count = first.len();
            run.push(first);
            while let Some(next) = pieces.get(at + run.len()) {
                let found = cells(text, next);
                if next.after_blank || found.len() != count {
                    break;
                }
                run.push(found);
            }
        }
        if run.len() < 2 {
            at += 1;
            continue;
        }
        let has_head = head(text, &run);
        let mut number = 0;
        let length = run.len();
        for (offset, cells) in run.into_iter().enumerate() {
            let rule = cells.iter().all(|cell| is_rule(slice(text, *cell)));
            let place = |column| CellPlace { table: tables, row: number, column, head: has_head && number == 0 };
            let cells = if rule {
                Vec::new()
            } else {
                cells.into_iter().enumerate().map(|(column, span)| (place(column), span)).collect()
            };
            number += usize::from(!rule);
            rows.push(Row { piece: at + offset, cells });
        }
        tables += 1;
        at += length;
    }
    rows
}

/// The cells of a line: parts between tabs, or between bars when it has at least two.
fn cells(text: &str, piece: &Piece) -> Vec<Span> {
    let content = slice(text, piece.span);
    if !piece.alone || piece.marker.is_some() {
        return Vec::new();
    }
    let bars = content.starts_with('|') && content.ends_with('|') && content.len() > 2;
    let separator = if bars { '|' } else { '\t' };
    if !content.contains(separator) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = piece.span.start;
    for part in content.split(separator) {
        let kept = part.trim_start();
        let start = from + part.len() - kept.len();
        found.push(Span::new(start, start + kept.trim_end().len()));
        from += part.len() + 1;
    }
    if bars {
        found.pop();
        found.remove(0);
    }
    found
}

/// True when the first row names columns: no digit in it, some below.
fn head(text: &str, run: &[Vec<Span>]) -> bool {
    let digits =
        |row: &Vec<Span>| row.iter().any(|cell| slice(text, *cell).contains(|letter: char| letter.is_ascii_digit()));
    let ruled = run.get(1).is_some_and(|row| row.iter().all(|cell| is_rule(slice(text, *cell))));
    ruled || (run.first().is_some_and(|row| !digits(row)) && run.iter().skip(1).any(digits))
}

fn is_rule(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':' | b'=' | b' '))
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}
