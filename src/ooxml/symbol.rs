//! A character of a symbol font in; the character of Unicode it looks like out.

/// Where symbol fonts have their characters: ECMA-376-1, 17.3.3.30.
const PRIVATE: std::ops::RangeInclusive<u32> = 0xF000..=0xF0FF;

/// Characters of the font Symbol that texts use.
const SYMBOL: [(u32, char); 12] = [
    (0xA3, '≤'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB9, '≠'),
    (0x2D, '−'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x6D, 'μ'),
];

/// Characters of the fonts Wingdings that texts use.
const WINGDINGS: [(u32, char); 10] = [
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x76, '❖'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xFC, '✓'),
    (0xFE, '☑'),
];

/// The character `code`, in hexadecimal, of `font`; none where nobody could say what it looks like.
pub(crate) fn symbol(code: &str, font: &str) -> Option<char> {
    let code = u32::from_str_radix(code.trim(), 16).ok()?;
    let table: &[(u32, char)] = if font.starts_with("Wingdings") { &WINGDINGS } else { &SYMBOL };
    let low = code & 0xFF;
    let known = table.iter().find(|(known, _)| *known == low).map(|(_, shown)| *shown);
    let special = font.starts_with("Wingdings") || font == "Symbol";
    let plain = if special && code < 0x100 || PRIVATE.contains(&code) {
        None
    } else {
        char::from_u32(code)
    };
    let readable = char::from_u32(low).filter(|c| font == "Symbol" && (' '..='?').contains(c));
    plain.or(known).or(readable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols() {
        for (code, font, wanted) in [
            ("F0B7", "Symbol", Some('•')),
            ("00B7", "Symbol", Some('•')),
            ("F028", "Symbol", Some('(')),
            ("F0FC", "Wingdings", Some('✓')),
            ("2014", "Arial", Some('—')),
            ("F0F1", "Wingdings", None),
            ("D800", "Arial", None),
            ("x", "Arial", None),
        ] {
            assert_eq!(symbol(code, font), wanted, "{code} {font}");
        }
    }
}
