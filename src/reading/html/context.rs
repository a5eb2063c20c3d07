//! What an element makes of the text in it: kind, region, hidden or not.
//!
//! Takes an element's name and attributes and what the elements around it say; gives its context. Keeps no state but
//! the counts of what is not read.

use super::Reader;
use super::attribute::Attributes;
use super::block::Context;
use super::element::{Display, Name};
use super::style::{self, Hiding, Place};
use crate::document::{BlockKind, Region};

impl Reader<'_> {
    /// What an element makes of the text in it.
    pub(super) fn inner(
        &mut self,
        outer: Context,
        name: Name,
        display: Display,
        place: Option<Place>,
        attributes: Attributes<'_>,
    ) -> Context {
        let mut inner = outer;
        let inline = attributes.value(b"style").and_then(|style| style::hides(&style));
        let named = |attribute| attributes.value(attribute);
        let hiding = inline.max(self.sheet.hides(named(b"class").as_deref(), named(b"id").as_deref()));
        inner.hidden |= hiding.is_some()
            || name == Name::Noscript
            || attributes.value(b"hidden").is_some_and(|hidden| hidden != "until-found");
        inner.tricked |= hiding == Some(Hiding::Tricked);
        inner.skipped |= matches!(display, Display::Skipped | Display::Media);
        let counted = !outer.skipped && !inner.hidden && outer.region == Region::Body;
        let unread = &mut self.blocks.document.unread;
        unread.code += usize::from(counted && name == Name::Preformatted);
        unread.media += usize::from(counted && display == Display::Media);
        match name {
            Name::Article | Name::Main => inner.article = true,
            Name::Heading(level) => (inner.kind, inner.level) = (BlockKind::Heading, level),
            Name::Summary => (inner.kind, inner.level) = (BlockKind::Heading, 6),
            Name::Item => inner.kind = BlockKind::Item,
            Name::Cell => inner.kind = BlockKind::Cell,
            Name::Caption => inner.kind = BlockKind::Caption,
            Name::Definition => inner.kind = BlockKind::Paragraph,
            Name::Blockquote => {
                inner.quoted = true;
                inner.kind = BlockKind::Quote;
            }
            _ => {}
        }
        if inner.quoted && inner.kind == BlockKind::Item {
            inner.kind = BlockKind::Quote;
        }
        let region = match (place, name) {
            (Some(Place::ReaderOnly), _) if display == Display::Inline && name != Name::Anchor => {
                inner.skipped = true;
                None
            }
            (Some(Place::ReaderOnly), _) => Some(Region::Navigation),
            (Some(Place::References), _) => {
                inner.references = true;
                None
            }
            (Some(Place::Region(region)), _) | (None, Name::Regional(region)) => Some(region),
            (None, Name::Header) if !outer.article => Some(Region::Header),
            (None, Name::Footer) if !outer.quoted => Some(Region::Footer),
            _ => None,
        };
        if let Some(region) = region
            && !matches!(outer.region, Region::Comments | Region::Cookie)
        {
            inner.region = region;
        }
        inner
    }

    /// The region that role, classes and id name. Ids of headings and paragraphs are made from their words, and a
    /// class inside a paragraph says nothing of the page.
    pub(super) fn place(&self, attributes: Attributes<'_>, name: Name, display: Display) -> Option<Place> {
        if matches!(name, Name::Html | Name::Root) {
            return None;
        }
        let role = attributes.value(b"role").and_then(|role| style::role(&role));
        let named = |attribute| attributes.value(attribute).and_then(|words| self.classes.place(&words));
        let by_id = !matches!(name, Name::Heading(_) | Name::Paragraph | Name::Item);
        let place = role.or_else(|| named(b"class")).or_else(|| if by_id { named(b"id") } else { None });
        let whole = display == Display::Block && !matches!(name, Name::Heading(_));
        place.filter(|place| whole || *place == Place::ReaderOnly)
    }
}
