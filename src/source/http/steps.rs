//! The steps to an answer: one request, and one more for every redirect.

use std::collections::HashSet;
use std::time::Instant;

use reqwest::header::{CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use url::{Position, Url};

use super::ask::Asked;
use super::trouble::{bare, no_answer, said, span};
use super::watch::{Late, Watch};
use super::{Answer, Client, Gate, Redirect, Request, address, shown};
use crate::error::{Error, Result};

/// The statuses that lead on.
const LEADING_ON: &[u16] = &[301, 302, 303, 307, 308];

/// What a form is sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// The longest address that a redirect may lead to; browsers and servers end at the same order of magnitude.
const LONGEST: usize = 8 << 10;

/// An answer whose head is there, and what came before.
pub(super) struct Reached<'g> {
    pub(super) answer: Answer,
    pub(super) response: reqwest::Response,
    /// The host is held until the body was read.
    _pass: Pass<'g>,
}

/// Asks, and follows redirects up to the first answer that is none.
pub(super) fn walk<'g>(
    client: &Client,
    request: &Request<'g>,
    asked: &Asked,
    watch: &mut Watch,
) -> Result<Reached<'g>> {
    let first = Url::parse(request.url)
        .map_err(|err| Error::remote(shown(request.url), format!("expected an address, found none: {err}")))?;
    let first = checked(first).map_err(|found| Error::remote(shown(request.url), found))?;
    let secrets = !asked.own.is_empty() || !first.username().is_empty() || first.password().is_some();
    let mut here = first.clone();
    bare(&mut here);
    let mut seen = HashSet::from([here.to_string()]);
    let mut redirects: Vec<Redirect> = Vec::new();
    loop {
        let at_home = here.origin() == first.origin();
        let (response, pass) = step(client, request, &here, at_home.then_some(&first), asked, None, watch)?;
        let status = response.status().as_u16();
        if !LEADING_ON.contains(&status) {
            let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value)));
            let answer = Answer { status, url: here.into(), redirects, headers: headers.collect(), body: Vec::new() };
            return Ok(Reached { answer, response, _pass: pass });
        }
        let next = led_to(&here, status, response.headers())?;
        if redirects.len() >= client.settings.max_redirects {
            let message = format!("expected at most {} redirects, found another one to {next}", redirects.len());
            return Err(Error::remote(shown(request.url), message));
        }
        if secrets && here.scheme() == "https" && next.scheme() == "http" {
            let message = format!("expected to stay with https, found a redirect to {next}");
            return Err(
                Error::remote(here, message).hint("without headers and passwords of its own, the source may go on")
            );
        }
        if !seen.insert(next.to_string()) {
            let message = format!("expected an answer, found redirects in a circle: {next} was asked already");
            return Err(Error::remote(shown(request.url), message));
        }
        redirects.push(Redirect { status, to: next.to_string() });
        here = next;
    }
}

/// Sends a form, and follows no redirect: what is sent is meant for one address.
pub(super) fn send<'g>(
    client: &Client,
    request: &Request<'g>,
    asked: &Asked,
    form: &str,
    watch: &mut Watch,
) -> Result<Reached<'g>> {
    let here = Url::parse(request.url)
        .map_err(|err| format!("expected an address, found none: {err}"))
        .and_then(checked)
        .map_err(|found| Error::remote(shown(request.url), found))?;
    let (response, pass) = step(client, request, &here, Some(&here), asked, Some(form), watch)?;
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    let status = response.status().as_u16();
    let mut url = here;
    bare(&mut url);
    let answer = Answer { status, url: url.into(), redirects: Vec::new(), headers, body: Vec::new() };
    Ok(Reached { answer, response, _pass: pass })
}

/// One request, which sends a form where there is one. `home` is the URL with which it all began, where this step goes to its origin.
fn step<'g>(
    client: &Client,
    request: &Request<'g>,
    here: &Url,
    home: Option<&Url>,
    asked: &Asked,
    form: Option<&str>,
    watch: &mut Watch,
) -> Result<(reqwest::Response, Pass<'g>)> {
    let host = here.host_str().unwrap_or_default().trim_end_matches('.');
    if !request.private {
        if let Some(local) = address::local_by_spelling(here) {
            return Err(Error::remote_address(here.as_str(), local));
        }
        if client.proxy_host.as_deref().is_some_and(|proxy| proxy.eq_ignore_ascii_case(host)) {
            return Err(Error::remote_address(here.as_str(), "the proxy"));
        }
    }
    if let Some(why) = client.no_issuers.as_deref().filter(|_| here.scheme() == "https") {
        let message = format!("expected certificates of issuers on this machine, found none: {}", said(why));
        return Err(Error::remote(here.as_str(), message)
            .hint("install them (often a package called ca-certificates), or name a file: SSL_CERT_FILE=issuers.pem"));
    }
    let mut headers = asked.common.clone();
    let mut url = here.clone();
    if let Some(home) = home {
        // The library makes a header of them. None of it fails where `home` has the same origin.
        let _ = url.set_username(home.username());
        let _ = url.set_password(home.password());
        asked.own.keys().for_each(|name| drop(headers.remove(name)));
        headers.extend(asked.own.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    if !client.kept.keeps(&here[Position::BeforeScheme..Position::AfterPort], Instant::now()) {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let settings = &client.settings;
    let pass = Pass::through(request.gate, host);
    let within = settings.connect_timeout.saturating_add(settings.idle_timeout);
    let library = if request.private { &client.open } else { &client.strict };
    let sent = match form {
        Some(form) => library.post(url).headers(headers).header(CONTENT_TYPE, FORM).body(form.to_owned()),
        None => library.get(url).headers(headers),
    }
    .send();
    match watch.run(&client.handle, within, sent) {
        Ok(Ok(response)) => Ok((response, pass)),
        Ok(Err(err)) => Err(no_answer(here, &err, settings)),
        Err(late) => {
            let within = if late == Late::All { settings.total_timeout } else { within };
            let message = format!("expected an answer within {}, found none", span(within));
            Err(Error::remote_time(here.as_str(), message))
        }
    }
}

/// Where a redirect leads. What it brings of names and passwords, and its fragment, is dropped.
fn led_to(here: &Url, status: u16, headers: &HeaderMap) -> Result<Url> {
    let fail =
        |found: String| Error::remote(here.as_str(), format!("expected a redirect ({status}) to somewhere, {found}"));
    let Some(location) = headers.get(LOCATION) else {
        return Err(fail("found no `Location`".to_owned()));
    };
    if location.len() > LONGEST {
        return Err(fail(format!("found an address of {} bytes", location.len())));
    }
    let location = text(location);
    if location.trim().is_empty() {
        return Err(fail("found an empty `Location`".to_owned()));
    }
    let url = here.join(location.trim()).map_err(|err| fail(format!("found {:?}: {err}", said(&shown(&location)))))?;
    let mut url =
        checked(url).map_err(|found| Error::remote(here.as_str(), format!("a redirect leads nowhere: {found}")))?;
    bare(&mut url);
    Ok(url)
}

/// The URL without its fragment; or why it is none that can be asked.
fn checked(mut url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("expected an http or https address, found `{}`", said(url.scheme())));
    }
    if url.port() == Some(0) {
        return Err("expected a port from 1 to 65535, found 0".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// The value as text: UTF-8, or what the bytes mean in Latin-1, as HTTP had it once.
fn text(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}

/// A host that is held; given back however the step ends.
struct Pass<'g> {
    gate: &'g dyn Gate,
    host: String,
}

impl<'g> Pass<'g> {
    fn through(gate: &'g dyn Gate, host: &str) -> Pass<'g> {
        gate.enter(host);
        Pass { gate, host: host.to_owned() }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.gate.leave(&self.host);
    }
}
