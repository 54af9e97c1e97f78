//! The encoding of a simple font in; characters for its 256 codes out.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::file::{resolved, value};
use super::font::name;

/// Widths of the characters 32 to 126 in Times Roman, in thousandths of the type size
/// (Adobe, Core 14 font metrics); close enough for the bold and italic cuts to part words.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 333, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
/// The same for Helvetica.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 222, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const COURIER: [u16; 95] = [600; 95];

/// Names of characters, looked up once.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<Vec<u8>, Option<String>>,
    tables: HashMap<&'static str, HashMap<u32, String>>,
}

impl Names {
    /// The widths of a standard font that does not bring its own.
    pub(super) fn widths(&self, base: &str) -> &'static [u16] {
        let is = |words: &[&str]| words.iter().any(|word| base.contains(word));
        match () {
            () if is(&["courier"]) => &COURIER,
            () if is(&["helvetica", "arial"]) => &HELVETICA,
            () if is(&["times"]) => &TIMES,
            () => &[],
        }
    }

    /// What the codes of a simple font mean by its `Encoding`. A font that brings its own letters and no
    /// encoding counts them as it likes: nothing is taken for granted then.
    pub(super) fn of(
        &mut self,
        document: &Document,
        font: &Dictionary,
        embedded: bool,
    ) -> HashMap<u32, String> {
        let encoding = value(document, font, "Encoding");
        let own = name(document, font, "BaseFont").unwrap_or_default().to_lowercase();
        let pictures = ["symbol", "dingbats", "wingdings"].iter().any(|word| own.contains(word));
        let base = match encoding {
            Some(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
            Some(Object::Dictionary(d)) => name(document, d, "BaseEncoding").unwrap_or_default(),
            _ => String::new(),
        };
        let table = match base.as_str() {
            "WinAnsiEncoding" => Some("WinAnsiEncoding"),
            "MacRomanEncoding" => Some("MacRomanEncoding"),
            "MacExpertEncoding" => Some("MacExpertEncoding"),
            "StandardEncoding" => Some("StandardEncoding"),
            _ if pictures || embedded && encoding.is_none() => None,
            _ => Some("StandardEncoding"),
        };
        let mut texts = table.map(|table| self.table(document, table)).unwrap_or_default();
        if pictures {
            // The bullet of Symbol, and that of Wingdings.
            texts.extend([(0xB7, "•".to_owned()), (0xA7, "•".to_owned())]);
        }
        if let Some(Object::Dictionary(dictionary)) = encoding
            && let Some(Object::Array(differences)) = value(document, dictionary, "Differences")
        {
            let mut code = 0;
            for item in differences {
                match resolved(document, item) {
                    Some(Object::Integer(next)) => code = u32::try_from(*next).unwrap_or(256),
                    Some(Object::Name(name)) => {
                        match self.named(document, name) {
                            Some(text) => texts.insert(code, text),
                            None => texts.remove(&code),
                        };
                        code = code.saturating_add(1);
                    }
                    _ => {}
                }
            }
        }
        texts
    }

    fn table(&mut self, document: &Document, name: &'static str) -> HashMap<u32, String> {
        let fill = || {
            let mut font = Dictionary::new();
            font.set("Type", Object::Name(b"Font".to_vec()));
            font.set("Encoding", Object::Name(name.into()));
            let mut texts = HashMap::new();
            if let Ok(encoding) = font.get_font_encoding(document) {
                for code in 0..=255 {
                    texts.extend(text(&encoding, code).map(|text| (u32::from(code), text)));
                }
            }
            if name == "WinAnsiEncoding" {
                // Codes that the table gives to characters that have one already (ISO 32000-1, annex D.2).
                texts.insert(0xA0, "\u{A0}".to_owned());
                texts.insert(0xAD, "-".to_owned());
            }
            texts
        };
        self.tables.entry(name).or_insert_with(fill).clone()
    }

    /// The character a glyph's name stands for: `eacute`, `uni0430`, `u1F600`, `f_i`, `a.sc`
    /// (Adobe Glyph List Specification, 2).
    fn named(&mut self, document: &Document, name: &[u8]) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let plain = std::str::from_utf8(name).ok().map(|n| n.split('.').next().unwrap_or(n));
        let parts = plain.filter(|plain| !plain.is_empty()).map(|plain| plain.split('_'));
        let found = parts.and_then(|mut parts| {
            parts.try_fold(String::new(), |text, part| {
                Some(text + &spelled(part).or_else(|| listed(document, part))?)
            })
        });
        self.known.insert(name.to_vec(), found.clone());
        found
    }
}

/// `uni0430` and `u1F600` say their character in hexadecimal digits.
fn spelled(name: &str) -> Option<String> {
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let upper = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'));
    if !(4..=6).contains(&digits.len()) || !upper {
        return None;
    }
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from)
}

/// Names in the list of the PDF library, asked for through a font that has this one character, at a
/// code that no standard table uses.
fn listed(document: &Document, name: &str) -> Option<String> {
    const FREE: u8 = 1;
    let mut encoding = Dictionary::new();
    let differences = vec![Object::Integer(FREE.into()), Object::Name(name.into())];
    encoding.set("Differences", Object::Array(differences));
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", Object::Dictionary(encoding));
    text(&font.get_font_encoding(document).ok()?, FREE)
}

fn text(encoding: &Encoding<'_>, code: u8) -> Option<String> {
    let text = encoding.bytes_to_string(&[code]).ok()?;
    (!text.is_empty() && !text.contains('\u{FFFD}')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_characters() {
        let (document, mut names) = (Document::new(), Names::default());
        for (name, wanted) in [
            ("eacute", Some("é")),
            ("quoteright", Some("’")),
            ("uni0430", Some("а")),
            ("u1D400", Some("𝐀")),
            ("f_i", Some("fi")),
            ("a.sc", Some("a")),
            ("fi", Some("ﬁ")),
            ("g23", None),
            (".notdef", None),
        ] {
            assert_eq!(names.named(&document, name.as_bytes()).as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn standard_tables() {
        let (document, mut names) = (Document::new(), Names::default());
        for (table, code, wanted) in [
            ("WinAnsiEncoding", 0x92, "’"),
            ("WinAnsiEncoding", 0xE9, "é"),
            ("MacRomanEncoding", 0x8E, "é"),
            ("StandardEncoding", 0xAE, "ﬁ"),
        ] {
            let found = names.table(&document, table);
            assert_eq!(found.get(&code).map(String::as_str), Some(wanted), "{table} {code:x}");
        }
    }
}
