//! The YAML head of a file in; what the document says of itself out.

use serde_yaml::{Mapping, Value};

use super::ReadError;
use crate::model::{Extent, FrontMatter, Position};

/// A head that cannot be read, with the line of the file it breaks at.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
}

/// The front matter of the file `path` and the byte its text starts at.
///
/// # Errors
/// When the head is never closed, or cannot be read.
pub(super) fn read(path: &str, source: &str) -> Result<(FrontMatter, usize), ReadError> {
    let broken = |broken: Broken| ReadError {
        path: path.to_owned(),
        at: Some(Position { line: broken.line, column: broken.column }),
        message: broken.message,
    };
    let (head, start) = split(source).map_err(broken)?;
    let head = head.unwrap_or_default();
    let front = simple(head).map_or_else(|| parse(head).map_err(broken), Ok)?;
    Ok((front, start))
}

/// Reads a head that is nothing but lines of `key: words`, as most are; nothing where YAML might mean more by it.
///
/// A library may hold tens of thousands of heads, and this takes a tenth of the time.
fn simple(head: &str) -> Option<FrontMatter> {
    let mut front = FrontMatter::default();
    for line in head.lines() {
        let (key, value) = line.split_once(": ")?;
        let slot = match key {
            "symbol" => &mut front.symbol,
            "annex" => &mut front.annex,
            "title" => &mut front.title,
            "body" => &mut front.body,
            "adopted" => &mut front.adopted,
            "superseded_by" => &mut front.superseded_by,
            "note" => &mut front.note,
            "url" => &mut front.url,
            "stage" => &mut front.stage,
            "date" => &mut front.date,
            "extent" if front.extent.is_none() => {
                front.extent = Some(match value {
                    "full" => Extent::Full,
                    "excerpts" => Extent::Excerpts,
                    _ => return None,
                });
                continue;
            }
            _ => return None,
        };
        if slot.is_some() {
            return None;
        }
        *slot = Some(plain_scalar(value)?.to_owned());
    }
    Some(front)
}

/// The text of a YAML scalar that stands for itself: in double quotation marks without escapes, or plain and
/// nothing that YAML would take for a number, a truth value, markup or a remark.
fn plain_scalar(value: &str) -> Option<&str> {
    if let Some(quoted) = value.strip_prefix('"') {
        let text = quoted.strip_suffix('"')?;
        let kept = text.trim() == text && !text.is_empty();
        return (kept && !text.contains(['"', '\\'])).then_some(text);
    }
    let date = value.len() == 10 && value.bytes().filter(|b| *b == b'-').count() == 2;
    let begins = value.as_bytes().first()?.is_ascii_alphabetic() || date;
    let words = value.contains([' ', '/']) || date;
    let plain = value.trim() == value && !value.ends_with(':') && !value.contains(": ");
    (begins && words && plain && !value.contains(" #")).then_some(value)
}

/// Splits a file into its head, if it has one, and the byte its text starts at.
///
/// # Errors
/// When the head is opened with `---` and never closed.
pub(super) fn split(source: &str) -> Result<(Option<&str>, usize), Broken> {
    let mut lines = source.split_inclusive('\n');
    let Some(first) = lines.next() else { return Ok((None, 0)) };
    if first.trim_end() != "---" {
        return Ok((None, 0));
    }
    let start = first.len();
    let mut at = start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok((source.get(start..at), at + line.len()));
        }
        at += line.len();
    }
    // A thematic break at the top of a text without a head is Markdown, not a broken head.
    let next = source.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    if !next.contains(':') {
        return Ok((None, 0));
    }
    Err(Broken {
        line: 1,
        column: 1,
        message: "the front matter opened here with `---` is never closed; \
                  add a line `---` after its last key"
            .to_owned(),
    })
}

/// What most often breaks a head that is not YAML.
const FAULTS: &str = "on this line or the one before, a bracket, a quotation mark or the space after a \
                      colon may be missing";

/// Reads a head; keys we do not know are kept as they are.
///
/// # Errors
/// When it is not YAML, not a list of `key: value`, or a key we know holds the wrong kind of value.
pub(super) fn parse(head: &str) -> Result<FrontMatter, Broken> {
    if head.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    let keys: Mapping = serde_yaml::from_str(head).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column().max(1)));
        let told = error.to_string();
        let told = told.split(" at line ").next().unwrap_or_default();
        let message = if told.starts_with("invalid type") {
            "the front matter is not a list of keys, such as `title: …`".to_owned()
        } else {
            format!("the front matter cannot be read: {told}; {FAULTS}")
        };
        Broken { line: line + 1, column, message }
    })?;
    let mut keys = Keys { head, keys };
    Ok(FrontMatter {
        symbol: keys.text("symbol")?,
        annex: keys.text("annex")?,
        title: keys.text("title")?,
        names: keys.list("names")?,
        body: keys.text("body")?,
        adopted: keys.text("adopted")?,
        extent: keys.extent()?,
        superseded_by: keys.text("superseded_by")?,
        note: keys.text("note")?,
        url: keys.text("url")?,
        stage: keys.text("stage")?,
        date: keys.text("date")?,
        sources: keys.list("sources")?,
        other: keys.keys,
    })
}

/// The keys of a head that are still to be taken, and the head for telling where they stand.
struct Keys<'h> {
    head: &'h str,
    keys: Mapping,
}

impl Keys<'_> {
    /// One line of text; a year or a number counts as one.
    fn text(&mut self, key: &str) -> Result<Option<String>, Broken> {
        match self.keys.shift_remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match text_of(&value) {
                Some(text) => Ok(Some(text).filter(|text| !text.is_empty())),
                None => Err(self.broken(key, "takes one line of text, not a list")),
            },
        }
    }

    /// A list of texts; a single one needs no list.
    fn list(&mut self, key: &str) -> Result<Vec<String>, Broken> {
        let values = match self.keys.shift_remove(key) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Sequence(values)) => values,
            Some(value) => vec![value],
        };
        let texts: Option<Vec<String>> = values.iter().map(text_of).collect();
        texts.ok_or_else(|| self.broken(key, "takes a list of texts, one on each line after `- `"))
    }

    fn extent(&mut self) -> Result<Option<Extent>, Broken> {
        match self.text("extent")?.as_deref() {
            None => Ok(None),
            Some("full") => Ok(Some(Extent::Full)),
            Some("excerpts") => Ok(Some(Extent::Excerpts)),
            Some(other) => {
                Err(self.broken("extent", &format!("is `full` or `excerpts`, not `{other}`")))
            }
        }
    }

    fn broken(&self, key: &str, fault: &str) -> Broken {
        let begins = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        let line = self.head.lines().position(begins).unwrap_or(0) + 2;
        Broken { line, column: 1, message: format!("in the front matter, `{key}` {fault}") }
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read in haste is what YAML says.
    #[test]
    fn simple_heads_are_read_as_yaml_reads_them() {
        for head in [
            "symbol: A/RES/70/125\ntitle: \"A title: with marks\"\nadopted: 2015-12-16\nextent: full",
            "title: Plain words, and more\nbody: General Assembly\nurl: https://example.org/a b",
            "title: The word # is kept\nbody: General Assembly",
            "title: \"It's “so”\"\nnote: 12 of them",
            "symbol: 2015-12-16\ntitle: yes and no",
            "date: 1_2-3-4 567",
        ] {
            let (Some(simple), Ok(parsed)) = (simple(head), parse(head)) else { continue };
            assert_eq!(format!("{simple:?}"), format!("{parsed:?}"), "{head}");
        }
        assert!(
            simple("symbol: A/RES/70/125\ntitle: \"Of it\"\nadopted: 2015-12-16\nextent: full")
                .is_some()
        );
        for head in [
            "title: yes",
            "title: 12",
            "title: [a b]",
            "title: a b # c",
            "title: a: b",
            "names: a b",
            "title:",
        ] {
            assert!(simple(head).is_none(), "{head}");
        }
    }
}
