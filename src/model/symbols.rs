//! The symbol of a document as it is printed in; the symbols it joins, and how a symbol is compared, out.

/// The symbols of one document, the first one first: `A/79/834` and `S/2025/186` of `A/79/834-S/2025/186`.
///
/// A document that goes to two organs bears a symbol of each, with a hyphen between them. What follows the hyphen
/// begins as symbols do, with capitals and a stroke; `A/ES-11/1` and `WSIS-05/TUNIS/DOC/6(Rev.1)-E` are one symbol.
pub fn symbols(printed: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(printed);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let stroke = text.find('/').unwrap_or(text.len());
        let joint = text.match_indices(JOINTS).find(|(at, joint)| {
            let before = text.get(..*at).unwrap_or_default().trim_end_matches([' ', '*']);
            let after = text.get(at + joint.len()..).unwrap_or_default().trim_start();
            let capitals =
                after.len() - after.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
            let whole = *at > stroke && before.ends_with(|c: char| c == ')' || c.is_ascii_digit());
            whole && capitals > 0 && after.get(capitals..).is_some_and(|a| a.starts_with('/'))
        });
        let Some((at, joint)) = joint else { return Some(text.trim()) };
        rest = text.get(at + joint.len()..);
        text.get(..at).map(str::trim)
    })
}

/// Hyphens and dashes that join two symbols.
const JOINTS: [char; 4] = ['-', '–', '\u{2010}', '\u{2011}'];

/// A symbol as it is compared: without case, spaces, and the asterisks that mark a reissue; a dash is a hyphen.
pub fn symbol_key(symbol: &str) -> String {
    let kept = symbol.chars().filter(|c| !c.is_whitespace() && *c != '*');
    let kept = kept.map(|c| if JOINTS.contains(&c) { '-' } else { c });
    kept.collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joint_symbols() {
        for (printed, wanted) in [
            ("A/79/834-S/2025/186", &["A/79/834", "S/2025/186"][..]),
            ("A/70/373*–S/2015/682*", &["A/70/373*", "S/2015/682*"]),
            ("A/RES/70/262 - S/RES/2282 (2016)", &["A/RES/70/262", "S/RES/2282 (2016)"]),
            ("A/56/1026-S/2002/932-E/2002/9", &["A/56/1026", "S/2002/932", "E/2002/9"]),
            ("A/ES-11/1", &["A/ES-11/1"]),
            ("A/RES/S-20/2", &["A/RES/S-20/2"]),
            ("WSIS-05/TUNIS/DOC/6(Rev.1)-E", &["WSIS-05/TUNIS/DOC/6(Rev.1)-E"]),
            ("A/C.1/63/PV.9-16", &["A/C.1/63/PV.9-16"]),
            ("-", &["-"]),
            ("", &[""]),
        ] {
            assert_eq!(symbols(printed).collect::<Vec<_>>(), wanted, "{printed}");
        }
    }

    #[test]
    fn symbols_compared() {
        assert_eq!(symbol_key("s/res/2768 (2025)*"), "S/RES/2768(2025)");
    }
}
