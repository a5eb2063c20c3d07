//! Quantities: numbers with their kind, bound and unit.
//!
//! Takes text and the table of units; gives quantities with byte ranges of that text, in order, never overlapping.
//! Knows no document, no statement and nothing that a quantity is about.
//!
//! ```text
//! quantity  = [bound] amount [bound] | frequency | fraction | fold | age | date
//! amount    = operand [separator operand]          (quantity/amount.rs, quantity/range.rs)
//! fraction  = number ("in" | "of" | "/") number    (quantity/relation.rs)
//! frequency = "twice daily" | "every" amount | …   (quantity/frequency.rs)
//! ```

mod age;
mod amount;
mod bound;
mod context;
mod finish;
mod frequency;
mod range;
mod read;
mod record;
mod relation;
mod scan;
mod silence;
mod unit;

pub use record::{Bound, Quantity, QuantityKind};
pub use unit::{Measure, Place, Unit, Units};

/// The quantities of a text, in order, never overlapping.
pub fn quantities(text: &str, units: &Units) -> Vec<Quantity> {
    let scene = amount::Scene { text, units };
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while let Some((start, class)) = scan::next(text, at) {
        let floor = found.last().map_or(0, |last| last.range.end);
        match read::at(scene, start, class, floor) {
            Ok(quantity) => {
                at = quantity.range.end.max(start + 1);
                found.push(quantity);
            }
            Err(end) => at = end.max(start + 1),
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests;
