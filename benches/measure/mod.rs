//! What the benches measure with: a command's time, processor time and memory.

#![allow(dead_code, reason = "every bench uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a command took.
pub struct Ran {
    pub time: Duration,
    /// Of all its threads, in user and kernel; to a hundredth of a second.
    pub cpu: Duration,
    /// The largest resident size that was seen, in KiB.
    pub memory: u64,
}

/// Runs a command to its end, and watches it.
pub fn run(command: &mut Command, dir: &Path) -> Ran {
    let start = Instant::now();
    let mut child = command.current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let process = PathBuf::from(format!("/proc/{}", child.id()));
    let watcher = std::thread::spawn(move || {
        let (mut peak, mut ticks) = (0, 0);
        while let Ok(text) = fs::read_to_string(process.join("status")) {
            // A process that has ended has no memory any more.
            let Some(line) = text.lines().find(|line| line.starts_with("VmHWM")) else { break };
            peak = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(peak);
            ticks = fs::read_to_string(process.join("stat")).ok().and_then(|stat| used(&stat)).unwrap_or(ticks);
            std::thread::sleep(Duration::from_millis(2));
        }
        (peak, ticks)
    });
    let status = child.wait().unwrap();
    let time = start.elapsed();
    assert!(status.success(), "{command:?} failed with {status}");
    let (memory, ticks) = watcher.join().unwrap();
    Ran { time, cpu: Duration::from_millis(ticks * 10), memory }
}

/// User and kernel time in hundredths of a second, from `/proc/PID/stat`.
fn used(stat: &str) -> Option<u64> {
    // The name in brackets may hold anything; the fields behind it are counted from the third.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}

/// Waits until earlier writes are on the disk, so that nobody pays for another's.
pub fn settle() {
    assert!(Command::new("sync").status().unwrap().success());
}

/// The middle one.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
