//! Tests of identifiers: what is right stays silent, what is wrong says why.

use super::*;
use proptest::prelude::*;

fn flaws(text: &str) -> Vec<(&str, Flaw)> {
    malformed(text).into_iter().map(|one| (&text[one.range], one.flaw)).collect()
}

#[test]
fn every_label_passes_the_test_before_it() {
    for (label, _) in LABELS {
        assert!(may_begin(&label.as_bytes()[..3]), "{label}");
        assert!(may_begin(&label.to_uppercase().as_bytes()[..3]), "{label}");
    }
}

#[test]
fn right_identifiers_are_silent() {
    for text in [
        "doi:10.1016/j.jad.2022.07.004.",
        "doi: 10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "https://doi.org/10.1000.10/123",
        "doi: doi:10.1000/182",
        "doi:10.1016/ j.jad.2022.07.004",
        "PMID: 12190139",
        "PMCID: PMC8004831; PMC8004831.1",
        "ISBN 978-0-306-40615-7",
        "ISBN-13: 978 0 306 40615 7 2nd ed.",
        "ISBN-10 0-306-40615-2, 1981",
        "ISBN: 080442957X",
        "ISBN 9780306406157 2019",
        "eISSN 2049-3630",
        "https://orcid.org/0000-0002-1825-0097",
        "ORCID iD: 0000-0002-1694-233X",
        "NCT01234567 and the NCT in Heidelberg, NCT-1",
        "The isbn number of a book; a PMC clinic; doing 10.2 km",
    ] {
        assert_eq!(flaws(text), [], "{text}");
    }
}

#[test]
fn wrong_identifiers_say_why() {
    use Flaw::{CheckDigit, Form, Length};
    assert_eq!(flaws("doi: 10.10/xyz"), [("10.10/xyz", Form)]);
    assert_eq!(flaws("https://doi.org/10.10/xyz."), [("10.10/xyz", Form)]);
    assert_eq!(flaws("doi:10.1016j.jad.2022.07.004"), [("10.1016j.jad.2022.07.004", Form)]);
    assert_eq!(flaws("PMID 123456789"), [("123456789", Length { count: 9, expected: "at most 8" })]);
    assert_eq!(flaws("at PMC-12O4567."), [("PMC-12O4567", Form)]);
    assert_eq!(flaws("ISBN 978-0-306-40615-8"), [("978-0-306-40615-8", CheckDigit { expected: '7' })]);
    assert_eq!(flaws("ISBN 0-306-40615-3"), [("0-306-40615-3", CheckDigit { expected: '2' })]);
    assert_eq!(flaws("ISBN 978-0-306-4061-7"), [("978-0-306-4061-7", Length { count: 12, expected: "13" })]);
    assert_eq!(flaws("ISSN 2049-3631"), [("2049-3631", CheckDigit { expected: '0' })]);
    assert_eq!(flaws("orcid.org/0000-0002-1825-0098"), [("0000-0002-1825-0098", CheckDigit { expected: '7' })]);
    assert_eq!(flaws("(NCT0123456)"), [("NCT0123456", Length { count: 7, expected: "8" })]);
}

proptest! {
    #[test]
    fn ranges_lie_in_the_text(text in "(doi|ISBN|PMID|PMC|NCT|ORCID|ISSN|[ :0-9X-]|\\PC){0,30}") {
        let mut end = 0;
        for one in malformed(&text) {
            prop_assert!(text.get(one.range.clone()).is_some_and(|found| !found.is_empty()));
            prop_assert!(end <= one.range.start);
            end = one.range.end;
        }
    }
}
