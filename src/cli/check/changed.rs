//! A git revision and drafts in; which paragraphs of each draft have changed since out.
//!
//! A paragraph is unchanged where the draft had one with the same words, pins and waivers at that revision, wherever it
//! stood and whatever its number was, as long as the number is in order. A draft that was renamed is known by git's own reckoning.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

use adref::model::{Draft, Finding, Paragraph, breaks};
use adref::read::{self, Reading};

/// A revision, and what git knows of the folders that the drafts stand in.
pub(super) struct Since {
    revision: String,
    folders: HashMap<PathBuf, Folder>,
}

/// A folder under git.
struct Folder {
    /// Its path in the repository, with a `/` at its end; empty for the repository's own folder.
    prefix: String,
    /// Files that were renamed since, by their paths in the repository: the new one, the old one.
    renamed: HashMap<String, String>,
}

/// What of a draft is new.
pub(super) struct Changed {
    /// True where anything in the file is.
    any: bool,
    paragraphs: HashSet<String>,
    /// Those whose number was in order, whatever it was, and is not now.
    misnumbered: HashSet<String>,
}

/// The rule whose findings are about numbers, and not about the words that bear them.
const NUMBERING: &str = "numbering";

impl Changed {
    /// True where the finding is about a paragraph that changed, or about a draft as a whole that did.
    pub(super) fn concerns(&self, finding: &Finding) -> bool {
        match &finding.paragraph {
            Some(id) => {
                let is_misnumbered = finding.rule == NUMBERING && self.misnumbered.contains(id);
                is_misnumbered || self.paragraphs.contains(id)
            }
            None => self.any,
        }
    }
}

impl Since {
    /// Looks the revision up in the repositories of all drafts.
    ///
    /// # Errors
    /// When a draft is not under git, or git knows no such revision there.
    pub(super) fn new(revision: &str, names: &[String]) -> Result<Self> {
        let mut folders = HashMap::new();
        for name in names {
            if name == "-" {
                bail!(
                    "--changed-since asks git what a draft was before, and standard input has no past; name a file"
                );
            }
            let (folder, _) = place(name);
            if let Entry::Vacant(slot) = folders.entry(folder) {
                let found = Folder::open(slot.key(), revision)?;
                slot.insert(found);
            }
        }
        Ok(Self { revision: revision.to_owned(), folders })
    }

    /// What has changed in a draft.
    ///
    /// # Errors
    /// When git cannot be run.
    pub(super) fn changed(&self, draft: &Draft, reading: Reading) -> Result<Changed> {
        let old = self.before(&draft.path, reading)?;
        let mut known: HashMap<String, usize> = HashMap::new();
        for paragraph in old.iter().flat_map(|old| &old.paragraphs) {
            *known.entry(content(paragraph)).or_default() += 1;
        }
        let mut is_known = |paragraph: &Paragraph| {
            let left = known.get_mut(&content(paragraph)).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        };
        let new = draft.paragraphs.iter().filter(|paragraph| !is_known(paragraph));
        let paragraphs: HashSet<String> = new.map(|paragraph| paragraph.id.clone()).collect();
        let misnumbered = match &old {
            Some(old) => {
                let before: HashSet<String> = misnumbered(old).map(content).collect();
                let now = misnumbered(draft).filter(|own| !before.contains(&content(own)));
                now.map(|paragraph| paragraph.id.clone()).collect()
            }
            None => HashSet::new(),
        };
        let same = old.is_some_and(|old| old.source == draft.source && !has_more(&old, draft));
        Ok(Changed { any: !paragraphs.is_empty() || !same, paragraphs, misnumbered })
    }

    /// The draft at the revision; none where it is newer, or could not be read then.
    fn before(&self, name: &str, reading: Reading) -> Result<Option<Draft>> {
        let (folder, file) = place(name);
        let Some(Folder { prefix, renamed }) = self.folders.get(&folder) else { return Ok(None) };
        let own = format!("{prefix}{file}");
        let old = renamed.get(&own).unwrap_or(&own);
        let shown = format!("{}:{old}", self.revision);
        let output = git(&folder, &["show", "--end-of-options", &shown])?;
        if !output.status.success() {
            return Ok(None);
        }
        Ok(read::read_as(&shown, &output.stdout, reading).ok())
    }
}

/// The paragraphs whose numbers are out of order.
fn misnumbered(draft: &Draft) -> impl Iterator<Item = &Paragraph> {
    breaks(draft).into_iter().filter_map(|found| draft.paragraphs.get(found.paragraph))
}

/// True where paragraphs went, or what a file without lines says of itself is another.
fn has_more(old: &Draft, new: &Draft) -> bool {
    old.paragraphs.len() != new.paragraphs.len() || old.headings != new.headings
}

/// What makes a paragraph another one.
fn content(paragraph: &Paragraph) -> String {
    let mut content = paragraph.text.clone();
    for pin in &paragraph.pins {
        content.push_str(&format!("\n{} {:?}", pin.source, pin.claim));
    }
    for waiver in &paragraph.waivers {
        content.push_str(&format!("\n{}: {}", waiver.rule, waiver.reason));
    }
    for aside in &paragraph.asides {
        content.push_str(&format!("\n{:?} {}", aside.kind, aside.text));
    }
    content
}

/// The folder of a draft and the draft's name in it; of `REVISION:file`, those of the file.
fn place(name: &str) -> (PathBuf, String) {
    let file = match name.split_once(':') {
        Some((_, file)) if !Path::new(name).exists() => Path::new(file),
        _ => Path::new(name),
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let own = file.file_name().map_or(String::new(), |own| own.to_string_lossy().into_owned());
    (folder.unwrap_or(Path::new(".")).to_owned(), own)
}

impl Folder {
    fn open(folder: &Path, revision: &str) -> Result<Self> {
        let prefix = git(folder, &["rev-parse", "--show-prefix"])?;
        if !prefix.status.success() {
            bail!(
                "--changed-since asks git what a draft was before, and the folder {} is not under git",
                folder.display()
            );
        }
        let commit = format!("{revision}^{{commit}}");
        let known =
            git(folder, &["rev-parse", "--quiet", "--verify", "--end-of-options", &commit])?;
        if !known.status.success() {
            bail!(
                "git knows no revision {revision} here; `git log --oneline` lists those there are"
            );
        }
        let commit = text(&known.stdout);
        let renamed = git(
            folder,
            &[
                "diff",
                "--name-status",
                "--find-renames",
                "--diff-filter=R",
                "-z",
                commit.trim(),
                "--",
            ],
        )?;
        let renamed = text(&renamed.stdout);
        // `R087`, the old path and the new one, each with a zero behind it.
        let mut fields = renamed.split('\0');
        let mut pairs = HashMap::new();
        while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
            pairs.insert(new.to_owned(), old.to_owned());
        }
        // The line ends; a name of a folder may end in a space.
        let prefix = text(&prefix.stdout).trim_end_matches(['\n', '\r']).to_owned();
        Ok(Self { prefix, renamed: pairs })
    }
}

/// Runs git in a folder, whatever its user likes to see.
fn git(folder: &Path, arguments: &[&str]) -> Result<Output> {
    Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .context("git is needed for --changed-since and could not be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
