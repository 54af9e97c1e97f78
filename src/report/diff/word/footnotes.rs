//! The footnotes of two drafts and the file of the old one in; their words that come and go, and new footnotes, out.
//!
//! A footnote goes with its call: where this is taken out its words are too, and Word keeps both until that is accepted. One
//! whose call stays is edited where it stands. A new one looks like those of the file. Endnotes are treated alike; in a file that
//! has notes of one kind only, what is new is of this kind.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::passage::{self, Passage};
use super::thread::Notes;
use crate::model::{Footnote, note_lines};
use crate::ooxml::styles::Styles;
use crate::report::docx::file::{Archive, Held};
use crate::report::docx::markup::Hand;
use crate::report::docx::notes::{self, Call, Calling, Callings, Kind, Looks, Note};
use crate::report::docx::patch::{Edits, patched};
use crate::report::docx::story::Story;
use crate::report::docx::units::NOWHERE;

/// The footnotes of the file, as they are called in its text.
pub(super) struct Footnotes {
    pub(super) calls: Vec<Call>,
    parts: Vec<(Kind, Held)>,
    /// The words of each call's note; none where the file has no such note, or it was called before.
    words: Vec<Option<Words>>,
}

/// The words of a note, each paragraph on a line of its own.
#[derive(Default)]
struct Words {
    text: String,
    /// For each byte that a character begins at, its place.
    places: Vec<usize>,
}

impl Footnotes {
    /// Finds them; none where a part that holds notes cannot be edited.
    pub(super) fn of(file: &mut Archive<'_>, story: &Story<'_>, styles: &Styles) -> Option<Self> {
        let mut parts = Vec::new();
        for kind in [Kind::Footnote, Kind::Endnote] {
            if file.refers_to(&kind.part()) {
                parts.push((kind, file.held(&kind.part())?));
            }
        }
        let calls = notes::calls(story);
        let mut words: Vec<Option<Words>> = calls.iter().map(|_| None).collect();
        for (kind, held) in &parts {
            let story = Story::of(&held.source, &held.tree).with_looks(styles);
            let mut notes = by_id(held, &story);
            for (call, slot) in calls.iter().zip(&mut words).filter(|(call, _)| call.kind == *kind)
            {
                *slot = notes.remove(call.id.as_str()).map(|note| Words::of(&note, call, &story));
            }
        }
        Some(Self { calls, parts, words })
    }

    /// The words of the footnote that each call calls.
    pub(super) fn words(&self) -> Vec<String> {
        let text = |words: &Option<Words>| words.as_ref().map(|words| words.text.clone());
        self.words.iter().map(|words| text(words).unwrap_or_default()).collect()
    }

    /// How new footnotes are called, and what they look like; `endnotes` tells which of them are endnotes. Where the file has
    /// notes of one kind only, all are of this kind.
    pub(super) fn calling(
        &self,
        file: &mut Archive<'_>,
        story: &Story<'_>,
        endnotes: Vec<bool>,
    ) -> Callings {
        let has = |kind| self.calls.iter().any(|call| call.kind == kind);
        let kinds = match (has(Kind::Footnote), has(Kind::Endnote)) {
            (true, true) => &[Kind::Footnote, Kind::Endnote][..],
            (false, true) => &[Kind::Endnote],
            _ => &[Kind::Footnote],
        };
        let kinds = kinds.iter().map(|kind| self.calling_of(*kind, file, story)).collect();
        Callings { kinds, endnotes }
    }

    fn calling_of(&self, kind: Kind, file: &mut Archive<'_>, story: &Story<'_>) -> Calling {
        let mut looks = Looks::styled(kind, file.part("styles").as_ref());
        let mut own = self.calls.iter().filter(|call| call.kind == kind && call.mark.is_empty());
        if let Some(run) = own.clone().find_map(|call| story.run_at(call.place)) {
            looks = looks.calling(run.element, story.source);
        }
        let held = self.parts.iter().find(|(own, _)| *own == kind);
        let mut taken = HashSet::new();
        if let Some((_, held)) = held {
            let story = Story::of(&held.source, &held.tree);
            let notes = by_id(held, &story);
            let like =
                own.find_map(|call| looks.clone().like(notes.get(call.id.as_str())?, &story));
            looks = like.unwrap_or(looks);
            let ids = held.tree.elements().filter_map(|note| note.attribute("id"));
            taken.extend(ids.filter_map(|id| id.parse::<u32>().ok()));
        }
        Calling::new(looks, taken)
    }

    /// Which calls are taken out, once it is known what is; the rest of their marks goes with them.
    pub(super) fn gone(&self, edits: &mut Edits) -> Vec<bool> {
        edits.deleted.sort_by_key(|range| range.start);
        let mut beside = Vec::new();
        let gone = self.calls.iter().map(|call| {
            let at = edits.deleted.partition_point(|range| range.end <= call.place);
            let deleted = edits.deleted.get(at).is_some_and(|range| range.contains(&call.place));
            if deleted {
                beside.extend(call.beside.iter().cloned());
            }
            deleted || edits.emptied.contains(&call.para)
        });
        let gone = gone.collect();
        edits.deleted.extend(beside);
        gone
    }

    /// Edits the notes, and adds new ones. `text` is the text with all that comes and goes in it, `gone` tells which calls are
    /// taken out, `read` are the footnotes as the old draft has them. Gives the text as it calls them now.
    ///
    /// # Errors
    /// When the parts that have to name new ones cannot be read.
    pub(super) fn write(
        &self,
        file: &mut Archive<'_>,
        text: String,
        (gone, pairs, read): (&[bool], &Notes, &[Footnote]),
        hand: &mut Hand,
    ) -> Result<String, String> {
        let read = self.as_read(read);
        let Some(calling) = hand.calling.take() else { return Ok(text) };
        let comes = |kind| {
            let mut kinds = calling.kinds.iter().filter(|own| !own.made.is_empty());
            kinds.find(|own| own.looks.kind == kind)
        };
        let mut come = Vec::new();
        // A note that is called twice goes with its last call.
        let stay = self.calls.iter().zip(gone).filter(|(_, gone)| !**gone);
        let stay: HashSet<(Kind, &str)> = stay.map(|(c, _)| (c.kind, c.id.as_str())).collect();
        for (own, held) in &self.parts {
            let story = Story::of(&held.source, &held.tree);
            let notes = by_id(held, &story);
            let mut edits = Edits::default();
            for (at, (call, words)) in self.calls.iter().zip(&self.words).enumerate() {
                let (Some(note), Some(words)) = (notes.get(call.id.as_str()), words) else {
                    continue;
                };
                if call.kind != *own {
                    continue;
                }
                if !stay.contains(&(call.kind, call.id.as_str())) {
                    edits.emptied.extend(note.paras.clone());
                } else if let Some(new) = pairs.new_words(at)
                    && *new != words.text
                    && read.get(at).and_then(Option::as_ref) != Some(new)
                {
                    words.change(new, note, &story, &mut edits, hand);
                }
            }
            let mut numbers = HashMap::new();
            if let Some(calling) = comes(*own) {
                let last;
                (edits.at, last) = placed(calling, &text, &notes, &pairs.new, hand);
                numbers = ascending(&text, *own, Some((held, &notes)));
                come.push((*own, last, numbers.clone()));
            }
            let now = notes::renumbered(&patched(&story, edits, hand), own.name(), &numbers);
            if now != held.source {
                file.set_part(held, &now);
            }
        }
        let held = |kind: Kind| self.parts.iter().any(|(own, _)| *own == kind);
        for calling in [Kind::Footnote, Kind::Endnote].into_iter().filter_map(comes) {
            let kind = calling.looks.kind;
            if !held(kind) {
                let (_, last) = placed(calling, &text, &HashMap::new(), &pairs.new, hand);
                come.push((kind, last, ascending(&text, kind, None)));
            }
        }
        let mut text = text;
        for (kind, last, numbers) in come {
            file.add_notes(kind, &notes::renumbered(&last, kind.name(), &numbers))?;
            text = notes::renumbered(&text, &format!("{}Reference", kind.name()), &numbers);
        }
        Ok(text)
    }

    /// For each call its footnote as the draft has it: raised figures, for one, are read as such.
    fn as_read(&self, read: &[Footnote]) -> Vec<Option<String>> {
        let plain = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let own = self.words.iter().flatten().count() == read.len();
        let mut read = read.iter().filter(|_| own);
        let said = self.words.iter().map(|words| {
            let read = words.as_ref().and_then(|_| read.next())?;
            let same = words.as_ref().is_some_and(|w| plain(&w.text) == plain(&read.text));
            same.then(|| note_lines(&read.text))
        });
        said.collect()
    }
}

/// The numbers that notes get so that they ascend in the order in which `text` calls them, as Word has them: LibreOffice takes
/// the notes of a file in the order of their numbers, whatever calls them.
fn ascending(
    text: &str,
    kind: Kind,
    held: Option<(&Held, &HashMap<&str, Note<'_>>)>,
) -> HashMap<String, u32> {
    let elements = held.iter().flat_map(|(held, _)| held.tree.elements());
    let rules = elements.filter(|note| !matches!(note.attribute("type"), None | Some("normal")));
    let rules = rules.filter_map(|note| note.attribute("id")?.parse::<u32>().ok());
    let mut next = rules.max().unwrap_or_default();
    let mut uncalled: Vec<&Note<'_>> = held.iter().flat_map(|(_, notes)| notes.values()).collect();
    uncalled.sort_by_key(|note| note.start);
    let all = notes::numbers(text, kind).into_iter();
    let mut numbers = HashMap::new();
    for id in all.chain(uncalled.iter().map(|note| note.id.to_owned())) {
        numbers.entry(id).or_insert_with(|| {
            next = next.saturating_add(1);
            next
        });
    }
    numbers
}

/// New footnotes, by the byte of the part that they are put in at; and those that stand behind all others. They stand in the
/// order in which `text` calls them.
fn placed(
    calling: &Calling,
    text: &str,
    notes: &HashMap<&str, Note<'_>>,
    words: &[String],
    hand: &mut Hand,
) -> (BTreeMap<usize, String>, String) {
    let made: HashMap<String, (u32, usize)> =
        calling.made.iter().map(|(id, index)| (id.to_string(), (*id, *index))).collect();
    let mut at: BTreeMap<usize, String> = BTreeMap::new();
    let mut waiting = String::new();
    for id in notes::numbers(text, calling.looks.kind) {
        if let Some((id, index)) = made.get(&id) {
            let words = words.get(*index).map_or("", String::as_str);
            waiting.push_str(&calling.looks.note(*id, words, Some(hand)));
        } else if let Some(note) = notes.get(id.as_str()) {
            at.entry(note.start).or_default().push_str(&std::mem::take(&mut waiting));
        }
    }
    (at, waiting)
}

/// The notes of a part by their numbers.
fn by_id<'e>(held: &'e Held, story: &Story<'_>) -> HashMap<&'e str, Note<'e>> {
    let notes = notes::notes(&held.tree, story).into_iter();
    notes.map(|note| (note.id, note)).collect()
}

impl Words {
    /// The words of a note, without the mark of its own that it has its number in place of.
    fn of(note: &Note<'_>, call: &Call, story: &Story<'_>) -> Self {
        let mut words = Self::default();
        let mut space = None;
        let mut mark = call.mark.trim().chars().peekable();
        for para in note.paras.clone() {
            for (place, c) in story.read_characters(para) {
                if matches!(c, ' ' | '\n' | '\t') {
                    space = space.or(Some((' ', place))).filter(|_| !words.text.is_empty());
                    continue;
                }
                if words.text.is_empty() && mark.next_if_eq(&c).is_some() {
                    continue;
                }
                if let Some((gap, place)) = space.take() {
                    words.push(gap, place);
                }
                words.push(c, place);
            }
            // A paragraph whose mark was taken out goes on in the next one.
            let ends = story.paragraphs.get(para).is_none_or(|own| own.ends);
            space = space.filter(|_| !ends);
            if ends && !words.text.is_empty() {
                space = Some(('\n', NOWHERE));
            }
        }
        words
    }

    fn push(&mut self, c: char, place: usize) {
        self.text.push(c);
        self.places.push(place);
        self.places.extend(std::iter::repeat_n(NOWHERE, c.len_utf8() - 1));
    }

    /// Makes other words of them.
    fn change(
        &self,
        new: &str,
        note: &Note<'_>,
        story: &Story<'_>,
        edits: &mut Edits,
        hand: &mut Hand,
    ) {
        let segments = passage::segments(&self.text, new);
        let mut made = Passage::default();
        let old = (self.text.as_str(), self.places.as_slice());
        match passage::changed(story, old, (new, &segments), &mut made) {
            Some(()) => made.into_edits(edits, story, hand),
            // A note without words.
            None => {
                let last = note.paras.end.saturating_sub(1);
                let words = hand.inserted("", &format!(" {new}"));
                edits.closing.entry(last).or_default().push_str(&words);
            }
        }
    }
}
