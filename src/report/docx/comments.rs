//! What is said about paragraphs in; comments of a Word file, and the marks of where they stand, out.

use super::markup::{Hand, escaped};
use crate::ooxml::OWN_INITIALS;

/// Comments as they are made.
#[derive(Default)]
pub(in crate::report) struct Comments {
    /// What stands in the part that holds them.
    pub(in crate::report) part: String,
}

/// The marks between which the words stand that a comment is about.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Marks {
    pub(in crate::report) start: String,
    pub(in crate::report) end: String,
}

impl Comments {
    /// A comment of these lines; none where there is no line.
    pub(in crate::report) fn add(&mut self, lines: &[String], hand: &mut Hand) -> Marks {
        if lines.is_empty() {
            return Marks::default();
        }
        let number = self.say(lines, hand);
        Marks {
            start: format!("<w:commentRangeStart w:id=\"{number}\"/>"),
            end: format!("<w:commentRangeEnd w:id=\"{number}\"/>{}", reference(number)),
        }
    }

    /// A comment at one end of a paragraph that is put in (`ins`) or taken out (`del`), and comes and goes with it.
    pub(in crate::report) fn point(
        &mut self,
        lines: &[String],
        change: &str,
        hand: &mut Hand,
    ) -> String {
        if lines.is_empty() {
            return String::new();
        }
        let number = self.say(lines, hand);
        hand.tracked(change, &reference(number))
    }

    fn say(&mut self, lines: &[String], hand: &mut Hand) -> u32 {
        let (number, signed) = hand.sign_as();
        let lines: String = lines.iter().map(|line| paragraph(line)).collect();
        self.part.push_str(&format!(
            "<w:comment{signed} w:initials=\"{OWN_INITIALS}\">{lines}</w:comment>"
        ));
        number
    }
}

fn reference(number: u32) -> String {
    format!("<w:r><w:commentReference w:id=\"{number}\"/></w:r>")
}

fn paragraph(line: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line))
}
