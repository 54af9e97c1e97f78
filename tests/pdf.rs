//! Small PDFs written here in; what is read of them, what is refused and why, out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use adref::model::{AsideKind, Draft, Omission};
use adref::read::{ReadError, read};
use lopdf::encryption::crypt_filters::{Aes128CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in &places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    let size = objects.len() + 1;
    out.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R /ID [<0123456789ABCDEF> <0123456789ABCDEF>] >>\n\
         startxref\n{start}\n%%EOF\n"
    ));
    out.into_bytes()
}

/// One line of text: size, left edge, height above the bottom, words. Words between `_` are bold.
type Set = (f64, f64, f64, &'static str);

fn page(lines: &[Set], rules: &[(f64, f64, f64)]) -> String {
    let mut content = String::new();
    for (left, right, y) in rules {
        content.push_str(&format!("{left} {y} m {right} {y} l S\n"));
    }
    for (size, left, y, words) in lines {
        let bold = words.starts_with('_');
        let font = if bold { "F2" } else { "F1" };
        let words = words.trim_matches('_').replace('(', "\\(").replace(')', "\\)");
        content.push_str(&format!("BT /{font} {size} Tf 1 0 0 1 {left} {y} Tm ({words}) Tj ET\n"));
    }
    stream("", &content)
}

fn stream(keys: &str, content: &str) -> String {
    format!("<< {keys} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A document of these pages, set in Courier, of which 60 characters fill a line.
fn document(pages: &[String]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 612 792] >>",
            kids.join(" "),
            pages.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (at, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            6 + 2 * at
        ));
        objects.push(page.clone());
    }
    pdf(&objects)
}

/// Two pages laid out as resolutions are.
fn resolution() -> Vec<u8> {
    let first = page(
        &[
            (14.0, 123.0, 735.0, "United Nations"),
            (20.0, 440.0, 735.0, "A/RES/70/999"),
            (20.0, 123.0, 705.0, "_General Assembly_"),
            (10.0, 397.0, 705.0, "Distr.: General"),
            (10.0, 397.0, 693.0, "1 February 2016"),
            (10.0, 60.0, 600.0, "Seventieth session"),
            (10.0, 60.0, 588.0, "Agenda item 16"),
            (14.0, 96.0, 560.0, "_Resolution adopted by the General Assembly on 16 December 2015_"),
            (10.0, 200.0, 540.0, "[without reference to a Main Committee (A/70/L.33)]"),
            (12.0, 96.0, 515.0, "_70/999. Bridges and ferries_"),
            (10.0, 147.0, 490.0, "The General Assembly,"),
            (10.0, 147.0, 472.0, "Recalling its resolution 60/252 of 27 March 2006, which"),
            (10.0, 123.0, 460.0, "asked all ferries to keep to their hours,"),
            (6.5, 369.0, 463.5, "1"),
            (10.0, 147.0, 442.0, "1.  Calls upon ferries, non-governmental ones among them"),
            (10.0, 123.0, 430.0, "as well as every other one, and every one of those that non-"),
            (10.0, 123.0, 418.0, "governmental people row in the morning, and asks the Govern-"),
            (
                8.0,
                117.0,
                110.0,
                "1  See A/70/1, and the report of the people at the river, which says how",
            ),
            (8.0, 123.0, 100.0, "the ferries kept their hours."),
            (10.0, 65.0, 45.0, "15-16879 (E)    100216"),
        ],
        &[(60.0, 552.0, 582.0 + 100.0), (117.0, 189.0, 122.0)],
    );
    let second = page(
        &[
            (8.5, 60.0, 740.0, "_A/RES/70/999_"),
            (8.5, 300.0, 740.0, "_Bridges and ferries_"),
            (10.0, 123.0, 705.0, "ments to pay for it:"),
            (10.0, 147.0, 687.0, "(a)  In the morning;"),
            (10.0, 147.0, 669.0, "(b)  At night."),
            (12.0, 250.0, 640.0, "_Annex_"),
            (10.0, 147.0, 615.0, "1.  Bridges are built by hand."),
            (8.5, 60.0, 40.0, "_2/2_"),
        ],
        &[(60.0, 552.0, 730.0)],
    );
    document(&[first, second])
}

fn outline(draft: &Draft) -> Vec<String> {
    let line = |p: &adref::model::Paragraph| {
        let parts: Vec<&str> = p.parts.iter().map(|part| part.address.as_str()).collect();
        let (annex, number) = (p.annex.as_deref(), p.number.as_deref());
        format!(
            "{}{}[{}] {}",
            annex.map_or(String::new(), |annex| format!("{annex} ")),
            number.unwrap_or("-"),
            parts.join(" "),
            p.text.replace('\n', "/")
        )
    };
    draft.paragraphs.iter().map(line).collect()
}

fn refused(bytes: &[u8]) -> String {
    let ReadError { message, .. } = read("paper.pdf", bytes).expect_err("not readable");
    message
}

#[test]
fn a_resolution_as_it_is_laid_out() {
    let draft = read("paper.pdf", &resolution()).unwrap();
    assert_eq!(
        outline(&draft),
        [
            "-[] The General Assembly,",
            "-[] Recalling its resolution 60/252 of 27 March 2006, which asked all ferries to keep to their \
             hours,",
            "1[(a) (b)] Calls upon ferries, non-governmental ones among them as well as every other one, and \
             every one of those that non-governmental people row in the morning, and asks the Governments to \
             pay for it:/(a) In the morning;/(b) At night.",
            "annex 1[] Bridges are built by hand.",
        ]
    );
    let front = &draft.front;
    assert_eq!(front.symbol.as_deref(), Some("A/RES/70/999"));
    assert_eq!(front.title.as_deref(), Some("Bridges and ferries"));
    assert_eq!(front.body.as_deref(), Some("General Assembly"));
    assert_eq!(front.adopted.as_deref(), Some("2015-12-16"));
    let [note] = draft.footnotes.as_slice() else { unreachable!("one note") };
    assert_eq!(note.label, "1");
    assert!(
        note.text.starts_with("See A/70/1") && note.text.ends_with("the ferries kept their hours.")
    );
    let call = &draft.paragraphs[1].asides[0];
    assert_eq!((call.kind, call.text.as_str()), (AsideKind::Footnote, "1"));
    assert_eq!(call.at, draft.paragraphs[1].text.len());
}

/// What was left out of a draft, and after which of its paragraphs.
fn left_out(draft: &Draft) -> Vec<(Omission, usize)> {
    draft.left_out.iter().map(|left_out| (left_out.what, left_out.after)).collect()
}

#[test]
fn a_table_of_contents_is_no_text() {
    let first = page(
        &[
            (10.0, 123.0, 700.0, "Chapter"),
            (10.0, 500.0, 700.0, "Page"),
            (10.0, 123.0, 680.0, "I.  Ferries .................................. 2"),
            (10.0, 123.0, 660.0, "II. Bridges and what"),
            (10.0, 123.0, 648.0, "they cost . . . . . . . . . . . . . . . . . ."),
            (10.0, 500.0, 648.0, "12"),
            (10.0, 123.0, 628.0, "III. Rivers"),
            (10.0, 123.0, 608.0, "A.  Wide ones ................................ 14-16"),
            (8.5, 60.0, 40.0, "_1/2_"),
        ],
        &[],
    );
    let second = page(
        &[
            (8.5, 60.0, 40.0, "_2/2_"),
            (10.0, 123.0, 700.0, "1.  Ferries keep to their hours, in the morning and at night."),
            (10.0, 123.0, 682.0, "2.  Signed: ................................"),
            (10.0, 123.0, 664.0, "3.  Bridges are built by hand, and are paid for by all."),
        ],
        &[],
    );
    let draft = read("paper.pdf", &document(&[first, second])).unwrap();
    assert_eq!(
        outline(&draft),
        [
            "1[] Ferries keep to their hours, in the morning and at night.",
            "2[] Signed: ................................",
            "3[] Bridges are built by hand, and are paid for by all.",
        ]
    );
    let furniture = (Omission::PageFurniture, 0);
    let entry = (Omission::Contents, 0);
    assert_eq!(left_out(&draft), [entry, entry, entry, furniture, (Omission::PageFurniture, 3)]);
}

#[test]
fn what_is_left_out_stands_where_it_stood() {
    let furniture = |after| (Omission::PageFurniture, after);
    let cover = (Omission::Cover, 0);
    let found = left_out(&read("paper.pdf", &resolution()).unwrap());
    assert_eq!(found.iter().filter(|one| **one == cover).count(), 3, "{found:?}");
    // The job number of page 1 and the head of page 2 stand within paragraph 1, the third; the foot after all.
    assert_eq!(found.get(3..).unwrap(), [furniture(3), furniture(3), furniture(4)]);
}

#[test]
fn a_file_without_its_end_is_cut_off() {
    let whole = resolution();
    for end in [whole.len() / 3, whole.len() / 2, whole.len() * 9 / 10, whole.len() - 6] {
        assert!(refused(&whole[..end]).contains("cut off"), "{end}");
    }
    // An addition to a whole file that was cut off, and words behind a whole one.
    let added = [whole.as_slice(), b"9 0 obj\n<< /Type /Page >>\nendobj\nxref"].concat();
    assert!(refused(&added).contains("cut off"));
    let followed = [whole.as_slice(), b"\n<!-- sent by a web server -->\n"].concat();
    assert_eq!(
        outline(&read("a.pdf", &followed).unwrap()),
        outline(&read("a.pdf", &whole).unwrap())
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 /MediaBox [0 0 612 792] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R >>".to_owned(),
    ];
    assert!(refused(&pdf(&objects)).contains("page 2 of this PDF is missing"));
}

#[test]
fn a_scan_says_that_it_is_one() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
            .to_owned(),
        stream("", "612 0 0 792 0 0 cm /I Do"),
        stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            "x",
        ),
    ];
    let message = refused(&pdf(&objects));
    assert!(message.contains("no text (a scan)") && message.contains("OCR"), "{message}");
}

#[test]
fn letters_without_meaning_are_no_words() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        stream("", "BT /F1 12 Tf 72 700 Td <00010002000300040005> Tj ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Odd /Encoding /Identity-H /DescendantFonts [6 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Odd /DW 500 >>".to_owned(),
    ];
    let message = refused(&pdf(&objects));
    assert!(message.contains("do not say what their letters are"), "{message}");
}

#[test]
fn pages_that_hold_themselves() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R] /Count 9 >>".to_owned(),
    ];
    assert!(refused(&pdf(&objects)).contains("no pages"));
}

#[test]
fn a_form_that_draws_itself_ends() {
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
        "/X Do /X Do /X Do /X Do",
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        stream("", "/X Do"),
        form,
    ];
    assert!(!refused(&pdf(&objects)).is_empty());
}

/// A resolution encrypted so that this password opens it.
fn encrypted(password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&resolution()).unwrap();
    let filter: std::sync::Arc<dyn CryptFilter> = std::sync::Arc::new(Aes128CryptFilter);
    let version = EncryptionVersion::V4 {
        document: &document,
        encrypt_metadata: true,
        crypt_filters: std::collections::BTreeMap::from([(b"StdCF".to_vec(), filter)]),
        stream_filter: b"StdCF".to_vec(),
        string_filter: b"StdCF".to_vec(),
        owner_password: "owner",
        user_password: password,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_lock_without_a_password_is_open() {
    let open = read("paper.pdf", &encrypted("")).unwrap();
    assert_eq!(outline(&open), outline(&read("paper.pdf", &resolution()).unwrap()));
    assert!(refused(&encrypted("secret")).contains("locked with a password"));
}

/// A small generator of numbers (xorshift64*), so that a failure can be met again.
fn seeded(state: &mut u64) -> usize {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize
}

#[test]
fn broken_files_end_in_a_text_or_in_a_message() {
    let whole = resolution();
    let check = |bytes: &[u8]| match read("paper.pdf", bytes) {
        Ok(draft) => {
            for paragraph in &draft.paragraphs {
                assert!(paragraph.asides.iter().all(|a| paragraph.text.is_char_boundary(a.at)));
                assert!(
                    paragraph
                        .parts
                        .iter()
                        .all(|p| paragraph.text.get(p.span.start..p.span.end).is_some())
                );
            }
        }
        Err(error) => assert!(!error.message.is_empty()),
    };
    for end in (0..whole.len()).step_by(97) {
        check(&whole[..end]);
    }
    let mut state = 0x9E37_79B9_7F4A_7C15;
    let pieces: [&[u8]; 12] = [
        b"<<",
        b">>",
        b"[",
        b"]",
        b"(",
        b")",
        b"endobj",
        b"stream",
        b"6 0 R",
        b"-1",
        b"99999999999999999999",
        b"\0",
    ];
    for _ in 0..400 {
        let mut bytes = whole.clone();
        for _ in 0..1 + seeded(&mut state) % 6 {
            let at = seeded(&mut state) % bytes.len();
            match seeded(&mut state) % 4 {
                0 => bytes[at] = seeded(&mut state) as u8,
                1 => bytes.truncate(at.max(8)),
                2 => {
                    let end = (at + seeded(&mut state) % 80).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => {
                    let piece = pieces[seeded(&mut state) % pieces.len()];
                    bytes.splice(at..at, piece.iter().copied());
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        check(&bytes);
    }
}
