//! Paths as URIs: relative ones below the base, absolute ones as `file:`.

use super::BASE;
use serde_sarif::sarif::ArtifactLocation;
use std::fmt::Write as _;

/// The location of a path.
pub(super) fn location(path: &str) -> ArtifactLocation {
    match absolute(path) {
        Some(uri) => ArtifactLocation::builder().uri(uri).build(),
        None => ArtifactLocation::builder().uri(encoded(path)).uri_base_id(BASE).build(),
    }
}

/// An absolute path, of Unix or of a drive, as a `file:` URI.
fn absolute(path: &str) -> Option<String> {
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    match path.strip_prefix('/') {
        Some(rest) => Some(format!("file:///{}", encoded(rest))),
        None if drive => {
            let (letter, rest) = path.split_once(':')?;
            Some(format!("file:///{letter}:{}", encoded(rest)))
        }
        None => None,
    }
}

/// Everything but unreserved characters and `/` by its bytes (RFC 3986), so that no `:`, `?` or `#` is misread.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                // writing to a string does not fail
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri_that_leads_back_to_it() {
        let uri = |path: &str| location(path).uri.unwrap_or_default();
        assert_eq!(uri("drafts/a b.md"), "drafts/a%20b.md");
        assert_eq!(uri("é #1?.md"), "%C3%A9%20%231%3F.md");
        assert_eq!(uri("HEAD~1:drafts/zinc.md"), "HEAD~1%3Adrafts/zinc.md");
        assert_eq!(uri("/srv/50%.md"), "file:///srv/50%25.md");
        assert_eq!(uri("C:/texts/a.md"), "file:///C:/texts/a.md");
        assert_eq!(location("a.md").uri_base_id.as_deref(), Some(BASE));
        assert_eq!(location("/a.md").uri_base_id, None);
    }
}
