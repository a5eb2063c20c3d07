//! Time per article of a whole run as a site grows: 1,000, 10,000 and 100,000 articles whose facts are drawn here.
//!
//! `cargo bench --bench site`; it fails where an article of the largest site costs more than 1.3 times one of the
//! smallest. Articles are made in memory, read, checked, dropped, and compared at the end; the report says how much of
//! the time comparing took and how much memory the facts kept. The figures drawn agree but for one in fifty.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

use claimlint::catalogue::Catalogue;
use claimlint::engine::{ArticleReport, Engine, Settings};
use claimlint::fact::house::House;
use claimlint::source::{Format, Source};
use rayon::prelude::*;
use std::sync::Arc;
use std::time::Instant;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// How much more an article of the largest site may cost.
const MOST: f64 = 1.3;

const SUBJECTS: [&str; 24] = [
    "sertraline",
    "atorvastatin",
    "metformin",
    "ibuprofen",
    "omeprazole",
    "amlodipine",
    "propranolol",
    "varenicline",
    "salbutamol",
    "prednisolone",
    "codeine",
    "tramadol",
    "melatonin",
    "finasteride",
    "allopurinol",
    "gabapentin",
    "diazepam",
    "lorazepam",
    "fluoxetine",
    "citalopram",
    "naproxen",
    "doxycycline",
    "amoxicillin",
    "isotretinoin",
];

/// SplitMix64: the same articles in every run.
struct Draw(u64);

impl Draw {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }
}

/// One article about one medicine: a title, four facts and a line that no other article has.
fn article(number: usize) -> String {
    let mut draw = Draw(number as u64);
    let which = draw.next(SUBJECTS.len() as u64);
    let subject = SUBJECTS.get(usize::try_from(which).unwrap_or(0)).copied().unwrap_or("sertraline");
    let own = 3 + which;
    let mut value = |usual: u64| if draw.next(50) == 0 { usual * 5 } else { usual };
    format!(
        "# Questions about {subject}, page {number}\n\n\
         The half-life of {subject} is {} hours. It takes {} weeks to reach its full effect.\n\n\
         ## Taking it\n\n\
         The maximum dose of {subject} is {} mg a day. The FDA approved {subject} in {}.\n\n\
         Page {number} was read by reader {} of group {}, who wrote down what was missing from it.\n",
        value(own),
        value(own),
        value(own * 100),
        value(380 + own) + 1600,
        number % 977,
        number % 331,
    )
}

/// Seconds for reading and checking, seconds for comparing, findings.
fn run(engine: &Engine, size: usize) -> (f64, f64, usize) {
    let (settings, house) = (Arc::new(Settings::default()), House::default());
    let start = Instant::now();
    let reports: Vec<ArticleReport> = (0..size)
        .into_par_iter()
        .map(|number| {
            let source = Source::new(format!("page-{number:06}.md"), article(number), Format::Markdown);
            engine.check(&engine.read(&source, &settings), &settings, &house)
        })
        .collect();
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let outcome = engine.finish(&mut [(true, reports)], true);
    let compared = start.elapsed().as_secs_f64();
    let across = outcome.findings.iter().filter(|one| one.code.as_ref() == "C002").count();
    (read, compared, across)
}

/// Most memory that the process has held so far, in megabytes; nothing where the system does not say.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn main() {
    let engine = Engine::new(Catalogue::builtin().unwrap());
    let empty = memory();
    // the first run warms caches and threads
    run(&engine, 500);
    let mut costs = Vec::new();
    for size in SIZES {
        let (read, compared, across) = run(&engine, size);
        let cost = (read + compared) / size as f64 * 1e6;
        let held = memory().zip(empty).map_or_else(String::new, |(now, empty)| format!("{:>8.0} MB", now - empty));
        println!(
            "{size:>7} articles {cost:>8.1} µs an article, of it {:>6.1} µs for comparing; {across:>6} C002 {held}",
            compared / size as f64 * 1e6
        );
        costs.push(cost);
    }
    let (first, last) = (costs.first().copied().unwrap_or(1.0), costs.last().copied().unwrap_or(0.0));
    println!("ratio {:.2}", last / first);
    assert!(last <= first * MOST, "an article of the largest site costs {:.2} times one of the smallest", last / first);
}
