//! The YAML head of a file in; what the document says of itself out.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
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
const FAULTS: &str = "; on this line or the one before, a bracket, a quotation mark or the space after a colon may be missing";

/// Reads a head.
///
/// # Errors
/// When it is not YAML, not a list of `key: value`, or a key we know holds the wrong kind of value.
pub(super) fn parse(head: &str) -> Result<FrontMatter, Broken> {
    if head.trim().is_empty() {
        return Ok(FrontMatter::default());
    }
    let raw: Raw = serde_yaml::from_str(head).map_err(|error| {
        let place = error.location();
        let message = error.to_string();
        let told = message.contains(" is expected here") || message.contains(" is `");
        let hint = if told { "" } else { FAULTS };
        let message = message.split(" at line ").next().unwrap_or_default();
        Broken {
            line: place.as_ref().map_or(1, |l| l.line()) + 1,
            column: place.as_ref().map_or(1, |l| l.column().max(1)),
            message: format!("the front matter cannot be read: {message}{hint}"),
        }
    })?;
    Ok(raw.into())
}

/// Keys as people write them: a year is a number, a single name needs no list.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    #[serde(deserialize_with = "scalar")]
    symbol: Option<String>,
    #[serde(deserialize_with = "scalar")]
    annex: Option<String>,
    #[serde(deserialize_with = "scalar")]
    title: Option<String>,
    #[serde(deserialize_with = "list")]
    names: Vec<String>,
    #[serde(deserialize_with = "scalar")]
    body: Option<String>,
    #[serde(deserialize_with = "scalar")]
    adopted: Option<String>,
    #[serde(deserialize_with = "extent")]
    extent: Option<Extent>,
    #[serde(deserialize_with = "scalar")]
    superseded_by: Option<String>,
    #[serde(deserialize_with = "scalar")]
    note: Option<String>,
    #[serde(deserialize_with = "scalar")]
    url: Option<String>,
    #[serde(deserialize_with = "scalar")]
    stage: Option<String>,
    #[serde(deserialize_with = "scalar")]
    date: Option<String>,
    #[serde(deserialize_with = "list")]
    sources: Vec<String>,
    #[serde(flatten)]
    other: Mapping,
}

impl From<Raw> for FrontMatter {
    fn from(raw: Raw) -> Self {
        Self {
            symbol: raw.symbol,
            annex: raw.annex,
            title: raw.title,
            names: raw.names,
            body: raw.body,
            adopted: raw.adopted,
            extent: raw.extent,
            superseded_by: raw.superseded_by,
            note: raw.note,
            url: raw.url,
            stage: raw.stage,
            date: raw.date,
            sources: raw.sources,
            other: raw.other,
        }
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

fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        value => text_of(&value)
            .map(|text| (!text.is_empty()).then_some(text))
            .ok_or_else(|| D::Error::custom("one line of text is expected here, not a list")),
    }
}

fn extent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Extent>, D::Error> {
    match scalar(deserializer)?.as_deref() {
        None => Ok(None),
        Some("full") => Ok(Some(Extent::Full)),
        Some("excerpts") => Ok(Some(Extent::Excerpts)),
        Some(other) => Err(D::Error::custom(format!("it is `full` or `excerpts`, not `{other}`"))),
    }
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(Vec::new()),
        Value::Sequence(values) => values
            .iter()
            .map(|value| {
                text_of(value).ok_or_else(|| D::Error::custom("a list of names is expected"))
            })
            .collect(),
        value => text_of(&value)
            .map(|text| vec![text])
            .ok_or_else(|| D::Error::custom("a name or a list of names is expected here")),
    }
}
