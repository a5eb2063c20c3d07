//! What holds for any text, whatever is printed in it.

use super::*;
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "t",
    "F",
    "r",
    "z",
    "Q",
    "χ²",
    "X2",
    "chi-square",
    "(28)",
    "(2, 28)",
    "(1, N = 90)",
    "[28]",
    " = ",
    "<",
    ">",
    "≤",
    "2.20",
    "−",
    "-",
    ".03",
    "1e-5",
    "× 10⁻⁶",
    ", ",
    "; ",
    "p",
    "P",
    " ns",
    "n.s.",
    " value",
    "df",
    "95%",
    " CI ",
    "confidence interval",
    "0.66",
    " to ",
    "–",
    "(",
    ")",
    "OR",
    "RR",
    "odds ratio",
    " of ",
    "NNT",
    "mean",
    "median",
    "M = ",
    "SD",
    "(SD)",
    "IQR",
    "±",
    "n = 28",
    " ",
    "\u{a0}",
    ".",
    "é",
    "%",
    " points",
    "d = 0.5",
];

fn sound(text: &str) {
    let ranges = |ranges: Vec<Range<usize>>| {
        let mut start = 0;
        for range in ranges {
            assert!(range.start >= start && range.start < range.end, "{text:?}: {range:?}");
            assert!(text.get(range.clone()).is_some(), "{text:?}: {range:?}");
            start = range.start;
        }
    };
    ranges(statistics(text).into_iter().map(|one| one.range).collect());
    ranges(estimates(text).into_iter().map(|one| one.range).collect());
    ranges(summaries(text).into_iter().map(|one| one.range).collect());
    ranges(p_values(text).into_iter().map(|one| one.range).collect());
    for one in statistics(text) {
        assert!(one.recomputed.is_none_or(|p| (0.0..=1.0).contains(&p)), "{text:?}: {one:?}");
        assert_eq!(one.consistent.is_some(), one.recomputed.is_some() && one.p.is_some(), "{text:?}: {one:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,80}") {
        sound(&text);
    }

    #[test]
    fn any_mixture_of_the_grammar_is_read_without_harm(picks in prop::collection::vec(0..PIECES.len(), 0..20)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        sound(&text);
    }

    #[test]
    fn a_recomputed_p_value_printed_again_is_consistent(df in 2_u32..300, value in 5_u32..500, decimals in 1_usize..4) {
        let value = f64::from(value) / 100.0;
        let text = format!("t({df}) = {value:.2}, p = .5");
        let p = statistics(&text)[0].recomputed.unwrap();
        let text = format!("t({df}) = {value:.2}, p = {p:.decimals$}");
        let again = &statistics(&text)[0];
        // what rounds to zero must be printed as "< .001"
        let zero = again.p.as_ref().unwrap().value == 0.0;
        prop_assert_eq!(again.consistent, Some(!zero), "{}", text);
    }
}

#[test]
fn long_inputs_take_linear_time() {
    for with in ["t(", "95% CI ", "mean ", "p = ", "OR ", "1 ± ", "t(28) = 2.20, "] {
        sound(&with.repeat(20_000));
    }
}
