//! How far work has come in; a line on standard error, in a terminal and for long work only, out. On a build server
//! (where `CI` is set) nobody looks on, and nothing is shown.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use adref::report::sanitized;

/// Work that is over sooner shows nothing.
const LONG: Duration = Duration::from_millis(700);

/// A line that tells how far work has come.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    /// True once it is drawn, and where it never will be.
    settled: bool,
    template: &'static str,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            begun: Instant::now(),
            settled: std::env::var_os("CI").is_some_and(|set| !set.is_empty()),
            template: "{spinner} {pos} · {wide_msg}",
        }
    }

    /// Work on so many files.
    pub(super) fn of(total: usize) -> Self {
        let mut new = Self::new();
        new.template = "{bar:20} {pos} of {len} · {wide_msg}";
        new.bar.set_length(total as u64);
        new
    }

    /// Says that one more file is done.
    pub(super) fn done(&mut self, at: &str) {
        let done = self.bar.position() + 1;
        self.tell(usize::try_from(done).unwrap_or(usize::MAX), at);
    }

    /// Says that `done` files are done, and what is at hand.
    pub(super) fn tell(&mut self, done: usize, at: &str) {
        if !self.settled && self.begun.elapsed() > LONG {
            self.settled = true;
            // Draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(self.template) {
                self.bar.set_style(style);
            }
        }
        self.bar.set_position(done as u64);
        self.bar.set_message(sanitized(at).replace('\n', " "));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
