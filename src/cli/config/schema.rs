//! The schema of `adref.yaml` for editors in; where it and the reader of the file say different things out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::*;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/adref-yaml-1.json")
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(path()).unwrap()).unwrap()
}

/// Where the schema has a level of the file, and a file with a key at this level that nobody knows.
const LEVELS: [(&str, &str); 5] = [
    ("/properties", "zz: 1"),
    ("/properties/thresholds/properties", "thresholds: { zz: 1 }"),
    ("/properties/check/properties", "check: { zz: 1 }"),
    ("/$defs/settings/properties", "check: { rules: { placeholder: { zz: 1 } } }"),
    ("/$defs/opening/properties", "check: { rules: { placeholder: { order: [{ zz: 1 }] } } }"),
];

#[test]
fn the_schema_has_the_settings_that_are_read() {
    let schema = schema();
    for (place, text) in LEVELS {
        let error = serde_yaml::from_str::<Raw>(text).err().unwrap().to_string();
        let mut read: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
        read.sort_unstable();
        let known = schema.pointer(place).and_then(Value::as_object).unwrap();
        let mut told: Vec<&str> = known.keys().map(String::as_str).collect();
        told.sort_unstable();
        assert_eq!(told, read, "{place}");
    }
    let error = serde_yaml::from_str::<Raw>("check: { rules: { placeholder: zz } }");
    let error = error.err().unwrap().to_string();
    let read: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
    assert_eq!(schema["$defs"]["level"]["enum"], json!(read), "{error}");
}

/// The rules are those of the tool, with what their pages say first. `ADREF_OVERWRITE=1` writes them anew.
#[test]
fn the_schema_has_every_rule() {
    let told = |rule: adref::model::Rule| {
        let about = json!({ "$ref": "#/$defs/rule", "description": rule.brief() });
        (rule.name.to_owned(), about)
    };
    let rules: Map<String, Value> = adref::check::rules().map(told).collect();
    let mut schema = schema();
    let place = "/properties/check/properties/rules/properties";
    let slot = schema.pointer_mut(place).unwrap();
    let same = *slot == Value::Object(rules.clone());
    if std::env::var_os("ADREF_OVERWRITE").is_some() && !same {
        *slot = Value::Object(rules);
        fs::write(path(), serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
        return;
    }
    assert!(same, "schemas/adref-yaml-1.json: write the rules anew with ADREF_OVERWRITE=1");
}

#[test]
fn faults_are_told_with_their_line_and_what_was_meant() {
    for (text, wanted) in [
        ("libary: x", "1: there is no setting “libary”; did you mean “library”?"),
        (
            "thresholds:\n  # reafirmed: 1\n  reafirmed: 0.5",
            "3: there is no setting “reafirmed”; did you mean “reaffirmed”?",
        ),
        ("check:\n  ruls: {}", "2: there is no setting “ruls”; did you mean “rules”?"),
        (
            "check:\n  rules:\n    placeholder:\n      also: [XX]\n      severty: error",
            "5: there is no setting “severty”; did you mean “severity”?",
        ),
        (
            "check:\n  rules:\n    placeholder:\n      severity: eror",
            "4: check.rules.placeholder.severity: “eror” is none of off, note, warning, error; did you mean “error”?",
        ),
        (
            "check:\n  rules:\n    placeholder: eror",
            "3: check.rules.placeholder: “eror” is none of off, note, warning, error; did you mean “error”?",
        ),
        (
            "# check: rules: placholder\ncheck:\n  rules:\n    # placholder\n    placholder: error",
            "5: there is no rule “placholder”; did you mean “placeholder”?",
        ),
        (
            "check:\n  rules:\n    placeholder:\n      severity: error\n      most: 3",
            "5: placeholder: this rule has no setting “most”",
        ),
        (
            "check:\n  rules:\n    placeholder:\n      paths: ['[']",
            "4: placeholder: “[” is no pattern of file names",
        ),
        (
            "thresholds:\n  recalled: 25",
            "2: recalled is a share of words and lies between 0 and 1, not 25",
        ),
        (
            "thresholds:\n  recalled: much",
            "2: thresholds.recalled: a number is due here, not “much”",
        ),
        (
            "thresholds: 3",
            "1: thresholds: a group of settings, each with its name and a colon, is due here, not “3”",
        ),
        ("library: 3", "1: library: a text, or a list of texts, is due here, not “3”"),
        ("library: a\nlibrary: b", "2: the setting “library” stands twice"),
        ("check:\n  final_stages: Rev.2", "2: check.final_stages: a list is due here, not “Rev.2”"),
        (
            "check:\n  rules:\n    placeholder: 3",
            "3: check.rules.placeholder: a severity, or a group of settings, is due here, not “3”",
        ),
        ("- a", "1: a group of settings, each with its name and a colon, is due here, not a list"),
        (
            "mirror:\n  - https://example.org",
            "1: mirror: “https://example.org” does not say where the symbol stands; put {symbol} there",
        ),
    ] {
        let told = parse(text, Path::new("adref.yaml")).unwrap_err().to_string();
        assert_eq!(told, format!("adref.yaml:{wanted}"), "{text}");
    }
    // A group whose settings are all commented out is empty.
    for text in [
        "",
        "# nothing\n",
        "library:\nmirror:\ndrafts:\nthresholds:\ncheck:\n",
        "thresholds:\n  recalled:\ncheck:\n  baseline:\n  final_stages:\n  rules:\n",
        "check:\n  rules:\n    placeholder:\n",
    ] {
        let read = parse(text, Path::new("adref.yaml"));
        assert!(read.is_ok(), "{text:?} {read:?}");
    }
}
