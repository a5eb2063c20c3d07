//! The order of input and the number of threads change no byte of output.

use super::folder::Folder;

const FIGURE: &str = "About 62% of patients improved.\n";

/// Two sites and loose files, with something for every kind of finding to meet.
fn folder() -> (Folder, Vec<String>) {
    let mut files: Vec<(String, String)> = Vec::new();
    for at in 0..6 {
        let page = format!("# Page {at}\n\n{FIGURE}\nStudies show it cures colds.\n");
        files.push((format!("loose/{at}.md"), page.clone()));
        // two hours against three to six, and copies of one page
        let hours = if at == 4 { "14 hours".to_owned() } else { format!("3 to {} hours", 6 + at % 2) };
        let page = format!(
            "{page}\nThe half-life of propranolol is {hours}. Inhaled salbutamol starts to work after 2 hours.\n"
        );
        files.push((format!("one/{at}.md"), page.clone()));
        files.push((format!("two/deep/{}.md", 9 - at), page));
    }
    let articles = files.iter().map(|(path, _)| path.clone()).collect();
    let fact = "[[fact]]\nsubject = 'salbutamol'\nattribute = 'onset'\nvalue = '5 min'\nsource = 'label'\n";
    files.push(("one/facts.toml".to_owned(), fact.to_owned()));
    files.push(("one/claimlint.toml".to_owned(), "facts = ['facts.toml']\n".to_owned()));
    files.push(("two/claimlint.toml".to_owned(), "[rules]\nS001 = 'warning'\n".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    (Folder::new(&files), articles)
}

/// The same things in another order, always the same one.
fn shuffled(articles: &[String], step: usize) -> String {
    // a step that shares no factor with the number of articles meets each of them once
    let at = |index: usize| articles[index * step % articles.len()].as_str();
    (0..articles.len()).map(at).collect::<Vec<_>>().join(" ")
}

#[test]
fn threads_and_order_change_no_byte_of_a_report() {
    let (folder, articles) = folder();
    let check = "check --today 2026-01-01 --min-severity info --no-progress";
    let one = folder.run(&format!("{check} --format json --jobs 1 ."));
    let codes = one.codes();
    for code in ["S001", "C002", "C003", "R002"] {
        assert!(codes.iter().any(|own| own == code), "{code}: {codes:?}");
    }
    for arguments in [
        "--jobs 2 .".to_owned(),
        "--jobs 4 two one loose".to_owned(),
        format!("--jobs 2 {}", shuffled(&articles, 5)),
        format!("--jobs 1 {}", shuffled(&articles, 7)),
        "loose/3.md . loose/3.md two/deep".to_owned(),
    ] {
        assert_eq!(folder.run(&format!("{check} --format json {arguments}")).out, one.out, "{arguments}");
    }
    for format in ["pretty", "concise", "sarif", "html"] {
        let one = folder.run(&format!("{check} --format {format} --jobs 1 ."));
        let two = folder.run(&format!("{check} --format {format} --jobs 2 {}", shuffled(&articles, 11)));
        assert!(!one.out.is_empty(), "{}", one.err);
        assert_eq!((one.out, one.err), (two.out, two.err), "{format}");
    }
}

#[test]
fn threads_and_order_change_no_byte_of_what_is_written() {
    let (folder, articles) = folder();
    let text = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    folder.run("check --today 2026-01-01 --write-baseline --baseline one.toml --jobs 1 .");
    let arguments = shuffled(&articles, 5);
    folder.run(&format!("check --today 2026-01-01 --write-baseline --baseline two.toml --jobs 2 {arguments}"));
    assert!(text("one.toml").contains("two/deep/5.md"));
    assert_eq!(text("one.toml"), text("two.toml"));
    for command in ["claims --format json", "statements"] {
        let one = folder.run(&format!("{command} --jobs 1 ."));
        let two = folder.run(&format!("{command} --jobs 2 {}", shuffled(&articles, 13)));
        assert_eq!(one.out, two.out, "{command}");
    }
}
