//! A path and bytes in; the file replaced as a whole, or left as it was, out.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Replaces the file `path` as a whole: the old one stands until the new one is complete.
///
/// # Errors
/// When the path names no file, or the system refuses; nothing is then left beside it.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (part, mut file) = part_of(path)?;
    let written = (|| {
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&part, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

/// A new hidden file beside `path`, of a name that no other process has taken.
fn part_of(path: &Path) -> io::Result<(PathBuf, File)> {
    let unnamed = || io::Error::new(ErrorKind::InvalidInput, "this names no file");
    let name = path.file_name().ok_or_else(unnamed)?;
    let mut taken = 0_u32;
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{taken}.part"));
        let part = path.with_file_name(hidden);
        match File::options().write(true).create_new(true).open(&part) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && taken < 1000 => taken += 1,
            opened => return opened.map(|file| (part, file)),
        }
    }
}
