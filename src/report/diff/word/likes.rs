//! The old draft in its file in; what a new line is to look like, and how its number is typed, out.

use crate::model::{Draft, Paragraph, Span};
use crate::ooxml::numbering::Numbering;
use crate::ooxml::styles::Styles;
use crate::ooxml::xml::Element;
use crate::report::docx::clean::{opening, style};
use crate::report::docx::lines::{Kind, Line, lines};
use crate::report::docx::numbers::Wanted;
use crate::report::docx::story::{Story, look};
use crate::report::docx::units::{NOWHERE, Units};

/// A line of the old draft.
#[derive(Clone, Debug)]
pub(super) struct Like<'e> {
    kind: Kind,
    bullet: bool,
    para: usize,
    pub(super) properties: Option<&'e Element>,
    /// The properties of its last words.
    pub(super) set: Option<&'e Element>,
}

/// All lines of the old draft in its file, in their order.
pub(super) struct Likes<'a, 'e> {
    lines: Vec<Like<'e>>,
    /// What is typed before and behind the number of a paragraph.
    around: (String, String),
    /// True where tabs are typed behind the labels of sub-paragraphs.
    tabs: bool,
    numbering: &'a Numbering,
    styles: &'a Styles,
    /// True where the file was laid out here, with a style for every kind of line.
    own: bool,
}

impl<'a, 'e> Likes<'a, 'e> {
    /// Looks through the old draft.
    pub(super) fn of(
        draft: &Draft,
        units: &Units,
        story: &Story<'e>,
        (numbering, styles): (&'a Numbering, &'a Styles),
        own: bool,
    ) -> Self {
        let mut found = Vec::new();
        for (heading, unit) in draft.headings.iter().zip(&units.headings) {
            let para = unit.as_ref().and_then(|unit| unit.paras.first());
            found.extend(para.map(|para| (Kind::Heading(heading.level), false, *para)));
        }
        let mut around = None;
        let mut tabs = None;
        let tab = |place| story.source.get(place..).is_some_and(|s| s.starts_with("<w:tab"));
        for (paragraph, unit) in draft.paragraphs.iter().zip(&units.paragraphs) {
            if unit.shared || unit.row.is_some() {
                continue;
            }
            for line in lines(paragraph) {
                let places = unit.places.get(line.range.clone()).unwrap_or_default();
                let place = places.iter().find(|place| **place != NOWHERE);
                let behind = line.label.as_ref().and_then(|label| unit.places.get(label.end - 1));
                tabs = tabs.or_else(|| behind.map(|place| *place != NOWHERE && tab(*place)));
                let para = place.and_then(|place| story.run_at(*place)).map(|run| run.para);
                found.extend(para.map(|para| (line.kind, line.bullet, para)));
            }
            let typed = unit.typed(story).into_iter();
            let typed: String = typed.map(|(at, c)| if tab(at) { '\t' } else { c }).collect();
            let number = paragraph.number.as_deref().filter(|_| !paragraph.bracketed);
            let parted = number.and_then(|number| typed.split_once(number));
            around = around.or_else(|| parted.map(|(a, b)| (a.to_owned(), b.to_owned())));
        }
        found.sort_by_key(|(.., para)| *para);
        let line = |(kind, bullet, para): (Kind, bool, usize)| {
            let paragraph = story.paragraphs.get(para)?;
            let runs = paragraph.runs.iter().filter_map(|run| story.runs.get(*run));
            let last = runs.rev().find(|run| run.there && run.element.child("t").is_some());
            let set = last.and_then(|run| run.element.child("rPr"));
            let para = story.end_of_line(para);
            let properties = story.paragraphs.get(para)?.properties;
            Some(Like { kind, bullet, para, properties, set })
        };
        let lines = found.into_iter().filter_map(line).collect();
        let around = around.unwrap_or_else(|| (String::new(), ".\t".to_owned()));
        Self { lines, around, tabs: tabs == Some(true), numbering, styles, own }
    }

    /// The nearest line of this kind before a paragraph of the file, else behind it. Where there is none, a heading may be
    /// of another level, a line that goes on may be like one that begins, and a sub-paragraph with a label may have had
    /// a bullet or stood less deep, unless there is a style for it.
    pub(super) fn near(&self, kind: Kind, bullet: bool, para: usize) -> Option<&Like<'e>> {
        let nearest = |fits: &dyn Fn(&&Like<'e>) -> bool| {
            let fitting = || self.lines.iter().filter(fits);
            let before = fitting().rev().find(|line| line.para <= para);
            before.or_else(|| fitting().next())
        };
        let alike = |own| {
            matches!(
                (own, kind),
                (Kind::Heading(_), Kind::Heading(_)) | (Kind::Text, Kind::Continued)
            )
        };
        let same = nearest(&|line| line.kind == kind && line.bullet == bullet);
        let other = || nearest(&|line| line.kind == kind || alike(line.kind));
        let outer = || match kind {
            Kind::Part(depth) => {
                (1..depth).rev().find_map(|outer| nearest(&|line| line.kind == Kind::Part(outer)))
            }
            _ => None,
        };
        same.or_else(|| if self.own { None } else { other().or_else(outer) })
    }

    /// The act that a paragraph begins with, which is set in italics in a file that was laid out here.
    pub(super) fn opening(&self, paragraph: &Paragraph) -> Option<Span> {
        if self.own { opening(paragraph) } else { None }
    }

    /// The style for a line, in a file that was laid out here.
    pub(super) fn style(&self, line: &Line) -> Option<String> {
        self.own.then(|| style(line))
    }

    /// What a line looks like in a file that was laid out here, where a paragraph with these properties is set as another kind
    /// of line: there the style says what a line is.
    pub(super) fn restyled(&self, line: &Line, like: Option<&Element>) -> Option<String> {
        let wanted = self.style(line)?;
        let own = like.and_then(|set| set.value("pStyle")).unwrap_or_default();
        // Reading a numbered paragraph, or one without a number, does not depend on its style.
        let plain = |style: &str| ["Numbered", "Preamble"].contains(&style);
        let kept = own == wanted
            || plain(own) && plain(&wanted)
            || own.starts_with("Quote")
            || matches!(line.kind, Kind::Heading(_));
        let bidi = like.and_then(|set| set.child("bidi")).map_or("", |_| "<w:bidi/>");
        (!kept).then(|| format!("<w:pStyle w:val=\"{wanted}\"/>{bidi}"))
    }

    /// True where Word counts a paragraph with these properties.
    pub(super) fn is_counted(&self, properties: Option<&Element>) -> bool {
        self.numbering.has(&look(properties, self.styles).list)
    }

    /// A number as it is typed before the words of a paragraph.
    pub(super) fn typed(&self, number: &str) -> String {
        match number.strip_prefix('[').and_then(|number| number.strip_suffix(']')) {
            Some(number) => format!("[{number}.] "),
            None => format!("{}{number}{}", self.around.0, self.around.1),
        }
    }

    /// What is typed between the label of a sub-paragraph and its words.
    pub(super) fn behind_label(&self) -> &'static str {
        if self.tabs { "\t" } else { " " }
    }

    /// What is to be printed before a line that looks like these properties, and what is typed otherwise; `text` is
    /// that of its paragraph.
    pub(super) fn wanted(
        &self,
        line: &Line,
        text: &str,
        like: Option<&Element>,
    ) -> (Wanted, String) {
        let label = line.label.clone().and_then(|label| text.get(label));
        let (wanted, typed) = match (&line.number, label) {
            (Some(number), _) => (Wanted::Label(number.clone()), self.typed(number)),
            (None, Some(label)) => {
                let plain = label.trim();
                let behind = if label == plain { "" } else { self.behind_label() };
                let typed = format!("{plain}{behind}");
                (Wanted::Label(plain.to_owned()), typed)
            }
            (None, None) if line.bullet => (Wanted::Bullet, "• ".to_owned()),
            (None, None) => (Wanted::Nothing, String::new()),
        };
        if self.is_counted(like) { (wanted, typed) } else { (Wanted::Nothing, typed) }
    }
}
