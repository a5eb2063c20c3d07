//! P-values recomputed from test statistics, and whether a printed p-value agrees with them.
//!
//! Takes a statistic as printed; gives the p-values of all statistics that print so. The distributions come from a
//! crate. Knows no text.

use super::{PValue, Relation, Statistic};
use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

/// What rounding in floating point may add.
const SLACK: f64 = 1e-9;

/// The side of .05 on which a result counts as significant; .05 itself does.
const ALPHA: f64 = 0.05;

/// P-values of the statistic as printed, and of the ends of the interval that prints so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Of the smaller statistic.
    pub high: f64,
    /// Of the statistic itself.
    pub point: f64,
    /// Of the larger statistic.
    pub low: f64,
}

impl Bounds {
    /// One tail of a two-tailed p-value.
    pub fn halved(self) -> Self {
        Self { high: self.high / 2.0, point: self.point / 2.0, low: self.low / 2.0 }
    }
}

/// The two-tailed p-value of a statistic; of one tail where the distribution has only one.
fn p_of(test: &str, df: &[f64], value: f64) -> Option<f64> {
    let size = value.abs();
    let first = df.first().copied();
    let p = match test {
        "t" => 2.0 * StudentsT::new(0.0, 1.0, first?).ok()?.sf(size),
        "r" => {
            let df = first?;
            if size > 1.0 || df <= 0.0 {
                return None;
            }
            if size == 1.0 {
                return Some(0.0);
            }
            let t = size * (df / (1.0 - size * size)).sqrt();
            2.0 * StudentsT::new(0.0, 1.0, df).ok()?.sf(t)
        }
        "z" => 2.0 * Normal::standard().sf(size),
        "F" => {
            if value < 0.0 {
                return None;
            }
            FisherSnedecor::new(first?, *df.get(1)?).ok()?.sf(value)
        }
        "chi2" | "Q" => {
            if value < 0.0 {
                return None;
            }
            ChiSquared::new(first?).ok()?.sf(value)
        }
        _ => return None,
    };
    p.is_finite().then_some(p.clamp(0.0, 1.0))
}

/// The p-values of all statistics that print as this one does.
pub fn bounds(statistic: &Statistic) -> Option<Bounds> {
    let half = 0.5 * 10_f64.powi(-i32::from(statistic.decimals));
    let size = statistic.value.abs();
    let least = (size - half).max(0.0);
    let most = if statistic.test == "r" { (size + half).min(1.0) } else { size + half };
    let of = |value: f64| p_of(statistic.test, &statistic.df, value);
    // a negative F or a correlation above 1 has no p-value at all
    let point = of(statistic.value)?;
    Some(Bounds { high: of(least)?, point, low: of(most)? })
}

/// True when a printed p-value agrees with the recomputed ones.
pub fn agrees(relation: Relation, bounds: &Bounds, p: &PValue) -> bool {
    let half = 0.5 * 10_f64.powi(-i32::from(p.decimals)) + SLACK;
    let printed = if p.relation == Relation::NotSignificant { ALPHA } else { p.value };
    // no p-value is zero, and none is above one
    if p.relation != Relation::NotSignificant && p.value <= 0.0 || printed > 1.0 {
        return false;
    }
    let exact = p.relation == Relation::Equal;
    let above = matches!(p.relation, Relation::Greater | Relation::NotSignificant);
    match relation {
        // the statistic is smaller than printed: its p-value is above the recomputed one
        Relation::Less if exact => printed >= bounds.low - half,
        Relation::Less => above || printed > bounds.low,
        Relation::Greater if exact => printed <= bounds.high + half,
        Relation::Greater => !above || printed < bounds.high,
        _ if exact => (bounds.low - half..=bounds.high + half).contains(&printed),
        _ if above => printed <= bounds.high + SLACK,
        _ => printed >= bounds.low - SLACK,
    }
}

/// True when the printed and the recomputed p-value lie on different sides of .05: the value of the statistic as
/// printed decides, as in statcheck.
fn decides_otherwise(relation: Relation, bounds: &Bounds, p: &PValue) -> bool {
    let surely_significant = bounds.point <= ALPHA && relation != Relation::Less;
    let surely_not = bounds.point > ALPHA && relation != Relation::Greater;
    match p.relation {
        Relation::Equal if p.value <= ALPHA => surely_not,
        Relation::Less => p.value <= ALPHA && surely_not,
        Relation::Equal => surely_significant,
        Relation::Greater => p.value >= ALPHA && surely_significant,
        Relation::NotSignificant => surely_significant,
    }
}

/// Fills in what follows from a statistic.
pub fn complete(statistic: &mut Statistic) {
    let Some(bounds) = bounds(statistic) else { return };
    statistic.recomputed = Some(bounds.point);
    let Some(p) = &statistic.p else { return };
    let consistent = agrees(statistic.relation, &bounds, p);
    statistic.consistent = Some(consistent);
    statistic.decision_error = Some(!consistent && decides_otherwise(statistic.relation, &bounds, p));
}
