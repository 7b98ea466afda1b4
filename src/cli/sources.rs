//! `feedmill sources [list|add|import|export]`

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::clock::SystemClock;
use super::remote;
use super::say::{count, harmless};
use super::session::{CONFIG_FILE, Session};
use super::{Outcome, Stop};
use crate::archive::{Access, Archive};
use crate::article::bare;
use crate::config::Config;
use crate::disk;
use crate::error::{Error, Result};
use crate::parse::opml::{self, Lead, Subscription};
use crate::source::http;
use crate::sync::{self, KINDS, Kind, Reach, Source, State};
use feedmill_markup as markup;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill sources                              every remote source and how it is
  feedmill sources add https://harbour.example  find the feed of a page, add it to feedmill.toml
  feedmill sources import subscriptions.opml    add the feeds of a subscription list
  feedmill sources export > feeds.opml          the feeds as a subscription list")]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    /// Show every remote source and how it is
    List,
    /// Find what stands at an address, and add it to feedmill.toml
    Add {
        /// Addresses of pages, feeds, sitemaps, files, archives
        #[arg(value_name = "URL", required = true)]
        urls: Vec<String>,
        /// What it is; it is added without looking then
        #[arg(long, value_parser = KINDS.map(|(word, _)| word))]
        kind: Option<String>,
        /// It may stand on this machine or in a private network
        #[arg(long)]
        allow_private: bool,
    },
    /// Add the feeds of a subscription list (OPML) to feedmill.toml, their folders as tags
    Import {
        /// The list
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print the feeds as a subscription list (OPML)
    Export,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    match &args.what {
        None | Some(What::List) => list(session),
        Some(What::Add { urls, kind, allow_private }) => add(urls, kind.as_deref(), *allow_private, session),
        Some(What::Import { file }) => import(file, session),
        Some(What::Export) => export(session),
    }
}

/// Every source of the configuration with its state, subscription lists with their feeds.
fn states(config: &Config, session: &Session) -> Result<Vec<(Source, State)>> {
    let archive = match Archive::open(&config.archive, Access::Read, session.now) {
        Ok(archive) => Some(archive),
        // Nothing was ever synced.
        Err(_) if !config.archive.exists() => None,
        Err(err) => return Err(err),
    };
    let sources: Vec<Source> = config.remotes.iter().map(|spec| spec.source.clone()).collect();
    match &archive {
        Some(archive) => sync::states(archive, &sources),
        None => Ok(sources.into_iter().map(|source| (source, State::default())).collect()),
    }
}

fn list(session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let all = states(&config, session)?;
    if session.json {
        session.print_json(|| {
            let sources = all.iter().map(|(source, state)| json!({ "url": source.url, "state": state }));
            json!({ "sources": sources.collect::<Vec<_>>() })
        })?;
        return Ok(Outcome::Done);
    }
    let mut out = io::stdout().lock();
    if all.is_empty() {
        writeln!(out, "no remote sources; `feedmill sources add URL` adds one")?;
    }
    for (source, state) in &all {
        writeln!(out, "{}", harmless(&source.url))?;
        let kind = source.kind.or(state.kind).map_or("not asked yet", Kind::name);
        let title = source
            .name
            .as_deref()
            .or(state.title.as_deref())
            .map(|title| format!(", {:?}", harmless(title)))
            .unwrap_or_default();
        writeln!(out, "  is        {kind}{title}")?;
        writeln!(out, "  health    {}", harmless(&health(state, session)))?;
        if let Some(at) = state.news {
            writeln!(out, "  news      {} ago", remote::span(session.now - at))?;
        }
        if state.kind == Some(Kind::Feed) {
            let documents = count(state.history.documents.into(), "older document");
            match &state.history.reach {
                Reach::Unknown => {}
                reach => writeln!(out, "  history   {}; {documents} read", harmless(&reach.to_string()))?,
            }
        }
        if let Some(address) = &state.address {
            writeln!(out, "  asked at  {}", harmless(address))?;
        }
        if let Some(moved) = &state.moved {
            let seen = count(moved.seen.into(), "time");
            writeln!(out, "  moved?    to {}, seen {seen}", harmless(&moved.to))?;
        }
        writeln!(out, "  next      {}", remote::next(session, &state.next))?;
    }
    Ok(Outcome::Done)
}

/// How a source is, in a few words.
fn health(state: &State, session: &Session) -> String {
    let ago = |at| remote::span(session.now - at);
    match (&state.problem, state.answered) {
        _ if state.is_gone() => "gone for good (410)".to_owned(),
        (Some(problem), answered) => {
            let failures = count(state.failures.into(), "failure");
            let last = answered.map_or("never answered".to_owned(), |at| format!("answered {} ago", ago(at)));
            format!("{failures} in a row, {last}: {problem}")
        }
        (None, Some(at)) => format!("good, answered {} ago", ago(at)),
        (None, None) => "not asked yet".to_owned(),
    }
}

fn add(urls: &[String], kind: Option<&str>, allow_private: bool, session: &Session) -> Result<Outcome, Stop> {
    let (path, text) = session.config_text()?;
    let config = Config::parse(&path, &text)?;
    let settings = remote::settings(&config, false)?;
    let mut added = String::new();
    let mut some_failed = false;
    for url in urls {
        let address = if url.contains("://") { url.clone() } else { format!("https://{url}") };
        let given = url::Url::parse(&address).ok();
        let mut asked = given.clone();
        let login = asked.as_mut().and_then(http::Secret::taken_from);
        let address = bare(&address).into_owned();
        let mut source = Source::new(&address);
        source.private = allow_private;
        source.headers.extend(login.map(|login| ("Authorization".to_owned(), login)));
        let is_known = |url: &str| config.remotes.iter().any(|spec| spec.source.url == url);
        let (found, others) = match kind {
            Some(_) => (address.clone(), Vec::new()),
            None => match sync::look(&source, &settings, &SystemClock) {
                Ok(mut found) if !found.is_empty() => {
                    let first = found.remove(0);
                    let title = first.title.clone().map(|title| format!(", {title:?}")).unwrap_or_default();
                    let entries = first.entries.map(|n| format!(", {}", count(n as u64, "entry"))).unwrap_or_default();
                    session.say.did("Found", format_args!("{} ({}{title}{entries})", first.url, first.kind.name()));
                    (first.url, found)
                }
                Ok(_) => (address.clone(), Vec::new()),
                Err(err) => {
                    session.say.error(&err);
                    some_failed = true;
                    continue;
                }
            },
        };
        for other in &others {
            session.say.note(format_args!("there is also {} ({})", other.url, other.kind.name()));
        }
        let written = given.map_or(found.clone(), |given| with_login(&found, &given));
        if is_known(&found) || added.contains(&quoted(&written)) {
            session.say.note(format_args!("{found} is a source already"));
            continue;
        }
        let mut table = format!("\n[[source]]\nurl = {}\n", quoted(&written));
        if let Some(kind) = kind {
            let _ = writeln!(table, "kind = {}", quoted(kind));
        }
        if allow_private {
            table.push_str("allow_private = true\n");
        }
        added.push_str(&table);
    }
    write(&path, text, &added, session)?;
    Ok(Outcome::failed_if(some_failed))
}

/// The address as the configuration has it: with the user information that was given for its server, if any.
fn with_login(found: &str, given: &url::Url) -> String {
    match url::Url::parse(found) {
        Ok(mut url)
            if url.origin() == given.origin() && (!given.username().is_empty() || given.password().is_some()) =>
        {
            // An address with a host takes both.
            let _ = (url.set_username(given.username()), url.set_password(given.password()));
            url.into()
        }
        _ => found.to_owned(),
    }
}

fn import(file: &Path, session: &Session) -> Result<Outcome, Stop> {
    let (path, text) = session.config_text()?;
    let config = Config::parse(&path, &text)?;
    let bytes = std::fs::read(file).map_err(|err| Error::io("read", file, err))?;
    let name = file.display().to_string();
    let list = markup::decode(&bytes, None)
        .ok_or_else(|| Error::input(&name, "a subscription list (OPML)", "binary data"))
        .and_then(|text| opml::outlines(&text))?;
    let mut added = String::new();
    let (mut new, mut known) = (0, 0);
    let mut left: Vec<(&str, String)> =
        list.rest.iter().map(|(name, why)| (name.as_str(), (*why).to_owned())).collect();
    for (lead, feed) in &list.leads {
        let (key, address) = match lead {
            Lead::File => match local(&feed.xml_url) {
                Ok(path) => ("path", path),
                Err(why) => {
                    left.push((&feed.title, why));
                    continue;
                }
            },
            Lead::Guessed => ("url", with_scheme(&feed.xml_url, &config, session)?),
            Lead::Feed | Lead::Page | Lead::List => ("url", feed.xml_url.clone()),
        };
        let is_same = |url: &str| url == bare(&address) || url == bare(&feed.xml_url);
        let is_path = |path: &Path| key == "path" && path == Path::new(&address);
        if config.remotes.iter().any(|spec| is_same(&spec.source.url))
            || config.sources.iter().any(|spec| is_path(&spec.path))
        {
            known += 1;
            continue;
        }
        new += 1;
        let _ = write!(added, "\n[[source]]\n{key} = {}\n", quoted(&address));
        if key == "url" && feed.title != feed.xml_url {
            let _ = writeln!(added, "name = {}", quoted(&bare(&feed.title)));
        }
        if *lead == Lead::List {
            added.push_str("kind = \"opml\"\n");
        }
        if *lead == Lead::Page {
            session.say.note(format_args!("{:?} names a page only; `feedmill sync` looks for its feed", feed.title));
        }
        if !feed.folders.is_empty() {
            let tags: Vec<String> = feed.folders.iter().map(|folder| quoted(folder)).collect();
            let _ = writeln!(added, "tags = [{}]", tags.join(", "));
        }
    }
    write(&path, text, &added, session)?;
    for (name, why) in &left {
        session.say.note(format_args!("not imported: {:?} {why}", bare(name)));
    }
    let left = if left.is_empty() { String::new() } else { format!("; {} not imported, named above", left.len()) };
    session.say.did("Imported", format_args!("{}; {known} were there already{left}", count(new, "feed")));
    Ok(Outcome::Done)
}

/// The file that a `file:` address names.
fn local(address: &str) -> Result<String, String> {
    let path = url::Url::parse(address).ok().and_then(|url| url.to_file_path().ok());
    match path {
        Some(path) if path.is_file() => Ok(path.display().to_string()),
        Some(path) => Err(format!("is a file that is not there: {}", path.display())),
        None => Err(format!("is no file on this machine: {address}")),
    }
}

/// The address of a feed that is listed without a scheme: https where that answers, else http where that does.
fn with_scheme(address: &str, config: &Config, session: &Session) -> Result<String> {
    let settings = remote::settings(config, false)?;
    let plain = address.replacen("https://", "http://", 1);
    let answers = |url: &str| sync::look(&Source::new(url), &settings, &SystemClock).is_ok();
    if answers(address) {
        return Ok(address.to_owned());
    }
    if answers(&plain) {
        return Ok(plain);
    }
    let shown = bare(address);
    session.say.note(format_args!("{shown} does not answer now, and is listed without https:// or http://"));
    Ok(address.to_owned())
}

fn export(session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let is_feed = |(source, state): &(Source, State)| matches!(source.kind.or(state.kind), Some(Kind::Feed) | None);
    let feeds: Vec<Subscription> = states(&config, session)?
        .into_iter()
        .filter(is_feed)
        .map(|(source, state)| Subscription {
            title: source.name.or(state.title).unwrap_or_else(|| source.url.clone()),
            xml_url: state.address.unwrap_or(source.url),
            html_url: None,
            folders: source.reading.tags,
        })
        .collect();
    let title = if config.site.title.is_empty() { "feedmill" } else { &config.site.title };
    io::stdout().lock().write_all(opml::write(title, &feeds).as_bytes())?;
    Ok(Outcome::Done)
}

/// Adds tables at the end of the configuration, which must be as good afterwards as it was before.
fn write(path: &Path, mut text: String, added: &str, session: &Session) -> Result<()> {
    if added.is_empty() {
        return Ok(());
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(added);
    let config = Config::parse(path, &text).map_err(|err| {
        Error::config(path, format!("cannot be added to: {}", err.message()))
            .hint(format!("add this by hand:{}", shown(added)))
    })?;
    // What was there before was told when it was read.
    let new = added.matches("\nurl = ").count();
    disk::write_if_changed(path, text.as_bytes())?;
    for note in config.remotes.iter().rev().take(new).filter_map(|spec| spec.note.as_ref()) {
        session.say.note(note);
    }
    session
        .say
        .did("Added", format_args!("{} to {CONFIG_FILE}", count(added.matches("[[source]]").count() as u64, "source")));
    session.say.next("run `feedmill sync`");
    Ok(())
}

/// Tables as they may be shown: without user information in their addresses.
fn shown(tables: &str) -> String {
    let line = |line: &str| match line.strip_prefix("url = \"") {
        Some(url) => format!("url = \"{}\n", bare(url)),
        None => format!("{line}\n"),
    };
    tables.lines().map(line).collect()
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
