//! Which of many spans touch another, without looking at all of them.

use crate::source::Span;

/// Spans in which those that touch another are found without looking at all of them.
pub(super) struct Spans {
    /// Span and index, in order.
    all: Vec<(Span, usize)>,
    /// For each the furthest end of it and those before it.
    furthest: Vec<usize>,
}

impl Spans {
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut all: Vec<(Span, usize)> = spans.enumerate().map(|(index, span)| (span, index)).collect();
        all.sort_unstable();
        let mut end = 0;
        let furthest = all.iter().map(|(span, _)| {
            end = end.max(span.end);
            end
        });
        Self { furthest: furthest.collect(), all }
    }

    /// Those that share a byte with a span, in order.
    pub(super) fn touching(&self, span: Span) -> impl Iterator<Item = usize> {
        let first = self.furthest.partition_point(|end| *end <= span.start);
        let reached = self.all.iter().skip(first).take_while(move |(own, _)| own.start < span.end);
        reached.filter(move |(own, _)| own.overlaps(span)).map(|(_, index)| *index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_are_found_where_some_lie_in_others() {
        let spans = [(0, 5), (0, 40), (10, 12), (12, 20), (50, 60)];
        let spans = Spans::new(spans.into_iter().map(|(start, end)| Span::new(start, end)));
        let touching = |start: usize, end: usize| spans.touching(Span::new(start, end)).collect::<Vec<_>>();
        assert_eq!(touching(11, 13), [1, 2, 3]);
        assert_eq!(touching(4, 5), [0, 1]);
        assert_eq!(touching(40, 50), [0_usize; 0]);
        assert_eq!(touching(45, 70), [4]);
    }
}
