use claimlint::{
    grammar::quantity::{Units, quantities},
    lexicon::Data,
};
#[test]
fn q() {
    let d: Data = toml::from_str(&std::fs::read_to_string("rules/lexicon/units.toml").unwrap()).unwrap();
    let u = Units::new(&d.unit);
    for t in [
        "lasts 60 to 40 minutes",
        "12 to 8 hours after the jab",
        "pain fell from 8 to 3",
        "rose from 10% to 15%, a 5% increase",
        "fell by 50%, from 4 to 2",
        "300 mg twice a day (900 mg a day)",
        "15 mg/kg, so a child of 20 kg has 400 mg",
        "0.5 mg twice a day (1 mg a day)",
        "four tablets of 375 mg, which makes 1,500 mg in all",
        "twice a week for 12 weeks, which is 24 sessions",
        "84 of 210 clients who finished the course (48%)",
        "Of 160 who used patches alone, 40 (25%) were",
        "1 in 20 vs 3 in 500",
        "rare (1 in 20)",
        "1 in a million doses",
        "108 to surgery, 106 to exercise and 116 to both",
        "Tuesday 5 June 2023",
        "Thursday, October 16, 2025",
        "OR 1.8 (95% CI 0.7–1.5)",
        "the 1970s",
        "18.0% and 9.9%",
        "cut by a quarter",
        "halves the risk",
        "500 mg every 6 hours, at most 4 g a day",
        "of the 120 mg in 5 ml",
        "10 mg/kg of ibuprofen, so 200 mg for a child of 20 kg",
        "67% of the 11 patients",
        "less than 1 in 10,000",
        "1.0 mg and .5 mg and 325.0 mg",
        "40 minutes to an hour",
        "within hours or days",
        "BP 120/80 mmHg",
        "take 10000 units",
        "10U insulin",
    ] {
        println!("{t:?}");
        for q in quantities(t, &u) {
            println!(
                "    {:?} {}-{} {:?}/{:?} {:?} dec{} steps {} {} parts {:?} fuzzy {} {:?} num {:?}",
                q.kind,
                q.low,
                q.high,
                q.unit,
                q.printed_unit,
                q.bound,
                q.decimals,
                q.low_step,
                q.high_step,
                q.parts,
                q.fuzzy,
                &t[q.range.clone()],
                &t[q.number.clone()]
            );
        }
    }
}
