//! A JSON value and one of our schemas in; where the value breaks the schema out.
//!
//! Only the keywords our schemas use are known, and any other is refused, so that nothing a schema says
//! goes unchecked. A full validator would bring eighty crates with it.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Keywords that say nothing about the value.
const REMARKS: [&str; 6] = ["$schema", "$id", "$defs", "title", "description", "examples"];

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
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    out.extend(faults(root, wanted, item, &format!("{at}[{index}]")));
                }
                true
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
