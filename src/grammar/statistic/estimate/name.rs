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

/// Names as written; those in lower case in any case. Longer ones go before those they begin with.
const NAMES: &[(&str, Measure)] = &[
    ("standardised mean difference", StandardisedDifference),
    ("standardized mean difference", StandardisedDifference),
    ("weighted mean difference", MeanDifference),
    ("mean difference", MeanDifference),
    ("mean change", MeanDifference),
    ("difference in means", MeanDifference),
    ("incidence rate ratio", RateRatio),
    ("rate ratio", RateRatio),
    ("odds ratio", OddsRatio),
    ("hazard ratio", HazardRatio),
    ("hazards ratio", HazardRatio),
    ("risk ratio", RiskRatio),
    ("relative risk reduction", RelativeReduction),
    ("relative risk", RiskRatio),
    ("absolute risk reduction", RiskDifference),
    ("absolute risk difference", RiskDifference),
    ("risk difference", RiskDifference),
    ("number needed to treat", NumberNeeded),
    ("number needed to harm", NumberNeeded),
    ("hedges' g", StandardisedDifference),
    ("hedges’ g", StandardisedDifference),
    ("hedges g", StandardisedDifference),
    ("cohen's d", StandardisedDifference),
    ("cohen’s d", StandardisedDifference),
    ("cohen d", StandardisedDifference),
    ("correlation", Correlation),
    ("mean", Mean),
    ("RRR", RelativeReduction),
    ("ARR", RiskDifference),
    ("NNTB", NumberNeeded),
    ("NNT", NumberNeeded),
    ("NNH", NumberNeeded),
    ("WMD", MeanDifference),
    ("SMD", StandardisedDifference),
    ("IRR", RateRatio),
    ("aRR", RiskRatio),
    ("aOR", OddsRatio),
    ("AOR", OddsRatio),
    ("aHR", HazardRatio),
    ("AHR", HazardRatio),
    ("RR", RiskRatio),
    ("OR", OddsRatio),
    ("HR", HazardRatio),
    ("RD", RiskDifference),
    ("MD", MeanDifference),
];

/// The name of a measure at the start of the input.
pub(super) fn name(input: &str) -> Read<'_, Measure> {
    let first = input.bytes().next().ok_or(NO)?.to_ascii_lowercase();
    for (name, measure) in NAMES {
        if name.bytes().next() != Some(first)
            && name.bytes().next().map(|byte| byte.to_ascii_lowercase()) != Some(first)
        {
            continue;
        }
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
