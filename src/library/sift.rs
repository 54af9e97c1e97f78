//! Files of references and what drafts look for in; a library with the paragraphs that may be their sources, out.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Holding, audit, cannot_open, files, index, layers, not_read, unreadable};
use crate::model::{Draft, Entry, Finding, Hit, Library, Paragraph, Sieve};
use crate::read::{self, ReadError, Skimmed};
use crate::rooms::Rooms;

/// From so many files on, reading them anew each time is worth an index.
const MANY: usize = 2_000;

/// Reads the references in `places`: all of them where they are few; of many, what each says of itself and only
/// the paragraphs that `sieve` finds worth reading.
///
/// A file that cannot be read becomes an error among the findings and stops no other.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn sift<S: Sieve>(
    places: &[PathBuf],
    sieve: &S,
    holding: &Holding,
) -> Result<Library, ReadError> {
    let files = files(places)?;
    if files.paths.len() <= holding.few {
        return super::load(places);
    }
    let mut notes = Vec::new();
    let indexes = holding.indexes.as_deref();
    let known = indexes.and_then(|folder| index::sift(places, &files, sieve, folder, &mut notes));
    let mut library = known.unwrap_or_else(|| {
        if indexes.is_some() && files.paths.len() > MANY && notes.is_empty() {
            let place = places.first().map_or(String::new(), |place| place.display().to_string());
            let note = format!("all {} files of this library were read", files.paths.len());
            let help = "`adref references index` makes an index, with which this takes a moment";
            notes.push(Finding::note("no-index", &place, note).help(help));
        }
        stream(&files.paths, sieve)
    });
    library.places = places.iter().map(|p| p.display().to_string()).collect();
    library.findings.splice(0..0, notes);
    library.findings.extend(not_read(&files.unread));
    layers::layer(&mut library);
    audit::audit(&mut library);
    Ok(library)
}

/// Reads every file past the sieve.
fn stream<S: Sieve>(paths: &[PathBuf], sieve: &S) -> Library {
    let mut library = Library { sifted: true, ..Library::default() };
    let mut hits = Vec::with_capacity(paths.len());
    let mut kept = Vec::with_capacity(paths.len());
    let rooms = Rooms::<(Vec<u8>, S::Room)>::new();
    let looked: Vec<Result<Looked, ReadError>> = paths
        .par_iter()
        .map(|path| rooms.with(|(bytes, room)| look(path, paths.len(), sieve, bytes, room)))
        .collect();
    for result in looked {
        match result {
            Ok(looked) => {
                library.entries.push(looked.entry);
                hits.push(looked.hits);
                kept.push(looked.kept);
            }
            Err(error) => library.findings.push(unreadable(error)),
        }
    }
    let count = library.paragraph_count();
    let holds = |hit: &Hit| sieve.holds(hit, count);
    hits.iter_mut().for_each(|hits| hits.retain(holds));
    let worth = sieve.worth_reading(&hits);
    // A room is shown a text once.
    let rooms = Rooms::<(Vec<u8>, S::Room)>::new();
    let entries = library.entries.par_iter_mut().zip(kept).zip(worth);
    let again = |path: &str| {
        rooms.with(|(bytes, room)| {
            let text = read_whole(Path::new(path), bytes)?;
            Ok(looked_at(text, count, sieve, room))
        })
    };
    let faults: Vec<ReadError> = entries
        .filter(|(_, worth)| !worth.is_empty())
        .map(|((entry, kept), worth)| {
            let all = kept.map_or_else(|| again(&entry.text.path), Ok)?;
            let wanted = |hit: &Hit| holds(hit) && worth.contains(&hit.draft);
            let wanted = all.into_iter().filter(|(_, hits)| hits.iter().any(wanted));
            entry.text.paragraphs = wanted.map(|(paragraph, _)| paragraph).collect();
            Ok(())
        })
        .filter_map(Result::err)
        .collect();
    library.findings.extend(faults.into_iter().map(unreadable));
    library
}

/// A reference looked through.
struct Looked {
    entry: Entry,
    hits: Vec<Hit>,
    /// Its paragraphs that may matter, where it had to be read closely to be looked through.
    kept: Option<Vec<(Paragraph, Vec<Hit>)>>,
}

fn look<S: Sieve>(
    path: &Path,
    least: usize,
    sieve: &S,
    bytes: &mut Vec<u8>,
    room: &mut S::Room,
) -> Result<Looked, ReadError> {
    let name = path.display().to_string();
    fill(path, bytes)?;
    let mut hits = Vec::new();
    match read::skim(&name, bytes)? {
        Skimmed::Loose { front, body } => {
            let mut paragraphs = 0;
            for text in read::loose_paragraphs(body) {
                paragraphs += 1;
                sieve.look(&read::loose_words(text), least, room, &mut hits);
            }
            let mut entry = Entry::new(Draft { path: name, front: *front, ..Draft::default() });
            entry.paragraphs = paragraphs;
            Ok(Looked { entry, hits, kept: None })
        }
        Skimmed::Close(draft) => {
            let count = draft.paragraphs.len();
            let front = draft.front.clone();
            let kept = looked_at(*draft, least, sieve, room);
            hits.extend(kept.iter().flat_map(|(_, hits)| hits));
            let text = Draft { path: name, front, ..Draft::default() };
            let mut entry = Entry::new(text);
            entry.paragraphs = count;
            Ok(Looked { entry, hits, kept: Some(kept) })
        }
    }
}

/// The paragraphs of a text that may be a source in a library of at least so many, and of what.
///
/// Each is looked at once: a sieve may count what it has let through.
fn looked_at<S: Sieve>(
    text: Draft,
    least: usize,
    sieve: &S,
    room: &mut S::Room,
) -> Vec<(Paragraph, Vec<Hit>)> {
    let mut looked = Vec::new();
    for paragraph in text.paragraphs {
        let mut hits = Vec::new();
        sieve.look(&paragraph.text, least, room, &mut hits);
        if !hits.is_empty() {
            looked.push((paragraph, hits));
        }
    }
    looked
}

fn read_whole(path: &Path, bytes: &mut Vec<u8>) -> Result<Draft, ReadError> {
    fill(path, bytes)?;
    read::read(&path.display().to_string(), bytes)
}

/// Reads a file into room that is used again for the next.
fn fill(path: &Path, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    bytes.clear();
    let read = File::open(path).and_then(|mut file| file.read_to_end(bytes));
    read.map(|_| ()).map_err(|error| cannot_open(path, &error))
}
