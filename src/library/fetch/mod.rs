//! Symbols in; the documents, fetched over the network and checked, out. Nothing else here uses the network.

mod address;
mod cache;
mod check;
mod http;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use self::address::{Form, Symbol, Template};
pub use self::check::Reader;
pub use self::http::Patience;

use self::cache::Cache;
use self::http::Client;
use crate::model::Draft;
use crate::read;
use crate::text::Language;

/// What is asked for, where, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// Places that are asked first, in their order.
    pub mirrors: Vec<Template>,
    /// Whether the United Nations' own service is asked where no mirror has the document.
    pub official: bool,
    /// The language wanted.
    pub language: Language,
    /// The form wanted; a mirror may keep another one.
    pub form: Form,
    /// Where documents are kept for the next time.
    pub cache: Option<PathBuf>,
    /// Whether documents are asked for although they are kept.
    pub refresh: bool,
    /// How long is waited, and how often is asked again.
    pub patience: Patience,
    /// What reads a document.
    pub reader: Reader,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            mirrors: Vec::new(),
            official: true,
            language: Language::default(),
            form: Form::default(),
            cache: None,
            refresh: false,
            patience: Patience::default(),
            reader: read::read,
        }
    }
}

/// A document that came, and bears the symbol asked for.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Its symbol, as asked for.
    pub symbol: Symbol,
    /// The address it came from.
    pub from: String,
    /// The file, byte for byte.
    pub bytes: Vec<u8>,
    /// The same, read.
    pub text: Draft,
    /// Whether it was kept from an earlier time, so that nobody was asked.
    pub kept: bool,
}

/// Why a document could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchError {
    /// What was asked for.
    pub symbol: String,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.symbol, self.message)
    }
}

impl std::error::Error for FetchError {}

/// Fetches documents, one after another.
pub struct Fetcher {
    request: Request,
    cache: Option<Cache>,
    client: Client,
}

impl Fetcher {
    /// A fetcher that waits where waiting is polite.
    pub fn new(request: Request) -> Self {
        Self::with_sleep(request, Box::new(std::thread::sleep))
    }

    /// A fetcher that waits by `sleep`.
    pub fn with_sleep(request: Request, sleep: Box<dyn FnMut(Duration)>) -> Self {
        let cache = request.cache.clone().map(Cache::new);
        Self { cache, client: Client::new(request.patience, sleep), request }
    }

    /// Fetches the document with this symbol: from the mirrors, else from the United Nations.
    ///
    /// # Errors
    /// When nobody has it; the message says what each place answered.
    pub fn fetch(&mut self, symbol: &str) -> Result<Fetched, FetchError> {
        let error = |message| FetchError { symbol: symbol.trim().to_owned(), message };
        let asked = Symbol::parse(symbol).map_err(error)?;
        let mirrors = self.request.mirrors.iter().cloned().map(|mirror| (mirror, None));
        let official = (Template::official(), Some(self.request.form));
        let places: Vec<_> = mirrors.chain(self.request.official.then_some(official)).collect();
        let mut failures = Vec::new();
        for (place, form) in places {
            let service = match form {
                Some(_) => "the United Nations' document service".to_owned(),
                None => format!("the mirror {}", place.host()),
            };
            let from = place.fill(&asked, self.request.language, self.request.form);
            match self.at(&asked, &from, form) {
                Ok((bytes, text, kept)) => {
                    return Ok(Fetched { symbol: asked, from, bytes, text, kept });
                }
                Err(told) => failures.push(format!("{service} {told}")),
            }
        }
        if failures.is_empty() {
            failures.push("there is no mirror to ask; name one in adref.yaml".to_owned());
        }
        Err(error(failures.join("; ")))
    }

    /// The document at one address, and whether it was kept from an earlier time.
    fn at(
        &mut self,
        symbol: &Symbol,
        from: &str,
        form: Option<Form>,
    ) -> Result<(Vec<u8>, Draft, bool), String> {
        let reader = self.request.reader;
        let check = |bytes: &[u8]| check::check(symbol, form, bytes, reader);
        let kept = self.cache.as_ref().filter(|_| !self.request.refresh);
        if let Some(bytes) = kept.and_then(|cache| cache.get(from))
            && let Ok(text) = check(&bytes)
        {
            return Ok((bytes, text, true));
        }
        let bytes = self.client.get(from).map_err(|trouble| trouble.told())?;
        let text = check(&bytes).map_err(|wrong| wrong.told())?;
        if let Some(cache) = &self.cache {
            cache.put(from, &bytes);
        }
        Ok((bytes, text, false))
    }
}
