//! The words around a quotation in; whether they give it to a source, or make a title or a term of it, out.

use std::sync::LazyLock;

use super::acts::is_act_word;
use super::lists::Lists;

/// A list of `data/quoting.txt`.
fn list(name: &str) -> &'static [&'static str] {
    static LISTS: LazyLock<Lists> =
        LazyLock::new(|| Lists::parse(include_str!("data/quoting.txt")));
    LISTS.of(name)
}

/// True where the words before a quotation say that it is a title or a term: "entitled “…”".
pub fn precedes_name(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    list("names").iter().any(|name| {
        before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// True where the words between a source and a quotation behind it let the source speak: ", which stresses that “…”".
///
/// The author's own verb lets nobody else speak: "Recalls resolution 70/125, stresses that “…”", "and we note that “…”".
pub fn lets_speak(between: &str) -> bool {
    let words = words(between);
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if holds(&["we", "and"]) || between.starts_with(',') && !holds(list("speakers")) {
        return false;
    }
    let all = words.join(" ");
    let phrase = |phrase: &&str| phrase.contains(' ') && all.contains(*phrase);
    words.iter().any(|word| says(word)) || list("says").iter().any(phrase)
}

/// True where the words between a quotation and a source behind it give it to the source: ", as stated in".
pub fn leads_behind(between: &str) -> bool {
    let words = words(between);
    let known = |word: &String| {
        let word = word.as_str();
        list("behind").contains(&word) || list("way").contains(&word) || says(word)
    };
    words.first().is_some_and(|first| list("behind").contains(&first.as_str()))
        && words.iter().all(known)
}

/// True where the sentence opens so that what comes after the source it names is the source's: "As affirmed in".
pub fn leads_in(opening: &str) -> bool {
    let opening = words(opening).join(" ");
    let opens = |lead: &&str| {
        opening.strip_prefix(lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    list("leads").iter().any(opens)
}

/// True for a word by which a source speaks: "states", "reaffirmed".
fn says(word: &str) -> bool {
    let stems = || [word.strip_suffix("ed"), word.strip_suffix('d')].into_iter().flatten();
    let is_finite = || word.ends_with('s') && is_act_word(word);
    list("says").contains(&word) || is_finite() || stems().any(is_act_word)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_quotation() {
        for (between, wanted) in [
            (", which states that ", true),
            (" decides to ", true),
            (" affirmed ", true),
            (" describes it as ", true),
            (", according to which ", true),
            (", and we stress ", false),
            (", recognizing that ", false),
            (", reiterates that ", false),
            (", in which the Assembly reiterated that ", true),
            (" and the ", false),
        ] {
            assert_eq!(lets_speak(between), wanted, "{between}");
        }
        for (between, wanted) in [
            (", as stated in ", true),
            (", as the ", true),
            (", according to ", true),
            (" – this sentence of the ", true),
            (", and recalls ", false),
            (", the report of ", false),
        ] {
            assert_eq!(leads_behind(between), wanted, "{between}");
        }
        for (opening, wanted) in [
            ("As the Assembly affirmed in ", true),
            ("According to ", true),
            ("In the words of ", true),
            ("Assembly ", false),
            ("Recalling ", false),
        ] {
            assert_eq!(leads_in(opening), wanted, "{opening}");
        }
        assert!(precedes_name("on the theme ") && !precedes_name("states that "));
    }
}
