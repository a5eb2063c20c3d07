//! The content security policy of the page: nothing but its own style and script, by their hashes.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// The policy of a page with one inline style sheet and one inline script.
pub fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}
