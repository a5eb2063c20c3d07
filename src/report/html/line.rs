//! The words of one block, cut where marks, links and citations begin and end.
//!
//! Takes a block's prose with everything that lies on it as ranges; gives bits in order, links opened and closed in
//! balance. Marks may overlap: a bit belongs to all that cover it.

use super::escape::{is_control, named};
use crate::finding::Severity;
use askama::Template;
use std::ops::Range;

/// A block's words.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "line.html")]
pub struct Line {
    /// The anchor of the block.
    pub id: String,
    /// True when the block was never part of the article.
    pub leftover: bool,
    /// True when it is in another language.
    pub foreign: bool,
    /// In order.
    pub bits: Vec<Bit>,
}

impl Line {
    /// Classes to be added to others, each with a space before it.
    pub const fn class(&self) -> &'static str {
        match (self.leftover, self.foreign) {
            (true, _) => " not-article",
            (false, true) => " foreign",
            (false, false) => "",
        }
    }

    /// The class attribute, with a space before it, or nothing.
    pub const fn classed(&self) -> &'static str {
        match (self.leftover, self.foreign) {
            (true, _) => " class=\"not-article\"",
            (false, true) => " class=\"foreign\"",
            (false, false) => "",
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Words that nothing lies on.
    Text(String),
    /// Words that a note speaks of.
    Mark(Marked),
    /// Words that were never part of the article.
    Leftover(String),
    /// A control character that would turn the direction of the text.
    Control(String),
    /// A link begins.
    Link(String),
    /// A link ends.
    LinkEnd,
    /// A link that is not followed begins: its address is only shown.
    Address(String),
    /// A link that is not followed ends.
    AddressEnd,
    /// A citation that the reader took out of the prose.
    Cite(String),
    /// The number of a note.
    Ref(Ref),
}

/// Marked words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The words.
    pub text: String,
    /// The classes of the gravest note on them.
    pub class: String,
    /// The numbers of all notes on them.
    pub notes: String,
}

/// The number of a note, where its words end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    /// The anchor of this place.
    pub id: String,
    /// The anchor of the note.
    pub href: String,
    /// Its classes.
    pub class: String,
    /// The shape that stands for the severity.
    pub shape: &'static str,
    /// What is shown.
    pub shown: String,
    /// What is read out.
    pub label: String,
    /// The number of the note in the report.
    pub note: usize,
}

/// A range of the prose that a note speaks of.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Bytes of the prose; empty when the words are not in it.
    pub range: Range<usize>,
    /// The number that stands at its end; `None` when the place goes on in another block.
    pub mark: Option<Ref>,
    /// The number of the note in the report.
    pub note: usize,
    /// How grave it is.
    pub severity: Severity,
    /// Its classes.
    pub class: String,
}

/// What lies on a block beside notes.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Links: ranges of the prose and addresses.
    pub links: Vec<(Range<usize>, String)>,
    /// What was never part of the article.
    pub leftovers: Vec<Range<usize>>,
    /// Citations that the reader took out: where, and what they name.
    pub cites: Vec<(usize, String)>,
}

/// Cuts the words of a block. `spots` may overlap and come in any order.
pub fn bits(prose: &str, mut ground: Ground, spots: &[Spot]) -> Vec<Bit> {
    ground.links.retain(|(range, _)| !range.is_empty());
    ground.links.sort_by_key(|(range, _)| (range.start, range.end));
    let mut order: Vec<&Spot> = spots.iter().collect();
    order.sort_by_key(|spot| (spot.range.start, spot.range.end, spot.note));
    let mut cuts: Vec<usize> = vec![0, prose.len()];
    cuts.extend(order.iter().flat_map(|spot| [spot.range.start, spot.range.end]));
    cuts.extend(ground.links.iter().flat_map(|(range, _)| [range.start, range.end]));
    cuts.extend(ground.leftovers.iter().flat_map(|range| [range.start, range.end]));
    cuts.extend(ground.cites.iter().map(|(at, _)| *at));
    cuts.retain(|at| prose.is_char_boundary(*at));
    cuts.sort_unstable();
    cuts.dedup();
    let mut cutting =
        Cutting { ground: &ground, bits: Vec::new(), open: Vec::new(), waiting: Vec::new(), link: None, at: [0; 2] };
    let mut spots = order.into_iter().peekable();
    let ends = cuts.iter().skip(1).copied().map(Some).chain([None]);
    for (start, end) in cuts.iter().copied().zip(ends) {
        cutting.arrive(start);
        while let Some(spot) = spots.next_if(|spot| spot.range.start <= start) {
            if spot.range.is_empty() {
                cutting.waiting.extend(&spot.mark);
            } else {
                cutting.open.push(spot);
            }
        }
        match end {
            Some(end) => {
                cutting.depart(start);
                cutting.words(start..end, prose.get(start..end).unwrap_or_default());
            }
            None => cutting.finish(),
        }
    }
    cutting.bits
}

/// The classes of a place that a note speaks of.
pub fn class(severity: Severity, family: char, extra: &str) -> String {
    let space = if extra.is_empty() { "" } else { " " };
    format!("{} f{}{space}{extra}", severity.name(), family.to_ascii_lowercase())
}

/// The shape that stands for a severity.
pub const fn shape(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "■",
        Severity::Warning => "▲",
        Severity::Info => "●",
    }
}

struct Cutting<'a> {
    ground: &'a Ground,
    bits: Vec<Bit>,
    /// The spots that cover the place at hand.
    open: Vec<&'a Spot>,
    /// Numbers of notes that are to be set once no link is open.
    waiting: Vec<&'a Ref>,
    /// The link that is open: where it ends, and whether it is followed.
    link: Option<(usize, bool)>,
    /// How many links and cites were met.
    at: [usize; 2],
}

impl Cutting<'_> {
    /// What ends at a place, and what stands at it.
    fn arrive(&mut self, at: usize) {
        let [_, cites] = &mut self.at;
        while let Some((_, label)) = self.ground.cites.get(*cites).filter(|(place, _)| *place <= at) {
            self.bits.push(Bit::Cite(label.clone()));
            *cites += 1;
        }
        let (ended, open): (Vec<&Spot>, Vec<&Spot>) = self.open.drain(..).partition(|spot| spot.range.end <= at);
        self.open = open;
        self.waiting.extend(ended.iter().filter_map(|spot| spot.mark.as_ref()));
        if let Some((end, followed)) = self.link
            && end <= at
        {
            self.bits.push(if followed { Bit::LinkEnd } else { Bit::AddressEnd });
            self.link = None;
        }
    }

    /// What begins at a place.
    fn depart(&mut self, at: usize) {
        if self.link.is_some() {
            return;
        }
        self.bits.extend(self.waiting.drain(..).map(|mark| Bit::Ref(mark.clone())));
        let [links, _] = &mut self.at;
        while let Some((range, address)) = self.ground.links.get(*links).filter(|(range, _)| range.start <= at) {
            *links += 1;
            // a link inside a link stays text
            if range.start == at && self.link.is_none() {
                let inside = self.ground.leftovers.iter().any(|own| own.start < range.end && range.start < own.end);
                let followed = !inside && is_followed(address);
                self.bits.push(if followed { Bit::Link(address.clone()) } else { Bit::Address(address.clone()) });
                self.link = Some((range.end, followed));
            }
        }
    }

    fn words(&mut self, range: Range<usize>, text: &str) {
        let gravest = self.open.iter().max_by_key(|spot| (spot.severity, std::cmp::Reverse(spot.note)));
        let leftover = self.ground.leftovers.iter().any(|own| own.start < range.end && range.start < own.end);
        let marked = gravest.map(|spot| {
            let mut numbers: Vec<usize> = self.open.iter().map(|spot| spot.note).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let notes = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
            let left = if leftover { " leftover" } else { "" };
            (format!("{}{left}", spot.class), notes)
        });
        for piece in text.split_inclusive(is_control) {
            let words = piece.trim_end_matches(is_control);
            if !words.is_empty() {
                let text = words.to_owned();
                self.bits.push(match &marked {
                    Some((class, notes)) => Bit::Mark(Marked { text, class: class.clone(), notes: notes.clone() }),
                    None if leftover => Bit::Leftover(text),
                    None => Bit::Text(text),
                });
            }
            if let Some(control) = piece.chars().next_back().filter(|char| is_control(*char)) {
                self.bits.push(Bit::Control(named(control)));
            }
        }
    }

    fn finish(&mut self) {
        if let Some((_, followed)) = self.link.take() {
            self.bits.push(if followed { Bit::LinkEnd } else { Bit::AddressEnd });
        }
        let left = self.open.drain(..).filter_map(|spot| spot.mark.as_ref());
        self.bits.extend(self.waiting.drain(..).chain(left).map(|mark| Bit::Ref(mark.clone())));
    }
}

/// True for an address that a reader may follow from the report: a web page or a mail address, written out.
pub fn is_followed(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let known = matches!(scheme.as_deref(), Some("http" | "https" | "mailto"));
    known && !address.contains(|char: char| char.is_control() || char.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(range: Range<usize>, note: usize, severity: Severity) -> Spot {
        let class = class(severity, 'S', "");
        let mark = Ref {
            id: format!("m{note}"),
            href: format!("#f{note}"),
            class: class.clone(),
            shape: shape(severity),
            shown: note.to_string(),
            label: String::new(),
            note,
        };
        Spot { range, mark: Some(mark), note, severity, class }
    }

    fn shown(bits: &[Bit]) -> String {
        let one = |bit: &Bit| match bit {
            Bit::Text(text) => text.clone(),
            Bit::Mark(marked) => format!("[{} {}]", marked.notes, marked.text),
            Bit::Leftover(text) => format!("~{text}~"),
            Bit::Control(name) => format!("<{name}>"),
            Bit::Link(address) => format!("<a {address}>"),
            Bit::LinkEnd => "</a>".to_owned(),
            Bit::Address(address) => format!("<b {address}>"),
            Bit::AddressEnd => "</b>".to_owned(),
            Bit::Cite(label) => format!("^{label}"),
            Bit::Ref(mark) => format!("#{}", mark.shown),
        };
        bits.iter().map(one).collect()
    }

    #[test]
    fn overlapping_marks_are_cut_into_pieces_that_belong_to_all_of_them() {
        let spots = [spot(2..8, 1, Severity::Warning), spot(4..10, 2, Severity::Error)];
        let bits = bits("0123456789ab", Ground::default(), &spots);
        assert_eq!(shown(&bits), "01[1 23][1 2 4567]#1[2 89]#2ab");
        let graver = bits.iter().any(|bit| matches!(bit, Bit::Mark(m) if m.notes == "1 2" && m.class == "error fs"));
        assert!(graver, "{bits:?}");
    }

    #[test]
    fn a_number_waits_until_the_link_is_closed() {
        let ground = Ground { links: vec![(3..9, "https://a.example/".to_owned())], ..Ground::default() };
        let bits = bits("0123456789ab", ground, &[spot(1..5, 1, Severity::Info)]);
        assert_eq!(shown(&bits), "0[1 12]<a https://a.example/>[1 34]5678</a>#19ab");
    }

    #[test]
    fn only_pages_and_mail_addresses_are_followed() {
        for address in ["https://a.example/?q=1", "HTTP://a.example", "mailto:a@b.example"] {
            assert!(is_followed(address), "{address}");
        }
        for address in ["javascript:alert(1)", " java\nscript:x", "data:text/html,x", "/a", "#top", "https:\n//a"] {
            assert!(!is_followed(address), "{address}");
        }
        let ground = Ground { links: vec![(0..4, "javascript:alert(1)".to_owned())], ..Ground::default() };
        assert_eq!(shown(&bits("here", ground, &[])), "<b javascript:alert(1)>here</b>");
    }

    #[test]
    fn turning_characters_are_named_and_cites_set_back() {
        let ground =
            Ground { cites: vec![(4, "4".to_owned())], leftovers: Vec::from([8..9, 9..9]), ..Ground::default() };
        let prose = "ab\u{e9}\u{202e}cd";
        let bits = bits(prose, ground, &[spot(0..0, 1, Severity::Info)]);
        assert_eq!(shown(&bits), "#1abé^4<U+202E>c~d~");
    }
}
