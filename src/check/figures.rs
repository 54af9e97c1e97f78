//! The words that an edit takes out and those it puts in, in; the figure, date, interval or scope that is another one out.

use super::words::words;
use crate::model::Edit;
use crate::text::{is_month, only_speaker, ordinal};

/// Ordinals up to this one are words of other uses as well.
const SMALL: usize = 3;

/// A figure or a date that is put in, left out or put in the place of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    is_date: bool,
    pub(super) edit: Edit,
}

impl Counted {
    /// In words: "another date".
    pub(super) fn told(self) -> &'static str {
        match (self.is_date, self.edit) {
            (true, Edit::Insert) => "a date added",
            (true, Edit::Delete) => "a date removed",
            (true, Edit::Replace) => "another date",
            (false, Edit::Insert) => "a figure added",
            (false, Edit::Delete) => "a figure removed",
            (false, Edit::Replace) => "another figure",
        }
    }
}

/// A figure or a date that is another one, or that only one side has.
pub(super) fn counted(old: &str, new: &str) -> Option<Counted> {
    let (mut was, mut is) = (figures(old), figures(new));
    // "One" counts where it stands against another number.
    match (was.is_empty(), is.is_empty()) {
        (true, false) => was.extend(one(old)),
        (false, true) => is.extend(one(new)),
        _ => {}
    }
    let edit = match (was.is_empty(), is.is_empty()) {
        (true, _) => Edit::Insert,
        (_, true) => Edit::Delete,
        _ => Edit::Replace,
    };
    // "First" and "second" may stand for other things where nothing takes their place.
    let is_figure = |word: &&str| ordinal(word).is_none_or(|count| count > SMALL);
    if was == is || edit != Edit::Replace && !was.iter().chain(&is).any(is_figure) {
        return None;
    }
    let is_date = |words: &[&str]| words.iter().any(|word| is_month(word) || is_year(word));
    let is_date = match edit {
        Edit::Insert => is_date(&is),
        Edit::Delete => is_date(&was),
        Edit::Replace => is_date(&was) && is_date(&is),
    };
    Some(Counted { is_date, edit })
}

/// True for another interval, "every two years" or "biennial", in the place of one.
pub(super) fn paced(old: &str, new: &str) -> bool {
    let interval = |text: &str| {
        let mut rows = words("intervals").iter();
        rows.position(|row| row.split(" | ").any(|own| plain(text).any(|word| word == own)))
    };
    interval(old).zip(interval(new)).is_some_and(|(was, is)| was != is)
}

/// True for a word for how many are meant that is put in, left out or replaced, where nothing else is: "all", "each".
pub(super) fn scoped(old: &str, new: &str) -> bool {
    let is_scope = |word: &str| words("scopes").contains(&word);
    // "All lamps" for "the lamps".
    let rest = |text: &str| {
        plain(text).filter(|word| !is_scope(word) && word != "the").collect::<Vec<_>>()
    };
    let own = |text: &str| plain(text).filter(|word| is_scope(word)).collect::<Vec<_>>();
    let is_alone =
        rest(old) == rest(new) || only_speaker(&rest(old).join(" "), &rest(new).join(" "));
    own(old) != own(new) && is_alone
}

/// The words of a text in small letters, without what stands around them.
fn plain(text: &str) -> impl Iterator<Item = String> {
    let words = text.split_whitespace();
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
}

/// The figures among some words, months among them. The number of a document, 70/125, and what stands with it is none.
pub(super) fn figures(text: &str) -> Vec<&str> {
    let own = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let own: Vec<&str> = own.collect();
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    if own.iter().any(|word| digits(word) && word.contains('/')) {
        return Vec::new();
    }
    let figure = |word: &&str| {
        let low = word.to_lowercase();
        digits(word)
            || is_month(word)
            || words("numbers").contains(&low.as_str())
            || ordinal(word).is_some()
    };
    own.into_iter().filter(figure).collect()
}

/// The word "one" among some words, "one-day" too, which has other uses than to count.
fn one(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric()).find(|word| word.eq_ignore_ascii_case("one"))
}

/// True for a year of the United Nations, or one ahead of them.
fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1945..2200).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_against_each_other() {
        for (old, new, wanted) in [
            ("30", "50", "another figure"),
            ("the one", "two", "another figure"),
            ("one of the", "each of the", ""),
            ("2030", "2035", "another date"),
            ("in May 2030", "", "a date removed"),
            ("", "twelve", "a figure added"),
            ("", "second", ""),
            ("of 70/125", "of 71/212", ""),
        ] {
            assert_eq!(counted(old, new).map_or("", Counted::told), wanted, "{old} | {new}");
        }
        assert!(paced("an annual", "a biennial") && !paced("annual", "yearly"));
        assert!(scoped("all lamps", "the lamps") && !scoped("all lamps", "the boats"));
    }
}
