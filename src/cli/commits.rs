//! A file under git in; every commit that touched it, and the draft it held then, out.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::input::LARGEST;
use adref::model::Draft;
use adref::read::{self, Reading};

/// A commit that touched a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    /// Its hash, in short.
    pub(super) hash: String,
    /// The day it was written, `2025-10-24`.
    pub(super) date: String,
    full: String,
    /// What the file was called then, seen from the top of the repository.
    path: String,
    /// A folder of the repository.
    folder: PathBuf,
}

/// Between two commits, and between the facts of one, in what git prints.
const COMMIT: char = '\u{1e}';
const FACT: char = '\u{1f}';

/// The commits that touched `file`, the oldest first, through renames as far as git sees them. With `since`, the state
/// at that revision and what came after it.
///
/// # Errors
/// When there is no git, no repository, or no commit of the file.
pub(super) fn commits(file: &str, since: Option<&str>) -> Result<Vec<Commit>> {
    let path = Path::new(file);
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("{file}: there is no such folder; check the spelling");
    }
    if path.is_dir() {
        bail!("{file}: this is a folder; give the file whose history you want");
    }
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let format = format!("--format={COMMIT}%H{FACT}%h{FACT}%as");
    let said = git(
        file,
        folder,
        &[
            "log",
            "--follow",
            "-z",
            "--name-only",
            "--diff-filter=d",
            &format,
            "--",
            &format!("./{name}"),
        ],
    )?;
    let mut commits: Vec<Commit> =
        said.split(COMMIT).filter_map(|told| Commit::of(told, folder)).collect();
    if commits.is_empty() {
        bail!("{file}: git has no commit of this file; check the name, or commit it first");
    }
    if let Some(since) = since {
        if since.starts_with('-') {
            bail!("--since {since}: this is not a revision");
        }
        let after = git(file, folder, &["rev-list", &format!("{since}..HEAD")])
            .with_context(|| format!("--since {since}"))?;
        let after: HashSet<&str> = after.lines().collect();
        let later = commits.iter().take_while(|commit| after.contains(commit.full.as_str()));
        commits.truncate(later.count() + 1);
    }
    commits.reverse();
    Ok(commits)
}

/// What git says when it is asked in a folder.
fn git(file: &str, folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{file}: git is needed for this and could not be run"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("not a git repository") {
        bail!(
            "{file}: this folder is not under git; give the revisions as files, the oldest first"
        );
    }
    if said.contains("does not have any commits") {
        bail!("{file}: nothing was committed here yet");
    }
    if arguments.first() == Some(&"rev-list") {
        bail!("git knows no such revision; `git log -- {file}` lists those of the file");
    }
    bail!("{file}: git said: {}", said.trim())
}

impl Commit {
    /// A commit as `git log -z --name-only` prints it: its facts, and behind a zero the name of the file.
    fn of(told: &str, folder: &Path) -> Option<Self> {
        let (facts, path) = told.split_once('\0')?;
        let [full, hash, date] = facts.split(FACT).collect::<Vec<_>>().try_into().ok()?;
        let path =
            path.trim_start_matches('\n').split('\0').next().filter(|path| !path.is_empty())?;
        Some(Self {
            hash: hash.to_owned(),
            date: date.to_owned(),
            full: full.to_owned(),
            path: path.to_owned(),
            folder: folder.to_owned(),
        })
    }

    /// The file as it stood then.
    ///
    /// # Errors
    /// When git cannot give it, or when it is no draft.
    pub(super) fn draft(&self, reading: Reading) -> Result<Draft> {
        let Self { hash, path, .. } = self;
        let shown = format!("{hash}:{path}");
        let failed = || format!("{shown}: git could not give this revision of the file");
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.folder)
            .args(["cat-file", "blob", &format!("{}:{path}", self.full)])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(failed)?;
        let mut bytes = Vec::new();
        // A file larger than any draft is not read to its end; git stops when nobody reads on.
        let stdout = child.stdout.take().with_context(failed)?;
        stdout.take(LARGEST + 1).read_to_end(&mut bytes).with_context(failed)?;
        let ended = child.wait().with_context(failed)?;
        if bytes.len() as u64 > LARGEST {
            bail!("{shown}: this is larger than 64 MB; that is no draft");
        }
        if !ended.success() {
            bail!(failed());
        }
        Ok(read::read_as(&shown, &bytes, reading)?)
    }
}
