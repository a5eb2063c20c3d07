//! Estimates as printed.

use super::*;

fn only(text: &str) -> Estimate {
    let mut found = estimates(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn an_estimate_has_its_interval_and_its_p_value() {
    for text in [
        "RR 0.80 (95% CI 0.66 to 0.97; P = .02)",
        "RR, 0.80 [95% CI, 0.66-0.97]; P=.02",
        "relative risk (RR) of 0.80 (95% confidence interval [CI], 0.66–0.97), p = 0.02",
        "relative risk for relapse was 0.80 (CI: 0.66, 0.97; p = .02)",
        "risk ratio = 0·80, 95% CI 0·66 to 0·97, p = .02",
    ] {
        let found = only(text);
        assert_eq!((found.measure, found.value, found.decimals), (Measure::RiskRatio, Some(0.8), 2), "{text}");
        let interval = found.interval.unwrap();
        assert_eq!((interval.low, interval.high, interval.decimals), (0.66, 0.97, 2), "{text}");
        assert_eq!(found.p.unwrap().value, 0.02, "{text}");
    }
}

#[test]
fn negative_bounds_keep_their_signs() {
    let found = only("mean difference −0.30 (95% CI −0.52 to −0.08)").interval.unwrap();
    assert_eq!((found.low, found.high), (-0.52, -0.08));
    let found = only("SMD -0.30, 95% CI -0.52--0.08").interval.unwrap();
    assert_eq!((found.low, found.high), (-0.52, -0.08));
}

#[test]
fn an_interval_may_stand_alone() {
    let found = only("The effect was small (95% CI 0.7 to 1.5).");
    assert_eq!((found.value, found.measure), (None, Measure::Other));
    let found = only("62% (95% CI, 50%–70%)");
    assert_eq!((found.value, found.measure, found.percent), (Some(62.0), Measure::Percent, true));
}

#[test]
fn names_alone_are_enough() {
    assert_eq!(only("NNT = 20").value, Some(20.0));
    assert_eq!(only("an odds ratio of 1.8 (P = .03)").p.unwrap().value, 0.03);
    assert_eq!(only("number needed to treat was 12").measure, Measure::NumberNeeded);
}

#[test]
fn each_interval_goes_with_its_own_estimate() {
    let found = estimates("OR 1.8 (95% CI 1.1–2.9) and HR 0.7 (95% CI 0.5–0.9)");
    let values: Vec<_> = found.iter().map(|one| (one.measure, one.value)).collect();
    assert_eq!(values, [(Measure::OddsRatio, Some(1.8)), (Measure::HazardRatio, Some(0.7))]);
}

#[test]
fn words_that_only_look_like_names_are_none() {
    for text in
        ["OR you could take 2", "the MD said 5 times", "at 2 or 3", "HR department, 12 people", "In 95% of cities"]
    {
        assert_eq!(estimates(text), [], "{text}");
    }
}

#[test]
fn a_count_of_people_is_not_the_estimate_of_an_interval() {
    assert_eq!(only("92% of 2,275 women (95% CI 81.7% to 99.7%)").value, None);
    assert_eq!(only("seen in 12 patients (95% CI 0.6 to 0.9)").value, None);
    assert_eq!(only("fell by 3.1 points (95% CI 0.4 to 6.6)").value, Some(3.1));
}

#[test]
fn the_level_may_head_the_figures() {
    for text in ["OR (95% CI) 0.97 (0.86–1.10)", "OR (95%CI) was 0.97 (0.86-1.10)"] {
        let found = only(text);
        let interval = found.interval.unwrap();
        assert_eq!(
            (found.value, interval.level, interval.low, interval.high),
            (Some(0.97), Some(95.0), 0.86, 1.10),
            "{text}"
        );
    }
}
