//! Reported test statistics, estimates with intervals, and the p-values recomputed from them.

use std::ops::Range;

/// Relation between a p-value and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `p = .03`
    Equal,
    /// `p < .05`
    Less,
    /// `p > .05`
    Greater,
    /// `ns`: not significant, no number.
    NotSignificant,
}

impl Relation {
    /// `=`, `<`, `>` or `ns`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::Greater => ">",
            Self::NotSignificant => "ns",
        }
    }
}

/// A reported p-value.
#[derive(Clone, Debug, PartialEq)]
pub struct PValue {
    /// How the number is meant.
    pub relation: Relation,
    /// The number (0 for `ns`).
    pub value: f64,
    /// Digits printed behind the decimal point.
    pub decimals: u8,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// A test statistic with its p-value.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// `t`, `F`, `r`, `chi2`, `z` or `Q`.
    pub test: &'static str,
    /// Degrees of freedom as printed.
    pub df: Vec<f64>,
    /// The statistic.
    pub value: f64,
    /// Digits printed behind its decimal point.
    pub decimals: u8,
    /// The p-value, when one is printed with it.
    pub p: Option<PValue>,
    /// Two-tailed p-value recomputed from the statistic as printed; `None` when it cannot be.
    pub recomputed: Option<f64>,
    /// True when the printed p-value agrees with the statistic within the rounding of both; `None` when nothing was
    /// recomputed.
    pub consistent: Option<bool>,
    /// True when printed and recomputed p-value lie on different sides of .05.
    pub decision_error: Option<bool>,
    /// Bytes of the text.
    pub range: Range<usize>,
}
