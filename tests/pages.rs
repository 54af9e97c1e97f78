//! Drafts go in; the pages made of them come out, and stand alone, say every word, and run nothing of a draft.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use adref::compare::{compare, follow};
use adref::library::load;
use adref::model::{AsideKind, Draft, DraftRevision, Library, StepKind};
use adref::pipeline::{self, Annotator, Diffed, Thresholds};
use adref::read::read;
use adref::report::{
    self, Compared, DiffFormat, DiffOptions, Format, HistoryFormat, HistoryOptions, Making,
    Options, Template,
};
use adref::text::Language;
use proptest::prelude::*;
use support::html::Page;
use support::{data, markdown_in, root};

/// What a hostile author would write.
const HOSTILE: &str = "1. Recalls </script><script>alert(1)</script> and <img src=x onerror=alert(2)> and \
    </style><style>*{display:none}</style>, ]]> --> <!-- {{ 7 * 7 }} {% raw %} &lt; &amp;amp; \u{202e}txet\u{2066} \
    \u{1b}[31mred\u{7} \"onmouseover=alert(3)\" 'x' =cmd|'/c calc'!A0 javascript:alert(4),\n\n\
    2. [a link](javascript:alert(5)) and `code` and ~~struck </del> words~~ and a note[^1].\n\n\
    [^1]: The </ul> note.\n";

fn draft(name: &str, text: &str) -> Draft {
    read(name, text.as_bytes()).unwrap()
}

fn file(path: &Path) -> Draft {
    read(&path.display().to_string(), &fs::read(path).unwrap()).unwrap()
}

/// A text without spaces: a page sets some around what was left out.
fn bare(text: &str) -> String {
    report::sanitized(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The page of an annotated draft, which stands alone and has every word of it.
fn annotated(draft: Draft, library: &Library) -> String {
    let annotation = Annotator::new(library, Thresholds::default()).annotate(draft);
    let options = Options { format: Format::Html, ..Options::default() };
    let text = report::annotations(&[(&annotation, library)], &options).unwrap();
    let page = Page::read(&text);
    page.stands_alone();
    let told = page.texts("text", &["del", "sup"]);
    has_addresses(&page, &annotation.draft);
    assert_eq!(told.len(), annotation.draft.paragraphs.len());
    for ((id, told), paragraph) in told.iter().zip(&annotation.draft.paragraphs) {
        assert_eq!(bare(told), bare(&paragraph.text), "{id}");
    }
    text
}

/// The page of a redline, which stands alone; without what was put in it is the old text, without what was taken out
/// the new one.
fn redlined(old: &Draft, new: &Draft) -> String {
    let comparison = compare(old, new);
    let compared = Compared { old, new, comparison: &comparison, library: None };
    let options = DiffOptions { format: DiffFormat::Html, ..DiffOptions::default() };
    let text = report::diff(compared, &options).unwrap();
    let page = Page::read(&text);
    page.stands_alone();
    has_addresses(&page, new);
    let notes = comparison.changes.iter().map(|change| change.footnotes.len()).sum::<usize>();
    let shown = text.matches("<p class=\"footnote ").count()
        - text.matches("</p><p class=\"footnote ").count();
    assert_eq!(shown, notes + comparison.uncalled.len(), "footnotes that differ");
    let asides = new.paragraphs.iter().flat_map(|paragraph| &paragraph.asides);
    let called = asides.filter(|aside| aside.kind == AsideKind::Footnote).count();
    assert_eq!(text.matches("class=\"call now\"").count(), called, "calls of footnotes");
    // The numbers of what was split or merged, and the sign of a border that is gone, are no words of a draft; footnotes
    // stand below them.
    let sides: [(&[&str], &Draft, bool); 2] = [
        (&["ins", ".now", ".joined", ".footnote", ".call"], old, true),
        (&["del", ".before", "b", ".footnote", ".call"], new, false),
    ];
    for (out, draft, before) in sides {
        let told = page.texts("both", out);
        assert_eq!(told.len(), comparison.changes.len());
        for ((id, told), change) in told.iter().zip(&comparison.changes) {
            let side = if before { &change.old } else { &change.new };
            let own = side.iter().map(|at| bare(&draft.paragraphs[*at].text)).collect::<String>();
            assert_eq!(bare(told), own, "{id}");
        }
    }
    text
}

/// Every paragraph of the draft has the address that docs/reports.md promises: `#p12` for paragraph 12.
fn has_addresses(page: &Page, draft: &Draft) {
    let ids: BTreeSet<&str> = page.attributes("id").into_iter().collect();
    let plain = |id: &&str| id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    for id in draft.paragraphs.iter().map(|paragraph| paragraph.id.as_str()).filter(plain) {
        assert!(ids.contains(format!("p{id}").as_str()), "nothing is at #p{id}");
    }
}

fn followed(drafts: Vec<Draft>) -> String {
    let revisions = drafts.into_iter().map(|draft| DraftRevision { draft, ..Default::default() });
    let history = follow(DraftRevision::named(revisions.collect()));
    let options = HistoryOptions { format: HistoryFormat::Html, ..HistoryOptions::default() };
    let text = report::history(&history, None, &options).unwrap();
    Page::read(&text).stands_alone();
    text
}

#[test]
fn the_sample() {
    let library = load(&[root().join("references")]).unwrap();
    let of = |name: &str| file(&root().join("drafts").join(name));
    let page = annotated(of("rev1.md"), &library);
    let page = Page::read(&page);
    assert!(page.attributes("href").contains(&"https://docs.un.org/en/A/RES/79/1"));
    let places = page.texts("source", &[]);
    assert!(places.iter().any(|(_, told)| told.contains("A/RES/79/1") && told.contains("adapted")));
    let thresholds = Thresholds::default();
    let Diffed { old, new, .. } =
        pipeline::diff(of("zero-draft.md"), of("rev1.md"), Some(&library), &thresholds);
    let page = redlined(&old, &new);
    assert!(page.contains("where 8 stood") || page.contains("stood</a>"), "moves are linked");
    followed(vec![old, new]);
}

#[test]
fn official_and_foreign_texts() {
    let Some(data) = data() else {
        println!("skipped: the texts are not at hand");
        return;
    };
    let library = load(&[data.join("wsis/references")]).unwrap();
    let mut small = Vec::new();
    for folder in ["wsis/drafts", "wsis/inputs", "cop21"] {
        for path in markdown_in(&data.join(folder)) {
            let page = annotated(file(&path), &library);
            let draft = file(&path);
            if draft.paragraphs.len() <= 150 {
                small.push((page.len(), path));
            }
        }
    }
    for (size, path) in small {
        assert!(size < 1_500_000, "{}: {size} bytes", path.display());
    }
    let none = Library::default();
    for entry in fs::read_dir(data.join("un/akn/languages")).unwrap() {
        let path = entry.unwrap().path();
        let page = annotated(file(&path), &none);
        let arabic = file(&path).language() == Language::Ar;
        assert_eq!(page.contains("dir=\"rtl\""), arabic, "{}", path.display());
        assert_eq!(page.contains("<ul lang=\"ar\" dir=\"rtl\">"), arabic, "{}", path.display());
    }
    let cop = markdown_in(&data.join("cop21"));
    redlined(&file(&cop[0]), &file(&cop[1]));
    followed(cop.iter().map(|path| file(path)).collect());
}

#[test]
fn nothing_of_a_draft_runs() {
    let library = load(&[root().join("references")]).unwrap();
    let hostile = draft("<b>.md", HOSTILE);
    let calm = draft("b.md", "1. Recalls and.\n\n2. A link and code.\n");
    let pages = [
        annotated(hostile.clone(), &library),
        redlined(&calm, &hostile),
        redlined(&hostile, &calm),
        followed(vec![calm, hostile]),
    ];
    for page in pages {
        assert!(!page.contains("<script>alert"), "a script of the draft");
        assert!(!page.contains("<img"), "an element of the draft");
        assert!(!page.contains("\u{202e}") && !page.contains('\u{1b}'), "signs that steer");
        assert!(!page.contains("href=\"javascript"), "a link that runs");
        assert!(page.contains("{{ 7 * 7 }}"), "the draft is no template");
    }
}

#[test]
fn a_paragraph_of_two_hundred_pages() {
    let long = format!("1. {}\n", "the same words again and again, ".repeat(20_000));
    let page = annotated(draft("long.md", &long), &Library::default());
    assert!(page.len() < 3 * long.len());
}

/// What stands in each element that begins with `open` and ends with `close`.
fn between<'p>(page: &'p str, open: &str, close: &str) -> Vec<&'p str> {
    page.split(open).skip(1).filter_map(|rest| Some(rest.split_once(close)?.0)).collect()
}

#[test]
fn what_is_open_is_told_as_it_is_and_found_by_a_filter() {
    let text =
        "1. [to be updated]\n\n2. “[Bridges] burn” (at night),\n\n3. Lamps burn,\n\n4. ~~Gone~~\n";
    let page = annotated(draft("a.md", text), &Library::default());
    let kinds = between(&page, "<div><dt>", "</dt>");
    let told: Vec<bool> = ["> new<", "> placeholder<", "> struck out<"]
        .iter()
        .map(|word| kinds.iter().any(|kind| kind.contains(word)))
        .collect();
    assert_eq!((told, kinds.len()), (vec![true; 3], 3), "{kinds:?}");
    let shows = between(&page, "data-show=\"", "\"");
    assert_eq!(shows, ["none open", "new open", "new", "none"]);
    assert!(
        page.contains("<ins class=\"new\">“[Bridges] burn” (at night),</ins>"),
        "all of it is new"
    );
}

#[test]
fn filters_of_a_redline_find_all_that_they_name() {
    let words = |n: usize| format!("The {n}th bridge has {} lamps from dusk to dawn", n * 7);
    let list = |order: &[usize], edited: usize| -> String {
        let own = order.iter().zip(1..).map(|(n, number)| {
            let now = if *n == edited { " in winter" } else { "" };
            format!("{number}. {}{now}.\n\n", words(*n))
        });
        own.collect()
    };
    let old = draft("a.md", &list(&[1, 2, 3, 4, 5, 6, 7, 8], 0));
    let new = draft("b.md", &list(&[1, 7, 2, 3, 4, 5, 6, 8], 7));
    let page = redlined(&old, &new);
    let seventh = between(&page, "id=\"p2\"", ">")[0];
    let show = between(seventh, "data-show=\"", "\"")[0];
    assert!(show.starts_with("moved edited "), "{show}");
    // The concordance: old numbers to the left, new ones to the right, in the order of the new text.
    let rows = between(&page, "<tr><td>", "</tr>");
    let column = |at: usize| -> Vec<String> {
        let cell = |row: &&str| {
            let cell = row.split("</td>").nth(at).unwrap();
            cell.rsplit("<bdi>").next().unwrap().split('<').next().unwrap().to_owned()
        };
        rows.iter().map(cell).collect()
    };
    assert_eq!(column(0), ["1", "7", "2", "3", "4", "5", "6", "8"]);
    assert_eq!(column(1), ["1", "2", "3", "4", "5", "6", "7", "8"]);
    let history = followed(vec![old, new]);
    let shows = between(&history, "<tr id=\"", ">");
    assert!(
        shows.iter().any(|row| row.contains(" edited ") && row.contains(" moved")),
        "{shows:?}"
    );
}

#[test]
fn both_parts_of_a_split_have_an_address() {
    let (first, second) = (
        "Bridges are kept by the towns on either bank.",
        "Lamps burn on every bridge from dusk to dawn.",
    );
    let old = draft("a.md", &format!("1. Towns count bridges.\n\n2. {first} {second}\n"));
    let new = draft("b.md", &format!("1. Towns count bridges.\n\n2. {first}\n\n3. {second}\n"));
    let page = redlined(&old, &new);
    assert!(page.contains("data-kind=\"split\"") && page.contains("<b class=\"now\" id=\"p3\">"));
}

#[test]
fn both_columns_call_their_footnotes_and_these_keep_their_paragraphs() {
    let draft = |name: &str, text: &str| read(name, text.as_bytes()).unwrap();
    let old = draft(
        "old.md",
        "1. We note[^1] the lamps of all bridges[^2] and of all boats.\n\n[^1]: On time.\n\n    Or before.\n\n[^2]: In the north.\n",
    );
    let new = draft(
        "new.md",
        "1. We note[^1] the lamps of all towns[^2] and of all boats.\n\n[^1]: On time.\n\n    Or long before.\n\n[^2]: In the north.\n",
    );
    let page = redlined(&old, &new);
    for (class, count) in [("call now", 2), ("call before", 2)] {
        assert_eq!(page.matches(&format!("class=\"{class}\"")).count(), count, "{class}: {page}");
    }
    assert!(page.contains("On time.<p dir=\"auto\">Or long before.</p></li>"), "{page}");
    let edited = "On time.</p><p class=\"footnote edited\" dir=\"auto\">Or <ins class=\"in\">long ";
    assert!(page.contains(edited), "{page}");
}

/// The border between two paragraphs of a footnote, where one draft alone has it.
#[test]
fn a_footnote_reads_as_it_stands_when_its_paragraphs_are_joined_or_parted() {
    let with = |note: &str| draft("a.md", &format!("1. We note[^1].\n\n[^1]: {note}\n"));
    let pairs = [
        ("Two para of the note.\n\n    Three to go.", "Two para of the new note."),
        ("One.\n\n    Two para.", "One.\n\n    Two para changed.\n\n    Three."),
        ("One lamp.\n\n    Two lamps burn.", "One lamp. Two lamps burn now."),
        ("One.\n\n    Two.", "Three bells ring.\n\n    Four."),
    ];
    for (a, b) in pairs.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
        let (old, new) = (with(a), with(b));
        let page = redlined(&old, &new);
        let (_, note) = page.split_once("<p class=\"footnote ").unwrap();
        let (note, _) = note.split_once("</div>").unwrap();
        for (text, other) in [(a, "ins"), (b, "del")] {
            let mut told = String::new();
            for (at, part) in note.split(&format!("<{other} ")).enumerate() {
                let own =
                    if at == 0 { part } else { part.split_once(&format!("</{other}>")).unwrap().1 };
                told.push_str(own);
            }
            // Each border that this side has is there, as a new line or a sign, and no other.
            let borders = told.matches("</p><p ").count() + told.matches('¶').count();
            assert_eq!(borders, text.matches("\n\n").count(), "{a:?} → {b:?}: {note}");
        }
    }
}

#[test]
fn filters_of_a_history_mean_what_only_means() {
    let [a, b, c] = [
        "Towns on either bank keep their bridges in good order at all times.",
        "Lamps burn on every quay from dusk to dawn, except when the moon is full.",
        "Ferries pass below the arches on the left side, one behind the other.",
    ];
    let of = |texts: &[&str]| {
        let own = texts.iter().zip(1..).map(|(text, number)| format!("{number}. {text}\n\n"));
        draft("a.md", &own.collect::<String>())
    };
    let edited = b.replace("every quay", "all quays and piers");
    let again = c.replace("the left side", "either side");
    let drafts = [of(&[c, a]), of(&[a]), of(&[a, b]), of(&[a, &edited, &again]), of(&[a])];
    let revisions = drafts.map(|draft| DraftRevision { draft, ..Default::default() });
    let history = follow(DraftRevision::named(revisions.into()));
    let rows = |only: Vec<StepKind>| -> Vec<(String, String)> {
        let format = HistoryFormat::Html;
        let options = HistoryOptions { format, only, ..HistoryOptions::default() };
        let page = report::history(&history, None, &options).unwrap();
        let rows = between(&page, "<tr id=\"", "</th>").into_iter().map(|row| {
            let show = between(row, "data-show=\"", "\"")[0].to_owned();
            (row.split('"').next().unwrap().to_owned(), show)
        });
        rows.collect()
    };
    let all = rows(Vec::new());
    let kinds = [
        (StepKind::New, 1),
        (StepKind::Edited, 2),
        (StepKind::Moved, 0),
        (StepKind::Split, 0),
        (StepKind::Merged, 0),
        (StepKind::Dropped, 2),
        (StepKind::Back, 1),
        (StepKind::Unchanged, 1),
    ];
    for (kind, count) in kinds {
        let has = |(_, show): &&(String, String)| show.split(' ').any(|word| word == kind.word());
        let found: Vec<_> = all.iter().filter(has).cloned().collect();
        assert_eq!(found, rows(vec![kind]), "{kind:?}");
        assert_eq!(found.len(), count, "{kind:?}: {all:?}");
    }
}

#[test]
fn a_history_names_old_and_new_numbers_apart() {
    let old =
        draft("a.md", "1. Lamps burn from dusk to dawn.\n\n2. *Horses walk over the bridge,\n");
    let new = draft("b.md", "1. Lamps burn from dusk to dawn.\n");
    let page = followed(vec![old, new]);
    let rows = between(&page, "<th scope=\"row\"", "</th>");
    assert!(rows[0].contains(">1</span>") && rows[1].contains(">(was\u{a0}2)</span>"), "{rows:?}");
    assert!(rows[1].contains(">Horses walk"), "{rows:?}");
    // Nothing happened to the first; the text of the second is printed, for nothing else has it.
    let lives = between(&page, "<section class=\"", "\"");
    assert_eq!(lives, ["life unsaid", "life"]);
}

#[test]
fn what_is_handed_over_names_no_folders_of_this_machine() {
    let none = Library::default();
    let text = "1. Lamps burn from dusk to dawn.\n";
    for path in ["/home/anna/rev1/draft.md", "C:\\Users\\anna\\rev1\\draft.md"] {
        let own = || draft(path, text);
        let other = path.replace("rev1", "rev2");
        let mut told = annotated(own(), &none);
        told += &redlined(&own(), &draft(&other, "1. Lamps burn.\n"));
        told += &followed(vec![own(), draft(&other, text)]);
        let annotation = Annotator::new(&none, Thresholds::default()).annotate(own());
        let options = Options { format: Format::Csv, ..Options::default() };
        told +=
            &report::annotations(&[(&annotation, &none), (&annotation, &none)], &options).unwrap();
        told += &report::akn(&own());
        assert!(told.contains("draft.md") && !told.contains("anna"), "{path}");
        assert!(told.contains("rev1") && told.contains("rev2"), "{path}: which is which");
    }
    let page = annotated(draft("drafts/rev1.md", text), &none);
    assert!(page.contains(">drafts&#x2f;rev1.md</p>"), "a path below the working folder stays");
}

fn by_template(text: &str) -> Result<String, String> {
    let library = load(&[root().join("references")]).unwrap();
    let own = draft("a.md", "1. We reaffirm the Tunis Agenda & co.\n");
    let annotation = Annotator::new(&library, Thresholds::default()).annotate(own);
    let template = Template { path: "own.html".to_owned(), text: text.to_owned() };
    let making = Making { template: Some(template), live: None };
    let options = Options { format: Format::Html, making, ..Options::default() };
    report::annotations(&[(&annotation, &library)], &options).map_err(|error| error.to_string())
}

#[test]
fn templates_of_the_users_own() {
    let own = "{% extends 'annotate.html' %}{% block footer %}<p>Mission of {{ title }}</p>{% endblock %}";
    let page = by_template(own).unwrap();
    Page::read(&page).stands_alone();
    assert!(page.contains("<p>Mission of a.md</p>"));
    let bare = "{% for d in drafts %}{% for i in d['items'] %}{{ i.number }}: {{ i.mark }}, {{ i.lines[0].words[0].text }}\n{% endfor %}{% endfor %}";
    let page = by_template(bare).unwrap();
    assert_eq!(page.trim(), "1: reaffirmed, We reaffirm the Tunis Agenda &amp; co.");
    // A text that doubles, and a loop in a loop.
    let growing = |twice: &str| {
        format!(
            "{{% set ns = namespace(x='ab') %}}{{% for i in range(99) %}}{{% set ns.x = {twice} %}}{{% endfor %}}{{{{ ns.x }}}}"
        )
    };
    let many = "{% for i in range(99999) %}";
    for (template, told) in [
        ("\n{{ titel }}", "own.html:2: the template cannot be used: "),
        ("{% for %}", "own.html:1: the template cannot be used: "),
        ("{% extends 'gone.html' %}", "own.html"),
        (
            &growing("ns.x ~ ns.x"),
            "own.html:1: the template cannot be used: it goes on without end",
        ),
        (&growing("[ns.x, ns.x] | join"), "own.html:1: the template cannot be used: it goes on"),
        (&format!("{many}{many}{{% endfor %}}{{% endfor %}}"), "own.html:1: the template cannot"),
    ] {
        let error = by_template(template).unwrap_err();
        assert!(error.starts_with(told), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Whatever is written, every word is told, and tags are closed in order.
    #[test]
    fn any_draft(
        old in "([0-9]{0,2}[.] )?([a-c (){}<>&\"'~*_\\[\\]-]{0,12}(\n|\n\n|\n\\(a\\) )?){0,8}",
        new in "([0-9]{0,2}[.] )?([a-c (){}<>&\"'~*_\\[\\]-]{0,12}(\n|\n\n|\n\\(a\\) )?){0,8}",
    ) {
        let own = |text: &str| read("x.md", format!("1. a b c\n\n{text}").as_bytes());
        if let (Ok(old), Ok(new)) = (own(&old), own(&new)) {
            annotated(new.clone(), &Library::default());
            redlined(&old, &new);
        }
    }
}
