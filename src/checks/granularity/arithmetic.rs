//! The arithmetic of whole numbers behind means, percentages and standard deviations.
//!
//! GRIM: Brown & Heathers, "The GRIM Test" (Social Psychological and Personality Science, 2017). GRIMMER: Anaya (2016)
//! in the analytic form of Allard (2018). DEBIT: Heathers & Brown (2019). Every value is taken as the interval of what
//! would print as written, half up and half to even both.

/// Half a unit of the last printed digit, and a little for binary fractions.
fn half(decimals: u8) -> f64 {
    0.5 * 10f64.powi(-i32::from(decimals)) + 1e-9
}

/// True when a mean or percentage can come from whole numbers: `n` people, `items` whole-number items each.
pub(super) fn grim(value: f64, decimals: u8, n: f64, items: f64, percent: bool) -> bool {
    let scale = if percent { 100.0 } else { 1.0 };
    let whole = n * items;
    // with so many people every printed value is possible
    if whole <= 0.0 || scale * 10f64.powi(i32::from(decimals)) <= whole {
        return true;
    }
    let middle = value * whole / scale;
    [middle.floor(), middle.ceil()].into_iter().any(|sum| (sum * scale / whole - value).abs() <= half(decimals))
}

/// True when a mean and standard deviation can come together from `n` people with `items` whole-number items each.
pub(super) fn grimmer(mean: (f64, u8), deviation: (f64, u8), n: f64, items: f64) -> bool {
    let (value, decimals) = mean;
    if !grim(value, decimals, n, items, false) {
        return false;
    }
    let (spread, digits) = deviation;
    if !(2.0..=1e6).contains(&n) || spread < 0.0 {
        return true;
    }
    let (low, high) = ((spread - half(digits)).max(0.0), spread + half(digits));
    let middle = value * n * items;
    let sums = [middle.floor(), middle.ceil()].into_iter();
    sums.filter(|sum| (sum / (n * items) - value).abs() <= half(decimals)).any(|sum| {
        // in units of one item: the sum of squares lies between these, and is odd exactly when the sum is
        let exact = sum / n;
        let square = |spread: f64| (n - 1.0) * (spread * items).powi(2) + n * exact * exact;
        let (from, to) = ((square(low) - 1e-7).ceil(), (square(high) + 1e-7).floor());
        if to < from {
            return false;
        }
        let odd = |number: f64| number.rem_euclid(2.0) == 1.0;
        to > from || odd(from) == odd(sum)
    })
}

/// True when a mean and standard deviation can come together from `n` answers of 0 or 1.
pub(super) fn debit(mean: (f64, u8), deviation: (f64, u8), n: f64) -> bool {
    let (value, decimals) = mean;
    let (spread, digits) = deviation;
    if !(0.0..=1.0).contains(&value) || n < 2.0 {
        return true;
    }
    let of = |share: f64| (n / (n - 1.0) * share * (1.0 - share)).max(0.0).sqrt();
    let (low, high) = ((value - half(decimals)).max(0.0), (value + half(decimals)).min(1.0));
    // the spread rises towards a half and falls behind it
    let top = if (low..=high).contains(&0.5) { of(0.5) } else { of(low).max(of(high)) };
    let bottom = of(low).min(of(high));
    bottom - half(digits) <= spread && spread <= top + half(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_people_give_only_some_values() {
        assert!(!grim(5.19, 2, 28.0, 1.0, false));
        assert!(grim(5.21, 2, 28.0, 1.0, false));
        assert!(!grim(67.0, 0, 11.0, 1.0, true));
        assert!(grim(73.0, 0, 11.0, 1.0, true));
        assert!(!grim(0.83, 2, 28.0, 2.0, false) && grim(0.82, 2, 28.0, 2.0, false));
    }

    #[test]
    fn a_spread_must_fit_its_mean() {
        // 1, 2, 3, 4, 5
        assert!(grimmer((3.00, 2), (1.58, 2), 5.0, 1.0));
        assert!(!grimmer((3.00, 2), (1.50, 2), 5.0, 1.0));
        // the example of Allard (2018)
        assert!(!grimmer((3.44, 2), (2.47, 2), 18.0, 1.0));
        assert!(!grimmer((5.19, 2), (1.20, 2), 28.0, 1.0), "a mean that fails fails with any spread");
    }

    #[test]
    fn answers_of_zero_and_one_fix_the_spread() {
        assert!(debit((0.53, 2), (0.50, 2), 1683.0));
        assert!(debit((0.44, 2), (0.50, 2), 1683.0));
        assert!(!debit((0.19, 2), (0.35, 2), 1683.0));
    }
}
