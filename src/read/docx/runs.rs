//! Elements inside a paragraph in; its words, and what stands beside them, out.

use super::changes::Tracked;
use super::fields;
use super::line::Set;
use super::story::{Story, is_property};
use crate::model::Omission;
use crate::ooxml::styles::Look;
use crate::ooxml::words::{shown, spaced, symbol};
use crate::ooxml::xml::Element;

impl Story {
    /// Reads what stands inside a paragraph.
    pub(super) fn inline(&mut self, parent: &Element, tracked: &Tracked, look: &Look) {
        for element in parent.elements() {
            match &*element.name {
                "r" => self.run(element, tracked, look),
                "hyperlink" => self.hyperlink(element, tracked, look),
                "fldSimple" => self.simple_field(element, tracked, look),
                "sdt" if is_prompt(element) => {}
                "commentRangeStart" => self.comment(element),
                // The reading of a character above it says nothing that the character does not.
                "rt" => {}
                name if is_property(name) => {}
                _ => match tracked.with(element) {
                    Some(tracked) => self.inline(element, &tracked, look),
                    None => self.inline(element, tracked, look),
                },
            }
        }
    }

    fn hyperlink(&mut self, element: &Element, tracked: &Tracked, look: &Look) {
        let start = self.scope.line.flow.text.len();
        self.inline(element, tracked, look);
        if let Some(address) = element.attribute("id").and_then(|id| self.around.links.get(id)) {
            self.scope.line.flow.link(start, address);
        }
    }

    fn simple_field(&mut self, element: &Element, tracked: &Tracked, look: &Look) {
        let instruction = element.attribute("instr").unwrap_or_default();
        if fields::is_table(instruction) {
            return;
        }
        let start = self.scope.line.flow.text.len();
        self.inline(element, tracked, look);
        if let Some(address) = fields::address(instruction) {
            self.scope.line.flow.link(start, &address);
        }
    }

    fn run(&mut self, run: &Element, tracked: &Tracked, look: &Look) {
        let properties = run.child("rPr");
        let named = self.around.styles.run(properties.and_then(|set| set.value("rStyle")));
        let own = Look::of(None, properties);
        let own = named.map_or(own.clone(), |named| own.over(named));
        let set = Set {
            bold: own.bold.or(look.bold) == Some(true),
            italic: own.italic.or(look.italic) == Some(true),
            struck: own.struck.or(look.struck) == Some(true),
            hidden: own.hidden.or(look.hidden) == Some(true),
        };
        let raised = own.raised.or(look.raised) == Some(true);
        // A note with a mark of its own has the mark's words right after its call.
        let mut marked = false;
        for element in run.elements() {
            let value = |name| element.attribute(name).unwrap_or_default();
            match &*element.name {
                "fldChar" => {
                    let at = self.scope.line.flow.text.len();
                    if let Some((address, start)) = self.fields.mark(value("fldCharType"), at) {
                        self.scope.line.flow.link(start, &address);
                    }
                }
                "instrText" => self.fields.instruction(&element.words()),
                "commentReference" if tracked.is_there(self.around.how) => self.comment(element),
                _ if set.hidden || self.fields.hide() => {}
                "t" | "delText" if marked => {}
                "t" | "delText" => {
                    for (words, at) in spaced(element) {
                        let words = if raised { lifted(&words) } else { words };
                        self.words(&words, at, set, tracked);
                    }
                }
                "footnoteReference" | "endnoteReference" => {
                    let own = matches!(value("customMarkFollows"), "1" | "true" | "on");
                    let mark = own.then(|| mark_of(run));
                    marked |= own;
                    self.call(element, mark, tracked);
                }
                "drawing" | "pict" | "object" if tracked.is_there(self.around.how) => {
                    if !self.text_boxes(element, tracked) {
                        self.scope.line.left_out.push(Omission::Picture);
                    }
                }
                "ruby" => self.inline(element, tracked, look),
                _ => {
                    if let Some(shown) = shown(element) {
                        self.words(
                            shown.encode_utf8(&mut [0; 4]),
                            element.span.start,
                            set,
                            tracked,
                        );
                    }
                }
            }
        }
    }

    fn words(&mut self, words: &str, at: usize, set: Set, tracked: &Tracked) {
        self.scope.line.words(words, at, set, tracked, self.around.how);
    }
}

/// Superscript words: figures alone are the call of a note or a power, and become raised figures, so that they
/// are not taken for the end of the word before them. The letters of `1st` stay as they are.
fn lifted(words: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if words.contains(char::is_alphabetic) {
        return words.to_owned();
    }
    let figure = |c: char| c.to_digit(10).and_then(|value| RAISED.get(value as usize)).copied();
    words.chars().map(|c| figure(c).unwrap_or(c)).collect()
}

/// The mark of a note that has one of its own.
fn mark_of(run: &Element) -> String {
    let shown = |element: &Element| match &*element.name {
        "t" | "delText" => element.words(),
        "sym" => symbol(
            element.attribute("char").unwrap_or_default(),
            element.attribute("font").unwrap_or_default(),
        )
        .map(String::from)
        .unwrap_or_default(),
        _ => String::new(),
    };
    run.elements().map(shown).collect::<String>().trim().to_owned()
}

/// True for a field to be filled in that shows only its prompt.
fn is_prompt(control: &Element) -> bool {
    let properties = control.child("sdtPr");
    properties.is_some_and(|set| set.switch("showingPlcHdr") == Some(true))
}
