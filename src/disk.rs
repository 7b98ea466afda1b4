//! The only writer of files. What it writes is absent or whole, whatever happens to the process, and "unchanged"
//! is an answer: bytes that are already there are not written again, so that modification times mean something.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// What writing a file came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The file was not there before.
    New,
    /// The file was there with other bytes.
    Changed,
    /// The file was there with the same bytes, and was not touched.
    Same,
}

/// Makes the file hold exactly these bytes, and creates the directories above it.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<Written> {
    let found = compare(path, bytes)?;
    if found != Written::Same {
        sweep(path);
        write(path, bytes, None)?;
    }
    Ok(found)
}

/// As [`write_if_changed`], for one of many files of a directory: whoever writes them all sweeps once.
pub fn write_unswept(path: &Path, bytes: &[u8]) -> Result<Written> {
    let found = compare(path, bytes)?;
    if found != Written::Same {
        write(path, bytes, None)?;
    }
    Ok(found)
}

/// What writing these bytes would come to; the directories above a new file are created.
fn compare(path: &Path, bytes: &[u8]) -> Result<Written> {
    match is_same(path, bytes) {
        Ok(true) => Ok(Written::Same),
        Ok(false) => Ok(Written::Changed),
        Err(err) if err.kind() == io::ErrorKind::NotFound => create_dirs_above(path).map(|()| Written::New),
        // What cannot be read is written anew; where that is impossible too, writing says why.
        Err(_) => Ok(Written::Changed),
    }
}

/// Whether the file is there and holds exactly these bytes.
pub fn holds(path: &Path, bytes: &[u8]) -> bool {
    is_same(path, bytes).unwrap_or(false)
}

/// Whether the file holds exactly these bytes; compared by length first.
fn is_same(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::metadata(path)?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    Ok(fs::read(path)? == bytes)
}

/// Replaces the file, or creates it; its directory must exist. With `modified`, the file carries that time from
/// the moment on in which it is visible.
pub fn write(path: &Path, bytes: &[u8], modified: Option<SystemTime>) -> Result<()> {
    let temp = temp_beside(path);
    let written = File::create_new(&temp).and_then(|mut file| {
        file.write_all(bytes)?;
        match modified {
            Some(time) => file.set_modified(time),
            None => Ok(()),
        }
    });
    let renamed = written.map_err(|err| Error::io("write", path, err)).and_then(|()| {
        fs::rename(&temp, path).map_err(|err| Error::io(&format!("rename {} to it", temp.display()), path, err))
    });
    if renamed.is_err() {
        // The error that matters is the one above; a temporary file that stays is swept by the next writer.
        let _ = fs::remove_file(&temp);
    }
    renamed
}

/// Creates the directories that a file at `path` needs.
pub fn create_dirs_above(path: &Path) -> Result<()> {
    match path.parent() {
        Some(dir) => create_dirs(dir),
        None => Ok(()),
    }
}

/// Creates a directory and those above it.
pub fn create_dirs(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(|err| Error::io("create the directory", dir, err))
}

/// Adds a line to a log, and creates the log and its directory if they are missing. The line goes out in one write, so
/// that two processes do not mix theirs; where the last one was torn by a crash, this begins a new one.
pub fn append_line(path: &Path, line: &[u8]) -> Result<()> {
    let open = || File::options().read(true).append(true).create(true).open(path);
    let opened = match open() {
        Err(err) if err.kind() == io::ErrorKind::NotFound => {
            create_dirs_above(path)?;
            open()
        }
        opened => opened,
    };
    let appended = opened.and_then(|mut file| {
        let mut whole = Vec::with_capacity(line.len() + 2);
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        if last != [b'\n'] {
            whole.push(b'\n');
        }
        whole.extend_from_slice(line);
        whole.push(b'\n');
        file.write_all(&whole)
    });
    appended.map_err(|err| Error::io("write", path, err))
}

/// Adds lines to a file that is there, and brings them onto the disk: what is done next may rely on them.
pub fn append_synced(path: &Path, lines: &str) -> Result<()> {
    let append = || {
        let mut file = File::options().append(true).open(path)?;
        file.write_all(format!("{lines}\n").as_bytes())?;
        file.sync_data()
    };
    append().map_err(|err| Error::io("write", path, err))
}

/// Gives a file another name in its file system; what had that name is replaced.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|err| Error::io(&format!("rename {} to it", from.display()), to, err))
}

/// Removes a file; that it is not there is no error.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path, err)),
        _ => Ok(()),
    }
}

/// Removes a directory that holds nothing; one that holds something, or is not there, is left as it is.
pub fn remove_if_empty(path: &Path) {
    let _ = fs::remove_dir(path);
}

/// Opens a file for locking and describing the holder, creating it if it is missing; its bytes are kept.
pub fn open_lock(path: &Path) -> Result<File> {
    create_dirs_above(path)?;
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|err| Error::io("open the lock", path, err))
}

/// Opens a log for writing at its end, creating it if it is missing: the only kind of file that grows while it is read.
pub fn open_log(path: &Path) -> Result<File> {
    create_dirs_above(path)?;
    File::options().append(true).create(true).open(path).map_err(|err| Error::io("open the log", path, err))
}

/// Replaces what a lock file says about its holder. Not atomic: the words help people, the lock itself is the
/// operating system's.
pub fn describe_lock(file: &mut File, words: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(words.as_bytes())
}

/// Brings everything that was written to the file system of `dir` onto the disk: one call for a whole batch.
pub fn sync(dir: &Path) -> Result<()> {
    let file = File::open(dir).map_err(|err| Error::io("open", dir, err))?;
    #[cfg(target_os = "linux")]
    let synced = rustix::fs::syncfs(&file).map_err(io::Error::from);
    #[cfg(not(target_os = "linux"))]
    let synced = file.sync_all();
    synced.map_err(|err| Error::io("sync", dir, err))
}

/// A file that grows piece by piece and may stay behind unfinished: a download, which goes on from there. It stands where
/// nobody takes it for a whole one.
pub struct Partial {
    file: std::io::BufWriter<File>,
    path: PathBuf,
}

impl Partial {
    /// Opens the file to go on behind its first `from` bytes; what stands behind them is dropped.
    pub fn open(path: &Path, from: u64) -> Result<Partial> {
        create_dirs_above(path)?;
        let failed = |err| Error::io("open", path, err);
        let mut file = File::options().write(true).create(true).truncate(false).open(path).map_err(failed)?;
        file.set_len(from).and_then(|()| file.seek(io::SeekFrom::End(0))).map_err(failed)?;
        Ok(Partial { file: std::io::BufWriter::new(file), path: path.to_owned() })
    }

    /// Adds bytes.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|err| Error::io("write", &self.path, err))
    }

    /// Brings everything onto the disk.
    pub fn finish(mut self) -> Result<()> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        synced.map_err(|err| Error::io("write", &self.path, err))
    }
}

/// SHA-256 of a file, in lower-case hexadecimal.
pub fn sha256(path: &Path) -> Result<String> {
    let failed = |err| Error::io("read", path, err);
    let mut file = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether a file name is one of our temporary files.
pub fn is_temp(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(TEMP_SUFFIX)
}

const TEMP_SUFFIX: &str = ".feedmill-tmp";

/// `.name.PID.N.feedmill-tmp`, in the same directory, so that the rename stays within one file system.
fn temp_beside(path: &Path) -> PathBuf {
    static SERIAL: AtomicU64 = AtomicU64::new(0);
    let mut name = OsString::from(".");
    // The name is shortened, so that adding to a long one never passes the limit of 255 bytes.
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    name.push(file.chars().take(40).collect::<String>());
    name.push(format!(".{}.{}{TEMP_SUFFIX}", std::process::id(), SERIAL.fetch_add(1, Ordering::Relaxed)));
    path.with_file_name(name)
}

/// Removes the temporary files that processes which are no longer there have left beside `path`.
pub fn sweep(path: &Path) {
    let Some(entries) = path.parent().and_then(|dir| fs::read_dir(dir).ok()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_temp(name)) else { continue };
        if !owner_lives(name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn owner_lives(temp: &str) -> bool {
    let mut parts = temp.trim_end_matches(TEMP_SUFFIX).rsplit('.');
    let (Some(_serial), Some(pid)) = (parts.next(), parts.next()) else { return false };
    let Some(pid) = pid.parse().ok().and_then(rustix::process::Pid::from_raw) else { return false };
    // Only "no such process" proves that nobody owns the file any more.
    rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_once_and_then_leaves_the_file_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/feed.xml");
        assert_eq!(write_if_changed(&path, b"one").unwrap(), Written::New);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(write_if_changed(&path, b"one").unwrap(), Written::Same);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        assert_eq!(write_if_changed(&path, b"two").unwrap(), Written::Changed);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn a_failed_write_names_the_path_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("missing/feed.xml");
        let err = write(&path, b"x", None).unwrap_err();
        assert!(err.subject().ends_with("missing/feed.xml") && err.is_io());
        fs::create_dir(dir.path().join("taken")).unwrap();
        assert!(write(&dir.path().join("taken"), b"x", None).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_line_is_added_after_a_torn_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/log.jsonl");
        append_line(&path, b"one").unwrap();
        append_line(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntwo\n");
        fs::write(&path, b"one\ntw").unwrap();
        append_line(&path, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one\ntw\nthree\n");
        rename(&path, &dir.path().join("former")).unwrap();
        assert!(!path.exists() && rename(&path, &dir.path().join("former")).is_err());
    }

    #[test]
    fn sweeps_what_the_dead_have_left() {
        let dir = tempfile::tempdir().unwrap();
        // No process has the largest possible pid on Linux (pid_max is at most 2^22).
        let dead = dir.path().join(format!(".rss.xml.{}.0{TEMP_SUFFIX}", 1 << 23));
        let alive = dir.path().join(format!(".rss.xml.{}.0{TEMP_SUFFIX}", std::process::id()));
        fs::write(&dead, "half").unwrap();
        fs::write(&alive, "half").unwrap();
        sweep(&dir.path().join("rss.xml"));
        assert!(!dead.exists() && alive.exists());
    }
}
