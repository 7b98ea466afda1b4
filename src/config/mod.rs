//! `feedmill.toml`: read once, turned into the options of the rooms below, then forgotten.
//!
//! Every mistake is an error that points at its line and column, says what was expected and found, and names the
//! nearest key, zone or word that would have been right.

mod addresses;
mod check;
mod place;
mod podcast;
mod remote;
mod schedule;
mod split;
mod wire;

pub(crate) use check::point_in_time;
pub use remote::{RemoteSpec, SyncSpec};
pub use schedule::Schedule;

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use chrono_tz::Tz;
use toml::Spanned;

use crate::archive::Duplicates;
use crate::error::{Error, Result};
use crate::feed::{self, FeedSpec, History, Site};
use crate::ingest::{self, Assets, Deleted, Undated};
use crate::render::RENDERERS;
use crate::schedule::When;
use crate::serve::{self, Exposure};
use feedmill_dates::Order;
use place::Page;

/// The address that feeds are written for where the configuration names none: the one of a server on this machine.
pub const LOCAL_URL: &str = "http://127.0.0.1:8080/";

/// What becomes of articles without a date, by the words of the configuration and the command line.
pub const UNDATED: [(&str, Undated); 4] =
    [("report", Undated::Report), ("skip", Undated::Skip), ("mtime", Undated::Modified), ("fail", Undated::Fail)];

/// What becomes of articles with nearly the text of another, by the words of the configuration.
const DUPLICATES: [(&str, Duplicates); 3] =
    [("link", Duplicates::Link), ("keep", Duplicates::Keep), ("skip", Duplicates::Skip)];

/// What becomes of articles that their source has no longer, by the words of the configuration.
const DELETED: [(&str, Deleted); 2] = [("keep", Deleted::Keep), ("retract", Deleted::Retract)];

/// What becomes of pictures and files beside articles, by the words of the configuration.
const ASSETS: [(&str, Assets); 2] = [("attach", Assets::Attach), ("link", Assets::Link)];

/// What articles that stand nowhere else have for pages, by the words of the configuration.
const PAGES: [(&str, bool); 2] = [("feeds", false), ("articles", true)];

/// How dates such as `07-05-2012` are read, by the words of the configuration.
const DAY_ORDERS: [(&str, Option<Order>); 3] =
    [("auto", None), ("day-first", Some(Order::DayFirst)), ("month-first", Some(Order::MonthFirst))];

/// Who may read the metrics of the server, by the words of the configuration.
const EXPOSURES: [(&str, Exposure); 3] =
    [("off", Exposure::Off), ("loopback", Exposure::Loopback), ("public", Exposure::Public)];

/// A configuration that was checked: it can be acted on.
#[derive(Clone)]
pub struct Config {
    /// The directory of the project, from which the paths of sources start.
    pub root: PathBuf,
    /// The directory of the archive.
    pub archive: PathBuf,
    /// The directory that feeds are written to.
    pub output: PathBuf,
    /// Whether the archive itself is published there too, for other archives to keep a copy of.
    pub publish_archive: bool,
    /// The site that publishes the feeds.
    pub site: Site,
    /// Whether the configuration names the site's address; otherwise it is [`LOCAL_URL`].
    pub has_url: bool,
    /// The zone in which bare days are meant.
    pub zone: Tz,
    /// Where articles are read from, in order.
    pub sources: Vec<SourceSpec>,
    /// What articles are brought from over the network, in order.
    pub remotes: Vec<RemoteSpec>,
    /// How remote sources are asked.
    pub sync: SyncSpec,
    /// The feeds to write, at least one, no two of one name.
    pub feeds: Vec<FeedSpec>,
    /// When it is all done.
    pub schedule: Schedule,
    /// How the output directory is handed out.
    pub serve: serve::Settings,
    /// Whether the archive is shown to people beside it.
    pub pages: bool,
}

/// A value that may be secret, and then stands outside of the configuration.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// The value itself.
    Literal(String),
    /// The name of the environment variable that holds it (`env:NAME`).
    Environment(String),
    /// The file that holds it (`file:PATH`).
    File(PathBuf),
}

/// A place that articles are read from.
#[derive(Clone)]
pub struct SourceSpec {
    /// The file or directory, as it is written in the configuration.
    pub path: PathBuf,
    /// Globs of paths below it that are read; everything where empty.
    pub include: Vec<String>,
    /// Globs of paths below it that are not read.
    pub exclude: Vec<String>,
    /// How its documents are read.
    pub reading: ingest::Options,
    /// What becomes of its articles when their files are gone.
    pub deleted: Deleted,
    /// When it is looked at, where it says so itself.
    pub schedule: Option<When>,
}

impl Config {
    /// Reads and checks a configuration file. Relative paths in it are meant from its own directory.
    pub fn load(path: &Path) -> Result<Config> {
        let bytes = std::fs::read(path).map_err(|err| match err.kind() {
            std::io::ErrorKind::NotFound => {
                Error::config(path, "expected a configuration file, found none").hint("`feedmill init` writes one")
            }
            _ => Error::config(path, format!("cannot read the configuration: {err}")),
        })?;
        let text = String::from_utf8(bytes).map_err(|err| {
            let line = err.as_bytes()[..err.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            Error::config(format!("{}:{line}", path.display()), "expected UTF-8, found other bytes")
                .hint("save the file as UTF-8")
        })?;
        Self::parse(path, &text)
    }

    /// Checks the text of a configuration file; `path` is what its errors call it and where its paths start.
    pub fn parse(path: &Path, text: &str) -> Result<Config> {
        // Editors on some systems begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let page = Page { path, text };
        let file: wire::File = toml::from_str(text).map_err(|err| page.toml_fault(&err))?;
        let dir = path.parent().unwrap_or(Path::new(""));
        let zone = match &file.site.timezone {
            Some(name) => check::zone(&page, name)?,
            None => Tz::UTC,
        };
        let has_url = file.site.url.is_some();
        let about = file.site.description.clone().unwrap_or_default();
        let tombstones = file.site.tombstones;
        let hub = file.site.hub.as_ref().map(|url| check::address(&page, url)).transpose()?.map(String::from);
        let article_pages = match &file.output.pages {
            Some(word) => check::choice(&page, word, &PAGES)?,
            None => false,
        };
        let site = Site { zone, article_pages, ..site(&page, file.site)? };
        let output_at = file.output.path.as_ref().or(file.archive.path.as_ref()).map(Spanned::span);
        let mut config = Config {
            root: dir.to_owned(),
            archive: directory(&page, dir, file.archive.path, "archive")?,
            output: directory(&page, dir, file.output.path, "feeds")?,
            publish_archive: file.output.archive,
            site,
            has_url,
            zone,
            sources: Vec::new(),
            remotes: Vec::new(),
            sync: remote::settings(&page, dir, file.sync)?,
            feeds: Vec::new(),
            schedule: schedule::schedule(&page, file.schedule, zone)?,
            pages: file.serve.pages.unwrap_or(true),
            serve: serving(&page, file.serve)?,
        };
        if overlap(&config.archive, &config.output) {
            let found =
                "expected directories apart from each other for the archive and the feeds, found one in the other";
            return Err(page.fault(output_at.unwrap_or(0..0), found));
        }
        for table in file.source {
            let whole = table.span();
            let table = table.into_inner();
            let usual_language = config.site.language.clone();
            let reading = ingest::Options { usual_language, ..reading(&page, &table)? };
            let rule = addresses::rule(&page, dir, &table, &config.site)?;
            let has_own_template = rule.article_url.is_some();
            let names_categories = rule.article_url.as_ref().or(config.site.article_url.as_ref());
            let with_categories = names_categories.is_some_and(|template| template.contains("categories"));
            let reading = ingest::Options { has_own_template, with_categories, ..reading };
            let reading = ingest::Options { base_url: rule.base_url.clone(), ..reading };
            config.site.address_rules.push(rule);
            match (&table.path, &table.url) {
                (Some(path), None) => {
                    let path = path.clone();
                    config.sources.push(source(&page, path, table, reading)?);
                }
                (None, Some(url)) => {
                    let spec = remote::source(&page, dir, table.clone(), reading)?;
                    if config.remotes.iter().any(|other| other.source.url == spec.source.url) {
                        return Err(page.fault(url.span(), "there are two sources of this url"));
                    }
                    config.remotes.push(spec);
                }
                (Some(_), Some(url)) => {
                    let err = page.fault(url.span(), "expected a path or a url, found both");
                    return Err(err.hint("write two tables [[source]]"));
                }
                (None, None) => {
                    let err = page.fault(whole, "expected the key \"path\" or \"url\" in this table, found neither");
                    return Err(err);
                }
            }
        }
        for table in file.feed {
            let span = table.span();
            let when = table.get_ref().schedule.as_ref();
            let when = when.map(|text| schedule::when(&page, text)).transpose()?;
            let rhythm = when.as_ref().or(config.schedule.usual_is_said.then_some(&config.schedule.usual));
            let ttl = rhythm.and_then(schedule::minutes_between);
            config.schedule.feeds.push(when);
            let mut spec = feed(&page, table, zone, tombstones, &config.site)?;
            spec.ttl = ttl;
            spec.hub = spec.hub.or_else(|| hub.clone());
            if spec.name.is_empty() && spec.description.is_empty() {
                spec.description.clone_from(&about);
            }
            if let Some(same) = config.feeds.iter().find(|other| other.name.eq_ignore_ascii_case(&spec.name)) {
                let err = page.fault(span, format!("there are two feeds of the name {:?}", same.label()));
                return Err(err.hint("give each [[feed]] a name of its own; one may have none and stands at the top"));
            }
            config.feeds.push(spec);
        }
        if config.feeds.is_empty() {
            let ttl = Some(&config.schedule.usual).filter(|_| config.schedule.usual_is_said);
            let ttl = ttl.and_then(schedule::minutes_between);
            config.feeds.push(FeedSpec { description: about, tombstones, hub, ttl, ..FeedSpec::default() });
            config.schedule.feeds.push(None);
        }
        Ok(config)
    }
}

fn site(page: &Page, wire: wire::Site) -> Result<Site> {
    let url_at = wire.url.as_ref().map(Spanned::span);
    let mut site = Site {
        title: wire.title.unwrap_or_default(),
        url: LOCAL_URL.to_owned(),
        home_url: wire.home_url.as_ref().map(|url| check::address(page, url)).transpose()?.map(String::from),
        language: wire.language.as_ref().map(|tag| check::language(page, tag)).transpose()?,
        authors: wire.author.into_iter().chain(wire.authors).map(|author| author.0).collect(),
        rights: wire.rights,
        image: wire.image.map(Spanned::into_inner),
        article_url: None,
        address_rules: Vec::new(),
        article_pages: false,
        zone: Tz::UTC,
    };
    if let Some(url) = &wire.url {
        site.url = check::address(page, url)?.into();
        let fault = |err: Error| page.fault(url.span(), err.message().to_owned());
        site.check().map_err(fault)?;
        if !site.url.ends_with('/') {
            site.url.push('/');
        }
    }
    if let Some(template) = wire.article_url {
        site.article_url = Some(template.get_ref().clone());
        site.check().map_err(|err| page.fault(template.span(), err.message().to_owned()))?;
    }
    site.check().map_err(|err| page.fault(url_at.unwrap_or(0..0), err.message().to_owned()))?;
    Ok(site)
}

/// `[serve]`.
fn serving(page: &Page, wire: wire::Serve) -> Result<serve::Settings> {
    let mut settings = serve::Settings::default();
    if let Some(listen) = &wire.listen {
        settings.listen = listen.get_ref().parse().map_err(|_| {
            let found = format!("expected ADDRESS:PORT such as \"127.0.0.1:8080\", found {:?}", listen.get_ref());
            page.fault(listen.span(), found).hint("write \"0.0.0.0:8080\" or \"[::]:8080\" for every address")
        })?;
    }
    if let Some(metrics) = &wire.metrics {
        settings.metrics = check::choice(page, metrics, &EXPOSURES)?;
    }
    if let Some(seconds) = wire.max_age {
        settings.max_age = Duration::from_secs(seconds.into_inner());
    }
    if let Some(most) = wire.max_connections {
        if *most.get_ref() == 0 {
            return Err(page.fault(most.span(), "expected at least 1 connection, found a limit of 0"));
        }
        settings.limits.connections = usize::try_from(most.into_inner()).unwrap_or(usize::MAX);
    }
    Ok(settings)
}

/// A `[[source]]` with a `path`.
fn source(page: &Page, path: Spanned<String>, wire: wire::Source, reading: ingest::Options) -> Result<SourceSpec> {
    if path.get_ref().trim().is_empty() {
        return Err(page
            .fault(path.span(), "expected a file or a directory, found an empty path")
            .hint("write \".\" for the directory of the project"));
    }
    if let Some((key, span)) = remote::remote_key(&wire) {
        return Err(page
            .fault(span, format!("{key:?} means nothing for a path"))
            .hint("it is a key of sources with a url"));
    }
    let schedule = schedule::own(page, &wire)?;
    let deleted = deleted(page, &wire)?;
    Ok(SourceSpec {
        path: path.into_inner().into(),
        include: check::globs(page, wire.include)?,
        exclude: check::globs(page, wire.exclude)?,
        reading,
        deleted,
        schedule,
    })
}

fn deleted(page: &Page, wire: &wire::Source) -> Result<Deleted> {
    wire.deleted.as_ref().map_or(Ok(Deleted::default()), |word| check::choice(page, word, &DELETED))
}

/// How the documents of a source are read.
fn reading(page: &Page, wire: &wire::Source) -> Result<ingest::Options> {
    Ok(ingest::Options {
        format: wire.format.as_ref().map(|name| check::format(page, name)).transpose()?,
        undated: match &wire.undated {
            Some(word) => check::choice(page, word, &UNDATED)?,
            None => Undated::default(),
        },
        day_order: match &wire.day_order {
            Some(word) => check::choice(page, word, &DAY_ORDERS)?,
            None => None,
        },
        language: wire.language.as_ref().map(|tag| check::language(page, tag)).transpose()?,
        usual_language: None,
        section: wire.section.clone(),
        tags: wire.tags.clone(),
        duplicates: match &wire.duplicates {
            Some(word) => check::choice(page, word, &DUPLICATES)?,
            None => Duplicates::default(),
        },
        columns: wire.columns.clone(),
        post_types: wire.post_types.clone(),
        whole: wire.split == Some(false),
        assets: match &wire.assets {
            Some(word) => check::choice(page, word, &ASSETS)?,
            None => Assets::default(),
        },
        ..ingest::Options::default()
    })
}

/// A directory of the project, which must not be empty: an empty path would be the project itself.
fn directory(page: &Page, dir: &Path, path: Option<Spanned<String>>, usual: &str) -> Result<PathBuf> {
    match path {
        None => Ok(dir.join(usual)),
        Some(path) if path.get_ref().trim().is_empty() => {
            Err(page.fault(path.span(), format!("expected a directory such as {usual:?}, found an empty path")))
        }
        Some(path) => Ok(dir.join(path.get_ref())),
    }
}

/// Whether one of two paths is the other, or lies in it, as far as their words tell.
fn overlap(a: &Path, b: &Path) -> bool {
    let plain = |path: &Path| {
        let mut plain = PathBuf::new();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if plain.file_name().is_some() => {
                    plain.pop();
                }
                part => plain.push(part),
            }
        }
        plain
    };
    let (a, b) = (plain(a), plain(b));
    a.starts_with(&b) || b.starts_with(&a)
}

fn feed(page: &Page, table: Spanned<wire::Feed>, zone: Tz, tombstones: bool, site: &Site) -> Result<FeedSpec> {
    let whole = table.span();
    let mut wire = table.into_inner();
    let split = split::split(page, &wire)?;
    let podcast = podcast::podcast(page, &mut wire, whole.clone(), site)?;
    let mut spec = FeedSpec {
        // What it is split by tells feeds apart well enough.
        name: split.as_ref().map(|split| split.by.name().to_owned()).unwrap_or_default(),
        hub: wire.hub.as_ref().map(|url| check::address(page, url)).transpose()?.map(String::from),
        max_items: if podcast.is_some() { podcast::MAX_ITEMS } else { feed::MAX_ITEMS },
        max_bytes: if podcast.is_some() { podcast::MAX_BYTES } else { feed::MAX_BYTES },
        podcast,
        title: wire.title.unwrap_or_default(),
        description: wire.description.unwrap_or_default(),
        home_url: match &wire.home_url {
            Some(url) if split.is_some() => Some(split::home_url(page, url)?),
            Some(url) => Some(check::address(page, url)?.into()),
            None => None,
        },
        split,
        language: wire.language.as_ref().map(|tag| check::language(page, tag)).transpose()?,
        rights: wire.rights,
        image: wire.image.map(Spanned::into_inner),
        full_text: wire.full_text.unwrap_or(true),
        tombstones: wire.tombstones.unwrap_or(tombstones),
        ..FeedSpec::default()
    };
    spec.selection.tags = wire.tags;
    spec.selection.sections = wire.sections;
    spec.selection.authors = wire.authors;
    for tag in &wire.languages {
        spec.selection.languages.push(check::language(page, tag)?);
    }
    if let Some(order) = &wire.order {
        spec.selection.oldest_first = check::choice(page, order, &[("newest-first", false), ("oldest-first", true)])?;
    }
    spec.selection.since = wire.since.as_ref().map(|date| check::instant(page, date, false, zone)).transpose()?;
    spec.selection.until = wire.until.as_ref().map(|date| check::instant(page, date, true, zone)).transpose()?;
    if let Some(name) = &wire.name {
        spec.name.clone_from(name.get_ref());
        spec.check().map_err(|err| page.fault(name.span(), err.message().to_owned()))?;
        if spec.name.is_empty() {
            return Err(page
                .fault(name.span(), "expected a name, found an empty one")
                .hint("leave the key out for the feed at the top"));
        }
        if let Some(taken) = RENDERERS.iter().map(|renderer| renderer.file_name()).find(|file| *file == spec.name) {
            return Err(
                page.fault(name.span(), format!("expected another name: the feed at the top writes a file {taken:?}"))
            );
        }
    }
    spec.history = match &wire.history {
        Some(word) => check::choice(page, word, &History::NAMES)?,
        // A value has few articles: a document a month would hold one or two.
        None if spec.split.is_some() => History::Year,
        None => History::default(),
    };
    limits(page, &mut spec, wire.max_items, wire.min_items)?;
    if let Some(bytes) = &wire.max_bytes {
        spec.max_bytes = usize::try_from(check::bytes(page, bytes)?).unwrap_or(usize::MAX);
    }
    let last = wire.until.map(|until| until.span()).or(wire.split_by.map(|by| by.span())).unwrap_or(whole);
    spec.check().map_err(|err| page.fault(last, err.message().to_owned()))?;
    Ok(spec)
}

/// The least that is always shown must not be more than the most that is ever shown.
fn limits(page: &Page, spec: &mut FeedSpec, max: Option<Spanned<u64>>, min: Option<Spanned<u64>>) -> Result<()> {
    let number = |n: &Spanned<u64>| usize::try_from(*n.get_ref()).unwrap_or(usize::MAX);
    if let Some(max) = &max {
        if *max.get_ref() == 0 {
            return Err(page.fault(max.span(), "expected at least 1 item, found a limit of 0"));
        }
        spec.max_items = number(max);
        // Nobody should have to lower the one key because the other is lower than its default.
        spec.min_items = feed::MIN_ITEMS.min(spec.max_items);
    }
    if let Some(min) = min {
        spec.min_items = number(&min);
        if max.is_none() {
            spec.max_items = spec.max_items.max(spec.min_items);
        }
        if spec.min_items > spec.max_items {
            let message = format!("expected at most max_items = {}, found {}", spec.max_items, spec.min_items);
            return Err(page.fault(min.span(), message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
