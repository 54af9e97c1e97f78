//! The paragraphs of one change, old and new, in; the redline that makes the one text of the other out.

mod align;
mod draw;
mod joined;
mod lines;
mod nature;
mod slide;
mod whole;

pub(super) use joined::Joined;

use crate::model::Segment;

/// The redline of one text against another.
///
/// Its words are aligned so that edits are few and long ([`align`]), those of a line with those of a line like it
/// ([`lines`]); edits are moved to the borders of phrases where they may stand in several places ([`slide`]), take figures
/// as wholes ([`whole`]), and are drawn to the character ([`draw`]).
pub(super) fn redline(mut old: Joined, mut new: Joined) -> Vec<Segment> {
    let mut shorts = [old.shorts.as_slice(), &new.shorts].concat();
    if !shorts.is_empty() {
        shorts.sort_unstable();
        shorts.dedup();
        old.in_short(&shorts);
        new.in_short(&shorts);
    }
    let (old, new) = (&old, &new);
    let lines = lines::Lines::of(old, new);
    let mut stretches = align::align(&old.tokens, &new.tokens, lines.as_ref());
    slide::slide(&mut stretches, old, new);
    let mut stretches = whole::keep_whole(stretches, old, new);
    if let Some(lines) = &lines {
        stretches = lines.cut(stretches);
    }
    draw::segments(&stretches, old, new)
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
    fn edits_begin_and_end_where_a_reader_would_begin_and_end_them() {
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
            // Sub-paragraphs that change places do not keep each other's first words, and a label is one sign.
            (
                "We decide:\n\n    - (a) To count all lamps of the coast (US$ 500);\n    - (b) To pay keepers a wage;",
                "We decide:\n\n    - (a) To pay keepers a wage;\n    - (b) To count all lamps of the coast (US$ 600);",
                "We decide:\n(a) [|To pay keepers a wage;\n(b) ]To count all lamps of the coast (US$ [500|600]);[\n(b) To pay keepers a wage;|]",
            ),
            (
                "See paragraph 3 (c) of it.",
                "See paragraph 3 (d) of it.",
                "See paragraph 3 [(c)|(d)] of it.",
            ),
            // A bracket goes by itself, and a sentence as a whole.
            (
                "Each needs lamps [at night]. Keepers come first. All others follow.",
                "Each needs lamps [at night. All others follow.",
                "Each needs lamps [at night[]|]. [Keepers come first. |]All others follow.",
            ),
            // What was put in at the end of one line and at the start of the next are two edits.
            (
                "We decide:\n\n    - (a) count all lamps by night;\n    - (b) pay keepers what is due.",
                "We decide:\n\n    - (a) count all lamps by day;\n    - (b) gladly pay keepers what is due.",
                "We decide:\n(a) count all lamps by [night|day];\n(b) [|gladly ]pay keepers what is due.",
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
