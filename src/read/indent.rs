//! Markdown in; the same text out, its indented lines moved to the margin, every word at its old place.
//!
//! Four spaces make code of a line in Markdown. Drafts hold no code: what stands indented under `12 bis.` is a
//! sub-paragraph, and its struck-out words, links and footnotes are what they are elsewhere.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Lines indented deeper than this many times four spaces stay code.
const DEEPEST: usize = 6;

/// Moves the indentation of code to the end of the line before it, where it means nothing; no byte is added
/// or lost, so that places in the text stay places in the file.
pub(super) fn unindented(body: &str, options: Options) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(body);
    // Without such a stretch nothing is indented that far, and the text is not parsed for it.
    if !may_be_indented(body) {
        return text;
    }
    for _ in 0..DEEPEST {
        let lines = code_lines(&text, options);
        if lines.is_empty() {
            break;
        }
        let mut bytes = text.clone().into_owned().into_bytes();
        for start in lines {
            move_indent(&mut bytes, start);
        }
        match String::from_utf8(bytes) {
            Ok(moved) if moved != *text => text = Cow::Owned(moved),
            _ => break,
        }
    }
    text
}

/// False where there is neither a tab nor four spaces in a row: of these, two stand at an even and an odd place. So a
/// processor looks at many bytes at once.
fn may_be_indented(body: &str) -> bool {
    let (pairs, last) = body.as_bytes().as_chunks::<2>();
    let found = |any: u8, pair: &[u8; 2]| {
        any | u8::from(pair == b"  ") | u8::from(pair[0] == b'\t') | u8::from(pair[1] == b'\t')
    };
    let stretches = || pairs.chunks(1 << 11).any(|stretch| stretch.iter().fold(0, found) != 0);
    (stretches() || last == b"\t") && (body.contains('\t') || body.contains("    "))
}

/// Where the words of indented code begin, line by line.
fn code_lines(text: &str, options: Options) -> Vec<usize> {
    let mut inside = false;
    let mut lines = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => inside = true,
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(words) if inside && !words.trim().is_empty() => lines.push(range.start),
            _ => {}
        }
    }
    lines
}

fn move_indent(bytes: &mut [u8], start: usize) {
    let before = bytes.get(..start).unwrap_or_default();
    let taken = match before {
        [.., b' ', b' ', b' ', b' '] => 4,
        [.., b'\t'] => 1,
        _ => return,
    };
    let Some(mut end) = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) else {
        // The first line of a text: empty lines mean nothing there.
        bytes.iter_mut().take(start).for_each(|byte| *byte = b'\n');
        return;
    };
    if end > 0 && before.get(end - 1..=end) == Some(b"\r\n") {
        end -= 1;
    }
    if let Some(line) = bytes.get_mut(end..start) {
        line.rotate_right(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        for (text, wanted) in [
            (
                "12 bis. We:\n\n    (a) To;\n\n    (b) Be.\n",
                "12 bis. We:\n    \n(a) To;\n    \n(b) Be.\n",
            ),
            ("A:\r\n\r\n    (a) To;\r\n", "A:\r\n    \r\n(a) To;\r\n"),
            ("A:\n\n\t(a) To;\n", "A:\n\t\n(a) To;\n"),
            ("    A\n", "\n\n\n\nA\n"),
            ("1. A:\n\n        (a) To;\n", "1. A:\n    \n    (a) To;\n"),
            ("1. A:\n\n   (a) To;\n", "1. A:\n\n   (a) To;\n"),
        ] {
            assert_eq!(unindented(text, Options::empty()), wanted);
        }
    }
}
