//! The model of an article: blocks of text with links, markers, directives and metadata.
//!
//! Filled by `reading`, marked by `leftover`; knows nothing of either.

mod text;

pub use text::Text;

use crate::source::{Format, Span};
use std::ops::Range;

/// One article as its format shows it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The format it was read from.
    pub format: Format,
    /// All blocks in source order.
    pub blocks: Vec<Block>,
    /// All links and images in source order.
    pub links: Vec<Link>,
    /// Reference markers in the text: `[3]`, `²`, `[^1]`, `[@key]`.
    pub markers: Vec<Marker>,
    /// Entries of the reference list and of footnotes.
    pub references: Vec<Reference>,
    /// Inline `claimlint-…` comments.
    pub directives: Vec<Directive>,
    /// Front matter and `<meta>` fields.
    pub metadata: Vec<Field>,
    /// What `leftover` found that was never part of the article.
    pub marks: Vec<Mark>,
    /// What was seen and not read as prose.
    pub unread: Unread,
    /// The language, when it is not English: the article is then skipped.
    pub foreign: Option<&'static str>,
}

impl Document {
    /// A document without content.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            blocks: Vec::new(),
            links: Vec::new(),
            markers: Vec::new(),
            references: Vec::new(),
            directives: Vec::new(),
            metadata: Vec::new(),
            marks: Vec::new(),
            unread: Unread::default(),
            foreign: None,
        }
    }
}

/// Index of a block in [`Document::blocks`].
pub type BlockId = usize;

/// What kind of block it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading; `Block::level` says which.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item.
    Item,
    /// A table cell.
    Cell,
    /// A paragraph inside a block quotation.
    Quote,
    /// A figure or table caption.
    Caption,
    /// An entry of a reference list or a footnote.
    Reference,
}

impl BlockKind {
    /// The name in JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Cell => "cell",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::Reference => "reference",
        }
    }
}

/// Where on the page a block stands, as its markup says. Only [`Region::Body`] is the article itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Region {
    /// The article.
    #[default]
    Body,
    /// `nav`, menus, breadcrumbs.
    Navigation,
    /// The page header.
    Header,
    /// The page footer.
    Footer,
    /// `aside`, side bars, related posts.
    Aside,
    /// Forms and buttons.
    Form,
    /// Readers' comments and comment forms.
    Comments,
    /// Cookie and consent notices.
    Cookie,
}

/// One block of prose.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The whole block in the source; an item begins at its marker.
    pub span: Span,
    /// Its prose, markup and item marker left out.
    pub text: Text,
    /// 1 to 6 for a heading, else 0.
    pub level: u8,
    /// The nearest heading above that governs the block (of a heading: its parent heading).
    pub heading: Option<BlockId>,
    /// The place in a list, for items.
    pub list: Option<ListPlace>,
    /// The place in a table, for cells.
    pub cell: Option<CellPlace>,
    /// Where on the page it stands.
    pub region: Region,
    /// True when markup hides it from readers (`hidden`, `display:none`, off-screen).
    pub hidden: bool,
    /// True when it is hidden in a way that no part of a page that folds out uses: off the screen, without size, in
    /// the colour of its ground.
    pub tricked: bool,
    /// True when `leftover` marked the whole block: later floors do not read it.
    pub leftover: bool,
    /// True when the block is written in another language than the article's.
    pub foreign: bool,
}

impl Block {
    /// An empty block of the article's body.
    pub fn new(kind: BlockKind, span: Span) -> Self {
        Self {
            kind,
            span,
            text: Text::new(),
            level: 0,
            heading: None,
            list: None,
            cell: None,
            region: Region::Body,
            hidden: false,
            tricked: false,
            leftover: false,
            foreign: false,
        }
    }

    /// True when later floors read this block as part of the article.
    pub fn is_article(&self) -> bool {
        !self.leftover && !self.hidden && !self.foreign && self.region == Region::Body
    }
}

/// Place of an item in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListPlace {
    /// Number of the list in the document, from 0.
    pub list: usize,
    /// Number of the item in its list, from 0.
    pub ordinal: usize,
    /// Nesting depth, from 0.
    pub depth: u8,
    /// True for a numbered list.
    pub ordered: bool,
    /// The paragraph or heading that leads the list, when it stands directly before it.
    pub lead: Option<BlockId>,
}

/// Place of a cell in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CellPlace {
    /// Number of the table in the document, from 0.
    pub table: usize,
    /// Row, from 0 (the head row, when there is one, is row 0).
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
    /// True in the head row (or `th`).
    pub head: bool,
}

/// What made something a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[text](target)`, `[text][id]` or `<a href>`.
    Anchor,
    /// `<https://…>` or an address that stands bare in the text.
    Bare,
    /// `![alt](target)` or `<img src>`.
    Image,
}

/// A link or image.
#[derive(Clone, Debug)]
pub struct Link {
    /// What made it a link.
    pub kind: LinkKind,
    /// The whole construct in the source.
    pub span: Span,
    /// The address, decoded.
    pub target: String,
    /// The address in the source (of a reference link: in its definition).
    pub target_span: Span,
    /// The block whose prose holds the anchor, when one does.
    pub block: Option<BlockId>,
    /// The anchor's bytes in that block's prose (empty for an image).
    pub range: Range<usize>,
    /// `rel` values, lower case (HTML).
    pub rel: Vec<String>,
    /// True when markup hides the link from readers.
    pub hidden: bool,
}

/// A reference marker in the text.
#[derive(Clone, Debug)]
pub struct Marker {
    /// The marker in the source.
    pub span: Span,
    /// The block that holds it.
    pub block: BlockId,
    /// Its bytes in the block's prose; empty (at its place) when the reader left a superscript out of the prose.
    pub range: Range<usize>,
    /// The labels it names, ranges written out: `[3–5, 8]` gives 3, 4, 5, 8.
    pub labels: Vec<String>,
    /// True for superscripts and `[^1]`, where no other reading is likely.
    pub certain: bool,
    /// True for keys of a bibliography (`[@key]`, `@key`), whose entries stand outside the article.
    pub keys: bool,
}

/// An entry of a reference list or a footnote.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its label (`3`, `smith2019`, `^1` without the caret).
    pub label: String,
    /// The entry's block.
    pub block: BlockId,
}

/// What an inline comment asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DirectiveKind {
    /// `claimlint-disable-next-line`
    NextLine,
    /// `claimlint-disable-line`
    Line,
    /// `claimlint-disable`
    Disable,
    /// `claimlint-enable`
    Enable,
    /// `claimlint-disable-file`
    File,
    /// Any other word behind `claimlint-`; that word is then the only entry of [`Directive::rules`].
    Unknown,
}

/// An inline `claimlint-…` comment.
#[derive(Clone, Debug)]
pub struct Directive {
    /// What it asks for.
    pub kind: DirectiveKind,
    /// The whole comment.
    pub span: Span,
    /// The rules it names, as written; none means all.
    pub rules: Vec<(String, Span)>,
    /// The text after `--`.
    pub reason: Option<String>,
}

/// A field of the front matter (keys of nested maps joined with `.`) or a `<meta>` element.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key as written, nested keys joined with `.`; list entries repeat the key.
    pub key: String,
    /// The value as text, decoded.
    pub value: String,
    /// The value in the source.
    pub span: Span,
}

/// Something that was never part of the article.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Which kind, by the name of its entry in the leftover data (`comment-widget`, `page-furniture`,
    /// `injected-link`, …).
    pub kind: String,
    /// Where.
    pub span: Span,
    /// The block it stands in.
    pub block: BlockId,
    /// How strong the evidence is; each kind says in the data what its points mean.
    pub score: i32,
    /// Why, one clause each, for the message.
    pub evidence: Vec<String>,
    /// Each line of it with its block; taken out together, nothing of it stays behind and nothing else goes.
    pub lines: Vec<(BlockId, Span)>,
    /// True when it may be taken out without anybody looking.
    pub removable: bool,
}

/// What was seen and not read as prose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Images.
    pub images: usize,
    /// Code blocks.
    pub code: usize,
    /// Blocks in another language.
    pub foreign_blocks: usize,
    /// Embedded media: video, audio, iframes.
    pub media: usize,
}
