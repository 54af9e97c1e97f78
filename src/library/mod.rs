//! Folders and files of references in; one library, with what is wrong with it, out.

mod add;
mod archive;
mod atomic;
mod audit;
pub mod fetch;
mod gather;
mod identity;
pub mod index;
mod layers;
mod lock;
mod record;
mod select;
mod sift;
mod store;
mod verify;
mod whole;

use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::model::{Draft, Entry, Finding, Library};
use crate::read::{self, ReadError};

pub use add::{Added, Placed, add, add_one};
pub use atomic::replace_file;
pub use record::{is_recorded, name_in};
pub use select::select;
pub use sift::sift;
pub use store::{Incoming, Outcome, Store};
pub use verify::{Verified, verify};
pub use whole::Wholes;

/// File endings that are taken from a folder; a file named by the user is read whatever its ending.
const ENDINGS: [&str; 7] = ["md", "markdown", "xml", "docx", "pdf", "html", "htm"];

/// Endings of documents that a user may expect to be read.
const UNREAD: [&str; 3] = ["doc", "odt", "rtf"];

/// The ending of plain texts.
const PLAIN: &str = "txt";

/// The files of a library.
#[derive(Debug, Default)]
struct Files {
    /// Those to be read, in the order of their paths.
    paths: Vec<PathBuf>,
    /// Those of kinds that are not read.
    unread: Vec<PathBuf>,
    /// Plain texts: in a folder they may be anything, so they are read where they are named.
    plain: Vec<PathBuf>,
}

fn files(places: &[PathBuf]) -> Result<Files, ReadError> {
    let listed = places.iter().map(|place| listed(place, true));
    let mut files =
        listed.reduce(|a, b| Ok(a?.extend(b?))).unwrap_or_else(|| Ok(Files::default()))?;
    files.paths.sort();
    files.paths.dedup();
    Ok(files)
}

/// The drafts of a folder.
#[derive(Debug)]
pub struct Drafts {
    /// Those to be read, in the order of their paths.
    pub paths: Vec<PathBuf>,
    /// Documents beside them that are not read: of kinds that are not known, and plain texts, which may be anything.
    pub passed_over: Vec<PathBuf>,
}

/// The files of a folder and its subfolders that can be read as drafts.
///
/// # Errors
/// When the folder cannot be opened.
pub fn drafts_in(folder: &Path) -> Result<Drafts, ReadError> {
    let Files { paths, mut unread, plain } = files(&[folder.to_path_buf()])?;
    unread.extend(plain);
    unread.sort();
    Ok(Drafts { paths, passed_over: unread })
}

/// How a library is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Up to so many files it is held whole: that costs nothing, and more can be said of it.
    pub few: usize,
    /// The folder where indexes are kept; none where no index is to be used.
    pub indexes: Option<PathBuf>,
}

impl Default for Holding {
    /// Up to 128 files whole, and without an index.
    fn default() -> Self {
        Self { few: 128, indexes: None }
    }
}

/// Reads every reference in `places`: folders, searched with their subfolders, and single files.
///
/// A file that cannot be read becomes an error among the findings and stops no other. What an earlier place holds
/// stands before the same text in a later one.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn load(places: &[PathBuf]) -> Result<Library, ReadError> {
    let Files { paths, unread, .. } = files(places)?;
    let read: Vec<Result<Draft, ReadError>> = if paths.len() < FEW {
        paths.iter().map(|path| read_file(path)).collect()
    } else {
        paths.par_iter().map(|path| read_file(path)).collect()
    };
    let mut library = Library {
        places: places.iter().map(|p| p.display().to_string()).collect(),
        ..Library::default()
    };
    for result in read {
        match result {
            Ok(text) => library.entries.push(Entry::new(text)),
            Err(error) => library.findings.push(unreadable(error)),
        }
    }
    library.findings.extend(not_read(&unread));
    layers::layer(&mut library);
    audit::audit(&mut library);
    Ok(library)
}

/// What to say of documents that a folder holds in a form that is not read.
fn not_read(unread: &[PathBuf]) -> Option<Finding> {
    let first = unread.first()?.display().to_string();
    let more = match unread.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more like it)"),
    };
    let message = format!("this document is not read{more}: it is of an older or another kind");
    let help = "its agreed language is not in the library; save it as .docx or PDF";
    Some(Finding::warning(Finding::NOT_READ, &first, message).help(help))
}

/// Below this many files, starting threads costs more than it saves.
const FEW: usize = 32;

fn unreadable(error: ReadError) -> Finding {
    Finding::error("unreadable", &error.path, error.message)
        .at(error.at)
        .help("the other references were read; put this file right or take it out of the library")
}

fn read_file(path: &Path) -> Result<Draft, ReadError> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| cannot_open(path, &error))?;
    read::read(&name, &bytes)
}

/// What to say when the system refuses a file.
pub fn cannot_open(path: &Path, error: &std::io::Error) -> ReadError {
    use std::io::ErrorKind;
    let message = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder; check the spelling".to_owned(),
        ErrorKind::PermissionDenied => "you are not allowed to read this file".to_owned(),
        ErrorKind::IsADirectory => "this is a folder; give a file".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    };
    ReadError { path: path.display().to_string(), at: None, message }
}

/// What to say when the system refuses a change.
fn cannot_write(path: &Path, error: &std::io::Error) -> ReadError {
    use std::io::ErrorKind;
    let message = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "you are not allowed to write here".to_owned(),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "this is a file, and a library is a folder; name a folder".to_owned()
        }
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => format!("this cannot be written: {error}"),
    };
    ReadError { path: path.display().to_string(), at: None, message }
}

/// The files in a place; `named` says that the user named it.
fn listed(place: &Path, named: bool) -> Result<Files, ReadError> {
    let kind = fs::metadata(place).map_err(|error| cannot_open(place, &error))?.file_type();
    let mut files = Files::default();
    if kind.is_dir() {
        return folder(place);
    }
    if named && !kind.is_file() {
        let message =
            "this is a pipe or a device, and a library is read more than once; save it as a file";
        return Err(ReadError {
            path: place.display().to_string(),
            at: None,
            message: message.into(),
        });
    }
    files.take(place.to_owned(), kind, named);
    Ok(files)
}

/// The files in a folder and the folders in it, which are listed at the same time.
fn folder(place: &Path) -> Result<Files, ReadError> {
    let failed = |error: io::Error| cannot_open(place, &error);
    let items = fs::read_dir(place).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut items = items.map_err(failed)?;
    // Sorted here, where names are short, so that the whole list is in order.
    items.sort_by_cached_key(DirEntry::file_name);
    let take = |files: Files, item: DirEntry| {
        if item.file_name().as_encoded_bytes().starts_with(b".") {
            return Ok(files);
        }
        let kind = item.file_type().map_err(failed)?;
        let path = item.path();
        if kind.is_dir() {
            return Ok(files.extend(folder(&path)?));
        }
        // Links are not followed into folders: they may lead in a circle.
        if kind.is_symlink() && path.is_file() {
            return Ok(files.extend(listed(&path, false)?));
        }
        let mut files = files;
        if !kind.is_symlink() {
            files.take(path, kind, false);
        }
        Ok(files)
    };
    let items = items.into_par_iter().try_fold(Files::default, take);
    items.try_reduce(Files::default, |a, b| Ok(a.extend(b)))
}

impl Files {
    fn extend(mut self, other: Self) -> Self {
        self.paths.extend(other.paths);
        self.unread.extend(other.unread);
        self.plain.extend(other.plain);
        self
    }

    /// Takes a file in where it is of a kind that is read, or was named by the user.
    fn take(&mut self, path: PathBuf, kind: FileType, named: bool) {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let ending = ending.unwrap_or_default();
        let wanted = ENDINGS.contains(&ending.as_str());
        // Word keeps a file of this name beside a document that is open.
        let locked = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
        let readme = path.file_stem().is_some_and(|s| s.eq_ignore_ascii_case("readme"));
        // A pipe or a device in a folder would be waited for without end.
        if named || wanted && !readme && !locked && kind.is_file() {
            self.paths.push(path);
        } else if UNREAD.contains(&ending.as_str()) {
            self.unread.push(path);
        } else if ending == PLAIN && !readme {
            self.plain.push(path);
        }
    }
}
