//! How far work has come in; a line on standard error, in a terminal and for long work only, out.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use adref::report::sanitized;

/// Work that is over sooner shows nothing.
const LONG: Duration = Duration::from_millis(700);

/// A line that tells how far work has come.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { bar: ProgressBar::hidden(), begun: Instant::now(), shown: false }
    }

    /// Says that `done` files are done, and what is at hand.
    pub(super) fn tell(&mut self, done: usize, at: &str) {
        if !self.shown && self.begun.elapsed() > LONG {
            self.shown = true;
            // Draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} · {wide_msg}") {
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
