//! HTML becomes a document.
//!
//! Takes a source; gives its blocks, links, markers, directives and metadata. Tags come from a tokenizer with byte
//! spans; this file keeps the elements that are open and what each makes of the text in it. Repairs unclosed and
//! stray tags roughly as browsers do; finds no reference list and no language.

mod attribute;
mod block;
mod context;
mod element;
mod entity;
mod fragment;
mod metadata;
mod place;
mod region;
mod sheet;
mod style;
mod superscript;

#[cfg(test)]
mod tests;

use super::directive;
use crate::document::{BlockId, BlockKind, Document, Field, Link, LinkKind, Region};
use crate::lexicon::Lexicon;
use crate::source::{Source, Span};
use attribute::Attributes;
use block::{Blocks, Context};
use element::{Display, Name, element};
use entity::Part;
use html5gum::StartTag;
use place::Places;
use sheet::Sheet;
use std::collections::HashMap;
use style::{Classes, Place};
use superscript::{Superscript, superscript};

/// How far up an inline end tag looks for its element.
const REACH: usize = 64;

/// Reads a source.
pub(super) fn read(source: &Source, lexicon: &Lexicon) -> Document {
    let mut reader = Reader::new(source.text(), source.format(), lexicon);
    reader.fragment(Span::new(0, source.text().len()));
    reader.document()
}

/// The elements that are open and the document so far.
pub(super) struct Reader<'s> {
    text: &'s str,
    lexicon: &'s Lexicon,
    classes: Classes<'s>,
    sheet: Sheet,
    blocks: Blocks,
    open: Vec<Open>,
    /// How many elements of each name are open.
    counts: HashMap<Name, usize>,
    places: Places,
    /// The superscript that is open.
    raised: Option<Raised<'s>>,
}

/// An open element.
struct Open {
    name: Name,
    /// True when it ends the paragraph around it.
    is_block: bool,
    context: Context,
    /// The headings to go back to, for elements whose headings govern nothing outside.
    headings: Option<Vec<BlockId>>,
    /// True for a script with linked data.
    is_data: bool,
    /// True when it hides text in mid-paragraph, which gets a block of its own.
    apart: bool,
}

#[derive(Default)]
struct Raised<'s> {
    parts: Vec<Part<'s>>,
    linked: bool,
}

impl<'s> Reader<'s> {
    fn context(&self) -> Context {
        self.open.last().map_or(
            Context {
                kind: BlockKind::Paragraph,
                level: 0,
                region: Region::Body,
                hidden: false,
                tricked: false,
                skipped: false,
                article: false,
                quoted: false,
                references: false,
            },
            |open| open.context,
        )
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let span = Span::new(tag.span.start, tag.span.end);
        self.enter(&tag.name, Attributes::new(tag, self.text), span, tag.self_closing);
    }

    /// An element begins. `closed`: it ends at once, unless it is one that HTML knows to have content.
    fn enter(&mut self, tag: &[u8], attributes: Attributes<'_>, span: Span, closed: bool) {
        let (name, display) = element(tag);
        let outer = self.context();
        match name {
            Name::Meta => return self.blocks.document.metadata.extend(metadata::meta(attributes)),
            Name::Image => return self.image(attributes, span, outer),
            Name::Break if !outer.skipped => return self.line_break(span),
            Name::Html => self.language(attributes),
            Name::Time => self.blocks.document.metadata.extend(metadata::time(attributes)),
            _ => {}
        }
        let places = self.place(attributes, name, display);
        let is_link = matches!(places, Some(Place::ReaderOnly)) && name == Name::Anchor;
        let is_block = display == Display::Block || is_link || (display == Display::Void && name == Name::Other(1));
        if is_block || display == Display::Skipped && name == Name::Preformatted {
            self.boundary(name);
        }
        if display == Display::Void || (closed && !matches!(name, Name::Script | Name::Title)) {
            return;
        }
        let outer = self.context();
        let context = self.inner(outer, name, display, places, attributes);
        let apart = !is_block && context.hidden && !outer.hidden && !context.skipped;
        if apart {
            self.lower();
            self.blocks.set_aside();
        }
        self.structure(name, attributes, span, context, tag);
        let separate = context.region != outer.region || matches!(name, Name::Details);
        let is_data = name == Name::Script
            && attributes.value(b"type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        let headings = separate.then(|| self.blocks.headings.clone());
        self.push(Open { name, is_block, context, headings, is_data, apart });
    }

    /// What begins with an element: lists, tables, links, quotation marks.
    fn structure(&mut self, name: Name, attributes: Attributes<'_>, span: Span, context: Context, tag: &[u8]) {
        match name {
            Name::List(ordered) => {
                let lead = self.blocks.lead(self.is_open(Name::Item));
                self.places.open_list(ordered, lead);
            }
            Name::Item => {
                let lead = self.blocks.lead(false);
                self.places.open_item(lead);
            }
            Name::Main => self.blocks.open_main(),
            Name::Table => self.places.open_table(),
            Name::TableHead => self.places.table_head(true),
            Name::Row => self.places.open_row(),
            Name::Cell => {
                let columns = attributes.value(b"colspan").and_then(|span| span.trim().parse().ok());
                self.places.open_cell(tag == b"th", columns.unwrap_or(1));
            }
            Name::Anchor if attributes.has(b"href") => self.anchor(attributes, span, context),
            Name::Superscript if !context.skipped => {
                self.lower();
                self.raised = Some(Raised::default());
            }
            Name::Quotation if !context.skipped => self.part(Part::Decoded("“".to_owned(), span)),
            _ => {}
        }
    }

    /// A block element begins: the paragraph around it ends, and so do elements that it closes.
    fn boundary(&mut self, name: Name) {
        let was_heading = self.context().kind == BlockKind::Heading && self.blocks.is_open();
        self.lower();
        self.blocks.finish();
        if was_heading && matches!(name, Name::Paragraph | Name::List(_) | Name::Table | Name::Heading(_)) {
            self.close_through(|open| key(open.name) == Name::Heading(0), |_| false);
        }
        if self.is_open(Name::Paragraph) {
            self.close_through(|open| open.name == Name::Paragraph, |open| open.name.is_scope());
        }
        if let Some((closed, stops)) = name.closes()
            && closed.iter().any(|name| self.is_open(*name))
        {
            self.close_through(|open| closed.contains(&open.name), |open| stops.contains(&open.name));
        }
    }

    fn is_open(&self, name: Name) -> bool {
        self.counts.get(&key(name)).is_some_and(|count| *count > 0)
    }

    /// Closes the innermost element that `is` meant and all in it, unless one that `stops` the search is met first.
    fn close_through(&mut self, is: impl Fn(&Open) -> bool, stops: impl Fn(&Open) -> bool) {
        let met = self.open.iter().rposition(|open| is(open) || stops(open));
        let Some(at) = met.filter(|at| self.open.get(*at).is_some_and(&is)) else { return };
        let end = self.blocks.end_of_text();
        // a link goes on in the block that closed the paragraph around it
        let linked = self.blocks.anchor_is_open() && self.open.iter().skip(at).any(|open| open.name == Name::Anchor);
        while self.open.len() > at {
            self.pop(Span::new(end, end), linked);
        }
        if linked {
            let (name, context) = (Name::Anchor, self.context());
            self.push(Open { name, is_block: false, context, headings: None, is_data: false, apart: false });
        }
    }

    fn push(&mut self, open: Open) {
        *self.counts.entry(key(open.name)).or_default() += 1;
        self.open.push(open);
    }

    fn end(&mut self, name: Name, display: Display, span: Span) {
        if name == Name::Break && !self.context().skipped {
            return self.line_break(span);
        }
        if !self.is_open(name) {
            return;
        }
        let same = |open: &Open| key(open.name) == key(name);
        let at = if display == Display::Block {
            self.open.iter().rposition(same)
        } else {
            let near = self.open.iter().rev().take(REACH).take_while(|open| !open.is_block || same(open));
            near.into_iter().position(same).map(|above| self.open.len() - 1 - above)
        };
        let Some(at) = at else { return };
        while self.open.len() > at {
            self.pop(span, false);
        }
    }

    /// Closes the innermost element; false when none is open. `keep_link`: an open link stays open.
    fn pop(&mut self, span: Span, keep_link: bool) -> bool {
        let Some(open) = self.open.pop() else {
            self.lower();
            self.blocks.finish();
            return false;
        };
        if let Some(count) = self.counts.get_mut(&key(open.name)) {
            *count = count.saturating_sub(1);
        }
        match open.name {
            Name::Superscript => self.lower(),
            Name::Quotation if !open.context.skipped && self.blocks.is_open() => {
                let mark = if span.is_empty() { Part::Space(span) } else { Part::Decoded("”".to_owned(), span) };
                self.part(mark);
            }
            _ => {}
        }
        if open.is_block {
            self.lower();
            self.blocks.finish();
        }
        match open.name {
            Name::Anchor if !keep_link => self.blocks.close_anchor(span.end),
            Name::Main => self.blocks.close_main(),
            Name::List(_) => self.places.close_list(),
            Name::Table => self.places.close_table(),
            Name::TableHead => self.places.table_head(false),
            _ => {}
        }
        if open.apart {
            self.lower();
            self.blocks.bring_back();
        }
        if let Some(headings) = open.headings {
            self.blocks.headings = headings;
        }
        true
    }

    fn line_break(&mut self, span: Span) {
        self.lower();
        self.blocks.line_break(span);
    }

    fn string(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or_default();
        let context = self.context();
        if let Some(open) = self.open.last()
            && context.skipped
        {
            let parent = self.open.len().checked_sub(2).and_then(|at| self.open.get(at));
            let metadata = &mut self.blocks.document.metadata;
            if open.name == Name::Style {
                self.sheet.read(raw);
            } else if open.is_data {
                metadata::linked_data(raw, span.start, metadata);
            } else if open.name == Name::Title && parent.is_none_or(|parent| !parent.context.skipped) {
                metadata.extend(metadata::title(raw, span.start));
            }
            return;
        }
        let (raw, offset) = match raw.strip_prefix('\u{feff}') {
            Some(rest) if span.start == 0 => (rest, span.end - rest.len()),
            _ => (raw, span.start),
        };
        entity::parts(raw, offset, |part| self.part(part));
    }

    /// Appends a part of text where it belongs.
    fn part(&mut self, part: Part<'s>) {
        match &mut self.raised {
            Some(raised) => raised.parts.push(part),
            None => self.place_part(&part),
        }
    }

    fn place_part(&mut self, part: &Part<'_>) {
        if !self.blocks.is_open() {
            if matches!(part, Part::Space(_)) {
                return;
            }
            let mut context = self.context();
            let (mut list, mut cell) = (None, None);
            match context.kind {
                BlockKind::Item | BlockKind::Heading if context.hidden => {
                    (context.kind, context.level) = (BlockKind::Paragraph, 0);
                }
                BlockKind::Item => {
                    list = self.places.item();
                    context.kind = match list {
                        _ if context.references => BlockKind::Reference,
                        Some(_) => BlockKind::Item,
                        None => BlockKind::Paragraph,
                    };
                }
                BlockKind::Cell => cell = self.places.cell(),
                _ => {}
            }
            self.blocks.begin(context, list, cell);
        }
        self.blocks.push(part);
    }

    /// Ends the open superscript.
    fn lower(&mut self) {
        let Some(Raised { parts, linked }) = self.raised.take() else { return };
        let mut content = String::new();
        let mut cover: Option<Span> = None;
        for part in &parts {
            let (text, span) = match part {
                Part::Plain(text, span) => (*text, *span),
                Part::Decoded(text, span) => (text.as_str(), *span),
                Part::Space(_) => {
                    content.push(' ');
                    continue;
                }
            };
            content.push_str(text);
            cover = Some(cover.map_or(span, |cover| cover.cover(span)));
        }
        let Some(span) = cover else { return };
        let linked = linked || self.blocks.anchor_is_open();
        let decided = if self.blocks.is_open() {
            superscript(&content, self.blocks.before(), linked, self.lexicon.list("exponent-unit"))
        } else {
            Superscript::Text
        };
        match decided {
            Superscript::Marker(labels) => self.blocks.marker(span, labels),
            Superscript::Exponent(text) => self.place_part(&Part::Decoded(text, span)),
            Superscript::Text => parts.iter().for_each(|part| self.place_part(part)),
        }
    }

    fn comment(&mut self, span: Span) {
        let raw = self.text.get(span.range()).unwrap_or_default();
        if let Some(inner) = raw.strip_prefix("<!--") {
            let inner = inner.strip_suffix("-->").unwrap_or(inner);
            self.blocks.document.directives.extend(directive::parse(inner, span, span.start + 4));
        }
    }

    fn language(&mut self, attributes: Attributes<'_>) {
        if let Some(lang) = attributes.value(b"lang").filter(|lang| !lang.trim().is_empty()) {
            let span = attributes.span(b"lang");
            self.blocks.document.metadata.push(Field { key: "lang".to_owned(), value: lang.trim().to_owned(), span });
        }
    }

    fn image(&mut self, attributes: Attributes<'_>, span: Span, context: Context) {
        let name = [&b"src"[..], b"data-src", b"data-lazy-src"].into_iter().find(|name| attributes.has(name));
        let unread = &mut self.blocks.document.unread;
        unread.images += usize::from(context.region == Region::Body && !context.hidden && !context.skipped);
        let Some(name) = name.filter(|_| !context.skipped) else { return };
        let link = self.link(LinkKind::Image, name, attributes, span, context);
        self.blocks.document.links.push(link);
    }

    fn anchor(&mut self, attributes: Attributes<'_>, span: Span, context: Context) {
        if let Some(raised) = &mut self.raised {
            raised.linked = true;
        }
        let link = self.link(LinkKind::Anchor, b"href", attributes, span, context);
        self.blocks.open_anchor(link);
    }

    fn link(&self, kind: LinkKind, name: &[u8], attributes: Attributes<'_>, span: Span, context: Context) -> Link {
        let rel = attributes.value(b"rel").unwrap_or_default();
        Link {
            kind,
            span,
            target: attributes.value(name).unwrap_or_default().trim().to_owned(),
            target_span: attributes.span(name),
            block: None,
            range: 0..0,
            rel: rel.split_whitespace().map(str::to_ascii_lowercase).collect(),
            hidden: context.hidden,
        }
    }
}

/// The name under which an element is counted: an end tag of any level closes a heading.
const fn key(name: Name) -> Name {
    match name {
        Name::Heading(_) => Name::Heading(0),
        name => name,
    }
}
