//! `adref references fetch`: symbols in; the documents in the library, and where each came from, out.

use anyhow::Result;
use clap::ValueEnum;

use super::super::Common;
use super::super::output::{Ended, complain};
use super::super::places::{cache, places, writable};
use super::super::progress::Progress;
use super::super::words::words;
use super::add::{Target, told};
use super::language::LanguageName;
use adref::library::fetch::{Fetched, Fetcher, Form, Request, Template};
use adref::library::{self, Added, Incoming, Placed, Store, add_one};
use adref::model::Library;
use adref::report::sanitized;
use adref::text::Language;

/// Fetch documents by symbol from the United Nations; the one command that uses the network
#[derive(clap::Args)]
pub(super) struct Fetch {
    /// Document symbols, such as A/RES/70/125
    #[arg(required = true, value_name = "SYMBOL", value_parser = words)]
    symbols: Vec<String>,
    /// The language to fetch
    #[arg(long, value_enum, default_value_t = LanguageName::En)]
    language: LanguageName,
    /// The form to fetch; PDF is the official one
    #[arg(long, value_enum, default_value_t = FormName::Pdf)]
    kind: FormName,
    /// Ask only the mirrors named in adref.yaml, not the United Nations' own service
    #[arg(long)]
    mirror_only: bool,
    /// Ask again for what is held or kept from an earlier time
    #[arg(long)]
    refresh: bool,
    #[command(flatten)]
    target: Target,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormName {
    Pdf,
    Docx,
}

pub(super) fn run(command: &Fetch, common: &Common) -> Result<Ended> {
    let places = places("-", common)?;
    let folder = writable(common, command.target.personal)?;
    let held = library::load(&places.library)?;
    let language = command.language.into();
    // The settings were checked when they were read.
    let mirrors = places.config.mirrors.iter().filter_map(|mirror| Template::parse(mirror).ok());
    let mut fetcher = Fetcher::new(Request {
        mirrors: mirrors.collect(),
        official: !command.mirror_only,
        language,
        form: match command.kind {
            FormName::Pdf => Form::Pdf,
            FormName::Docx => Form::Docx,
        },
        cache: cache(),
        refresh: command.refresh,
        ..Request::default()
    });
    let mut progress = Progress::new();
    let (mut added, mut text, mut failed) = (Added::default(), String::new(), 0);
    for (done, symbol) in command.symbols.iter().enumerate() {
        if !command.refresh
            && let Some(path) = holder(&held, symbol, language)
        {
            text.push_str(&format!(
                "{symbol}: already held in {path}; --refresh fetches it anew\n"
            ));
            continue;
        }
        progress.tell(done, symbol);
        let kept = fetcher.fetch(symbol).map_err(anyhow::Error::from).and_then(|fetched| {
            let mut store = Store::open(&folder)?;
            Ok(keep(&fetched, &mut store, command.target.replace)?)
        });
        match kept {
            Ok(placed) => added.placed.push(placed),
            Err(error) => {
                failed += 1;
                complain(&error);
            }
        }
    }
    drop(progress);
    if !added.placed.is_empty() {
        text.push_str(&told(&added, &folder));
    }
    if failed > 0 && command.symbols.len() > 1 {
        text.push_str(&format!("{failed} of {} could not be fetched\n", command.symbols.len()));
    }
    common.write(sanitized(&text))?;
    Ok(if failed == 0 { Ended::Clean } else { Ended::Incomplete })
}

/// The file that holds the whole document in this language.
fn holder<'l>(library: &'l Library, symbol: &str, language: Language) -> Option<&'l str> {
    let mut found = library.find(symbol).into_iter().filter(|entry| {
        entry.is_full() && entry.text.front.annex.is_none() && entry.text.language() == language
    });
    found.next().map(|entry| entry.text.path.as_str())
}

fn keep(
    fetched: &Fetched,
    store: &mut Store,
    replace: bool,
) -> Result<Placed, adref::read::ReadError> {
    let incoming = Incoming {
        from: &fetched.from,
        bytes: &fetched.bytes,
        text: &fetched.text,
        symbol: Some(fetched.symbol.as_str()),
    };
    add_one(store, &incoming, replace)
}
