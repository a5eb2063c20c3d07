//! Regimens: how much, how often and for how long.
//!
//! Takes the quantities of a text; gives which dose goes with which frequency and duration, and what that makes a
//! day. Reads no number itself and compares nothing.

use super::quantity::{Bound, Quantity, QuantityKind};

/// A dose with its schedule; the numbers index the quantities that were given.
#[derive(Clone, Debug, PartialEq)]
pub struct Regimen {
    /// The dose.
    pub dose: usize,
    /// How often.
    pub frequency: Option<usize>,
    /// For how long.
    pub duration: Option<usize>,
    /// The lowest and the highest amount a day, in the unit of the dose ("g", "IU", "tablet"), where it can be known.
    pub daily: Option<(f64, f64)>,
}

/// How far apart, in bytes, the parts of one regimen may stand.
const REACH: usize = 60;

/// The regimens of a text, in order of their doses.
pub fn regimens(text: &str, quantities: &[Quantity]) -> Vec<Regimen> {
    let mut found = Vec::new();
    for (at, dose) in quantities.iter().enumerate().filter(|(_, quantity)| is_dose(quantity)) {
        let mut regimen = Regimen { dose: at, frequency: None, duration: None, daily: None };
        let mut end = dose.range.end;
        for (next, quantity) in quantities.iter().enumerate().skip(at + 1) {
            let between = text.get(end..quantity.range.start).unwrap_or_default();
            if between.len() > REACH || between.contains([';', '\n', '(']) || ends_sentence(between) {
                break;
            }
            match quantity.kind {
                QuantityKind::Frequency if regimen.frequency.is_none() => regimen.frequency = Some(next),
                QuantityKind::Duration if regimen.duration.is_none() && lasts(between) => regimen.duration = Some(next),
                // a strength ("2 tablets of 500 mg") may stand between; another dose begins another regimen
                _ if is_dose(quantity) && (is_counted(dose) == is_counted(quantity) || regimen.frequency.is_some()) => {
                    break;
                }
                _ => {}
            }
            end = quantity.range.end;
        }
        regimen.daily = daily(dose, regimen.frequency.and_then(|frequency| quantities.get(frequency)));
        found.push(regimen);
    }
    found
}

fn is_dose(quantity: &Quantity) -> bool {
    matches!(quantity.kind, QuantityKind::Dose | QuantityKind::Mass | QuantityKind::Volume)
}

fn is_counted(quantity: &Quantity) -> bool {
    quantity.unit == quantity.printed_unit
}

fn ends_sentence(between: &str) -> bool {
    between.contains(['?', '!']) || between.contains(". ")
}

fn lasts(between: &str) -> bool {
    between
        .trim_end()
        .rsplit(|letter: char| !letter.is_alphanumeric())
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("for") || word.eq_ignore_ascii_case("over"))
}

/// The amount a day: of a dose that says so itself ("g/d"), or times its frequency.
fn daily(dose: &Quantity, frequency: Option<&Quantity>) -> Option<(f64, f64)> {
    let per_day = dose.unit.as_deref().is_some_and(|unit| unit.ends_with("/d"));
    if per_day {
        return Some((dose.low, dose.high));
    }
    let frequency = frequency.filter(|frequency| !frequency.fuzzy && frequency.bound != Bound::AtLeast)?;
    Some((dose.low * frequency.low, dose.high * frequency.high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::quantity::{Units, quantities};
    use crate::lexicon::{Data, Lexicon};

    /// Dose, times a day, seconds, highest amount a day.
    type Row = (f64, Option<f64>, Option<f64>, Option<f64>);

    fn read(text: &str) -> Vec<Row> {
        let data: Data = toml::from_str(include_str!("../../rules/lexicon/units.toml")).unwrap();
        let found = quantities(text, &Units::of(&Lexicon::new(data).unwrap()));
        let value = |at: Option<usize>| at.map(|at| found[at].low);
        let round = |value: f64| (value * 1e6).round() / 1e6;
        regimens(text, &found)
            .iter()
            .map(|one| {
                (found[one.dose].low, value(one.frequency), value(one.duration), one.daily.map(|daily| round(daily.1)))
            })
            .collect()
    }

    const DAY: f64 = 86400.0;

    #[test]
    fn dose_frequency_and_duration_go_together() {
        assert_eq!(read("300 mg twice daily for 10 days"), [(0.3, Some(2.0), Some(10.0 * DAY), Some(0.6))]);
        assert_eq!(read("Take 2 capsules by mouth every 8 hours"), [(2.0, Some(3.0), None, Some(6.0))]);
        assert_eq!(read("one puff q6h for 2 weeks"), [(1.0, Some(4.0), Some(14.0 * DAY), Some(4.0))]);
        assert_eq!(read("2 g/day"), [(2.0, None, None, Some(2.0))]);
    }

    #[test]
    fn the_next_sentence_is_another_regimen() {
        assert_eq!(read("Take 5 mg. Come back in 3 days."), [(0.005, None, None, None)]);
        assert_eq!(
            read("300 mg twice daily (900 mg a day)"),
            [(0.3, Some(2.0), None, Some(0.6)), (0.9, None, None, Some(0.9))]
        );
        assert_eq!(
            read("5 mg once daily, then 10 mg twice daily"),
            [(0.005, Some(1.0), None, Some(0.005)), (0.01, Some(2.0), None, Some(0.02))]
        );
    }
}
