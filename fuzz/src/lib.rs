//! A draft that some reader made goes in; what must hold of it, whatever the bytes were, is asserted.

use std::collections::HashSet;

use adref::model::{Draft, Entry, Library};
use adref::read::{ReadError, read};

/// What a reader gave: an error that says something, or a draft that is [`sound`], which is given back.
pub fn read_soundly(outcome: Result<Draft, ReadError>) -> Option<Draft> {
    match outcome {
        Err(error) => {
            assert!(!error.message.is_empty(), "an error without a message");
            None
        }
        Ok(draft) => {
            sound(&draft);
            Some(draft)
        }
    }
}

/// Every id stands once, and every place of a paragraph lies in its text.
pub fn sound(draft: &Draft) {
    let ids: HashSet<&str> = draft.paragraphs.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids.len(), draft.paragraphs.len(), "an id stands twice");
    for paragraph in &draft.paragraphs {
        let text = &paragraph.text;
        for part in &paragraph.parts {
            assert!(part.span.contains(part.label), "a label outside its part");
        }
        let parts = paragraph.parts.iter().flat_map(|part| [part.span, part.label]);
        let revised = paragraph.revisions.iter().map(|revision| revision.span);
        for span in parts.chain(revised) {
            assert!(text.get(span.start..span.end).is_some(), "{span:?} is no slice of the text");
        }
        assert!(paragraph.asides.iter().all(|aside| text.is_char_boundary(aside.at)));
        let _ = draft.position(paragraph, text.len());
    }
}

/// Two texts, parted by a NUL byte, as drafts.
pub fn two(bytes: &[u8]) -> Option<(Draft, Draft)> {
    let mut halves = bytes.splitn(2, |byte| *byte == 0);
    let (one, other) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
    Some((read("one.md", one).ok()?, read("other.md", other).ok()?))
}

/// A library of one text.
pub fn library(text: Draft) -> Library {
    let mut library = Library::default();
    library.entries.push(Entry { name: "agreed".to_owned(), ..Entry::new(text) });
    library
}
