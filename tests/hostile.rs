//! Sample files go in, broken in every way a seed can think of; whatever is not a report or a clear error comes out.
//!
//! This runs with every test run. `ADREF_SEED=7` breaks them otherwise, `ADREF_ROUNDS=5000` more often.
//! The time limits are wide: they are there to notice a quadratic reader, not to measure a fast one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use adref::library::{select, verify};
use adref::model::Library;
use adref::model::Scope;
use adref::pipeline::{Annotator, Thresholds};
use adref::read;
use adref::report::{self, Format, Options};
use support::{load, markdown_in, root};

/// A small generator of numbers (xorshift64*), so that a failure can be met again.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() >> 11) as usize % most.max(1)
    }

    fn pick<'s, T: ?Sized>(&mut self, list: &[&'s T]) -> &'s T {
        list[self.below(list.len())]
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// Pieces that mean something to some reader.
const PIECES: &[&[u8]] = &[
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\x1b[2J",
    b"\x1b]0;title\x07",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xC3",
    b"\xF0\x9F",
    b"---\n",
    b"...\n",
    b"- ",
    b"1. ",
    b"999999999999999999999. ",
    b"12 bis. ",
    b"(a) ",
    b"(i) ",
    b"[",
    b"]",
    b"(",
    b")",
    b"<!-- ",
    b"-->",
    b"<!-- adref: ",
    b"<script>alert(1)</script>",
    b"~~",
    b"**",
    b"`",
    b"```\n",
    b"    ",
    b"\t",
    b"| ",
    b"|---|\n",
    b"> ",
    b"[^1]",
    b"[^1]: ",
    b"&#0;",
    b"&amp;",
    b"=cmd|' /C calc'!A0",
    b"A/RES/70/125",
    b"A/RES/99999999999999/9",
    b"paras. 1-999999999",
    b"paragraphs 5 to 2",
    b"S/RES/1(2025)",
    b"ibid.",
    b"GDC",
    b"[to be updated",
    b"\xE2\x80\xAE",
    b"\xCC\x81\xCC\x81",
    b"symbol: ",
    b"names: [",
    b"&a [*a]",
    b"title: |\n",
    b"\\",
    b"#",
    b"=====\n",
];

/// Breaks a file in one way.
fn broken(seed: &mut Seeded, files: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = files[seed.below(files.len())].clone();
    for _ in 0..=seed.below(6) {
        let at = seed.below(bytes.len() + 1);
        match seed.below(7) {
            0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (at % 8)),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(..at)),
            3 => {
                let other = &files[seed.below(files.len())];
                let from = seed.below(other.len());
                let to = (from + seed.below(2_000)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            4 => {
                let to = (at + seed.below(500)).min(bytes.len());
                let twice = bytes[at..to].to_vec();
                bytes.splice(at..at, twice);
            }
            5 => {
                let times = 1 + seed.below(40);
                let piece = seed.pick(PIECES).repeat(times);
                bytes.splice(at..at, piece);
            }
            _ => {
                bytes.splice(at..at, seed.pick(PIECES).iter().copied());
            }
        }
    }
    bytes
}

/// Reads, annotates and reports; a file that is refused is refused with a message.
fn whole_way(bytes: &[u8], library: &Library) {
    match read::read("hostile.md", bytes) {
        Err(error) => {
            assert!(error.to_string().starts_with("hostile.md"), "{error}");
            assert!(!error.message.is_empty());
        }
        Ok(draft) => {
            let annotation = Annotator::new(library, Thresholds::default()).annotate(draft);
            for format in [Format::Terminal, Format::Markdown, Format::Json, Format::Html] {
                let options = Options { format, ..Options::default() };
                let written = report::annotations(&[(&annotation, library)], &options).unwrap();
                let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
                assert!(!written.contains(steers), "a control character got through");
            }
        }
    }
}

#[test]
fn broken_samples() {
    let library = load(&root().join("references"));
    let mut files: Vec<Vec<u8>> = Vec::new();
    for folder in ["drafts", "references"] {
        files.extend(markdown_in(&root().join(folder)).iter().map(|path| fs::read(path).unwrap()));
    }
    // The drafts are long; pieces of them reach as many states in less time.
    for index in 0..2 {
        let text = files[index].clone();
        files.extend(text.chunks(4_000).map(<[u8]>::to_vec));
    }
    files.drain(..2);
    let first = number("ADREF_SEED", 20);
    let end = Instant::now() + Duration::from_secs(120);
    for round in 0..number("ADREF_ROUNDS", 400) {
        let mut seed = Seeded(first.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (round + 1));
        let bytes = broken(&mut seed, &files);
        let done =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| whole_way(&bytes, &library)));
        if done.is_err() {
            let kept = std::env::temp_dir().join(format!("adref-hostile-{first}-{round}.md"));
            fs::write(&kept, &bytes).unwrap();
            panic!("round {round} of seed {first}: the file is kept in {}", kept.display());
        }
        if Instant::now() > end {
            println!("stopped after {round} rounds");
            break;
        }
    }
}

#[test]
fn broken_references() {
    let draft = fs::read(root().join("drafts/rev1.md")).unwrap();
    let good: Vec<Vec<u8>> = markdown_in(&root().join("references"))
        .iter()
        .map(|path| fs::read(path).unwrap())
        .collect();
    let folder = tempfile::tempdir().unwrap();
    for round in 0..number("ADREF_ROUNDS", 400) / 40 {
        let mut seed = Seeded(number("ADREF_SEED", 20) ^ (round << 20) ^ 0xA5A5);
        for index in 0..good.len() {
            let bytes = broken(&mut seed, &good);
            fs::write(folder.path().join(format!("{index}.md")), bytes).unwrap();
        }
        let library = load(folder.path());
        assert_eq!(library.entries.len() + count_unreadable(&library), good.len());
        whole_way(&draft, &library);
        let chosen = select(&library, &Scope::default());
        let _ = report::reference_list(&library, &chosen, 80, false);
        let _ = report::reference_csv(&library, &chosen);
        let json = report::reference_json(&library, &chosen);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        let verified = verify(&[folder.path().to_owned()]).unwrap();
        assert_eq!(verified.references, library.entries.len());
    }
}

fn count_unreadable(library: &Library) -> usize {
    library.findings.iter().filter(|finding| finding.rule == "unreadable").count()
}

/// Shapes that make a careless reader recurse, or look at everything for everything.
#[test]
fn deep_and_long() {
    let library = load(&root().join("references"));
    let agreed = "We commit to respect, protect and promote human rights in the digital space. ";
    let nested: String =
        (0..1_000).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect();
    let ordered: String =
        (0..300).map(|depth| format!("{}1. item\n", "   ".repeat(depth))).collect();
    let quoted = format!("{} end", "> ".repeat(10_000));
    let many: String = (1..20_000).map(|n| format!("{n}. We decide.\n\n")).collect();
    let notes: String =
        (1..3_000).map(|n| format!("{n}. Note[^{n}].\n\n[^{n}]: Text.\n\n")).collect();
    let cases: Vec<(&str, String)> = vec![
        ("open brackets", "[".repeat(10_000)),
        ("brackets", format!("{}x{}", "[".repeat(10_000), "]".repeat(10_000))),
        ("open parentheses", "(".repeat(10_000)),
        ("parentheses", format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000))),
        ("quotations", ">".repeat(10_000)),
        ("quotations with spaces", quoted),
        ("nested bullets", nested),
        ("nested numbers", ordered),
        ("indentation", format!("1. Text\n\n{}x", " ".repeat(100_000))),
        ("stars", "*a ".repeat(20_000)),
        ("tildes", "~~a ".repeat(20_000)),
        ("ticks", "`a``b```".repeat(5_000)),
        ("links", "[a](".repeat(10_000)),
        ("images", "![".repeat(10_000)),
        ("footnotes", "[^1]".repeat(10_000)),
        ("many footnotes", notes),
        ("comments", "<!-- a -->".repeat(5_000)),
        ("open comments", "<!-- ".repeat(10_000)),
        ("tags", "<del>".repeat(10_000)),
        ("entities", "&amp;".repeat(20_000)),
        ("table", format!("|{}\n|{}\n", "a|".repeat(3_000), "-|".repeat(3_000))),
        ("labels", "(a) ".repeat(10_000)),
        ("nested labels", "(a)(i)(A)(1) ".repeat(3_000)),
        ("headings", "# a\n".repeat(10_000)),
        ("paragraphs", many),
        ("citations", "A/RES/70/125, para. 9, ".repeat(3_000)),
        ("ranges", "paragraphs 1 to 999 of the Tunis Agenda, ".repeat(200)),
        ("ibid", "ibid., para. 9; ".repeat(5_000)),
        ("the same agreed words", agreed.repeat(1_000)),
        ("one word", "digital ".repeat(100_000)),
        ("no space", "a".repeat(1_000_000)),
        ("combining accents", format!("a{}", "\u{301}".repeat(200_000))),
        ("joiners", "a\u{200b}".repeat(100_000)),
        ("control characters", "\u{1}\u{7}\u{8}\u{1b}".repeat(20_000)),
        ("hyphens", "multi-".repeat(30_000)),
        ("placeholders", "[...] ".repeat(10_000)),
        ("anchors", format!("---\na: &a [x]\nb: [{}]\n---\n", "*a,".repeat(5_000))),
        ("billion laughs", laughs()),
        ("deep front matter", format!("---\na: {}\n---\n", "[".repeat(10_000))),
        ("rules", "---\n".repeat(10_000)),
    ];
    let mut slow = Vec::new();
    for (name, text) in cases {
        let from = Instant::now();
        // A thread of its own, with the stack of a main thread: a test's is smaller.
        std::thread::scope(|scope| {
            let run = || whole_way(text.as_bytes(), &library);
            let thread = std::thread::Builder::new().stack_size(8 << 20).spawn_scoped(scope, run);
            assert!(thread.unwrap().join().is_ok(), "{name}");
        });
        let took = from.elapsed();
        if std::env::var_os("ADREF_SHOW").is_some() {
            println!("{:>8} ms  {name} ({} bytes)", took.as_millis(), text.len());
        }
        if took > Duration::from_secs(20) {
            slow.push(format!("{name}: {} s", took.as_secs()));
        }
    }
    assert!(slow.is_empty(), "too slow: {}", slow.join(", "));
}

/// Nine lists of nine, each of the one before: a few hundred bytes that would be a billion words.
fn laughs() -> String {
    let mut yaml = "---\na0: &a0 lol\n".to_owned();
    for depth in 1..10 {
        let many = format!("*a{},", depth - 1).repeat(9);
        yaml.push_str(&format!("a{depth}: &a{depth} [{many}]\n"));
    }
    yaml + "---\n\n1. We decide.\n"
}

/// One line of five megabytes: words without end in one paragraph.
#[test]
fn one_line_of_five_megabytes() {
    let library = load(&root().join("references"));
    let words =
        ["digital", "divides", "Governments", "the", "of", "human", "rights", "70/125", "and"];
    let mut seed = Seeded(number("ADREF_SEED", 20));
    let mut line = String::with_capacity(5_000_100);
    line.push_str("1. ");
    while line.len() < 5_000_000 {
        line.push_str(words[seed.below(words.len())]);
        line.push(' ');
    }
    let from = Instant::now();
    whole_way(line.as_bytes(), &library);
    let took = from.elapsed();
    println!("one line of five megabytes: {} ms", took.as_millis());
    assert!(took < Duration::from_secs(120), "{} s", took.as_secs());
}
