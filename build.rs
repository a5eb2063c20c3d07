//! Packs the rule data for the binary.
fn main() {}
