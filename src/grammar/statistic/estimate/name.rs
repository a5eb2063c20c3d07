//! Names of measures: "hazard ratio", "OR", "Cohen's d".
//!
//! Takes the text from the first letter on; gives the measure. The abbreviations count in capitals only.

use super::Measure;
use super::NO;
use crate::grammar::number::Read;
use Measure::{
    Correlation, HazardRatio, Mean, MeanDifference, NumberNeeded, OddsRatio, RateRatio, RelativeReduction,
    RiskDifference, RiskRatio, StandardisedDifference,
};

/// Names that begin with a letter, as written; those in lower case in any case. Longer ones go before those they begin
/// with.
const fn names(first: u8) -> &'static [(&'static str, Measure)] {
    match first {
        b'a' => &[
            ("absolute risk reduction", RiskDifference),
            ("absolute risk difference", RiskDifference),
            ("ARR", RiskDifference),
            ("aRR", RiskRatio),
            ("aOR", OddsRatio),
            ("AOR", OddsRatio),
            ("aHR", HazardRatio),
            ("AHR", HazardRatio),
        ],
        b'c' => &[
            ("cohen's d", StandardisedDifference),
            ("cohen’s d", StandardisedDifference),
            ("cohen d", StandardisedDifference),
            ("correlation", Correlation),
        ],
        b'd' => &[("difference in means", MeanDifference)],
        b'h' => &[
            ("hazard ratio", HazardRatio),
            ("hazards ratio", HazardRatio),
            ("hedges' g", StandardisedDifference),
            ("hedges’ g", StandardisedDifference),
            ("hedges g", StandardisedDifference),
            ("HR", HazardRatio),
        ],
        b'i' => &[("incidence rate ratio", RateRatio), ("IRR", RateRatio)],
        b'm' => &[
            ("mean difference", MeanDifference),
            ("mean change", MeanDifference),
            ("mean", Mean),
            ("MD", MeanDifference),
        ],
        b'n' => &[
            ("number needed to treat", NumberNeeded),
            ("number needed to harm", NumberNeeded),
            ("NNTB", NumberNeeded),
            ("NNT", NumberNeeded),
            ("NNH", NumberNeeded),
        ],
        b'o' => &[("odds ratio", OddsRatio), ("OR", OddsRatio)],
        b'r' => &[
            ("rate ratio", RateRatio),
            ("risk ratio", RiskRatio),
            ("relative risk reduction", RelativeReduction),
            ("relative risk", RiskRatio),
            ("risk difference", RiskDifference),
            ("RRR", RelativeReduction),
            ("RR", RiskRatio),
            ("RD", RiskDifference),
        ],
        b's' => &[
            ("standardised mean difference", StandardisedDifference),
            ("standardized mean difference", StandardisedDifference),
            ("SMD", StandardisedDifference),
        ],
        b'w' => &[("weighted mean difference", MeanDifference), ("WMD", MeanDifference)],
        _ => &[],
    }
}

/// The name of a measure at the start of the input.
pub(super) fn name(input: &str) -> Read<'_, Measure> {
    let first = input.bytes().next().ok_or(NO)?.to_ascii_lowercase();
    for (name, measure) in names(first) {
        let abbreviated = name.bytes().any(|byte| byte.is_ascii_uppercase());
        let Some(head) = input.get(..name.len()) else { continue };
        let same = if abbreviated { head == *name } else { head.eq_ignore_ascii_case(name) };
        let rest = input.get(name.len()..).unwrap_or_default();
        let rest = if abbreviated { rest } else { rest.strip_prefix('s').unwrap_or(rest) };
        if same && !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_') {
            return Ok((rest, *measure));
        }
    }
    Err(NO)
}
