//! Texts read in; a segment of an index, to be written, out; and a written segment opened.
//!
//! A segment is never changed once it is written. It holds the packed paragraphs of its texts, then the code they
//! were packed with, the words of every paragraph counted, the table of sequences and rare words with its directory, the
//! heads of the texts in chunks, and the written forms of all words.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::coded::{Coder, Decoder};
use super::forms::{self, Form, Met};
use super::postings::{self, Lists, Pairs, Shape};
use super::store::{Bytes, Fault, Section, Store, numbers, read, written};
use super::texts::{Head, Stamp, Taken, pack, taken};
use crate::model::Paragraph;
use crate::rooms::Rooms;
use crate::text::{Folding, Sliding, Telling, Word, window_key};

/// A file to be taken into an index.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// The place it stands in, by its number, and the path from there.
    pub(super) name: (u32, String),
    pub(super) stamp: Stamp,
}

/// Where the pieces of a segment lie, from its beginning.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Segment {
    /// Where it begins in the index, and its bytes.
    pub(super) at: u64,
    pub(super) len: u64,
    pub(super) texts: u32,
    paragraphs: u32,
    code: Section,
    words: Section,
    shape: Shape,
    directory: Section,
    postings: u64,
    heads: Vec<Section>,
    forms: Section,
}

/// Heads that are read and written together.
const CHUNK: usize = 512;

/// Files read before what was read is written.
const BATCH: usize = 512;

/// So many texts tell which words the library has often.
const SAMPLE: usize = 512;

/// Reads files and writes a segment of them.
///
/// `told` hears after each batch how many files are done. A file that the system refuses is left out.
pub(super) fn write(
    files: &[Found],
    out: &mut (impl Write + Send),
    told: &(dyn Fn(usize) + Sync),
) -> Result<Segment, Fault> {
    let coder = Coder::new(&sample(files)?);
    // What one thread has learnt of words serves it for all files.
    let learnt = Rooms::<Learnt>::new();
    let read = |files: &[Found]| -> io::Result<Vec<Option<Ready>>> {
        let ready = |file| learnt.with(|learnt| ready(file, &coder, learnt));
        files.par_iter().map(ready).collect()
    };
    let mut writing = Writing::new(out);
    let mut batches = files.chunks(BATCH);
    let mut ready = read(batches.next().unwrap_or_default())?;
    for (done, batch) in (1..).zip(batches) {
        // The next files are read while those that were read are written.
        let (written, next) = rayon::join(|| writing.add(ready), || read(batch));
        written?;
        ready = next?;
        told(done * BATCH);
    }
    writing.add(ready)?;
    told(files.len());
    Ok(writing.finish(&coder)?)
}

/// A segment being written.
struct Writing<'w, W> {
    out: &'w mut W,
    /// How many bytes of it are.
    at: u64,
    heads: Vec<Head>,
    /// How many words each paragraph has.
    words: Vec<u32>,
    pairs: Pairs,
    forms: forms::All,
}

impl<'w, W: Write> Writing<'w, W> {
    fn new(out: &'w mut W) -> Self {
        Self {
            out,
            at: 0,
            heads: Vec::new(),
            words: Vec::new(),
            pairs: Pairs::default(),
            forms: forms::All::default(),
        }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<Section> {
        let section = Section::of(self.at, bytes);
        self.at += bytes.len() as u64;
        self.out.write_all(bytes)?;
        Ok(section)
    }

    /// Adds texts.
    fn add(&mut self, texts: Vec<Option<Ready>>) -> io::Result<()> {
        for mut ready in texts.into_iter().flatten() {
            ready.head.first = self.words.len() as u32;
            ready.head.packed = self.put(&ready.packed)?;
            for (count, keys) in ready.words.iter().zip(&ready.ends) {
                let keys = ready.keys.get(keys.0..keys.1).unwrap_or_default();
                self.pairs.add(self.words.len() as u32, keys);
                self.words.push(*count);
            }
            self.forms.add(ready.forms);
            self.heads.push(ready.head);
        }
        if self.words.len() >= postings::MOST_PARAGRAPHS {
            return Err(io::Error::other("the library has too many paragraphs"));
        }
        Ok(())
    }

    /// Adds everything else.
    fn finish(mut self, coder: &Coder) -> io::Result<Segment> {
        let words = std::mem::take(&mut self.words);
        let mut segment = Segment {
            texts: self.heads.len() as u32,
            paragraphs: words.len() as u32,
            code: self.put(&coder.written)?,
            words: self.put(&numbers(words.into_iter()))?,
            ..Segment::default()
        };
        let table = std::mem::take(&mut self.pairs).table(segment.paragraphs);
        segment.shape = table.shape;
        segment.directory = self.put(&table.directory)?;
        segment.postings = self.at;
        for piece in &table.blocks {
            self.put(piece)?;
        }
        for chunk in std::mem::take(&mut self.heads).chunks(CHUNK) {
            segment.heads.push(self.put(&written(&chunk)?)?);
        }
        let forms = std::mem::take(&mut self.forms).written();
        segment.forms = self.put(&forms)?;
        segment.len = self.at;
        Ok(segment)
    }
}

/// What a segment holds of a text, before its place in it is known.
struct Ready {
    head: Head,
    packed: Vec<u8>,
    /// For every paragraph its words.
    words: Vec<u32>,
    /// The sequences and rare words of all paragraphs, and where in them those of each lie.
    keys: Vec<u64>,
    ends: Vec<(usize, usize)>,
    forms: Vec<Form>,
}

/// What a thread has learnt of words.
#[derive(Debug, Default)]
struct Learnt {
    telling: Telling,
    met: Met,
}

fn ready(file: &Found, coder: &Coder, learnt: &mut Learnt) -> io::Result<Option<Ready>> {
    // A file that the system refuses may be given free at any time: it is asked for anew each time.
    let Ok(bytes) = fs::read(&file.path) else { return Ok(None) };
    let Taken { head, paragraphs } = taken(&file.path, file.name.clone(), file.stamp, &bytes);
    let mut ready = Ready {
        head,
        packed: Vec::new(),
        words: Vec::new(),
        keys: Vec::new(),
        ends: Vec::new(),
        forms: Vec::new(),
    };
    for paragraph in &paragraphs {
        let from = ready.keys.len();
        ready.words.push(sequences(&paragraph.text, learnt, &mut ready.keys));
        ready.ends.push((from, ready.keys.len()));
    }
    ready.forms = learnt.met.take();
    ready.packed = pack(paragraphs, coder)?;
    Ok(Some(ready))
}

/// Adds the runs of three words of a text, the pairs that may be telling and the rare words, folded as
/// [`Sieve::look`](crate::model::Sieve::look) folds it; how many words it has.
fn sequences(text: &str, learnt: &mut Learnt, keys: &mut Vec<u64>) -> u32 {
    let mut sliding = Sliding::default();
    let Learnt { telling, met } = learnt;
    telling.begin();
    let tell = |word: Word| {
        sliding.push(word.key);
        keys.extend(sliding.three());
        let [next, apart] = telling.next(word.key);
        keys.extend(sliding.two().filter(|_| next));
        keys.extend(sliding.two_apart().filter(|_| apart));
        met.meet(word.span.slice(text), word.key);
        if telling.is_at_rare() {
            keys.push(key_of_word(word.key));
        }
    };
    Folding::general().each_word(text, |_| true, tell);
    sliding.count() as u32
}

/// What a word is looked up by: a sequence of itself alone.
pub(super) fn key_of_word(word: u64) -> u64 {
    window_key(&[word])
}

/// Paragraphs from all over the library, as they are before they are packed.
fn sample(files: &[Found]) -> io::Result<Vec<Vec<u8>>> {
    let some = files.par_iter().step_by(files.len().div_ceil(SAMPLE).max(1));
    let texts = some.map(|file| {
        let bytes = fs::read(&file.path).unwrap_or_default();
        let Taken { paragraphs, .. } = taken(&file.path, file.name.clone(), file.stamp, &bytes);
        paragraphs.iter().map(written).collect()
    });
    let texts: Vec<Vec<Vec<u8>>> = texts.collect::<io::Result<_>>()?;
    Ok(texts.into_iter().flatten().collect())
}

/// A segment opened for reading.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) segment: Segment,
    pub(super) heads: Vec<Head>,
    /// The number of the first paragraph of each text.
    firsts: Vec<u32>,
    store: Store,
    decoder: Decoder,
}

impl Opened {
    pub(super) fn new(segment: Segment, store: Store) -> Result<Self, Fault> {
        let chunks = segment.heads.par_iter();
        let chunks: Result<Vec<Vec<Head>>, Fault> =
            chunks.map(|chunk| read(store.section(*chunk)?.as_slice())).collect();
        let heads: Vec<Head> = chunks?.into_iter().flatten().collect();
        let mut first = 0;
        let mut firsts = Vec::with_capacity(heads.len());
        for head in &heads {
            // Every paragraph belongs to one text, in their order.
            if head.first != first {
                return Err(Fault::Damaged);
            }
            firsts.push(first);
            first = first.checked_add(head.paragraphs).ok_or(Fault::Damaged)?;
        }
        let texts = segment.texts as usize;
        let counted = segment.words.len == u64::from(segment.paragraphs) * 4;
        if first != segment.paragraphs || heads.len() != texts || !counted {
            return Err(Fault::Damaged);
        }
        let decoder = Decoder::new(store.section(segment.code)?.as_slice())?;
        Ok(Self { segment, heads, firsts, store, decoder })
    }

    pub(super) fn paragraphs(&self) -> u32 {
        self.segment.paragraphs
    }

    /// How many words each paragraph has, four bytes a number.
    pub(super) fn words(&self) -> Result<Bytes<'_>, Fault> {
        self.store.section(self.segment.words)
    }

    /// The written forms of all words; nothing where they are too many.
    pub(super) fn forms(&self) -> Result<Option<forms::Stored<'_>>, Fault> {
        forms::Stored::open(&self.store, self.segment.forms)
    }

    /// Looks up sequences and words, given in ascending order.
    pub(super) fn look_up(&self, keys: &[u64]) -> Result<Lists, Fault> {
        let Segment { shape, directory, postings, paragraphs, .. } = self.segment;
        let directory = self.store.section(directory)?;
        postings::look_up(keys, shape, directory.as_slice(), &self.store, postings, paragraphs)
    }

    /// The text that holds the paragraph with this number.
    pub(super) fn text_of(&self, paragraph: u32) -> usize {
        // A text without paragraphs begins where the next one does, which is the one that holds it.
        self.firsts.partition_point(|first| *first <= paragraph).saturating_sub(1)
    }

    /// The paragraphs of a text whose number in it is wanted; `room` is room to work in.
    pub(super) fn unpack(
        &self,
        text: usize,
        wanted: impl FnMut(u32) -> bool,
        room: &mut Vec<u8>,
    ) -> Result<Vec<Paragraph>, Fault> {
        let head = self.heads.get(text).ok_or(Fault::Damaged)?;
        head.unpack(self.store.small(head.packed, room)?, &self.decoder, wanted)
    }
}
