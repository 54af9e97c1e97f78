//! What a page says, and a user's own template, in; one HTML file that needs nothing else, out.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::report::sanitized;

/// The templates that every page is made of, by the names under which one includes another.
const TEMPLATES: [(&str, &str); 6] = [
    ("base.html", include_str!("templates/base.html")),
    ("words.html", include_str!("templates/words.html")),
    ("annotate.html", include_str!("templates/annotate.html")),
    ("diff.html", include_str!("templates/diff.html")),
    ("history.html", include_str!("templates/history.html")),
    ("fault.html", include_str!("templates/fault.html")),
];

const STYLE: &str = include_str!("templates/style.css");
const SCRIPT: &str = include_str!("templates/script.js");
const LIVE: &str = include_str!("templates/live.js");

/// What a user's own template may use up: a unit for each step, and for each 64 bytes that it makes (minijinja,
/// `Environment::set_fuel`). This bounds its time to seconds and its
/// memory to a gigabyte; the redline of 4,000 paragraphs takes less than an eighth of it.
const FUEL: u64 = 1 << 24;

/// A template of the user's own, in the language of Jinja. It is given what the tool's own is given, and can extend it:
/// `{% extends "annotate.html" %}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The file it was read from, named where it is at fault.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Why a page could not be made: a fault in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TemplateError {}

/// How a page is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// The user's own template; the tool's where there is none.
    pub template: Option<Template>,
    /// The version of a page that is served, and looks for a newer one; none for a page that is handed over.
    pub live: Option<usize>,
}

/// Writes a page by the tool's template `name`, or by the user's own.
///
/// # Errors
/// When a template is at fault: the message names the file and the line.
pub(in crate::report) fn page<C: Serialize>(
    name: &str,
    content: &C,
    making: &Making,
) -> Result<String, TemplateError> {
    let name = making.template.as_ref().map_or(name, |own| &own.path);
    written(name, content, making).map_err(|error| TemplateError { message: told(&error, name) })
}

fn written<C: Serialize>(
    name: &str,
    content: &C,
    making: &Making,
) -> Result<String, minijinja::Error> {
    let mut templates = Environment::new();
    // Whatever a template is called, nothing from a document is taken for HTML.
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let whitespace = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
    templates.set_syntax(whitespace);
    templates.set_formatter(|out, state, value| match (value.kind(), value.as_str()) {
        // What commands a screen, or turns the direction of writing, is left out here, in one place.
        (ValueKind::String, Some(text)) if !value.is_safe() && has_controls(text) => {
            minijinja::escape_formatter(out, state, &Value::from(sanitized(text)))
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    for (name, text) in TEMPLATES {
        templates.add_template(name, text)?;
    }
    if let Some(own) = &making.template {
        templates.add_template_owned(own.path.clone(), own.text.clone())?;
        templates.set_fuel(Some(FUEL));
    }
    templates.add_global("style", Value::from_safe_string(STYLE.to_owned()));
    templates.add_global("script", Value::from_safe_string(SCRIPT.to_owned()));
    // Named by their hashes in the page's own security policy: nothing else may run, and nothing is fetched.
    templates.add_global("style_hash", hash(STYLE));
    templates.add_global("script_hash", hash(SCRIPT));
    templates.add_global("live", making.live);
    templates.add_global("live_script", Value::from_safe_string(LIVE.to_owned()));
    templates.add_global("live_hash", hash(LIVE));
    templates.get_template(name)?.render(Serde(content))
}

fn has_controls(text: &str) -> bool {
    text.bytes().any(|byte| !(b' '..0x7f).contains(&byte))
}

/// A part of the page as its security policy names it (CSP Level 3, 2.3.1): `sha256-…`.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// `my.html:12: there is no “titel” …`
fn told(error: &minijinja::Error, name: &str) -> String {
    let line = error.line().map_or(String::new(), |line| format!(":{line}"));
    let what = match error.kind() {
        ErrorKind::OutOfFuel => {
            "it goes on without end, or writes more than any page holds; look for a loop in which \
                                 a text grows"
                .to_owned()
        }
        kind => error.detail().map_or_else(|| kind.to_string(), str::to_owned),
    };
    match error.name() {
        // A template may extend one that is meant for another report.
        Some(other) if other != name => {
            format!(
                "{name}: the template cannot be used here: in {other}{line}, which it uses: {what}"
            )
        }
        _ => format!("{name}{line}: the template cannot be used: {what}"),
    }
}
