//! Statistics as printed, and what statcheck says of them.

use super::*;

fn only(text: &str) -> Statistic {
    let mut found = statistics(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

/// Recomputed p-value to four digits, consistent, decision error.
fn verdict(text: &str) -> (f64, Option<bool>, Option<bool>) {
    let found = only(text);
    let p = found.recomputed.unwrap();
    ((p * 1e4).round() / 1e4, found.consistent, found.decision_error)
}

const RIGHT: Option<bool> = Some(true);
const WRONG: Option<bool> = Some(false);

#[test]
fn all_tests_are_recomputed() {
    assert_eq!(verdict("t(28) = 2.20, p = .03"), (0.0362, WRONG, Some(false)));
    assert_eq!(verdict("t(28) = 2.20, p = .036"), (0.0362, RIGHT, Some(false)));
    assert_eq!(verdict("t(28) = 2.20, p = .04"), (0.0362, RIGHT, Some(false)));
    assert_eq!(verdict("F(2, 28) = 3.40, p = .048"), (0.0477, RIGHT, Some(false)));
    assert_eq!(verdict("r(28) = .36, p = .05"), (0.0507, RIGHT, Some(false)));
    assert_eq!(verdict("χ²(1, N = 90) = 3.84, p = .05"), (0.0500, RIGHT, Some(false)));
    assert_eq!(verdict("z = −2.42, P = .016"), (0.0155, RIGHT, Some(false)));
    assert_eq!(verdict("Q(3) = 7.81, p = .05"), (0.0501, RIGHT, Some(false)));
    assert_eq!(verdict("Q-within(3) = 11.34, p = .01"), (0.01, RIGHT, Some(false)));
}

#[test]
fn relations_are_compared_with_all_statistics_that_print_alike() {
    assert_eq!(verdict("t(28) = 2.20, p < .05"), (0.0362, RIGHT, Some(false)));
    assert_eq!(verdict("t(28) = 2.20, p < .01"), (0.0362, WRONG, Some(false)));
    assert_eq!(verdict("t(28) = 2.20, p > .05"), (0.0362, WRONG, RIGHT));
    assert_eq!(verdict("t(28) = 2.20, ns"), (0.0362, WRONG, RIGHT));
    assert_eq!(verdict("t(28) = 1.20, n.s."), (0.2402, RIGHT, Some(false)));
    assert_eq!(verdict("t(28) = 1.20, p < .05"), (0.2402, WRONG, RIGHT));
    assert_eq!(verdict("t(28) = 1.20, p = .04"), (0.2402, WRONG, RIGHT));
    assert_eq!(verdict("t(28) = 2.20, p = .06"), (0.0362, WRONG, RIGHT));
    assert_eq!(verdict("F(1, 40) < 1, p = .50"), (0.3233, RIGHT, Some(false)));
    assert_eq!(verdict("F(1, 40) < 1, p = .03"), (0.3233, WRONG, RIGHT));
}

#[test]
fn impossible_p_values_never_agree() {
    assert_eq!(verdict("t(28) = 8.20, p = .000"), (0.0, WRONG, Some(false)));
    assert_eq!(verdict("t(28) = 0.20, p = 1.20").1, WRONG);
    assert_eq!(verdict("t(28) = 8.20, p < .001"), (0.0, RIGHT, Some(false)));
}

#[test]
fn one_tail_explains_half() {
    assert!(only("t(28) = 1.80, p = .04").agrees_one_tailed());
    assert!(!only("t(28) = 2.20, p = .03").agrees_one_tailed());
    assert!(!only("F(1, 28) = 3.24, p = .04").agrees_one_tailed());
}

#[test]
fn forms_of_other_styles_are_read() {
    for text in [
        "t = 2.20, df = 28, p = .036",
        "t28 = 2.20; P = .036",
        "t ( 28 ) = 2.20 , p=.036",
        "t[28]=2.20, p=.036",
        "t(28) = 2.20, d = 0.81, p = .036",
        "t(28) = 2.20, d = 0.81, 95% CI [0.05, 1.55], p = .036",
        "t(28)=2.20 (p=0.036)",
        "t(28) = 2.20, P value = 0.036",
    ] {
        let found = only(text);
        assert_eq!((found.test, found.df.as_slice(), found.consistent), ("t", &[28.0][..], RIGHT), "{text}");
        assert_eq!(&text[found.range.clone()].trim_end_matches(')'), &text.trim_end_matches(')'));
    }
    assert_eq!(only("X2 (2) = 9.21, p = .01").test, "chi2");
    assert_eq!(only("chi-square(2) = 9.21, p = .01").test, "chi2");
    assert_eq!(only("F(1, 1,234) = 4.00, p = .046").df, [1.0, 1234.0]);
    assert_eq!(only("t(28) = 5.00, p = 2.8 × 10⁻⁵").consistent, RIGHT);
    assert_eq!(only("t(28) = 5.00, p = 2.8e-5").consistent, RIGHT);
}

#[test]
fn what_is_no_statistic_stays_silent() {
    for text in
        ["r = .30", "t = 5 minutes", "x = 5", "at (28) = 3", "p = .03", "set(28) = 2", "Q1 = 3", "f(x) = 2", "z = 3"]
    {
        assert_eq!(statistics(text), [], "{text}");
    }
    assert_eq!(only("r(28) = 1.30, p = .03").recomputed, None);
    assert_eq!(only("r(28) = 1.30, p = .03").consistent, None);
}

#[test]
fn a_tag_is_no_p_value() {
    assert_eq!(super::super::p_values("<p>2 tablets</p>"), []);
    assert_eq!(super::super::p_values("(P = .02, p<.001)").len(), 2);
}

#[test]
fn what_statcheck_says_of_its_own_examples() {
    assert_eq!(verdict("the effect was very significant (t(100)=1, p < 0.001)"), (0.3197, WRONG, RIGHT));
    assert_eq!(verdict("t(37) = -4.93, p <.001"), (0.0, RIGHT, Some(false)));
    assert_eq!(verdict("χ2(1, N = 226) = 6.90, p < .01."), (0.0086, RIGHT, Some(false)));
    assert_eq!(verdict("Q(16) = 20.3, p = .21"), (0.2070, RIGHT, Some(false)));
    assert_eq!(verdict("Qb(1) = 4.02, p = .045"), (0.0450, RIGHT, Some(false)));
    assert_eq!(verdict("Z = 1.00, p = .32"), (0.3173, RIGHT, Some(false)));
    assert_eq!(verdict("r(50) = -.30, p = ns"), (0.0307, WRONG, RIGHT));
}
