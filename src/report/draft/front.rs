//! What a draft says of itself in; the front matter of its Markdown out.

use serde_yaml::{Mapping, Value};

use crate::model::{Extent, FrontMatter};

/// The front matter; nothing where there is none.
pub(in crate::report) fn head(front: &FrontMatter) -> String {
    let mut keys = Mapping::new();
    text(&mut keys, "symbol", &front.symbol);
    text(&mut keys, "annex", &front.annex);
    text(&mut keys, "title", &front.title);
    let list =
        |items: &[String]| Value::Sequence(items.iter().map(|i| i.as_str().into()).collect());
    if !front.names.is_empty() {
        keys.insert("names".into(), list(&front.names));
    }
    text(&mut keys, "body", &front.body);
    text(&mut keys, "adopted", &front.adopted);
    text(&mut keys, "stage", &front.stage);
    text(&mut keys, "date", &front.date);
    let extent = front.extent.map(|extent| match extent {
        Extent::Full => "full".to_owned(),
        Extent::Excerpts => "excerpts".to_owned(),
    });
    text(&mut keys, "extent", &extent);
    text(&mut keys, "superseded_by", &front.superseded_by);
    text(&mut keys, "note", &front.note);
    text(&mut keys, "url", &front.url);
    if !front.sources.is_empty() {
        keys.insert("sources".into(), list(&front.sources));
    }
    keys.extend(front.other.clone());
    if keys.is_empty() {
        return String::new();
    }
    // A mapping of texts and of what was YAML before can always be written.
    let yaml = serde_yaml::to_string(&keys).unwrap_or_default();
    format!("---\n{yaml}---\n")
}

fn text(keys: &mut Mapping, key: &str, value: &Option<String>) {
    if let Some(value) = value {
        keys.insert(key.into(), value.as_str().into());
    }
}
