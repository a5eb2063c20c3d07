//! Blocks in the making: text is gathered until an element ends it.
//!
//! Takes parts of text with what the elements around them say; gives finished blocks, with the links and markers in
//! them. Knows no tags.

use super::entity::Part;
use super::{place, region};
use crate::document::{
    Block, BlockId, BlockKind, CellPlace, Document, Link, LinkKind, ListPlace, Marker, Reference, Region, Text,
};
use crate::grammar::address::{AddressKind, addresses};
use crate::lexicon::Lexicon;
use crate::source::Span;
use std::ops::Range;

/// Signs that open an item of a list.
const BULLETS: [char; 12] = ['•', '●', '○', '▪', '◦', '‣', '■', '·', '✓', '✔', '➢', '➤'];

/// What the elements around a text make of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// Kind of block.
    pub(super) kind: BlockKind,
    /// Heading level, else 0.
    pub(super) level: u8,
    /// Region of the page.
    pub(super) region: Region,
    /// True when it is hidden.
    pub(super) hidden: bool,
    /// True when it is hidden by a trick.
    pub(super) tricked: bool,
    /// True when it is not prose.
    pub(super) skipped: bool,
    /// True inside an article or main element.
    pub(super) article: bool,
    /// True inside a block quotation.
    pub(super) quoted: bool,
    /// True inside a list of references.
    pub(super) references: bool,
}

/// The document so far and the block in the making.
pub(super) struct Blocks {
    /// The document.
    pub(super) document: Document,
    /// The headings that govern what comes, outermost first.
    pub(super) headings: Vec<BlockId>,
    making: Option<Making>,
    /// The block around the hidden text that is in the making.
    around: Option<Making>,
    /// The blocks of each `main` element.
    mains: Vec<Range<BlockId>>,
    /// Hidden texts that stood inside it.
    hidden: Vec<Making>,
    /// The link whose anchor is open: its index, and where its text began in the block in the making.
    anchor: Option<(usize, usize)>,
    /// Where the next block begins in the source, when its markup stands before its text.
    pub(super) begins: Option<usize>,
}

struct Making {
    text: Text,
    /// Where its markup begins, when that stands before its text.
    begins: Option<usize>,
    context: Context,
    list: Option<ListPlace>,
    cell: Option<CellPlace>,
    /// White space since the last letter.
    space: Option<Span>,
    /// Line breaks since the last letter.
    breaks: usize,
    links: Vec<(usize, Range<usize>)>,
    markers: Vec<(Span, usize, Vec<String>)>,
}

impl Blocks {
    pub(super) fn new(document: Document) -> Self {
        Self {
            document,
            headings: Vec::new(),
            making: None,
            around: None,
            mains: Vec::new(),
            hidden: Vec::new(),
            anchor: None,
            begins: None,
        }
    }

    /// The prose of the block in the making, for whoever must know what stands before.
    pub(super) fn before(&self) -> &str {
        self.making.as_ref().map_or("", |making| making.text.as_str())
    }

    /// True when a block with prose is in the making.
    pub(super) fn is_open(&self) -> bool {
        self.making.is_some()
    }

    /// Begins a block; text goes into it until it is finished.
    pub(super) fn begin(&mut self, context: Context, list: Option<ListPlace>, cell: Option<CellPlace>) {
        self.making = Some(Making {
            text: Text::new(),
            begins: self.begins.take(),
            context,
            list,
            cell,
            space: None,
            breaks: 0,
            links: Vec::new(),
            markers: Vec::new(),
        });
    }

    /// Appends a part of text to the block in the making.
    pub(super) fn push(&mut self, part: &Part<'_>) {
        let Some(making) = &mut self.making else { return };
        let (text, span) = match part {
            Part::Plain(text, span) => (*text, *span),
            Part::Decoded(text, span) => (text.as_str(), *span),
            Part::Space(span) => {
                making.space.get_or_insert(*span);
                return;
            }
        };
        // a list that is written with line breaks
        if making.breaks > 0 && text.starts_with(BULLETS) && self.anchor.is_none() && self.around.is_none() {
            let (context, list, cell) = (making.context, making.list, making.cell);
            self.finish();
            self.begin(context, list, cell);
            return self.push(part);
        }
        if let Some(space) = making.space.take() {
            making.text.push(" ", space);
        }
        making.breaks = 0;
        making.text.push(text, span);
    }

    /// A line break: white space; two of them end a paragraph.
    pub(super) fn line_break(&mut self, span: Span) {
        let Some(making) = &mut self.making else { return };
        making.space.get_or_insert(span);
        making.breaks += 1;
        if making.breaks > 1 && making.context.level == 0 {
            self.finish();
        }
    }

    /// A link's opening tag. An anchor that is still open ends.
    pub(super) fn open_anchor(&mut self, link: Link) {
        self.close_anchor(link.span.start);
        let from = self.making.as_ref().map_or(0, |making| making.text.as_str().len());
        self.anchor = Some((self.document.links.len(), from));
        self.document.links.push(link);
    }

    /// The open link ends at byte `end` of the source.
    pub(super) fn close_anchor(&mut self, end: usize) {
        self.settle_anchor();
        if let Some((link, _)) = self.anchor.take()
            && let Some(link) = self.document.links.get_mut(link)
        {
            link.span.end = end.max(link.span.start);
        }
    }

    /// The link whose anchor is open.
    pub(super) fn anchor_link(&mut self) -> Option<&mut Link> {
        self.anchor.and_then(|(link, _)| self.document.links.get_mut(link))
    }

    /// True when an anchor is open.
    pub(super) const fn anchor_is_open(&self) -> bool {
        self.anchor.is_some()
    }

    /// Where in the source the text of the block in the making ends, else that of the last block.
    pub(super) fn end_of_text(&self) -> usize {
        let end = |text: &Text| text.span(0..text.as_str().len()).end;
        match &self.making {
            Some(making) => end(&making.text),
            None => self.document.blocks.last().map_or(0, |block| block.span.end),
        }
    }

    /// Notes the anchor's text in the block in the making.
    fn settle_anchor(&mut self) {
        let (Some((link, from)), Some(making)) = (self.anchor, &mut self.making) else { return };
        let text = making.text.as_str();
        let anchor = text.get(from..).unwrap_or_default();
        let start = text.len() - anchor.trim_start().len();
        let range = start..start + anchor.trim().len();
        making.links.push((link, range));
    }

    /// A marker that is left out of the prose.
    pub(super) fn marker(&mut self, span: Span, labels: Vec<String>) {
        if let Some(making) = &mut self.making {
            making.markers.push((span, making.text.as_str().len(), labels));
        }
    }

    /// The last block, when it can lead a list; an item leads only one that is `nested` in it.
    pub(super) fn lead(&self, nested: bool) -> Option<BlockId> {
        let last = self.document.blocks.last()?;
        let leads = matches!(last.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Quote)
            || (last.kind == BlockKind::Item && nested);
        leads.then(|| self.document.blocks.len() - 1)
    }

    /// A `main` element begins.
    pub(super) fn open_main(&mut self) {
        self.mains.push(self.document.blocks.len()..BlockId::MAX);
    }

    /// The last `main` element ends.
    pub(super) fn close_main(&mut self) {
        if let Some(main) = self.mains.last_mut() {
            main.end = self.document.blocks.len();
        }
    }

    /// Ends the block in the making.
    pub(super) fn finish(&mut self) {
        self.settle_anchor();
        if let Some(around) = self.around.take() {
            self.hidden.extend(self.making.replace(around));
        }
        let Some(making) = self.making.take() else { return };
        if let Some((_, from)) = &mut self.anchor {
            *from = 0;
        }
        self.end(making);
        for hidden in std::mem::take(&mut self.hidden) {
            self.end(hidden);
        }
    }

    /// Hidden text begins inside a paragraph: it gets a block of its own.
    pub(super) fn set_aside(&mut self) {
        self.around = self.making.take();
    }

    /// Hidden text inside a paragraph ends.
    pub(super) fn bring_back(&mut self) {
        if let Some(around) = self.around.take() {
            self.hidden.extend(self.making.replace(around));
        } else {
            self.finish();
        }
    }

    fn end(&mut self, making: Making) {
        let Making { text, begins, context, list, cell, links, markers, .. } = making;
        let id = self.document.blocks.len();
        for (link, range) in links {
            if let Some(link) = self.document.links.get_mut(link)
                && (link.block.is_none() || link.range.is_empty())
            {
                link.block = Some(id);
                link.range = range;
            }
        }
        for (span, at, labels) in markers {
            self.document.markers.push(Marker { span, block: id, range: at..at, labels, certain: true, keys: false });
        }
        if let Some(place) = list.filter(|_| context.kind == BlockKind::Reference) {
            self.document.references.push(Reference { label: (place.ordinal + 1).to_string(), block: id });
        }
        let prose = text.span(0..text.as_str().len());
        let span = Span::new(begins.unwrap_or(prose.start).min(prose.start), prose.end);
        self.add(Block {
            text,
            level: context.level,
            list: list.filter(|_| context.kind == BlockKind::Item),
            cell: cell.filter(|_| context.kind == BlockKind::Cell),
            region: context.region,
            hidden: context.hidden,
            tricked: context.tricked,
            ..Block::new(context.kind, span)
        });
    }

    /// Appends a block under the headings above it; a heading governs what follows.
    pub(super) fn add(&mut self, mut block: Block) {
        if block.kind == BlockKind::Heading {
            let level = |id: &BlockId| self.document.blocks.get(*id).map_or(0, |block| block.level);
            self.headings.retain(|id| level(id) < block.level);
        }
        block.heading = self.headings.last().copied();
        if block.kind == BlockKind::Heading {
            self.headings.push(self.document.blocks.len());
        }
        self.document.blocks.push(block);
    }

    /// The finished document, with the addresses that stand bare in its prose.
    pub(super) fn document(mut self, lexicon: &Lexicon) -> Document {
        self.finish();
        place::name_columns(&mut self.document.blocks);
        region::settle(&mut self.document.blocks, &self.mains);
        let mut anchors: Vec<(BlockId, Range<usize>)> =
            self.document.links.iter().filter_map(|link| Some((link.block?, link.range.clone()))).collect();
        anchors.sort_by_key(|(block, range)| (*block, range.start));
        let mut anchors = anchors.into_iter().peekable();
        for (id, block) in self.document.blocks.iter().enumerate() {
            for address in addresses(block.text.as_str(), lexicon) {
                while anchors.next_if(|(anchor, range)| (*anchor, range.end) <= (id, address.range.start)).is_some() {}
                let linked = anchors.peek().is_some_and(|(anchor, range)| {
                    *anchor == id && range.start < address.range.end && !range.is_empty()
                });
                if linked || address.kind != AddressKind::Url {
                    continue;
                }
                let span = block.text.span(address.range.clone());
                self.document.links.push(Link {
                    kind: LinkKind::Bare,
                    span,
                    target: block.text.as_str().get(address.range.clone()).unwrap_or_default().to_owned(),
                    target_span: span,
                    block: Some(id),
                    range: address.range,
                    rel: Vec::new(),
                    hidden: block.hidden,
                });
            }
        }
        self.document.links.sort_by_key(|link| (link.span.start, link.span.end));
        self.document
    }
}
