//! What readers of a page would see, and what the reader makes of it.

use super::read;
use crate::document::{BlockKind, Document, LinkKind, Region};
use crate::lexicon::{Data, Lexicon};
use crate::source::{Format, Source};
use proptest::prelude::*;

fn document(text: &str) -> Document {
    let data: Data = toml::from_str(include_str!("../../../rules/lexicon/plain.toml")).unwrap();
    read(&Source::new("a.html", text, Format::Html), &Lexicon::new(data).unwrap())
}

fn kinds(text: &str) -> Vec<(BlockKind, String)> {
    document(text).blocks.into_iter().map(|block| (block.kind, block.text.as_str().to_owned())).collect()
}

fn prose(text: &str) -> Vec<String> {
    document(text).blocks.into_iter().map(|block| block.text.as_str().to_owned()).collect()
}

fn regions(text: &str) -> Vec<(String, Region)> {
    document(text).blocks.into_iter().map(|block| (block.text.as_str().to_owned(), block.region)).collect()
}

#[test]
fn a_list_of_line_breaks_is_a_list() {
    let page = "<p>Avoid these:<br>• tea<br />\n● coffee, 5 • 6<br>and more</p>";
    assert_eq!(prose(page), ["Avoid these:", "• tea", "● coffee, 5 • 6 and more"]);
}

#[test]
fn text_flows_across_inline_tags_and_keeps_its_places() {
    let text = "\u{feff}<p>\r\n  Take <b>5&nbsp;mg</b>\r\n of <i>this</i>&mdash;twice<!-- x --> daily. </p>tail";
    let read = document(text);
    let block = &read.blocks[0];
    assert_eq!(block.text.as_str(), "Take 5\u{a0}mg of this—twice daily.");
    assert_eq!(&text[block.span.range()], "Take <b>5&nbsp;mg</b>\r\n of <i>this</i>&mdash;twice<!-- x --> daily.");
    let dose = block.text.as_str().find("5\u{a0}mg").unwrap();
    assert_eq!(&text[block.text.span(dose..dose + 5).range()], "5&nbsp;mg");
    assert_eq!(read.blocks[1].text.as_str(), "tail");
}

#[test]
fn block_tags_end_blocks_however_they_are_closed() {
    assert_eq!(prose("<p>a<p>b<div>c<br>d<br/> <br>e</div>f"), ["a", "b", "c d", "e", "f"]);
    assert_eq!(prose("<ul><li>a<li>b<ul><li>c</ul>d</ul>e"), ["a", "b", "c", "d", "e"]);
    assert_eq!(prose("<b>a</div></p> b</i></b>"), ["a b"]);
    assert_eq!(prose("<p>a <span>b</p></span>c"), ["a b", "c"]);
    assert_eq!(prose("a < b <p>c"), ["a < b", "c"]);
    use BlockKind::{Heading, Paragraph};
    assert_eq!(
        kinds("<h2>One<p>two</p><h3>Three</h2>four"),
        [(Heading, "One".into()), (Paragraph, "two".into()), (Heading, "Three".into()), (Paragraph, "four".into()),]
    );
}

#[test]
fn what_is_no_prose_is_never_read() {
    let text = "<style>p{}</style><script>if (a<b) '<p>x</p>'</script><template><p>t</p></template><noscript>n</noscript>\
                <svg><title>s</title><text>x</text></svg><pre>code</pre><textarea>t</textarea><iframe src=x>y</iframe>\
                <p>Read <code>x</code>this<del> old</del>.</p><video>v</video>";
    let read = document(text);
    let shown: Vec<_> = read.blocks.iter().filter(|block| !block.hidden).collect();
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].text.as_str(), "Read this.");
    assert_eq!((read.unread.code, read.unread.media), (1, 3));
    assert!(read.metadata.is_empty());
}

#[test]
fn headings_govern_what_follows_but_not_out_of_asides() {
    let read = document(
        "<h1>T</h1><p>a</p><h2>S</h2><aside><h2>Related</h2><p>r</p></aside><p>b</p>\
         <details><summary>More?</summary><p>c</p></details><p>d</p><h3>Sub</h3><h2>Next</h2>",
    );
    let find = |text: &str| read.blocks.iter().position(|block| block.text.as_str() == text).unwrap();
    let heading = |text: &str| read.blocks[find(text)].heading.map(|id| read.blocks[id].text.as_str());
    assert_eq!(heading("a"), Some("T"));
    assert_eq!(heading("r"), Some("Related"));
    assert_eq!(heading("b"), Some("S"));
    assert_eq!(heading("c"), Some("More?"));
    assert_eq!(heading("d"), Some("S"));
    assert_eq!(heading("Sub"), Some("S"));
    assert_eq!(heading("Next"), Some("T"));
    assert_eq!(heading("T"), None);
}

#[test]
fn lists_tables_quotations_and_captions_have_their_places() {
    let read = document(
        "<p>Lead:</p><ol><li><p>one</p><p>more</p></li><li>two<ul><li>in</li></ul></li></ol>\
         <blockquote><p>said</p></blockquote><figure><img src=a.png alt=alt><figcaption>seen</figcaption></figure>\
         <table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td colspan=2>c<td>d<tr><td>e</table>",
    );
    let list = |text: &str| {
        let block = read.blocks.iter().find(|block| block.text.as_str() == text).unwrap();
        block.list.map(|place| (place.list, place.ordinal, place.depth, place.ordered, place.lead))
    };
    assert_eq!(list("one"), Some((0, 0, 0, true, Some(0))));
    assert_eq!(list("more"), None);
    assert_eq!(list("two"), Some((0, 1, 0, true, Some(0))));
    assert_eq!(list("in"), Some((1, 0, 1, false, Some(3))));
    let kind = |text: &str| read.blocks.iter().find(|block| block.text.as_str() == text).unwrap().kind;
    assert_eq!((kind("said"), kind("seen")), (BlockKind::Quote, BlockKind::Caption));
    let cells: Vec<_> = read
        .blocks
        .iter()
        .filter_map(|block| Some((block.text.as_str(), block.cell?)))
        .map(|(text, cell)| (text, cell.row, cell.column, cell.head))
        .collect();
    let expected = [("A", 0, 0, true), ("B", 0, 1, true), ("c", 1, 0, false), ("d", 1, 2, false), ("e", 2, 0, false)];
    assert_eq!(cells, expected);
    assert_eq!(read.unread.images, 1);
}

#[test]
fn a_first_row_without_figures_names_the_columns() {
    let heads =
        |text| -> Vec<bool> { document(text).blocks.iter().filter_map(|block| Some(block.cell?.head)).collect() };
    assert_eq!(heads("<table><tr><td>Form<td>Dose<tr><td>Oxide<td>400 mg</table>"), [true, true, false, false]);
    assert_eq!(heads("<table><tr><td>Oxide<td>400 mg<tr><td>Citrate<td>150 mg</table>"), [false; 4]);
    assert_eq!(heads("<table><tr><th>Form<td>Oxide<tr><th>Dose<td>400 mg</table>"), [true, false, true, false]);
}

#[test]
fn regions_of_the_page_are_told_apart() {
    let text = "<body class='home comments'><header><a href=/>Site</a></header><nav>Menu</nav><main><article>\
                <header>By Ann</header><p>Text</p><footer>Tags</footer></article>\
                <section class='post Comments_Area'><p>Nice!</p><form>Reply</form></section></main>\
                <div id=cookie-notice>Cookies</div><div role=complementary>Side</div><button>Buy</button>\
                <h2 id=share>Share it</h2><p><span class=ad>An ad</span> here</p>\
                <a class=skip-link href=#m>Skip</a><p>End<span class=sr-only> of page</span></p>";
    let expected = [
        ("Site", Region::Header),
        ("Menu", Region::Navigation),
        ("By Ann", Region::Body),
        ("Text", Region::Body),
        ("Tags", Region::Footer),
        ("Nice!", Region::Comments),
        ("Reply", Region::Comments),
        ("Cookies", Region::Cookie),
        ("Side", Region::Aside),
        ("Buy", Region::Form),
        ("Share it", Region::Body),
        ("An ad here", Region::Body),
        ("Skip", Region::Navigation),
        ("End", Region::Body),
    ];
    assert_eq!(regions(text), expected.map(|(text, region)| (text.to_owned(), region)));
}

#[test]
fn the_main_element_and_the_title_make_the_article() {
    let text = "<header><p>Site</p><h1>Title</h1></header><div>Free delivery</div><main><p>All of the text is in this one paragraph.</p></main>\
                <div><p>More from us</p></div>";
    let read = document(text);
    let seen: Vec<_> = read.blocks.iter().map(|block| (block.text.as_str(), block.region, block.heading)).collect();
    assert_eq!(
        seen,
        [
            ("Site", Region::Header, None),
            ("Title", Region::Body, None),
            ("Free delivery", Region::Header, Some(1)),
            ("All of the text is in this one paragraph.", Region::Body, Some(1)),
            ("More from us", Region::Footer, Some(1)),
        ]
    );
}

#[test]
fn hidden_text_and_links_are_marked() {
    let read =
        document("<div style='position:absolute; left:-9999px'><a href=x>spam</a></div><p hidden>h</p><p>seen</p>");
    assert_eq!(read.blocks.iter().map(|block| block.hidden).collect::<Vec<_>>(), [true, true, false]);
    assert!(read.links[0].hidden);
}

#[test]
fn hidden_text_inside_a_paragraph_is_no_part_of_it() {
    let read = document(
        "<p>Rest <span style='display:none'>buy <a href=x>pills</a></span> helps.</p><ul><li><b hidden>no</b>yes</ul>\
         <h2><span style='opacity:0'>x</span>Head</h2><p>a<i hidden>b<p>c",
    );
    let seen: Vec<_> = read.blocks.iter().map(|block| (block.text.as_str(), block.kind.name(), block.hidden)).collect();
    assert_eq!(
        seen,
        [
            ("Rest helps.", "paragraph", false),
            ("buy pills", "paragraph", true),
            ("no", "paragraph", true),
            ("yes", "item", false),
            ("x", "paragraph", true),
            ("Head", "heading", false),
            ("a", "paragraph", false),
            ("b", "paragraph", true),
            ("c", "paragraph", false),
        ]
    );
    assert_eq!((read.links[0].block, read.links[0].range.clone()), (Some(1), 4..9));
}

#[test]
fn links_know_their_anchor_and_address() {
    let text = "<p>See <a rel='nofollow UGC' href=\" /a?b=1&amp;c=2 \"> the <b>guide</b> </a>or <a href=/x><h3>Card</h3>\
                <p>text</p></a> at example.org/page, <a href='https://c.example/'>https://c.example/</a></p>";
    let read = document(text);
    let seen: Vec<_> = read
        .links
        .iter()
        .map(|link| {
            let anchor = link.block.and_then(|block| read.blocks[block].text.as_str().get(link.range.clone()));
            (link.kind, link.target.as_str(), anchor.unwrap_or_default(), &text[link.target_span.range()])
        })
        .collect();
    assert_eq!(
        seen,
        [
            (LinkKind::Anchor, "/a?b=1&c=2", "the guide", "/a?b=1&amp;c=2"),
            (LinkKind::Anchor, "/x", "Card", "/x"),
            (LinkKind::Bare, "example.org/page", "example.org/page", "example.org/page"),
            (LinkKind::Anchor, "https://c.example/", "https://c.example/", "https://c.example/"),
        ]
    );
    assert_eq!(read.links[0].rel, ["nofollow", "ugc"]);
    assert_eq!(&text[read.links[3].span.range()], "<a href='https://c.example/'>https://c.example/</a>");
}

#[test]
fn superscripts_are_markers_exponents_or_text() {
    let read = document(
        "<p>In children<sup><a href='#n1'>1</a></sup>. At 10<sup>3</sup> per m<sup>2</sup>, the 1<sup>st</sup>.</p>\
         <p>The test gave χ<sup>2</sup>(1) = 3.8.</p>",
    );
    assert_eq!(read.blocks[0].text.as_str(), "In children. At 10³ per m², the 1st.");
    assert_eq!(read.blocks[1].text.as_str(), "The test gave χ²(1) = 3.8.");
    assert_eq!(read.markers.len(), 1);
    assert_eq!(
        (read.markers[0].labels.as_slice(), read.markers[0].range.clone()),
        (["1".to_owned()].as_slice(), 11..11)
    );
    assert!(read.markers[0].certain);
}

#[test]
fn metadata_and_directives_are_kept() {
    let text = "<html lang=en><head><title>A &amp; B</title><meta name=author content='Ann Lee'>\
                <meta property='article:published_time' content=2024-05-01></head>\
                <!-- claimlint-disable R002 -- quoted on purpose --><p>x <time datetime=2024-06-02>June</time></p>\
                <script type='application/ld+json'>{\"datePublished\": \"2024-04-30\"}</script>";
    let read = document(text);
    let fields: Vec<_> = read
        .metadata
        .iter()
        .map(|field| (field.key.as_str(), field.value.as_str(), &text[field.span.range()]))
        .collect();
    assert_eq!(
        fields,
        [
            ("lang", "en", "en"),
            ("title", "A & B", "A &amp; B"),
            ("author", "Ann Lee", "Ann Lee"),
            ("article:published_time", "2024-05-01", "2024-05-01"),
            ("time", "2024-06-02", "2024-06-02"),
            ("datePublished", "2024-04-30", "2024-04-30"),
        ]
    );
    assert_eq!(read.directives.len(), 1);
    assert_eq!(&text[read.directives[0].rules[0].1.range()], "R002");
}

proptest! {
    #[test]
    fn every_page_is_read_within_its_bounds(
        text in "(?s).*|([a-z é.\u{a0}]|</?(p|b|a href=x|li|ul|td|tr|table|sup|h2|q|div|br|svg|script|title|aside|nav|span|i hidden)>|&(amp|lt|#8217|nbsp|x);?|[0-9]|<!--|-->|[<>\"'=&]){0,60}"
    ) {
        let read = document(&text);
        for block in &read.blocks {
            prop_assert!(text.get(block.span.range()).is_some() && !block.text.is_empty());
            let mut from = block.span.start;
            for (at, letter) in block.text.as_str().char_indices() {
                let span = block.text.span(at..at + letter.len_utf8());
                prop_assert!(block.span.contains(span) && text.get(span.range()).is_some() && span.start >= from);
                from = span.start;
            }
        }
        for link in &read.links {
            prop_assert!(text.get(link.span.range()).is_some() && text.get(link.target_span.range()).is_some());
            if let Some(block) = link.block {
                prop_assert!(read.blocks[block].text.as_str().get(link.range.clone()).is_some());
            }
        }
        for marker in &read.markers {
            prop_assert!(text.get(marker.span.range()).is_some());
            prop_assert!(read.blocks[marker.block].text.as_str().get(marker.range.clone()).is_some());
        }
        for field in &read.metadata {
            prop_assert!(text.get(field.span.range()).is_some());
        }
    }
}
