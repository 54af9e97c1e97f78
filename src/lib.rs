//! Drafts and agreed texts in; every paragraph linked to the agreed language it rests on, and marked, out.

pub mod ask;
pub mod check;
pub mod cite;
pub mod compare;
pub mod library;
pub mod mark;
pub mod model;
mod ooxml;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod reuse;
mod rooms;
pub mod text;
