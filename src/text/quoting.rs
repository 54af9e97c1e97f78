//! The words around a quotation in; whether they give it to a source, or make a title or a term of it, out.

use std::sync::OnceLock;

use super::acts::is_act_word;

const QUOTING: &str = include_str!("data/quoting.txt");

/// The lists of `data/quoting.txt`.
#[derive(Default)]
struct Lists {
    names: Vec<&'static str>,
    says: Vec<&'static str>,
    speakers: Vec<&'static str>,
    behind: Vec<&'static str>,
    way: Vec<&'static str>,
    leads: Vec<&'static str>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut lists = Lists::default();
        let mut list = "";
        for line in QUOTING.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                list = name;
                continue;
            }
            match list {
                "names" => lists.names.push(line),
                "says" => lists.says.push(line),
                "speakers" => lists.speakers.push(line),
                "behind" => lists.behind.push(line),
                "way" => lists.way.push(line),
                "leads" => lists.leads.push(line),
                _ => {}
            }
        }
        lists
    })
}

/// True where the words before a quotation say that it is a title or a term: "entitled “…”".
pub fn precedes_name(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    lists().names.iter().any(|name| {
        before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// True where the words between a source and a quotation behind it let the source speak: ", which stresses that “…”".
///
/// The author's own verb lets nobody else speak: "Recalls resolution 70/125, stresses that “…”", "and we note that “…”".
pub fn lets_speak(between: &str) -> bool {
    let words = words(between);
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if holds(&["we", "and"]) || between.starts_with(',') && !holds(&lists().speakers) {
        return false;
    }
    let all = words.join(" ");
    let phrase = |phrase: &&str| phrase.contains(' ') && all.contains(*phrase);
    words.iter().any(|word| says(word)) || lists().says.iter().any(phrase)
}

/// True where the words between a quotation and a source behind it give it to the source: ", as stated in".
pub fn leads_behind(between: &str) -> bool {
    let words = words(between);
    let known = |word: &String| {
        let word = word.as_str();
        lists().behind.contains(&word) || lists().way.contains(&word) || says(word)
    };
    words.first().is_some_and(|first| lists().behind.contains(&first.as_str()))
        && words.iter().all(known)
}

/// True where the sentence opens so that what comes after the source it names is the source's: "As affirmed in".
pub fn leads_in(opening: &str) -> bool {
    let opening = words(opening).join(" ");
    let opens = |lead: &&str| {
        opening.strip_prefix(lead).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    lists().leads.iter().any(opens)
}

/// True for a word by which a source speaks: "states", "reaffirmed".
fn says(word: &str) -> bool {
    let stems = || [word.strip_suffix("ed"), word.strip_suffix('d')].into_iter().flatten();
    let is_finite = || word.ends_with('s') && is_act_word(word);
    lists().says.contains(&word) || is_finite() || stems().any(is_act_word)
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
