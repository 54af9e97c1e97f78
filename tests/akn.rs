//! Small AKN files in: what the reader makes of them, and what it refuses, out.

#![allow(clippy::panic, reason = "a test may fail loudly")]

use adref::model::{AsideKind, Draft, Extent};
use adref::read::{ReadError, read};

fn whole(body: &str) -> String {
    format!(
        r##"<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification><FRBRWork><FRBRuri value="/akn/un/statement/deliberation/unga/2024-12-17/79-171/"/>
<FRBRdate date="2024-12-17" name="adoption"/></FRBRWork></identification></meta>
<coverPage><p><docAuthority refersTo="#issuingBody">General Assembly</docAuthority></p></coverPage>
<preface><p><docNumber>79/171.</docNumber><docTitle refersTo="#resolutionTitle">	The right to
 food</docTitle></p></preface>
{body}
</statement></akomaNtoso>"##
    )
}

fn draft(body: &str) -> Draft {
    read("file.xml", whole(body).as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(source: &str) -> ReadError {
    match read("file.xml", source.as_bytes()) {
        Ok(draft) => panic!("read as {} paragraphs", draft.paragraphs.len()),
        Err(error) => error,
    }
}

/// Id, number, annex and text of each paragraph.
fn shown(draft: &Draft) -> Vec<String> {
    let lines = draft.paragraphs.iter().map(|p| {
        let annex = p.annex.as_deref().unwrap_or("-");
        format!("{} {} {annex} | {}", p.id, p.number.as_deref().unwrap_or("-"), p.text)
    });
    lines.collect()
}

#[test]
fn what_the_document_says_of_itself() {
    let draft = draft("");
    let front = draft.front;
    assert_eq!(front.symbol.as_deref(), Some("A/RES/79/171"));
    assert_eq!(front.title.as_deref(), Some("The right to food"));
    assert_eq!(front.body.as_deref(), Some("General Assembly"));
    assert_eq!(front.adopted.as_deref(), Some("2024-12-17"));
    assert_eq!(front.extent, Some(Extent::Full));
    assert_eq!(front.url.as_deref(), Some("https://docs.un.org/en/A/RES/79/171"));
}

#[test]
fn footnotes_links_and_white_space() {
    let draft = draft(
        "<mainBody><paragraph><num>1.</num><content><p xml:space=\"preserve\">\t<span>Recalls</span> its resolution <a href=\"https://undocs.org/A/RES/70/1?a=1&amp;b\">70/1</a>,<authorialNote marker=\"7\"><p>\tSee <a href=\"x\">A/1</a> &amp; others.</p></authorialNote>\u{A0}and\u{A0}more &lt;&#233;&gt;;\u{A0} </p></content></paragraph></mainBody>",
    );
    let paragraph = &draft.paragraphs[0];
    assert_eq!(paragraph.text, "Recalls its resolution 70/1,\u{A0}and\u{A0}more <é>;");
    assert_eq!(paragraph.links[0].span.slice(&paragraph.text), "70/1");
    assert_eq!(paragraph.links[0].href, "https://undocs.org/A/RES/70/1?a=1&b");
    assert_eq!((paragraph.asides[0].kind, paragraph.asides[0].at), (AsideKind::Footnote, 28));
    assert_eq!(paragraph.asides[0].text, "7");
    assert_eq!(draft.footnotes[0].label, "7");
    assert_eq!(draft.footnotes[0].text, "See A/1 & others.");
    assert!(draft.source.is_empty() && draft.position(paragraph, 3).is_none());
}

#[test]
fn parts_annexes_and_headings() {
    let point = |n: &str, t: &str| {
        format!("<paragraph><num>{n}</num><content><p>{t}</p></content></paragraph>")
    };
    let heading =
        |t: &str| format!("<paragraph class=\"H23\"><subheading>{t}</subheading></paragraph>");
    let body = [
        "<mainBody>".to_owned(),
        point("1.", "Decides:"),
        point("(a)", "To act:"),
        point("(i)", "Now;"),
        point("(ii)", "Later;"),
        point("(b)", "To wait."),
        "</mainBody><attachments><attachment><doc name=\"annex\"><mainBody>".to_owned(),
        heading("Annex I"),
        heading("Compact"),
        point("1.", "We will pursue the following:"),
        point("1.", "Close gaps;"),
        point("2.", "Expand;"),
        heading("Principles"),
        point("2.", "We resolve:"),
        heading("Access"),
        point("(a)", "To open;"),
        heading("Safety"),
        point("(b)", "To guard."),
        "</mainBody></doc></attachment></attachments>".to_owned(),
    ];
    let draft = draft(&body.concat());
    assert_eq!(
        shown(&draft),
        [
            "1 1 - | Decides:\n(a) To act:\n(i) Now;\n(ii) Later;\n(b) To wait.",
            "1~2 1 I | We will pursue the following:\n1. Close gaps;\n2. Expand;",
            "2 2 I | We resolve:",
            "2~2 2 I | (a) To open;",
            "2~3 2 I | (b) To guard.",
        ]
    );
    let parts = |i: usize| -> Vec<String> {
        let paragraph = &draft.paragraphs[i];
        paragraph.parts.iter().map(|part| paragraph.address(Some(part))).collect()
    };
    assert_eq!(parts(0), ["1(a)", "1(a)(i)", "1(a)(ii)", "1(b)"]);
    assert_eq!(parts(1), ["1(1)", "1(2)"]);
    assert_eq!((parts(3), parts(4)), (vec!["2(a)".to_owned()], vec!["2(b)".to_owned()]));
    assert_eq!(draft.paragraphs[1].section, ["Annex I", "Compact"]);
    assert_eq!(draft.paragraphs[4].section, ["Annex I", "Compact", "Safety"]);
}

#[test]
fn tables_row_by_row() {
    let draft = draft(
        "<mainBody><container name=\"table\"><table><tr><th><p>Post</p></th><th><p>Number</p></th></tr><tr><td><p>D-1</p></td><td><p>2<sup>a</sup></p></td></tr><tr><td/><td/></tr></table></container><paragraph class=\"FootnoteText\"><content><p><sup>a</sup> See A/1.</p></content></paragraph></mainBody>",
    );
    assert_eq!(shown(&draft), ["pp1 - - | Post | Number", "pp2 - - | D-1 | 2"]);
    assert_eq!(draft.paragraphs[1].asides[0].text, "a");
    assert_eq!(
        (draft.footnotes[0].label.as_str(), draft.footnotes[0].text.as_str()),
        ("a", "See A/1.")
    );
}

#[test]
fn broken_files_are_refused_with_their_place() {
    let source = whole("<mainBody><p>Text</p></mainBody>");
    for end in (60..source.len()).step_by(7).filter(|end| source.is_char_boundary(*end)) {
        let error = refused(&source[..end]);
        assert!(error.at.is_some(), "{error}");
    }
    assert!(refused(&whole("<p>Text</q>")).to_string().contains("broken"));
    assert!(refused("<akomaNtoso><statement>").to_string().contains("not whole"));
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE akomaNtoso [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><akomaNtoso><mainBody><p>Say &b; now &amp; then</p></mainBody></akomaNtoso>";
    let draft = read("bomb.xml", bomb.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(draft.paragraphs[0].text, "Say &b; now & then");
}

#[test]
fn depth_is_limited_and_length_is_not() {
    let deep = format!("<akomaNtoso>{}", "<p>".repeat(100_000));
    assert!(refused(&deep).to_string().contains("256 deep"));
    let notes = "<authorialNote marker=\"1\">x".repeat(200) + &"</authorialNote>".repeat(200);
    let long = "<paragraph><num>(a)</num><content><p>x</p></content></paragraph>".repeat(50_000);
    let draft = draft(&format!("<mainBody><p>{notes}</p><p>Decides:</p>{long}</mainBody>"));
    assert_eq!(draft.paragraphs.iter().map(|p| p.parts.len()).sum::<usize>(), 50_000);
    let nested = "1. We:\n\n".to_owned() + &"(a) x:\n\n".repeat(20_000);
    let draft = read("nested.md", nested.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert!(draft.paragraphs[0].parts.iter().all(|part| part.depth <= 16));
}

#[test]
fn markdown_that_speaks_of_xml_stays_markdown() {
    let draft = read("a.md", b"1. We use <akomaNtoso> here.\n").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(draft.paragraphs[0].number.as_deref(), Some("1"));
}
