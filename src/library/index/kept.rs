//! An index and the files of its library as they are now in; the index with what has changed taken in, out.
//!
//! A file with the length and the time of writing that the index knows is taken for unchanged. Where they differ, its
//! content decides: it is read, and only what has another sum is taken in anew. A file that was read within two seconds
//! of its being written may be written again without its time telling so (as in git's index, a "racily clean" file; some
//! file systems count two seconds): its time is not kept, so that the next use compares its content.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;

use super::file::{Index, Roster};
use super::segment::{self, Found, Opened, Segment};
use super::store::{Fault, Store, sum};
use super::texts::Stamp;

/// How near its writing a file may be read without its time telling whether it was written again.
const RACY: Duration = Duration::from_secs(2);

/// More segments than these are made into one.
const MOST_SEGMENTS: usize = 16;

/// What a file says of itself before it is read.
pub(super) fn stamp(path: &Path, now: SystemTime) -> Stamp {
    let Ok(facts) = fs::metadata(path) else { return Stamp::default() };
    let modified = facts.modified().ok();
    let settled = modified.filter(|time| now.duration_since(*time).is_ok_and(|age| age > RACY));
    let modified = settled.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Stamp { len: facts.len(), modified: modified.map_or(0, |time| time.as_nanos() as u64) }
}

/// An index made current.
pub(super) struct Kept {
    pub(super) segments: Vec<Opened>,
    /// For every file where it is held; nothing for a file that the system refuses.
    pub(super) places: Vec<Option<Place>>,
}

/// Where a text is held: its segment, and its number there.
pub(super) type Place = (u32, u32);

/// What has become of a file.
#[derive(Clone, Copy)]
enum State {
    /// It is as it was.
    Same(Place),
    /// It was written again with the same content.
    Touched(Place),
    /// It is not known, or has another content.
    New,
}

/// Takes in what has changed, and writes it down where that is possible at once.
///
/// Nothing where so much has changed that the index should be made anew, unless it is `needed` all the same.
pub(super) fn keep(
    mut index: Index,
    path: &Path,
    files: &[Found],
    needed: bool,
) -> Result<Option<Kept>, Fault> {
    let mut roster = std::mem::take(&mut index.roster);
    for (segment, text, stamp) in &roster.touched {
        let opened = index.segments.get_mut(*segment as usize).ok_or(Fault::Damaged)?;
        opened.heads.get_mut(*text as usize).ok_or(Fault::Damaged)?.stamp = *stamp;
    }
    let held = held(&index, &roster);
    let mut states: Vec<State> = files.par_iter().map(|file| state(file, &held, &index)).collect();
    let known: usize = index.segments.iter().map(|opened| opened.heads.len()).sum();
    let news = states.iter().filter(|state| matches!(state, State::New)).count();
    let lost = known + news - files.len().min(known + news);
    if !needed && (index.wasted() || worn(news, known) || worn(lost, known)) {
        return Ok(None);
    }
    let (before, had) = (roster.segments.len(), (roster.gone.len(), roster.touched.len()));
    if news > 0 && before > MOST_SEGMENTS {
        for state in &mut states {
            if matches!(state, State::Same(at) | State::Touched(at) if at.0 > 0) {
                *state = State::New;
            }
        }
        roster.segments.truncate(1);
        roster.gone.retain(|gone| gone.0 == 0);
        roster.touched.retain(|touched| touched.0 == 0);
    }
    let kept: HashSet<Place> = states.iter().filter_map(State::place).collect();
    let leaves = held.values().filter(|at| !kept.contains(at));
    let leaves = leaves.filter(|at| (at.0 as usize) < roster.segments.len()).copied();
    roster.gone.extend(leaves);
    roster.gone.sort_unstable();
    for (file, state) in files.iter().zip(&states) {
        if let State::Touched(at) = state
            && file.stamp.modified != 0
        {
            roster.touched.retain(|touched| (touched.0, touched.1) != *at);
            roster.touched.push((at.0, at.1, file.stamp));
        }
    }
    let touched = states.iter().zip(files);
    let touched = touched.filter(|(s, f)| matches!(s, State::Touched(_)) && f.stamp.modified != 0);
    let restamped = touched.count() > 0;
    drop(held);
    let mut places: Vec<Option<Place>> = states.iter().map(State::place).collect();
    let (segment, bytes) = taken_in(files, &states)?;
    let added = segment.texts > 0;
    if added || restamped || had.0 != roster.gone.len() || before != roster.segments.len() {
        // The answer does not wait for the index to be written: another may be writing, or the disk be full.
        let number = roster.segments.len();
        let _ = index.append(path, roster, added.then_some((segment.clone(), bytes.as_slice())));
        index.segments.truncate(number);
    }
    if added {
        let number = index.segments.len() as u32;
        let opened = Opened::new(segment, Store::Memory(Arc::new(bytes)))?;
        let mut heads = (0..).zip(&opened.heads).peekable();
        let news = files.iter().zip(&mut places).filter(|(_, place)| place.is_none());
        for (file, place) in news {
            *place =
                heads.next_if(|(_, head)| head.name == file.name).map(|(text, _)| (number, text));
        }
        index.segments.push(opened);
    }
    Ok(Some(Kept { segments: index.segments, places }))
}

impl State {
    fn place(&self) -> Option<Place> {
        match self {
            Self::Same(place) | Self::Touched(place) => Some(*place),
            Self::New => None,
        }
    }
}

/// The texts that hold, by their names.
fn held<'i>(index: &'i Index, roster: &Roster) -> HashMap<(u32, &'i str), Place> {
    let gone: HashSet<&Place> = roster.gone.iter().collect();
    let mut held = HashMap::new();
    for (segment, opened) in (0..).zip(&index.segments) {
        for (text, head) in (0..).zip(&opened.heads) {
            if !gone.contains(&(segment, text)) {
                held.insert((head.name.0, head.name.1.as_str()), (segment, text));
            }
        }
    }
    held
}

fn state(file: &Found, held: &HashMap<(u32, &str), Place>, index: &Index) -> State {
    let Some(place) = held.get(&(file.name.0, file.name.1.as_str())) else { return State::New };
    let opened = index.segments.get(place.0 as usize);
    let Some(head) = opened.and_then(|opened| opened.heads.get(place.1 as usize)) else {
        return State::New;
    };
    if head.stamp == file.stamp && file.stamp.modified != 0 {
        return State::Same(*place);
    }
    match fs::read(&file.path) {
        Ok(bytes) if sum(&bytes) == head.content => State::Touched(*place),
        _ => State::New,
    }
}

/// A segment of the files that are new, in memory.
fn taken_in(files: &[Found], states: &[State]) -> Result<(Segment, Vec<u8>), Fault> {
    let news = files.iter().zip(states).filter(|(_, state)| matches!(state, State::New));
    let news: Vec<Found> = news.map(|(file, _)| file.clone()).collect();
    let mut bytes = Vec::new();
    if news.is_empty() {
        return Ok((Segment::default(), bytes));
    }
    let segment = segment::write(&news, &mut bytes, &|_| ())?;
    Ok((segment, bytes))
}

/// True for more than 30 of 100, where it is worth the trouble.
fn worn(part: usize, all: usize) -> bool {
    part > 500 && part * 10 > all * 3
}
