//! A file as it is handed out: its bytes in every coding, and what is said about them.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use memmap2::MmapMut;
use sha2::{Digest, Sha256};

use super::coding::{self, Coding, Effort};
use super::condition::whole_seconds;
use super::glance::Glance;
use super::outline::Outline;
use super::treatment::{self, Treatment};

/// Larger files are not held in memory but read piece by piece for each request, and never compressed: they are sound
/// and pictures, for which that would be in vain.
const LARGEST_HELD: u64 = 8 << 20;

/// What a file weighs in memory beside its bytes, roughly.
const OVERHEAD: usize = 1 << 10;

/// From this many bytes on, the last page, half empty on average, weighs little beside the others.
const OWN_PAGES: usize = 16 << 10;

/// How often a file is read again that was written to while it was read.
const TRIES: usize = 3;

/// A file that was found, as it was at that moment.
pub(super) struct Held {
    pub(super) stamp: Stamp,
    pub(super) glance: Glance,
    /// Where it really stands, links resolved.
    pub(super) real_path: PathBuf,
    pub(super) treatment: Treatment,
    /// What its entity tags begin with: the same for the same bytes.
    pub(super) hash: String,
    /// When it last changed, in whole seconds, with its form in `Last-Modified`.
    pub(super) modified: Option<(SystemTime, HeaderValue)>,
    /// For feeds, where their entries stand.
    pub(super) outline: Option<Outline>,
    /// The `Link` header of feeds.
    pub(super) link: Option<HeaderValue>,
    /// The plain bytes; `None` where the file is too large to be held.
    pub(super) plain: Option<Bytes>,
    pressed: [OnceLock<Variant>; Coding::PRESSED.len()],
    /// The entity tags of the codings, and of the plain bytes. They are known before a coding is made: what is made
    /// depends on the bytes alone.
    etags: [HeaderValue; Coding::PRESSED.len() + 1],
    /// The length of the plain bytes as a header says it.
    pub(super) length: HeaderValue,
    /// Lets one request make a coding while others that want one wait.
    pub(super) pressing: tokio::sync::Mutex<()>,
    /// How hard it is compressed.
    effort: Effort,
    /// Whether it was asked for since memory last ran out.
    pub(super) is_wanted: AtomicBool,
    weight: AtomicUsize,
    scales: Arc<AtomicUsize>,
}

/// The bytes in one coding.
#[derive(Clone)]
pub(super) struct Variant {
    pub(super) bytes: Bytes,
    /// Their number as a header says it.
    pub(super) length: HeaderValue,
}

/// What tells one state of a file from another without reading it. Files are renamed into place, so that another
/// state is another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) length: u64,
    modified: Option<SystemTime>,
    /// Device and inode, and seconds and nanoseconds of the last change of the inode, where there are such.
    identity: [i128; 4],
}

/// What stands at a path.
pub(super) enum Found {
    File(Arc<Held>),
    Directory,
    Nothing,
    /// The operating system does not let us read it.
    Forbidden,
}

impl Stamp {
    pub(super) fn of(meta: &Metadata) -> Stamp {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            [meta.dev().into(), meta.ino().into(), meta.ctime().into(), meta.ctime_nsec().into()]
        };
        #[cfg(not(unix))]
        let identity = [0; 4];
        Stamp { length: meta.len(), modified: meta.modified().ok(), identity }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.scales.fetch_sub(self.weight.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

impl Held {
    /// Takes up the file at `path` below `root`. Blocks. `scales` is what all files weigh in memory.
    pub(super) fn find(root: &Path, path: &str, now: SystemTime, scales: &Arc<AtomicUsize>) -> io::Result<Found> {
        let Some(real_path) = resolve(root, path)? else { return Ok(Found::Nothing) };
        for _ in 0..TRIES {
            let meta = std::fs::metadata(&real_path)?;
            if meta.is_dir() {
                return Ok(Found::Directory);
            }
            // Opening a pipe would wait for somebody to write into it.
            if !meta.is_file() {
                return Ok(Found::Nothing);
            }
            let mut file = File::open(&real_path)?;
            let stamp = Stamp::of(&file.metadata()?);
            let bytes = if stamp.length <= LARGEST_HELD { Some(read_to_hold(&mut file, stamp.length)) } else { None };
            let bytes = match bytes.transpose() {
                // It has become shorter while it was read.
                Err(err) if err.kind() == io::ErrorKind::UnexpectedEof => continue,
                bytes => bytes?,
            };
            // The path must still lead to what was opened, or a link has been put in its way.
            let is_in_place = std::fs::symlink_metadata(&real_path).is_ok_and(|meta| Stamp::of(&meta) == stamp);
            if is_in_place && Stamp::of(&file.metadata()?) == stamp {
                return Ok(Found::File(Arc::new(Held::new(path, real_path, stamp, bytes, now, scales))));
            }
        }
        Err(io::Error::other("the file is being written to"))
    }

    /// A page that was made when it was asked for, as a file that changed at no known time.
    pub(super) fn made(page: Vec<u8>, scales: &Arc<AtomicUsize>) -> Held {
        let stamp = Stamp { length: page.len() as u64, modified: None, identity: [0; 4] };
        let mut held =
            Held::new("page.html", PathBuf::new(), stamp, Some(to_hold(page)), SystemTime::UNIX_EPOCH, scales);
        held.effort = Effort::Little;
        held
    }

    fn new(
        path: &str,
        real_path: PathBuf,
        stamp: Stamp,
        bytes: Option<Bytes>,
        now: SystemTime,
        scales: &Arc<AtomicUsize>,
    ) -> Held {
        let outline = bytes.as_deref().filter(|_| treatment::may_be_feed(path)).and_then(Outline::read);
        let treatment = treatment::of(path, outline.as_ref().map(|outline| outline.format));
        let hash = match &bytes {
            Some(bytes) => hex(&Sha256::digest(bytes)[..16]),
            // Reading all of a large file for its hash would make its first reader wait; another file in its place has
            // another length or another time.
            None => {
                let since = stamp.modified.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
                format!("{:x}.{:x}", stamp.length, since.unwrap_or_default().as_nanos())
            }
        };
        let modified = stamp.modified.and_then(|at| {
            // A date of the future must not be sent (RFC 9110 section 8.8.2.1).
            let at = whole_seconds(at.min(now))?;
            Some((at, HeaderValue::try_from(httpdate::fmt_http_date(at)).ok()?))
        });
        let weight = OVERHEAD + bytes.as_ref().map_or(0, Bytes::len);
        scales.fetch_add(weight, Ordering::Relaxed);
        Held {
            stamp,
            glance: Glance::default(),
            real_path,
            treatment,
            modified,
            link: outline.as_ref().and_then(link),
            outline,
            plain: bytes,
            etags: [Coding::Brotli, Coding::Zstd, Coding::Gzip, Coding::Identity].map(|coding| etag(&hash, coding)),
            length: HeaderValue::from(stamp.length),
            hash,
            pressed: Default::default(),
            pressing: tokio::sync::Mutex::default(),
            is_wanted: AtomicBool::new(true),
            effort: Effort::Most,
            weight: AtomicUsize::new(weight),
            scales: scales.clone(),
        }
    }

    /// Whether it is handed out in other codings than as it is.
    pub(super) fn is_pressed(&self) -> bool {
        self.treatment.is_pressed && self.plain.is_some()
    }

    /// The entity tag of a coding.
    pub(super) fn etag(&self, coding: Coding) -> &HeaderValue {
        let [pressed @ .., plain] = &self.etags;
        place(coding).map_or(plain, |at| &pressed[at])
    }

    /// The bytes in a coding, if that was made before.
    pub(super) fn variant(&self, coding: Coding) -> Option<&Variant> {
        self.pressed[place(coding)?].get()
    }

    /// Makes a coding. Takes as long as it takes.
    pub(super) fn press(&self, coding: Coding) -> io::Result<()> {
        let (Some(at), Some(plain)) = (place(coding), &self.plain) else { return Ok(()) };
        let bytes = to_hold(coding::press(coding, plain, self.effort)?);
        let weight = bytes.len();
        if self.pressed[at].set(Variant { length: HeaderValue::from(weight), bytes }).is_ok() {
            self.weight.fetch_add(weight, Ordering::Relaxed);
            self.scales.fetch_add(weight, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// The bytes of a file that is to be held.
fn read_to_hold(file: &mut File, length: u64) -> io::Result<Bytes> {
    let length = usize::try_from(length).map_err(io::Error::other)?;
    if length < OWN_PAGES {
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        return Ok(bytes.into());
    }
    let mut pages = MmapMut::map_anon(length)?;
    file.read_exact(&mut pages)?;
    Ok(Bytes::from_owner(pages))
}

/// Bytes as they are held: no room beyond their length, and, from some length on, in pages of memory of their own.
///
/// Files come and go in the order in which people ask for them. On the heap they leave holes between what stays; pages go
/// back to the operating system at once.
fn to_hold(bytes: Vec<u8>) -> Bytes {
    if bytes.len() >= OWN_PAGES
        && let Ok(mut pages) = MmapMut::map_anon(bytes.len())
    {
        pages.copy_from_slice(&bytes);
        return Bytes::from_owner(pages);
    }
    Bytes::from(bytes.into_boxed_slice())
}

/// Where the path leads, links resolved; `None` where that is nothing, outside of the directory, or hidden.
fn resolve(root: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let resolved = |path: &Path| match path.canonicalize() {
        Ok(path) => Ok(Some(path)),
        Err(err) if err.kind() == io::ErrorKind::PermissionDenied => Err(err),
        // Nothing there, a file where a directory would have to be, a circle of links.
        Err(_) => Ok(None),
    };
    // The directory may be a link itself, which is set to another one when a new state is to be shown at once.
    let root = root.canonicalize()?;
    let mut full = root.clone();
    full.extend(path.split('/'));
    let Some(real) = resolved(&full)? else { return Ok(None) };
    let Ok(below) = real.strip_prefix(&root) else { return Ok(None) };
    let is_hidden = below.iter().any(|segment| segment.as_encoded_bytes().starts_with(b"."));
    Ok((!is_hidden).then_some(real))
}

/// Where a coding stands among those that are made; identity is not.
fn place(coding: Coding) -> Option<usize> {
    Coding::PRESSED.iter().position(|known| *known == coding)
}

fn etag(hash: &str, coding: Coding) -> HeaderValue {
    HeaderValue::try_from(format!("\"{hash}{}\"", coding.suffix())).unwrap_or(HeaderValue::from_static("\"\""))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The links of a feed that readers and hubs look for in the header (RFC 8288, WebSub section 4).
fn link(outline: &Outline) -> Option<HeaderValue> {
    let is_plain = |url: &&str| !url.is_empty() && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'>');
    let own = outline.own_url.as_deref().filter(is_plain).map(|url| format!("<{url}>; rel=\"self\""));
    let hubs = outline.hubs.iter().map(String::as_str).filter(is_plain).map(|url| format!("<{url}>; rel=\"hub\""));
    let links: Vec<String> = own.into_iter().chain(hubs).collect();
    if links.is_empty() { None } else { HeaderValue::try_from(links.join(", ")).ok() }
}
