//! A Word file that this tool wrote colours and comments into in; the same without them out.
//!
//! What they say is said anew, or is no part of a redline. They are told by their comments, which have initials of their own: in a
//! file without such comments nothing is taken for the tool's. Each makes way for as many spaces, which nobody sees between
//! elements, so that words keep their places.

use std::collections::HashSet;

use super::file::Archive;
use crate::model::Span;
use crate::ooxml::xml::Element;

/// The colour of the draft's own words.
pub(super) const NEW: &str = "0563C1";

/// The colour of words that stand in place of agreed ones.
pub(super) const ADAPTED: &str = "8E24AA";

impl Archive<'_> {
    /// Takes the comments and the colours of an earlier annotation or redline out, and gives the elements of the text.
    ///
    /// # Errors
    /// When it is not well formed.
    pub(in crate::report) fn tree_without_own(&mut self) -> Result<Element, String> {
        let tree = self.tree()?;
        let comments = self.take_own_comments();
        if comments.is_empty() {
            return Ok(tree);
        }
        let mut spans = marks(&tree, &comments);
        spans.extend(colours(&tree));
        let mut bytes = std::mem::take(&mut self.source).into_bytes();
        for span in spans {
            bytes.get_mut(span.start..span.end).unwrap_or_default().fill(b' ');
        }
        self.source = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        self.tree()
    }
}

/// Where the marks of these comments stand in an element; a run or a change that holds nothing else goes with them.
fn marks(element: &Element, ids: &HashSet<String>) -> Vec<Span> {
    let mut found = Vec::new();
    for inner in element.elements() {
        if is_mark(inner, ids) {
            found.push(inner.span);
        } else {
            found.extend(marks(inner, ids));
        }
    }
    found
}

fn is_mark(element: &Element, ids: &HashSet<String>) -> bool {
    match &*element.name {
        "commentRangeStart" | "commentRangeEnd" | "commentReference" => {
            element.attribute("id").is_some_and(|id| ids.contains(id))
        }
        "r" | "ins" | "del" => {
            let mut own = element.elements().filter(|inner| &*inner.name != "rPr").peekable();
            own.peek().is_some() && own.all(|inner| is_mark(inner, ids))
        }
        _ => false,
    }
}

/// Where runs have one of the tool's colours. Links of Word have one of them too, by their theme.
fn colours(element: &Element) -> Vec<Span> {
    let mut found = Vec::new();
    for inner in element.elements() {
        match &*inner.name {
            "hyperlink" | "pPr" => {}
            "r" => {
                let color = inner.child("rPr").and_then(|set| set.child("color"));
                let own = color.filter(|color| {
                    let value = color.attribute("val").unwrap_or_default();
                    [NEW, ADAPTED].contains(&value) && color.attribute("themeColor").is_none()
                });
                found.extend(own.map(|color| color.span));
                found.extend(colours(inner));
            }
            _ => found.extend(colours(inner)),
        }
    }
    found
}
