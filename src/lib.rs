//! Drafts and agreed texts in; every paragraph linked to the agreed language it rests on, and marked, out.

pub mod cite;
pub mod model;
pub mod read;
pub mod text;
