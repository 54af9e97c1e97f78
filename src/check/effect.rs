//! An edit to agreed words in; what it does to what they ask (a negation put in, a weaker verb, another date) out.

use super::behind::acts_behind;
use super::figures::{Counted, counted, figures, paced, scoped};
use super::within::Sentences;
use crate::model::{Departure, Edit, Span, Strength};
use crate::text::{
    Qualifier, Qualifies, Weighed, denials, negators, only_speaker, opening_act, qualifiers,
    weighed,
};

/// What an edit does to what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It puts a negation in, or takes one out: in words.
    Negated(&'static str),
    /// It makes an act or a modal verb weaker, or the will to do something of doing it.
    Weaker,
    /// It drops or adds what qualifies or bounds: in words.
    Qualified(String),
    /// It puts another figure or date in, or takes one out.
    Counted(Counted),
    /// It says another time from one to the next: "biennial" for "annual".
    Paced,
    /// It says of how many of those named it holds, or no longer says so: "States" for "all States".
    Scoped,
    /// It puts another number in the place of that of an article or a paragraph which the text refers to.
    Pointed,
}

impl Effect {
    /// In words, to stand in brackets behind the edit.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Negated(told) => (*told).to_owned(),
            Self::Counted(counted) => counted.told().to_owned(),
            Self::Weaker => "weaker".to_owned(),
            Self::Qualified(told) => told.clone(),
            Self::Paced => "another interval".to_owned(),
            Self::Scoped => "how many are meant".to_owned(),
            Self::Pointed => "another number in a reference".to_owned(),
        }
    }

    /// True for what two tellings of one act cannot both say: a negation, another figure or date in the place of one.
    pub(super) fn contradicts(&self) -> bool {
        match self {
            Self::Counted(counted) => counted.edit == Edit::Replace,
            _ => matches!(self, Self::Negated(_) | Self::Paced),
        }
    }

    /// True for what a text of a yearly series does to the one before: another date, another session.
    pub(super) fn is_update(&self) -> bool {
        matches!(self, Self::Counted(_))
    }
}

/// Where more words than this were put in, taken out or replaced, what stands among them is part of a larger edit.
const MOST_WORDS: usize = 12;

/// An act with the one who does it, "We also call upon", has so many words at most.
const ACT: usize = 4;

/// A qualifier with no more words than this beside it is all that an edit drops or adds.
const BESIDE: usize = 3;

/// A qualifier that is added with more words than this around it qualifies those, and not what was agreed.
const AROUND: usize = 8;

/// A qualifier that goes with no more words than this around it is named; with more a passage was left out.
const PASSAGE: usize = 24;

/// Both texts, looked through once for all their edits.
pub(super) struct Texts<'t> {
    agreed: Side<'t>,
    draft: Side<'t>,
    sentences: Sentences,
    /// Where the draft refers to articles and paragraphs of documents.
    pointers: &'t [Span],
    is_loose: bool,
}

/// What of a text an edit may touch.
struct Side<'t> {
    text: &'t str,
    weighed: Vec<Weighed>,
    /// The act that the text opens with, behind whoever speaks.
    opening: Option<Weighed>,
    qualifiers: Vec<Qualifier>,
    negators: Vec<Span>,
    denials: Vec<Span>,
}

impl<'t> Side<'t> {
    fn of(text: &'t str, sources: &[Span]) -> Self {
        let mut weighed = weighed(text);
        for act in sources.iter().flat_map(|source| acts_behind(text, source.end)) {
            if !weighed.iter().any(|own| own.span.overlaps(act.span)) {
                weighed.push(act);
            }
        }
        weighed.sort_by_key(|own| own.span.start);
        let opening = opening_act(text);
        let opening =
            opening.and_then(|act| weighed.iter().find(|own| own.span.overlaps(act.span)));
        Self {
            text,
            opening: opening.cloned(),
            weighed,
            qualifiers: qualifiers(text),
            negators: negators(text),
            denials: denials(text),
        }
    }

    /// The acts and modal verbs that an edit changes, or stands beside where it only puts in or takes out.
    fn acts(&self, span: Span) -> impl Iterator<Item = &Weighed> {
        let near = move |own: Span| {
            if span.is_empty() {
                own.start <= span.start + 1 && span.start <= own.end + 1
            } else {
                own.overlaps(span)
            }
        };
        self.weighed.iter().filter(move |act| near(act.span))
    }

    fn qualifiers(&self, span: Span, wanted: Qualifies) -> Vec<&'static str> {
        let own = self.qualifiers.iter().filter(|q| q.qualifies == wanted && q.span.overlaps(span));
        own.map(|qualifier| qualifier.phrase).collect()
    }
}

impl<'t> Texts<'t> {
    /// `pointers` are where the draft refers to articles and paragraphs of documents, `sources` where it names what it restates;
    /// `is_loose` says that it tells of the agreed text rather than restates it.
    pub(super) fn new(
        agreed: &'t str,
        draft: &'t str,
        pointers: &'t [Span],
        sources: &[Span],
        is_loose: bool,
    ) -> Self {
        let sentences = Sentences::of(agreed, draft);
        let (agreed, draft) = (Side::of(agreed, &[]), Side::of(draft, sources));
        Self { agreed, draft, sentences, pointers, is_loose }
    }

    /// Where the first act of the draft begins that stands within these words.
    pub(super) fn first_act(&self, words: Span) -> Option<usize> {
        let mut acts = self.draft.weighed.iter().filter(|act| !act.modal);
        acts.find(|act| words.contains(act.span)).map(|act| act.span.start)
    }

    /// An edit without the whole sentences around the words that it changes.
    pub(super) fn within(&self, departure: &Departure) -> Departure {
        self.sentences.within(departure)
    }

    /// The words that an edit takes out, and those it puts in.
    pub(super) fn words(&self, departure: &Departure) -> (&'t str, &'t str) {
        (departure.agreed.slice(self.agreed.text), departure.draft.slice(self.draft.text))
    }

    /// True where an edit only lets somebody else do the same: "We call upon" in place of "Calls upon".
    pub(super) fn is_same(&self, departure: &Departure) -> bool {
        let (old, new) = self.words(departure);
        let is_shown = || !old.split_whitespace().eq(new.split_whitespace());
        if only_speaker(old, new) || self.is_before_same_act(departure) || !is_shown() {
            return true;
        }
        let was = self.agreed.weighed.iter().find(|act| act.span.overlaps(departure.agreed));
        let is = self.draft.weighed.iter().find(|act| act.span.overlaps(departure.draft));
        let same = was.zip(is).is_some_and(|(was, is)| was.is_same(is) && !was.modal);
        let short = count(old) <= ACT && count(new) <= ACT;
        // "Encourages all" in place of "Encourages" is another matter than who encourages.
        let behind = |act: &Weighed, side: &Side<'t>, span: Span| {
            Span::new(act.span.end.clamp(span.start, span.end), span.end).slice(side.text)
        };
        let same_behind = was.zip(is).is_some_and(|(was, is)| {
            let old = behind(was, &self.agreed, departure.agreed);
            only_speaker(old, behind(is, &self.draft, departure.draft))
        });
        same && same_behind
            && short
            && !self.is_qualified(departure)
            && self.negated(departure).is_none()
    }

    /// True where an edit touches what qualifies, on either side: "Decides to endeavour" in place of "Decides".
    fn is_qualified(&self, departure: &Departure) -> bool {
        let touched = |side: &Side<'_>, span: Span| {
            side.qualifiers.iter().any(|qualifier| qualifier.span.overlaps(span))
        };
        touched(&self.agreed, departure.agreed) || touched(&self.draft, departure.draft)
    }

    /// True where an edit lies before the act that both texts open with: "We, the Heads of State and Government, recognize"
    /// in place of "Recognizes".
    fn is_before_same_act(&self, departure: &Departure) -> bool {
        let (Some(was), Some(is)) = (&self.agreed.opening, &self.draft.opening) else {
            return false;
        };
        was.is_same(is)
            && departure.agreed.end <= was.span.end
            && departure.draft.end <= is.span.end
            && !self.is_qualified(departure)
            && self.negated(departure).is_none()
    }

    /// What an edit does to what is asked; none where it only says something else.
    pub(super) fn effect(&self, departure: &Departure) -> Option<Effect> {
        let (old, new) = self.words(departure);
        let is_small = count(old).max(count(new)) <= MOST_WORDS;
        if is_small && let Some(effect) = self.negated(departure).or_else(|| self.weaker(departure))
        {
            return Some(effect);
        }
        let is_pointer = || self.pointers.iter().any(|own| own.overlaps(departure.draft));
        if is_small && is_pointer() && !figures(old).is_empty() && !figures(new).is_empty() {
            return (figures(old) != figures(new)).then_some(Effect::Pointed);
        }
        let qualified = self.qualified(departure, Qualifies::Commitment);
        let qualified = qualified.or_else(|| self.qualified(departure, Qualifies::Limit));
        let is_joined = self.sentences.are_joined(departure);
        let is_counted = is_small && !is_joined && !self.is_aside(departure);
        let counted = || Some(Effect::Counted(counted(old, new).filter(|_| is_counted)?));
        let paced = || (is_counted && paced(old, new)).then_some(Effect::Paced);
        let scoped = || scoped(old, new).then_some(Effect::Scoped);
        qualified.or_else(counted).or_else(paced).or_else(scoped)
    }

    /// True where a remark in brackets is left out or replaced, "(SDGs 10 and 16)", as by the source in its place.
    fn is_aside(&self, departure: &Departure) -> bool {
        let before = self.agreed.text.get(..departure.agreed.start).unwrap_or_default();
        before.trim_end().ends_with('(')
            || departure.agreed.slice(self.agreed.text).starts_with('(')
    }

    fn negated(&self, departure: &Departure) -> Option<Effect> {
        let (old, new) = self.words(departure);
        let is_whole = old.is_empty() || new.is_empty();
        // What comes in or goes as a whole has its own "no": "at no cost".
        let denies =
            |own: &Span, span: Span| own.overlaps(span) && (!is_whole || own.end + 1 >= span.end);
        let count = |side: &Side<'_>, span: Span| {
            let negators = side.negators.iter().filter(|own| own.overlaps(span)).count();
            negators + side.denials.iter().filter(|own| denies(own, span)).count()
        };
        let was = count(&self.agreed, departure.agreed);
        let is = count(&self.draft, departure.draft);
        match is.cmp(&was) {
            std::cmp::Ordering::Greater => Some(Effect::Negated("a negation added")),
            std::cmp::Ordering::Less => Some(Effect::Negated("a negation removed")),
            std::cmp::Ordering::Equal => None,
        }
    }

    fn weaker(&self, departure: &Departure) -> Option<Effect> {
        let attempts = self.draft.qualifiers(departure.draft, Qualifies::Attempt);
        let (old, new) = self.words(departure);
        let longer = count(new).saturating_sub(count(old));
        let attempted = self.agreed.qualifiers(departure.agreed, Qualifies::Attempt).is_empty()
            && attempts.iter().any(|phrase| longer <= count(phrase) + 1);
        let replaces = departure.edit == Edit::Replace;
        let weaker = || {
            self.agreed.acts(departure.agreed).any(|was| {
                // Where nothing is put in another's place, only the manner of one act can have changed.
                let beside = |is: &&Weighed| is.modal == was.modal && (replaces || is.is_akin(was));
                let mut now = self.draft.acts(departure.draft).filter(beside);
                now.any(|is| was.became(is) == Some(Strength::Weaker))
            })
        };
        (attempted || weaker()).then_some(Effect::Weaker)
    }

    /// A phrase of this kind that only one of the two texts has.
    fn qualified(&self, departure: &Departure, wanted: Qualifies) -> Option<Effect> {
        let (old, new) = self.words(departure);
        let before = self.agreed.qualifiers(departure.agreed, wanted);
        let after = self.draft.qualifiers(departure.draft, wanted);
        let dropped = before.iter().find(|phrase| !after.contains(phrase));
        let added = after.iter().find(|phrase| !before.contains(phrase));
        // "mutually agreed" became "on mutually agreed terms": words at the border of what qualifies in both texts.
        let is_within = |side: &Side<'_>, span: Span| {
            let mut near = side.qualifiers.iter().filter(|q| q.qualifies == wanted);
            let is_beside = |border: usize| border.abs_diff(span.start) <= 1;
            span.is_empty() && near.any(|q| is_beside(q.span.start) || is_beside(q.span.end))
        };
        if wanted == Qualifies::Commitment
            && (is_within(&self.agreed, departure.agreed) && count(new) < most(added)
                || is_within(&self.draft, departure.draft) && count(old) < most(dropped))
        {
            return None;
        }
        let name = if wanted == Qualifies::Limit { "limit" } else { "qualifier" };
        // What tells of a text leaves passages of it out.
        let passage = if self.is_loose { AROUND } else { PASSAGE };
        let told = |phrase: &str, words: &str, with: &str, most: usize| {
            // One word, "voluntary", qualifies the word behind it and not a passage around it.
            let most = if phrase.contains(' ') { most } else { BESIDE };
            let others = count(words).saturating_sub(count(phrase));
            let phrase = phrase.trim_end_matches(" *");
            if others <= BESIDE {
                Some(format!("a {name}"))
            } else {
                (others <= most).then(|| format!("{with} the {name} “{phrase}”"))
            }
        };
        let told = match (dropped, added) {
            (Some(_), Some(_)) => Some(format!("another {name}")),
            (Some(phrase), None) => told(phrase, old, "without", passage),
            (None, Some(phrase)) => told(phrase, new, "with", AROUND),
            (None, None) => None,
        };
        told.map(Effect::Qualified)
    }
}

/// How many words a phrase has.
fn most(phrase: Option<&&str>) -> usize {
    phrase.map_or(0, |phrase| count(phrase))
}

fn count(words: &str) -> usize {
    words.split_whitespace().count()
}
