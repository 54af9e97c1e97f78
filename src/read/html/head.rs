//! The nodes of a page in; what it says of itself in its head, as front matter, out.

use super::page::Node;
use crate::model::FrontMatter;

/// Reads title, date, author and address.
pub(super) fn front(nodes: &[Node]) -> FrontMatter {
    let mut front = FrontMatter::default();
    let mut author = None;
    for (at, node) in nodes.iter().enumerate() {
        let Node::Open(tag) = node else { continue };
        let content = tag.attribute("content").split_whitespace().collect::<Vec<_>>().join(" ");
        let name = [tag.attribute("name"), tag.attribute("property")].concat().to_lowercase();
        match tag.name.as_str() {
            "title" if front.title.is_none() => {
                let inside = nodes.get(at..tag.end).unwrap_or_default();
                let words = inside.iter().filter_map(|node| match node {
                    Node::Words(words, _) => Some(words.as_str()),
                    _ => None,
                });
                let title = words.collect::<String>();
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                front.title = Some(title).filter(|t| !t.is_empty() && !is_file_name(t));
            }
            "link" if tag.attribute("rel") == "canonical" => {
                front.url = Some(tag.attribute("href").trim().to_owned()).filter(|u| !u.is_empty());
            }
            "meta" if !content.is_empty() => match name.as_str() {
                "date"
                | "dc.date"
                | "dcterms.date"
                | "dcterms.created"
                | "created"
                | "article:published_time" => front.date = front.date.take().or(day(&content)),
                "author" | "dc.creator" | "dcterms.creator" => author = author.or(Some(content)),
                "og:url" => front.url = front.url.take().or(Some(content)),
                _ => {}
            },
            _ => {}
        }
    }
    if let Some(author) = author {
        front.other.insert("author".into(), author.into());
    }
    front
}

/// What word processors put where a title should be.
fn is_file_name(title: &str) -> bool {
    title.starts_with("Microsoft Word") || title.eq_ignore_ascii_case("untitled")
}

/// `2015-12-16` of "2015-12-16T10:00:00Z"; none where no day stands at its start.
fn day(content: &str) -> Option<String> {
    let day = content.get(..10)?;
    let dashed = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    dashed.then(|| day.to_owned())
}
