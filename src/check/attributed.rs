//! A paragraph with its citations in; what it quotes, and from which document, out.

use super::blockquotes::blockquotes;
use super::case::Case;
use super::short_names::named;
use crate::model::{Citation, Facts, Paragraph, Span};
use crate::text::{
    Quotation, leading_date, leads_behind, leads_in, lets_speak, precedes_name, quotations,
    said_by_another, sentences, speaks_of, tells_of, told_in_passing, told_of_others,
};

/// Words that a paragraph puts in quotation marks and gives to a document of the library.
pub(super) struct Attributed {
    /// The words, without their marks.
    pub(super) inside: Span,
    /// The document they are given to.
    pub(super) citation: Citation,
    /// True where the text gives them to it in so many words: "paragraph 72 states: “…”", "“…” (A/RES/70/125)".
    pub(super) is_direct: bool,
    /// True where somebody else may be speaking: a verb of the author or of another, "stressing that “…”", leads to the words,
    /// or they stand in another sentence than the document.
    pub(super) may_be_others: bool,
}

/// A shorter quotation is a name, a title or a term, unless it is given to one paragraph in so many words.
const SHORTEST: usize = 5;

/// With fewer words it is one then too.
const TERM: usize = 3;

/// More words than this between a source and a quotation part the two, and so do more bytes.
const BETWEEN: usize = 12;
const REACH: usize = 240;

/// Where a sentence opens with the source, so many words may tell who spoke there.
const TOLD: usize = 24;

/// The quotations of the paragraph at `at` that are given to a document which the library holds.
pub(super) fn attributed(case: &Case<'_>, at: usize) -> Vec<Attributed> {
    let annotation = case.annotation;
    let (Some(paragraph), Some(facts)) = (case.paragraph(at), annotation.facts.get(at)) else {
        return Vec::new();
    };
    let text = paragraph.text.as_str();
    let has = |quoted: &Quotation, least: usize| {
        quoted.inside.slice(text).split_whitespace().count() >= least
    };
    let set_apart = blockquotes(paragraph).into_iter().filter(|quoted| has(quoted, SHORTEST));
    let (set_apart, quoted): (Vec<_>, Vec<_>) =
        (set_apart.collect(), quotations(text).into_iter().filter(|q| has(q, TERM)).collect());
    if set_apart.is_empty() && quoted.is_empty() {
        return Vec::new();
    }
    let sentences = sentences(text);
    let cited = named(case, at, facts);
    let given = |quoted: Quotation, citation: &Citation, is_direct: bool| {
        let citation = citation.resolved().then(|| citation.clone())?;
        let mut whole = sentences.iter().filter(|sentence| sentence.overlaps(quoted.span));
        let is_apart = !whole.any(|sentence| sentence.overlaps(citation.span));
        let start = sentences.iter().rfind(|own| own.start <= citation.span.start);
        let start = start.map_or(0, |own| own.start);
        let is_others =
            || is_said(text, &citation, quoted) || is_spoken_of(text, start, citation.span, quoted);
        let may_be_others = !is_direct && (is_apart || is_others());
        Some(Attributed { inside: quoted.inside, citation, is_direct, may_be_others })
    };
    // A row of a table lists what it has; no cell speaks in the next one.
    let is_in_row = |quoted: &Quotation| {
        let line = text.get(..quoted.span.start).and_then(|before| before.rsplit('\n').next());
        line.is_some_and(|line| line.contains(" | "))
    };
    let marked = quoted.into_iter().filter(|quoted| !is_in_row(quoted)).filter_map(|quoted| {
        if precedes_name(text.get(..quoted.span.start).unwrap_or_default()) {
            return None;
        }
        let sentence = sentences.iter().find(|sentence| sentence.overlaps(quoted.span));
        let start = sentence.map_or(0, |sentence| sentence.start);
        let direct = direct(text, start, &cited, quoted);
        if !has(&quoted, SHORTEST) {
            let of_one = direct.filter(|own| own.paragraphs().count() == 1);
            let is_name = is_name(quoted.inside.slice(text));
            return given(quoted, of_one.filter(|_| !is_name)?, true);
        }
        let near = || near(text, sentence?, &cited, quoted);
        given(quoted, direct.or_else(near)?, direct.is_some())
    });
    let set_apart = set_apart.into_iter().map(|quoted| unsigned(text, quoted, &cited));
    let set_apart = set_apart.filter(|own| !is_marked(text, *own)).filter_map(|quoted| {
        let own = direct(text, 0, &cited, quoted);
        let behind = || beside(case, at.checked_add(1)?, signs);
        let ahead = || beside(case, at.checked_sub(1)?, announces);
        let is_whole = quoted.span.len() == text.trim_end().len();
        let around = || is_whole.then(|| behind().or_else(ahead)).flatten();
        given(quoted, own.or_else(around)?, true)
    });
    marked.chain(set_apart).collect()
}

/// The document that a quotation is given to in so many words.
fn direct<'c>(
    text: &str,
    start: usize,
    cited: &'c [Citation],
    quoted: Quotation,
) -> Option<&'c Citation> {
    let outside = || {
        let own = cited.iter().filter(|c| may_give(text, start, c.span, quoted));
        own.filter(|c| !is_spoken_of(text, start, c.span, quoted))
    };
    let behind = |citation: &&Citation| follows(text, quoted, citation.span);
    let ahead = |citation: &&Citation| leads(text, start, citation, quoted);
    outside().find(behind).or(outside().rfind(ahead))
}

/// True for a citation that may be the source of a quotation: it stands neither in it nor in a clause about somebody else. The
/// sentence begins at `start`.
fn may_give(text: &str, start: usize, citation: Span, quoted: Quotation) -> bool {
    let opening = text.get(start..citation.start).unwrap_or_default();
    let between = text.get(citation.end..quoted.span.start).unwrap_or_default();
    !quoted.span.overlaps(citation) && !told_of_others(opening, between)
}

/// The one document that a sentence with a quotation names, or the paragraph where the sentence names none: the words are
/// given to that one.
fn near<'c>(
    text: &str,
    sentence: &Span,
    cited: &'c [Citation],
    quoted: Quotation,
) -> Option<&'c Citation> {
    let outside = || cited.iter().filter(|c| may_give(text, sentence.start, c.span, quoted));
    let within: Vec<&Citation> = outside().filter(|c| sentence.overlaps(c.span)).collect();
    let all = if within.is_empty() { outside().collect() } else { within };
    let (first, rest) = all.split_first()?;
    let known = |citation: &'c Citation| (&citation.symbol, &citation.annex, citation.reference);
    let same = rest.iter().all(|other| known(other) == known(first));
    (same && !is_name(quoted.inside.slice(text))).then_some(*first)
}

/// True where somebody else speaks in a sentence, which begins at `start`, of the source beside a quotation.
fn is_spoken_of(text: &str, start: usize, citation: Span, quoted: Quotation) -> bool {
    let opening = text.get(start..citation.start);
    let between = text.get(citation.end..quoted.span.start);
    opening.zip(between).is_some_and(|(opening, between)| speaks_of(opening, between))
}

/// True where words around a quotation let somebody speak who is not the source it stands beside.
fn is_said(text: &str, citation: &Citation, quoted: Quotation) -> bool {
    let before = text.get(..quoted.span.start).unwrap_or_default();
    let behind = text.get(quoted.span.end..).unwrap_or_default();
    // Between the two stands the only one who can be meant.
    let from = if citation.span.end <= quoted.span.start { citation.span.end } else { 0 };
    said_by_another(before.get(from..).unwrap_or_default(), behind)
}

/// A quotation that is set apart without the source that it ends with: "… online. — A/RES/70/125, para. 9".
fn unsigned(text: &str, quoted: Quotation, cited: &[Citation]) -> Quotation {
    let end = cited.iter().filter(|own| quoted.span.contains(own.span)).find_map(|own| {
        let behind = text.get(own.span.end..quoted.span.end)?;
        let before = text.get(quoted.span.start..own.span.start)?.trim_end();
        let words = before.trim_end_matches(SIGNS).trim_end();
        let is_signed = words.len() < before.len() || words.ends_with(ENDS);
        let is_last = !behind.contains(char::is_alphanumeric);
        (is_signed && is_last && !words.is_empty()).then(|| quoted.span.start + words.len())
    });
    let span = Span::new(quoted.span.start, end.unwrap_or(quoted.span.end));
    Quotation { span, inside: span }
}

/// What opens the source behind a quotation that is set apart, and what the quotation ends with where nothing does.
const SIGNS: [char; 6] = ['—', '–', '-', '(', '[', '―'];
const ENDS: [char; 6] = ['.', ';', '”', '"', '»', '…'];

/// True where what is set apart stands in quotation marks besides.
fn is_marked(text: &str, apart: Quotation) -> bool {
    let own = apart.span.slice(text).trim();
    let mut quoted = quotations(own).into_iter();
    quoted.next().is_some_and(|first| first.span == Span::new(0, own.len()))
}

/// The source that the paragraph beside a quotation set apart names, where `gives` says that it does.
fn beside<'c>(
    case: &Case<'c>,
    at: usize,
    gives: fn(&str, &Citation) -> bool,
) -> Option<&'c Citation> {
    let text = case.paragraph(at)?.text.as_str();
    let citations = &case.annotation.facts.get(at)?.citations;
    citations.iter().rfind(|citation| gives(text, citation))
}

/// True for a paragraph that holds nothing but the source of the one before it: "— A/RES/70/125, para. 9".
fn signs(text: &str, citation: &Citation) -> bool {
    let before = text.get(..citation.span.start).unwrap_or_default();
    let behind = text.get(citation.span.end..).unwrap_or_default();
    !before.contains(char::is_alphanumeric) && !behind.contains(char::is_alphanumeric)
}

/// True for a paragraph that ends with a colon and lets a source speak: "The Compact states in paragraph 9:".
fn announces(text: &str, citation: &Citation) -> bool {
    let behind = text.get(citation.span.end..).unwrap_or_default();
    behind.trim_end().ends_with(':') && behind.split_whitespace().count() <= BETWEEN
}

/// The titles that a paragraph gives to documents of the library: "resolution 70/1 of 25 September 2015, entitled “…”".
pub(super) fn titled(paragraph: &Paragraph, facts: &Facts) -> Vec<Attributed> {
    let text = paragraph.text.as_str();
    let found = quotations(text).into_iter().filter_map(|quoted| {
        let mut cited = facts.citations.iter();
        let citation = cited.rfind(|citation| is_titled(text, citation, quoted))?;
        citation.resolved().then_some(Attributed {
            inside: quoted.inside,
            citation: citation.clone(),
            is_direct: true,
            may_be_others: false,
        })
    });
    found.collect()
}

/// The title that a text gives to the document of a citation, without its marks.
pub(super) fn title_of(text: &str, citation: &Citation) -> Option<Span> {
    let mut quoted = quotations(text).into_iter();
    quoted.find(|quoted| is_titled(text, citation, *quoted)).map(|quoted| quoted.inside)
}

/// True for a quotation that is given to a document as its title, behind nothing but its date: "of 16 December 2015, entitled
/// “…”".
fn is_titled(text: &str, citation: &Citation, quoted: Quotation) -> bool {
    let between = between(text, citation.span.end, quoted.span.start).unwrap_or_default();
    let date = ["entitled", "titled"].iter().find_map(|word| {
        Some(between.trim_end().strip_suffix(word)?.trim_matches([' ', ',', '\u{a0}']))
    });
    let is_date = |date: &str| {
        let date = date.trim_start_matches("of ");
        date.is_empty() || date.split_whitespace().count() == 3 && leading_date(date).is_some()
    };
    citation.pinpoints.is_empty() && date.is_some_and(is_date)
}

/// The words from one place to another, where these are near one another.
fn between(text: &str, from: usize, to: usize) -> Option<&str> {
    near_by(text, from, to, BETWEEN)
}

/// The same, where there are no more words than `most`.
fn near_by(text: &str, from: usize, to: usize, most: usize) -> Option<&str> {
    let near = to.checked_sub(from).is_some_and(|bytes| bytes <= REACH);
    let between = text.get(from..to).filter(|_| near)?;
    (between.split_whitespace().count() <= most).then_some(between)
}

/// True where a citation stands behind a quotation as its source: "“…” (A/RES/70/125, para. 9)", "“…”, as stated in".
fn follows(text: &str, quoted: Quotation, citation: Span) -> bool {
    let Some(between) = between(text, quoted.span.end, citation.start) else { return false };
    let opens = matches!(between.trim(), "(" | "(see" | "(See" | "[" | "," | "—" | "–" | "");
    let leads = || leads_behind(between);
    // What is set apart has its source in the next line.
    let apart = quoted.span == quoted.inside;
    (apart || !between.contains('\n')) && (opens || !between.contains(['.', ';']) && leads())
}

/// True where a citation introduces a quotation: "paragraph 72 of the Tunis Agenda, which states that “…”", "According
/// to resolution 70/125, “…”", "paragraph 9 of resolution 70/125: “…”". The sentence begins at `start`.
fn leads(text: &str, start: usize, citation: &Citation, quoted: Quotation) -> bool {
    let opening = || text.get(start..citation.span.start).unwrap_or_default();
    let (from, to) = (citation.span.end, quoted.span.start);
    let far = near_by(text, from, to, TOLD).filter(|words| !words.contains(['.', ';', '“', '"']));
    if far.is_some_and(|far| tells_of(opening(), far) || told_in_passing(opening(), far)) {
        return true;
    }
    let Some(between) = between(text, from, to) else { return false };
    if between.contains(['.', ';']) {
        return false;
    }
    let is_bare = !between.contains(char::is_alphanumeric);
    lets_speak(between)
        || between.trim_end().ends_with(':')
        || is_bare && (leads_in(opening()) || citation.paragraphs().next().is_some())
}

/// True for words that begin with capitals but for the short ones between them: a name or a title.
fn is_name(words: &str) -> bool {
    const LONG: usize = 4;
    let mut long = words.split_whitespace().filter(|word| word.chars().count() >= LONG);
    long.all(|word| !word.starts_with(char::is_lowercase))
}

/// True where the quotation is what a document of the library is called.
pub(super) fn is_called(case: &Case<'_>, words: &str) -> bool {
    let keys = case.folding.keys(words);
    case.library.entries.iter().any(|entry| {
        let front = &entry.text.front;
        let names = front.names.iter().chain(&front.title);
        names.into_iter().any(|name| case.folding.keys(name) == keys)
    })
}
