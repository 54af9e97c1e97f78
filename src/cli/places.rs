//! A draft's path and the user's wishes in; where its library is, and the settings that hold, out.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use etcetera::BaseStrategy;

use super::Common;
use super::config::{self, Config};

/// The folder that holds agreed texts where nobody says otherwise.
pub(super) const REFERENCES: &str = "references";

/// Where a draft's library is, and what thresholds hold for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Places {
    pub(super) library: Vec<PathBuf>,
    pub(super) config: Config,
}

/// Finds the places for a draft: what the command line says, else `adref.yaml` found upwards from the draft,
/// else a folder `references` found upwards from the draft or from here, and the personal library.
pub(super) fn places(draft: &str, common: &Common) -> Result<Places> {
    // Standard input and revisions have no folder: they are taken to stand here.
    let file = draft.rsplit_once(':').map_or(draft, |(_, file)| file);
    let folder = Path::new(file).parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let upwards = upwards(folder);
    let config = config::find(&upwards)?;
    let library = if !common.library.is_empty() {
        common.library.clone()
    } else if !config.library.is_empty() {
        config.library.clone()
    } else {
        let personal = personal().filter(|folder| folder.is_dir());
        project(&upwards).into_iter().chain(personal).collect()
    };
    Ok(Places { library, config })
}

/// The folder `references` of the project that a draft belongs to.
fn project(upwards: &[PathBuf]) -> Option<PathBuf> {
    let found = upwards.iter().map(|folder| folder.join(REFERENCES)).find(|p| p.is_dir());
    found.or_else(|| Some(PathBuf::from(REFERENCES)).filter(|p| p.is_dir()))
}

/// The folder that texts are added to: the one named with --library, or the personal library where that is
/// asked for, else what `adref.yaml` says, else the project's `references`, else the personal library.
pub(super) fn writable(common: &Common, wants_personal: bool) -> Result<PathBuf> {
    if let Some(named) = common.library.first().filter(|_| !wants_personal) {
        return Ok(named.clone());
    }
    let upwards = upwards(Path::new("."));
    let held = || -> Result<Option<PathBuf>> {
        let config = config::find(&upwards)?;
        Ok(config.library.into_iter().next().or_else(|| project(&upwards)))
    };
    let own = if wants_personal { None } else { held()? };
    own.or_else(personal)
        .context("your system names no folder for data; name one with --library DIR")
}

/// The personal library: the folder that `ADREF_LIBRARY` names, else `adref/references` where the system keeps the
/// data of programs.
pub(super) fn personal() -> Option<PathBuf> {
    let named = env::var_os("ADREF_LIBRARY").filter(|folder| !folder.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let base = etcetera::choose_base_strategy().ok()?;
        Some(base.data_dir().join("adref").join(REFERENCES))
    })
}

/// Where fetched documents are kept for the next time: the folder that `ADREF_CACHE` names, else `adref` where the
/// system keeps what programs can make again.
pub(super) fn cache() -> Option<PathBuf> {
    let named = env::var_os("ADREF_CACHE").filter(|folder| !folder.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let base = etcetera::choose_base_strategy().ok()?;
        Some(base.cache_dir().join("adref"))
    })
}

/// The folder and those above it, written as the user wrote the first as long as possible.
pub(super) fn upwards(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = folder
        .ancestors()
        .map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above })
        .map(Path::to_path_buf)
        .collect();
    if !folder.is_absolute()
        && let Ok(here) = std::env::current_dir()
    {
        let above = here.ancestors().skip(1).map(Path::to_path_buf);
        if !out.iter().any(|p| p == Path::new(".")) {
            out.push(PathBuf::from("."));
        }
        out.extend(above);
    }
    out
}
