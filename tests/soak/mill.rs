//! The program under test, which may die at any moment.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::exchange::ask;
use crate::ground::Ground;

/// `feedmill run`, on loopback.
pub struct Mill<'a> {
    ground: &'a Ground,
    pub address: SocketAddr,
    child: Mutex<Option<Child>>,
    /// Counts starts and ends: odd while it is up.
    turns: AtomicU64,
    /// How long the slowest stop took, in milliseconds.
    slowest_stop: AtomicU64,
}

/// A start or a stop that takes longer has failed. A stop is promised within 5 s; the rest is for a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

impl<'a> Mill<'a> {
    /// Up, and answering.
    pub fn start(ground: &'a Ground, sources: &str) -> Mill<'a> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let config = format!(
            "[site]\ntitle = \"Soak\"\nurl = \"http://{address}/\"\n\n[schedule]\nevery = \"10s\"\nretry = \"1s\"\n\n\
             [sync]\ndelay = \"0s\"\ntimeout = \"5s\"\n\n{sources}"
        );
        fs::write(ground.disk().join("feedmill.toml"), config).unwrap();
        let mill = Mill {
            ground,
            address,
            child: Mutex::default(),
            turns: AtomicU64::new(0),
            slowest_stop: AtomicU64::new(0),
        };
        mill.raise();
        mill
    }

    /// A command of the program, on the same ground.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedmill"));
        command.args(arguments).current_dir(self.ground.disk()).stdin(Stdio::null());
        command.env_clear().envs(self.ground.environment()).env("TZ", "UTC").env("HOME", self.ground.disk());
        command
    }

    /// Starts it, where it is down.
    pub fn raise(&self) {
        let begun = Instant::now();
        let mut child = self.child.lock().unwrap();
        assert!(child.is_none(), "it is up");
        while child.is_none() {
            let log = File::options().create(true).append(true).open(self.ground.log()).unwrap();
            let address = self.address.to_string();
            let mut command = self.command(&["run", "--listen", &address]);
            let mut begun_now = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
            // What it says of itself; the port may still belong to somebody's last connection.
            while begun_now.try_wait().unwrap().is_none() {
                if ask(self.address, "GET", "/healthz", "").is_ok_and(|answer| answer.status == 200) {
                    *child = Some(begun_now);
                    break;
                }
                assert!(begun.elapsed() < PATIENCE, "it does not answer:\n{}", self.last_words());
                std::thread::sleep(Duration::from_millis(10));
            }
            if child.is_none() {
                assert!(begun.elapsed() < PATIENCE, "it does not start:\n{}", self.last_words());
                std::thread::sleep(Duration::from_millis(50));
                continue;
            }
        }
        self.turns.fetch_add(1, Ordering::SeqCst);
    }

    /// SIGKILL.
    pub fn kill(&self) {
        self.turns.fetch_add(1, Ordering::SeqCst);
        let mut child = self.child.lock().unwrap().take().expect("it is up");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// SIGTERM: it must end well, and soon.
    pub fn stop(&self) {
        self.turns.fetch_add(1, Ordering::SeqCst);
        let mut child = self.child.lock().unwrap().take().expect("it is up");
        signal(child.id(), "-TERM");
        let begun = Instant::now();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status,
                None if begun.elapsed() > PATIENCE => panic!("it does not stop:\n{}", self.last_words()),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        self.slowest_stop.fetch_max(begun.elapsed().as_millis() as u64, Ordering::SeqCst);
        assert!(status.success(), "it was told to stop, and ended with {status}:\n{}", self.last_words());
    }

    /// How long the slowest stop took.
    pub fn slowest_stop(&self) -> Duration {
        Duration::from_millis(self.slowest_stop.load(Ordering::SeqCst))
    }

    /// SIGHUP: the configuration is read anew.
    pub fn reload(&self) {
        let child = self.child.lock().unwrap();
        signal(child.as_ref().expect("it is up").id(), "-HUP");
    }

    /// A number that changes whenever it goes down or comes up; odd while it is up.
    pub fn turn(&self) -> u64 {
        self.turns.load(Ordering::SeqCst)
    }

    /// It has not died by itself.
    pub fn assert_lives(&self) {
        let mut child = self.child.lock().unwrap();
        if let Some(status) = child.as_mut().and_then(|child| child.try_wait().unwrap()) {
            panic!("it has ended by itself with {status}:\n{}", self.last_words());
        }
    }

    /// Resident memory in KiB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Open descriptors.
    pub fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.pid())).unwrap().count()
    }

    fn pid(&self) -> u32 {
        self.child.lock().unwrap().as_ref().expect("it is up").id()
    }

    /// The end of what it has said.
    pub fn last_words(&self) -> String {
        let said = fs::read_to_string(self.ground.log()).unwrap_or_default();
        let lines: Vec<&str> = said.lines().collect();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }
}

impl Drop for Mill<'_> {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([name, &pid.to_string()]).status().unwrap().success());
}
