//! Web addresses taken apart: the host, its registrable domain, and what its name gives away.
//!
//! Takes an address as written and the lists of the lexicon; knows no document and no sentence.

use crate::lexicon::{Lexicon, List};
use std::collections::HashMap;
use url::Url;

/// The lists of words that give away what a domain sells, found anywhere in its name.
const TRADES: [&str; 9] = [
    "domain-rehab",
    "domain-gambling",
    "domain-pharmacy",
    "domain-loan",
    "domain-essay",
    "domain-crypto",
    "domain-seo",
    "domain-adult",
    "domain-cannabis",
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

/// What a configuration says of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is never at fault.
    Allowed,
    /// It always is.
    Denied,
}

/// The domains that a configuration names.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    verdicts: HashMap<String, Verdict>,
}

impl Policy {
    /// Adds a verdict on domains; a later one replaces an earlier one on the same domain.
    pub fn add(&mut self, domains: impl IntoIterator<Item = String>, verdict: Verdict) {
        self.verdicts.extend(domains.into_iter().map(|domain| (domain, verdict)));
    }

    /// The verdict on a host: its own, else that on the nearest domain above it.
    pub fn verdict(&self, host: &str) -> Option<Verdict> {
        if self.verdicts.is_empty() {
            return None;
        }
        above(host).find_map(|domain| self.verdicts.get(domain).copied())
    }
}

/// A host and the domains above it, nearest first.
fn above(host: &str) -> impl Iterator<Item = &str> {
    std::iter::once(host).chain(host.match_indices('.').filter_map(|(at, _)| host.get(at + 1..)))
}

/// The domains that are never off topic: those that the configuration allows, that the word lists trust, or that belong
/// to a body or journal.
pub struct Trusted<'l> {
    policy: &'l Policy,
    listed: &'l List,
    lexicon: &'l Lexicon,
}

impl<'l> Trusted<'l> {
    /// Those of a lexicon and a configuration.
    pub fn new(lexicon: &'l Lexicon, policy: &'l Policy) -> Self {
        Self { policy, listed: lexicon.words("domain-trusted"), lexicon }
    }

    /// True when a host is one of them or lies under one.
    pub fn covers(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        match self.policy.verdict(host) {
            Some(verdict) => verdict == Verdict::Allowed,
            None => above(host).any(|domain| self.listed.contains(domain) || self.lexicon.has_domain(domain)),
        }
    }
}

/// What a host's name gives away of its trade: the word and its list. Words that say it anywhere may stand in front of
/// the registrable domain, too: a hacked site gets new hosts.
pub fn trade<'l>(url: &Url, lexicon: &'l Lexicon) -> Option<(&'l str, &'static str)> {
    let domain = registrable(url);
    let suffix = domain.split_once('.').map_or("", |(_, suffix)| suffix);
    let name = url.host_str().unwrap_or_default().trim_end_matches(suffix);
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

/// True when a domain's name says that it sells something: a trade, or a shop.
pub fn sells(url: &Url, lexicon: &Lexicon) -> bool {
    let name = name(url);
    let is_shop =
        || lexicon.list("domain-shop").iter().any(|word| name.split('-').any(|part| part.ends_with(word.as_str())));
    trade(url, lexicon).is_some() || is_shop()
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
        let mut policy = Policy::default();
        policy.add(["shop.example".to_owned()], Verdict::Denied);
        policy.add(["good.shop.example".to_owned()], Verdict::Allowed);
        assert_eq!(policy.verdict("www.shop.example"), Some(Verdict::Denied));
        assert_eq!(policy.verdict("a.good.shop.example"), Some(Verdict::Allowed));
        assert_eq!(policy.verdict("workshop.example"), None);
        assert!(is_under("www.nhs.uk", ["nhs.uk"]));
        assert!(!is_under("notnhs.uk", ["nhs.uk"]));
    }
}
