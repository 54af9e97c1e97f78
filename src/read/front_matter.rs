//! The YAML head of a file in; what the document says of itself out.

use serde_yaml::{Mapping, Value};

use crate::model::{Extent, FrontMatter};

/// A head that cannot be read, with the line of the file it breaks at.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
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
