//! A library held in three ways goes in — in memory, streamed, with an index — and the same annotations must come out,
//! whatever happens to the index.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod common;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use adref::library::{self, Holding};
use adref::model::{Draft, Hit, Library, Places, Severity, Shares, Sieve};
use adref::pipeline::{self, Annotator, Thresholds};
use adref::report::{self, Format, Options};
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

const PASSAGES: [&str; 8] = [
    "the universal right to walk through the market before sunrise without paying a toll",
    "Member States are to publish the timetable of every bus in three languages each spring",
    "the ferry between the northern islands shall carry seed potatoes free of charge",
    "requests the harbour master to report on the painting of lighthouses every second year",
    "in accordance with international law, including the Charter of the United Nations",
    "the importance of the Internet Governance Forum as a platform for discussion",
    "reeds cut on common land belong to the weavers who mend the roofs of the school",
    "all human rights are universal, indivisible, interdependent and interrelated",
];

/// A text: for each paragraph the passages in it, and a number that is woven in after some word of each.
type Text = Vec<Vec<(usize, usize)>>;

fn a_text() -> impl Strategy<Value = Text> {
    vec(vec((0..PASSAGES.len(), 0..400usize), 1..4), 1..6)
}

fn written(text: &Text) -> String {
    let mut out = String::new();
    for (number, passages) in text.iter().enumerate() {
        let passages: Vec<String> = passages
            .iter()
            .map(|(passage, change)| {
                let mut words: Vec<String> =
                    PASSAGES[*passage].split(' ').map(str::to_owned).collect();
                let at = change % 40;
                if at < words.len() {
                    words[at] = format!("changed{}", change / 40);
                }
                words.join(" ")
            })
            .collect();
        out.push_str(&format!("{}. Recalls that {}.\n\n", number + 1, passages.join("; ")));
    }
    out
}

struct Project {
    root: TempDir,
}

impl Project {
    fn new(texts: &[Text]) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("references")).unwrap();
        let project = Self { root };
        texts.iter().enumerate().for_each(|(at, text)| project.put(at, text));
        project
    }

    fn put(&self, at: usize, text: &Text) {
        let head = format!("---\nsymbol: A/RES/{}/{at}\nextent: full\n---\n\n", 40 + at);
        fs::write(self.reference(at), head + &written(text)).unwrap();
    }

    fn reference(&self, at: usize) -> PathBuf {
        self.root.path().join(format!("references/{at:03}.md"))
    }

    /// Makes a file look as if it had been written so many hours ago.
    fn age(&self, at: usize, hours: u64) {
        let then = SystemTime::now() - Duration::from_secs(hours * 3600);
        let file = File::options().write(true).open(self.reference(at)).unwrap();
        file.set_modified(then).unwrap();
    }

    fn places(&self) -> Vec<PathBuf> {
        vec![self.root.path().join("references")]
    }

    fn indexes(&self) -> PathBuf {
        self.root.path().join("indexes")
    }

    fn build(&self) -> PathBuf {
        library::index::build(&self.places(), &self.indexes(), &|_, _| ()).unwrap().path
    }

    fn indexed(&self) -> Holding {
        Holding { few: 0, indexes: Some(self.indexes()) }
    }

    /// The annotations of a draft, the library held in this way; nothing is said of the index where `quiet`.
    fn annotated(&self, draft: &str, holding: &Holding, quiet: bool) -> String {
        let draft = adref::read::read("draft.md", draft.as_bytes()).unwrap();
        let library = held(&draft, &self.places(), holding);
        let noted = library.findings.iter().any(|f| f.severity == Severity::Note);
        assert!(!(quiet && noted), "{:?}", library.findings);
        json(draft, &library)
    }
}

const STREAMED: Holding = Holding { few: 0, indexes: None };

fn held(draft: &Draft, places: &[PathBuf], holding: &Holding) -> Library {
    pipeline::library_for(&[draft], places, &Thresholds::default(), holding).unwrap()
}

fn json(draft: Draft, library: &Library) -> String {
    let annotation = Annotator::new(library, Thresholds::default()).annotate(draft);
    let options = Options { format: Format::Json, ..Options::default() };
    report::annotations(&[(&annotation, library)], &options).unwrap()
}

/// What is said of the paragraphs of a draft, without how many paragraphs the library has: streamed, they are counted
/// roughly.
fn paragraphs(json: &str) -> serde_json::Value {
    let whole: serde_json::Value = serde_json::from_str(json).unwrap();
    whole["paragraphs"].clone()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn three_ways_one_answer(texts in vec(a_text(), 1..9), draft in a_text()) {
        let project = Project::new(&texts);
        let draft = written(&draft);
        project.build();
        let streamed = project.annotated(&draft, &STREAMED, true);
        prop_assert_eq!(&project.annotated(&draft, &project.indexed(), true), &streamed);
        let whole = project.annotated(&draft, &Holding::default(), true);
        prop_assert_eq!(paragraphs(&whole), paragraphs(&streamed));
    }

    #[test]
    fn what_changes_is_taken_in(
        texts in vec(a_text(), 2..7),
        changes in vec((0..9usize, 0..4u8, a_text()), 1..24),
        draft in a_text(),
    ) {
        let project = Project::new(&texts);
        let draft = written(&draft);
        (0..texts.len()).for_each(|at| project.age(at, 48));
        project.build();
        for (step, (at, change, text)) in changes.iter().enumerate() {
            match change {
                0 => drop(fs::remove_file(project.reference(*at))),
                1 if project.reference(*at).exists() => project.age(*at, step as u64),
                2 => {
                    project.put(*at, text);
                    project.age(*at, 1 + step as u64);
                }
                // Written at this very moment: its time tells nothing.
                _ => project.put(*at, text),
            }
            let streamed = project.annotated(&draft, &STREAMED, true);
            prop_assert_eq!(&project.annotated(&draft, &project.indexed(), true), &streamed);
        }
    }

    #[test]
    fn damage_changes_no_answer(
        texts in vec(a_text(), 1..6),
        draft in a_text(),
        added in a_text(),
        places in vec((0.0..1.0f64, any::<u8>()), 1..6),
        cut in prop::option::of(0.0..1.0f64),
    ) {
        let project = Project::new(&texts);
        let draft = written(&draft);
        // Written long ago, so that every use finds the same to do.
        (0..texts.len()).for_each(|at| project.age(at, 48));
        let path = project.build();
        project.put(90, &added);
        project.age(90, 24);
        let wanted = project.annotated(&draft, &project.indexed(), true);
        let mut bytes = fs::read(&path).unwrap();
        let length = bytes.len();
        for (place, value) in places {
            // Half of the places lie in the header, which would hardly ever be met else.
            let reach = if value % 2 == 0 { length } else { 1100 };
            bytes[(place * reach as f64) as usize] ^= value | 1;
        }
        bytes.truncate(cut.map_or(length, |cut| (cut * length as f64) as usize));
        // In the place of the old file, as a broken disk would have it; nobody has it mapped.
        fs::write(&path, &bytes).unwrap();
        // What is not read is not tested: damage may be met only at the second use, when what the first one took in
        // is read with the rest. Every answer is right, and what was noticed is put right.
        for _ in 0..3 {
            prop_assert_eq!(&project.annotated(&draft, &project.indexed(), false), &wanted);
        }
        prop_assert_eq!(&project.annotated(&draft, &project.indexed(), true), &wanted);
    }
}

/// Turns away what an index could answer: looks at texts one by one, for a word.
struct Word(&'static str);

impl Sieve for Word {
    type Room = ();

    fn look(&self, text: &str, _least: usize, _room: &mut (), hits: &mut Vec<Hit>) {
        if text.contains(self.0) {
            hits.push(Hit {
                draft: 0,
                shares: Shares::Runs,
                evidence: 1.0,
                carried: 1,
                places: Places::ALL,
            });
        }
    }

    fn holds(&self, _hit: &Hit, _paragraphs: usize) -> bool {
        true
    }

    fn worth_reading(&self, texts: &[Vec<Hit>]) -> Vec<Vec<u32>> {
        texts.iter().map(|hits| hits.iter().map(|hit| hit.draft).collect()).collect()
    }
}

#[test]
fn a_sieve_without_sequences_sees_every_text() {
    let texts: Vec<Text> = (0..70).map(|at| vec![vec![(at % 8, 39)], vec![(3, at)]]).collect();
    let project = Project::new(&texts);
    project.build();
    for word in ["ferry", "lighthouses", "nowhere"] {
        let of = |holding: &Holding| {
            let library = library::sift(&project.places(), &Word(word), holding).unwrap();
            let entries = library.entries.iter().map(|entry| {
                let texts: Vec<String> =
                    entry.text.paragraphs.iter().map(|p| p.text.clone()).collect();
                (entry.text.path.clone(), entry.paragraphs, texts)
            });
            entries.collect::<Vec<_>>()
        };
        assert_eq!(of(&project.indexed()), of(&STREAMED), "{word}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_each_time() {
    let project = Project::new(&[vec![vec![(1, 399)]], vec![vec![(2, 399)]]]);
    fs::write(project.root.path().join("references/broken.md"), [0xC3, 0x28, 0xFF, 0xFE]).unwrap();
    project.build();
    let draft = adref::read::read("draft.md", b"1. One.\n").unwrap();
    for _ in 0..2 {
        let library = held(&draft, &project.places(), &project.indexed());
        let streamed = held(&draft, &project.places(), &STREAMED);
        assert_eq!(library.findings, streamed.findings);
        assert_eq!(library.findings.len(), 1);
    }
}

#[test]
fn official_texts_three_ways() {
    let data = common::data().join("un/akn");
    let places = [data.join("ga/77"), data.join("ga/79"), data.join("ecosoc/2024")];
    let draft = data.join("ga/78");
    if !places.iter().all(|place| place.is_dir()) || !draft.is_dir() {
        println!("the official texts are not at hand");
        return;
    }
    let indexes = tempfile::tempdir().unwrap();
    library::index::build(&places, indexes.path(), &|_, _| ()).unwrap();
    let indexed = Holding { few: 0, indexes: Some(indexes.path().to_owned()) };
    let mut drafts: Vec<PathBuf> =
        fs::read_dir(draft).unwrap().map(|entry| entry.unwrap().path()).collect();
    drafts.sort();
    for path in drafts.iter().step_by(60) {
        let read = || adref::read::read("draft.xml", &fs::read(path).unwrap()).unwrap();
        let way = |holding: &Holding| json(read(), &held(&read(), &places, holding));
        let streamed = way(&STREAMED);
        assert!(way(&indexed) == streamed, "{} with an index", path.display());
        let whole = json(read(), &library::load(&places).unwrap());
        assert!(paragraphs(&whole) == paragraphs(&streamed), "{} in memory", path.display());
    }
}

fn adref(project: &Project) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adref"));
    let root: &Path = project.root.path();
    command.current_dir(root).env("XDG_CACHE_HOME", root.join("cache")).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Makes, changes and asks one index from many processes at once, some of them killed.
#[test]
fn many_at_once() {
    let text = |at: usize| -> Text {
        (0..5).map(|p| vec![((at + p) % 8, at * 7 % 400), (p, 39 + at)]).collect()
    };
    let texts: Vec<Text> = (0..300).map(text).collect();
    let project = Project::new(&texts);
    fs::write(project.root.path().join("draft.md"), written(&text(5))).unwrap();
    let ask = |more: &[&str]| {
        let mut command = adref(&project);
        command.args(["annotate", "draft.md", "--format", "json"]).args(more);
        command
    };
    let right = |output: std::process::Output, wanted: &[u8]| {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(!said.contains("error"), "{said}");
        assert!(output.stdout == wanted, "{said}");
    };
    for round in 0..6 {
        project.put(400 + round, &text(11 * round));
        let wanted = ask(&["--no-index"]).output().unwrap().stdout;
        let builders =
            (0..2).map(|_| adref(&project).args(["references", "index"]).spawn().unwrap());
        let mut builders: Vec<_> = builders.collect();
        let readers: Vec<_> = (0..4).map(|_| ask(&[]).spawn().unwrap()).collect();
        std::thread::sleep(Duration::from_millis(15 * round as u64));
        builders[0].kill().unwrap();
        readers.into_iter().for_each(|reader| right(reader.wait_with_output().unwrap(), &wanted));
        for mut builder in builders {
            builder.wait().unwrap();
        }
        right(ask(&[]).output().unwrap(), &wanted);
    }
    let mut removal = adref(&project);
    let removed = removal.args(["references", "index", "--remove"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&removed.stdout), "The index was removed.\n");
}
