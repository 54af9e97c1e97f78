//! Mentions and pointers of a text in; mentions with the pinpoints that belong to them out.

use super::antecedent::{antecedent, names_another};
use super::around::around;
use super::nested::nested;
use super::number::after_date;
use super::own::{draft_end, internal_end, is_own, is_to_paragraphs};
use super::pinpoint::Pin;
use super::scan::{Item, Mention, Pointer};
use super::symbol::is_adopted;
use super::token::Tokens;
use crate::model::{Citation, CitationForm, Pinpoint};

/// The longest way from a pointer to the symbol of a report: "paragraph 14 of the report of …, A/79/7".
const MAX_REPORT: usize = 24;
/// The longest way from "thereof" back to the document.
const MAX_THEREOF: usize = 60;

/// Gives each pointer to the document it points into; those that point nowhere are dropped.
/// `before` are documents cited earlier, which a short name may stand for.
pub(super) fn attach(tokens: &Tokens, items: Vec<Item>, before: &[Citation]) -> Vec<Mention> {
    let items = nested(tokens, items);
    let forward = forward(tokens, &items);
    let mut mentions: Vec<Mention> = Vec::new();
    // Pointers that wait for the mention after them.
    let mut waiting: Option<Pointer> = None;
    let mut backward = false;
    // Whether the last mention has been given a pointer that stands after it.
    let mut extended = false;
    // Pointers that nothing says the document of.
    let mut bare: Vec<Pointer> = Vec::new();
    for (item, forward) in items.into_iter().zip(forward) {
        match item {
            Item::Mention(mut mention) => {
                if let Some(pointer) = waiting.take() {
                    mention.first = pointer.first;
                    let own = std::mem::replace(&mut mention.pins, pointer.pins);
                    mention.pins.extend(own);
                }
                if !is_continuation(tokens, mentions.last_mut(), &mention) {
                    mentions.push(mention);
                }
                backward = true;
            }
            Item::Pointer(pointer)
                if forward.leads(|| {
                    let before = mentions.last().filter(|_| backward && waiting.is_none());
                    before.is_some_and(|mention| belongs(tokens, mention, &pointer, extended))
                }) =>
            {
                match &mut waiting {
                    Some(before) => before.pins.extend(pointer.pins),
                    None => waiting = Some(pointer),
                }
            }
            Item::Pointer(pointer) => {
                let internal = internal_end(tokens, pointer.last);
                let again =
                    antecedent(tokens, &pointer, &mentions, before).filter(|_| internal.is_none());
                if let Some((again, last)) = again {
                    let end = tokens.get(last - 1).map_or(again.end, |t| t.end);
                    mentions.push(Mention {
                        first: pointer.first,
                        last,
                        end,
                        pins: pointer.pins,
                        ..again
                    });
                    backward = true;
                    continue;
                }
                let before = mentions.last_mut();
                match (internal, before) {
                    (Some(last), _) => {
                        mentions.push(internal_mention(tokens, pointer, last));
                        backward = false;
                    }
                    (None, Some(mention))
                        if backward && belongs(tokens, mention, &pointer, extended) =>
                    {
                        mention.pins.extend(pointer.pins);
                        mention.last = pointer.last;
                        mention.end =
                            tokens.get(pointer.last.saturating_sub(1)).map_or(0, |t| t.end);
                        close(tokens, mention, pointer.first);
                        extended = true;
                    }
                    (None, Some(mention))
                        if tokens.is_any(pointer.last, &["thereof", "therein"]) =>
                    {
                        if pointer.first.saturating_sub(mention.last) <= MAX_THEREOF {
                            mention.pins.extend(pointer.pins);
                        }
                    }
                    _ => {
                        backward = false;
                        bare.push(pointer);
                    }
                }
            }
        }
    }
    // An annex alone says nothing of whose it is.
    let is_annex = |pointer: &Pointer| matches!(pointer.pins.as_slice(), [Pin::Annex(None)]);
    let counts = |pointer: &Pointer| is_to_paragraphs(pointer) || is_annex(pointer);
    let is_alone = mentions.is_empty() && waiting.is_none() && bare.iter().all(counts);
    // Where a text names neither a document nor an article or a section of one, its numbers are its own; those who draft
    // call only their own paragraphs "OP3".
    let is_own_text = is_alone && !bare.is_empty() && !names_another(tokens);
    let own = bare.into_iter().filter(|pointer| !is_annex(pointer)).filter(|pointer| {
        (is_own_text || tokens.is_any(pointer.first, &["OP", "OPs"])) && is_own(tokens, pointer)
    });
    mentions.extend(own.map(|pointer| {
        let last = draft_end(tokens, pointer.last).unwrap_or(pointer.last);
        internal_mention(tokens, pointer, last)
    }));
    mentions.sort_by_key(|mention| mention.first);
    // "annex to the present annex to the present paragraph": what one of them takes in begins no other.
    let mut end = 0;
    mentions.retain(|mention| {
        let apart = mention.first >= end;
        end = if apart { mention.last } else { end };
        apart
    });
    mentions
}

/// Takes in the parenthesis that closes after a pointer it opened before: `GDC (para. 50)`.
fn close(tokens: &Tokens, mention: &mut Mention, pointer: usize) {
    let opened = pointer.checked_sub(1).is_some_and(|before| tokens.is_mark(before, b'('));
    if opened && tokens.is_mark(mention.last, b')') {
        mention.end = tokens.get(mention.last).map_or(mention.end, |t| t.end);
        mention.last += 1;
    }
}

/// Whether a pointer leads to what comes after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forward {
    No,
    /// "paragraph 3 of": it does.
    Of,
    /// "paragraph 3 and section II of": it does, unless it belongs to the document before it.
    And,
}

impl Forward {
    fn leads(self, follows: impl FnOnce() -> bool) -> bool {
        match self {
            Self::No => false,
            Self::Of => true,
            Self::And => !follows(),
        }
    }
}

/// For each item, whether it is a pointer that leads to the item after it.
fn forward(tokens: &Tokens, items: &[Item]) -> Vec<Forward> {
    let mut leads = vec![Forward::No; items.len()];
    for at in (0..items.len()).rev() {
        let (Some(Item::Pointer(pointer)), Some(next)) = (items.get(at), items.get(at + 1)) else {
            continue;
        };
        let yes = match next {
            Item::Mention(mention) => {
                let of = leads_to(tokens, pointer.last, mention.first)
                    || leads_to_report(tokens, pointer.last, mention);
                if of { Forward::Of } else { Forward::No }
            }
            Item::Pointer(_) if leads.get(at + 1).is_none_or(|lead| *lead == Forward::No) => {
                Forward::No
            }
            Item::Pointer(other) if leads_to(tokens, pointer.last, other.first) => Forward::Of,
            Item::Pointer(other) if joins(tokens, pointer.last, other.first) => Forward::And,
            Item::Pointer(_) => Forward::No,
        };
        if let Some(lead) = leads.get_mut(at) {
            *lead = yes;
        }
    }
    leads
}

/// "section E, paragraph 3, of": two pointers into one document.
fn joins(tokens: &Tokens, from: usize, to: usize) -> bool {
    to.saturating_sub(from) <= 3
        && (from..to)
            .all(|at| tokens.is_mark(at, b',') || tokens.is_any(at, &["and", "in", "particular"]))
}

/// True when the words from a pointer to what follows say that it lies within that.
fn leads_to(tokens: &Tokens, from: usize, to: usize) -> bool {
    if to.saturating_sub(from) > 10 {
        return false;
    }
    let start =
        if tokens.is_mark(from, b',') || tokens.is_mark(from, b')') { from + 1 } else { from };
    tokens.is_any(start, around("leads into"))
        && start < to
        && (start + 1..to).all(|at| {
            tokens.is_any(at, around("on the way"))
                || is_year(tokens, at)
                || tokens.is_mark(at, b',')
                || tokens.is_mark(at, b'"')
        })
}

/// "the 2003 Geneva Declaration of Principles"
fn is_year(tokens: &Tokens, at: usize) -> bool {
    tokens.number(at).is_some_and(|year| (1900..=2100).contains(&year))
}

/// "paragraph 14 of the report of the Advisory Committee, A/79/7/Add.5"
fn leads_to_report(tokens: &Tokens, from: usize, mention: &Mention) -> bool {
    let adopted = mention.symbol.as_deref().is_some_and(is_adopted);
    let near = mention.first.saturating_sub(from) <= MAX_REPORT && !adopted;
    near && mention.form == CitationForm::Symbol
        && tokens.is_any(from, &["of", "in"])
        && (from..mention.first).any(|at| tokens.is_any(at, around("reports")))
        && !(from..mention.first).any(|at| tokens.is_mark(at, b'.') || tokens.is_mark(at, b';'))
}

/// True when a pointer points back into the mention before it.
fn belongs(tokens: &Tokens, mention: &Mention, pointer: &Pointer, extended: bool) -> bool {
    // "(SDGs 3 and 5)" after any document is the 2030 Agenda's.
    let goals = pointer.pins.iter().any(|pin| match pin {
        Pin::At(Pinpoint::Section(section)) => {
            ["goal ", "target "].iter().any(|g| section.starts_with(g))
        }
        _ => false,
    });
    let agenda = mention.symbol.as_deref() == Some("A/RES/70/1");
    let elsewhere =
        tokens.is_any(pointer.last, &["of"]) && !tokens.is_any(pointer.last + 1, &["which"]);
    // "the 2030 Agenda, Goal 14 and target 16.4"
    let more =
        extended && pointer.first == mention.last + 1 && tokens.is_any(mention.last, &["and"]);
    (!goals || agenda) && !elsewhere && (more || follows(tokens, mention.last, pointer.first))
}

/// True when a pointer at token `to` points back into the document that ends before token `from`.
fn follows(tokens: &Tokens, from: usize, to: usize) -> bool {
    if to.saturating_sub(from) > 10 {
        return false;
    }
    let closed = if tokens.is_mark(from, b')') { from + 1 } else { from };
    let mut at = after_date(tokens, closed);
    let mut parted = false;
    let mut words = 0;
    while at < to {
        // "op. para. 9"
        let short = tokens.is_mark(at, b'.') && tokens.is_any(at.saturating_sub(1), &["op"]);
        let mark = [b',', b'(', b':'].iter().any(|own| tokens.is_mark(at, *own)) || short;
        parted |= mark || tokens.is_any(at, &["at", "particular", "see"]);
        words += usize::from(!mark);
        if !mark && !tokens.is_any(at, around("points back")) {
            return false;
        }
        at += 1;
    }
    // "resolution 70/1 para. 9" needs no comma; "the Charter and article 51" needs more than "and".
    parted || words == 0
}

fn internal_mention(tokens: &Tokens, pointer: Pointer, last: usize) -> Mention {
    Mention {
        first: pointer.first,
        last,
        end: tokens.get(last.saturating_sub(1)).map_or(0, |t| t.end),
        form: CitationForm::Internal,
        symbol: None,
        annex: None,
        name: None,
        pins: pointer.pins,
        agreed: false,
        reference: None,
    }
}

/// Takes `mention` into the one before it where both name one text: "FCCC/CP/2015/10/Add.1, decision 1/CP.21".
fn is_continuation(tokens: &Tokens, before: Option<&mut Mention>, mention: &Mention) -> bool {
    let Some(before) = before else { return false };
    let decision = mention.form == CitationForm::Number
        && matches!(mention.pins.as_slice(), [Pin::At(Pinpoint::Section(s))] if s.starts_with("decision "));
    let same =
        before.symbol.is_some() && (mention.symbol == before.symbol || mention.symbol.is_none());
    let near = mention.first == before.last + 1 && tokens.is_mark(before.last, b',');
    if !(decision && same && near && before.form == CitationForm::Symbol) {
        return false;
    }
    before.pins.extend(mention.pins.iter().cloned());
    (before.last, before.end) = (mention.last, mention.end);
    true
}
