//! Keys of a bibliography, and the files that hold it.

use super::folder::{Folder, Ran};

const BIB: &str = "@article{lee2019, title = {Zinc for colds}, year = {2019}}\n";
const CSL: &str = "[{\"id\": \"ng2020\", \"title\": \"Rest\"}]";

/// The messages about references that point to nothing.
fn dangling(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let all = report["findings"].as_array().unwrap();
    all.iter().map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

const CHECK: &str = "check --select R005 --fail-on never --format json .";

#[test]
fn a_key_that_the_bibliography_lacks_is_found() {
    let named = "---\nbibliography:\n  - refs/all.bib\n  - more.json\n---\n\nZinc helps [@lee2091; @ng2020].\n";
    let folder = Folder::new(&[("a.md", named), ("refs/all.bib", BIB), ("more.json", CSL)]);
    let ran = folder.run(CHECK);
    let wanted = "\u{201c}@lee2091\u{201d} has no entry in refs/all.bib, more.json; did you mean @lee2019 (Zinc for colds, 2019)?";
    assert_eq!((ran.status, dangling(&ran)), (0, vec![wanted.to_owned()]));
    let beside = "Zinc helps [@lee2019; @xu-rest].\n";
    let folder = Folder::new(&[("a.md", beside), ("my.bib", BIB)]);
    assert_eq!(dangling(&folder.run(CHECK)), ["\u{201c}@xu-rest\u{201d} has no entry in my.bib"]);
}

#[test]
fn what_no_file_can_tell_is_not_said() {
    let cites = "Zinc helps [@xu2021].\n";
    for files in [
        vec![("a.md", cites)],
        // another's bibliography, two of them, a broken one
        vec![("a.md", cites), ("my.bib", BIB)],
        vec![("a.md", "Zinc helps [@lee2019; @xu2021].\n"), ("my.bib", BIB), ("your.bib", "")],
        vec![("a.md", cites), ("references.bib", "@article{lee")],
        // files that are not read, or elsewhere
        vec![("a.md", "---\nbibliography: refs.yaml\n---\n\nZinc helps [@xu2021].\n")],
        vec![("a.md", "---\nbibliography: https://a.example/refs.bib\n---\n\nZinc helps [@xu2021].\n")],
        // works that the article lists itself
        vec![
            (
                "a.md",
                "---\nbibliography: b.bib\nreferences:\n- id: xu2021\n  title: Zinc\n---\n\nZinc helps [@xu2021].\n",
            ),
            ("b.bib", BIB),
        ],
    ] {
        let ran = Folder::new(&files).run(CHECK);
        assert_eq!((ran.status, dangling(&ran)), (0, Vec::new()), "{files:?}");
    }
}

#[test]
fn a_named_file_that_cannot_be_read_is_told_of_once() {
    let article = |name: &str| format!("---\nbibliography: {name}\n---\n\nZinc helps [@lee2019].\n");
    let (broken, gone, json) = (article("broken.bib"), article("gone.bib"), article("broken.json"));
    let folder = Folder::new(&[
        ("a.md", &broken),
        ("b.md", &broken),
        ("c.md", &gone),
        ("d.md", &json),
        ("e.md", "Garlic heals [citation needed].\n"),
        ("broken.bib", "@article{lee2019,\n  title {Zinc}\n}\n"),
        ("broken.json", "[\n  {\"id\": \"lee2019\",}\n]\n"),
    ]);
    let ran = folder.run("check --select R005 --format concise .");
    assert_eq!(ran.status, 2);
    let told = format!("{}{}", ran.out, ran.err);
    for wanted in [
        "broken.bib: line 2, column 9: is no BibTeX: expected equals",
        "gone.bib: cannot be read, and an article names it as its bibliography",
        "broken.json: line 2, column 20: is no JSON: trailing comma",
        "e.md:1:14",
    ] {
        assert_eq!(told.matches(wanted).count(), 1, "{wanted} in {told}");
    }
}
