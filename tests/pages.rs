//! Drafts go in; the pages made of them come out, and stand alone, say every word, and run nothing of a draft.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly, and say what it skipped"
)]

mod support;

use std::fs;
use std::path::Path;

use adref::compare::{compare, follow};
use adref::library::load;
use adref::model::{Draft, DraftRevision, Library};
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
    // The numbers of what was split or merged, and the sign of a border that is gone, are no words of a draft.
    let sides: [(&[&str], &Draft, bool); 2] =
        [(&["ins", ".now", ".joined"], old, true), (&["del", ".before", "b"], new, false)];
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
    for (template, told) in [
        ("\n{{ titel }}", "own.html:2: the template cannot be used: "),
        ("{% for %}", "own.html:1: the template cannot be used: "),
        ("{% extends 'gone.html' %}", "own.html"),
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
