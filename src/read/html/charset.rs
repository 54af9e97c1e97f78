//! Bytes of a web page in; its text, in whatever encoding it was saved, out.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its encoding may be named, as the HTML standard has it.
const HEAD: usize = 1024;

/// The text of a page: a byte order mark decides, then what the page says, then whether it is UTF-8; else it is
/// Windows-1252, as browsers assume.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let named = declared(bytes).filter(|encoding| *encoding != UTF_8);
    named.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0
}

/// The encoding that `<meta charset=…>`, its older form or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        head.match_indices(key).find_map(|(at, _)| {
            let rest = head.get(at + key.len()..)?.trim_start().strip_prefix('=')?;
            let name = rest.trim_start().trim_start_matches(['"', '\'']);
            let end = name.find(|c: char| c.is_whitespace() || "\"';>/?".contains(c))?;
            Encoding::for_label(name.get(..end)?.as_bytes())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        for (bytes, wanted) in [
            (&b"<p>S\xC3\xA3o"[..], "<p>São"),
            (b"<p>S\xE3o \x93x\x94", "<p>São “x”"),
            (b"<meta charset=\"windows-1251\"><p>\xC4\xE0", "<meta charset=\"windows-1251\"><p>Да"),
            (
                b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>\xB1",
                "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>ą",
            ),
            (b"\xFF\xFEa\0", "a"),
            (b"<meta charset=utf-8>\xE3", "<meta charset=utf-8>ã"),
        ] {
            assert_eq!(decoded(bytes), wanted);
        }
    }
}
