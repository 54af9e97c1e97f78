//! Finds citations of a paragraph, an article, a section or an annex that the document cited does not have.
//!
//! ## Why it matters
//!
//! A delegation that looks the paragraph up finds nothing there, and doubts the rest.
//!
//! ## Example
//!
//! > 4\. We reaffirm paragraph 131 of the Global Digital Compact.
//!
//! The Compact ends with paragraph 74, and the library holds all of it.
//!
//! ## What to do
//!
//! Look the words up and put the number right: `adref search "the words"` tells where they stand. Only documents that
//! the library holds in full can show that something is missing; of one with `extent: excerpts` nothing is said, and
//! nothing where a number may have been overlooked in reading it. What the author pins a paragraph to is looked at too.

use std::collections::BTreeSet;

use super::{Case, Check, Found, Settings};
use crate::check::address::{Missing, listed, missing, numeral};
use crate::check::case::called;
use crate::check::preamble::ordinals;
use crate::model::{
    Citation, CitationForm, Draft, Entry, LeftOut, Omission, Paragraph, Pinpoint, Severity,
};
use crate::text::{annex_of_heading, is_roman};

pub(super) const CHECK: Check = Check {
    name: "missing-pinpoint-target",
    severity: Severity::Error,
    page: include_str!("missing_pinpoint_target.rs"),
    options: &[],
    within_quotations: false,
    run,
};

fn run(case: &Case<'_>, _: &Settings) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, paragraph, citation) in case.citations() {
        if citation.form != CitationForm::Internal {
            let ordinal = ordinal(paragraph, citation);
            let told = faults(case, citation, ordinal).into_iter();
            found.extend(
                told.map(|(message, help)| Found::words(at, citation.span, message).help(help)),
            );
        }
    }
    for (at, pin, citation) in case.pinned() {
        let told = faults(case, citation, None).into_iter();
        found.extend(told.map(|(message, help)| {
            let message = format!("the paragraph is pinned to “{}”, but {message}", pin.source);
            Found::paragraph(at, message).help(help).about(&pin.source).at(pin.at)
        }));
    }
    found
}

/// What the document cited does not have, each with advice.
fn faults(case: &Case<'_>, citation: &Citation, ordinal: Option<String>) -> Vec<(String, String)> {
    let held = citation.reference.and_then(|at| Some((at, case.entry(at)?)));
    let Some((reference, entry)) = held.filter(|(_, entry)| entry.is_full()) else {
        return Vec::new();
    };
    if citation.pinpoints.is_empty() && citation.annex.is_none() && ordinal.is_none() {
        return Vec::new();
    }
    let Some(text) = case.text(reference) else { return Vec::new() };
    let of_annex = citation.pinpoints.contains(&Pinpoint::Section("annex".to_owned()));
    let scope = Scope::of(&text, entry, citation);
    let without = if of_annex || scope.is_none() { no_annex(&text, entry, citation) } else { None };
    let Some(scope) = scope.filter(|_| without.is_none()) else {
        return without.into_iter().collect();
    };
    let called = called(entry, citation.annex.as_deref());
    let mut faults = Vec::new();
    let addresses = citation.paragraphs().chain(ordinal.as_deref());
    let gone: Vec<(&str, Missing)> =
        addresses.filter_map(|address| Some((address, scope.missing(address)?))).collect();
    let beyond = |missing: &Missing| matches!(missing, Missing::Beyond(..));
    let past: Vec<&str> = gone.iter().filter(|(_, m)| beyond(m)).map(|(own, _)| *own).collect();
    if let Some((_, Missing::Beyond(last, _))) = gone.iter().find(|(_, m)| beyond(m)) {
        let s = if past.len() > 1 { "s" } else { "" };
        let message = format!(
            "{called} has no paragraph{s} {}: the highest number in it is {last}",
            listed(&past)
        );
        faults
            .push((message, "look up where the words stand, and put the number right".to_owned()));
    }
    faults.extend(gone.iter().filter_map(|(address, missing)| {
        let message = match missing {
            Missing::Part(stem) => {
                format!("{called} has no paragraph {address}, though it has a paragraph {stem}")
            }
            // Of a text without a preamble its reader may have left it out.
            Missing::Preamble(0) => return None,
            Missing::Preamble(count) => {
                let own = address.trim_start_matches(char::is_alphabetic);
                format!("{called} has no preambular paragraph {own}: there are {count}")
            }
            _ => return None,
        };
        Some((message, format!("look up how the part meant is labelled in {}", entry.symbol())))
    }));
    faults.extend(citation.articles().filter_map(|address| {
        let last = scope.missing_article(address)?;
        let message = format!("{called} has no article {address}: the last one is article {last}");
        Some((message, "look the article up, and put the number right".to_owned()))
    }));
    faults.extend(citation.pinpoints.iter().filter_map(|pinpoint| {
        let Pinpoint::Section(section) = pinpoint else { return None };
        let section = section.strip_prefix("sect. ").filter(|section| is_roman(section))?;
        let has = scope.missing_section(section)?;
        let message = format!("{called} has no section {section}: {has}");
        let help = if scope.text.headings.is_empty() {
            "take the section out, or check which document is meant"
        } else {
            "look the section up, and put its number right"
        };
        Some((message, help.to_owned()))
    }));
    faults
}

/// The annex cited is none of those the text has.
fn no_annex(text: &Draft, entry: &Entry, citation: &Citation) -> Option<(String, String)> {
    let cited = citation.annex.as_deref();
    let annexes: BTreeSet<&str> = text.paragraphs.iter().filter_map(|p| entry.annex(p)).collect();
    // An annex without paragraphs, such as a table, may have been left out; its heading is not.
    let named = |text: &str| annex_of_heading(text).is_some_and(|own| Some(own.as_str()) == cited);
    let headed = text.headings.iter().any(|heading| named(&heading.text));
    let kept = |own: &LeftOut| !matches!(own.what, Omission::Table | Omission::Picture);
    let is_whole = text.left_out.iter().all(kept);
    let speaks = || {
        text.headings.iter().any(|heading| heading.text.to_lowercase().contains("annex"))
            || text.paragraphs.iter().any(|paragraph| has_own_annex(&paragraph.text))
    };
    if annexes.is_empty() && is_whole && entry.text.front.annex.is_none() && !speaks() {
        let message = format!("{} has no annex", called(entry, None));
        return Some((message, "look up in which document the words stand".to_owned()));
    }
    let cited = cited.filter(|cited| is_roman(cited))?;
    let numbered = annexes.iter().all(|own| is_roman(own));
    if annexes.is_empty() || headed || !numbered || !is_whole {
        return None;
    }
    let own: Vec<&str> = annexes.into_iter().collect();
    let has = match own.as_slice() {
        [only] => format!("it has annex {only}"),
        all => format!("it has annexes {}", listed(all)),
    };
    let message = format!("{} has no annex {cited}: {has}", called(entry, None));
    Some((message, "look up in which annex the words stand".to_owned()))
}

/// True where a text may speak of an annex of its own: not "the annex to its resolution 78/1", nor "A/59/3, annex".
fn has_own_annex(text: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices("annex").any(|(at, word)| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let behind = text.get(at + word.len()..).unwrap_or_default();
        let behind = behind.trim_start_matches(char::is_alphanumeric).trim_start();
        let of = ["to ", "of "].iter().find_map(|of| behind.strip_prefix(of));
        let of_this = |of: &str| {
            ["the present", "this", "the resolution", "the declaration"]
                .iter()
                .any(|own| of.starts_with(own))
        };
        of.map_or(!before.ends_with(','), of_this)
    })
}

/// The paragraphs among which an address may stand: those of each annex that may be meant.
struct Scope<'t> {
    text: &'t Draft,
    groups: Vec<Vec<&'t Paragraph>>,
}

impl<'t> Scope<'t> {
    /// None where nothing stands there.
    fn of(text: &'t Draft, entry: &'t Entry, citation: &Citation) -> Option<Self> {
        let mut groups: Vec<(Option<&str>, Vec<&Paragraph>)> = Vec::new();
        for paragraph in &text.paragraphs {
            let annex = entry.annex(paragraph);
            let meant = citation.annex.as_deref().is_none_or(|wanted| annex == Some(wanted));
            match groups.last_mut() {
                _ if !meant => {}
                Some((own, group)) if *own == annex => group.push(paragraph),
                _ => groups.push((annex, vec![paragraph])),
            }
        }
        let groups: Vec<_> = groups.into_iter().map(|(_, group)| group).collect();
        (!groups.is_empty()).then_some(Self { text, groups })
    }

    /// What shows that no paragraph that may be meant has this address; of several, that of the longest text.
    fn missing(&self, address: &str) -> Option<Missing> {
        let numbered = |group: &&Vec<&Paragraph>| group.iter().any(|p| p.number.is_some());
        let mut shown: Vec<Missing> = Vec::new();
        // Only the document itself has a preamble.
        let preamble = address.starts_with("PP");
        let most = if preamble { 1 } else { self.groups.len() };
        for group in self.groups.iter().take(most).filter(numbered) {
            match missing(group, address)? {
                Missing::Beyond(_, false) | Missing::Gap | Missing::Struck => return None,
                told => shown.push(told),
            }
        }
        let last = |missing: &Missing| match missing {
            Missing::Beyond(last, _) => last.parse::<u32>().unwrap_or(0),
            _ => u32::MAX,
        };
        shown.into_iter().max_by_key(last)
    }

    /// What shows that a text has no section with this Roman number: those that it has, or that it has none.
    fn missing_section(&self, section: &str) -> Option<String> {
        let headings = self.text.headings.iter().filter_map(|heading| numeral(&heading.text));
        let headings: Vec<&str> = headings.collect();
        // A reader may have taken the headings for paragraphs.
        let is_paragraph =
            |own: &Paragraph| numeral(own.number.as_deref().unwrap_or(&own.text)).is_some();
        if headings.contains(&section) || self.text.paragraphs.iter().any(is_paragraph) {
            return None;
        }
        match headings.last() {
            Some(last) if headings.len() > 1 => Some(format!("the last one is section {last}")),
            None if self.text.headings.is_empty() => Some("it has no sections".to_owned()),
            _ => None,
        }
    }

    /// The last article of a text that has articles, and not this one.
    fn missing_article(&self, address: &str) -> Option<u32> {
        let wanted: u32 = address.split('(').next()?.trim().parse().ok()?;
        let headings = self.text.headings.iter().filter_map(|heading| article(&heading.text));
        let own: BTreeSet<u32> = headings.collect();
        let last = *own.last()?;
        let whole = (1..=last).all(|number| own.contains(&number));
        (whole && wanted > last).then_some(last)
    }
}

/// Which paragraph a text names in words before it names the document: `PP9` of "the ninth preambular paragraph of
/// resolution 70/125".
fn ordinal(paragraph: &Paragraph, citation: &Citation) -> Option<String> {
    let before = paragraph.text.get(..citation.span.start)?.trim_end();
    let before = before.strip_suffix(" the").or(before.strip_suffix(" its")).unwrap_or(before);
    let before = before.strip_suffix(" of").or(before.strip_suffix(" to"))?;
    let own = ordinals(before).pop().filter(|own| own.span.end == before.len())?;
    Some(own.address)
}

/// 19 of `Article 19`.
fn article(heading: &str) -> Option<u32> {
    let (word, rest) = heading.trim().split_once(char::is_whitespace)?;
    let digits = rest.trim_start().split(|c: char| !c.is_ascii_digit()).next()?;
    word.eq_ignore_ascii_case("article").then(|| digits.parse().ok()).flatten()
}
