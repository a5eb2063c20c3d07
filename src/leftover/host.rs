//! Web addresses taken apart: the host, its registrable domain, and what its name gives away.
//!
//! Takes an address as written and the lists of the lexicon; knows no document and no sentence.

use crate::lexicon::{Lexicon, List};
use url::Url;

/// The lists of words that give away what a domain sells, found anywhere in its name.
const TRADES: [&str; 8] = [
    "domain-rehab",
    "domain-gambling",
    "domain-pharmacy",
    "domain-loan",
    "domain-essay",
    "domain-crypto",
    "domain-seo",
    "domain-adult",
];

/// An http(s) address from what a text or a link says; `www.x.org` and `//x.org` are addresses too.
pub fn web_address(written: &str) -> Option<Url> {
    let written = written.trim();
    let (head, _) = written.split_at_checked(8).unwrap_or((written, ""));
    let lower = head.to_ascii_lowercase();
    let url = if lower.starts_with("http://") || lower.starts_with("https://") {
        Url::parse(written)
    } else if let Some(rest) = written.strip_prefix("//") {
        Url::parse(&format!("https://{rest}"))
    } else if written.contains("://")
        || !written.contains('.')
        || written.starts_with(['/', '#', '.', '?'])
        || written.contains('@')
    {
        return None;
    } else {
        Url::parse(&format!("http://{written}"))
    };
    url.ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.')))
}

/// The domain that somebody registered: `nhs.uk` of `www.nhs.uk`, `example.co.uk` of `a.example.co.uk`. Of an address
/// of numbers, the host.
pub fn registrable(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    psl::domain_str(host).unwrap_or(host)
}

/// True for a front page: no path and no query.
pub fn is_home(url: &Url) -> bool {
    matches!(url.path(), "" | "/") && url.query().is_none()
}

/// True when a host is one of `domains` or lies under one of them.
pub fn is_under<'d>(host: &str, domains: impl IntoIterator<Item = &'d str>) -> bool {
    domains
        .into_iter()
        .any(|domain| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// The domains that are never off topic: those that the configuration allows, that the word lists trust, or that belong
/// to a body or journal.
pub struct Trusted<'l> {
    allowed: &'l [String],
    listed: &'l List,
    lexicon: &'l Lexicon,
}

impl<'l> Trusted<'l> {
    /// Those of a lexicon and a configuration.
    pub fn new(lexicon: &'l Lexicon, allow: &'l [String]) -> Self {
        Self { allowed: allow, listed: lexicon.words("domain-trusted"), lexicon }
    }

    /// True when a host is one of them or lies under one.
    pub fn covers(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let dots = host.match_indices('.').filter_map(|(at, _)| host.get(at + 1..));
        std::iter::once(host).chain(dots).any(|domain| {
            self.listed.contains(domain)
                || self.lexicon.has_domain(domain)
                || self.allowed.iter().any(|allowed| allowed == domain)
        })
    }
}

/// What a registrable domain's name gives away of its trade: the word and its list.
pub fn trade<'l>(url: &Url, lexicon: &'l Lexicon) -> Option<(&'l str, &'static str)> {
    let domain = registrable(url);
    let name = name(url);
    let trades = TRADES.iter().find_map(|list| {
        let word = lexicon.list(list).iter().find(|word| name.contains(word.as_str()))?;
        Some((word.as_str(), *list))
    });
    trades.or_else(|| {
        let mut parts = domain.split(['.', '-']);
        let part = parts.find_map(|part| lexicon.list("domain-part").iter().find(|word| *word == part))?;
        Some((part.as_str(), "domain-part"))
    })
}

/// The name before the public suffix: `example` of `www.example.co.uk`.
pub fn name(url: &Url) -> &str {
    let domain = registrable(url);
    domain.split('.').next().unwrap_or(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let url = |text: &str| web_address(text).unwrap();
        assert_eq!(registrable(&url("https://www.shop.example.co.uk/a?b")), "example.co.uk");
        assert_eq!(registrable(&url("//cdn.example.org/x")), "example.org");
        assert_eq!(name(&url("WWW.Sleep-Outlet.net")), "sleep-outlet");
        assert!(is_home(&url("https://example.org")));
        assert!(!is_home(&url("https://example.org/?q=1")));
        for text in ["mailto:a@example.org", "#top", "/about", "ftp://x.org", "words", "javascript:alert(1)"] {
            assert!(web_address(text).is_none(), "{text}");
        }
        assert!(is_under("www.nhs.uk", ["nhs.uk"]));
        assert!(!is_under("notnhs.uk", ["nhs.uk"]));
    }
}
