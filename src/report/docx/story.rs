//! The tree of a Word file's text in; its paragraphs and runs, with the places of their characters, out.
//!
//! Places are bytes of the part. What stands in the text is told as it will be once all earlier tracked changes are accepted.

use crate::model::Span;
use crate::ooxml::styles::{Look, Styles};
use crate::ooxml::words::{shown, spaced};
use crate::ooxml::xml::Element;

/// A text, with what stands in text boxes and tables.
pub(in crate::report) struct Story<'e> {
    /// The text of the part.
    pub(in crate::report) source: &'e str,
    /// In the order of reading.
    pub(in crate::report) paragraphs: Vec<Para<'e>>,
    /// In the order of the part.
    pub(in crate::report) runs: Vec<Run<'e>>,
    /// Rows of tables that have several columns.
    pub(in crate::report) rows: Vec<Row<'e>>,
    /// What holds characters of the text, in the order of the part.
    atoms: Vec<Atom>,
    /// How many text boxes are open while the text is read.
    boxes: usize,
}

/// Words of a run, or an element that stands for one character.
struct Atom {
    span: Span,
    run: usize,
    one: bool,
}

/// A `w:tr`.
#[derive(Clone, Copy)]
pub(in crate::report) struct Row<'e> {
    pub(in crate::report) element: &'e Element,
    pub(in crate::report) table: &'e Element,
    /// Where the outermost table around it stands.
    pub(in crate::report) outermost: Span,
}

impl<'e> Row<'e> {
    /// How many columns its table has, as far as this says so.
    pub(in crate::report) fn columns(&self) -> usize {
        let grid = self.table.child("tblGrid");
        grid.map_or(0, |grid| grid.elements().filter(|e| &*e.name == "gridCol").count())
    }

    /// Its cells.
    pub(in crate::report) fn cells(&self) -> Vec<&'e Element> {
        let mut cells = Vec::new();
        gather(self.element, "tc", &mut cells);
        cells
    }
}

/// A `w:p`.
pub(in crate::report) struct Para<'e> {
    pub(in crate::report) element: &'e Element,
    pub(in crate::report) properties: Option<&'e Element>,
    /// Its runs, by index; those of text boxes in it are not among them.
    pub(in crate::report) runs: Vec<usize>,
    /// True where nobody took its mark out: the next paragraph does not go on in it.
    pub(in crate::report) ends: bool,
    /// Where the element that holds it begins.
    pub(in crate::report) within: usize,
    /// True where nothing but the properties of a section follows it there.
    pub(in crate::report) last: bool,
    /// The row it stands in, where its table has several columns.
    pub(in crate::report) row: Option<usize>,
    /// True in a text box.
    pub(in crate::report) boxed: bool,
}

/// A `w:r`.
pub(in crate::report) struct Run<'e> {
    pub(in crate::report) element: &'e Element,
    pub(in crate::report) para: usize,
    /// True where it is part of the text.
    pub(in crate::report) there: bool,
    /// True where it stands right in its paragraph.
    pub(in crate::report) direct: bool,
    /// The insertion of somebody else that it stands in, where this stands right in the paragraph.
    pub(in crate::report) inserted: Option<&'e Element>,
    /// True where its words are struck out, and where they are hidden; told by [`Story::with_looks`].
    pub(in crate::report) struck: bool,
    hidden: bool,
}

impl Run<'_> {
    /// True where its words are neither struck out nor hidden.
    pub(in crate::report) fn is_read(&self) -> bool {
        !self.struck && !self.hidden
    }
}

/// Where an element is met.
#[derive(Clone, Copy)]
struct Around<'e> {
    there: bool,
    direct: bool,
    inserted: Option<&'e Element>,
}

impl<'e> Story<'e> {
    /// Reads the body of the text.
    pub(in crate::report) fn of(source: &'e str, body: &'e Element) -> Self {
        let (paragraphs, runs, rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut story = Self { source, paragraphs, runs, rows, atoms: Vec::new(), boxes: 0 };
        story.blocks(body, true, None);
        story.order();
        for (at, run) in story.runs.iter().enumerate() {
            if let Some(paragraph) = story.paragraphs.get_mut(run.para) {
                paragraph.runs.push(at);
            }
            for element in run.element.elements().filter(|_| run.there) {
                let words = matches!(&*element.name, "t" | "delText");
                let span = if words { element.inner } else { element.span };
                if words || shown(element).is_some() || is_call(element) || bounds_field(element) {
                    story.atoms.push(Atom { span, run: at, one: !words });
                }
            }
        }
        story.atoms.sort_by_key(|atom| atom.span.start);
        story
    }

    /// The same, with what the looks of its runs say of their words.
    pub(in crate::report) fn with_looks(mut self, styles: &Styles) -> Self {
        for run in &mut self.runs {
            let set = run.element.child("rPr");
            let own = Look::of(None, set);
            let named = styles.run(set.and_then(|set| set.value("rStyle")));
            let own = named.map_or(own.clone(), |named| own.over(named));
            let properties = self.paragraphs.get(run.para).and_then(|own| own.properties);
            let all = own.over(&look(properties, styles));
            (run.struck, run.hidden) = (all.struck == Some(true), all.hidden == Some(true));
        }
        self
    }

    /// Puts runs in the order of the part, and paragraphs in that of reading: those of a text box come before the one that
    /// it is fixed to.
    fn order(&mut self) {
        self.runs.sort_by_key(|run| run.element.span.start);
        let mut order: Vec<usize> = (0..self.paragraphs.len()).collect();
        let end = |at: &usize| self.paragraphs.get(*at).map(|p| p.element.span.end);
        order.sort_by_key(end);
        let mut places = vec![0; order.len()];
        for (now, before) in order.into_iter().enumerate() {
            places.iter_mut().skip(before).take(1).for_each(|place| *place = now);
        }
        for run in &mut self.runs {
            run.para = places.get(run.para).copied().unwrap_or(run.para);
        }
        self.paragraphs.sort_by_key(|paragraph| paragraph.element.span.end);
    }

    fn blocks(&mut self, parent: &'e Element, there: bool, row: Option<usize>) {
        let is_block = |e: &&Element| matches!(&*e.name, "p" | "tbl" | "sdt");
        let last = parent.elements().filter(is_block).last().map(|e| e.span.start);
        for element in parent.elements() {
            let there = there && !is_deletion(element);
            match &*element.name {
                "p" => {
                    let end = last == Some(element.span.start);
                    self.paragraph(element, parent.span.start, end, there, row);
                }
                "tbl" => self.table(element, there, row),
                _ => self.blocks(element, there, row),
            }
        }
    }

    fn table(&mut self, table: &'e Element, there: bool, outer: Option<usize>) {
        let mut rows = Vec::new();
        gather(table, "tr", &mut rows);
        let mut cells = Vec::new();
        for row in rows {
            let mut own = Vec::new();
            gather(row, "tc", &mut own);
            cells.push((row, own));
        }
        let outermost =
            outer.and_then(|row| self.rows.get(row)).map_or(table.span, |row| row.outermost);
        let framed = cells.iter().all(|(_, cells)| cells.len() < 2);
        for (row, cells) in cells {
            let place = if framed { outer } else { Some(self.rows.len()) };
            self.rows.extend((!framed).then_some(Row { element: row, table, outermost }));
            for cell in cells {
                self.blocks(cell, there, place);
            }
        }
    }

    fn paragraph(
        &mut self,
        element: &'e Element,
        within: usize,
        last: bool,
        there: bool,
        row: Option<usize>,
    ) {
        let properties = element.child("pPr");
        let mark = properties.and_then(|set| set.child("rPr"));
        let ends = there && !mark.is_some_and(|mark| mark.elements().any(is_deletion));
        let para = self.paragraphs.len();
        let runs = Vec::new();
        let boxed = self.boxes > 0;
        let own = Para { element, properties, runs, ends, within, last, row, boxed };
        self.paragraphs.push(own);
        self.inline(element, para, Around { there, direct: true, inserted: None });
    }

    fn inline(&mut self, parent: &'e Element, para: usize, around: Around<'e>) {
        for element in parent.elements() {
            match &*element.name {
                "r" => {
                    let Around { there, direct, inserted } = around;
                    let (struck, hidden) = (false, false);
                    self.runs.push(Run { element, para, there, direct, inserted, struck, hidden });
                    self.boxes(element, there);
                }
                "pPr" | "rPr" | "sdtPr" => {}
                name => {
                    let theirs = around.direct && matches!(name, "ins" | "moveTo");
                    let there = around.there && !is_deletion(element);
                    let inserted = theirs.then_some(element);
                    self.inline(element, para, Around { there, direct: false, inserted });
                }
            }
        }
    }

    /// Text boxes of a run.
    fn boxes(&mut self, element: &'e Element, there: bool) {
        for inner in element.elements() {
            if &*inner.name == "txbxContent" {
                self.boxes += 1;
                self.blocks(inner, there, None);
                self.boxes -= 1;
            } else {
                self.boxes(inner, there);
            }
        }
    }

    /// The run of which byte `at` of the part begins a character.
    pub(in crate::report) fn run_at(&self, at: usize) -> Option<&Run<'e>> {
        let index = self.atoms.partition_point(|atom| atom.span.start <= at).checked_sub(1)?;
        let atom = self.atoms.get(index)?;
        let holds = at < atom.span.end && (!atom.one || at == atom.span.start);
        self.runs.get(atom.run).filter(|_| holds)
    }

    /// The paragraph that has `character` at byte `at` of the part; none where it does not stand there.
    pub(in crate::report) fn para_at(&self, at: usize, character: char) -> Option<usize> {
        let run = self.run_at(at)?;
        let rest = self.source.get(at..)?;
        let fits = rest.starts_with(character)
            || rest.starts_with(['&', '<'])
            || character == ' ' && rest.starts_with(['\n', '\r', '\t']);
        fits.then_some(run.para)
    }

    /// The runs of a paragraph that are part of the text.
    pub(in crate::report) fn runs_of(&self, para: usize) -> impl Iterator<Item = &Run<'e>> {
        let runs = self.paragraphs.get(para).map_or(&[][..], |paragraph| &paragraph.runs);
        runs.iter().filter_map(|at| self.runs.get(*at)).filter(|run| run.there)
    }

    /// The characters of a paragraph's text, each with its place. The call of a note is none of them.
    pub(in crate::report) fn characters(&self, para: usize) -> Vec<(usize, char)> {
        self.runs_of(para).flat_map(|run| self.characters_of_run(run)).collect()
    }

    /// Those of them that are read: neither struck out nor hidden.
    pub(in crate::report) fn read_characters(&self, para: usize) -> Vec<(usize, char)> {
        let read = self.runs_of(para).filter(|run| run.is_read());
        read.flat_map(|run| self.characters_of_run(run)).collect()
    }

    /// The characters of a run.
    pub(in crate::report) fn characters_of_run(&self, run: &Run<'e>) -> Vec<(usize, char)> {
        let elements = run.element.elements().filter(|element| !is_call(element));
        elements.flat_map(characters_of).collect()
    }

    /// True for a paragraph in which nothing is seen.
    pub(in crate::report) fn is_bare(&self, para: usize) -> bool {
        let mut elements = self.runs_of(para).flat_map(|run| run.element.elements());
        elements.all(|element| match &*element.name {
            "rPr" => true,
            "t" => element.words().trim().is_empty(),
            _ => false,
        })
    }

    /// The run whose looks new words get that are put in beside one of `run`: that of a note's number is raised, and lends
    /// its looks to no words.
    pub(in crate::report) fn lends(&self, run: &'e Element, para: usize) -> &'e Element {
        let is_number =
            |run: &Element| run.elements().any(|e| is_call(e) || e.name.ends_with("noteRef"));
        if !is_number(run) {
            return run;
        }
        let others = || {
            let runs = self.runs_of(para).map(|run| run.element);
            runs.filter(|other| {
                !is_number(other) && other.elements().any(|e| !characters_of(e).is_empty())
            })
        };
        let before = others().take_while(|other| other.span.start < run.span.start).last();
        before.or_else(|| others().next()).unwrap_or(run)
    }

    /// The paragraph whose mark ends the line that `para` stands in.
    pub(in crate::report) fn end_of_line(&self, para: usize) -> usize {
        let ends = |at: &usize| self.paragraphs.get(*at).is_none_or(|paragraph| paragraph.ends);
        (para..self.paragraphs.len()).find(ends).unwrap_or(para)
    }

    /// True where a table begins at this byte of the part.
    pub(in crate::report) fn has_table_at(&self, at: usize) -> bool {
        let rest = self.source.get(at..).unwrap_or_default().trim_start();
        let name = rest.strip_prefix("<w:tbl");
        name.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
    }

    /// How a paragraph looks.
    pub(in crate::report) fn look(&self, para: usize, styles: &Styles) -> Look {
        look(self.paragraphs.get(para).and_then(|paragraph| paragraph.properties), styles)
    }
}

/// How a paragraph with these properties looks.
pub(in crate::report) fn look(properties: Option<&Element>, styles: &Styles) -> Look {
    let style = properties.and_then(|set| set.value("pStyle"));
    Look::of(properties, None).over(&styles.paragraph(style))
}

/// True for an element that begins or ends a field.
fn bounds_field(element: &Element) -> bool {
    let bounds = element.attribute("fldCharType");
    &*element.name == "fldChar" && matches!(bounds, Some("begin" | "end"))
}

/// True for the call of a footnote or an endnote.
pub(in crate::report) fn is_call(element: &Element) -> bool {
    matches!(&*element.name, "footnoteReference" | "endnoteReference")
}

/// The characters of an element of a run, each with its place; the call of a note is one.
pub(in crate::report) fn characters_of(element: &Element) -> Vec<(usize, char)> {
    if is_call(element) {
        return vec![(element.span.start, '\u{FFFC}')];
    }
    if !matches!(&*element.name, "t" | "delText") {
        return shown(element).map(|c| (element.span.start, c)).into_iter().collect();
    }
    let mut out = Vec::new();
    for (words, at) in spaced(element) {
        out.extend(words.char_indices().map(|(by, c)| (at + by, c)));
    }
    out
}

/// True for an element that takes out what it holds, or the mark it stands in.
fn is_deletion(element: &Element) -> bool {
    matches!(&*element.name, "del" | "moveFrom")
}

/// Elements called `name`, through whatever wraps them.
fn gather<'e>(parent: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        if &*element.name == name {
            found.push(element);
        } else if !matches!(&*element.name, "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sdtPr") {
            gather(element, name, found);
        }
    }
}
