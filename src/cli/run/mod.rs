//! `feedmill run`

mod desk;
mod house;
mod turn;
mod work;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use serde_json::json;

use super::clock::{self, Watched};
use super::session::Session;
use super::{Outcome, Stop, serve, signals};
use crate::archive::{Archive, layout::Layout};
use crate::config::Config;
use crate::disk;
use crate::error::{Error, Result};
use crate::schedule::journal::{self, Fate, Wanted};
use crate::schedule::supervisor::Supervisor;
use crate::schedule::{self, Memory, Wake, Wakes};
use crate::serve::{Options, Server, Stopper, Tasks};
use desk::Desk;
use house::House;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill run                           keep archive and feeds up to date, and serve them
  feedmill run --listen 0.0.0.0:8080     to other machines, too
  feedmill run --no-serve                where another web server hands out the feeds
  feedmill schedule --print service      a systemd service that does it")]
pub(super) struct Args {
    /// Do not serve the feeds over HTTP
    #[arg(long, conflicts_with_all = ["listen", "access_log"])]
    no_serve: bool,
    /// The address to listen on [default: 127.0.0.1:8080, or the configured one]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// The file that the access log is appended to; `-` is standard output [default: none]
    #[arg(long, value_name = "FILE")]
    access_log: Option<PathBuf>,
    /// Without pages of the archive and search
    #[arg(long, conflicts_with = "no_serve")]
    no_pages: bool,
}

pub(super) fn run(args: &Args, session: Session) -> Result<Outcome, Stop> {
    let config_path = session.config_path()?;
    let config = session.load(&config_path)?;
    Archive::create_if_missing(&config.archive, config.has_url.then_some(&config.site.url))?;
    // Held until the end: two of these would do everything twice.
    let _alone = Archive::keep_alone(&config.archive)?;
    disk::create_dirs(&config.output)?;
    let server = if args.no_serve { None } else { Some(listen(args, &config, &session)?) };

    let wakes = Wakes::new();
    let (voice, stop) = (wakes.voice(), server.as_ref().map(Server::stopper));
    let reload = wakes.voice();
    signals::on_stop_or_reload(
        move || {
            stop.iter().for_each(Stopper::stop);
            // A loop that has ended needs no word.
            let _ = voice.send(Wake::Stop);
        },
        move || {
            let _ = reload.send(Wake::Reload);
        },
    )?;
    let env = |name: &str| std::env::var_os(name);
    let (socket, usec, pid) = (env("NOTIFY_SOCKET"), env("WATCHDOG_USEC"), env("WATCHDOG_PID"));
    let supervisor = Supervisor::new(socket.as_deref(), usec.as_deref(), pid.as_deref());
    let clock = Watched(supervisor.interval());

    let tasks = server.as_ref().map(Server::tasks).unwrap_or_default();
    let memory = remembered(&config, &tasks)?;
    let (house, plan) = House::new(config)?;
    session.say.did("Keeping", format_args!("{} up to date", house.config.archive.display()));
    let serving = server.map(|server| answer(server, &session, &house.config)).transpose()?;
    let mut desk = Desk::new(house, config_path, session, supervisor, tasks, wakes.voice())?;
    desk.ready();
    let left = schedule::run(plan, memory, &clock, &mut desk, &wakes);
    desk.leave(&left.unfinished);
    if let Some(serving) = serving {
        serving.join().unwrap_or(Ok(()))?;
    }
    Ok(Outcome::Done)
}

fn listen(args: &Args, config: &Config, session: &Session) -> Result<Server> {
    let mut settings = config.serve.clone();
    if let Some(listen) = args.listen {
        settings.listen = listen;
    }
    let log = args.access_log.as_ref().map(|path| serve::access_log(path)).transpose()?;
    let pages = (config.pages && !args.no_pages).then(|| serve::pages_of(config, session));
    Server::bind(Options { root: config.output.clone(), settings, log, pages, clock: Arc::new(clock::now) })
}

/// Has the server answer on a thread of its own, and says where.
fn answer(server: Server, session: &Session, config: &Config) -> Result<JoinHandle<Result<()>>, Stop> {
    let address = server.local_addr();
    session.say.did("Serving", format_args!("{} on http://{address}/", config.output.display()));
    session.print_json(|| json!({ "serving": config.output.display().to_string(), "address": address.to_string() }))?;
    let thread = std::thread::Builder::new().name("serve".to_owned()).spawn(move || server.run());
    Ok(thread.map_err(|err| Error::io("start", "the server", err))?)
}

/// What the journal remembers of what was done before.
fn remembered(config: &Config, tasks: &Tasks) -> Result<Memory> {
    let mut entries = Vec::new();
    journal::read(&Layout::new(&config.archive).journal(), &Wanted::default(), &mut |entry| {
        tasks.ran(&entry.task, entry.started, entry.fate == Fate::Done);
        entries.push(entry);
    })?;
    Ok(Memory::from_journal(entries))
}

/// One value on standard output, in one line, for whoever reads along. A reader that went away is no reason to end.
fn print_line(value: &serde_json::Value) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{value}").and_then(|()| out.flush());
}
