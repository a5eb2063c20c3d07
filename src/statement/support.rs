//! The evidence a statement carries: links, identifiers, markers, author and year, named and unnamed sources.
//!
//! Takes a statement's words and matches and its document; judges no source.

use super::{Entity, Statement};
use crate::document::{BlockKind, Document, LinkKind};
use crate::grammar::citation::{self, Citation, CitationKind};
use crate::grammar::cue::{Cue, Cues};
use crate::lexicon::{EntryId, Lexicon};
use crate::source::Span;
use std::collections::HashSet;
use std::ops::Range;

/// What kind of evidence a statement carries; the names are those of the JSON contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SupportKind {
    /// A link to another page.
    Link,
    /// A DOI.
    Doi,
    /// A PubMed identifier.
    Pmid,
    /// A PubMed Central identifier.
    Pmcid,
    /// A trial registry number.
    Registry,
    /// A reference marker that resolves to an entry.
    Marker,
    /// (Smith et al., 2019), Smith (2019).
    AuthorYear,
    /// A named journal, institution or person without a citation.
    Named,
    /// "A 2019 study", "experts".
    Unnamed,
}

impl SupportKind {
    /// The name in JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Doi => "doi",
            Self::Pmid => "pmid",
            Self::Pmcid => "pmcid",
            Self::Registry => "registry",
            Self::Marker => "marker",
            Self::AuthorYear => "author-year",
            Self::Named => "named",
            Self::Unnamed => "unnamed",
        }
    }

    /// True for evidence that a reader can follow: all but named and unnamed sources.
    pub const fn is_citation(self) -> bool {
        !matches!(self, Self::Named | Self::Unnamed)
    }
}

/// Evidence that a statement carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// Which kind.
    pub kind: SupportKind,
    /// Bytes in the block's prose (empty for a marker that stands outside the prose).
    pub range: Range<usize>,
    /// Bytes in the source.
    pub span: Span,
    /// Where it leads: an address, an identifier, a reference label.
    pub target: Option<String>,
    /// The lexicon entry of a named source.
    pub entry: Option<EntryId>,
}

/// The evidence of a whole document, looked up once.
pub(super) struct Evidence<'d> {
    labels: HashSet<&'d str>,
    /// Links that lead to another page, by block.
    links: Vec<Vec<usize>>,
    markers: Vec<Vec<usize>>,
}

impl<'d> Evidence<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut evidence = Self {
            labels: document.references.iter().map(|reference| reference.label.as_str()).collect(),
            links: vec![Vec::new(); document.blocks.len()],
            markers: vec![Vec::new(); document.blocks.len()],
        };
        for (index, link) in document.links.iter().enumerate() {
            let marked =
                || document.marks.iter().any(|mark| mark.span.start < link.span.end && link.span.start < mark.span.end);
            if link.kind != LinkKind::Image
                && !link.hidden
                && leads_elsewhere(&link.target)
                && let Some(block) = link.block.and_then(|block| evidence.links.get_mut(block))
                && !marked()
            {
                block.push(index);
            }
        }
        for (index, marker) in document.markers.iter().enumerate() {
            if let Some(block) = evidence.markers.get_mut(marker.block) {
                block.push(index);
            }
        }
        evidence
    }

    /// True for a number that is a reference marker.
    pub(super) fn is_identifier(&self, document: &Document, block: usize, range: &Range<usize>) -> bool {
        let markers = self.markers.get(block).into_iter().flatten().filter_map(|at| document.markers.get(*at));
        markers.into_iter().any(|marker| marker.range.start <= range.start && range.end <= marker.range.end)
    }

    /// The evidence in one statement, in order of place.
    pub(super) fn of(
        &self,
        document: &Document,
        statement: &Statement,
        lexicon: &Lexicon,
        cues: &Cues,
    ) -> Vec<Support> {
        let mut found = Vec::new();
        let mut add = |kind, range: Range<usize>, span: Option<Span>, target: Option<String>, entry| {
            let span = span.unwrap_or_else(|| statement.span_of(document, range.clone()));
            found.push(Support { kind, range, span, target, entry });
        };
        let within = |range: &Range<usize>| statement.range.start <= range.start && range.end <= statement.range.end;
        let mut linked: Vec<Range<usize>> = Vec::new();
        for link in self.links.get(statement.block).into_iter().flatten().filter_map(|at| document.links.get(*at)) {
            if !within(&link.range) {
                continue;
            }
            let (kind, target) = match citation::identify(&link.target, lexicon) {
                Some((kind, id)) => (kind.into(), id),
                None => (SupportKind::Link, link.target.clone()),
            };
            linked.push(link.range.clone());
            add(kind, link.range.clone(), Some(link.span), Some(target), None);
        }
        for marker in self.markers.get(statement.block).into_iter().flatten().filter_map(|at| document.markers.get(*at))
        {
            let place = &marker.range;
            let here = within(place) || (place.is_empty() && place.start == statement.range.end);
            // whether a bibliography beside the article has a key is not for the article to say
            let is_known = |label: &&str| marker.keys || self.labels.contains(label);
            let known: Vec<&str> = marker.labels.iter().map(String::as_str).filter(is_known).collect();
            if here && !known.is_empty() {
                add(SupportKind::Marker, place.clone(), Some(marker.span), Some(known.join(",")), None);
            }
        }
        let overlaps = |range: &Range<usize>, others: &[Range<usize>]| {
            others.iter().any(|other| other.start < range.end && range.start < other.end)
        };
        let text = statement.text(document);
        for Citation { kind, range, target } in citation::citations(text, lexicon) {
            let range = statement.range.start + range.start..statement.range.start + range.end;
            if !overlaps(&range, &linked) {
                add(kind.into(), range, None, Some(target), None);
            }
        }
        let mut named: Vec<Range<usize>> = Vec::new();
        for hit in statement.matches.iter().filter(|hit| cues.cue(hit) == Some(Cue::NamedSource)) {
            let words = hit.capture("source").unwrap_or_else(|| hit.words.clone());
            let range = statement.bytes_of(words.clone());
            if overlaps(&range, &named) {
                continue;
            }
            let source = lexicon.class("source");
            let is_source = |entity: &&Entity| source.is_some_and(|source| lexicon.is_a(entity.entry, source));
            let entity = statement.entities.iter().filter(|entity| entity.words == words).find(is_source);
            // a name that is also a common word needs more than itself
            let ambiguous = entity.and_then(|entity| lexicon.entry(entity.entry)).is_some_and(|entry| entry.ambiguous);
            if ambiguous && words == hit.words {
                continue;
            }
            let name = statement.prose(document, range.clone()).to_owned();
            let target =
                entity.and_then(|entity| lexicon.entry(entity.entry)).map_or(name, |entry| entry.name.to_string());
            named.push(range.clone());
            add(SupportKind::Named, range, None, Some(target), entity.map(|entity| entity.entry));
        }
        for range in citation::persons(text, lexicon) {
            let range = statement.range.start + range.start..statement.range.start + range.end;
            if !overlaps(&range, &named) && !overlaps(&range, &linked) {
                let name = statement.prose(document, range.clone()).to_owned();
                named.push(range.clone());
                add(SupportKind::Named, range, None, Some(name), None);
            }
        }
        // a source that is named or cited in the same clause is not unnamed
        let clauses: Vec<Range<usize>> = found.iter().map(|one| clause_bytes(statement, &one.range)).collect();
        let cited = found.iter().any(|one| one.kind.is_citation());
        let mut last = 0;
        for hit in statement.matches.iter().filter(|hit| cues.cue(hit) == Some(Cue::UnnamedSource)) {
            let range = statement.bytes_of(hit.words.clone());
            if cited || overlaps(&range, &clauses) || range.start < last {
                continue;
            }
            last = range.end;
            let span = statement.span_of(document, range.clone());
            found.push(Support { kind: SupportKind::Unnamed, range, span, target: None, entry: None });
        }
        found.sort_by_key(|one| (one.range.start, one.range.end, one.kind));
        found
    }
}

fn clause_bytes(statement: &Statement, range: &Range<usize>) -> Range<usize> {
    let words = statement.words_of(range.clone());
    let clause = statement.clauses.iter().find(|clause| clause.start <= words.start && words.start < clause.end);
    clause.map_or_else(|| range.clone(), |clause| statement.bytes_of(clause.clone()))
}

/// True for an address on the web; not for a place on the page, the site's own pages, mail or a telephone.
fn leads_elsewhere(target: &str) -> bool {
    let scheme = |name: &str| target.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    scheme("https://") || scheme("http://") || scheme("//") || scheme("doi:") || scheme("www.")
}

impl From<CitationKind> for SupportKind {
    fn from(kind: CitationKind) -> Self {
        match kind {
            CitationKind::Doi => Self::Doi,
            CitationKind::Pmid => Self::Pmid,
            CitationKind::Pmcid => Self::Pmcid,
            CitationKind::Registry => Self::Registry,
            CitationKind::AuthorYear => Self::AuthorYear,
        }
    }
}

/// What closes a list or a table is looked for over so many blocks, so that a long one is not gone through for each
/// of its items.
const FARTHEST: usize = 2000;

/// The citations that count for a statement, best first: its own; those that close its paragraph; those of the line
/// that leads its list or of the item that closes it; of its table row or of the line behind its table; of the line
/// before a block quotation.
pub fn paragraph_support<'s>(document: &Document, statements: &'s [Statement], index: usize) -> Vec<&'s Support> {
    let Some(statement) = statements.get(index) else { return Vec::new() };
    let of_block = |id: usize| {
        let own = statements.partition_point(|one| one.block < id)..statements.partition_point(|one| one.block <= id);
        statements.get(own).unwrap_or_default()
    };
    let citations = |one: &'s Statement| one.support.iter().filter(|support| support.kind.is_citation());
    let mut found: Vec<&Support> = citations(statement).collect();
    let mut add = |one: Option<&'s Statement>| found.extend(one.into_iter().flat_map(citations));
    if let Some(last) = of_block(statement.block).last()
        && last.range != statement.range
    {
        add(Some(last));
    }
    let Some(block) = document.blocks.get(statement.block) else { return found };
    if let Some(place) = block.list {
        place.lead.into_iter().flat_map(of_block).for_each(|one| add(Some(one)));
        let rest = document.blocks.iter().enumerate().skip(statement.block + 1);
        let last = rest.take(FARTHEST).take_while(|(_, one)| one.list.is_some_and(|one| one.list == place.list)).last();
        add(last.and_then(|(id, _)| of_block(id).last()));
    }
    if let Some(place) = block.cell {
        let near = statement.block.saturating_sub(place.column)..;
        let row = document
            .blocks
            .iter()
            .enumerate()
            .skip(near.start)
            .take_while(|(_, one)| one.cell.is_some_and(|cell| cell.table == place.table && cell.row <= place.row));
        for (id, one) in row {
            if id != statement.block && one.cell.is_some_and(|cell| cell.row == place.row) {
                of_block(id).iter().for_each(|one| add(Some(one)));
            }
        }
        let after = document.blocks.iter().enumerate().skip(statement.block + 1).take(FARTHEST);
        let mut after = after.filter(|(_, one)| one.cell.is_none_or(|cell| cell.table != place.table));
        if let Some((id, _)) = after.next().filter(|(_, one)| one.kind != BlockKind::Heading) {
            of_block(id).iter().for_each(|one| add(Some(one)));
        }
    }
    if block.kind == BlockKind::Quote {
        let before = (statement.block.saturating_sub(2)..statement.block).rev();
        for id in before.filter(|id| document.blocks.get(*id).is_some_and(|one| one.kind != BlockKind::Heading)) {
            of_block(id).iter().for_each(|one| add(Some(one)));
        }
    }
    found
}
