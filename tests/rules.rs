//! Every example of every built-in rule as a test of its own, alone and with all rules on.

use claimlint::catalogue::Catalogue;
use claimlint::engine::Engine;
use claimlint::rule::Example;
use claimlint::trial;
use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::{Arc, LazyLock};

/// Compiled once, and only when an example runs: listing the tests stays quick.
static ENGINE: LazyLock<Result<Engine, String>> =
    LazyLock::new(|| Catalogue::builtin().map(Engine::new).map_err(|error| error.to_string()));

type Run = fn(&Engine, &str, &Example, bool) -> Option<String>;

fn main() {
    let mut trials = Vec::new();
    for (code, own) in Catalogue::examples() {
        let code: Arc<str> = code.into();
        add(&mut trials, &code, "rejects", own.rejects, trial::rejects);
        add(&mut trials, &code, "accepts", own.accepts, trial::accepts);
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn add(trials: &mut Vec<Trial>, code: &Arc<str>, kind: &str, examples: Option<Vec<Example>>, run: Run) {
    for (index, example) in examples.unwrap_or_default().into_iter().enumerate() {
        let example = Arc::new(example);
        for (alone, way) in [(true, "alone"), (false, "with all rules")] {
            let (code, example) = (Arc::clone(code), Arc::clone(&example));
            let name = format!("{code} {kind} {} {way}", index + 1);
            trials.push(Trial::test(name, move || one(&code, &example, alone, run)));
        }
    }
}

fn one(code: &str, example: &Example, alone: bool, run: Run) -> Result<(), Failed> {
    let engine = ENGINE.as_ref()?;
    match run(engine, code, example, alone) {
        None => Ok(()),
        Some(reason) => Err(Failed::from(format!("{reason}\n  in: {}", example.text.trim()))),
    }
}
