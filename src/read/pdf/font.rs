//! A font of a PDF in; characters and widths for the codes of its strings out.

use std::collections::HashMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};

use super::cmap::Meanings;
use super::encoding::Names;
use super::file::{dictionary, number, resolved, unpacked, value};

/// How letters are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// One character of a string as its font shows it.
pub(super) struct Shown {
    /// What it means; none where the font does not say.
    pub(super) text: Option<Arc<str>>,
    /// How far it moves on, in thousandths of the type size.
    pub(super) width: f64,
    /// True for the code that word spacing is added to.
    pub(super) spaced: bool,
}

/// What a font tells of its codes.
pub(super) struct Font {
    /// Bytes in a code: one in a simple font, two in a composite one.
    step: usize,
    texts: HashMap<u32, Arc<str>>,
    widths: HashMap<u32, f64>,
    /// Width of the codes that `widths` does not name.
    usual: f64,
    /// True where two-byte codes are the characters themselves.
    unicode: bool,
    pub(super) style: Style,
    /// True for bar codes: they say in stripes what stands beside them in words.
    pub(super) bars: bool,
}

/// The widths that count when a font names none: half the type size.
const HALF: f64 = 500.0;

/// `Flags` of a font descriptor (ISO 32000-1, table 123).
const ITALIC: i64 = 1 << 6;
const FORCED_BOLD: i64 = 1 << 18;
/// From this weight on type is bold (ISO 32000-1, table 122: 400 is normal, 700 bold).
const BOLD: f64 = 600.0;

impl Font {
    /// Reads a font.
    pub(super) fn new(document: &Document, font: &Dictionary, names: &mut Names) -> Self {
        let held = |key: &str| name(document, font, key);
        let base = held("BaseFont").unwrap_or_default().to_lowercase();
        let composite = held("Subtype").as_deref() == Some("Type0");
        let descendant = match value(document, font, "DescendantFonts") {
            Some(Object::Array(fonts)) => fonts.first().and_then(|first| resolved(document, first)),
            _ => None,
        };
        let inner = match descendant {
            Some(Object::Dictionary(inner)) if composite => inner,
            _ => font,
        };
        let descriptor = dictionary(document, inner, "FontDescriptor");
        let flags = descriptor
            .and_then(|d| value(document, d, "Flags"))
            .and_then(|flags| flags.as_i64().ok())
            .unwrap_or_default();
        let weight = descriptor.and_then(|d| number(value(document, d, "FontWeight")?));
        let is = |words: &[&str]| words.iter().any(|word| base.contains(word));
        let style = Style {
            bold: is(&["bold", "black", "heavy", "demi"])
                || flags & FORCED_BOLD != 0
                || weight.is_some_and(|weight| weight >= BOLD),
            italic: is(&["italic", "oblique"]) || flags & ITALIC != 0,
        };
        let table = match value(document, font, "ToUnicode") {
            Some(Object::Stream(stream)) => unpacked(stream).map(|table| Meanings::parse(&table)),
            _ => None,
        };
        let meanings = table.unwrap_or_default();
        let encoding = if composite { held("Encoding").unwrap_or_default() } else { String::new() };
        let mut made = Self {
            step: if composite { 2 } else { 1 },
            texts: HashMap::new(),
            widths: HashMap::new(),
            usual: if composite { 1000.0 } else { HALF },
            unicode: encoding.contains("UCS2") || encoding.contains("UTF16"),
            style,
            bars: is(&["barcode", "bar code", "code39", "3of9", "code128"]),
        };
        if composite {
            made.composite_widths(document, inner);
            made.texts.extend(meanings.into_texts().map(|(code, text)| (code, text.into())));
        } else {
            let metrics = names.widths(&base);
            made.simple_widths(document, font, descriptor, metrics);
            let embedded = descriptor.is_some_and(|d| {
                ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| d.has(key.as_bytes()))
            });
            let own = names.of(document, font, embedded);
            let text = |code: u32| {
                let said = meanings.get(code).map(str::to_owned);
                said.or_else(|| own.get(&code).cloned())
            };
            made.texts = (0..256).filter_map(|code| Some((code, text(code)?.into()))).collect();
            if held("Subtype").as_deref() == Some("Type3") {
                made.scale_widths(document, font);
            }
        }
        made
    }

    /// True when the font does not say what any of its codes means.
    pub(super) fn is_silent(&self) -> bool {
        self.texts.is_empty() && !self.unicode
    }

    /// The characters of a string.
    pub(super) fn shown<'f>(&'f self, string: &'f [u8]) -> impl Iterator<Item = Shown> + 'f {
        string.chunks(self.step).map(|code| {
            let code = code.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            let itself = || char::from_u32(code).filter(|_| self.unicode);
            let text = self.texts.get(&code).cloned();
            Shown {
                text: text.or_else(|| Some(itself()?.to_string().into())),
                width: self.widths.get(&code).copied().unwrap_or(self.usual),
                spaced: self.step == 1 && code == 32,
            }
        })
    }

    fn simple_widths(
        &mut self,
        document: &Document,
        font: &Dictionary,
        descriptor: Option<&Dictionary>,
        metrics: &[u16],
    ) {
        self.widths = (32..).zip(metrics.iter().map(|width| f64::from(*width))).collect();
        let missing = descriptor.and_then(|d| number(value(document, d, "MissingWidth")?));
        self.usual = missing.filter(|width| *width > 0.0).unwrap_or(HALF);
        let first = value(document, font, "FirstChar").and_then(|first| first.as_i64().ok());
        let Some(Object::Array(widths)) = value(document, font, "Widths") else { return };
        let first = first.and_then(|first| u32::try_from(first).ok()).unwrap_or_default();
        let width = |width| resolved(document, width).and_then(number);
        self.widths =
            (first..256).zip(widths).filter_map(|(code, w)| Some((code, width(w)?))).collect();
    }

    /// Widths of a Type 3 font are in units of its own.
    fn scale_widths(&mut self, document: &Document, font: &Dictionary) {
        let Some(Object::Array(matrix)) = value(document, font, "FontMatrix") else { return };
        let scale = matrix.first().and_then(number).unwrap_or(0.001) * 1000.0;
        self.widths.values_mut().for_each(|width| *width *= scale);
    }

    /// `W` of a composite font: `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3).
    fn composite_widths(&mut self, document: &Document, inner: &Dictionary) {
        if let Some(usual) = value(document, inner, "DW").and_then(number) {
            self.usual = usual;
        }
        let Some(Object::Array(groups)) = value(document, inner, "W") else { return };
        let mut groups = groups.iter().filter_map(|group| resolved(document, group));
        while let (Some(first), Some(second)) = (groups.next(), groups.next()) {
            let Some(first) = first.as_i64().ok().and_then(|first| u32::try_from(first).ok())
            else {
                continue;
            };
            match second {
                Object::Array(widths) => {
                    let widths = widths.iter().map(|w| resolved(document, w).and_then(number));
                    let named = (first..).zip(widths).filter_map(|(code, w)| Some((code, w?)));
                    self.widths.extend(named);
                }
                last => {
                    let last = last.as_i64().ok().and_then(|last| u32::try_from(last).ok());
                    let width = groups.next().and_then(number);
                    let (Some(last), Some(width)) = (last, width) else { continue };
                    let last = last.min(0xFFFF);
                    self.widths.extend((first..=last).map(|code| (code, width)));
                }
            }
        }
    }
}

/// The name at `key`.
pub(super) fn name(document: &Document, holder: &Dictionary, key: &str) -> Option<String> {
    let name = value(document, holder, key)?.as_name().ok()?;
    Some(String::from_utf8_lossy(name).into_owned())
}
