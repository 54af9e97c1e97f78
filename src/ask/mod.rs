//! Words and a library in; where they stand in it, how they changed through its texts, or what it has on their
//! subject, out.

mod apart;
mod passage;
mod phrase;
mod search;
mod seek;
mod spelling;
mod subject;
mod suggest;
mod trace;

pub use phrase::{Closeness, Phrase};
pub use search::{Order, search};
pub use seek::Seek;
pub use subject::Subject;
pub use suggest::suggest;
pub use trace::{sentences_of, trace};
