//! Texts read in; what is stored of each — what it says of itself, and its paragraphs, packed — and back.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::coded::{Coder, Decoder};
use super::store::{Fault, Section, push, read, sum, take, written};
use crate::model::{Draft, Entry, Extent, FrontMatter, Paragraph, Position};
use crate::read::{self as reader, ReadError, Skimmed};

/// What tells that a file is still the one that was read, without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Bytes.
    pub(super) len: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where that tells nothing, because it was written so
    /// shortly before it was read that it may have been written again without a change of this time.
    pub(super) modified: u64,
}

/// A text of a library as an index knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// The place it stands in, by its number, and the path from there.
    pub(super) name: (u32, String),
    pub(super) stamp: Stamp,
    /// The sum of the file's bytes.
    pub(super) content: u64,
    /// Why it could not be read: the place and the message.
    pub(super) fault: Option<(Option<Position>, String)>,
    front: StoredFront,
    /// How many paragraphs it has, as they are counted without a close reading.
    roughly: u32,
    /// How many paragraphs are stored, and the number of the first in its segment.
    pub(super) paragraphs: u32,
    pub(super) first: u32,
    /// Its paragraphs, packed.
    pub(super) packed: Section,
}

/// [`FrontMatter`] with the keys that are not known as YAML.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct StoredFront {
    symbol: Option<String>,
    annex: Option<String>,
    title: Option<String>,
    names: Vec<String>,
    body: Option<String>,
    adopted: Option<String>,
    full: Option<bool>,
    superseded_by: Option<String>,
    note: Option<String>,
    url: Option<String>,
    stage: Option<String>,
    date: Option<String>,
    sources: Vec<String>,
    other: Option<String>,
}

impl StoredFront {
    fn new(front: FrontMatter) -> Self {
        let other = (!front.other.is_empty()).then(|| serde_yaml::to_string(&front.other).ok());
        Self {
            symbol: front.symbol,
            annex: front.annex,
            title: front.title,
            names: front.names,
            body: front.body,
            adopted: front.adopted,
            full: front.extent.map(|extent| extent == Extent::Full),
            superseded_by: front.superseded_by,
            note: front.note,
            url: front.url,
            stage: front.stage,
            date: front.date,
            sources: front.sources,
            other: other.flatten(),
        }
    }

    fn restored(self) -> FrontMatter {
        let other = self.other.and_then(|yaml| serde_yaml::from_str(&yaml).ok());
        FrontMatter {
            symbol: self.symbol,
            annex: self.annex,
            title: self.title,
            names: self.names,
            body: self.body,
            adopted: self.adopted,
            extent: self.full.map(|full| if full { Extent::Full } else { Extent::Excerpts }),
            superseded_by: self.superseded_by,
            note: self.note,
            url: self.url,
            stage: self.stage,
            date: self.date,
            sources: self.sources,
            other: other.unwrap_or_default(),
        }
    }
}

/// A text read for an index.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) head: Head,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Reads a file for an index; a file that is at fault is known with its fault.
pub(super) fn taken(path: &Path, name: (u32, String), stamp: Stamp, bytes: &[u8]) -> Taken {
    let shown = path.display().to_string();
    let mut head = Head {
        name,
        stamp,
        content: sum(bytes),
        fault: None,
        front: StoredFront::default(),
        roughly: 0,
        paragraphs: 0,
        first: 0,
        packed: Section::default(),
    };
    // As many are counted as without an index, so that chance is reckoned with alike.
    let counted = reader::skim(&shown, bytes).and_then(|skimmed| match skimmed {
        Skimmed::Loose { body, .. } => {
            let count = reader::loose_paragraphs(body).count();
            reader::read(&shown, bytes).map(|draft| (count, draft))
        }
        Skimmed::Close(draft) => Ok((draft.paragraphs.len(), *draft)),
    });
    match counted {
        Ok((count, draft)) => {
            head.roughly = count as u32;
            head.front = StoredFront::new(draft.front);
            head.paragraphs = draft.paragraphs.len() as u32;
            Taken { head, paragraphs: draft.paragraphs }
        }
        Err(error) => {
            head.fault = Some((error.at, error.message));
            Taken { head, paragraphs: Vec::new() }
        }
    }
}

impl Head {
    /// The entry of a library, still without paragraphs; the fault of a file that could not be read.
    pub(super) fn entry(&self, path: &Path) -> Result<Entry, ReadError> {
        let path = path.display().to_string();
        if let Some((at, message)) = self.fault.clone() {
            return Err(ReadError { path, at, message });
        }
        let front = self.front.clone().restored();
        let draft = Draft { path, front, ..Draft::default() };
        let mut entry = Entry::new(draft);
        entry.paragraphs = self.roughly as usize;
        Ok(entry)
    }

    /// Those of its paragraphs whose number in the text is wanted, with this number.
    pub(super) fn unpack(
        &self,
        mut packed: &[u8],
        decoder: &Decoder,
        mut wanted: impl FnMut(u32) -> bool,
    ) -> Result<Vec<Paragraph>, Fault> {
        let mut paragraphs = Vec::new();
        let mut sections: Vec<&[u8]> = Vec::new();
        for _ in 0..take(&mut packed)? {
            sections.push(piece(&mut packed)?);
        }
        for number in 0..self.paragraphs {
            let section = take(&mut packed)? as usize;
            let own = piece(&mut packed)?;
            if wanted(number) {
                let section = sections.get(section).ok_or(Fault::Damaged)?;
                let mut paragraph: Paragraph = read(&decoder.unpack(own)?)?;
                paragraph.section = read(&decoder.unpack(section)?)?;
                paragraphs.push(paragraph);
            }
        }
        Ok(paragraphs)
    }
}

/// Takes a piece, which stands behind its length.
fn piece<'p>(packed: &mut &'p [u8]) -> Result<&'p [u8], Fault> {
    let length = take(packed)? as usize;
    let (own, after) = packed.split_at_checked(length).ok_or(Fault::Damaged)?;
    *packed = after;
    Ok(own)
}

/// Packs the paragraphs of a text: first the headings above them, since most stand below the same as the one before,
/// then each paragraph, with the place of its headings among these. Before each piece stands its length, so that one can be read without the
/// others.
pub(super) fn pack(mut paragraphs: Vec<Paragraph>, coder: &Coder) -> io::Result<Vec<u8>> {
    let mut sections: Vec<Vec<String>> = Vec::new();
    let mut below = Vec::with_capacity(paragraphs.len());
    for paragraph in &mut paragraphs {
        let own = std::mem::take(&mut paragraph.section);
        if sections.last() != Some(&own) {
            sections.push(own);
        }
        below.push(sections.len() as u64 - 1);
    }
    let (mut packed, mut own) = (Vec::new(), Vec::new());
    let mut put = |bytes: &[u8], packed: &mut Vec<u8>| {
        own.clear();
        coder.push(bytes, &mut own);
        push(packed, own.len() as u64);
        packed.extend(&own);
    };
    push(&mut packed, sections.len() as u64);
    for section in &sections {
        put(&written(section)?, &mut packed);
    }
    for (paragraph, below) in paragraphs.iter().zip(below) {
        push(&mut packed, below);
        put(&written(paragraph)?, &mut packed);
    }
    Ok(packed)
}
