//! A text in; the names it gives in full and in short out.

use super::fold::is_initials;

/// A short name has so many letters at most.
const LONGEST: usize = 10;

/// So many more words than letters a long name has at most: small words count no letter.
const SMALL_WORDS: usize = 4;

/// The names that a text gives in short: "the Global Digital Compact (GDC)", as the short one and the long one. The long
/// one begins with a capital and has the letters of the short one as its initials.
pub fn introduced_names(text: &str) -> Vec<(&str, &str)> {
    let named = |(at, _): (usize, &str)| {
        let (before, rest) = (text.get(..at)?.trim_end(), text.get(at + 1..)?);
        let (short, _) = rest.split_once(')')?;
        let capitals = short.bytes().all(|b| b.is_ascii_uppercase());
        if !capitals || !(2..=LONGEST).contains(&short.len()) {
            return None;
        }
        let mut starts =
            before.rmatch_indices([' ', '\n', '“', '"', '(']).map(|(at, m)| at + m.len());
        let long =
            starts.by_ref().take(short.len() + SMALL_WORDS).chain(Some(0)).find_map(|from| {
                let long = before.get(from..)?;
                let begins = long.starts_with(char::is_uppercase) && long.contains(' ');
                (begins && is_initials(short, long)).then_some(long)
            })?;
        Some((short, long))
    };
    text.match_indices('(').filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::introduced_names;

    #[test]
    fn names_given_in_short() {
        for (text, wanted) in [
            (
                "Recalling the Global Digital Compact (GDC) and",
                vec![("GDC", "Global Digital Compact")],
            ),
            (
                "World Summit on the Information Society (WSIS), and the Board (UN)",
                vec![("WSIS", "World Summit on the Information Society")],
            ),
            ("We note (a) the word (as is) and the ITU (ITU).", vec![]),
            ("(GDC", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(introduced_names(text), wanted, "{text}");
        }
    }
}
