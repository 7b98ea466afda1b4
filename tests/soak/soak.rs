//! The story.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::clients::Clients;
use crate::dice::Dice;
use crate::ground::Ground;
use crate::harness::tree;
use crate::ledger::Ledger;
use crate::mill::Mill;
use crate::newsdesk::{Folder, Wire};

/// Clients at a time.
const CLIENTS: u64 = 4;

/// How long everything may take to come to rest when nothing happens any more: twice the longest pause after a failure that
/// a disk which was full for moments brings about, on a busy machine.
const REST: Duration = Duration::from_secs(90);

/// By how much the memory of one life may grow, in KiB, from a quarter of it on. It does not depend on how long that life
/// is: a leak of a kilobyte a request, or of ten an article, shows within minutes. What comes and goes within the bound are
/// the bytes of feeds in their codings (some 100 kB each), and the allocator's arenas of the threads.
const GROWTH: u64 = 24 << 10;

/// Files that tasks of this moment have open, an index or a record: none of them stays.
const OPEN_FOR_A_MOMENT: usize = 8;

#[test]
fn nothing_is_lost_torn_or_leaked() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().expect("a whole number"));
    let seconds = number("FEEDMILL_SOAK").unwrap_or(12);
    let seed = number("FEEDMILL_SOAK_SEED").unwrap_or(1);
    let (ground, ledger, wire) = (Ground::new(), Ledger::default(), Wire::new());
    let sources = format!(
        "[[source]]\npath = \"{}\"\n\n[[source]]\nurl = \"{}\"\nallow_private = true\nschedule = \"every 10s\"\n",
        ground.inbox().display(),
        wire.url()
    );
    let mill = Mill::start(&ground, &sources);
    let clients = Clients::default();
    let folder = Folder::new(ground.inbox(), &ledger);
    let mut town = Town {
        ground: &ground,
        mill: &mill,
        wire: &wire,
        clients: &clients,
        ledger: &ledger,
        folder,
        dice: Dice::new(seed),
    };
    let mut said = format!("soak of {seconds} s by the dice of {seed}:\n");
    std::thread::scope(|scope| {
        let over = Over(&clients.over);
        for n in 0..CLIENTS {
            let (clients, mill, ledger) = (&clients, &mill, &ledger);
            scope.spawn(move || clients.read(mill, ledger, Dice::new(seed + 1 + n)));
        }
        (0..20).for_each(|_| town.folder.add());
        let events = town.live(Duration::from_secs(seconds / 2), true);
        said += &format!("  {events} events with kills, stops, full disks and jumps\n");

        // One life without a death, over which its memory and its descriptors are compared.
        mill.stop();
        mill.raise();
        town.live(Duration::from_secs(seconds / 8), false);
        let before = clients.pause(&mill);
        let events = town.live(Duration::from_secs(seconds * 3 / 8), false);
        let after = clients.pause(&mill);
        said += &format!(
            "  {events} events in one life: {} to {} KiB, {} to {} descriptors\n",
            before.0, after.0, before.1, after.1
        );
        assert!(after.0 < before.0 + GROWTH, "memory has grown from {} to {} KiB", before.0, after.0);
        assert!(after.1 <= before.1 + OPEN_FOR_A_MOMENT, "descriptors: {} became {}", before.1, after.1);

        town.come_to_rest();
        drop(over);
    });
    said += &clients.told();
    said +=
        &format!("  {} articles at their sources, {} seen, {} polls\n", ledger.len(), ledger.sightings(), wire.polls());
    mill.stop();
    said += &format!("  the slowest stop took {:?}\n", mill.slowest_stop());
    town.inspect();
    // Written directly, since the test runner shows what passing tests print to nobody.
    let _ = std::io::stderr().write_all(said.as_bytes());
    assert!(ledger.sightings() > 20, "hardly anything was seen: the test proves little\n{said}");
}

/// Everything that happens around a mill.
struct Town<'a> {
    ground: &'a Ground,
    mill: &'a Mill<'a>,
    wire: &'a Wire,
    clients: &'a Clients,
    ledger: &'a Ledger,
    folder: Folder<'a>,
    dice: Dice,
}

impl Town<'_> {
    /// Lets things happen; how many did.
    fn live(&mut self, long: Duration, with_deaths: bool) -> u64 {
        let (begun, mut events) = (Instant::now(), 0);
        while begun.elapsed() < long {
            assert!(self.clients.are_content(), "a client has found something wrong");
            self.mill.assert_lives();
            match self.dice.roll(100) {
                0..25 => self.folder.add(),
                25..45 => self.folder.edit(&mut self.dice),
                45..50 => self.folder.remove(&mut self.dice),
                50..62 => self.wire.add(self.ledger),
                62..72 => self.wire.edit(self.ledger, &mut self.dice),
                72..80 if with_deaths => {
                    self.mill.kill();
                    self.pause(300);
                    self.mill.raise();
                }
                80..83 if with_deaths => {
                    self.mill.stop();
                    self.mill.raise();
                }
                83..87 => self.mill.reload(),
                87..91 if self.ground.is_small => {
                    self.ground.fill();
                    (0..3).for_each(|_| self.folder.add());
                    self.pause(2_000);
                    self.ground.empty();
                }
                91..94 => {
                    self.sync();
                }
                94..98 if self.ground.can_jump() => {
                    let days = 86_400 * 3;
                    let ahead = self.dice.roll(2 * days) as i64 - days as i64;
                    self.ground.set_clock(ahead);
                }
                _ => {}
            }
            events += 1;
            self.pause(300);
        }
        events
    }

    fn pause(&mut self, most: u64) {
        std::thread::sleep(Duration::from_millis(self.dice.roll(most)));
    }

    /// Nothing happens any more, and all that was written must come to the archive.
    fn come_to_rest(&self) {
        self.ground.empty();
        let begun = Instant::now();
        // The other host allows one look an hour, and has had it.
        while !self.sync() {
            assert!(begun.elapsed() < REST, "no sync succeeds any more\n{}", self.mill.last_words());
        }
        loop {
            let missing = self.ledger.missing(&self.ground.disk().join("archive"));
            if missing.is_empty() {
                return;
            }
            self.mill.assert_lives();
            let log = self.mill.last_words();
            assert!(begun.elapsed() < REST, "{} articles are lost: {missing:#?}\n{log}", missing.len());
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Another process asks the other host, beside the mill; whether it could. A disk that is full is no success.
    fn sync(&self) -> bool {
        let out = self.mill.command(&["sync", "--force", "--quiet"]).output().unwrap();
        assert!(
            out.status.code().is_some_and(|code| code < 2),
            "{}\n{}",
            out.status,
            String::from_utf8_lossy(&out.stderr)
        );
        out.status.success()
    }

    /// What is left behind is in order.
    fn inspect(&self) {
        self.ground.set_clock(0);
        self.run(&["check"]);
        self.run(&["build"]);
        let feeds = self.ground.disk().join("feeds");
        let built = visible(&feeds);
        fs::remove_dir_all(&feeds).unwrap();
        self.run(&["generate"]);
        let made_anew = visible(&feeds);
        assert_eq!(built.len(), made_anew.len());
        for (one, other) in built.iter().zip(&made_anew) {
            assert_eq!(one.0, other.0);
            assert!(one.1 == other.1, "{} is not what the archive makes", one.0);
        }
    }

    fn run(&self, arguments: &[&str]) {
        let out = self.mill.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "feedmill {}: {}\n{said}", arguments.join(" "), out.status);
    }
}

/// The files that are handed out.
fn visible(dir: &Path) -> Vec<(String, Vec<u8>)> {
    tree(dir).into_iter().filter(|(path, _)| !path.starts_with('.') && !path.contains("/.")).collect()
}

/// Sends the clients home, also when something panics.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
