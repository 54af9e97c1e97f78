//! The properties of a Word file and its first lines in; what the document says of itself out.

use super::story::Item;
use crate::model::{FrontMatter, Omission};
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

/// Takes what is no text from the top of `items`: the masthead, of which the lines are given too, and the title. `header` are the lines printed
/// above the first page, `properties` is the part `core.xml`.
pub(super) fn front(
    items: &mut Vec<Item>,
    header: &[String],
    properties: Option<&Element>,
) -> (FrontMatter, Vec<String>) {
    let above = masthead(header).front;
    let (mut front, cover) = take_masthead(items);
    front.symbol = front.symbol.or(above.symbol);
    front.body = front.body.or(above.body);
    front.date = front.date.or(above.date);
    front.title = front.title.or_else(|| take_title(items));
    let said = |name| properties.and_then(|p| p.child(name)).map(|element| element.words());
    front.title = front.title.or_else(|| said("title").and_then(|title| plain_title(&title)));
    if front.adopted.is_none() {
        front.date = front.date.or_else(|| said("created").and_then(|date| day(&date)));
    }
    (front, cover)
}

/// Takes the masthead off the top; gives its lines too.
fn take_masthead(items: &mut [Item]) -> (FrontMatter, Vec<String>) {
    let mut lines = Vec::new();
    let mut ends = Vec::new();
    for item in items.iter() {
        let text = match item {
            Item::Paragraph(paragraph) if paragraph.printed.is_none() => &paragraph.flow.text,
            Item::Paragraph(_) => break,
            Item::Row(flow) => &flow.text,
            Item::Remark(_) | Item::LeftOut(_) => {
                ends.push(lines.len());
                continue;
            }
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
    // A line that is taken off is told as left out; what stands between such lines stays.
    for (item, whole) in items.iter_mut().zip(whole) {
        if whole && matches!(item, Item::Paragraph(_) | Item::Row(_)) {
            *item = Item::LeftOut(Omission::Cover);
        }
    }
    let cover =
        lines.into_iter().zip(taken).filter(|(line, taken)| *taken && !line.trim().is_empty());
    (front, cover.map(|(line, _)| line).collect())
}

/// No masthead has more lines than this.
const MOST_LINES: usize = 80;

/// Takes the title off the top, where a style says that it is one: what stands before it is no text.
fn take_title(items: &mut Vec<Item>) -> Option<String> {
    let is_title = |item: &Item| matches!(item, Item::Paragraph(p) if p.role == Some(Role::Title));
    let beside = |item: &Item| matches!(item, Item::LeftOut(_) | Item::Remark(_));
    let at = items.iter().position(|item| !beside(item))?;
    let Item::Paragraph(paragraph) = items.get(at).filter(|item| is_title(item))? else {
        return None;
    };
    let title = one_line(&paragraph.flow.text);
    items.remove(at);
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
