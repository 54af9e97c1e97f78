//! Findings and the waivers of their draft in; the findings that stand, and what is wrong with the waivers, out.

use super::case::Case;
use super::found::Found;
use super::policy::{Policy, most_like};
use super::rules::{self, waiver};
use crate::model::{Pin, Rule, Waiver};

/// Takes out the findings that a waiver with a reason is for, and adds one for each waiver that waives nothing. Gives
/// back how many were taken out.
pub(super) fn waive(case: &Case<'_>, policy: &Policy, found: &mut Vec<(Rule, Found)>) -> usize {
    let draft = &case.annotation.draft;
    let everywhere = draft.waivers.iter().map(|waiver| (None, waiver));
    let here = draft.paragraphs.iter().enumerate();
    let here = here.flat_map(|(at, p)| p.waivers.iter().map(move |waiver| (Some(at), waiver)));
    let all: Vec<(Option<usize>, Waiver)> = everywhere
        .chain(here)
        .flat_map(|(at, waiver)| parted(waiver).map(move |w| (at, w)))
        .collect();
    let before = found.len();
    let mut wrong = Vec::new();
    for (at, waiver) in all {
        let is_for = |(rule, found): &(Rule, Found)| {
            rule.name == waiver.rule && (at.is_none() || at == found.paragraph)
        };
        let used = found.iter().any(is_for);
        if !waiver.reason.is_empty() {
            found.retain(|found| !is_for(found));
        }
        let off = policy.is_switched_off(&waiver.rule);
        let idle = off || policy.runs(&waiver.rule, case.path());
        let fault = fault(case, &waiver, used || !idle, off);
        wrong.extend(fault.map(|(message, help)| {
            let about = format!("{} {}", waiver.rule, waiver.reason);
            Found { paragraph: at, message, help: Some(help), about, ..Found::default() }
                .at(waiver.at)
        }));
    }
    let waived = before - found.len();
    wrong.extend(misspelt(case));
    let settings = policy.settings(waiver::CHECK.name);
    if !settings.is_off() && settings.holds_for(case.path()) {
        let severity = settings.level().unwrap_or(waiver::CHECK.severity);
        let facts = waiver::CHECK.facts();
        found.extend(wrong.into_iter().map(|found| (facts, found.severity(severity))));
    }
    waived
}

/// One waiver for each of the rules that a waiver names: `allow placeholder, brackets: reason`.
fn parted(waiver: &Waiver) -> impl Iterator<Item = Waiver> {
    waiver.rule.split(',').map(|rule| Waiver { rule: rule.trim().to_owned(), ..waiver.clone() })
}

/// Comments that were taken for pins and were meant as waivers: `alow placeholder: reason`.
fn misspelt<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Found> + 'c {
    let paragraphs = case.annotation.draft.paragraphs.iter().enumerate();
    let pins = paragraphs.flat_map(|(at, p)| p.pins.iter().map(move |pin| (Some(at), pin)));
    let before = case.annotation.draft.pins.iter().map(|pin| (None, pin));
    before.chain(pins).filter_map(|(paragraph, pin)| {
        let (word, named, rest) = meant_as_waiver(pin)?;
        let message = format!("“{word} {named}” in this comment neither waives nor pins");
        let help = format!("did you mean {}?", case.comment(&format!("adref: allow {rest}")));
        let about = pin.source.clone();
        let found = Found { paragraph, message, help: Some(help), about, ..Found::default() };
        Some(found.at(pin.at))
    })
}

/// The first word of a comment that was taken for a pin and was meant as a waiver, the rule it names, and what follows the
/// first word.
pub(super) fn meant_as_waiver(pin: &Pin) -> Option<(&str, &str, &str)> {
    let (word, rest) = pin.source.split_once(char::is_whitespace)?;
    let named = rest.split([':', ',', ' ']).next()?;
    (word.starts_with(char::is_lowercase) && is_rule(named)).then_some((word, named, rest))
}

fn is_rule(name: &str) -> bool {
    rules::ALL.iter().any(|known| known.name == name)
}

/// What is wrong with a waiver, and what to do.
fn fault(case: &Case<'_>, waiver: &Waiver, used: bool, off: bool) -> Option<(String, String)> {
    let Waiver { rule, reason, .. } = waiver;
    if let Some((named, why)) = rule.split_once(char::is_whitespace).filter(|(r, _)| is_rule(r)) {
        let message = format!("this waiver for {named} has no colon before its reason");
        let written = case.comment(&format!("adref: allow {named}: {}", why.trim()));
        return Some((message, format!("write {written}")));
    }
    if !is_rule(rule) {
        let names = rules::ALL.iter().map(|known| known.name);
        let help = match most_like(rule, names) {
            Some(like) => format!("did you mean “{like}”? `adref check --rules` lists all"),
            None => "`adref check --rules` lists the rules there are".to_owned(),
        };
        return Some((format!("this waiver is for “{rule}”, and there is no such rule"), help));
    }
    if off {
        let message = format!("this waiver is for {rule}, which adref.yaml switches off");
        return Some((message, "take the comment out, or switch the rule on".to_owned()));
    }
    if !used {
        let message = format!("this waiver is for {rule}, which finds nothing here");
        return Some((message, "take the comment out".to_owned()));
    }
    reason.is_empty().then(|| {
        let message = format!("this waiver for {rule} gives no reason, so it does not hold");
        let written = case.comment(&format!("adref: allow {rule}: the reason"));
        (message, format!("say why: {written}"))
    })
}
