//! `adref references remove`: symbols, names or files in; the library without them out.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use super::super::Common;
use super::super::output::{Ended, complain};
use super::super::words::words;
use adref::library::{self, Store};
use adref::model::Library;
use adref::report::sanitized;

/// Take references out of the library
#[derive(clap::Args)]
pub(super) struct Remove {
    /// Symbol, name, or file of a reference
    #[arg(required = true, value_name = "SOURCE", value_parser = words)]
    sources: Vec<String>,
}

pub(super) fn run(command: &Remove, common: &Common) -> Result<Ended> {
    let places = super::held(common)?;
    let library = library::load(&places)?;
    let mut text = String::new();
    let mut ended = Ended::Clean;
    for source in &command.sources {
        match remove(source, &library, &places) {
            Ok(told) => text.push_str(&told),
            Err(error) => {
                complain(&error);
                ended = Ended::Incomplete;
            }
        }
    }
    common.write(sanitized(&text))?;
    Ok(ended)
}

/// Removes one reference, and says which file is gone.
fn remove(source: &str, library: &Library, places: &[PathBuf]) -> Result<String> {
    if let Some((folder, file)) = named(source, library, places)? {
        let mut store = Store::open(&folder)?;
        store.remove(&file)?;
        store.save()?;
        return Ok(format!("{}: removed\n", folder.join(file).display()));
    }
    let entries = library.find(source.trim());
    let [entry] = entries.as_slice() else {
        if entries.is_empty() {
            let near = library
                .nearest(source)
                .map_or(String::new(), |near| format!("; did you mean {near}?"));
            bail!("the library holds nothing called {source}{near}");
        }
        let files: Vec<&str> = entries.iter().map(|entry| entry.text.path.as_str()).collect();
        bail!("{source} stands in several files; name one of them: {}", files.join(", "));
    };
    let path = Path::new(&entry.text.path);
    let Some(folder) = places.iter().find(|place| place.is_dir() && path.starts_with(place)) else {
        bail!("{} is named by itself as a library; remove the file", path.display());
    };
    let file = below(folder, path)?;
    let mut store = Store::open(folder)?;
    store.remove(&file)?;
    store.save()?;
    let symbol = entry.symbol();
    Ok(format!("{symbol}: removed {}\n", path.display()))
}

/// The folder and file meant, where a source names a file of the library or one that its record knows.
fn named(source: &str, library: &Library, places: &[PathBuf]) -> Result<Option<(PathBuf, String)>> {
    let path = Path::new(source);
    if path.components().any(|part| part == Component::ParentDir) {
        return Ok(None);
    }
    // `./references` and `references` are one folder.
    let plain = |path: &Path| path.strip_prefix(".").unwrap_or(path).to_owned();
    for folder in places.iter().filter(|place| place.is_dir()) {
        let given = plain(path);
        let inside = given.strip_prefix(plain(folder)).unwrap_or(&given);
        if inside.is_absolute() || inside.as_os_str().is_empty() {
            continue;
        }
        let file = below(folder, &folder.join(inside))?;
        // Other files lie in the folder too: those that hold a reference, or should, are the library's.
        let whole = folder.join(inside).display().to_string();
        let read = library.entries.iter().any(|entry| entry.text.path == whole);
        let faulty = library.findings.iter().any(|finding| finding.path == whole);
        if read || faulty || library::is_recorded(folder, &file)? {
            return Ok(Some((folder.clone(), file)));
        }
    }
    Ok(None)
}

/// A file as the record of its folder names it.
fn below(folder: &Path, path: &Path) -> Result<String> {
    match library::name_in(folder, path) {
        Some(name) => Ok(name),
        None => bail!("{}: the name of this file is not Unicode; rename it", path.display()),
    }
}
