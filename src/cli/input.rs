//! What the user named (a file, `-`, a git revision of a file) in; the draft it holds out.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use adref::model::Draft;
use adref::read::{self, Reading};

/// A file larger than this is not a draft; reading it would only exhaust the machine.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Parts `draft.md#12` into the draft and the paragraph asked for; a file whose own name has a `#` is itself.
pub(super) fn addressed(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('#') {
        Some((file, address)) if !Path::new(name).exists() && !file.is_empty() => {
            (file, Some(number_of(address)))
        }
        _ => (name, None),
    }
}

/// The paragraph of an address: `12` of `12(b)`.
pub(super) fn number_of(address: &str) -> &str {
    address.split('(').next().unwrap_or(address).trim()
}

/// Reads the draft named `name`: a file, `-` for standard input, or `GITREV:path`.
pub(super) fn draft(name: &str, reading: Reading) -> Result<Draft> {
    let bytes = bytes(name)?;
    let shown = if name == "-" { "standard input" } else { name };
    Ok(read::read_as(shown, &bytes, reading)?)
}

fn bytes(name: &str) -> Result<Vec<u8>> {
    if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(LARGEST)
            .read_to_end(&mut bytes)
            .context("standard input could not be read")?;
        return Ok(bytes);
    }
    let path = Path::new(name);
    if !path.exists()
        && let Some((revision, file)) = name.split_once(':')
        && !revision.is_empty()
        && !file.is_empty()
    {
        return from_git(name, revision, file);
    }
    match std::fs::metadata(path) {
        Ok(facts) if facts.is_dir() => {
            bail!("{name}: this is a folder; give a draft, for example {name}/draft.md")
        }
        Ok(facts) if facts.len() > LARGEST => {
            bail!("{name}: the file is larger than 512 MB; that is not a draft")
        }
        Ok(_) => std::fs::read(path).map_err(|error| refused(path, &error)),
        Err(error) => Err(refused(path, &error)),
    }
}

fn refused(path: &Path, error: &std::io::Error) -> anyhow::Error {
    adref::library::cannot_open(path, error).into()
}

/// The file as it stood at a revision.
fn from_git(name: &str, revision: &str, file: &str) -> Result<Vec<u8>> {
    // A revision that begins with a dash would be read as an option.
    if revision.starts_with('-') {
        bail!("{name}: {revision} is not a revision");
    }
    let path = Path::new(file);
    let relative = if path.is_relative() && !file.starts_with("./") {
        format!("./{file}")
    } else {
        file.to_owned()
    };
    let output = Command::new("git")
        .args(["show", "--end-of-options", &format!("{revision}:{relative}")])
        .stdin(Stdio::null())
        .output()
        .with_context(|| {
            format!("{name}: git is needed to read a revision and could not be run")
        })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        if said.contains("not a git repository") {
            bail!("{name}: there is no such file, and this folder is not under git");
        }
        bail!(
            "{name}: there is no such file, and git holds no file {file} at revision {revision}; \
             check both, for example with `git log -- {file}`"
        );
    }
    Ok(output.stdout)
}
