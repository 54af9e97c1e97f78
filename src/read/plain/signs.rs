//! A text in; whether it is plain text as people type and copy it, rather than Markdown, out.
//!
//! A text is plain when it has no sign of Markdown at all, and one of plain text:
//!
//! - a form feed, which programs that turn PDF into text put between pages;
//! - two paragraphs that begin with an indented line and without an empty line before them;
//! - lines broken by hand: eight or more that go on in the next one, nine of ten of them between 40 and 100
//!   characters long.
//!
//! Signs of Markdown are a front matter, `# Heading`, `**bold**`, `*emphasis*`, `_emphasis_`, `~~struck~~`, `` `code` ``,
//! links, footnotes, tables, tags, comments, escaped characters and entities. A hyphen, a star or a number before a
//! line, brackets, a line under a heading and `>` are signs of neither. So a text with a single sign of Markdown is
//! read as Markdown, and so is one without signs of either: there both readings give the same paragraphs.

use crate::text::label::label;
use crate::text::number::printed_number;

/// As much of a text as is looked at.
const HEAD: usize = 256 * 1024;

/// True for plain text.
pub(in crate::read) fn is_plain(text: &str) -> bool {
    let end = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let head = text.get(..end.unwrap_or(0)).unwrap_or_default();
    let lines: Vec<&str> = head.lines().map(unquoted).collect();
    let front = lines.first().is_some_and(|line| line.trim_end() == "---");
    !front
        && (head.contains('\u{c}') || indented(&lines) >= 2 || is_broken_by_hand(&lines))
        && !lines.iter().any(|line| is_markdown(line))
}

/// A line without the `>` that mails put before what they quote.
pub(super) fn unquoted(line: &str) -> &str {
    if line.starts_with('>') { line.trim_start_matches(['>', ' ']) } else { line }
}

/// True for a line with a sign of Markdown.
fn is_markdown(line: &str) -> bool {
    let text = line.trim_start();
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    let heading =
        (1..=6).contains(&hashes) && text.get(hashes..).is_some_and(|t| t.starts_with(' '));
    let delimiter = text.contains("--")
        && text.contains('|')
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    heading
        || delimiter
        || ["**", "~~", "`", "](", "[^", "<!--", "</", "{:"].iter().any(|sign| text.contains(sign))
        || emphasis(text, '*')
        || emphasis(text, '_')
        || tag_or_escape(text)
}

/// True where a mark opens before a word and closes after one.
fn emphasis(text: &str, mark: char) -> bool {
    let marks: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
    let before = |at: usize| text.get(..at).and_then(|t| t.chars().next_back());
    let after = |at: usize| text.get(at + 1..).and_then(|t| t.chars().next());
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = marks.iter().find(|at| !word(before(**at)) && word(after(**at)));
    opens.is_some_and(|open| {
        marks.iter().any(|at| {
            at > open && before(*at).is_some_and(|c| !c.is_whitespace()) && !word(after(*at))
        })
    })
}

/// `<br>`, `\*` and `&amp;`; an address in angle brackets is none of them.
fn tag_or_escape(text: &str) -> bool {
    let ends = |rest: &str, allowed: fn(char) -> bool, end: char| {
        let name = rest.trim_start_matches(allowed);
        name.len() < rest.len() && name.starts_with(end)
    };
    let bytes = text.as_bytes();
    text.match_indices(['<', '\\', '&']).any(|(at, sign)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        match sign {
            "<" => ends(rest.trim_end_matches('/'), |c| c.is_ascii_alphanumeric() || c == '/', '>'),
            "\\" => bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation),
            _ => ends(rest, |c| c.is_ascii_alphanumeric() || c == '#', ';'),
        }
    })
}

/// How many paragraphs begin with an indented line right under the end of another.
pub(super) fn indented(lines: &[&str]) -> usize {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let begins = |(before, line): &(&&str, &&str)| {
        let text = line.trim_start();
        let words = |c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '[' | '(');
        let letter = text.starts_with(words);
        let above = before.trim();
        let ended = above.ends_with(['.', ';', ',', ':', '!', '?', '”', '"']);
        letter && ended && columns(line) >= columns(before) + 2 && !is_item(above)
    };
    pairs.filter(begins).count()
}

/// True for the first line of an item, under which lines are indented in Markdown too.
fn is_item(line: &str) -> bool {
    line.starts_with(['-', '*', '+', '•'])
        || label(line).is_some()
        || printed_number(line).is_some()
}

/// Columns of white space before a line; a tab goes to the next eighth.
pub(super) fn columns(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}')).fold(0, |column, c| match c {
        '\t' => column / 8 * 8 + 8,
        _ => column + 1,
    })
}

fn is_broken_by_hand(lines: &[&str]) -> bool {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let going_on = pairs.filter(|(line, next)| {
        let bare = next.trim();
        !line.trim().is_empty() && !bare.is_empty() && !is_item(bare) && !is_rule(bare)
    });
    let widths: Vec<usize> = going_on.map(|(line, _)| line.trim_end().chars().count()).collect();
    let fitting = widths.iter().filter(|width| (40..=100).contains(*width)).count();
    widths.len() >= 8 && fitting * 10 >= widths.len() * 9
}

/// A line under a heading, or between two parts.
pub(super) fn is_rule(line: &str) -> bool {
    let mut chars = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = chars.next() else { return false };
    let all = matches!(first, '=' | '-' | '_' | '*' | '–' | '—' | '~') && chars.all(|c| c == first);
    all && line.trim().chars().count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight lines broken by hand, with `last` under them.
    fn broken(last: &str) -> String {
        let line = "We reaffirm that the same rights that people have offline must be\n";
        format!("{}{last}\n", line.repeat(9))
    }

    #[test]
    fn signs_of_plain_text() {
        for text in [
            "One page.\u{c}Another page.\n".to_owned(),
            "    We recall the\nGlobal Compact.\n    We affirm\nit.\n    We end.\n".to_owned(),
            broken("protected online."),
            broken("Albania,* Belgium* and others <me@example.org> [shall] [should]"),
            broken("> quoted\n- a list\n1. a number\n\nHEADING\n=======\n* A note."),
        ] {
            assert!(is_plain(&text), "{text}");
        }
    }

    #[test]
    fn signs_of_markdown() {
        for sign in [
            "# Heading",
            "*Recalling* its",
            "**Bold**",
            "_Recalling_",
            "~~struck~~",
            "[a](b)",
            "a[^1]",
            "<!-- c -->",
            "a<br>b",
            "12\\. We",
            "a&nbsp;b",
            "`a`",
            "| a | b |\n|---|---|",
        ] {
            assert!(!is_plain(&broken(sign)), "{sign}");
            assert!(!is_plain(&format!("A page.\u{c}\n{sign}\n")), "{sign}");
        }
        for text in [
            "",
            "---\ntitle: A\n---\nPage\u{c}\n",
            "1. One line a paragraph.\n\n2. Another.\n",
            "12 bis. We:\n\n    (a) To act;\n\n    (b) To wait.\n",
            "- One:\n    - Deep;\n    - Deeper.\n- Two:\n    and on.\n",
            "Short lines\nof a poem\nor an address\n\nand on\nand on\n",
        ] {
            assert!(!is_plain(text), "{text}");
        }
        assert!(!is_plain(&format!("---\ntitle: A\n---\n{}", broken("end."))));
    }
}
