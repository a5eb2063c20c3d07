//! Reference markers and reference lists, of every format.
//!
//! Takes a document as its format's reader left it and the words that head a reference list; makes the entries of the
//! list references, finds the markers in the prose and cuts raised ones out of it. Resolves no marker.

mod entry;
mod marker;

use super::label;
use crate::document::{Block, BlockId, BlockKind, Document, Field, LinkKind, Marker, Text};
use crate::lexicon::Lexicon;
use crate::source::Source;
use marker::{Found, Style};
use std::collections::BTreeMap;
use std::ops::Range;

/// Finds reference lists and markers.
pub(super) fn find(document: &mut Document, source: &Source, lexicon: &Lexicon) {
    entry::find(document, source, lexicon);
    if document.references.is_empty() {
        entry::find_last(document, lexicon);
    }
    anchors(document);
    let style = Style { glued: most_entries(document), narrative: has_keys(document, lexicon), round: false };
    let (mut markers, mut cuts) = in_prose(document, style, lexicon);
    if markers.is_empty() && document.markers.is_empty() && !document.references.is_empty() {
        (markers, cuts) = in_prose(document, Style { round: true, ..style }, lexicon);
    }
    let moved = |id: BlockId, range: &mut Range<usize>| {
        if let Some(cuts) = cuts.get(&id) {
            *range = cuts.moved(range.start)..cuts.moved(range.end);
        }
    };
    for link in &mut document.links {
        if let Some(id) = link.block {
            moved(id, &mut link.range);
        }
    }
    for marker in &mut document.markers {
        moved(marker.block, &mut marker.range);
    }
    document.markers.append(&mut markers);
    document.markers.sort_by_key(|marker| (marker.block, marker.range.start, marker.span.start));
}

/// The markers in the prose of a document, and what was cut out of it.
fn in_prose(document: &mut Document, style: Style, lexicon: &Lexicon) -> (Vec<Marker>, BTreeMap<BlockId, Cuts>) {
    let mut cuts: BTreeMap<BlockId, Cuts> = BTreeMap::new();
    let mut markers = Vec::new();
    for (id, block) in document.blocks.iter_mut().enumerate().filter(|(_, block)| block.kind != BlockKind::Reference) {
        let found = marker::find(block.text.as_str(), style, lexicon);
        if !found.is_empty() {
            add(id, block, found, &mut markers, &mut cuts);
        }
    }
    (markers, cuts)
}

/// Links to a place on the page whose text is nothing but a number are markers: `<a href="#fn1">1</a>`.
fn anchors(document: &mut Document) {
    let Document { links, blocks, markers, .. } = document;
    for link in links.iter().filter(|link| link.kind == LinkKind::Anchor && link.target.starts_with('#')) {
        let Some((id, block)) = link.block.and_then(|id| Some((id, blocks.get(id)?))) else { continue };
        let text = block.text.as_str().get(link.range.clone()).unwrap_or_default();
        let labels = label::labels(text).filter(|_| block.kind != BlockKind::Reference && !text.contains('['));
        let known = markers.iter().any(|marker| marker.span.overlaps(link.span));
        if let Some(labels) = labels.filter(|_| !known) {
            let range = link.range.clone();
            markers.push(Marker { span: link.span, block: id, range, labels, certain: false, keys: false });
        }
    }
}

/// The highest label that a digit glued to a full stop may name; 0 when the article has neither entries nor markers.
fn most_entries(document: &Document) -> u32 {
    let entries = document.references.iter().filter_map(|entry| entry.label.parse::<u32>().ok()).max();
    let marked = document.markers.iter().flat_map(|marker| &marker.labels).filter_map(|label| label.parse().ok()).max();
    entries.or(marked).unwrap_or(0)
}

/// True for an article that cites by keys of a bibliography: its front matter names one, or a bracket holds a key.
fn has_keys(document: &Document, lexicon: &Lexicon) -> bool {
    let names = |field: &Field| lexicon.list("bibliography-field").contains(&field.key);
    let cites = |text: &str| text.contains("[@") || text.contains("[-@");
    document.metadata.iter().any(names) || document.blocks.iter().any(|block| cites(block.text.as_str()))
}

/// Records the markers of a block and cuts the raised ones out of its prose.
fn add(
    id: BlockId,
    block: &mut Block,
    found: Vec<Found>,
    markers: &mut Vec<Marker>,
    cuts: &mut BTreeMap<BlockId, Cuts>,
) {
    let cut: Vec<Range<usize>> = found.iter().filter(|one| one.raised).map(|one| one.range.clone()).collect();
    let text: &mut Text = &mut block.text;
    let cuts_here = Cuts::new(cut);
    for Found { range, labels, certain, keys, .. } in found {
        let span = text.span(range.clone());
        let range = cuts_here.moved(range.start)..cuts_here.moved(range.end);
        markers.push(Marker { span, block: id, range, labels, certain, keys });
    }
    if !cuts_here.ranges.is_empty() {
        text.cut_all(&cuts_here.ranges);
        cuts.insert(id, cuts_here);
    }
}

/// What was cut out of a block's prose.
struct Cuts {
    /// Byte ranges in ascending order.
    ranges: Vec<Range<usize>>,
    /// For each, how many bytes were cut through it.
    removed: Vec<usize>,
}

impl Cuts {
    fn new(ranges: Vec<Range<usize>>) -> Self {
        let lengths = ranges.iter().scan(0, |sum, range| {
            *sum += range.len();
            Some(*sum)
        });
        let removed = lengths.collect();
        Self { ranges, removed }
    }

    /// Where an offset is after the cuts; one inside a cut is where the cut was.
    fn moved(&self, at: usize) -> usize {
        let before = self.ranges.partition_point(|cut| cut.end <= at);
        let removed = before.checked_sub(1).and_then(|index| self.removed.get(index)).copied().unwrap_or_default();
        let inside = self.ranges.get(before).filter(|cut| cut.start < at).map_or(0, |cut| at - cut.start);
        at - removed - inside
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read};
    use super::*;
    use crate::source::Format;

    fn document(text: &str, format: Format) -> Document {
        let mut data: crate::lexicon::Data = toml::from_str(include_str!("../../rules/lexicon/reading.toml")).unwrap();
        data.merge(toml::from_str(include_str!("../../rules/lexicon/plain.toml")).unwrap());
        let lexicon = Lexicon::new(data).unwrap();
        read(&Source::new("a", text, format), &Options::default(), &lexicon)
    }

    fn markers(text: &str) -> Vec<(String, String)> {
        let read = document(text, Format::Markdown);
        read.markers.iter().map(|one| (text[one.span.range()].to_owned(), one.labels.join(" "))).collect()
    }

    fn found(marker: &str, labels: &str) -> (String, String) {
        (marker.to_owned(), labels.to_owned())
    }

    fn labels(read: &Document) -> Vec<(&str, &str)> {
        let text = |id: BlockId| read.blocks[id].text.as_str();
        read.references.iter().map(|entry| (entry.label.as_str(), text(entry.block))).collect()
    }

    #[test]
    fn markers_of_every_kind_are_read() {
        assert_eq!(
            markers("It helps [3\u{2013}5, 8]. So [1]."),
            [found("[3\u{2013}5, 8]", "3 4 5 8"), found("[1]", "1")]
        );
        assert_eq!(markers("It helps [@lee2019; see @ng, p. 3]."), [found("[@lee2019; see @ng, p. 3]", "lee2019 ng")]);
        assert_eq!(markers("It helps [^gone]."), [found("[^gone]", "gone")]);
        assert_eq!(
            markers(
                "As @ng2020 [p. 3] says, but not @{lee:a}, [-@bo_1, ch. 2] or [see @fig-dose]; by a@b.org, @tbl-1."
            ),
            [found("@ng2020", "ng2020"), found("@{lee:a}", "lee:a"), found("[-@bo_1, ch. 2]", "bo_1")]
        );
        assert_eq!(markers("Follow @ourclinic and write to a@b.example."), []);
        assert_eq!(markers("---\nbibliography: all.bib\n---\nAs @ng2020 says."), [found("@ng2020", "ng2020")]);
        assert_eq!(
            markers("It helps.\u{b2}\u{2c}\u{b3} So does rest\u{b9}"),
            [found("\u{b2},\u{b3}", "2 3"), found("\u{b9}", "1")]
        );
    }

    #[test]
    fn raised_markers_leave_the_prose() {
        let text = "Sleep\u{b9} helps.\u{b2} See [this](https://a.example) and rest.";
        let read = document(text, Format::Markdown);
        assert_eq!(read.blocks[0].text.as_str(), "Sleep helps. See this and rest.");
        assert_eq!(read.markers.iter().map(|one| one.range.clone()).collect::<Vec<_>>(), [5..5, 12..12]);
        assert_eq!(&read.blocks[0].text.as_str()[read.links[0].range.clone()], "this");
    }

    #[test]
    fn exponents_intervals_and_prices_are_no_markers() {
        for text in [
            "30 kg/m\u{b2} and 10\u{b3} cells, \u{3c7}\u{b2} = 3, R\u{b2} = 0.4, I\u{b2} of 40",
            "odds ratio 1.4, 95% CI [1, 3]; median 4, IQR [2, 6]",
            "in [2019] they said [sic] so",
            "It costs 3.5 and No.2 is v1.2",
            "intravenously.2 Then",
        ] {
            assert_eq!(markers(text), [], "{text}");
        }
    }

    #[test]
    fn a_digit_behind_a_full_stop_is_a_marker_when_there_is_a_list() {
        let text = "Given intravenously.2 It lasts \u{201c}an hour.\u{201d}1,2 The dose is 0.5 mg.\n\n## Sources\n\n1. Lee 2019\n2. Ng 2020\n";
        assert_eq!(markers(text), [found("2", "2"), found("1,2", "1 2")]);
        let list = "\n\n## Sources\n\n1. Lee 2019\n2. Ng 2020\n";
        let of = |text: &str| markers(&format!("{text}{list}"));
        assert_eq!(of("Most have it.2 Few do.1,2 It is rare."), [found("2", "2"), found("1,2", "1 2")]);
        assert_eq!(of("Then No.2 Next."), []);
        let read = document(text, Format::Markdown);
        assert_eq!(
            read.blocks[0].text.as_str(),
            "Given intravenously. It lasts \u{201c}an hour.\u{201d} The dose is 0.5 mg."
        );
    }

    #[test]
    fn reference_lists_are_labelled_by_number_or_place() {
        let read = document("# A\n\n## 7. References:\n\n1. Lee\n1. Ng\n\n## Next\n\n- item\n", Format::Markdown);
        assert_eq!(labels(&read), [("1", "Lee"), ("2", "Ng")]);
        assert_eq!(read.blocks[2].kind, BlockKind::Reference);
        assert_eq!(read.blocks[5].kind, BlockKind::Item);
        let read = document("## Sources\n\n- Lee\n- Ng\n\n### Books\n\n- Bo\n", Format::Markdown);
        assert_eq!(labels(&read), [("1", "Lee"), ("2", "Ng"), ("3", "Bo")]);
        let read = document("**References**\n\n[4] Lee, 2019.\n[5] Ng, 2020.\n\n6. Bo\n", Format::Markdown);
        assert_eq!(labels(&read).iter().map(|(label, _)| *label).collect::<Vec<_>>(), ["4", "5", "6"]);
        let page = "<h2>Bibliography</h2><ol><li>Lee<li>Ng</ol><aside><ul><li>Sealants</ul></aside>";
        let read = document(page, Format::Html);
        assert_eq!(labels(&read), [("1", "Lee"), ("2", "Ng")]);
    }

    #[test]
    fn numbers_in_round_brackets_are_markers_where_nothing_else_is() {
        let list = "\n\n## References\n\n1. Lee, 2019\n2. Ng, 2020\n";
        let read = |text: &str| markers(&format!("{text}{list}"));
        assert_eq!(read("It helps (1). Rest helps (1, 2)."), [found("(1)", "1"), found("(1, 2)", "1 2")]);
        assert_eq!(read("Take (1) rest and (2) tea, at 38 (9)."), []);
        assert_eq!(read("It helps [1], and rest helps (2)."), [found("[1]", "1")]);
    }

    #[test]
    fn a_list_of_sources_at_the_end_needs_no_heading() {
        let text = "Zinc helps.\u{b9} So does rest.\u{b2}\n\n1. Lee K. Zinc for colds. BMJ. 2019;3:4.\n2. Ng A. Rest. 2020. doi:10.1/x\n";
        let read = document(text, Format::Markdown);
        assert_eq!(labels(&read).iter().map(|(label, _)| *label).collect::<Vec<_>>(), ["1", "2"]);
        let notes = "Zinc helps.\u{b9}\n\n---\n\n\u{b9} Lee K. Zinc for colds. BMJ. 2019;3:4.\n";
        assert_eq!(document(notes, Format::Markdown).references.len(), 1);
        let shared = format!("{text}\nShare this\n\n## Related posts\n\n- Ten hats for a rainy day\n");
        assert_eq!(document(&shared, Format::Markdown).references.len(), 2);
        let steps = "Do this.\n\n1. Wash your hands. Dry them. We began in 2019.\n2. Wait. Then call us.\n";
        assert!(document(steps, Format::Markdown).references.is_empty());
    }

    #[test]
    fn a_number_that_leads_to_a_note_on_the_page_is_a_marker() {
        let page = "<p>Zinc helps <a href=\"#fn1\">1</a>.</p><h2>Notes</h2><ol><li id=fn1>Lee, 2019</ol>";
        let read = document(page, Format::Html);
        assert_eq!(read.markers.iter().map(|one| one.labels.join(" ")).collect::<Vec<_>>(), ["1"]);
    }

    #[test]
    fn a_list_that_its_page_calls_references_needs_no_heading_and_no_place() {
        let page = "<p>Take zinc<sup>1</sup>.</p><ol class=\"References\"><li>Lee<li>Ng</ol><p>0 Comments</p>";
        let read = document(page, Format::Html);
        assert_eq!(labels(&read), [("1", "Lee"), ("2", "Ng")]);
        let page = "<p>Take zinc<sup>1</sup>.</p><footer class=footnotes><ol><li><p>Lee<p>2019</ol></footer>";
        assert_eq!(labels(&document(page, Format::Html)), [("1", "Lee")]);
    }

    #[test]
    fn prose_under_notes_stays_prose() {
        let read = document("## Notes\n\nDrink water and rest for a day.\n", Format::Markdown);
        assert!(read.references.is_empty());
        assert_eq!(read.blocks[1].kind, BlockKind::Paragraph);
    }
}
