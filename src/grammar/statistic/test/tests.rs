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
    for text in
        ["chi_2(3) = 9.35, p = .025", "χ(3) = 9.35, p = .025", "X(3) = 9.35, p = .025", "chi²{3} = 9.35, p = .025"]
    {
        assert_eq!((only(text).test, only(text).consistent), ("chi2", RIGHT), "{text}");
    }
    assert_eq!(only("Fs(2, 28) = 3.40, p = .048").consistent, RIGHT);
    assert_eq!(only("z-score = −2.42, P = .016").consistent, RIGHT);
    assert_eq!(only("t(61) = 4.10, p < . 001").consistent, RIGHT);
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
    // what cannot be the test that its letter says is another statistic
    for text in
        ["r(40) = 3.20, p = .03", "z(17) = 1.40, p = .2", "t(3, 17) = 2.10, p = .05", "Qb(3, N = 40) = 9.1, p = .03"]
    {
        assert_eq!(statistics(text), [], "{text}");
    }
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

/// As printed, two-tailed p-value (computed with another program), consistent, decision error.
const TABLE: &[(&str, f64, bool, bool)] = &[
    ("t(28) = 2.05, p = .04", 0.0498, false, false),
    ("t(28) = 2.0, p = .03", 0.0553, false, true),
    ("t(28) = 2.0, p = .05", 0.0553, true, false),
    ("t(12) = -3.41, p = .005", 0.0052, true, false),
    ("t(12) = −3.41, p = .05", 0.0052, false, false),
    ("t(12) = –3.41, p < .01", 0.0052, true, false),
    ("t(12) = 3.41, p < .001", 0.0052, false, false),
    ("t(61.37) = 1.98, p = .052", 0.0522, true, false),
    ("t(61.37) = 1.98, p = .045", 0.0522, false, true),
    ("t(1,204) = 2.61, p = .009", 0.0092, true, false),
    ("t(45) < 1, p = .45", 0.3227, true, false),
    ("t(45) > 3.5, p < .001", 0.0011, true, false),
    ("t(45) > 3.5, p > .05", 0.0011, false, true),
    ("t(19) = 1.72, ns", 0.1017, true, false),
    ("t(19) = 2.72, ns", 0.0136, false, true),
    ("t(19) = 0.30, p > .70", 0.7674, true, false),
    ("t(19) = 1.30, p > .70", 0.2092, false, false),
    ("t(19) = 2.72, p = .000", 0.0136, false, false),
    ("t(19) = 0.20, p = 1.84", 0.8436, false, false),
    ("F(2,100) = 3.40, p = .037", 0.0373, true, false),
    ("F(1,123)=4.00, p=.048", 0.0477, true, false),
    ("F(1,123)=4.00, p=.061", 0.0477, false, true),
    ("F(1, 1,234) = 4.00, p = .046", 0.0457, true, false),
    ("F(3, 56) = 2.9, p < .05", 0.0429, true, false),
    ("F(3, 56) = 1.9, p < .05", 0.1401, false, true),
    ("F(1.62, 48.6) = 5.11, p = .014", 0.0143, true, false),
    ("F(2, 28) < 1, p = .61", 0.3806, true, false),
    ("F(2, 28) < 1, p = .02", 0.3806, false, true),
    ("F(2, 28) = 3.40, n.s.", 0.0477, false, true),
    ("F(4; 200) = 12.31; p < .001", 0.0000, true, false),
    ("r(48) = .31, p = .028", 0.0285, true, false),
    ("r(48) = -.31, p = .03", 0.0285, true, false),
    ("r(48) = .31, p = .28", 0.0285, false, true),
    ("r(120) = .11, p < .05", 0.2278, false, true),
    ("r(120) = .11, p = ns", 0.2278, true, false),
    ("r(10) = .99, p < .001", 0.0000, true, false),
    ("χ2(2, N = 1,452) = 7.38, p = .025", 0.0250, true, false),
    ("χ²(4) = 7.38, p = .025", 0.1171, false, true),
    ("X2(1) = 3.71, p = .054", 0.0541, true, false),
    ("chi2(1, n=88)=3.71;p<.05", 0.0541, false, true),
    ("chi-square (3) = 0.44, p = .93", 0.9319, true, false),
    ("z = 1.645, p = .10", 0.1000, true, false),
    ("z = 1.645, p = .05", 0.1000, false, true),
    ("Z = -2.81, p = .005", 0.0050, true, false),
    ("z = 2.81, p > .05", 0.0050, false, true),
    ("Q(11) = 24.3, p = .012", 0.0115, true, false),
    ("Q-within(11) = 24.3, p < .05", 0.0115, true, false),
    ("Q-between(2) = 4.10, p = .04", 0.1287, false, true),
    ("Qb(2) = 4.10, p = .13", 0.1287, true, false),
    ("Q between(2) = 8.10, ns", 0.0174, false, true),
];

#[test]
fn another_program_says_the_same() {
    for (text, p, consistent, decision_error) in TABLE {
        assert_eq!(verdict(text), (*p, Some(*consistent), Some(*decision_error)), "{text}");
    }
}

#[test]
fn words_may_stand_between_a_statistic_and_its_p_value() {
    for text in [
        "t(28) = 2.20 and p = .036",
        "t(28) = 2.20 with p = .036",
        "t(28) = 2.20, two-tailed p = .036",
        "t(28) = 2.20, 2-tailed P-value = .036",
        "t(28) = 2.20 (p = .036)",
        "t(28) = 2.20, SE = 0.3, p-value of .036",
    ] {
        assert_eq!(only(text).consistent, RIGHT, "{text}");
    }
    assert_eq!(only("t(28) = 2.20, not significant").decision_error, RIGHT);
    assert_eq!(only("t(28) = 1.20 (non-significant)").consistent, RIGHT);
    // the p-value is of the odds ratio
    assert_eq!(only("t(28) = 2.20 and OR = 1.3, p = .5").p, None);
}
