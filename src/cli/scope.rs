//! What a user limits a question to in; the scope, held against a library, out.

use anyhow::{Result, bail};

use super::date::date;
use super::words::words;
use adref::model::{Library, Scope, organs};

/// So many organs are named to a user who asks for one that does not speak in the library.
const MOST_ORGANS: usize = 8;

/// Which references are meant.
#[derive(clap::Args)]
pub(super) struct Limits {
    /// Only texts of this organ: its name, an abbreviation (GA, ECOSOC, SC, HRC), or the beginning of its symbols
    #[arg(long, value_name = "ORGAN", value_parser = words)]
    organ: Option<String>,
    /// Only texts agreed in this year, in this month or on this day, or later: 2015, 2015-12, 2015-12-16
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<String>,
}

impl Limits {
    pub(super) fn scope(&self) -> Scope {
        Scope { organ: self.organ.clone(), since: self.since.clone() }
    }
}

/// Makes sure that the organ asked for speaks in the library.
///
/// # Errors
/// When it does not; which organs do is told.
pub(super) fn holds_organ(scope: &Scope, library: &Library) -> Result<()> {
    let Some(organ) = scope.organ.as_deref().filter(|_| !scope.is_held(library)) else {
        return Ok(());
    };
    let held = organs(library);
    let told = held.iter().take(MOST_ORGANS).map(|(organ, count)| format!("{organ} ({count})"));
    match told.collect::<Vec<_>>().join(", ") {
        told if told.is_empty() => bail!("the library holds no text of {organ}, or of any organ"),
        told => bail!("the library holds no text of {organ}; it holds: {told}"),
    }
}
