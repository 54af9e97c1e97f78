//! Files, folders and archives in; the texts in them, one after another, out.
//!
//! A file larger than [`LARGEST`] is refused. Links into folders are not followed: they may lead in a circle.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{archive, record};
use crate::read::ReadError;

/// A larger file is no text of the United Nations; the largest are reports with pictures.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

/// The ending of archives.
const ARCHIVE: &str = "zip";

/// What gathering comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A file that may hold a text: its path, what the record calls it, and its bytes.
    Text { path: String, from: String, bytes: Vec<u8> },
    /// What could not be read.
    Fault(ReadError),
    /// A file of a kind that holds no text.
    Skipped(String),
}

/// What a file is taken for, by the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Text,
    Archive,
    /// It holds no text.
    Skipped,
    /// Nobody asks for it: what systems and programs keep for themselves.
    Hidden,
}

/// What a file with this name is taken for.
pub(super) fn taken(name: &str) -> Taken {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
    let ending = ending.to_lowercase();
    if last.starts_with('.') || last == record::NAME || stem.eq_ignore_ascii_case("readme") {
        Taken::Hidden
    } else if super::ENDINGS.contains(&ending.as_str()) {
        Taken::Text
    } else if ending == ARCHIVE {
        Taken::Archive
    } else {
        Taken::Skipped
    }
}

/// Hands what `path` holds to `each`: a file whatever its name, a folder with its subfolders, an archive.
pub(super) fn gather(path: &Path, each: &mut dyn FnMut(Found)) {
    let shown = path.display().to_string();
    let from = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    if !path.is_dir() {
        return file(path, &shown, &from, each);
    }
    let files = match files_in(path) {
        Ok(files) => files,
        Err(error) => return each(Found::Fault(error)),
    };
    for path in files {
        let shown = path.display().to_string();
        match taken(&shown) {
            Taken::Hidden => {}
            Taken::Skipped => each(Found::Skipped(shown)),
            Taken::Text | Taken::Archive => {
                let from = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                file(&path, &shown, &from, each);
            }
        }
    }
}

fn file(path: &Path, shown: &str, from: &str, each: &mut dyn FnMut(Found)) {
    let refused = |error: std::io::Error| Found::Fault(super::cannot_open(path, &error));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return each(refused(error)),
    };
    // What comes through a pipe cannot be read twice, and so is no archive.
    if file.metadata().is_ok_and(|facts| facts.is_file()) {
        match archive::Archive::open(&file, shown) {
            Ok(Some(mut archive)) => return archive.members(shown, from, each),
            Ok(None) => {}
            Err(fault) => return each(Found::Fault(fault)),
        }
    }
    let mut bytes = Vec::new();
    match file.take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(read) if read as u64 > LARGEST => each(Found::Fault(too_large(shown))),
        Ok(_) => each(Found::Text { path: shown.to_owned(), from: from.to_owned(), bytes }),
        Err(error) => each(refused(error)),
    }
}

pub(super) fn too_large(path: &str) -> ReadError {
    let message = format!("the file is larger than {} MB; that is no text", LARGEST >> 20);
    ReadError { path: path.to_owned(), at: None, message }
}

/// Files below `folder` that may hold texts, in the order of their paths.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn texts_in(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = files_in(folder)?;
    files.retain(|path| taken(&path.to_string_lossy()) == Taken::Text);
    Ok(files)
}

/// Every file below `folder`, hidden folders left out, in the order of their paths.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        let failed = |error: std::io::Error| super::cannot_open(&folder, &error);
        for item in fs::read_dir(&folder).map_err(failed)? {
            let item = item.map_err(failed)?;
            let path = item.path();
            let kind = item.file_type().map_err(failed)?;
            if kind.is_dir() {
                if !item.file_name().to_string_lossy().starts_with('.') {
                    folders.push(path);
                }
            } else if path.is_file() {
                // A pipe or a device would be waited for without end.
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
