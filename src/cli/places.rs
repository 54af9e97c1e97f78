//! A draft's path and the user's wishes in; where its library is, and the settings that hold, out.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Common;
use super::config::{self, Config};

/// The folder that holds agreed texts where nobody says otherwise.
const REFERENCES: &str = "references";

/// Where a draft's library is, and what thresholds hold for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Places {
    pub(super) library: Vec<PathBuf>,
    pub(super) config: Config,
}

/// Finds the places for a draft: what the command line says, else `adref.yaml` found upwards from the draft,
/// else a folder `references` found upwards from the draft or from here.
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
        let found = upwards.iter().map(|folder| folder.join(REFERENCES)).find(|p| p.is_dir());
        found
            .or_else(|| Some(PathBuf::from(REFERENCES)).filter(|p| p.is_dir()))
            .into_iter()
            .collect()
    };
    Ok(Places { library, config })
}

/// The folder and those above it, written as the user wrote the first as long as possible.
fn upwards(folder: &Path) -> Vec<PathBuf> {
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
