//! Where the phrases of an article stand, so that a rule looks at the statements that concern it.
//!
//! Takes statements with the phrases found in them; gives the statements that hold some phrases. Knows no rule.

use super::Statement;
use crate::grammar::pattern::PatternId;

/// The statements of an article by the phrases found in them.
#[derive(Clone, Debug, Default)]
pub struct Index(Vec<(PatternId, usize)>);

impl Index {
    /// Of the statements of an article.
    pub fn new(statements: &[Statement]) -> Self {
        let places = statements.iter().enumerate();
        let mut all: Vec<(PatternId, usize)> =
            places.flat_map(|(at, statement)| statement.matches.iter().map(move |found| (found.pattern, at))).collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Places of the statements in which a phrase from one to another, both included, stands; by phrase, then by
    /// place.
    pub fn holding(&self, first: PatternId, last: PatternId) -> impl Iterator<Item = usize> + '_ {
        let start = self.0.partition_point(|(pattern, _)| *pattern < first);
        let behind = self.0.get(start..).unwrap_or_default();
        behind.iter().take_while(move |(pattern, _)| *pattern <= last).map(|(_, at)| *at)
    }
}
