//! Lines and tables that are put in in; their paragraphs and rows, with the right numbers, out.

use crate::ooxml::numbering::Numbering;
use crate::ooxml::styles::Styles;
use crate::ooxml::xml::Element;
use crate::report::docx::lines::Kind;
use crate::report::docx::markup::{Hand, Words, looks, mark_properties};
use crate::report::docx::numbers::{Wanted, counted};

/// A line that is put in as a paragraph of its own.
#[derive(Clone, Debug)]
pub(super) struct Fresh<'e> {
    pub(super) kind: Kind,
    pub(super) wanted: Wanted,
    pub(super) typed: String,
    pub(super) words: Vec<Words>,
    pub(super) like: Option<&'e Element>,
    /// The properties of the run of its number or label.
    pub(super) run: String,
    /// What stands before its words: a comment.
    pub(super) opening: String,
    /// True where nothing is known that it could look like.
    pub(super) plain: bool,
    /// The style it gets then, where the file has one for it.
    pub(super) style: Option<String>,
}

/// Something that is put in between paragraphs.
#[derive(Clone, Debug)]
pub(super) enum Added<'e> {
    Line(Box<Fresh<'e>>),
    /// A table, as it will stand in the part.
    Table(String),
}

/// The lists of a file as they are counted once all edits are accepted.
pub(super) struct Counter<'a> {
    pub(super) numbering: &'a mut Numbering,
    pub(super) styles: &'a Styles,
    pub(super) source: &'a str,
}

impl Counter<'_> {
    pub(super) fn count(&mut self, properties: Option<&Element>) {
        counted(properties, self.numbering, self.styles);
    }

    /// Counts a paragraph with these properties if that prints what is wanted; else it is not counted.
    pub(super) fn agrees(&mut self, properties: Option<&Element>, wanted: &Wanted) -> bool {
        let before = self.numbering.counted();
        let printed = counted(properties, self.numbering, self.styles);
        let agrees = wanted.is_met(printed.as_ref());
        if !agrees {
            self.numbering.count_from(before);
        }
        agrees
    }

    /// What is put in, one behind the other; the flags say whether a table stands right before and right behind it.
    pub(super) fn added(
        &mut self,
        all: Vec<Added<'_>>,
        (before, behind): (bool, bool),
        hand: &mut Hand,
    ) -> String {
        let mut out = String::new();
        let mut after_table = before;
        for added in all {
            match added {
                Added::Line(line) => {
                    let mark = hand.mark("ins");
                    let made = self.line(*line, hand);
                    let set = made.properties(&mark);
                    out.push_str(&format!("<w:p>{set}{}</w:p>", made.words));
                    after_table = false;
                }
                Added::Table(table) => {
                    if after_table {
                        out.push_str(&parting(hand));
                    }
                    out.push_str(&table);
                    after_table = true;
                }
            }
        }
        if after_table && behind && !out.is_empty() {
            out.push_str(&parting(hand));
        }
        out
    }

    /// A line that is put in.
    pub(super) fn line(&mut self, line: Fresh<'_>, hand: &mut Hand) -> Made {
        let agrees = !line.plain && self.agrees(line.like, &line.wanted);
        let looks = if line.plain {
            match line.kind {
                _ if line.style.is_some() => {
                    format!("<w:pStyle w:val=\"{}\"/>", line.style.unwrap_or_default())
                }
                Kind::Heading(level) => {
                    format!("<w:keepNext/><w:outlineLvl w:val=\"{}\"/>", level.clamp(1, 9) - 1)
                }
                Kind::Part(depth) => format!("<w:ind w:left=\"{}\"/>", 567 * depth.min(8)),
                Kind::Numbered | Kind::Continued | Kind::Text => String::new(),
            }
        } else {
            looks(line.like, self.source, agrees)
        };
        // What is said of the mark of the paragraph that it looks like holds for its own.
        let of_mark = if line.plain { None } else { line.like };
        let of_mark = mark_properties(of_mark, self.source);
        let typed = if agrees || line.wanted == Wanted::Nothing { "" } else { &line.typed };
        let typed = Words { run: line.run, text: typed.to_owned() };
        let mut words: Vec<Words> = [typed].into_iter().chain(line.words).collect();
        words.retain(|own| !own.text.is_empty());
        let run = if words.is_empty() { String::new() } else { hand.inserted_each(&words) };
        Made { looks, of_mark, words: line.opening + &run }
    }
}

/// A line as it will stand in the part.
pub(super) struct Made {
    /// What its paragraph looks like,
    pub(super) looks: String,
    /// and what its mark does.
    of_mark: String,
    /// Its words, and the comment before them.
    pub(super) words: String,
}

impl Made {
    fn properties(&self, mark: &str) -> String {
        format!("<w:pPr>{}<w:rPr>{mark}{}</w:rPr></w:pPr>", self.looks, self.of_mark)
    }
}

/// An empty paragraph between two tables, which Word would take for one.
fn parting(hand: &mut Hand) -> String {
    format!("<w:p><w:pPr><w:rPr>{}</w:rPr></w:pPr></w:p>", hand.mark("ins"))
}
