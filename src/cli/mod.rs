//! The command line: one file a command, and the only user of the argument parser, the terminal and the clock.
//!
//! Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 some of it failed, 2 wrong use or
//! wrong configuration.

mod say;
mod session;
mod show;
mod problems;
mod progress;
mod build;
mod check;
mod clock;
mod completions;
mod explain;
mod generate;
mod hub;
mod index;
mod ingest;
mod init;
mod log;
mod man;
mod nearest;
mod parse;
mod remote;
mod retract;
mod run;
mod sources;
mod schedule;
mod serve;
mod signals;
mod status;
mod sync;
mod withdraw;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::Error;
use session::Session;

/// Everything was done.
const DONE: u8 = 0;
/// Something failed; the rest was done.
const SOME_FAILED: u8 = 1;
/// Nothing was done: the command line or the configuration is wrong.
const WRONG_USE: u8 = 2;

/// Help begins with what the command is for and how it is called in earnest; the list of options comes last.
const HELP_TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

#[derive(Parser)]
#[command(
    name = "feedmill",
    version,
    about = "Turns dated articles into feeds that people can subscribe to",
    before_help = "Examples:
  feedmill init                     write a commented feedmill.toml
  feedmill build                    read the configured sources, write the feeds
  feedmill sync                     bring what is new at remote sources
  feedmill parse notes/*.txt        show what would be read; write nothing
  feedmill explain 2023-07-09.txt   why an article is, or is not, in a feed",
    after_help = "Exit codes: 0 done, 1 some of it failed, 2 wrong use or configuration",
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(clap::Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// The configuration file [default: feedmill.toml here or in the nearest parent directory]
    #[arg(long, global = true, value_name = "PATH")]
    config: Option<PathBuf>,
    /// Print machine-readable JSON on standard output
    #[arg(long, global = true)]
    json: bool,
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Name every file
    #[arg(long, short, global = true)]
    verbose: bool,
    /// When to use colours; NO_COLOR is honoured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    /// Write a commented feedmill.toml to begin with
    Init(init::Args),
    /// Read articles into the archive
    Ingest(ingest::Args),
    /// Bring what is new at remote sources into the archive
    Sync(sync::Args),
    /// Show, add, import and export remote sources
    Sources(sources::Args),
    /// Write the feeds from the archive
    Generate(generate::Args),
    /// Read all configured sources, then write the feeds
    Build(build::Args),
    /// Keep archive and feeds up to date by the schedule, and serve them
    Run(run::Args),
    /// Hand out the feeds over HTTP
    Serve(serve::Args),
    /// Show what would be read from files, as JSON Lines; write nothing
    Parse(parse::Args),
    /// Show what the archive holds and what the feeds would show
    Status(status::Args),
    /// Show what ran, why, how long it took, and what comes next
    Log(log::Args),
    /// Show when what is done, or write it down for another scheduler
    Schedule(schedule::Args),
    /// Tell all about one article: its source, its date, its feeds
    Explain(explain::Args),
    /// Take articles out of everything that is published, or show them again
    Retract(retract::Args),
    /// Retract articles whose files are gone from their source
    Withdraw(withdraw::Args),
    /// Bring the index up to date with the records
    Index(index::Args),
    /// Check the archive and its feeds, or judge anybody's feeds
    Check(check::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

/// The program: reads the arguments, runs the command, says how it went.
pub fn main() -> ExitCode {
    let parsed = command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(err) => {
            // Help and version are answers, not errors; a closed pipe is no reason to complain.
            let _ = err.print();
            if let Some(command) = nearest::nearest(&err) {
                eprintln!("\n  tip: `feedmill {command}` may be what is meant");
            }
            return ExitCode::from(if err.use_stderr() { WRONG_USE } else { DONE });
        }
    };
    let session = Session::new(cli.global);
    let code = match run(cli.command, &session) {
        Ok(Outcome::Done) => DONE,
        Ok(Outcome::SomeFailed) => SOME_FAILED,
        Err(Stop::PipeClosed) => DONE,
        Err(Stop::Error(err)) => {
            session.say.error(&err);
            if err.is_usage() { WRONG_USE } else { SOME_FAILED }
        }
    };
    ExitCode::from(code)
}

/// The command tree as it is shown: completions, the manual page and the tests ask for it too.
fn command() -> clap::Command {
    // The parser writes its own help and errors, and must know before it has parsed anything.
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let asked = args.iter().enumerate().rev().find_map(|(at, arg)| match arg.strip_prefix("--color")? {
        "" => args.get(at + 1).map(String::as_str),
        value => value.strip_prefix('='),
    });
    let color = asked.and_then(|value| value.parse().ok()).unwrap_or(ColorChoice::Auto);
    Cli::command().color(color).help_template(HELP_TEMPLATE).mut_subcommands(|sub| sub.help_template(HELP_TEMPLATE))
}

fn run(command: Command, session: &Session) -> Result<Outcome, Stop> {
    match command {
        Command::Init(args) => init::run(&args, session),
        Command::Ingest(args) => ingest::run(&args, session),
        Command::Sync(args) => sync::run(&args, session),
        Command::Sources(args) => sources::run(&args, session),
        Command::Generate(args) => generate::run(&args, session),
        Command::Build(args) => build::run(&args, session),
        Command::Run(args) => run::run(&args, session.clone()),
        Command::Serve(args) => serve::run(&args, session),
        Command::Parse(args) => parse::run(&args, session),
        Command::Status(args) => status::run(&args, session),
        Command::Log(args) => log::run(&args, session),
        Command::Schedule(args) => schedule::run(&args, session),
        Command::Explain(args) => explain::run(&args, session),
        Command::Retract(args) => retract::run(&args, session),
        Command::Withdraw(args) => withdraw::run(&args, session),
        Command::Index(args) => index::run(&args, session),
        Command::Check(args) => check::run(&args, session),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// How a command that ran to its end went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    SomeFailed,
}

impl Outcome {
    fn failed_if(some_failed: bool) -> Outcome {
        if some_failed { Outcome::SomeFailed } else { Outcome::Done }
    }
}

/// Why a command ended early.
enum Stop {
    Error(Error),
    /// The reader of our output has seen enough (`feedmill parse … | head`).
    PipeClosed,
}

impl From<Error> for Stop {
    fn from(err: Error) -> Stop {
        Stop::Error(err)
    }
}

impl From<io::Error> for Stop {
    /// The only thing that commands write to directly is standard output.
    fn from(err: io::Error) -> Stop {
        match err.kind() {
            io::ErrorKind::BrokenPipe => Stop::PipeClosed,
            _ => Stop::Error(Error::io("write", "standard output", err)),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_tree_is_sound() {
        super::command().debug_assert();
    }
}
