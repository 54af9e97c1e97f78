//! A comparison and the user's wishes in; what is shown, in the order it is shown, out.

use super::{Compared, DiffOptions};
use crate::model::{Change, ChangeKind, HeadingChange};

/// One thing that is shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'c> {
    /// A heading that differs, or under which something shown stands; with its level and words.
    Heading(&'c HeadingChange, usize, &'c str),
    /// A change with its words.
    Change(&'c Change),
    /// Paragraphs in a row that are only counted.
    Unchanged(&'c [Change]),
    /// Where a paragraph of the old draft (its index) stood that is elsewhere now.
    Pointer(usize, &'c Change),
}

/// Everything that a report for people shows.
pub(super) fn items<'c>(compared: Compared<'c>, options: &DiffOptions) -> Vec<Item<'c>> {
    let changes = compared.changes();
    let told = told(compared, options);
    let mut headings = headings(compared).into_iter().peekable();
    let pointers = if options.is_partial() { Vec::new() } else { pointers(compared) };
    let mut pointers = pointers.into_iter().peekable();
    let mut shown = Shown { items: Vec::new(), pending: Vec::new(), whole: !options.is_partial() };
    for index in 0..=changes.len() {
        // What stood before the first paragraph that stayed comes before everything.
        while let Some((_, old, change)) =
            pointers.next_if(|(after, ..)| after.is_none_or(|a| a < index))
        {
            shown.items.push(Item::Pointer(old, change));
        }
        while let Some((_, heading)) = headings.next_if(|(at, _)| *at <= index) {
            shown.heading(heading, compared);
        }
        match (changes.get(index), told.get(index)) {
            (Some(change), Some(true)) => shown.change(change),
            (Some(change), _) if shown.whole && change.kind == ChangeKind::Unchanged => {
                shown.unchanged(changes, index);
            }
            _ => {}
        }
    }
    shown.items
}

struct Shown<'c> {
    items: Vec<Item<'c>>,
    /// Headings passed on the way, under which nothing was shown yet.
    pending: Vec<Item<'c>>,
    /// True where all that differs is shown.
    whole: bool,
}

impl<'c> Shown<'c> {
    fn heading(&mut self, heading: &'c HeadingChange, compared: Compared<'c>) {
        let new = heading.new.and_then(|at| compared.new.headings.get(at));
        let old = heading.old.and_then(|at| compared.old.headings.get(at));
        let Some(own) = new.or(old) else { return };
        let item = Item::Heading(heading, own.level, &own.text);
        if new.is_none() {
            self.items.extend(Some(item).filter(|_| self.whole));
            return;
        }
        self.pending
            .retain(|item| matches!(item, Item::Heading(_, level, _) if *level < own.level));
        self.pending.push(item);
        if self.whole && heading.kind != ChangeKind::Unchanged {
            self.items.append(&mut self.pending);
        }
    }

    fn change(&mut self, change: &'c Change) {
        self.items.append(&mut self.pending);
        self.items.push(Item::Change(change));
    }

    /// Counts a change with those right before it.
    fn unchanged(&mut self, changes: &'c [Change], index: usize) {
        let start = match self.items.last() {
            Some(Item::Unchanged(run)) => index - run.len(),
            _ => index,
        };
        if start < index {
            self.items.pop();
        }
        self.items.extend(changes.get(start..=index).map(Item::Unchanged));
    }
}

/// For each change, whether its words are shown.
fn told(compared: Compared<'_>, options: &DiffOptions) -> Vec<bool> {
    let asked = options.paragraph.is_some() || options.only.contains(&ChangeKind::Unchanged);
    let differs = |change: &Change| change.kind != ChangeKind::Unchanged || change.is_rewritten();
    let own: Vec<bool> = compared
        .changes()
        .iter()
        .map(|change| (asked || differs(change)) && options.takes(change, compared))
        .collect();
    // How far each change is from the last one shown, looking back, then from the next one, looking ahead.
    let mut told = own.clone();
    let mut reach = |order: &mut dyn Iterator<Item = usize>| {
        let mut left = 0;
        for at in order {
            left = if own.get(at) == Some(&true) { options.context + 1 } else { left };
            let near = left > 0;
            told.iter_mut().skip(at).take(1).for_each(|slot| *slot |= near);
            left = left.saturating_sub(1);
        }
    };
    reach(&mut (0..own.len()));
    reach(&mut (0..own.len()).rev());
    told
}

/// Each change of a heading with the index of the change before which it stands.
fn headings(compared: Compared<'_>) -> Vec<(usize, &HeadingChange)> {
    let (old, new) = (compared.by_old(), compared.by_new());
    let end = compared.changes().len();
    let at = |heading: &HeadingChange| {
        let now = heading.new.and_then(|at| compared.new.headings.get(at));
        let then = heading.old.and_then(|at| compared.old.headings.get(at));
        let change = match (now, then) {
            (Some(own), _) => new.get(own.before),
            (None, Some(own)) => old.get(own.before),
            (None, None) => None,
        };
        change.copied().flatten().unwrap_or(end)
    };
    let mut placed: Vec<(usize, &HeadingChange)> =
        compared.comparison.headings.iter().map(|heading| (at(heading), heading)).collect();
    placed.sort_by_key(|(at, _)| *at);
    placed
}

/// Each paragraph of the old draft that moved, with the change that holds it and the index of the change after which
/// it stood; none where it stood before all that stayed.
fn pointers(compared: Compared<'_>) -> Vec<(Option<usize>, usize, &Change)> {
    let mut found = Vec::new();
    let mut stayed: Option<usize> = None;
    for (old, index) in compared.by_old().into_iter().enumerate() {
        let Some((index, change)) = index.and_then(|i| Some((i, compared.changes().get(i)?)))
        else {
            continue;
        };
        if change.moved && !change.new.is_empty() {
            found.push((stayed, old, change));
        } else {
            stayed = stayed.max(Some(index));
        }
    }
    found
}
