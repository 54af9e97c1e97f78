//! Raw HTML inside Markdown in; its comments, tags and words out.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A piece of raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// What stands between `<!--` and `-->`.
    Comment(&'t str),
    /// The name of a tag, with its slash where it closes: `br`, `/del`.
    Tag(&'t str),
    /// Words between tags, and what is no tag of HTML: `<insert place>`.
    Words(&'t str),
}

/// Cuts raw HTML into pieces; a tag or comment that never ends reaches to the end.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let taken;
            let piece;
            if let Some(comment) = rest.strip_prefix("<!--") {
                let end = comment.find("-->").unwrap_or(comment.len());
                piece = comment.get(..end).map(Piece::Comment);
                taken = (4 + end + 3).min(rest.len());
            } else if rest.starts_with('<') {
                let end = rest.find('>').unwrap_or(rest.len());
                let inside = rest.get(1..end).unwrap_or_default();
                let name = inside.split(char::is_whitespace).next().unwrap_or_default();
                taken = (end + 1).min(rest.len());
                piece = if is_words(inside, name) {
                    rest.get(..taken).map(Piece::Words)
                } else {
                    Some(Piece::Tag(name))
                };
            } else {
                taken = rest.find('<').unwrap_or(rest.len());
                let words = rest.get(..taken).unwrap_or_default().trim();
                piece = (!words.is_empty()).then_some(Piece::Words(words));
            }
            rest = rest.get(taken..).unwrap_or_default();
            if piece.is_some() {
                return piece;
            }
        }
        None
    })
}

/// The names of the elements of HTML.
static ELEMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("data/html-elements.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// True for what only looks like a tag: `<insert place>`. Elements of others have a colon or a hyphen in their names or
/// attributes with values.
fn is_words(inside: &str, name: &str) -> bool {
    let bare = name.trim_matches('/').to_ascii_lowercase();
    bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && !bare.contains([':', '-'])
        && !inside.trim_start_matches('/').contains(['=', '<', '/'])
        && !ELEMENTS.contains(bare.as_str())
}

/// Where `part`, a slice of `whole`, begins in it.
pub(super) fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

/// True for tags that strike words out, opening or closing.
pub(super) fn strikes(name: &str) -> bool {
    matches!(name.trim_start_matches('/').to_ascii_lowercase().as_str(), "del" | "s" | "strike")
}
