//! `adref.yaml` in; where the library is and which thresholds hold out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use adref::library::fetch::Template;
use adref::pipeline::Thresholds;

/// The name of the settings file.
const NAME: &str = "adref.yaml";

/// Settings that hold for the drafts below the folder of an `adref.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Config {
    /// Folders of agreed texts.
    pub(super) library: Vec<PathBuf>,
    /// Addresses that documents are fetched from, with `{symbol}` in them.
    pub(super) mirrors: Vec<String>,
    /// What decides between chance and reuse, and between the marks.
    pub(super) thresholds: Thresholds,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    library: Several<PathBuf>,
    mirror: Several<String>,
    thresholds: RawThresholds,
    #[serde(flatten)]
    unknown: serde_yaml::Mapping,
}

/// One thing, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Several<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T> Several<T> {
    fn all(self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawThresholds {
    evidence_bits: Option<f64>,
    recalled: Option<f64>,
    restated: Option<f64>,
    reaffirmed: Option<f64>,
    #[serde(flatten)]
    unknown: serde_yaml::Mapping,
}

/// Keys an `adref.yaml` may have.
const KEYS: [&str; 7] =
    ["library", "mirror", "thresholds", "evidence_bits", "recalled", "restated", "reaffirmed"];

/// Reads the first `adref.yaml` in `folders`; without one, every setting has its usual value.
pub(super) fn find(folders: &[PathBuf]) -> Result<Config> {
    let found = folders.iter().map(|folder| folder.join(NAME)).find(|path| path.is_file());
    let Some(path) = found else { return Ok(Config::default()) };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{} could not be read", path.display()))?;
    parse(&text, &path)
}

fn parse(text: &str, path: &Path) -> Result<Config> {
    let shown = path.display();
    if text.trim().is_empty() {
        return Ok(Config::default());
    }
    let raw: Raw = serde_yaml::from_str(text).map_err(|error| {
        let line = error.location().map_or(String::new(), |place| format!(":{}", place.line()));
        let message = error.to_string();
        let message =
            message.split(" at line ").next().unwrap_or_default().replace("f64", "a number");
        anyhow::anyhow!("{shown}{line}: {message}")
    })?;
    let unknown = raw.unknown.keys().chain(raw.thresholds.unknown.keys()).next();
    if let Some(key) = unknown {
        let key = key.as_str().unwrap_or_default();
        let line =
            text.lines().position(|line| line.trim_start().starts_with(key)).map_or(1, |l| l + 1);
        bail!("{shown}:{line}: there is no setting “{key}”; did you mean “{}”?", nearest(key));
    }
    let mut thresholds = Thresholds::default();
    let wanted = raw.thresholds;
    for (name, value, slot) in [
        ("recalled", wanted.recalled, &mut thresholds.matching.recalled),
        ("restated", wanted.restated, &mut thresholds.matching.restated),
        ("reaffirmed", wanted.reaffirmed, &mut thresholds.marking.reaffirmed),
    ] {
        let Some(value) = value else { continue };
        if !(0.0..=1.0).contains(&value) {
            bail!("{shown}: {name} is a share of words and lies between 0 and 1, not {value}");
        }
        *slot = value;
    }
    thresholds.marking.recalled = thresholds.matching.recalled;
    if let Some(bits) = wanted.evidence_bits {
        if !(0.0..=1000.0).contains(&bits) {
            bail!("{shown}: evidence_bits lies between 0 and 1000, not {bits}");
        }
        thresholds.matching.bits = bits;
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let library = raw.library.all().iter().map(|place| folder.join(place)).collect();
    let mirrors = raw.mirror.all();
    if let Some(fault) = mirrors.iter().find_map(|mirror| Template::parse(mirror).err()) {
        bail!("{shown}: mirror: {fault}");
    }
    Ok(Config { library, mirrors, thresholds })
}

/// The known key most like `key`.
fn nearest(key: &str) -> &'static str {
    let alike = |known: &str| similar::TextDiff::from_chars(key, known).ratio();
    KEYS.into_iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).unwrap_or("library")
}
