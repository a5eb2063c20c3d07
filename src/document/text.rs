//! Prose that knows where in the source it stands.
//!
//! Takes pieces of text with their source; answers in both directions. Knows no block and no format.

use crate::source::Span;
use std::ops::Range;

/// Prose whose every byte knows where it came from.
///
/// The text is a list of runs in ascending order; between runs of equal length bytes map one to one, a run whose
/// text differs from its source (an entity, a soft break) maps to its edges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    string: String,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Offset in the text.
    at: usize,
    /// Length in the text.
    len: usize,
    /// The bytes of the source it stands for.
    source: Span,
}

impl Text {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends `text`, which stands for `source`. Adjacent one-to-one runs are joined.
    pub fn push(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let at = self.string.len();
        self.string.push_str(text);
        if let Some(last) = self.runs.last_mut()
            && last.len == last.source.len()
            && text.len() == source.len()
            && last.source.end == source.start
        {
            last.len += text.len();
            last.source.end = source.end;
            return;
        }
        self.runs.push(Run { at, len: text.len(), source });
    }

    /// Moves all sources `by` bytes towards the end of the file: for prose read from a part of it.
    pub fn shift(&mut self, by: usize) {
        for run in &mut self.runs {
            run.source = Span::new(run.source.start + by, run.source.end + by);
        }
    }

    /// The prose.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// True when there is no prose.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The source bytes of a byte range of the prose, markup between its ends included. An empty range gives an
    /// empty span at its place; a range past the end is cut.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_of(range.start, false);
        if range.end <= range.start {
            return Span::new(start, start);
        }
        Span::new(start, self.source_of(range.end, true).max(start))
    }

    /// Offset in the source of an offset in the text. `closing`: the offset ends a range, so it belongs to the run
    /// before it.
    fn source_of(&self, at: usize, closing: bool) -> usize {
        let after = if closing {
            self.runs.partition_point(|run| run.at < at)
        } else {
            self.runs.partition_point(|run| run.at <= at)
        };
        let Some(run) = after.checked_sub(1).and_then(|index| self.runs.get(index)) else {
            return self.runs.first().map_or(0, |run| run.source.start);
        };
        let inside = at - run.at;
        if inside >= run.len {
            run.source.end
        } else if run.len == run.source.len() {
            run.source.start + inside
        } else if closing && inside > 0 {
            run.source.end
        } else {
            run.source.start
        }
    }

    /// The range of the prose that stands for source bytes inside `span`; `None` when none does.
    pub fn range_of(&self, span: Span) -> Option<Range<usize>> {
        let mut found: Option<Range<usize>> = None;
        let first = self.runs.partition_point(|run| run.source.end <= span.start);
        for run in self.runs.iter().skip(first).take_while(|run| run.source.start < span.end) {
            let (start, end) = if run.len == run.source.len() {
                let start = span.start.saturating_sub(run.source.start);
                let end = run.len - run.source.end.saturating_sub(span.end);
                (run.at + start, run.at + end)
            } else {
                (run.at, run.at + run.len)
            };
            found = Some(found.map_or(start..end, |range| range.start..end));
        }
        found
    }

    /// Takes a byte range out of the prose, so that what stands around it is joined. The range must lie on
    /// character boundaries; otherwise nothing happens.
    pub fn cut(&mut self, range: Range<usize>) {
        self.cut_all(&[range]);
    }

    /// Takes byte ranges out of the prose in one pass. They must be in ascending order and on character boundaries;
    /// one that is not, or that overlaps the one before it, is left in.
    pub fn cut_all(&mut self, ranges: &[Range<usize>]) {
        let mut last = 0;
        let cuts: Vec<Range<usize>> = ranges
            .iter()
            .filter(|range| {
                let fits =
                    last <= range.start && range.start < range.end && self.string.get((*range).clone()).is_some();
                last = if fits { range.end } else { last };
                fits
            })
            .cloned()
            .collect();
        let mut kept = Self::new();
        let runs = std::mem::take(&mut self.runs);
        let string = std::mem::take(&mut self.string);
        let mut first = 0;
        for run in runs {
            let (mut at, end) = (run.at, run.at + run.len);
            first += cuts.iter().skip(first).take_while(|cut| cut.end <= at).count();
            let within = cuts.iter().skip(first).take_while(|cut| cut.start < end);
            for cut in within.cloned().chain(std::iter::once(end..end)) {
                let piece = at..cut.start.min(end);
                at = at.max(cut.end);
                if piece.start >= piece.end {
                    continue;
                }
                let source = if run.len == run.source.len() {
                    Span::new(run.source.start + piece.start - run.at, run.source.start + piece.end - run.at)
                } else {
                    run.source
                };
                kept.push(string.get(piece).unwrap_or_default(), source);
            }
        }
        *self = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Text {
        // source: `a **b**&nbsp;cd`
        let mut text = Text::new();
        text.push("a ", Span::new(0, 2));
        text.push("b", Span::new(4, 5));
        text.push("\u{a0}", Span::new(7, 13));
        text.push("cd", Span::new(13, 15));
        text
    }

    #[test]
    fn a_range_maps_over_markup_and_entities() {
        let text = sample();
        assert_eq!(text.as_str(), "a b\u{a0}cd");
        assert_eq!(text.span(0..3), Span::new(0, 5));
        assert_eq!(text.span(2..5), Span::new(4, 13));
        assert_eq!(text.span(3..6), Span::new(7, 14));
        assert_eq!(text.span(6..7), Span::new(14, 15));
        assert_eq!(text.range_of(Span::new(4, 5)), Some(2..3));
        assert_eq!(text.range_of(Span::new(8, 9)), Some(3..5));
        assert_eq!(text.range_of(Span::new(2, 4)), None);
    }

    #[test]
    fn a_cut_joins_what_stands_around_it() {
        let mut text = sample();
        text.cut(1..5);
        assert_eq!(text.as_str(), "acd");
        assert_eq!(text.span(0..2), Span::new(0, 14));
        assert_eq!(text.span(1..3), Span::new(13, 15));
        let mut text = sample();
        text.cut_all(&[0..1, 2..3, 2..4, 4..5, 6..7]);
        assert_eq!(text.as_str(), " \u{a0}c");
        assert_eq!(text.span(1..4), Span::new(7, 14));
    }
}
