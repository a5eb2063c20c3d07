//! Means and medians as printed.

use super::*;

fn only(text: &str) -> Summary {
    let mut found = summaries(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn means_with_deviations() {
    for text in [
        "mean (SD) 3.45 (1.20), n = 28",
        "M = 3.45, SD = 1.20 (n = 28)",
        "a mean score of 3.45 (SD 1.20; n=28)",
        "mean ± SD was 3.45 ± 1.20 (N = 28)",
        "(n = 28) mean age 3.45 years (SD, 1.20)",
    ] {
        let found = only(text);
        assert_eq!((found.centre, found.value, found.decimals), (Centre::Mean, 3.45, 2), "{text}");
        assert_eq!((found.spread, found.n), (Spread::Deviation(1.2, 2), Some(28)), "{text}");
    }
    assert_eq!(only("45.2 ± 12.3 years").spread, Spread::Unnamed(12.3, 1));
}

#[test]
fn medians_with_quartiles() {
    for text in ["median 5 (IQR 3–8)", "median (IQR), 5 (3-8)", "a median of 5 days (interquartile range, 3 to 8)"] {
        let found = only(text);
        assert_eq!(
            (found.centre, found.value, found.spread),
            (Centre::Median, 5.0, Spread::Between(3.0, 8.0)),
            "{text}"
        );
    }
}

#[test]
fn brackets_alone_are_no_spread() {
    for text in ["45 (60%)", "mean of 5 (see below)", "in 12 (10) cases", "median 5"] {
        assert_eq!(summaries(text), [], "{text}");
    }
}
