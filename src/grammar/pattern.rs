//! The phrase language of the rule files, and the machine that finds phrases in a statement.

use std::ops::Range;

/// Number of a compiled phrase in its [`PatternSet`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatternId(pub u32);

/// A phrase found in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which phrase.
    pub pattern: PatternId,
    /// Words of the statement.
    pub words: Range<usize>,
    /// Captures by name (`name:(...)`) and, named after their kind or class, the quantities and entities that
    /// placeholders took: words of the statement.
    pub captures: Vec<(std::sync::Arc<str>, Range<usize>)>,
}
