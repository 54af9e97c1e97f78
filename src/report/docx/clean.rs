//! A draft of any format in; a Word file in the layout of a United Nations draft, and where its words stand in it, out.
//!
//! Numbers and labels are typed, as they are printed in the draft; bullets are Word's own. What is struck out stays so, footnotes are Word's own.
//! Pins, waivers and comments of the author are comments. Links are links where Word takes their addresses.

use std::ops::Range;

use super::lines::{Item, Kind, Line, around_struck, items, lines};
use super::markup::{escaped, is_rtl};
use super::notes::Looks;
use crate::model::{
    Aside, AsideKind, Draft, Heading, Labels, Link, Origin, Paragraph, Pin, Set, Setting, Span,
    Waiver,
};
use crate::report::draft::table_rows;
use crate::text::opening_act;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const TYPES: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

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
    let footnotes = draft.footnotes.clone();
    let mut labels = Labels::of(&footnotes);
    let mut page = Page::default();
    page.out.push_str(HEAD);
    page.out.push_str(&format!("<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{TYPES}\"><w:body>"));
    let for_all = remarks(&draft.pins, &draft.waivers);
    if draft.front.title.is_some() || !for_all.is_empty() {
        let title = draft.front.title.as_deref().unwrap_or_default();
        page.begin("Title", title);
        page.words(title, 0, "", &mut Origin::default());
        for_all.iter().for_each(|remark| page.comment(remark));
        page.out.push_str("</w:p>");
    }
    let mut rows = 0..0;
    for item in items(&draft) {
        match item {
            Item::Heading(at) => {
                let Some(heading) = draft.headings.get(at) else { continue };
                page.heading(heading, &mut labels);
            }
            Item::Paragraph(at) if rows.contains(&at) => {}
            Item::Paragraph(at) => {
                let next = draft.headings.iter().map(|h| h.before).find(|before| *before > at);
                let count = table_rows(&draft, at, next);
                if count > 0 {
                    rows = at..at + count;
                    page.table(&mut draft, rows.clone(), &mut labels);
                } else {
                    let origin = draft.paragraphs.get(at).map(|p| page.paragraph(p, &mut labels));
                    if let (Some(paragraph), Some(origin)) = (draft.paragraphs.get_mut(at), origin)
                    {
                        paragraph.origin = origin;
                    }
                }
            }
        }
    }
    page.uncalled(&labels);
    page.out.push_str(&format!("{SECTION}</w:body></w:document>"));
    let bytes = page.file(&draft)?;
    Ok((bytes, draft))
}

#[derive(Default)]
pub(super) struct Page {
    pub(super) out: String,
    pub(super) notes: String,
    pub(super) comments: String,
    /// How many comments there are.
    commented: usize,
    /// Where links lead.
    pub(super) links: Vec<String>,
    /// How many footnotes there are.
    noted: u32,
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

    fn heading(&mut self, heading: &Heading, labels: &mut Labels<'_>) {
        self.begin(&format!("Heading{}", heading.level.clamp(1, 6)), &heading.text);
        let mut at = 0;
        for call in &heading.calls {
            let words = heading.text.get(at..call.at).unwrap_or_default();
            self.words(words, at, "", &mut Origin::default());
            at = call.at;
            self.aside(call, &heading.text, labels);
        }
        let rest = heading.text.get(at..).unwrap_or_default();
        self.words(rest, at, "", &mut Origin::default());
        self.out.push_str("</w:p>");
    }

    /// Footnotes that nothing calls stand in comments behind the last words: Word shows none that is not called.
    fn uncalled(&mut self, labels: &Labels<'_>) {
        let Some(end) = self.out.rfind("</w:p>") else { return };
        let behind = self.out.split_off(end);
        for note in labels.uncalled() {
            self.comment(&format!("A footnote that is called nowhere: {}", note.text));
        }
        self.out.push_str(&behind);
    }

    /// A paragraph of the draft; gives where its words stand.
    fn paragraph(&mut self, paragraph: &Paragraph, labels: &mut Labels<'_>) -> Origin {
        let mut origin = Origin::default();
        let mut asides = paragraph.asides.iter().peekable();
        let whole = &paragraph.text;
        let lines = lines(paragraph);
        let last = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let text = whole.get(line.range.clone()).unwrap_or_default();
            self.begin(&styled(&line, paragraph), text);
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
            let act = opening(paragraph).filter(|_| at == 0);
            let italic = act.map_or(at, |act| act.end.min(line.range.end));
            while let Some(aside) = asides.next_if(|aside| aside.at <= line.range.end) {
                let here = aside.at.clamp(at, line.range.end);
                self.stretch(paragraph, at..here, italic, &mut origin);
                at = here;
                self.aside(aside, whole, labels);
            }
            self.stretch(paragraph, at..line.range.end, italic, &mut origin);
            if index + 1 == last {
                let remarks = remarks(&paragraph.pins, &paragraph.waivers);
                remarks.iter().for_each(|remark| self.comment(remark));
            }
            self.out.push_str("</w:p>");
        }
        origin
    }

    /// Words of a paragraph, each as it is set: those before `italic` in italics.
    fn stretch(
        &mut self,
        paragraph: &Paragraph,
        range: Range<usize>,
        italic: usize,
        origin: &mut Origin,
    ) {
        let links = paragraph.links.iter().filter(|link| is_address(&link.href));
        let links: Vec<&Link> = links.collect();
        let set = |at: usize, how| {
            paragraph.settings.iter().any(|s| s.how == how && s.span.start <= at && at < s.span.end)
        };
        let spans = links.iter().map(|link| link.span);
        let spans = spans.chain(paragraph.settings.iter().map(|setting| setting.span));
        let mut cuts: Vec<usize> = spans.flat_map(|span| [span.start, span.end]).collect();
        cuts.extend([italic, range.end]);
        cuts.retain(|cut| range.start < *cut && *cut <= range.end);
        cuts.sort_unstable();
        cuts.dedup();
        let mut at = range.start;
        for cut in cuts {
            let words = paragraph.text.get(at..cut).unwrap_or_default();
            let bold = if set(at, Set::Bold) { "<w:b/><w:bCs/>" } else { "" };
            let slanted = at < italic || set(at, Set::Italic);
            let slanted = if slanted { "<w:i/><w:iCs/>" } else { "" };
            let link = links.iter().find(|link| link.span.start <= at && at < link.span.end);
            if let Some(link) = link {
                let id = self.link(&link.href);
                self.out.push_str(&format!("<w:hyperlink r:id=\"{id}\">"));
                let shown = "<w:color w:val=\"0000FF\"/><w:u w:val=\"single\"/>";
                self.words(words, at, &format!("{bold}{slanted}{shown}"), origin);
                self.out.push_str("</w:hyperlink>");
            } else {
                self.words(words, at, &format!("{bold}{slanted}"), origin);
            }
            at = cut;
        }
    }

    /// The name of the relation that leads to an address.
    fn link(&mut self, href: &str) -> String {
        let at = self.links.iter().position(|held| held == href).unwrap_or_else(|| {
            self.links.push(href.to_owned());
            self.links.len() - 1
        });
        format!("link{}", at + 1)
    }

    /// A comment on what stands before it. It has no author: the file does not say who wrote it.
    fn comment(&mut self, text: &str) {
        let id = self.commented;
        self.commented += 1;
        self.out.push_str(&format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>"));
        self.comments.push_str(&format!(
            "<w:comment w:id=\"{id}\" w:author=\"\"><w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:comment>",
            escaped(text)
        ));
    }

    fn aside(&mut self, aside: &Aside, text: &str, labels: &mut Labels<'_>) {
        match aside.kind {
            AsideKind::Struck => {
                let (before, behind) = around_struck(text, aside);
                self.words(before, 0, "", &mut Origin::default());
                self.words(&aside.text, 0, "<w:strike/>", &mut Origin::default());
                self.words(behind, 0, "", &mut Origin::default());
            }
            AsideKind::Footnote => {
                let Some(note) = labels.call(&aside.text) else { return };
                self.noted += 1;
                let looks = Looks::own();
                self.out.push_str(&looks.call(self.noted));
                self.notes.push_str(&looks.note(self.noted, &note.text, None));
            }
            AsideKind::Comment => self.comment(&aside.text),
        }
    }

    /// Paragraphs that are the rows of a table.
    fn table(&mut self, draft: &mut Draft, rows: Range<usize>, labels: &mut Labels<'_>) {
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(|side| {
                format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")
            })
            .concat();
        let columns = draft.paragraphs.get(rows.start).map_or(1, |p| p.cells.len()).max(1);
        let width = 9072 / columns;
        let grid = format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>\
             <w:tblGrid>{grid}</w:tblGrid>"
        ));
        for paragraph in draft.paragraphs.get_mut(rows).unwrap_or_default() {
            let mut origin = Origin::default();
            self.out.push_str("<w:tr>");
            for (cell, asides) in paragraph.cells_with_asides() {
                self.out.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"
                ));
                let text = cell.slice(&paragraph.text);
                self.begin("Cell", text);
                let mut at = cell.start;
                for aside in asides {
                    self.stretch(paragraph, at..aside.at, 0, &mut origin);
                    at = aside.at;
                    self.aside(aside, &paragraph.text, labels);
                }
                self.stretch(paragraph, at..cell.end, 0, &mut origin);
                self.out.push_str("</w:p></w:tc>");
            }
            self.out.push_str("</w:tr>");
            paragraph.origin = origin;
        }
        // Word joins tables that nothing stands between, and needs a paragraph behind the last one.
        self.out.push_str("</w:tbl><w:p/>");
    }
}

/// What an author says of paragraphs, as comments say it.
fn remarks(pins: &[Pin], waivers: &[Waiver]) -> Vec<String> {
    pins.iter().map(Pin::written).chain(waivers.iter().map(Waiver::written)).collect()
}

/// True for an address that Word takes: it refuses a file that has another (RFC 3986, 2).
fn is_address(href: &str) -> bool {
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let bytes = href.as_bytes();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"-._~/?#@!$&'()*+,;=:".contains(b);
    let digits =
        |at: usize| bytes.get(at..at + 2).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit));
    known && bytes.iter().enumerate().all(|(at, b)| plain(b) || *b == b'%' && digits(at + 1))
}

/// The style of a line of a paragraph; a quotation that stands apart has one of its own.
fn styled(line: &Line, paragraph: &Paragraph) -> String {
    let own = Span::new(line.range.start, line.range.end);
    let quoted = |s: &Setting| s.how == Set::Quotation && s.span.contains(own);
    match line.kind {
        Kind::Text if paragraph.settings.iter().any(quoted) => "Quote".to_owned(),
        Kind::Continued if paragraph.settings.iter().any(quoted) => "QuoteContinued".to_owned(),
        _ => style(line),
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

/// The act that a paragraph begins with, which is set in italics where its author did not say which words are.
pub(in crate::report) fn opening(paragraph: &Paragraph) -> Option<Span> {
    let is_set = |own: &Setting| own.how == Set::Italic && own.span.start == 0;
    let act = opening_act(&paragraph.text).map(|act| act.span);
    act.filter(|span| span.start == 0 && !paragraph.settings.iter().any(is_set))
}
