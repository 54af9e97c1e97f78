//! Two texts in Markdown in; one with the words that differ between the marks of CriticMarkup out.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::text::whole_len;

/// Texts of more tokens than this together are marked as wholes: comparing them word by word takes time that grows
/// with the square of what differs.
const MOST_TOKENS: usize = 8_000;

/// The new text with what was put in between `{++` and `++}`, what was taken out between `{--` and `--}`, and one for
/// the other between `{~~`, `~>` and `~~}`.
pub(super) fn redline(old: &str, new: &str) -> String {
    redline_by(old, new, |_, _| None)
}

/// The same, by what `told` says of the tokens of both texts; where it says nothing, they are compared here.
pub(super) fn redline_by(
    old: &str,
    new: &str,
    told: impl FnOnce(&[&str], &[&str]) -> Option<Vec<Part>>,
) -> String {
    if old == new {
        return new.to_owned();
    }
    let (before, now) = (tokens(old), tokens(new));
    let compared = || match before.len() + now.len() > MOST_TOKENS {
        true => vec![Part { differs: true, old: 0..before.len(), new: 0..now.len() }],
        false => parts(&before, &now),
    };
    let parts = told(&before, &now).unwrap_or_else(compared);
    let mut out = String::with_capacity(old.len() + new.len());
    for part in parts {
        let old = before.get(part.old).unwrap_or_default().concat();
        let new = now.get(part.new).unwrap_or_default().concat();
        // Struck-out words have the sign of a substitution.
        let plain = |text: &str| !text.is_empty() && !text.contains(['~', '\n']);
        if !part.differs {
            out.push_str(&new);
        } else if plain(&old) && plain(&new) {
            out.push_str(&format!("{{~~{old}~>{new}~~}}"));
        } else {
            let between = |open: &str, text: &str, close: &str| match text {
                "" => String::new(),
                text => format!("{open}{text}{close}"),
            };
            out.push_str(&between("{--", &old, "--}"));
            out.push_str(&between("{++", &new, "++}"));
        }
    }
    out
}

/// What stays, what goes and what comes: stretches of the old text and of the new one, and whether they differ.
pub(super) fn edits(old: &str, new: &str) -> Vec<(bool, String, String)> {
    let (before, now) = (tokens(old), tokens(new));
    let concat =
        |tokens: &[&str], range| tokens.get::<Range<usize>>(range).unwrap_or_default().concat();
    let parts = parts(&before, &now).into_iter();
    parts.map(|part| (part.differs, concat(&before, part.old), concat(&now, part.new))).collect()
}

/// Tokens of both texts that are the same, or that differ.
pub(super) struct Part {
    pub(super) differs: bool,
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Compares tokens one by one, by those that stand once in both texts first.
pub(super) fn parts(old: &[&str], new: &[&str]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        let part =
            Part { differs: op.tag() != DiffTag::Equal, old: op.old_range(), new: op.new_range() };
        // Words that changed in a row are one change, whatever space stands between them.
        let space = |part: &Part| {
            !part.differs && part.new.len() == 1 && new.get(part.new.start) == Some(&" ")
        };
        if part.differs && out.last().is_some_and(space) && out.len() > 1 {
            out.pop();
        }
        match out.last_mut() {
            Some(last) if last.differs && part.differs => {
                last.old.end = part.old.end;
                last.new.end = part.new.end;
            }
            _ => out.push(part),
        }
    }
    whole_brackets(&mut out, old, new);
    out
}

/// Moves what came or went alone so that it holds brackets in pairs: `[shall] ` and not `shall] [` before `should]`.
fn whole_brackets(parts: &mut [Part], old: &[&str], new: &[&str]) {
    for at in 1..parts.len().saturating_sub(1) {
        let Some([before, edit, after]) = parts.get_mut(at - 1..=at + 1) else { continue };
        let (tokens, own) = match (edit.old.is_empty(), edit.new.is_empty()) {
            (true, false) => (new, edit.new.clone()),
            (false, true) => (old, edit.old.clone()),
            _ => continue,
        };
        let cut = |by: usize| tokens.get(own.start - by..own.end - by).unwrap_or_default();
        if is_whole(cut(0)) {
            continue;
        }
        // One token at least stays before it.
        let same = |by: &usize| tokens.get(own.start - by) == tokens.get(own.end - by);
        let steps = 1..before.old.len().min(own.len());
        let Some(by) = steps.take_while(same).find(|by| is_whole(cut(*by))) else { continue };
        for range in [&mut edit.old, &mut edit.new] {
            *range = range.start - by..range.end - by;
        }
        (before.old.end, before.new.end) = (before.old.end - by, before.new.end - by);
        (after.old.start, after.new.start) = (after.old.start - by, after.new.start - by);
    }
}

/// True where every bracket has its other.
fn is_whole(tokens: &[&str]) -> bool {
    let depth = tokens.iter().try_fold(0usize, |depth, token| match *token {
        "[" | "\\[" => Some(depth + 1),
        "]" | "\\]" => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

/// Words, figures, symbols, spaces, and other characters one by one; what Markdown reads as one character stays whole.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let while_is = |fits: fn(char) -> bool| rest.find(|c: char| !fits(c)).unwrap_or(rest.len());
        let end = match first {
            // Figures and symbols are never cut.
            c if c.is_alphanumeric() => {
                let end = while_is(char::is_alphanumeric);
                // Most are words with a space behind them.
                let may = c.is_numeric() || !rest.get(end..).is_some_and(|r| r.starts_with(' '));
                if may { end.max(whole_len(rest)) } else { end }
            }
            // Indents count in Markdown: they stay with their line.
            '\n' => while_is(|c| matches!(c, '\n' | ' ')),
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            '&' => reference(rest),
            '[' => call(rest),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push(token);
        rest = after;
    }
    out
}

/// The length of a character reference such as `&#123;`; 1 where there is none.
fn reference(text: &str) -> usize {
    let name = text.get(1..).unwrap_or_default();
    let end = name.find(|c: char| c != '#' && !c.is_ascii_alphanumeric());
    match end.filter(|end| *end > 0 && name.get(*end..).is_some_and(|rest| rest.starts_with(';'))) {
        Some(end) => end + 2,
        None => 1,
    }
}

/// The length of a footnote's call, `[^1]`; 1 where there is none.
fn call(text: &str) -> usize {
    let label = text.strip_prefix("[^").unwrap_or_default();
    let end = label.find(|c: char| c == ']' || c == '[' || c.is_whitespace());
    match end.filter(|end| *end > 0 && label.get(*end..).is_some_and(|rest| rest.starts_with(']')))
    {
        Some(end) => end + 3,
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_marks() {
        for (old, new, wanted) in [
            ("We urge all.", "We urge all.", "We urge all."),
            ("We urge all.", "We invite all.", "We {~~urge~>invite~~} all."),
            ("We urge all.", "We strongly urge all.", "We {++strongly ++}urge all."),
            ("We urge all.", "We all.", "We {--urge --}all."),
            // Words changed in a row are one change.
            ("a b c d", "a x y d", "a {~~b c~>x y~~} d"),
            // The signs of struck-out words are no substitution, and a line's end is none.
            ("a ~~b~~ c", "a d c", "a {--~~b~~--}{++d++} c"),
            ("one. Two", "one.\n\n2. Two", "one.{++\n\n2.++} Two"),
            // What Markdown reads as one character is not torn apart.
            ("\\[a", "\\]a", "{~~\\[~>\\]~~}a"),
            ("&#123;a", "&#125;a", "{~~&#123;~>&#125;~~}a"),
            ("", "a", "{++a++}"),
            // Brackets come and go in pairs.
            ("Each [should] act", "Each [shall] [should] act", "Each {++[shall] ++}[should] act"),
            ("Each [a] [b] [c]", "Each [b] [c]", "Each {--[a] --}[b] [c]"),
            // Figures and symbols change as wholes.
            ("70/1 and/or 70/2", "70/1 and/or 70/3, annex", "70/1 and/or {~~70/2~>70/3, annex~~}"),
            ("A/79/100", "A/79/100/Rev.1", "{~~A/79/100~>A/79/100/Rev.1~~}"),
            ("12 345 678 a year", "12 999 678 a year", "{~~12 345 678~>12 999 678~~} a year"),
            (
                "A/RES/70/125, 2.5.",
                "A/RES/71/125, 2.6.",
                "{~~A/RES/70/125~>A/RES/71/125~~}, {~~2.5~>2.6~~}.",
            ),
            ("发展", "发 展", "{~~发展~>发 展~~}"),
            // So do the calls of footnotes.
            ("day.[^3]", "day.[^2] Boats go.[^3]", "day.{++[^2] Boats go.++}[^3]"),
            ("day.[^3]", "day.[^2]", "day.{~~[^3]~>[^2]~~}"),
        ] {
            assert_eq!(redline(old, new), wanted);
        }
    }

    #[test]
    fn what_is_too_long_is_marked_as_a_whole() {
        let (old, new) = ("a ".repeat(MOST_TOKENS), "a ".repeat(MOST_TOKENS) + "b");
        assert_eq!(redline(&old, &new), format!("{{~~{old}~>{new}~~}}"));
    }
}
