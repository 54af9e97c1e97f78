//! A symbol, a language and a form in; the address of the document out.

use std::fmt;

use crate::model::symbol_key;
use crate::text::Language;

/// The form a document is asked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As printed: the official form.
    #[default]
    Pdf,
    /// Word.
    Docx,
}

impl Form {
    /// The ending of its files, which is also what the service calls it.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
}

/// A document symbol, fit to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol(String);

impl Symbol {
    /// Takes a symbol as people write it.
    ///
    /// # Errors
    /// When it is none: the message says why.
    pub fn parse(text: &str) -> Result<Self, String> {
        /// The longest symbols in use have some 50 characters.
        const LONGEST: usize = 120;
        let symbol = symbol_key(text);
        let known = |c: char| c.is_ascii_alphanumeric() || "/.-()[]_".contains(c);
        let parted = symbol.split('/').all(|part| part.chars().any(|c| c.is_ascii_alphanumeric()));
        let numbered = symbol.chars().any(|c| c.is_ascii_digit());
        if symbol.len() > LONGEST
            || !symbol.contains('/')
            || !parted
            || !numbered
            || !symbol.chars().all(known)
        {
            return Err("this is no document symbol; one looks like A/RES/70/125".to_owned());
        }
        // People write `A/res/70/125`; but the case of letters within a symbol is the service's own (`Add.1`).
        let written: String = text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
        let parts = written.split('/').map(|part| match part {
            part if part.eq_ignore_ascii_case("res") || part.len() == 1 => part.to_uppercase(),
            part => part.to_owned(),
        });
        Ok(Self(parts.collect::<Vec<_>>().join("/")))
    }

    /// The symbol.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address with `{symbol}` in it, and `{language}` and `{kind}` where the place wants them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(String);

/// The symbol service of the United Nations' Official Document System. It answers 200 with an empty body for what it
/// does not have.
const OFFICIAL: &str =
    "https://documents.un.org/api/symbol/access?s={symbol}&l={language}&t={kind}";

impl Template {
    /// The way to the United Nations' own service.
    pub fn official() -> Self {
        Self(OFFICIAL.to_owned())
    }

    /// Takes the address of a mirror.
    ///
    /// # Errors
    /// When no document can be found by it: the message says why.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if parts(text).is_none_or(|(_, host, _)| host.is_empty() || host.contains('{')) {
            return Err(format!("“{text}” is no address; it begins with https:// and a host"));
        }
        if !text.contains("{symbol}") {
            return Err(format!(
                "“{text}” does not say where the symbol stands; put {{symbol}} there"
            ));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(format!("“{text}” holds a space; write %20"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The address of a document.
    pub(super) fn fill(&self, symbol: &Symbol, language: Language, form: Form) -> String {
        self.0
            .replace("{language}", language.code())
            .replace("{kind}", form.ending())
            .replace("{symbol}", &encoded(symbol.as_str()))
    }

    /// The host that is asked.
    pub(super) fn host(&self) -> &str {
        parts(&self.0).map_or("", |(_, host, _)| host)
    }
}

/// `text` with everything percent-encoded that an address does not hold as it is (RFC 3986, 2.3); slashes stay, as the
/// service expects them.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Scheme, host with its port, and the rest of an address.
fn parts(address: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let known = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    known.then(|| rest.split_at_checked(at)).flatten().map(|(host, rest)| (scheme, host, rest))
}

/// Where a redirection from `from` leads; none where it leads from a closed connection to an open one, or nowhere.
pub(super) fn redirected(from: &str, location: &str) -> Option<String> {
    let (scheme, host, path) = parts(from)?;
    let to = if parts(location).is_some() {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{host}{location}")
    } else if location.is_empty() || location.contains("://") {
        return None;
    } else {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut folders: Vec<&str> = path.split('/').skip(1).collect();
        folders.pop();
        let mut location = location;
        // RFC 3986, 5.2.4: dots lead upwards, and never out of the host.
        while let Some((first @ (".." | "."), rest)) = location.split_once('/') {
            if first == ".." {
                folders.pop();
            }
            location = rest;
        }
        folders.push(location);
        format!("{scheme}://{host}/{}", folders.join("/"))
    };
    let (new, host, _) = parts(&to)?;
    let safe = scheme.eq_ignore_ascii_case("http") || new.eq_ignore_ascii_case("https");
    (safe && !host.is_empty()).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let fill = |template: &Template, symbol: &str| {
            template.fill(&Symbol::parse(symbol).unwrap(), Language::Fr, Form::Docx)
        };
        assert_eq!(
            fill(&Template::official(), "a/res/70/125"),
            "https://documents.un.org/api/symbol/access?s=A/RES/70/125&l=fr&t=docx"
        );
        let mirror = Template::parse("https://example.org/{language}/{symbol}.{kind}").unwrap();
        assert_eq!(
            fill(&mirror, "WSIS-05/TUNIS/DOC/6(Rev.1)-E"),
            "https://example.org/fr/WSIS-05/TUNIS/DOC/6%28Rev.1%29-E.docx"
        );
        assert_eq!(mirror.host(), "example.org");
        for wrong in [
            "example.org/{symbol}",
            "https://example.org/",
            "ftp://example.org/{symbol}",
            "https:///{symbol}",
            "https://{symbol}",
        ] {
            assert!(Template::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn symbols() {
        for (text, wanted) in [
            ("A/79/L.2*", Some("A/79/L.2")),
            (" A / RES / 70 / 125 ", Some("A/RES/70/125")),
            ("a/hrc/res/50/15", Some("A/hrc/RES/50/15")),
            ("A/RES/217(III)", Some("A/RES/217(III)")),
            ("GDC", None),
            ("../../etc/passwd1", None),
            ("A/RES/70/125&t=exe", None),
            ("A//1", None),
            ("", None),
        ] {
            assert_eq!(Symbol::parse(text).ok().as_ref().map(Symbol::as_str), wanted, "{text}");
        }
    }

    #[test]
    fn redirections() {
        let from = "https://example.org/a/b?c=d/e";
        for (location, wanted) in [
            ("https://other.org/x", Some("https://other.org/x")),
            ("/x?y", Some("https://example.org/x?y")),
            ("x", Some("https://example.org/a/x")),
            ("./../../x/y", Some("https://example.org/x/y")),
            ("//other.org/x", Some("https://other.org/x")),
            ("http://example.org/x", None),
            ("file:///etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(redirected(from, location).as_deref(), wanted, "{location}");
        }
        assert!(redirected("http://example.org/", "https://example.org/").is_some());
    }
}
