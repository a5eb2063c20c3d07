//! The summary in Markdown: what it says, in which order, and how it ends when there is too much.

use crate::folder::Folder;

fn summary(files: &[(&str, &str)], arguments: &str) -> String {
    Folder::new(files).run(&format!("check --format markdown --today 2026-11-01 {arguments}")).out
}

/// The lines of a text that hold a part, in order.
fn lines<'t>(text: &'t str, part: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.contains(part)).collect()
}

#[test]
fn both_sides_and_the_question_to_the_author_are_there() {
    let text = "# Ketamine\n\nA ketamine infusion lasts 40 minutes.\n\nThe ketamine infusion lasts 15 minutes.\n";
    let out = summary(&[("a.md", text)], "--select C001 a.md");
    assert!(out.starts_with("## claimlint: 1 error\n\nThis run read 3 statements in 1 file"), "{out}");
    assert!(out.contains("\n### a.md\n\n1 error\n\n- **error** at 5:29, C001 value-conflict: "), "{out}");
    assert!(out.contains("\n  - 3:27: 40 min here\n"), "{out}");
    let (_, folded) = out.split_once("<details><summary>Questions to the authors</summary>").unwrap();
    assert!(folded.contains("- AU: line 3 says 40 min, line 5 says 15 min"), "{out}");
    assert_eq!(out.matches("<details>").count(), out.matches("</details>").count());
    assert!(!out.contains("passed"), "clean is not approved");
}

#[test]
fn the_worst_comes_first() {
    let calm = "Studies show that it helps.\n";
    let bad = "Studies show that it helps.\n\nAbout 62% of patients improved.\n";
    let out = summary(&[("a.md", calm), ("b.md", bad)], "--select S001,R002 .");
    assert_eq!(lines(&out, "### "), ["### b.md", "### a.md"]);
    let levels: Vec<&str> = lines(&out, " at ").iter().map(|line| &line[4..9]).collect();
    assert_eq!(levels, ["error", "warni", "warni"], "{out}");
}

#[test]
fn the_other_article_is_named() {
    let files = [
        ("a.md", "# Ketamine\n\nA ketamine infusion lasts 40 minutes.\n"),
        ("b.md", "# Ketamine\n\nA ketamine infusion lasts 15 minutes.\n"),
    ];
    let out = summary(&files, "--select C002 .");
    assert!(out.contains("\n  - a.md:3:27: 40 min here\n"), "{out}");
}

#[test]
fn what_github_would_refuse_is_cut_and_counted() {
    let mut text = String::from("# Figures\n\n");
    for at in 0..600 {
        text.push_str(&format!("About {}.{}% of patients in group 🙂 {at} improved.\n\n", 10 + at / 10, at % 10));
    }
    let files = [("a.md", text.as_str()), ("b.md", &text), ("calm.md", "About 62% of patients improved.\n")];
    let folder = Folder::new(&files);
    let out = folder.run("check --format markdown --select S001 --no-corpus .").out;
    assert!(out.encode_utf16().count() <= 65_536, "{}", out.encode_utf16().count());
    let all = folder.run("check --format json --select S001 --no-corpus .").codes().len();
    let shown = lines(&out, "** at ").len();
    let more = format!("… and {} more findings in 3 files.", all - shown);
    assert!(shown > 200 && out.contains(&more), "{shown} of {all}: {}", lines(&out, "…").join("\n"));
    assert!(lines(&out, "AU: ").len() > 50);
    assert!(lines(&out, "more questions").len() == 1);
    assert_eq!(out.matches("<details>").count(), out.matches("</details>").count());
}

#[test]
fn what_stands_in_articles_and_names_does_nothing() {
    let text = "# Zinc\n\n“100% `sure` | <script>alert(1)</script> [x](http://evil.example) @all #1 $a$” cure is guaranteed.\n\n\
                About 62% of <b>patients</b> at http://evil.example improved.\n";
    let out = summary(&[("a|`b`_c_ @d.md", text)], "--min-severity info .");
    for live in ["<script", "<b>", "](http", "://", "@all", "@d", "`b`", "_c_"] {
        assert!(!out.contains(live), "{live} in {out}");
    }
}
