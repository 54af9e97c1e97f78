//! The names of revisions in; names short enough to stand above a column, with a legend where they were shortened, out.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

/// What stands above the columns of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heads {
    pub(super) names: Vec<String>,
    /// `Columns: 1 = elements paper · 2025-03-01, 2 = …`; none where the names are whole.
    pub(super) legend: Option<String>,
}

/// A name may take two lines of a column of `width`; where one takes more, all are shortened to the words in which they
/// differ, else to their places, counted from 1.
pub(super) fn heads(labels: &[String], width: usize) -> Heads {
    let fits = |name: &String| {
        let words = name.split_whitespace().all(|word| word.width() <= width);
        words && name.width() <= 2 * width
    };
    if labels.iter().all(fits) {
        return Heads { names: labels.to_vec(), legend: None };
    }
    let short = differing(labels).filter(|names| {
        let different: BTreeSet<&String> = names.iter().collect();
        different.len() == labels.len() && names.iter().all(|name| fits(name) && !name.is_empty())
    });
    let names = short.unwrap_or_else(|| (1..=labels.len()).map(|at| at.to_string()).collect());
    let told = names.iter().zip(labels).map(|(name, label)| format!("{name}\u{a0}=\u{a0}{label}"));
    let legend = format!("Columns: {}.", told.collect::<Vec<_>>().join("; "));
    Heads { names, legend: Some(legend) }
}

/// The names without the words that all of them begin with, and end with.
fn differing(labels: &[String]) -> Option<Vec<String>> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '·' | '_');
    let worded: Vec<Vec<&str>> =
        labels.iter().map(|l| l.split(parts).filter(|w| !w.is_empty()).collect()).collect();
    let first = worded.first()?;
    let shared = |same: &dyn Fn(usize, &Vec<&str>) -> bool| {
        (0..first.len()).take_while(|at| worded.iter().all(|words| same(*at, words))).count()
    };
    let head = shared(&|at, words| words.get(at) == first.get(at));
    let tail = shared(&|at, words| {
        words.len() > head + at && words.iter().rev().nth(at) == first.iter().rev().nth(at)
    });
    let kept = worded.iter().map(|words| words.get(head..words.len() - tail).map(|w| w.join(" ")));
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::heads;

    #[test]
    fn names_above_columns() {
        for (labels, names) in [
            (vec!["zero draft", "Rev.1"], vec!["zero draft", "Rev.1"]),
            (vec!["elements paper", "zero draft"], vec!["elements paper", "zero draft"]),
            (
                vec!["Draft of the co-chairs of May", "Draft of the co-chairs of June"],
                vec!["May", "June"],
            ),
            (vec!["summit_outcome_v1_clean", "summit_outcome_v2_clean"], vec!["v1", "v2"]),
            (
                vec!["Draft negotiating text of October", "Outcome document as adopted"],
                vec!["1", "2"],
            ),
            (vec!["A/CONF.241/2026/L.1/Rev.1", "A/CONF.241/2026/L.1"], vec!["1", "2"]),
        ] {
            let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
            let told = heads(&labels, 11);
            assert_eq!(told.names, names);
            assert_eq!(told.legend.is_some(), names != labels);
        }
    }
}
