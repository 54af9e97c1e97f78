//! `adref.yaml` in; where drafts and library are, which thresholds hold, and how drafts are checked, out.

mod fault;
#[cfg(test)]
mod schema;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

use adref::check::{Policy, Setting};
use adref::library::fetch::Template;
use adref::pipeline::Thresholds;

/// The name of the settings file.
pub(super) const NAME: &str = "adref.yaml";

/// The folder that holds drafts where nobody says otherwise.
pub(super) const DRAFTS: &str = "drafts";

/// Settings that hold for the drafts below the folder of an `adref.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Config {
    /// The folder of the file; none where there is none.
    pub(super) folder: Option<PathBuf>,
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

/// The file as it stands. What it may hold is also written down for editors, in `schemas/adref-yaml-1.json`.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    #[serde(deserialize_with = "several")]
    library: Vec<PathBuf>,
    #[serde(deserialize_with = "several")]
    mirror: Vec<String>,
    #[serde(deserialize_with = "or_nothing")]
    thresholds: RawThresholds,
    #[serde(deserialize_with = "several")]
    drafts: Vec<PathBuf>,
    #[serde(deserialize_with = "or_nothing")]
    check: RawCheck,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawCheck {
    baseline: Option<PathBuf>,
    #[serde(deserialize_with = "rules")]
    rules: BTreeMap<String, Setting>,
    #[serde(deserialize_with = "or_nothing")]
    final_stages: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawThresholds {
    evidence_bits: Option<f64>,
    recalled: Option<f64>,
    restated: Option<f64>,
    reaffirmed: Option<f64>,
}

/// Reads a group of settings; one of which only the name stands there is empty.
fn or_nothing<'de, D: Deserializer<'de>, T>(from: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
{
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// Reads the settings of the rules, each of which may stand only once.
fn rules<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Setting>, D::Error> {
    struct Rules;

    impl<'de> Visitor<'de> for Rules {
        type Value = BTreeMap<String, Setting>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(BTreeMap::new())
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = BTreeMap::new();
            while let Some(name) = map.next_key::<String>()? {
                if all.contains_key(&name) {
                    return Err(de::Error::custom(format!("duplicate field `{name}`")));
                }
                all.insert(name, map.next_value()?);
            }
            Ok(all)
        }
    }

    from.deserialize_any(Rules)
}

/// Reads one text, or a list of them.
fn several<'de, D: Deserializer<'de>, T: From<String>>(from: D) -> Result<Vec<T>, D::Error> {
    struct Several<T>(PhantomData<T>);

    impl<'de, T: From<String>> Visitor<'de> for Several<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text, or a list of texts,")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
            Ok(vec![text.to_owned().into()])
        }

        fn visit_unit<E: de::Error>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut all = Vec::new();
            while let Some(text) = list.next_element::<String>()? {
                all.push(text.into());
            }
            Ok(all)
        }
    }

    from.deserialize_any(Several(PhantomData))
}

/// Reads the first `adref.yaml` in `folders`; without one, every setting has its usual value.
pub(super) fn find(folders: &[PathBuf]) -> Result<Config> {
    let found = folders.iter().map(|folder| folder.join(NAME)).find(|path| path.is_file());
    let Some(path) = found else { return Ok(Config::default()) };
    let bytes =
        std::fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        bail!("{}: this file is not in UTF-8; save it as UTF-8", path.display());
    };
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
    let folder = path.parent().unwrap_or(Path::new("."));
    let raw: Option<Raw> =
        serde_yaml::from_str(text).map_err(|error| fault::reading(&error, text, path))?;
    let Raw { library, mirror: mirrors, thresholds, drafts, check } = raw.unwrap_or_default();
    let thresholds = checked(&thresholds).or_else(|(name, fault)| {
        bail!("{}: {fault}", fault::place(text, path, &["thresholds", name]))
    })?;
    if let Some(fault) = mirrors.iter().find_map(|mirror| Template::parse(mirror).err()) {
        bail!("{}: mirror: {fault}", fault::place(text, path, &["mirror"]));
    }
    let RawCheck { baseline, rules, final_stages } = check;
    let policy = Policy { rules, final_stages, ..Policy::default() };
    if let Some(fault) = policy.faults().first() {
        let words = fault::subject(fault);
        bail!("{}: {fault}", fault::place(text, path, &words));
    }
    let seen_from_here = |places: Vec<PathBuf>| places.iter().map(|p| folder.join(p)).collect();
    Ok(Config {
        folder: Some(folder.to_owned()),
        library: seen_from_here(library),
        mirrors,
        thresholds,
        drafts: seen_from_here(drafts),
        policy,
        baseline: baseline.map(|file| folder.join(file)),
    })
}

/// The thresholds with those of the file in place of the usual ones; else the name of the wrong one, and what is wrong.
fn checked(wanted: &RawThresholds) -> Result<Thresholds, (&'static str, String)> {
    let mut thresholds = Thresholds::default();
    for (name, value, slot) in [
        ("recalled", wanted.recalled, &mut thresholds.matching.recalled),
        ("restated", wanted.restated, &mut thresholds.matching.restated),
        ("reaffirmed", wanted.reaffirmed, &mut thresholds.marking.reaffirmed),
    ] {
        let Some(value) = value else { continue };
        if !(0.0..=1.0).contains(&value) {
            let fault = format!("{name} is a share of words and lies between 0 and 1, not {value}");
            return Err((name, fault));
        }
        *slot = value;
    }
    let (recalled, reaffirmed) = (thresholds.matching.recalled, thresholds.marking.reaffirmed);
    if recalled > reaffirmed {
        let fault = format!(
            "recalled ({recalled}) must not be above reaffirmed ({reaffirmed}): a paragraph is recalled where less of it is agreed"
        );
        return Err((if wanted.recalled.is_some() { "recalled" } else { "reaffirmed" }, fault));
    }
    thresholds.marking.recalled = recalled;
    if let Some(bits) = wanted.evidence_bits {
        if !(0.0..=1000.0).contains(&bits) {
            let fault = format!("evidence_bits lies between 0 and 1000, not {bits}");
            return Err(("evidence_bits", fault));
        }
        thresholds.matching.bits = bits;
    }
    Ok(thresholds)
}
