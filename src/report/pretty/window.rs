//! The pieces of a source that a finding shows: of a long line only what stands around a label, with `…` where it is cut.
//!
//! Takes a source and labels; is the source that miette draws from. Labels that have room side by side share a piece.
//! Offsets stay those of the file: a mark of omission takes the place of bytes that it stands for.

use crate::source::{Source, Span};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Lines from the first to the last label of one piece at most.
const LINES: usize = 8;

/// How far a cut is moved to fall between words, in bytes.
const WORD: usize = 16;

/// Stands for what is cut off.
const OMITTED: &str = "…";

/// Line ends and other white space that would break the drawing are no part of a line.
const BREAKS: [char; 2] = ['\r', '\n'];

/// What is shown of one source.
#[derive(Debug)]
pub(super) struct Window<'s> {
    source: &'s Source,
    pieces: Vec<Piece>,
    /// Bytes of a line shown at most.
    room: usize,
}

/// Some lines, or a part of one, as shown.
#[derive(Debug)]
struct Piece {
    /// The labels in it.
    labels: Span,
    /// Offset of the first byte of `text` in the file.
    offset: usize,
    text: String,
}

impl<'s> Window<'s> {
    /// `width`: columns of the terminal.
    pub(super) fn new(source: &'s Source, labels: &[Span], width: usize) -> Self {
        let mut window = Self { source, pieces: Vec::new(), room: width.saturating_sub(12).max(40) };
        let mut labels: Vec<Span> = labels.iter().map(|span| window.shown(*span)).collect();
        labels.sort_by_key(|span| (span.start, span.end));
        let mut hulls: Vec<Span> = Vec::new();
        for label in labels {
            match hulls.last_mut() {
                Some(hull) if window.holds(Span::new(hull.start, hull.end.max(label.end))) => {
                    *hull = Span::new(hull.start, hull.end.max(label.end));
                }
                _ => hulls.push(label),
            }
        }
        window.pieces = hulls.into_iter().map(|hull| window.piece(hull)).collect();
        window
    }

    /// The part of a label that is shown: what has room of its first line.
    pub(super) fn shown(&self, span: Span) -> Span {
        let text = self.source.slice(span);
        let line = text.find(BREAKS).unwrap_or(text.len());
        let end = line.min(self.room.saturating_sub(8));
        let end = (end..=line).find(|at| text.is_char_boundary(*at)).unwrap_or(line);
        Span::new(span.start, span.start + end)
    }

    /// The line, or lines, that a span lies in, without the last line's end.
    fn lines(&self, span: Span) -> Span {
        let text = self.source.text();
        let start = text.get(..span.start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
        let end = text.get(span.end..).and_then(|tail| tail.find(BREAKS)).map_or(text.len(), |at| span.end + at);
        Span::new(start, end.max(span.end))
    }

    /// True when the labels in a hull have room in one piece.
    fn holds(&self, hull: Span) -> bool {
        let lines = self.source.slice(self.lines(hull));
        match self.source.slice(hull).matches('\n').count() {
            0 => hull.len() + WORD <= self.room,
            more => more < LINES && lines.lines().all(|line| line.len() <= self.room),
        }
    }

    fn piece(&self, labels: Span) -> Piece {
        let lines = self.lines(labels);
        if self.source.slice(labels).contains('\n') || lines.len() <= self.room {
            return Piece { labels, offset: lines.start, text: self.source.slice(lines).to_owned() };
        }
        let text = self.source.text();
        let boundary = |at: &usize| text.is_char_boundary(*at);
        let space = |at: &usize| {
            boundary(at) && text.get(..*at).and_then(|head| head.chars().next_back()).is_some_and(char::is_whitespace)
        };
        let free = self.room.saturating_sub(labels.len());
        let before = labels.start - lines.start;
        let after = lines.end - labels.end;
        let left = before.min((free / 2).max(free.saturating_sub(after)));
        let right = after.min(free - left);

        let least = labels.start - left;
        let from = (least..labels.start.min(least + WORD)).find(space);
        let from = from.or_else(|| (least..=labels.start).find(boundary)).unwrap_or(labels.start);
        let cut = from > lines.start + OMITTED.len();
        let from = if cut { from } else { lines.start };

        let most = labels.end + right;
        let to = ((labels.end + 1).max(most.saturating_sub(WORD))..=most).rev().find(space);
        let to = if most == lines.end { Some(most) } else { to };
        let to = to.or_else(|| (labels.end..=most).rev().find(boundary)).unwrap_or(labels.end);

        let mut shown = String::with_capacity(to - from + 2 * OMITTED.len());
        shown.push_str(if cut { OMITTED } else { "" });
        shown.push_str(self.source.slice(Span::new(from, to)));
        shown.push_str(if to < lines.end { OMITTED } else { "" });
        Piece { labels, offset: if cut { from - OMITTED.len() } else { from }, text: shown }
    }
}

impl SourceCode for Window<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let asked = Span::new(span.offset(), span.offset() + span.len());
        let piece = self.pieces.iter().find(|piece| piece.labels.contains(asked)).ok_or(MietteError::OutOfBounds)?;
        // without lines around it the place of a label is asked for, with them the text to draw
        let (offset, text) = match (before, after) {
            (0, 0) => (asked.start, self.source.slice(asked)),
            _ => (piece.offset, piece.text.as_str()),
        };
        let start = self.source.position(offset);
        Ok(Box::new(MietteSpanContents::new_named(
            self.source.path().to_string(),
            text.as_bytes(),
            SourceSpan::new(offset.into(), text.len()),
            start.line - 1,
            start.column - 1,
            text.matches('\n').count() + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn shown(text: &str, labels: &[&str], width: usize) -> Vec<String> {
        let source = Source::new("a.md", text, Format::Markdown);
        let spans: Vec<Span> = labels
            .iter()
            .map(|label| {
                let at = text.find(label).unwrap();
                Span::new(at, at + label.len())
            })
            .collect();
        let window = Window::new(&source, &spans, width);
        for span in &spans {
            let span = window.shown(*span);
            let read = window.read_span(&(span.start, span.len()).into(), 1, 1).unwrap();
            let at = span.start - read.span().offset();
            let data = std::str::from_utf8(read.data()).unwrap();
            assert_eq!(&data[at..at + span.len()], source.slice(span), "the label points at its words");
        }
        window.pieces.iter().map(|piece| piece.text.clone()).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(shown("One.\nTwo words.\nThree.", &["words"], 80), ["Two words."]);
    }

    #[test]
    fn a_long_line_is_cut_between_words_on_both_sides() {
        let long = format!("{} here {}", "left ".repeat(40).trim_end(), "right ".repeat(40).trim_end());
        let pieces = shown(&long, &["here"], 60);
        assert_eq!(pieces, ["…left left left left here right right right …"]);
    }

    #[test]
    fn labels_far_apart_are_shown_apart_and_near_ones_together() {
        let far = format!("first {} second", "and ".repeat(60));
        assert_eq!(shown(&far, &["first", "second"], 80).len(), 2);
        assert_eq!(shown("first and second", &["first", "second"], 80).len(), 1);
        assert_eq!(shown("first\nand\nsecond", &["first", "second"], 80), ["first\nand\nsecond"]);
    }

    #[test]
    fn no_text_is_cut_inside_a_character() {
        let long = "ä–µ—“é”…".repeat(60) + "x" + &"ä–µ—“é”…".repeat(60);
        for width in 60..80 {
            assert_eq!(shown(&long, &["x"], width).len(), 1);
        }
    }
}
