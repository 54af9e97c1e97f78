//! Two drafts in; which paragraphs became which, and what became of their words, out.

mod candidates;
mod changes;
mod credit;
mod equals;
mod exact;
mod footnotes;
mod headings;
mod lexicon;
mod lineage;
mod pair;
mod parts;
mod redline;
mod returned;
mod rows;
mod settle;
mod side;
mod strength;
mod travel;

pub use credit::{Held, credit};

pub use lineage::follow;

use pair::Paired;
use side::{Side, sides};

use std::borrow::Cow;

use crate::model::{Comparison, Draft};
use crate::text::{Folding, introduced_names};

/// Pairs the paragraphs of two drafts, through renumbering, moves, splits and merges, and redlines their words.
pub fn compare(old: &Draft, new: &Draft) -> Comparison {
    compare_with(Folding::general(), old, new)
}

/// The same, where `folding` tells which names are one in short and in full. Those that the drafts give themselves, "the
/// Global Digital Compact (GDC)", are one as well.
pub fn compare_with(folding: &Folding, old: &Draft, new: &Draft) -> Comparison {
    let folding = with_own_names(folding, [old, new]);
    let sides = sides(old, new, &folding);
    let paired = pair::paired(&sides.0, &sides.1);
    let mut comparison = compared(&sides.0, &sides.1, &paired);
    footnotes::tell(&mut comparison, old, new, &folding);
    comparison
}

/// Redlines the words of two drafts of one paragraph each, however little they share; else as [`compare_with`].
pub fn compare_one(folding: &Folding, old: &Draft, new: &Draft) -> Comparison {
    let folding = with_own_names(folding, [old, new]);
    let sides = sides(old, new, &folding);
    let mut comparison = compared(&sides.0, &sides.1, &pair::taken_as_one(&sides.0, &sides.1));
    footnotes::tell(&mut comparison, old, new, &folding);
    comparison
}

fn with_own_names<'f>(folding: &'f Folding, drafts: [&Draft; 2]) -> Cow<'f, Folding> {
    let paragraphs = drafts.into_iter().flat_map(|draft| &draft.paragraphs);
    let names = paragraphs.flat_map(|paragraph| introduced_names(&paragraph.text));
    names.filter(|(short, _)| !folding.knows(short)).fold(Cow::Borrowed(folding), |own, name| {
        let (short, long) = name;
        if own.knows(short) { own } else { Cow::Owned(own.into_owned().with_names([short, long])) }
    })
}

fn compared(old: &Side, new: &Side, paired: &Paired) -> Comparison {
    let changed = || changes::changes(old, new, paired);
    let headed = || headings::headings(old, new, &paired.links);
    let (mut changes, headings) = if new.texts.len() < side::FEW {
        (changed(), headed())
    } else {
        rayon::join(changed, headed)
    };
    travel::tell(&mut changes, old, new);
    strength::tell(&mut changes);
    Comparison { changes, headings, ..Comparison::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChangeKind, Differs, FootnoteCounts, Op};

    fn draft(text: &str) -> Draft {
        crate::read::read("draft.md", text.as_bytes()).expect("a draft")
    }

    /// The kinds of all changes.
    fn kinds(old: &str, new: &str) -> Vec<ChangeKind> {
        let comparison = compare(&draft(old), &draft(new));
        comparison.changes.iter().map(|change| change.kind).collect()
    }

    #[test]
    fn a_figure_or_a_sign_is_substance_and_a_comma_is_not() {
        for (old, new, kind) in [
            (
                "hold it below 1.5 degrees of warming",
                "hold it below 15 degrees of warming",
                ChangeKind::Edited,
            ),
            (
                "recalls A/RES/70/125 of that year",
                "recalls A/RES/701/25 of that year",
                ChangeKind::Edited,
            ),
            ("by 5 % of income each year", "by 5 of income each year", ChangeKind::Edited),
            ("by -5 per cent of income", "by 5 per cent of income", ChangeKind::Edited),
            ("at $5 a month for each", "at €5 a month for each", ChangeKind::Edited),
            ("in 2013–2015 and after", "in 2013-2015 and after", ChangeKind::Unchanged),
            ("the COVID-19 pandemic, still", "the COVID‑19 pandemic still", ChangeKind::Unchanged),
            ("recalls paragraph 5(a), of it", "recalls paragraph 5(b), of it", ChangeKind::Edited),
            ("the acts in (a) above, or all", "the acts in (c) above, or all", ChangeKind::Edited),
            ("by 12,5 per cent of income", "by 125 per cent of income", ChangeKind::Edited),
            ("by 12,500 of the towns", "by 12500 of the towns", ChangeKind::Unchanged),
            ("some 10⁶ lamps at sea", "some 10⁹ lamps at sea", ChangeKind::Edited),
            ("lamps on 5 m² of land", "lamps on 5 m³ of land", ChangeKind::Edited),
            ("as the Assembly⁵ has it", "as the Assembly⁶ has it", ChangeKind::Unchanged),
            ("in 2013-2015 and after", "in 2013 2015 and after", ChangeKind::Edited),
            ("the centre of it", "the Center of it", ChangeKind::Unchanged),
            ("the [open] Internet for all", "the open Internet for all", ChangeKind::Edited),
            (
                "the Global Bridge Treaty (GBT) and the Global Bridge Treaty",
                "the Global Bridge Treaty (GBT) and the GBT",
                ChangeKind::Unchanged,
            ),
        ] {
            assert_eq!(
                kinds(&format!("1. {old}\n"), &format!("1. {new}\n")),
                [kind],
                "{old} / {new}"
            );
        }
    }

    #[test]
    fn a_sentence_that_goes_to_the_next_paragraph_splits_nothing() {
        let (stays, goes, next) = (
            "Stresses the importance of open standards.",
            "It also notes the growing role of regional standardization bodies and of the \
             manufacturers that take part in their work.",
            "Invites all cities to publish their plans for public procurement of equipment.",
        );
        let old = format!("4. {stays} {goes}\n\n5. {next}\n");
        for new in [
            format!("4. {stays}\n\n5. {next} {goes}\n"),
            format!("4. {stays}\n\n5. {goes} {next}\n"),
        ] {
            assert_eq!(kinds(&old, &new), [ChangeKind::Edited; 2], "{new}");
            assert_eq!(kinds(&new, &old), [ChangeKind::Edited; 2], "{new}");
            let comparison = compare(&draft(&old), &draft(&new));
            let mut segments = comparison.changes.iter().flat_map(|change| &change.segments);
            assert!(segments.any(|s| s.op == Op::Insert && s.elsewhere == Some(0)), "{new}");
        }
    }

    #[test]
    fn a_split_whose_longer_part_stands_further_on_moves_nothing() {
        let (first, second) = (
            "The council counts the lamps of the town every year.",
            "The keepers of the lamps report to it on boats, on bridges, on mills and on all that the \
             rivers carry to the coast in spring.",
        );
        let (third, last) =
            ("Horses cross by day only.", "Mills stand still on Sundays in winter.");
        let old = format!("1. {first} {second}\n\n2. {third}\n\n3. {last}\n");
        let new = format!("1. {first}\n\n2. {third}\n\n3. {second}\n\n4. {last}\n");
        let comparison = compare(&draft(&old), &draft(&new));
        let told: Vec<(ChangeKind, bool)> =
            comparison.changes.iter().map(|change| (change.kind, change.moved)).collect();
        let stays = (ChangeKind::Unchanged, false);
        assert_eq!(told, [(ChangeKind::Split, false), stays, stays]);
    }

    #[test]
    fn of_equal_paragraphs_the_one_whose_neighbours_went_is_gone() {
        let towns = ["hill and lamps", "river and boats", "valley of mills", "market on Mondays"];
        let text = |more: &str, left_out: usize| {
            let towns = towns.iter().enumerate().filter(|(at, _)| *at != left_out);
            let town = |(_, town): (usize, &&str)| {
                format!("Option 1:\n\nThe town has a {town}{more}.\n\nOption 2:\n\nNo text\n\n")
            };
            towns.map(town).collect::<String>()
        };
        for more in ["", " and it is rich in fish"] {
            let comparison = compare(&draft(&text("", 9)), &draft(&text(more, 1)));
            let gone = comparison.changes.iter().filter(|change| change.new.is_empty());
            let gone: Vec<usize> = gone.flat_map(|change| change.old.clone()).collect();
            assert!(gone == [4, 5, 6, 7] || gone == [5, 6, 7, 8], "{gone:?}");
            assert!(comparison.changes.iter().all(|change| !change.moved));
        }
    }

    #[test]
    fn equal_paragraphs_move_no_more_than_they_must() {
        let of = |keys: &str| {
            let town = |key: char| match key {
                'x' => "Takes note of the report on the lamps of all the towns.".to_owned(),
                _ => format!("The town {key}{key}{key} has {key}{key} lamps at its {key}gate."),
            };
            keys.chars().map(|key| town(key) + "\n\n").collect::<String>()
        };
        // The first may be free, held by another that moved as well, or needed where it is.
        for (old, new, moved) in [
            ("pxbcgqxdef", "bcgpxdexf", 2),
            ("pxbcgqxdef", "bcgpxdef", 1),
            ("pxbcgdef", "bcgpxdef", 2),
        ] {
            for (old, new) in [(old, new), (new, old)] {
                let comparison = compare(&draft(&of(old)), &draft(&of(new)));
                let told = comparison.changes.iter().filter(|change| change.moved).count();
                assert_eq!(told, moved, "{old} / {new}");
            }
        }
    }

    #[test]
    fn brackets_are_a_status_and_no_words() {
        let comparison =
            compare(&draft("1. the [open] Internet\n"), &draft("1. the open Internet\n"));
        let differs = comparison.changes.iter().flat_map(|change| &change.segments);
        let differs: Vec<Differs> =
            differs.filter(|s| s.op != Op::Equal).map(|s| s.differs).collect();
        assert_eq!(differs, [Differs::Status; 2]);
    }

    #[test]
    fn another_kind_of_hyphen_is_seen_by_nobody() {
        let (old, new) = (
            draft("1. the COVID-19 \"plan\" of\u{A0}it\n"),
            draft("1. the COVID‑19 “plan” of it\n"),
        );
        let comparison = compare(&old, &new);
        let changed = comparison.changes.iter().flat_map(|change| &change.segments);
        assert!(changed.filter(|s| s.op != Op::Equal).all(|s| s.differs == Differs::Typography));
        assert!(comparison.is_identical());
    }

    #[test]
    fn a_footnote_that_changed_is_a_difference() {
        let text =
            |note: &str| draft(&format!("1. We urge all towns to act.[^1]\n\n[^1]: {note}\n"));
        let comparison = compare(&text("See A/RES/70/1."), &text("See A/RES/78/265."));
        assert!(!comparison.is_identical());
        assert_eq!(comparison.footnotes, FootnoteCounts { edited: 1, ..Default::default() });
        let [change] = comparison.changes.as_slice() else { unreachable!("one paragraph") };
        assert_eq!(change.kind, ChangeKind::Unchanged);
        assert_eq!(change.footnotes.len(), 1);
        for same in ["See A/RES/70/1.", "See\u{A0}A/RES/70/1."] {
            assert!(compare(&text("See A/RES/70/1."), &text(same)).is_identical(), "{same}");
        }
        let called = |first: &str, second: &str| {
            draft(&format!(
                "1. We urge towns.{first}\n\n2. We thank all.{second}\n\n[^a]: See it.\n"
            ))
        };
        let moved = compare(&called("[^a]", ""), &called("", "[^a]"));
        assert_eq!((moved.footnotes.removed, moved.footnotes.added), (1, 1));
    }

    #[test]
    fn footnotes_are_paired_by_their_words_and_their_calls() {
        // Each footnote that differs, by its labels.
        let told = |old: &str, new: &str| -> Vec<String> {
            let comparison = compare(&draft(old), &draft(new));
            let label = |draft: &Draft, at: Option<usize>| {
                at.map_or("-".to_owned(), |at| draft.footnotes[at].label.clone())
            };
            let (old, new) = (draft(old), draft(new));
            let below = comparison.changes.iter().flat_map(|change| &change.footnotes);
            let all = below.chain(&comparison.uncalled);
            all.map(|n| format!("{} {} {}", n.kind.word(), label(&old, n.old), label(&new, n.new)))
                .collect()
        };
        let text = |text: &str, notes: &[&str]| {
            let notes = notes.iter().zip(1..).map(|(note, at)| format!("[^{at}]: {note}\n"));
            format!("1. {text}\n\n{}", notes.collect::<String>())
        };
        let words = "We urge all towns[^1] to act on lamps[^2] today.";
        let old = text(words, &["See A/RES/70/1.", "Ibid."]);
        for (new, wanted) in [
            // Between the same words, however little is left of it.
            (text(words, &["Press release.", "Ibid."]), &["edited 1 1"][..]),
            // Much alike, wherever it is called.
            (
                text(
                    "We urge all towns to act on lamps[^1] today[^2].",
                    &["Ibid.", "See A/RES/70/2."],
                ),
                &["removed 1 -", "added - 2"],
            ),
            (
                text(
                    "We urge all[^1] towns[^2] to act on lamps[^3] today.",
                    &["New.", "See A/RES/70/1.", "Ibid."],
                ),
                &["added - 1"],
            ),
            (text("We urge all towns to act on lamps[^1] today.", &["Ibid."]), &["removed 1 -"]),
            // The number alone is no difference.
            (
                format!(
                    "1. Preface.[^9]\n\n2. {words}\n\n[^9]: New.\n[^1]: See A/RES/70/1.\n[^2]: Ibid.\n"
                ),
                &["added - 9"],
            ),
        ] {
            assert_eq!(told(&old, &new), wanted, "{new}");
        }
    }
}
