//! The annotated report: everything is in it, nothing gets out of it, and it is always the same page.

use crate::folder::Folder;
use serde_json::Value;
use sha2::{Digest, Sha256};

const SESSION: &str = "# Ketamine\n\nA ketamine infusion lasts 40 minutes. Read [the leaflet](https://leaflet.example/k) first.\n\n\
                       ## Before\n\nEat little.\n\n## After\n\nRest.\n\n## Dose\n\n- The ketamine infusion lasts 15 minutes.\n- About 62% of patients improved.\n";

fn page(folder: &Folder, arguments: &str) -> String {
    let ran = folder.run(&format!("check --format html --today 2026-02-01 {arguments}"));
    assert!(ran.status < 2, "{}", ran.err);
    ran.out
}

/// What stands between two texts, for each time they occur.
fn between<'p>(page: &'p str, open: &str, close: &str) -> Vec<&'p str> {
    page.split(open).skip(1).filter_map(|rest| rest.split_once(close).map(|(inner, _)| inner)).collect()
}

/// The page without its style and script.
fn body(page: &str) -> &str {
    page.split_once("<body>").unwrap().1.rsplit_once("<script>").unwrap().0
}

#[test]
fn every_finding_has_a_note_and_every_claim_a_row() {
    let folder =
        Folder::new(&[("a.md", SESSION), ("b.md", "# Ketamine\n\nStudies show it cures pain in 90% of people.\n")]);
    let page = page(&folder, "--min-severity info .");
    let report = folder.run("check --format json --today 2026-02-01 --min-severity info .").json();
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() > 4, "{report}");
    let notes = between(&page, "<li class=\"note ", "</li>\n");
    assert_eq!(notes.len(), findings.len());
    for (note, finding) in notes.iter().zip(findings) {
        let says = |key: &str| finding[key].as_str().unwrap();
        assert!(note.contains(&format!("data-rule=\"{}\"", says("code"))), "{note}");
        assert!(note.contains(&format!("data-fingerprint=\"{}\"", says("fingerprint"))), "{note}");
        assert!(note.contains(&escaped(says("message"))), "{note}");
        assert!(says("help").split('`').all(|part| note.contains(&escaped(part))), "{note}");
    }
    let claims: Vec<Value> = serde_json::from_str(&folder.run("claims --format json .").out).unwrap();
    assert_eq!(between(&page, "<tr role=\"row\" data-article=", "</tr>").len(), claims.len());
    assert!(!page.contains("passed"), "a report never says so");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}

#[test]
fn an_article_is_set_with_its_marks_and_both_sides_are_linked() {
    let folder = Folder::new(&[("a.md", SESSION)]);
    let page = page(&folder, "--select C001 a.md");
    insta::assert_snapshot!(between(&page, "<article", "</article>").first().unwrap());
    // each link inside the page leads somewhere, and each anchor is there once
    let mut anchors = between(&page, " id=\"", "\"");
    let count = anchors.len();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), count);
    for target in between(&page, "href=\"#", "\"") {
        assert!(anchors.contains(&target), "#{target}");
    }
    assert!(page.contains("Side by side"), "the sides lie apart");
}

#[test]
fn the_page_allows_nothing_but_its_own_style_and_script() {
    let page = page(&Folder::new(&[("a.md", SESSION)]), "a.md");
    let policy =
        between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"").concat().replace("&#39;", "'");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let inner = between(&page, &format!("<{element}>"), &format!("</{element}>"));
        assert_eq!(inner.len(), 1, "{element}");
        let hash = data_encoding::BASE64.encode(&Sha256::digest(inner.concat()));
        assert!(policy.contains(&format!("{directive} 'sha256-{hash}'")), "{policy}");
    }
    for loads in ["<img", "<link", "<iframe", " src=", "url(", "@import", " style=", " onclick"] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn nothing_of_a_hostile_article_becomes_markup() {
    let hostile = "# </style></script><script>alert(1)</script> & \"x\" ]]>\n\n\
                   Studies show <img src=x onerror=alert(1)> [62% of patients](javascript:alert(2)) improved \u{202e}drawkcab.\n\n\
                   A [page](https://a.example/\"onmouseover=alert(3)) and ![pic](https://tracker.example/p.png \"t\").\n";
    let text = "Studies show </article></main><script>alert(1)</script> cures 62% of patients. <svg onload=alert(1)>\n";
    let path = "a&'<b>.txt";
    let folder = Folder::new(&[("a.md", hostile), (path, text)]);
    let page = page(&folder, "--min-severity info .");
    let body = body(&page);
    for live in
        ["<script", "<img", "<svg on", "<iframe", "href=\"javascript:", "href=\"data:", "\" onmouseover", "<b>.txt"]
    {
        assert!(!body.contains(live), "{live}");
    }
    assert!(body.contains("U+202E") && !body.contains('\u{202e}'));
    assert_eq!(body.matches("</article>").count(), 2);
    let followed = between(body, "<a class=\"out\" href=\"", ">");
    assert!(followed.iter().all(|link| link.contains("rel=\"noopener noreferrer nofollow\"")), "{followed:?}");
}

#[test]
fn hidden_findings_stay_hidden_and_silenced_ones_are_shown_as_such() {
    let text = "# Zinc\n\n<!-- claimlint-disable-next-line S001 -- our <own> audit -->\nAbout 62% of patients improved.\n\n\
                About 71% of patients slept better.\n";
    let folder = Folder::new(&[("a.md", text)]);
    let page = page(&folder, "--select S001,R014 --min-severity error a.md");
    assert_eq!(page.matches(" data-suppressed").count(), 1 + page.matches("[data-suppressed").count());
    assert!(page.contains("Silenced in the article: our &#60;own&#62; audit"));
    assert!(page.contains("<h1>1 error in 1 article</h1>"));
    assert!(page.contains("1 finding is silenced in the articles"));
    assert!(!between(&page, "<ol class=\"notes\"", "</ol>").concat().contains("R014"), "below the severity asked for");
}

#[test]
fn the_page_says_from_what_it_was_made() {
    let folder = Folder::new(&[("a.md", SESSION), ("claimlint.toml", "topic = \"ketamine\"\n")]);
    folder.write("broken.md", b"\xff\xfe");
    let ran = folder.run("check --format html .");
    assert_eq!(ran.status, 2);
    let hash = |text: &str| data_encoding::HEXLOWER.encode(&Sha256::digest(text));
    assert!(ran.out.contains(&hash(SESSION)) && ran.out.contains(&hash("topic = \"ketamine\"\n")));
    assert!(ran.out.contains("broken.md</bdi>: this file is UTF-16"), "what could not be read is told");
    assert!(ran.out.contains("the rules of claimlint"));
}

#[test]
fn the_page_is_the_same_whatever_the_order_and_number_of_threads() {
    let texts: Vec<(String, String)> =
        (0..8).map(|at| (format!("{at}.md"), format!("{SESSION}\nPage {at}.\n"))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    let one = page(&folder, "--jobs 1 .");
    let named: Vec<String> = (0..8).rev().map(|at| format!("{at}.md")).collect();
    assert_eq!(one, page(&folder, &format!("--jobs 4 {}", named.join(" "))));
}

#[test]
fn two_versions_are_set_next_to_each_other() {
    let old = "# Zinc\n\nThe lozenges shortened colds by 2.5 days ([Hull 2022](https://doi.org/10.1016/j.jad.2022.07.004)).\n";
    let folder = Folder::new(&[("old.md", old), ("new.md", &old.replace("2.5", "3.5"))]);
    let ran = folder.run("compare --format html old.md new.md");
    assert!(ran.out.contains("What changed between two versions"), "{}", ran.err);
    assert!(ran.out.contains("Side by side") && ran.out.contains("old.md, line 3"), "{}", ran.err);
}

#[test]
fn an_article_in_which_nothing_is_found_is_not_called_clean() {
    let folder = Folder::new(&[("a.md", "# Water\n\nDrink a glass of water with each tablet.\n")]);
    let page = page(&folder, "--select S a.md");
    assert!(page.contains("<h1>Nothing found in 1 article</h1>"));
    assert!(page.contains("A clean article is not an approved one"));
    assert!(page.contains("Drink a glass of water"));
    let none = folder.run("check --format html --select S --output none.html nowhere.md");
    assert_eq!(none.status, 2);
}
