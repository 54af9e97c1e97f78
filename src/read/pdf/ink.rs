//! What a page draws in; its characters, each with its place, and its rules out.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, decode_text_string};

use super::encoding::Names;
use super::file::{Sheet, dictionary, number, resolved, unpacked, value};
use super::font::{Font, Style};
use super::matrix::Matrix;

/// Characters in a document; the longest official reports have some 3 million.
const MAX_GLYPHS: usize = 8_000_000;
/// Drawing operations in a document.
const MAX_OPERATIONS: usize = 40_000_000;
/// How deep drawings stand in one another (forms), and saved states on one page.
const MAX_DEPTH: usize = 12;
const MAX_SAVED: usize = 512;
/// A rule is no thicker than this, in points.
const THICKEST_RULE: f64 = 3.0;

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
    turn: u8,
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
    /// Characters whose font does not say what they are.
    pub(super) unreadable: usize,
    /// True where a picture stands on the page.
    pub(super) pictured: bool,
}

/// Draws the pages of one document.
pub(super) struct Painter<'d> {
    document: &'d Document,
    names: Names,
    /// Fonts by the place of their dictionary.
    fonts: HashMap<usize, Rc<Font>>,
    glyphs: usize,
    operations: usize,
}

/// Graphics and text state (ISO 32000-1, 8.4 and 9.3), as far as it moves text.
#[derive(Clone)]
struct State {
    plane: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between: f64,
    spaces: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    outlined: bool,
}

/// Marked content that is open.
struct Mark {
    running: bool,
    /// What the marked characters stand for, until it was used.
    actual: Option<Option<String>>,
}

/// A page while it is drawn.
struct Canvas {
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    marks: Vec<Mark>,
    path: Vec<(f64, f64, f64, f64)>,
    pen: (f64, f64),
    ink: Ink,
}

impl<'d> Painter<'d> {
    /// For the pages of `document`.
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, names: Names::default(), fonts: HashMap::new(), glyphs: 0, operations: 0 }
    }

    /// Draws one page.
    pub(super) fn page(&mut self, sheet: &Sheet<'d>) -> Result<Ink, String> {
        let state = State {
            plane: sheet.view,
            font: None,
            size: 1.0,
            between: 0.0,
            spaces: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            outlined: false,
        };
        let mut canvas = Canvas {
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
            path: Vec::new(),
            pen: (0.0, 0.0),
            ink: Ink { size: sheet.size, ..Ink::default() },
        };
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
        let Some(content) = unpacked(stream) else { return Ok(()) };
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

/// The number at a place of an operation.
fn number_at(operation: &Operation, at: usize) -> Option<f64> {
    operation.operands.get(at).and_then(number)
}

impl Canvas {
    /// One operation (ISO 32000-1, annex A); the number of characters it drew.
    fn apply(&mut self, operation: &Operation) -> usize {
        let given = |at: usize| number_at(operation, at).unwrap_or_default();
        let matrix = || Matrix([given(0), given(1), given(2), given(3), given(4), given(5)]);
        let before = self.ink.glyphs.len();
        match operation.operator.as_str() {
            "q" if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            "cm" => self.state.plane = matrix().then(self.state.plane),
            "BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tc" => self.state.between = given(0),
            "Tw" => self.state.spaces = given(0),
            "Tz" => self.state.stretch = given(0) / 100.0,
            "TL" => self.state.leading = given(0),
            "Ts" => self.state.rise = given(0),
            "Tr" => self.state.outlined = given(0) == 2.0,
            "Td" => self.next_line(given(0), given(1)),
            "TD" => {
                self.state.leading = -given(1);
                self.next_line(given(0), given(1));
            }
            "Tm" => (self.text, self.line) = (matrix(), matrix()),
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operation.operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operation.operands.first());
            }
            "\"" => {
                (self.state.spaces, self.state.between) = (given(0), given(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operation.operands.get(2));
            }
            "TJ" => {
                if let Some(Object::Array(pieces)) = operation.operands.first() {
                    for piece in pieces {
                        match number(piece) {
                            Some(back) => self.advance(-back / 1000.0 * self.state.size),
                            None => self.show(Some(piece)),
                        }
                    }
                }
            }
            "EMC" => {
                self.marks.pop();
            }
            "m" => self.pen = (given(0), given(1)),
            "l" => {
                let (x, y) = self.pen;
                self.path.push((x, y, given(0), given(1)));
                self.pen = (given(0), given(1));
            }
            "re" => self.path.push((given(0), given(1), given(0) + given(2), given(1) + given(3))),
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" => self.rule(),
            "n" => self.path.clear(),
            "BI" => self.ink.pictured = true,
            _ => {}
        }
        // A path is part of no text: one that is never painted must not grow for ever.
        self.path.truncate(MAX_SAVED);
        self.ink.glyphs.len() - before
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64) {
        self.text = Matrix::shift(by * self.state.stretch, 0.0).then(self.text);
    }

    fn show(&mut self, string: Option<&Object>) {
        let Some(Object::String(string, _)) = string else { return };
        let Some(font) = self.state.font.clone() else {
            self.ink.unreadable += string.len();
            return;
        };
        for shown in font.shown(string) {
            let State { size, between, spaces, rise, stretch, .. } = self.state;
            let start = self.text;
            let wide = shown.width / 1000.0 * size;
            self.advance(wide + between + if shown.spaced { spaces } else { 0.0 });
            if font.bars {
                continue;
            }
            let place = |text: Matrix| Matrix::shift(0.0, rise).then(text).then(self.state.plane);
            let (from, to) = (
                place(start),
                place(Matrix::shift((wide + between.max(0.0)) * stretch, 0.0).then(start)),
            );
            let (text, joined) = self.meant(shown.text);
            if joined && let Some(last) = self.ink.glyphs.last_mut() {
                last.right = to.origin().0;
                continue;
            }
            let Some(text) = text else {
                self.ink.unreadable += usize::from(wide > 0.0);
                continue;
            };
            let (Some(turn), tall) = (turn(from), size.abs() * from.height()) else { continue };
            let ((left, base), (right, end)) = (from.origin(), to.origin());
            if ![left, base, right, end, tall].iter().all(|n| n.is_finite() && n.abs() < 1e6) {
                continue;
            }
            let size = self.ink.size;
            let ((left, base), (right, _)) =
                (turned((left, base), turn, size), turned((right, end), turn, size));
            let style = Style { bold: font.style.bold || self.state.outlined, ..font.style };
            let running = self.marks.iter().any(|mark| mark.running);
            let (left, right) = (left.min(right), left.max(right));
            self.ink.glyphs.push(Glyph {
                text,
                left,
                right,
                base,
                size: tall,
                style,
                running,
                turn,
            });
        }
    }

    /// What the next character stands for where the file says so, and whether that was said already.
    fn meant(&mut self, shown: Option<Arc<str>>) -> (Option<Arc<str>>, bool) {
        let said = self.marks.iter_mut().rev().find_map(|mark| mark.actual.as_mut());
        match said.map(Option::take) {
            None => (shown, false),
            Some(Some(actual)) => (Some(actual.into()), false),
            Some(None) => (None, true),
        }
    }

    /// Keeps the horizontal lines of a path that is painted.
    fn rule(&mut self) {
        for (x0, y0, x1, y1) in self.path.drain(..) {
            let at = |x, y| Matrix::shift(x, y).then(self.state.plane).origin();
            let ((left, top), (right, bottom)) = (at(x0, y0), at(x1, y1));
            let (long, thick) = ((right - left).abs(), (top - bottom).abs());
            if thick <= THICKEST_RULE && long > 4.0 * thick.max(1.0) && long.is_finite() {
                let y = (top + bottom) / 2.0;
                self.ink.rules.push(Rule { left: left.min(right), right: left.max(right), y });
            }
        }
    }
}

/// Quarter turns clockwise of a line of text; none for a slanted one.
fn turn(matrix: Matrix) -> Option<u8> {
    let (x, y) = matrix.right();
    match () {
        () if y.abs() <= 0.1 * x.abs() => Some(if x >= 0.0 { 0 } else { 2 }),
        () if x.abs() <= 0.1 * y.abs() => Some(if y > 0.0 { 1 } else { 3 }),
        () => None,
    }
}

/// A point of a page that is turned back by quarter turns.
fn turned((x, y): (f64, f64), turn: u8, (width, height): (f64, f64)) -> (f64, f64) {
    match turn {
        1 => (y, width - x),
        2 => (width - x, height - y),
        3 => (height - y, x),
        _ => (x, y),
    }
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
