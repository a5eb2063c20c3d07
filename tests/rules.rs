//! Every rule example as a test.
fn main() {}
