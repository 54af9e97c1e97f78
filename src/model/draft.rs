//! A document as numbered paragraphs: bytes were read into it, every stage reads from it.

use serde::{Deserialize, Serialize};

use super::{Finding, LeftOut, LineIndex, Pin, Position, Setting, Span, Waiver, symbols};
use crate::text::inserted::comparable;
use crate::text::{Language, language};

/// A document under negotiation, or an agreed one: the same shape for both.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The file, as the user named it.
    pub path: String,
    /// What the document says of itself.
    pub front: FrontMatter,
    /// The paragraphs in the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// Headings in the order of the text.
    pub headings: Vec<Heading>,
    /// Footnotes, kept apart from the paragraphs' words.
    pub footnotes: Vec<Footnote>,
    /// The lines of the letterhead or cover, which are no part of the text; kept of Word files.
    pub cover: Vec<String>,
    /// What of the file is in neither of them, in its order.
    pub left_out: Vec<LeftOut>,
    /// Findings that the author waives for the whole text: those of comments before the first paragraph.
    pub waivers: Vec<Waiver>,
    /// Pins before the first paragraph, which have nothing to pin.
    pub pins: Vec<Pin>,
    /// Faults met while reading.
    pub findings: Vec<Finding>,
    /// The text that positions refer to; empty for formats without lines.
    pub source: String,
    /// Line starts of `source`.
    pub lines: LineIndex,
}

impl Draft {
    /// Line and column in the file of byte `offset` of a paragraph's text.
    ///
    /// None for formats without lines.
    pub fn position(&self, paragraph: &Paragraph, offset: usize) -> Option<Position> {
        if self.source.is_empty() {
            return None;
        }
        let at = paragraph.origin.source_offset(offset);
        Some(self.lines.position(&self.source, at))
    }

    /// The language it is written in: by its first paragraphs, else by its file, which a library names
    /// `a-res-79-1.fr.xml`, else by its title; English where nothing tells.
    pub fn language(&self) -> Language {
        self.told_language().unwrap_or_default()
    }

    /// The same; none where nothing tells.
    pub fn told_language(&self) -> Option<Language> {
        /// So many paragraphs tell the language.
        const OPENING: usize = 20;
        let opening = self.paragraphs.iter().take(OPENING).map(|p| p.text.as_str());
        let named = || self.path.rsplit('.').nth(1).and_then(Language::of_code);
        let titled = || self.front.title.as_deref().and_then(language);
        language(&opening.collect::<Vec<_>>().join(" ")).or_else(named).or_else(titled)
    }

    /// What to call the document on one line: its title, else its symbol, else its path.
    pub fn label(&self) -> &str {
        let front = &self.front;
        front.title.as_deref().or(front.symbol.as_deref()).unwrap_or_else(|| shown_path(&self.path))
    }
}

/// A file as it is told to others. A path from the root names folders of this machine, and perhaps who works on it:
/// nothing but the name of the file is left of it.
pub fn shown_path(path: &str) -> &str {
    let drive = |path: &[u8]| matches!(path, [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let whole = path.starts_with(['/', '\\']) || drive(path.as_bytes());
    let name = path.rsplit(['/', '\\']).next().filter(|name| whole && !name.is_empty());
    name.unwrap_or(path)
}

/// A heading and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Outermost is 1.
    pub level: usize,
    /// Its words.
    pub text: String,
    /// Index of the paragraph that follows it.
    pub before: usize,
    /// The calls of footnotes in it, each with the byte of its words that it stands before; nothing else.
    pub calls: Vec<Aside>,
}

/// The YAML head of a draft or reference; the file's own keys that we do not know are kept in `other`.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// United Nations document symbol, `A/RES/70/125`.
    pub symbol: Option<String>,
    /// The annex this file holds, `I`, where it is one annex of the document.
    pub annex: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// What people call it, the usual name first.
    pub names: Vec<String>,
    /// The organ that speaks, `General Assembly`.
    pub body: Option<String>,
    /// Date of adoption, `2015-12-16`.
    pub adopted: Option<String>,
    /// Whether a reference is whole.
    pub extent: Option<Extent>,
    /// What took its place.
    pub superseded_by: Option<String>,
    /// A remark such as "to be updated with the 2025 version".
    pub note: Option<String>,
    /// Where the official text is.
    pub url: Option<String>,
    /// Stage of a draft: elements paper, zero draft, Rev.1, adopted.
    pub stage: Option<String>,
    /// Date of a draft.
    pub date: Option<String>,
    /// Symbols or names a draft says it rests on.
    pub sources: Vec<String>,
    /// Every other key, in the file's order.
    pub other: serde_yaml::Mapping,
}

impl FrontMatter {
    /// The symbols of the document: two where it was issued under a joint one, `A/79/834-S/2025/186`.
    pub fn symbols(&self) -> impl Iterator<Item = &str> {
        self.symbol.as_deref().into_iter().flat_map(symbols)
    }
}

/// How much of an agreed text a reference holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// The whole text.
    Full,
    /// Quotations from it.
    Excerpts,
}

/// The unit of negotiation: a numbered paragraph with its sub-paragraphs, or an unnumbered one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paragraph {
    /// Unique in its draft: the printed number where that is unique, else one derived from it.
    pub id: String,
    /// The number as printed, without its full stop: `12`, `12 bis`, `PP3`.
    pub number: Option<String>,
    /// True where the number stands in square brackets, `[14.]`: it is not agreed.
    pub bracketed: bool,
    /// The annex the paragraph stands in, where annexes number anew: its number as printed, `I`.
    /// An annex without a number is `annex`, an appendix `appendix` or `appendix II`; never empty.
    pub annex: Option<String>,
    /// Headings above it, outermost first.
    pub section: Vec<String>,
    /// Where numbers start anew below headings, as below each article of a treaty: the place in `section` of the one that
    /// this number is counted below. Not kept where a paragraph is stored without its file.
    #[serde(skip)]
    pub restarts: Option<usize>,
    /// The author's own characters without markup, number, struck-out words or footnotes;
    /// sub-paragraphs and continuations begin on a new line.
    pub text: String,
    /// Sub-paragraphs in the order of the text; a nested one follows the one that holds it.
    pub parts: Vec<Part>,
    /// What stands in the paragraph without being part of its words.
    pub asides: Vec<Aside>,
    /// The cells of the row that it is in a table, in its text: a bar stands between two of them. Empty where it is no row.
    /// Not kept where a paragraph is stored without its file.
    #[serde(skip)]
    pub cells: Vec<Span>,
    /// Hyperlinks.
    pub links: Vec<Link>,
    /// Words that are set apart by how they look. Not kept where a paragraph is stored without its file.
    #[serde(skip)]
    pub settings: Vec<Setting>,
    /// What the author pinned the paragraph to.
    pub pins: Vec<Pin>,
    /// Findings that the author waives here; an agreed text has none.
    #[serde(skip)]
    pub waivers: Vec<Waiver>,
    /// Tracked changes of a Word document, in the order of the text.
    pub revisions: Vec<Revision>,
    /// True when nothing but a placeholder stands here, such as `[...]`.
    pub placeholder: bool,
    /// Where the text came from, in a Word file: from which bytes of the part that holds its text. Not kept where a
    /// paragraph is stored without its file.
    #[serde(skip)]
    pub origin: Origin,
}

impl Paragraph {
    /// The cells of a row, each with what stands in it without being part of its words: in the first of those it touches,
    /// as empty cells may all stand at one place.
    pub fn cells_with_asides(&self) -> impl Iterator<Item = (Span, &[Aside])> {
        let mut rest = self.asides.as_slice();
        self.cells.iter().map(move |cell| {
            let (own, next) = rest.split_at(rest.partition_point(|aside| aside.at <= cell.end));
            rest = next;
            (*cell, own)
        })
    }

    /// True when `name` is the id or the number of this paragraph. How an inserted number is set does not
    /// count, nor do brackets around a number or its full stop: `12bis.` and `[12 (bis).]` call `12 bis`.
    pub fn is_called(&self, name: &str) -> bool {
        let around = |c: char| matches!(c, '[' | ']' | '.') || c.is_whitespace();
        let wanted = comparable(name.trim_matches(around));
        comparable(&self.id) == wanted
            || self.number.as_deref().is_some_and(|n| comparable(n) == wanted)
    }

    /// True when all its words are struck out.
    pub fn is_struck(&self) -> bool {
        let struck = |aside: &Aside| aside.kind == AsideKind::Struck;
        self.text.trim().is_empty() && self.asides.iter().any(struck)
    }

    /// The number as printed, with the brackets it stands in: `[12 bis]`.
    pub fn shown_number(&self) -> Option<String> {
        let number = self.number.as_deref()?;
        Some(if self.bracketed { format!("[{number}]") } else { number.to_owned() })
    }

    /// The address of a paragraph or, given a part, of a sub-paragraph: `12(b)(ii)`, or its id
    /// where it has no number.
    pub fn address(&self, part: Option<&Part>) -> String {
        let own = self.number.as_ref().unwrap_or(&self.id);
        match part {
            Some(part) => format!("{own}{}", part.address),
            None => own.clone(),
        }
    }
}

/// A sub-paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Address within the paragraph, `(b)(ii)`; a bullet is counted: `(•2)`.
    pub address: String,
    /// How deep it is nested, from 1.
    pub depth: usize,
    /// Its text, label and nested sub-paragraphs included, in the paragraph's text.
    pub span: Span,
    /// Its label as printed, `(b)`, in the paragraph's text; empty for a bullet.
    pub label: Span,
}

/// Something that stands at a place in a paragraph and is not part of its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Byte offset in the paragraph's text before which it stands.
    pub at: usize,
    /// What it is.
    pub kind: AsideKind,
    /// The struck-out words, the footnote's label, or the comment, in Word files after its author: `Name: words`.
    pub text: String,
}

/// What an [`Aside`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsideKind {
    /// Words struck out by the author.
    Struck,
    /// A call to the footnote with this label.
    Footnote,
    /// A comment in the file.
    Comment,
}

/// A hyperlink around words of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words, in the paragraph's text.
    pub span: Span,
    /// Where it leads.
    pub href: String,
}

/// A tracked change: words that somebody put in or took out, and that nobody has accepted or rejected yet.
///
/// However a file is read, the changes of words in its paragraphs are kept; those in headings and notes are
/// not, nor are changes of looks. Those whose words are part of the paragraph as read
/// (insertions when accepted, deletions when rejected) cover them with `span`; the others stand at the
/// empty `span` where their words would be. A deletion that took a paragraph as a whole stands at the start
/// of the paragraph after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What was done.
    pub kind: RevisionKind,
    /// Who did it, as the file says.
    pub author: Option<String>,
    /// When, as the file says: ISO 8601, local time in most programs.
    pub date: Option<String>,
    /// The words put in or taken out.
    pub text: String,
    /// Where they stand, in the paragraph's text.
    pub span: Span,
}

/// What a [`Revision`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RevisionKind {
    /// Put words in.
    Inserted,
    /// Took words out.
    Deleted,
    /// Put words in that were taken from elsewhere in the text.
    MovedHere,
    /// Took words out that were put in elsewhere in the text.
    MovedAway,
}

/// A footnote's text, kept apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footnote {
    /// The label that calls it.
    pub label: String,
    /// Its words, each paragraph on a line of its own.
    pub text: String,
    /// True where its author has it at the end of the text and not at the foot of a page, as Word tells the two apart.
    pub endnote: bool,
}

/// A map from a paragraph's text back to its file.
///
/// Each piece of text was copied from the file as it stands, so within a piece the offsets differ
/// by a constant; between pieces (markup, entities) the nearest earlier piece decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pieces: Vec<(usize, usize)>,
}

impl Origin {
    /// Says that the text from byte `text` on was copied from byte `source` of the file.
    /// Pieces are given in ascending order of `text`.
    pub fn push(&mut self, text: usize, source: usize) {
        match self.pieces.last() {
            Some((t, s)) if text >= *t && source >= *s && text - t == source - s => {}
            _ => self.pieces.push((text, source)),
        }
    }

    /// The byte of the file that byte `offset` of the text came from; 0 where nothing was copied.
    pub fn source_offset(&self, offset: usize) -> usize {
        let index = self.pieces.partition_point(|(text, _)| *text <= offset);
        let piece = index.checked_sub(1).and_then(|i| self.pieces.get(i));
        piece.map_or(0, |(text, source)| source + (offset - text))
    }

    /// The same map for a text that had `by` bytes put before it, or cut from its start if negative.
    pub fn shifted(&self, by: isize) -> Self {
        let pieces = self.pieces.iter();
        let mut out = Self::default();
        for (text, source) in pieces {
            match text.checked_add_signed(by) {
                Some(moved) => out.push(moved, *source),
                // The cut falls inside or after this piece: what remains of it starts at 0.
                None => {
                    out.pieces.clear();
                    out.pieces.push((0, source + (by.unsigned_abs() - text)));
                }
            }
        }
        out
    }

    /// Cuts the map at byte `at` of the text: what lies before it stays, the map of the rest is returned.
    pub fn split_off(&mut self, at: usize) -> Self {
        let first = self.pieces.partition_point(|(text, _)| *text < at);
        let mut rest = self.pieces.split_off(first);
        for (text, _) in &mut rest {
            *text -= at;
        }
        if rest.first().is_none_or(|(text, _)| *text > 0)
            && let Some((text, source)) = self.pieces.last()
        {
            rest.insert(0, (0, source + (at - text)));
        }
        Self { pieces: rest }
    }

    /// The pieces of `other` added after this text's first `len` bytes.
    pub fn append(&mut self, len: usize, other: &Origin) {
        for (text, source) in &other.pieces {
            self.push(text + len, *source);
        }
    }
}
