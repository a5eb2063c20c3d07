//! What each place of an article is known by, wherever it moves: its statement, the headings above, the links marked.
//!
//! Takes an article; gives traces of places and of the article as a whole. Reference markers are left out, so that
//! renumbering the list changes nothing, and so is the article's title, whose change is no change of what stands below.

use super::spans::Spans;
use crate::checks::{Article, Check, Observation, Side};
use crate::document::{BlockId, BlockKind};
use crate::finding::Trace;
use crate::source::Span;
use crate::statement::Statement;

/// A line of the source longer than this is not one statement (a page without line breaks), in bytes.
const LINE: usize = 400;

/// Keys of metadata that hold an article's title.
const TITLE: &str = "title";

/// The traces of one article.
pub(super) struct Traces<'a> {
    article: &'a Article<'a>,
    statements: Spans,
    links: Spans,
    blocks: Spans,
}

impl<'a> Traces<'a> {
    pub(super) fn new(article: &'a Article<'a>) -> Self {
        let document = &article.document;
        Self {
            article,
            statements: Spans::new(article.statements.iter().map(|statement| statement.span)),
            links: Spans::new(document.links.iter().map(|link| link.span)),
            blocks: Spans::new(document.blocks.iter().map(|block| block.span)),
        }
    }

    /// The traces of an observation: of its own place, and of the sides in their order. `old`: the earlier version,
    /// where there is one.
    pub(super) fn of_observation(&self, check: &Check, seen: &Observation, old: Option<&Self>) -> (Trace, Vec<Trace>) {
        let own = if check.mechanism().is_of_article(seen.grade) { self.of_article() } else { self.at(seen.span) };
        let of_side = |side: &Side| {
            if side.place.path == *self.article.source.path() {
                return self.at(side.place.span);
            }
            let earlier = old.filter(|old| side.place.path == *old.article.source.path());
            earlier.map_or_else(|| by_value(seen, side), |old| old.at(side.place.span))
        };
        (own, seen.related.iter().map(of_side).collect())
    }

    /// The trace of a place.
    pub(super) fn at(&self, span: Span) -> Trace {
        let (article, mut texts, mut block) = (self.article, Vec::new(), None);
        for statement in self.statements.touching(span).filter_map(|index| article.statements.get(index)) {
            block = block.or(Some(statement.block));
            texts.push(self.prose(statement));
        }
        if texts.is_empty() {
            block = self.unread(span, &mut texts);
        }
        if texts.is_empty() {
            texts.push(self.line(span));
        }
        let links = self.links.touching(span).filter_map(|index| article.document.links.get(index));
        texts.extend(links.map(|link| link.target.clone()));
        texts.extend(block.into_iter().flat_map(|block| self.headings(block)));
        Trace::of(texts.iter().map(String::as_str))
    }

    /// The trace of the article as a whole: its title, else the name of its file.
    pub(super) fn of_article(&self) -> Trace {
        let document = &self.article.document;
        let heading = document.blocks.iter().find(|block| block.kind == BlockKind::Heading && block.is_article());
        let field = || document.metadata.iter().find(|field| field.key.eq_ignore_ascii_case(TITLE));
        let path = self.article.source.path();
        let name = path.rsplit('/').next().unwrap_or(path);
        let title = heading.map(|block| block.text.as_str()).filter(|text| !text.trim().is_empty());
        Trace::of([title.or_else(|| field().map(|field| field.value.as_str())).unwrap_or(name)])
    }

    /// A statement without the reference markers in it.
    fn prose(&self, statement: &Statement) -> String {
        let document = &self.article.document;
        let first = document.markers.partition_point(|marker| marker.span.end <= statement.span.start);
        let markers = document.markers.iter().skip(first);
        let mut out = String::new();
        let mut at = statement.range.start;
        for marker in markers.take_while(|marker| marker.span.start < statement.span.end) {
            if marker.block == statement.block && marker.range.start >= at && marker.range.end <= statement.range.end {
                out.push_str(statement.prose(document, at..marker.range.start).trim_end());
                at = marker.range.end;
            }
        }
        out.push_str(statement.prose(document, at..statement.range.end));
        out
    }

    /// Blocks that no statement was read from: leftovers and what is hidden. Gives the first of them.
    fn unread(&self, span: Span, texts: &mut Vec<String>) -> Option<BlockId> {
        let mut first = None;
        for id in self.blocks.touching(span) {
            let block = self.article.document.blocks.get(id).filter(|block| block.text.range_of(span).is_some());
            if let Some(block) = block {
                first = first.or(Some(id));
                texts.push(block.text.as_str().to_owned());
            }
        }
        first
    }

    /// What no block holds (front matter, directives, markup): the lines that it stands in, or itself where lines are
    /// too long to say anything.
    fn line(&self, span: Span) -> String {
        let source = self.article.source;
        let line = |at: usize| source.line(source.position(at).line).unwrap_or(span);
        let whole = line(span.start).cover(line(span.end.saturating_sub(1)));
        source.slice(if whole.len() <= LINE { whole } else { span }).to_owned()
    }

    /// The headings above a block, nearest first, the article's title left out.
    fn headings(&self, block: BlockId) -> Vec<String> {
        let blocks = &self.article.document.blocks;
        let mut found = Vec::new();
        let mut above = blocks.get(block).and_then(|block| block.heading);
        while let Some(heading) = above.and_then(|id| blocks.get(id)).filter(|heading| heading.level > 1) {
            found.push(heading.text.as_str().to_owned());
            // a heading stands above what it governs, so the way up ends
            above = heading.heading.filter(|next| above.is_some_and(|own| *next < own));
        }
        found
    }
}

/// The trace of a side in a file that is no article (a house fact): what it says of what.
pub(super) fn by_value(seen: &Observation, side: &Side) -> Trace {
    let said = |wanted: &str| seen.values.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str());
    let texts = [said("subject").unwrap_or_default(), said("attribute").unwrap_or_default(), &side.value];
    Trace::of(texts)
}
