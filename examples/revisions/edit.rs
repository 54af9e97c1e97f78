//! A text in; the text as somebody rewrote it out.

use adref::model::Paragraph;
use adref::text::{Folding, sentences};

use super::chance::Chance;
use super::pool::Pool;

/// Acts that one finds in place of another.
const OPENINGS: [&str; 8] =
    ["Urges", "Encourages", "Invites", "Requests", "Notes", "Welcomes", "Reaffirms", "Recognizes"];

/// A text as lines of words; a sub-paragraph's label stays at the head of its line.
struct Lines(Vec<(Option<String>, Vec<String>)>);

impl Lines {
    fn new(text: &str) -> Self {
        let line = |line: &str| {
            let mut words = line.split(' ').map(str::to_owned).peekable();
            let label = words.next_if(|word| word.starts_with('(') && word.ends_with(')'));
            (label, words.collect())
        };
        Self(text.lines().map(line).collect())
    }

    fn text(&self) -> String {
        let line = |(label, words): &(Option<String>, Vec<String>)| {
            label.iter().chain(words).cloned().collect::<Vec<_>>().join(" ")
        };
        self.0.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn count(&self) -> usize {
        self.0.iter().map(|(_, words)| words.len()).sum()
    }

    /// Another opening act: "Urges" for "Encourages".
    fn act(&mut self, chance: &mut Chance) {
        let first = self.0.first_mut().and_then(|(_, words)| words.first_mut());
        if let Some(word) = first.filter(|word| OPENINGS.contains(&word.as_str())) {
            *word = OPENINGS[chance.below(OPENINGS.len())].to_owned();
        }
    }

    /// Puts other words in place of `len` words, somewhere; the last word of a line, with its stop, stays.
    fn replace(&mut self, len: usize, other: Vec<String>, chance: &mut Chance) {
        let mut at = chance.below(self.count());
        for (_, words) in &mut self.0 {
            if at < words.len() {
                let from = at.min(words.len() - 1);
                let to = (from + len).min(words.len() - 1).max(from);
                words.splice(from..to, other);
                break;
            }
            at -= words.len();
        }
        self.0.iter_mut().for_each(|(_, words)| capitalise(words));
    }
}

fn capitalise(words: &mut [String]) {
    if let Some(first) = words.first_mut() {
        *first = capitalised(first);
    }
}

/// With a capital at its head.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Words of a text, its labels counted.
pub(crate) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// As between two revisions: words put in, taken out or replaced in one to three places, a clause added, a sentence
/// expanded. Of a text of fewer than 12 words one or two words.
pub(crate) fn light(text: &str, pool: &Pool, chance: &mut Chance) -> String {
    let mut lines = Lines::new(text);
    if lines.count() < 12 {
        let len = chance.below(2);
        lines.replace(len, pool.words(1 + chance.below(2), chance), chance);
        return lines.text();
    }
    for _ in 0..1 + chance.below(3) {
        let most = (lines.count() / 10).clamp(1, 5);
        let (some, others) = (1 + chance.below(most), 1 + chance.below(most));
        match chance.below(6) {
            5 => lines.act(chance),
            0 => lines.replace(some, Vec::new(), chance),
            1 => lines.replace(0, pool.words(others, chance), chance),
            2 | 3 => lines.replace(some, pool.words(others, chance), chance),
            _ => return with_clause(&lines.text(), &pool.clause(chance), chance),
        }
    }
    lines.text()
}

/// A clause put in after a comma, or before the last stop.
pub(crate) fn with_clause(text: &str, clause: &str, chance: &mut Chance) -> String {
    let commas: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).collect();
    match chance.one(&commas).filter(|_| chance.percent(60)) {
        Some(at) => format!("{}, {clause}{}", &text[..*at], &text[*at..]),
        None => {
            let body = text.trim_end_matches(STOPS);
            format!("{body}, {clause}{}", &text[body.len()..])
        }
    }
}

/// What may end a paragraph.
pub(crate) const STOPS: [char; 4] = ['.', ';', ',', ':'];

/// So many words in a hundred replaced by words of other texts, in stretches of one to four; in a third of the cases
/// sentences (or clauses) in another order, in a third a clause of a neighbour put in.
pub(crate) fn heavy(
    text: &str,
    share: usize,
    neighbour: &str,
    pool: &Pool,
    chance: &mut Chance,
) -> String {
    let mut text = text.to_owned();
    if chance.percent(33) {
        text = reordered(&text, chance);
    }
    let mut lines = Lines::new(&text);
    // Stretches overlap now and then; of a short text half of the words stay.
    let wanted = lines.count() * share.min(if lines.count() < 12 { 35 } else { 100 }) / 100;
    let mut done = 0;
    while done < wanted.max(1) {
        let len = (1 + chance.below(4)).min(wanted.max(1) - done);
        lines.replace(len, pool.words(len, chance), chance);
        done += len;
    }
    let clauses: Vec<&str> =
        neighbour.split(", ").filter(|c| (4..=15).contains(&count(c))).collect();
    match chance.one(&clauses).filter(|_| lines.count() > 30 && chance.percent(33)) {
        Some(clause) => with_clause(&lines.text(), clause.trim_end_matches(STOPS), chance),
        None => lines.text(),
    }
}

/// Sentences, or clauses of one, in another order; a text with sub-paragraphs keeps its own.
fn reordered(text: &str, chance: &mut Chance) -> String {
    if text.contains('\n') {
        return text.to_owned();
    }
    let (body, stop) = text.split_at(text.trim_end_matches(STOPS).len());
    let sentences: Vec<&str> = sentences(body).iter().map(|s| s.slice(body)).collect();
    let (mut parts, border) = match sentences.len() {
        0 | 1 => (body.split(", ").collect::<Vec<_>>(), ", "),
        _ => (sentences, " "),
    };
    // The opening act stays in front.
    if let Some((_, rest)) = parts.split_first_mut() {
        chance.shuffle(rest);
    }
    format!("{}{stop}", parts.join(border))
}

/// A text cut into so many pieces at borders of sub-paragraphs, sentences or clauses; none where no piece would keep
/// `least` words.
pub(crate) fn split(
    text: &str,
    into: usize,
    least: usize,
    chance: &mut Chance,
) -> Option<Vec<String>> {
    let mut borders: Vec<usize> = if text.contains('\n') {
        text.match_indices('\n').map(|(at, _)| at + 1).collect()
    } else {
        let starts = sentences(text).iter().skip(1).map(|s| s.start).collect::<Vec<_>>();
        if starts.len() + 1 >= into {
            starts
        } else {
            let clause = text.match_indices("; ").chain(text.match_indices(", "));
            clause.map(|(at, border)| at + border.len()).collect()
        }
    };
    chance.shuffle(&mut borders);
    for _ in 0..20 {
        let mut cuts: Vec<usize> = borders.iter().take(into - 1).copied().collect();
        cuts.sort_unstable();
        cuts.insert(0, 0);
        cuts.push(text.len());
        let pieces: Vec<&str> = cuts.windows(2).map(|cut| text[cut[0]..cut[1]].trim()).collect();
        if pieces.len() == into && pieces.iter().all(|piece| count(piece) >= least) {
            return Some(pieces.into_iter().map(own_paragraph).collect());
        }
        chance.shuffle(&mut borders);
    }
    None
}

/// A piece as a paragraph of its own: a capital, a full stop; what was a sub-paragraph loses its label, those after it
/// are labelled anew.
fn own_paragraph(piece: &str) -> String {
    let mut lines = Lines::new(piece);
    let first_was_labelled = lines.0.first().is_some_and(|(label, _)| label.is_some());
    for (at, (label, words)) in lines.0.iter_mut().enumerate() {
        if at == 0 && first_was_labelled {
            *label = None;
            capitalise(words);
        } else if at > 0 {
            *label = Some(letter(at - 1));
        }
    }
    let text = lines.text();
    capitalised(text.trim_end_matches(STOPS)) + "."
}

/// The label of a sub-paragraph: `(a)`.
fn letter(at: usize) -> String {
    format!("({})", char::from(b'a' + (at % 26) as u8))
}

/// Paragraphs joined into one: as sentences, as clauses, or what follows the first as sub-paragraphs.
pub(crate) fn merged(texts: &[&str], chance: &mut Chance) -> String {
    let bodies: Vec<&str> = texts.iter().map(|text| text.trim_end_matches(STOPS)).collect();
    let flat = texts.iter().all(|text| !text.contains('\n'));
    let rest = || bodies.iter().skip(1);
    let first = bodies.first().copied().unwrap_or_default();
    match chance.below(3) {
        0 if flat => bodies.join(". ") + ".",
        1 if flat => {
            let lower = |text: &&str| {
                text.chars().next().map_or_else(String::new, |c| {
                    c.to_lowercase().chain(text.chars().skip(1)).collect()
                })
            };
            let rest: Vec<String> = rest().map(lower).collect();
            format!("{first}, and {};", rest.join(", and "))
        }
        _ => {
            // Sub-paragraphs of the first go on with those of the others, each opened by its own words.
            let lines = first.lines().chain(rest().flat_map(|text| text.lines()));
            let made = lines.enumerate().map(|(at, line)| {
                let (_, words) = Lines::new(line).0.pop().unwrap_or_default();
                let words = words.join(" ");
                if at == 0 { words } else { format!("{} {words}", letter(at - 1)) }
            });
            made.collect::<Vec<_>>().join("\n") + "."
        }
    }
}

/// Preambular openings and what they are in an operative paragraph.
const ACTS: [(&str, &str); 10] = [
    ("Recalling ", "Recalls "),
    ("Reaffirming ", "Reaffirms "),
    ("Recognizing ", "Recognizes "),
    ("Noting ", "Notes "),
    ("Welcoming ", "Welcomes "),
    ("Emphasizing ", "Emphasizes "),
    ("Stressing ", "Stresses "),
    ("Acknowledging ", "Acknowledges "),
    ("Expressing ", "Expresses "),
    ("Taking note ", "Takes note "),
];

/// A preambular paragraph as an operative one; none where its act is not one of these.
pub(crate) fn operative(text: &str) -> Option<String> {
    let (from, to) = ACTS.iter().find(|(from, _)| text.starts_with(from))?;
    Some(format!("{to}{};", text[from.len()..].trim_end_matches(STOPS)))
}

/// The words of a paragraph, sorted: what is left of it where their order does not count.
pub(crate) fn bag(paragraph: &Paragraph) -> Vec<u64> {
    let words = Folding::general().paragraph(paragraph);
    let mut keys: Vec<u64> = words.iter().map(|word| word.key).collect();
    keys.sort_unstable();
    keys
}

/// Share of the words of two bags that stand in both (Dice).
pub(crate) fn similarity(a: &[u64], b: &[u64]) -> f64 {
    let (mut shared, mut at) = (0, 0);
    for word in a {
        while b.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if b.get(at) == Some(word) {
            shared += 1;
            at += 1;
        }
    }
    2.0 * f64::from(shared) / (a.len() + b.len()).max(1) as f64
}
