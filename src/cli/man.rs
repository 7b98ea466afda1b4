//! `feedmill man`

use std::io::{self, Write};

use super::{Outcome, Stop};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill man | man -l -
  feedmill man > ~/.local/share/man/man1/feedmill.1
  feedmill man ingest | man -l -")]
pub(super) struct Args {
    /// The command whose page is wanted; without one, the page of feedmill itself
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Stop> {
    let mut root = super::command();
    root.build();
    let wanted = match &args.command {
        None => root,
        Some(name) => {
            let names: Vec<String> = root.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
            root.find_subcommand(name).cloned().ok_or_else(|| {
                crate::error::Error::usage(format!("man {name}"), "no such command")
                    .hint(format!("the commands are {}", names.join(", ")))
            })?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(wanted).render(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(Outcome::Done)
}
