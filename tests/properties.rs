//! Made-up drafts and texts go in; the invariants that one of them breaks come out.
//!
//! The seed is fixed, so that a run can be repeated: `ADREF_SEED=7` tries another, `PROPTEST_CASES=5000` more.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::collections::{BTreeMap, HashSet};

use adref::model::{Annotation, AsideKind, Draft, Entry, Fidelity, Library, Mark, Span, Via};
use adref::pipeline::{Annotator, Thresholds};
use adref::read;
use adref::text::{Folding, Shared, fold_word, sentences, shared_runs};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

fn config(cases: u32) -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    ProptestConfig {
        cases: number("PROPTEST_CASES").map_or(cases, |cases: u64| cases as u32),
        rng_seed: RngSeed::Fixed(number("ADREF_SEED").unwrap_or(20)),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    }
}

// ---- what drafts are made of

const WORDS: &[&str] = &[
    "Governments",
    "stakeholders",
    "the",
    "of",
    "and",
    "digital",
    "divides",
    "multi-stakeholder",
    "multistakeholder",
    "recognise",
    "recognize",
    "women’s",
    "São",
    "Internet",
    "Governance",
    "Forum",
    "GDC",
    "Global",
    "Digital",
    "Compact",
    "para.",
    "74",
    "2030",
    "Agenda",
    "70/125",
    "A/RES/70/125",
    "resolution",
    "General",
    "Assembly",
    "we",
    "reaffirm",
    "recall",
    "[shall]",
    "[should]",
    "per",
    "cent",
    "cooperation,",
    "(SDGs",
    "5)",
    "l’accès",
    "états",
    "развитие",
    "发展",
    "التنمية",
    "co\u{ad}operation",
    "non\u{2011}discrimination",
    "\u{a0}",
    "…",
    "–",
    "“quoted”",
    "annex",
    "I",
    "paragraph",
    "9",
    "ibid.",
    "U.N.",
    "1,000",
    "12.5",
    "&",
];

const AGREED: &[&str] = &[
    "We reaffirm, moreover, that the same rights that people have offline must also be protected online.",
    "We commit to respect, protect and promote human rights in the digital space.",
    "We recognize that Internet governance must continue to be global and multi-stakeholder in nature, with the \
     full involvement of Governments, the private sector, civil society, international organizations, technical \
     and academic communities and all other relevant stakeholders in accordance with their respective roles and \
     responsibilities.",
    "*Encourages* close alignment between the World Summit process and the 2030 Agenda for Sustainable \
     Development, as called for in General Assembly resolution 70/125;",
    "We acknowledge the importance of the Internet Governance Forum as the primary multi-stakeholder platform for \
     discussion of Internet governance issues.",
    "*Noting with great concern* the fact that a gender digital divide persists in women's access to and use of \
     information and communications technologies,",
    "*Calls upon* Member States to refrain from imposing restrictions on the free flow of information and ideas;",
];

const OPENINGS: &[&str] = &[
    "We reaffirm",
    "Recalling",
    "Reaffirming",
    "Noting with concern",
    "We call upon",
    "Decides",
    "We recall the GDC and",
    "We reaffirm the Tunis Agenda, and",
    "",
    "",
];

/// A library of four references made of the agreed sentences.
fn references() -> Vec<(&'static str, String)> {
    let list = |from: usize, to: usize| -> String {
        (from..to).map(|at| format!("{}. {}\n\n", at + 1, AGREED[at])).collect()
    };
    vec![
        (
            "one.md",
            format!(
                "---\nsymbol: A/RES/70/125\nnames: [WSIS+10 outcome document]\nadopted: 2015-12-16\n---\n\n{}",
                list(0, 2)
            ),
        ),
        (
            "two.md",
            format!(
                "---\nsymbol: A/RES/79/1\nannex: I\nnames: [Global Digital Compact, GDC]\nextent: excerpts\n---\n\n{}",
                list(1, 5)
            ),
        ),
        ("three.md", format!("---\nsymbol: E/RES/2024/13\n---\n\n{}", list(3, 6))),
        ("four.md", format!("---\nnames: [Tunis Agenda]\n---\n\n{}", list(4, 7))),
    ]
}

fn library(without: Option<usize>) -> Library {
    let mut library = Library::default();
    for (index, (path, text)) in references().into_iter().enumerate() {
        if Some(index) != without {
            let text = read::read(path, text.as_bytes()).unwrap();
            let name = text.front.names.first().cloned().unwrap_or_else(|| path.to_owned());
            library.entries.push(Entry { name, ..Entry::new(text) });
        }
    }
    library
}

fn words() -> impl Strategy<Value = String> {
    vec(select(WORDS), 0..14).prop_map(|words| words.join(" "))
}

/// A passage of agreed language: whole, or some of its words.
fn passage() -> impl Strategy<Value = String> {
    (select(AGREED), any::<bool>(), 0..30usize, 3..30usize).prop_map(|(text, whole, from, len)| {
        if whole {
            return text.to_owned();
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let from = from.min(words.len().saturating_sub(3));
        words[from..].iter().take(len).copied().collect::<Vec<_>>().join(" ").replace('*', "")
    })
}

/// What stands in a sentence besides its words.
fn extra() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => Just(String::new()),
        1 => words().prop_map(|w| format!("~~{}~~", format!("struck {w}").trim())),
        1 => words().prop_map(|w| format!("[{w} as appropriate]")),
        1 => Just("[^1]".to_owned()),
        1 => Just("(A/RES/70/125, para. 9)".to_owned()),
        1 => Just("**strong** and *soft*".to_owned()),
        1 => Just("<!-- a remark -->".to_owned()),
        1 => Just("[to be updated]".to_owned()),
        1 => Just("[a link](#there)".to_owned()),
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    (select(OPENINGS), words(), prop_oneof![1 => words(), 2 => passage()], extra(), words())
        .prop_map(|(opening, a, b, extra, c)| format!("{opening} {a} {b} {extra} {c}."))
        // Line breaks inside a paragraph, and white space twice, are not what is tested here.
        .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn number(at: usize, kind: u8) -> String {
    match kind {
        0 => format!("{at} bis."),
        1 => format!("{at}.alt"),
        2 => format!("OP{at}."),
        3 => format!("[{at}.]"),
        _ => format!("{at}."),
    }
}

/// A paragraph as drafts write them, without its number.
#[derive(Clone, Debug)]
struct Block {
    kind: u8,
    number: u8,
    text: String,
    parts: Vec<(u8, String)>,
}

fn block() -> impl Strategy<Value = Block> {
    let parts = vec((0..3u8, sentence()), 0..4);
    (0..12u8, 0..24u8, sentence(), parts).prop_map(|(kind, number, text, parts)| Block {
        kind,
        number,
        text,
        parts,
    })
}

fn written(blocks: &[Block], breaks: &str, mark: bool) -> String {
    const LETTERS: [&str; 4] = ["a", "b", "c", "d"];
    const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];
    let mut out = String::new();
    let mut at = 0;
    for block in blocks {
        let text = &block.text;
        match block.kind {
            // A heading has no place for struck-out words and calls to footnotes: they are dropped there.
            0 => out.push_str(
                &format!("# Heading {text}\n\n")
                    .replace(['<', '~'], "")
                    .replace("[^1]", "")
                    .replace("a remark", ""),
            ),
            1 => out.push_str(&format!("{text}\n\n")),
            2 => {
                at += 1;
                out.push_str(&format!("{at}. [...]\n\n"));
            }
            3 => out.push_str(&format!(
                "| {} | cell |\n|---|---|\n| one | two |\n\n",
                text.replace('|', "")
            )),
            4 => out.push_str(&format!("> We quote {text}\n\n")),
            _ => {
                at += 1;
                out.push_str(&format!("{} {text}\n\n", number(at, block.number)));
                for (index, (depth, part)) in block.parts.iter().enumerate() {
                    let label = if *depth > 1 { ROMAN[index] } else { LETTERS[index] };
                    let indent = if *depth > 1 { "        " } else { "    " };
                    let bullet = if block.kind % 2 == 0 { "- " } else { "" };
                    out.push_str(&format!("{indent}{bullet}({label}) {part}\n\n"));
                }
            }
        }
    }
    if out.contains("[^1]") {
        out.push_str("[^1]: See the footnote.\n");
    }
    let out = format!("---\ntitle: \"Made up\"\nstage: Rev.1\n---\n\n{out}").replace('\n', breaks);
    if mark { format!("\u{FEFF}{out}") } else { out }
}

fn draft() -> impl Strategy<Value = String> {
    (vec(block(), 0..9), select(&["\n", "\r\n"][..]), any::<bool>())
        .prop_map(|(blocks, breaks, mark)| written(&blocks, breaks, mark))
}

fn annotated(text: &str, library: &Library) -> Annotation {
    let draft = read::read("draft.md", text.as_bytes()).unwrap();
    Annotator::new(library, Thresholds::default()).annotate(draft)
}

// ---- words

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn words_are_slices_in_order(text in prop_oneof![any::<String>(), words(), sentence()]) {
        for folding in [Folding::general(), &Folding::plain()] {
            let words = folding.words(&text, &[]);
            for word in &words {
                prop_assert!(word.span.end <= text.len());
                prop_assert!(word.span.slice(&text).chars().any(char::is_alphanumeric), "{:?}", word.span);
            }
            for pair in words.windows(2) {
                // An abbreviation stands for several words, all with its span.
                prop_assert!(pair[0].span == pair[1].span || pair[0].span.end <= pair[1].span.start);
            }
        }
    }

    #[test]
    fn folding_what_is_folded_changes_nothing(word in prop_oneof![any::<String>(), "[a-zA-ZÀ-ž'’-]{1,14}", select(WORDS).prop_map(str::to_owned)]) {
        let once = fold_word(&word);
        prop_assert_eq!(fold_word(&once), once);
    }

    #[test]
    fn case_and_punctuation_do_not_count(text in words()) {
        let folding = Folding::plain();
        let louder = text.replace(", ", " ; ").replace(" the ", " THE ");
        prop_assert_eq!(folding.keys(&text), folding.keys(&louder));
    }

    #[test]
    fn sentences_are_slices_in_order(text in prop_oneof![any::<String>(), words(), sentence()]) {
        let found = sentences(&text);
        prop_assert!(found.iter().all(|s| !s.slice(&text).trim().is_empty()));
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let kept: usize = found.iter().map(|s| s.slice(&text).chars().filter(|c| c.is_alphanumeric()).count()).sum();
        prop_assert_eq!(kept, text.chars().filter(|c| c.is_alphanumeric()).count());
    }

    #[test]
    fn shared_runs_carry_as_much_as_can_be(
        a in vec(0..5u64, 0..45), b in vec(0..5u64, 0..45), k in 1..5usize
    ) {
        let runs = shared_runs(&a, &b, k);
        for Shared { a: i, b: j, len } in &runs {
            prop_assert!(*len >= k);
            prop_assert_eq!(&a[*i..i + len], &b[*j..j + len]);
        }
        for pair in runs.windows(2) {
            prop_assert!(pair[0].a + pair[0].len <= pair[1].a && pair[0].b + pair[0].len <= pair[1].b);
        }
        prop_assert_eq!(runs.iter().map(|run| run.len).sum::<usize>(), exhaustive(&a, &b, k));
    }
}

/// The most words that runs of at least `k` can carry, by looking at every cell.
fn exhaustive(a: &[u64], b: &[u64], k: usize) -> usize {
    let mut best = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            best[i][j] = best[i - 1][j].max(best[i][j - 1]);
            let run = (0..i.min(j)).take_while(|back| a[i - 1 - back] == b[j - 1 - back]).count();
            for len in k..=run {
                best[i][j] = best[i][j].max(best[i - len][j - len] + len);
            }
        }
    }
    best[a.len()][b.len()]
}

// ---- reading

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn reading_never_panics(text in any::<String>(), bytes in vec(any::<u8>(), 0..200)) {
        let _ = read::read("any.md", text.as_bytes());
        let _ = read::read("any.md", &bytes);
        let _ = read::read("any.md", format!("---\n{text}\n---\n{text}").as_bytes());
    }

    #[test]
    fn reading_markup_never_panics(pieces in vec(select(PIECES), 0..60)) {
        let text = pieces.concat();
        if let Ok(draft) = read::read("any.md", text.as_bytes()) {
            sound(&draft)?;
        }
    }

    #[test]
    fn reading_loses_no_word(text in draft()) {
        let draft = read::read("draft.md", text.as_bytes()).unwrap();
        sound(&draft)?;
        prop_assert_eq!(count(&everything(&draft)), count(&visible(&text)));
    }
}

/// Signs that mean something to a reader of Markdown, in any order.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "1. ",
    "12 bis. ",
    "(a) ",
    "(i) ",
    "- ",
    "* ",
    "# ",
    "> ",
    "| ",
    "|---|",
    "~~",
    "**",
    "*",
    "_",
    "`",
    "```",
    "<!-- ",
    " -->",
    "<del>",
    "</del>",
    "<br>",
    "[^1]",
    "[^1]: ",
    "[",
    "]",
    "](x)",
    "(",
    ")",
    "&amp;",
    "\\",
    "---\n",
    "===\n",
    "word",
    "слово",
    "语",
    "é",
    "\u{301}",
    "\u{a0}",
    "\u{200b}",
    ":",
    ".",
    ";",
    "adref: A/RES/70/125; verbatim",
];

/// What holds for every draft, whatever was read.
fn sound(draft: &Draft) -> Result<(), TestCaseError> {
    let ids: HashSet<&str> = draft.paragraphs.iter().map(|p| p.id.as_str()).collect();
    prop_assert_eq!(ids.len(), draft.paragraphs.len(), "ids are not unique");
    prop_assert!(!ids.contains(""));
    for paragraph in &draft.paragraphs {
        let text = &paragraph.text;
        let fits = |span: Span| span.start <= span.end && text.get(span.start..span.end).is_some();
        for part in &paragraph.parts {
            prop_assert!(
                fits(part.span) && fits(part.label) && part.depth > 0,
                "{part:?} of {text:?}"
            );
            prop_assert!(part.span.contains(part.label), "{part:?} of {text:?}");
        }
        let starts: Vec<usize> = paragraph.parts.iter().map(|part| part.span.start).collect();
        prop_assert!(starts.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", paragraph.parts);
        prop_assert!(paragraph.links.iter().all(|link| fits(link.span)));
        prop_assert!(paragraph.asides.iter().all(|aside| text.is_char_boundary(aside.at)));
        prop_assert!(paragraph.number.as_ref().is_none_or(|number| !number.is_empty()));
        for (offset, _) in text.char_indices() {
            let at = draft.position(paragraph, offset);
            prop_assert!(at.is_none_or(|at| at.line > 0 && at.column > 0));
        }
    }
    prop_assert!(draft.headings.iter().all(|h| h.before <= draft.paragraphs.len() && h.level > 0));
    Ok(())
}

fn everything(draft: &Draft) -> String {
    let mut out = Vec::new();
    out.extend(draft.headings.iter().map(|heading| heading.text.clone()));
    for paragraph in &draft.paragraphs {
        out.extend(paragraph.number.clone());
        out.push(paragraph.text.clone());
        out.extend(paragraph.asides.iter().map(|aside| aside.text.clone()));
    }
    for note in &draft.footnotes {
        out.push(note.label.clone());
        out.push(note.text.clone());
    }
    out.join("\n")
}

/// The words a draft shows, front matter and the target of links left out.
fn visible(text: &str) -> String {
    let body = text.splitn(3, "---").nth(2).unwrap_or_default();
    body.replace("(#there)", "").replace("~~", "").replace('*', "")
}

fn count(text: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *out.entry(word.to_owned()).or_default() += 1;
    }
    out
}

// ---- marks

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn marks_have_their_evidence(text in draft()) {
        let library = library(None);
        let annotation = annotated(&text, &library);
        prop_assert_eq!(annotation.facts.len(), annotation.draft.paragraphs.len());
        for (paragraph, facts) in annotation.paragraphs() {
            let marking = &facts.marking;
            let told = || format!("{}\n{marking:#?}", paragraph.text);
            match marking.mark {
                None => prop_assert!(paragraph.placeholder && marking.sources.is_empty(), "{}", told()),
                Some(Mark::New) => prop_assert!(marking.sources.is_empty(), "{}", told()),
                Some(_) => prop_assert!(!marking.sources.is_empty(), "{}", told()),
            }
            prop_assert_eq!(paragraph.placeholder, marking.mark.is_none());
            prop_assert_eq!(marking.sources.is_empty(), marking.fidelity == Fidelity::None, "{}", told());
            for source in &marking.sources {
                prop_assert_eq!(source.via == Via::Text, source.matched.is_some(), "{}", told());
                prop_assert!(source.matched.is_some() || source.citation.is_some(), "{}", told());
                for run in source.matched.iter().flat_map(|m| &m.runs) {
                    prop_assert!(run.words >= 3 && !run.draft.slice(&paragraph.text).is_empty(), "{}", told());
                }
            }
            let spans = &marking.spans;
            for span in spans {
                prop_assert!(!span.span.slice(&paragraph.text).is_empty(), "{}", told());
                if let Some(source) = span.source {
                    prop_assert!(marking.sources.get(source).is_some_and(|s| s.via == Via::Text), "{}", told());
                }
            }
            prop_assert!(spans.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{}", told());
            let coverage = marking.coverage;
            prop_assert!(coverage.carried <= coverage.total, "{}", told());
            prop_assert_eq!(coverage.carried > 0, spans.iter().any(|s| s.source.is_some()), "{}", told());
            prop_assert_eq!(coverage.carried < coverage.total, spans.iter().any(|s| s.source.is_none()), "{}", told());
            if marking.fidelity == Fidelity::Verbatim {
                prop_assert_eq!(coverage.carried, coverage.total, "{}", told());
            }
            // Struck words are shown, and never matched.
            prop_assert!(!paragraph.text.contains("struck"), "{}", told());
            for citation in &facts.citations {
                prop_assert!(!citation.span.slice(&paragraph.text).is_empty(), "{}", told());
                prop_assert!(citation.reference.is_none_or(|r| r < library.entries.len()));
            }
            let struck = paragraph.asides.iter().filter(|a| a.kind == AsideKind::Struck);
            prop_assert!(struck.into_iter().all(|aside| aside.text.starts_with("struck")));
        }
    }

    #[test]
    fn annotating_twice_gives_the_same(text in draft()) {
        let one = support::json(&[annotated(&text, &library(None))], &library(None));
        let two = support::json(&[annotated(&text, &library(None))], &library(None));
        prop_assert_eq!(&one, &two);
        support::schema::check("annotate-1.json", &serde_json::from_str(&one).unwrap());
    }

    #[test]
    fn a_reference_less_never_means_more_agreed(text in draft(), without in 0..4usize) {
        // A reference that is not held takes its short name with it, and so changes how many words there are.
        let text = text.replace("GDC", "Compact");
        // The bar rises with the number of paragraphs held; here it is kept where it stands for the whole library.
        let held = library(None).paragraph_count() as f64;
        let carried = |library: &Library| -> Vec<usize> {
            let mut thresholds = Thresholds::default();
            thresholds.matching.bits += (held / library.paragraph_count() as f64).log2();
            let draft = read::read("draft.md", text.as_bytes()).unwrap();
            let annotation = Annotator::new(library, thresholds).annotate(draft);
            annotation.facts.iter().map(|facts| facts.marking.coverage.carried).collect()
        };
        let (all, less) = (carried(&library(None)), carried(&library(Some(without))));
        for (index, (all, less)) in all.iter().zip(&less).enumerate() {
            prop_assert!(less <= all, "paragraph {index}: {less} words carried, with one more reference {all}");
        }
    }

    #[test]
    fn agreed_language_is_found_verbatim(at in 0..AGREED.len(), number in 1..300usize) {
        let library = library(None);
        let annotation = annotated(&format!("{number}. {}\n", AGREED[at]), &library);
        prop_assert_eq!(annotation.facts[0].marking.fidelity, Fidelity::Verbatim);
    }
}
