//! A large library in; a file that answers for it without its texts being read again, out.
//!
//! The file lies in the cache folder of the system, never beside the references. It is made when asked for, and from
//! then on keeps itself current: see `kept`. How it is written and what makes it safe is told in `file`, what it
//! holds in `segment` and `postings`, how it is asked in `query`. What it answers is what streaming the library
//! past the drafts gives; it can be removed at any time, and is only ever faster.

mod bits;
mod coded;
mod file;
mod forms;
mod kept;
mod postings;
mod query;
mod rice;
mod segment;
mod store;
mod tally;
mod texts;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use self::file::Index;
use self::kept::{Kept, Place};
use self::query::Hits;
use self::segment::Found;
use self::store::Fault;
use super::{Files, cannot_open, files, unreadable};
use crate::model::{Entry, Finding, Hit, Library, Sieve};
use crate::read::ReadError;

/// An index made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The file.
    pub path: PathBuf,
    /// Files of the library that were taken in.
    pub files: usize,
    /// Bytes of these files, and of the index.
    pub bytes: (u64, u64),
}

/// Makes the index of the library in `places` anew, in the folder `indexes`; `told` hears how many of how many files
/// are read.
///
/// # Errors
/// When a place cannot be opened, the index cannot be written, or another is writing it.
pub fn build(
    places: &[PathBuf],
    indexes: &Path,
    told: &(dyn Fn(usize, usize) + Sync),
) -> Result<Built, ReadError> {
    let files = files(places)?;
    let home = Home::of(places, indexes)?;
    let found = found(places, &files.paths);
    let count = found.len();
    let failed = |message: String| ReadError { path: home.shown(), at: None, message };
    match file::create(&home.path, &home.places, &found, &|done| told(done.min(count), count)) {
        Ok(Some(size)) => {
            let bytes = (found.iter().map(|file| file.stamp.len).sum(), size);
            Ok(Built { path: home.path, files: count, bytes })
        }
        Ok(None) => Err(failed("another adref is making this index; wait for it to end".into())),
        Err(Fault::Refused(error)) => Err(failed(format!("the index cannot be written: {error}"))),
        Err(Fault::Damaged) => Err(failed("the index cannot be written".into())),
    }
}

/// Removes the index of the library in `places`; false where there was none.
///
/// # Errors
/// When a place does not exist, or the index cannot be removed.
pub fn remove(places: &[PathBuf], indexes: &Path) -> Result<bool, ReadError> {
    let home = Home::of(places, indexes)?;
    file::remove(&home.path).map_err(|error| cannot_open(&home.path, &error))
}

/// Where the index of some places is.
struct Home {
    path: PathBuf,
    /// The places as they are called from everywhere.
    places: Vec<String>,
}

impl Home {
    fn of(places: &[PathBuf], indexes: &Path) -> Result<Self, ReadError> {
        let full = |place: &PathBuf| {
            let full = fs::canonicalize(place).map_err(|error| cannot_open(place, &error))?;
            Ok(full.display().to_string())
        };
        let places = places.iter().map(full).collect::<Result<Vec<String>, ReadError>>()?;
        let name = format!("{:016x}.adref", store::sum(places.join("\0").as_bytes()));
        Ok(Self { path: indexes.join(name), places })
    }

    /// The index, where there is one.
    fn open(&self) -> Result<Option<Index>, Fault> {
        Index::open(&self.path, &self.places)
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }
}

/// The files with what they say of themselves before they are read.
fn found(places: &[PathBuf], paths: &[PathBuf]) -> Vec<Found> {
    let now = SystemTime::now();
    let found = |path: &PathBuf| {
        let mut inside =
            (0..).zip(places).filter_map(|(at, p)| Some((at, path.strip_prefix(p).ok()?)));
        let (place, rest) = inside.next().unwrap_or((u32::MAX, path));
        let name = (place, rest.display().to_string());
        Found { path: path.clone(), name, stamp: kept::stamp(path, now) }
    };
    paths.par_iter().map(found).collect()
}

/// What an index says of a library, if there is one, to a sieve; `notes` takes what is to be said of the index.
pub(super) fn sift<S: Sieve>(
    places: &[PathBuf],
    files: &Files,
    sieve: &S,
    indexes: &Path,
    notes: &mut Vec<Finding>,
) -> Option<Library> {
    let home = Home::of(places, indexes).ok()?;
    // Without a file there is nothing to be asked, and nothing to be said.
    home.path.is_file().then_some(())?;
    let (found, index) = rayon::join(|| found(places, &files.paths), || home.open());
    let asked = match index.and_then(|index| kept(&home, index, &found, false)) {
        Ok(Some(kept)) => answer(kept, &files.paths, sieve),
        Ok(None) => return None,
        Err(fault) => Err(fault),
    };
    match asked {
        Ok(library) => Some(library),
        Err(Fault::Refused(_)) => None,
        Err(Fault::Damaged) => {
            let made = file::create(&home.path, &home.places, &found, &|_| ());
            let (message, made) = match made {
                Ok(Some(_)) => {
                    ("this index was damaged or of another version; it was made anew", true)
                }
                _ => ("this index is damaged or of another version; it was not used", false),
            };
            notes.push(Finding::note("index", &home.shown(), message));
            let index = made.then(|| home.open().ok()).flatten()?;
            let kept = kept(&home, index, &found, true).ok().flatten()?;
            answer(kept, &files.paths, sieve).ok()
        }
    }
}

/// The index as it is now; it is made anew where too much of it no longer holds.
fn kept(
    home: &Home,
    index: Option<Index>,
    found: &[Found],
    needed: bool,
) -> Result<Option<Kept>, Fault> {
    let Some(index) = index else { return Ok(None) };
    if let Some(kept) = kept::keep(index, &home.path, found, needed)? {
        return Ok(Some(kept));
    }
    // Where it cannot be made anew, what there is of it still answers.
    let _ = file::create(&home.path, &home.places, found, &|_| ());
    match home.open()? {
        Some(index) => kept::keep(index, &home.path, found, true),
        None => Ok(None),
    }
}

/// An entry that may be worth reading: where its text is held, and what in it may matter.
struct Candidate {
    place: Place,
    hits: Vec<Hit>,
    /// For each hit the number of the paragraph in the text, and the draft's paragraph.
    paragraphs: Vec<(u32, u32)>,
}

fn answer<S: Sieve>(kept: Kept, paths: &[PathBuf], sieve: &S) -> Result<Library, Fault> {
    let mut library = Library { sifted: true, ..Library::default() };
    let mut entries: Vec<Vec<u32>> =
        kept.segments.iter().map(|opened| vec![u32::MAX; opened.heads.len()]).collect();
    let mut candidates = Vec::with_capacity(paths.len());
    let read = paths.par_iter().zip(&kept.places).map(|(path, place)| match place {
        Some(place) => entry(&kept.segments, *place, path),
        None => Ok(Err(refused(path))),
    });
    let read: Vec<Result<Entry, ReadError>> = read.collect::<Result<_, Fault>>()?;
    for (read, place) in read.into_iter().zip(&kept.places) {
        match read {
            Ok(entry) => {
                let place = place.unwrap_or_default();
                let entries = entries.get_mut(place.0 as usize);
                if let Some(slot) = entries.and_then(|e| e.get_mut(place.1 as usize)) {
                    *slot = candidates.len() as u32;
                }
                library.entries.push(entry);
                candidates.push(Candidate { place, hits: Vec::new(), paragraphs: Vec::new() });
            }
            Err(error) => library.findings.push(unreadable(error)),
        }
    }
    let count = library.paragraph_count();
    for (opened, entries) in kept.segments.iter().zip(&entries) {
        let holds = |text: usize| entries.get(text).is_some_and(|entry| *entry != u32::MAX);
        let hits: Hits = query::hits(opened, holds, sieve, count)?;
        let mut rest = hits.as_slice();
        while let Some((paragraph, _)) = rest.first() {
            let text = opened.text_of(*paragraph);
            let head = opened.heads.get(text).ok_or(Fault::Damaged)?;
            let end = head.first + head.paragraphs;
            let (own, after) = rest.split_at(rest.partition_point(|(at, _)| *at < end));
            rest = after;
            let entry = entries.get(text).and_then(|entry| candidates.get_mut(*entry as usize));
            if let Some(candidate) = entry {
                candidate.hits = own.iter().map(|(_, hit)| *hit).collect();
                candidate.paragraphs =
                    own.iter().map(|(at, hit)| (at - head.first, hit.draft)).collect();
            }
        }
    }
    let hits: Vec<Vec<Hit>> =
        candidates.iter_mut().map(|candidate| std::mem::take(&mut candidate.hits)).collect();
    let worth = sieve.worth_reading(&hits);
    let entries = library.entries.par_iter_mut().zip(&candidates).zip(worth);
    entries.filter(|(_, worth)| !worth.is_empty()).try_for_each_init(
        Vec::new,
        |room, ((entry, candidate), worth)| {
            let (segment, text) = candidate.place;
            let opened = kept.segments.get(segment as usize).ok_or(Fault::Damaged)?;
            let mut hits = candidate.paragraphs.iter().filter(|(_, draft)| worth.contains(draft));
            let mut next = hits.next();
            let wanted = |number: u32| {
                let wanted = next.is_some_and(|(own, _)| *own == number);
                while next.is_some_and(|(own, _)| *own <= number) {
                    next = hits.next();
                }
                wanted
            };
            entry.text.paragraphs = opened.unpack(text as usize, wanted, room)?;
            Ok::<(), Fault>(())
        },
    )?;
    // To give back so many small pieces of memory takes a moment, which the answer need not wait for.
    rayon::spawn(move || drop((kept, candidates)));
    Ok(library)
}

fn entry(
    segments: &[segment::Opened],
    place: Place,
    path: &Path,
) -> Result<Result<Entry, ReadError>, Fault> {
    let opened = segments.get(place.0 as usize);
    let head = opened.and_then(|opened| opened.heads.get(place.1 as usize));
    Ok(head.ok_or(Fault::Damaged)?.entry(path))
}

/// What to say of a file that is in no index because it could not be opened.
fn refused(path: &Path) -> ReadError {
    let changed = || std::io::Error::other("it changed while it was being read");
    cannot_open(path, &fs::File::open(path).err().unwrap_or_else(changed))
}
