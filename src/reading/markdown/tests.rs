//! What readers of an article would see, and what the reader makes of its Markdown.

use super::super::{Options, read};
use crate::document::{BlockKind, Document, LinkKind};
use crate::lexicon::{Data, Lexicon};
use crate::source::{Format, Source};
use proptest::prelude::*;

fn lexicon() -> Lexicon {
    let data: Data = toml::from_str(include_str!("../../../rules/lexicon/plain.toml")).unwrap();
    Lexicon::new(data).unwrap()
}

fn read_as(text: &str, format: Format) -> Document {
    let options =
        Options { prose_fields: vec!["title".into(), "description".into()], prose_props: vec!["caption".into()] };
    read(&Source::new("a.md", text, format), &options, &lexicon())
}

fn markdown(text: &str) -> Document {
    read_as(text, Format::Markdown)
}

fn mdx(text: &str) -> Document {
    read_as(text, Format::Mdx)
}

fn prose(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}

fn kinds(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.text.as_str())).collect()
}

#[test]
fn text_flows_across_markup_and_keeps_its_places() {
    let text =
        "\u{feff}# Sleep &amp; *rest*\r\n\r\nTake **5\u{a0}mg** of\r\n_this_ \\*daily\\*,  \r\nnot &ndash; `x` – that.";
    let read = markdown(text);
    use BlockKind::{Heading, Paragraph};
    assert_eq!(kinds(&read), [(Heading, "Sleep & rest"), (Paragraph, "Take 5\u{a0}mg of this *daily*, not – – that.")]);
    let block = &read.blocks[1];
    assert_eq!(block.heading, Some(0));
    let at = |part: &str| {
        let start = block.text.as_str().find(part).unwrap();
        &text[block.text.span(start..start + part.len()).range()]
    };
    assert_eq!(at("5\u{a0}mg of this"), "5\u{a0}mg** of\r\n_this");
    assert_eq!(at("*daily*"), "*daily\\*");
    assert_eq!(&text[read.blocks[0].span.range()], "# Sleep &amp; *rest");
}

#[test]
fn lists_have_leads_places_and_markers() {
    let text = "It helps with:\n\n- pain\n- sleep, that is\n  1. falling asleep\n  2. [x] staying\n- [ ] mood\n\n\n* loose\n\n  more\n";
    let read = markdown(text);
    let seen: Vec<_> = read
        .blocks
        .iter()
        .map(|block| {
            let place = block.list.map(|place| (place.list, place.ordinal, place.depth, place.ordered, place.lead));
            (block.text.as_str(), &text[block.span.range()], place)
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("It helps with:", "It helps with:", None),
            ("pain", "- pain", Some((0, 0, 0, false, Some(0)))),
            ("sleep, that is", "- sleep, that is", Some((0, 1, 0, false, Some(0)))),
            ("falling asleep", "1. falling asleep", Some((1, 0, 1, true, Some(2)))),
            ("staying", "2. [x] staying", Some((1, 1, 1, true, Some(2)))),
            ("mood", "- [ ] mood", Some((0, 2, 0, false, Some(0)))),
            ("loose", "* loose", Some((2, 0, 0, false, None))),
            ("more", "more", None),
        ]
    );
}

#[test]
fn tables_quotes_and_footnotes_are_kept_apart() {
    let text = "|Dose|Onset|\n|-|-|\n|5 mg|a \\| b[^n]|\n\n> Quoted *text*\n> goes on.\n\n> [!NOTE]\n> Our own.\n\n[^n]: The\n    note.\n";
    let read = markdown(text);
    use BlockKind::{Cell, Paragraph, Quote, Reference};
    assert_eq!(
        kinds(&read),
        [
            (Cell, "Dose"),
            (Cell, "Onset"),
            (Cell, "5 mg"),
            (Cell, "a | b"),
            (Quote, "Quoted text goes on."),
            (Paragraph, "Our own."),
            (Reference, "The note.")
        ]
    );
    let cell = read.blocks[3].cell.unwrap();
    assert_eq!((cell.row, cell.column, cell.head, read.blocks[0].cell.unwrap().head), (1, 1, false, true));
    assert_eq!((read.references[0].label.as_str(), read.references[0].block), ("n", 6));
    let marker = &read.markers[0];
    assert_eq!((marker.block, marker.range.clone(), marker.labels[0].as_str()), (3, 5..5, "n"));
    assert_eq!(&text[marker.span.range()], "[^n]");
}

#[test]
fn links_and_images_know_their_addresses() {
    let text = "See [the **trial**](https://a.example/x_(1) \"T\"), [old][o] and <https://b.example>, https://c.example/d.\n\
                ![alt 5%](img.png) [![x](y.png)](<z z.html>)\n\n[o]: https://o.example \"O\"\n";
    let read = markdown(text);
    let seen: Vec<_> = read
        .links
        .iter()
        .map(|link| {
            let anchor = link.block.map(|id| &read.blocks[id].text.as_str()[link.range.clone()]);
            (link.kind, anchor.unwrap_or_default(), link.target.as_str(), &text[link.target_span.range()])
        })
        .collect();
    use LinkKind::{Anchor, Bare, Image};
    assert_eq!(
        seen,
        [
            (Anchor, "the trial", "https://a.example/x_(1)", "https://a.example/x_(1)"),
            (Anchor, "old", "https://o.example", "https://o.example"),
            (Bare, "https://b.example", "https://b.example", "https://b.example"),
            (Bare, "https://c.example/d", "https://c.example/d", "https://c.example/d"),
            (Image, "", "img.png", "img.png"),
            (Anchor, "", "z z.html", "z z.html"),
            (Image, "", "y.png", "y.png"),
        ]
    );
    assert_eq!(prose(&read), ["See the trial, old and https://b.example, https://c.example/d."]);
    assert_eq!(read.unread.images, 2);
}

#[test]
fn html_in_markdown_is_read_as_readers_see_it() {
    let text = "<div class=\"x\">\nInside a div.\n</div>\n\n<script>\nvar a = 'no';\n</script>\n\nSleep helps.<sup>3</sup> See \
                <a href=\"https://a.example\">this</a>. <span style=\"display:none\">buy pills</span>\n\n\
                <!-- claimlint-disable-next-line S001 -- ours -->\n\n<details>\n<summary>More</summary>\n\nHidden **text**.\n\n</details>\n\n```\ncode 50%\n```\n";
    let read = markdown(text);
    let shown: Vec<_> = read.blocks.iter().filter(|block| !block.hidden).map(|block| block.text.as_str()).collect();
    assert_eq!(shown, ["Inside a div.", "Sleep helps. See this.", "More", "Hidden text."]);
    assert!(read.blocks.iter().any(|block| block.hidden && block.text.as_str() == "buy pills"));
    assert_eq!(read.markers[0].labels, ["3"]);
    assert_eq!(read.links[0].target, "https://a.example");
    assert_eq!(read.directives[0].reason.as_deref(), Some("ours"));
    assert_eq!(&text[read.directives[0].rules[0].1.range()], "S001");
    assert_eq!(read.unread.code, 1);
}

#[test]
fn mdx_is_read_without_its_code() {
    let text = "---\ntitle: T\n---\nimport X from \"x\"\nexport const a = { b: '}' }\n\n{/* claimlint-disable S001 */}\n\n\
                <Note kind={a > 1}>\n    It **works** {a.b} well.\n</Note>\n\nText <Dose mg={5} /> here.\n\n\
                <Chart\n  data={[1, 2]}\n  caption=\"Half of *all*\"\n/>\n\n<div className={x}>\n\nIn a div.\n\n</div>\nimport duties rose.\n";
    let read = mdx(text);
    assert_eq!(
        prose(&read),
        ["T", "It works well.", "Text here.", "Half of *all*", "In a div.", "import duties rose."]
    );
    assert_eq!(read.blocks[0].level, 1);
    assert_eq!(&text[read.directives[0].span.range()], "{/* claimlint-disable S001 */}");
    assert_eq!(&text[read.directives[0].rules[0].1.range()], "S001");
}

#[test]
fn deep_text_in_components_is_markdown() {
    let text = "<Tabs>\r\n  <Tab title=\"One\">\r\n    - item *one*\r\n    - item two\r\n      - inner\r\n\r\n    Deep **text**.\r\n  \
                </Tab>\r\n  <Tab>\r\n    1. first\r\n\r\n    ```\r\n    code\r\n    ```\r\n    after\r\n  </Tab>\r\n</Tabs>\r\n\r\n- a\r\n\r\n  \
                <Note>\r\n    in a\r\n  </Note>\r\n- b\r\n";
    for read in [markdown(text), mdx(text)] {
        use BlockKind::{Item, Paragraph};
        let expected = [
            (Item, "item one"),
            (Item, "item two"),
            (Item, "inner"),
            (Paragraph, "Deep text."),
            (Item, "first"),
            (Paragraph, "after"),
            (Item, "a"),
            (Paragraph, "in a"),
            (Item, "b"),
        ];
        assert_eq!(kinds(&read), expected);
        assert_eq!(read.unread.code, 1);
        assert_eq!(&text[read.blocks[0].span.range()], "- item *one");
        assert_eq!(read.blocks[8].list.unwrap().ordinal, 1);
    }
}

#[test]
fn shortcodes_and_template_tags_are_no_prose() {
    let text = "{{< figure src=\"a.png\" caption=\"Three of four\" >}}\n\n{% if a %}\nShown {{ page.x }} text{.cls}.\n{% endif %}\n\n\
                {{% note %}}\nA *note*.\n{{% /note %}}\n\n{% highlight js %}\nx = 5%\n{% endhighlight %}\n\n:::tip\nA tip.\n:::\n\n## Head {#id}\n";
    let read = markdown(text);
    assert_eq!(prose(&read), ["Three of four", "Shown text .", "A note.", "A tip.", "Head"]);
}

#[test]
fn carets_and_tildes_raise_lower_and_strike() {
    let text = "Sleep helps.^1,2^ A BMI of 30 kg/m^2^ and H~2~O; 10^3 or 10^4 cells; 5~10 mg or 20~30 mg; ~gone now~ ~~and \
                this~~ the 21^st^ day.^[3]^\n";
    let read = markdown(text);
    let shown = "Sleep helps. A BMI of 30 kg/m\u{b2} and H2O; 10^3 or 10^4 cells; 5~10 mg or 20~30 mg; the 21st day.";
    assert_eq!(prose(&read), [shown]);
    let markers: Vec<_> = read.markers.iter().map(|one| (one.labels.join(" "), one.certain)).collect();
    assert_eq!(markers, [("1 2".to_owned(), true), ("3".to_owned(), true)]);
}

#[test]
fn terms_and_their_definitions_stand_apart() {
    let text = "Half-life\n: The time in which half is gone.\n: It varies.\n\nOnset\n\n:   When it *starts*.\n\n    More.\n\nAfter.\n";
    let shown =
        ["Half-life", "The time in which half is gone.", "It varies.", "Onset", "When it starts.", "More.", "After."];
    assert_eq!(prose(&markdown(text)), shown);
    assert_eq!(prose(&markdown("The list has two parts:\n: the first\n")).len(), 2);
    assert_eq!(prose(&markdown("Do so\n:warning: with care.\n")), ["Do so warning: with care."]);
    assert_eq!(markdown("a|b\n:-|-:\nc|d\n").blocks.len(), 4);
}

#[test]
fn what_sites_add_to_markdown_is_no_prose() {
    let text = "!!! tip \"Dose\"\n    Start *low*.\n\n    - go slow\n\n??? question\n\n    Mostly, yes.\n\nAfter [[Pain]], \
                [[Rest|rest]] and ![[a.png]] it costs $5 to $10; $\\frac{w}{h^2}$ is it.\n\n$$\nx = 5\\%\n$$\n\n\
                ![Alt](a.png){width=50%} A [word]{lang=fr} here.\n";
    let shown =
        ["Start low.", "go slow", "Mostly, yes.", "After Pain , rest and it costs $5 to $10; is it.", "A [word] here."];
    assert_eq!(prose(&markdown(text)), shown);
    assert_eq!(markers_of("It helps [[3]]."), ["3"]);
}

fn markers_of(text: &str) -> Vec<String> {
    markdown(text).markers.iter().map(|marker| marker.labels.join(" ")).collect()
}

#[test]
fn drafts_in_template_comments_are_no_prose() {
    for draft in [
        "{% comment %}\nA {% if x %} draft {{ y }}.\n\nMore of {% include z %} it.\n{% endcomment %}",
        "{%- comment -%} A {% if x %} draft. {%- endcomment -%}",
        "{{< comment >}}\nA {{< ref x >}} draft.\n{{< /comment >}}",
        "{# A draft\n\nover {% if x %} lines. #}",
        "{{/* A draft\nover lines. */}}",
        "{{!-- A {{draft}}. --}}",
    ] {
        let text = format!("Before.\n\n{draft}\n\nAfter. {{% if x %}}Shown.{{% endif %}}\n");
        assert_eq!(prose(&markdown(&text)), ["Before.", "After. Shown."], "{draft}");
    }
    assert_eq!(prose(&markdown("{% comment %} An {% if %} open one.\n")), ["An open one."]);
}

#[test]
fn stray_backticks_of_two_paragraphs_hide_no_directive() {
    for end in ["\n", "\r\n", "\n \t"] {
        let text = format!("A ` sign.{end}\n{{/* claimlint-disable S001 */}}{end}\nAnother ` sign.{end}");
        assert_eq!(mdx(&text).directives.len(), 1, "{end:?}");
    }
}

#[test]
fn front_matter_fields_that_readers_see_become_blocks() {
    let text = "---\ntitle: \"The *title*\"\nauthor: A\ndescription: >\n  Half of\n  all.\n---\n\nBody.\n";
    let read = markdown(text);
    use BlockKind::{Heading, Paragraph};
    assert_eq!(kinds(&read), [(Heading, "The *title*"), (Paragraph, "Half of all."), (Paragraph, "Body.")]);
    assert_eq!((read.blocks[0].level, read.blocks[2].heading), (1, Some(0)));
    assert_eq!(&text[read.blocks[1].text.span(5..12).range()], "of\n  all.");
    assert_eq!(read.metadata.len(), 3);
    let titled = markdown("---\ntitle: T\n---\n# Own\n");
    assert_eq!(kinds(&titled), [(Paragraph, "T"), (Heading, "Own")]);
}

#[test]
fn odd_files_are_read() {
    assert!(markdown("").blocks.is_empty());
    assert!(markdown("\u{feff}").blocks.is_empty());
    assert_eq!(prose(&markdown("One\r\n\r\nTwo")), ["One", "Two"]);
    assert_eq!(prose(&markdown("a\tb\u{a0}c")), ["a b\u{a0}c"]);
    let figure = "> in item\n\n<figure>\n  <img src=\"a.png\">\n  <figcaption>A caption.</figcaption>\n</figure>\n";
    assert_eq!(prose(&mdx(figure)), ["in item", "A caption."]);
    assert_eq!(prose(&mdx("<div>a{é >}b")), ["a b"]);
    assert_eq!(prose(&mdx("An { open brace and <Tag open")), ["An { open brace and <Tag open"]);
}

/// Text made of what Markdown, HTML, MDX and templates are made of.
fn soup() -> impl Strategy<Value = String> {
    let parts = proptest::sample::select(vec![
        "# ",
        "- ",
        "1. ",
        "> ",
        "**",
        "_",
        "`",
        "```\n",
        "~~~\n",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        "[a](b)",
        "[",
        "](",
        ")",
        "![",
        "[^1]",
        "[^1]: ",
        "| a | b |\n|-|-|\n| c | d |\n",
        "<div>",
        "</div>",
        "<p hidden>",
        "</p>",
        "<sup>",
        "3",
        "</sup>",
        "<Note>",
        "</Note>",
        "<A b={",
        "}",
        "{",
        "{{< ",
        " >}}",
        "{% ",
        "%}",
        "<!-- ",
        "claimlint-disable X",
        " -->",
        "{/* ",
        " */}",
        "import a from 'b'\n",
        "export const x = {\n",
        "---\n",
        "+++\n",
        "a: b\n",
        "é",
        "²",
        "\u{feff}",
        "\u{a0}",
        "&amp;",
        "&",
        "\\",
        "text ",
        "word. ",
        "https://a.example/x ",
        "<script>",
        "</script>",
        "<",
        ">",
        "=",
        "\"",
        "caption=\"c\" ",
        "<br>",
        "<td>",
        "<li>",
        "References\n",
        "[3-5, 8]",
        "[@a; @b]",
        ".2 ",
        "\u{1}",
        ":::",
        "^",
        "~",
        "\n: ",
        "{# ",
        "!!! note\n",
        "    ",
        "$$",
        "$\\",
        "[[",
        "]]",
        "|",
        "#}",
        "comment %}",
        "endcomment %}",
        "---\n---\n",
    ]);
    proptest::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

fn check(text: &str, format: Format) -> Result<(), TestCaseError> {
    let read = read_as(text, format);
    let inside = |span: crate::source::Span| text.get(span.range()).is_some();
    for block in &read.blocks {
        let prose = block.text.as_str();
        prop_assert!(inside(block.span));
        let whole = block.text.span(0..prose.len());
        prop_assert!(inside(whole) && (prose.is_empty() || block.span.contains(whole)), "{:?} {:?}", block, whole);
        for (at, letter) in prose.char_indices() {
            prop_assert!(inside(block.text.span(at..at + letter.len_utf8())));
        }
        prop_assert!(block.heading.is_none_or(|id| read.blocks[id].kind == BlockKind::Heading));
    }
    for link in &read.links {
        prop_assert!(inside(link.span) && inside(link.target_span), "{link:?}");
        prop_assert!(link.block.is_none_or(|id| read.blocks[id].text.as_str().get(link.range.clone()).is_some()));
    }
    for marker in &read.markers {
        prop_assert!(inside(marker.span));
        prop_assert!(read.blocks[marker.block].text.as_str().get(marker.range.clone()).is_some());
    }
    prop_assert!(read.references.iter().all(|entry| entry.block < read.blocks.len()));
    prop_assert!(read.directives.iter().all(|one| inside(one.span) && one.rules.iter().all(|rule| inside(rule.1))));
    prop_assert!(read.metadata.iter().all(|field| inside(field.span)));
    Ok(())
}

proptest! {
    #[test]
    fn any_markup_is_read(text in soup()) {
        check(&text, Format::Markdown)?;
        check(&text, Format::Mdx)?;
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        check(&text, Format::Markdown)?;
        check(&text, Format::Mdx)?;
    }
}
