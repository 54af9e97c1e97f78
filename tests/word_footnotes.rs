//! Word files with and without footnotes, and new drafts, in; what a redline makes of their notes, out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod support;

use adref::model::Draft;
use adref::read::{Reading, Revisions, read, read_as};
use support::footnotes::{headings_with_footnotes, with_footnotes};
use support::packages::{with_usual_parts, zipped};
use support::redlines::redline;
use support::resolved::text;
use support::xml::{part, tree};

const NAME: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A Word file of this text, with other parts.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"{NAME}\"><w:body>{body}</w:body></w:document>");
    let mut members = vec![("word/document.xml".to_owned(), text.into_bytes())];
    for (name, inner) in parts {
        let part = format!("<w:{name} xmlns:w=\"{NAME}\">{inner}</w:{name}>");
        members.push((format!("word/{name}.xml"), part.into_bytes()));
    }
    with_usual_parts(&mut members);
    zipped(&members)
}

fn words(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

fn call(kind: &str, id: i32) -> String {
    format!(
        "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:{kind}Reference w:id=\"{id}\"/></w:r>"
    )
}

/// A note as United Nations documents have it: a tab before its number and one behind it.
fn note(kind: &str, id: i32, runs: &str) -> String {
    format!(
        "<w:{kind} w:id=\"{id}\"><w:p><w:pPr><w:ind w:left=\"7\"/></w:pPr><w:r><w:tab/></w:r><w:r><w:rPr><w:b/></w:rPr><w:{kind}Ref/></w:r>\
         <w:r><w:rPr><w:i/><w:sz w:val=\"17\"/></w:rPr><w:tab/></w:r>{runs}</w:p></w:{kind}>"
    )
}

/// The draft that a Word file holds, and one in Markdown.
fn drafts(base: &[u8], new: &str) -> (Draft, Draft) {
    (read("old.docx", base).unwrap(), read("new.md", new.as_bytes()).unwrap())
}

/// Accepted it is the new draft, rejected the old one, with their footnotes.
fn holds(base: &[u8], new: &str) -> Vec<u8> {
    let (old, new) = (read("old.docx", base).unwrap(), read("new.md", new.as_bytes()).unwrap());
    let made = redline(&old, &new, Some(base));
    let texts = |draft: &Draft| (headings_with_footnotes(draft), with_footnotes(draft));
    let told = |bytes: &[u8], revisions| {
        texts(&read_as("file.docx", bytes, Reading { revisions }).unwrap())
    };
    assert_eq!(told(&made, Revisions::Accept), texts(&new));
    assert_eq!(told(&made, Revisions::Reject), told(base, Revisions::Reject));
    made
}

#[test]
fn a_file_without_footnotes_gets_all_they_need() {
    let body = format!("<w:p>{}</w:p>", words("1. We recall the resolution."));
    let settings = "<w:zoom w:percent=\"90\"/><w:endnotePr/><w:compat/>";
    let base = file(&body, &[("settings", settings)]);
    let made =
        holds(&base, "1. We recall[^1] the resolution.[^2]\n\n[^1]: A/RES/70/1.\n[^2]: Ibid.\n");
    let notes = part(&made, "word/footnotes.xml");
    for wanted in
        ["w:type=\"separator\" w:id=\"-1\"", "w:type=\"continuationSeparator\" w:id=\"0\""]
    {
        assert!(notes.contains(wanted), "{notes}");
    }
    let first = notes.find("<w:footnote w:id=\"1\">").zip(notes.find("A/RES/70/1."));
    assert!(first.is_some_and(|(id, words)| id < words), "{notes}");
    let types = part(&made, "[Content_Types].xml");
    assert!(types.contains("/word/footnotes.xml") && types.contains(".footnotes+xml"), "{types}");
    let relations = part(&made, "word/_rels/document.xml.rels");
    assert!(
        relations.contains("relationships/footnotes\" Target=\"footnotes.xml\""),
        "{relations}"
    );
    let settings = part(&made, "word/settings.xml");
    let rules = "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:endnotePr/>";
    assert!(settings.contains(rules), "{settings}");
}

#[test]
fn a_new_footnote_looks_like_the_old_ones_and_words_change_in_theirs() {
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        words("1. We recall"),
        call("footnote", 4),
        words(" the Agenda."),
        call("footnote", 9)
    );
    let first =
        format!("{}<w:r><w:rPr><w:i/></w:rPr><w:t>Ibid.</w:t></w:r>", words("Resolution 70/1, "));
    let theirs = "<w:ins w:id=\"3\" w:author=\"Chair\"><w:r><w:t>Dated 3 May.</w:t></w:r></w:ins>";
    let notes = note("footnote", 4, &first) + &note("footnote", 9, theirs);
    let base = file(&body, &[("footnotes", &notes)]);
    let made = holds(
        &base,
        "1. We recall[^1] the new[^n] Agenda.[^2]\n\n[^1]: Resolution 71/2, Ibid.\n[^n]: New.\n[^2]: Dated 4 May.\n",
    );
    let notes = part(&made, "word/footnotes.xml");
    let new = "<w:footnote w:id=\"2\"><w:p><w:pPr><w:ind w:left=\"7\"/></w:pPr><w:ins w:id=";
    assert!(notes.contains(new), "{notes}");
    let looks = "<w:r><w:tab/></w:r><w:r><w:rPr><w:b/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/><w:t xml:space=\"preserve\">New.</w:t></w:r>";
    assert!(notes.contains(looks), "{notes}");
    assert!(notes.contains("<w:delText xml:space=\"preserve\">70/1</w:delText>"), "{notes}");
    assert!(notes.contains("<w:r><w:rPr><w:i/></w:rPr><w:t>Ibid.</w:t></w:r>"), "{notes}");
    assert!(notes.contains("w:author=\"Chair\""), "{notes}");
    let text = part(&made, "word/document.xml");
    let own = "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteReference w:id=\"2\"/></w:r>";
    assert!(text.contains(own), "{text}");
    // Words put in beside a call are not raised.
    let raised = "superscript\"/></w:rPr><w:t";
    assert!(!text.contains(raised), "{text}");
}

#[test]
fn a_footnote_that_goes_stays_until_that_is_accepted() {
    let body = format!("<w:p>{}{}</w:p>", words("1. We act."), call("footnote", 1));
    let base = file(&body, &[("footnotes", &note("footnote", 1, &words("On time.")))]);
    let made = holds(&base, "1. We act.\n");
    let notes = part(&made, "word/footnotes.xml");
    assert!(notes.contains("<w:delText xml:space=\"preserve\">On time.</w:delText>"), "{notes}");
    let text = part(&made, "word/document.xml");
    let gone = text.find("<w:del ").zip(text.find("<w:footnoteReference"));
    assert!(gone.is_some_and(|(gone, call)| gone < call), "{text}");
}

#[test]
fn what_is_new_is_an_endnote_where_there_are_endnotes_only() {
    let body = format!("<w:p>{}{}</w:p>", words("1. We act"), call("endnote", 1));
    let base = file(&body, &[("endnotes", &note("endnote", 1, &words("On time.")))]);
    let made = holds(&base, "1. We act[^1] and wait.[^2]\n\n[^1]: In time.\n[^2]: For long.\n");
    let notes = part(&made, "word/endnotes.xml");
    assert!(notes.contains("<w:endnote w:id=\"2\">") && notes.contains("For long."), "{notes}");
}

#[test]
fn where_a_file_has_both_kinds_a_new_note_is_of_its_own_kind() {
    let file = |calls: [&str; 2], footnotes: &str, endnotes: &str| {
        let body = format!(
            "<w:p>{}{}{}{}{}</w:p><w:p>{}{}</w:p>",
            words("1. We act"),
            call("footnote", 1),
            words(" on lamps"),
            call("endnote", 1),
            words("."),
            words("2. We rest"),
            calls.concat()
        );
        let notes = (
            note("footnote", 1, &words("One.")) + footnotes,
            note("endnote", 1, &words("Two.")) + endnotes,
        );
        file(&body, &[("footnotes", &notes.0), ("endnotes", &notes.1)])
    };
    let base = file(["", ""], "", "");
    let new = file(
        [&call("endnote", 2), &call("footnote", 2)],
        &note("footnote", 2, &words("Four.")),
        &note("endnote", 2, &words("Three.")),
    );
    let drafts = [&base, &new].map(|bytes| read("draft.docx", bytes).unwrap());
    let made = redline(&drafts[0], &drafts[1], Some(&base));
    let notes = |draft: &Draft| -> Vec<(String, bool)> {
        draft.footnotes.iter().map(|note| (note.text.clone(), note.endnote)).collect()
    };
    for (revisions, wanted) in [(Revisions::Accept, &drafts[1]), (Revisions::Reject, &drafts[0])] {
        let got = read_as("r.docx", &made, Reading { revisions }).unwrap();
        assert_eq!(notes(&got), notes(wanted));
        assert_eq!(with_footnotes(&got), with_footnotes(wanted));
    }
}

#[test]
fn where_no_footnote_differs_their_part_keeps_its_bytes() {
    let mark = "<w:r><w:footnoteReference w:id=\"7\" w:customMarkFollows=\"1\"/><w:t>*</w:t></w:r>";
    let body = format!("<w:p>{}{mark}{}</w:p>", words("1. We act"), words(" with 10 m"));
    let notes = "<w:footnote w:id=\"7\"><w:p><w:r><w:t>* Reissued.</w:t></w:r></w:p></w:footnote>";
    let base = file(&body, &[("footnotes", notes)]);
    let made = holds(&base, "1. We act today[^a] with 10 m\n\n[^a]: Reissued.\n");
    assert_eq!(part(&made, "word/footnotes.xml"), part(&base, "word/footnotes.xml"));
}

#[test]
fn a_draft_with_characters_that_stand_for_calls_keeps_its_words() {
    let body = format!("<w:p>{}{}</w:p>", words("1. We act on time."), call("footnote", 1));
    let base = file(&body, &[("footnotes", &note("footnote", 1, &words("On time.")))]);
    let text = "1. We act \u{100000} \u{100001} on time.[^1]\n\n[^1]: Now.\n";
    let (old, new) = drafts(&base, text);
    let made = redline(&old, &new, Some(&base));
    let accepted = read_as("r.docx", &made, Reading { revisions: Revisions::Accept }).unwrap();
    assert_eq!(accepted.paragraphs[0].text, new.paragraphs[0].text);
    assert_eq!(part(&made, "word/footnotes.xml"), part(&base, "word/footnotes.xml"));
}

#[test]
fn a_note_that_is_called_twice_goes_with_its_last_call() {
    let call = call("footnote", 1);
    let body = format!("<w:p>{}{call}{}{call}</w:p>", words("1. We act"), words(" on time."));
    let base = file(&body, &[("footnotes", &note("footnote", 1, &words("Ibid.")))]);
    let made = holds(&base, "1. We act on time.[^1]\n\n[^1]: Ibid.\n");
    assert!(!part(&made, "word/footnotes.xml").contains("w:del "));
}

#[test]
fn a_heading_has_footnotes_like_a_paragraph() {
    let heading =
        |words: &str| format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>{words}</w:p>");
    let body = heading(&(words("Water") + &call("footnote", 1)))
        + &format!("<w:p>{}{}</w:p>", words("1. We act."), call("footnote", 2))
        + &heading(&(words("Air") + &call("footnote", 3)))
        + &format!("<w:p>{}</w:p>", words("2. We breathe."));
    let notes = [(1, "Of rivers."), (2, "On time."), (3, "Of towns.")];
    let notes: String =
        notes.iter().map(|(id, text)| note("footnote", *id, &words(text))).collect();
    let base = file(&body, &[("footnotes", &notes)]);
    let old = read("old.docx", &base).unwrap();
    assert_eq!(headings_with_footnotes(&old), ["Water⟦Of rivers.⟧", "Air⟦Of towns.⟧"]);
    holds(
        &base,
        "# Water[^1] and ice[^2]\n\n1. We act.[^3]\n\n# Air\n\n2. We breathe.\n\n# Fire[^4]\n\n3. We rest.\n\n\
         [^1]: Of all rivers.\n[^2]: Of poles.\n[^3]: On time.\n[^4]: Of stoves.\n",
    );
}

#[test]
fn a_layout_of_ours_keeps_every_footnote() {
    let text =
        "# Water[^a]\n\n1. We act.[^b]\n\n[^a]: Of rivers.\n[^b]: On time.\n[^c]: Of nothing.\n";
    let old = read("old.md", text.as_bytes()).unwrap();
    let new = read("new.md", text.replace("We act", "We rest").as_bytes()).unwrap();
    let made = redline(&old, &new, None);
    for (revisions, wanted) in [(Revisions::Accept, &new), (Revisions::Reject, &old)] {
        let draft = read_as("r.docx", &made, Reading { revisions }).unwrap();
        assert_eq!(headings_with_footnotes(&draft), headings_with_footnotes(wanted));
        assert_eq!(with_footnotes(&draft), with_footnotes(wanted));
        let told = draft.paragraphs[0].asides.iter().map(|aside| aside.text.as_str());
        assert!(
            told.collect::<Vec<_>>().contains(&"A footnote that is called nowhere: Of nothing.")
        );
    }
}

#[test]
fn a_footnote_keeps_its_paragraphs() {
    let body = format!("<w:p>{}{}</w:p>", words("1. We act on time."), call("footnote", 1));
    let para = |words: &str| {
        format!("<w:p><w:pPr><w:ind w:left=\"7\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let one = note("footnote", 1, &words("On time."));
    let two = one.replace("</w:footnote>", &format!("{}</w:footnote>", para("Or before.")));
    let lines = |bytes: &[u8], revisions| -> Vec<String> {
        let draft = read_as("r.docx", bytes, Reading { revisions }).unwrap();
        draft.footnotes.into_iter().map(|note| note.text).collect()
    };
    let texts = [
        "On time.",
        "On time.\n\n    Or before.",
        "In due time.\n\n    Or long before.\n\n    Or never.",
        "On time. Or before.",
    ];
    for notes in [&one, &two] {
        let base = file(&body, &[("footnotes", notes)]);
        for text in texts {
            let new =
                format!("1. We act on time.[^1] We rest.[^2]\n\n[^1]: {text}\n\n[^2]: {text}\n");
            let made = holds(&base, &new);
            let wanted = text.replace("\n\n    ", "\n");
            assert_eq!(lines(&made, Revisions::Accept), [wanted.as_str(), wanted.as_str()]);
            assert_eq!(lines(&made, Revisions::Reject), lines(&base, Revisions::Reject));
        }
    }
}

#[test]
fn a_paragraph_that_is_nothing_but_a_call_keeps_its_footnote() {
    let alone = |id| format!("<w:p>{}</w:p>", call("footnote", id));
    let body = alone(1)
        + &format!("<w:p>{}</w:p>", words("1. We act on time."))
        + &alone(2)
        + &format!("<w:p>{}</w:p>", words("2. We rest."));
    let notes = note("footnote", 1, &words("First.")) + &note("footnote", 2, &words("Second."));
    let base = file(&body, &[("footnotes", &notes)]);
    let old = read("old.docx", &base).unwrap();
    let mut new = old.clone();
    let made = redline(&old, &new, Some(&base));
    assert_eq!(part(&made, "word/document.xml"), part(&base, "word/document.xml"));
    new.paragraphs[1].text.push_str(" We go on.");
    new.paragraphs[1].asides.clear();
    let made = redline(&old, &new, Some(&base));
    for (revisions, wanted) in [(Revisions::Accept, &new), (Revisions::Reject, &old)] {
        let draft = read_as("r.docx", &made, Reading { revisions }).unwrap();
        assert_eq!(with_footnotes(&draft), with_footnotes(wanted), "{revisions:?}");
    }
}

#[test]
fn words_struck_out_in_a_footnote_stay_as_they_are_and_no_live_word_is_struck() {
    let struck = |words: &str| {
        format!("<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
    };
    let body = format!("<w:p>{}{}</w:p>", words("1. We act on time."), call("footnote", 1));
    let cases = [
        (words("On ") + &struck("some ") + &words("time."), "On the day."),
        (struck("Not ") + &words("on time."), "Always on time."),
        (words("On time ") + &struck("or never"), "On time at last"),
        (struck("Not on time."), "Always."),
        (words("On ") + &struck("some ") + &words("time."), "On time."),
    ];
    for (runs, text) in cases {
        let base = file(&body, &[("footnotes", &note("footnote", 1, &runs))]);
        let made = holds(&base, &format!("1. We act in time.[^1]\n\n[^1]: {text}\n"));
        let notes = part(&made, "word/footnotes.xml");
        tree(&notes).each(&mut |node| {
            let struck = node.child("w:rPr").is_some_and(|set| set.child("w:strike").is_some());
            let tracked = matches!(node.name.as_str(), "w:ins" | "w:del");
            assert!(!struck || node.name == "w:r", "{notes}");
            let runs = node.children.iter().filter(|run| run.name == "w:r" && tracked);
            for run in runs {
                let set = run.child("w:rPr");
                assert!(set.is_none_or(|set| set.child("w:strike").is_none()), "{notes}");
            }
        });
    }
}

#[test]
fn a_paragraph_comes_into_a_footnote_behind_one_that_ends_with_a_colon() {
    let body = format!("<w:p>{}{}</w:p>", words("1. We act on time."), call("footnote", 1));
    let second = format!("<w:p>{}</w:p></w:footnote>", words("The other one."));
    let one = note("footnote", 1, &words("See:")).replace("</w:footnote>", &second);
    let base = file(&body, &[("footnotes", &one)]);
    let text = "See:\n\n    The table.\n\n    The other one.";
    let made = holds(&base, &format!("1. We act on time.[^1]\n\n[^1]: {text}\n"));
    let draft = read_as("r.docx", &made, Reading { revisions: Revisions::Accept }).unwrap();
    assert_eq!(draft.footnotes[0].text, "See:\nThe table.\nThe other one.");
}

#[test]
fn words_that_come_into_a_struck_cell_stand_in_it_though_the_next_one_begins_with_a_call() {
    let cell = |runs: &str| format!("<w:tc><w:p>{runs}</w:p></w:tc>");
    let body = |first: &str| {
        let rest = cell(&(call("footnote", 1) + &words("for all boats")));
        let row = format!("<w:tr>{}{rest}</w:tr>", cell(first));
        let grid = "<w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"900\"/></w:tblGrid>";
        let table = format!("<w:tbl><w:tblPr/>{grid}{row}</w:tbl>");
        format!("<w:p>{}</w:p>{table}", words("1. We act on time."))
    };
    let struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>lamps and oil</w:t></w:r>";
    let notes = note("footnote", 1, &words("See there."));
    let files = [struck.to_owned(), words("lamps and oil")]
        .map(|first| file(&body(&first), &[("footnotes", &notes)]));
    let drafts = [&files[0], &files[1]].map(|bytes| read("draft.docx", bytes).unwrap());
    let made = redline(&drafts[0], &drafts[1], Some(&files[0]));
    assert_eq!(text(&made, "w:ins"), text(&files[0], "w:ins"), "rejected");
    assert_eq!(text(&made, "w:del"), text(&files[1], "w:del"), "accepted");
}
