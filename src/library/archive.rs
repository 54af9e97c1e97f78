//! A zip archive in; its members, one after another, out.
//!
//! Archives may lie, so nothing in them is believed. No member becomes a path: its name is shown and no more. A
//! member may hold [`LARGEST`] bytes, and [`RATIO`] times what it takes up in the archive; all of them together
//! [`RATIO`] times the archive. At most [`MEMBERS`] are read, and archives within an archive one level deep.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::gather::{Found, LARGEST, Taken, taken, too_large};
use crate::read::ReadError;

/// How many members are read; the General Assembly has adopted some 20,000 resolutions.
const MEMBERS: usize = 100_000;

/// How much larger a member may be than it is packed. Official XML packs to a tenth; an honest file does not
/// come near this.
const RATIO: u64 = 200;

/// What a member or an archive may always unpack to, however small it is.
const ALLOWANCE: u64 = 1024 * 1024;

/// Members that only other kinds of file have, which are zip archives too.
const OFFICE: [&str; 2] = ["[Content_Types].xml", "mimetype"];

/// A zip archive that is no document itself.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    /// Bytes that may still be unpacked.
    budget: u64,
    /// Whether archives in it are opened.
    opens: bool,
}

impl<'f> Archive<&'f File> {
    /// Opens `file` where it is an archive; none where it is a text, a Word document among them.
    ///
    /// # Errors
    /// When it is a broken archive, or a document of another kind that is one.
    pub(super) fn open(file: &'f File, shown: &str) -> Result<Option<Self>, ReadError> {
        let mut magic = Vec::new();
        let mut source = file;
        let begun = source.take(4).read_to_end(&mut magic).and_then(|_| source.rewind());
        if begun.is_err() || !is_zip(&magic) {
            return Ok(None);
        }
        let packed = file.metadata().map_or(0, |facts| facts.len());
        let opened = Self::unpack(file, packed, shown);
        // A document that is a zip archive is read from its beginning.
        let _ = source.rewind();
        opened
    }
}

impl<R: Read + Seek> Archive<R> {
    fn unpack(source: R, packed: u64, shown: &str) -> Result<Option<Self>, ReadError> {
        let zip = ZipArchive::new(source).map_err(|_| {
            fault(shown, "this archive is broken or not whole; get a fresh copy of it")
        })?;
        if zip.index_for_name("word/document.xml").is_some() {
            return Ok(None);
        }
        if OFFICE.iter().any(|name| zip.index_for_name(name).is_some()) {
            let what = "this is a document of a kind that is not read, such as a spreadsheet; save it as PDF or \
                        Word";
            return Err(fault(shown, what));
        }
        let budget = packed.saturating_mul(RATIO).max(ALLOWANCE);
        Ok(Some(Self { zip, budget, opens: true }))
    }

    /// Hands every member to `each`; one that cannot be read stops no other.
    pub(super) fn members(&mut self, shown: &str, from: &str, each: &mut dyn FnMut(Found)) {
        for index in 0..self.zip.len() {
            if index >= MEMBERS {
                let what = format!("only the first {MEMBERS} files of this archive were read");
                return each(Found::Fault(fault(shown, &what)));
            }
            if self.budget == 0 {
                let what = "this archive unpacks to far more than an honest one; the rest of it was not read";
                return each(Found::Fault(fault(shown, what)));
            }
            self.member(index, shown, from, each);
        }
    }

    fn member(&mut self, index: usize, shown: &str, from: &str, each: &mut dyn FnMut(Found)) {
        let (name, locked, enclosed) = match self.zip.by_index_raw(index) {
            Ok(member) if member.is_dir() => return,
            Ok(member) => {
                let name = String::from_utf8_lossy(member.name_raw()).into_owned();
                let enclosed = member.enclosed_name().is_some() && !is_absolute(&name);
                (name, member.encrypted(), enclosed)
            }
            Err(_) => {
                return each(Found::Fault(fault(shown, "one file in this archive is broken")));
            }
        };
        let (path, from) = (format!("{shown}/{name}"), format!("{from}/{name}"));
        let kind = match taken(&name) {
            Taken::Hidden => return,
            _ if hidden(&name) => return,
            Taken::Skipped => return each(Found::Skipped(path)),
            kind => kind,
        };
        if !enclosed {
            let what = "the name of this file leads out of its archive; it was passed over";
            return each(Found::Fault(fault(&path, what)));
        }
        if locked {
            let what = "this file is locked with a password; unpack the archive and give the files";
            return each(Found::Fault(fault(&path, what)));
        }
        match self.read(index, &path) {
            Err(fault) => each(Found::Fault(fault)),
            Ok(bytes) if kind == Taken::Archive => self.within(&bytes, &path, &from, each),
            Ok(bytes) => each(Found::Text { path, from, bytes }),
        }
    }

    /// Unpacks one member, never more of it than it may hold.
    fn read(&mut self, index: usize, path: &str) -> Result<Vec<u8>, ReadError> {
        let member = self.zip.by_index(index).map_err(|error| match error {
            ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => fault(
                path,
                "this file is packed in a way that is not read; pack it as ordinary zip",
            ),
            _ => fault(path, "this file in the archive is broken; get a fresh copy"),
        })?;
        let most = member.compressed_size().saturating_mul(RATIO).max(ALLOWANCE);
        let most = most.min(LARGEST).min(self.budget);
        let mut bytes = Vec::new();
        let unpacked = member.take(most + 1).read_to_end(&mut bytes);
        let size = bytes.len() as u64;
        self.budget = self.budget.saturating_sub(size);
        match unpacked {
            Err(error) if error.kind() == ErrorKind::OutOfMemory => Err(too_large(path)),
            Err(_) => Err(fault(path, "this file in the archive is broken; get a fresh copy")),
            Ok(_) if size > LARGEST => Err(too_large(path)),
            Ok(_) if size > most => Err(fault(
                path,
                "this file unpacks to far more than an honest one; it was passed over",
            )),
            Ok(_) => Ok(bytes),
        }
    }

    /// The members of an archive within this one.
    fn within(&mut self, bytes: &[u8], path: &str, from: &str, each: &mut dyn FnMut(Found)) {
        if !self.opens {
            let what = "this archive lies within an archive within an archive; unpack it first";
            return each(Found::Fault(fault(path, what)));
        }
        let inner = if is_zip(bytes) {
            Archive::unpack(Cursor::new(bytes), bytes.len() as u64, path)
        } else {
            Err(fault(path, "this is no zip archive"))
        };
        match inner {
            // What it unpacks to is part of what the outer one may.
            Ok(Some(inner)) => {
                let mut inner =
                    Archive { opens: false, budget: self.budget.min(inner.budget), ..inner };
                let before = inner.budget;
                inner.members(path, from, each);
                self.budget -= before - inner.budget;
            }
            Ok(None) => each(Found::Text {
                path: path.to_owned(),
                from: from.to_owned(),
                bytes: bytes.to_vec(),
            }),
            Err(fault) => each(Found::Fault(fault)),
        }
    }
}

/// Whether a file begins as a zip archive does; an empty one has no member before its end.
fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether a name begins at the root of a disk, of this system or of another one.
fn is_absolute(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.get(1..2) == Some(":")
}

/// Files that systems put into archives for themselves.
fn hidden(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| part == "__MACOSX" || part.starts_with('.') && part != "..")
}

fn fault(path: &str, message: &str) -> ReadError {
    ReadError { path: path.to_owned(), at: None, message: message.to_owned() }
}
