//! The claimlint binary.
fn main() {}
