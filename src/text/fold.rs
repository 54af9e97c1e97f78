//! Text in; its words, folded so that spelling, case and punctuation do not count, out.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::abbreviations::abbreviations;
use super::filter::Filter;
use super::key::hash;
use super::keys::{KeyMap, WordMap};
use super::plain::{Stretches, plain_key};
use super::scan::{Scanner, fold_ise};
use crate::model::{Paragraph, Span};

/// A word: where the author wrote it, and the key under which it is compared.
///
/// Two words with the same key are the same word after folding. An abbreviation that stands for
/// several words gives several, all with the span of the abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The author's characters.
    pub span: Span,
    /// 64-bit hash of the folded word.
    pub key: u64,
}

/// What counts as the same word.
#[derive(Clone, Debug)]
pub struct Folding {
    /// Spelling pairs: the key of one spelling to that of the other.
    spelling: KeyMap<u64>,
    /// Beginnings that a hyphen does not part from their word: "multi-stakeholder".
    prefixes: KeyMap<()>,
    /// Abbreviations, capitals as written, to the words they stand for.
    abbreviations: WordMap<String, Vec<u64>>,
    /// Two words that are also written as one, by their keys: "per cent", "on line".
    pairs: HashMap<(u64, u64), u64>,
    /// Long names by their first word: what they begin with in short, and what a text may leave out.
    names: KeyMap<Vec<Name>>,
    /// The keys that `spelling` has, and the words of `pairs`: nearly every word is none of them.
    special: Filter,
}

/// A name with a short form that is the beginning of the long one: "Tunis Agenda" for "Tunis Agenda
/// for the Information Society".
#[derive(Clone, Debug)]
struct Name {
    short: Vec<u64>,
    long: Vec<u64>,
}

const SPELLING: &str = include_str!("data/spelling.txt");
const PREFIXES: &str = include_str!("data/prefixes.txt");

impl Folding {
    /// The folding that holds for every text: spelling pairs and general abbreviations.
    pub fn general() -> &'static Self {
        static GENERAL: OnceLock<Folding> = OnceLock::new();
        GENERAL.get_or_init(|| {
            let mut folding = Self::plain();
            for line in entries(SPELLING) {
                folding.add_spelling(line);
            }
            let pairs = folding.pairs.keys().flat_map(|(first, second)| [*first, *second]);
            let special: Vec<u64> = folding.spelling.keys().copied().chain(pairs).collect();
            folding.special = Filter::new(special.into_iter());
            for (short, long) in abbreviations() {
                folding.add_abbreviation(short, long);
            }
            folding
        })
    }

    /// Folding without lists of pairs and abbreviations: case, punctuation and -ise endings only.
    pub fn plain() -> Self {
        Self {
            spelling: KeyMap::default(),
            prefixes: entries(PREFIXES).map(|p| (hash(p), ())).collect(),
            abbreviations: WordMap::default(),
            pairs: HashMap::new(),
            names: KeyMap::default(),
            special: Filter::new(std::iter::empty()),
        }
    }

    /// The same folding with the names of one document taken for one name, where one is the other
    /// in short: its initials (GDC) or its beginning (Tunis Agenda).
    ///
    /// Names that are not the same words in short stay apart, even when one file lists them both.
    pub fn with_names<'n>(mut self, names: impl IntoIterator<Item = &'n str> + Clone) -> Self {
        for short in names.clone() {
            for long in names.clone().into_iter().filter(|long| *long != short) {
                if is_initials(short, long) {
                    self.add_abbreviation(short, long);
                } else {
                    self.add_short_name(short, long);
                }
            }
        }
        self
    }

    fn add_spelling(&mut self, line: &str) {
        let key = |word: &str| {
            let mut word = word.to_owned();
            fold_ise(&mut word);
            hash(&word)
        };
        let forms: Vec<u64> = line.split_whitespace().map(key).collect();
        match forms.as_slice() {
            [one, other] => {
                self.spelling.insert(*other, *one);
            }
            [one, first, second] => {
                self.pairs.insert((*first, *second), *one);
            }
            _ => {}
        }
    }

    fn add_abbreviation(&mut self, short: &str, long: &str) {
        let words = self.keys(long);
        self.abbreviations.entry(short.to_owned()).or_insert(words);
    }

    fn add_short_name(&mut self, short: &str, long: &str) {
        let (short, long) = (self.keys(short), self.keys(long));
        // One word is too little to say that a name was meant.
        if short.len() < 2 || long.len() <= short.len() || !long.starts_with(&short) {
            return;
        }
        if let Some(first) = short.first() {
            let names = self.names.entry(*first).or_default();
            names.push(Name { short, long });
            names.sort_by_key(|name| std::cmp::Reverse(name.short.len()));
        }
    }

    /// Keys of the words of `text`.
    pub fn keys(&self, text: &str) -> Vec<u64> {
        self.words(text, &[]).iter().map(|word| word.key).collect()
    }

    /// The words of a paragraph: its numbers and labels are left out.
    pub fn paragraph(&self, paragraph: &Paragraph) -> Vec<Word> {
        self.words(&paragraph.text, &labels(paragraph))
    }

    /// Tells the same words one by one.
    pub fn each_of_paragraph(&self, paragraph: &Paragraph, tell: impl FnMut(Word)) {
        if !self.names.is_empty() {
            return self.paragraph(paragraph).into_iter().for_each(tell);
        }
        self.each_outside(&paragraph.text, &labels(paragraph), tell);
    }

    /// The words of `text`, leaving out those in `skip` (numbers and labels; sorted, not overlapping).
    ///
    /// Labels in parentheses such as `(a)` or `(iv)` are numbering, never words.
    pub fn words(&self, text: &str, skip: &[Span]) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 6);
        self.each_outside(text, skip, |word| words.push(word));
        if self.names.is_empty() { words } else { self.lengthen(words) }
    }

    /// Tells the words of `text` that lie outside of `skip` one by one.
    fn each_outside(&self, text: &str, skip: &[Span], tell: impl FnMut(Word)) {
        let mut skip = skip.iter().peekable();
        let wanted = |word: Word| {
            while skip.next_if(|s| s.end <= word.span.start).is_some() {}
            skip.peek().is_none_or(|s| !s.contains(word.span))
        };
        self.each_word(text, wanted, tell);
    }

    /// Tells the words of `text` one by one, with the names of documents as they are written; those that `wanted`
    /// turns away are left out.
    #[inline]
    pub fn each_word(
        &self,
        text: &str,
        mut wanted: impl FnMut(Word) -> bool,
        mut tell: impl FnMut(Word),
    ) {
        let mut scan = Scanner { text, at: 0 };
        let mut fold = String::new();
        let mut waiting = None;
        for (start, end) in Stretches::new(text) {
            if scan.at <= start
                && waiting.is_none()
                && let Some(key) = plain_key(text.as_bytes(), (start, end))
                && !self.special.may_be(key)
            {
                let word = Word { span: Span::new(start, end), key };
                if wanted(word) {
                    tell(word);
                }
                continue;
            }
            scan.at = scan.at.max(start);
            while scan.at < end {
                self.closer(&mut scan, &mut fold, &mut waiting, &mut wanted, &mut tell);
            }
        }
        waiting.into_iter().for_each(tell);
    }

    /// Takes the next word of a text, whatever it is, and tells what is certain: a word is `waiting` where a second one may
    /// be written together with it, "per cent". `fold` is room to work in.
    fn closer(
        &self,
        scan: &mut Scanner<'_>,
        fold: &mut String,
        waiting: &mut Option<Word>,
        wanted: &mut impl FnMut(Word) -> bool,
        tell: &mut impl FnMut(Word),
    ) {
        let text = scan.text;
        let joins = |beginning: u64| self.prefixes.contains_key(&beginning);
        let Some((span, key)) = scan.next_key(&joins, fold) else {
            scan.at = text.len();
            return;
        };
        if is_label(text, span) || !wanted(Word { span, key }) {
            return;
        }
        if may_be_short(text.as_bytes(), span)
            && let Some(long) = self.abbreviated(span.slice(text))
        {
            waiting.take().into_iter().for_each(&mut *tell);
            let mut keys = long.iter().map(|key| Word { span, key: *key });
            *waiting = keys.next_back();
            keys.for_each(tell);
            return;
        }
        let mut word = Word { span, key };
        if self.special.may_be(key) {
            word.key = self.spelling.get(&key).copied().unwrap_or(key);
            if let Some(before) = waiting
                && let Some(joined) = self.pairs.get(&(before.key, word.key))
            {
                word = Word { span: Span::new(before.span.start, span.end), key: *joined };
                *waiting = None;
            }
        }
        waiting.take().into_iter().for_each(&mut *tell);
        if self.special.may_be(word.key) {
            *waiting = Some(word);
        } else {
            tell(word);
        }
    }

    /// True for an abbreviation that it takes for the words it stands for.
    pub fn knows(&self, short: &str) -> bool {
        self.abbreviations.contains_key(short)
    }

    /// The words that an abbreviation stands for.
    fn abbreviated(&self, raw: &str) -> Option<&[u64]> {
        self.abbreviations.get(raw).map(Vec::as_slice)
    }

    /// Completes short names, so that "Tunis Agenda" is the name it stands for.
    fn lengthen(&self, words: Vec<Word>) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let rest = words.get(at..).unwrap_or_default();
            let starts = |keys: &[u64]| {
                keys.len() <= rest.len() && keys.iter().zip(rest).all(|(key, w)| *key == w.key)
            };
            let names = self.names.get(&word.key).map_or(&[][..], Vec::as_slice);
            let long = names.iter().find(|name| starts(&name.long));
            let name = long.or_else(|| names.iter().find(|name| starts(&name.short)));
            let Some(name) = name else {
                out.push(*word);
                at += 1;
                continue;
            };
            let taken = if long.is_some() { name.long.len() } else { name.short.len() };
            out.extend(rest.iter().take(taken));
            at += taken;
            if long.is_none()
                && let Some(last) = out.last().copied()
            {
                let added = name.long.iter().skip(name.short.len());
                out.extend(added.map(|key| Word { span: last.span, key: *key }));
            }
        }
        out
    }
}

/// Where the labels of a paragraph stand.
fn labels(paragraph: &Paragraph) -> Vec<Span> {
    paragraph.parts.iter().map(|part| part.label).collect()
}

/// True for two capitals at the start of a word, or a capital in a word of two letters.
#[inline]
fn may_be_short(text: &[u8], word: Span) -> bool {
    let capital = |at: usize| text.get(at).is_some_and(u8::is_ascii_uppercase);
    capital(word.start) && (capital(word.start + 1) || word.len() == 2)
}

/// Lines of a data file that are not comments.
fn entries(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// True when `short` is made of the initials of `long`: GDC, or WSIS without its small words.
pub(super) fn is_initials(short: &str, long: &str) -> bool {
    let capitals = short.len() > 1 && short.bytes().all(|b| b.is_ascii_uppercase());
    let initials = |all: bool| -> String {
        long.split([' ', '-'])
            .filter(|word| all || word.starts_with(char::is_uppercase))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    };
    capitals && (initials(false) == short || initials(true) == short)
}

/// `(a)`, `(iv)`, `(12)`: a counter in parentheses, or one with only its closing one at a line start.
fn is_label(text: &str, token: Span) -> bool {
    let bytes = text.as_bytes();
    if bytes.get(token.end) != Some(&b')') || token.len() > 4 {
        return false;
    }
    let raw = token.slice(text).as_bytes();
    let opened = token.start.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'(');
    let letters = raw.len() == 1 && raw.iter().all(u8::is_ascii_lowercase);
    let roman = raw.iter().all(|b| matches!(b, b'i' | b'v' | b'x'));
    opened && (letters || roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Folding::general().keys(a) == Folding::general().keys(b)
    }

    #[test]
    fn what_does_not_count_as_an_edit() {
        for (a, b) in [
            ("The Internet", "the internet,"),
            ("people-centred", "people centered"),
            ("multi-stakeholder", "multistakeholder"),
            ("Multi‑stakeholder", "multistakeholder"),
            ("recognise", "recognizes".trim_end_matches('s')),
            ("organisations", "organizations"),
            ("Secretary-General’s", "Secretary-General's"),
            ("“digital” – divides", "\"digital\" divides"),
            ("co-operation", "cooperation"),
            ("UN", "United Nations"),
            ("ICTs", "information and communications technologies"),
            ("(a) respect; (b) protect", "respect protect"),
            ("soft\u{AD}ware", "software"),
            ("no\u{A0}break", "no break"),
            ("re\u{301}sume\u{301}", "résumé"),
            ("per cent", "percent"),
            ("capacity-building", "capacity building"),
            ("behaviour", "behavior"),
            ("the resolution¹ of", "the resolution of"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("shall", "should"),
            ("70/125", "70/152"),
            ("70/125", "701/25"),
            ("un", "United Nations"),
            ("0.6", "0.5"),
            ("1.5", "15"),
        ] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn names_of_one_document() {
        let names = ["Global Digital Compact", "GDC", "Pact for the Future"];
        let folding = Folding::general().clone().with_names(names);
        assert_eq!(folding.keys("the GDC says"), folding.keys("the Global Digital Compact says"));
        assert_ne!(folding.keys("the GDC"), folding.keys("the Pact for the Future"));
        let names = ["Tunis Agenda for the Information Society", "Tunis Agenda"];
        let folding = Folding::general().clone().with_names(names);
        assert_eq!(
            folding.keys("of the Tunis Agenda, and"),
            folding.keys("of the Tunis Agenda for the Information Society and")
        );
    }

    #[test]
    fn spans_slice_the_original() {
        let text = "People‑centred (a) ICTs: ‘Résumé’ 1,000 per cent.";
        let words = Folding::general().words(text, &[]);
        let raw: Vec<_> = words.iter().map(|w| w.span.slice(text)).collect();
        assert_eq!(raw.first(), Some(&"People"));
        assert!(raw.contains(&"ICTs") && raw.contains(&"Résumé") && raw.contains(&"per cent"));
        assert!(!raw.contains(&"a"));
    }

    /// The quick way to plain words, and a closer look at every word.
    #[test]
    fn the_quick_way_tells_the_same_words() {
        let folding = Folding::general();
        let mut seed = 5u64;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % most
        };
        let pieces: Vec<&str> = "the of per cent world wide multi stakeholder UN ICTs (a) (iv) a A \
            70/125 1,000 0.60 recognise Organisational analysed provisions raise internationalisation \
            counterterrorism Secretary-General’s Member States' co-operation résumé No¹ soft\u{AD}ware “quoted” — \
            联合国 é x\u{301} sixteen-letters-0 abcdefghijklmnop abcdefghijklmnopq abcdefgh it’s it's .\n"
            .split(' ')
            .collect();
        for _ in 0..20_000 {
            let words = (0..next(24))
                .map(|_| (pieces[next(pieces.len())], ["", " ", ", ", ") ", "; "][next(5)]));
            let text: String = words.flat_map(|(word, mark)| [word, mark]).collect();
            let mut slow = Vec::new();
            let (mut scan, mut fold, mut waiting) =
                (Scanner { text: &text, at: 0 }, String::new(), None);
            while scan.at < text.len() {
                let tell = &mut |word| slow.push(word);
                folding.closer(&mut scan, &mut fold, &mut waiting, &mut |_| true, tell);
            }
            slow.extend(waiting);
            assert_eq!(folding.words(&text, &[]), slow, "{text:?}");
        }
    }

    #[test]
    fn scripts_without_spaces() {
        let words = Folding::general().words("联合国大会", &[]);
        assert_eq!(words.len(), 5);
    }
}
