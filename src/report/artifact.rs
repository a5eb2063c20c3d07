//! What took part in a run, by its hash: articles, settings, rules, words and facts.
//!
//! Takes bytes; gives a record that a report can show, so that a reader can tell which version was checked.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// What a file was in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// An article that was checked.
    Article,
    /// A `claimlint.toml`.
    Config,
    /// A rule file of the house's.
    Rules,
    /// A word file of the house's.
    Words,
    /// A facts file.
    Facts,
    /// A list of domains.
    Domains,
}

/// A file that took part in a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// Path as found.
    pub path: String,
    /// What it was.
    pub role: Role,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Number of its bytes.
    pub length: usize,
}

impl Artifact {
    /// The record of a file with these bytes.
    pub fn new(path: &str, role: Role, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), role, sha256: sha256(bytes), length: bytes.len() }
    }
}

/// SHA-256 in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // writing to a string does not fail
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_sha256sum() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
