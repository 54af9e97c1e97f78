//! A folder of agreed texts and a text in; the text kept there once, in its best form, out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::atomic::replace_file;
use super::gather;
use super::identity::{Identity, Worth, ending, stem};
use super::lock::Lock;
use super::record::{Record, Recorded, name_in, sha256};
use crate::model::{Draft, symbol_key, symbols};
use crate::read::{self, ReadError};

/// A library held for changing: no other process changes it meanwhile.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    record: Record,
    /// Whether the record says something else than on the disk.
    changed: bool,
    /// Files that hold texts, by the symbol or the name of the text.
    named: BTreeMap<String, BTreeSet<String>>,
    /// Files by the hash of what was added.
    hashed: BTreeMap<String, String>,
    _lock: Lock,
}

/// A text that was read and is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'t> {
    /// Where it came from, for the record: a file name, a member of an archive, or an address.
    pub from: &'t str,
    /// Its file, byte for byte.
    pub bytes: &'t [u8],
    /// The same, read.
    pub text: &'t Draft,
    /// Its symbol, where it does not say it.
    pub symbol: Option<&'t str>,
}

/// What became of a text; every file is named below the folder of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new to the library.
    Added {
        /// The file it is kept in.
        file: String,
    },
    /// It took the place of another form or issue of the same text.
    Replaced {
        /// The file it is kept in.
        file: String,
        /// The file that is gone; the same one where the bytes were replaced.
        old: String,
        /// Why, to be read after "because".
        why: &'static str,
    },
    /// The library holds the very same bytes.
    Held {
        /// The file they are kept in.
        file: String,
    },
    /// The library holds the same text in a form that is better, or that somebody made by hand.
    Kept {
        /// The file that stays.
        file: String,
        /// Why, to be read after "because".
        why: &'static str,
    },
}

/// A file that holds the text meant, as it stands on the disk.
struct Held {
    file: String,
    worth: Worth,
    /// Whether it is as it was added; what somebody made or changed by hand is theirs.
    own: bool,
}

impl Store {
    /// Opens a folder for changing; it is made where there is none. Waits while another process changes it.
    ///
    /// # Errors
    /// When the folder or its record cannot be read or written.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let refused = |error: std::io::Error| super::cannot_write(folder, &error);
        fs::create_dir_all(folder).map_err(refused)?;
        let lock = Lock::take(folder).map_err(refused)?;
        let record = Record::load(folder)?;
        let mut store = Self {
            folder: folder.to_owned(),
            record,
            changed: false,
            named: BTreeMap::new(),
            hashed: BTreeMap::new(),
            _lock: lock,
        };
        store.index()?;
        Ok(store)
    }

    /// Takes up what the folder holds. Only files that were put there by hand have to be read for it.
    fn index(&mut self) -> Result<(), ReadError> {
        let mut unknown = Vec::new();
        for path in gather::texts_in(&self.folder)? {
            let Some(file) = name_in(&self.folder, &path) else { continue };
            match self.record.files.get(&file) {
                Some(Recorded { symbol: Some(symbol), sha256, .. }) => {
                    self.hashed.insert(sha256.clone(), file.clone());
                    self.named.entry(symbol_key(symbol)).or_default().insert(file);
                }
                _ => unknown.push((file, path)),
            }
        }
        let read = unknown.into_par_iter().filter_map(|(file, path)| {
            let bytes = fs::read(&path).ok()?;
            let text = read::read(&file, &bytes).ok()?;
            Some((file, sha256(&bytes), Identity::of(&text, None)))
        });
        for (file, hash, identity) in read.collect::<Vec<_>>() {
            self.hashed.insert(hash, file.clone());
            if let Some(identity) = identity {
                self.named.entry(identity.name).or_default().insert(file);
            }
        }
        Ok(())
    }

    /// Where the library is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The first file that holds a text with this symbol, in any language.
    pub fn holder(&self, symbol: &str) -> Option<&str> {
        let mut held = symbols(symbol).filter_map(|symbol| self.named.get(&symbol_key(symbol)));
        held.next()?.first().map(String::as_str)
    }

    /// Corrigenda held to the document with this symbol, by their files.
    pub fn corrigenda(&self, symbol: &str) -> Vec<&str> {
        let base = symbols(symbol).next().map(symbol_key).unwrap_or_default();
        let first = format!("{base}/CORR.");
        let from = self.named.range(first.clone()..);
        let own = from.take_while(|(name, _)| name.starts_with(&first));
        own.flat_map(|(_, files)| files).map(String::as_str).collect()
    }

    /// The file that holds these very bytes and is recorded, with the symbol and the annex of its text.
    pub(super) fn known(&self, bytes: &[u8]) -> Option<(&str, Option<&str>, Option<&str>)> {
        let file = self.holding(&sha256(bytes))?;
        let recorded = self.record.files.get(file)?;
        Some((file, recorded.symbol.as_deref(), recorded.annex.as_deref()))
    }

    /// The file that holds the bytes with this hash, at this moment.
    fn holding(&self, hash: &str) -> Option<&str> {
        let file = self.hashed.get(hash)?;
        let bytes = fs::read(self.folder.join(file)).ok()?;
        (sha256(&bytes) == hash).then_some(file)
    }

    /// Keeps a text, unless the library holds it in a better form; `replace` takes it in any case.
    ///
    /// The record on the disk is changed by [`Store::save`] only.
    ///
    /// # Errors
    /// When its file cannot be written; the library is then as it was.
    pub fn place(&mut self, incoming: &Incoming<'_>, replace: bool) -> Result<Outcome, ReadError> {
        let hash = sha256(incoming.bytes);
        if let Some(file) = self.holding(&hash).map(str::to_owned) {
            self.note(file.clone(), incoming, hash);
            return Ok(Outcome::Held { file });
        }
        let kind = read::kind(incoming.bytes);
        let identity = Identity::of(incoming.text, incoming.symbol);
        let held = identity.as_ref().and_then(|identity| self.find(identity));
        let Some(held) = held else {
            let file = self.free_name(incoming, ending(kind), &hash);
            self.write(file.clone(), incoming, hash)?;
            return Ok(Outcome::Added { file });
        };
        let worth = Worth::of(incoming.text, kind);
        let why = match worth.cmp(&held.worth) {
            _ if replace => "that was asked for",
            _ if !held.own => {
                let why =
                    "somebody made or changed that file by hand; --replace takes the other one";
                return Ok(Outcome::Kept { file: held.file, why });
            }
            std::cmp::Ordering::Less => {
                return Ok(Outcome::Kept { why: held.worth.before(worth), file: held.file });
            }
            std::cmp::Ordering::Equal => "its text differs from the one held",
            std::cmp::Ordering::Greater if worth.reissues > held.worth.reissues => {
                "the document was reissued"
            }
            std::cmp::Ordering::Greater => worth.before(held.worth),
        };
        let old = held.file;
        let same_kind = Path::new(&old).extension().is_some_and(|own| own == ending(kind));
        let file =
            if same_kind { old.clone() } else { self.free_name(incoming, ending(kind), &hash) };
        self.write(file.clone(), incoming, hash)?;
        if file != old {
            self.remove(&old)?;
        }
        Ok(Outcome::Replaced { file, old, why })
    }

    /// Takes a file out of the library and its record.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove(&mut self, file: &str) -> Result<(), ReadError> {
        let path = self.folder.join(file);
        match fs::remove_file(&path) {
            // What is gone already needs only be forgotten.
            Err(error)
                if error.kind() == ErrorKind::NotFound && self.record.files.contains_key(file) => {}
            removed => removed.map_err(|error| super::cannot_write(&path, &error))?,
        }
        if let Some(before) = self.record.files.remove(file) {
            self.hashed.remove(&before.sha256);
            self.changed = true;
        }
        for files in self.named.values_mut() {
            files.remove(file);
        }
        self.named.retain(|_, files| !files.is_empty());
        Ok(())
    }

    /// Writes the record, where something changed.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn save(&mut self) -> Result<(), ReadError> {
        if self.changed {
            self.record.save(&self.folder)?;
            self.changed = false;
        }
        Ok(())
    }

    /// The file that holds the text meant.
    fn find(&self, identity: &Identity) -> Option<Held> {
        self.named.get(&identity.name)?.iter().find_map(|file| {
            let bytes = fs::read(self.folder.join(file)).ok()?;
            let text = read::read(file, &bytes).ok()?;
            let recorded = self.record.files.get(file);
            let symbol = recorded.and_then(|recorded| recorded.symbol.as_deref());
            let same = Identity::of(&text, symbol).as_ref() == Some(identity);
            same.then(|| Held {
                file: file.clone(),
                worth: Worth::of(&text, read::kind(&bytes)),
                own: recorded.is_some_and(|recorded| recorded.sha256 == sha256(&bytes)),
            })
        })
    }

    fn write(
        &mut self,
        file: String,
        incoming: &Incoming<'_>,
        hash: String,
    ) -> Result<(), ReadError> {
        let path = self.folder.join(&file);
        replace_file(&path, incoming.bytes).map_err(|error| super::cannot_write(&path, &error))?;
        if let Some(before) = self.record.files.remove(&file) {
            self.hashed.remove(&before.sha256);
        }
        self.note(file, incoming, hash);
        Ok(())
    }

    fn note(&mut self, file: String, incoming: &Incoming<'_>, hash: String) {
        let symbol = incoming.text.front.symbol.as_deref().or(incoming.symbol);
        if let Some(identity) = Identity::of(incoming.text, incoming.symbol) {
            self.named.entry(identity.name).or_default().insert(file.clone());
        }
        self.hashed.insert(hash.clone(), file.clone());
        let recorded = Recorded {
            symbol: symbol.map(str::to_owned),
            annex: incoming.text.front.annex.clone(),
            sha256: hash,
            from: incoming.from.to_owned(),
        };
        // What is known of a file stays known when the same bytes come from elsewhere.
        let known = self.record.files.get(&file).is_some_and(|r| r.sha256 == recorded.sha256);
        if !known {
            self.record.files.insert(file, recorded);
            self.changed = true;
        }
    }

    /// A name for the file of a text that no other file has.
    fn free_name(&self, incoming: &Incoming<'_>, ending: &str, hash: &str) -> String {
        let last = incoming.from.rsplit(['/', '\\']).next().unwrap_or_default();
        let fallback = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        let stem = stem(incoming.text, incoming.symbol, fallback);
        let taken = |name: &String| self.folder.join(name).exists();
        let plain = format!("{stem}.{ending}");
        if !taken(&plain) {
            return plain;
        }
        // Two symbols may differ only in what a file name leaves out.
        let lengths = [6, 12, hash.len()].into_iter().filter_map(|length| hash.get(..length));
        let mut others = lengths.map(|part| format!("{stem}-{part}.{ending}"));
        others.find(|name| !taken(name)).unwrap_or_else(|| format!("{hash}.{ending}"))
    }
}
