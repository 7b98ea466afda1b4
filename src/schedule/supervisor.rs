//! Tells the supervisor of the process how it is: ready, alive, stopping, reading its configuration again.
//!
//! The protocol is systemd's (sd_notify(3)): a datagram of lines to the socket that the environment names. Where there
//! is none, nothing is told.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use super::plan::Now;

/// Whom to tell.
#[derive(Debug, Default)]
pub struct Supervisor {
    socket: Option<(UnixDatagram, SocketAddr)>,
    watchdog: Option<Duration>,
}

impl Supervisor {
    /// From the values of `NOTIFY_SOCKET` and of `WATCHDOG_USEC`, which only counts for the process that `WATCHDOG_PID`
    /// names, if any. What cannot be understood is taken for absent: a program does its work without a supervisor.
    pub fn new(socket: Option<&OsStr>, watchdog_usec: Option<&OsStr>, watchdog_pid: Option<&OsStr>) -> Supervisor {
        let number = |text: &OsStr| text.to_str()?.parse::<u64>().ok();
        let is_ours = watchdog_pid.is_none_or(|pid| number(pid) == Some(u64::from(std::process::id())));
        let watchdog = watchdog_usec.filter(|_| is_ours).and_then(number).filter(|usec| *usec > 0);
        Supervisor {
            socket: socket.and_then(|name| Some((UnixDatagram::unbound().ok()?, address(name)?))),
            watchdog: watchdog.map(Duration::from_micros),
        }
    }

    /// Half the time after which the supervisor takes the process for dead, as its manual advises; nothing where it
    /// does not watch.
    pub fn interval(&self) -> Option<Duration> {
        self.watchdog.map(|after| after / 2)
    }

    /// The work has begun.
    pub fn ready(&self) {
        self.tell("READY=1");
    }

    /// The process lives. Words for people go with it, on one line.
    pub fn alive(&self, status: &str) {
        let status: String = status.chars().filter(|c| !c.is_control()).take(200).collect();
        self.tell(&format!("WATCHDOG=1\nSTATUS={status}"));
    }

    /// The configuration is being read again; [`Supervisor::ready`] follows. The steady clock must be the one of the
    /// system (CLOCK_MONOTONIC) for services of the type `notify-reload`.
    pub fn reloading(&self, now: Now) {
        self.tell(&format!("RELOADING=1\nMONOTONIC_USEC={}", now.steady.as_micros()));
    }

    /// The process is about to end.
    pub fn stopping(&self) {
        self.tell("STOPPING=1");
    }

    fn tell(&self, lines: &str) {
        if let Some((socket, address)) = &self.socket {
            // A supervisor that does not listen is no reason to stop.
            let _ = socket.send_to_addr(lines.as_bytes(), address);
        }
    }
}

/// A path, or, after an `@`, an abstract name, which only Linux has.
fn address(name: &OsStr) -> Option<SocketAddr> {
    match name.as_bytes() {
        [b'/', ..] => SocketAddr::from_pathname(name).ok(),
        #[cfg(target_os = "linux")]
        [b'@', name @ ..] => <SocketAddr as std::os::linux::net::SocketAddrExt>::from_abstract_name(name).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_systemds_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notify");
        let ear = UnixDatagram::bind(&path).unwrap();
        let pid = std::process::id().to_string();
        let supervisor = Supervisor::new(Some(path.as_os_str()), Some("3000000".as_ref()), Some(pid.as_ref()));
        assert_eq!(supervisor.interval(), Some(Duration::from_millis(1_500)));
        supervisor.ready();
        supervisor.alive("next: sync\nREADY=0");
        supervisor.reloading(Now { wall: chrono::DateTime::UNIX_EPOCH, steady: Duration::from_secs(2) });
        supervisor.stopping();
        let mut heard = [0; 300];
        let mut next = || {
            let read = ear.recv(&mut heard).unwrap();
            String::from_utf8_lossy(&heard[..read]).into_owned()
        };
        assert_eq!(next(), "READY=1");
        assert_eq!(next(), "WATCHDOG=1\nSTATUS=next: syncREADY=0");
        assert_eq!(next(), "RELOADING=1\nMONOTONIC_USEC=2000000");
        assert_eq!(next(), "STOPPING=1");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn an_abstract_name_is_found() {
        use std::os::linux::net::SocketAddrExt;
        let name = format!("feedmill-test-{}", std::process::id());
        let ear = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        Supervisor::new(Some(format!("@{name}").as_ref()), None, None).ready();
        let mut heard = [0; 20];
        assert_eq!(ear.recv(&mut heard).unwrap(), 7);
    }

    #[test]
    fn without_a_supervisor_nothing_happens() {
        for socket in [None, Some("".as_ref()), Some("relative".as_ref()), Some("/nowhere/at/all".as_ref())] {
            let supervisor = Supervisor::new(socket, Some("many".as_ref()), None);
            supervisor.ready();
            assert_eq!(supervisor.interval(), None);
        }
        let strangers = Supervisor::new(None, Some("3000000".as_ref()), Some("1".as_ref()));
        assert_eq!(strangers.interval(), None);
    }
}
