//! `[sync]` and every `[[source]]` with a `url`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::Spanned;
use url::Url;

use super::place::Page;
use super::{Value, check, schedule, wire};
use crate::error::{Error, Result};
use crate::ingest::{self, Deleted};
use crate::schedule::When;
use crate::source::http::Secret;
use crate::sync::{self, KINDS, Kind};

/// How long one answer may take in all.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A remote source, without the secrets that the configuration only names.
#[derive(Clone)]
pub struct RemoteSpec {
    /// The source.
    pub source: sync::Source,
    /// Headers of its own: name, and where the value stands.
    pub headers: Vec<(String, Value)>,
    /// What is to be said of it: that a password stands in its url, and where to put it instead.
    pub note: Option<String>,
    /// When it is asked, unless its server has asked for a longer pause.
    pub schedule: Option<When>,
}

/// How remote sources are asked.
#[derive(Clone)]
pub struct SyncSpec {
    /// Where whoever runs a server can find out who asks.
    pub contact: Option<String>,
    /// The proxy.
    pub proxy: Option<Value>,
    /// How many hosts are asked at the same time.
    pub hosts: usize,
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// How long one answer may take in all.
    pub timeout: Duration,
    /// The most documents that are fetched for one source in one run.
    pub max_documents: u32,
    /// Where raw answers are kept as WARC.
    pub raw: Option<PathBuf>,
}

impl Default for SyncSpec {
    fn default() -> Self {
        SyncSpec {
            contact: None,
            proxy: None,
            hosts: sync::WORKERS,
            delay: sync::DELAY,
            timeout: TIMEOUT,
            max_documents: sync::MOST_DOCUMENTS,
            raw: None,
        }
    }
}

pub(super) fn settings(page: &Page, dir: &Path, wire: wire::Sync) -> Result<SyncSpec> {
    let usual = SyncSpec::default();
    let time = |text: &Spanned<String>, may_be_nought| {
        check::span(page, text, may_be_nought).map(|span| span.to_std().unwrap_or_default())
    };
    let number = |n: &Spanned<u64>, most: u64| match *n.get_ref() {
        n @ 1.. if n <= most => Ok(n),
        found => Err(page.fault(n.span(), format!("expected a number from 1 to {most}, found {found}"))),
    };
    Ok(SyncSpec {
        contact: wire.contact.map(Spanned::into_inner),
        proxy: wire.proxy.map(|text| proxy(page, dir, &text)).transpose()?,
        hosts: wire.hosts.map_or(Ok(usual.hosts as u64), |n| number(&n, 256))? as usize,
        delay: wire.delay.map_or(Ok(usual.delay), |text| time(&text, true))?,
        timeout: wire.timeout.map_or(Ok(usual.timeout), |text| time(&text, false))?,
        max_documents: wire.max_documents.map_or(Ok(usual.max_documents.into()), |n| number(&n, 1_000_000))? as u32,
        raw: wire.raw.map(|path| dir.join(path.get_ref())),
    })
}

fn proxy(page: &Page, dir: &Path, text: &Spanned<String>) -> Result<Value> {
    let value = check::value(dir, text.get_ref());
    if let Value::Literal(address) = &value
        && !["http://", "https://", "socks5://", "socks5h://"].iter().any(|scheme| address.starts_with(scheme))
    {
        let found = format!("expected a proxy such as \"socks5h://127.0.0.1:9050\", found {address:?}");
        return Err(page.fault(text.span(), found));
    }
    Ok(value)
}

/// A `[[source]]` with a `url`.
pub(super) fn source(page: &Page, dir: &Path, wire: wire::Source, reading: ingest::Options) -> Result<RemoteSpec> {
    let Some(url) = &wire.url else { return Err(Error::config(page.path, "expected a source with a url")) };
    let schedule = schedule::own(page, &wire)?;
    let mut address = check::address(page, url)?;
    let login = login(page, &mut address, url);
    let mut source = sync::Source::new(address);
    source.reading = reading;
    source.name = wire.name.as_ref().map(|name| name.get_ref().clone());
    source.kind = wire.kind.as_ref().map(|kind| check::choice(page, kind, &KINDS)).transpose()?;
    source.deleted = super::deleted(page, &wire)?;
    let tells = [Kind::Sitemap, Kind::Listing, Kind::Archive];
    if let (Some(word), Some(kind)) = (&wire.deleted, source.kind.filter(|kind| !tells.contains(kind)))
        && source.deleted == Deleted::Retract
    {
        let found = format!("a source of the kind {:?} cannot tell what was deleted", kind.name());
        let hint = "sitemaps, listings and archives name all that there is; a feed shows its latest entries only";
        return Err(page.fault(word.span(), found).hint(hint));
    }
    source.full_text = wire.full_text.is_some_and(Spanned::into_inner);
    source.history = wire.history.is_none_or(Spanned::into_inner);
    source.private = wire.allow_private.is_some_and(Spanned::into_inner);
    source.robots = wire.robots.is_none_or(Spanned::into_inner);
    source.interval = wire.interval.as_ref().map(|text| check::span(page, text, false)).transpose()?;
    source.include = check::globs(page, wire.include)?;
    source.exclude = check::globs(page, wire.exclude)?;
    if let Some(bytes) = &wire.max_bytes {
        source.max_bytes = check::bytes(page, bytes)?;
    }
    if let Some(sha256) = &wire.sha256 {
        let hex = sha256.get_ref().trim();
        if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let found = format!("expected a SHA-256 of 64 hexadecimal digits, found {hex:?}");
            return Err(page.fault(sha256.span(), found));
        }
        source.sha256 = Some(hex.to_ascii_lowercase());
    }
    let mut headers = Vec::new();
    for (name, value) in wire.headers {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.get_ref().is_empty() || !name.get_ref().bytes().all(is_token) {
            let found = format!("expected the name of a header such as \"Authorization\", found {:?}", name.get_ref());
            return Err(page.fault(name.span(), found));
        }
        headers.push((name.get_ref().clone(), check::value(dir, value.get_ref())));
    }
    let is_own = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let (login, note) = login.unzip();
    headers.extend(login.filter(|_| !is_own).map(|value| ("Authorization".to_owned(), value)));
    Ok(RemoteSpec { source, headers, schedule, note })
}

/// Takes user information out of an address: the value of the header by which it is sent (RFC 7617), and where to put
/// it instead.
fn login(page: &Page, address: &mut Url, text: &Spanned<String>) -> Option<(Value, String)> {
    let value = Secret::taken_from(address)?;
    let note = page.fault(text.span(), format!("a name or a password stands in the url of {address}"));
    let instead = "put `headers = { Authorization = \"env:NAME\" }` into the source, the value `Basic …` (name:password \
                   in base64) into the environment variable NAME, and take it out of the url";
    Some((Value::Literal(value.expose().to_owned()), format!("{}: {}; {instead}", note.subject(), note.message())))
}

/// The keys that mean something for remote sources only: the first one that is there.
pub(super) fn remote_key(wire: &wire::Source) -> Option<(&'static str, std::ops::Range<usize>)> {
    let flag = |name, key: &Option<Spanned<bool>>| key.as_ref().map(|key| (name, key.span()));
    let text = |name, key: &Option<Spanned<String>>| key.as_ref().map(|key| (name, key.span()));
    text("kind", &wire.kind)
        .or_else(|| text("name", &wire.name))
        .or_else(|| flag("full_text", &wire.full_text))
        .or_else(|| flag("history", &wire.history))
        .or_else(|| text("interval", &wire.interval))
        .or_else(|| wire.headers.keys().next().map(|name| ("headers", name.span())))
        .or_else(|| flag("allow_private", &wire.allow_private))
        .or_else(|| flag("robots", &wire.robots))
        .or_else(|| text("sha256", &wire.sha256))
        .or_else(|| wire.max_bytes.as_ref().map(|bytes| ("max_bytes", bytes.span())))
}
