//! Two texts and an edit between them in; the same without the whole sentences that were put in or left out beside the words
//! it changes, out.

use crate::model::{Departure, Span};
use crate::text::sentences;

/// The sentences of two texts, of which one restates the other.
pub(super) struct Sentences {
    agreed: Vec<Span>,
    draft: Vec<Span>,
}

impl Sentences {
    pub(super) fn of(agreed: &str, draft: &str) -> Self {
        Self { agreed: sentences(agreed), draft: sentences(draft) }
    }

    /// An edit without the whole sentences before and behind the words that it changes: of "Notes that few know of it. Resolves
    /// to seek" in place of "Resolves" the last three words.
    pub(super) fn within(&self, edit: &Departure) -> Departure {
        let (agreed, draft) = (within(&self.agreed, edit.agreed), within(&self.draft, edit.draft));
        // Where only one side is left, whole sentences were put in or left out.
        match agreed.is_empty() == draft.is_empty() {
            true => Departure { agreed, draft, ..edit.clone() },
            false => edit.clone(),
        }
    }

    /// True where an edit goes over the end of a sentence on either side: it rewrites two.
    pub(super) fn are_joined(&self, edit: &Departure) -> bool {
        let joins = |all: &[Span], words: Span| {
            all.iter().filter(|sentence| sentence.overlaps(words)).count() > 1
        };
        joins(&self.agreed, edit.agreed) || joins(&self.draft, edit.draft)
    }
}

/// Some words without the whole sentences that they begin with, or else those that they end with. Where they are nothing but
/// whole sentences, they stay.
fn within(sentences: &[Span], words: Span) -> Span {
    let touched: Vec<&Span> = sentences.iter().filter(|own| own.overlaps(words)).collect();
    let ([first, .., last], true) = (touched.as_slice(), touched.len() > 1) else { return words };
    let (opens, ends) = (words.start <= first.start, last.end <= words.end);
    match (opens, ends) {
        (true, false) => Span::new(last.start, words.end),
        (false, true) => Span::new(words.start, first.end.min(words.end)),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_around_an_edit() {
        let text = "We note it. Ports resolve to seek. We ask for more.";
        let sentences = sentences(text);
        for (words, wanted) in [
            ("We note it. Ports resolve to", "Ports resolve to"),
            ("seek. We ask for more.", "seek."),
            ("We note it. Ports resolve to seek.", "We note it. Ports resolve to seek."),
            ("it. Ports resolve", "it. Ports resolve"),
            ("resolve", "resolve"),
        ] {
            let start = text.find(words).unwrap_or_default();
            let span = within(&sentences, Span::new(start, start + words.len()));
            assert_eq!(span.slice(text), wanted);
        }
    }
}
