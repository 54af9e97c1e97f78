//! `adref.yaml` in; where the library is and which thresholds hold out.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use adref::check::Policy;
use adref::library::fetch::Template;
use adref::pipeline::Thresholds;

/// The name of the settings file.
const NAME: &str = "adref.yaml";

/// The folder that holds drafts where nobody says otherwise.
const DRAFTS: &str = "drafts";

/// Settings that hold for the drafts below the folder of an `adref.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Config {
    /// Folders of agreed texts.
    pub(super) library: Vec<PathBuf>,
    /// Addresses that documents are fetched from, with `{symbol}` in them.
    pub(super) mirrors: Vec<String>,
    /// What decides between chance and reuse, and between the marks.
    pub(super) thresholds: Thresholds,
    /// Files and folders of drafts.
    pub(super) drafts: Vec<PathBuf>,
    /// How drafts are to be checked.
    pub(super) policy: Policy,
    /// Findings that are known and not told again.
    pub(super) baseline: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    library: Several<PathBuf>,
    mirror: Several<String>,
    thresholds: RawThresholds,
    drafts: Several<PathBuf>,
    check: RawCheck,
    #[serde(flatten)]
    unknown: serde_yaml::Mapping,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawCheck {
    baseline: Option<PathBuf>,
    #[serde(flatten)]
    policy: Policy,
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
const KEYS: [&str; 9] = [
    "check",
    "drafts",
    "library",
    "mirror",
    "thresholds",
    "evidence_bits",
    "recalled",
    "restated",
    "reaffirmed",
];

/// Reads the first `adref.yaml` in `folders`; without one, every setting has its usual value.
pub(super) fn find(folders: &[PathBuf]) -> Result<Config> {
    let found = folders.iter().map(|folder| folder.join(NAME)).find(|path| path.is_file());
    let Some(path) = found else { return Ok(Config::default()) };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{} could not be read", path.display()))?;
    parse(&text, &path)
}

/// The drafts of the repository that `folder` lies in: what its `adref.yaml` says, else the folder `drafts`.
pub(super) fn drafts(folders: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let own = find(folders)?.drafts;
    if !own.is_empty() {
        return Ok(own);
    }
    let found = folders.iter().map(|folder| folder.join(DRAFTS)).find(|path| path.is_dir());
    let missing = "there is no folder `drafts` here; name the drafts to check, or say in adref.yaml where they are";
    Ok(vec![found.context(missing)?])
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
    let drafts = raw.drafts.all().iter().map(|place| folder.join(place)).collect();
    let RawCheck { baseline, policy } = raw.check;
    if let Some(fault) = policy.faults().first() {
        bail!("{shown}: {fault}; `adref check --rules` lists all rules");
    }
    let baseline = baseline.map(|file| folder.join(file));
    Ok(Config { library, mirrors, thresholds, drafts, policy, baseline })
}

/// The known key most like `key`.
fn nearest(key: &str) -> &'static str {
    let alike = |known: &str| similar::TextDiff::from_chars(key, known).ratio();
    KEYS.into_iter().max_by(|a, b| alike(a).total_cmp(&alike(b))).unwrap_or("library")
}
