//! Elements that track changes in; whether the words inside them are read, and by whom they were changed, out.

use std::rc::Rc;

use crate::model::{Revision, RevisionKind, Span};
use crate::ooxml::xml::Element;
use crate::read::Revisions;

/// One tracked change.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    kind: RevisionKind,
    author: Option<String>,
    date: Option<String>,
}

/// The changes that words stand in: they may have been put in by one and taken out by another.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracked {
    inserted: Option<Rc<Change>>,
    deleted: Option<Rc<Change>>,
}

impl Tracked {
    /// These changes and the one that `element` tracks; none where it tracks none.
    pub(super) fn with(&self, element: &Element) -> Option<Self> {
        let kind = match &*element.name {
            "ins" | "cellIns" => RevisionKind::Inserted,
            "del" | "cellDel" => RevisionKind::Deleted,
            "moveTo" => RevisionKind::MovedHere,
            "moveFrom" => RevisionKind::MovedAway,
            _ => return None,
        };
        let said = |name| element.attribute(name).filter(|v: &&str| !v.is_empty());
        let change = Rc::new(Change {
            kind,
            author: said("author").map(str::to_owned),
            date: said("date").map(str::to_owned),
        });
        let mut all = self.clone();
        match kind {
            RevisionKind::Inserted | RevisionKind::MovedHere => all.inserted = Some(change),
            RevisionKind::Deleted | RevisionKind::MovedAway => all.deleted = Some(change),
        }
        Some(all)
    }

    /// These changes and those that the properties of a paragraph mark, a row or a cell track.
    pub(super) fn with_properties(&self, properties: Option<&Element>) -> Self {
        let mut all = self.clone();
        for element in properties.into_iter().flat_map(Element::elements) {
            all = all.with(element).unwrap_or(all);
        }
        all
    }

    /// True where the words are part of the text.
    pub(super) fn is_there(&self, how: Revisions) -> bool {
        match how {
            Revisions::Accept | Revisions::Show => self.deleted.is_none(),
            Revisions::Reject => self.inserted.is_none(),
        }
    }

    /// True where words that are not part of the text are shown as struck out.
    pub(super) fn is_shown(&self, how: Revisions) -> bool {
        how == Revisions::Show && self.deleted.is_some()
    }

    /// Notes that `words`, which stand at `span`, were changed.
    pub(super) fn note(&self, words: &str, span: Span, revisions: &mut Vec<Revision>) {
        for change in self.inserted.iter().chain(&self.deleted) {
            // A run of the same change goes on, but not over a line break: lines may be cut apart later.
            let mut latest = revisions.iter_mut().rev().take(2);
            let same = latest.find(|last| {
                last.span.end == span.start
                    && last.span.is_empty() == span.is_empty()
                    && !last.text.ends_with('\n')
                    && (last.kind, &last.author, &last.date)
                        == (change.kind, &change.author, &change.date)
            });
            match same {
                Some(last) => {
                    last.text.push_str(words);
                    last.span.end = span.end;
                }
                None => revisions.push(Revision {
                    kind: change.kind,
                    author: change.author.clone(),
                    date: change.date.clone(),
                    text: words.to_owned(),
                    span,
                }),
            }
        }
    }
}
