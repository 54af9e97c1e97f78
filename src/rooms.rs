//! A kind of room to work in, in; one for each thread that works, made once and used again, out.

use std::sync::{Mutex, PoisonError};

/// Room to work in, for each thread.
#[derive(Debug)]
pub(crate) struct Rooms<T>(Vec<Mutex<T>>);

impl<T: Default> Rooms<T> {
    /// As much as there are threads.
    pub(crate) fn new() -> Self {
        Self((0..rayon::current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// Does some work in the room of this thread. The work must give none of its parts to other threads: one that waits
    /// for them might begin another piece of work, which would wait for this room.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let own = rayon::current_thread_index().and_then(|thread| self.0.get(thread));
        match own {
            Some(room) => work(&mut room.lock().unwrap_or_else(PoisonError::into_inner)),
            None => work(&mut T::default()),
        }
    }
}
