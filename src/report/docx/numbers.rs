//! The paragraphs of a Word file in; the numbers that Word prints before them, as the text stands and as it will, out.

use super::story::{Story, look};
use crate::ooxml::numbering::{Numbering, Printed};
use crate::ooxml::styles::{Role, Styles};
use crate::ooxml::xml::Element;

/// The numbers of a file as it stands.
pub(in crate::report) struct Numbers {
    printed: Vec<Option<Printed>>,
}

impl Numbers {
    /// Counts all paragraphs that end.
    pub(in crate::report) fn of(
        story: &Story<'_>,
        numbering: &mut Numbering,
        styles: &Styles,
    ) -> Self {
        let before = numbering.counted();
        let printed = story.paragraphs.iter().map(|paragraph| {
            paragraph.ends.then(|| counted(paragraph.properties, numbering, styles)).flatten()
        });
        let printed = printed.collect();
        numbering.count_from(before);
        Self { printed }
    }

    /// What is printed before a paragraph: empty for a bullet, none where it stands in no list.
    pub(in crate::report) fn printed(&self, para: usize) -> Option<&str> {
        let printed = self.printed.get(para)?.as_ref()?;
        (printed.bullet || !printed.text.is_empty()).then_some(printed.text.as_str())
    }
}

/// Counts a paragraph with these properties.
pub(in crate::report) fn counted(
    properties: Option<&Element>,
    numbering: &mut Numbering,
    styles: &Styles,
) -> Option<Printed> {
    let look = look(properties, styles);
    let heading = matches!(look.role, Some(Role::Heading(_)));
    numbering.count(&look.list, &look.list_styles, heading, styles)
}

/// What a new line is to have printed before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) enum Wanted {
    /// Nothing: it has no number, or the number is among its words.
    Nothing,
    /// A bullet.
    Bullet,
    /// This number or label.
    Label(String),
}

impl Wanted {
    /// True where `printed` says the same.
    pub(in crate::report) fn is_met(&self, printed: Option<&Printed>) -> bool {
        match (self, printed) {
            (Self::Nothing, printed) => printed.is_none_or(|p| !p.bullet && p.text.is_empty()),
            (Self::Bullet, printed) => printed.is_some_and(|p| p.bullet),
            (Self::Label(label), Some(printed)) => {
                let open = |text: &str| text.trim_start().starts_with('[');
                plain(label) == plain(&printed.text) && open(label) == open(&printed.text)
            }
            (Self::Label(_), None) => false,
        }
    }
}

/// A number or a label without what stands around it.
fn plain(label: &str) -> String {
    let around = |c: char| c.is_whitespace() || "[]().:-–—".contains(c);
    label.trim_matches(around).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
