//! What stands in quotation marks on the command line in; the same, where it says anything, out.

use anyhow::{Result, bail};

/// A parser for arguments that must say something.
///
/// # Errors
/// When there is nothing but space.
pub(super) fn words(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("there is nothing in it".to_owned());
    }
    Ok(text.to_owned())
}

/// What came through standard input, where it says anything.
///
/// # Errors
/// When there is nothing but space.
pub(super) fn piped(text: String) -> Result<String> {
    if text.trim().is_empty() {
        bail!("standard input: there is nothing in it");
    }
    Ok(text)
}
