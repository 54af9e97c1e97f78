//! Headings and paragraphs of the new draft in; the lines that are put in for them, each where it belongs, out.

use std::ops::Range;

use super::fresh::{Added, Fresh};
use super::{Redline, notes, sentence, table};
use crate::model::{Aside, AsideKind, Change, ChangeKind, Paragraph, Set, Setting, Span};
use crate::ooxml::xml::Element;
use crate::report::docx::lines::{Item, Kind, around_struck, lines};
use crate::report::docx::markup::{self, Words, run_properties, set_as};
use crate::report::docx::numbers::Wanted;

impl<'a, 'e> Redline<'a, 'e> {
    /// Puts something in behind a paragraph of the file.
    pub(super) fn insert(&mut self, item: Item, change: Option<&Change>, cursor: Option<usize>) {
        match item {
            Item::Heading(at) => {
                let Some(heading) = self.compared.new.headings.get(at) else { return };
                let paragraph = Paragraph { text: heading.text.clone(), ..Paragraph::default() };
                self.fresh(&paragraph, Some(heading.level), Vec::new(), cursor);
            }
            Item::Paragraph(at) => {
                let Some(paragraph) = self.compared.new.paragraphs.get(at) else { return };
                let change = change.filter(|change| !change.old.is_empty());
                // A paragraph of struck-out words that is not found in the file stays where it is.
                let stands = |old: &usize| {
                    let unit = self.units.paragraphs.get(*old);
                    unit.is_some_and(|unit| !unit.paras.is_empty())
                };
                let unchanged = change.filter(|c| c.kind == ChangeKind::Unchanged);
                if paragraph.text.is_empty() && unchanged.is_some_and(|c| !c.old.iter().any(stands))
                {
                    return;
                }
                let told = change.map_or(Vec::new(), |change| {
                    let mut told = vec![sentence::come(change, self.plain)];
                    told.extend(notes(change, self.plain));
                    told
                });
                self.fresh(paragraph, None, told, cursor);
            }
        }
    }

    /// Puts the lines of a paragraph in.
    pub(super) fn fresh(
        &mut self,
        paragraph: &Paragraph,
        heading: Option<usize>,
        told: Vec<String>,
        cursor: Option<usize>,
    ) {
        let story = self.ground.story;
        if let Some(row) = cursor.and_then(|para| story.rows.get(story.paragraphs.get(para)?.row?))
            && paragraph.cells.len() > 1
            && row.cells().len() == paragraph.cells.len()
        {
            let like = (Some(row), row.columns());
            let row_text = table::row(paragraph, like, story.source, "", &mut self.hand);
            self.plan.edits.at.entry(row.element.span.end).or_default().push_str(&row_text);
            return;
        }
        let point = self.comments.point(&told, "ins", &mut self.hand);
        let mut fresh: Vec<Fresh<'e>> = Vec::new();
        for mut line in lines(paragraph) {
            if let Some(level) = heading {
                line.kind = Kind::Heading(level);
            }
            // A heading in a list parts it, and the number stands before the first part only.
            if line.label.is_some() && self.goes_on(paragraph) {
                line.number = None;
                line.kind = match line.kind {
                    Kind::Numbered => Kind::Part(1),
                    kind => kind,
                };
            }
            let like = self.ground.likes.near(line.kind, line.bullet, cursor.unwrap_or_default());
            let properties = like.and_then(|like| like.properties);
            let (wanted, typed) = self.ground.likes.wanted(&line, &paragraph.text, properties);
            let label = line.label.as_ref().filter(|_| line.number.is_none());
            let label = label.map_or(line.range.start, |label| label.end);
            let style = self.ground.likes.style(&line).filter(|_| like.is_none());
            let set = like.and_then(|like| like.set);
            let run = run_properties(set, story.source);
            let act = self.ground.likes.opening(paragraph);
            let act = act.filter(|_| label == 0 && heading.is_none());
            let mut words = self.words(paragraph, label..line.range.end, act, set);
            // A style for bullets has them.
            if wanted == Wanted::Nothing && !(line.bullet && style.is_some()) {
                words.insert(0, Words { run: run.clone(), text: typed.clone() });
            }
            fresh.push(Fresh {
                kind: line.kind,
                wanted,
                typed,
                words,
                like: properties,
                run,
                opening: String::new(),
                plain: like.is_none(),
                style,
            });
        }
        // Behind a footnote's call, LibreOffice would give the footnotes of all that follows to others.
        if let Some(first) = fresh.first_mut() {
            first.opening = point;
        }
        self.put(fresh.into_iter().map(|line| Added::Line(Box::new(line))), cursor);
    }

    /// Words of a paragraph, each in bold or in italics as it is set in the new draft, and `act` in italics; where nothing
    /// is set apart, all like the words of the old one that have the properties `set`.
    fn words(
        &self,
        paragraph: &Paragraph,
        range: Range<usize>,
        act: Option<Span>,
        set: Option<&Element>,
    ) -> Vec<Words> {
        let is_set_apart = self.ground.has_looks || act.is_some();
        let act = act.map(|span| Setting { span, how: Set::Italic });
        let own = paragraph.settings.iter().filter(|setting| is_look(setting));
        let settings: Vec<&Setting> = own.chain(&act).collect();
        let settings = is_set_apart.then_some(settings.as_slice());
        let struck: Vec<&Aside> = struck_in(&paragraph.asides, &range).collect();
        worded((&paragraph.text, range), (settings, &struck), set, self.ground.story.source)
    }

    /// True for a paragraph of the new draft that goes on with the list of the one before it.
    fn goes_on(&self, paragraph: &Paragraph) -> bool {
        let all = &self.compared.new.paragraphs;
        let at = all.iter().position(|other| std::ptr::eq(other, paragraph));
        let before = at.and_then(|at| all.get(at.checked_sub(1)?));
        before.is_some_and(|b| b.number.is_some() && b.number == paragraph.number)
    }

    /// Puts something in behind a paragraph of the file, or before all of them.
    pub(super) fn put(
        &mut self,
        added: impl IntoIterator<Item = Added<'e>>,
        cursor: Option<usize>,
    ) {
        match cursor {
            Some(para) => self.plan.behind.entry(para).or_default().extend(added),
            None => self.plan.first.extend(added),
        }
    }
}

/// Words of a text with those struck out among them, each set as `settings` say; without them all look like words that have the
/// properties `set`.
pub(super) fn worded(
    (text, range): (&str, Range<usize>),
    (settings, struck): (Option<&[&Setting]>, &[&Aside]),
    set: Option<&Element>,
    source: &str,
) -> Vec<Words> {
    let own = || settings.into_iter().flatten();
    let ends = own().flat_map(|setting| [setting.span.start, setting.span.end]);
    let ends = ends.chain(struck.iter().map(|aside| aside.at));
    let mut ends: Vec<usize> = ends.filter(|end| range.contains(end)).collect();
    ends.extend([range.start, range.end]);
    ends.sort_unstable();
    ends.dedup();
    let run = |at: usize| {
        let is = |how| own().any(|s| s.how == how && s.span.start <= at && at < s.span.end);
        match settings {
            Some(_) => set_as(set, source, (is(Set::Bold), is(Set::Italic))),
            None => run_properties(set, source),
        }
    };
    let mut words = Vec::new();
    for (at, from) in ends.iter().enumerate() {
        for aside in struck.iter().filter(|aside| aside.at == *from) {
            let run = run(*from);
            let (before, behind) = around_struck(text, aside);
            words.push(Words { run: run.clone(), text: before.to_owned() });
            words.push(Words { run: markup::struck(&run), text: aside.text.clone() });
            words.push(Words { run, text: behind.to_owned() });
        }
        let until = ends.get(at + 1).copied().unwrap_or(*from);
        let text = text.get(*from..until).unwrap_or_default().to_owned();
        words.push(Words { run: run(*from), text });
    }
    words.retain(|own| !own.text.is_empty());
    words
}

/// Words struck out among asides, in a stretch of their text, or at its ends.
pub(super) fn struck_in<'p>(
    asides: &'p [Aside],
    range: &Range<usize>,
) -> impl Iterator<Item = &'p Aside> {
    let (start, end) = (range.start, range.end);
    let struck = asides.iter().filter(|aside| aside.kind == AsideKind::Struck);
    struck.filter(move |aside| start <= aside.at && aside.at <= end)
}

/// True where words differ in their looks from those beside them.
pub(super) fn is_look(setting: &Setting) -> bool {
    setting.how != Set::Quotation
}
