//! Files and folders in; whether anything in them has changed since the last look out.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// A look takes at most this share of the time: a library of many thousands is looked at less often.
const SHARE: u32 = 20;

/// Nobody notices what is shown sooner.
const SOONEST: Duration = Duration::from_millis(400);

/// No tree of folders is followed deeper.
const DEEPEST: usize = 16;

/// Places that are watched.
pub(super) struct Watched {
    places: Vec<PathBuf>,
    stamp: u64,
    /// When the next look is due.
    due: Instant,
}

impl Watched {
    pub(super) fn new(places: Vec<PathBuf>) -> Self {
        let stamp = stamp(&places);
        Self { places, stamp, due: Instant::now() + SOONEST }
    }

    /// True where something has changed since the last time that this was true.
    pub(super) fn has_changed(&mut self) -> bool {
        let from = Instant::now();
        if from < self.due {
            return false;
        }
        let stamp = stamp(&self.places);
        self.due = Instant::now() + SOONEST.max(from.elapsed() * SHARE);
        std::mem::replace(&mut self.stamp, stamp) != stamp
    }
}

/// The names, lengths and times of all files, as one number.
fn stamp(places: &[PathBuf]) -> u64 {
    let mut files: Vec<(PathBuf, u64, Option<SystemTime>)> = Vec::new();
    places.iter().for_each(|place| collect(place, 0, &mut files));
    files.sort_unstable();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

fn collect(place: &Path, depth: usize, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>) {
    let Ok(facts) = fs::metadata(place) else { return };
    if facts.is_dir() && depth < DEEPEST {
        let entries = fs::read_dir(place).into_iter().flatten().flatten();
        entries.for_each(|entry| collect(&entry.path(), depth + 1, files));
    } else if facts.is_file() {
        files.push((place.to_owned(), facts.len(), facts.modified().ok()));
    }
}
