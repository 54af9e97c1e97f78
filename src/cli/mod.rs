//! Arguments in; one command run; its exit code out. One file a command, and what they share.

mod annotate;
mod config;
mod index;
mod input;
mod output;
mod places;
mod references;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use self::output::{Ended, complain};

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
    /// else the folder `references` beside the draft or above it
    #[arg(long, global = true, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// When to use colours; the variable NO_COLOR switches them off too
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Write to FILE instead of the terminal; its ending chooses the format (.md, .json, .txt)
    #[arg(long, short, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Read the library itself, even where it has an index
    #[arg(long, global = true)]
    no_index: bool,
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
    /// The agreed texts held: list them, show one
    References(references::References),
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
        Command::References(references) => references::run(&references, &common),
    };
    match ended {
        Ok(Ended::Clean) => ExitCode::SUCCESS,
        Ok(Ended::Incomplete) => ExitCode::from(2),
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}
