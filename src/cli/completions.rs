//! `adref completions`: the name of a shell in; what lets it complete adref's commands and options out.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::output::Ended;
use super::{Arguments, Common};

/// Print what lets your shell complete commands and options
#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(command: &Completions, common: &Common) -> Result<Ended> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Arguments::command(), "adref", &mut script);
    common.write(&String::from_utf8(script)?)?;
    Ok(Ended::Clean)
}
