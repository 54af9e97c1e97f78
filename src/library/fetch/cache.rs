//! An address in; the document that came from it before, if it is still whole, out.

use std::fs;
use std::path::PathBuf;

use super::super::atomic::replace_file;
use super::super::record::sha256;

/// A folder that keeps fetched documents: one file an address, its hash in the first line.
#[derive(Clone, Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What came from an address before.
    pub(super) fn get(&self, address: &str) -> Option<Vec<u8>> {
        let file = fs::read(self.file(address)).ok()?;
        let at = file.iter().position(|byte| *byte == b'\n')?;
        let (hash, bytes) = (file.get(..at)?, file.get(at + 1..)?);
        (sha256(bytes).as_bytes() == hash).then(|| bytes.to_vec())
    }

    /// Keeps what came from an address. That it cannot be kept is no reason to fail: it will be asked for again.
    pub(super) fn put(&self, address: &str, bytes: &[u8]) {
        let mut file = sha256(bytes).into_bytes();
        file.push(b'\n');
        file.extend_from_slice(bytes);
        let _ = fs::create_dir_all(&self.folder);
        let _ = replace_file(&self.file(address), &file);
    }

    fn file(&self, address: &str) -> PathBuf {
        self.folder.join(sha256(address.as_bytes()))
    }
}
