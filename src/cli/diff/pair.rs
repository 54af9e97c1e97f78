//! The arguments of `adref diff`, or those of a diff driver of git, in; the two drafts that are to be read out.

use anyhow::{Result, bail};

use super::Diff;
use crate::cli::output::say;
use crate::cli::{Common, input};
use adref::model::Draft;

/// Bytes of a large draft.
const LARGE: u64 = 1 << 16;

/// What git gives for a file that is not there.
const NO_FILE: &str = "/dev/null";

/// Two drafts as they are to be read.
pub(super) struct Pair {
    pub(super) old: Side,
    pub(super) new: Side,
    /// The paragraph asked for behind the name of one draft.
    pub(super) paragraph: Option<String>,
    /// The paragraphs asked for behind the names of both: they are compared with one another.
    pub(super) facing: Option<(String, String)>,
}

/// One of the two drafts.
pub(super) struct Side {
    /// What is read.
    pub(super) name: String,
    /// What it is called in the report.
    pub(super) shown: Option<String>,
}

impl Side {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), shown: None }
    }

    /// What `git difftool` names: a copy in a folder that will be gone, of the file that it tells in `BASE`
    /// (git-difftool--helper).
    fn of_tool(name: &str) -> Self {
        let tool = std::env::var_os("GIT_DIFFTOOL_EXTCMD");
        let file = tool.and_then(|_| std::env::var("BASE").ok());
        let shown = file.filter(|file| !file.is_empty() && file != name);
        Self { name: name.to_owned(), shown }
    }

    /// The draft and the bytes it was read from.
    pub(super) fn read(&self, common: &Common) -> Result<(Draft, Vec<u8>)> {
        if self.name == NO_FILE {
            let path = self.shown.clone().unwrap_or_else(|| NO_FILE.to_owned());
            return Ok((Draft { path, ..Draft::default() }, Vec::new()));
        }
        let (mut draft, bytes) = input::draft_and_bytes(&self.name, common.reading())?;
        if let Some(shown) = &self.shown {
            draft.path.clone_from(shown);
        }
        Ok((draft, bytes))
    }
}

impl Pair {
    /// True where both are read at the same time: for less it takes longer to wake another thread.
    pub(super) fn is_large(&self) -> bool {
        let size = |side: &Side| std::fs::metadata(&side.name).map_or(0, |facts| facts.len());
        size(&self.old).min(size(&self.new)) > LARGE
    }

    /// The pair that the command line names: two drafts, or one and a revision of git.
    ///
    /// # Errors
    /// When there are not two, or a paragraph is asked for twice.
    pub(super) fn named(command: &Diff) -> Result<Self> {
        let parted: Vec<(&str, Option<&str>)> =
            command.drafts.iter().map(|name| input::addressed(name)).collect();
        let asked: Vec<&str> = parted.iter().filter_map(|(_, address)| *address).collect();
        let (paragraph, facing) = match asked.as_slice() {
            [old, new, ..] => (None, Some(((*old).to_owned(), (*new).to_owned()))),
            [only] => (Some((*only).to_owned()), None),
            [] => (None, None),
        };
        if command.paragraph.is_some() && !asked.is_empty() {
            bail!("name a paragraph behind a draft or with --paragraph, not both");
        }
        let (old, new) = match (parted.as_slice(), &command.rev) {
            ([(old, _), (new, _)], None) => (Side::of_tool(old), Side::of_tool(new)),
            ([(path, _)], Some(revision)) => {
                if *path == "-" {
                    bail!("--rev needs a file; standard input has no revisions");
                }
                (Side::named(&format!("{revision}:{path}")), Side::named(path))
            }
            ([_], None) => bail!("give two drafts, the old one and the new one; or one, and --rev"),
            (_, Some(_)) => bail!("--rev takes one draft, and compares it with its own revision"),
            (several, None) => bail!("give two drafts, not {}", several.len()),
        };
        if old.name == "-" && new.name == "-" {
            bail!("only one of the drafts can come from standard input");
        }
        Ok(Self { old, new, paragraph, facing })
    }

    /// The pair in the arguments of a diff driver (`git help git`, GIT_EXTERNAL_DIFF): path, old file, its hash and mode,
    /// new file, its hash and mode, and where it was renamed, the new path and how alike the two are. None where the
    /// file is in conflict.
    pub(super) fn of_git(arguments: &[String]) -> Result<Option<Self>> {
        let (path, old, new, renamed) = match arguments {
            [path] => {
                say(&format!("note: {path}: in conflict, not compared\n"));
                return Ok(None);
            }
            [path, old, _, _, new, _, _] => (path, old, new, path),
            [path, old, _, _, new, _, _, renamed, _] => (path, old, new, renamed),
            _ => bail!("--git takes the 7 or 9 arguments that git gives to a diff driver"),
        };
        let side =
            |name: &str, shown: &str| Side { name: name.to_owned(), shown: Some(shown.to_owned()) };
        Ok(Some(Self {
            old: side(old, path),
            new: side(new, renamed),
            paragraph: None,
            facing: None,
        }))
    }
}
