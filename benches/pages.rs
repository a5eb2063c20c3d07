//! Speed of a whole run without its files: the start, which every run pays once, and pages, from bytes to findings.
//!
//! `cargo bench --bench pages`; a page is about 1,800 bytes of health writing in plain text. Prints milliseconds for a
//! start and pages a second on one core.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use claimlint::catalogue::Catalogue;
use claimlint::engine::{Engine, Settings};
use claimlint::fact::house::House;
use claimlint::source::{Format, Source};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

const PAGES: usize = 400;

const OPENING: &str = "What helps against a stiff neck?\n\nA stiff neck is common. It often comes from sitting still for hours, \
and it usually passes within a week. About 30% of adults have one in any year, and women report it more often than men. ";

const SECTIONS: [&str; 4] = [
    "Treatment\n\nMost people need no treatment. Ibuprofen 400 mg up to three times a day with food may ease the pain; do not \
     take it for more than five days without asking a pharmacist. Heat, gentle movement and a firm pillow help some people. \
     In one trial of 212 adults, 54% were free of pain after six weeks, against 38% of those who only rested.\n\n",
    "When to see a doctor\n\nSee a doctor if the pain follows a fall, if an arm feels weak or numb, or if you have a fever and \
     cannot bend your head. These signs are rare. They can mean that a nerve or the lining of the brain is affected.\n\n",
    "Prevention\n\n- Change your position every 30 to 45 minutes.\n- Keep the screen at eye level.\n- Exercise for at least \
     150 minutes a week, if your doctor agrees.\n\n",
    "What research says\n\nResearchers from several universities compared manual therapy with exercise. Both worked about \
     equally well after 12 months (RR 0.97, 95% CI 0.81 to 1.16). Side effects were mild and passed within two days.\n\n",
];

fn page(number: usize) -> String {
    let sections = SECTIONS.iter().cycle().skip(number % SECTIONS.len()).take(SECTIONS.len());
    format!("{OPENING}This is leaflet {number}.\n\n{}", sections.copied().collect::<String>())
}

/// The best of some runs, in seconds: the one that nothing else on the machine disturbed.
fn best(runs: usize, run: impl Fn()) -> f64 {
    (0..runs).fold(f64::INFINITY, |best, _| {
        let start = Instant::now();
        run();
        best.min(start.elapsed().as_secs_f64())
    })
}

fn main() {
    let start = best(20, || drop(black_box(Catalogue::builtin().unwrap())));
    println!("{:<28} {:>8.2} ms", "start", start * 1e3);

    let engine = Engine::new(Catalogue::builtin().unwrap());
    let (settings, house) = (Arc::new(Settings::default()), House::default());
    let sources: Vec<Source> =
        (0..PAGES).map(|number| Source::new(format!("{number}.txt"), page(number), Format::Text)).collect();
    let bytes: usize = sources.iter().map(|source| source.text().len()).sum();
    let seconds = best(5, || {
        for source in &sources {
            black_box(engine.check(&engine.read(source, &settings), &settings, &house));
        }
    });
    println!("{:<28} {:>8.0} pages/s {:>6.2} MB/s", "pages", PAGES as f64 / seconds, bytes as f64 / 1e6 / seconds);
}
