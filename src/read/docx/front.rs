//! The properties of a Word file and its first lines in; what the document says of itself out.

use super::story::Item;
use crate::model::FrontMatter;
use crate::ooxml::styles::Role;
use crate::ooxml::xml::Element;
use crate::read::masthead::{Masthead, masthead};

/// Titles that programs give files by themselves, as they begin, in small letters.
const EMPTY_TITLES: [&str; 9] = [
    "document",
    "microsoft word",
    "untitled",
    "template",
    "normal",
    "title",
    "powerpoint",
    "presentation",
    "word document",
];

/// Days on which templates of programs were made, and no draft was.
const EMPTY_DATES: [&str; 3] = ["2013-12-23", "1601-01-01", "1970-01-01"];

/// Takes what is no text from the top of `items`: the masthead, and the title. `header` are the lines printed
/// above the first page, `properties` is the part `core.xml`.
pub(super) fn front(
    items: &mut Vec<Item>,
    header: &[String],
    properties: Option<&Element>,
) -> FrontMatter {
    let above = masthead(header).front;
    let mut front = take_masthead(items);
    front.symbol = front.symbol.or(above.symbol);
    front.body = front.body.or(above.body);
    front.date = front.date.or(above.date);
    front.title = front.title.or_else(|| take_title(items));
    let said = |name| properties.and_then(|p| p.child(name)).map(|element| element.words());
    front.title = front.title.or_else(|| said("title").and_then(|title| plain_title(&title)));
    if front.adopted.is_none() {
        front.date = front.date.or_else(|| said("created").and_then(|date| day(&date)));
    }
    front
}

/// Takes the masthead off the top.
fn take_masthead(items: &mut Vec<Item>) -> FrontMatter {
    let mut lines = Vec::new();
    let mut ends = Vec::new();
    for item in items.iter() {
        let text = match item {
            Item::Paragraph(paragraph) if paragraph.printed.is_none() => &paragraph.flow.text,
            Item::Paragraph(_) => break,
            Item::Row(flow) => &flow.text,
        };
        lines.extend(text.split('\n').flat_map(|line| line.split(" | ")).map(str::to_owned));
        ends.push(lines.len());
        if lines.len() > MOST_LINES {
            break;
        }
    }
    let Masthead { front, lines: taken } = masthead(&lines);
    let mut start = 0;
    let whole: Vec<bool> = ends
        .into_iter()
        .map(|end| {
            let own = std::mem::replace(&mut start, end)..end;
            taken.get(own).is_some_and(|lines| lines.iter().all(|taken| *taken))
        })
        .collect();
    let mut whole = whole.into_iter();
    items.retain(|_| !whole.next().unwrap_or(false));
    front
}

/// No masthead has more lines than this.
const MOST_LINES: usize = 80;

/// Takes the title off the top, where a style says that it is one: what stands before it is no text.
fn take_title(items: &mut Vec<Item>) -> Option<String> {
    let is_title = |item: &Item| matches!(item, Item::Paragraph(p) if p.role == Some(Role::Title));
    let first = items.first().filter(|item| is_title(item))?;
    let Item::Paragraph(paragraph) = first else { return None };
    let title = one_line(&paragraph.flow.text);
    items.remove(0);
    Some(title).filter(|title| !title.is_empty())
}

/// A title that a person gave the file.
fn plain_title(title: &str) -> Option<String> {
    let title = one_line(title);
    let low = title.to_lowercase();
    let counted = low.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let empty = EMPTY_TITLES.contains(&counted) || low.starts_with("microsoft word");
    let file =
        [".doc", ".docx", ".dotx", ".dot", ".odt"].iter().any(|ending| low.ends_with(ending));
    let words = title.split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
    (!empty && !file && words > 0 && title.len() <= 400).then_some(title)
}

/// The day of `2025-10-24T09:00:00Z`.
fn day(date: &str) -> Option<String> {
    let day = date.trim().get(..10)?;
    let shaped = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    (shaped && !EMPTY_DATES.contains(&day)).then(|| day.to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_days() {
        for title in
            ["Document1", "Microsoft Word - a.doc", "draft v2.docx", "", "Untitled", "70/125"]
        {
            assert_eq!(plain_title(title), None, "{title}");
        }
        assert_eq!(plain_title(" Zero  draft ").as_deref(), Some("Zero draft"));
        assert_eq!(day("2025-10-24T09:00:00Z").as_deref(), Some("2025-10-24"));
        assert_eq!(day("2013-12-23T23:15:00Z"), None);
        assert_eq!(day("soon"), None);
    }
}
