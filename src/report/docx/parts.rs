//! Words of a run in, with what becomes of them; the parts that it is written in, out.

use super::markup::text;

/// What becomes of words of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Kept,
    Deleted,
    Coloured(&'static str),
}

/// The parts of a run as they are written.
pub(super) struct Parts {
    /// What a part holds and what becomes of it; or what was put in between.
    pub(super) done: Vec<(State, Result<String, String>)>,
    pub(super) body: String,
    pub(super) words: String,
}

impl Parts {
    pub(super) fn end_words(&mut self, state: State) {
        if !self.words.is_empty() {
            self.body.push_str(&text(&self.words, state == State::Deleted));
            self.words.clear();
        }
    }

    /// Puts new words at the end before those they take the place of: LibreOffice, when it rejects words put in at the
    /// end of one paragraph and at the start of the next, takes out the mark between them.
    pub(super) fn end_with_deletion(&mut self) {
        if let [.., (State::Deleted, Ok(_)), (_, Err(put))] = self.done.as_slice()
            && put.starts_with("<w:ins")
        {
            let last = self.done.len() - 1;
            self.done.swap(last - 1, last);
        }
    }

    pub(super) fn end(&mut self, state: State) {
        self.end_words(state);
        if !self.body.is_empty() {
            self.done.push((state, Ok(std::mem::take(&mut self.body))));
        }
    }
}

/// What stands between words, as it is written where they are taken out.
pub(super) fn as_deleted(gap: String, state: State) -> String {
    match state {
        State::Deleted if gap.contains("w:instrText") => gap
            .replace("<w:instrText", "<w:delInstrText")
            .replace("</w:instrText", "</w:delInstrText"),
        _ => gap,
    }
}
