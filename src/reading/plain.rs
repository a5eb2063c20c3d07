//! Plain text as people paste it becomes a document.
//!
//! Takes a source; gives its paragraphs, items, headings, captions, cells and bare links. Works from shape alone,
//! since nothing is marked up: lines, blanks, indents, widths, markers, case. Finds no references and no language.

mod heading;
mod line;
mod list;
mod marker;
mod paragraph;
mod table;

use crate::document::{Block, BlockId, BlockKind, Document, Link, LinkKind, Region, Text};
use crate::grammar::address::{AddressKind, addresses};
use crate::lexicon::Lexicon;
use crate::source::{Source, Span};
use heading::Role;
use list::Lists;
use paragraph::Piece;

/// A title may stand behind lines shorter than this (a byline, what a template puts on top), in bytes.
const TITLE_AFTER: usize = 60;

/// Reads a source.
pub(super) fn read(source: &Source, lexicon: &Lexicon) -> Document {
    let text = source.text();
    let lines = line::lines(text);
    let pieces = paragraph::pieces(text, &lines);
    let roles = heading::roles(text, &pieces, lexicon);
    let tables = table::tables(text, &pieces);
    let mut reader = Reader { document: Document::new(source.format()), title: None, heading: None };
    let mut lists = Lists::default();
    let mut rows = tables.iter().peekable();
    for (index, (piece, role)) in pieces.iter().zip(&roles).enumerate() {
        if let Some(row) = rows.next_if(|row| row.piece == index) {
            lists.end();
            for (place, span) in &row.cells {
                let id = reader.push(BlockKind::Cell, *span, paragraph::prose(text, *span));
                if let Some(block) = reader.document.blocks.get_mut(id) {
                    block.cell = Some(*place);
                }
            }
            continue;
        }
        let (kind, span) = (kind(piece, *role), piece.span);
        let skipped = match kind {
            BlockKind::Item => piece.marker.map_or(0, |marker| marker.len),
            BlockKind::Heading => heading::hashes(source.slice(span)),
            _ => 0,
        };
        let lead = reader.document.blocks.len().checked_sub(1);
        let id = reader.push(kind, span, paragraph::prose(text, Span::new(span.start + skipped, span.end)));
        match (kind, piece.marker) {
            (BlockKind::Item, Some(marker)) => {
                let mut place = lists.place(piece.indent, marker, lead);
                let leads = |block: &Block| {
                    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
                        || (block.kind == BlockKind::Item && place.depth > 0)
                };
                place.lead = place.lead.filter(|lead| reader.document.blocks.get(*lead).is_some_and(leads));
                if let Some(block) = reader.document.blocks.get_mut(id) {
                    block.list = Some(place);
                }
            }
            (BlockKind::Heading, _) => lists.end(),
            _ => lists.interrupt(),
        }
    }
    reader.links(lexicon);
    reader.document
}

const fn kind(piece: &Piece, role: Role) -> BlockKind {
    match role {
        Role::Heading => BlockKind::Heading,
        Role::Caption => BlockKind::Caption,
        Role::Body if piece.marker.is_some() => BlockKind::Item,
        Role::Body => BlockKind::Paragraph,
    }
}

struct Reader {
    document: Document,
    title: Option<BlockId>,
    heading: Option<BlockId>,
}

impl Reader {
    /// Appends a block; a heading governs what follows.
    fn push(&mut self, kind: BlockKind, span: Span, text: Text) -> BlockId {
        let id = self.document.blocks.len();
        let (mut level, mut heading) = (0, self.heading);
        if kind == BlockKind::Heading {
            // the first heading is the title, unless text or a list stands before it or it asks a question
            let leads = self.heading.is_none()
                && !text.as_str().ends_with('?')
                && self.document.blocks.iter().all(|block| block.text.as_str().len() < TITLE_AFTER);
            level = if leads { 1 } else { 2 };
            heading = self.title;
            if leads {
                self.title = Some(id);
            }
            self.heading = Some(id);
        }
        self.document.blocks.push(Block {
            kind,
            span,
            text,
            level,
            heading,
            list: None,
            cell: None,
            region: Region::Body,
            hidden: false,
            tricked: false,
            leftover: false,
            foreign: false,
        });
        id
    }

    /// Records the addresses that stand bare in the prose.
    fn links(&mut self, lexicon: &Lexicon) {
        for (id, block) in self.document.blocks.iter().enumerate() {
            for address in addresses(block.text.as_str(), lexicon) {
                let written = block.text.as_str().get(address.range.clone()).unwrap_or_default();
                let target = match address.kind {
                    AddressKind::Url => written.to_owned(),
                    AddressKind::Email | AddressKind::Doi => continue,
                };
                let span = block.text.span(address.range.clone());
                self.document.links.push(Link {
                    kind: LinkKind::Bare,
                    span,
                    target,
                    target_span: span,
                    block: Some(id),
                    range: address.range,
                    rel: Vec::new(),
                    hidden: false,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Data;
    use crate::source::Format;
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        let data: Data = toml::from_str(include_str!("../../rules/lexicon/plain.toml")).unwrap();
        read(&Source::new("a.txt", text, Format::Text), &Lexicon::new(data).unwrap())
    }

    fn kinds(text: &str) -> Vec<(BlockKind, String)> {
        document(text).blocks.into_iter().map(|block| (block.kind, block.text.as_str().to_owned())).collect()
    }

    #[test]
    fn a_pasted_page_has_headings_items_and_paragraphs() {
        use BlockKind::{Heading, Item, Paragraph};
        let text = "\u{feff}Sleep Well Without Pills\r\nBy Ann Lee\r\n\r\nMost adults need seven hours of sleep, and many get less than that.\r\n\r\nWhat helps\r\n\r\n  • A dark room: close the blinds\r\n  • No screens\r\n\r\nDoes tea help?\r\nSome kinds may, but nobody has shown how much of it.\r\nSubscribe\r\nNotify of\r\n";
        let read = document(text);
        let kinds: Vec<_> = read.blocks.iter().map(|block| (block.kind, block.text.as_str(), block.heading)).collect();
        assert_eq!(
            kinds,
            [
                (Heading, "Sleep Well Without Pills", None),
                (Paragraph, "By Ann Lee", Some(0)),
                (Paragraph, "Most adults need seven hours of sleep, and many get less than that.", Some(0)),
                (Heading, "What helps", Some(0)),
                (Item, "A dark room: close the blinds", Some(3)),
                (Item, "No screens", Some(3)),
                (Heading, "Does tea help?", Some(0)),
                (Paragraph, "Some kinds may, but nobody has shown how much of it.", Some(6)),
                (Paragraph, "Subscribe", Some(6)),
                (Paragraph, "Notify of", Some(6)),
            ]
        );
        assert_eq!(&text[read.blocks[4].span.range()], "• A dark room: close the blinds");
        assert_eq!(read.blocks[5].list.map(|place| (place.ordinal, place.lead)), Some((1, Some(3))));
        assert_eq!(read.blocks[0].level, 1);
    }

    #[test]
    fn numbered_headings_are_headings_and_numbered_items_items() {
        let text = "1. Before you start\n\nRead the leaflet and ask about anything that you do not understand in it.\n\n2. Taking it\n\nTake these in the order given here, whatever the packet or a friend may say:\n1. one tablet\n2. a glass of water";
        let read: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind.name()).collect();
        assert_eq!(read, ["heading", "paragraph", "heading", "paragraph", "item", "item"]);
    }

    #[test]
    fn marked_and_underlined_headings_are_headings() {
        use BlockKind::{Heading, Paragraph};
        let text = "Low back pain\n=============\n\n## Rest\nKeep moving, says the leaflet that we give to people.\n\n* * *\nEnd.";
        let expected = [
            (Heading, "Low back pain"),
            (Heading, "Rest"),
            (Paragraph, "Keep moving, says the leaflet that we give to people."),
            (Paragraph, "End."),
        ];
        assert_eq!(kinds(text), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn table_rows_become_cells_and_captions_are_none_of_the_prose() {
        let read = document("Form\tDose\nTablet\t5 mg\nPatch\t2 mg\n\nFigure 1. A patch on an arm\n");
        let cells: Vec<_> = read.blocks.iter().filter_map(|block| block.cell).collect();
        assert_eq!(cells.len(), 6);
        assert_eq!((cells[0].head, cells[5].head, cells[5].row, cells[5].column), (true, false, 2, 1));
        assert_eq!(read.blocks.last().map(|block| block.kind), Some(BlockKind::Caption));
    }

    #[test]
    fn bare_addresses_are_links_at_their_place() {
        let text = "During the stay, guests http://spam.example/x put on a mask and rest for an hour.";
        let read = document(text);
        assert_eq!(read.links.len(), 1);
        assert_eq!(&text[read.links[0].span.range()], "http://spam.example/x");
        assert_eq!(read.links[0].block, Some(0));
    }

    proptest! {
        #[test]
        fn every_text_is_read_within_its_bounds(text in "(?s).*|[a-zA-Z0-9 .:?•⁃()|\t\r\n\u{a0}\u{200b}é-]{0,300}") {
            let read = document(&text);
            let mut from = 0;
            for block in &read.blocks {
                prop_assert!(block.span.start >= from && text.get(block.span.range()).is_some());
                from = block.span.end;
                for (at, letter) in block.text.as_str().char_indices() {
                    let span = block.text.span(at..at + letter.len_utf8());
                    prop_assert!(block.span.contains(span) && text.get(span.range()).is_some());
                }
            }
        }
    }
}
