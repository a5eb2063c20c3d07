//! Comments and front matter that silence a rule, and what is said of them.

use crate::folder::Folder;

/// The findings of S001, D001 and D002 in a text, each with its line.
fn found(name: &str, text: &str) -> Vec<String> {
    let ran = Folder::new(&[(name, text)]).run(&format!("check --format json --ignore S003,S022,R,H,L,C {name}"));
    let report = ran.json();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["span"]["line"])).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_directive_silences_the_next_line_its_own_line_a_stretch_or_the_file() {
    // three figures, since one that is repeated is reported once
    let (one, two) = ("About 62% of patients improved.", "About 45% of women recovered.");
    let next = format!("<!-- claimlint-disable-next-line S001 -- our audit -->\n{one}\n\n{two}\n");
    assert_eq!(found("a.md", &next), ["S001 4"]);
    let own = format!("{one} <!-- claimlint-disable-line unsupported-statistic -->\n\n{two}\n");
    assert_eq!(found("a.md", &own), ["S001 3"]);
    let (from, to) = ("<!-- claimlint-disable S001 -->", "<!-- claimlint-enable S001 -->");
    let stretch = format!("{one}\n\n{from}\n\n{two}\n\n{to}\n\nAbout 38% of people died.\n");
    assert_eq!(found("a.md", &stretch), ["S001 1", "S001 9"]);
    let file = format!("{one}\n\n{two}\n\n<!-- claimlint-disable-file S001 -->\n");
    assert_eq!(found("a.md", &file), NONE);
}

#[test]
fn a_directive_works_in_every_format_that_has_comments() {
    let mdx = "{/* claimlint-disable-next-line S001 */}\nAbout 62% of patients improved.\n";
    assert_eq!(found("a.mdx", mdx), NONE);
    let html = "<!-- claimlint-disable-next-line S001 -->\n<p>About 62% of patients improved.</p>\n";
    assert_eq!(found("a.html", html), NONE);
    let crlf = "<!-- claimlint-disable-next-line S001 -->\r\nAbout 62% of patients improved.\r\n";
    assert_eq!(found("a.md", crlf), NONE);
}

#[test]
fn front_matter_silences_for_the_article() {
    let text = "---\ntitle: Sleep\nclaimlint: { disable: [S001] }\n---\n\nAbout 62% of patients improved.\n";
    assert_eq!(found("a.md", text), NONE);
    let list = "---\nclaimlint:\n  disable:\n    - unsupported-statistic\n---\n\nAbout 62% of patients improved.\n";
    assert_eq!(found("a.md", list), NONE);
}

#[test]
fn a_directive_that_silences_nothing_is_reported_where_it_names_the_rule() {
    let text = "<!-- claimlint-disable-next-line S001, R002 -->\nAbout 62% of patients improved.\n";
    let folder = Folder::new(&[("a.md", text)]);
    let report = folder.run("check --format json --ignore S003,S022,H,L,C a.md").json();
    let unused = &report["findings"][0];
    assert_eq!((unused["code"].as_str(), unused["text"].as_str()), (Some("D001"), Some("R002")), "{report}");
    assert_eq!(unused["severity"], "warning");
}

#[test]
fn a_rule_that_did_not_run_is_not_called_unneeded() {
    let text = "<!-- claimlint-disable-next-line R002 -->\nDrink a glass of water with each tablet.\n";
    assert_eq!(found("a.md", text), NONE);
    let folder = Folder::new(&[("a.md", text)]);
    assert_eq!(folder.run("check --format json --select S001,D001 a.md").codes(), Vec::<String>::new());
    assert_eq!(folder.run("check --format json a.md").codes(), ["D001"]);
}

#[test]
fn an_unknown_rule_in_a_directive_is_reported_with_the_nearest_one() {
    let text = "<!-- claimlint-disable-next-line S0001 -->\nAbout 62% of patients improved.\n";
    let folder = Folder::new(&[("a.md", text)]);
    let report = folder.run("check --format json --select S001,D002 a.md").json();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "{report}");
    assert_eq!(findings[0]["code"], "D002");
    assert_eq!(findings[0]["text"], "S0001");
    assert!(findings[0]["message"].as_str().unwrap().contains("S001"), "{report}");
}

#[test]
fn what_is_silenced_is_counted() {
    let text = "<!-- claimlint-disable-next-line S001 -->\nAbout 62% of patients improved.\n";
    let ran = Folder::new(&[("a.md", text)]).run("check --select S001 a.md");
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("1 silenced by directives"), "{}", ran.err);
}

#[test]
fn findings_of_one_remedy_are_one_and_are_silenced_one_by_one() {
    let hype = |text: &str| Folder::new(&[("a.md", text)]).run("check --format json --select H003 a.md").json();
    let found = hype("The gel is a breakthrough.\n\nThe balm is a game-changer.\n\nThe oil is revolutionary.\n");
    let all = found["findings"].as_array().unwrap();
    let places = |one: &serde_json::Value| -> Vec<String> {
        one["related"].as_array().unwrap().iter().map(|side| side["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((all.len(), found["summary"]["warnings"].as_u64()), (1, Some(1)));
    assert_eq!(
        (all[0]["text"].as_str(), places(&all[0])),
        (Some("breakthrough"), vec!["game-changer".into(), "revolutionary".into()])
    );
    assert!(all[0]["message"].as_str().unwrap().ends_with("(2 more in this article)"), "{}", all[0]);

    let found = hype(
        "The gel is a breakthrough.\n\n<!-- claimlint-disable-next-line H003 -->\nThe balm is a game-changer.\n\n\
         The oil is revolutionary.\n",
    );
    assert_eq!(places(&found["findings"][0]), ["revolutionary"]);
}
