//! Texts with the citations in them, and texts without.

#![allow(clippy::string_slice)]

use super::CitationKind::{AuthorYear, Doi, Pmcid, Pmid, Registry};
use super::*;
use crate::lexicon::{Data, NamedList};
use proptest::prelude::*;

fn lexicon() -> Lexicon {
    Lexicon::new(toml::from_str::<Data>(include_str!("../../../rules/lexicon/cues.toml")).map(without_phrases).unwrap())
        .unwrap()
}

fn without_phrases(mut data: Data) -> Data {
    data.phrases.clear();
    data.list.push(NamedList { name: "unused".to_owned(), words: Vec::new() });
    data
}

#[test]
fn citations_are_found_as_written() {
    let lexicon = lexicon();
    for (text, expected) in [
        ("see doi:10.1000/182.", vec![(Doi, "doi:10.1000/182", "10.1000/182")]),
        (
            "(10.1016/S0140-6736(05)66417-5)",
            vec![(Doi, "10.1016/S0140-6736(05)66417-5", "10.1016/S0140-6736(05)66417-5")],
        ),
        ("DOI: 10.1234/ab.c;", vec![(Doi, "DOI: 10.1234/ab.c", "10.1234/ab.c")]),
        ("PMID: 12345678, PMC1234567", vec![(Pmid, "PMID: 12345678", "12345678"), (Pmcid, "PMC1234567", "PMC1234567")]),
        ("PMID12345678", vec![(Pmid, "PMID12345678", "12345678")]),
        ("trial NCT01234567.", vec![(Registry, "NCT01234567", "NCT01234567")]),
        ("(ISRCTN12345678)", vec![(Registry, "ISRCTN12345678", "ISRCTN12345678")]),
        ("EudraCT 2019-001234-56", vec![(Registry, "EudraCT 2019-001234-56", "EudraCT 2019-001234-56")]),
        ("It helps (Roe et al., 2019).", vec![(AuthorYear, "Roe et al., 2019", "Roe et al., 2019")]),
        (
            "It helps (Roe & Doe, 2020; Poe, 2021a).",
            vec![(AuthorYear, "Roe & Doe, 2020", "Roe & Doe, 2020"), (AuthorYear, "Poe, 2021a", "Poe, 2021a")],
        ),
        ("(see Roe-Doe 2019)", vec![(AuthorYear, "Roe-Doe 2019", "Roe-Doe 2019")]),
        ("Roe (2019) found", vec![(AuthorYear, "Roe (2019)", "Roe (2019)")]),
        ("by Roe and Doe (2019)", vec![(AuthorYear, "Roe and Doe (2019)", "Roe and Doe (2019)")]),
        ("Roe et al. (2019)", vec![(AuthorYear, "Roe et al. (2019)", "Roe et al. (2019)")]),
        ("Roe and colleagues (2019)", vec![(AuthorYear, "Roe and colleagues (2019)", "Roe and colleagues (2019)")]),
    ] {
        let found = citations(text, &lexicon);
        let shown: Vec<_> = found.iter().map(|one| (one.kind, &text[one.range.clone()], one.target.as_str())).collect();
        assert_eq!(shown, expected, "{text}");
    }
}

#[test]
fn what_looks_like_a_citation_and_is_none() {
    let lexicon = lexicon();
    for text in [
        "In May (2019) it rained",
        "(March 2019)",
        "(updated 2019)",
        "(Updated 2019)",
        "approved in 1990 (in 2019 again)",
        "a dose of 10.5 mg",
        "10.5/20",
        "NCT stands for something",
        "PMC is an archive",
        "It was sold (2019).",
        "1234567",
    ] {
        assert_eq!(citations(text, &lexicon), [], "{text}");
    }
}

#[test]
fn addresses_lead_to_identifiers() {
    for (address, expected) in [
        ("https://doi.org/10.1000/182", Some((Doi, "10.1000/182"))),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", Some((Pmid, "12345678"))),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", Some((Pmid, "12345678"))),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/", Some((Pmcid, "PMC1234567"))),
        ("https://clinicaltrials.gov/study/NCT01234567?rank=1", Some((Registry, "NCT01234567"))),
        ("https://example.org/10.1000/182", None),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=sleep", None),
    ] {
        assert_eq!(identify(address, &lexicon()), expected.map(|(kind, id)| (kind, id.to_owned())), "{address}");
    }
}

#[test]
fn persons_have_a_title_or_a_degree() {
    for (text, expected) in [
        ("says Dr. Roe, who", vec!["Dr. Roe"]),
        ("Professor Jane Q. Roe-Doe says", vec!["Professor Jane Q. Roe-Doe"]),
        ("Jane Roe, MD, says", vec!["Jane Roe, MD"]),
        ("by Jane Roe, Ph.D.", vec!["Jane Roe, Ph.D"]),
        ("ask your doctor", vec![]),
        ("see a Dr. now", vec![]),
        ("the Boston, MD area", vec![]),
    ] {
        let found: Vec<_> = persons(text, &lexicon()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in "([A-Za-z]{0,4}[(),;. /:]|doi:|10\\.|PMID|PMC|NCT|[0-9]{1,8}|é|Dr|et al|, MD){0,12}") {
        let lexicon = lexicon();
        let mut last = 0;
        for one in citations(&text, &lexicon) {
            prop_assert!(one.range.start >= last && text.get(one.range.clone()).is_some_and(|text| !text.is_empty()));
            last = one.range.end;
        }
        for range in persons(&text, &lexicon) {
            prop_assert!(text.get(range).is_some());
        }
        identify(&text, &lexicon);
    }
}
