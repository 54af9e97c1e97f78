//! Facts in; their JSON, indented, with nothing in it that a terminal would obey, out.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// The JSON of `facts` as `serde_json::to_string_pretty` has it, with more escaped (see [`escaped`]). There must be
/// nothing in `facts` that cannot be written: it would give an empty text.
pub(super) fn json(facts: &impl Serialize) -> String {
    let mut out = Vec::new();
    let written = facts.serialize(&mut Serializer::with_formatter(&mut out, Indented::default()));
    written.ok().and_then(|()| String::from_utf8(out).ok()).map(escaped).unwrap_or_default()
}

/// What parts two values, and what begins a line, as deep as most reports go.
const BREAK: &str = ",\n                                ";
const INDENT: &str = "  ";

/// Each value on a line of its own, the line written at once.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// True once the list or object that is being written holds something.
    filled: bool,
}

impl Indented {
    fn open(&mut self, out: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(bracket)
    }

    fn close(&mut self, out: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            self.line(out, true)?;
        }
        out.write_all(bracket)
    }

    fn line(&self, out: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        let start = usize::from(first);
        match BREAK.as_bytes().get(start..2 + self.depth * INDENT.len()) {
            Some(line) => out.write_all(line),
            None => {
                out.write_all(if first { b"\n" } else { b",\n" })?;
                (0..self.depth).try_for_each(|_| out.write_all(INDENT.as_bytes()))
            }
        }
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

/// Bytes that are looked through together.
const STRETCH: usize = 256;

/// JSON lets DEL and the second set of control characters stand; a terminal would obey them.
fn escaped(json: String) -> String {
    let obeyed = |c: char| matches!(c, '\u{7F}'..='\u{9F}');
    // In UTF-8 they are, or begin with, one of two bytes. A stretch that has neither is looked through many bytes at a
    // time; no-break spaces begin with the second.
    let begins = |found: u8, byte: &u8| found | u8::from(*byte == 0x7F) | u8::from(*byte == 0xC2);
    let is_obeyed = |pair: &[u8]| matches!(pair, [0x7F, _] | [0xC2, 0x80..=0x9F]);
    let found = json.as_bytes().chunks(STRETCH).enumerate().any(|(nth, stretch)| {
        stretch.iter().fold(0, begins) != 0 && {
            // With the byte behind it, which every stretch but the last has.
            let from = json.as_bytes().get(nth * STRETCH..).unwrap_or_default();
            from.get(..=STRETCH).unwrap_or(from).windows(2).any(is_obeyed)
        }
    });
    if !found {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if obeyed(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_indented_as_everybody_does() {
        let facts: serde_json::Value = serde_json::from_str(
            r#"{"a": [], "b": {}, "c": [1, [2, {"d": null}], []], "e": {"f": "g\n\"h\""}}"#,
        )
        .expect("JSON");
        let deep = (0..40).fold(facts.clone(), |inner, _| serde_json::json!([inner, {"x": 1}]));
        for facts in [facts, deep] {
            assert_eq!(json(&facts), serde_json::to_string_pretty(&facts).expect("JSON"));
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_escaped_wherever_it_stands() {
        for length in [0, 1, 7, 253, 254, 255, 256, 257, 600] {
            for (control, written) in
                [('\u{7F}', "\\u007f"), ('\u{80}', "\\u0080"), ('\u{9F}', "\\u009f")]
            {
                let text = format!("{}{control}", "a\u{A0}".repeat(length));
                let wanted = format!("\"{}{written}\"", "a\u{A0}".repeat(length));
                assert_eq!(json(&text), wanted);
            }
            let harmless = "é\u{A0}".repeat(length);
            assert_eq!(json(&harmless), format!("\"{harmless}\""));
        }
    }
}
