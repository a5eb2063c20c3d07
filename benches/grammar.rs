//! Speed of the grammar alone, in megabytes a second on one core: prose, and inputs that tempt a parser to go back.
//!
//! `cargo bench --bench grammar`; it fails where prose is read at less than 50 MB/s.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

use claimlint::grammar::quantity::{Units, quantities};
use claimlint::grammar::statistic::{estimates, statistics, summaries};
use claimlint::lexicon::{Data, Lexicon};
use std::hint::black_box;
use std::time::Instant;

const SIZE: usize = 1 << 20;

const PROSE: &str = "Most people who start this treatment want to know how soon they will feel better, and the honest answer \
is that it depends on the person and on what else is going on. In one trial of 212 adults, about 54% were free of symptoms \
after six weeks, against 38% of those who took a placebo. The usual dose is 20 mg once daily with food; it may be raised to \
40 mg after two to three weeks if the doctor agrees. Side effects are common at first and usually pass: headache in up to \
1 in 10 people, nausea in about 1 in 20, and a dry mouth that sugar-free gum will often help. Do not stop from one day to \
the next, because the symptoms may come back within days. Speak with a pharmacist before you take it with other medicines, \
and keep the leaflet, since it lists what to avoid and whom to call. Nobody should feel that they have failed if the first \
medicine does not help. There are others, and talking therapies work as well as tablets for many of the people who try them. ";

fn measure(name: &str, text: &str, read: impl Fn(&str) -> usize) -> f64 {
    let mut best = f64::INFINITY;
    // short and often: the best run is the one that nothing else on the machine disturbed
    for _ in 0..(8 * SIZE / text.len()).max(3) {
        let start = Instant::now();
        black_box(read(black_box(text)));
        best = best.min(start.elapsed().as_secs_f64());
    }
    let speed = text.len() as f64 / 1e6 / best;
    println!("{name:<28} {speed:>8.1} MB/s");
    speed
}

fn filled(with: &str, size: usize) -> String {
    with.repeat(size / with.len() + 1)
}

fn main() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/lexicon/units.toml");
    let data: Data = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let units = Units::of(&Lexicon::new(data).unwrap());
    let read = |text: &str| quantities(text, &units).len();
    let prose = measure("quantities: prose", &filled(PROSE, SIZE / 16), read);
    measure("statistics: prose", &filled(PROSE, SIZE / 16), |text| statistics(text).len());
    measure("estimates: prose", &filled(PROSE, SIZE / 16), |text| estimates(text).len());
    measure("summaries: prose", &filled(PROSE, SIZE / 16), |text| summaries(text).len());
    for with in [
        "7",
        "(",
        "one hundred and ",
        "1,000,",
        "2-",
        "5 mg to ",
        "about ",
        "a ",
        "95% CI ",
        "t(",
        "mean ",
        "1/2 ",
        " ",
    ] {
        let all = |text: &str| read(text) + statistics(text).len() + estimates(text).len() + summaries(text).len();
        let small = measure(&format!("all: {with:?} × 64 kB"), &filled(with, SIZE / 16), all);
        let large = measure(&format!("all: {with:?} × 1 MB"), &filled(with, SIZE), all);
        // sixteen times the input: a quadratic parser would be sixteen times slower, a busy machine only a few
        assert!(large > small / 8.0, "{with:?} takes more than linear time");
    }
    assert!(prose > 50.0, "prose is read at {prose:.1} MB/s only");
}
