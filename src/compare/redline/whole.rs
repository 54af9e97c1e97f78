//! Aligned stretches in; the same with edits that reach over all of a figure or a symbol they would cut out.

use super::align::Stretch;
use super::joined::Joined;
use crate::model::Span;
use crate::text::whole_around;

/// Takes into each edit what stands beside it of the same figure or symbol, on either side: `1 200 000` for `1 900 000` is one
/// figure for another. Two edits with nothing left between them become one.
pub(super) fn keep_whole(stretches: Vec<Stretch>, old: &Joined, new: &Joined) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for mut stretch in stretches {
        if !stretch.equal {
            // As it begins now; behind an equal stretch all of which it takes over, it goes on with the edit before.
            while let Some(before) = out.last_mut().filter(|before| before.equal) {
                if !cuts((old, stretch.old.start), (new, stretch.new.start)) {
                    break;
                }
                (stretch.old.start, stretch.new.start) =
                    (stretch.old.start - 1, stretch.new.start - 1);
                (before.old.end, before.new.end) = (before.old.end - 1, before.new.end - 1);
                if before.old.is_empty() {
                    out.pop();
                }
            }
            match out.last_mut().filter(|last| !last.equal) {
                Some(last) => (last.old.end, last.new.end) = (stretch.old.end, stretch.new.end),
                None => out.push(stretch),
            }
            continue;
        }
        if let Some(edit) = out.last_mut().filter(|last| !last.equal) {
            while !stretch.old.is_empty()
                && cuts((old, stretch.old.start), (new, stretch.new.start))
            {
                (stretch.old.start, stretch.new.start) =
                    (stretch.old.start + 1, stretch.new.start + 1);
            }
            (edit.old.end, edit.new.end) = (stretch.old.start, stretch.new.start);
        }
        if !stretch.old.is_empty() {
            out.push(stretch);
        }
    }
    out
}

/// True where the border before these tokens lies within a figure or symbol of either text.
fn cuts((old, o): (&Joined, usize), (new, n): (&Joined, usize)) -> bool {
    is_within(old, o) || is_within(new, n)
}

/// True where the token `at` and the one before it are of one figure or symbol.
pub(super) fn is_within(side: &Joined, at: usize) -> bool {
    let Some([before, token]) = at.checked_sub(1).and_then(|first| side.tokens.get(first..=at))
    else {
        return false;
    };
    let gap = side.text.get(before.span.end..token.span.start).unwrap_or_default();
    // Words with nothing but a space between them are the most: only figures go on behind it.
    let plain = || {
        let figure = |span: Span| span.slice(&side.text).starts_with(char::is_numeric);
        figure(before.span) && figure(token.span)
    };
    let may = if gap == " " { plain() } else { !gap.contains('\n') };
    may && whole_around(&side.text, token.span.start)
        .is_some_and(|whole| whole.start < before.span.end)
}

#[cfg(test)]
mod tests {
    use crate::compare::compare;
    use crate::model::{Op, Segment};

    /// The redline of one wording against another.
    fn redlined(old: &str, new: &str) -> Vec<Segment> {
        let draft = |text: &str| {
            crate::read::read("draft.md", format!("1. {text}\n").as_bytes()).expect("a draft")
        };
        let comparison = compare(&draft(old), &draft(new));
        comparison.changes.into_iter().flat_map(|change| change.segments).collect()
    }

    /// `We [urge|ask] all`.
    fn drawn(segments: &[Segment]) -> String {
        let mut out = String::new();
        for (nth, segment) in segments.iter().enumerate() {
            let behind = nth > 0 && segments[nth - 1].op == Op::Delete;
            let ends = segments.get(nth + 1).is_none_or(|next| next.op != Op::Insert);
            match segment.op {
                Op::Equal => out.push_str(&segment.text),
                Op::Delete => {
                    out.push_str(&format!("[{}|{}", segment.text, if ends { "]" } else { "" }));
                }
                Op::Insert => {
                    out.push_str(&format!("{}{}]", if behind { "" } else { "[|" }, segment.text));
                }
            }
        }
        out
    }

    #[test]
    fn figures_and_symbols_change_as_wholes() {
        for (old, new, wanted) in [
            (
                "We all spend 12 345 678 dollars a year on it.",
                "We all spend 12 999 678 dollars a year on it.",
                "We all spend [12 345 678|12 999 678] dollars a year on it.",
            ),
            (
                "We all spend 345 678 dollars a year on it.",
                "We all spend 12 345 678 dollars a year on it.",
                "We all spend [345 678|12 345 678] dollars a year on it.",
            ),
            (
                "It costs all towns US$ 1.5 million.",
                "It costs all towns US$ 1.7 million.",
                "It costs all towns US$ [1.5|1.7] million.",
            ),
            (
                "In 2024 100 people came to all towns.",
                "In 2025 100 people came to all towns.",
                "In [2024|2025] 100 people came to all towns.",
            ),
            (
                "See A/77/62-E/2022/8 and paragraph 3 (of it).",
                "See A/78/62-E/2023/49 and paragraph 3 (of it).",
                "See [A/77/62-E/2022/8|A/78/62-E/2023/49] and paragraph 3 (of it).",
            ),
            (
                "We recall all resolution 75/202.",
                "We recall all resolution 76/189.",
                "We recall all resolution [75/202|76/189].",
            ),
            // Only written in another way, but one figure for another all the same.
            (
                "It costs 12 345 678 dollars a year.",
                "It costs 12,345,678 dollars a year.",
                "It costs [12 345 678|12,345,678] dollars a year.",
            ),
            (
                "It is a well known fact of all and any towns.",
                "It is a well-known fact of all and/any towns.",
                "It is a [well known|well-known] fact of all [and any|and/any] towns.",
            ),
            // Brackets come and go in pairs.
            (
                "Each Party [should] act at once on its own.",
                "Each Party [shall] [should] act at once on its own.",
                "Each Party [|[shall] ][should] act at once on its own.",
            ),
            (
                "Each Party [[shall] [should]] act at once on its own.",
                "Each Party [[should]] act at once on its own.",
                "Each Party [[[shall] |][should]] act at once on its own.",
            ),
            // Words at the end of a line are no new line with the label of the next.
            (
                "We decide:\n\n    - (a) count all lamps;\n    - (b) pay keepers.",
                "We decide:\n\n    - (a) count all lamps and pay keepers;\n    - (b) pay keepers.",
                "We decide:\n(a) count all lamps[| and pay keepers];\n(b) pay keepers.",
            ),
            (
                "We decide:\n\n    - (a) count all lamps;\n    - (b) pay keepers.",
                "We decide:\n\n    - (a) count all lamps pay keepers;\n    - (b) pay keepers.",
                "We decide:\n(a) count all lamps[| pay keepers];\n(b) pay keepers.",
            ),
            // A word by its side stays, and so do two figures that a comma parts.
            (
                "Paragraphs 3, 4 and 5 of his and/or her text.",
                "Paragraphs 3, 6 and 5 of his and/or our text.",
                "Paragraphs 3, [4|6] and 5 of his and/or [her|our] text.",
            ),
            (
                "يكلف الأمر ١٬٢٠٠ دولار في السنة",
                "يكلف الأمر ١٬٣٠٠ دولار في السنة",
                "يكلف الأمر [١٬٢٠٠|١٬٣٠٠] دولار في السنة",
            ),
        ] {
            let segments = redlined(old, new);
            assert_eq!(drawn(&segments), wanted);
            let side = |op: Op| -> String {
                let own = segments.iter().filter(|s| s.op == op || s.op == Op::Equal);
                own.map(|segment| segment.text.as_str()).collect()
            };
            let text = |text: &str| text.replace("\n\n    - ", "\n").replace("\n    - ", "\n");
            assert_eq!((side(Op::Delete), side(Op::Insert)), (text(old), text(new)));
        }
    }
}
