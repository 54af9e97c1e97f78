//! Printed numbers and links in; identifiers and addresses that the schema of Akoma Ntoso takes, out.

use std::collections::HashMap;

/// Identifiers of elements, each of them given once.
///
/// They follow the Akoma Ntoso Naming Convention 1.0 (OASIS, 2019), section 5: `para_12__list_1__point_a`.
#[derive(Default)]
pub(super) struct Ids {
    given: HashMap<String, usize>,
}

impl Ids {
    /// The identifier of an element of this kind with this number, within another or, where that is empty, in the
    /// document. A second one with the same number is counted: `para_12-2`.
    pub(super) fn give(&mut self, within: &str, kind: &str, number: &str) -> String {
        let joint = if within.is_empty() { "" } else { "__" };
        let number = match slug(number) {
            number if number.is_empty() => "1".to_owned(),
            number => number,
        };
        let own = format!("{within}{joint}{kind}_{number}");
        let mut times = *self.given.entry(own.clone()).and_modify(|n| *n += 1).or_insert(1);
        let mut id = own.clone();
        while times > 1 {
            id = format!("{own}-{times}");
            if !self.given.contains_key(&id) {
                self.given.insert(own.clone(), times);
                self.given.insert(id.clone(), 1);
                break;
            }
            times += 1;
        }
        id
    }
}

/// `a-res-70-125` of `A/RES/70/125`: the letters and figures, in small letters, joined by hyphens.
pub(super) fn slug(text: &str) -> String {
    let low = text.to_lowercase();
    let parts = low.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// True for a link that `xsd:anyURI` takes as it stands, in every reading of RFC 3986.
pub(super) fn is_uri(href: &str) -> bool {
    let hex = |b: Option<&u8>| b.is_some_and(u8::is_ascii_hexdigit);
    let bytes = href.as_bytes();
    let allowed = bytes.iter().enumerate().all(|(at, b)| match b {
        b'%' => hex(bytes.get(at + 1)) && hex(bytes.get(at + 2)),
        _ => b.is_ascii_alphanumeric() || b"-._~/?#@!$&'()*+,;=:".contains(b),
    });
    let first = href.split(['/', '?', '#']).next().unwrap_or_default();
    let (scheme, rest) = match first.split_once(':') {
        Some((scheme, _)) => (scheme, href.get(scheme.len() + 1..).unwrap_or_default()),
        None => ("none", href),
    };
    let mut letters = scheme.bytes();
    let named = letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let host = rest.strip_prefix("//").map(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (name, port) = host.split_once(':').unwrap_or((host, "0"));
        let port = !port.is_empty() && port.len() < 6 && port.bytes().all(|b| b.is_ascii_digit());
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
        port && !name.is_empty() && name.bytes().all(plain)
    });
    allowed && named && href.matches('#').count() < 2 && host.unwrap_or(true)
}

/// A link with everything but letters and figures written as their numbers, which `xsd:anyURI` takes whatever it was.
pub(super) fn encoded(href: &str) -> String {
    let mut out = String::with_capacity(href.len());
    for byte in href.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_given_once() {
        let mut ids = Ids::default();
        let numbers = ["12", "12 bis", "12", "12-2", "(a)", "12", "•", "…", "第一"];
        let given: Vec<String> = numbers.iter().map(|n| ids.give("", "para", n)).collect();
        let wanted = ["12", "12-bis", "12-2", "12-2-2", "a", "12-3", "1", "1-2", "第一"]
            .map(|n| format!("para_{n}"));
        assert_eq!(given, wanted);
        assert_eq!(ids.give("att_1", "para", "9"), "att_1__para_9");
    }

    #[test]
    fn links_that_are_addresses() {
        for (href, wanted) in [
            ("https://docs.un.org/en/A/RES/70/125", true),
            ("https://undocs.org/en/A/59/19/Rev.1(Supp)#p%201", true),
            ("#annex", true),
            ("mailto:a@b.c", true),
            ("", true),
            ("http://x.y:80a/", false),
            ("http://[x/", false),
            ("12:30", false),
            ("a b", false),
            ("50%", false),
            ("a#b#c", false),
            ("http://例.org", false),
        ] {
            assert_eq!(is_uri(href), wanted, "{href}");
        }
        assert_eq!(encoded("a b:é"), "a%20b%3A%C3%A9");
    }
}
