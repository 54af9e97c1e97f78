//! A sentence and a library in; its life, from the text that had it first to the last, out.

use rayon::prelude::*;

use super::apart::Text;
use super::passage::{Pair, likeness, rounded};
use super::phrase::{Closeness, Phrase, Room, Standing, span_of};
use crate::model::{
    Carrier, Departure, Earlier, Entry, FrontMatter, Library, Life, Location, Nearest, Paragraph,
    Span, When, Wording,
};
use crate::text::{Folding, Shared, Word, sentences};

/// Words before an act that say only that another one stands above it: "Also recognizes".
const ADVERBS: [&str; 2] = ["also", "further"];

/// A wording is held against so many of those before it, the latest: it is to one of them that it goes back.
const LOOK_BACK: usize = 64;

/// A sentence shorter than this many words is not traced on its own.
const SHORTEST_SENTENCE: usize = 6;

/// The sentences of a text that are long enough to be traced, with their numbers counted from 1 over all.
pub fn sentences_of(text: &str, folding: &Folding) -> Vec<(usize, String)> {
    let numbered = (1..).zip(sentences(text));
    let words = |sentence: &str| folding.words(sentence, &[]).len();
    numbered
        .map(|(number, span)| (number, span.slice(text).to_owned()))
        .filter(|(_, sentence)| words(sentence) >= SHORTEST_SENTENCE)
        .collect()
}

/// One wording of the sentence as it stands in one text.
struct Stage<'l> {
    carrier: Carrier,
    when: When,
    text: &'l str,
    words: Vec<Word>,
    keys: Vec<u64>,
}

/// The life of the words of `phrase` in `library`; of each text, the paragraph that has most of them.
pub fn trace(phrase: &Phrase, library: &Library, folding: &Folding) -> Life {
    let entries = library.entries.par_iter().enumerate();
    let found = entries.map_init(Room::default, |room, (reference, entry)| {
        stands(phrase, reference, entry, folding, room)
    });
    let mut found: Vec<Stage<'_>> = found.flatten_iter().collect();
    found.sort_by(|a, b| a.when.cmp(&b.when).then(a.carrier.location.cmp(&b.carrier.location)));
    let mut groups: Vec<Vec<Stage<'_>>> = Vec::new();
    for standing in found {
        let same = |group: &&mut Vec<Stage<'_>>| {
            group.first().is_some_and(|first| first.keys == standing.keys)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(standing),
            None => groups.push(vec![standing]),
        }
    }
    let firsts: Vec<&Stage<'_>> = groups.iter().filter_map(|group| group.first()).collect();
    let from: Vec<Option<Earlier>> = (0..firsts.len())
        .map(|at| {
            let own = firsts.get(at)?;
            let earlier = firsts.get(..at)?;
            most_alike(earlier, (own.text, &own.words, &own.keys))
                .map(|(wording, changes)| Earlier { wording, changes })
        })
        .collect();
    let nearest = most_alike(&firsts, (&phrase.text, &phrase.words, &phrase.keys))
        .map(|(wording, changes)| Nearest { wording, changes });
    let texts: Vec<String> = firsts.iter().map(|first| first.text.to_owned()).collect();
    let wordings = groups.into_iter().zip(texts).zip(from).map(|((group, text), from)| Wording {
        text,
        carriers: group.into_iter().map(|standing| standing.carrier).collect(),
        from,
    });
    Life { text: phrase.text.clone(), wordings: wordings.collect(), nearest }
}

/// The wording most like these words, the latest among equals, and what parts the two.
fn most_alike(
    wordings: &[&Stage<'_>],
    draft: (&str, &[Word], &[u64]),
) -> Option<(usize, Vec<Departure>)> {
    let skipped = wordings.len().saturating_sub(LOOK_BACK);
    let alike = wordings.iter().enumerate().skip(skipped);
    let alike = alike.map(|(at, other)| (likeness(&other.keys, draft.2), at, other));
    let ((runs, _), at, other) = alike.max_by(|a, b| a.0.1.total_cmp(&b.0.1))?;
    let pair = Pair { agreed: (other.text, &other.words), draft: (draft.0, draft.1) };
    Some((at, pair.changes(&runs, (0, other.words.len()))))
}

/// Where a text has the sentence best.
fn stands<'l>(
    phrase: &Phrase,
    reference: usize,
    entry: &'l Entry,
    folding: &Folding,
    room: &mut Room,
) -> Option<Stage<'l>> {
    let paragraphs = entry.text.paragraphs.iter().enumerate();
    let found = paragraphs.filter_map(|(paragraph, text)| {
        let location = Location { reference, paragraph };
        stands_in(phrase, location, text, folding, room)
    });
    let best = found.reduce(
        |best, other| {
            if other.carrier.share > best.carrier.share { other } else { best }
        },
    );
    best.map(|standing| Stage { when: When::of(&entry.text.front), ..standing })
}

fn stands_in<'l>(
    phrase: &Phrase,
    location: Location,
    paragraph: &'l Paragraph,
    folding: &Folding,
    room: &mut Room,
) -> Option<Stage<'l>> {
    let words = folding.paragraph(paragraph);
    let keys: Vec<u64> = words.iter().map(|word| word.key).collect();
    let own = Text { text: &paragraph.text, words: &words, keys: &keys };
    let (runs, share) = match phrase.stands(own, room)? {
        Standing::Exact(places) => {
            (vec![Shared { a: 0, b: *places.first()?, len: phrase.len() }], 1.0)
        }
        Standing::Near(near) => (near.runs, near.share),
    };
    let (from, to) = rounded(&paragraph.text, &words, &runs, phrase.len());
    let from = from + adverbs(&paragraph.text, words.get(from..to)?);
    let span = span_of(&words, from, to - from);
    let shift = |word: &Word| Word {
        span: Span::new(
            word.span.start.saturating_sub(span.start),
            word.span.end.saturating_sub(span.start),
        ),
        key: word.key,
    };
    let own: Vec<Word> = words.get(from..to)?.iter().map(shift).collect();
    Some(Stage {
        carrier: Carrier { location, span, share },
        when: When::of(&FrontMatter::default()),
        text: span.slice(&paragraph.text),
        keys: own.iter().map(|word| word.key).collect(),
        words: own,
    })
}

/// How many words at the beginning only count the acts: "Also", "Further".
fn adverbs(text: &str, words: &[Word]) -> usize {
    let counts = |word: &&Word| {
        let raw = word.span.slice(text);
        raw.starts_with(char::is_uppercase) && ADVERBS.contains(&raw.to_lowercase().as_str())
    };
    words.iter().take_while(counts).count().min(words.len().saturating_sub(1))
}

/// The words of a text as one phrase to trace.
impl Phrase {
    /// What is traced: the words of `text` at [`Closeness::TRACE`], without the adverb that counts its act.
    pub fn traced(text: &str, folding: &Folding) -> Self {
        let words = folding.words(text, &[]);
        let skip = adverbs(text, &words);
        let start = words.get(skip).map_or(0, |word| word.span.start);
        Self::new(text.get(start..).unwrap_or_default().trim_end(), folding, Closeness::TRACE)
    }
}
