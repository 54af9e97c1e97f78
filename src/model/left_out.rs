//! What a reader did not take over from a file, and where; nothing flows through here, it is a fact.

/// Something of a file that stands neither in the paragraphs nor beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is.
    pub what: Omission,
    /// How many paragraphs had begun where it stands: 0 before the first.
    pub after: usize,
}

/// Kinds of what is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Omission {
    /// A picture, a drawing, a film.
    Picture,
    /// A table: its rows are kept as paragraphs, its columns as bars between the words.
    Table,
    /// Menus, headers and footers of a web page.
    Navigation,
    /// Headers, footers and numbers of pages.
    PageFurniture,
    /// Entries of a table of contents.
    Contents,
    /// Fields to fill in.
    Form,
    /// Text that the file hides from its readers.
    Hidden,
    /// Letterhead or cover page.
    Cover,
    /// Comments in the margin.
    Comment,
    /// A tracked change, taken as accepted or rejected.
    Revision,
}

impl Omission {
    /// What to call one of them, and several.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Picture => ("picture", "pictures"),
            Self::Table => ("table laid out as lines of text", "tables laid out as lines of text"),
            Self::Navigation => ("menu, header or footer", "menus, headers or footers"),
            Self::PageFurniture => {
                ("header, footer or page number", "headers, footers or page numbers")
            }
            Self::Contents => ("entry of a table of contents", "entries of a table of contents"),
            Self::Form => ("form to fill in", "forms to fill in"),
            Self::Hidden => ("hidden text", "hidden texts"),
            Self::Cover => ("line of the letterhead or cover", "lines of the letterhead or cover"),
            Self::Comment => ("comment in the margin", "comments in the margin"),
            Self::Revision => {
                ("tracked change, taken over as final", "tracked changes, taken over as final")
            }
        }
    }
}
