//! Phrases, grouped by the value they must yield.

use super::QuantityKind::*;
use super::*;

const MIN: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86400.0;
const WEEK: f64 = 7.0 * DAY;
const MONTH: f64 = 30.0 * DAY;
const YEAR: f64 = 365.0 * DAY;

#[test]
fn counts() {
    all_show(&["saw 105 men", "saw one hundred and five men", "saw one hundred five men"], Count, 105.0, 105.0, "");
    all_show(
        &["2,000 men", "2000 men", "2\u{202f}000 men", "2 000 men", "two thousand men", "2k men"],
        Count,
        2e3,
        2e3,
        "",
    );
    all_show(
        &["1.5 million", "one and a half million", "1,500,000", "one point five million"],
        Count,
        1.5e6,
        1.5e6,
        "",
    );
    all_show(&["half a million", "half million", "500,000"], Count, 5e5, 5e5, "");
    all_show(&["a dozen eggs", "twelve eggs", "12 eggs"], Count, 12.0, 12.0, "");
    all_show(&["0·5", "0.5", ".5", "0,5"], Count, 0.5, 0.5, "");
    all_show(&["2 1/4", "2¼", "two and a quarter"], Count, 2.25, 2.25, "");
    all_show(&["10³", "10^3", "1e3", "1 × 10³", "1x10^3"], Count, 1e3, 1e3, "");
    all_show(&["-5", "−5", "minus five"], Count, -5.0, -5.0, "");
}

#[test]
fn people_may_stand_inside_a_share() {
    all_show(
        &["1 in 6", "one person in six", "one adult in six", "1 patient in 6"],
        Fraction,
        1.0 / 6.0,
        1.0 / 6.0,
        "",
    );
    all_show(&["7 children in 10", "seven people in ten"], Fraction, 0.7, 0.7, "");
}

#[test]
fn five_weekly_injections_are_five() {
    for text in ["saw five weekly injections", "saw 5 weekly sessions"] {
        let found: Vec<_> = read(text).into_iter().map(|one| (one.kind, one.low)).collect();
        assert_eq!(found, [(Count, 5.0), (Frequency, 1.0 / 7.0)], "{text}");
    }
}

#[test]
fn ranges_have_two_ends() {
    all_show(&["6-8 men", "6–8 men", "6 to 8 men", "between 6 and 8 men", "six to eight men"], Count, 6.0, 8.0, "");
    all_show(
        &["2-3 weeks", "2 to 3 weeks", "two to three weeks", "2- to 3-week", "two or three weeks"],
        Duration,
        2.0 * WEEK,
        3.0 * WEEK,
        "s",
    );
    all_show(&["2 to 3 million", "2–3 million", "2 million to 3 million"], Count, 2e6, 3e6, "");
    all_show(&["from 10 mg up to 20 mg", "10–20 mg", "10 mg to 20 mg", "10 mg–20 mg"], Dose, 0.01, 0.02, "g");
    shows("40 minutes to an hour", Duration, 40.0 * MIN, HOUR, "s");
    all_show(&["a day or two", "one or two days", "a day or two later"], Duration, DAY, 2.0 * DAY, "s");
    shows("from 6 months to 2 years", Duration, 6.0 * MONTH, 2.0 * YEAR, "s");
    let reversed = shows("60 to 40 minutes", Duration, HOUR, 40.0 * MIN, "s");
    assert_eq!(reversed.interval(), (Some(40.0 * MIN), Some(HOUR)));
}

#[test]
fn words_on_a_number_bound_it() {
    use Bound::{About, AtLeast, AtMost, Exact};
    for (text, bound) in [
        ("up to 5 mg", AtMost),
        ("at most 5 mg", AtMost),
        ("no more than 5 mg", AtMost),
        ("no more than about 5 mg", AtMost),
        ("less than 5 mg", AtMost),
        ("under 5 mg", AtMost),
        ("not exceeding 5 mg", AtMost),
        ("a maximum of 5 mg", AtMost),
        ("≤5 mg", AtMost),
        ("< 5 mg", AtMost),
        ("<= 5 mg", AtMost),
        ("5 mg or less", AtMost),
        ("as much as 5 mg", AtMost),
        ("at least 5 mg", AtLeast),
        ("more than 5 mg", AtLeast),
        ("just over 5 mg", AtLeast),
        ("no less than 5 mg", AtLeast),
        ("in excess of 5 mg", AtLeast),
        ("≥ 5 mg", AtLeast),
        ("5 mg or more", AtLeast),
        ("about 5 mg", About),
        ("approx. 5 mg", About),
        ("nearly 5 mg", About),
        ("almost 5 mg", About),
        ("~5 mg", About),
        ("5 mg or so", About),
        ("5 mg", Exact),
    ] {
        let found = only(text);
        assert_eq!((found.bound, found.range.clone(), found.low), (bound, 0..text.len(), 0.005), "{text}");
    }
    assert_eq!(only("exactly 5 mg").bound, Exact);
    assert_eq!(only("rather than 5 mg").bound, Exact);
}

#[test]
fn the_number_is_known_apart_from_its_words() {
    let text = "about 40 minutes to an hour";
    let found = shows(text, Duration, 2400.0, 3600.0, "s");
    assert_eq!((found.bound, &text[found.range], &text[found.number]), (Bound::About, text, "40 minutes to an"));
    assert_eq!((found.low_step, found.high_step), (60.0, 3600.0));
    let text = "at least 0.50 mg";
    let found = only(text);
    assert_eq!((found.decimals, &text[found.number.clone()]), (2, "0.50"));
    assert_eq!(found.interval(), (Some(0.0005), None));
}

#[test]
fn durations() {
    all_show(
        &["half an hour", "30 min", "thirty minutes", "0.5 h", "½ hour", "a half hour"],
        Duration,
        30.0 * MIN,
        30.0 * MIN,
        "s",
    );
    all_show(
        &["an hour and a half", "90 minutes", "1.5 hours", "1 h 30 min", "one and a half hours"],
        Duration,
        90.0 * MIN,
        90.0 * MIN,
        "s",
    );
    all_show(&["a fortnight", "two weeks", "2-week", "14 days", "for 14d"], Duration, 14.0 * DAY, 14.0 * DAY, "s");
    all_show(
        &["1 year 1 month 21 days", "1 year, 1 month and 21 days"],
        Duration,
        YEAR + MONTH + 21.0 * DAY,
        YEAR + MONTH + 21.0 * DAY,
        "s",
    );
    all_show(&["all day", "a full day", "another day", "within a day"], Duration, DAY, DAY, "s");
    shows("2 wekes", Duration, 2.0 * WEEK, 2.0 * WEEK, "s");
    shows("an infusion over 40 minutes", Duration, 40.0 * MIN, 40.0 * MIN, "s");
    assert_eq!(only("an infusion over 40 minutes").bound, Bound::Exact);
    assert_eq!(only("lasted over 40 minutes").bound, Bound::AtLeast);
}

#[test]
fn vague_durations_are_fuzzy() {
    for text in [
        "a few weeks",
        "several weeks",
        "some weeks",
        "within hours",
        "within hours or days",
        "a few days to a few weeks",
        "for months",
    ] {
        assert!(only(text).fuzzy, "{text}");
    }
    assert_eq!(only("within hours").interval(), (Some(0.0), Some(DAY)));
    assert_eq!(only("within hours or days").interval(), (Some(0.0), Some(WEEK)));
    assert!(!only("a couple of weeks").fuzzy);
}

#[test]
fn doses() {
    all_show(&["500 mcg", "500 µg", "500 μg", "500 micrograms", "0.5 mg", ".5 mg", "0.5 MG"], Dose, 5e-4, 5e-4, "g");
    all_show(&["0.5 mg/kg", "0.5 mg per kg", "500 mcg/kg"], Dose, 5e-4, 5e-4, "g/kg");
    all_show(&["5 mg/kg/day", "5 mg/kg per day", "5 mg/kg a day"], Dose, 5e-3, 5e-3, "g/kg/d");
    all_show(&["400 mg/day", "400 mg a day", "400 mg per day", "400 mg/24 h"], Dose, 0.4, 0.4, "g/d");
    all_show(&["1.2 mg/m²", "1.2 mg/m2"], Dose, 1.2e-3, 1.2e-3, "g/m²");
    all_show(&["10 IU", "10 international units"], Dose, 10.0, 10.0, "IU");
    all_show(&["10 units", "10U", "10 U"], Dose, 10.0, 10.0, "U");
    all_show(&["1½ tablets", "1 1/2 tablets", "one and a half tablets"], Dose, 1.5, 1.5, "tablet");
    all_show(&["5 mL", "5ml", "5 cc"], Volume, 5e-3, 5e-3, "L");
    shows("2 puffs", Dose, 2.0, 2.0, "puff");
    shows("10 drops", Dose, 10.0, 10.0, "drop");
    shows("1 g", Mass, 1.0, 1.0, "g");
}

#[test]
fn concentrations_and_laboratory_units() {
    all_show(&["100 mg/dL", "1 g/L", "1 mg per mL", "5 mg/5 mL", "5 mg in 5 ml"], Concentration, 1.0, 1.0, "g/L");
    shows("6.5 mmol/L", Concentration, 6.5e-3, 6.5e-3, "mol/L");
    shows("150,000/µL", Concentration, 1.5e11, 1.5e11, "1/L");
    shows("4.5 × 10⁹/L", Concentration, 4.5e9, 4.5e9, "1/L");
    shows("30 kg/m²", Ratio, 30.0, 30.0, "kg/m²");
    shows("an HbA1c of 53 mmol/mol", Ratio, 0.053, 0.053, "mol/mol");
    shows("a ratio of 3 mg/mmol", Ratio, 3.0, 3.0, "g/mol");
}

#[test]
fn pressure_has_both_parts() {
    for text in ["120/80 mmHg", "120/80 mm Hg", "120/80", "120 over 80"] {
        assert_eq!(shows(text, Pressure, 120.0, 120.0, "mmHg").parts, Some((120.0, 80.0)));
    }
}

#[test]
fn other_measures() {
    all_show(&["38.5 °C", "38.5°C", "38.5 degrees Celsius", "38.5 deg C"], Temperature, 38.5, 38.5, "°C");
    all_show(&["a fever of 101 °F", "a fever of 101F"], Temperature, 101.0, 101.0, "°F");
    shows("a temperature of 39 degrees", Temperature, 39.0, 39.0, "°");
    shows("bends to 90 degrees", Angle, 90.0, 90.0, "°");
    all_show(&["2,000 kcal", "2000 calories"], Energy, 8_368_000.0, 8_368_000.0, "J");
    all_show(&["5 ft 10 in", "5 feet 10 inches", "5'10\"", "5′ 10″"], Length, 1.778, 1.778, "m");
    all_show(&["10 lb", "10 pounds", "4.5359237 kg"], Mass, 4535.9237, 4535.9237, "g");
    shows("20 (kg)", Mass, 20_000.0, 20_000.0, "g");
    shows("72 beats per minute", Frequency, 103_680.0, 103_680.0, "1/d");
}

#[test]
fn percent() {
    all_show(&["15%", "15 %", "15 percent", "15 per cent", "fifteen per cent", "15\u{a0}%"], Percent, 15.0, 15.0, "%");
    all_show(
        &["10–15%", "10%–15%", "10 to 15 percent", "from 10% to 15%", "between 10% and 15%"],
        Percent,
        10.0,
        15.0,
        "%",
    );
    all_show(&["5 percentage points", "5 percentage point"], Percent, 5.0, 5.0, "pp");
}

#[test]
fn fractions_keep_both_numbers() {
    for (text, parts) in [
        ("3 in 4", (3.0, 4.0)),
        ("three in four", (3.0, 4.0)),
        ("3 out of 4", (3.0, 4.0)),
        ("3 out of every 4", (3.0, 4.0)),
        ("three quarters", (3.0, 4.0)),
        ("3/4 of people", (3.0, 4.0)),
        ("45 of 60", (45.0, 60.0)),
        ("45 of the 60 patients", (45.0, 60.0)),
        ("45/60", (45.0, 60.0)),
    ] {
        assert_eq!(shows(text, Fraction, 0.75, 0.75, "").parts, Some(parts), "{text}");
    }
    all_show(&["two thirds", "two-thirds", "⅔ of them"], Fraction, 2.0 / 3.0, 2.0 / 3.0, "");
    all_show(&["1 in 1,000 to 1 in 100", "between 1 and 10 in 1,000", "1 to 10 per 1,000"], Fraction, 0.001, 0.01, "");
    all_show(
        &["between a quarter and a half of them", "one to two quarters", "a quarter up to a half of them"],
        Fraction,
        0.25,
        0.5,
        "",
    );
    assert_eq!(read("a second to a third opinion"), []);
    for text in ["1 woman in 8", "one patient in eight", "1 case in every 8"] {
        assert_eq!(shows(text, Fraction, 0.125, 0.125, "").parts, Some((1.0, 8.0)), "{text}");
    }
    all_show(&["12 cases per 1,000", "12 women in every 1,000 of them"], Fraction, 0.012, 0.012, "");
    shows("3 women in 100 to 2 women in 100", Fraction, 0.03, 0.02, "");
    assert_eq!(read("4 patients in 12 hospitals").len(), 2);
    shows("1 in 200 to 400 people", Fraction, 1.0 / 400.0, 1.0 / 200.0, "");
    assert_eq!(only("60 out of 40").parts, Some((60.0, 40.0)));
    assert_eq!(read("300 in 1998")[0].kind, Count);
    assert_eq!(read("8 in 24 hours")[0].kind, Frequency);
}

#[test]
fn folds() {
    all_show(
        &["twice as likely", "doubled", "2-fold", "twofold", "two times higher", "2x", "double the risk"],
        Fold,
        2.0,
        2.0,
        "",
    );
    all_show(&["halved", "halves the risk"], Fold, 0.5, 0.5, "");
    shows("2.5 times more", Fold, 2.5, 2.5, "");
    shows("7 times since Monday", Count, 7.0, 7.0, "");
}

#[test]
fn frequencies_are_per_day() {
    shows("every 6 to 4 hours", Frequency, 6.0, 4.0, "1/d");
    all_show(
        &[
            "twice daily",
            "twice a day",
            "two times a day",
            "2 times per day",
            "b.i.d.",
            "every 12 hours",
            "q12h",
            "2x/day",
        ],
        Frequency,
        2.0,
        2.0,
        "1/d",
    );
    all_show(
        &["every 8 hours", "three times daily", "T.I.D", "q8h", "q 8 hours", "3 tiems a dya"],
        Frequency,
        3.0,
        3.0,
        "1/d",
    );
    all_show(
        &["daily", "once daily", "every day", "each morning", "once a day", "1 per day"],
        Frequency,
        1.0,
        1.0,
        "1/d",
    );
    all_show(&["weekly", "once a week", "once-weekly", "every week"], Frequency, 1.0 / 7.0, 1.0 / 7.0, "1/d");
    all_show(&["every other day", "every two days"], Frequency, 0.5, 0.5, "1/d");
    all_show(&["every 4 to 6 hours", "q4-6h", "4 to 6 times a day"], Frequency, 4.0, 6.0, "1/d");
    assert_eq!(read("daily life"), []);
}

#[test]
fn ages_are_in_years() {
    all_show(
        &["18 years old", "an 18-year-old", "aged 18", "age 18", "18 years of age", "18 yo", "at the age of 18"],
        Age,
        18.0,
        18.0,
        "y",
    );
    all_show(
        &["aged 12 to 17", "ages 12–17 years", "12- to 17-year-olds", "between the ages of 12 and 17"],
        Age,
        12.0,
        17.0,
        "y",
    );
    for text in
        ["aged 65 and over", "people over 65", "65 years and older", "adults older than 65", "older than age 65"]
    {
        assert_eq!(shows(text, Age, 65.0, 65.0, "y").bound, Bound::AtLeast, "{text}");
    }
    for text in ["children under 12", "younger than 12 years"] {
        assert_eq!(shows(text, Age, 12.0, 12.0, "y").bound, Bound::AtMost, "{text}");
    }
    shows("6 months of age", Age, 0.5, 0.5, "y");
    shows("in their 40s", Age, 40.0, 49.0, "y");
    assert_eq!(only("over 65 patients").kind, Count);
}

#[test]
fn dates() {
    all_show(
        &["7 May 2024", "May 7, 2024", "7th of May 2024", "2024-05-07", "7 May, 2024"],
        Date,
        19850.0,
        19850.0,
        "d",
    );
    shows("May 2024", Date, 19844.0, 19874.0, "d");
    shows("5–7 May 2024", Date, 19848.0, 19850.0, "d");
    all_show(&["in 2019", "a 2019 study", "(2019)", "since 2019"], Date, 2019.0, 2019.0, "year");
    all_show(&["2019–2021", "from 2019 to 2021"], Date, 2019.0, 2021.0, "year");
    all_show(&["the 1970s", "in the 1970’s"], Date, 1970.0, 1979.0, "year");
    shows("2000 people", Count, 2000.0, 2000.0, "");
    assert_eq!(read("on 8 May"), []);
}

#[test]
fn money_is_in_its_own_currency() {
    all_show(&["$400–$800", "$400-800", "$400 to $800", "400 to 800 dollars"], Money, 400.0, 800.0, "USD");
    all_show(&["£200", "GBP 200", "200 GBP", "200 pounds sterling"], Money, 200.0, 200.0, "GBP");
    all_show(&["$1.5 million", "1.5 million dollars", "US$1.5 million", "1.5 million USD"], Money, 1.5e6, 1.5e6, "USD");
    shows("20 cents", Money, 20.0, 20.0, "cent");
    shows("3 dollars 50 cents", Money, 3.5, 3.5, "USD");
    shows("361 million pounds", Money, 3.61e8, 3.61e8, "GBP");
}

#[test]
fn a_spread_is_no_second_value() {
    assert_eq!(shows("45 ± 12 years", Duration, 45.0 * YEAR, 45.0 * YEAR, "s").range, 0..14);
    shows("mean age 45 ± 12", Age, 45.0, 45.0, "y");
}

#[test]
fn white_space_of_any_kind_stands_between_number_and_unit() {
    for space in ["", " ", "\u{a0}", "\u{2009}", "\u{202f}", "\n", "-"] {
        shows(&format!("5{space}mg"), Dose, 0.005, 0.005, "g");
    }
}
