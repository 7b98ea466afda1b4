//! `feedmill serve [DIR]`

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::Utc;
use serde_json::json;

use super::session::Session;
use super::{Outcome, Stop};
use crate::disk;
use crate::error::{Error, Result};
use crate::serve::{Options, Server, Settings};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill serve                             hand out the configured feeds on http://127.0.0.1:8080/
  feedmill serve /srv/feeds                  hand out a directory; no configuration is needed
  feedmill serve --listen 0.0.0.0:8080       to other machines, too
  feedmill serve --access-log access.log     with the access log in a file")]
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
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let (root, mut settings) = match &args.dir {
        // A directory is handed out where there is nothing else.
        Some(dir) => {
            let settings = session.named_config()?.map_or_else(Settings::default, |config| config.serve);
            (dir.clone(), settings)
        }
        None => {
            let config = session.config()?;
            (config.output, config.serve)
        }
    };
    if let Some(listen) = args.listen {
        settings.listen = listen;
    }
    let log: Option<Box<dyn Write + Send>> = match &args.access_log {
        Some(path) if path.as_os_str() == "-" => Some(Box::new(io::stdout())),
        Some(path) => Some(Box::new(disk::open_log(path)?)),
        None if session.say.is_quiet() => None,
        None => Some(Box::new(io::stderr())),
    };
    let server = Server::bind(Options { root: root.clone(), settings, log, clock: Arc::new(Utc::now) })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|err| Error::io("start", "the threads of the server", err))?;
    runtime.block_on(async {
        let signals = Signals::new().map_err(|err| Error::io("listen for", "signals", err))?;
        let address = server.local_addr();
        session.say.did("Serving", format_args!("{} on http://{address}/", root.display()));
        session
            .print_json(|| json!({ "serving": root.display().to_string(), "address": address.to_string() }))
            // Nobody reads what was printed; those who fetch feeds do not mind.
            .unwrap_or(());
        server.run(signals.stop()).await
    })?;
    session.say.did("Stopped", "as it was told to");
    Ok(Outcome::Done)
}

/// The signals by which a server is stopped, caught from here on.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    #[cfg(not(unix))]
    fn new() -> io::Result<Signals> {
        Ok(Signals {})
    }

    /// Ends at the first of them.
    #[cfg(unix)]
    async fn stop(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Ends at Ctrl-C.
    #[cfg(not(unix))]
    async fn stop(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
