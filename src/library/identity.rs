//! A text in; what makes it the same text as another, what it corrects, and the file it is kept in, out.

use crate::model::{Draft, Extent, symbol_key, symbols};
use crate::read::Kind;
use crate::text::Language;

/// Which text a file holds: two files with the same identity hold two forms of one text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Identity {
    /// The symbol as it is compared, else the title or the name.
    pub(super) name: String,
    annex: String,
    language: Language,
}

/// The longest file name made, without its ending; some systems allow 143 bytes.
const LONGEST: usize = 100;

/// Names that some systems keep for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

impl Identity {
    /// The identity of a text, `symbol` being its symbol where that is known from elsewhere; none where it has
    /// neither a symbol nor a name.
    pub(super) fn of(text: &Draft, symbol: Option<&str>) -> Option<Self> {
        let front = &text.front;
        let spoken = || front.title.as_ref().or(front.names.first()).map(|name| folded(name));
        // The first of joint symbols stands for all of them.
        let symbol = front.symbols().next().or(symbol.and_then(|symbol| symbols(symbol).next()));
        let name = symbol.map(symbol_key).or_else(spoken)?;
        let annex = front.annex.as_deref().unwrap_or_default().to_uppercase();
        Some(Self { name, annex, language: text.language() })
    }
}

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How often a document was issued again: the asterisks of its symbol, or what its first lines say.
pub(super) fn reissues(text: &Draft) -> usize {
    /// How far into a document its reissue is announced.
    const OPENING: usize = 8;
    let symbol = text.front.symbol.as_deref().unwrap_or_default();
    let stars = symbol.chars().rev().take_while(|c| *c == '*').count();
    let notes = text.footnotes.iter().map(|note| note.text.as_str());
    let opening = text.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let headings = text.headings.iter().map(|heading| heading.text.as_str());
    let said = notes.take(OPENING).chain(opening.take(OPENING)).chain(headings.take(OPENING));
    let said = said.chain(text.front.note.as_deref()).map(told).max().unwrap_or_default();
    stars.max(said)
}

/// What one line says: "Reissued for technical reasons", "Second reissue".
fn told(line: &str) -> usize {
    let line = line.trim_start_matches(['*', ' ', '(', '[']).to_lowercase();
    let ordinals = ["reissue", "second reissue", "third reissue", "fourth reissue"];
    ordinals.iter().position(|words| line.starts_with(words)).map_or(0, |at| at + 1)
}

/// How good a form of a text is to work with; the better is the greater.
///
/// The whole text goes before excerpts, then what says its own structure before what has to be guessed from
/// its looks; among equals, what was issued last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    whole: bool,
    structure: u8,
    pub(super) reissues: usize,
}

impl Worth {
    pub(super) fn of(text: &Draft, kind: Kind) -> Self {
        let structure = match kind {
            Kind::Akn => 4,
            Kind::Markdown => 3,
            Kind::Docx => 2,
            Kind::Html => 1,
            Kind::Text => 0,
            Kind::Pdf => 0,
        };
        let whole = text.front.extent != Some(Extent::Excerpts);
        Self { whole, structure, reissues: reissues(text) }
    }

    /// Why this form of a text is kept rather than `other`.
    pub(super) fn before(self, other: Self) -> &'static str {
        if self.whole != other.whole {
            "it holds the whole text, the other one excerpts"
        } else if self.structure != other.structure {
            "it says the structure of the text more exactly"
        } else {
            "it was issued later"
        }
    }
}

/// The ending of files of a kind.
pub(super) fn ending(kind: Kind) -> &'static str {
    match kind {
        Kind::Akn => "xml",
        Kind::Markdown => "md",
        Kind::Docx => "docx",
        Kind::Html => "html",
        Kind::Text => "txt",
        Kind::Pdf => "pdf",
    }
}

/// The file name, without its ending, that a text is kept under: `a-res-79-1-annex-i`, `a-res-79-1.fr`.
///
/// Only small Latin letters, digits and hyphens: such a name is the same on every system. `fallback` names a text
/// that does not say what it is.
pub(super) fn stem(text: &Draft, symbol: Option<&str>, fallback: &str) -> String {
    let front = &text.front;
    let named = front.symbol.as_deref().or(symbol);
    let named = named.or(front.names.first().map(String::as_str)).or(front.title.as_deref());
    let annex = front.annex.as_ref().map(|annex| format!("-annex-{annex}")).unwrap_or_default();
    let slugs = [named.unwrap_or_default(), fallback].map(slug);
    let own = slugs.into_iter().find(|slug| !slug.is_empty()).unwrap_or_else(|| "text".to_owned());
    let mut stem = slug(&format!("{own}{annex}"));
    let numbered = |port: &str| stem.strip_prefix(port).is_some_and(|n| n.len() == 1);
    if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        stem.push_str("-text");
    }
    match text.language() {
        Language::En => stem,
        other => format!("{stem}.{}", other.code()),
    }
}

/// Whether a file name, as [`slug`] gives it, is made from a symbol of a principal organ: `a-res-70-125`.
pub(super) fn is_symbol_like(name: &str) -> bool {
    let mut parts = name.split('-');
    let organ = matches!(parts.next(), Some("a" | "e" | "s"));
    organ && parts.any(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// `text` as part of a file name: letters and digits in small letters, a hyphen for anything between.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FrontMatter;

    fn text(symbol: &str) -> Draft {
        let symbol = Some(symbol.to_owned()).filter(|symbol| !symbol.is_empty());
        Draft { front: FrontMatter { symbol, ..FrontMatter::default() }, ..Draft::default() }
    }

    #[test]
    fn file_names_are_the_same_on_every_system() {
        for (symbol, wanted) in [
            ("A/RES/70/125", "a-res-70-125"),
            ("WSIS-05/TUNIS/DOC/6(Rev.1)-E", "wsis-05-tunis-doc-6-rev-1-e"),
            ("A/79/L.2*", "a-79-l-2"),
            ("../../etc/passwd", "etc-passwd"),
            ("con", "con-text"),
            ("COM1", "com1-text"),
            ("大会决议", "my-file"),
            ("", "my-file"),
        ] {
            assert_eq!(stem(&text(symbol), None, "My file"), wanted, "{symbol}");
        }
        assert_eq!(stem(&text(&"A/9".repeat(99)), None, "").len(), LONGEST);
        let mut annex = text("A/RES/79/1");
        annex.front.annex = Some("I".to_owned());
        assert_eq!(stem(&annex, None, ""), "a-res-79-1-annex-i");
    }

    #[test]
    fn reissues_are_told_by_the_symbol_or_the_first_lines() {
        assert_eq!(reissues(&text("A/79/L.2")), 0);
        assert_eq!(reissues(&text("A/79/L.2**")), 2);
        for (line, wanted) in [
            ("* Reissued for technical reasons on 3 March 2025.", 1),
            ("** Second reissue for technical reasons (4 March 2025).", 2),
            ("The document was reissued by a neighbour.", 0),
        ] {
            assert_eq!(told(line), wanted, "{line}");
        }
        let reissued = Identity::of(&text("A/79/L.2*"), None);
        assert_eq!(reissued, Identity::of(&text("a/79/l.2"), None));
    }
}
