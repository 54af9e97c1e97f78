//! The resolutions in the data folder in; paragraphs of them that a made-up draft can claim, out.

use adref::library;
use adref::model::{Library, Paragraph};

use super::data;

/// A paragraph of the library, and how it is cited.
pub struct Agreed {
    pub symbol: String,
    pub number: String,
    pub words: Vec<String>,
}

/// Paragraphs with a number that no other one of their text has, of plain running words.
pub fn agreed(library: &Library, most: usize) -> Vec<Agreed> {
    let all = library.entries.iter().flat_map(|entry| {
        let once = |number: &str| {
            entry.text.paragraphs.iter().filter(|p| p.number.as_deref() == Some(number)).count()
                == 1
        };
        let plain = move |p: &&Paragraph| {
            let words = p.text.split_whitespace().count();
            p.parts.is_empty()
                && p.annex.is_none()
                && (25..90).contains(&words)
                && !p.text.contains(['\n', '“', '"', '[', '(', '_', '*', '/'])
                && !p.text.contains("as appropriate")
                && p.number.as_deref().is_some_and(once)
        };
        entry.text.paragraphs.iter().filter(plain).map(|p| Agreed {
            symbol: entry.symbol().to_owned(),
            number: p.number.clone().unwrap(),
            words: p.text.split_whitespace().map(str::to_owned).collect(),
        })
    });
    let all: Vec<Agreed> = all.collect();
    let step = (all.len() / most).max(1);
    all.into_iter().step_by(step).take(most).collect()
}

/// The resolutions of each session; none where they are not at hand.
pub fn sessions() -> Vec<Library> {
    let folders = ["77", "78", "79"].map(|session| data().join("un/akn/ga").join(session));
    let held: Vec<_> = folders.into_iter().filter(|folder| folder.is_dir()).collect();
    if held.is_empty() {
        println!("no official texts at hand: set ADREF_DATA to the folder that holds un/akn");
    }
    held.into_iter().map(|folder| library::load(&[folder]).unwrap()).collect()
}
