//! A JSON value and a schema in; where the value breaks the schema out.
//!
//! Only the keywords that our schemas and that of SARIF use are known, and any other is refused, so that nothing a
//! schema says goes unchecked: so is a value for which a `pattern` is asked, which no report of ours has. A full
//! validator would bring forty crates and more with it.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Keywords that say nothing about the value.
const REMARKS: [&str; 8] =
    ["$schema", "$id", "$defs", "definitions", "title", "description", "default", "examples"];

/// Fails where `value` breaks `schemas/<name>`.
pub fn check(name: &str, value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
    let text = fs::read_to_string(path).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let faults = faults(&schema, &schema, value, "$");
    assert!(faults.is_empty(), "{name}:\n  {}", faults.join("\n  "));
}

/// Where `value` breaks `schema`, a part of `root`.
pub fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut out = Vec::new();
    let Some(keywords) = schema.as_object() else {
        return match schema {
            Value::Bool(true) => out,
            Value::Bool(false) => vec![format!("{at}: nothing may stand here")],
            other => vec![format!("{at}: {other} is no schema this checker knows")],
        };
    };
    for (keyword, wanted) in keywords {
        let holds = match keyword.as_str() {
            word if REMARKS.contains(&word) => true,
            "$ref" => {
                let part = wanted.as_str().and_then(|r| r.strip_prefix('#'));
                match part.and_then(|part| root.pointer(part)) {
                    Some(part) => out.extend(faults(root, part, value, at)),
                    None => out.push(format!("{at}: {wanted} leads nowhere")),
                }
                true
            }
            "type" => match wanted {
                Value::Array(any) => any.iter().any(|one| is(value, one)),
                one => is(value, one),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().is_some_and(|any| any.contains(value)),
            "minimum" => number(value).is_none_or(|n| Some(n) >= number(wanted)),
            "maximum" => number(value).is_none_or(|n| Some(n) <= number(wanted)),
            "minLength" => {
                let len = value.as_str().map(|text| text.chars().count() as f64);
                len.is_none_or(|len| Some(len) >= number(wanted))
            }
            "minItems" => {
                let len = value.as_array().map(|items| items.len() as f64);
                len.is_none_or(|len| Some(len) >= number(wanted))
            }
            "required" => {
                let object = value.as_object();
                let missing = wanted.as_array().into_iter().flatten().filter(|key| {
                    object.is_some_and(|o| key.as_str().is_some_and(|key| !o.contains_key(key)))
                });
                out.extend(missing.map(|key| format!("{at}: {key} is missing")));
                true
            }
            "properties" => {
                let object = value.as_object();
                for (key, part) in wanted.as_object().into_iter().flatten() {
                    if let Some(value) = object.and_then(|o| o.get(key)) {
                        out.extend(faults(root, part, value, &format!("{at}.{key}")));
                    }
                }
                true
            }
            "additionalProperties" => {
                let named = |key: &String| {
                    keywords.get("properties").is_some_and(|known| known.get(key).is_some())
                };
                let object = value.as_object().into_iter().flatten();
                for (key, value) in object.filter(|(key, _)| !named(key)) {
                    out.extend(faults(root, wanted, value, &format!("{at}.{key}")));
                }
                true
            }
            "uniqueItems" => value.as_array().is_none_or(|items| {
                items.iter().enumerate().all(|(at, item)| !items[..at].contains(item))
            }),
            "format" => value.as_str().is_none_or(|text| is_of(text, wanted)),
            "pattern" => !value.is_string(),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    out.extend(faults(root, wanted, item, &format!("{at}[{index}]")));
                }
                true
            }
            "anyOf" => {
                let mut of = wanted.as_array().into_iter().flatten();
                of.any(|one| faults(root, one, value, at).is_empty())
            }
            "oneOf" => {
                let of = wanted.as_array().into_iter().flatten();
                let tried: Vec<Vec<String>> = of.map(|one| faults(root, one, value, at)).collect();
                let held = tried.iter().filter(|faults| faults.is_empty()).count();
                if held == 0 {
                    // The form that fails least tells most.
                    out.extend(tried.into_iter().min_by_key(Vec::len).unwrap_or_default());
                }
                held <= 1
            }
            other => {
                out.push(format!("{at}: the checker does not know the keyword {other}"));
                true
            }
        };
        if !holds {
            let shown: String = value.to_string().chars().take(60).collect();
            out.push(format!("{at}: {shown} breaks {keyword} {wanted}"));
        }
    }
    out
}

/// True where the text is what a `format` asks for; of formats that no report of ours has, never.
fn is_of(text: &str, format: &Value) -> bool {
    let reference = |text: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
        let mut parts = text.split('%').skip(1);
        let encoded = parts
            .all(|part| part.len() >= 2 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit()));
        // A colon in the first part of a path would end a scheme.
        let first = text.split(['/', '?', '#']).next().unwrap_or_default();
        let scheme = first.split_once(':').is_none_or(|(scheme, _)| is_scheme(scheme));
        text.bytes().all(allowed) && encoded && scheme
    };
    match format.as_str() {
        Some("uri-reference") => reference(text),
        Some("uri") => {
            reference(text) && text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
        }
        _ => false,
    }
}

fn is_scheme(text: &str) -> bool {
    let later = |b: u8| b.is_ascii_alphanumeric() || b"+-.".contains(&b);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(later)
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap_or_default() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}
