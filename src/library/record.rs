//! A folder of agreed texts in; the record of what was added to it, read and written, out.
//!
//! The record is one file of JSON, [`NAME`], beside the texts. It holds no date, so that the same texts
//! give the same record on every machine.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::atomic::replace_file;
use crate::read::ReadError;

/// The name of the record in its folder.
pub(super) const NAME: &str = "adref-library.json";

/// What the record says it is.
const SCHEMA: &str = "adref/library/1";

/// What was added to a folder, by file: its path below the folder, with `/` on every system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) files: BTreeMap<String, Recorded>,
}

/// What is known of a file that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recorded {
    /// Its symbol, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) symbol: Option<String>,
    /// The annex it holds, where it is one annex of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) annex: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub(super) sha256: String,
    /// Where it came from: a file name, a member of an archive, or an address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) from: String,
}

#[derive(Serialize, Deserialize)]
struct Document {
    schema: String,
    files: BTreeMap<String, Recorded>,
}

impl Record {
    /// Reads the record of a folder; one without a record has an empty one.
    ///
    /// # Errors
    /// When it cannot be read: going on would lose what it says.
    pub(super) fn load(folder: &Path) -> Result<Self, ReadError> {
        let path = folder.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(super::cannot_open(&path, &error)),
        };
        let broken = |why: String| ReadError {
            path: path.display().to_string(),
            at: None,
            message: format!(
                "the record of this library cannot be read: {why}; take back an earlier copy of it, or remove \
                 it and add the texts of this folder anew"
            ),
        };
        let document: Document =
            serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        if document.schema != SCHEMA {
            return Err(broken(format!("it is written as “{}”", document.schema)));
        }
        // Whoever wrote it, it speaks of nothing but the folder it lies in.
        if let Some(file) = document.files.keys().find(|file| !is_inside(file)) {
            return Err(broken(format!("it names {file}, which is not in this folder")));
        }
        Ok(Self { files: document.files })
    }

    /// Writes the record into its folder, as a whole or not at all.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn save(&self, folder: &Path) -> Result<(), ReadError> {
        let document = Document { schema: SCHEMA.to_owned(), files: self.files.clone() };
        let path = folder.join(NAME);
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        replace_file(&path, text.as_bytes()).map_err(|error| super::cannot_write(&path, &error))
    }
}

/// Whether a file, as the record names it, lies in the folder of the record.
fn is_inside(file: &str) -> bool {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    !file.is_empty() && Path::new(file).components().all(plain)
}

/// Whether the record of `folder` knows `file`, given below the folder.
///
/// # Errors
/// When the record cannot be read.
pub fn is_recorded(folder: &Path, file: &str) -> Result<bool, ReadError> {
    Ok(Record::load(folder)?.files.contains_key(file))
}

/// SHA-256 of `bytes` in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The path of a file as the record writes it: below `folder`, with `/`.
pub fn name_in(folder: &Path, file: &Path) -> Option<String> {
    let below = file.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}
