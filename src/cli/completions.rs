//! `feedmill completions SHELL`

use std::io::{self, Write};

use clap_complete::Shell;

use super::{Outcome, Stop};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill completions bash > ~/.local/share/bash-completion/completions/feedmill
  feedmill completions zsh > ~/.zfunc/_feedmill
  feedmill completions fish > ~/.config/fish/completions/feedmill.fish")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Stop> {
    // Written to memory first: the generator panics when the pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "feedmill", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}
