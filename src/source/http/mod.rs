//! HTTP: the only place that talks to other machines.
//!
//! What a server sends can be slow, endless, compressed a thousandfold, redirected in circles or to addresses of
//! this network; every answer is bounded in time, size and steps, and addresses are checked after the name was
//! resolved. A [`Client`] may be used by many threads at once; each call blocks until its answer is there.

mod address;
mod ask;
mod body;
mod coding;
mod kept;
mod secret;
mod steps;
mod trouble;
mod watch;

pub use address::is_public;
pub use secret::Secret;
pub(crate) use secret::base64;
pub use trouble::shown;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::runtime::{Builder, Handle, Runtime};
use url::Url;

use crate::error::{Error, Result};
use address::Resolver;
use coding::Coding;
use kept::{KEPT, Kept};
use watch::Watch;

/// Threads that move bytes; unpacking, parsing and waiting are done by the callers' own.
const MOVERS: usize = 2;

/// The most bytes that the headers of one answer may have over HTTP/2. Over HTTP/1 the library's own bounds are in
/// force: 100 headers in 400 KiB.
const MOST_HEADERS: u32 = 64 << 10;

/// How all requests of a run are made.
#[derive(Clone)]
pub struct Settings {
    /// Who asks: `name/version (+address)`.
    pub user_agent: String,
    /// `http://`, `https://`, `socks5://` or `socks5h://`, with a name and a password in it where the proxy wants them.
    pub proxy: Option<String>,
    /// The longest that a connection may take to come about.
    pub connect_timeout: Duration,
    /// The longest silence of a server before the next bytes.
    pub idle_timeout: Duration,
    /// The longest that one answer may take in all, its redirects included, and time at the gate not; a download may
    /// take that long for each 64 KiB.
    pub total_timeout: Duration,
    /// The most redirects that are followed.
    pub max_redirects: usize,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy.as_deref().map(shown))
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("max_redirects", &self.max_redirects)
            .finish()
    }
}

/// One request.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What is asked for, `http` or `https`. A name and a password in it go where `headers` go.
    pub url: &'a str,
    /// What answers are welcome (`Accept`).
    pub accept: &'a str,
    /// Headers of the source's own; they go to the origin (scheme, host, port) of `url` and to no other.
    pub headers: &'a [(String, Secret)],
    /// The `ETag` that the server gave, to the letter.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` that the server gave, to the letter.
    pub last_modified: Option<&'a str>,
    /// The most bytes that are taken, after decompression.
    pub max_bytes: u64,
    /// Whether addresses of this machine and of private networks may be asked. Names that a proxy resolves (all but
    /// those behind `socks5://`) are out of sight; addresses that stand in a URL are not.
    pub private: bool,
    /// Keeps requests to one host apart.
    pub gate: &'a dyn Gate,
}

/// Lets requests to a host through, one at a time.
pub trait Gate: Sync {
    /// Blocks until the host may be asked. Called before every step of a request, redirects included, with the name
    /// or the address as it stands in the URL, in lower case, without the port.
    fn enter(&self, host: &str);
    /// The answer of the host is there, or will not come.
    fn leave(&self, host: &str);
}

/// A step on the way to an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
    /// Where it led.
    pub to: String,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The address that answered in the end, without name and password.
    pub url: String,
    /// The steps that led there.
    pub redirects: Vec<Redirect>,
    /// The headers of the last step, names in lower case, values as they were sent: `content-encoding` and
    /// `content-length` speak of the body before it was decompressed.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed. Empty for a download, whose pieces were passed on. Where the status is not 2xx: what
    /// could be had of the first 64 KiB.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of that lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every header of that lower-case name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// How the body is packed, by the server and on the way; see [`coding::named`]. A header that stands twice is one
    /// list (RFC 9110, 5.2). Chunks are put together already.
    fn coding(&self) -> Result<Coding, String> {
        let packing = |name: &str| matches!(name, "content-encoding" | "transfer-encoding");
        let named = self.headers.iter().filter(|(name, _)| packing(name)).map(|(_, value)| value.as_str());
        coding::named(&named.collect::<Vec<_>>().join(","))
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

/// Where a broken download goes on.
#[derive(Clone, Copy, Debug)]
pub struct Resume<'a> {
    /// How many bytes are there already.
    pub from: u64,
    /// The strong `ETag` of the answer that they came with, or its `Last-Modified`. With a weak one (`W/"…"`) the
    /// download begins anew (RFC 9110, 13.1.5).
    pub validator: &'a str,
}

/// A piece of a download.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// The head of the answer; comes first and once. 206: the bytes go on where the download broke off. Another 2xx:
    /// they are the whole document from its beginning. Else (416, 404, …) none follow.
    Begin(&'a Answer),
    /// The next bytes, as they were sent: not decompressed.
    Bytes(&'a [u8]),
}

/// Asks servers. Its calls block, and must not be made from asynchronous code.
pub struct Client {
    settings: Settings,
    handle: Handle,
    /// Gone only while the client itself goes.
    runtime: Option<Runtime>,
    /// Asks public addresses only.
    strict: reqwest::Client,
    /// Asks all addresses.
    open: reqwest::Client,
    kept: Kept,
    proxy_host: Option<String>,
    /// Why no certificate can be trusted, where that is so.
    no_issuers: Option<String>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.settings).finish()
    }
}

impl Client {
    /// A client without cookies, referrer, and the proxies of the environment. Servers are trusted that the operating
    /// system trusts (`SSL_CERT_FILE` and `SSL_CERT_DIR` name others).
    ///
    /// # Errors
    ///
    /// The proxy is none or has no address; the user agent is no header; there are no threads to be had.
    pub fn new(settings: &Settings) -> Result<Client> {
        let runtime = Builder::new_multi_thread().worker_threads(MOVERS).thread_name("http").enable_all().build();
        let runtime = runtime.map_err(|err| Error::io("start its threads", "the network", err))?;
        let (tls, no_issuers) = tls()?;
        let proxy = settings.proxy.as_deref().map(proxy).transpose()?;
        let proxy_host = proxy.as_ref().map(|(_, host)| host.clone());
        let client = |open| {
            let resolver = Resolver { open, exempt: proxy_host.clone() };
            let mut builder = reqwest::Client::builder()
                .user_agent(&settings.user_agent)
                .tls_backend_preconfigured(tls.clone())
                .dns_resolver(Arc::new(resolver))
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .connect_timeout(settings.connect_timeout)
                .pool_idle_timeout(KEPT)
                .pool_max_idle_per_host(1)
                .http2_max_header_list_size(MOST_HEADERS)
                // What browsers and curl read too.
                .http1_ignore_invalid_headers_in_responses(true)
                .http1_allow_obsolete_multiline_headers_in_responses(true);
            if let Some((proxy, _)) = &proxy {
                builder = builder.proxy(proxy.clone());
            }
            builder.build().map_err(|err| Error::usage("user agent", trouble::said(&trouble::deepest(&err))))
        };
        let (strict, open) = (client(false)?, client(true)?);
        let handle = runtime.handle().clone();
        let (settings, runtime, kept) = (settings.clone(), Some(runtime), Kept::default());
        Ok(Client { settings, handle, runtime, strict, open, kept, proxy_host, no_issuers })
    }

    /// The answer to a request, its body decompressed and in memory. Every status is an answer.
    ///
    /// # Errors
    ///
    /// There is no whole answer within the bounds of the request and the settings: the name or the host is not
    /// found, the certificate is not valid, the address is private, the answer is late, too large, cut off, packed in
    /// a way that nobody knows, a part where all was asked for, or a redirect that leads nowhere, in circles, too
    /// far, or from `https` to `http` with headers of the source's own. [`Error::is_remote`] is true for these. It is
    /// false for headers of the source's own that are none.
    pub fn get(&self, request: &Request<'_>) -> Result<Answer> {
        let mut watch = Watch::new(self.settings.total_timeout);
        let asked = ask::headers(request, coding::OFFERED)?;
        let reached = steps::walk(self, request, &asked, &mut watch)?;
        let mut answer = reached.answer;
        if !answer.is_success() {
            answer.body = body::refusal(self, reached.response, &answer, &mut watch);
            return Ok(answer);
        }
        if answer.status == 206 {
            return Err(Error::remote(answer.url, "expected the whole document, found a part of it"));
        }
        answer.body = body::whole(self, reached.response, &answer, request.max_bytes, &mut watch)?;
        Ok(answer)
    }

    /// The answer to a form that is sent by POST, `application/x-www-form-urlencoded`. Every status is an answer, a
    /// redirect too: it is not followed. Of the body as much is kept as shows why a server refused.
    ///
    /// # Errors
    ///
    /// There is no answer within the bounds of the request and the settings, as for [`Client::get`].
    pub fn post(&self, request: &Request<'_>, form: &[(&str, &str)]) -> Result<Answer> {
        let mut watch = Watch::new(self.settings.total_timeout);
        let asked = ask::headers(request, coding::OFFERED)?;
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let reached = steps::send(self, request, &asked, &form, &mut watch)?;
        let mut answer = reached.answer;
        answer.body = body::refusal(self, reached.response, &answer, &mut watch);
        Ok(answer)
    }

    /// Downloads a file of any size, and passes its bytes on as they come, in the calling thread. With `from`, goes on
    /// where an earlier download broke off, if the server has the same file still; otherwise begins anew.
    ///
    /// `max_bytes` counts the bytes from before too.
    ///
    /// # Errors
    ///
    /// Those of [`Client::get`], after which the pieces that came are good and the download can go on from there; the
    /// answer begins at another place than it was asked to; whatever `sink` returns, as it is.
    pub fn download(
        &self,
        request: &Request<'_>,
        from: Option<Resume<'_>>,
        sink: &mut dyn FnMut(Piece<'_>) -> Result<()>,
    ) -> Result<Answer> {
        let mut watch = Watch::new(self.settings.total_timeout);
        let mut asked = ask::headers(request, "identity")?;
        let from = from.and_then(|resume| ask::range(&resume, &mut asked));
        let reached = steps::walk(self, request, &asked, &mut watch)?;
        let mut answer = reached.answer;
        if !answer.is_success() {
            sink(Piece::Begin(&answer))?;
            answer.body = body::refusal(self, reached.response, &answer, &mut watch);
            return Ok(answer);
        }
        // Servers label packed files as packed answers; whoever reads the file unpacks it.
        let strange = match answer.coding() {
            Ok(Coding::Identity | Coding::Gzip | Coding::Zstd) => None,
            Ok(coding) => Some(coding.name().to_owned()),
            Err(found) => Some(trouble::said(&found)),
        };
        if let Some(found) = strange {
            return Err(Error::remote(answer.url, format!("expected the file as it is, found it packed as `{found}`")));
        }
        let part = match answer.status {
            206 => Some(body::Part::of(&answer, from)?),
            _ => None,
        };
        sink(Piece::Begin(&answer))?;
        body::pieces(self, reached.response, &answer, part, request.max_bytes, &mut watch, sink)?;
        Ok(answer)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A look-up of a name that hangs must not keep the program from ending.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The settings of TLS, and why no certificate can be trusted, where that is so: plain HTTP works all the same.
fn tls() -> Result<(rustls::ClientConfig, Option<String>)> {
    let failed = |err: rustls::Error| Error::usage("TLS", trouble::said(&err.to_string()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(failed)?;
    let (builder, no_issuers) = match builder.clone().with_platform_verifier() {
        Ok(builder) => (builder, None),
        Err(err) => (builder.with_root_certificates(rustls::RootCertStore::empty()), Some(err.to_string())),
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((config, no_issuers))
}

/// The proxy, and its host.
fn proxy(given: &str) -> Result<(reqwest::Proxy, String)> {
    let host = Url::parse(given)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h"))
        .and_then(|url| url.host_str().map(str::to_owned));
    let Some(host) = host else {
        let found = shown(given);
        let message = format!("expected http://…, https://…, socks5://… or socks5h://…, found {found:?}");
        return Err(Error::usage("proxy", message));
    };
    let proxy = reqwest::Proxy::all(given).map_err(|err| {
        Error::usage("proxy", format!("cannot use {host}: {}", trouble::said(&trouble::deepest(&err))))
    })?;
    Ok((proxy, host))
}
