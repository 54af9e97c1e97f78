//! A paragraph's sources in; what every format says about them, in the field's words, out.

use super::agreed::{Agreed, Place};
use crate::model::{
    Edit, Entry, Facts, Fidelity, FrontMatter, Library, Mark, Marking, Match, Paragraph, Pinpoint,
    Silence, Source, Via, When,
};

/// What is said about one source.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evidence {
    /// `A/RES/70/125`; none for an instrument without a symbol.
    pub(super) symbol: Option<String>,
    /// `I`
    pub(super) annex: Option<String>,
    /// `9`, `23(b)`, `69-71`
    pub(super) paragraph: Option<String>,
    /// `art. 19`
    pub(super) articles: Option<String>,
    /// What it is called.
    pub(super) name: Option<String>,
    /// When it was adopted.
    pub(super) adopted: Option<String>,
    /// Share (0..1) of the paragraph's words it carries.
    pub(super) coverage: f64,
    /// How many words it carries.
    pub(super) words: usize,
    /// Where the paragraph was rewritten from it: how many words both have in the same order.
    pub(super) kept: Option<usize>,
    pub(super) via: Via,
    /// True when the words are credited to it, false when it is tied with one they are credited to.
    pub(super) leads: bool,
    pub(super) departures: Vec<Edited>,
    /// The first words of an agreed paragraph without a number, by which it can be found.
    pub(super) opening: Option<String>,
    /// Evidence, in bits, that the words shared are no accident.
    pub(super) bits: f64,
    /// True when the draft takes its words in another order.
    pub(super) reordered: bool,
    /// True when only the author's pin names it.
    pub(super) pinned: bool,
    /// Whether the library holds it.
    pub(super) held: bool,
    /// True when the draft or its author names it.
    pub(super) cited: bool,
    /// When it was agreed.
    pub(super) when: When,
    /// Its words are agreed elsewhere as well: filled in for the one that leads, where any is tied with it.
    pub(super) agreed: Option<Agreed>,
}

/// A departure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edited {
    pub(super) edit: Edit,
    pub(super) agreed: String,
    pub(super) draft: String,
}

/// What is said about every source of a paragraph, in their order.
pub(super) fn evidence(paragraph: &Paragraph, facts: &Facts, library: &Library) -> Vec<Evidence> {
    let sources = &facts.marking.sources;
    let rank = |source: &Source| source.matched.as_ref().map(|m| m.rank);
    let mut out: Vec<Evidence> = Vec::with_capacity(sources.len());
    let mut last = None;
    for source in sources {
        let leads = source.via == Via::Text && rank(source) != last;
        last = rank(source);
        let told = match &source.matched {
            Some(matched) => Evidence {
                pinned: source.pinned,
                cited: source.citation.is_some(),
                ..by_text(paragraph, matched, library, leads)
            },
            None => by_citation(source, library),
        };
        out.push(told);
    }
    let leads: Vec<usize> =
        (0..out.len()).filter(|at| out.get(*at).is_some_and(|e| e.leads)).collect();
    for at in leads {
        let tied = |e: &&Evidence| e.via == Via::Text && !e.leads;
        let rest = out.get(at + 1..).unwrap_or_default().iter().take_while(tied);
        let places: Vec<Place> = out.get(at).into_iter().chain(rest).map(Place::of).collect();
        if let Some(leader) = out.get_mut(at).filter(|_| places.len() > 1) {
            leader.agreed = Some(Agreed::of(places, leader.cited));
        }
    }
    out
}

fn by_text(paragraph: &Paragraph, matched: &Match, library: &Library, leads: bool) -> Evidence {
    let entry = library.entries.get(matched.location.reference);
    let agreed = entry.and_then(|e| e.text.paragraphs.get(matched.location.paragraph));
    let own = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let agreed_text = agreed.map_or("", |a| a.text.as_str());
    let departures = matched.departures.iter().map(|departure| Edited {
        edit: departure.edit,
        agreed: own(departure.agreed.slice(agreed_text)),
        draft: own(departure.draft.slice(&paragraph.text)),
    });
    let part = agreed
        .and_then(|a| a.parts.iter().find(|part| Some(&part.address) == matched.part.as_ref()));
    let number = agreed.and_then(|a| a.number.as_ref().map(|_| a.address(part)));
    Evidence {
        symbol: entry.and_then(|e| e.text.front.symbol.clone()),
        annex: entry.zip(agreed).and_then(|(e, a)| e.annex(a).map(str::to_owned)),
        paragraph: number,
        articles: None,
        name: entry.map(|e| e.name.clone()),
        adopted: entry.and_then(|e| e.text.front.adopted.clone()),
        coverage: matched.coverage,
        words: matched.runs.iter().map(|run| run.words).sum(),
        kept: matched.kept,
        via: Via::Text,
        leads,
        departures: departures.collect(),
        opening: agreed.filter(|a| a.number.is_none()).map(|a| first_words(&a.text)),
        bits: matched.evidence,
        reordered: matched.reordered,
        pinned: false,
        cited: false,
        held: true,
        when: entry.map_or_else(|| When::of(&FrontMatter::default()), |e| When::of(&e.text.front)),
        agreed: None,
    }
}

fn by_citation(source: &Source, library: &Library) -> Evidence {
    let citation = source.citation.as_ref();
    let entry = citation.and_then(|c| c.reference).and_then(|at| library.entries.get(at));
    let name = |entry: &Entry| entry.name.clone();
    let annex = entry.and_then(|e| e.text.front.annex.clone());
    Evidence {
        symbol: citation.and_then(|c| c.symbol.clone()),
        annex: citation.and_then(|c| c.annex.clone()).or(annex),
        paragraph: citation.and_then(|c| pointed_at(&c.pinpoints)),
        articles: citation.and_then(|c| articles(&c.pinpoints)),
        name: entry.map(name).or_else(|| citation.and_then(|c| c.name.clone())),
        adopted: entry.and_then(|e| e.text.front.adopted.clone()),
        coverage: 0.0,
        words: 0,
        kept: None,
        via: Via::Citation,
        leads: false,
        departures: Vec::new(),
        opening: None,
        bits: 0.0,
        reordered: false,
        pinned: source.pinned,
        cited: true,
        held: entry.is_some(),
        when: entry.map_or_else(|| When::of(&FrontMatter::default()), |e| When::of(&e.text.front)),
        agreed: None,
    }
}

/// The first five words of a text.
pub(super) fn first_words(text: &str) -> String {
    let mut words = text.split_whitespace();
    let head: Vec<&str> = words.by_ref().take(5).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", head.join(" "))
}

/// Articles pointed at: `art. 19`, `arts. 17, 19`.
fn articles(pinpoints: &[Pinpoint]) -> Option<String> {
    let found: Vec<&str> = pinpoints
        .iter()
        .filter_map(|p| match p {
            Pinpoint::Article(address) => Some(address.as_str()),
            _ => None,
        })
        .collect();
    let word = if found.len() > 1 { "arts." } else { "art." };
    (!found.is_empty()).then(|| format!("{word}\u{a0}{}", found.join(", ")))
}

/// Paragraphs pointed at, neighbours drawn together: `69-71`, `17, 19`.
fn pointed_at(pinpoints: &[Pinpoint]) -> Option<String> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for pinpoint in pinpoints {
        let Pinpoint::Paragraph(address) = pinpoint else { continue };
        let follows = |last: &str| matches!((last.parse::<u64>(), address.parse::<u64>()), (Ok(a), Ok(b)) if a + 1 == b);
        match groups.last_mut() {
            Some((_, last)) if follows(last) => last.clone_from(address),
            _ => groups.push((address.clone(), address.clone())),
        }
    }
    let written = groups.into_iter().map(|(a, b)| if a == b { a } else { format!("{a}-{b}") });
    let written: Vec<String> = written.collect();
    (!written.is_empty()).then(|| written.join(", "))
}

impl Evidence {
    /// `A/RES/79/1, annex I, para. 22`; the name where there is no symbol.
    pub(super) fn place(&self) -> String {
        let mut place = self.symbol.clone().or(self.name.clone()).unwrap_or_default();
        if let (Some(annex), true) = (&self.annex, self.symbol.is_some()) {
            place.push_str(&if annex.is_empty() || annex == "annex" {
                ", annex".to_owned()
            } else {
                format!(", annex {annex}")
            });
        }
        if let Some(paragraph) = &self.paragraph {
            let several = paragraph.contains([',', '-']);
            place.push_str(if several { ", paras.\u{a0}" } else { ", para.\u{a0}" });
            place.push_str(paragraph);
        } else if let Some(articles) = &self.articles {
            place.push_str(&format!(", {articles}"));
        } else if let Some(opening) = &self.opening {
            place.push_str(&format!(", “{opening}”"));
        }
        place
    }

    /// The name, where it is not already the place.
    pub(super) fn beside(&self) -> Option<&str> {
        self.name
            .as_deref()
            .filter(|name| self.symbol.is_some() && Some(*name) != self.symbol.as_deref())
    }

    /// `21 words in the same order`, for a source that the paragraph was rewritten from.
    pub(super) fn kept_words(&self) -> Option<String> {
        self.kept.map(|kept| format!("{} in the same order", count(kept, "word", "words")))
    }

    /// What is said behind the place of a source: ` · adapted · 97 % (40 words): adds “…” · also in …`
    pub(super) fn standing(&self) -> String {
        let mut line = format!(" · {}", fidelity_word(self.fidelity()).unwrap_or_default());
        if self.via == Via::Text {
            let words = count(self.words, "word", "words");
            line.push_str(&format!(" · {} ({words})", percent(self.coverage)));
            line.extend(self.kept_words().map(|kept| format!(" · {kept}")));
        } else if self.pinned {
            line.push_str(" · pinned by the author");
        }
        if !self.held {
            line.push_str(" · not in the library");
        }
        if self.reordered {
            line.push_str(" · in another order");
        }
        if !self.departures.is_empty() {
            let told: Vec<String> = self.departures.iter().map(Edited::told).collect();
            line.push_str(&format!(": {}", told.join("; ")));
        }
        line.extend(self.agreed.as_ref().map(|agreed| format!(" · {}", agreed.told())));
        line
    }

    /// `verbatim`, `adapted` or `cited`, as this source alone is concerned.
    pub(super) fn fidelity(&self) -> Fidelity {
        match self.via {
            Via::Citation => Fidelity::Cited,
            Via::Text if self.kept.is_some() => Fidelity::Adapted,
            Via::Text if self.departures.is_empty() && !self.reordered => Fidelity::Verbatim,
            Via::Text => Fidelity::Adapted,
        }
    }
}

impl Edited {
    /// `adds “…”`, `drops “…”`, `“…” for “…”`, long words shortened in their middle.
    pub(super) fn told(&self) -> String {
        self.edit.told(&self.agreed, &self.draft)
    }
}

/// The word for a paragraph's mark, or for what it is instead.
pub(super) fn verdict_word(paragraph: &Paragraph, mark: Option<Mark>) -> &'static str {
    match mark {
        None if paragraph.is_struck() => "struck out",
        None if !paragraph.placeholder => "no words",
        mark => mark_word(mark),
    }
}

/// `REAFFIRMED`, `new`: the word for a mark.
pub(super) fn mark_word(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::New) => "new",
        Some(Mark::Recalled) => "recalled",
        Some(Mark::Reaffirmed) => "reaffirmed",
        None => "placeholder",
    }
}

/// What is said behind the mark of a paragraph: ` · adapted · 97 % agreed words`
pub(super) fn verdict_rest(marking: &Marking) -> String {
    let mut rest = String::new();
    rest.extend(fidelity_word(marking.fidelity).map(|fidelity| format!(" · {fidelity}")));
    if marking.coverage.carried > 0 && marking.fidelity != Fidelity::Verbatim {
        rest.push_str(&format!(" · {} agreed words", percent(marking.coverage.share())));
    }
    rest
}

/// The sign of a mark, told apart by its shape alone.
pub(super) fn sign(mark: Option<Mark>) -> &'static str {
    match mark {
        Some(Mark::New) => "○",
        Some(Mark::Recalled) => "◈",
        Some(Mark::Reaffirmed) => "◆",
        None => "·",
    }
}

/// `verbatim`, or nothing where there is no source.
pub(super) fn fidelity_word(fidelity: Fidelity) -> Option<&'static str> {
    match fidelity {
        Fidelity::None => None,
        Fidelity::Cited => Some("cited"),
        Fidelity::Adapted => Some("adapted"),
        Fidelity::Verbatim => Some("verbatim"),
    }
}

/// `97 %`, never rounded up to 100 or down to 0.
pub(super) fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    let whole = if share < 1.0 { whole.min(99.0) } else { whole };
    let whole = if share > 0.0 { whole.max(1.0) } else { whole };
    format!("{whole:.0}\u{a0}%")
}

/// `1 paragraph`, `3 paragraphs`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number}\u{a0}{}", if number == 1 { one } else { many })
}

/// Why nothing matched, and what to do.
pub(super) fn told(silence: Silence) -> String {
    match silence {
        Silence::EmptyDraft => "The draft holds no paragraph.".to_owned(),
        Silence::EmptyLibrary => {
            "No paragraph could be linked by its words: the library is empty. Put agreed texts into \
             `references/`, or name a folder with --library."
                .to_owned()
        }
        Silence::Languages { draft, library } => format!(
            "No paragraph could be linked by its words: the draft is in {draft}, the library in {library}. \
             Use references in the language of the draft."
        ),
        Silence::ExcerptsOnly => {
            "No paragraph shares language with the library, which holds only excerpts of its sources: \
             agreed language may be missing from it. Add the full texts to be sure."
                .to_owned()
        }
        Silence::NothingShared => {
            "No paragraph shares language with any reference in the library.".to_owned()
        }
    }
}
