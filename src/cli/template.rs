//! The file that `--template` names in; how HTML is made out.

use std::path::Path;

use anyhow::{Context, Result, bail};

use adref::report::{Making, Template};

/// Bytes of a template, at most.
const LARGEST: u64 = 4 << 20;

/// How HTML is made: by the user's template, where there is one; `html` tells whether HTML is written at all.
///
/// # Errors
/// When it cannot be read, is no text, or nothing is written by it.
pub(super) fn making(path: Option<&Path>, html: bool) -> Result<Making> {
    let Some(path) = path else { return Ok(Making::default()) };
    if !html {
        bail!(
            "--template is for HTML; say --format html, or give --output a name that ends in .html"
        );
    }
    let name = path.display().to_string();
    let facts = path.metadata().with_context(|| format!("{name} could not be read"))?;
    if !facts.is_file() || facts.len() > LARGEST {
        bail!("{name} is no template: it is not a file, or larger than any");
    }
    let bytes = std::fs::read(path).with_context(|| format!("{name} could not be read"))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{name} is not in UTF-8"))?;
    Ok(Making { template: Some(Template { path: name, text }), live: None })
}
