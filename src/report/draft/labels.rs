//! The footnotes of a draft and their calls in; labels that tell them apart in Markdown out.

use std::collections::HashMap;

use crate::model::{Aside, AsideKind, Draft};

/// Labels of footnotes, each of them once.
pub(super) struct Labels {
    /// The label each footnote is given, in their order.
    pub(super) given: Vec<String>,
    /// For a label in the draft: what its calls are given, one after the other, and how many were.
    calls: HashMap<String, (Vec<String>, usize)>,
    /// Labels that are called without a note.
    pub(super) bare: Vec<String>,
}

impl Labels {
    pub(super) fn new(draft: &Draft) -> Self {
        let mut labels = Self { given: Vec::new(), calls: HashMap::new(), bare: Vec::new() };
        let mut used = HashMap::<String, usize>::new();
        for note in &draft.footnotes {
            let given = labels.give(&note.label, &mut used);
            labels.calls.entry(note.label.clone()).or_default().0.push(given.clone());
            labels.given.push(given);
        }
        let headings = draft.headings.iter().flat_map(|heading| &heading.calls);
        for aside in headings.chain(draft.paragraphs.iter().flat_map(|p| &p.asides)) {
            let called = aside.kind == AsideKind::Footnote;
            if called && !labels.calls.contains_key(&aside.text) {
                let given = labels.give(&aside.text, &mut used);
                labels.calls.entry(aside.text.clone()).or_default().0.push(given.clone());
                labels.bare.push(given);
            }
        }
        labels
    }

    fn give(&self, label: &str, used: &mut HashMap<String, usize>) -> String {
        let fits = |c: &char| !c.is_whitespace() && !c.is_control() && !"[]\\^`<>_~&|".contains(*c);
        let own: String = label.chars().filter(fits).collect();
        let own = if own.is_empty() { "note".to_owned() } else { own };
        let times = used.entry(own.to_lowercase()).or_default();
        *times += 1;
        if *times == 1 { own } else { format!("{own}-{times}") }
    }

    /// The label for the next call of a note.
    pub(super) fn call(&mut self, aside: &Aside) -> String {
        let Some((given, times)) = self.calls.get_mut(&aside.text) else { return String::new() };
        let found = given.get(*times).or(given.last()).cloned().unwrap_or_default();
        *times += 1;
        found
    }
}
