//! Folders that are watched: a change is told once the folder stands still again, so that nothing is read half copied.
//!
//! Watching makes things quicker, and nothing depends on it: what it misses (network file systems tell of nothing)
//! is found when the folder is next due, and a file that is read too early is read again when it has grown.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, sync_channel};
use std::time::{Duration, SystemTime};

use notify::{Event, EventKind, PollWatcher, RecursiveMode, Watcher};

use super::runner::Wake;
use crate::error::{Error, Result};

/// Folders that are being watched, until it is dropped.
pub struct Watching {
    /// Whether the operating system tells of changes; otherwise the folders are looked through every now and then.
    pub is_told: bool,
    /// Folders that cannot be watched, with the reason.
    pub problems: Vec<Error>,
    _watcher: Box<dyn Watcher + Send>,
}

/// How often folders are looked through where the operating system does not tell: a walk over a large tree takes
/// seconds.
const POLL: Duration = Duration::from_secs(30);

/// Files are looked at so often while something changes.
const PAUSE: Duration = Duration::from_millis(500);

/// A file stands still when so many looks in a row have found it the same: two seconds, more than a copy pauses.
const STILL: u32 = 4;

/// After so many looks (five minutes) a folder that never stands still is told of all the same: something in it is
/// written all the time, and the others should not wait for it.
const PATIENCE: u32 = 600;

/// So many changed files of a folder are looked at one by one; with more, the folder is still when nothing is told
/// of it.
const MANY: usize = 1_000;

/// Changes that are told and not yet looked at; what is told beyond belongs to a folder that is moving anyway.
const UNHEARD: usize = 10_000;

/// Watches files and folders, and tells of each that has changed: [`Wake::FolderChanged`] with the path as it is given
/// here. What lies in one of `except` (the archive, the feeds), and what begins with a dot, is not watched.
pub fn watch(folders: &[PathBuf], except: &[PathBuf], voice: Sender<Wake>) -> Result<Watching> {
    let absolute = |path: &PathBuf| std::path::absolute(path).map_err(|err| Error::io("find", path, err));
    let except: Vec<PathBuf> = except.iter().map(absolute).collect::<Result<_>>()?;
    let mut places = Vec::new();
    for folder in folders {
        places.push(Place { told_as: folder.clone(), path: absolute(folder)? });
    }
    let (sender, heard) = sync_channel(UNHEARD);
    let (mut watcher, mut is_told) = match notify::recommended_watcher(handler(sender.clone())) {
        Ok(watcher) => (Box::new(watcher) as Box<dyn Watcher + Send>, true),
        Err(_) => (polling(sender.clone())?, false),
    };
    let mut problems = attend(watcher.as_mut(), &places);
    if is_told && !problems.is_empty() {
        // Most often the kernel's limit on watches is reached; looking needs none.
        let mut second = polling(sender)?;
        let unseen = attend(second.as_mut(), &places);
        if unseen.len() < problems.len() {
            (watcher, is_told, problems) = (second, false, unseen);
        }
    }
    let begun = std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        let places = Places { places, except };
        listen(&heard, &places, &mut |folder| voice.send(Wake::FolderChanged(folder)).is_ok());
    });
    begun.map_err(|err| Error::io("watch", folders.first().cloned().unwrap_or_default(), err))?;
    Ok(Watching { is_told, problems, _watcher: watcher })
}

fn polling(sender: SyncSender<PathBuf>) -> Result<Box<dyn Watcher + Send>> {
    let every = notify::Config::default().with_poll_interval(POLL);
    match PollWatcher::new(handler(sender), every) {
        Ok(watcher) => Ok(Box::new(watcher)),
        Err(err) => Err(Error::io("watch", "folders", std::io::Error::other(err))),
    }
}

/// Hands on the paths of changes, and does nothing else: it is called on the watcher's own thread.
fn handler(sender: SyncSender<PathBuf>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    move |event| {
        let Ok(event) = event else { return };
        // Our own reading is told too.
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        // The system has told of more than it could keep: everything may have changed, which the empty path stands for.
        if event.need_rescan() {
            let _ = sender.try_send(PathBuf::new());
        }
        for path in event.paths {
            let _ = sender.try_send(path);
        }
    }
}

fn attend(watcher: &mut dyn Watcher, places: &[Place]) -> Vec<Error> {
    let mut problems = Vec::new();
    for place in places {
        // A file is replaced by renaming another to it, which only its directory sees.
        let (path, mode) = match place.path.parent() {
            Some(parent) if place.path.is_file() => (parent, RecursiveMode::NonRecursive),
            _ => (place.path.as_path(), RecursiveMode::Recursive),
        };
        let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
        let watched = match path.exists() {
            true => watcher.watch(path, mode).map_err(std::io::Error::other),
            false => Err(missing()),
        };
        if let Err(err) = watched {
            problems.push(Error::io("watch", &place.told_as, err).hint("it is read when it is next due"));
        }
    }
    problems
}

struct Place {
    told_as: PathBuf,
    path: PathBuf,
}

struct Places {
    places: Vec<Place>,
    except: Vec<PathBuf>,
}

impl Places {
    /// The places that a changed path belongs to.
    fn of(&self, path: &Path) -> impl Iterator<Item = &Place> {
        let excepted = self.except.iter().any(|dir| path.starts_with(dir));
        self.places.iter().filter(move |place| {
            if path.as_os_str().is_empty() {
                return true;
            }
            let Ok(below) = path.strip_prefix(&place.path) else { return false };
            let hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
            !excepted && !below.iter().any(hidden)
        })
    }
}

/// Hears of changes until nobody tells or nobody listens any more.
fn listen(heard: &Receiver<PathBuf>, places: &Places, tell: &mut dyn FnMut(PathBuf) -> bool) {
    let mut moving = Moving::default();
    loop {
        if moving.is_empty() {
            let Ok(path) = heard.recv() else { return };
            moving.touch(&path, places);
            if moving.is_empty() {
                continue;
            }
        }
        std::thread::sleep(PAUSE);
        loop {
            match heard.try_recv() {
                Ok(path) => moving.touch(&path, places),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        for folder in moving.look(&shape) {
            if !tell(folder) {
                return;
            }
        }
    }
}

/// What tells whether a file was written to: its size and time; nothing where it is gone.
type Shape = Option<(u64, Option<SystemTime>)>;

fn shape(path: &Path) -> Shape {
    let file = std::fs::symlink_metadata(path).ok()?;
    Some((file.len(), file.modified().ok()))
}

/// Folders in which something has changed, until they stand still.
#[derive(Default)]
struct Moving(HashMap<PathBuf, Folder>);

#[derive(Default)]
struct Folder {
    files: HashMap<PathBuf, (Shape, u32)>,
    /// Looks since the first change.
    looks: u32,
    /// With too many files to look at: looks since the last change.
    crowd: Option<u32>,
}

impl Moving {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn touch(&mut self, path: &Path, places: &Places) {
        for place in places.of(path) {
            let folder = self.0.entry(place.told_as.clone()).or_default();
            if folder.files.len() < MANY {
                folder.files.entry(path.to_owned()).or_insert((None, 0)).1 = 0;
            } else {
                folder.crowd = Some(0);
            }
        }
    }

    /// Looks at every file once; gives the folders that stand still, and forgets them.
    fn look(&mut self, shape: &dyn Fn(&Path) -> Shape) -> Vec<PathBuf> {
        let mut still = Vec::new();
        self.0.retain(|name, folder| {
            folder.looks += 1;
            let mut moves = false;
            for (path, (known, same)) in &mut folder.files {
                let found = shape(path);
                *same = if *known == found { *same + 1 } else { 0 };
                *known = found;
                moves |= *same < STILL;
            }
            if let Some(quiet) = &mut folder.crowd {
                *quiet += 1;
                moves |= *quiet < STILL;
            }
            if moves && folder.looks < PATIENCE {
                return true;
            }
            still.push(name.clone());
            false
        });
        still.sort();
        still
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn places(except: &[&str]) -> Places {
        let place = |path: &str| Place { told_as: path.trim_start_matches('/').into(), path: path.into() };
        Places { places: vec![place("/in"), place("/list.csv")], except: except.iter().map(PathBuf::from).collect() }
    }

    #[test]
    fn a_folder_is_told_when_every_file_in_it_stands_still() {
        let places = places(&[]);
        let size = Cell::new(0);
        let shape = |path: &Path| Some((if path.ends_with("big.txt") { size.get() } else { 1 }, None));
        let mut moving = Moving::default();
        moving.touch(Path::new("/in/small.txt"), &places);
        moving.touch(Path::new("/in/sub/big.txt"), &places);
        // Grows for a while, without being told of every time.
        for grown in 1..=20 {
            size.set(grown);
            assert!(moving.look(&shape).is_empty());
        }
        let looks = (0..10).position(|_| !moving.look(&shape).is_empty());
        assert_eq!((looks, moving.is_empty()), (Some(STILL as usize - 1), true));
    }

    #[test]
    fn one_that_never_stands_still_is_told_in_the_end() {
        let places = places(&[]);
        let mut moving = Moving::default();
        let size = Cell::new(0);
        moving.touch(Path::new("/in/log.txt"), &places);
        let looks = (1..).find(|look| {
            size.set(*look);
            !moving.look(&|_| Some((size.get(), None))).is_empty()
        });
        assert_eq!(looks, Some(u64::from(PATIENCE)));
    }

    #[test]
    fn a_million_files_take_no_more_room_than_a_thousand() {
        let places = places(&[]);
        let mut moving = Moving::default();
        for n in 0..50_000 {
            moving.touch(Path::new(&format!("/in/{n}.txt")), &places);
        }
        assert_eq!(moving.0[Path::new("in")].files.len(), MANY);
        assert!((0..10).any(|_| moving.look(&|_| None) == [PathBuf::from("in")]));
    }

    #[test]
    fn our_own_files_and_hidden_ones_are_nobodys_news() {
        let places = places(&["/in/archive", "/in/feeds"]);
        let told = |path: &str| {
            places.of(Path::new(path)).map(|place| place.told_as.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(told("/in/a.txt"), ["in"]);
        assert_eq!(told("/list.csv"), ["list.csv"]);
        assert_eq!(told(""), ["in", "list.csv"], "all may have changed");
        for path in ["/in/archive/2023/a.md", "/in/feeds", "/in/.git/x", "/in/.a.swp", "/inner/a.txt", "/other"] {
            assert!(told(path).is_empty(), "{path}");
        }
    }

    #[test]
    fn the_operating_system_tells() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("in/archive")).unwrap();
        let (voice, heard) = std::sync::mpsc::channel();
        let folders = [root.join("in"), root.join("missing")];
        let watching = watch(&folders, &[root.join("in/archive")], voice).unwrap();
        assert_eq!(watching.problems.len(), 1);
        assert!(watching.problems[0].subject().ends_with("missing"));
        if !watching.is_told {
            return;
        }
        std::fs::write(root.join("in/archive/a.md"), "own").unwrap();
        std::fs::write(root.join("in/a.txt"), "one").unwrap();
        let told = heard.recv_timeout(Duration::from_secs(60));
        assert!(matches!(told, Ok(Wake::FolderChanged(folder)) if folder == folders[0]));
        assert!(heard.try_recv().is_err(), "once");
        drop(watching);
        assert!(heard.recv_timeout(Duration::from_secs(60)).is_err(), "the thread has ended");
    }
}
