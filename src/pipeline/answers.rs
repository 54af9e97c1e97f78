//! Words or a paragraph, and where a library is, in; what the library says of them out.

use std::path::PathBuf;

use super::folding_of;
use crate::ask::{self, Closeness, Order, Phrase, Seek};
use crate::library::{self, Holding};
use crate::model::{Library, Life, Scope, Search, Suggestions};
use crate::read::ReadError;
use crate::text::Folding;

/// What is asked of a library as a whole, and the library with the paragraphs that answer.
#[derive(Debug)]
pub struct Answered<A> {
    /// The library; of a large one, only what may be part of the answer.
    pub library: Library,
    /// The answer.
    pub answer: A,
}

/// Where the library in `places` has the words of `query`.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn search(
    query: &str,
    places: &[PathBuf],
    holding: &Holding,
    scope: &Scope,
    order: Order,
) -> Result<Answered<Search>, ReadError> {
    let general = Folding::general();
    let phrases = [Phrase::new(query, general, Closeness::SEARCH)];
    // What cannot be searched for is not looked for either: only how much the library holds is told.
    let sought = phrases.get(..usize::from(!phrases.iter().any(Phrase::is_common)));
    let library = library::sift(places, &Seek::new(sought.unwrap_or_default(), general), holding)?;
    let folding = folding_of(&library);
    let phrase = Phrase::new(query, &folding, Closeness::SEARCH);
    let answer = ask::search(&phrase, &library, &folding, scope, order);
    Ok(Answered { library, answer })
}

/// The lives of several sentences in the library in `places`.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn trace(
    texts: &[String],
    places: &[PathBuf],
    holding: &Holding,
) -> Result<Answered<Vec<Life>>, ReadError> {
    let general = Folding::general();
    let phrases: Vec<Phrase> = texts.iter().map(|text| Phrase::traced(text, general)).collect();
    let library = library::sift(places, &Seek::new(&phrases, general), holding)?;
    let folding = folding_of(&library);
    let life = |text: &String| ask::trace(&Phrase::traced(text, &folding), &library, &folding);
    let answer = texts.iter().map(life).collect();
    Ok(Answered { library, answer })
}

/// At most `limit` agreed paragraphs on the subject of `text`, which stands under `heading`.
///
/// # Errors
/// When a place does not exist or cannot be opened.
pub fn suggest(
    text: &str,
    heading: &str,
    places: &[PathBuf],
    holding: &Holding,
    limit: usize,
) -> Result<Answered<Suggestions>, ReadError> {
    let general = Folding::general();
    let library = library::sift(places, &ask::Subject::new(text, heading, general), holding)?;
    let folding = folding_of(&library);
    let subject = ask::Subject::new(text, heading, &folding);
    let answer = ask::suggest(&subject, &library, &folding, limit);
    Ok(Answered { library, answer })
}

/// The library in `places`, of which the references called `name` are held whole, and the others, where they are many,
/// without their paragraphs.
///
/// # Errors
/// When a place does not exist or cannot be opened, or a reference called so cannot be read.
pub fn called(name: &str, places: &[PathBuf], holding: &Holding) -> Result<Library, ReadError> {
    let mut library = library::sift(places, &Seek::new(&[], Folding::general()), holding)?;
    if !library.sifted {
        return Ok(library);
    }
    let called = library.find_part(name).0.into_iter().map(|entry| entry.text.path.clone());
    for path in called.collect::<Vec<String>>() {
        let read = library::load(&[PathBuf::from(&path)])?;
        let Some(text) = read.entries.into_iter().next() else {
            let fault = read.findings.into_iter().next().map(|finding| finding.message);
            let message = fault.unwrap_or_else(|| "this file cannot be read".to_owned());
            return Err(ReadError { path, at: None, message });
        };
        library.findings.extend(read.findings);
        if let Some(held) = library.entries.iter_mut().find(|entry| entry.text.path == path) {
            *held = text;
        }
    }
    Ok(library)
}
