//! Links inside a site, and the files that they lead to.

use super::folder::{Folder, Ran};

const CHECK: &str = "check --select R005 --fail-on never --format json .";

/// The addresses of links that lead nowhere.
fn found(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let all = report["findings"].as_array().unwrap();
    all.iter().map(|one| one["text"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_file_is_missed_where_others_of_its_kind_are() {
    let text = "# Zinc\n\nSee [naps](naps.md), [rest](../rest/rest.md#when), ![a chart](img/zinc.png) and ![all](img/all.png).\n";
    let folder = Folder::new(&[
        ("site/zinc/a.md", text),
        ("site/rest/nap.md", "Nap after lunch.\n"),
        ("site/zinc/img/all.png", ""),
    ]);
    assert_eq!(found(&folder.run(CHECK)), ["naps.md", "../rest/rest.md#when", "img/zinc.png"]);
    folder.write("site/zinc/naps.md", b"Nap after lunch.\n");
    folder.write("site/rest/rest.mdx", b"Rest.\n");
    folder.write("site/zinc/img/zinc.webp", b"");
    assert_eq!(found(&folder.run(CHECK)), [""; 0], "the first is there, the others are made from what is");
}

#[test]
fn a_file_is_not_missed_where_nobody_knows() {
    let text = "![a chart](img/zinc.png), [a leaflet](zinc.pdf), [rest](../rest/rest.md), [page](rest.html), [b](b)\n";
    let folder = Folder::new(&[("zinc/a.md", text)]);
    assert_eq!(found(&folder.run(CHECK)), [""; 0], "no pictures, no leaflets, no such folder");
    let from_root = "See [rest](guides/rest.md).\n";
    let folder =
        Folder::new(&[("claimlint.toml", ""), ("guides/rest.md", "Rest.\n"), ("guides/guides/a.md", from_root)]);
    assert_eq!(found(&folder.run(CHECK)), [""; 0], "paths may start where the settings are");
    let ran = folder.run_with("check --select R005 --format json -", "See [rest](gone.md).\n");
    assert_eq!(found(&ran), [""; 0], "standard input lies nowhere");
}

#[test]
fn places_on_the_page_are_named_in_many_ways() {
    let links = "[a](#doses), [b](#naps-and-rest), [c](#rest), [d](#light), [e](#side-effects), [f](#gone)\n\n";
    let made = "## How much {#doses}\n\n## 2. Naps & rest\n\n> ### Rest\n\n<Box id='light' title=\"Side effects\"/>\n";
    let folder = Folder::new(&[("a.mdx", &format!("{links}{made}")), ("b.md", &format!("{links}{{{{ toc }}}}\n"))]);
    assert_eq!(found(&folder.run(CHECK)), ["#gone"]);
}
