//! Paragraphs of adopted resolutions in, told of in the past as drafts do ("in which it decided that …"), truly and with a figure
//! or a word altered; what `altered-agreed-language` warns of, out.
//!
//! The texts are not part of the project; without them this test says so and passes.

#![allow(clippy::print_stdout, reason = "a test says what it found")]

mod common;

use adref::check::Policy;
use adref::model::{Library, Severity};
use adref::pipeline::{Checker, Thresholds};
use adref::read::read;
use common::agreed::{Agreed, agreed, sessions};

/// Acts that resolutions open with, and how they are told of.
const TOLD: [(&str, &str); 9] = [
    ("Decides", "decided"),
    ("Requests", "requested"),
    ("Urges", "urged"),
    ("Encourages", "encouraged"),
    ("Calls upon", "called upon"),
    ("Invites", "invited"),
    ("Reaffirms", "reaffirmed"),
    ("Stresses", "stressed"),
    ("Recognizes", "recognized"),
];

/// Ways to tell of them: `{n}` is the number of the paragraph, `{s}` the symbol, `{t}` what is told.
const WAYS: [&str; 4] = [
    "Recalling its resolution {s}, in which it {t},",
    "Recalling also paragraph {n} of resolution {s}, in which the Assembly {t},",
    "Recalls that, in its resolution {s}, the General Assembly {t}.",
    "Noting that the Assembly, in paragraph {n} of resolution {s}, {t},",
];

/// What is done to the words: these, and what stands in their place.
const EDITS: [(&str, &str); 10] = [
    (" 2024", " 2029"),
    (" 2025", " 2021"),
    (" 2030 ", " 2035 "),
    (" two ", " four "),
    (" seventy-ninth ", " eighty-second "),
    (" eightieth ", " eighty-third "),
    (" should ", " should not "),
    (" to continue ", " not to continue "),
    (" will ", " will not "),
    (" annual ", " biennial "),
];

/// The words of a paragraph from its act on, told in the past: all of them, or up to a comma behind the middle.
fn told(agreed: &Agreed, is_part: bool) -> Option<String> {
    let text = agreed.words.join(" ");
    let text = text.trim_end_matches([';', '.']);
    let (act, past) = TOLD.iter().find(|(act, _)| text.starts_with(act))?;
    let rest = text.strip_prefix(act)?;
    let half = rest.char_indices().nth(rest.chars().count() / 2)?.0;
    let comma = rest.get(half..)?.find(',').map(|at| half + at);
    let rest = if is_part { rest.get(..comma?)? } else { rest };
    Some(format!("{past}{rest}"))
}

#[test]
fn what_is_told_of_a_resolution_is_what_it_says() {
    let (mut true_ones, mut wrongly, mut planted, mut found) = (0, 0, 0, 0);
    for library in sessions() {
        let (of_true, told_wrongly) = warned(&library, &|told| Some(told.to_owned()));
        true_ones += of_true;
        wrongly += told_wrongly.len();
        told_wrongly.iter().for_each(|message| println!("   wrongly: {message}"));
        for (old, new) in EDITS {
            let (all, told) =
                warned(&library, &|told| told.contains(old).then(|| told.replacen(old, new, 1)));
            println!("{old:?} to {new:?}: {} of {all}", told.len());
            planted += all;
            found += told.len();
        }
    }
    println!("== {found} of {planted} altered, {wrongly} of {true_ones} true ones");
    let share = found as f64 / (planted.max(1)) as f64;
    assert!(planted == 0 || share >= 0.9 && wrongly * 100 <= true_ones, "{share}, {wrongly}");
}

/// How many tellings there are, altered by `edit`; the warnings on them.
fn warned(library: &Library, edit: &dyn Fn(&str) -> Option<String>) -> (usize, Vec<String>) {
    let policy = Policy::default();
    let checker = Checker::new(library, Thresholds::default(), &policy);
    let all = agreed(library, usize::MAX);
    let tellings = all.iter().zip(0_usize..).filter_map(|(agreed, nth)| {
        let told = edit(&told(agreed, nth % 2 == 0)?)?;
        let way = WAYS.get(nth / 2 % WAYS.len())?;
        Some(
            way.replace("{n}", &agreed.number).replace("{s}", &agreed.symbol).replace("{t}", &told),
        )
    });
    let tellings: Vec<String> = tellings.take(120).collect();
    let draft: String = tellings.iter().zip(1..).map(|(t, n)| format!("{n}. {t}\n\n")).collect();
    let Ok(draft) = read("draft.md", draft.as_bytes()) else { return (0, Vec::new()) };
    let findings = checker.check(draft, None).checked.findings;
    let mut own: Vec<_> = findings
        .into_iter()
        .filter(|f| f.rule == "altered-agreed-language" && f.severity >= Severity::Warning)
        .collect();
    own.dedup_by(|a, b| a.paragraph == b.paragraph);
    let told =
        own.into_iter().map(|f| format!("{}: {}", f.paragraph.unwrap_or_default(), f.message));
    if std::env::var_os("SHOW").is_some() {
        tellings.iter().zip(1..).for_each(|(t, n)| println!("      {n}. {t}"));
    }
    (tellings.len(), told.collect())
}
