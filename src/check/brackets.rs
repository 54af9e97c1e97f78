//! The paragraphs of a draft in; which square brackets belong together, and which are left over, out.

use crate::model::{Paragraph, Span};
use crate::text::label::label;
use crate::text::quotations;

/// A bracket sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sign {
    /// Index of the paragraph.
    pub(super) paragraph: usize,
    /// Where it stands in the paragraph's text, in bytes.
    pub(super) at: usize,
}

impl Sign {
    /// The sign in the paragraph's text.
    pub(super) fn span(self) -> Span {
        Span::new(self.at, self.at + 1)
    }
}

/// Brackets as they are paired.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    /// Those that lie in no other pair, in the order of the text; the second sign closes the first.
    pub(super) outermost: Vec<(Sign, Sign)>,
    /// `[` that nothing closes, in the order of the text.
    pub(super) unclosed: Vec<Sign>,
    /// `]` that nothing opens, in the order of the text.
    pub(super) unopened: Vec<Sign>,
}

/// Pairs the square brackets of a text. A pair may reach over several paragraphs. What stands between quotation marks is
/// not the author's and is passed over, pairs in it and single signs alike.
pub(super) fn pairs<'p>(paragraphs: impl Iterator<Item = (usize, &'p Paragraph)>) -> Pairs {
    let mut pairs = Pairs::default();
    let mut open: Vec<Sign> = Vec::new();
    for (paragraph, own) in paragraphs {
        if !own.text.contains(['[', ']']) {
            continue;
        }
        let quoted = quotations(&own.text);
        for (at, sign) in own.text.match_indices(['[', ']']) {
            let here = Sign { paragraph, at };
            if quoted.iter().any(|quotation| quotation.inside.contains(here.span())) {
                continue;
            }
            match (sign, open.pop()) {
                ("[", before) => open.extend(before.into_iter().chain([here])),
                (_, Some(first)) => pairs.outermost.push((first, here)),
                (_, None) => pairs.unopened.push(here),
            }
        }
    }
    pairs.unclosed = open;
    pairs.outermost.sort();
    let mut reached: Option<Sign> = None;
    pairs.outermost.retain(|(_, close)| {
        let outer = reached.is_none_or(|last| *close > last);
        reached = reached.max(Some(*close));
        outer
    });
    pairs
}

/// Round brackets of one paragraph that nothing closes or opens. Those of a label, `a)`, close nothing.
pub(super) fn round(text: &str) -> Vec<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut alone = Vec::new();
    for (at, sign) in text.match_indices(['(', ')']) {
        match (sign, open.pop()) {
            ("(", before) => open.extend(before.into_iter().chain([at])),
            (_, None) if !is_label(text.get(..at).unwrap_or_default()) => alone.push(at),
            _ => {}
        }
    }
    alone.extend(open);
    alone.sort_unstable();
    alone
}

/// True where a text ends with what counts, `a`, `12` or `xxvii`, which a bracket then makes a label.
fn is_label(before: &str) -> bool {
    let counter = before.len() - before.trim_end_matches(|c: char| c.is_alphanumeric()).len();
    let (rest, counter) = before.split_at(before.len() - counter);
    let parted = rest.is_empty() || rest.ends_with(|c: char| c.is_whitespace() || c == '[');
    parted && label(&format!("{counter})")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_ones_that_stand_alone() {
        for (text, wanted) in [
            ("a) one (two) xxviii) three", &[][..]),
            ("one (two", &[4]),
            ("one) two", &[3]),
            ("(a) one (b two) three)", &[21]),
        ] {
            assert_eq!(round(text), wanted, "{text}");
        }
    }

    #[test]
    fn which_belong_together() {
        let sign = |paragraph, at| Sign { paragraph, at };
        let pairs = |texts: &[&str]| {
            let own = |text: &&str| Paragraph { text: (*text).to_owned(), ..Paragraph::default() };
            let own: Vec<Paragraph> = texts.iter().map(own).collect();
            super::pairs(own.iter().enumerate())
        };
        let found = pairs(&["a [b [c]", "d] e", "“[f” ]"]);
        assert_eq!(found.outermost, [(sign(0, 2), sign(1, 1))]);
        assert_eq!(found.unclosed, []);
        assert_eq!(found.unopened.len(), 1);
        let found = pairs(&["a [b", "[c] [d]"]);
        assert_eq!(found.unclosed, [sign(0, 2)]);
        assert_eq!(found.outermost.len(), 2);
    }
}
