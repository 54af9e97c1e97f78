//! The notes of a Word file in; where they are called, how they look, and new ones that look the same, out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::markup::{Hand, is_rtl, looks, text, words_properties};
use super::story::{Story, characters_of, is_call};
use crate::ooxml::xml::Element;

/// Footnotes stand at the foot of a page, endnotes at the end of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::report) enum Kind {
    Footnote,
    Endnote,
}

impl Kind {
    pub(in crate::report) fn name(self) -> &'static str {
        match self {
            Self::Footnote => "footnote",
            Self::Endnote => "endnote",
        }
    }

    /// What the part that holds them is called, and its type.
    pub(in crate::report) fn part(self) -> String {
        format!("{}s", self.name())
    }

    /// The rules between text and notes, which Word asks for in every part of notes (ECMA-376-1, 17.11.1 and 17.11.23).
    pub(in crate::report) fn separators(self) -> String {
        let name = self.name();
        let rule = |id: i32, rule: &str| {
            format!(
                "<w:{name} w:type=\"{rule}\" w:id=\"{id}\"><w:p><w:r><w:{rule}/></w:r></w:p></w:{name}>"
            )
        };
        rule(-1, "separator") + &rule(0, "continuationSeparator")
    }
}

/// The call of a note in a text.
#[derive(Debug)]
pub(in crate::report) struct Call {
    pub(in crate::report) kind: Kind,
    pub(in crate::report) id: String,
    /// The paragraph that it stands in,
    pub(in crate::report) para: usize,
    /// and the character: the call itself, or the last of a mark of its own.
    pub(in crate::report) place: usize,
    /// What goes with it: the call, and the other characters of its mark.
    pub(in crate::report) beside: Vec<Range<usize>>,
    /// The mark; empty for a number.
    pub(in crate::report) mark: String,
}

/// The calls of a text, in the order of reading.
pub(in crate::report) fn calls(story: &Story<'_>) -> Vec<Call> {
    let mut calls = Vec::new();
    for para in 0..story.paragraphs.len() {
        for run in story.runs_of(para) {
            let found = run.element.elements().enumerate().filter(|(_, element)| is_call(element));
            for (at, element) in found {
                let own = element.attribute("customMarkFollows");
                let mark: Vec<(usize, char)> = match own {
                    Some("1" | "true" | "on") => {
                        run.element.elements().skip(at + 1).flat_map(characters_of).collect()
                    }
                    _ => Vec::new(),
                };
                let all = std::iter::once((element.span.start, ' ')).chain(mark.iter().copied());
                let mut beside: Vec<Range<usize>> =
                    all.map(|(place, c)| place..place + c.len_utf8()).collect();
                let place = beside.pop().map_or(element.span.start, |last| last.start);
                calls.push(Call {
                    kind: match &*element.name {
                        "endnoteReference" => Kind::Endnote,
                        _ => Kind::Footnote,
                    },
                    id: element.attribute("id").unwrap_or_default().to_owned(),
                    para,
                    place,
                    beside,
                    mark: mark.iter().map(|(_, c)| *c).collect(),
                });
                if own.is_some() {
                    break;
                }
            }
        }
    }
    calls
}

/// The numbers of the notes of a kind that a text calls, in its order.
pub(in crate::report) fn numbers(text: &str, kind: Kind) -> Vec<String> {
    let call = format!("<w:{}Reference ", kind.name());
    let calls = text.split(&call).skip(1).filter_map(|rest| {
        let own = rest.split('>').next()?.split("w:id=").nth(1)?;
        own.get(1..)?.split(['"', '\'']).next().map(str::to_owned)
    });
    calls.collect()
}

/// `text` with other numbers in all its elements called `name`.
pub(in crate::report) fn renumbered(
    text: &str,
    name: &str,
    numbers: &HashMap<String, u32>,
) -> String {
    let open = format!("<w:{name} ");
    let mut pieces = text.split(&open);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(&open);
        let tag = piece.find('>').and_then(|end| piece.get(..end)).unwrap_or_default();
        let id = tag.find("w:id=").and_then(|at| piece.split_at_checked(at + "w:id='".len()));
        let known = id.and_then(|(head, rest)| {
            let end = rest.find(['"', '\''])?;
            Some((head, numbers.get(rest.get(..end)?)?, rest.get(end..)?))
        });
        match known {
            Some((head, number, rest)) => out.push_str(&format!("{head}{number}{rest}")),
            None => out.push_str(piece),
        }
    }
    out
}

/// A note in the part that holds it.
pub(in crate::report) struct Note<'e> {
    pub(in crate::report) id: &'e str,
    /// The byte of the part that it begins at.
    pub(in crate::report) start: usize,
    /// The paragraphs it has.
    pub(in crate::report) paras: Range<usize>,
}

/// The notes of a part, without the rules above them.
pub(in crate::report) fn notes<'e>(part: &'e Element, story: &Story<'_>) -> Vec<Note<'e>> {
    let own = part.elements().filter(|note| {
        matches!(note.attribute("type"), None | Some("normal")) && !note.inner.is_empty()
    });
    let note = |note: &'e Element| {
        let until = |end: usize| story.paragraphs.partition_point(|p| p.element.span.end <= end);
        let paras = until(note.span.start)..until(note.span.end);
        Some(Note { id: note.attribute("id")?, start: note.span.start, paras })
            .filter(|note| !note.paras.is_empty())
    };
    own.filter_map(note).collect()
}

/// How the notes of a file look.
#[derive(Clone, Debug)]
pub(in crate::report) struct Looks {
    pub(in crate::report) kind: Kind,
    /// The properties of the runs that hold a call, a note's own number, and its words,
    call: String,
    number: String,
    words: String,
    /// of its paragraph,
    paragraph: String,
    /// and what stands before and behind its number.
    around: (&'static str, &'static str),
}

/// The properties of a note's paragraph in a file that is laid out here.
const OWN: &str = "<w:pStyle w:val=\"FootnoteText\"/>";

impl Looks {
    /// Those of a file that is laid out here.
    pub(in crate::report) fn own() -> Self {
        let call = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
        Self {
            kind: Kind::Footnote,
            call: call.to_owned(),
            number: call.to_owned(),
            words: String::new(),
            paragraph: OWN.to_owned(),
            around: ("", " "),
        }
    }

    /// What the styles of a file say, where they know notes; else a raised number.
    pub(in crate::report) fn styled(kind: Kind, styles: Option<&Element>) -> Self {
        let named = |what: &str| {
            let name = format!("{} {what}", kind.name());
            let mut all = styles.into_iter().flat_map(Element::elements);
            let found = all.find(|style| {
                style.value("name").is_some_and(|own| own.eq_ignore_ascii_case(&name))
            });
            found.and_then(|style| style.attribute("styleId")).map(super::markup::escaped)
        };
        let call = match named("reference") {
            Some(style) => format!("<w:rPr><w:rStyle w:val=\"{style}\"/></w:rPr>"),
            None => "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>".to_owned(),
        };
        let paragraph = named("text").map(|style| format!("<w:pStyle w:val=\"{style}\"/>"));
        Self { kind, call, paragraph: paragraph.unwrap_or_default(), ..Self::own() }.numbered()
    }

    fn numbered(self) -> Self {
        Self { number: self.call.clone(), ..self }
    }

    /// The same, with calls that look like this one, which is a run of `source`.
    pub(in crate::report) fn calling(self, run: &Element, source: &str) -> Self {
        let call = super::markup::run_properties(run.child("rPr"), source);
        if call.is_empty() { self } else { Self { call, ..self }.numbered() }
    }

    /// The same, for notes that look like one that has its number in its first paragraph.
    pub(in crate::report) fn like(self, note: &Note<'_>, story: &Story<'_>) -> Option<Self> {
        let para = note.paras.start;
        let is_number = |element: &&Element| element.name.ends_with("noteRef");
        let number = story.runs_of(para).find(|run| run.element.elements().any(|e| is_number(&e)));
        let number = number?.element;
        let at = number.elements().find(is_number)?.span.start;
        let characters = story.characters(para);
        let is_tab = |place: usize| {
            let rest = story.source.get(place..);
            rest.is_some_and(|rest| rest.starts_with("<w:tab"))
        };
        let before = characters.iter().any(|(place, _)| *place < at && is_tab(*place));
        let behind = characters.iter().find(|(place, _)| *place > at);
        let behind = match behind {
            Some((place, _)) if is_tab(*place) => "\t",
            Some((_, c)) if !c.is_whitespace() => "",
            _ => " ",
        };
        let words = story.runs_of(para).map(|run| run.element).find(|run| {
            let shown = |e: &Element| characters_of(e).iter().any(|(_, c)| c.is_alphanumeric());
            run.span.start > at && run.elements().any(shown)
        });
        let set = story.paragraphs.get(para)?.properties;
        Some(Self {
            number: super::markup::run_properties(number.child("rPr"), story.source),
            words: words_properties(words.and_then(|run| run.child("rPr")), story.source),
            paragraph: looks(set, story.source, true),
            around: (if before { "\t" } else { "" }, behind),
            ..self
        })
    }

    /// The run that calls a note.
    pub(in crate::report) fn call(&self, id: u32) -> String {
        format!("<w:r>{}<w:{}Reference w:id=\"{id}\"/></w:r>", self.call, self.kind.name())
    }

    /// A note of these lines, each a paragraph; its words are a tracked insertion where a hand is given.
    pub(in crate::report) fn note(&self, id: u32, words: &str, hand: Option<&mut Hand>) -> String {
        let Self { kind, number, words: set, around: (before, behind), .. } = self;
        let name = kind.name();
        let before = match *before {
            "" => String::new(),
            before => format!("<w:r>{set}{}</w:r>", text(before, false)),
        };
        let mut hand = hand;
        let lines: Vec<&str> = words.split('\n').collect();
        let last = lines.len() - 1;
        let paragraph = |(at, line): (usize, &&str)| {
            let (bidi, set) = self.turned(line);
            let runs = if at == 0 {
                let words = text(&format!("{behind}{line}"), false);
                format!("{before}<w:r>{number}<w:{name}Ref/></w:r><w:r>{set}{words}</w:r>")
            } else {
                format!("<w:r>{set}{}</w:r>", text(line, false))
            };
            let (mut mark, mut made) = (String::new(), runs);
            if let Some(hand) = &mut hand {
                made = hand.tracked("ins", &made);
                if at < last {
                    mark = format!("<w:rPr>{}</w:rPr>", hand.mark("ins"));
                }
            }
            let set = match format!("{}{bidi}{mark}", self.paragraph) {
                set if set.is_empty() => set,
                set => format!("<w:pPr>{set}</w:pPr>"),
            };
            format!("<w:p>{set}{made}</w:p>")
        };
        let paragraphs: String = lines.iter().enumerate().map(paragraph).collect();
        format!("<w:{name} w:id=\"{id}\">{paragraphs}</w:{name}>")
    }

    /// What sets a line from right to left, and the properties of its words; notes of a file of another hand run as its own do.
    fn turned(&self, line: &str) -> (&'static str, &str) {
        if is_rtl(line) && self.paragraph == OWN && self.words.is_empty() {
            ("<w:bidi/>", "<w:rPr><w:rtl/></w:rPr>")
        } else {
            ("", self.words.as_str())
        }
    }
}

/// Calls new notes of one kind.
#[derive(Clone, Debug)]
pub(in crate::report) struct Calling {
    pub(in crate::report) looks: Looks,
    taken: HashSet<u32>,
    next: u32,
    /// The number each new note has in the file, and its index.
    pub(in crate::report) made: Vec<(u32, usize)>,
}

impl Calling {
    /// Calls notes that look so; `taken` are numbers that others have.
    pub(in crate::report) fn new(looks: Looks, taken: HashSet<u32>) -> Self {
        Self { looks, taken, next: 1, made: Vec::new() }
    }

    fn call(&mut self, index: usize) -> String {
        while self.taken.contains(&self.next) {
            self.next += 1;
        }
        let id = self.next;
        self.next += 1;
        self.made.push((id, index));
        self.looks.call(id)
    }
}

/// Calls new notes.
#[derive(Clone, Debug)]
pub(in crate::report) struct Callings {
    /// The kinds of notes that come in; the first is that of most.
    pub(in crate::report) kinds: Vec<Calling>,
    /// For each new note, by its index, whether it is an endnote.
    pub(in crate::report) endnotes: Vec<bool>,
}

impl Callings {
    /// The run that calls the note with this index.
    pub(in crate::report) fn call(&mut self, index: usize) -> String {
        let endnote = self.endnotes.get(index) == Some(&true);
        let kind = if endnote { Kind::Endnote } else { Kind::Footnote };
        let at = self.kinds.iter().position(|own| own.looks.kind == kind).unwrap_or_default();
        self.kinds.get_mut(at).map(|own| own.call(index)).unwrap_or_default()
    }
}
