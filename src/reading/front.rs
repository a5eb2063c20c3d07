//! What a page says of itself in one line: its title, its description, its first heading.
//!
//! Takes a document that was read; gives a small document of those lines, each with its place in the source. The names
//! of the fields are words of the lexicon (`summary-field`). Compares nothing.

use super::markdown::field;
use crate::document::{Block, BlockKind, Document};
use crate::lexicon::{Lexicon, fold};
use crate::source::Source;
use std::collections::HashSet;

/// The list of the lexicon that names the fields, in small letters.
const FIELDS: &str = "summary-field";

/// The title, description and first heading of a document. The first block is the heading itself, by which the topic
/// is known; the same words follow as a line among the others.
pub fn front(source: &Source, document: &Document, lexicon: &Lexicon) -> Document {
    let mut front = Document::new(document.format);
    let mut said: HashSet<String> = HashSet::new();
    let mut lines: Vec<Block> = Vec::new();
    let title = document.blocks.iter().find(|block| block.is_article() && block.kind == BlockKind::Heading);
    if let Some(title) = title.filter(|title| title.level <= 1) {
        said.insert(fold(title.text.as_str()).into_owned());
        lines.push(title.clone());
    }
    let names = lexicon.list(FIELDS);
    for one in &document.metadata {
        let key = fold(&one.key);
        let own = names
            .iter()
            .any(|name| *name == *key || key.ends_with(name) && key.rsplit(['.', ':']).next() == Some(name));
        let value = one.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if own && !value.is_empty() && said.insert(fold(&value).into_owned()) {
            let text = field::prose(source.text(), &one.value, one.span);
            lines.push(Block { text, ..Block::new(BlockKind::Paragraph, one.span) });
        }
    }
    let Some(first) = lines.first() else { return front };
    let head = Block { kind: BlockKind::Heading, level: 1, heading: None, ..first.clone() };
    front.blocks.push(head);
    let own = |line: Block| Block { kind: BlockKind::Paragraph, level: 0, heading: Some(0), list: None, ..line };
    front.blocks.extend(lines.into_iter().map(own));
    front
}
