//! An index file or a piece of memory in; stretches of its bytes, checked, out.
//!
//! Only as much of a file is mapped at a time as is being read: pages that were looked at count as memory used, and
//! look-ups all over a large file would soon make all of it count.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use memmap2::{Mmap, MmapOptions};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

/// Why an index cannot be used.
#[derive(Debug)]
pub(super) enum Fault {
    /// Its bytes are not what was written, or were written by another version.
    Damaged,
    /// The system refuses it.
    Refused(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Refused(error)
    }
}

/// Where bytes come from.
#[derive(Clone, Debug)]
pub(super) enum Store {
    /// A file, between these bytes.
    File(Arc<File>, Range<u64>),
    /// Memory.
    Memory(Arc<Vec<u8>>),
}

/// A stretch of a store.
#[derive(Debug)]
pub(super) enum Bytes<'s> {
    Mapped(Mmap),
    Held(&'s [u8]),
}

impl Bytes<'_> {
    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Held(bytes) => bytes,
        }
    }
}

/// Where a piece of data lies in its store, and the sum of its bytes.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Section {
    pub(super) at: u64,
    pub(super) len: u64,
    pub(super) sum: u64,
}

impl Section {
    pub(super) fn of(at: u64, bytes: &[u8]) -> Self {
        Self { at, len: bytes.len() as u64, sum: sum(bytes) }
    }
}

/// The checksum of some bytes: XXH3, 64 bits.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

impl Store {
    /// So many bytes from byte `at` on.
    pub(super) fn bytes(&self, at: u64, len: u64) -> Result<Bytes<'_>, Fault> {
        let end = at.checked_add(len).ok_or(Fault::Damaged)?;
        match self {
            Self::Memory(bytes) => {
                let held = bytes.get(at as usize..end as usize).ok_or(Fault::Damaged)?;
                Ok(Bytes::Held(held))
            }
            Self::File(..) if len == 0 => Ok(Bytes::Held(&[])),
            Self::File(file, all) => {
                Ok(Bytes::Mapped(map(file, inside(all, at, len)?, len as usize)?))
            }
        }
    }

    /// So many bytes from byte `at` on, read into `room`: to map a few and give them back would cost more.
    pub(super) fn few<'b>(
        &'b self,
        at: u64,
        len: u64,
        room: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], Fault> {
        match self {
            Self::Memory(bytes) => {
                let end = at.checked_add(len).ok_or(Fault::Damaged)?;
                bytes.get(at as usize..end as usize).ok_or(Fault::Damaged)
            }
            Self::File(file, all) => {
                let from = inside(all, at, len)?;
                room.resize(len as usize, 0);
                read_at(file, from, room)?;
                Ok(room.as_slice())
            }
        }
    }

    /// A small section, when its sum is right, read into `room`.
    pub(super) fn small<'b>(
        &'b self,
        section: Section,
        room: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], Fault> {
        let bytes = self.few(section.at, section.len, room)?;
        if sum(bytes) == section.sum { Ok(bytes) } else { Err(Fault::Damaged) }
    }

    /// A section, when its sum is right.
    pub(super) fn section(&self, section: Section) -> Result<Bytes<'_>, Fault> {
        let bytes = self.bytes(section.at, section.len)?;
        if sum(bytes.as_slice()) == section.sum { Ok(bytes) } else { Err(Fault::Damaged) }
    }
}

/// Where so many bytes begin that lie at byte `at` of a stretch, when it holds all of them.
fn inside(all: &Range<u64>, at: u64, len: u64) -> Result<u64, Fault> {
    let from = all.start.checked_add(at).ok_or(Fault::Damaged)?;
    let to = from.checked_add(len).ok_or(Fault::Damaged)?;
    if to <= all.end { Ok(from) } else { Err(Fault::Damaged) }
}

/// Fills `room` from byte `at` of a file on, without moving the place that others read it from.
#[cfg(unix)]
fn read_at(file: &File, at: u64, room: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, room, at)
}

/// Fills `room` from byte `at` of a file on.
#[cfg(not(unix))]
fn read_at(file: &File, at: u64, room: &mut [u8]) -> io::Result<()> {
    room.copy_from_slice(&map(file, at, room.len())?);
    Ok(())
}

/// Maps a stretch of a file.
#[allow(
    unsafe_code,
    reason = "a mapped file must not be cut short or changed where it is mapped. Writers of an index hold a lock, \
              append behind everything that a reader was told of, and replace the file as a whole by renaming; they \
              never shorten it. All that is read from it is checked as if it came from a stranger."
)]
fn map(file: &File, at: u64, len: usize) -> io::Result<Mmap> {
    unsafe { MmapOptions::new().offset(at).len(len).map(file) }
}

/// Reads what [`written`] wrote.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    postcard::from_bytes(bytes).map_err(|_| Fault::Damaged)
}

/// A value as bytes.
pub(super) fn written<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(io::Error::other)
}

/// Reads a number of four bytes.
pub(super) fn number(bytes: &[u8], index: usize) -> Result<u32, Fault> {
    let at = index.checked_mul(4).ok_or(Fault::Damaged)?;
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk).ok_or(Fault::Damaged)?;
    Ok(u32::from_le_bytes(*four))
}

/// Numbers of four bytes each.
pub(super) fn numbers(values: impl Iterator<Item = u32>) -> Vec<u8> {
    values.flat_map(u32::to_le_bytes).collect()
}

/// Adds a number, seven bits a byte, the lowest first (LEB128).
pub(super) fn push(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Takes a number that [`push`] added.
#[inline]
pub(super) fn take(bytes: &mut &[u8]) -> Result<u64, Fault> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (first, rest) = bytes.split_first().ok_or(Fault::Damaged)?;
        *bytes = rest;
        value |= u64::from(first & 0x7F) << shift;
        if *first < 0x80 {
            return Ok(value);
        }
        shift += 7;
        if shift > 63 {
            return Err(Fault::Damaged);
        }
    }
}
