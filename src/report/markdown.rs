//! An annotated draft in; Markdown that a forge renders out.

use super::cited::library_line;
use super::evidence::{Evidence, evidence, percent, sign, told, verdict_rest, verdict_word};
use super::pieces::{Kind, Piece, pieces};
use super::{Options, short};
use crate::model::{Annotation, Facts, Library, Paragraph, Via};

/// Writes the report.
pub(super) fn write(annotation: &Annotation, library: &Library, options: &Options) -> String {
    if options.summary {
        return short::markdown(annotation, library, options);
    }
    let mut out = top(annotation);
    out.push_str(
        "New words beside agreed ones are **bold**, words dropped from the agreed text are ~~struck through~~; \
         ◆ reaffirmed, ◈ recalled, ○ new.\n\n",
    );
    let mut section: &[String] = &[];
    let mut shown = 0;
    for (paragraph, facts) in annotation.paragraphs().filter(|(p, f)| options.shows(p, f)) {
        let same = section.iter().zip(&paragraph.section).take_while(|(a, b)| a == b).count();
        for (level, heading) in paragraph.section.iter().enumerate().skip(same) {
            out.push_str(&format!("{} {}\n\n", "#".repeat((level + 2).min(6)), escaped(heading)));
        }
        section = &paragraph.section;
        out.push_str(&one(paragraph, facts, library));
        shown += 1;
    }
    if shown == 0 && !annotation.facts.is_empty() {
        out.push_str(&format!("{}\n", options.none_shown()));
    }
    out
}

/// The draft and its counts.
pub(super) fn top(annotation: &Annotation) -> String {
    let draft = &annotation.draft;
    let mut out = format!("# {}\n\n", escaped(draft.label()));
    let facts: Vec<String> =
        [&draft.front.stage, &draft.front.date].into_iter().flatten().map(|f| escaped(f)).collect();
    if !facts.is_empty() {
        out.push_str(&format!("*{}*\n\n", facts.join(" · ")));
    }
    out + &summary(annotation)
}

fn summary(annotation: &Annotation) -> String {
    let s = annotation.summary();
    let mut out =
        String::from("| paragraphs | ◆ reaffirmed | ◈ recalled | ○ new | words | agreed words |\n");
    out.push_str("|---:|---:|---:|---:|---:|---:|\n");
    let share = percent(s.words.carried as f64 / s.words.total.max(1) as f64);
    out.push_str(&format!(
        "| {} | {} | {} | {} | {} | {} ({share}) |\n\n",
        s.paragraphs, s.reaffirmed, s.recalled, s.new, s.words.total, s.words.carried
    ));
    if let Some(silence) = annotation.silence {
        out.push_str(&format!("**{}**\n\n", escaped(&told(silence))));
    }
    out.push_str(&format!("{}\n\n", escaped(&library_line(annotation.held))));
    out
}

fn one(paragraph: &Paragraph, facts: &Facts, library: &Library) -> String {
    let marking = &facts.marking;
    let mut out = String::new();
    let shape = sign(marking.mark);
    let number = paragraph.shown_number().map_or(String::new(), |n| format!("{}. ", escaped(&n)));
    out.push_str(&format!("**{number}{shape} {}", verdict_word(paragraph, marking.mark)));
    out.push_str(&verdict_rest(marking));
    out.push_str("**\n\n");
    // Where nothing is agreed, the mark says so, and bold would only shout.
    let mark_new = marking.coverage.carried > 0;
    out.push_str(&body(&pieces(paragraph, facts, library), mark_new));
    out.push_str("\n\n");
    let told = evidence(paragraph, facts, library);
    let shown = told.iter().filter(|e| e.leads || e.via == Via::Citation);
    let lines: Vec<String> = shown.map(source).collect();
    if !lines.is_empty() {
        out.push_str(&lines.join("\n"));
        out.push_str("\n\n");
    }
    out
}

fn source(evidence: &Evidence) -> String {
    let mut line = format!("- **{}**", escaped(&evidence.place()));
    if let Some(name) = evidence.beside() {
        line.push_str(&format!(" ({})", escaped(name)));
    }
    line.push_str(&escaped(&evidence.standing()));
    line
}

/// The paragraph's text; sub-paragraphs keep their lines.
pub(super) fn body(pieces: &[Piece], mark_new: bool) -> String {
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1).and_then(|piece| piece.text.chars().next());
        for (index, line) in piece.text.split('\n').enumerate() {
            if index > 0 {
                out.push_str("  \n");
            }
            // Emphasis needs its marks beside the words, not beside a space.
            let words = line.trim();
            let Some(start) = line.find(words).filter(|_| !words.is_empty()) else {
                out.push_str(line);
                continue;
            };
            let (lead, tail) = (&line[..start], &line[start + words.len()..]);
            out.push_str(lead);
            let before = out.chars().next_back();
            let after = tail.chars().next().or(next);
            let kind = match piece.kind {
                Kind::New if !mark_new => Kind::Plain,
                kind => kind,
            };
            out.push_str(&set(kind, words, before, after));
            out.push_str(tail);
        }
    }
    out.trim_end().to_owned()
}

/// Words as their kind is set. Where Markdown would not see the marks (a letter on one side, a bracket on the
/// other, as in `law**[…`), the HTML that forges allow says the same.
fn set(kind: Kind, words: &str, before: Option<char>, after: Option<char>) -> String {
    let (mark, tag) = match kind {
        Kind::Plain | Kind::Gap => return escaped(words),
        Kind::New => ("**", "strong"),
        Kind::Dropped | Kind::Struck => ("~~", "del"),
        Kind::Note => ("", "sup"),
    };
    let glued = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(|c| !c.is_alphanumeric()) && outer.is_some_and(char::is_alphanumeric)
    };
    let unseen = glued(words.chars().next(), before) || glued(words.chars().next_back(), after);
    if mark.is_empty() || unseen {
        format!("<{tag}>{}</{tag}>", escaped(words))
    } else {
        format!("{mark}{}{mark}", escaped(words))
    }
}

/// Text as Markdown shows it, never as Markdown or HTML obeys it.
pub(super) fn escaped(text: &str) -> String {
    let clean = super::sanitized(text);
    let mut out = String::with_capacity(clean.len() + clean.len() / 16);
    let mut copied = 0;
    let mut begins = true;
    for (at, c) in clean.char_indices() {
        let shown = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => "\\",
            '#' | '>' | '+' | '-' if begins => "\\",
            '<' => "&lt;",
            '&' => "&amp;",
            _ => "",
        };
        begins = c == '\n';
        if !shown.is_empty() {
            out.push_str(clean.get(copied..at).unwrap_or_default());
            out.push_str(shown);
            // After a backslash the character itself follows.
            copied = if shown == "\\" { at } else { at + c.len_utf8() };
        }
    }
    out.push_str(clean.get(copied..).unwrap_or_default());
    out
}
