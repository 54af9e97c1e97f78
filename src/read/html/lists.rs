//! The lists around an item in; the number or label that a browser prints before it out.

use super::page::{Node, Tag};
use crate::text::label::{label, roman};
use crate::text::number::printed_number;

/// What stands before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// `12.`
    Number(String),
    /// `a.`, `ii.`
    Label(String),
    /// A bullet, or nothing.
    Bullet,
}

/// How a list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counter {
    Decimal,
    Letters { large: bool },
    Roman { large: bool },
    None,
}

/// A list that is open.
#[derive(Debug)]
pub(super) struct List {
    counter: Counter,
    next: i64,
    step: i64,
    /// How deep it stands, from 1.
    pub(super) depth: usize,
    /// What its current item is marked with, until the item has had its first words.
    pub(super) marker: Option<Marker>,
    /// True once the current item has had words.
    pub(super) begun: bool,
}

impl List {
    /// The list that `tag` begins, `outer` lists standing around it.
    pub(super) fn new(tag: &Tag, inside: &[Node], outer: usize) -> Self {
        let counter = if tag.name == "ol" { counter(tag) } else { Counter::None };
        let reversed = tag.has("reversed").is_some();
        let items = || {
            let item = |node: &&Node| matches!(node, Node::Open(tag) if tag.name == "li");
            inside.iter().filter(item).count() as i64
        };
        let first = tag.attribute("start").trim().parse().ok();
        let next = first.unwrap_or_else(|| if reversed { items() } else { 1 });
        let step = if reversed { -1 } else { 1 };
        let depth = level(tag).unwrap_or(outer + 1);
        Self { counter, next, step, depth, marker: None, begun: true }
    }

    /// An item begins.
    pub(super) fn item(&mut self, tag: &Tag) {
        let value = tag.attribute("value").trim().parse().unwrap_or(self.next);
        self.next = value.saturating_add(self.step);
        let own = tag.style("list-style-type").or(tag.style("list-style"));
        let counter = own.as_deref().and_then(counter_called).unwrap_or(self.counter);
        self.marker = Some(printed(counter, value));
        self.begun = false;
    }
}

/// Google Docs writes nested lists one after the other, and their level into the class: `lst-kix_x-1`.
fn level(tag: &Tag) -> Option<usize> {
    let mut classes = tag.attribute("class").split_whitespace();
    let (_, level) = classes.find(|class| class.starts_with("lst-kix"))?.rsplit_once('-')?;
    level.parse::<usize>().ok().map(|level| level.min(15) + 1)
}

fn counter(tag: &Tag) -> Counter {
    let styled = tag.style("list-style-type").or(tag.style("list-style"));
    if let Some(counter) = styled.as_deref().and_then(counter_called) {
        return counter;
    }
    match tag.attribute("type").trim() {
        "a" => Counter::Letters { large: false },
        "A" => Counter::Letters { large: true },
        "i" => Counter::Roman { large: false },
        "I" => Counter::Roman { large: true },
        _ => Counter::Decimal,
    }
}

fn counter_called(style: &str) -> Option<Counter> {
    style.split_whitespace().find_map(|name| match name {
        "none" | "disc" | "circle" | "square" => Some(Counter::None),
        "decimal" | "decimal-leading-zero" => Some(Counter::Decimal),
        "lower-alpha" | "lower-latin" => Some(Counter::Letters { large: false }),
        "upper-alpha" | "upper-latin" => Some(Counter::Letters { large: true }),
        "lower-roman" => Some(Counter::Roman { large: false }),
        "upper-roman" => Some(Counter::Roman { large: true }),
        _ => None,
    })
}

fn printed(counter: Counter, value: i64) -> Marker {
    let count = u32::try_from(value).ok().filter(|value| *value > 0);
    let text = match (counter, count) {
        (Counter::None, _) => return Marker::Bullet,
        (Counter::Letters { .. }, Some(count)) => letters(count),
        (Counter::Roman { .. }, Some(count)) if count < 4000 => roman(count.into()),
        _ => return Marker::Number(value.unsigned_abs().to_string()),
    };
    match counter {
        // A capital with a full stop would be the initial of a name to the other readers of numbers.
        Counter::Letters { large: true } | Counter::Roman { large: true } => {
            Marker::Label(format!("{})", text.to_uppercase()))
        }
        _ => Marker::Label(format!("{text}.")),
    }
}

/// `a`, `z`, `aa`, `ab`, as browsers count.
fn letters(mut count: u32) -> String {
    let mut out = Vec::new();
    while count > 0 {
        count -= 1;
        out.push(b'a' + (count % 26) as u8);
        count /= 26;
    }
    out.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// True for a text that is nothing but a printed number, a label or a bullet: the first cell of a list set as a table.
pub(super) fn is_marker(text: &str) -> bool {
    let text = text.trim();
    let whole = |end: usize| end == text.len();
    label(text).is_some_and(|label| whole(label.range.end))
        || printed_number(text).is_some_and(|printed| whole(printed.range.end))
        || is_bullet(text)
}

/// True for a text that is a bullet.
pub(super) fn is_bullet(text: &str) -> bool {
    let mut chars = text.trim().chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if BULLETS.contains(&c))
}

/// The text after a bullet that was typed, or written out by a word processor.
pub(super) fn after_bullet(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix(BULLETS)?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

/// Characters that are used as bullets; the last is where the Symbol font has one.
const BULLETS: [char; 10] = ['•', '·', '▪', '◦', '‣', '⁃', '●', '○', '■', '\u{f0b7}'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters() {
        let letter = Counter::Letters { large: false };
        for (counter, value, wanted) in [
            (letter, 1, "a."),
            (letter, 28, "ab."),
            (Counter::Letters { large: true }, 3, "C)"),
            (Counter::Roman { large: false }, 14, "xiv."),
        ] {
            assert_eq!(printed(counter, value), Marker::Label(wanted.to_owned()));
        }
        assert_eq!(printed(letter, 0), Marker::Number("0".to_owned()));
        assert!(is_marker(" (a) ") && is_marker("12.") && is_marker("•") && !is_marker("Post"));
    }
}
