//! What a page draws in; its characters, each with its place, and its rules out.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, decode_text_string};

use super::canvas::{Canvas, Mark, number_at};
use super::encoding::Names;
use super::file::{Sheet, dictionary, number, resolved, unpacked, value};
use super::font::{Font, Style};
use super::matrix::Matrix;

/// Characters in a document; the longest official reports have some 3 million.
const MAX_GLYPHS: usize = 8_000_000;
/// Drawing operations in a document.
const MAX_OPERATIONS: usize = 20_000_000;
/// How deep drawings stand in one another (forms).
const MAX_DEPTH: usize = 12;

/// A character on a page, in points from the top left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: Arc<str>,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The line it stands on.
    pub(super) base: f64,
    /// Size of its type.
    pub(super) size: f64,
    pub(super) style: Style,
    /// True where the file marks it as a running head or foot.
    pub(super) running: bool,
    /// Quarter turns clockwise.
    pub(super) turn: u8,
}

/// A horizontal line, in points from the top left corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Ink {
    pub(super) size: (f64, f64),
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Characters whose font does not say what any of its characters is.
    pub(super) unreadable: usize,
    /// Characters that a font leaves out among those it explains, such as the strokes that stretch Arabic words.
    pub(super) gaps: usize,
    /// True where a picture stands on the page.
    pub(super) pictured: bool,
}

/// Draws the pages of one document.
pub(super) struct Painter<'d> {
    document: &'d Document,
    names: Names,
    /// Fonts by the place of their dictionary.
    fonts: HashMap<usize, Rc<Font>>,
    /// Forms being drawn, by the place of their dictionary: none draws itself.
    forms: Vec<usize>,
    glyphs: usize,
    operations: usize,
}

impl<'d> Painter<'d> {
    /// For the pages of `document`.
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            names: Names::default(),
            fonts: HashMap::new(),
            forms: Vec::new(),
            glyphs: 0,
            operations: 0,
        }
    }

    /// Draws one page.
    pub(super) fn page(&mut self, sheet: &Sheet<'d>) -> Result<Ink, String> {
        let mut canvas = Canvas::new(sheet.view, sheet.size);
        self.draw(&mut canvas, &sheet.content, sheet.resources, 0)?;
        Ok(upright(canvas.ink))
    }

    fn draw(
        &mut self,
        canvas: &mut Canvas,
        content: &[u8],
        resources: Option<&'d Dictionary>,
        depth: usize,
    ) -> Result<(), String> {
        for operation in Content::decode_iter(content) {
            let Ok(operation) = operation else { break };
            self.operations += 1;
            if self.operations > MAX_OPERATIONS || self.glyphs > MAX_GLYPHS {
                return Err("this PDF holds more than any document that is read".to_owned());
            }
            let named = || operation.operands.first().and_then(|name| name.as_name().ok());
            match operation.operator.as_str() {
                "Tf" => {
                    canvas.state.font = named().and_then(|name| self.font(resources?, name));
                    canvas.state.size = number_at(&operation, 1).unwrap_or(1.0);
                }
                "Do" => {
                    let Some(Object::Stream(stream)) =
                        named().and_then(|name| self.resource(resources?, "XObject", name))
                    else {
                        continue;
                    };
                    if !is_name(&stream.dict, b"Subtype", b"Form") {
                        canvas.ink.pictured = true;
                    } else if depth < MAX_DEPTH {
                        self.form(canvas, stream, resources, depth)?;
                    }
                }
                "BDC" => {
                    let mark = self.mark(&operation, resources);
                    canvas.marks.push(mark);
                }
                "BMC" => canvas.marks.push(Mark { running: false, actual: None }),
                _ => self.glyphs += canvas.apply(&operation),
            }
        }
        Ok(())
    }

    /// A drawing that stands as one thing in another.
    fn form(
        &mut self,
        canvas: &mut Canvas,
        stream: &'d Stream,
        outer: Option<&'d Dictionary>,
        depth: usize,
    ) -> Result<(), String> {
        let place = std::ptr::from_ref(&stream.dict).addr();
        if self.forms.contains(&place) {
            return Ok(());
        }
        let Some(content) = unpacked(stream) else { return Ok(()) };
        self.forms.push(place);
        // What unpacking costs counts as well, or one form drawn again and again would cost nothing.
        self.operations += 1 + content.len() / 16;
        let matrix = match value(self.document, &stream.dict, "Matrix") {
            Some(Object::Array(six)) => {
                let mut matrix = Matrix::IDENTITY.0;
                for (place, given) in matrix.iter_mut().zip(six) {
                    *place = resolved(self.document, given).and_then(number).unwrap_or(*place);
                }
                Matrix(matrix)
            }
            _ => Matrix::IDENTITY,
        };
        let (state, saved) = (canvas.state.clone(), std::mem::take(&mut canvas.saved));
        let marks = canvas.marks.len();
        canvas.state.plane = matrix.then(state.plane);
        let resources = dictionary(self.document, &stream.dict, "Resources").or(outer);
        let drawn = self.draw(canvas, &content, resources, depth + 1);
        self.forms.pop();
        canvas.marks.truncate(marks);
        (canvas.state, canvas.saved) = (state, saved);
        drawn
    }

    fn resource(&self, holder: &'d Dictionary, kind: &str, name: &[u8]) -> Option<&'d Object> {
        let named = dictionary(self.document, holder, kind)?;
        resolved(self.document, named.get(name).ok()?)
    }

    fn font(&mut self, resources: &'d Dictionary, name: &[u8]) -> Option<Rc<Font>> {
        let Some(Object::Dictionary(font)) = self.resource(resources, "Font", name) else {
            return None;
        };
        let place = std::ptr::from_ref(font).addr();
        let made = || Rc::new(Font::new(self.document, font, &mut self.names));
        Some(Rc::clone(self.fonts.entry(place).or_insert_with(made)))
    }

    /// `/Artifact <</Type /Pagination>> BDC` marks running heads; `ActualText` says what is meant.
    fn mark(&self, operation: &Operation, resources: Option<&'d Dictionary>) -> Mark {
        let tag = operation.operands.first().and_then(|tag| tag.as_name().ok());
        let properties = match operation.operands.get(1) {
            Some(Object::Dictionary(given)) => Some(given),
            Some(Object::Name(name)) => {
                match resources.and_then(|r| self.resource(r, "Properties", name)) {
                    Some(Object::Dictionary(listed)) => Some(listed),
                    _ => None,
                }
            }
            _ => None,
        };
        let actual = properties.and_then(|p| decode_text_string(p.get(b"ActualText").ok()?).ok());
        Mark {
            running: tag == Some(b"Artifact")
                && properties.is_some_and(|p| is_name(p, b"Type", b"Pagination")),
            actual: actual.map(Some),
        }
    }
}

/// True when the value of `key` is this name.
fn is_name(dictionary: &Dictionary, key: &[u8], wanted: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| name == wanted)
}

/// The page as most of its text is read: a page whose lines run upwards is turned; single words that
/// run across the others, such as heads of narrow columns, are left out.
fn upright(mut ink: Ink) -> Ink {
    let count = |turn: u8| ink.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
    let most = (0..4).max_by_key(|turn| (count(*turn), 4 - turn)).unwrap_or_default();
    ink.glyphs.retain(|glyph| glyph.turn == most);
    if most % 2 == 1 {
        ink.size = (ink.size.1, ink.size.0);
    }
    if most != 0 {
        ink.rules.clear();
    }
    ink
}
