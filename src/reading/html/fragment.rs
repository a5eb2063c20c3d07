//! HTML in pieces: the door for a format whose text holds HTML or becomes it.
//!
//! Takes raw fragments, elements that another markup opens and closes, and prose with its places, in the order of the
//! source; gives the document. Does not know the other markup.

use super::attribute::Attributes;
use super::block::Blocks;
use super::element::element;
use super::entity::Part;
use super::place::Places;
use super::sheet::Sheet;
use super::style::Classes;
use super::{HashMap, Reader};
use crate::document::{Block, BlockId, BlockKind, Directive, Document, Field, Link, LinkKind, Reference, Region};
use crate::lexicon::Lexicon;
use crate::source::{Format, Span};
use html5gum::{DefaultEmitter, Token, Tokenizer};

impl<'s> Reader<'s> {
    /// Nothing read yet of `text`.
    pub(in crate::reading) fn new(text: &'s str, format: Format, lexicon: &'s Lexicon) -> Self {
        Self {
            text,
            lexicon,
            classes: Classes::new(lexicon),
            sheet: Sheet::default(),
            blocks: Blocks::new(Document::new(format)),
            open: Vec::new(),
            counts: HashMap::new(),
            places: Places::default(),
            raised: None,
        }
    }

    /// Reads the HTML at `span`; what it leaves open stays open.
    pub(in crate::reading) fn fragment(&mut self, span: Span) {
        let Some(raw) = self.text.get(span.range()) else { return };
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let by = span.start;
        for token in Tokenizer::new_with_emitter(raw, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(mut tag) => {
                    tag.span.start += by;
                    tag.span.end += by;
                    for attribute in tag.attributes.values_mut() {
                        attribute.span.start += by;
                        attribute.span.end += by;
                    }
                    self.start(&tag);
                }
                Token::EndTag(tag) => {
                    let (name, display) = element(&tag.name);
                    self.end(name, display, Span::new(tag.span.start + by, tag.span.end + by));
                }
                Token::String(string) => self.string(Span::new(string.span.start + by, string.span.end + by)),
                Token::Comment(comment) => self.comment(Span::new(comment.span.start + by, comment.span.end + by)),
                Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    /// Reads a tag that `text`, the source as written, holds at `span` and that was masked from the text read.
    pub(in crate::reading) fn tag(&mut self, text: &'s str, span: Span) {
        let read = std::mem::replace(&mut self.text, text);
        self.fragment(span);
        self.text = read;
    }

    /// The element that `tag` names begins; its markup begins at `span`.
    pub(in crate::reading) fn open(&mut self, tag: &str, span: Span) {
        self.enter(tag.as_bytes(), Attributes::none(), span, false);
    }

    /// The innermost element of that name ends.
    pub(in crate::reading) fn close(&mut self, tag: &str, span: Span) {
        let (name, display) = element(tag.as_bytes());
        self.end(name, display, span);
    }

    /// An element whose blocks are footnotes begins; gives the block that will be the first of them.
    pub(in crate::reading) fn open_note(&mut self, span: Span) -> BlockId {
        self.open("div", span);
        if let Some(open) = self.open.last_mut() {
            open.context.kind = BlockKind::Reference;
        }
        self.blocks.document.blocks.len()
    }

    /// The element of a footnote ends.
    pub(in crate::reading) fn close_note(&mut self, label: &str, block: BlockId, span: Span) {
        self.close("div", span);
        if self.blocks.document.blocks.len() > block {
            self.blocks.document.references.push(Reference { label: label.to_owned(), block });
        }
    }

    /// The block that comes begins at byte `start` with its markup; `None`: with its text.
    pub(in crate::reading) const fn begins(&mut self, start: Option<usize>) {
        self.blocks.begins = start;
    }

    /// True when the markup of the block that comes has begun.
    pub(in crate::reading) const fn is_begun(&self) -> bool {
        self.blocks.begins.is_some()
    }

    /// The text as it is read.
    pub(in crate::reading) fn raw(&self, span: Span) -> Option<&'s str> {
        self.text.get(span.range())
    }

    /// True when what comes is not prose.
    pub(in crate::reading) fn is_skipped(&self) -> bool {
        self.context().skipped
    }

    /// True while a block with prose is open.
    pub(in crate::reading) fn is_in_block(&self) -> bool {
        self.blocks.is_open()
    }

    /// Prose as written.
    pub(in crate::reading) fn plain(&mut self, span: Span) {
        if let Some(text) = self.text.get(span.range())
            && !self.is_skipped()
        {
            self.part(Part::Plain(text, span));
        }
    }

    /// Prose that stands for other bytes.
    pub(in crate::reading) fn decoded(&mut self, text: &str, span: Span) {
        if !self.is_skipped() && !text.is_empty() {
            self.part(Part::Decoded(text.to_owned(), span));
        }
    }

    /// White space, or what is left out between words.
    pub(in crate::reading) fn space(&mut self, span: Span) {
        if !self.is_skipped() {
            self.part(Part::Space(span));
        }
    }

    /// A line break that the writer asked for.
    pub(in crate::reading) fn hard_break(&mut self, span: Span) {
        if !self.is_skipped() {
            self.line_break(span);
        }
    }

    /// A link's text begins.
    pub(in crate::reading) fn open_link(&mut self, mut link: Link) {
        link.hidden = self.context().hidden;
        self.blocks.open_anchor(link);
    }

    /// The open link ends at byte `end`; its address stands at `target`.
    pub(in crate::reading) fn close_link(&mut self, end: usize, target: Span) {
        if let Some(link) = self.blocks.anchor_link() {
            link.target_span = target;
        }
        self.blocks.close_anchor(end);
    }

    /// An image.
    pub(in crate::reading) fn picture(&mut self, mut link: Link) {
        let context = self.context();
        if !context.skipped {
            link.hidden = context.hidden;
            self.blocks.document.unread.images += usize::from(context.region == Region::Body && !context.hidden);
            self.blocks.document.links.push(link);
        }
    }

    /// Sets where the address of the last image stands.
    pub(in crate::reading) fn close_picture(&mut self, target: Span) {
        let last = self.blocks.document.links.iter_mut().rev().find(|link| link.kind == LinkKind::Image);
        if let Some(link) = last {
            link.target_span = target;
        }
    }

    /// A reference marker that is left out of the prose.
    pub(in crate::reading) fn mark(&mut self, span: Span, label: &str) {
        if !self.is_skipped() {
            self.lower();
            self.blocks.marker(span, vec![label.to_owned()]);
        }
    }

    /// A block made of what stands outside the text, such as a field of the front matter.
    pub(in crate::reading) fn block(&mut self, block: Block) {
        self.blocks.add(block);
    }

    /// Directives and fields found by other means.
    pub(in crate::reading) fn found(&mut self, directives: Vec<Directive>, fields: Vec<Field>) {
        self.blocks.document.directives.extend(directives);
        self.blocks.document.metadata.extend(fields);
    }

    /// Ends the block that is open.
    pub(in crate::reading) fn end_block(&mut self) {
        self.lower();
        self.blocks.finish();
    }

    /// Closes all that is open; gives the document.
    pub(in crate::reading) fn document(mut self) -> Document {
        while self.pop(Span::new(self.text.len(), self.text.len()), false) {}
        self.blocks.document(self.lexicon)
    }
}
