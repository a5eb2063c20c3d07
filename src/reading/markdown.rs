//! Markdown and MDX become a document.
//!
//! Takes a source; gives its blocks, links, footnotes, directives and front matter. A CommonMark parser with offsets
//! gives events; each becomes what the same text would be as HTML, so that Markdown and the HTML in it flow together.
//! Front matter is read first, and what is neither Markdown nor HTML is masked. Finds no reference list and no
//! language.

mod address;
pub(super) mod field;
mod shift;

#[cfg(test)]
mod tests;

use super::html::Reader;
use super::{Options, front_matter, mdx};
use crate::document::{BlockId, Document, Link, LinkKind};
use crate::lexicon::Lexicon;
use crate::source::{Format, Source, Span};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Options as Extensions, Parser, Tag, TagEnd};
use shift::Shifted;
use std::collections::VecDeque;
use std::ops::Range;

/// Reads a source.
pub(super) fn read(source: &Source, options: &Options, lexicon: &Lexicon) -> Document {
    let text = source.text();
    let front = front_matter::read(text);
    let masked = mdx::mask(text, front.end, source.format());
    let mut page = Reader::new(&masked.text, source.format(), lexicon);
    let body = masked.text.get(front.end..).unwrap_or_default();
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_GFM;
    for block in field::blocks(text, body, &front.fields, &options.prose_fields) {
        page.block(block);
    }
    page.found(masked.directives, front.fields);
    let mut reading = Reading {
        page,
        text,
        offset: front.end,
        is_mdx: source.format() == Format::Mdx,
        props: &options.prose_props,
        tags: masked.tags.into(),
        values: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
        images: 0,
        code: false,
        in_head: false,
        html: None,
        written: None,
        seen: front.end,
    };
    let mut events = Parser::new_ext(body, extensions).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reading.event(event, &range, &events);
    }
    reading.finish()
}

struct Reading<'s> {
    page: Reader<'s>,
    /// The source as written.
    text: &'s str,
    /// Where the body begins.
    offset: usize,
    is_mdx: bool,
    props: &'s [String],
    /// Masked tags that are still to come.
    tags: VecDeque<Span>,
    /// Props that wait for the block around them to end.
    values: Vec<Span>,
    /// The links that are open: kind and what names their definition.
    links: Vec<(LinkType, String)>,
    /// The footnotes that are open.
    notes: Vec<(String, BlockId)>,
    /// How many images are open; their alternative text is not prose.
    images: usize,
    /// True inside a code block.
    code: bool,
    /// True in the head of a table.
    in_head: bool,
    /// HTML that is still gathered.
    html: Option<Span>,
    /// Prose as written that is still gathered, since a parser ends a piece where markup might have begun.
    written: Option<Span>,
    /// Where the last event inside a link ended.
    seen: usize,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>, events: &OffsetIter<'_>) {
        let span = Span::new(range.start + self.offset, range.end + self.offset);
        if let Event::Text(text) = &event
            && self.goes_on(text, span)
        {
            self.seen = self.seen.max(span.end);
            return;
        }
        self.write();
        if let Event::Html(_) | Event::InlineHtml(_) = &event {
            self.gather(span);
            self.seen = span.end;
            return;
        }
        self.release();
        self.deliver(if matches!(event, Event::End(_)) { span.end } else { span.start });
        let reached = if matches!(event, Event::Start(_)) { span.start } else { span.end };
        if self.images > 0 && !matches!(event, Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image)) {
            self.seen = self.seen.max(reached);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span, events),
            Event::Text(text) if self.code && !self.is_mdx => drop(text),
            Event::Text(text) => self.prose(&text, span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.page.space(span),
            Event::SoftBreak => self.page.space(span),
            Event::HardBreak => self.page.hard_break(span),
            Event::FootnoteReference(label) => self.page.mark(span, &label),
            Event::Rule => self.page.open("hr", span),
            Event::TaskListMarker(_) | Event::Html(_) | Event::InlineHtml(_) => {}
        }
        self.seen = self.seen.max(reached);
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open("p", span, true),
            Tag::Heading { level, .. } => {
                let name = ["h1", "h2", "h3", "h4", "h5", "h6"].get(level as usize - 1);
                self.open(name.copied().unwrap_or("h6"), span, true);
            }
            // an admonition is the writer's own text
            Tag::BlockQuote(kind) => self.open(if kind.is_some() { "div" } else { "blockquote" }, span, false),
            Tag::CodeBlock(kind) => {
                self.code = true;
                // MDX has no indented code
                if self.is_mdx && kind == CodeBlockKind::Indented {
                    self.open("p", span, true);
                } else {
                    self.open("pre", span, false);
                }
            }
            Tag::List(first) => self.open(if first.is_some() { "ol" } else { "ul" }, span, false),
            Tag::Item => self.open("li", span, true),
            Tag::FootnoteDefinition(label) => {
                let block = self.page.open_note(span);
                self.page.begins(Some(span.start));
                self.notes.push((label.into_string(), block));
            }
            Tag::Table(_) => self.open("table", span, false),
            Tag::TableHead => {
                self.open("thead", span, false);
                self.open("tr", span, false);
                self.in_head = true;
            }
            Tag::TableRow => self.open("tr", span, false),
            Tag::TableCell => self.open(if self.in_head { "th" } else { "td" }, span, false),
            Tag::DefinitionList => self.open("dl", span, false),
            Tag::DefinitionListTitle => self.open("dt", span, true),
            Tag::DefinitionListDefinition => self.open("dd", span, true),
            Tag::Strikethrough => self.page.open("del", span),
            Tag::Link { link_type, dest_url, id, .. } => {
                let kind = match link_type {
                    LinkType::Autolink | LinkType::Email => LinkKind::Bare,
                    _ => LinkKind::Anchor,
                };
                self.page.open_link(link(kind, span, &dest_url));
                self.links.push((link_type, id.into_string()));
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.images += 1;
                if self.images == 1 {
                    self.page.picture(link(LinkKind::Image, span, &dest_url));
                }
                self.links.push((link_type, id.into_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span, events: &OffsetIter<'_>) {
        let name = match tag {
            TagEnd::Paragraph => "p",
            TagEnd::Heading(level) => {
                ["h1", "h2", "h3", "h4", "h5", "h6"].get(level as usize - 1).copied().unwrap_or("h6")
            }
            TagEnd::BlockQuote(kind) if kind.is_some() => "div",
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::CodeBlock => {
                self.code = false;
                self.page.close("pre", span);
                "p"
            }
            TagEnd::List(ordered) => {
                if ordered {
                    "ol"
                } else {
                    "ul"
                }
            }
            TagEnd::Item => "li",
            TagEnd::FootnoteDefinition => {
                if let Some((label, block)) = self.notes.pop() {
                    self.page.close_note(&label, block, span);
                }
                return;
            }
            TagEnd::Table => "table",
            TagEnd::TableHead => {
                self.in_head = false;
                self.page.close("tr", span);
                "thead"
            }
            TagEnd::TableRow => "tr",
            TagEnd::TableCell => {
                if self.in_head {
                    "th"
                } else {
                    "td"
                }
            }
            TagEnd::DefinitionList => "dl",
            TagEnd::DefinitionListTitle => "dt",
            TagEnd::DefinitionListDefinition => "dd",
            TagEnd::Strikethrough => "del",
            TagEnd::Link => return self.close_link(span, events, true),
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                return self.close_link(span, events, false);
            }
            _ => return,
        };
        self.page.close(name, Span::new(span.end, span.end));
        self.page.begins(None);
        self.flush();
    }

    /// An element begins. `shown`: its markup belongs to the block that it makes.
    fn open(&mut self, name: &str, span: Span, shown: bool) {
        self.page.open(name, span);
        self.flush();
        // the first paragraph of an item begins with the item
        if shown && !(name == "p" && self.page.is_begun()) {
            self.page.begins(Some(span.start));
        }
    }

    fn close_link(&mut self, span: Span, events: &OffsetIter<'_>, is_anchor: bool) {
        let Some((kind, id)) = self.links.pop() else { return };
        let definition = events.reference_definitions().get(&id);
        let definition =
            definition.map(|found| Span::new(found.span.start + self.offset, found.span.end + self.offset));
        let target = address::place(self.text, kind, span, self.seen, definition);
        if is_anchor {
            self.page.close_link(span.end, target);
        } else if self.images == 0 {
            self.page.close_picture(target);
        }
    }

    /// Prose; what is written as it is shown is gathered.
    fn prose(&mut self, text: &str, span: Span) {
        if self.page.raw(span) == Some(text) {
            self.written = Some(span);
        } else if text.bytes().all(is_left_out) {
            self.page.space(span);
        } else {
            self.page.decoded(text, span);
        }
    }

    /// Adds prose to what is gathered; false when it does not follow it.
    fn goes_on(&mut self, text: &str, span: Span) -> bool {
        let is_tagged = self.tags.front().is_some_and(|tag| tag.start < span.start);
        let is_written = !is_tagged && self.page.raw(span) == Some(text);
        match self.written.as_mut().filter(|written| written.end == span.start && is_written) {
            Some(written) => {
                written.end = span.end;
                true
            }
            None => false,
        }
    }

    /// Reads the prose that was gathered.
    fn write(&mut self) {
        let Some(span) = self.written.take() else { return };
        let Some(text) = self.page.raw(span) else { return };
        let mut from = 0;
        for Shifted { range, element } in shift::shifted(text) {
            self.words(text, from..range.start, span.start);
            self.page.open(element, Span::new(span.start + range.start, span.start + range.end));
            self.page.plain(Span::new(span.start + range.start + 1, span.start + range.end - 1));
            self.page.close(element, Span::new(span.start + range.end, span.start + range.end));
            from = range.end;
        }
        self.words(text, from..text.len(), span.start);
    }

    /// Words of `text`, which begins at byte `start` of the source; white space becomes runs of its own.
    fn words(&mut self, text: &str, range: Range<usize>, start: usize) {
        let bytes = text.as_bytes().get(..range.end).unwrap_or_default();
        let (mut from, mut at) = (range.start, range.start);
        while let Some(byte) = bytes.get(at).copied() {
            if !is_left_out(byte) {
                at += 1;
                continue;
            }
            let width = bytes.iter().skip(at).take_while(|byte| is_left_out(**byte)).count();
            // one space between words is text like any other
            if !(byte == b' ' && width == 1 && from < at && at + 1 < bytes.len()) {
                if from < at {
                    self.page.plain(Span::new(start + from, start + at));
                }
                self.page.space(Span::new(start + at, start + at + width));
                from = at + width;
            }
            at += width;
        }
        if from < bytes.len() {
            self.page.plain(Span::new(start + from, start + bytes.len()));
        }
    }

    /// Raw HTML; pieces that follow each other are read as one.
    fn gather(&mut self, span: Span) {
        if let Some(gathered) = self.html.as_mut().filter(|gathered| gathered.end == span.start) {
            gathered.end = span.end;
            return;
        }
        self.release();
        self.deliver(span.start);
        self.html = Some(span);
    }

    /// Reads the raw HTML that was gathered.
    fn release(&mut self) {
        if let Some(span) = self.html.take()
            && self.images == 0
        {
            self.page.fragment(span);
            self.note_props(span);
        }
    }

    /// Reads the masked tags that stand before byte `until`.
    fn deliver(&mut self, until: usize) {
        while let Some(tag) = self.tags.front().copied().filter(|tag| tag.start < until) {
            self.tags.pop_front();
            self.tag(tag);
            self.note_props(tag);
        }
    }

    /// Reads a masked tag. A component says nothing of the text in it, nor do attributes that are expressions.
    fn tag(&mut self, span: Span) {
        let tag = self.text.get(span.range()).unwrap_or_default();
        match mdx::element(tag) {
            Some(_) if !tag.contains('{') => self.page.tag(self.text, span),
            Some(name) if tag.starts_with("</") => self.page.close(name, span),
            Some(name) if !tag.ends_with("/>") => self.page.open(name, span),
            _ => {}
        }
    }

    fn note_props(&mut self, span: Span) {
        let markup = self.text.get(span.range()).unwrap_or_default();
        self.values.extend(field::props(markup, span.start, self.props));
        self.flush();
    }

    /// Props that readers see become blocks as soon as no block is open.
    fn flush(&mut self) {
        if !self.page.is_in_block() {
            for span in std::mem::take(&mut self.values) {
                self.page.block(field::prop(self.text, span));
            }
        }
    }

    fn finish(mut self) -> Document {
        self.write();
        self.release();
        self.deliver(self.text.len() + 1);
        self.page.end_block();
        self.flush();
        let mut document = self.page.document();
        document.directives.sort_by_key(|directive| directive.span.start);
        document
    }
}

/// White space, and what stands for masked bytes.
const fn is_left_out(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | mdx::FILLER)
}

fn link(kind: LinkKind, span: Span, target: &str) -> Link {
    let (target, rel, range) = (target.to_owned(), Vec::new(), 0..0);
    Link { kind, span, target, target_span: span, block: None, range, rel, hidden: false }
}
