//! The life of a sentence in; it for a terminal out, its wordings drawn against one another.

use super::Showing;
use super::cited::{Cited, cut, library_line};
use super::evidence::count;
use super::redline::{draw, redline};
use super::wrap::{Look, Styled};
use crate::model::{Carrier, Held, Library, Life, Wording};

/// Columns before the words of a wording.
const MARGIN: usize = 4;

/// Lines are no longer than this however wide the terminal is.
const WIDEST: usize = 120;

/// The words asked about are shown up to this many.
const MOST_WORDS: usize = 60;

/// A sentence's life, and how it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The life.
    pub life: &'a Life,
    /// The number of the sentence in its paragraph, from 1; none for the whole.
    pub sentence: Option<usize>,
}

/// Writes the lives for a terminal. Without a limit, every wording and every text is listed.
pub fn trace(lives: &[Told<'_>], library: &Library, showing: &Showing) -> String {
    let page = Page { library, showing, width: showing.width.clamp(40, WIDEST) };
    let mut out: String = lives.iter().map(|told| page.life(told)).collect();
    out.push_str(&page.line(&library_line(Held::of(library)), Look::Faint, 0));
    out
}

struct Page<'r> {
    library: &'r Library,
    showing: &'r Showing,
    width: usize,
}

impl Page<'_> {
    fn line(&self, text: &str, look: Look, indent: usize) -> String {
        let mut styled = Styled::default();
        styled.push(text, look);
        self.styled(&styled, indent, 0)
    }

    fn styled(&self, styled: &Styled, indent: usize, hanging: usize) -> String {
        styled.wrapped((indent, hanging), self.width, self.showing.color)
    }

    fn place(&self, carrier: &Carrier) -> (String, String) {
        let cited = Cited::of(self.library, carrier.location, Some(carrier.span));
        cited.map_or_else(Default::default, |cited| (cited.date(), cited.place()))
    }

    fn life(&self, told: &Told<'_>) -> String {
        let life = told.life;
        let mut head = Styled::default();
        if let Some(number) = told.sentence {
            head.push(format!("Sentence {number}: "), Look::Strong);
        }
        head.push(format!("“{}”", cut(&life.text, MOST_WORDS)), Look::Strong);
        let mut out = self.styled(&head, 0, 0) + "\n";
        out.push_str(&self.line(&self.summary(life), Look::Plain, 0));
        out.push('\n');
        let shown = self.shown(life);
        for at in &shown {
            out.push_str(&self.wording(life, *at));
        }
        if let left @ 1.. = life.wordings.len() - shown.len() {
            let left = count(left, "more wording", "more wordings");
            out.push_str(&self.line(&format!("{left}; --all shows them."), Look::Faint, 0));
            out.push('\n');
        }
        out
    }

    /// `In this library first agreed in …; last agreed in …: 17 texts, 4 wordings. The words asked about are wording 2.`
    fn summary(&self, life: &Life) -> String {
        let dated = |carrier: &&Carrier| {
            Cited::of(self.library, carrier.location, None).map(|cited| cited.when())
        };
        let known = || life.carriers().filter(|c| dated(c).is_some_and(|w| w.date().is_some()));
        let (first, last) = (known().min_by_key(dated), known().max_by_key(dated));
        let texts = life.carriers().count();
        let Some(any) = life.carriers().next() else {
            return "No text in the library carries it, neither as it stands nor in a like wording."
                .to_owned();
        };
        let told = |carrier: &Carrier| {
            let (date, place) = self.place(carrier);
            format!("{place} ({date})")
        };
        let mut out = match (first, last) {
            _ if texts == 1 => format!("In this library agreed once, in {}. ", told(any)),
            (Some(first), Some(last)) => format!(
                "In this library first agreed in {}; last agreed in {}. {}, {}. ",
                told(first),
                told(last),
                count(texts, "text", "texts"),
                count(life.wordings.len(), "wording", "wordings")
            ),
            _ => format!(
                "{}, {}, none with a date. ",
                count(texts, "text", "texts"),
                count(life.wordings.len(), "wording", "wordings")
            ),
        };
        if let Some(nearest) = &life.nearest {
            let number = nearest.wording + 1;
            out.push_str(&if nearest.changes.is_empty() {
                format!("The words asked about are wording {number}, word for word.")
            } else {
                format!("The words asked about are nearest to wording {number}.")
            });
        }
        let undated = life.carriers().filter(|c| dated(c).is_some_and(|w| w.date().is_none()));
        let by_symbol = life.carriers().filter(|c| dated(c).is_some_and(|w| w.is_by_symbol()));
        let (undated, by_symbol) = (undated.count(), by_symbol.count());
        if by_symbol > 0 {
            let texts = count(by_symbol, "text is", "texts are");
            out.push_str(&format!(" {texts} dated by the session in the symbol."));
        }
        if undated > 0 && undated < texts {
            out.push_str(&format!(" {} without a date: last.", count(undated, "text", "texts")));
        }
        out
    }

    /// The wordings shown: the first, the last, the nearest, and those that most texts have.
    fn shown(&self, life: &Life) -> Vec<usize> {
        let mut order: Vec<usize> = (0..life.wordings.len()).collect();
        let texts = |at: &usize| life.wordings.get(*at).map_or(0, |w| w.carriers.len());
        let nearest = life.nearest.as_ref().map(|nearest| nearest.wording);
        let last = order.len().saturating_sub(1);
        let needed = |at: &usize| *at == 0 || *at == last || Some(*at) == nearest;
        order.sort_by_key(|at| (!needed(at), std::cmp::Reverse(texts(at)), *at));
        order.truncate(self.showing.limit.unwrap_or(usize::MAX));
        order.sort_unstable();
        order
    }

    fn wording(&self, life: &Life, at: usize) -> String {
        let Some(wording) = life.wordings.get(at) else { return String::new() };
        let Some(first) = wording.carriers.first() else { return String::new() };
        let (date, place) = self.place(first);
        let mut head = Styled::default();
        head.push(format!("{:<MARGIN$}", at + 1).replace(' ', "\u{a0}"), Look::Strong);
        head.push(format!("{date} "), Look::Faint);
        head.push(place, Look::Strong);
        let cited = Cited::of(self.library, first.location, None);
        if let Some(name) = cited.and_then(|cited| cited.name()) {
            head.push(format!(" ({name})"), Look::Plain);
        }
        let from = wording.from.as_ref();
        if at == 0 {
            head.push(" ·\u{a0}first agreed", Look::Faint);
        } else if let Some(from) = from {
            head.push(format!(" ·\u{a0}from wording {}", from.wording + 1), Look::Faint);
        }
        let mut out = self.styled(&head, 0, MARGIN);
        let mut text = Styled::default();
        let earlier = from.and_then(|f| life.wordings.get(f.wording).map(|e| (e, &f.changes)));
        match earlier {
            Some((earlier, changes)) => {
                let pieces = redline(&earlier.text, &wording.text, changes);
                draw(&pieces, self.showing.color, &mut text);
            }
            None => text.push(wording.text.replace('\n', " "), Look::Plain),
        }
        out.push_str(&self.styled(&text, MARGIN, 0));
        out.push_str(&self.unchanged(wording));
        if let Some(nearest) = life.nearest.as_ref().filter(|n| n.wording == at)
            && !nearest.changes.is_empty()
        {
            let mut own = Styled::default();
            own.push("The words asked about: ", Look::Faint);
            draw(
                &redline(&wording.text, &life.text, &nearest.changes),
                self.showing.color,
                &mut own,
            );
            out.push_str(&self.styled(&own, MARGIN, 0));
        }
        out + "\n"
    }

    /// The texts in which a wording stood unchanged.
    fn unchanged(&self, wording: &Wording) -> String {
        let later = wording.carriers.get(1..).unwrap_or_default();
        let Some(last) = later.last() else { return String::new() };
        let places: Vec<(String, String)> = later.iter().map(|c| self.place(c)).collect();
        if self.showing.limit.is_none() || later.len() == 1 {
            let each = places.iter().map(|(date, place)| {
                let line = format!("Unchanged in {place} ({date}).");
                self.line(&line, Look::Faint, MARGIN)
            });
            return each.collect();
        }
        let since = places.first().map_or("", |(date, _)| date.as_str());
        let (date, place) = self.place(last);
        let line = format!(
            "Unchanged in {} more texts, {since} to {date}, the last {place}; --all lists them.",
            later.len(),
        );
        self.line(&line, Look::Faint, MARGIN)
    }
}
