//! Arguments in; one command run; its exit code out. One file a command, and what they share.

mod annotate;
mod asked;
mod check;
mod commits;
mod completions;
mod config;
mod date;
mod diff;
mod history;
mod import;
mod init;
mod input;
mod man;
mod output;
mod places;
mod progress;
mod references;
mod scope;
mod search;
mod suggest;
mod tables;
mod template;
mod trace;
mod view;
mod word;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use self::output::{Ended, complain};
use adref::read::{self, Reading};

/// What the exit codes mean, shown by `--help`.
const EXIT_CODES: &str = "Exit codes: 0 done · 1 findings or differences · 2 something could not be \
                          read or run; the rest was still done";

/// Links every paragraph of a draft to the agreed language it rests on, and marks it new, recalled or
/// reaffirmed.
#[derive(Parser)]
#[command(name = "adref", version, after_help = EXIT_CODES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command understands.
#[derive(clap::Args)]
struct Common {
    /// Folder or file of agreed texts; may be given several times. Without it: what adref.yaml says,
    /// else the folder `references` beside the draft or above it, and your personal library
    #[arg(long, global = true, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// When to use colours; the variable NO_COLOR switches them off too, unless WHEN is always
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Write to FILE instead of the terminal; its ending chooses the format. Which endings there are depends on
    /// the command: .txt, .json, and others that go with its --format
    #[arg(long, short, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Read the library itself, even where it has an index
    #[arg(long, global = true)]
    no_index: bool,
    /// How to read the tracked changes of a Word draft
    #[arg(long, global = true, value_enum, default_value_t = Revisions::Accept, value_name = "HOW")]
    revisions: Revisions,
}

impl Common {
    /// How files are to be read.
    fn reading(&self) -> Reading {
        let revisions = match self.revisions {
            Revisions::Accept => read::Revisions::Accept,
            Revisions::Reject => read::Revisions::Reject,
            Revisions::Show => read::Revisions::Show,
        };
        Reading { revisions }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Revisions {
    /// As if all of them were accepted
    Accept,
    /// As if all of them were rejected
    Reject,
    /// Accepted, with what they took out shown as struck out
    Show,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// In a terminal only
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Link every paragraph of a draft to its agreed language, and mark it
    Annotate(annotate::Annotate),
    /// Check drafts: every claim of agreed language, every citation, numbers, brackets, placeholders
    Check(check::Check),
    /// Print what lets your shell complete commands and options
    Completions(completions::Completions),
    /// Compare two revisions of a draft: what was edited, moved, split, merged, added, removed
    Diff(diff::Diff),
    /// Follow every paragraph through all revisions of a draft
    History(history::History),
    /// Write files as drafts: Markdown, one line a paragraph with the numbers as printed, or AKN4UN XML
    Import(import::Import),
    /// Set up a repository of drafts: settings, folders, and checks on GitHub, on GitLab and before each commit
    Init(init::Init),
    /// Write manual pages: with --output DIR one for each command into that folder, else the first one to the terminal
    Man(man::Manual),
    /// The library of agreed texts: add, fetch, list, show, verify, remove
    References(references::References),
    /// Find words in the agreed texts: in a row, and nearly
    Search(search::Search),
    /// Suggest agreed language on the subject of a paragraph, each with why
    Suggest(suggest::Suggest),
    /// Show the life of a sentence: first agreed in, what each later text changed, last agreed in
    Trace(trace::Trace),
    /// Show a draft in the browser with its agreed language beside it, and follow it as you write
    View(view::View),
}

/// Runs the command line and says how it ended.
pub(super) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help goes to stdout and ends well; a wrong argument goes to stderr and ends with 2.
            let printed = message.print();
            let ended = if message.use_stderr() { 2 } else { 0 };
            return ExitCode::from(if printed.is_ok() { ended } else { 0 });
        }
    };
    let Arguments { command, common } = arguments;
    let ended = match command {
        Command::Annotate(annotate) => annotate::run(&annotate, &common),
        Command::Check(check) => check::run(&check, &common),
        Command::Completions(completions) => completions::run(&completions, &common),
        Command::Diff(diff) => diff::run(&diff, &common),
        Command::History(history) => history::run(&history, &common),
        Command::Import(import) => import::run(&import, &common),
        Command::Init(init) => init::run(&init, &common),
        Command::Man(man) => man::run(&man, &common),
        Command::References(references) => references::run(&references, &common),
        Command::Search(search) => search::run(&search, &common),
        Command::Suggest(suggest) => suggest::run(&suggest, &common),
        Command::Trace(trace) => trace::run(&trace, &common),
        Command::View(view) => view::run(&view, &common),
    };
    match ended {
        Ok(Ended::Clean) => ExitCode::SUCCESS,
        Ok(Ended::Findings) => ExitCode::from(1),
        Ok(Ended::Incomplete) => ExitCode::from(2),
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}
