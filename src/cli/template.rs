//! The file that `--template` names in; the template that HTML is written by out.

use std::path::Path;

use anyhow::{Context, Result, bail};

use adref::report::Template;

/// Reads the user's template, where there is one; `html` tells whether HTML is written.
///
/// # Errors
/// When it cannot be read, is no text, or nothing is written by it.
pub(super) fn template(path: Option<&Path>, html: bool) -> Result<Option<Template>> {
    let Some(path) = path else { return Ok(None) };
    if !html {
        bail!(
            "--template is for HTML; say --format html, or give --output a name that ends in .html"
        );
    }
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("{name} could not be read"))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{name} is not in UTF-8"))?;
    Ok(Some(Template { path: name, text }))
}
