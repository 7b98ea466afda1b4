//! The signals of the operating system, on a thread of their own.

use std::io;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::error::{Error, Result};

/// Calls back when the program is told to stop: by SIGTERM, as supervisors do, or by SIGINT (Ctrl-C).
pub(super) fn on_stop(stop: impl Fn() + Send + 'static) -> Result<()> {
    listen(&[SIGTERM, SIGINT], move |_| stop())
}

/// Calls back when the program is told to stop, and when it is told to read its configuration again (SIGHUP).
pub(super) fn on_stop_or_reload(stop: impl Fn() + Send + 'static, reload: impl Fn() + Send + 'static) -> Result<()> {
    listen(&[SIGTERM, SIGINT, SIGHUP], move |signal| if signal == SIGHUP { reload() } else { stop() })
}

fn listen(signals: &[i32], hear: impl Fn(i32) + Send + 'static) -> Result<()> {
    let fault = |err: io::Error| Error::io("listen for", "signals", err);
    let mut signals = Signals::new(signals).map_err(fault)?;
    let listen = move || signals.forever().for_each(hear);
    std::thread::Builder::new().name("signals".to_owned()).spawn(listen).map_err(fault)?;
    Ok(())
}
