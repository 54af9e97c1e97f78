//! The text of a paragraph in; the places held open in it for words still to come, out.
//!
//! The brackets that hold nothing but a place are found by `text::placeholders`. What is found here besides may be meant
//! as it stands, so it is told to the author and changes nothing else.

use super::date_forms::date_forms;
use super::words::words;
use crate::model::Span;
use crate::text::{is_month, is_to_come, placeholders};

/// Fewer question marks in a row than this may be meant, and fewer lines.
const MARKS: usize = 3;
const LINES: usize = 2;

/// Places held open in `text`, in its order. The first bracket of a paragraph without a number may be the box that
/// Markdown ticks: `- [ ] item`.
pub(super) fn held_open(text: &str, is_numbered: bool) -> Vec<Span> {
    let mut places: Vec<Span> = Vec::new();
    let all = placeholders(text).into_iter().chain(likely(text)).chain(unknown(text));
    let all = all
        .chain(points(text))
        .chain(years(text))
        .chain(runs(text))
        .chain(ordinals(text))
        .chain(left_to_do(text))
        .chain(pointed(text))
        .chain(date_forms(text));
    for place in all {
        let is_known = places.iter().any(|known| known.overlaps(place));
        if !is_known && !is_form(text, place) && (is_numbered || !is_box(text, place)) {
            places.push(place);
        }
    }
    places.sort();
    places
}

/// True for a name that whoever speaks the words puts in, "I, [name], solemnly declare": no text of an organ says "I".
fn is_form(text: &str, place: Span) -> bool {
    let before = text.get(..place.start).unwrap_or_default().trim_end();
    let speaker = before.strip_suffix(',').and_then(|before| before.strip_suffix('I'));
    speaker.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// True for the box before an item of a list.
fn is_box(text: &str, place: Span) -> bool {
    let after = text.get(place.end..).unwrap_or_default();
    place.start == 0
        && matches!(place.slice(text), "[ ]" | "[x]" | "[X]")
        && after.trim_start().starts_with(char::is_alphanumeric)
}

/// Brackets and parentheses with words that nearly always hold a place: `[venue]`, `(to be confirmed)`.
fn likely(text: &str) -> impl Iterator<Item = Span> {
    let closed = |at: usize, close: char| {
        let inside = text.get(at + 1..)?;
        let end = inside.find(['[', ']', '(', ')', '{', '}', '<', '>'])?;
        let whole = inside.get(end..)?.starts_with(close);
        whole.then(|| Span::new(at, at + 1 + end + 1))
    };
    let brackets = text.match_indices('[').filter_map(move |(at, _)| closed(at, ']'));
    let brackets = brackets.filter(|span| {
        let is_alone = |inside: &str| words("alone").contains(&inside.to_lowercase().as_str());
        let asks = asks(inside(text, *span));
        (is_alone(inside(text, *span)) || asks) && !is_choice(text, *span)
    });
    let notes = text.match_indices('[').filter_map(move |(at, _)| closed(at, ']'));
    let notes = notes.filter(|span| {
        let inside = inside(text, *span).to_lowercase();
        words("notes").iter().any(|note| starts_with_words(&inside, note))
    });
    let parentheses = text.match_indices('(').filter_map(move |(at, _)| closed(at, ')'));
    let parentheses = parentheses.filter(|span| {
        let own = inside(text, *span).to_lowercase();
        is_to_come(&own)
            || words("unknown").contains(&own.to_uppercase().as_str())
            || words("asks in parentheses").iter().any(|word| starts_with_words(&own, word))
            || words("places").contains(&own.as_str()) && is_behind(text, *span, "before place")
            || words("days").contains(&own.as_str()) && is_behind(text, *span, "before day")
    });
    let announced = text.match_indices('[').filter_map(move |(at, _)| closed(at, ']'));
    let announced = announced.filter(|span| is_announced(inside(text, *span)));
    let others = [('{', '}'), ('<', '>')].into_iter().flat_map(move |(open, close)| {
        text.match_indices(open).filter_map(move |(at, _)| closed(at, close))
    });
    let others = others.filter(|span| {
        let inside = inside(text, *span);
        let is_alone = !placeholders(&format!("[{inside}]")).is_empty()
            || words("alone").contains(&inside.to_lowercase().as_str());
        is_alone || is_to_come(inside) || is_announced(inside) || asks(inside)
    });
    brackets.chain(notes).chain(parentheses).chain(announced).chain(others)
}

/// True for words that ask for others: "insert place", "name of the Chair".
fn asks(inside: &str) -> bool {
    let inside = inside.to_lowercase();
    words("asks").iter().any(|word| starts_with_words(&inside, word))
}

/// True for words that say of themselves that they only hold a place: "OP3 placeholder on financing", "name, tbc".
fn is_announced(inside: &str) -> bool {
    let last = inside.rsplit([' ', ',', ':']).next().unwrap_or_default();
    named(inside, "placeholder").next().is_some()
        // "...more language from EU..."
        || GAPS.iter().any(|gap| {
            let words = inside.strip_prefix(gap).and_then(|rest| rest.strip_suffix(gap));
            words.is_some_and(|words| words.contains(char::is_alphabetic))
        })
        || words("unknown").contains(&last.trim_end_matches('.').to_uppercase().as_str())
}

/// What stands on both sides of words in a bracket that say which others are to come.
const GAPS: [&str; 2] = ["...", "…"];

/// True where a text opens with a phrase, and nothing goes on with its last word.
fn starts_with_words(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase)
        .is_some_and(|rest| phrase.ends_with(':') || !rest.starts_with(char::is_alphanumeric))
}

fn inside(text: &str, bracket: Span) -> &str {
    bracket.slice(text).trim_matches(['[', ']', '(', ')', '{', '}', '<', '>', ' '])
}

/// True for a bracket that is one of several in a row: "every [year] [two years]".
fn is_choice(text: &str, bracket: Span) -> bool {
    let before = text.get(..bracket.start).unwrap_or_default().trim_end();
    let after = text.get(bracket.end..).unwrap_or_default().trim_start();
    let before = before.strip_suffix(']').and_then(|text| text.rsplit('[').next());
    let after = after.strip_prefix('[').and_then(|text| text.split(']').next());
    let is_other = |beside: &str| !words("alone").contains(&beside.trim().to_lowercase().as_str());
    [before, after]
        .into_iter()
        .flatten()
        .any(|beside| is_other(beside) && placeholders(&format!("[{beside}]")).is_empty())
}

/// Letters that stand for a number or a name still to come.
fn unknown(text: &str) -> impl Iterator<Item = Span> {
    let places = |list: &str| {
        words(list).iter().flat_map(|word| named(text, word).map(move |place| (*word, place)))
    };
    let is_written = |(word, place): &(&str, Span)| {
        // Behind a stroke the letters of a number still to come may be small: "A/RES/80/xx".
        let behind_stroke = text.get(..place.start).is_some_and(|text| text.ends_with('/'));
        let is_small = || words("small").contains(&place.slice(text)) && is_apart(text, *place);
        place.slice(text) == *word || behind_stroke || is_before_month(text, *place) || is_small()
    };
    let anywhere = places("unknown");
    let numbers = places("unnumbered").filter(|(_, place)| is_number_due(text, *place));
    let amounts = places("amount").filter(|(word, place)| {
        (place.slice(text) == *word || is_before_share(text, *place))
            && is_before_amount(text, *place)
    });
    let all: Vec<(&str, Span)> =
        anywhere.chain(numbers).filter(is_written).chain(amounts).collect();
    all.into_iter().map(|(_, place)| place)
}

/// Points and lines where the number of a document is due: "A/RES/80/…", "A/RES/80/--", "…/…".
fn points(text: &str) -> impl Iterator<Item = Span> {
    let is_symbol = |before: &str| before.ends_with(|c: char| c.is_ascii_digit());
    let behind = ["/…", "/...", "/--", "/––", "/—"].into_iter().flat_map(move |sign| {
        let places = text.match_indices(sign);
        let places = places.filter(move |(at, _)| text.get(..*at).is_some_and(is_symbol));
        places.map(move |(at, _)| Span::new(at + 1, at + sign.len()))
    });
    let alone = ["…/…", ".../..."]
        .into_iter()
        .flat_map(|sign| text.match_indices(sign).map(|(at, sign)| Span::new(at, at + sign.len())));
    // Markdown takes the lines of "resolution __/__" for a way to set the stroke, which stands alone then.
    let bare = ["resolution / ", "decision / "].into_iter().flat_map(move |words| {
        let places = text.match_indices(words).map(move |(at, _)| at + words.len() - 2);
        places.map(|at| Span::new(at, at + 1))
    });
    behind.chain(alone).chain(bare).chain(days(text)).chain(amounts(text))
}

/// Points and lines in the place of an amount: "by … per cent".
fn amounts(text: &str) -> impl Iterator<Item = Span> {
    dots(text).filter(|place| {
        let before = text.get(..place.start).unwrap_or_default();
        before.ends_with(char::is_whitespace) && is_before_amount(text, *place)
    })
}

/// Points and lines that may stand in the place of a word.
fn dots(text: &str) -> impl Iterator<Item = Span> {
    let signs = ["…", "...", "--", "––", "—"].into_iter();
    let places = signs.flat_map(|sign| text.match_indices(sign));
    places.map(|(at, sign)| Span::new(at, at + sign.len()))
}

/// Points in the place of a day: "on … September", "from ... to ... May".
fn days(text: &str) -> impl Iterator<Item = Span> {
    dots(text)
        .filter(|place| is_behind(text, *place, "before day") && is_before_month(text, *place))
}

/// True where a word of the list stands right before a place.
fn is_behind(text: &str, place: Span, list: &str) -> bool {
    let before = text.get(..place.start).unwrap_or_default();
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
    before.ends_with(char::is_whitespace) && word.is_some_and(|word| words(list).contains(&word))
}

/// True where white space or a stop parts a word from all others, so that it is no piece of an address.
fn is_apart(text: &str, place: Span) -> bool {
    let before = text.get(..place.start).and_then(|text| text.chars().next_back());
    let behind = text.get(place.end..).unwrap_or_default();
    let behind = behind.trim_start_matches(['.', ',', ';', ':', ')', ']', '”', '"', '!', '?']);
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"'))
        && (behind.is_empty() || behind.starts_with(char::is_whitespace))
}

/// Letters with points that stand for words still to come: "t.b.d.".
fn pointed(text: &str) -> impl Iterator<Item = Span> {
    let letters = words("unknown").iter().filter(|word| word.chars().count() == POINTED);
    let pointed = letters
        .map(|word| word.chars().map(String::from).collect::<Vec<_>>().join(".").to_lowercase());
    let places = pointed.flat_map(|word| named(text, &word).collect::<Vec<_>>());
    places.map(|place| {
        let point = text.get(place.end..).is_some_and(|rest| rest.starts_with('.'));
        Span::new(place.start, place.end + usize::from(point))
    })
}

/// So many letters may have points between them.
const POINTED: usize = 3;

fn is_number_due(text: &str, place: Span) -> bool {
    let before = text.get(..place.start).unwrap_or_default().to_lowercase();
    is_before_month(text, place)
        || words("before number").iter().any(|due| before.trim_end().ends_with(due))
        || is_before_amount(text, place)
        || is_before_counted(text, place)
}

/// True before what is counted in so many words, "XX countries", "its XX session", where no Roman number is meant: these stand
/// behind a name or before one, "Part XX sets", "XX International Conference".
fn is_before_counted(text: &str, place: Span) -> bool {
    let before = text.get(..place.start).unwrap_or_default().trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let lead = before.strip_suffix(last).unwrap_or_default().trim_end();
    let is_numbered = words("counted in Roman").contains(&last.to_lowercase().as_str());
    // Only what opens a sentence has a capital and is no name.
    let opens = lead.is_empty() || lead.ends_with(['.', ':', ';']);
    let is_named = last.starts_with(char::is_uppercase) && !opens;
    let behind = text.get(place.end..).unwrap_or_default();
    // "its [eighty-XX] session"
    let Some(behind) = behind.trim_start_matches([']', ')']).strip_prefix([' ', '\u{a0}']) else {
        return false;
    };
    let next = behind.split(|c: char| !(c.is_alphanumeric() || c == '-')).next();
    let next = next.unwrap_or_default();
    let is_plural = next.len() > SHORT_PLURAL
        && next.starts_with(char::is_lowercase)
        && next.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| next.ends_with(end));
    let is_counted =
        is_plural || words("counted").iter().any(|word| starts_with_words(behind, word));
    is_counted && !is_numbered && !is_named
}

/// A plural has more letters than this, and "has" and "was" are none.
const SHORT_PLURAL: usize = 4;

/// True before what is counted: "million", "per cent".
fn is_before_amount(text: &str, place: Span) -> bool {
    let after = text.get(place.end..).unwrap_or_default().trim_start();
    words("after number").iter().any(|due| {
        let behind = after.strip_prefix(due);
        behind.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// True before what only shares are counted in: "per cent", "%".
fn is_before_share(text: &str, place: Span) -> bool {
    let after = text.get(place.end..).unwrap_or_default().trim_start();
    words("shares").iter().any(|share| after.starts_with(share))
}

/// True for the day of a date: "xx December 2026".
fn is_before_month(text: &str, place: Span) -> bool {
    let behind = text.get(place.end..).unwrap_or_default();
    let word = behind.strip_prefix([' ', '\u{a0}']).unwrap_or_default();
    is_month(word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default())
}

/// Years that want figures: `20XX`, `202X`.
fn years(text: &str) -> impl Iterator<Item = Span> {
    ["20", "19"].into_iter().flat_map(move |century| {
        text.match_indices(century).map(|(at, _)| Span::new(at, at + 4)).filter(move |place| {
            let rest = text.get(place.start + 2..place.end);
            let decade = rest.and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_digit()));
            (matches!(rest, Some("XX" | "xx" | "__" | "??"))
                || matches!(decade, Some("X" | "x" | "_")))
                && is_whole(text, *place)
        })
    })
}

/// Lines and question marks among words: `____`, `???`. A line that stands alone only parts the text.
fn runs(text: &str) -> impl Iterator<Item = Span> {
    let has_words = text.chars().any(char::is_alphanumeric);
    ['_', '?'].into_iter().filter(move |_| has_words).flat_map(move |sign| {
        let mut starts = text.match_indices(sign).map(|(at, _)| at).peekable();
        let run = move || {
            let start = starts.next()?;
            let mut end = start + 1;
            while starts.next_if_eq(&end).is_some() {
                end += 1;
            }
            Some(Span::new(start, end))
        };
        std::iter::from_fn(run).filter(move |run| match sign {
            '?' => run.len() >= MARKS,
            _ => run.len() >= LINES && is_whole(text, *run),
        })
    })
}

/// A line with the ending of an ordinal, as it holds the place of one: "its ___th session".
fn ordinals(text: &str) -> impl Iterator<Item = Span> {
    ["_th", "_st", "_nd", "_rd"].into_iter().flat_map(move |ending| {
        text.match_indices(ending).filter_map(move |(at, _)| {
            let before = text.get(..=at)?;
            let span = Span::new(before.trim_end_matches('_').len(), at + ending.len());
            (span.len() >= LINES + ending.len() - 1 && is_whole(text, span)).then_some(span)
        })
    })
}

/// `TODO`, `FIXME`; where a text is in capitals, it may be a word as others are.
fn left_to_do(text: &str) -> impl Iterator<Item = Span> {
    let is_shouted = !text.chars().any(char::is_lowercase);
    words("left to do").iter().flat_map(move |word| {
        named(text, word).filter(move |place| !is_shouted && place.slice(text) == *word)
    })
}

/// Every place where `wanted` stands as a whole word, in any case.
pub(super) fn named<'t>(text: &'t str, wanted: &'t str) -> impl Iterator<Item = Span> + 't {
    let wide = wanted.len();
    let starts = text.char_indices().map(|(at, _)| at);
    let places = starts.map(move |at| Span::new(at, at + wide));
    places.filter(move |place| {
        let same =
            text.get(place.start..place.end).is_some_and(|own| own.eq_ignore_ascii_case(wanted));
        wide > 0 && same && is_whole(text, *place)
    })
}

/// True where neither a letter nor a figure stands beside these words.
fn is_whole(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|text| text.chars().next_back());
    let after = text.get(span.end..).and_then(|text| text.chars().next());
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}
