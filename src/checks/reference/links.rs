//! Links inside a site that lead nowhere: to a place on the page that is not there, to a file that is not on disk.
//!
//! Takes the links of an article and what it was told of the files beside it. Publishing systems rewrite addresses and
//! make places of their own, so a link is only held against what the article itself must hold, and in doubt it is good.

use super::ReferenceCheck;
use crate::checks::{Observation, Scene};
use crate::document::{Block, BlockKind, Document, Link, LinkKind};
use crate::source::{Format, Source, Span};
use std::collections::HashSet;

/// What a file is that a link may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// An article of the site, as it is written.
    Article,
    /// A page of the site.
    Page,
    /// A document to print.
    Print,
    /// A picture.
    Picture,
}

impl FileKind {
    /// What the ending of a name says; `None` for what may be made when the site is.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let is = |known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
        if is(&["md", "mdx", "markdown"]) {
            Some(Self::Article)
        } else if is(&["html", "htm"]) {
            Some(Self::Page)
        } else if is(&["pdf", "docx", "odt"]) {
            Some(Self::Print)
        } else {
            is(&["png", "jpg", "jpeg", "gif", "svg", "webp", "avif"]).then_some(Self::Picture)
        }
    }
}

/// The files that links of an article name by a path from where it lies, as the links write them.
pub fn files(document: &Document) -> impl Iterator<Item = (&Link, &str)> {
    document.links.iter().filter(|link| link.kind != LinkKind::Bare && !link.hidden).filter_map(|link| {
        let path = link.target.split(['?', '#']).next()?;
        // an address, a path from the root, a template, an alias: what they mean is not written here
        let elsewhere = path.starts_with(['/', '~', '@', '$'])
            || path.contains([':', '{', '}', '<', '>', '%', '\\', '*', '|', '"', '\n'])
            || path.contains("//");
        let name = path.rsplit('/').next()?;
        let kind = FileKind::of_name(name).filter(|_| !elsewhere && !name.starts_with('.'))?;
        // where articles are written otherwise, pages are made from them
        let made = kind == FileKind::Page && document.format != Format::Html;
        (!made).then_some((link, path))
    })
}

/// Sees the links whose files are not there.
pub(super) fn gone(scene: &Scene<'_>, seen: &mut Vec<Observation>) {
    let article = scene.article;
    let mut told = HashSet::new();
    for (link, path) in files(&article.document) {
        if article.gone.contains(path) && stands(&article.document, link) && told.insert(path) {
            seen.push(observation("file", link, path));
        }
    }
}

/// Sees the links to a place on the page that nothing on it makes.
pub(super) fn adrift(check: &ReferenceCheck, scene: &Scene<'_>, seen: &mut Vec<Observation>) {
    let document = &scene.article.document;
    let own = |link: &&Link| {
        let place = link.target.strip_prefix('#');
        link.kind == LinkKind::Anchor && stands(document, link) && place.is_some_and(|place| check.is_place(place))
    };
    let mut links = document.links.iter().filter(own).peekable();
    if links.peek().is_none() || is_assembled(scene.article.source) {
        return;
    }
    let places = Places::new(scene.article.source, document);
    let mut told = HashSet::new();
    for link in links {
        let place = link.target.trim_start_matches('#');
        if !places.hold(place) && told.insert(place) {
            seen.push(observation("anchor", link, &link.target));
        }
    }
}

impl ReferenceCheck {
    /// True for the name of a place that the article itself should hold: not one of a page's frame, of its notes, of a
    /// script, or of a template.
    fn is_place(&self, name: &str) -> bool {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
        let lower = name.to_ascii_lowercase();
        name.chars().all(plain)
            && name.contains(|letter: char| letter.is_ascii_alphabetic())
            && !self.unless_anchor.contains(&lower)
            && !self.unless_anchor_start.iter().any(|start| begins(&lower, start))
    }
}

/// True for a name that begins with a word (`fn`) or a part (`wp-`).
fn begins(name: &str, start: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphabetic();
    name.strip_prefix(start).is_some_and(|rest| !(start.ends_with(is_letter) && rest.starts_with(is_letter)))
}

/// True for a link in the article itself; a picture stands in no block.
fn stands(document: &Document, link: &Link) -> bool {
    let block = link.block.and_then(|id| document.blocks.get(id));
    !link.hidden && block.map_or(link.kind == LinkKind::Image, Block::is_article)
}

/// True for a text that other texts are put into when the page is made, or whose addresses start elsewhere.
fn is_assembled(source: &Source) -> bool {
    let text = source.text();
    let imports = |line: &str| line.starts_with("import ") || line.starts_with("export ");
    ["{{", "{%", "<%", "<?php", "--8<--", "<base ", "::: "].iter().any(|sign| text.contains(sign))
        || (source.format() == Format::Mdx && text.lines().any(imports))
}

/// The names of the places on a page. Publishing systems name headings each in its own way, so names are compared by
/// their letters and digits alone.
struct Places {
    names: HashSet<String>,
    /// True when a heading holds letters that are named in too many ways.
    foreign: bool,
}

impl Places {
    fn new(source: &Source, document: &Document) -> Self {
        let mut places = Self { names: HashSet::new(), foreign: false };
        for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Heading) {
            places.heading(block.text.as_str());
        }
        for line in source.text().lines() {
            let line = line.trim_start_matches(|letter: char| letter.is_whitespace() || "->*+".contains(letter));
            if line.starts_with('#') {
                places.heading(line);
            }
        }
        places.names.extend(document.metadata.iter().map(|field| bare(&field.value)));
        places.written(source.text());
        places
    }

    /// A heading names a place, with its number or without.
    fn heading(&mut self, text: &str) {
        self.foreign |= text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
        for name in [bare(text), bare(&text.replace('&', "and"))] {
            self.names.insert(name.trim_start_matches(|letter: char| letter.is_ascii_digit()).to_owned());
            self.names.insert(name);
        }
    }

    /// What stands as a value: `id="x"`, `name=x`, `{#x}`, `{.note #x}`, `(x)=`, and what a component is given.
    fn written(&mut self, text: &str) {
        /// Longest value that is looked at, in bytes.
        const LONGEST: usize = 120;
        let mut before = ' ';
        for (at, letter) in text.char_indices() {
            let ends: &[char] = match letter {
                '"' => &['"', '\n'],
                '\'' => &['\'', '\n'],
                '(' => &[')', '\n'],
                '=' => &[' ', '>', '}', '\n', '"', '\''],
                '#' if before == '{' || before == ' ' => &[' ', '}', '\n'],
                _ => {
                    before = letter;
                    continue;
                }
            };
            before = letter;
            let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
            let end = rest.char_indices().take(LONGEST).find(|(_, letter)| ends.contains(letter));
            let Some(value) = end.and_then(|(end, _)| rest.get(..end)) else { continue };
            let labels = letter != '(' || rest.get(value.len()..).is_some_and(|rest| rest.starts_with(")="));
            // a link to the place does not make it
            if labels && !value.is_empty() && !value.contains('#') {
                self.names.insert(bare(value));
            }
        }
    }

    /// True when a place is there, or may be.
    fn hold(&self, name: &str) -> bool {
        let name = bare(name);
        // a second place of one name is numbered
        let first = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        self.foreign || self.names.contains(&name) || self.names.contains(first)
    }
}

/// The letters and digits of a name, small.
fn bare(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn observation(grade: &'static str, link: &Link, text: &str) -> Observation {
    let inside = link.span.contains(link.target_span) && !link.target_span.is_empty();
    let span: Span = if inside { link.target_span } else { link.span };
    let values = vec![("text", text.to_owned()), ("label", link.target.clone())];
    Observation { grade: Some(grade), span, related: Vec::new(), values, fix: None }
}
