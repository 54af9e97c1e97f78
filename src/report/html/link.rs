//! A document's symbol, and the address its reference gives, in; where the official text is read, out.

use crate::model::{FrontMatter, symbols};
use crate::text::Language;

/// Where the United Nations show a document by its symbol, in a language.
const OFFICIAL: &str = "https://docs.un.org";

/// The address that the reference gives, else that of the symbol; none where neither can be followed.
pub(super) fn link(
    front: Option<&FrontMatter>,
    symbol: Option<&str>,
    language: Language,
) -> Option<String> {
    let given = front.and_then(|front| front.url.as_deref()).map(str::trim);
    let own = given.filter(|url| is_web(url)).map(str::to_owned);
    own.or_else(|| official(symbols(symbol?).next()?, language))
}

/// True for an address that is read over the web: a link never runs anything.
fn is_web(url: &str) -> bool {
    let begins =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme));
    (begins("https://") || begins("http://"))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// `https://docs.un.org/en/A/RES/70/125`
fn official(symbol: &str, language: Language) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-.()_".contains(c);
    let known = symbol.contains('/')
        && symbol.starts_with(|c: char| c.is_ascii_uppercase())
        && symbol.chars().all(plain);
    known.then(|| format!("{OFFICIAL}/{}/{symbol}", language.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked() {
        let of = |url: Option<&str>, symbol: Option<&str>| {
            let front = FrontMatter { url: url.map(str::to_owned), ..FrontMatter::default() };
            link(Some(&front), symbol, Language::Fr)
        };
        for (url, symbol, wanted) in [
            (Some("https://example.org/a"), Some("A/RES/70/1"), Some("https://example.org/a")),
            (
                Some("javascript:alert(1)"),
                Some("A/RES/70/1"),
                Some("https://docs.un.org/fr/A/RES/70/1"),
            ),
            (Some("javascript:alert(1)"), None, None),
            (None, Some("A/79/834-S/2025/186"), Some("https://docs.un.org/fr/A/79/834")),
            (None, Some("A/\"onclick"), None),
            (None, Some("Tunis Agenda"), None),
        ] {
            assert_eq!(of(url, symbol).as_deref(), wanted, "{url:?} {symbol:?}");
        }
    }
}
