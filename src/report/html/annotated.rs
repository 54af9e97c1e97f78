//! Annotated drafts and their libraries in; one HTML page, each paragraph with what it rests on beside it, out.

use serde::Serialize;

use super::agreed::agreed;
use super::link::link;
use super::page::{TemplateError, page};
use super::words::{Lines, Note, annotated, notes};
use super::{Anchor, MOST_NAMED};
use crate::model::{
    Annotation, Edit, Facts, Fidelity, Library, Mark, Paragraph, Source, Via, shortened, shown_path,
};
use crate::report::Options;
use crate::report::cited::library_line;
use crate::report::diff::concordance::label;
use crate::report::evidence::{
    Edited, Evidence, count, evidence, fidelity_word, percent, sign, told, verdict_word,
};
use crate::text::Language;

#[derive(Serialize)]
struct Report<'a> {
    title: String,
    lang: &'static str,
    drafts: Vec<DraftView<'a>>,
    /// Words of all drafts, for the strip.
    words: usize,
}

#[derive(Serialize)]
struct DraftView<'a> {
    /// Stands before every anchor of the second draft and those after it.
    prefix: String,
    title: &'a str,
    path: &'a str,
    lang: &'static str,
    dir: &'static str,
    /// Stage and date.
    facts: Vec<&'a str>,
    summary: Summary,
    silence: Option<String>,
    library: String,
    headings: Vec<HeadingView<'a>>,
    items: Vec<Item<'a>>,
    /// Said where no paragraph is shown.
    none_shown: Option<String>,
    footnotes: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct Summary {
    paragraphs: usize,
    words: usize,
    new_words: usize,
    carried_words: usize,
    /// `61 %`
    carried: String,
    marks: Vec<MarkView>,
    departures: usize,
}

/// All paragraphs of one mark, or of one kind without a mark.
#[derive(Serialize)]
struct MarkView {
    /// `new`, `recalled`, `reaffirmed`, or `none`.
    mark: &'static str,
    /// The mark in words, or what the paragraphs are instead.
    word: &'static str,
    sign: &'static str,
    count: usize,
    named: Vec<Anchor>,
    more: usize,
}

#[derive(Serialize, Clone)]
struct HeadingView<'a> {
    anchor: String,
    level: usize,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
enum Item<'a> {
    Heading(HeadingView<'a>),
    Paragraph(Box<ParagraphView<'a>>),
}

#[derive(Serialize)]
struct ParagraphView<'a> {
    anchor: String,
    id: &'a str,
    number: Option<String>,
    /// `new`, `recalled`, `reaffirmed`, or `none`.
    mark: &'static str,
    sign: &'static str,
    /// The mark in words, or what the paragraph is instead: `placeholder`, `struck out`.
    word: &'static str,
    fidelity: Option<&'static str>,
    /// `87 %`, where some but not all words are carried.
    carried: Option<String>,
    words: usize,
    new_words: usize,
    words_before: usize,
    /// Where nothing is carried, colour on every word would only shout.
    all_new: bool,
    departures: bool,
    /// A placeholder, or a text with brackets.
    open: bool,
    lines: Lines,
    sources: Vec<SourceView>,
}

#[derive(Serialize)]
struct SourceView {
    letter: Option<String>,
    place: String,
    href: Option<String>,
    name: Option<String>,
    adopted: Option<String>,
    /// `adapted`, `87 % (54 words)`, `pinned by the author`
    facts: Vec<String>,
    edits: Vec<EditView>,
    /// Where the same words are agreed as well.
    also: Option<String>,
    agreed: Option<Lines>,
}

#[derive(Serialize)]
struct EditView {
    edit: &'static str,
    agreed: String,
    draft: String,
}

/// Writes the page.
///
/// # Errors
/// When the user's template is at fault.
pub(in crate::report) fn write(
    drafts: &[(&Annotation, &Library)],
    options: &Options,
) -> Result<String, TemplateError> {
    let mut words = 0;
    let views = drafts.iter().enumerate().map(|(at, (draft, library))| {
        let prefix = if at == 0 { String::new() } else { format!("d{}-", at + 1) };
        view(draft, library, options, prefix, &mut words)
    });
    let views = views.collect();
    let titles: Vec<&str> = drafts.iter().map(|(draft, _)| draft.draft.label()).collect();
    let report = Report {
        title: titles.join(" · "),
        lang: Language::default().code(),
        drafts: views,
        words,
    };
    page("annotate.html", &report, &options.making)
}

fn view<'a>(
    annotation: &'a Annotation,
    library: &'a Library,
    options: &Options,
    prefix: String,
    before: &mut usize,
) -> DraftView<'a> {
    let draft = &annotation.draft;
    let language = draft.language();
    let mut headings = draft.headings.iter().enumerate().peekable();
    let (mut items, mut pending, mut shown_headings) =
        (Vec::new(), Vec::<HeadingView<'a>>::new(), Vec::new());
    for (index, (paragraph, facts)) in annotation.paragraphs().enumerate() {
        while let Some((at, own)) = headings.next_if(|(_, heading)| heading.before <= index) {
            let anchor = format!("{prefix}s{}", at + 1);
            // Of headings below which nothing is shown, none is shown.
            pending.retain(|above| !options.is_partial() || above.level < own.level);
            pending.push(HeadingView { anchor, level: own.level.clamp(1, 5) + 1, text: &own.text });
        }
        if options.shows(paragraph, facts) {
            shown_headings.extend(pending.iter().cloned());
            items.extend(pending.drain(..).map(Item::Heading));
            let shown = Shown { annotation, library, prefix: &prefix, language };
            items.push(Item::Paragraph(Box::new(shown.view(paragraph, facts, *before))));
        }
        *before += facts.marking.coverage.total;
    }
    let facts = [&draft.front.stage, &draft.front.date];
    let shown = items.iter().any(|item| matches!(item, Item::Paragraph(_)));
    let none_shown = (!shown && !annotation.facts.is_empty()).then(|| options.none_shown());
    DraftView {
        title: draft.label(),
        path: shown_path(&draft.path),
        lang: language.code(),
        dir: if language == Language::Ar { "rtl" } else { "ltr" },
        facts: facts.into_iter().flatten().map(String::as_str).collect(),
        summary: summary(annotation, &prefix),
        silence: annotation.silence.map(told),
        library: library_line(annotation.held),
        headings: shown_headings,
        items,
        none_shown,
        footnotes: notes(draft),
        prefix,
    }
}

fn summary(annotation: &Annotation, prefix: &str) -> Summary {
    let counts = annotation.summary();
    let marks = [Some(Mark::Reaffirmed), Some(Mark::Recalled), Some(Mark::New), None];
    let mut views: Vec<MarkView> = Vec::new();
    for mark in marks {
        for (own, _) in annotation.paragraphs().filter(|(_, facts)| facts.marking.mark == mark) {
            let word = verdict_word(own, mark);
            let at = views.iter().position(|view| view.word == word).unwrap_or_else(|| {
                let (mark, sign) = (name(mark), sign(mark));
                views.push(MarkView { mark, word, sign, count: 0, named: Vec::new(), more: 0 });
                views.len() - 1
            });
            let Some(view) = views.get_mut(at) else { continue };
            view.count += 1;
            if view.named.len() < MOST_NAMED {
                view.named.push(Anchor { anchor: anchor(prefix, own), label: label(own) });
            } else {
                view.more += 1;
            }
        }
    }
    let departs = |facts: &&Facts| departs(facts);
    Summary {
        paragraphs: counts.paragraphs,
        words: counts.words.total,
        new_words: counts.words.new,
        carried_words: counts.words.carried,
        carried: percent(counts.words.carried as f64 / counts.words.total.max(1) as f64),
        marks: views,
        departures: annotation.facts.iter().filter(departs).count(),
    }
}

fn name(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::New) => "new",
        Some(Mark::Recalled) => "recalled",
        Some(Mark::Reaffirmed) => "reaffirmed",
        None => "none",
    }
}

/// Where a paragraph stands in the page.
fn anchor(prefix: &str, paragraph: &Paragraph) -> String {
    format!("{prefix}p{}", super::anchored(&paragraph.id))
}

/// True where something is still open in it: a place that is held, or brackets.
fn is_open(paragraph: &Paragraph) -> bool {
    paragraph.placeholder || paragraph.bracketed || paragraph.text.contains(['[', ']'])
}

/// True where it departs from an agreed text that it restates.
fn departs(facts: &Facts) -> bool {
    let matched = facts.marking.sources.iter().filter_map(|source| source.matched.as_ref());
    matched.into_iter().any(|matched| !matched.departures.is_empty())
}

/// The letter of each source, where several carry words of the paragraph; of those tied the one of the first.
fn lettered(told: &[Evidence]) -> Vec<Option<String>> {
    if told.iter().filter(|evidence| evidence.leads).count() < 2 {
        return vec![None; told.len()];
    }
    let mut leading = 0;
    let letter = |evidence: &Evidence| {
        leading += usize::from(evidence.leads);
        (evidence.via == Via::Text).then(|| super::letter(leading))
    };
    told.iter().map(letter).collect()
}

/// A paragraph's surroundings.
struct Shown<'a, 's> {
    annotation: &'a Annotation,
    library: &'a Library,
    prefix: &'s str,
    language: Language,
}

impl<'a> Shown<'a, '_> {
    fn view(
        &self,
        paragraph: &'a Paragraph,
        facts: &'a Facts,
        words_before: usize,
    ) -> ParagraphView<'a> {
        let marking = &facts.marking;
        let coverage = marking.coverage;
        let told = evidence(paragraph, facts, self.library);
        let letters = lettered(&told);
        let sources = told.iter().zip(&marking.sources).zip(&letters);
        let sources = sources.filter(|((told, _), _)| told.leads || told.via == Via::Citation);
        let sources = sources.map(|((told, source), letter)| self.source(told, source, letter));
        let partly = coverage.carried > 0 && marking.fidelity != Fidelity::Verbatim;
        ParagraphView {
            anchor: anchor(self.prefix, paragraph),
            id: &paragraph.id,
            number: paragraph.shown_number(),
            mark: name(marking.mark),
            sign: sign(marking.mark),
            word: verdict_word(paragraph, marking.mark),
            fidelity: fidelity_word(marking.fidelity),
            carried: partly.then(|| percent(coverage.share())),
            words: coverage.total,
            new_words: coverage.total - coverage.carried,
            words_before,
            all_new: coverage.carried == 0,
            departures: departs(facts),
            open: is_open(paragraph),
            lines: annotated(
                paragraph,
                facts,
                self.library,
                &letters,
                &self.annotation.draft,
                self.prefix,
            ),
            sources: sources.collect(),
        }
    }

    fn source(&self, told: &Evidence, source: &Source, letter: &Option<String>) -> SourceView {
        let cited = source.citation.as_ref().and_then(|citation| citation.reference);
        let reference = source.matched.as_ref().map(|m| m.location.reference).or(cited);
        let entry = reference.and_then(|at| self.library.entries.get(at));
        let front = entry.map(|entry| &entry.text.front);
        SourceView {
            letter: letter.clone(),
            place: told.place(),
            href: link(front, told.symbol.as_deref(), self.language),
            name: told.beside().map(str::to_owned),
            adopted: told.adopted.clone(),
            facts: facts_of(told),
            edits: told.departures.iter().map(edit).collect(),
            also: told.agreed.as_ref().map(|agreed| agreed.told()),
            agreed: source.matched.as_ref().and_then(|m| agreed(m, self.library)),
        }
    }
}

/// What is said of a source beside its place.
fn facts_of(told: &Evidence) -> Vec<String> {
    let mut facts: Vec<String> =
        fidelity_word(told.fidelity()).map(str::to_owned).into_iter().collect();
    if told.via == Via::Text {
        let words = count(told.words, "word", "words");
        facts.push(format!("{} of the paragraph ({words})", percent(told.coverage)));
        facts.extend(told.kept_words());
    } else if told.pinned {
        facts.push("pinned by the author".to_owned());
    }
    if !told.held {
        facts.push("not in the library".to_owned());
    }
    if told.reordered {
        facts.push("in another order".to_owned());
    }
    facts
}

fn edit(edited: &Edited) -> EditView {
    let name = match edited.edit {
        Edit::Insert => "insert",
        Edit::Delete => "delete",
        Edit::Replace => "replace",
    };
    EditView { edit: name, agreed: shortened(&edited.agreed), draft: shortened(&edited.draft) }
}
