//! What the user named (a file, `-`, a git revision of a file) in; the draft it holds out.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use adref::model::Draft;
use adref::read::{self, Reading};
use adref::text::is_inserted;

/// A file larger than this is not a draft; reading it would only exhaust the machine.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

/// Parts `draft.md#12` into the draft and the paragraph asked for; a file whose own name has a `#` is itself.
pub(super) fn addressed(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('#') {
        Some((file, address))
            if !Path::new(name).exists() && !file.is_empty() && !address.trim().is_empty() =>
        {
            (file, Some(number_of(address)))
        }
        _ => (name, None),
    }
}

/// The paragraph of an address: `12` of `12(b)`, and `12 (bis)` of `12 (bis)(b)`.
pub(super) fn number_of(address: &str) -> &str {
    let labels = address.match_indices('(').find(|(at, _)| {
        let inside = address.get(at + 1..).and_then(|rest| rest.split_once(')'));
        !inside.is_some_and(|(word, _)| is_inserted(word))
    });
    labels.map_or(address, |(at, _)| address.get(..at).unwrap_or(address)).trim()
}

/// Reads the draft named `name`: a file, `-` for standard input, or `GITREV:path`.
pub(super) fn draft(name: &str, reading: Reading) -> Result<Draft> {
    Ok(draft_and_bytes(name, reading)?.0)
}

/// The same, with the bytes it was read from.
pub(super) fn draft_and_bytes(name: &str, reading: Reading) -> Result<(Draft, Vec<u8>)> {
    let bytes = bytes(name)?;
    let shown = if name == "-" { "standard input" } else { name };
    Ok((read::read_as(shown, &bytes, reading)?, bytes))
}

/// The words on standard input.
pub(super) fn text() -> Result<String> {
    let bytes = bytes("-")?;
    String::from_utf8(bytes).context("standard input is not in UTF-8")
}

fn bytes(name: &str) -> Result<Vec<u8>> {
    if name == "-" {
        return read("standard input", 0, std::io::stdin().lock())
            .context("standard input could not be read");
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
        Ok(facts) => {
            let file = File::open(path).map_err(|error| refused(path, &error))?;
            read(name, facts.len(), file)
        }
        Err(error) => Err(refused(path, &error)),
    }
}

/// All that a file holds, of which `size` bytes are known, unless it is larger than any draft: a device may have no end.
fn read(name: &str, size: u64, file: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size.min(LARGEST) as usize + 1);
    let size = file.take(LARGEST + 1).read_to_end(&mut bytes);
    let size = size.map_err(|error| refused(Path::new(name), &error))?;
    if size as u64 > LARGEST {
        bail!("{name}: this is larger than 64 MB; that is no draft");
    }
    Ok(bytes)
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
        if !is_revision(revision) {
            bail!(
                "{name}: there is no such file, and git knows no revision {revision}; `git log -- {file}` lists those of the file"
            );
        }
        bail!(
            "{name}: there is no such file, and git holds no file {file} at revision {revision}; \
             check both, for example with `git log -- {file}`"
        );
    }
    Ok(output.stdout)
}

/// True where git knows a commit of this name.
fn is_revision(name: &str) -> bool {
    let commit = format!("{name}^{{commit}}");
    let asked = Command::new("git")
        .args(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .stdin(Stdio::null())
        .output();
    asked.is_ok_and(|output| output.status.success())
}
