//! Segments in; a file that holds them, of which readers always see a whole state, out.
//!
//! The file begins with its version and two slots. A slot says which generation it is, where the roster of that
//! generation lies and where the file ends for it; the sound slot with the higher generation counts. A writer puts new
//! segments and a new roster behind that end, makes them safe, and only then writes the other slot: killed at any
//! moment, it leaves the old generation as it was (as LMDB does it). A reader looks at nothing beyond the end that its
//! generation gives. To be made anew, the file is written beside its place and renamed; who has the old one open keeps
//! it. Writers hold a lock on a file beside it; one who does not get it at once goes without writing.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::segment::{self, Found, Opened, Segment};
use super::store::{Fault, Section, Store, read, sum, written};
use super::texts::Stamp;

/// Says what the file is, and which version of its form it has.
const MARK: &[u8; 16] = b"adref index 0006";

/// Where the slots lie: in sectors of their own, so that writing one cannot spoil the other.
const SLOTS: [u64; 2] = [512, 1024];

/// Where the first segment begins.
const HEADER: usize = 4096;

/// A generation of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Slot {
    generation: u64,
    /// The roster, and the sum of its bytes.
    at: u64,
    len: u64,
    sum: u64,
    /// Where the file ends.
    end: u64,
}

const SLOT: usize = 48;

impl Slot {
    fn write(self) -> Vec<u8> {
        let Self { generation, at, len, sum: roster, end } = self;
        let fields = [generation, at, len, roster, end].into_iter();
        let mut bytes: Vec<u8> = fields.flat_map(u64::to_le_bytes).collect();
        bytes.extend(sum(&bytes).to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (fields, sealed) = bytes.get(..SLOT)?.split_last_chunk::<8>()?;
        if sum(fields) != u64::from_le_bytes(*sealed) {
            return None;
        }
        let mut fields = fields.chunks_exact(8).filter_map(|f| f.try_into().ok());
        let mut next = || fields.next().map(u64::from_le_bytes);
        Some(Self { generation: next()?, at: next()?, len: next()?, sum: next()?, end: next()? })
    }
}

/// What a generation holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Roster {
    /// The places of the library, with nothing in them that depends on where one stands.
    pub(super) places: Vec<String>,
    pub(super) segments: Vec<Segment>,
    /// Texts that no longer hold: segment and number.
    pub(super) gone: Vec<(u32, u32)>,
    /// Texts whose file was written again with the same content.
    pub(super) touched: Vec<(u32, u32, Stamp)>,
}

/// An index opened.
#[derive(Debug)]
pub(super) struct Index {
    slot: Slot,
    pub(super) roster: Roster,
    pub(super) segments: Vec<Opened>,
}

impl Index {
    /// Opens the index of these places; nothing where there is none.
    pub(super) fn open(path: &Path, places: &[String]) -> Result<Option<Self>, Fault> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let slot = current(&file)?;
        let file = Arc::new(file);
        let store = Store::File(Arc::clone(&file), 0..slot.end);
        let roster = store.section(Section { at: slot.at, len: slot.len, sum: slot.sum })?;
        let roster: Roster = read(roster.as_slice())?;
        if roster.places != places {
            return Err(Fault::Damaged);
        }
        let segments = roster.segments.iter().map(|segment| {
            Opened::new(segment.clone(), Store::File(Arc::clone(&file), segment.at..slot.end))
        });
        let segments = segments.collect::<Result<_, _>>()?;
        Ok(Some(Self { slot, roster, segments }))
    }

    /// Adds a segment, where there is one, and puts `roster` in the place of the old; false where another is writing or
    /// has written since this index was opened.
    pub(super) fn append(
        &self,
        path: &Path,
        mut roster: Roster,
        segment: Option<(Segment, &[u8])>,
    ) -> Result<bool, Fault> {
        let Some(_lock) = lock(path)? else { return Ok(false) };
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        if current(&file)? != self.slot {
            return Ok(false);
        }
        let mut end = self.slot.end;
        file.seek(SeekFrom::Start(end))?;
        if let Some((mut segment, bytes)) = segment {
            segment.at = end;
            file.write_all(bytes)?;
            end += bytes.len() as u64;
            roster.segments.push(segment);
        }
        let roster = written(&roster)?;
        file.write_all(&roster)?;
        let Section { at, len, sum } = Section::of(end, &roster);
        let generation = self.slot.generation + 1;
        let slot = Slot { generation, at, len, sum, end: end + len };
        file.sync_data()?;
        file.seek(SeekFrom::Start(place_of(generation)))?;
        file.write_all(&slot.write())?;
        file.sync_data()?;
        Ok(true)
    }

    /// True when more than 30 of 100 bytes of the file belong to former generations.
    pub(super) fn wasted(&self) -> bool {
        let used: u64 = self.segments.iter().map(|opened| opened.segment.len).sum();
        let wasted = self.slot.end.saturating_sub(used + self.slot.len + HEADER as u64);
        wasted > 1 << 20 && wasted * 10 > self.slot.end * 3
    }
}

fn place_of(generation: u64) -> u64 {
    SLOTS[(generation % 2) as usize]
}

/// The slot that counts.
fn current(mut file: &File) -> Result<Slot, Fault> {
    let mut header = [0; HEADER];
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut header).map_err(|_| Fault::Damaged)?;
    if !header.starts_with(MARK) {
        return Err(Fault::Damaged);
    }
    let slots = SLOTS.iter().filter_map(|at| Slot::read(header.get(*at as usize..)?));
    let slot = slots.max_by_key(|slot| slot.generation).ok_or(Fault::Damaged)?;
    if slot.end > file.metadata()?.len() {
        return Err(Fault::Damaged);
    }
    Ok(slot)
}

/// Makes an index of these files anew; nothing where another is writing it. Its size in bytes.
pub(super) fn create(
    path: &Path,
    places: &[String],
    files: &[Found],
    told: &(dyn Fn(usize) + Sync),
) -> Result<Option<u64>, Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let Some(_lock) = lock(path)? else { return Ok(None) };
    // Under the lock nobody else writes here; what a killed writer left is written over.
    let part = path.with_extension("part");
    let written = write(&part, places, files, told);
    let written = written.and_then(|size| {
        fs::rename(&part, path)?;
        Ok(Some(size))
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

fn write(
    path: &Path,
    places: &[String],
    files: &[Found],
    told: &(dyn Fn(usize) + Sync),
) -> Result<u64, Fault> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    out.write_all(&[0; HEADER])?;
    let mut segment = segment::write(files, &mut out, told)?;
    segment.at = HEADER as u64;
    let end = segment.at + segment.len;
    let roster = Roster { places: places.to_vec(), segments: vec![segment], ..Roster::default() };
    let roster = written(&roster)?;
    out.write_all(&roster)?;
    let Section { at, len, sum } = Section::of(end, &roster);
    let slot = Slot { generation: 1, at, len, sum, end: end + len };
    out.seek(SeekFrom::Start(place_of(slot.generation)))?;
    out.write_all(&slot.write())?;
    out.seek(SeekFrom::Start(0))?;
    out.write_all(MARK)?;
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(slot.end)
}

/// Takes the lock of an index, where nobody has it; it is given back when the file is closed, or its process ends.
fn lock(path: &Path) -> Result<Option<File>, Fault> {
    let beside: PathBuf = path.with_extension("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside)?;
    // A system without locks is treated as one where another has it.
    Ok(fs4::FileExt::try_lock(&file).is_ok().then_some(file))
}

/// Removes an index; false where there was none.
pub(super) fn remove(path: &Path) -> std::io::Result<bool> {
    let _ = fs::remove_file(path.with_extension("part"));
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
