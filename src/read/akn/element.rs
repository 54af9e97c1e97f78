//! The name and attributes of an XML element in; what it means for reading, out.

use quick_xml::escape::unescape;
use quick_xml::events::BytesStart;

/// What an element is to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// `meta` and `presentation`: facts about the document, no words.
    Meta,
    /// `coverPage`, `conclusions`, `collectionBody`: words that are not the text's own.
    Cover,
    /// `preface`: number and title.
    Preface,
    /// `docNumber`, with what it refers to.
    Number(String),
    /// `docTitle`, with what it refers to.
    Title(String),
    /// `docAuthority`, with what it refers to.
    Authority(String),
    /// `statement`, with its name.
    Statement(String),
    /// `component`: one of several resolutions in one file.
    Component,
    /// `attachments`
    Attachments,
    /// `attachment`
    Attachment,
    /// `formula`: "The General Assembly,"
    Formula,
    /// `paragraph`, `container` or another holder of text, with its class.
    Holder(String),
    /// `point` or `item` of a list.
    Point,
    /// `num`
    Num,
    /// `subheading`, `heading`, and a `crossHeading` that is one.
    Heading,
    /// `section`, `part`, `title`: what a number of their own belongs to.
    Division,
    /// `table`
    Table,
    /// `img`
    Picture,
    /// `tr`
    Row,
    /// `td`, `th`
    Cell,
    /// `p`
    Block,
    /// `authorialNote`, with its marker.
    Note(String),
    /// `a`, with where it leads.
    Link(String),
    /// `sup`
    Raised,
    /// `eol`
    Break,
    /// `span` in bold type.
    Bold,
    /// Any other element that runs on in the text.
    Inline,
    /// Any other element.
    Other,
}

impl Element {
    /// What `tag` is.
    pub(super) fn of(tag: &BytesStart<'_>) -> Self {
        let refers = || attribute(tag, "refersTo");
        match tag.local_name().as_ref() {
            "meta" | "presentation" => Self::Meta,
            "coverPage" | "conclusions" | "collectionBody" => Self::Cover,
            "preface" => Self::Preface,
            "docNumber" => Self::Number(refers()),
            "docTitle" => Self::Title(refers()),
            "docAuthority" => Self::Authority(refers()),
            "statement" => Self::Statement(attribute(tag, "name")),
            "component" => Self::Component,
            "attachments" => Self::Attachments,
            "attachment" => Self::Attachment,
            "formula" => Self::Formula,
            "paragraph" => Self::Holder(attribute(tag, "class")),
            "container" | "clause" | "article" | "blockContainer" => Self::Holder(String::new()),
            "crossHeading" if refers() == "#preamble" => Self::Holder(String::new()),
            "point" | "item" | "indent" | "subparagraph" => Self::Point,
            "num" => Self::Num,
            "subheading" | "heading" | "crossHeading" => Self::Heading,
            "section" | "part" | "title" | "chapter" => Self::Division,
            "table" => Self::Table,
            "img" => Self::Picture,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "p" => Self::Block,
            "authorialNote" => Self::Note(attribute(tag, "marker")),
            "a" => Self::Link(attribute(tag, "href")),
            "sup" => Self::Raised,
            "eol" | "br" => Self::Break,
            "span" if attribute(tag, "class").contains("bold") => Self::Bold,
            "span" | "b" | "i" | "u" | "sub" | "inline" | "ref" | "rref" | "term" | "def"
            | "entity" | "organization" | "docDate" | "date" | "location" | "person" | "role"
            | "quantity" | "abbr" | "embeddedText" | "ins" | "remark" => Self::Inline,
            _ => Self::Other,
        }
    }

    /// True for an element that does not part the words before it from those after it.
    pub(super) fn runs_on(&self) -> bool {
        matches!(
            self,
            Self::Num
                | Self::Note(_)
                | Self::Link(_)
                | Self::Raised
                | Self::Picture
                | Self::Break
                | Self::Bold
                | Self::Inline
        )
    }

    /// True for a paragraph set as a heading.
    pub(super) fn is_heading_class(&self) -> bool {
        matches!(self, Self::Holder(class) if heading_class(class))
    }

    /// True for a note to a table.
    pub(super) fn is_table_note(&self) -> bool {
        matches!(self, Self::Holder(class) if class == "FootnoteText")
    }
}

/// `H1`, `H23`, `H4`, `HCh`: the paragraph styles of headings.
fn heading_class(class: &str) -> bool {
    class.strip_prefix('H').is_some_and(|rest| {
        rest.starts_with("Ch") || !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The value of an attribute with the entities of XML resolved; empty where it is absent.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name);
    found.map_or_else(String::new, |attribute| {
        unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), |v| v.into_owned())
    })
}
