//! Two stretches of words in; whether they part only in who speaks and in how acts are counted, out.

use super::words::ActWords;

/// True where two texts say the same but for who says it, "We also emphasize our" for "Emphasizes its", and but for the
/// words that tell an act from the one before it: "also" anywhere, "further" and "again" beside an act.
pub fn only_speaker(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// True for a form of an act, in small letters: "stresses", "recalling".
pub(in crate::text) fn is_act_word(word: &str) -> bool {
    !ActWords::get().forms(word).is_empty()
}

/// True for the base form of an act: "recall", "take note", "express concern".
pub fn is_act(base: &str) -> bool {
    all_acts().any(|own| own == base)
}

/// The base forms of all acts, some of them more than once.
pub fn all_acts() -> impl Iterator<Item = &'static str> {
    ActWords::get().bases()
}

/// The words as any speaker would have them: acts by the first word of their base form.
fn plain(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let act = |word: &str| {
        let forms = ActWords::get().forms(word);
        forms.first().map(|form| form.base.split(' ').next().unwrap_or(form.base))
    };
    // Alone, "Further" opens a paragraph; in small letters it is a word like others.
    let opens = words.first().is_some_and(|first| first.starts_with(char::is_uppercase));
    let with_act = opens || words.iter().any(|word| act(&word.to_lowercase()).is_some());
    let plain = words.into_iter().map(str::to_lowercase).filter_map(|word| match word.as_str() {
        "we" | "also" => None,
        "further" | "again" | "once" if with_act => None,
        "our" => Some("its".to_owned()),
        "ourselves" => Some("itself".to_owned()),
        other => Some(act(other).map_or_else(|| other.to_owned(), str::to_owned)),
    });
    plain.collect()
}

#[cfg(test)]
mod tests {
    use super::only_speaker;

    #[test]
    fn who_speaks() {
        for (a, b, wanted) in [
            ("We emphasize", "emphasizes", true),
            ("We also reaffirm our", "Reaffirms its", true),
            ("Also", "", true),
            ("Further", "", true),
            ("Recognizes also", "We recognize", true),
            ("further", "", false),
            ("We note", "Reaffirms", false),
            ("2030", "2035", false),
            ("We shall not", "shall", false),
        ] {
            assert_eq!(only_speaker(a, b), wanted, "{a} / {b}");
        }
    }
}
