//! Word files, and what is to be said in them, in; the same files with comments, colours and tracked changes out.

pub(super) mod annotated;
pub(super) mod calls;
pub(super) mod clean;
pub(super) mod comments;
mod fields;
pub(super) mod file;
pub(super) mod lines;
pub(super) mod markup;
pub(super) mod notes;
pub(super) mod numbers;
mod own;
mod packing;
mod parts;
pub(super) mod patch;
pub(super) mod story;
pub(super) mod units;

pub use markup::Signature;
