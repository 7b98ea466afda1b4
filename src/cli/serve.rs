//! `feedmill serve [DIR]`

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::clock;
use super::session::Session;
use super::{Outcome, Stop, signals};
use crate::config::Config;
use crate::disk;
use crate::error::Result;
use crate::pages;
use crate::serve::{Options, Server, Settings};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill serve                             hand out the configured feeds on http://127.0.0.1:8080/
  feedmill serve /srv/feeds                  hand out a directory; no configuration is needed
  feedmill serve --listen 0.0.0.0:8080       to other machines, too
  feedmill serve --access-log access.log     with the access log in a file
  feedmill serve --no-pages                  the feeds alone, without pages of the archive for people")]
pub(super) struct Args {
    /// The directory to hand out [default: the configured output]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The address to listen on [default: 127.0.0.1:8080, or the configured one]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// The file that the access log is appended to; `-` is standard output [default: standard error]
    #[arg(long, value_name = "FILE")]
    access_log: Option<PathBuf>,
    /// Without pages of the archive and search, which are there unless a DIR is named
    #[arg(long)]
    no_pages: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let (root, mut settings, pages) = match &args.dir {
        // A directory is handed out where there is nothing else.
        Some(dir) => {
            let settings = session.named_config()?.map_or_else(Settings::default, |config| config.serve);
            (dir.clone(), settings, None)
        }
        None => {
            let config = session.config()?;
            let pages = (config.pages && !args.no_pages).then(|| pages_of(&config, session));
            (config.output, config.serve, pages)
        }
    };
    if let Some(listen) = args.listen {
        settings.listen = listen;
    }
    let log = match &args.access_log {
        None if session.say.is_quiet() => None,
        None => Some(Box::new(io::stderr()) as Box<dyn Write + Send>),
        Some(path) => Some(access_log(path)?),
    };
    let server = Server::bind(Options { root: root.clone(), settings, log, pages, clock: Arc::new(clock::now) })?;
    let (address, stopper) = (server.local_addr(), server.stopper());
    signals::on_stop(move || stopper.stop())?;
    session.say.did("Serving", format_args!("{} on http://{address}/", root.display()));
    session
        .print_json(|| json!({ "serving": root.display().to_string(), "address": address.to_string() }))
        // Nobody reads what was printed; those who fetch feeds do not mind.
        .unwrap_or(());
    server.run()?;
    session.say.did("Stopped", "as it was told to");
    Ok(Outcome::Done)
}

/// Where access is logged: the end of a file, or standard output for `-`.
pub(super) fn access_log(path: &Path) -> Result<Box<dyn Write + Send>> {
    if path.as_os_str() == "-" { Ok(Box::new(io::stdout())) } else { Ok(Box::new(disk::open_log(path)?)) }
}

/// The pages of the configured archive.
pub(super) fn pages_of(config: &Config, session: &Session) -> pages::Options {
    let say = session.say;
    pages::Options {
        archive: config.archive.clone(),
        site: config.site.clone(),
        feeds: config.feeds.clone(),
        tell: Arc::new(move |err| say.error(err)),
    }
}
