//! The place of each plain-text item in its list.
//!
//! Takes items in order, with indent and marker; gives list, ordinal and depth. Knows nothing of what they say.

use super::marker::{Family, Marker};
use crate::document::{BlockId, ListPlace};

/// The lists that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    /// How many lists there were so far.
    count: usize,
    /// True when something that is no item has come since the last item.
    interrupted: bool,
}

#[derive(Debug)]
struct Open {
    indent: usize,
    list: usize,
    next: usize,
    family: Family,
    value: u32,
    lead: Option<BlockId>,
}

impl Lists {
    /// A heading ends all lists.
    pub(super) fn end(&mut self) {
        self.open.clear();
    }

    /// A paragraph ends lists of bullets; a numbered list goes on behind it when the next number fits.
    pub(super) const fn interrupt(&mut self) {
        self.interrupted = true;
    }

    /// The place of the next item. `before`: the block before it.
    pub(super) fn place(&mut self, indent: usize, marker: Marker, before: Option<BlockId>) -> ListPlace {
        let interrupted = std::mem::take(&mut self.interrupted);
        while self.open.len() > 1 && self.open.last().is_some_and(|open| indent < open.indent) {
            self.open.pop();
        }
        if let Some(at) = self.open.iter().rposition(|open| open.goes_on(indent, marker, interrupted)) {
            self.open.truncate(at + 1);
        } else {
            if interrupted {
                self.open.clear();
            }
            let nested = self.open.last().is_some_and(|open| indent > open.indent || open.changes(marker));
            if !nested {
                self.open.pop();
            }
            let lead = before.filter(|_| nested || interrupted || self.count == 0 || self.open.is_empty());
            let value = marker.value.saturating_sub(1);
            self.open.push(Open { indent, list: self.count, next: 0, family: marker.family, value, lead });
            self.count += 1;
        }
        let depth = u8::try_from(self.open.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let ordered = marker.family.is_ordered();
        let Some(open) = self.open.last_mut() else {
            return ListPlace { list: 0, ordinal: 0, depth: 0, ordered, lead: before };
        };
        let ordinal = open.next;
        open.next += 1;
        open.value = marker.value;
        ListPlace { list: open.list, ordinal, depth, ordered, lead: open.lead }
    }
}

impl Open {
    /// True when an item with this marker is the next of the list.
    fn goes_on(&self, indent: usize, marker: Marker, interrupted: bool) -> bool {
        let near = indent.abs_diff(self.indent) < 2;
        match marker.family {
            Family::Bullet(_) => near && self.family == marker.family && !interrupted,
            _ => {
                near && self.family == marker.family
                    && marker.value > self.value
                    && (!interrupted || marker.value == self.value + 1)
            }
        }
    }

    /// True when bullets follow numbers or letters follow numbers: a list inside the item.
    fn changes(&self, marker: Marker) -> bool {
        matches!(
            (self.family, marker.family),
            (Family::Number(_), Family::Bullet(_) | Family::Letter(_))
                | (Family::Letter(_), Family::Bullet(_) | Family::Number(_))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::marker::at_start;
    use super::*;

    fn places(lines: &[&str]) -> Vec<(usize, usize, u8)> {
        let mut lists = Lists::default();
        let mut found = Vec::new();
        for line in lines {
            let kept = line.trim_start();
            match at_start(kept) {
                Some(marker) => {
                    let place = lists.place(line.len() - kept.len(), marker, None);
                    found.push((place.list, place.ordinal, place.depth));
                }
                None => lists.interrupt(),
            }
        }
        found
    }

    #[test]
    fn items_nest_by_indent_and_by_kind() {
        assert_eq!(places(&["- a", "- b", "  - c", "- d"]), [(0, 0, 0), (0, 1, 0), (1, 0, 1), (0, 2, 0)]);
        assert_eq!(places(&["1. a", "• b", "• c", "2. d"]), [(0, 0, 0), (1, 0, 1), (1, 1, 1), (0, 1, 0)]);
    }

    #[test]
    fn a_paragraph_ends_bullets_but_not_counting() {
        assert_eq!(places(&["- a", "text", "- b"]), [(0, 0, 0), (1, 0, 0)]);
        assert_eq!(places(&["1. a", "text", "2. b", "text", "1. c"]), [(0, 0, 0), (0, 1, 0), (1, 0, 0)]);
    }
}
