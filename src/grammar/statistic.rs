//! Reported test statistics, estimates with intervals, means with spread, and the p-values recomputed from them.
//!
//! Takes text; gives what is printed with byte ranges of that text, in order. Decides whether a p-value follows from
//! its statistic as statcheck does (Nuijten et al. 2016): within the rounding of both. Knows no rule.
//!
//! ```text
//! statistic = test [df] relation number {"," effect} ["," p]    (statistic/test.rs)
//! p         = ("p" | "P") relation number | "ns"                (statistic/report.rs)
//! estimate  = [name] [number] ["(" level "CI" bounds ")"] [p]   (statistic/estimate.rs)
//! summary   = "mean" number "±" number | number "(SD" number ")" | "median" number "(IQR" bounds ")"
//! ```

mod estimate;
mod recompute;
mod report;
mod summary;
mod test;

pub use estimate::{Estimate, Interval, Measure, estimates, intervals};
pub use report::p_values;
pub use summary::{Centre, Spread, Summary, summaries};
pub use test::statistics;

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
    /// How the statistic is given (`t(28) < 1`); never `NotSignificant`.
    pub relation: Relation,
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

impl Statistic {
    /// Moves the ranges by an offset.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.range = self.range.start + by..self.range.end + by;
        if let Some(p) = &mut self.p {
            p.range = p.range.start + by..p.range.end + by;
        }
        self
    }

    /// True when half the two-tailed p-value agrees with what is printed: what a one-tailed test explains.
    pub fn agrees_one_tailed(&self) -> bool {
        self.p.as_ref().is_some_and(|p| {
            recompute::bounds(self).is_some_and(|bounds| {
                !matches!(self.test, "F" | "chi2" | "Q") && recompute::agrees(self.relation, &bounds.halved(), p)
            })
        })
    }
}

#[cfg(test)]
mod tests;
