//! Files and containers of any size: downloaded in pieces that survive an interruption, checked, then read from the disk.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::visit::{Halt, Step, Visit, refused};
use super::{Ended, Event, Kind, page};
use crate::archive::RemotePage;
use crate::article::record;
use crate::disk;
use crate::error::{Error, Result};
use crate::source::Document;
use crate::source::http::{Answer, Piece, Request, Resume, base64};

const ACCEPT: &str = "*/*";

/// Extensions of what is rather downloaded than looked at.
const CONTAINERS: &[&str] = &[
    "gz", "tgz", "zst", "bz2", "xz", "tar", "zip", "warc", "arc", "mbox", "mbx", "jsonl", "ndjson", "csv", "tsv",
    "sgm", "sgml", "eml",
];

/// The largest download that is kept raw: its record is made in memory.
const MOST_RAW: u64 = 64 << 20;
/// How often progress of a download is told: every so many bytes.
const TOLD_EVERY: u64 = 1 << 20;

/// What is known of a download that is not whole, beside its bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Begun {
    /// The strong validator that the rest must have.
    validator: String,
    /// The whole length, where the server said it.
    length: Option<u64>,
}

/// Whether the address of a new source is that of a container.
pub(super) fn is_named_so(visit: &Visit) -> bool {
    let name = super::visit::name_of(&visit.address()).to_ascii_lowercase();
    let is_map = name.rsplit('/').next().is_some_and(|file| file.contains("sitemap"));
    visit.state.kind.is_none() && !is_map && CONTAINERS.iter().any(|end| name.ends_with(&format!(".{end}")))
}

/// Downloads a source that is one file.
pub(super) fn poll(visit: &mut Visit) -> Step<Ended> {
    let url = visit.address();
    visit.state.asked = Some(visit.now());
    let (etag, last_modified) = (visit.state.etag.clone(), visit.state.last_modified.clone());
    let (answer, path) = match download(visit, &url, etag.as_deref(), last_modified.as_deref())? {
        Downloaded::Unchanged(answer) => {
            visit.succeed(&answer);
            visit.save()?;
            return Ok(Ended::Unchanged);
        }
        Downloaded::Refused(answer) if answer.status == 410 => return Err(Halt::Gone),
        Downloaded::Refused(answer) => return Err(refused(&url, answer)),
        Downloaded::Whole(answer, path) => (answer, path),
    };
    visit.believe_redirects(&answer)?;
    let sha256 = disk::sha256(&path)?;
    if let Some(expected) = visit.source.sha256.as_deref().filter(|expected| !expected.eq_ignore_ascii_case(&sha256)) {
        disk::remove(&path)?;
        let err = Error::remote(&url, format!("expected a file of SHA-256 {expected}, found one of {sha256}"));
        return Err(err.hint("nothing of it was read; correct `sha256` in the source if the file has changed").into());
    }
    let seal = record::sha256_hex(format!("{sha256} {}", visit.reading()).as_bytes());
    let is_same = visit.state.body.as_deref() == Some(&seal);
    if !is_same {
        page::read(visit, open(visit, &visit.source.url, &answer, &path)?)?;
    }
    visit.keep_validators(&answer, Some(seal));
    visit.succeed(&answer);
    visit.save()?;
    disk::remove(&path)?;
    Ok(if is_same { Ended::Unchanged } else { Ended::New })
}

/// Takes a source in that turned out to be a file, and is at hand.
pub(super) fn take(visit: &mut Visit, doc: Document<'static>, answer: &Answer, seal: String) -> Step<Ended> {
    let mut doc = doc;
    if let Some(expected) = visit.source.sha256.clone() {
        let sha256 = record::sha256_hex(doc.bytes()?);
        if !expected.eq_ignore_ascii_case(&sha256) {
            let err = format!("expected a file of SHA-256 {expected}, found one of {sha256}");
            return Err(Error::remote(visit.address(), err).into());
        }
    }
    visit.state.kind = Some(Kind::File);
    page::read(visit, doc)?;
    visit.keep_validators(answer, Some(seal));
    visit.succeed(answer);
    visit.save()?;
    Ok(Ended::New)
}

/// Fetches one document that a listing names.
pub(super) fn fetch(visit: &mut Visit, known: RemotePage, wanted: &str) -> Step<()> {
    let url = known.url.clone();
    if !visit.is_allowed(&url)? {
        visit.tell(Event::Problem(visit.at, page::forbidden(&url)))?;
        return page::done(visit, RemotePage { mark: wanted.to_owned(), ..known });
    }
    let (answer, path) = match download(visit, &url, known.etag.as_deref(), known.last_modified.as_deref()) {
        Ok(Downloaded::Whole(answer, path)) => (answer, path),
        Ok(Downloaded::Unchanged(_)) => {
            return page::done(visit, RemotePage { mark: wanted.to_owned(), failures: 0, ..known });
        }
        Ok(Downloaded::Refused(answer)) if matches!(answer.status, 429 | 503) => return Err(refused(&url, answer)),
        Ok(Downloaded::Refused(answer)) => {
            let is_gone = matches!(answer.status, 404 | 410);
            let Halt::Failed(err, _) = refused(&url, answer) else { return Ok(()) };
            if is_gone {
                visit.tell(Event::Problem(visit.at, err))?;
                return page::done(visit, RemotePage { mark: wanted.to_owned(), ..known });
            }
            return page::missed(visit, known, wanted, err);
        }
        Err(Halt::Failed(err, _)) => return page::missed(visit, known, wanted, err),
        Err(halt) => return Err(halt),
    };
    page::read(visit, open(visit, &url, &answer, &path)?)?;
    disk::remove(&path)?;
    let header = |name| answer.header(name).map(str::to_owned);
    let (etag, last_modified) = (header("etag"), header("last-modified"));
    page::done(visit, RemotePage { mark: wanted.to_owned(), etag, last_modified, failures: 0, wanted: None, ..known })
}

/// The downloaded file as a document.
fn open(visit: &Visit, origin: &str, answer: &Answer, path: &Path) -> Result<Document<'static>> {
    let mut doc = Document::open(origin, &super::visit::name_of(&answer.url), path)?;
    doc.media_type = answer.header("content-type").map(str::to_owned);
    doc.charset = super::visit::charset_of(answer);
    doc.url = Some(answer.url.clone());
    doc.fetched = Some(visit.now());
    Ok(doc)
}

/// What became of a download.
enum Downloaded {
    /// It is on the disk.
    Whole(Answer, PathBuf),
    /// It has not changed.
    Unchanged(Answer),
    /// The server answered something else.
    Refused(Answer),
}

/// Downloads a file, from where an earlier download broke off.
fn download(visit: &mut Visit, url: &str, etag: Option<&str>, last_modified: Option<&str>) -> Step<Downloaded> {
    let name = &record::sha256_hex(url.as_bytes())[..32];
    let (path, note) = (visit.crew.downloads.join(name), visit.crew.downloads.join(format!("{name}.json")));
    let have = std::fs::metadata(&path).map_or(0, |meta| meta.len());
    let begun: Begun =
        std::fs::read(&note).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let resumes = have > 0 && !begun.validator.is_empty() && begun.length.is_none_or(|length| have < length);
    let resume = resumes.then_some(Resume { from: have, validator: &begun.validator });
    let (most, at) = (visit.source.max_bytes, visit.at);
    let mut file: Option<disk::Partial> = None;
    let mut length = None;
    let (mut there, mut told) = (0, 0);
    let mut digest = Digests::default();
    let sender = visit.send.clone();
    let answer = visit.get(|visit| {
        let request = Request {
            etag: etag.filter(|_| !resumes),
            last_modified: last_modified.filter(|_| !resumes),
            ..visit.request(url, ACCEPT, most)
        };
        visit.crew.client.download(&request, resume, &mut |piece| {
            match piece {
                Piece::Begin(answer) if matches!(answer.status, 200 | 206) => {
                    let from = if answer.status == 206 { have } else { 0 };
                    there = from;
                    length = answer.header("content-length").and_then(|n| n.parse::<u64>().ok()).map(|n| n + from);
                    if length.is_some_and(|length| length > most) {
                        return Err(too_large(url, most));
                    }
                    let validator = answer.header("etag").filter(|etag| !etag.starts_with("W/"));
                    let validator = validator.or_else(|| answer.header("last-modified")).unwrap_or_default().to_owned();
                    let begun = Begun { validator, length };
                    disk::write_if_changed(&note, &serde_json::to_vec(&begun).unwrap_or_default())?;
                    digest = Digests::of(answer);
                    file = Some(disk::Partial::open(&path, from)?);
                }
                Piece::Begin(_) => {}
                Piece::Bytes(bytes) => {
                    let Some(file) = &mut file else { return Ok(()) };
                    file.append(bytes)?;
                    there += bytes.len() as u64;
                    if there > most {
                        return Err(too_large(url, most));
                    }
                    if there - told >= TOLD_EVERY {
                        told = there;
                        // Whether somebody listens is found out elsewhere.
                        let _ = sender.send(super::visit::Message::Tell(Event::Downloaded(at, there, length)));
                    }
                }
            }
            Ok(())
        })
    })?;
    match answer.status {
        200 | 206 => {}
        304 => return Ok(Downloaded::Unchanged(answer)),
        416 => {
            // What we hold is longer than the file that is there now.
            disk::remove(&path)?;
            disk::remove(&note)?;
            return Ok(Downloaded::Refused(answer));
        }
        _ => return Ok(Downloaded::Refused(answer)),
    }
    if let Some(file) = file {
        file.finish()?;
    }
    if let Some(length) = length.filter(|length| *length != there && answer.header("content-encoding").is_none()) {
        return Err(Error::remote(url, format!("expected {length} bytes, found {there}")).into());
    }
    if let Err(err) = digest.check(url, &path) {
        disk::remove(&path)?;
        disk::remove(&note)?;
        return Err(err.into());
    }
    disk::remove(&note)?;
    if visit.crew.settings.raw.is_some() {
        match std::fs::metadata(&path).map_or(0, |meta| meta.len()) {
            0..=MOST_RAW => {
                let body = std::fs::read(&path).map_err(|err| Error::io("read", &path, err))?;
                // The file is whole, in however many parts it came.
                visit.keep_raw(&Answer { status: 200, ..answer.clone() }, &body)?;
            }
            _ => visit.note(format!("{url} is too large to be kept raw; fetch it yourself if you want it so"))?,
        }
    }
    Ok(Downloaded::Whole(answer, path))
}

fn too_large(url: &str, most: u64) -> Error {
    Error::remote(url, format!("expected at most {most} bytes, found more"))
        .hint("raise `max_bytes` of the source if that is right")
}

/// What the server says the whole file hashes to (RFC 9530 `Repr-Digest`, RFC 3230 `Digest`).
#[derive(Default)]
struct Digests {
    /// SHA-256 in base64.
    sha256: Option<String>,
}

impl Digests {
    fn of(answer: &Answer) -> Digests {
        let of = |name: &str| {
            answer.header(name)?.split(',').find_map(|item| {
                let (algorithm, value) = item.trim().split_once('=')?;
                algorithm.eq_ignore_ascii_case("sha-256").then(|| value.trim_matches(':').to_owned())
            })
        };
        Digests { sha256: of("repr-digest").or_else(|| of("digest")) }
    }

    fn check(&self, url: &str, path: &Path) -> Result<()> {
        let Some(expected) = &self.sha256 else { return Ok(()) };
        let hex = disk::sha256(path)?;
        let bytes: Vec<u8> =
            (0..hex.len() / 2).filter_map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok()).collect();
        if base64(&bytes) == *expected {
            return Ok(());
        }
        Err(Error::remote(url, format!("expected the SHA-256 that the server names ({expected}), found another")))
    }
}
