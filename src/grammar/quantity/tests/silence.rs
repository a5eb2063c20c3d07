//! What looks like a number and is no quantity.

use super::*;

#[track_caller]
fn silent(texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn telephone_numbers() {
    silent(&[
        "Ring 0800 1111 if you can.",
        "+1 800 273 8255",
        "+44 20 7946 0018",
        "555-123-4567",
        "Call 988 or text 741741.",
        "dial 999",
    ]);
}

#[test]
fn identifiers_and_addresses() {
    silent(&[
        "https://example.org/2019/12?id=20",
        "www.example.org/5-ways",
        "doi:10.1016/j.jad.2022.07.004",
        "ISBN 978-3-16-148410-0",
        "PMID: 31234567",
        "NCT01234567",
        "vitamin B12, omega-3, COVID-19, GLP-1, H1N1",
        "5-HT2A and 5-fluorouracil",
        "scp-173m",
        "version 2.0.1 and v1.2",
        "[12] and [1-3] and [10, 11]",
        "a@5b.org",
    ]);
}

#[test]
fn clock_times_scores_and_ratios() {
    silent(&[
        "at 10:30 am",
        "6 pm",
        "6 p.m.",
        "11am to 2pm",
        "in a ratio of 3:1",
        "won 5–4",
        "24/7 care",
        "50/50",
        "20/20 vision",
    ]);
}

#[test]
fn numbers_that_name_one_of_a_series() {
    silent(&[
        "type 2 diabetes",
        "a phase 3 trial",
        "Table 2 and Figure 3",
        "on page 12",
        "Step 1",
        "grade 3",
        "stage IV",
        "1. Take it.",
        "2) Stop it.",
        "chromosome 15",
        "the 2nd and 3rd dose",
    ]);
}

#[test]
fn words_that_only_look_like_numbers() {
    silent(&[
        "The one you mentioned is wrong.",
        "no one, someone, one another",
        "A first class seat",
        "a second dose",
        "its half-life",
        "double-blind",
        "in the other half",
        "a bid to win",
        "in many ways, some people, several reasons, a few patients",
        "It may march on.",
    ]);
}

#[test]
fn a_level_of_confidence_is_no_figure() {
    assert_eq!(read("95% CI 0.6 to 0.9").len(), 1);
    assert_eq!(read("(95 % confidence interval").len(), 0);
}

#[test]
fn two_drugs_of_one_tablet_are_no_range() {
    silent(&["40-25 mg"]);
    assert_eq!(read("take 14—11 mg").len(), 2);
}
