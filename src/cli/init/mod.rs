//! `adref init`: a folder in; what a repository of drafts needs, written beside what is there already, out.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::Common;
use super::config;
use super::output::Ended;
use super::places::REFERENCES;

/// Set up a repository of drafts: settings, folders, and checks on GitHub, on GitLab and before each commit
#[derive(clap::Args)]
pub(super) struct Init {
    /// The folder of the repository; made where there is none
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
}

/// A file to be written.
struct Template {
    path: &'static str,
    text: &'static str,
    /// What it is for, in the list that the user sees.
    about: &'static str,
    /// True where the system must be allowed to run it.
    runs: bool,
    /// A folder that must not be there yet: what people keep in their own folders is theirs.
    only_in_new: Option<&'static str>,
}

/// A file that is only read.
const fn file(path: &'static str, text: &'static str, about: &'static str) -> Template {
    Template { path, text, about, runs: false, only_in_new: None }
}

const HOOK: &str = include_str!("pre-commit");

const TEMPLATES: [Template; 7] = [
    file("adref.yaml", include_str!("adref.yaml"), "the settings, each explained"),
    file(
        "adref.schema.json",
        include_str!("../../../schemas/adref-yaml-1.json"),
        "lets editors complete and check adref.yaml",
    ),
    Template {
        only_in_new: Some(config::DRAFTS),
        ..file("drafts/README.md", include_str!("drafts.md"), "the folder for your drafts")
    },
    Template {
        only_in_new: Some(REFERENCES),
        ..file(
            "references/README.md",
            include_str!("references.md"),
            "the folder for agreed texts, your library",
        )
    },
    file(".github/workflows/adref.yml", include_str!("github.yml"), "the check on GitHub"),
    file(".gitlab-ci.yml", include_str!("gitlab.yml"), "the check on GitLab"),
    Template {
        runs: true,
        ..file(".githooks/pre-commit", HOOK, "the check before each commit, for all who clone")
    },
];

/// The check before each commit, in the one clone where `init` is run.
const OWN_HOOK: Template = Template {
    runs: true,
    ..file(".git/hooks/pre-commit", HOOK, "the check before each commit, here")
};

pub(super) fn run(command: &Init, common: &Common) -> Result<Ended> {
    let folder = &command.folder;
    if folder.is_file() {
        bail!("{} is a file; name the folder of the repository", folder.display());
    }
    let made = || format!("{} could not be made", folder.display());
    fs::create_dir_all(folder).with_context(made)?;
    // What is new is known before the first file is written into it.
    let mut new = vec![config::DRAFTS, REFERENCES];
    new.retain(|inside| !folder.join(inside).exists());
    let own = Some(&OWN_HOOK).filter(|_| obeys_own_hooks(folder));
    let mut told = String::new();
    for template in TEMPLATES.iter().chain(own) {
        let wanted = template.only_in_new.is_none_or(|inside| new.contains(&inside));
        let path = folder.join(template.path);
        let written = wanted
            && write_new(&path, template)
                .with_context(|| format!("{} could not be written", path.display()))?;
        told.push_str(&match (written, template.only_in_new) {
            (true, _) => format!("written     {:28} {}\n", template.path, template.about),
            (false, Some(inside)) => format!("left alone  {inside}/\n"),
            (false, None) => format!("left alone  {}\n", template.path),
        });
    }
    told.push_str(
        "\nPut agreed texts into references/ and drafts into drafts/, then run `adref check`.\n",
    );
    common.write(&told)?;
    Ok(Ended::Clean)
}

/// Writes a file where there is none; false where there is one.
fn write_new(path: &Path, template: &Template) -> io::Result<bool> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if template.runs {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
    }
    match options.open(path) {
        Ok(mut file) => file.write_all(template.text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// True where the folder is that of a repository whose hooks stand in it, and not in a folder that others share.
fn obeys_own_hooks(folder: &Path) -> bool {
    let shared = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["config", "--get", "core.hooksPath"])
        .stdin(Stdio::null())
        .output();
    // Git ends with 1 where nothing is said of it.
    folder.join(".git").is_dir() && shared.is_ok_and(|output| output.status.code() == Some(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With every `#` before a setting taken away, the settings are those the tool has.
    #[test]
    fn the_settings_explained_are_read() {
        let is_prose = |line: &str| {
            let words = line.strip_prefix("# ");
            line == "#" || words.is_some_and(|words| !words.starts_with(' '))
        };
        let [settings, ..] = &TEMPLATES;
        let lines = settings.text.lines().filter(|line| !is_prose(line));
        let lines: Vec<&str> = lines.map(|line| line.strip_prefix('#').unwrap_or(line)).collect();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(config::NAME), lines.join("\n")).unwrap();
        let read = config::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(read.library, [folder.path().join("references")]);
        assert_eq!(read.drafts, [folder.path().join("drafts")]);
        assert_eq!(read.thresholds, adref::pipeline::Thresholds::default());
        assert_eq!(read.baseline, Some(folder.path().join("adref-baseline.json")));
        assert_eq!(read.policy.final_stages, ["Rev.3"]);
        assert!(!read.policy.rules.is_empty());
    }
}
