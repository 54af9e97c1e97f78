//! What an AKN file says of itself in, piece by piece; the draft's front matter out.

use quick_xml::events::BytesStart;

use super::element::attribute;
use crate::model::{Extent, FrontMatter};

/// Facts met on the way through `meta`, the cover page and the preface.
#[derive(Default)]
pub(super) struct Front {
    symbol: Option<String>,
    uri: Option<String>,
    title: Option<String>,
    body: Option<String>,
    adopted: Option<String>,
    language: Option<String>,
}

impl Front {
    /// Reads one element of `meta`.
    pub(super) fn meta(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "FRBRuri" => keep(&mut self.uri, &attribute(tag, "value")),
            "FRBRdate" if attribute(tag, "name") == "adoption" => {
                keep(&mut self.adopted, &attribute(tag, "date"));
            }
            "FRBRlanguage" => keep(&mut self.language, &attribute(tag, "language")),
            _ => {}
        }
    }

    /// The symbol as the cover page prints it.
    pub(super) fn symbol(&mut self, text: &str) {
        keep(&mut self.symbol, text);
    }

    /// The title; a text of several resolutions has the first one's.
    pub(super) fn title(&mut self, text: &str) {
        keep(&mut self.title, text);
    }

    /// The organ that speaks.
    pub(super) fn body(&mut self, text: &str) {
        keep(&mut self.body, text);
    }

    /// All of it, put together.
    pub(super) fn finish(self) -> FrontMatter {
        let symbol = self.symbol.or_else(|| self.uri.as_deref().and_then(symbol_of_uri));
        let language = match self.language.as_deref() {
            Some("ara" | "ar") => "ar",
            Some("zho" | "chi" | "zh") => "zh",
            Some("fra" | "fre" | "fr") => "fr",
            Some("rus" | "ru") => "ru",
            Some("spa" | "es") => "es",
            _ => "en",
        };
        let url = symbol.as_deref().map(|symbol| {
            format!("https://docs.un.org/{language}/{}", symbol.replace(char::is_whitespace, ""))
        });
        FrontMatter {
            symbol,
            title: self.title,
            body: self.body,
            adopted: self.adopted,
            extent: Some(Extent::Full),
            url,
            ..FrontMatter::default()
        }
    }
}

/// Keeps the first words met.
fn keep(place: &mut Option<String>, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if place.is_none() && !text.is_empty() {
        *place = Some(text);
    }
}

/// `/akn/un/statement/deliberation/unga/2024-12-17/79-171/` is A/RES/79/171.
fn symbol_of_uri(uri: &str) -> Option<String> {
    let parts: Vec<&str> = uri.split('/').filter(|part| !part.is_empty()).collect();
    let organ = parts.iter().find_map(|part| match *part {
        "unga" => Some("A/RES/"),
        "ecosoc" | "unecosoc" => Some("E/RES/"),
        _ => None,
    })?;
    let number = parts.last()?;
    let numbered = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('-');
    numbered.then(|| format!("{organ}{}", number.replacen('-', "/", 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_from_uris() {
        for (uri, wanted) in [
            ("/akn/un/statement/deliberation/unga/2024-12-17/79-171/", Some("A/RES/79/171")),
            ("/akn/un/statement/deliberation/ecosoc/2021-07-22/2021-20/", Some("E/RES/2021/20")),
            ("/akn/un/statement/deliberation/unhrc/2021-07-22/2021-20/", None),
            ("", None),
        ] {
            assert_eq!(symbol_of_uri(uri).as_deref(), wanted, "{uri}");
        }
    }
}
