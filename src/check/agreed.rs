//! A place in the library, and a draft's edits to what stands there, in; what to call them in a message out.

use super::case::Case;
use crate::model::{Departure, Edit, Entry, Location, Match, Paragraph, Span, Strength};
use crate::text::{Weighed, qualifiers, weighed};

/// So many edits are told one by one.
const MOST_TOLD: usize = 3;

/// Where more words than this were replaced, an act among the new ones is in the place of none among the old ones.
const MOST_WORDS: usize = 12;

/// How a paragraph of a reference is cited: `A/RES/79/1, annex I, para. 9`; by its first words where it has no number.
pub(super) fn place(entry: &Entry, paragraph: &Paragraph) -> String {
    let document = entry.citation(entry.annex(paragraph));
    match &paragraph.number {
        Some(number) => format!("{document}, para.\u{a0}{number}"),
        None => {
            let opening: Vec<&str> = paragraph.text.split_whitespace().take(5).collect();
            format!("{document}, “{} …”", opening.join(" "))
        }
    }
}

/// The reference and the paragraph of it at a place of the library.
pub(super) fn at<'c>(case: &Case<'c>, location: Location) -> Option<(&'c Entry, &'c Paragraph)> {
    let entry = case.entry(location.reference)?;
    Some((entry, entry.text.paragraphs.get(location.paragraph)?))
}

/// What the edits of a draft paragraph do to the agreed one.
pub(super) struct Altered {
    /// In words: "drops “as appropriate” (a qualifier), “should” in place of “shall” (weaker), and 2 more edits".
    pub(super) told: String,
    /// The edits that matter most, for a fingerprint.
    pub(super) telling: Vec<String>,
    /// The draft's words that show it.
    pub(super) span: Span,
    /// True where an edit drops or adds a qualifier, or weakens an act or a modal verb.
    pub(super) is_grave: bool,
}

/// Tells what the departures of `matched` do, those that change what is asked first. None where there is none.
/// What names the source, at `cited`, is no edit of it.
pub(super) fn altered(
    draft: &Paragraph,
    agreed: &Paragraph,
    matched: &Match,
    cited: &[Span],
) -> Option<Altered> {
    let own = |departure: &&Departure| !cited.iter().any(|cited| departure.draft.overlaps(*cited));
    let says_the_same =
        |departure: &&Departure| is_same_act(departure, (&agreed.text, &draft.text));
    let departures = matched.departures.iter().filter(own).filter(|d| !says_the_same(d));
    let edits = departures.map(|departure| {
        let (own, old) = (departure.draft.slice(&draft.text), departure.agreed.slice(&agreed.text));
        let named = named(departure, (&agreed.text, &draft.text));
        let told = departure.edit.done(old, own);
        (departure, told, named)
    });
    let mut edits: Vec<(&Departure, String, Option<String>)> = edits.collect();
    let first = edits.iter().find(|(.., named)| named.is_some()).or(edits.first())?.0.draft;
    let is_grave = edits.iter().any(|(.., named)| named.is_some());
    edits.sort_by_key(|(_, _, named)| named.is_none());
    let told = edits.iter().map(|(_, told, named)| match named {
        Some(named) => format!("{told} ({named})"),
        None => told.clone(),
    });
    let all: Vec<String> = told.collect();
    let more = all.len().saturating_sub(MOST_TOLD);
    let mut shown: Vec<String> = all.iter().take(MOST_TOLD).cloned().collect();
    if more > 0 {
        shown.push(if more == 1 { "1 more edit".to_owned() } else { format!("{more} more edits") });
    }
    let grave = edits.iter().filter(|(.., named)| named.is_some()).map(|(_, told, _)| told.clone());
    Some(Altered { told: listed(&shown), telling: grave.collect(), span: first, is_grave })
}

/// True where an edit only lets somebody else do the same: "We call upon" in place of "Calls upon".
fn is_same_act(departure: &Departure, (agreed, draft): (&str, &str)) -> bool {
    let (was, is) = (weighed(agreed), weighed(draft));
    let at =
        |acts: &[Weighed], span: Span| acts.iter().find(|act| act.span.overlaps(span)).cloned();
    let few = |words: &str| words.split_whitespace().count() <= ACT;
    few(departure.agreed.slice(agreed))
        && few(departure.draft.slice(draft))
        && match (at(&was, departure.agreed), at(&is, departure.draft)) {
            (Some(was), Some(is)) => was.is_same(&is) && !was.modal,
            _ => false,
        }
}

/// An act with the one who does it, "We also call upon", has so many words at most.
const ACT: usize = 4;

/// A qualifier with no more words than this beside it is all that an edit drops or adds.
const BESIDE: usize = 3;

/// A qualifier dropped or added with more words than this around it is not what the edit is about.
const AROUND: usize = 8;

/// What an edit does to what is asked: it drops or adds a qualifier, or puts a weaker act or modal verb in the place of
/// a stronger one.
fn named(departure: &Departure, (agreed, draft): (&str, &str)) -> Option<String> {
    let (old, new) = (departure.agreed.slice(agreed), departure.draft.slice(draft));
    let (before, after) = (qualifiers(old), qualifiers(new));
    let dropped = before.iter().find(|phrase| !after.contains(phrase));
    let added = after.iter().find(|phrase| !before.contains(phrase));
    let told = |phrase: &str, words: &str, with: &str| {
        let others = words.split_whitespace().count().saturating_sub(phrase.split(' ').count());
        let phrase = phrase.trim_end_matches(" *");
        if others <= BESIDE {
            Some("a qualifier".to_owned())
        } else {
            (others <= AROUND).then(|| format!("{with} the qualifier “{phrase}”"))
        }
    };
    let qualified = match (dropped, added) {
        (Some(_), Some(_)) => Some("another qualifier".to_owned()),
        (Some(phrase), None) => told(phrase, old, "without"),
        (None, Some(phrase)) => told(phrase, new, "with"),
        (None, None) => None,
    };
    if qualified.is_some() {
        return qualified;
    }
    let few = |words: &str| words.split_whitespace().count() <= MOST_WORDS;
    if departure.edit != Edit::Replace || !few(old) || !few(new) {
        return None;
    }
    let (was, is) = (weighed(agreed), weighed(draft));
    let was = was.iter().filter(|act| act.span.overlaps(departure.agreed));
    let pairs = was.flat_map(|was| {
        let is = is.iter().filter(|is| is.span.overlaps(departure.draft) && is.modal == was.modal);
        is.map(move |is| was.became(is))
    });
    let weaker = pairs.into_iter().flatten().find(|strength| *strength == Strength::Weaker);
    weaker.map(|_| "weaker".to_owned())
}

/// "a, b and c".
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}
