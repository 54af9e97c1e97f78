//! Lines that belong together in; one running text, with the calls to its notes beside it, out.

use std::collections::HashSet;

use super::line::{Line, Word, is_unspaced};
use super::note::is_label;
use crate::model::AsideKind;
use crate::read::flow::Flow;
use crate::text::{Commonness, Folding};

/// Joins lines, knowing the words of the document.
pub(super) struct Joiner {
    /// Words that stand within lines, in small letters.
    known: HashSet<String>,
    /// Labels of the document's notes.
    labels: HashSet<String>,
    /// True where most hyphens at line ends part a word that is one.
    hyphenated: bool,
}

impl Joiner {
    /// For a document of these lines, whose notes have these labels.
    pub(super) fn new(lines: &[&Line], labels: HashSet<String>) -> Self {
        let mut joiner = Self { known: HashSet::new(), labels, hyphenated: false };
        for line in lines {
            // The last word may be half a word, and so may the first be.
            let inner = line.words.len().saturating_sub(2);
            for word in line.words.iter().skip(1).take(inner) {
                joiner.known.insert(bare(&word.text));
            }
        }
        let (mut one, mut two) = (0, 0);
        for pair in lines.windows(2) {
            let [a, b] = pair else { continue };
            let (Some(end), Some(start)) = (a.words.last(), b.words.first()) else { continue };
            match joiner.evidence(&end.text, &start.text) {
                Some(true) => one += 1,
                Some(false) => two += 1,
                None => {}
            }
        }
        joiner.hyphenated = one > two;
        joiner
    }

    /// The text of these lines.
    pub(super) fn flow<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Flow {
        let mut flow = Flow::default();
        for line in lines {
            for (at, word) in line.words.iter().enumerate() {
                let first = at == 0;
                if word.raised && self.is_call(word, &flow.text) {
                    flow.aside(AsideKind::Footnote, word.text.trim_matches(','));
                    continue;
                }
                self.add(&mut flow, word, first);
            }
        }
        flow.text = flow.text.replace('\u{AD}', "");
        flow
    }

    /// True for a raised word that calls a note; `m²` does not, where no note has this label or the word
    /// before it is a unit.
    fn is_call(&self, word: &Word, before: &str) -> bool {
        let labels = word.text.split(',').map(str::trim);
        let known = labels.clone().all(is_label);
        let noted = labels.clone().any(|label| self.labels.contains(label));
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let unit = matches!(last, "m" | "km" | "cm" | "mm" | "dm" | "ft" | "CO");
        known && (noted || word.text.contains(['*', '†'])) && !unit
    }

    fn add(&self, flow: &mut Flow, word: &Word, first: bool) {
        let text = &mut flow.text;
        if !first {
            if word.spaced && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
            return;
        }
        let end = text.rsplit(' ').next().unwrap_or_default().to_owned();
        let unspaced = |c: Option<char>| c.is_some_and(is_unspaced);
        let glued = text.is_empty()
            || end.chars().count() > 1 && end.ends_with(['-', '–', '—', '/'])
            || unspaced(text.chars().last())
            || unspaced(word.text.chars().next());
        if text.ends_with('\u{AD}') || glued && self.is_one_word(&end, &word.text) {
            text.pop();
        } else if !glued {
            text.push(' ');
        }
        text.push_str(&word.text);
    }

    /// True when the hyphen at the end of a line is only there because the line ends.
    fn is_one_word(&self, end: &str, start: &str) -> bool {
        let halves = end.ends_with('-') && start.starts_with(char::is_lowercase);
        halves && self.evidence(end, start).unwrap_or(self.hyphenated)
    }

    /// Whether the document, or else the language of resolutions, knows the word with or without its hyphen.
    fn evidence(&self, end: &str, start: &str) -> Option<bool> {
        let (end, start) = (bare(end.strip_suffix('-')?), bare(start));
        let letters = |text: &str| text.ends_with(char::is_alphabetic);
        if end.is_empty() || !letters(&end) || !start.starts_with(char::is_lowercase) {
            return None;
        }
        let (one, two) = (format!("{end}{start}"), format!("{end}-{start}"));
        match (self.known.contains(&one), self.known.contains(&two)) {
            (true, false) => return Some(true),
            (false, true) => return Some(false),
            _ => {}
        }
        let folding = Folding::general();
        // The language writes both: "post-conflict", "postconflict".
        if folding.keys(&one) == folding.keys(&two) {
            return None;
        }
        // What is cheaper to say: the whole word, or its halves one after the other?
        let model = Commonness::general();
        let cost = |text: &str| {
            let keys = folding.keys(text);
            let bits =
                (0..keys.len()).filter_map(|at| Some(model.bits(keys.get(..at)?, *keys.get(at)?)));
            bits.sum::<f64>()
        };
        let (whole, parted) = (cost(&one), cost(&format!("{end} {start}")));
        let unknown = cost("qqqqq");
        match () {
            // The halves are words that the language knows, the whole is none, or the other way round.
            () if whole >= unknown && parted < 2.0 * unknown - 1.0 => {
                let both = cost(&end) < unknown && cost(&start) < unknown;
                both.then_some(false)
            }
            () if whole < unknown => Some(whole < parted),
            () => None,
        }
    }
}

/// A word in small letters without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::font::Style;

    fn line(text: &str) -> Line {
        let word = |(at, text): (usize, &str)| Word {
            text: text.trim_start_matches('^').to_owned(),
            left: 0.0,
            right: 0.0,
            size: 10.0,
            style: Style::default(),
            raised: text.starts_with('^'),
            spaced: at > 0 && !text.starts_with('^'),
            tied: false,
        };
        let words = text.split(' ').enumerate().map(word).collect();
        Line { words, ..Line::default() }
    }

    fn joined(lines: &[&str]) -> String {
        let lines: Vec<Line> = lines.iter().map(|text| line(text)).collect();
        let refs: Vec<&Line> = lines.iter().collect();
        Joiner::new(&refs, HashSet::from(["1".to_owned()])).flow(&lines).text
    }

    #[test]
    fn hyphens_at_line_ends() {
        for (lines, wanted) in [
            (["We call on non-", "governmental groups"], "We call on non-governmental groups"),
            (["We call on Govern-", "ments to act"], "We call on Governments to act"),
            (["ensure high-", "level meetings and"], "ensure high-level meetings and"),
            (["from 2010–", "2015 and"], "from 2010–2015 and"),
            (["the imple\u{AD}", "mentation of"], "the implementation of"),
            (["the African-", "American people of"], "the African-American people of"),
            (["brotherly zor\u{AD}bing and", "again"], "brotherly zorbing and again"),
        ] {
            assert_eq!(joined(&lines), wanted);
        }
    }

    #[test]
    fn the_document_knows_its_own_words() {
        let lines = ["the word zorbing is here", "and again it is zor-", "bing as before"];
        assert_eq!(joined(&lines), "the word zorbing is here and again it is zorbing as before");
    }

    #[test]
    fn calls_are_no_words() {
        assert_eq!(joined(&["the Summit ^1 and 5 km ^1 of"]), "the Summit and 5 km1 of");
        assert_eq!(joined(&["the 21 ^st century"]), "the 21st century");
    }
}
