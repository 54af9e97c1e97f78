//! A page that was laid out in; the parts of a Word file that hold it, packed, out.

use super::clean::{HEAD, MAIN, Page, TYPES};
use super::file::packed;
use super::markup::escaped;
use super::notes::Kind;
use crate::model::Draft;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const FORMAT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

impl Page {
    /// The whole file.
    ///
    /// # Errors
    /// When it is larger than a Word file can be.
    pub(super) fn file(&self, draft: &Draft) -> Result<Vec<u8>, String> {
        let noted = !self.notes.is_empty();
        let commented = !self.comments.is_empty();
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
            [(noted, "footnotes"), (commented, "comments")]
                .map(|(held, name)| if held { part(name, name) } else { String::new() })
                .concat()
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
        if commented {
            own += &relation(4, &format!("{TYPES}/comments"), "comments.xml");
        }
        for (at, href) in self.links.iter().enumerate() {
            own += &format!(
                "<Relationship Id=\"link{}\" Type=\"{TYPES}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
                at + 1,
                escaped(href)
            );
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
        let lines = Kind::Footnote.separators();
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
        let comments =
            format!("{HEAD}<w:comments xmlns:w=\"{MAIN}\">{}</w:comments>", self.comments);
        if commented {
            parts.push(("word/comments.xml", &comments));
        }
        packed(&parts)
    }
}
