//! A file of known findings in; the findings it knows, or the file written anew, out.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::cli::config::Config;
use crate::cli::output::{say, write_file};
use adref::check::Baseline;
use adref::model::{Draft, Finding};

/// The baseline's name where nobody gives another.
const NAME: &str = "adref-baseline.json";

/// Where a baseline is, or would be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    path: PathBuf,
    /// True where somebody says that it is there.
    named: bool,
}

/// Where the baseline of drafts with these settings is.
pub(super) fn place(asked: Option<&Path>, config: &Config) -> Place {
    if let Some(path) = asked.or(config.baseline.as_deref()) {
        return Place { path: path.to_owned(), named: true };
    }
    let folder = config.folder.as_deref().unwrap_or(Path::new("."));
    Place { path: folder.join(NAME), named: false }
}

/// Reads the baseline; none where there is none and nobody says so.
///
/// # Errors
/// When there is none where somebody says so, or it is none.
pub(super) fn baseline(place: &Place) -> Result<Option<Baseline>> {
    let path = &place.path;
    if !path.exists() {
        if place.named {
            bail!(
                "{}: there is no such baseline; `adref check --write-baseline` makes it",
                path.display()
            );
        }
        return Ok(None);
    }
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} could not be read", path.display()))?;
    let read = Baseline::read(&text).map_err(|error| {
        let line = error.line.map_or(String::new(), |line| format!(":{line}"));
        anyhow!("{}{line}: {error}", path.display())
    });
    read.map(Some)
}

impl Place {
    /// True where the file that the baseline calls so is there.
    pub(super) fn has(&self, file: &str) -> bool {
        self.path.parent().unwrap_or(Path::new("")).join(file).exists()
    }

    /// What the baseline calls a draft: its path seen from the folder of the baseline, so that the check may be run
    /// from anywhere. What is no file keeps its name.
    pub(super) fn name(&self, draft: &str) -> String {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let seen = || -> Option<String> {
            let file = Path::new(draft).is_file().then(|| resolved(Path::new(draft)))??;
            let folder = resolved(folder)?;
            let shared = file.iter().zip(&folder).take_while(|(a, b)| a == b).count();
            let up = folder.iter().skip(shared).map(|_| "..".to_owned());
            let down = file.iter().skip(shared).cloned();
            Some(up.chain(down).collect::<Vec<_>>().join("/"))
        };
        seen().unwrap_or_else(|| draft.to_owned())
    }
}

/// The parts of a path from the root on, without `.` and `..`.
fn resolved(path: &Path) -> Option<Vec<String>> {
    let here = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut parts: Vec<String> = Vec::new();
    for part in std::path::absolute(here).ok()?.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir => {}
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    Some(parts)
}

/// Baselines to be written.
#[derive(Default)]
pub(super) struct Baselines {
    files: BTreeMap<Place, (Baseline, usize)>,
}

impl Baselines {
    /// True where nothing was taken up.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Takes up all findings of these drafts; what a baseline says of others stands.
    ///
    /// # Errors
    /// When there is such a file and it is no baseline.
    pub(super) fn take<'d>(
        &mut self,
        place: &Place,
        drafts: impl Iterator<Item = (&'d Draft, &'d Vec<Finding>)>,
    ) -> Result<()> {
        if !self.files.contains_key(place) {
            let old = baseline(&Place { named: false, ..place.clone() })?.unwrap_or_default();
            self.files.insert(place.clone(), (old, 0));
        }
        let Some((baseline, count)) = self.files.get_mut(place) else { return Ok(()) };
        for (draft, findings) in drafts {
            baseline.renew(&place.name(&draft.path), findings);
            *count += findings.len();
        }
        Ok(())
    }

    /// Writes them, and says so.
    ///
    /// # Errors
    /// When a file may not be written.
    pub(super) fn write(&self) -> Result<()> {
        for (place, (baseline, count)) in &self.files {
            write_file(&place.path, baseline.written())?;
            let told = if *count == 1 { "1 finding" } else { &format!("{count} findings") };
            say(&format!("{told} written to {}\n", place.path.display()));
        }
        Ok(())
    }
}
