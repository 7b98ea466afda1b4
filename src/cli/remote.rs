//! What the commands about remote sources share: secrets, settings, the clock.

use std::time::Duration;

use super::session::Session;
use crate::article::bare;
use crate::config::{Config, RemoteSpec, Value};
use crate::error::{Error, Result};
use crate::source::http::{self, Secret};
use crate::sync::{Settings, Source};

/// The longest time to connect, and …
const CONNECT: Duration = Duration::from_secs(20);
/// … the longest silence.
const SILENCE: Duration = Duration::from_secs(30);
/// The most redirects that are followed.
const REDIRECTS: usize = 10;

/// How remote sources are asked.
pub(super) fn settings(config: &Config, force: bool) -> Result<Settings> {
    let contact = config.sync.contact.clone().or_else(|| config.has_url.then(|| config.site.url.clone()));
    let contact = contact.map(|contact| format!(" (+{contact})")).unwrap_or_default();
    let proxy = match &config.sync.proxy {
        Some(value) => Some(read("[sync] proxy", value)?),
        None => ["FEEDMILL_PROXY", "ALL_PROXY", "all_proxy"].iter().find_map(|name| std::env::var(name).ok()),
    };
    Ok(Settings {
        http: http::Settings {
            user_agent: format!("feedmill/{}{contact}", env!("CARGO_PKG_VERSION")),
            proxy: proxy.filter(|proxy| !proxy.is_empty()),
            connect_timeout: CONNECT.min(config.sync.timeout),
            idle_timeout: SILENCE.min(config.sync.timeout),
            total_timeout: config.sync.timeout,
            max_redirects: REDIRECTS,
        },
        workers: config.sync.hosts,
        delay: config.sync.delay,
        most_documents: config.sync.max_documents,
        raw: config.sync.raw.clone(),
        force,
    })
}

/// The source with its secrets.
pub(super) fn source(spec: &RemoteSpec) -> Result<Source> {
    let mut source = spec.source.clone();
    for (name, value) in &spec.headers {
        let subject = format!("header {name} of {}", http::shown(&source.url));
        source.headers.push((name.clone(), Secret::new(read(&subject, value)?)));
    }
    Ok(source)
}

/// The sources that the arguments mean, by their address or a part of it that only they have; all where there are none.
pub(super) fn chosen<'c>(config: &'c Config, asked: &[String]) -> Result<Vec<&'c RemoteSpec>> {
    let mut chosen = Vec::new();
    for word in asked {
        // Who copies the url from the configuration copies its password.
        let word = bare(word);
        let whole: Vec<_> = config.remotes.iter().filter(|spec| spec.source.url == word).collect();
        let fits = match whole.is_empty() {
            true => config.remotes.iter().filter(|spec| spec.source.url.contains(&*word)).collect(),
            false => whole,
        };
        if fits.is_empty() {
            return Err(Error::usage(
                word.into_owned(),
                "expected the url of a source, or a part of one, found none that has it",
            )
            .hint("`feedmill sources` lists them"));
        }
        chosen.extend(fits);
    }
    Ok(if asked.is_empty() { config.remotes.iter().collect() } else { chosen })
}

fn read(subject: &str, value: &Value) -> Result<String> {
    let found = match value {
        Value::Literal(text) => text.clone(),
        Value::Environment(name) => std::env::var(name).map_err(|_| {
            Error::usage(subject, format!("expected the environment variable {name}, found none"))
                .hint(format!("set it, as in `{name}=… feedmill sync`"))
        })?,
        Value::File(path) => std::fs::read_to_string(path).map_err(|err| Error::io("read", path, err))?,
    };
    Ok(found.trim().to_owned())
}

/// A span of time in two words at most: `45 s`, `3 h 20 min`, `2 d`.
pub(super) fn span(span: chrono::TimeDelta) -> String {
    let seconds = span.num_seconds().max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// When a source may be asked again, in words.
pub(super) fn next(session: &Session, next: &crate::sync::Next) -> String {
    match next.at {
        None => next.why.to_string(),
        Some(at) if at <= session.now => "at any time".to_owned(),
        Some(at) => format!("in {}: {}", span(at - session.now), next.why),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    #[test]
    fn spans_in_two_words() {
        let words = |seconds| super::span(TimeDelta::seconds(seconds));
        assert_eq!([words(-5), words(59), words(60), words(3600)], ["0 s", "59 s", "1 min", "1 h"]);
        assert_eq!([words(12_000), words(86_400), words(180_000)], ["3 h 20 min", "1 d", "2 d 2 h"]);
    }
}
