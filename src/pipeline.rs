//! Drafts and a library in; the stages run in their order; an annotated draft, a comparison of two, or a history, out.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::ask::{self, Closeness, Order, Phrase, Seek};
use crate::check;
use crate::cite::{self, Gazetteer, Speaker};
use crate::compare;
use crate::library::{self, Holding};
use crate::mark::{self, MarkThresholds};
use crate::model::{
    Annotation, Checked, Citation, Comparison, Draft, DraftRevision, Facts, Held, History, Library,
    Life, Mark, Paragraph, Scope, Search, Silence, Span, Suggestions, Via,
};
use crate::read::ReadError;
use crate::reuse::{self, MatchThresholds, Reuse, Sequenced, Subject};
use crate::text::{Folding, language, placeholders};

/// What decides between chance and reuse, and between the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thresholds {
    /// When shared words are a match.
    pub matching: MatchThresholds,
    /// From which share of words a paragraph has which mark.
    pub marking: MarkThresholds,
}

/// The library in `places` as far as `drafts` need it: see [`library::sift`].
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn library_for(
    drafts: &[&Draft],
    places: &[PathBuf],
    thresholds: &Thresholds,
    holding: &Holding,
) -> Result<Library, ReadError> {
    library::sift(places, &Sequenced::new(drafts, thresholds.matching), holding)
}

/// A library made ready to annotate any number of drafts.
#[derive(Debug)]
pub struct Annotator<'l> {
    library: &'l Library,
    gazetteer: Gazetteer,
    folding: Folding,
    thresholds: Thresholds,
}

impl<'l> Annotator<'l> {
    /// Takes up the names and symbols of `library`.
    pub fn new(library: &'l Library, thresholds: Thresholds) -> Self {
        let (folding, gazetteer) =
            rayon::join(|| folding_of(library), || Gazetteer::with_library(library));
        Self { library, gazetteer, folding, thresholds }
    }

    /// Links every paragraph of `draft` to its sources and marks it.
    pub fn annotate(&self, draft: Draft) -> Annotation {
        let named = self.named(&draft);
        let subjects = named.subjects(&draft);
        let matching = &self.thresholds.matching;
        let reused = reuse::matches(&subjects, self.library, &self.folding, matching);
        drop(subjects);
        self.marked(draft, named, reused)
    }

    /// The same for several drafts, in their order: the library is looked through once for all of them.
    pub fn annotate_all(&self, drafts: Vec<Draft>) -> Vec<Annotation> {
        let named: Vec<Named> = drafts.par_iter().map(|draft| self.named(draft)).collect();
        let all = drafts.iter().zip(&named);
        let subjects: Vec<Subject<'_>> =
            all.flat_map(|(draft, named)| named.subjects(draft)).collect();
        let matching = &self.thresholds.matching;
        let mut reused =
            reuse::matches(&subjects, self.library, &self.folding, matching).into_iter();
        drop(subjects);
        let portions: Vec<Vec<Reuse>> =
            drafts.iter().map(|d| reused.by_ref().take(d.paragraphs.len()).collect()).collect();
        let all: Vec<_> = drafts.into_iter().zip(named).zip(portions).collect();
        all.into_par_iter()
            .map(|((draft, named), reused)| self.marked(draft, named, reused))
            .collect()
    }

    /// The documents that each paragraph of a draft names, and those the draft says it rests on.
    fn named(&self, draft: &Draft) -> Named {
        Named { cited: self.cite(draft), declared: self.declared(draft) }
    }

    /// A draft with its marks, given what each of its paragraphs takes from the library.
    fn marked(&self, draft: Draft, named: Named, reused: Vec<Reuse>) -> Annotation {
        let marked = draft.paragraphs.iter().zip(named.cited).zip(reused);
        let facts: Vec<Facts> = marked
            .map(|((paragraph, Cited { citations, pinned }), reuse)| {
                let marking = mark::mark(
                    paragraph,
                    reuse.matches,
                    &reuse.words,
                    &citations,
                    &pinned,
                    &self.thresholds.marking,
                );
                Facts { citations, pinned, marking }
            })
            .collect();
        let silence = self.silence(&draft, &facts);
        Annotation { draft, facts, held: Held::of(self.library), silence }
    }

    fn cite(&self, draft: &Draft) -> Vec<Cited> {
        let speaker = Speaker::of(&draft.front);
        let mut last: Option<Citation> = None;
        let mut cite = |paragraph: &Paragraph| {
            let citations =
                cite::citations(&paragraph.text, &self.gazetteer, &speaker, last.as_ref());
            last = citations.last().cloned().or(last.take());
            let pins = paragraph.pins.iter();
            let pinned = pins
                .map(|pin| cite::citations(&pin.source, &self.gazetteer, &speaker, None))
                .collect();
            Cited { citations, pinned }
        };
        draft.paragraphs.iter().map(&mut cite).collect()
    }

    /// The references that the draft's front matter says it rests on: among ties they come first.
    fn declared(&self, draft: &Draft) -> Vec<usize> {
        let speaker = Speaker::of(&draft.front);
        let cite = |source: &String| cite::citations(source, &self.gazetteer, &speaker, None);
        draft.front.sources.iter().flat_map(cite).filter_map(|c| c.reference).collect()
    }

    fn silence(&self, draft: &Draft, facts: &[Facts]) -> Option<Silence> {
        let by_text = |f: &Facts| f.marking.sources.iter().any(|s| s.via == Via::Text);
        if facts.iter().any(by_text) {
            return None;
        }
        if draft.paragraphs.is_empty() {
            return Some(Silence::EmptyDraft);
        }
        if self.library.paragraph_count() == 0 {
            return Some(Silence::EmptyLibrary);
        }
        let texts = self.library.entries.iter().flat_map(|e| e.text.paragraphs.iter());
        let held = language(&joined(texts));
        if let (Some(own), Some(held)) = (language(&joined(draft.paragraphs.iter())), held)
            && own != held
        {
            return Some(Silence::Languages { draft: own.name(), library: held.name() });
        }
        let excerpts = self.library.entries.iter().all(|entry| !entry.is_full());
        Some(if excerpts { Silence::ExcerptsOnly } else { Silence::NothingShared })
    }
}

/// A draft that was checked.
#[derive(Debug)]
pub struct CheckedDraft {
    /// The draft with its sources and marks.
    pub annotation: Annotation,
    /// What is wrong with it.
    pub checked: Checked,
}

/// A library made ready to check any number of drafts.
#[derive(Debug)]
pub struct Checker<'l> {
    annotator: Annotator<'l>,
    wholes: library::Wholes<'l>,
    names: Vec<&'static str>,
    policy: &'l check::Policy,
}

impl<'l> Checker<'l> {
    /// Takes up the names and symbols of `library`, and what the repository wants.
    pub fn new(library: &'l Library, thresholds: Thresholds, policy: &'l check::Policy) -> Self {
        let annotator = Annotator::new(library, thresholds);
        let wholes = library::Wholes::of(library);
        Self { annotator, wholes, names: Gazetteer::names(), policy }
    }

    /// Checks drafts, in their order; with the revision before, also what the changes since then did to them.
    pub fn check_all(&self, drafts: Vec<Draft>, earlier: Option<&Draft>) -> Vec<CheckedDraft> {
        let annotated = self.annotator.annotate_all(drafts);
        annotated.into_par_iter().map(|annotation| self.checked(annotation, earlier)).collect()
    }

    /// Checks one draft.
    pub fn check(&self, draft: Draft, earlier: Option<&Draft>) -> CheckedDraft {
        self.checked(self.annotator.annotate(draft), earlier)
    }

    fn checked(&self, annotation: Annotation, earlier: Option<&Draft>) -> CheckedDraft {
        let comparison = earlier.map(|old| (old, compare::compare(old, &annotation.draft)));
        let earlier = comparison.as_ref();
        let case = check::Case {
            annotation: &annotation,
            library: self.annotator.library,
            whole: &|reference| self.wholes.get(reference),
            names: &self.names,
            folding: &self.annotator.folding,
            earlier: earlier.map(|(draft, comparison)| check::Earlier { draft, comparison }),
        };
        let checked = check::check(&case, self.policy);
        CheckedDraft { annotation, checked }
    }
}

/// Two drafts, and what became of the old one in the new one.
#[derive(Debug)]
pub struct Diffed {
    /// The old draft.
    pub old: Draft,
    /// The new draft.
    pub new: Draft,
    /// What became of its paragraphs and headings.
    pub comparison: Comparison,
}

/// Compares two drafts. Where there is a library, both are held against it, and what changed is credited to the agreed
/// paragraphs that have its words.
pub fn diff(old: Draft, new: Draft, library: Option<&Library>, thresholds: &Thresholds) -> Diffed {
    diffed(old, new, library, thresholds, compare::compare_with)
}

/// Compares two drafts of one paragraph each, however little they share.
pub fn diff_one(
    old: Draft,
    new: Draft,
    library: Option<&Library>,
    thresholds: &Thresholds,
) -> Diffed {
    diffed(old, new, library, thresholds, compare::compare_one)
}

fn diffed(
    old: Draft,
    new: Draft,
    library: Option<&Library>,
    thresholds: &Thresholds,
    compare: fn(&Folding, &Draft, &Draft) -> Comparison,
) -> Diffed {
    let Some(library) = library else {
        let comparison = compare(Folding::general(), &old, &new);
        return Diffed { old, new, comparison };
    };
    let annotator = Annotator::new(library, *thresholds);
    let (old, new) = (annotator.annotate(old), annotator.annotate(new));
    let mut comparison = compare(&annotator.folding, &old.draft, &new.draft);
    let before = compare::Held { draft: &old.draft, facts: &old.facts };
    let after = compare::Held { draft: &new.draft, facts: &new.facts };
    compare::credit(&mut comparison, before, after);
    Diffed { old: old.draft, new: new.draft, comparison }
}

/// Follows every paragraph of a draft through its revisions, the oldest first. Where there is a library, each of them is
/// held against it, and every step has the mark of its paragraph.
pub fn history(
    revisions: Vec<DraftRevision>,
    library: Option<&Library>,
    thresholds: &Thresholds,
) -> History {
    let mut history = compare::follow(revisions);
    let Some(library) = library else { return history };
    let annotator = Annotator::new(library, *thresholds);
    let mut marks: Vec<Vec<Option<Mark>>> = Vec::with_capacity(history.revisions.len());
    for revision in &mut history.revisions {
        let Annotation { draft, facts, .. } =
            annotator.annotate(std::mem::take(&mut revision.draft));
        revision.draft = draft;
        marks.push(facts.iter().map(|facts| facts.marking.mark).collect());
    }
    for step in history.lineages.iter_mut().flat_map(|lineage| &mut lineage.steps) {
        let mark = |at: usize| marks.get(step.revision)?.get(at).copied().flatten();
        step.mark = step.paragraph.and_then(mark);
    }
    history
}

/// The documents that a draft names.
struct Named {
    /// One for each paragraph.
    cited: Vec<Cited>,
    /// References that the front matter says it rests on.
    declared: Vec<usize>,
}

impl Named {
    fn subjects<'d>(&self, draft: &'d Draft) -> Vec<Subject<'d>> {
        let paragraphs = draft.paragraphs.iter().zip(&self.cited);
        paragraphs.map(|(paragraph, cited)| subject(paragraph, cited, &self.declared)).collect()
    }
}

/// Documents a paragraph names: in its text, and through its author's pins.
struct Cited {
    citations: Vec<Citation>,
    pinned: Vec<Vec<Citation>>,
}

/// As much of some paragraphs as tells their language.
fn joined<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        text.push_str(&paragraph.text);
        text.push(' ');
        if text.len() > 20_000 {
            break;
        }
    }
    text
}

fn subject<'d>(paragraph: &'d Paragraph, cited: &Cited, declared: &[usize]) -> Subject<'d> {
    let mut apart: Vec<Span> = placeholders(&paragraph.text);
    let citations = &cited.citations;
    apart.extend(citations.iter().filter_map(|c| in_parentheses(&paragraph.text, c.span)));
    // What an author pinned comes first: it is meant as the base of the paragraph.
    let named = cited.pinned.iter().flatten().chain(citations);
    Subject {
        paragraph,
        mentions: citations.iter().map(|c| c.span).collect(),
        apart,
        cited: named.filter_map(|c| c.reference).chain(declared.iter().copied()).collect(),
    }
}

/// The parentheses around a citation that hold nothing else: "(A/RES/78/213, para. 18)".
fn in_parentheses(text: &str, citation: Span) -> Option<Span> {
    let before = text.get(..citation.start)?.trim_end_matches(char::is_whitespace);
    let before = before.strip_suffix("See").or(before.strip_suffix("see")).unwrap_or(before);
    let open = before.trim_end().strip_suffix('(')?.len();
    let after = text.get(citation.end..)?;
    let rest = after.trim_start();
    rest.starts_with(')').then(|| Span::new(open, citation.end + (after.len() - rest.len()) + 1))
}

/// What is asked of a library as a whole, and the library with the paragraphs that answer.
#[derive(Debug)]
pub struct Answered<A> {
    /// The library; of a large one, only what may be part of the answer.
    pub library: Library,
    /// The answer.
    pub answer: A,
}

/// Where the library in `places` has the words of `query`.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn search(
    query: &str,
    places: &[PathBuf],
    holding: &Holding,
    scope: &Scope,
    order: Order,
) -> Result<Answered<Search>, ReadError> {
    let general = Folding::general();
    let phrases = [Phrase::new(query, general, Closeness::SEARCH)];
    // What cannot be searched for is not looked for either: only how much the library holds is told.
    let sought = phrases.get(..usize::from(!phrases.iter().any(Phrase::is_common)));
    let library = library::sift(places, &Seek::new(sought.unwrap_or_default(), general), holding)?;
    let folding = folding_of(&library);
    let phrase = Phrase::new(query, &folding, Closeness::SEARCH);
    let answer = ask::search(&phrase, &library, &folding, scope, order);
    Ok(Answered { library, answer })
}

/// The lives of several sentences in the library in `places`.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn trace(
    texts: &[String],
    places: &[PathBuf],
    holding: &Holding,
) -> Result<Answered<Vec<Life>>, ReadError> {
    let general = Folding::general();
    let phrases: Vec<Phrase> = texts.iter().map(|text| Phrase::traced(text, general)).collect();
    let library = library::sift(places, &Seek::new(&phrases, general), holding)?;
    let folding = folding_of(&library);
    let life = |text: &String| ask::trace(&Phrase::traced(text, &folding), &library, &folding);
    let answer = texts.iter().map(life).collect();
    Ok(Answered { library, answer })
}

/// At most `limit` agreed paragraphs on the subject of `text`, which stands under `heading`.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn suggest(
    text: &str,
    heading: &str,
    places: &[PathBuf],
    holding: &Holding,
    limit: usize,
) -> Result<Answered<Suggestions>, ReadError> {
    let general = Folding::general();
    let library = library::sift(places, &ask::Subject::new(text, heading, general), holding)?;
    let folding = folding_of(&library);
    let subject = ask::Subject::new(text, heading, &folding);
    let answer = ask::suggest(&subject, &library, &folding, limit);
    Ok(Answered { library, answer })
}

/// What each reference in `places` says of itself, without its paragraphs where they are many.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn fronts(places: &[PathBuf], holding: &Holding) -> Result<Library, ReadError> {
    library::sift(places, &Seek::new(&[], Folding::general()), holding)
}

/// The folding under which the names of the library's texts are the same in short and in full.
fn folding_of(library: &Library) -> Folding {
    library.entries.iter().fold(Folding::general().clone(), |folding, entry| {
        let front = &entry.text.front;
        folding.with_names(front.names.iter().chain(&front.title).map(String::as_str))
    })
}
