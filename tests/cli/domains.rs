//! `[links]`: domains that are allowed and denied, by name and by lists.

use super::folder::Folder;

const PAGE: &str = "# Croup\n\nSee [one](https://one.example/a), [two](https://www.two.example/b) and [three](https://three.example/c).\n";

#[test]
fn lists_of_domains_are_read_as_they_come_and_yield_to_names() {
    let config = "[links]\nallow = [\"www.two.example\"]\ndeny-files = [\"lists/*.txt\"]\n";
    let folder = Folder::new(&[
        ("page.md", PAGE),
        ("claimlint.toml", config),
        ("lists/hosts.txt", "# hosts\r\n0.0.0.0 one.example\r\n"),
        ("lists/filter.txt", "! filter\n||two.example^\n"),
    ]);
    let ran = folder.run("check --select L002 --format json .");
    assert_eq!((ran.status, ran.places()), (1, vec!["L002 page.md:3:11".to_owned()]), "{}", ran.out);
}

#[test]
fn a_line_that_is_no_domain_is_pointed_at() {
    let folder = Folder::new(&[
        ("page.md", PAGE),
        ("claimlint.toml", "[links]\ndeny-files = [\"bad.txt\"]\n"),
        ("bad.txt", "one.example\nhttps://two.example/\n"),
    ]);
    let ran = folder.run("check .");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("bad.txt:2:1") && ran.err.contains("is no domain"), "{}", ran.err);
}
