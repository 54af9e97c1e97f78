//! Marks and instructions of fields in; whether words are a field's result, and where it leads, out.

use crate::ooxml::xml::Element;

/// A longer instruction is cut off; what matters stands at its beginning.
const LONGEST: usize = 4_096;

/// Fields that make a table of contents or an index: the words are the text's own, said twice.
const TABLES: [&str; 4] = ["TOC", "INDEX", "TOA", "RD"];

/// A field around the words being read.
#[derive(Default)]
struct Field {
    instruction: String,
    /// True between its separator and its end: what Word shows.
    result: bool,
    /// Where in the text its result begins.
    start: usize,
}

/// The fields around the words being read, the outermost first.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// True where marks are missing, so that nothing can be told from those that are there.
    broken: bool,
}

impl Fields {
    /// Fields of a text whose marks all belong together, or are all passed over.
    pub(super) fn of(text: &Element) -> Self {
        let mut depth = 0_i64;
        let broken = !paired(text, &mut depth) || depth != 0;
        Self { open: Vec::new(), broken }
    }

    /// A mark: a field begins, its result begins, or it ends. Gives the address and the start of a link that
    /// ends here; `at` is where in the text the mark stands.
    pub(super) fn mark(&mut self, kind: &str, at: usize) -> Option<(String, usize)> {
        match kind {
            _ if self.broken => None,
            "begin" => {
                self.open.push(Field::default());
                None
            }
            "separate" => {
                let field = self.open.last_mut()?;
                (field.result, field.start) = (true, at);
                None
            }
            _ => {
                let field = self.open.pop()?;
                Some((address(&field.instruction)?, field.start))
            }
        }
    }

    /// Words of the innermost field's instruction.
    pub(super) fn instruction(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.instruction.len() < LONGEST)
        {
            field.instruction.push_str(words);
        }
    }

    /// True where words are not to be read: an instruction, or a table of contents.
    pub(super) fn hide(&self) -> bool {
        self.open.iter().any(|field| !field.result || is_table(&field.instruction))
    }

    /// A new paragraph begins: links that go on in it begin at its start.
    pub(super) fn begin_paragraph(&mut self) {
        for field in &mut self.open {
            field.start = 0;
        }
    }
}

/// True while no field ends that has not begun.
fn paired(element: &Element, depth: &mut i64) -> bool {
    if &*element.name == "fldChar" {
        match element.attribute("fldCharType") {
            Some("begin") => *depth += 1,
            Some("end") => *depth -= 1,
            _ => {}
        }
    }
    *depth >= 0 && element.elements().all(|inner| paired(inner, depth))
}

/// True for the instruction of a table of contents or an index.
pub(super) fn is_table(instruction: &str) -> bool {
    let name = instruction.split_whitespace().next().unwrap_or_default();
    TABLES.iter().any(|table| name.eq_ignore_ascii_case(table))
}

/// Where the instruction of a link leads: `HYPERLINK "https://…"`.
pub(super) fn address(instruction: &str) -> Option<String> {
    let (name, rest) = instruction.trim_start().split_once(char::is_whitespace)?;
    let quoted = rest.trim_start().strip_prefix('"')?;
    let address = quoted.split('"').next().filter(|address| !address.is_empty())?;
    name.eq_ignore_ascii_case("HYPERLINK").then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions() {
        assert_eq!(address(r#" HYPERLINK "https://x" \h"#).as_deref(), Some("https://x"));
        assert_eq!(address(r#"HYPERLINK \l "mark""#), None);
        assert_eq!(address("PAGE"), None);
        assert!(is_table(r#" TOC \o "1-3""#) && !is_table("TOCK") && !is_table(""));
    }
}
