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
    /// Where a paragraph of the new draft (its index) stands that is a further part of what was split.
    Part(usize, &'c Change),
}

/// Everything that a report for people shows.
pub(super) fn items<'c>(compared: Compared<'c>, options: &DiffOptions) -> Vec<Item<'c>> {
    let changes = compared.changes();
    let told = told(compared, options);
    let mut headings = headings(compared).into_iter().peekable();
    let whole = !options.is_partial();
    let mut pointers = pointers(compared).into_iter().filter(|_| whole).peekable();
    let mut parts = parts(compared).into_iter().filter(|_| whole).peekable();
    let mut shown = Shown { items: Vec::new(), pending: Vec::new(), whole };
    for index in 0..=changes.len() {
        // What stood before the first paragraph that stayed comes before everything.
        while let Some((_, old, change)) =
            pointers.next_if(|(after, ..)| after.is_none_or(|a| a < index))
        {
            shown.items.push(Item::Pointer(old, change));
        }
        loop {
            let part = parts.peek().filter(|(at, ..)| *at <= index).map(|(_, new, _)| *new);
            let before = |heading: &HeadingChange| {
                let own = heading.new.and_then(|at| compared.new.headings.get(at));
                part.is_none_or(|part| own.is_none_or(|own| own.before <= part))
            };
            if let Some((_, heading)) = headings.next_if(|(at, h)| *at <= index && before(h)) {
                shown.heading(heading, compared);
            } else if let Some((_, new, change)) = parts.next_if(|_| part.is_some()) {
                shown.item(Item::Part(new, change));
            } else {
                break;
            }
        }
        match (changes.get(index), told.get(index)) {
            (Some(change), Some(true)) => shown.item(Item::Change(change)),
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

    /// Shows something below the headings above it.
    fn item(&mut self, item: Item<'c>) {
        self.items.append(&mut self.pending);
        self.items.push(item);
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
    // Where everything is context, a text in which nothing differs is shown as well.
    let all = options.context == usize::MAX;
    let asked = all || options.paragraph.is_some() || options.only.contains(&ChangeKind::Unchanged);
    let own: Vec<bool> = compared
        .changes()
        .iter()
        .map(|change| (asked || change.differs()) && options.takes(change, compared))
        .collect();
    // How far each change is from the last one shown, looking back, then from the next one, looking ahead.
    let mut told = own.clone();
    let mut reach = |order: &mut dyn Iterator<Item = usize>| {
        let mut left = 0;
        for at in order {
            left =
                if own.get(at) == Some(&true) { options.context.saturating_add(1) } else { left };
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
    let (old, new) = (compared.by_old(), places(compared));
    let end = compared.changes().len();
    let at = |heading: &HeadingChange| {
        let now = heading.new.and_then(|at| compared.new.headings.get(at));
        let then = heading.old.and_then(|at| compared.old.headings.get(at));
        match (now, then) {
            (Some(own), _) => new.get(own.before).copied(),
            (None, Some(own)) => old.get(own.before).copied().flatten(),
            (None, None) => None,
        }
        .unwrap_or(end)
    };
    let mut placed: Vec<(usize, &HeadingChange)> =
        compared.comparison.headings.iter().map(|heading| (at(heading), heading)).collect();
    placed.sort_by_key(|(at, _)| *at);
    placed
}

/// For each paragraph of the new draft the index of the change before which it stands, or of that which begins with it.
fn places(compared: Compared<'_>) -> Vec<usize> {
    let mut places = vec![0; compared.new.paragraphs.len()];
    let mut next = compared.changes().len();
    let mut firsts: Vec<Option<usize>> = vec![None; places.len()];
    for (index, change) in compared.changes().iter().enumerate() {
        let first = change.new.first().copied().unwrap_or(usize::MAX);
        firsts.iter_mut().skip(first).take(1).for_each(|slot| *slot = Some(index));
    }
    for (place, first) in places.iter_mut().zip(firsts).rev() {
        next = first.unwrap_or(next);
        *place = next;
    }
    places
}

/// Each paragraph of the new draft that is a further part of what was split and does not stand right behind the part
/// before it, with its change and the index of the change before which it stands.
fn parts(compared: Compared<'_>) -> Vec<(usize, usize, &Change)> {
    let places = places(compared);
    let below_heading = |n: usize| {
        let headings = &compared.new.headings;
        headings.binary_search_by_key(&n, |heading| heading.before).is_ok()
    };
    let mut found = Vec::new();
    for change in compared.changes() {
        for pair in change.new.windows(2) {
            if let [before, n] = pair
                && (before + 1 < *n || below_heading(*n))
            {
                found.extend(places.get(*n).map(|at| (*at, *n, change)));
            }
        }
    }
    found.sort_by_key(|(_, n, _)| *n);
    found
}

/// Each paragraph of the old draft that stands elsewhere now, with the change that holds it and the index of the change
/// after which it stood; none where it stood before all that stayed.
fn pointers(compared: Compared<'_>) -> Vec<(Option<usize>, usize, &Change)> {
    let of: Vec<Option<usize>> = compared.by_old();
    let change = |index: Option<usize>| compared.changes().get(index?);
    let stays = |index: &Option<usize>| change(*index).is_some_and(|c| !c.moved);
    // For each paragraph the first of another change behind it that stayed: what was merged stands between it and the
    // one before.
    let mut behind: Vec<Option<usize>> = vec![None; of.len()];
    let (mut last, mut next) = (None, None);
    for (slot, index) in behind.iter_mut().zip(&of).rev() {
        if *index != last && stays(&last) {
            next = last;
        }
        (*slot, last) = (next, *index);
    }
    let mut found = Vec::new();
    let mut stayed: Option<usize> = None;
    for (old, (index, behind)) in of.iter().zip(behind).enumerate() {
        let (Some(own), Some(change)) = (index, change(*index)) else { continue };
        let alone = change.old.len() == 1 && change.moved;
        let apart = change.old.len() > 1
            && (stayed.is_some_and(|stayed| stayed > *own)
                || behind.is_some_and(|behind| behind < *own));
        if (alone || apart) && !change.new.is_empty() {
            found.push((stayed, old, change));
        } else if !change.moved {
            stayed = stayed.max(Some(*own));
        }
    }
    found
}
