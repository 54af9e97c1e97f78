//! Drawing operations of a page in, one by one; the characters and rules they leave, each with its place, out.

use std::rc::Rc;
use std::sync::Arc;

use lopdf::Object;
use lopdf::content::Operation;

use super::file::number;
use super::font::{Font, Style};
use super::ink::{Glyph, Ink, Rule};
use super::matrix::Matrix;

/// States that may be saved on one page, and pieces of a path that are kept.
const MAX_SAVED: usize = 512;
/// Stands for a character whose font does not say what it is: it fills its place in a word and is no letter.
const UNKNOWN: &str = "\u{200B}";
/// A rule is no thicker than this, in points.
const THICKEST_RULE: f64 = 3.0;

/// Graphics and text state (ISO 32000-1, 8.4 and 9.3), as far as it moves text.
#[derive(Clone)]
pub(super) struct State {
    pub(super) plane: Matrix,
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f64,
    between: f64,
    spaces: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    outlined: bool,
}

/// Marked content that is open.
pub(super) struct Mark {
    /// True for a running head or foot.
    pub(super) running: bool,
    /// What the marked characters stand for, until it was used.
    pub(super) actual: Option<Option<String>>,
}

/// A page while it is drawn.
pub(super) struct Canvas {
    pub(super) state: State,
    pub(super) saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    pub(super) marks: Vec<Mark>,
    path: Vec<(f64, f64, f64, f64)>,
    pen: (f64, f64),
    pub(super) ink: Ink,
}

/// The number at a place of an operation.
pub(super) fn number_at(operation: &Operation, at: usize) -> Option<f64> {
    operation.operands.get(at).and_then(number)
}

impl Canvas {
    /// An empty page of this size; `view` leads from the file's axes to the page's.
    pub(super) fn new(view: Matrix, size: (f64, f64)) -> Self {
        let state = State {
            plane: view,
            font: None,
            size: 1.0,
            between: 0.0,
            spaces: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            outlined: false,
        };
        Self {
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
            path: Vec::new(),
            pen: (0.0, 0.0),
            ink: Ink { size, ..Ink::default() },
        }
    }

    /// One operation (ISO 32000-1, annex A); the number of characters it drew.
    pub(super) fn apply(&mut self, operation: &Operation) -> usize {
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
            let text = text.unwrap_or_else(|| {
                let lost =
                    if font.is_silent() { &mut self.ink.unreadable } else { &mut self.ink.gaps };
                *lost += usize::from(wide > 0.0);
                UNKNOWN.into()
            });
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
