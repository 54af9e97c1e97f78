//! A folder in; the right to change it, held by one process at a time, out.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use fs4::FileExt;

/// The file that whoever changes a library holds locked.
const NAME: &str = ".adref-lock";

/// The right to change a folder: given back when dropped, and by the system when the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Waits until no other process changes `folder`.
    ///
    /// # Errors
    /// When the folder may not be written to, or its file system knows no locks.
    pub(super) fn take(folder: &Path) -> io::Result<Self> {
        let path = folder.join(NAME);
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(&path)?;
            FileExt::lock(&file)?;
            // Who held it before may have taken the file away while we waited for it.
            if is_at(&file, &path) {
                return Ok(Self { file, path });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere a file that another process waits for cannot be told from a new one of that name: it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        let _ = FileExt::unlock(&self.file);
    }
}

/// Whether `file` is still the one that `path` names.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(own), Ok(there)) = (file.metadata(), fs::metadata(path)) else { return false };
    (own.dev(), own.ino()) == (there.dev(), there.ino())
}

/// Nobody takes the file away where [`Lock`] leaves it.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
