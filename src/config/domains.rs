//! Lists of domains: one a line, as people write them and as public block lists come.
//!
//! Takes the text of a list; gives its domains in the form that addresses are compared in. Reads plain domains
//! (`shop.example`, `*.shop.example`), hosts files (`0.0.0.0 shop.example`) and the rules of filter lists that mean a
//! whole domain (`||shop.example^`); rules that mean only some pages, exceptions and comments are passed over. Anything
//! else is an error that points at its line.

use crate::datafile::{DataError, DataFile};
use crate::source::Span;
use url::Host;

/// Names that hosts files hold for the machine itself.
const OWN: [&str; 9] = [
    "0.0.0.0",
    "broadcasthost",
    "ip6-allhosts",
    "ip6-allnodes",
    "ip6-allrouters",
    "ip6-localhost",
    "ip6-loopback",
    "local",
    "localhost",
];

/// The domains of a list.
///
/// # Errors
/// When a line is no domain and no rule of a block list.
pub(super) fn read(file: &DataFile) -> Result<Vec<String>, DataError> {
    let text = file.source().text();
    let mut domains = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{feff}');
        let entry = line.split('#').next().unwrap_or_default();
        // the signs of filter lists that hide parts of a page hold a number sign
        let is_cosmetic = line
            .get(entry.len()..)
            .is_some_and(|rest| ["##", "#@#", "#?#", "#$#", "#%#"].iter().any(|sign| rest.starts_with(sign)));
        let entry = entry.trim();
        if is_cosmetic || entry.is_empty() || entry.starts_with(['!', '[', ';']) || entry.starts_with("@@") {
            continue;
        }
        if let Some(rule) = entry.strip_prefix("||") {
            domains.extend(whole_domain(rule));
            continue;
        }
        let mut words = entry.split_whitespace().peekable();
        let is_address = words.peek().is_some_and(|word| {
            let number = word.split('%').next().unwrap_or_default();
            number.parse::<std::net::IpAddr>().is_ok()
        });
        if is_address && entry.contains(char::is_whitespace) {
            words.next();
        }
        for word in words {
            if OWN.contains(&word) || word.ends_with(".localdomain") {
                continue;
            }
            let Some(domain) = domain(word) else {
                let from = start + text.get(start..at).and_then(|line| line.find(word)).unwrap_or_default();
                let place = Span::new(from, from + word.len());
                let help = "write one domain a line, as in `shop.example`; what follows a `#` is a comment";
                return Err(file.error_at(place, format!("`{word}` is no domain")).help(help));
            };
            domains.push(domain);
        }
    }
    Ok(domains)
}

/// The domain of a filter rule without its `||`, when the rule means all of it.
fn whole_domain(rule: &str) -> Option<String> {
    let (name, options) = rule.split_once('$').unwrap_or((rule, ""));
    let name = name.strip_suffix('^').unwrap_or(name);
    if options.contains("domain=") || name.contains(['/', '^', '|']) {
        return None;
    }
    domain(name)
}

/// A domain as it is compared: in small letters, other alphabets encoded, without `*.` before it.
pub(super) fn domain(written: &str) -> Option<String> {
    let name = written.strip_prefix("*.").or_else(|| written.strip_prefix('.')).unwrap_or(written);
    let name = name.strip_suffix('.').unwrap_or(name);
    let fits = !name.is_empty() && !name.starts_with(['-', '.']) && !name.contains(['/', ':', '@', '_', ' ', ',']);
    match Host::parse(name).ok().filter(|_| fits)? {
        Host::Domain(domain) if domain.split('.').all(|label| !label.is_empty()) => Some(domain),
        Host::Ipv4(address) => Some(address.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_lists_are_read_as_they_come() {
        let list = "\u{feff}# Shops\r\n! Title: Shops\n[Adblock Plus 2.0]\n\nPills.example  # sold there\n*.slots.example\n\
            0.0.0.0 0.0.0.0\n127.0.0.1 localhost localhost.localdomain\n::1 ip6-localhost\nfe80::1%lo0 localhost\n\
            0.0.0.0 bonus.example www.bonus.example\n||loans.example^\n||essays.example^$third-party\n\
            ||cdn.example/ads^\n||one.example^$domain=two.example\n@@||good.example^\nnews.example##.banner\n\
            \u{431}\u{43e}\u{43d}\u{443}\u{441}.example\n203.0.113.7\n";
        let file = DataFile::new("list.txt", list);
        assert_eq!(
            read(&file).unwrap(),
            [
                "pills.example",
                "slots.example",
                "bonus.example",
                "www.bonus.example",
                "loans.example",
                "essays.example",
                "xn--90aycnj.example",
                "203.0.113.7",
            ]
        );
    }

    #[test]
    fn what_is_no_domain_is_pointed_at() {
        for (list, wrong) in [
            ("good.example\nhttps://bad.example/\n", "https://bad.example/"),
            ("good.example, bad.example\n", "good.example,"),
            ("a..example\n", "a..example"),
            ("-\n", "-"),
        ] {
            let file = DataFile::new("list.txt", list);
            let error = read(&file).unwrap_err();
            assert_eq!(file.source().slice(error.span), wrong);
        }
    }
}
