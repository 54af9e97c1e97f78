//! An annotated draft in; text for a terminal out.

use super::cited::library_line;
use super::evidence::{
    Evidence, count, evidence, fidelity_word, percent, told, verdict_rest, verdict_word,
};
use super::pieces::{Kind, Piece, pieces};
use super::wrap::{Look, Styled, dress};
use super::{Options, short};
use crate::model::{Annotation, Facts, Library, Mark, Paragraph, Via};

/// Columns that the printed numbers take.
const MARGIN: usize = 9;

/// Lines are no longer than this however wide the terminal is: longer ones are hard to read.
const WIDEST: usize = 120;

/// Writes the report.
pub(super) fn write(annotation: &Annotation, library: &Library, options: &Options) -> String {
    let page = Page { library, options, width: options.width.clamp(40, WIDEST) };
    if options.summary {
        return short::terminal(annotation, &page, options);
    }
    let mut out = page.head(annotation);
    let mut section: &[String] = &[];
    let mut shown = 0;
    for (paragraph, facts) in annotation.paragraphs().filter(|(p, f)| options.shows(p, f)) {
        out.push_str(&page.headings(section, &paragraph.section));
        section = &paragraph.section;
        out.push_str(&page.paragraph(paragraph, facts));
        shown += 1;
    }
    if shown == 0 && !annotation.facts.is_empty() {
        out.push_str(&page.line(options.none_shown(), Look::Plain, 0));
        out.push('\n');
    }
    out.push_str(&page.foot(annotation));
    out
}

/// How the lines of a report are set.
pub(super) struct Page<'r> {
    library: &'r Library,
    options: &'r Options,
    width: usize,
}

impl Page<'_> {
    fn wrapped(&self, styled: &Styled, indent: usize) -> String {
        styled.wrapped((indent, 0), self.width, self.options.color)
    }

    fn line(&self, text: impl AsRef<str>, look: Look, indent: usize) -> String {
        let mut styled = Styled::default();
        styled.push(text, look);
        self.wrapped(&styled, indent)
    }

    pub(super) fn head(&self, annotation: &Annotation) -> String {
        let draft = &annotation.draft;
        let mut styled = Styled::default();
        styled.push(draft.label(), Look::Strong);
        let beside = [&draft.front.stage, &draft.front.date];
        for fact in beside.into_iter().flatten() {
            styled.push(format!(" · {fact}"), Look::Faint);
        }
        self.wrapped(&styled, 0) + "\n"
    }

    /// Paragraphs of one mark: `new: 5, 9–12`.
    pub(super) fn listed(&self, word: &str, mark: Option<Mark>, numbers: &str) -> String {
        let mut styled = Styled::default();
        styled.push(word, look(mark));
        styled.push(format!(": {numbers}"), Look::Plain);
        styled.wrapped((0, 2), self.width, self.options.color)
    }

    /// The headings that begin here.
    fn headings(&self, before: &[String], now: &[String]) -> String {
        let same = before.iter().zip(now).take_while(|(a, b)| a == b).count();
        let new = now.iter().enumerate().skip(same);
        new.map(|(level, heading)| self.line(heading, Look::Strong, level * 2) + "\n").collect()
    }

    fn paragraph(&self, paragraph: &Paragraph, facts: &Facts) -> String {
        let told = evidence(paragraph, facts, self.library);
        let mut out = self.verdict(paragraph, facts);
        out.push_str(&self.wrapped(&self.text(paragraph, facts), MARGIN));
        for evidence in &told {
            if evidence.leads || evidence.via == Via::Citation {
                out.push_str(&self.source(evidence));
            }
        }
        out.push('\n');
        out
    }

    /// `12       REAFFIRMED · adapted · 97 %`
    fn verdict(&self, paragraph: &Paragraph, facts: &Facts) -> String {
        let marking = &facts.marking;
        let number = paragraph.shown_number();
        let number = number.as_deref().unwrap_or("–");
        let word = verdict_word(paragraph, marking.mark).to_uppercase();
        let rest = verdict_rest(marking);
        let color = self.options.color;
        let look = look(marking.mark);
        let number = super::sanitized(number);
        let gap = " ".repeat(MARGIN.saturating_sub(number.chars().count()).max(1));
        let number = dress(&number, Look::Strong, color);
        format!("{number}{gap}{}{}\n", dress(&word, look, color), dress(&rest, Look::Faint, color))
    }

    /// The paragraph's words. Without colours new words stand in `{+ +}` and dropped ones in `{- -}`; a
    /// paragraph that is new as a whole says so by its mark.
    fn text(&self, paragraph: &Paragraph, facts: &Facts) -> Styled {
        let mut styled = Styled::default();
        let bare = !self.options.color;
        let mark_new = bare && facts.marking.coverage.carried > 0;
        let mut at = 0;
        for Piece { kind, text, .. } in pieces(paragraph, facts, self.library) {
            match kind {
                Kind::Plain | Kind::New => {
                    for (index, line) in text.split('\n').enumerate() {
                        if index > 0 {
                            at += 1;
                            styled.end_line(2 * depth_at(paragraph, at));
                        }
                        at += line.len();
                        match kind {
                            Kind::New if mark_new => {
                                styled.push(between("{+", line, "+}"), Look::New)
                            }
                            Kind::New => styled.push(line, Look::New),
                            _ => styled.push(line, Look::Plain),
                        }
                    }
                }
                Kind::Gap => styled.push(text, Look::Plain),
                Kind::Dropped if bare => styled.push(between("{-", &text, "-}"), Look::Struck),
                Kind::Dropped => styled.push(text, Look::Struck),
                Kind::Struck => styled.push(between("~~", &text, "~~"), Look::Faint),
                Kind::Note => styled.push(format!("[^{text}]"), Look::Faint),
            }
        }
        styled
    }

    /// `↳ A/RES/70/125, para. 9 (WSIS+10) · adapted · 97 %: adds “…”`
    fn source(&self, evidence: &Evidence) -> String {
        let mut styled = Styled::default();
        styled.push("↳ ", Look::Faint);
        styled.push(evidence.place(), Look::Strong);
        if let Some(name) = evidence.beside() {
            styled.push(format!(" ({name})"), Look::Plain);
        }
        let fidelity = fidelity_word(evidence.fidelity()).unwrap_or_default();
        styled.push(format!(" ·\u{a0}{fidelity}"), Look::Plain);
        if evidence.via == Via::Text {
            let words = count(evidence.words, "word", "words");
            let share = percent(evidence.coverage);
            styled.push(format!(" · {share}\u{a0}({words})"), Look::Plain);
            if let Some(kept) = evidence.kept_words() {
                styled.push(format!(" · {kept}"), Look::Plain);
            }
        } else if evidence.pinned {
            styled.push(" · pinned by the author", Look::Plain);
        }
        if !evidence.held {
            styled.push(" · not in the library", Look::Faint);
        }
        if evidence.reordered {
            styled.push(" · in another order", Look::Plain);
        }
        if !evidence.departures.is_empty() {
            let told: Vec<String> = evidence.departures.iter().map(|d| d.told()).collect();
            styled.push(format!(": {}", told.join("; ")), Look::Plain);
        }
        if let Some(agreed) = &evidence.agreed {
            styled.push(format!(" · {}", agreed.told()), Look::Faint);
        }
        styled.wrapped((MARGIN, 2), self.width, self.options.color)
    }

    pub(super) fn foot(&self, annotation: &Annotation) -> String {
        let summary = annotation.summary();
        let mut out = String::new();
        if let Some(silence) = annotation.silence {
            out.push_str(&self.line(told(silence), Look::Strong, 0));
            out.push('\n');
        }
        let mut styled = Styled::default();
        if self.options.is_partial() {
            styled.push("The whole draft: ", Look::Plain);
        }
        styled.push(count(summary.paragraphs, "paragraph", "paragraphs"), Look::Strong);
        styled.push(": ", Look::Plain);
        styled.push(format!("{} reaffirmed", summary.reaffirmed), Look::Reaffirmed);
        styled.push(", ", Look::Plain);
        styled.push(format!("{} recalled", summary.recalled), Look::Recalled);
        styled.push(", ", Look::Plain);
        styled.push(format!("{} new", summary.new), Look::New);
        if summary.placeholders > 0 {
            let held = count(summary.placeholders, "placeholder", "placeholders");
            styled.push(format!(", {held}"), Look::Plain);
        }
        if summary.struck > 0 {
            styled.push(format!(", {} struck out", summary.struck), Look::Plain);
        }
        let words = summary.words;
        if words.total > 0 {
            let share = percent(words.carried as f64 / words.total as f64);
            let all = count(words.total, "word", "words");
            styled
                .push(format!(". Of {all}, {} ({share}) are agreed.", words.carried), Look::Plain);
        }
        out.push_str(&self.wrapped(&styled, 0));
        out.push_str(&self.line(library_line(annotation.held), Look::Faint, 0));
        out
    }
}

fn look(mark: Option<Mark>) -> Look {
    match mark {
        Some(Mark::New) => Look::New,
        Some(Mark::Recalled) => Look::Recalled,
        Some(Mark::Reaffirmed) => Look::Reaffirmed,
        None => Look::Faint,
    }
}

/// Depth of the sub-paragraph that begins at byte `at`; 0 where none does.
fn depth_at(paragraph: &Paragraph, at: usize) -> usize {
    paragraph.parts.iter().find(|part| part.span.start == at).map_or(0, |part| part.depth)
}

/// `words` between two signs, which stand beside the words and not beside white space.
pub(super) fn between(open: &str, words: &str, close: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    words.replacen(inner, &format!("{open}{inner}{close}"), 1)
}
