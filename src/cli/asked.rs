//! What a question is about, as the user gave it (words, a draft's paragraph, a reference's), in; its words out.

use std::path::Path;

use anyhow::{Result, bail};

use super::places::{Places, places};
use super::words::piped;
use super::{Common, input};
use adref::model::{Draft, Entry, Paragraph};
use adref::pipeline;

/// What stands before a `#` and has more words than this is no name.
const LONGEST_NAME: usize = 3;

/// Words to ask about.
pub(super) struct Asked {
    pub(super) text: String,
    /// The heading they stand under; empty where none is known.
    pub(super) heading: String,
    /// Where the library is.
    pub(super) places: Places,
}

/// Takes `name` for a paragraph of a draft (`draft.md#12`) or of a reference (`A/RES/70/125#9`), for `-`, else for
/// the words themselves.
pub(super) fn asked(name: &str, common: &Common) -> Result<Asked> {
    let words = |text: String| -> Result<Asked> {
        Ok(Asked { text, heading: String::new(), places: held("-", common)? })
    };
    if name == "-" {
        return words(piped(input::text()?)?);
    }
    if Path::new(name).exists() {
        bail!("{name}: say which paragraph, for example {name}#12");
    }
    // As reports print it, too: `A/RES/70/125, para. 9`.
    let named = name.rsplit_once('#').or(name.split_once(", para."));
    let Some((file, address)) = named.filter(|(file, _)| !file.trim().is_empty()) else {
        return words(name.to_owned());
    };
    let address = address.trim_matches([' ', '\u{a0}']);
    let revision = file.contains(':') && !file.contains(char::is_whitespace);
    if file == "-" || Path::new(file).exists() || revision {
        let draft = input::draft(file, common.reading())?;
        return of(draft, None, address, held(file, common)?);
    }
    let places = held("-", common)?;
    let library = pipeline::called(file.trim(), &places.library, &common.holding())?;
    let (found, annex) = library.find_part(file.trim());
    // Of one text in several languages, English.
    let Some(entry) = found.iter().min_by_key(|entry| entry.text.language()) else {
        // A sentence may hold a `#` too.
        if file.split_whitespace().count() > LONGEST_NAME {
            return words(name.to_owned());
        }
        let near = library.nearest(file).map_or(String::new(), |n| format!("; did you mean {n}?"));
        bail!("{file}: there is neither such a file nor a reference of that name{near}");
    };
    of(entry.text.clone(), annex.as_deref(), address, places)
}

/// The places of a library that is there.
pub(super) fn held(draft: &str, common: &Common) -> Result<Places> {
    let places = places(draft, common)?;
    if places.library.is_empty() {
        bail!(
            "there is no library here: make a folder `references`, or name one with --library DIR"
        );
    }
    Ok(places)
}

/// The paragraph or sub-paragraph of a text, or of an annex of it, at an address.
fn of(text: Draft, annex: Option<&str>, address: &str, places: Places) -> Result<Asked> {
    let path = text.path.clone();
    let entry = Entry::new(text);
    // The first of several with one number has the bare number for its id: `3~1` is how it is told from `3~2`.
    let first = address.strip_suffix("~1");
    let mut found: Vec<(&Paragraph, Option<&str>)> = entry.paragraphs_at(address);
    if let Some(first) = first {
        found.extend(entry.text.paragraphs.iter().find(|p| p.id == first).map(|p| (p, None)));
    }
    if found.is_empty() {
        let called = entry.text.paragraphs.iter().filter(|p| p.is_called(address));
        found = called.map(|paragraph| (paragraph, None)).collect();
    }
    found.retain(|(p, _)| annex.is_none() || entry.annex(p) == annex);
    // Where one number is printed in several ways, the way it was asked for decides.
    let printed = |(p, _): &(&Paragraph, _)| p.number.as_deref() == Some(address);
    if let [one] = found.iter().filter(|own| printed(own)).copied().collect::<Vec<_>>()[..] {
        found = vec![one];
    }
    let (paragraph, part) = match found.as_slice() {
        [one] => *one,
        [] => bail!("there is no paragraph {address} in {path}"),
        several => {
            let name = |(p, _): &(&Paragraph, _)| {
                let id = if p.id == address { format!("{}~1", p.id) } else { p.id.clone() };
                match entry.annex(p) {
                    Some(_) => format!("{id} ({})", entry.citation(entry.annex(p))),
                    None => id,
                }
            };
            let ids: Vec<String> = several.iter().map(name).collect();
            bail!("{path} has several paragraphs {address}: name one of {}", ids.join(", "));
        }
    };
    let part = paragraph.parts.iter().find(|p| Some(p.address.as_str()) == part);
    let words = part.map_or(paragraph.text.as_str(), |part| {
        paragraph.text.get(part.label.end..part.span.end).unwrap_or_default()
    });
    if paragraph.placeholder || words.trim().is_empty() {
        bail!("paragraph {address} of {path} holds no words");
    }
    Ok(Asked {
        text: words.trim().to_owned(),
        heading: paragraph.section.last().cloned().unwrap_or_default(),
        places,
    })
}
