//! The table by which a font says what its codes mean (`ToUnicode`) in; characters for codes out.

use std::collections::HashMap;

/// Codes one table may name; a font has at most 65,536.
const MAX_CODES: usize = 1 << 17;

/// What the codes of a font mean (ISO 32000-1, 9.10.3).
#[derive(Default)]
pub(super) struct Meanings {
    texts: HashMap<u32, String>,
}

impl Meanings {
    /// Reads a table; what is malformed in it is passed over.
    pub(super) fn parse(table: &[u8]) -> Self {
        let mut meanings = Self::default();
        let tokens = Tokens { bytes: table, at: 0 };
        let mut reading = "";
        let mut operands: Vec<Token<'_>> = Vec::new();
        for token in tokens {
            match token {
                Token::Word(b"beginbfchar") => reading = "char",
                Token::Word(b"beginbfrange") => reading = "range",
                Token::Word(word) if word.starts_with(b"end") => reading = "",
                token if !reading.is_empty() => operands.push(token),
                _ => {}
            }
            if reading.is_empty() {
                operands.clear();
                continue;
            }
            if meanings.texts.len() > MAX_CODES {
                break;
            }
            match (reading, operands.as_slice()) {
                ("char", [Token::Hex(code), Token::Hex(text)]) => {
                    meanings.add(value(code), utf16(text));
                    operands.clear();
                }
                ("range", [Token::Hex(first), Token::Hex(last), Token::Hex(text)]) => {
                    meanings.add_range(value(first), value(last), text);
                    operands.clear();
                }
                ("range", [Token::Hex(first), _, Token::Open, texts @ .., Token::Close]) => {
                    for (code, text) in (value(first)..).zip(texts) {
                        if let Token::Hex(text) = text {
                            meanings.add(code, utf16(text));
                        }
                    }
                    operands.clear();
                }
                _ => {}
            }
        }
        meanings
    }

    /// What a code means; none where the table does not say.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.texts.get(&code).map(String::as_str)
    }

    /// True when the table says nothing.
    #[cfg(test)]
    fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Every code with what it means.
    pub(super) fn into_texts(self) -> impl Iterator<Item = (u32, String)> {
        self.texts.into_iter()
    }

    fn add(&mut self, code: u32, text: String) {
        let known = text.chars().any(|c| c != '\u{FFFD}' && c != '\0');
        if known {
            self.texts.insert(code, text);
        }
    }

    /// A range counts up in the last character of its text.
    fn add_range(&mut self, first: u32, last: u32, text: &[u8]) {
        let text = utf16(text);
        let Some(end) = text.chars().last() else { return };
        let head = text.get(..text.len() - end.len_utf8()).unwrap_or_default();
        for (step, code) in (first..=last.min(first.saturating_add(0xFFFF))).enumerate() {
            let next = u32::try_from(step).ok().and_then(|step| (end as u32).checked_add(step));
            if let Some(next) = next.and_then(char::from_u32) {
                self.add(code, format!("{head}{next}"));
            }
        }
    }
}

enum Token<'t> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'t [u8]),
}

struct Tokens<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.bytes.get(self.at..)?;
        self.at += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let rest = self.bytes.get(self.at..)?;
        match rest.first()? {
            b'[' => {
                self.at += 1;
                Some(Token::Open)
            }
            b']' => {
                self.at += 1;
                Some(Token::Close)
            }
            b'<' if rest.get(1) != Some(&b'<') => {
                let len = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
                self.at += len + 1;
                Some(Token::Hex(hex(rest.get(1..len).unwrap_or_default())))
            }
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"[]<".contains(byte);
                let len = rest.iter().skip(1).position(ends).map_or(rest.len(), |at| at + 1);
                self.at += len;
                Some(Token::Word(rest.get(..len).unwrap_or_default()))
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let values = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16));
    let values: Vec<u32> = values.collect();
    let pair = |pair: &[u32]| pair.iter().fold(0, |sum, digit| sum * 16 + digit) as u8;
    values.chunks(2).map(pair).collect()
}

fn value(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    // Some writers give one byte for a character below 256.
    if let [one] = bytes {
        return char::from(*one).to_string();
    }
    let units = bytes.chunks(2).map(|pair| value(pair) as u16);
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists() {
        let table = b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> \
            endcodespacerange 2 beginbfchar <0003> <0020> <0005><00660069> endbfchar 3 beginbfrange\n\
            <0010> <0012> <0041>\n<0020> <0021> [<0430> <D835DC00>] <0030> <0030> <0000> endbfrange end";
        let meanings = Meanings::parse(table);
        let wanted = [
            (0x03, Some(" ")),
            (0x05, Some("fi")),
            (0x12, Some("C")),
            (0x13, None),
            (0x20, Some("а")),
            (0x21, Some("𝐀")),
            (0x30, None),
        ];
        for (code, text) in wanted {
            assert_eq!(meanings.get(code), text, "{code:x}");
        }
    }

    #[test]
    fn a_table_cut_off_or_without_end() {
        assert!(Meanings::parse(b"beginbfchar <0003").is_empty());
        assert_eq!(Meanings::parse(b"beginbfrange <00> <FFFFFFFF> <0041>").get(1), Some("B"));
    }
}
