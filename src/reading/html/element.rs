//! What HTML elements do to the text in them, by name.
//!
//! Takes a tag name; gives its name as a value and how it is shown. Knows no attributes and no text.

use crate::document::Region;

/// An element, as far as reading tells elements apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// `a`
    Anchor,
    /// `article`, `section`
    Article,
    /// `main`
    Main,
    /// `blockquote`
    Blockquote,
    /// `br`
    Break,
    /// `caption`, `figcaption`
    Caption,
    /// `td`, `th`
    Cell,
    /// `thead`
    TableHead,
    /// `tr`
    Row,
    /// `table`
    Table,
    /// `dt`, `dd`
    Definition,
    /// `details`
    Details,
    /// `summary`
    Summary,
    /// `h1` to `h6`
    Heading(u8),
    /// `head`, `html`, `body`: taken for structure only
    Root,
    /// `html`
    Html,
    /// `img`
    Image,
    /// `li`
    Item,
    /// `ol`, and `ul` or `menu` when false
    List(bool),
    /// `meta`
    Meta,
    /// `noscript`
    Noscript,
    /// `p`
    Paragraph,
    /// `pre`
    Preformatted,
    /// `q`
    Quotation,
    /// `script`
    Script,
    /// `style`
    Style,
    /// `sup`
    Superscript,
    /// `time`
    Time,
    /// `title`
    Title,
    /// Elements that stand in a region of the page by their name.
    Regional(Region),
    /// `header`
    Header,
    /// `footer`
    Footer,
    /// Any other, told apart by a hash of its name.
    Other(u64),
}

/// How an element is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Text flows through it.
    Inline,
    /// It ends the paragraph around it.
    Block,
    /// It has no content.
    Void,
    /// What it holds is not prose.
    Skipped,
    /// It is a picture, film or another page: not prose, and counted.
    Media,
}

/// The name and display of an element.
pub(super) fn element(name: &[u8]) -> (Name, Display) {
    use Display::{Block, Inline, Media, Skipped, Void};
    match name {
        b"a" => (Name::Anchor, Inline),
        b"article" | b"section" => (Name::Article, Block),
        b"main" => (Name::Main, Block),
        b"aside" => (Name::Regional(Region::Aside), Block),
        b"nav" => (Name::Regional(Region::Navigation), Block),
        b"form" | b"fieldset" | b"select" | b"button" | b"optgroup" | b"option" | b"datalist" | b"dialog" => {
            (Name::Regional(Region::Form), Block)
        }
        b"header" => (Name::Header, Block),
        b"footer" => (Name::Footer, Block),
        b"blockquote" => (Name::Blockquote, Block),
        b"br" => (Name::Break, Void),
        b"caption" | b"figcaption" => (Name::Caption, Block),
        b"td" | b"th" => (Name::Cell, Block),
        b"thead" => (Name::TableHead, Block),
        b"tr" => (Name::Row, Block),
        b"table" => (Name::Table, Block),
        b"dt" | b"dd" => (Name::Definition, Block),
        b"details" => (Name::Details, Block),
        b"summary" => (Name::Summary, Block),
        [b'h', level @ b'1'..=b'6'] => (Name::Heading(level - b'0'), Block),
        b"html" => (Name::Html, Block),
        b"head" | b"body" => (Name::Root, Block),
        b"img" => (Name::Image, Void),
        b"li" => (Name::Item, Block),
        b"ol" => (Name::List(true), Block),
        b"ul" | b"menu" | b"dir" => (Name::List(false), Block),
        b"meta" => (Name::Meta, Void),
        b"p" => (Name::Paragraph, Block),
        b"pre" | b"listing" | b"xmp" | b"plaintext" => (Name::Preformatted, Skipped),
        b"q" => (Name::Quotation, Inline),
        b"script" => (Name::Script, Skipped),
        b"sup" => (Name::Superscript, Inline),
        b"time" => (Name::Time, Inline),
        b"title" => (Name::Title, Skipped),
        b"area" | b"base" | b"col" | b"embed" | b"input" | b"link" | b"param" | b"source" | b"track" | b"wbr" => {
            (Name::Other(0), Void)
        }
        b"hr" => (Name::Other(1), Void),
        b"style" => (Name::Style, Skipped),
        b"noscript" => (Name::Noscript, Inline),
        b"template" | b"noembed" | b"noframes" | b"textarea" | b"math" | b"code" | b"samp" | b"rt" | b"rp" | b"del"
        | b"s" | b"strike" => (Name::Other(hash(name)), Skipped),
        b"svg" | b"iframe" | b"object" | b"video" | b"audio" | b"canvas" | b"map" => (Name::Other(hash(name)), Media),
        b"address" | b"center" | b"colgroup" | b"div" | b"dl" | b"figure" | b"hgroup" | b"legend" | b"search"
        | b"tbody" | b"tfoot" => (Name::Other(hash(name)), Block),
        _ => (Name::Other(hash(name)), Inline),
    }
}

/// FNV-1a, never 0 or 1.
fn hash(name: &[u8]) -> u64 {
    let hash = name
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    hash.max(2)
}

impl Name {
    /// The elements that an opening tag of this name closes, and those that stop the search for them.
    pub(super) fn closes(self) -> Option<(&'static [Name], &'static [Name])> {
        use Name::{Cell, Definition, Item, List, Row, Table};
        match self {
            Item => Some((&[Item], &[List(true), List(false), Table])),
            Cell => Some((&[Cell], &[Row, Table])),
            Row => Some((&[Row], &[Table])),
            Definition => Some((&[Definition], &[Table, Item])),
            Name::Regional(Region::Form) | Name::Other(_) => None,
            _ => None,
        }
    }

    /// True when an open paragraph inside does not reach out of the element.
    pub(super) const fn is_scope(self) -> bool {
        matches!(self, Self::Cell | Self::Table | Self::Caption | Self::Blockquote | Self::Item)
    }
}
