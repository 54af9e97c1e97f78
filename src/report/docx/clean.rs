//! A draft of any format in; a Word file in the layout of a United Nations draft, and where its words stand in it, out.
//!
//! Numbers and labels are typed, as they are printed in the draft; bullets are Word's own. What is struck out stays so, footnotes are Word's own.
//! Links, pins and comments of the author are not taken over.

use std::ops::Range;

use super::file::packed;
use super::lines::{Item, Kind, Line, items, lines};
use super::markup::escaped;
use crate::model::{Aside, AsideKind, Draft, Origin, Paragraph};
use crate::report::draft::{cells_of, table_rows};
use crate::text::opening_act;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const FORMAT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Sheet A4, with margins of 2.5 cm; in twentieths of a point.
const SECTION: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" \
                       w:bottom=\"1417\" w:left=\"1417\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>";

/// The styles for sub-paragraphs end with this depth.
const DEEPEST: usize = 4;

/// Lays a draft out. The draft that is returned is the same, and knows where its words stand in the file.
///
/// # Errors
/// When it is larger than a Word file can be.
pub(in crate::report) fn laid_out(draft: &Draft) -> Result<(Vec<u8>, Draft), String> {
    let mut draft = draft.clone();
    let mut page = Page { out: String::new(), notes: String::new(), called: Vec::new() };
    page.called = vec![false; draft.footnotes.len()];
    page.out.push_str(HEAD);
    page.out.push_str(&format!("<w:document xmlns:w=\"{MAIN}\"><w:body>"));
    if let Some(title) = &draft.front.title {
        page.line("Title", title, &mut Origin::default());
    }
    let mut rows = 0..0;
    for item in items(&draft) {
        match item {
            Item::Heading(at) => {
                let Some(heading) = draft.headings.get(at) else { continue };
                let style = format!("Heading{}", heading.level.clamp(1, 6));
                page.line(&style, &heading.text, &mut Origin::default());
            }
            Item::Paragraph(at) if rows.contains(&at) => {}
            Item::Paragraph(at) => {
                let next = draft.headings.iter().map(|h| h.before).find(|before| *before > at);
                let count = table_rows(&draft, at, next);
                if count > 1 {
                    rows = at..at + count;
                    page.table(&mut draft, rows.clone());
                } else {
                    let origin = draft.paragraphs.get(at).map(|p| page.paragraph(p, &draft));
                    if let (Some(paragraph), Some(origin)) = (draft.paragraphs.get_mut(at), origin)
                    {
                        paragraph.origin = origin;
                    }
                }
            }
        }
    }
    page.out.push_str(&format!("{SECTION}</w:body></w:document>"));
    let bytes = page.file(&draft)?;
    Ok((bytes, draft))
}

struct Page {
    out: String,
    notes: String,
    /// Which footnotes have been called.
    called: Vec<bool>,
}

impl Page {
    /// Words of a run, which stand at byte `at` of a paragraph's text.
    fn words(&mut self, words: &str, at: usize, properties: &str, origin: &mut Origin) {
        if words.is_empty() {
            return;
        }
        let rtl = if is_rtl(words) { "<w:rtl/>" } else { "" };
        let properties = match (properties, rtl) {
            ("", "") => String::new(),
            _ => format!("<w:rPr>{properties}{rtl}</w:rPr>"),
        };
        self.out.push_str(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">"));
        for (by, c) in words.char_indices() {
            origin.push(at + by, self.out.len());
            self.out.push_str(&escaped(c.encode_utf8(&mut [0; 4])));
        }
        self.out.push_str("</w:t></w:r>");
    }

    fn begin(&mut self, style: &str, text: &str) {
        let bidi = if is_rtl(text) { "<w:bidi/>" } else { "" };
        let set = format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{bidi}</w:pPr>");
        self.out.push_str(&set);
    }

    fn line(&mut self, style: &str, text: &str, origin: &mut Origin) {
        self.begin(style, text);
        self.words(text, 0, "", origin);
        self.out.push_str("</w:p>");
    }

    /// A paragraph of the draft; gives where its words stand.
    fn paragraph(&mut self, paragraph: &Paragraph, draft: &Draft) -> Origin {
        let mut origin = Origin::default();
        let mut asides = paragraph.asides.iter().peekable();
        let whole = &paragraph.text;
        for line in lines(paragraph) {
            let text = whole.get(line.range.clone()).unwrap_or_default();
            self.begin(&style(&line), text);
            if let Some(number) = &line.number {
                let number = match number.strip_suffix(']') {
                    Some(open) => format!("{open}.]"),
                    None => format!("{number}."),
                };
                let run = format!("<w:r><w:t>{}</w:t><w:tab/></w:r>", escaped(&number));
                self.out.push_str(&run);
            }
            let mut at = line.range.start;
            if let Some(label) = &line.label {
                let shown = whole.get(label.clone()).unwrap_or_default();
                self.words(shown.trim_end(), at, "", &mut origin);
                if shown.ends_with(' ') {
                    self.out.push_str("<w:r>");
                    origin.push(label.end - 1, self.out.len());
                    self.out.push_str("<w:tab/></w:r>");
                }
                at = label.end;
            }
            let act = opening_act(text).filter(|act| at == 0 && act.span.start == 0);
            let italic = act.map_or(at, |act| act.span.end.min(line.range.end));
            while let Some(aside) = asides.next_if(|aside| aside.at <= line.range.end) {
                let here = aside.at.clamp(at, line.range.end);
                self.stretch(whole, at..here, italic, &mut origin);
                at = here;
                self.aside(aside, draft);
            }
            self.stretch(whole, at..line.range.end, italic, &mut origin);
            self.out.push_str("</w:p>");
        }
        origin
    }

    /// Words of a paragraph, those before `italic` in italics.
    fn stretch(&mut self, text: &str, range: Range<usize>, italic: usize, origin: &mut Origin) {
        let part = italic.clamp(range.start, range.end);
        let of = |range: Range<usize>| text.get(range).unwrap_or_default();
        self.words(of(range.start..part), range.start, "<w:i/><w:iCs/>", origin);
        self.words(of(part..range.end), part, "", origin);
    }

    fn aside(&mut self, aside: &Aside, draft: &Draft) {
        match aside.kind {
            AsideKind::Struck => {
                self.words(&aside.text, 0, "<w:strike/>", &mut Origin::default());
            }
            AsideKind::Footnote => {
                let free = |at: &usize| self.called.get(*at) == Some(&false);
                let notes = draft.footnotes.iter().enumerate();
                let mut named =
                    notes.filter(|(_, note)| note.label == aside.text).map(|(at, _)| at);
                let Some(at) = named.find(free) else { return };
                self.called.iter_mut().skip(at).take(1).for_each(|called| *called = true);
                let call = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
                let id = at + 1;
                self.out
                    .push_str(&format!("<w:r>{call}<w:footnoteReference w:id=\"{id}\"/></w:r>"));
                let text = draft.footnotes.get(at).map_or("", |note| note.text.as_str());
                self.notes.push_str(&format!(
                    "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r>{call}\
                     <w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> {}</w:t></w:r></w:p></w:footnote>",
                    escaped(text)
                ));
            }
            AsideKind::Comment => {}
        }
    }

    /// Paragraphs that are the rows of a table.
    fn table(&mut self, draft: &mut Draft, rows: Range<usize>) {
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(|side| {
                format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")
            })
            .concat();
        let columns =
            draft.paragraphs.get(rows.start).map_or(1, |p| cells_of(&p.text).len()).max(1);
        let width = 9072 / columns;
        let grid = format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>\
             <w:tblGrid>{grid}</w:tblGrid>"
        ));
        for paragraph in draft.paragraphs.get_mut(rows).unwrap_or_default() {
            let mut origin = Origin::default();
            self.out.push_str("<w:tr>");
            for cell in cells_of(&paragraph.text) {
                self.out.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"
                ));
                let text = paragraph.text.get(cell.clone()).unwrap_or_default();
                self.begin("Cell", text);
                self.words(text, cell.start, "", &mut origin);
                self.out.push_str("</w:p></w:tc>");
            }
            self.out.push_str("</w:tr>");
            paragraph.origin = origin;
        }
        // Word joins tables that nothing stands between, and needs a paragraph behind the last one.
        self.out.push_str("</w:tbl><w:p/>");
    }

    fn file(&self, draft: &Draft) -> Result<Vec<u8>, String> {
        let noted = !self.notes.is_empty();
        let part = |name: &str, kind: &str| {
            format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{FORMAT}.{kind}+xml\"/>")
        };
        let types = format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/>{}{}{}<Override PartName=\"/docProps/core.xml\" \
             ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
            part("document", "document.main"),
            part("styles", "styles") + &part("numbering", "numbering"),
            if noted { part("footnotes", "footnotes") } else { String::new() }
        );
        let relation = |id: usize, types: &str, target: &str| {
            format!("<Relationship Id=\"rId{id}\" Type=\"{types}\" Target=\"{target}\"/>")
        };
        let list = |relations: String| {
            format!(
                "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"
            )
        };
        let core = format!("{PACKAGE}/relationships/metadata/core-properties");
        let top = list(
            relation(1, &format!("{TYPES}/officeDocument"), "word/document.xml")
                + &relation(2, &core, "docProps/core.xml"),
        );
        let mut own = relation(1, &format!("{TYPES}/styles"), "styles.xml")
            + &relation(2, &format!("{TYPES}/numbering"), "numbering.xml");
        if noted {
            own += &relation(3, &format!("{TYPES}/footnotes"), "footnotes.xml");
        }
        let own = list(own);
        let title = draft.front.title.as_deref().map(escaped).unwrap_or_default();
        let is_day =
            |date: &&String| date.len() == 10 && date.bytes().filter(|b| *b == b'-').count() == 2;
        let day = draft.front.date.as_ref().filter(is_day).map_or(String::new(), |day| {
            let day = escaped(day);
            format!(
                "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>"
            )
        });
        let core = format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>{day}</cp:coreProperties>"
        );
        let lines = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
                     <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";
        let notes =
            format!("{HEAD}<w:footnotes xmlns:w=\"{MAIN}\">{lines}{}</w:footnotes>", self.notes);
        let mut parts = vec![
            ("[Content_Types].xml", types.as_str()),
            ("_rels/.rels", &top),
            ("docProps/core.xml", &core),
            ("word/_rels/document.xml.rels", &own),
            ("word/document.xml", &self.out),
            ("word/styles.xml", include_str!("data/styles.xml")),
            ("word/numbering.xml", include_str!("data/numbering.xml")),
        ];
        if noted {
            parts.push(("word/footnotes.xml", &notes));
        }
        packed(&parts)
    }
}

/// The style of a line.
pub(in crate::report) fn style(line: &Line) -> String {
    match line.kind {
        Kind::Heading(level) => format!("Heading{}", level.clamp(1, 6)),
        Kind::Numbered => "Numbered".to_owned(),
        Kind::Part(depth) if line.bullet => format!("Bullet{}", depth.clamp(1, DEEPEST)),
        Kind::Part(depth) => format!("Part{}", depth.clamp(1, DEEPEST)),
        Kind::Continued => "Continued".to_owned(),
        Kind::Text => "Preamble".to_owned(),
    }
}

/// True for a text whose first letter is written from right to left: Hebrew, Arabic, Syriac, Thaana and their forms.
fn is_rtl(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(
        |c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'),
    )
}
